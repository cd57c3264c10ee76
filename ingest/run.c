/* The run of ingest: a pool of workers reads the files, the cache is asked first, the manifest is
 * heard, and what comes back is gathered and written. Knows nothing of what is in the files. */
#include "ingest/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/output.h"
#include "core/base/pool.h"
#include "core/base/progress.h"
#include "core/base/scratch_folder.h"
#include "ingest/dataset/collection.h"
#include "ingest/dataset/record.h"
#include "ingest/dataset/write.h"
#include "ingest/intake/cache.h"
#include "ingest/intake/fingerprint.h"
#include "ingest/intake/inputs.h"
#include "ingest/intake/manifest.h"
#include "ingest/knowledge.h"
#include "ingest/packs.h"
#include "ingest/reading.h"
#include "ingest/shut_in.h"

struct run {
  struct arena *arena;
  const struct ingest_options *options;
  const char *datasets;
  struct manifest *manifest;   /* NULL where there is none */
  struct knowledge *knowledge; /* in a worker */
  struct members *members;     /* in a worker: the archives that it has open */
  struct inputs inputs;
  struct packs *packs; /* in the leading process: the members of archives */
  size_t units;        /* files and members that were read, archives not among them */
  struct collection *collection;
  struct database *database; /* NULL: none is asked for */
  struct progress progress;
  const char *folder;  /* for temporary files of the workers */
  struct cache *cache; /* NULL: there is none */
  size_t known;        /* files taken from it */
  bool made_output;    /* the folder was not there before */
  bool has_no_input;   /* that is why it failed */
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
            run->known, run->units);
  fprintf(stderr, "%zu edit rules checked, %zu do not hold%s.\n", summary->edits_checked,
          summary->edits_failed, summary->edits_failed ? " (edit_failures.csv)" : "");
  print_rejects(summary);
  if (summary->lost)
    fprintf(stderr, "Lost by the machine, to be read again by the next run: %zu.\n", summary->lost);
  if (*run->cache_failure.text)
    fprintf(stderr, "The next run will read every file again: %s.\n", run->cache_failure.text);
  fprintf(stderr, "Written to %s.\n", output);
}

/* Said even where the run is to be quiet. */
static void warn_of_fewer(const struct dataset_summary *summary) {
  if (summary->previous)
    fprintf(stderr,
            "ogi-ingest: WARNING: only %zu report%s found, where the dataset of the run before has "
            "%zu; that one is kept in %s\n",
            summary->reports, summary->reports == 1 ? " was" : "s were", summary->before,
            summary->previous);
}

/* ---- workers ---- */

static void prepare_worker(void *context) {
  struct run *run = context;
  const char *const folders[] = {run->datasets, cache_folder(run->arena, run->options->output),
                                 NULL};
  const char *const *const reads[] = {(const char *const *)run->options->paths, run->inputs.links,
                                      folders, NULL};
  shut_in(reads, run->folder);
  run->knowledge = knowledge_new(run->datasets);
  run->knowledge->manifest = run->manifest;
  run->members = members_new();
}

static void read_file(void *context, size_t task, const char *words, FILE *file) {
  const struct run *run = context;
  const struct reader reader = {run->knowledge, run->cache, run->members};
  if (*words == '\0') {
    reading_write(&reader, run->inputs.path[task], file);
    return;
  }
  struct arena *arena = arena_new();
  const struct member_place place = member_place_from(arena_text(arena, words));
  reading_write_member(&reader, &place, file);
  arena_free(arena);
}

/* A cache that cannot be written makes the next run slower and this one no worse. */
static void keep_reading(struct run *run, const struct file_reading *reading) {
  run->known += reading->kind == READING_KNOWN;
  bool is_kept = reading->kind == READING_NEW || reading->kind == READING_KNOWN;
  if (!run->cache || !is_kept) return;
  if (reading->kind == READING_NEW && *run->cache_failure.text == '\0')
    cache_keep(run->cache, reading->key, reading->entry, &run->cache_failure);
  cache_note(run->cache, reading->key);
}

/* Notes that the manifest's entry for SOURCE was met. The workers have a copy of the manifest. */
static void note_source(const struct run *run, const char *source) {
  struct manifest_entry *entry = manifest_find(run->manifest, source);
  if (entry) entry->used = true;
}

/* What became of the records of a file. */
struct taken {
  bool is_rejected; /* none of them is a report */
  bool is_lost;     /* by the machine */
};

static bool take_records(struct run *run, const struct cached *records, struct taken *taken,
                         struct failure *failure) {
  struct record record;
  const char *at = records->start;
  for (const char *end = at + records->length; at < end;) {
    if (!record_read(&at, end, &record)) return failure_set(failure, "a worker's result is broken");
    if (*record.failure) return failure_set(failure, "%s", record.failure);
    if (!collection_add(run->collection, &record, failure)) return false;
    note_source(run, record.source);
    taken->is_rejected &= !record.is_report;
    taken->is_lost |= collection_is_lost(run->collection, &record);
  }
  return true;
}

