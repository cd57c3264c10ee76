/* The temporary file of a collection, and what else this room shares of it. */
#include "ingest/dataset/gathered.h"

#include <stdlib.h>

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

bool spool_copy(struct collection *collection, struct extent extent, FILE *file,
                struct failure *failure) {
  char *bytes = spool_read(collection, extent);
  if (!bytes) return failure_set(failure, "cannot read the temporary file");
  fwrite(bytes, 1, extent.length, file);
  free(bytes);
  return true;
}
