/* A run of one worker with one file. What it answers begins with a byte: whether the rest is the
 * document, or why there is none. */
#include "ingest/dump.h"

#include "core/base/arena.h"
#include "core/base/pool.h"
#include "core/base/scratch_folder.h"
#include "ingest/report.h"
#include "ingest/shut_in.h"

enum { READ = '+', NOT_READ = '-' };

struct dump {
  const char *path, *folder;
  FILE *output;
};

static void prepare(void *context) {
  const struct dump *dump = context;
  const char *const path[] = {dump->path, NULL};
  const char *const *const reads[] = {path, NULL};
  shut_in(reads, dump->folder);
}

static void read_file(void *context, size_t task, const char *words, FILE *file) {
  (void)task;
  (void)words;
  const struct dump *dump = context;
  struct failure failure = {""};
  struct arena *arena = arena_new();
  const struct document *document = report_document(arena, dump->path, &failure);
  putc(document ? READ : NOT_READ, file);
  if (document)
    document_dump(document, file);
  else
    fputs(failure.text, file);
  arena_free(arena);
}

static bool take(void *context, size_t task, const char *bytes, size_t length,
                 struct failure *failure) {
  (void)task;
  const struct dump *dump = context;
  if (length == 0) return failure_set(failure, "the reader's answer is broken");
  if (*bytes != READ) return failure_set(failure, "%.*s", (int)length - 1, bytes + 1);
  return fwrite(bytes + 1, 1, length - 1, dump->output) == length - 1 ||
         failure_set(failure, "cannot print it");
}

static bool lose(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  (void)task;
  static const char *const reasons[] = {[LOSS_CRASH] = "the reader broke down",
                                        [LOSS_KILLED] = "the reader was ended from outside",
                                        [LOSS_TIME] = "reading took too long",
                                        [LOSS_MEMORY] = "reading took too much memory",
                                        [LOSS_OUTPUT] = "it gives too much to print"};
  const struct dump *dump = context;
  return failure_set(failure, "'%s': %s", dump->path, reasons[loss]);
}

bool dump_file(const char *path, FILE *output, struct failure *failure) {
  struct arena *arena = arena_new();
  struct dump dump = {path, scratch_folder_hold(arena, failure), output};
  const struct pool_job job = {.tasks = 1,
                               .workers = 1,
                               .cpu_seconds = 60,
                               .wall_seconds = 1800,
                               .memory = (size_t)4 << 30,
                               .output = (size_t)1 << 30,
                               .prepare = prepare,
                               .work = read_file,
                               .take = take,
                               .lose = lose,
                               .context = &dump};
  struct pool *pool = dump.folder ? pool_start(&job, failure) : NULL;
  bool done = pool && pool_run(pool, failure);
  pool_end(pool);
  scratch_folder_remove(dump.folder);
  arena_free(arena);
  return done;
}
