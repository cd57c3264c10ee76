/* Reads and checks a manifest. Knows no documents. */
#include "ingest/intake/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/base/file_name.h"
#include "core/base/label.h"

struct loading {
  struct arena *arena;
  const char *here;   /* as in struct manifest */
  const char *folder; /* of the manifest, with the slash; "" where it has none */
  LIST_OF(struct manifest_entry) entries;
};

/* PATH without `./` and doubled slashes, so that one file has one name. */
static const char *plain_path(struct arena *arena, const char *path) {
  char *plain = arena_text(arena, path), *end = plain;
  for (const char *at = plain; *at;) {
    bool begins = end == plain || end[-1] == '/';
    if (begins && at[0] == '.' && at[1] == '/')
      at += 2;
    else if (*at == '/' && end > plain && end[-1] == '/')
      at++;
    else
      *end++ = *at++;
  }
  *end = '\0';
  return plain;
}

/* The same from the root; HERE is where the program runs, with the slash. */
static const char *full_path(struct arena *arena, const char *here, const char *path) {
  return plain_path(arena, *path == '/' ? path : arena_format(arena, "%s%s", here, path));
}

/* The folder where the program runs, with the slash; "" where nobody knows it any more. */
static const char *working_folder(struct arena *arena) {
  char *folder = getcwd(NULL, 0);
  const char *here = folder ? arena_format(arena, "%s/", folder) : "";
  free(folder);
  return here;
}

static bool read_year(const char *text, int *year, struct failure *failure) {
  if (*text == '\0') return true;
  if (strlen(text) != 4 || strspn(text, "0123456789") != 4 || strncmp(text, "19", 2) < 0)
    return failure_set(failure, "'%s' is no year of four digits", text);
  *year = (int)strtol(text, NULL, 10);
  return true;
}

static bool take_entry(void *context, size_t line, const char *const *f, struct failure *failure) {
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  if (*f[0] == '\0') return failure_set(failure, "the row names no source");
  if (!text_is_utf8(f[2], strlen(f[2]))) return failure_set(failure, "the organ is not UTF-8");
  struct manifest_entry entry = {
      .source = plain_path(arena, f[0]),
      .path = full_path(arena, loading->here, f[0]),
      .beside = full_path(arena, loading->here,
                          *f[0] == '/' ? f[0] : arena_format(arena, "%s%s", loading->folder, f[0])),
      .line = line,
      .division = arena_text(arena, f[1]),
      .organ = text_compact(arena, f[2]),
      .url = arena_text(arena, f[4])};
  bool is_code = strlen(entry.division) == 6 && strspn(entry.division, "0123456789") == 6;
  if (*entry.division && !is_code)
    return failure_set(failure, "'%s' is no code of six digits", entry.division);
  if (!read_year(f[3], &entry.year, failure)) return false;
  for (size_t i = 0; i < loading->entries.count; i++)
    if (strcmp(loading->entries.item[i].path, entry.path) == 0)
      return failure_set(failure, "the source '%s' stands in line %zu already", entry.source,
                         loading->entries.item[i].line);
  *list_add(arena, &loading->entries) = entry;
  return true;
}

struct manifest *manifest_load(struct arena *arena, const char *path, struct failure *failure) {
  static const char *const columns[] = {"source", "?division", "?organ", "?year", "?url", NULL};
  size_t length = (size_t)(file_name_of(path) - path);
  struct loading loading = {
      .arena = arena, .here = working_folder(arena), .folder = arena_bytes(arena, path, length)};
  if (!csv_read_strictly(path, columns, take_entry, &loading, failure)) return NULL;
  struct manifest *manifest = arena_alloc(arena, sizeof *manifest);
  *manifest = (struct manifest){loading.entries.item, loading.entries.count, loading.here};
  return manifest;
}

struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path) {
  if (!manifest) return NULL;
  struct arena *arena = arena_new();
  const char *full = full_path(arena, manifest->here, path);
  struct manifest_entry *found = NULL;
  for (size_t i = 0; i < manifest->count && !found; i++) {
    struct manifest_entry *entry = &manifest->item[i];
    if (strcmp(entry->path, full) == 0 || strcmp(entry->beside, full) == 0) found = entry;
  }
  arena_free(arena);
  return found;
}

/* True where SOURCE is PATH, of LENGTH bytes, or below it. */
static bool is_within(const char *source, const char *path, size_t length) {
  return strncmp(source, path, length) == 0 && (source[length] == '\0' || source[length] == '/');
}

const char *manifest_text(const struct manifest *manifest, struct arena *arena, const char *path) {
  const char *text = "", *full = manifest ? full_path(arena, manifest->here, path) : "";
  size_t length = strlen(full);
  for (size_t i = 0; manifest && i < manifest->count; i++) {
    const struct manifest_entry *entry = &manifest->item[i];
    if (is_within(entry->path, full, length) || is_within(entry->beside, full, length))
      text = arena_format(arena, "%s%s\n%s\n%s\n%d\n%s\n", text, entry->source, entry->division,
                          entry->organ, entry->year, entry->url);
  }
  return text;
}