/* What an archive in an archive holds beyond the limits. */
static bool leave_members(void *context, const char *path, size_t unread, struct failure *failure) {
  const struct run *run = context;
  struct failure detail = {""};
  members_tell_unread(unread, &detail);
  return collection_lose(run->collection, path, "too_large", detail.text, failure);
}

static void add_members(struct run *run, size_t task, const struct file_reading *reading) {
  struct arena *arena = arena_new();
  const char *sha256;
  struct member_list list = reading_listing(reading, arena, &sha256);
  packs_add(run->packs, task, &list, sha256);
  run->progress.total += list.item.count;
  arena_free(arena);
}

static bool take_reading(void *context, size_t task, const char *bytes, size_t length,
                         struct failure *failure) {
  struct run *run = context;
  struct file_reading reading;
  struct taken taken = {.is_rejected = true};
  if (!reading_read(bytes, length, &reading))
    return failure_set(failure, "a worker's result is broken");
  if (!take_records(run, &reading.records, &taken, failure)) return false;
  if (reading.kind == READING_LISTING)
    add_members(run, task, &reading);
  else if (!taken.is_lost)
    keep_reading(run, &reading);
  run->units += reading.kind != READING_LISTING;
  progress_step(&run->progress, taken.is_rejected && reading.kind != READING_LISTING);
  return packs_done(run->packs, task, leave_members, run, failure);
}

static bool lose_file(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  static const char *const reasons[][2] = {
      [LOSS_CRASH] = {"reader_crashed", "the reader broke down on this file; please report it"},
      [LOSS_KILLED] = {"reader_killed", "the reader was ended from outside, as where memory is "
                                        "short; the next run reads the file again"},
      [LOSS_TIME] = {"time_limit", "reading took too long; the next run reads the file again. Save "
                                   "the report as text and give that"},
      [LOSS_MEMORY] = {"memory_limit", "reading took too much memory; the next run reads the file "
                                       "again. Split it, or give more memory (--memory)"},
      [LOSS_OUTPUT] = {"output_limit", "the file gave more values than any report; split it"}};
  struct run *run = context;
  const char *path = packs_path(run->packs, task);
  note_source(run, path);
  run->units++;
  progress_step(&run->progress, true);
  return collection_lose(run->collection, path, reasons[loss][0], reasons[loss][1], failure) &&
         packs_done(run->packs, task, leave_members, run, failure);
}

/* Nothing of a run depends on its cache, so one that cannot be had is only told. */
static struct cache *open_cache(const struct ingest_options *options, const char *print,
                                struct arena *arena, struct failure *failure) {
  return print ? cache_open(cache_folder(arena, options->output), print, failure) : NULL;
}

