/* Reads a file in pieces until its end, so that its size need not be known. */
#include "core/base/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool whole_file_read(struct arena *arena, const char *path, struct whole_file *file,
                     struct failure *failure) {
  char piece[1 << 14], *bytes = NULL;
  size_t got;
  FILE *in = fopen(path, "re"), *out = open_memstream(&bytes, &file->size);
  while (in && out && (got = fread(piece, 1, sizeof piece, in)) > 0) fwrite(piece, 1, got, out);
  bool read = in && out && !ferror(in) && !ferror(out);
  if (out && fclose(out) != 0) read = false;
  if (read)
    file->bytes = arena_bytes(arena, bytes, file->size);
  else
    failure_set(failure, "cannot read '%s': %s", path, strerror(errno));
  if (in) fclose(in);
  free(bytes);
  return read;
}
