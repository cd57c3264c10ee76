/* Checks told shares. Knows no variable. */
#include "ingest/edits/told_shares.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/edits/percent.h"

struct told_loading {
  struct arena *arena;
  struct told_rule *rule;
};

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct told_loading *loading = context;
  if (loading->rule) return failure_set(failure, "there is one rule for shares");
  loading->rule = arena_alloc(loading->arena, sizeof *loading->rule);
  *loading->rule =
      (struct told_rule){arena_text(loading->arena, f[0]), arena_text(loading->arena, f[1]),
                         arena_text(loading->arena, f[2])};
  return true;
}

const struct told_rule *told_rule_load(struct arena *arena, const char *folder,
                                       struct failure *failure) {
  static const char *const columns[] = {"rule", "message_zh", "message_en", NULL};
  struct told_loading loading = {arena, NULL};
  const char *path = arena_format(arena, "%s/rules/prose_checks.csv", folder);
  if (!csv_read(path, columns, take_rule, &loading, failure)) return NULL;
  if (!loading.rule) failure_set(failure, "%s: there is no rule", path);
  return loading.rule;
}

static struct edit_failure failure_of(struct arena *arena, const struct told_rule *rule,
                                      const struct told_share *share, struct decimal right,
                                      struct decimal difference) {
  char part[DECIMAL_TEXT_SIZE], whole[DECIMAL_TEXT_SIZE], told[DECIMAL_TEXT_SIZE],
      quotient_text[DECIMAL_TEXT_SIZE];
  struct edit *edit = arena_alloc(arena, sizeof *edit);
  *edit = (struct edit){.rule = rule->rule,
                        .variable = "",
                        .category = arena_format(arena, "%zu", share->quantity),
                        .message_zh = rule->message_zh,
                        .message_en = rule->message_en};
  decimal_text(share->part, part);
  decimal_text(share->whole, whole);
  decimal_text(share->share, told);
  decimal_text(right, quotient_text);
  return (struct edit_failure){
      .edit = edit,
      .left = share->share,
      .right = right,
      .difference = difference,
      .localisation = "",
      .cells_zh = arena_format(arena, "%s：%s%%，%s／%s＝%s%%", rule->message_zh, told, part, whole,
                               quotient_text),
      .cells_en = arena_format(arena, "%s: %s%%, %s / %s = %s%%", rule->message_en, told, part,
                               whole, quotient_text)};
}

static int compare_failures(const void *a, const void *b) {
  const struct edit_failure *x = a, *y = b;
  int order = strcmp(x->edit->rule, y->edit->rule);
  if (order == 0) order = strcmp(x->edit->variable, y->edit->variable);
  return order ? order : strcmp(x->edit->category, y->edit->category);
}

static int compare_counts(const void *a, const void *b) {
  const struct rule_count *x = a, *y = b;
  return strcmp(x->rule, y->rule);
}

static void add_count(struct arena *arena, const char *rule, size_t checked,
                      struct edit_result *result) {
  struct rule_count *count = arena_array(arena, result->rules + 1, sizeof *count);
  if (result->rules) memcpy(count, result->rule, result->rules * sizeof *count);
  count[result->rules++] = (struct rule_count){rule, checked};
  qsort(count, result->rules, sizeof *count, compare_counts);
  result->rule = count;
  result->checked += checked;
}

void told_shares_check(struct arena *arena, const struct told_rule *rule,
                       const struct told_share *share, size_t count, struct edit_result *result) {
  size_t checked = 0, failures = result->failures;
  struct edit_failure *failure = arena_array(arena, failures + count + 1, sizeof *failure);
  if (failures) memcpy(failure, result->failure, failures * sizeof *failure);
  for (size_t i = 0; i < count; i++) {
    struct decimal right, difference;
    if (!percent_of(share[i].part, share[i].whole, share[i].share, &right) ||
        !decimal_subtract(share[i].share, right, &difference))
      continue;
    checked++;
    if (!percent_is_near(share[i].share, difference))
      failure[failures++] = failure_of(arena, rule, &share[i], right, difference);
  }
  if (checked == 0) return;
  qsort(failure, failures, sizeof *failure, compare_failures);
  result->failure = failure;
  result->failures = failures;
  add_count(arena, rule->rule, checked, result);
}