/* What the manifest says of files that were not there is told, and stops nothing. */
static bool tell_unused(const struct manifest *manifest, const char *path,
                        struct collection *collection, struct failure *failure) {
  const struct manifest_entry *first = NULL;
  size_t unused = 0;
  for (size_t i = 0; manifest && i < manifest->count; i++) {
    const struct manifest_entry *entry = &manifest->item[i];
    if (entry->used) continue;
    if (unused++ == 0) first = entry;
    if (!collection_miss(collection, entry->source, "not_read",
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
                       options->manifest, options->retry_list};
  LIST_OF(const char *) list = {0};
  for (size_t i = 0; i < options->excepts; i++) *list_add(arena, &list) = options->except[i];
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (own[i]) *list_add(arena, &list) = own[i];
  for (size_t number = 1;; number++) { /* datasets that were kept */
    const char *kept = output_kept_name(arena, options->output, number);
    if (access(kept, F_OK) != 0) break;
    *list_add(arena, &list) = kept;
  }
  *list_add(arena, &list) = NULL;
  return list.item;
}

/* ---- what is to be read ---- */

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* A wrong path must not pass for reports that are no more. */
static bool inputs_are_there(char *const *paths, struct failure *failure) {
  for (; *paths; paths++)
    if (access(*paths, F_OK) != 0)
      return failure_set(failure, "the input '%s' cannot be found: %s", *paths, strerror(errno));
  return true;
}

/* inputs_collect names a folder itself only where there is nothing to read below it. */
static bool inputs_hold_something(const struct inputs *inputs, struct failure *failure) {
  for (size_t i = 0; i < inputs->count; i++)
    if (is_folder(inputs->path[i]) && access(inputs->path[i], R_OK | X_OK) == 0)
      return failure_set(failure,
                         "there is nothing to read in the folder '%s' (--allow-empty, where that "
                         "is as it should be)",
                         inputs->path[i]);
  return inputs->count > 0 || failure_set(failure, "there is nothing to read");
}

static bool find_inputs(const struct ingest_options *options, struct arena *arena, struct run *run,
                        struct failure *failure) {
  run->inputs = inputs_collect(arena, options->paths, passed_over(options, arena));
  run->has_no_input = !inputs_are_there(options->paths, failure) ||
                      (!options->allow_empty && !inputs_hold_something(&run->inputs, failure));
  return !run->has_no_input;
}

/* All that can fail before the workers start. */
static bool open_run(const struct ingest_options *options, struct arena *arena, struct run *run,
                     struct failure *failure) {
  /* Before the rules are read: what changes in between has another fingerprint in the next run. */
  const char *print =
      options->no_cache ? NULL : fingerprint(arena, run->datasets, &run->cache_failure);
  if (!find_inputs(options, arena, run, failure)) return false;
  if (!read_manifest(options, run, arena, failure)) return false;
  run->made_output = access(options->output, F_OK) != 0;
  if (!output_make_folder(options->output, failure)) return false;
  run->cache = open_cache(options, print, arena, &run->cache_failure);
  run->folder = scratch_folder_hold(arena, failure);
  return run->folder &&
         (!options->sqlite || (run->database = database_open(options->sqlite, failure)));
}

static void close_run(struct run *run) {
  scratch_folder_remove(run->folder);
  cache_close(run->cache);
  collection_free(run->collection);
  database_close(run->database);
}

/* What a worker may take: no honest document needs so much; and the least in which each can be
 * read.
 */
static const size_t WORKER_MOST = (size_t)4 << 30, WORKER_LEAST = (size_t)1 << 30;

/* Three quarters of the machine's memory. */
static size_t usual_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? (size_t)pages * (size_t)size / 4 * 3 : 2 * WORKER_MOST;
}

/* All workers together take no more than the run may: where that is little, there are fewer. */
static struct pool_job job_of(struct run *run, const struct ingest_options *options) {
  size_t memory = options->memory ? options->memory : usual_memory();
  size_t workers = (size_t)options->workers, fitting = memory / WORKER_LEAST;
  if (workers > fitting) workers = fitting > 0 ? fitting : 1;
  size_t share = memory / workers < WORKER_MOST ? memory / workers : WORKER_MOST;
  return (struct pool_job){.tasks = run->inputs.count,
                           .workers = workers,
                           .cpu_seconds = 60,
                           .wall_seconds = 1800,
                           .memory = share,
                           .output = (size_t)256 << 20,
                           .prepare = prepare_worker,
                           .work = read_file,
                           .take = take_reading,
                           .lose = lose_file,
                           .context = run};
}

/* A run that found no report at all must not pass for a good one. */
static bool found_reports(const struct ingest_options *options, struct run *run,
                          struct failure *failure) {
  enum { TOLD = 20 };
  if (options->allow_empty || collection_reports(run->collection) > 0) return true;
  run->has_no_input = true;
  fprintf(stderr, "ogi-ingest: no report was found:\n");
  collection_tell_rejects(run->collection, TOLD, stderr);
  return failure_set(failure,
                     "nothing was written, and what stood in '%s' is as it was "
                     "(--allow-empty, where there is no report indeed)",
                     options->output);
}

/* Reads all files and writes the dataset. The workers begin first and end last, so that what only
 * this process does goes on beside them. */
static bool make_dataset(const struct ingest_options *options, struct run *run,
                         struct dataset_summary *summary, struct failure *failure) {
  struct pool_job job = job_of(run, options);
  struct pool *pool = pool_start(&job, failure);
  if (pool) {
    run->collection = collection_new(run->datasets, run->manifest, failure);
    run->packs = packs_new(run->arena, &run->inputs, pool);
  }
  progress_begin(&run->progress, stderr, options->quiet, run->inputs.count);
  bool done = run->collection && pool_run(pool, failure);
  progress_end(&run->progress);
  const struct dataset_writing writing = {options->output, run->database, options->retry_list,
                                          options->keep_below};
  done = done && tell_unused(run->manifest, options->manifest, run->collection, failure) &&
         found_reports(options, run, failure) &&
         dataset_write(run->collection, &writing, summary, failure) &&
         (!run->database || database_commit(run->database, failure));
  pool_end(pool);
  return done;
}

enum run_result ingest_run(const struct ingest_options *options, const char *datasets,
                           struct failure *failure) {
  struct arena *arena = arena_new();
  struct dataset_summary summary;
  struct run run = {.arena = arena, .options = options, .datasets = datasets};
  bool done =
      open_run(options, arena, &run, failure) && make_dataset(options, &run, &summary, failure);
  if (done && run.cache) cache_prune(run.cache);
  if (!done && run.made_output) rmdir(options->output);
  if (done && !options->quiet) print_summary(&summary, &run, options->output);
  if (done) warn_of_fewer(&summary);
  bool is_less =
      done && (summary.rejected_files > 0 || summary.rejected_parts > 0 || summary.previous);
  close_run(&run);
  arena_free(arena);
  if (!done) return run.has_no_input ? RUN_NO_INPUT : RUN_FAILED;
  return is_less ? RUN_SOME_REJECTED : RUN_DONE;
}
