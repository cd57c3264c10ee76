/* `write_docx FOLDER FILE.txt…` writes reports in the layout of Word conversions as
 * FOLDER/FILE.docx. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/docx_writer.h"
#include "tests/reports.h"

static void write_one(const char *folder, const char *path, bool tracked) {
  struct arena *arena = arena_new();
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  const char *target = arena_format(arena, "%s/%.*s.docx", folder, (int)strcspn(name, "."), name);
  size_t size = 0;
  const struct docx_style style = {.tracked = tracked, .charts = tracked};
  const char *bytes =
      docx_from(arena, document_from(arena, whole_file(arena, path)), &style, &size);
  FILE *file = fopen(target, "w");
  if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
    perror(target);
    exit(EXIT_FAILURE);
  }
  arena_free(arena);
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fputs("usage: write_docx plain|word FOLDER FILE.txt…\n", stderr);
    return 2;
  }
  bool tracked = strcmp(argv[1], "word") == 0;
  for (int i = 3; i < argc; i++) write_one(argv[2], argv[i], tracked);
  return EXIT_SUCCESS;
}
