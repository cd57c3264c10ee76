/* Opens archives by their paths and keeps the last ones open. Knows nothing of what is in a member.
 */
#include "ingest/intake/members.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/file_name.h"
#include "ingest/intake/archive.h"

/* Beyond all honest archives: a bomb of many small parts. */
static const size_t MEMBERS_SIZE_LIMIT = (size_t)4 * 1024 * 1024 * 1024;

/* An archive with its bytes. */
struct opened {
  struct arena *arena; /* NULL: none is open */
  struct archive *archive;
  const char *path, *sha256;
  size_t index; /* of an inner one in the outer one */
};

struct members {
  struct opened outer, inner;
};

struct members *members_new(void) {
  struct members *members = calloc(1, sizeof *members);
  if (!members) out_of_memory();
  return members;
}

static void close_archive(struct opened *opened) {
  archive_close(opened->archive);
  arena_free(opened->arena);
  *opened = (struct opened){.arena = NULL};
}

void members_free(struct members *members) {
  if (!members) return;
  close_archive(&members->inner);
  close_archive(&members->outer);
  free(members);
}

/* ---- places ---- */

const char *member_place_text(struct arena *arena, const struct member_place *place) {
  return arena_format(arena, "%zu %zu %zu %s %zu %s%s", place->depth, place->index[0],
                      place->index[1], place->sha256, strlen(place->archive), place->archive,
                      place->path);
}

struct member_place member_place_from(char *text) {
  struct member_place place = {.depth = strtoul(text, &text, 10)};
  place.index[0] = strtoul(text, &text, 10);
  place.index[1] = strtoul(text, &text, 10);
  place.sha256 = ++text;
  text = strchr(text, ' ');
  *text++ = '\0';
  size_t length = strtoul(text, &text, 10);
  text++;
  place.path = text + length;
  memmove(text - 1, text, length); /* makes room for a NUL between the two */
  text[length - 1] = '\0';
  place.archive = text - 1;
  return place;
}

/* ---- opening ---- */

static const char *open_outer(struct opened *outer, const struct member_place *place,
                              struct failure *failure) {
  struct source source;
  outer->arena = arena_new();
  const char *reason = source_read(outer->arena, place->archive, &source, failure);
  if (reason) return "unreadable_file"; /* it was there a moment ago */
  if (strcmp(source.sha256, place->sha256) != 0) {
    failure_set(failure, "the archive changed while it was read");
    return "unreadable_file";
  }
  outer->path = arena_text(outer->arena, place->archive);
  outer->sha256 = arena_text(outer->arena, source.sha256);
  outer->archive = archive_open(source.bytes, source.size, failure);
  return outer->archive ? NULL : "unreadable_document";
}

static const char *open_inner(struct opened *inner, struct archive *outer, size_t index,
                              struct failure *failure) {
  const char *bytes;
  size_t size;
  inner->arena = arena_new();
  inner->index = index;
  archive_begin(outer);
  const char *reason = archive_unpack(outer, index, inner->arena, &bytes, &size, failure);
  if (reason) return reason;
  inner->archive = archive_open(bytes, size, failure);
  return inner->archive ? NULL : "unreadable_document";
}

/* The archive that the member at PLACE stands in. NULL with a code in REASON. */
static struct archive *archive_of(struct members *members, const struct member_place *place,
                                  const char **reason, struct failure *failure) {
  struct opened *outer = &members->outer, *inner = &members->inner;
  bool is_open = outer->archive && strcmp(outer->path, place->archive) == 0 &&
                 strcmp(outer->sha256, place->sha256) == 0;
  if (!is_open) {
    close_archive(inner);
    close_archive(outer);
    if ((*reason = open_outer(outer, place, failure))) return NULL;
  }
  if (place->depth == 1) return outer->archive;
  if (inner->archive && inner->index == place->index[0]) return inner->archive;
  close_archive(inner);
  *reason = open_inner(inner, outer->archive, place->index[0], failure);
  return *reason ? NULL : inner->archive;
}

const char *members_read(struct members *members, const struct member_place *place,
                         struct arena *arena, struct source *source, struct failure *failure) {
  const char *bytes, *reason = NULL;
  size_t size, index = place->index[place->depth - 1];
  *source = (struct source){.path = place->path, .bytes = "", .format = FORMAT_BINARY};
  struct archive *archive = archive_of(members, place, &reason, failure);
  if (!archive) return reason;
  archive_begin(archive);
  reason = archive_unpack(archive, index, arena, &bytes, &size, failure);
  return reason ? reason : source_from_bytes(place->path, bytes, size, source, failure);
}

/* ---- listing ---- */

/* What macOS adds to every archive (resource forks, views of folders) was made by no one. All else
 * in an archive ends as a report or as a reject, like a file. */
static bool is_left_by_macos(const char *name) {
  return strncmp(name, "__MACOSX/", 9) == 0 || strstr(name, "/__MACOSX/") ||
         strcmp(file_name_of(name), ".DS_Store") == 0;
}

/* NAME in UTF-8: archives from Chinese Windows name in GBK, and part folders as Windows does. */
static const char *member_name(struct arena *arena, const char *name) {
  char *text = source_path_text(arena, name);
  for (char *c = text; *c; c++)
    if (*c == '\\') *c = '/';
  return text;
}

void members_tell_unread(size_t unread, struct failure *failure) {
  failure_set(failure,
              "at most %d files and %zu bytes are read from an archive; %zu files behind these "
              "were left. Split it.",
              MEMBER_LIMIT, MEMBERS_SIZE_LIMIT, unread);
}

static void list_entries(struct arena *arena, const struct archive *archive,
                         struct member_list *list) {
  size_t unpacked = 0;
  for (size_t i = 0; i < archive_count(archive); i++) {
    const struct archive_entry entry = archive_entry(archive, i);
    if (entry.is_folder || is_left_by_macos(entry.name)) continue;
    if (list->item.count == MEMBER_LIMIT || unpacked >= MEMBERS_SIZE_LIMIT) {
      list->unread++;
      continue;
    }
    unpacked += entry.size < MEMBERS_SIZE_LIMIT ? entry.size : MEMBERS_SIZE_LIMIT;
    *list_add(arena, &list->item) = (struct member){i, member_name(arena, entry.name)};
  }
}

const char *members_list(struct arena *arena, const struct source *archive,
                         struct member_list *list, struct failure *failure) {
  struct archive *opened = archive_open(archive->bytes, archive->size, failure);
  if (!opened) return "unreadable_document";
  list_entries(arena, opened, list);
  archive_close(opened);
  if (list->unread) {
    members_tell_unread(list->unread, failure);
    return "too_large";
  }
  if (list->item.count) return NULL;
  failure_set(failure, "the archive holds no files");
  return "empty";
}
