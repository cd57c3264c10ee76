/* Edit failures as sets of cells. Knows no indicators. */
#include "analyze/store/failed_edits.h"

#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/model/substitute.h"

struct edit_rule {
  const char *id, *left, *right;
};

/* A variable of the prose and the cells that it restates. */
struct restated {
  const char *variable, *cells;
};

/* A rule as it was applied, so that a rule that fails in many reports is parsed once. */
struct applied_rule {
  const char *rule, *variable, *category;
  struct cells cells;
};

struct doubts {
  struct arena *arena;
  const struct codebook *codebook;
  LIST_OF(struct edit_rule) rules;
  LIST_OF(struct restated) restatements;
  LIST_OF(struct applied_rule) applied;
};

#define EDIT_ROW(COLUMN, OPTIONAL) COLUMN(rule) COLUMN(left) COLUMN(right)
CSV_ROW(edit_row, EDIT_ROW);

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct edit_row *row = (const void *)f;
  struct doubts *doubts = context;
  if (*row->rule == '\0') return failure_set(failure, "a rule needs an id");
  struct arena *arena = doubts->arena;
  *list_add(arena, &doubts->rules) = (struct edit_rule){
      arena_text(arena, row->rule), arena_text(arena, row->left), arena_text(arena, row->right)};
  return true;
}

#define RESTATEMENT_ROW(COLUMN, OPTIONAL) COLUMN(variable) COLUMN(restates)
CSV_ROW(restatement_row, RESTATEMENT_ROW);

static bool take_restatement(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  (void)line;
  (void)failure;
  const struct restatement_row *row = (const void *)f;
  struct doubts *doubts = context;
  if (*row->restates)
    *list_add(doubts->arena, &doubts->restatements) = (struct restated){
        arena_text(doubts->arena, row->variable), arena_text(doubts->arena, row->restates)};
  return true;
}

static bool read_where_present(struct doubts *doubts, const char *path, const char *const *columns,
                               csv_row_handler *handler, struct failure *failure) {
  return access(path, F_OK) != 0 || csv_read(path, columns, handler, doubts, failure);
}

struct doubts *doubts_load(struct arena *arena, const struct codebook *codebook, const char *folder,
                           struct failure *failure) {
  struct doubts *doubts = arena_alloc(arena, sizeof *doubts);
  doubts->arena = arena;
  doubts->codebook = codebook;
  if (!read_where_present(doubts, arena_format(arena, "%s/rules/edit_rules.csv", folder),
                          edit_row_columns, take_rule, failure) ||
      !read_where_present(doubts, arena_format(arena, "%s/rules/prose_rules.csv", folder),
                          restatement_row_columns, take_restatement, failure))
    return NULL;
  return doubts;
}

static const struct edit_rule *find_rule(const struct doubts *doubts, const char *id) {
  for (size_t i = 0; i < doubts->rules.count; i++)
    if (strcmp(doubts->rules.item[i].id, id) == 0) return &doubts->rules.item[i];
  return NULL;
}

/* A side of a rule for VARIABLE: `@` is the variable, `@cells` what it restates. */
static const char *side_for(const struct doubts *doubts, const char *side, const char *variable) {
  if (strcmp(side, "@cells") != 0) return substitute(doubts->arena, side, variable);
  for (size_t i = 0; i < doubts->restatements.count; i++)
    if (strcmp(doubts->restatements.item[i].variable, variable) == 0)
      return doubts->restatements.item[i].cells;
  return side;
}

static bool add_side(struct doubts *doubts, const char *side, const char *variable,
                     const char *category, struct cells *cells, struct failure *failure) {
  struct failure reason = {""};
  const struct expression *expression =
      expression_parse(doubts->arena, doubts->codebook, side_for(doubts, side, variable), &reason);
  if (!expression) return failure_set(failure, "edit_rules.csv, '%s': %.800s", side, reason.text);
  cells_add_expression(cells, doubts->codebook, expression, category);
  return true;
}

/* The cells of the rule of EDIT, from the list or newly parsed. NULL with the reason. */
static const struct cells *apply(struct doubts *doubts, const struct doubted_edit *edit,
                                 struct failure *failure) {
  for (size_t i = 0; i < doubts->applied.count; i++) {
    const struct applied_rule *known = &doubts->applied.item[i];
    if (strcmp(known->rule, edit->rule) == 0 && strcmp(known->variable, edit->variable) == 0 &&
        strcmp(known->category, edit->category) == 0)
      return &known->cells;
  }
  struct arena *arena = doubts->arena;
  struct cells cells = cells_new(arena, doubts->codebook);
  const struct edit_rule *found = find_rule(doubts, edit->rule);
  if (found && (!add_side(doubts, found->left, edit->variable, edit->category, &cells, failure) ||
                !add_side(doubts, found->right, edit->variable, edit->category, &cells, failure)))
    return NULL;
  struct applied_rule *applied = list_add(arena, &doubts->applied);
  *applied = (struct applied_rule){arena_text(arena, edit->rule), arena_text(arena, edit->variable),
                                   arena_text(arena, edit->category), cells};
  return &applied->cells;
}

static bool add_suspect(struct doubts *doubts, const struct doubted_edit *edit, struct cells *cells,
                        struct failure *failure) {
  const struct variable *variable = codebook_find(doubts->codebook, edit->suspect);
  if (!variable) return failure_set(failure, "the codebook has no variable '%s'", edit->suspect);
  const char *category = edit->suspect_category;
  if (variable->dimension == DIMENSION_APPLICANT &&
      codebook_applicant(doubts->codebook, category) < 0)
    return failure_set(failure, "'%s' is no applicant class", category);
  cells_add(cells, doubts->codebook, variable, category);
  return true;
}

bool failed_edit_cells(struct doubts *doubts, const struct doubted_edit *edit, struct cells *cells,
                       struct failure *failure) {
  const struct cells *applied = apply(doubts, edit, failure);
  if (!applied) return false;
  cells_unite(cells, applied);
  return *edit->suspect == '\0' || add_suspect(doubts, edit, cells, failure);
}
