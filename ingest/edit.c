/* Edit rules and single-cell error localisation. Knows the rules only by edit_rules.csv. */
#include "ingest/edit.h"

#include <stdlib.h>
#include <string.h>

#include "datasets/csv_file.h"
#include "datasets/expression.h"

enum relation { RELATION_EQUAL, RELATION_AT_LEAST };

/* A rule as applied to one row, column or statement of a report. */
struct edit {
  const char *rule, *category;
  const struct expression *left, *right;
  enum relation relation;
  const char *severity, *message_zh, *message_en;
};

struct edit_rules {
  struct arena *arena;
  const struct codebook *codebook;
  const struct restatement *restatement;
  size_t restatements;
  LIST_OF(struct edit) edits; /* every instance that any report can have, sorted */
};

/* ---- loading ---- */

static bool add_edit(struct edit_rules *rules, struct edit edit, const char *left,
                     const char *right, struct failure *failure) {
  edit.left = expression_parse(rules->arena, rules->codebook, left, failure);
  if (edit.left) edit.right = expression_parse(rules->arena, rules->codebook, right, failure);
  if (!edit.left || !edit.right) return false;
  *list_add(rules->arena, &rules->edits) = edit;
  return true;
}

/* TEXT with every `@` replaced by ID. */
static const char *with_variable(struct arena *arena, const char *text, const char *id) {
  const char *result = "";
  for (const char *at; (at = strchr(text, '@')); text = at + 1)
    result = arena_format(arena, "%s%.*s%s", result, (int)(at - text), text, id);
  return arena_format(arena, "%s%s", result, text);
}

static bool add_for_applicant_variables(struct edit_rules *rules, struct edit edit,
                                        const char *left, const char *right,
                                        struct failure *failure) {
  const char *rule = edit.rule;
  for (size_t i = 0; i < rules->codebook->variables; i++) {
    const struct variable *variable = &rules->codebook->variable[i];
    if (variable->dimension != DIMENSION_APPLICANT) continue;
    edit.rule = arena_format(rules->arena, "%s:%s", rule, variable->id);
    if (!add_edit(rules, edit, with_variable(rules->arena, left, variable->id),
                  with_variable(rules->arena, right, variable->id), failure))
      return false;
  }
  return true;
}

static bool add_for_categories(struct edit_rules *rules, struct edit edit, const char *left,
                               const char *right, struct failure *failure) {
  for (size_t i = 0; i < rules->codebook->applicants; i++) {
    edit.category = rules->codebook->applicant[i].id;
    if (!add_edit(rules, edit, left, right, failure)) return false;
  }
  return true;
}

/* `@` is the variable of the prose, `@cells` what it restates. */
static bool add_for_restatements(struct edit_rules *rules, struct edit edit,
                                 struct failure *failure) {
  const char *rule = edit.rule;
  for (size_t i = 0; i < rules->restatements; i++) {
    const struct restatement *restatement = &rules->restatement[i];
    edit.rule = arena_format(rules->arena, "%s:%s", rule, restatement->variable->id);
    if (!add_edit(rules, edit, restatement->variable->id, restatement->cells->text, failure))
      return false;
  }
  return true;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct edit_rules *rules = context;
  struct arena *arena = rules->arena;
  struct edit edit = {.rule = arena_text(arena, f[0]),
                      .category = "",
                      .severity = arena_text(arena, f[5]),
                      .message_zh = arena_text(arena, f[6]),
                      .message_en = arena_text(arena, f[7])};
  if (strcmp(f[3], "=") != 0 && strcmp(f[3], ">=") != 0)
    return failure_set(failure, "'%s' is no relation (=, >=)", f[3]);
  edit.relation = *f[3] == '=' ? RELATION_EQUAL : RELATION_AT_LEAST;
  if (strcmp(f[5], "hard") != 0 && strcmp(f[5], "soft") != 0)
    return failure_set(failure, "'%s' is no severity (hard, soft)", f[5]);
  if (*f[0] == '\0' || *f[6] == '\0' || *f[7] == '\0')
    return failure_set(failure, "a rule needs a name and a message in both languages");

  if (*f[1] == '\0') return add_edit(rules, edit, f[2], f[4], failure);
  if (strcmp(f[1], "category") == 0) return add_for_categories(rules, edit, f[2], f[4], failure);
  if (strcmp(f[1], "applicant_variable") == 0)
    return add_for_applicant_variables(rules, edit, f[2], f[4], failure);
  if (strcmp(f[1], "restated") == 0 && strcmp(f[2], "@") == 0 && strcmp(f[4], "@cells") == 0)
    return add_for_restatements(rules, edit, failure);
  return failure_set(failure,
                     "'%s' is nothing to apply a rule to (category, applicant_variable, "
                     "restated with @ and @cells)",
                     f[1]);
}

