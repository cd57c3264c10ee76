/* Which rules of a report fail, and what there is to say about each. Knows the rules only by
 * edit_rules.csv. */
#include "ingest/edits/edit.h"

#include <string.h>

#include "ingest/edits/explain.h"
#include "ingest/edits/localise.h"

typedef LIST_OF(struct numbered_set) set_list;

/* ---- the suspect ---- */

static bool row_holds(const struct edit_system *system, const struct edit_row *row,
                      const struct observation *cell) {
  for (size_t i = 0; i < row->terms; i++)
    if (system->cells.item[row->term[i].cell].observation == cell) return true;
  return false;
}

/* The number of LOCALISATION, whose sets are added to SETS where they are not there; 0 where it has
 * none. */
static size_t set_number(struct arena *arena, const struct localisation *localisation,
                         set_list *sets) {
  if (localisation->sets == 0) return 0;
  for (size_t i = 0; i < sets->count; i++)
    if (sets->item[i].set.change == localisation->set->change) return sets->item[i].change_set;
  size_t number = sets->count ? sets->item[sets->count - 1].change_set + 1 : 1;
  for (size_t i = 0; i < localisation->sets; i++)
    *list_add(arena, sets) = (struct numbered_set){number, i + 1, localisation->set[i]};
  return number;
}

static void blame(struct arena *arena, const struct edit_system *system, const struct edit_row *row,
                  const struct localisation *localisation, set_list *sets,
                  struct edit_failure *failure) {
  static const char *const states[] = {
      [LOCALISED_UNIQUE] = "unique", [LOCALISED_TIE] = "tie", [LOCALISED_BEYOND] = "beyond_limits"};
  const struct value_change *in_rule = NULL;
  size_t count = 0;
  for (size_t i = 0; i < localisation->changes; i++)
    if (row_holds(system, row, localisation->change[i].cell)) {
      in_rule = &localisation->change[i];
      count++;
    }
  if (count == 1) {
    failure->suspect = in_rule->cell;
    failure->has_suggestion = in_rule->determined;
    failure->suggested = in_rule->value;
  }
  failure->localisation = states[localisation->state];
  failure->change_set = set_number(arena, localisation, sets);
}

static void find_suspects(struct arena *arena, const struct edit_rules *rules,
                          struct observations *observations, struct edit_failure *failure,
                          size_t failures, set_list *sets) {
  struct edit_system system = edit_system_build(arena, rules, observations);
  const struct localisation **localisation = localise(arena, rules, &system, observations);
  for (size_t i = 0; i < failures; i++)
    for (size_t j = 0; j < system.rows.count; j++)
      if (system.rows.item[j].edit == failure[i].edit && localisation[j])
        blame(arena, &system, &system.rows.item[j], localisation[j], sets, &failure[i]);
}

/* ---- the report ---- */

static bool describe(struct arena *arena, const struct edit_rules *rules, const struct edit *edit,
                     const struct observations *observations, struct expression_value left,
                     struct expression_value right, struct edit_failure *failure) {
  *failure =
      (struct edit_failure){.edit = edit, .left = left.sum, .right = right.sum, .localisation = ""};
  if (!decimal_subtract(left.sum, right.sum, &failure->difference)) return false;
  failure->cells_zh = explain(arena, rules->codebook, edit, observations, LANGUAGE_ZH);
  failure->cells_en = explain(arena, rules->codebook, edit, observations, LANGUAGE_EN);
  return true;
}

static void keep_for_other_years(struct arena *arena, const struct edit_rules *rules,
                                 const struct observations *observations,
                                 struct edit_result *result) {
  LIST_OF(const struct observation *) values = {0};
  for (size_t i = 0; i < rules->spanning.count; i++) {
    size_t count;
    const struct observation *item =
        observation_family(observations, rules->spanning.item[i], &count);
    for (size_t j = 0; j < count; j++) *list_add(arena, &values) = &item[j];
  }
  result->year_value = values.item;
  result->year_values = values.count;
}

typedef LIST_OF(struct rule_count) count_list;

/* Edits of a rule stand together. */
static void count_checked(struct arena *arena, const char *rule, count_list *counts) {
  struct rule_count *last = counts->count ? &counts->item[counts->count - 1] : NULL;
  if (!last || strcmp(last->rule, rule) != 0) {
    last = list_add(arena, counts);
    *last = (struct rule_count){.rule = rule};
  }
  last->checked++;
}

struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations) {
  struct edit_result result = {0};
  count_list counts = {0};
  set_list sets = {0};
  LIST_OF(struct edit_failure) failures = {0};
  for (size_t i = 0; i < rules->edits.count; i++) {
    const struct edit *edit = &rules->edits.item[i];
    struct expression_value left, right;
    enum verdict verdict = edit_judge(edit, observations, &left, &right);
    struct edit_failure failure;
    if (verdict == VERDICT_UNCHECKED) continue;
    result.checked++;
    count_checked(arena, edit->rule, &counts);
    if (verdict == VERDICT_FAILS &&
        describe(arena, rules, edit, observations, left, right, &failure))
      *list_add(arena, &failures) = failure;
  }
  if (failures.count && !observations->previous)
    find_suspects(arena, rules, observations, failures.item, failures.count, &sets);
  keep_for_other_years(arena, rules, observations, &result);
  result.rule = counts.item;
  result.rules = counts.count;
  result.set = sets.item;
  result.sets = sets.count;
  result.failure = failures.item;
  result.failures = failures.count;
  return result;
}
