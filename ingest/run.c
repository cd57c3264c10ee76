/* The run of ingest: a pool of workers reads the files, the cache is asked first, the manifest is
 * heard, and what comes back is gathered and written. Knows nothing of what is in the files. */
#include "ingest/run.h"

#include <stdio.h>
#include <unistd.h>

#include "core/base/output.h"
#include "core/base/pool.h"
#include "core/base/progress.h"
#include "core/base/sandbox.h"
#include "core/base/scratch_folder.h"
#include "ingest/dataset/dataset.h"
#include "ingest/dataset/record.h"
#include "ingest/intake/cache.h"
#include "ingest/intake/fingerprint.h"
#include "ingest/intake/inputs.h"
#include "ingest/intake/manifest.h"
#include "ingest/knowledge.h"
#include "ingest/reading.h"

struct run {
  const char *datasets;
  struct manifest *manifest;   /* NULL where there is none */
  struct knowledge *knowledge; /* in a worker */
  struct inputs inputs;
  struct dataset *dataset;
  struct database *database; /* NULL: none is asked for */
  struct progress progress;
  const char *folder;  /* for temporary files of the workers */
  struct cache *cache; /* NULL: there is none */
  size_t known;        /* files taken from it */
  bool made_output;    /* the folder was not there before */
  struct failure cache_failure;
};

/* ---- telling ---- */

static const char *plural(size_t count) {
  return count == 1 ? "" : "s";
}

static void print_rejects(const struct dataset_summary *summary) {
  if (!summary->reasons[0].reason) return;
  fprintf(stderr, "Rejected: %zu file%s and %zu part%s (rejects.csv says which and why):",
          summary->rejected_files, plural(summary->rejected_files), summary->rejected_parts,
          plural(summary->rejected_parts));
  for (size_t i = 0; summary->reasons[i].reason; i++)
    fprintf(stderr, "%s %zu %s", i ? "," : "", summary->reasons[i].count,
            summary->reasons[i].reason);
  fputs(".\n", stderr);
}

static void print_summary(const struct dataset_summary *summary, const struct run *run,
                          const char *output) {
  fprintf(stderr, "%zu file%s read: %zu report%s with %zu values.\n", summary->files,
          plural(summary->files), summary->reports, plural(summary->reports),
          summary->observations);
  if (run->known)
    fprintf(stderr,
            "%zu of %zu files are as they were in an earlier run, and were not read again.\n",
            run->known, run->inputs.count);
  fprintf(stderr, "%zu edit rules checked, %zu do not hold%s.\n", summary->edits_checked,
          summary->edits_failed, summary->edits_failed ? " (edit_failures.csv)" : "");
  print_rejects(summary);
  if (*run->cache_failure.text)
    fprintf(stderr, "The next run will read every file again: %s.\n", run->cache_failure.text);
  fprintf(stderr, "Written to %s.\n", output);
}

/* ---- workers ---- */

static void prepare_worker(void *context) {
  struct run *run = context;
  sandbox_enter(run->folder);
  run->knowledge = knowledge_new(run->datasets);
  run->knowledge->manifest = run->manifest;
}

static void read_file(void *context, size_t task, FILE *file) {
  const struct run *run = context;
  reading_write(run->knowledge, run->cache, run->inputs.path[task], file);
}

/* A cache that cannot be written makes the next run slower and this one no worse. */
static void keep_reading(struct run *run, const struct file_reading *reading) {
  run->known += reading->kind == READING_KNOWN;
  if (!run->cache || reading->kind == READING_UNCERTAIN) return;
  if (reading->kind == READING_NEW && *run->cache_failure.text == '\0')
    cache_keep(run->cache, reading->key, reading->entry, &run->cache_failure);
  cache_note(run->cache, reading->key);
}

/* Notes that the manifest's entry for SOURCE was met. The workers have a copy of the manifest. */
static void note_source(const struct run *run, const char *source) {
  struct manifest_entry *entry = manifest_find(run->manifest, source);
  if (entry) entry->used = true;
}

static bool take_records(void *context, size_t task, const char *bytes, size_t length,
                         struct failure *failure) {
  (void)task;
  struct run *run = context;
  struct file_reading reading;
  struct record record;
  bool rejected = true;
  if (!reading_read(bytes, length, &reading))
    return failure_set(failure, "a worker's result is broken");
  keep_reading(run, &reading);
  const char *at = reading.records.start;
  for (const char *end = at + reading.records.length; at < end;) {
    if (!record_read(&at, end, &record)) return failure_set(failure, "a worker's result is broken");
    if (*record.failure) return failure_set(failure, "%s", record.failure);
    if (!dataset_add(run->dataset, &record, failure)) return false;
    note_source(run, record.source);
    rejected &= !record.is_report;
  }
  progress_step(&run->progress, rejected);
  return true;
}

static bool lose_file(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  static const char *const reasons[][2] = {
      [LOSS_CRASH] = {"reader_crashed", "the reader broke down on this file; please report it"},
      [LOSS_TIME] = {"time_limit", "reading took too long; save the report as text and give that"},
      [LOSS_MEMORY] = {"memory_limit", "reading took too much memory; split the file"},
      [LOSS_OUTPUT] = {"output_limit", "the file gave more values than any report; split it"}};
  struct run *run = context;
  note_source(run, run->inputs.path[task]);
  progress_step(&run->progress, true);
  return dataset_lose(run->dataset, run->inputs.path[task], reasons[loss][0], reasons[loss][1],
                      failure);
}

/* Nothing of a run depends on its cache, so one that cannot be had is only told. */
static struct cache *open_cache(const struct ingest_options *options, const char *print,
                                struct arena *arena, struct failure *failure) {
  return print ? cache_open(cache_folder(arena, options->output), print, failure) : NULL;
}

