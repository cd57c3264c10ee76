/* Which characters a name may have. Knows no folders. */
#include "core/base/file_name.h"

#include <string.h>

#include "core/base/label.h"

enum { LONGEST_NAME = 160 };

bool name_is_of(const char *name, const char *signs) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  if (*name == '\0' || !text_is_utf8(name, strlen(name))) return false;
  for (; *name; name++)
    if ((unsigned char)*name < 0x80 && !strchr(letters, *name) && !strchr(signs, *name))
      return false;
  return true;
}

bool file_name_is_safe(const char *name) {
  return strlen(name) <= LONGEST_NAME && *name != '.' && name_is_of(name, "._-");
}

const char *file_name_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}
