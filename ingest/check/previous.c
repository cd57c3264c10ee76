/* Compares two years of one organ. */
#include "ingest/check/previous.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/check/failures.h"

/* As the run over a dataset compares them: only what rules that span years ask for. */
static struct observations year_values(struct arena *arena, const struct report *report) {
  const struct edit_result *edits = &report->edits;
  struct observation *item = arena_array(arena, edits->year_values + 1, sizeof *item);
  for (size_t i = 0; i < edits->year_values; i++) item[i] = *edits->year_value[i];
  return (struct observations){
      .item = item, .count = edits->year_values, .year = report->identity.year};
}

static size_t check_rules(struct checking *checking, const struct report *previous) {
  struct arena *arena = checking->arena;
  struct observations *now = arena_alloc(arena, sizeof *now);
  struct observations *then = arena_alloc(arena, sizeof *then);
  *now = year_values(arena, checking->report);
  *then = year_values(arena, previous);
  now->previous = then;
  struct edit_result result = edit_check(arena, checking->knowledge->edit_rules, now);
  failures_check(checking, &result, now);
  return result.checked;
}

/* ---- large changes ---- */

struct changes {
  struct checking *checking;
  const struct report *previous;
};

#define CHANGE_ROW(COLUMN, OPTIONAL) COLUMN(variable) COLUMN(category) COLUMN(factor) COLUMN(least)
CSV_ROW(large_change_row, CHANGE_ROW);

static void tell_change(struct checking *checking, const struct observation *before,
                        const struct observation *now) {
  struct remark *remark = remark_add(checking, REMARK_WARNING, "large_change");
  remark->cell = remark_cell(checking, now->variable, now->category);
  remark->printed = remark_printed(checking, now);
  remark->left = remark_decimal(checking, before->value);
  remark->right = remark_decimal(checking, now->value);
  const struct filling fillings[] = {
      {"cell", remark->cell}, {"before", remark->left}, {"now", remark->right}, {NULL, NULL}};
  remark->message = remark_words(checking, "large_change", fillings);
  remark_locate(checking, remark, now->provenance.place);
}

static bool is_large(double before, double now, double factor, double least) {
  double high = before > now ? before : now, low = before > now ? now : before;
  return high - low >= least && high >= factor * low;
}

static bool take_change(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct changes *changes = context;
  const struct large_change_row *row = (const void *)f;
  double factor = strtod(row->factor, NULL), least = strtod(row->least, NULL);
  if (!codebook_find(changes->checking->knowledge->codebook, row->variable))
    return failure_set(failure, "'%s' is no variable of the codebook", row->variable);
  if (!(factor > 1) || !(least > 0))
    return failure_set(failure, "a factor above 1 and a least difference above 0 are wanted");
  const struct observation *now = observation_find(&changes->checking->report->observations,
                                                   row->variable, row->category),
                           *before = observation_find(&changes->previous->observations,
                                                      row->variable, row->category);
  if (!now || !before || !status_has_value(now->status) || !status_has_value(before->status))
    return true;
  if (is_large(decimal_double(before->value), decimal_double(now->value), factor, least))
    tell_change(changes->checking, before, now);
  return true;
}

/* ---- whether it is the year before ---- */

static void tell(struct checking *checking, const char *rule, const struct report *previous) {
  struct remark *remark = remark_add(checking, REMARK_WARNING, rule);
  const struct filling fillings[] = {
      {"year", previous ? arena_format(checking->arena, "%d", previous->identity.year) : ""},
      {"organ", previous ? previous->identity.organ : ""},
      {NULL, NULL}};
  remark->message = remark_words(checking, rule, fillings);
}

bool previous_check(struct checking *checking, const struct report *previous, const char *folder,
                    size_t *checked, struct failure *failure) {
  const struct identity *now = &checking->report->identity;
  *checked = 0;
  if (!previous) {
    tell(checking, "previous_none", NULL);
    return true;
  }
  const struct identity *before = &previous->identity;
  if (before->year + 1 != now->year) {
    tell(checking, "previous_year", previous);
    return true;
  }
  if (strcmp(before->organ, now->organ) != 0 &&
      (strcmp(before->division, now->division) != 0 || strcmp(before->key, now->key) != 0))
    tell(checking, "previous_organ", previous);
  *checked = check_rules(checking, previous);
  struct changes changes = {checking, previous};
  return csv_read(arena_format(checking->arena, "%s/rules/check_changes.csv", folder),
                  large_change_row_columns, take_change, &changes, failure);
}
