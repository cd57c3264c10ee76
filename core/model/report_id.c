/* Puts ids of reports together and takes them apart. */
#include "core/model/report_id.h"

#include <stdio.h>
#include <string.h>

const char *report_id_make(struct arena *arena, const char *division, int year, const char *mark) {
  return arena_format(arena, "%s-%04d%s%.8s", *division ? division : "unknown", year,
                      *mark ? "-" : "", mark);
}

/* What stands behind DIVISION and YEAR in ID; NULL where it does not begin with them. */
static const char *behind_year(const char *id, const char *division, int year) {
  char text[16];
  size_t length = strlen(division);
  int digits = snprintf(text, sizeof text, "-%04d", year);
  if (strncmp(id, division, length) != 0 || strncmp(id + length, text, (size_t)digits) != 0)
    return NULL;
  return id + length + digits;
}

bool report_id_is_of_government(const char *id, const char *division, int year) {
  const char *rest = behind_year(id, division, year);
  return rest && *rest == '\0';
}

const char *report_id_of_year_before(struct arena *arena, const char *id, const char *division,
                                     int year) {
  const char *rest = *division && year ? behind_year(id, division, year) : NULL;
  return rest ? arena_format(arena, "%s-%04d%s", division, year - 1, rest) : NULL;
}

const char *report_series(struct arena *arena, const char *id, const char *year) {
  const char *mark = arena_format(arena, "-%s", year), *at = strstr(id, mark);
  if (!at || !*year) return arena_format(arena, "%s-all", id);
  return arena_format(arena, "%.*s-all%s", (int)(at - id), id, at + strlen(mark));
}
