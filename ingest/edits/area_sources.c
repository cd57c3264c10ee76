/* Compares the sources of areas. Knows no area. */
#include "ingest/edits/area_sources.h"

#include <string.h>

static bool is_of(const struct observation *observation, const struct variable *variable,
                  bool in_prose) {
  return strcmp(observation->variable, variable->id) == 0 &&
         observation->status == STATUS_REPORTED &&
         (observation->provenance.read_by == READ_BY_PROSE) == in_prose;
}

/* The first number of the area of TOLD that does not stand in prose, or NULL. */
static const struct observation *elsewhere(const struct findings *findings,
                                           const struct variable *variable,
                                           const struct observation *told) {
  for (size_t i = 0; i < findings->observations.count; i++) {
    const struct observation *other = &findings->observations.item[i];
    if (is_of(other, variable, false) && strcmp(other->category, told->category) == 0) return other;
  }
  return NULL;
}

static const char *both_sides(struct arena *arena, const char *message, const char *name,
                              const struct observation *told, const struct observation *other) {
  char left[DECIMAL_TEXT_SIZE], right[DECIMAL_TEXT_SIZE];
  return arena_format(arena, "%s%s %s (%s) ≠ %s (%s)", message, name,
                      decimal_text(told->value, left), place_locator(arena, told->provenance.place),
                      decimal_text(other->value, right),
                      place_locator(arena, other->provenance.place));
}

static struct edit_failure failure_of(struct arena *arena, const struct told_rule *rule,
                                      const struct observation *told,
                                      const struct observation *other) {
  struct edit *edit = arena_alloc(arena, sizeof *edit);
  *edit = (struct edit){.rule = rule->rule,
                        .variable = told->variable,
                        .category = told->category,
                        .message_zh = rule->message_zh,
                        .message_en = rule->message_en};
  struct edit_failure failure = {
      .edit = edit, .left = told->value, .right = other->value, .localisation = ""};
  const char *zh = arena_format(arena, "%s：", rule->message_zh);
  const char *en = arena_format(arena, "%s: ", rule->message_en);
  failure.cells_zh = both_sides(arena, zh, told->category, told, other);
  failure.cells_en = both_sides(arena, en, told->category, told, other);
  decimal_subtract(told->value, other->value, &failure.difference);
  return failure;
}

void area_sources_check(const struct told_rule *rule, const struct variable *variable,
                        struct findings *findings, struct edit_result *result) {
  struct arena *arena = findings->arena;
  LIST_OF(struct edit_failure) failures = {0};
  size_t checked = 0;
  for (size_t i = 0; i < findings->observations.count; i++) {
    const struct observation *told = &findings->observations.item[i];
    const struct observation *other =
        is_of(told, variable, true) ? elsewhere(findings, variable, told) : NULL;
    if (!other) continue;
    checked++;
    if (decimal_compare(told->value, other->value) != 0)
      *list_add(arena, &failures) = failure_of(arena, rule, told, other);
  }
  edit_result_add(arena, rule->rule, checked, failures.item, failures.count, result);
}