static int compare_edits(const void *a, const void *b) {
  const struct edit *x = a, *y = b;
  int order = strcmp(x->rule, y->rule);
  return order ? order : strcmp(x->category, y->category);
}

const struct edit_rules *edit_rules_load(struct arena *arena, const char *folder,
                                         const struct codebook *codebook,
                                         const struct restatement *restatements, size_t count,
                                         struct failure *failure) {
  static const char *const columns[] = {"rule",     "for_each",   "left",       "relation", "right",
                                        "severity", "message_zh", "message_en", NULL};
  struct edit_rules *rules = arena_alloc(arena, sizeof *rules);
  *rules = (struct edit_rules){
      .arena = arena, .codebook = codebook, .restatement = restatements, .restatements = count};
  if (!csv_read(arena_format(arena, "%s/edit_rules.csv", folder), columns, take_rule, rules,
                failure))
    return NULL;
  qsort(rules->edits.item, rules->edits.count, sizeof *rules->edits.item, compare_edits);
  for (size_t i = 1; i < rules->edits.count; i++)
    if (compare_edits(&rules->edits.item[i - 1], &rules->edits.item[i]) == 0) {
      failure_set(failure, "edit_rules.csv: the rule '%s' stands twice", rules->edits.item[i].rule);
      return NULL;
    }
  return rules;
}

/* ---- checking ---- */

enum verdict { VERDICT_UNCHECKED, VERDICT_HOLDS, VERDICT_FAILS };

static bool has_value(const struct expression *expression, struct expression_value value) {
  bool constant = false;
  for (size_t i = 0; i < expression->terms; i++) constant |= expression->term[i].constant;
  return value.values > 0 || constant;
}

static enum verdict judge(const struct edit *edit, const struct observations *observations,
                          struct expression_value *left, struct expression_value *right) {
  *left = expression_sum(edit->left, observations, edit->category);
  *right = expression_sum(edit->right, observations, edit->category);
  if (left->overflow || right->overflow || left->values + right->values == 0 ||
      !has_value(edit->left, *left) || !has_value(edit->right, *right))
    return VERDICT_UNCHECKED;
  bool below = left->has_high && right->has_low && decimal_compare(left->high, right->low) < 0;
  bool above = left->has_low && right->has_high && decimal_compare(left->low, right->high) > 0;
  return below || (above && edit->relation == RELATION_EQUAL) ? VERDICT_FAILS : VERDICT_HOLDS;
}

static enum verdict verdict_of(const struct edit *edit, const struct observations *observations) {
  struct expression_value left, right;
  return judge(edit, observations, &left, &right);
}

/* ---- the suspect ---- */

struct localisation {
  const struct edit_rules *rules;
  struct observations *observations;
  const enum verdict *verdict; /* of each edit, before any change */
  struct decimal excess;       /* left - right of the failed edit */
  size_t candidates;
  const struct observation *suspect;
  struct decimal suggested;
  bool right_side;
};

struct search {
  const struct observation *cell;
  bool found;
};

