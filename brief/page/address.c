/* Finds the way between two paths. Knows no page. */
#include "brief/page/address.h"

#include <stdlib.h>
#include <string.h>

const char *address_escape(struct arena *arena, const char *text) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";
  static const char digits[] = "0123456789ABCDEF";
  char *escaped = arena_alloc(arena, 3 * strlen(text) + 1), *end = escaped;
  for (; *text; text++) {
    unsigned char byte = (unsigned char)*text;
    if (strchr(plain, byte)) {
      *end++ = *text;
    } else {
      *end++ = '%';
      *end++ = digits[byte >> 4];
      *end++ = digits[byte & 15];
    }
  }
  return escaped;
}

/* The length of what FROM and TO begin with in common, in whole folders, with the last slash. */
static size_t common_folders(const char *from, const char *to) {
  size_t common = 0;
  for (size_t i = 0; from[i] && from[i] == to[i]; i++)
    if (from[i] == '/') common = i + 1;
  return common;
}

static const char *way(struct arena *arena, const char *folder, const char *path) {
  const char *from = arena_format(arena, "%s/", folder);
  size_t common = common_folders(from, path);
  const char *address = address_escape(arena, path + common);
  for (const char *at = from + common; (at = strchr(at, '/')); at++)
    address = arena_format(arena, "../%s", address);
  return address;
}

const char *address_of(struct arena *arena, const char *folder, const char *path) {
  char *from = realpath(folder, NULL), *to = realpath(path, NULL);
  const char *address = from && to ? way(arena, from, to) : "";
  free(from);
  free(to);
  return address;
}
