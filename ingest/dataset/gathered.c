/* The temporary file of a collection, and what else this room shares of it. */
#include "ingest/dataset/gathered.h"

#include <stdlib.h>
#include <string.h>

const struct knowledge *collection_knowledge(struct collection *collection,
                                             struct failure *failure) {
  if (!collection->knowledge) collection->knowledge = knowledge_load(collection->folder, failure);
  if (collection->knowledge) collection->knowledge->manifest = collection->manifest;
  return collection->knowledge;
}

void collection_reject(struct collection *collection, const char *source, const char *sha256,
                       const char *reason, const char *detail, bool whole_file,
                       struct attribution whose) {
  struct arena *arena = collection->arena;
  struct rejected reject = {
      source,     sha256,    arena_text(arena, reason), arena_text(arena, detail), whose.division,
      whose.year, whole_file};
  *list_add(arena, &collection->rejects) = reject;
}

struct extent spool_write(struct collection *collection, struct bytes bytes) {
  struct extent extent = {collection->spooled, bytes.length};
  fwrite(bytes.start, 1, bytes.length, collection->spool);
  collection->spooled += (long)bytes.length;
  return extent;
}

char *spool_read(struct collection *collection, struct extent extent) {
  char *bytes = malloc(extent.length + 1);
  if (!bytes) return NULL;
  if (fseek(collection->spool, extent.start, SEEK_SET) != 0 ||
      fread(bytes, 1, extent.length, collection->spool) != extent.length) {
    free(bytes);
    return NULL;
  }
  bytes[extent.length] = '\0';
  return bytes;
}

bool spool_rename(struct collection *collection, struct extent *extent, const char *old_id,
                  const char *new_id, struct failure *failure) {
  char *bytes = spool_read(collection, *extent), *renamed = NULL;
  size_t length = strlen(old_id), size = 0;
  FILE *file = bytes ? open_memstream(&renamed, &size) : NULL;
  bool is_quoted = false, begins = true; /* a field in quotes, which may hold line breaks; a row */
  for (size_t i = 0; file && i < extent->length; i++) {
    if (begins && strncmp(bytes + i, old_id, length) == 0 && bytes[i + length] == ',') {
      fputs(new_id, file);
      i += length;
    }
    is_quoted ^= bytes[i] == '"';
    begins = bytes[i] == '\n' && !is_quoted;
    putc(bytes[i], file);
  }
  bool is_done = file && fclose(file) == 0 && fseek(collection->spool, 0, SEEK_END) == 0;
  if (is_done) *extent = spool_write(collection, (struct bytes){renamed, size});
  free(bytes);
  free(renamed);
  return is_done || failure_set(failure, "cannot write the temporary file");
}

bool spool_copy(struct collection *collection, struct extent extent, FILE *file,
                struct failure *failure) {
  char *bytes = spool_read(collection, extent);
  if (!bytes) return failure_set(failure, "cannot read the temporary file");
  fwrite(bytes, 1, extent.length, file);
  free(bytes);
  return true;
}
