/* Reads the edit rules and weights, and judges a rule. Knows neither suspects nor results. */
#include "ingest/edits/edit_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/edits/percent.h"

static bool add_edit(struct edit_rules *rules, struct edit edit, const char *left,
                     const char *right, struct failure *failure) {
  edit.left = expression_parse(rules->arena, rules->codebook, left, failure);
  if (edit.left) edit.right = expression_parse(rules->arena, rules->codebook, right, failure);
  if (!edit.left || !edit.right) return false;
  if (edit.relation == RELATION_GROWTH) {
    const char *before = arena_format(rules->arena, "previous(%s)", right);
    edit.before = expression_parse(rules->arena, rules->codebook, before, failure);
    if (!edit.before) return false;
  }
  edit.spans_years =
      edit.before || expression_spans_years(edit.left) || expression_spans_years(edit.right);
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
  for (size_t i = 0; i < rules->codebook->variables; i++) {
    const struct variable *variable = &rules->codebook->variable[i];
    if (variable->dimension != DIMENSION_APPLICANT) continue;
    edit.variable = variable->id;
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
  edit.restates = true;
  for (size_t i = 0; i < rules->restatements; i++) {
    const struct restatement *restatement = &rules->restatement[i];
    edit.variable = restatement->variable->id;
    if (!add_edit(rules, edit, restatement->variable->id, restatement->cells->text, failure))
      return false;
  }
  return true;
}

static bool read_relation(const char *text, enum relation *relation) {
  static const char *const names[] = {
      [RELATION_EQUAL] = "=", [RELATION_AT_LEAST] = ">=", [RELATION_GROWTH] = "growth"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], text) == 0) return *relation = (enum relation)i, true;
  return false;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct edit_rules *rules = context;
  struct arena *arena = rules->arena;
  struct edit edit = {.rule = arena_text(arena, f[0]),
                      .variable = "",
                      .category = "",
                      .is_hard = strcmp(f[5], "hard") == 0,
                      .message_zh = arena_text(arena, f[6]),
                      .message_en = arena_text(arena, f[7])};
  if (!read_relation(f[3], &edit.relation))
    return failure_set(failure, "'%s' is no relation (=, >=, growth)", f[3]);
  if (edit.is_hard && edit.relation == RELATION_GROWTH)
    return failure_set(failure, "a growth is rounded: its rule is soft");
  if (!edit.is_hard && strcmp(f[5], "soft") != 0)
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

/* ---- rules that span years ---- */

static int compare_texts(const void *a, const void *b) {
  const char *const *x = a, *const *y = b;
  return strcmp(*x, *y);
}

static void note_variables(struct edit_rules *rules, const struct expression *side) {
  for (size_t i = 0; i < side->terms; i++)
    for (size_t j = 0; j < side->term[i].count; j++)
      *list_add(rules->arena, &rules->spanning) = side->term[i].members[j]->id;
}

static void list_spanning(struct edit_rules *rules) {
  for (size_t i = 0; i < rules->edits.count; i++) {
    const struct edit *edit = &rules->edits.item[i];
    if (!edit->spans_years) continue;
    note_variables(rules, edit->left);
    note_variables(rules, edit->right); /* those of BEFORE are the same */
  }
  const char **id = rules->spanning.item;
  size_t count = 0;
  if (!id) return;
  qsort(id, rules->spanning.count, sizeof *id, compare_texts);
  for (size_t i = 0; i < rules->spanning.count; i++)
    if (count == 0 || strcmp(id[count - 1], id[i]) != 0) id[count++] = id[i];
  rules->spanning.count = count;
}

/* ---- weights ---- */

static const char *weight_name(size_t class) {
  if (class == WEIGHT_CONVERTED) return "converted";
  return class == WEIGHT_APPROXIMATE ? "approximate" : read_by_name((enum read_by) class);
}

static bool take_weight(void *context, size_t line, const char *const *f, struct failure *failure) {
  enum { LARGEST = 9 };
  (void)line;
  struct edit_rules *rules = context;
  size_t class = 0;
  while (class < WEIGHT_CLASSES && strcmp(weight_name(class), f[0]) != 0) class ++;
  if (class == WEIGHT_CLASSES) return failure_set(failure, "'%s' is no way to read a value", f[0]);
  char *end;
  long weight = strtol(f[1], &end, 10);
  if (*end || weight < 1 || weight > LARGEST)
    return failure_set(failure, "'%s' is no weight from 1 to %d", f[1], LARGEST);
  rules->weight[class] = (int)weight;
  return true;
}

static bool load_weights(struct edit_rules *rules, const char *folder, struct failure *failure) {
  static const char *const columns[] = {"reading", "weight", NULL};
  const char *path = arena_format(rules->arena, "%s/rules/cell_weights.csv", folder);
  if (!csv_read(path, columns, take_weight, rules, failure)) return false;
  for (size_t i = 0; i < WEIGHT_CLASSES; i++)
    if (rules->weight[i] == 0)
      return failure_set(failure, "cell_weights.csv: '%s' is missing", weight_name(i));
  return true;
}

