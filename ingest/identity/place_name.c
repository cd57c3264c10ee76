/* Names of divisions in a text: the longest of the last, with what stands before it. */
#include "ingest/identity/place_name.h"

#include <string.h>

#include "core/base/text_index.h"

/* A shorter part of a name is no name: 山东, 济南, 天桥. */
enum { SHORT_NAME = 6 };

const char *division_short_name(const struct place_evidence *evidence, struct arena *arena,
                                const char *name) {
  const struct document_rule *rule = document_rule_match(evidence->rules, FIELD_SHORT_NAME, name);
  return rule ? document_rule_group(rule, arena, name, "name") : name;
}

static bool ends_with(const char *text, size_t size, const char *end) {
  size_t end_size = strlen(end);
  return end_size <= size && memcmp(text + size - end_size, end, end_size) == 0;
}

/* True where the first LENGTH bytes of TEXT end with a name of a division above DIVISION, in full
 * or short. */
static bool follows_a_division_above(const struct place_evidence *evidence, struct arena *arena,
                                     const struct division *division, const char *text,
                                     size_t length) {
  if (length > 0 && text[length - 1] == '/') length--;
  for (const struct division *above = division->parent; above; above = above->parent)
    for (const struct division *name = above; name;
         name = division_earlier_name(evidence->divisions, name))
      if (ends_with(text, length, name->name) ||
          ends_with(text, length, division_short_name(evidence, arena, name->name)) ||
          (*name->spoken && ends_with(text, length, name->spoken)))
        return true;
  return false;
}

/* True where a name may begin behind the first LENGTH bytes of TEXT without a division above it. */
static bool may_begin(const struct place_evidence *evidence, struct arena *arena, const char *text,
                      size_t length) {
  if (length == 0 || text[length - 1] == '/') return true;
  return document_rule_match(evidence->rules, FIELD_BEFORE_DIVISION,
                             arena_bytes(arena, text, length)) != NULL;
}

/* The last name in a text decides, of several that end there the longest, and of equal ones those
 * with a division above before them. */
static bool is_better(const struct named *named, size_t end, size_t length, bool above) {
  if (end != named->end) return end > named->end;
  if (length != named->length) return length > named->length;
  return above && !named->above;
}

/* Where NAME, by which DIVISION is called, stands in TEXT. */
static void consider_name(const struct place_evidence *evidence, struct arena *arena,
                          const char *text, const struct division *division, const char *name,
                          struct named *named) {
  const char *found = strstr(text, name);
  if (!found) return;
  size_t start = (size_t)(found - text), length = strlen(name);
  bool above = follows_a_division_above(evidence, arena, division, text, start);
  if (!above && !may_begin(evidence, arena, text, start)) return;
  if (is_better(named, start + length, length, above))
    *named = (struct named){.end = start + length, .length = length, .above = above};
  else if (start + length != named->end || length != named->length || above != named->above)
    return;
  *list_add(arena, &named->divisions) = division;
}

/* By its name, by its spoken one, or at the end, behind a division above it, by its short one:
 * 济南市天桥. */
static void consider(const struct place_evidence *evidence, struct arena *arena, const char *text,
                     const struct division *division, struct named *named) {
  consider_name(evidence, arena, text, division, division->name, named);
  if (*division->spoken) {
    consider_name(evidence, arena, text, division, division->spoken, named);
    return;
  }
  const char *name = division_short_name(evidence, arena, division->name);
  size_t size = strlen(text), length = strlen(name);
  if (ends_with(text, size, name) &&
      follows_a_division_above(evidence, arena, division, text, size - length))
    consider_name(evidence, arena, text, division, name, named);
}

void divisions_keep_nearest(division_list *list, int year) {
  int nearest = -1;
  for (size_t i = 0; i < list->count; i++) {
    int distance = division_distance(list->item[i], year);
    if (nearest < 0 || distance < nearest) nearest = distance;
  }
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++)
    if (division_distance(list->item[i], year) == nearest) list->item[kept++] = list->item[i];
  list->count = kept;
}

struct named divisions_named_in(const struct place_evidence *evidence, struct arena *arena,
                                const char *text) {
  struct named named = {0};
  const struct text_index index = text_index_make(text, strlen(text));
  for (size_t i = 0; i < evidence->divisions->count; i++) {
    const struct division *division = &evidence->divisions->item[i];
    if (text_index_has(&index, division->name, SHORT_NAME)) /* all its names begin so */
      consider(evidence, arena, text, division, &named);
  }
  divisions_keep_nearest(&named.divisions, evidence->year);
  return named;
}

struct named divisions_of_zone(const struct place_evidence *evidence, struct arena *arena,
                               const char *zone, const char *stem) {
  struct named named = {.end = strlen(stem)};
  const struct division_signs *zones = &evidence->divisions->zones;
  for (size_t i = 0; i < zones->count; i++)
    if (strncmp(zone, zones->item[i].sign, strlen(zones->item[i].sign)) == 0)
      *list_add(arena, &named.divisions) = divisions_find(evidence->divisions, zones->item[i].code);
  if (named.divisions.count) return named;
  const struct text_index index = text_index_make(stem, strlen(stem));
  for (size_t i = 0; i < evidence->divisions->count; i++) {
    const struct division *division = &evidence->divisions->item[i];
    if (!text_index_has(&index, division->name, SHORT_NAME)) continue;
    const char *name =
        division_short_name(evidence, arena, *division->spoken ? division->spoken : division->name);
    size_t length = strlen(name), size = strlen(stem);
    if (!ends_with(stem, size, name)) continue;
    bool above = follows_a_division_above(evidence, arena, division, stem, size - length);
    if (length != size && !above) continue;
    named.above |= above;
    *list_add(arena, &named.divisions) = division;
  }
  divisions_keep_nearest(&named.divisions, evidence->year);
  return named;
}
