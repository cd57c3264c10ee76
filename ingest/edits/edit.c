/* Which rules of a report fail, and what there is to say about each. Knows the rules only by
 * edit_rules.csv. */
#include "ingest/edits/edit.h"

#include <string.h>

#include "ingest/edits/explain.h"
#include "ingest/edits/localise.h"

/* ---- the suspect ---- */

static bool row_holds(const struct edit_system *system, const struct edit_row *row,
                      const struct observation *cell) {
  for (size_t i = 0; i < row->terms; i++)
    if (system->cells.item[row->term[i].cell].observation == cell) return true;
  return false;
}

const char *edit_cell_name(struct arena *arena, const struct observation *observation) {
  const char *slash = *observation->category ? "/" : "";
  return arena_format(arena, "%s%s%s", observation->variable, slash, observation->category);
}

/* "a/b=3; c=?": a value that is not determined is a question mark. */
static const char *change_set(struct arena *arena, const struct localisation *localisation) {
  const char *text = "";
  char value[DECIMAL_TEXT_SIZE];
  for (size_t i = 0; i < localisation->changes; i++) {
    const struct change *change = &localisation->change[i];
    text =
        arena_format(arena, "%s%s%s=%s", text, i ? "; " : "", edit_cell_name(arena, change->cell),
                     change->determined ? decimal_text(change->value, value) : "?");
  }
  return text;
}

static void blame(struct arena *arena, const struct edit_system *system, const struct edit_row *row,
                  const struct localisation *localisation, struct edit_failure *failure) {
  static const char *const states[] = {
      [LOCALISED_UNIQUE] = "unique", [LOCALISED_TIE] = "tie", [LOCALISED_BEYOND] = "beyond_limits"};
  const struct change *in_rule = NULL;
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
  if (localisation->state == LOCALISED_UNIQUE)
    failure->change_set = change_set(arena, localisation);
}

static void find_suspects(struct arena *arena, const struct edit_rules *rules,
                          struct observations *observations, struct edit_failure *failure,
                          size_t failures) {
  struct edit_system system = edit_system_build(arena, rules, observations);
  const struct localisation **localisation = localise(arena, rules, &system, observations);
  for (size_t i = 0; i < failures; i++)
    for (size_t j = 0; j < system.rows.count; j++)
      if (system.rows.item[j].edit == failure[i].edit && localisation[j])
        blame(arena, &system, &system.rows.item[j], localisation[j], &failure[i]);
}

/* ---- the report ---- */

static bool describe(struct arena *arena, const struct edit_rules *rules, const struct edit *edit,
                     const struct observations *observations, struct expression_value left,
                     struct expression_value right, struct edit_failure *failure) {
  *failure = (struct edit_failure){
      .edit = edit, .left = left.sum, .right = right.sum, .change_set = "", .localisation = ""};
  if (!decimal_subtract(left.sum, right.sum, &failure->difference)) return false;
  failure->cells_zh = explain(arena, rules->codebook, edit, observations, LANGUAGE_ZH);
  failure->cells_en = explain(arena, rules->codebook, edit, observations, LANGUAGE_EN);
  return true;
}

static void keep_for_other_years(struct arena *arena, const struct edit_rules *rules,
                                 const struct observations *observations,
                                 struct edit_result *result) {
  LIST_OF(const struct observation *) kept = {0};
  for (size_t i = 0; i < rules->spanning.count; i++) {
    size_t count;
    const struct observation *item =
        observation_family(observations, rules->spanning.item[i], &count);
    for (size_t j = 0; j < count; j++) *list_add(arena, &kept) = &item[j];
  }
  result->kept = kept.item;
  result->kepts = kept.count;
}

/* How often the rule of the last edits could be checked; edits of a rule stand together. */
struct tally {
  const char *rule; /* `rule` or `rule:variable` */
  size_t times;
  const char *text; /* of the rules before */
};

static size_t name_length(const char *rule) {
  return strcspn(rule, ":");
}

static void end_rule(struct arena *arena, struct tally *tally) {
  if (tally->times > 0)
    tally->text = arena_format(arena, "%s%s%.*s=%zu", tally->text, *tally->text ? " " : "",
                               (int)name_length(tally->rule), tally->rule, tally->times);
  tally->times = 0;
}

static void count_checked(struct arena *arena, const char *rule, struct tally *tally) {
  size_t length = name_length(rule);
  if (length != name_length(tally->rule) || strncmp(rule, tally->rule, length) != 0)
    end_rule(arena, tally);
  tally->rule = rule;
  tally->times++;
}

struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations) {
  struct edit_result result = {0};
  struct tally tally = {"", 0, ""};
  LIST_OF(struct edit_failure) failures = {0};
  for (size_t i = 0; i < rules->edits.count; i++) {
    const struct edit *edit = &rules->edits.item[i];
    struct expression_value left, right;
    enum verdict verdict = edit_judge(edit, observations, &left, &right);
    struct edit_failure failure;
    if (verdict == VERDICT_UNCHECKED) continue;
    result.checked++;
    count_checked(arena, edit->rule, &tally);
    if (verdict == VERDICT_FAILS &&
        describe(arena, rules, edit, observations, left, right, &failure))
      *list_add(arena, &failures) = failure;
  }
  if (failures.count && !observations->previous)
    find_suspects(arena, rules, observations, failures.item, failures.count);
  keep_for_other_years(arena, rules, observations, &result);
  end_rule(arena, &tally);
  result.rules = tally.text;
  result.failure = failures.item;
  result.failures = failures.count;
  return result;
}
