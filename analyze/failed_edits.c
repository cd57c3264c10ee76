/* Edit failures as sets of cells. Knows no indicators. */
#include "analyze/failed_edits.h"

#include <string.h>
#include <unistd.h>

#include "analyze/substitute.h"
#include "datasets/csv_file.h"

struct edit_rule {
  const char *id, *left, *right;
};

/* A rule as it was applied, so that a rule that fails in many reports is parsed once. */
struct applied_rule {
  const char *rule, *category;
  struct cells cells;
};

struct edit_rules {
  struct arena *arena;
  const struct codebook *codebook;
  LIST_OF(struct edit_rule) rules;
  LIST_OF(struct applied_rule) applied;
};

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct edit_rules *rules = context;
  if (*f[0] == '\0') return failure_set(failure, "a rule needs an id");
  struct arena *arena = rules->arena;
  *list_add(arena, &rules->rules) =
      (struct edit_rule){arena_text(arena, f[0]), arena_text(arena, f[1]), arena_text(arena, f[2])};
  return true;
}

struct edit_rules *edit_rules_load(struct arena *arena, const struct codebook *codebook,
                                   const char *folder, struct failure *failure) {
  static const char *const columns[] = {"rule", "left", "right", NULL};
  struct edit_rules *rules = arena_alloc(arena, sizeof *rules);
  rules->arena = arena;
  rules->codebook = codebook;
  const char *path = arena_format(arena, "%s/edit_rules.csv", folder);
  if (access(path, F_OK) != 0) return rules;
  return csv_read(path, columns, take_rule, rules, failure) ? rules : NULL;
}

static const struct edit_rule *find_rule(const struct edit_rules *rules, const char *id,
                                         size_t length) {
  for (size_t i = 0; i < rules->rules.count; i++) {
    const struct edit_rule *rule = &rules->rules.item[i];
    if (strlen(rule->id) == length && memcmp(rule->id, id, length) == 0) return rule;
  }
  return NULL;
}

static bool add_side(struct edit_rules *rules, const char *side, const char *variable,
                     const char *category, struct cells *cells, struct failure *failure) {
  struct failure reason = {""};
  const struct expression *expression = expression_parse(
      rules->arena, rules->codebook, substitute(rules->arena, side, variable), &reason);
  if (!expression) return failure_set(failure, "edit_rules.csv, '%s': %.800s", side, reason.text);
  cells_add_expression(cells, rules->codebook, expression, category);
  return true;
}

/* The cells of RULE applied to CATEGORY, from the list or newly parsed. NULL with the reason. */
static const struct cells *apply(struct edit_rules *rules, const char *rule, const char *category,
                                 struct failure *failure) {
  for (size_t i = 0; i < rules->applied.count; i++) {
    const struct applied_rule *known = &rules->applied.item[i];
    if (strcmp(known->rule, rule) == 0 && strcmp(known->category, category) == 0)
      return &known->cells;
  }
  struct arena *arena = rules->arena;
  struct cells cells = cells_new(arena, rules->codebook);
  const char *colon = strchrnul(rule, ':');
  const char *variable = *colon ? colon + 1 : "";
  const struct edit_rule *found = find_rule(rules, rule, (size_t)(colon - rule));
  if (found && (!add_side(rules, found->left, variable, category, &cells, failure) ||
                !add_side(rules, found->right, variable, category, &cells, failure)))
    return NULL;
  struct applied_rule *applied = list_add(arena, &rules->applied);
  *applied = (struct applied_rule){arena_text(arena, rule), arena_text(arena, category), cells};
  return &applied->cells;
}

static bool add_suspect(struct edit_rules *rules, const char *suspect, struct cells *cells,
                        struct failure *failure) {
  char id[256];
  const char *slash = strchrnul(suspect, '/');
  snprintf(id, sizeof id, "%.*s", (int)(slash - suspect), suspect);
  const struct variable *variable = codebook_find(rules->codebook, id);
  if (!variable) return failure_set(failure, "the codebook has no variable '%s'", id);
  const char *category = *slash ? slash + 1 : "";
  if (variable->dimension == DIMENSION_APPLICANT &&
      codebook_applicant(rules->codebook, category) < 0)
    return failure_set(failure, "'%s' is no applicant class", category);
  cells_add(cells, rules->codebook, variable, category);
  return true;
}

bool failed_edit_cells(struct edit_rules *rules, const char *rule, const char *category,
                       const char *suspect, struct cells *cells, struct failure *failure) {
  const struct cells *applied = apply(rules, rule, category, failure);
  if (!applied) return false;
  cells_unite(cells, applied);
  return *suspect == '\0' || add_suspect(rules, suspect, cells, failure);
}
