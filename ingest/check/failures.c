/* Says what a failed rule wants, which cell is suspect, and what would have to change. */
#include "ingest/check/failures.h"

#include <string.h>

enum { SETS_TOLD = 3 };

static const char *change_words(const struct checking *checking,
                                const struct value_change *change) {
  const struct observation *cell = change->cell;
  const struct filling fillings[] = {
      {"cell", remark_cell(checking, cell->variable, cell->category)},
      {"place", remark_place(checking, cell->provenance.place)},
      {"printed", remark_printed(checking, cell)},
      {"value", change->determined ? remark_decimal(checking, change->value) : ""},
      {NULL, NULL}};
  return remark_words(checking, change->determined ? "change" : "change_open", fillings);
}

static const char *set_words(const struct checking *checking, const struct change_set *set) {
  const char *text = "";
  for (size_t i = 0; i < set->changes; i++)
    text = arena_format(checking->arena, "%s%s%s", text,
                        i ? words_get(checking->words, "any", "sets_and") : "",
                        change_words(checking, &set->change[i]));
  return text;
}

/* The smallest sets of the localisation NUMBER in words; "" where there is none. */
static const char *sets_words(const struct checking *checking, const struct edit_result *result,
                              size_t number, const struct observation **first) {
  const char *text = "";
  size_t count = 0;
  for (size_t i = 0; i < result->sets; i++) {
    const struct numbered_set *set = &result->set[i];
    if (set->change_set != number || set->set.changes == 0) continue;
    if (count == 0) *first = set->set.change[0].cell;
    if (count++ >= SETS_TOLD) continue;
    const char * or = count > 1 ? words_get(checking->words, "any", "sets_or") : "";
    text = arena_format(checking->arena, "%s%s%s", text, or, set_words(checking, &set->set));
  }
  const struct filling more[] = {{"count", arena_format(checking->arena, "%zu", count)},
                                 {NULL, NULL}};
  if (count > SETS_TOLD)
    text = arena_format(checking->arena, "%s%s", text, remark_words(checking, "sets_more", more));
  const struct filling sets[] = {{"sets", text}, {NULL, NULL}};
  return count ? remark_words(checking, "sets", sets) : "";
}

static void tell_suspect(struct checking *checking, struct remark *remark,
                         const struct edit_failure *failure) {
  const struct observation *cell = failure->suspect;
  remark->cell = remark_cell(checking, cell->variable, cell->category);
  remark->printed = remark_printed(checking, cell);
  if (failure->has_suggestion) remark->suggested = remark_decimal(checking, failure->suggested);
  remark_locate(checking, remark, cell->provenance.place);
  const struct filling fillings[] = {{"cell", remark->cell},
                                     {"place", remark->where},
                                     {"printed", remark->printed},
                                     {"suggested", remark->suggested},
                                     {NULL, NULL}};
  remark->hint =
      remark_words(checking, failure->has_suggestion ? "suspect" : "suspect_only", fillings);
}

/* The first cell of a side of a rule that stands in this report. */
struct first_cell {
  const struct observations *observations;
  const struct observation *cell;
};

static void take_cell(void *context, const struct variable *variable, const char *category,
                      const struct observation *observation, bool minus) {
  struct first_cell *first = context;
  (void)variable, (void)category, (void)minus;
  if (!observation || first->cell) return;
  const struct observations *all = first->observations;
  if (observation >= all->item && observation < all->item + all->count) first->cell = observation;
}

static const struct observation *cell_of_rule(const struct edit *edit,
                                              const struct observations *observations) {
  struct first_cell first = {observations, NULL};
  if (edit->right) expression_visit(edit->right, observations, edit->category, take_cell, &first);
  if (!first.cell && edit->left)
    expression_visit(edit->left, observations, edit->category, take_cell, &first);
  return first.cell;
}

/* Values of rules that span years were copied; the report's own have their place. */
static struct source_place place_of(const struct checking *checking,
                                    const struct observation *cell) {
  const struct observation *own =
      observation_find(&checking->report->observations, cell->variable, cell->category);
  return own ? own->provenance.place : cell->provenance.place;
}

static void check_failure(struct checking *checking, const struct edit_result *result,
                          const struct edit_failure *failure,
                          const struct observations *observations) {
  const struct edit *edit = failure->edit;
  struct remark *remark =
      remark_add(checking, edit->is_hard ? REMARK_ERROR : REMARK_WARNING, edit->rule);
  bool chinese = words_language(checking->words) == LANGUAGE_ZH;
  remark->message = chinese ? failure->cells_zh : failure->cells_en;
  remark->left = remark_decimal(checking, failure->left);
  remark->right = remark_decimal(checking, failure->right);
  if (failure->suspect) {
    tell_suspect(checking, remark, failure);
    return;
  }
  const struct observation *cell = NULL;
  if (failure->change_set) remark->hint = sets_words(checking, result, failure->change_set, &cell);
  if (!cell) cell = cell_of_rule(edit, observations);
  if (cell) remark_locate(checking, remark, place_of(checking, cell));
}

void failures_check(struct checking *checking, const struct edit_result *result,
                    const struct observations *observations) {
  for (size_t i = 0; i < result->failures; i++)
    check_failure(checking, result, &result->failure[i], observations);
}
