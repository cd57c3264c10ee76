/* Counts that add up to something, zeros too, in the order of the form: grounds of refusal. */
#include "plot/charts/chart.h"

static void add_row(const struct chart_input *input, struct picture *picture,
                    const struct chart_row_plan *plan, struct decimal all) {
  const struct observation *value = chart_row_value(input, plan);
  struct bar_row row = chart_row(input, value, chart_row_key(plan), chart_row_label(input, plan));
  if (row.part[0].known) row.value = chart_value_share(input, row.value, value->value, all);
  row.doubted = chart_row_is_doubted(input, plan);
  *list_add(input->arena, &picture->bars.rows) = row;
}

/* What the shares behind the bars are of: the printed total where there is one that is not smaller
 * than a part of it, else the SUM of the rows; and a note where they differ. */
static struct decimal find_whole(const struct chart_input *input, struct picture *picture,
                                 const struct report_sum *sum) {
  const struct chart_row_plan *plan = chart_row_of(input, CHART_ROLE_WHOLE);
  const struct observation *total = plan ? chart_row_value(input, plan) : NULL;
  if (!plan) return sum->sum;
  bool printed =
      total && status_has_value(total->status) && decimal_compare(total->value, sum->largest) >= 0;
  chart_note_total(input, picture, total, sum->sum, printed);
  return printed ? total->value : sum->sum;
}

static const char *of_text(const struct chart_input *input) {
  const struct chart_row_plan *of = chart_row_of(input, CHART_ROLE_OF);
  return of ? chart_value(input, chart_row_value(input, of)) : "";
}

const char *chart_counts(const struct chart_input *input, struct picture *picture) {
  static const struct decimal zero = {0}, few = {20, 0};
  static const struct filling nothing[] = {{NULL, NULL}};
  struct report_sum sum = {0};
  if (!input->form) return "missing";
  for (size_t i = 0; i < input->form->rows.count; i++)
    if (input->form->rows.item[i].role == CHART_ROLE_ROW)
      report_sum_add(&sum, chart_row_value(input, &input->form->rows.item[i]));
  if (sum.values == 0) return "missing";
  if (decimal_compare(sum.sum, zero) <= 0) return "none";

  picture->bars.parts = 1;
  picture->bars.part_key[0] = "requests";
  picture->bars.axis = chart_text(input, "axis");
  struct decimal all = find_whole(input, picture, &sum);
  for (size_t i = 0; i < input->form->rows.count; i++)
    if (input->form->rows.item[i].role == CHART_ROLE_ROW)
      add_row(input, picture, &input->form->rows.item[i], all);
  picture->subtitle = chart_words(
      input, "subtitle",
      (struct filling[]){{"n", chart_number(input, all)}, {"all", of_text(input)}, {NULL, NULL}});
  if (decimal_compare(all, few) < 0) chart_note(input, picture, "note_few", nothing);
  if (sum.approximate) chart_note(input, picture, "note_approximate", nothing);
  return NULL;
}
