/* Runs the workers, and puts what they found where the user wants it. */
#include "ingest/check/check_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/pool.h"
#include "core/base/program_end.h"
#include "core/base/scratch_folder.h"
#include "ingest/shut_in.h"

struct file_result {
  struct check_head head;
  const char *verdict, *copy;
};

struct check_job {
  const struct check_options *options;
  struct arena *arena;
  const char *folder;
  struct knowledge *knowledge; /* in a worker */
  struct file_result *result;  /* of each file */
  size_t files;
};

static void prepare_worker(void *context) {
  struct check_job *job = context;
  const struct check_options *options = job->options;
  const char *const folders[] = {options->datasets, options->previous, NULL};
  const char *const *const reads[] = {(const char *const *)options->paths, folders, NULL};
  shut_in(reads, job->folder);
  job->knowledge = knowledge_new(options->datasets);
}

static void work(void *context, size_t task, const char *words, FILE *file) {
  const struct check_job *job = context;
  (void)words;
  check_file(job->options, job->knowledge, job->options->paths[task], file);
}

static bool take(void *context, size_t task, const char *bytes, size_t length,
                 struct failure *failure) {
  struct check_job *job = context;
  struct file_result *result = &job->result[task];
  if (length < sizeof result->head) return failure_set(failure, "a worker's result is broken");
  memcpy(&result->head, bytes, sizeof result->head);
  if (*result->head.failure)
    return failure_set(failure, "%s: %s", job->options->paths[task], result->head.failure);
  const char *rest = bytes + sizeof result->head;
  result->verdict = arena_bytes(job->arena, rest, result->head.verdict);
  result->copy = arena_bytes(job->arena, rest + result->head.verdict, result->head.copy);
  return true;
}

static bool lose(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  static const char *const reasons[] = {
      [LOSS_CRASH] = "the reader broke down on it; please report it",
      [LOSS_KILLED] = "the reader was ended from outside",
      [LOSS_TIME] = "reading took too long",
      [LOSS_MEMORY] = "reading took too much memory",
      [LOSS_OUTPUT] = "the file gave more values than any report"};
  const struct check_job *job = context;
  return failure_set(failure, "%s: %s", job->options->paths[task], reasons[loss]);
}

/* ---- output ---- */

/* A file that is there already is not touched before all is written; a given one never. */
static bool write_file(const char *path, const char *bytes, size_t length,
                       struct failure *failure) {
  struct arena *arena = arena_new();
  const char *beside = arena_format(arena, "%s.ogi-check-%ld", path, (long)getpid());
  FILE *file = fopen(beside, "wxe");
  bool done = file && fwrite(bytes, 1, length, file) == length;
  if (file && fclose(file) != 0) done = false;
  done = done && rename(beside, path) == 0;
  if (!done) failure_set(failure, "cannot write '%s': %s", path, strerror(errno));
  if (!done && file) unlink(beside);
  arena_free(arena);
  return done;
}

static bool print(const struct check_job *job, struct failure *failure) {
  enum verdict_format format = job->options->format;
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&text, &length);
  if (!memory) out_of_memory();
  verdict_begin(memory, format, job->result[0].head.language);
  for (size_t i = 0; i < job->files; i++) {
    if (i) verdict_part(memory, format);
    fwrite(job->result[i].verdict, 1, job->result[i].head.verdict, memory);
  }
  verdict_end(memory, format);
  if (fclose(memory) != 0) out_of_memory();
  bool done = job->options->output
                  ? write_file(job->options->output, text, length, failure)
                  : (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0) ||
                        failure_set(failure, "cannot write: %s", strerror(errno));
  free(text);
  return done;
}

static int status_of(const struct check_job *job, struct failure *failure) {
  int status = EXIT_SUCCESS;
  for (size_t i = 0; i < job->files; i++) {
    if (job->result[i].head.reports == 0) {
      failure_set(failure, "%s: no report was found in it", job->options->paths[i]);
      return STATUS_FAILED;
    }
    if (job->result[i].head.errors) status = STATUS_DOES_NOT_HOLD;
  }
  return status;
}

static bool read_files(struct check_job *job, struct failure *failure) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  const struct pool_job pool_job = {.tasks = job->files,
                                    .workers = processors > 0 ? (size_t)processors : 1,
                                    .cpu_seconds = 60,
                                    .wall_seconds = 1800,
                                    .memory = (size_t)4 << 30,
                                    .output = (size_t)512 << 20,
                                    .prepare = prepare_worker,
                                    .work = work,
                                    .take = take,
                                    .lose = lose,
                                    .context = job};
  struct pool *pool = pool_start(&pool_job, failure);
  bool done = pool && pool_run(pool, failure);
  pool_end(pool);
  return done;
}

int check_run(const struct check_options *options, struct failure *failure) {
  struct arena *arena = arena_new();
  struct check_job job = {.options = options, .arena = arena};
  while (options->paths[job.files]) job.files++;
  job.result = arena_array(arena, job.files, sizeof *job.result);
  job.folder = scratch_folder_hold(arena, failure);
  bool done = job.folder && read_files(&job, failure) && print(&job, failure);
  const struct file_result *first = &job.result[0];
  if (done && options->comments && first->head.copy)
    done = write_file(options->comments, first->copy, first->head.copy, failure);
  int status = done ? status_of(&job, failure) : STATUS_FAILED;
  scratch_folder_remove(job.folder);
  arena_free(arena);
  return status;
}
