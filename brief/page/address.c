/* Finds the way between two paths. Knows no page. */
#include "brief/page/address.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/uri.h"

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
  const char *address = uri_escape(arena, path + common);
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
