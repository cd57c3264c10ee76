/* Keeps failures and counts in their order. Knows no variable. */
#include "ingest/edits/added.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct told_loading {
  struct arena *arena;
  struct told_rules *rules;
};

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct told_loading *loading = context;
  const struct {
    const char *name;
    struct told_rule *rule;
  } known[] = {{"prose_share", &loading->rules->share},
               {"key_area_sources", &loading->rules->area_sources}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(known[i].name, f[0]) != 0) continue;
    if (known[i].rule->rule) return failure_set(failure, "'%s' stands twice", f[0]);
    *known[i].rule =
        (struct told_rule){arena_text(loading->arena, f[0]), arena_text(loading->arena, f[1]),
                           arena_text(loading->arena, f[2])};
    return true;
  }
  return failure_set(failure, "'%s' is no check", f[0]);
}

const struct told_rules *told_rules_load(struct arena *arena, const char *folder,
                                         struct failure *failure) {
  static const char *const columns[] = {"rule", "message_zh", "message_en", NULL};
  struct told_loading loading = {arena, arena_alloc(arena, sizeof *loading.rules)};
  const char *path = arena_format(arena, "%s/rules/prose_checks.csv", folder);
  if (!csv_read(path, columns, take_rule, &loading, failure)) return NULL;
  if (loading.rules->share.rule && loading.rules->area_sources.rule) return loading.rules;
  failure_set(failure, "%s: a check is missing", path);
  return NULL;
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

void edit_result_add(struct arena *arena, const char *rule, size_t checked,
                     const struct edit_failure *failure, size_t count, struct edit_result *result) {
  if (checked == 0) return;
  struct edit_failure *all = arena_array(arena, result->failures + count + 1, sizeof *all);
  if (result->failures) memcpy(all, result->failure, result->failures * sizeof *all);
  if (count) memcpy(all + result->failures, failure, count * sizeof *all);
  result->failures += count;
  qsort(all, result->failures, sizeof *all, compare_failures);
  result->failure = all;
  add_count(arena, rule, checked, result);
}
