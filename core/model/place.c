/* Places in words. */
#include "core/model/place.h"

#include <string.h>

static const char *const kind_names[PLACE_KINDS] = {
    [PLACE_UNKNOWN] = "",
    [PLACE_TABLE] = "table",
    [PLACE_PARAGRAPH] = "paragraph",
    [PLACE_CHART] = "chart",
};

static const char *const read_by_names[READ_BY_COUNT] = {
    [READ_BY_TABLE] = "table", [READ_BY_TEXT_TABLE] = "text_table", [READ_BY_CHART] = "chart",
    [READ_BY_PROSE] = "prose", [READ_BY_DEDUCTION] = "deduced",
};

const char *place_kind_name(enum place_kind kind) {
  return kind_names[kind];
}

const char *place_locator(struct arena *arena, struct source_place place) {
  const struct {
    const char *name;
    size_t number;
  } parts[] = {{"page", place.page},
               {place_kind_name(place.kind), place.number},
               {"row", place.row},
               {"column", place.column},
               {"point", place.point}};
  const char *text = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i].number)
      text = arena_format(arena, "%s%s%s %zu", text, *text ? ", " : "", parts[i].name,
                          parts[i].number);
  return text;
}

const char *read_by_name(enum read_by read_by) {
  return read_by_names[read_by];
}

enum read_by read_by_from(const char *name) {
  for (int i = 0; i < READ_BY_COUNT; i++)
    if (strcmp(read_by_names[i], name) == 0) return (enum read_by)i;
  return READ_BY_COUNT;
}
