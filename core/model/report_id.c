/* Takes ids of reports apart. */
#include "core/model/report_id.h"

#include <string.h>

const char *report_series(struct arena *arena, const char *id, const char *year) {
  const char *mark = arena_format(arena, "-%s", year), *at = strstr(id, mark);
  if (!at || !*year) return arena_format(arena, "%s-all", id);
  return arena_format(arena, "%.*s-all%s", (int)(at - id), id, at + strlen(mark));
}
