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
};

static void take_report(void *context, const struct report *report) {
  const struct recording *recording = context;
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

/* The records of SOURCE, by malloc. False where the knowledge is broken, which they say then. */
static bool record_source(const struct knowledge *knowledge, struct arena *arena,
                          const struct source *source, const char *reason,
                          const struct failure *failure, char **bytes, size_t *length) {
  struct recording recording = {knowledge, open_memstream(bytes, length)};
  if (!recording.file) out_of_memory();
  knowledge_begin(knowledge); /* only now: a run whose files are all known needs none */
  report_read_source(knowledge, arena, source, reason, failure, take_report, &recording);
  struct failure broken = {""};
  bool is_sound = knowledge_wait(knowledge, &broken);
  if (!is_sound) record_write_failure(&broken, recording.file);
  if (fclose(recording.file) != 0) out_of_memory();
  return is_sound;
}

/* Reads SOURCE and writes it to FILE; READING has its key. */
static void put_new(const struct knowledge *knowledge, struct arena *arena,
                    const struct source *source, const char *reason, const struct failure *failure,
                    struct file_reading *reading, FILE *file) {
  char *bytes = NULL;
  size_t length = 0;
  bool is_sound = record_source(knowledge, arena, source, reason, failure, &bytes, &length);
  reading->records = (struct cached){bytes, length};
  if (*reading->key && is_sound) reading->entry = cache_pack(arena, reading->key, reading->records);
  reading->kind = reading->entry.start ? READING_NEW : READING_UNKEPT;
  put(file, reading);
  free(bytes);
}

/* ---- archives ---- */

/* The hash of the archive, then number and name of each member, each ended by NUL. */
static struct cached listing_text(struct arena *arena, const struct source *archive,
                                  const struct member_list *list) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&bytes, &length);
  if (!file) out_of_memory();
  fprintf(file, "%s%c", archive->sha256, '\0');
  for (size_t i = 0; i < list->item.count; i++)
    fprintf(file, "%zu%c%s%c", list->item.item[i].index, '\0', list->item.item[i].name, '\0');
  if (fclose(file) != 0) out_of_memory();
  struct cached text = {arena_bytes(arena, bytes, length), length};
  free(bytes);
  return text;
}

struct member_list reading_listing(const struct file_reading *reading, struct arena *arena,
                                   const char **sha256) {
  struct member_list list = {.unread = 0};
  const char *at = reading->entry.start, *end = at + reading->entry.length;
  *sha256 = arena_text(arena, at);
  for (at += strlen(at) + 1; at < end; at += strlen(at) + 1) {
    size_t index = strtoul(at, NULL, 10);
    at += strlen(at) + 1;
    *list_add(arena, &list.item) = (struct member){index, arena_text(arena, at)};
  }
  return list;
}

/* Writes the list of what is packed in ARCHIVE to FILE, and why it, or a part of it, is not read.
 */
static void put_listing(const struct knowledge *knowledge, struct arena *arena,
                        const struct source *archive, FILE *file) {
  struct member_list list = {.unread = 0};
  struct failure failure = {""};
  char *bytes = NULL;
  size_t length = 0;
  const char *reason = members_list(arena, archive, &list, &failure);
  struct file_reading reading = {.kind = READING_LISTING};
  reading.entry = listing_text(arena, archive, &list);
  if (reason) record_source(knowledge, arena, archive, reason, &failure, &bytes, &length);
  reading.records = (struct cached){bytes ? bytes : "", length};
  put(file, &reading);
  free(bytes);
}

/* ---- files and members ---- */

/* SOURCE stands in so many archives; REASON says why it could not be read, or is NULL. */
static void write_source(const struct reader *reader, struct arena *arena,
                         const struct source *source, size_t depth, const char *reason,
                         const struct failure *failure, FILE *file) {
  struct file_reading reading = {.kind = READING_KNOWN};
  if (!reason && source->format == FORMAT_ZIP && depth < ARCHIVE_DEPTH) {
    put_listing(reader->knowledge, arena, source, file);
    return;
  }
  if (reader->cache && *source->sha256) {
    const char *told = manifest_text(reader->knowledge->manifest, arena, source->path);
    cache_key(source->path, source->sha256, told, reading.key);
    reading.records = cache_find(reader->cache, arena, reading.key);
  }
  if (reading.records.start)
    put(file, &reading);
  else
    put_new(reader->knowledge, arena, source, reason, failure, &reading, file);
}

void reading_write(const struct reader *reader, const char *path, FILE *file) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  struct source source;
  const char *reason = source_read(arena, path, &source, &failure);
  write_source(reader, arena, &source, 0, reason, &failure, file);
  arena_free(arena);
}

void reading_write_member(const struct reader *reader, const struct member_place *place,
                          FILE *file) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  struct source source;
  const char *reason = members_read(reader->members, place, arena, &source, &failure);
  write_source(reader, arena, &source, place->depth, reason, &failure, file);
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
