/* Applies the rules that failed, as text, to find the cells that they use. Knows no chart. */
#include "plot/charts/failed_cells.h"

#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/model/substitute.h"

struct rule {
  const char *name, *left, *right;
};

struct reading {
  struct arena *arena;
  const struct chart_list *charts;
  LIST_OF(struct rule) rules; /* the hard ones */
  failed_cell_taker *take;
  void *context;
};

#define RULE_ROW(COLUMN, OPTIONAL) COLUMN(rule) COLUMN(left) COLUMN(right) COLUMN(severity)
CSV_ROW(rule_row, RULE_ROW);

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct rule_row *row = (const void *)f;
  (void)failure;
  struct reading *reading = context;
  struct arena *arena = reading->arena;
  if (strcmp(row->severity, "hard") == 0)
    *list_add(arena, &reading->rules) = (struct rule){
        arena_text(arena, row->rule), arena_text(arena, row->left), arena_text(arena, row->right)};
  return true;
}

static const struct rule *find_rule(const struct reading *reading, const char *name) {
  for (size_t i = 0; i < reading->rules.count; i++)
    if (strcmp(reading->rules.item[i].name, name) == 0) return &reading->rules.item[i];
  return NULL;
}

/* Takes the cells of TERM. Their category is the term's own, else that for which the rule failed.
 */
static void take_term(const struct reading *reading, const char *report,
                      const struct expression_term *term, const char *category) {
  for (size_t i = 0; i < term->count && !term->previous; i++) {
    const struct variable *variable = term->members[i];
    const char *own = variable->dimension == DIMENSION_NONE ? ""
                      : term->category                      ? term->category
                                                            : category;
    if (chart_list_shows(reading->charts, variable, own))
      reading->take(reading->context, report, variable->id, own);
  }
}

#define FAILURE_ROW(COLUMN, OPTIONAL)                                                              \
  COLUMN(report_id) COLUMN(rule) COLUMN(rule_variable) COLUMN(category)
CSV_ROW(failure_row, FAILURE_ROW);

/* Takes the cells of one SIDE of a failed rule, with the failure's variable for `@`. A side that is
 * no sum of cells (`@cells`: what prose restates) uses none that charts show. */
static void take_side(const struct reading *reading, const struct failure_row *row,
                      const char *side) {
  struct arena *arena = arena_new();
  struct failure no_sum;
  const struct expression *sum = expression_parse(
      arena, reading->charts->codebook, substitute(arena, side, row->rule_variable), &no_sum);
  for (size_t i = 0; sum && i < sum->terms; i++)
    if (!sum->term[i].constant) take_term(reading, row->report_id, &sum->term[i], row->category);
  arena_free(arena);
}

static bool take_failure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  const struct failure_row *row = (const void *)f;
  (void)failure;
  const struct reading *reading = context;
  const struct rule *rule = find_rule(reading, row->rule);
  if (!rule) return true;
  take_side(reading, row, rule->left);
  take_side(reading, row, rule->right);
  return true;
}

bool failed_cells_read(const char *dataset, const char *folder, const struct chart_list *charts,
                       failed_cell_taker *take, void *context, struct failure *failure) {
  struct arena *arena = arena_new();
  struct reading reading = {.arena = arena, .charts = charts, .take = take, .context = context};
  const char *failures = arena_format(arena, "%s/edit_failures.csv", dataset);
  bool done = access(failures, F_OK) != 0 ||
              (csv_read(arena_format(arena, "%s/rules/edit_rules.csv", folder), rule_row_columns,
                        take_rule, &reading, failure) &&
               csv_read(failures, failure_row_columns, take_failure, &reading, failure));
  arena_free(arena);
  return done;
}
