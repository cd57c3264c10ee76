/* Joins reports and cache. Knows nothing of what is in a record. */
#include "ingest/reading.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/dataset/record.h"
#include "ingest/report.h"

/* What is written before the packed entry and the records. */
struct reading_head {
  enum reading_kind kind;
  char key[CACHE_KEY_SIZE];
  size_t entry, records; /* lengths */
};

struct recording {
  const struct knowledge *knowledge;
  FILE *file;
  bool uncertain;
};

/* A file that could not be read at all may be readable tomorrow, and so may one that another
 * program converts: that may have been short of time. */
static bool is_uncertain(const struct report *report) {
  enum source_format format = report->source.format;
  return !report->id &&
         (*report->source.sha256 == '\0' || format == FORMAT_DOC || format == FORMAT_RTF);
}

static void take_report(void *context, const struct report *report) {
  struct recording *recording = context;
  recording->uncertain |= is_uncertain(report);
  record_write(report, recording->knowledge->schema, recording->file);
}

static void put(FILE *file, const struct file_reading *reading) {
  struct reading_head head = {
      .kind = reading->kind, .entry = reading->entry.length, .records = reading->records.length};
  memcpy(head.key, reading->key, sizeof head.key);
  fwrite(&head, sizeof head, 1, file);
  if (reading->entry.length) fwrite(reading->entry.start, 1, reading->entry.length, file);
  fwrite(reading->records.start, 1, reading->records.length, file);
}

/* Reads SOURCE and writes it to FILE; READING has its key. */
static void put_new(const struct knowledge *knowledge, struct arena *arena,
                    const struct source *source, const char *reason, const struct failure *failure,
                    struct file_reading *reading, FILE *file) {
  char *bytes = NULL;
  size_t length = 0;
  struct recording recording = {.knowledge = knowledge, .file = open_memstream(&bytes, &length)};
  if (!recording.file) out_of_memory();
  knowledge_begin(knowledge); /* only now: a run whose files are all known needs none */
  report_read_source(knowledge, arena, source, reason, failure, take_report, &recording);
  struct failure broken;
  if (!knowledge_wait(knowledge, &broken)) {
    record_write_failure(&broken, recording.file);
    recording.uncertain = true;
  }
  if (fclose(recording.file) != 0) out_of_memory();
  reading->records = (struct cached){bytes, length};
  if (*reading->key && !recording.uncertain)
    reading->entry = cache_pack(arena, reading->key, reading->records);
  reading->kind = reading->entry.start ? READING_NEW : READING_UNCERTAIN;
  put(file, reading);
  free(bytes);
}

void reading_write(const struct knowledge *knowledge, const struct cache *cache, const char *path,
                   FILE *file) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  struct source source;
  struct file_reading reading = {.kind = READING_KNOWN};
  const char *reason = source_read(arena, path, &source, &failure);
  if (cache && *source.sha256) {
    const char *told = manifest_text(knowledge->manifest, arena, path);
    cache_key(path, source.sha256, told, reading.key);
    reading.records = cache_find(cache, arena, reading.key);
  }
  if (reading.records.start)
    put(file, &reading);
  else
    put_new(knowledge, arena, &source, reason, &failure, &reading, file);
  arena_free(arena);
}

bool reading_read(const char *bytes, size_t length, struct file_reading *reading) {
  struct reading_head head;
  if (length < sizeof head) return false;
  memcpy(&head, bytes, sizeof head);
  size_t left = length - sizeof head;
  if (head.entry > left || head.records != left - head.entry) return false;
  reading->kind = head.kind;
  memcpy(reading->key, head.key, sizeof reading->key);
  reading->entry = (struct cached){bytes + sizeof head, head.entry};
  reading->records = (struct cached){bytes + sizeof head + head.entry, head.records};
  return true;
}