static void look_for_cell(void *context, const struct variable *variable, const char *category,
                          const struct observation *observation, bool minus) {
  (void)variable;
  (void)category;
  (void)minus;
  struct search *search = context;
  search->found |= observation == search->cell;
}

static bool holds_cell(const struct edit *edit, const struct observations *observations,
                       const struct observation *cell) {
  struct search search = {cell, false};
  expression_visit(edit->left, observations, edit->category, look_for_cell, &search);
  expression_visit(edit->right, observations, edit->category, look_for_cell, &search);
  return search.found;
}

/* True where every rule that holds the cell holds once the cell is VALUE. */
static bool would_hold(const struct localisation *localisation, struct observation *cell,
                       struct decimal value) {
  struct decimal reported = cell->value;
  bool hold = true;
  cell->value = value;
  for (size_t i = 0; i < localisation->rules->edits.count && hold; i++) {
    const struct edit *edit = &localisation->rules->edits.item[i];
    if (localisation->verdict[i] == VERDICT_UNCHECKED) continue;
    if (!holds_cell(edit, localisation->observations, cell)) continue;
    hold = verdict_of(edit, localisation->observations) != VERDICT_FAILS;
  }
  cell->value = reported;
  return hold;
}

static void try_cell(void *context, const struct variable *variable, const char *category,
                     const struct observation *observation, bool minus) {
  (void)category;
  struct localisation *localisation = context;
  if (!observation || observation->status != STATUS_REPORTED) return;
  /* what the cell must change by, so that the sides are equal */
  bool lower = minus == localisation->right_side;
  struct decimal value;
  if (!(lower ? decimal_subtract : decimal_add)(observation->value, localisation->excess, &value))
    return;
  struct observation *cell =
      &localisation->observations->item[observation - localisation->observations->item];
  if (!variable_allows(variable, value) || !would_hold(localisation, cell, value)) return;
  localisation->candidates++;
  localisation->suspect = observation;
  localisation->suggested = value;
}

static void find_suspect(const struct edit_rules *rules, struct observations *observations,
                         const enum verdict *verdict, const struct edit *edit,
                         struct edit_failure *failure) {
  if (edit->relation != RELATION_EQUAL) return;
  struct localisation localisation = {.rules = rules,
                                      .observations = observations,
                                      .verdict = verdict,
                                      .excess = failure->difference};
  expression_visit(edit->left, observations, edit->category, try_cell, &localisation);
  localisation.right_side = true;
  expression_visit(edit->right, observations, edit->category, try_cell, &localisation);
  if (localisation.candidates != 1) return;
  failure->suspect = localisation.suspect;
  failure->suggested = localisation.suggested;
}

struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations) {
  struct edit_result result = {0};
  LIST_OF(struct edit_failure) failures = {0};
  enum verdict *verdict = arena_array(arena, rules->edits.count + 1, sizeof *verdict);
  for (size_t i = 0; i < rules->edits.count; i++) {
    verdict[i] = verdict_of(&rules->edits.item[i], observations);
    result.checked += verdict[i] != VERDICT_UNCHECKED;
  }
  for (size_t i = 0; i < rules->edits.count; i++) {
    const struct edit *edit = &rules->edits.item[i];
    struct expression_value left, right;
    if (judge(edit, observations, &left, &right) != VERDICT_FAILS) continue;
    struct edit_failure failure = {.rule = edit->rule,
                                   .category = edit->category,
                                   .left = left.sum,
                                   .right = right.sum,
                                   .severity = edit->severity,
                                   .message_zh = edit->message_zh,
                                   .message_en = edit->message_en};
    if (!decimal_subtract(left.sum, right.sum, &failure.difference)) continue;
    find_suspect(rules, observations, verdict, edit, &failure);
    *list_add(arena, &failures) = failure;
  }
  result.failure = failures.item;
  result.failures = failures.count;
  return result;
}
