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

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct reading *reading = context;
  struct arena *arena = reading->arena;
  if (strcmp(f[3], "hard") == 0)
    *list_add(arena, &reading->rules) =
        (struct rule){arena_text(arena, f[0]), arena_text(arena, f[1]), arena_text(arena, f[2])};
  return true;
}

static const struct rule *find_rule(const struct reading *reading, const char *name) {
  for (size_t i = 0; i < reading->rules.count; i++)
    if (strcmp(reading->rules.item[i].name, name) == 0) return &reading->rules.item[i];
  return NULL;
}

/* A variable by classes has the category of the term, else that which the rule failed for. */
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

/* SIDE for VARIABLE, which stands for `@`. A side that is no sum of cells (`@cells`: what prose
 * restates) has none that are charted by themselves. */
static void take_side(const struct reading *reading, const char *const *f, const char *side) {
  struct arena *arena = arena_new();
  struct failure no_sum;
  const struct expression *sum =
      expression_parse(arena, reading->charts->codebook, substitute(arena, side, f[2]), &no_sum);
  for (size_t i = 0; sum && i < sum->terms; i++)
    if (!sum->term[i].constant) take_term(reading, f[0], &sum->term[i], f[3]);
  arena_free(arena);
}

static bool take_failure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  (void)failure;
  const struct reading *reading = context;
  const struct rule *rule = find_rule(reading, f[1]);
  if (!rule) return true;
  take_side(reading, f, rule->left);
  take_side(reading, f, rule->right);
  return true;
}

bool failed_cells_read(const char *dataset, const char *folder, const struct chart_list *charts,
                       failed_cell_taker *take, void *context, struct failure *failure) {
  static const char *const rule_columns[] = {"rule", "left", "right", "severity", NULL};
  static const char *const failure_columns[] = {"report_id", "rule", "rule_variable", "category",
                                                NULL};
  struct arena *arena = arena_new();
  struct reading reading = {.arena = arena, .charts = charts, .take = take, .context = context};
  const char *failures = arena_format(arena, "%s/edit_failures.csv", dataset);
  bool done = access(failures, F_OK) != 0 ||
              (csv_read(arena_format(arena, "%s/rules/edit_rules.csv", folder), rule_columns,
                        take_rule, &reading, failure) &&
               csv_read(failures, failure_columns, take_failure, &reading, failure));
  arena_free(arena);
  return done;
}