/* The next digit in TEXT, ASCII or full-width; 0 at the end. */
static char next_digit(const char **text) {
  for (; **text; ++*text) {
    if (isdigit((unsigned char)**text)) return *(*text)++;
    unsigned char last = strncmp(*text, "\xef\xbc", 2) == 0 ? (unsigned char)(*text)[2] : 0;
    if (last >= 0x90 && last <= 0x99) {
      *text += 3;
      return (char)('0' + (last - 0x90));
    }
  }
  return '\0';
}

/* Are the digits that were printed those of the value? Not so in 2.1万, 三件, 22（其中修订16件）.
 */
static bool prints_its_digits(const struct observation *observation) {
  char value[DECIMAL_TEXT_SIZE];
  const char *digits = decimal_text(observation->value, value), *printed = observation->raw;
  char digit;
  while ((digit = next_digit(&printed)))
    if (digit != next_digit(&digits)) return false;
  return next_digit(&digits) == '\0';
}

/* True where a cell of a table prints other digits than those of its value. */
static bool is_converted(const struct observation *observation) {
  enum read_by read_by = observation->provenance.read_by;
  return (read_by == READ_BY_TABLE || read_by == READ_BY_TEXT_TABLE) && *observation->raw &&
         status_has_value(observation->status) && !prints_its_digits(observation);
}

int edit_rules_weight(const struct edit_rules *rules, const struct observation *observation) {
  enum status status = observation->status;
  if (status == STATUS_APPROXIMATE_LOW || status == STATUS_APPROXIMATE_HIGH)
    return rules->weight[WEIGHT_APPROXIMATE];
  return rules->weight[is_converted(observation) ? (size_t)WEIGHT_CONVERTED
                                                 : (size_t)observation->provenance.read_by];
}

/* ---- all rules ---- */

static int compare_edits(const void *a, const void *b) {
  const struct edit *x = a, *y = b;
  int order = strcmp(x->rule, y->rule);
  if (order == 0) order = strcmp(x->variable, y->variable);
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
  if (!csv_read(arena_format(arena, "%s/rules/edit_rules.csv", folder), columns, take_rule, rules,
                failure) ||
      !load_weights(rules, folder, failure))
    return NULL;
  qsort(rules->edits.item, rules->edits.count, sizeof *rules->edits.item, compare_edits);
  for (size_t i = 1; i < rules->edits.count; i++)
    if (compare_edits(&rules->edits.item[i - 1], &rules->edits.item[i]) == 0) {
      failure_set(failure, "edit_rules.csv: the rule '%s' stands twice", rules->edits.item[i].rule);
      return NULL;
    }
  list_spanning(rules);
  return rules;
}

/* ---- judging ---- */

static bool has_value(const struct expression *expression, struct expression_value value) {
  bool constant = false;
  for (size_t i = 0; i < expression->terms; i++) constant |= expression->term[i].constant;
  return value.values > 0 || constant;
}

static void note_absence(void *context, const struct variable *variable, const char *category,
                         const struct observation *observation, bool minus) {
  (void)variable;
  (void)category;
  (void)minus;
  bool *absent = context;
  *absent |= observation == NULL;
}

/* Where forms changed between two years, one of them lacks what the rule adds up. */
static bool lacks_a_variable(const struct edit *edit, const struct observations *observations) {
  bool absent = false;
  expression_visit(edit->left, observations, edit->category, note_absence, &absent);
  expression_visit(edit->right, observations, edit->category, note_absence, &absent);
  if (edit->before)
    expression_visit(edit->before, observations, edit->category, note_absence, &absent);
  return absent;
}

static bool is_exact(struct expression_value value) {
  return value.values > 0 && value.has_low && value.has_high &&
         decimal_compare(value.low, value.high) == 0;
}

/* Puts the growth in percent in the place of RIGHT's sum. */
static enum verdict judge_growth(struct expression_value left, struct expression_value *right,
                                 struct expression_value before) {
  struct decimal percent, difference;
  if (!is_exact(left) || !is_exact(*right) || !is_exact(before) ||
      !percent_of(right->sum, before.sum, left.sum, &percent) ||
      !decimal_subtract(percent, decimal_from(100), &right->sum) ||
      !decimal_subtract(left.sum, right->sum, &difference))
    return VERDICT_UNCHECKED;
  return percent_is_near(left.sum, difference) ? VERDICT_HOLDS : VERDICT_FAILS;
}

enum verdict edit_judge(const struct edit *edit, const struct observations *observations,
                        struct expression_value *left, struct expression_value *right) {
  bool two_years = observations->previous != NULL;
  if (edit->spans_years != two_years || (two_years && lacks_a_variable(edit, observations)))
    return VERDICT_UNCHECKED;
  *left = expression_sum(edit->left, observations, edit->category);
  *right = expression_sum(edit->right, observations, edit->category);
  if (left->overflow || right->overflow || left->values + right->values == 0 ||
      !has_value(edit->left, *left) || !has_value(edit->right, *right))
    return VERDICT_UNCHECKED;
  if (edit->relation == RELATION_GROWTH)
    return judge_growth(*left, right, expression_sum(edit->before, observations, edit->category));
  bool below = left->has_high && right->has_low && decimal_compare(left->high, right->low) < 0;
  bool above = left->has_low && right->has_high && decimal_compare(left->low, right->high) > 0;
  return below || (above && edit->relation == RELATION_EQUAL) ? VERDICT_FAILS : VERDICT_HOLDS;
}
