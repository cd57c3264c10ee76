/* A variable by area, the largest first: items published in key areas. */
#include <stdlib.h>
#include <string.h>

#include "plot/charts/chart.h"

struct area {
  const struct observation *value;
};

/* Larger first, then in the order of the file; areas without a number last. */
static int compare_areas(const void *a, const void *b) {
  const struct observation *x = ((const struct area *)a)->value;
  const struct observation *y = ((const struct area *)b)->value;
  bool left = status_has_value(x->status), right = status_has_value(y->status);
  int order = left && right ? decimal_compare(y->value, x->value) : right - left;
  return order ? order : (x > y) - (x < y);
}

static void add_area(const struct chart_input *input, struct picture *picture,
                     const struct observation *value, struct decimal all) {
  struct bar_row row =
      chart_row(input, value, value->category, name_shown(input->arena, value->category));
  if (row.part[0].known) row.value = chart_value_share(input, row.value, value->value, all);
  *list_add(input->arena, &picture->bars.rows) = row;
}

/* A row for the COUNT areas at FIRST together, and a note that says so. It has no bar: one for many
 * areas would dwarf those of single ones. */
static void add_others(const struct chart_input *input, struct picture *picture,
                       const struct area *first, size_t count, struct decimal all) {
  struct report_sum sum = {0};
  for (size_t i = 0; i < count; i++) report_sum_add(&sum, first[i].value);
  const struct filling fillings[] = {
      {"n", arena_format(input->arena, "%zu", count)},
      {"shown", arena_format(input->arena, "%zu", picture->bars.rows.count)},
      {NULL, NULL}};
  struct bar_row row = {
      .label = chart_words(input, "others", fillings), .key = "", .count = "", .status = "others"};
  row.value = chart_value_share(input, chart_number_short(input, sum.sum), sum.sum, all);
  *list_add(input->arena, &picture->bars.rows) = row;
  chart_note(input, picture, "note_others", fillings);
}

const char *chart_areas(const struct chart_input *input, struct picture *picture) {
  const struct drawn_report *report = input->report;
  const struct chart_row_plan *plan = chart_row_of(input, CHART_ROLE_ROW);
  if (!plan) return "missing";
  LIST_OF(struct area) areas = {0};
  struct report_sum all = {0};
  for (size_t i = 0; i < report->value.count; i++) {
    const struct observation *value = &report->value.item[i];
    if (strcmp(value->variable, plan->sum->term->members[0]->id) != 0) continue;
    *list_add(input->arena, &areas) = (struct area){value};
    report_sum_add(&all, value);
  }
  static const struct decimal zero = {0};
  if (areas.count == 0) return "missing";
  if (decimal_compare(all.sum, zero) <= 0) return "none";
  qsort(areas.item, areas.count, sizeof *areas.item, compare_areas);

  struct bars *bars = &picture->bars;
  bars->parts = 1;
  bars->part_key[0] = "items";
  bars->axis = chart_text(input, "axis");
  size_t shown = areas.count > BAR_ROWS ? BAR_ROWS - 1 : areas.count;
  for (size_t i = 0; i < shown; i++) add_area(input, picture, areas.item[i].value, all.sum);
  if (shown < areas.count)
    add_others(input, picture, areas.item + shown, areas.count - shown, all.sum);
  picture->subtitle =
      chart_words(input, "subtitle",
                  (struct filling[]){{"n", chart_number(input, all.sum)},
                                     {"areas", arena_format(input->arena, "%zu", areas.count)},
                                     {NULL, NULL}});
  if (all.approximate)
    chart_note(input, picture, "note_approximate", (struct filling[]){{NULL, NULL}});
  return NULL;
}