/* What the manifest says of files that were not there is told, and stops nothing. */
static bool tell_unused(const struct manifest *manifest, const char *path, struct dataset *dataset,
                        struct failure *failure) {
  const struct manifest_entry *first = NULL;
  size_t unused = 0;
  for (size_t i = 0; manifest && i < manifest->count; i++) {
    const struct manifest_entry *entry = &manifest->item[i];
    if (entry->used) continue;
    if (unused++ == 0) first = entry;
    if (!dataset_miss(dataset, entry->source, "not_read",
                      "the manifest names it, but it is none of the files that were given",
                      failure))
      return false;
  }
  if (first)
    fprintf(stderr,
            "ogi-ingest: %s:%zu: no file '%s' was read; of the manifest's files %zu %s missing "
            "(rejects.csv)\n",
            path, first->line, first->source, unused, unused == 1 ? "is" : "are");
  return true;
}

/* A code that divisions.csv does not have is the user's to answer for; it is told. */
static void tell_unknown_codes(const struct manifest *manifest, const struct divisions *divisions,
                               const char *path) {
  size_t unknown = 0, line = 0;
  for (size_t i = 0; i < manifest->count; i++) {
    const struct manifest_entry *entry = &manifest->item[i];
    if (*entry->division == '\0' || divisions_find(divisions, entry->division)) continue;
    if (unknown++ == 0) line = entry->line;
  }
  if (unknown)
    fprintf(stderr,
            "%s: %zu row%s with a code that divisions.csv does not have, the first in line "
            "%zu; taken as it is.\n",
            path, unknown, plural(unknown), line);
}

/* The manifest is read before the workers start, so that each has it. */
static bool read_manifest(const struct ingest_options *options, struct run *run,
                          struct arena *arena, struct failure *failure) {
  if (!options->manifest) return true;
  run->manifest = manifest_load(arena, options->manifest, failure);
  if (!run->manifest || options->quiet) return run->manifest != NULL;
  const struct divisions *divisions = divisions_load(arena, run->datasets, failure);
  if (divisions) tell_unknown_codes(run->manifest, divisions, options->manifest);
  return divisions != NULL;
}

/* What is no report wherever it lies, ended by NULL. */
static const char *const *passed_over(const struct ingest_options *options, struct arena *arena) {
  const char *own[] = {options->output, cache_folder(arena, options->output), options->sqlite,
                       options->manifest};
  const char **list = arena_array(arena, EXCEPT_MOST + sizeof own / sizeof *own + 1, sizeof *list);
  size_t count = 0;
  for (size_t i = 0; i < options->excepts; i++) list[count++] = options->except[i];
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (own[i]) list[count++] = own[i];
  return list;
}

/* All that can fail before the workers start. */
static bool open_run(const struct ingest_options *options, struct arena *arena, struct run *run,
                     struct failure *failure) {
  /* Before the rules are read: what changes in between has another fingerprint in the next run. */
  const char *print =
      options->no_cache ? NULL : fingerprint(arena, run->datasets, &run->cache_failure);
  if (!read_manifest(options, run, arena, failure)) return false;
  run->made_output = access(options->output, F_OK) != 0;
  if (!output_make_folder(options->output, failure)) return false;
  run->cache = open_cache(options, print, arena, &run->cache_failure);
  run->inputs = inputs_collect(arena, options->paths, passed_over(options, arena));
  run->folder = scratch_folder_make(arena, failure);
  return run->folder &&
         (!options->sqlite || (run->database = database_open(options->sqlite, failure)));
}

static void close_run(struct run *run) {
  sandbox_remove(run->folder);
  cache_close(run->cache);
  dataset_free(run->dataset);
  database_close(run->database);
}

static struct pool_job job_of(struct run *run, const struct ingest_options *options) {
  return (struct pool_job){.tasks = run->inputs.count,
                           .workers = (size_t)options->workers,
                           .cpu_seconds = 60,
                           .wall_seconds = 150,
                           .memory = (size_t)4 << 30,
                           .output = (size_t)256 << 20,
                           .prepare = prepare_worker,
                           .work = read_file,
                           .take = take_records,
                           .lose = lose_file,
                           .context = run};
}

/* Reads all files and writes the dataset. The workers begin first and end last, so that what only
 * this process does goes on beside them. */
static bool make_dataset(const struct ingest_options *options, struct run *run,
                         struct dataset_summary *summary, struct failure *failure) {
  struct pool_job job = job_of(run, options);
  struct pool *pool = pool_start(&job, failure);
  if (pool) run->dataset = dataset_new(run->datasets, run->manifest, failure);
  progress_begin(&run->progress, stderr, options->quiet, run->inputs.count);
  bool done = run->dataset && pool_run(pool, failure);
  progress_end(&run->progress);
  done = done && tell_unused(run->manifest, options->manifest, run->dataset, failure) &&
         dataset_write(run->dataset, options->output, run->database, summary, failure) &&
         (!run->database || database_commit(run->database, failure));
  pool_end(pool);
  return done;
}

enum run_result ingest_run(const struct ingest_options *options, const char *datasets,
                           struct failure *failure) {
  struct arena *arena = arena_new();
  struct dataset_summary summary;
  struct run run = {.datasets = datasets};
  bool done =
      open_run(options, arena, &run, failure) && make_dataset(options, &run, &summary, failure);
  if (done && run.cache) cache_prune(run.cache);
  if (!done && run.made_output) rmdir(options->output);
  if (done && !options->quiet) print_summary(&summary, &run, options->output);
  close_run(&run);
  arena_free(arena);
  if (!done) return RUN_FAILED;
  bool some_rejected = summary.rejected_files > 0 || summary.rejected_parts > 0;
  return some_rejected ? RUN_SOME_REJECTED : RUN_DONE;
}
