/* How many items were published in each key area, the largest first. */
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

const char *chart_key_areas(const struct chart_input *input, struct picture *picture) {
  const struct report *report = input->report;
  LIST_OF(struct area) areas = {0};
  struct report_sum all = {0};
  for (size_t i = 0; i < report->value.count; i++) {
    const struct observation *value = &report->value.item[i];
    if (strcmp(value->variable, "key_area.items") != 0) continue;
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
  bars->axis = words_get(input->words, input->chart, "axis");
  for (size_t i = 0; i < areas.count; i++) {
    const struct observation *value = areas.item[i].value;
    struct bar_row row = chart_row(input, value, value->category, value->category);
    if (row.part[0].known) row.value = chart_value_share(input, row.value, value->value, all.sum);
    *list_add(input->arena, &bars->rows) = row;
  }
  picture->subtitle =
      chart_words(input, "subtitle",
                  (struct filling[]){{"n", chart_number(input, all.sum)},
                                     {"areas", arena_format(input->arena, "%zu", areas.count)},
                                     {NULL, NULL}});
  if (all.approximate)
    chart_note(input, picture, "note_approximate", (struct filling[]){{NULL, NULL}});
  return NULL;
}
