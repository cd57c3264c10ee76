/* Shares of a whole with their intervals, and what each row is made of: what became of requests,
 * who made them. */
#include "plot/charts/chart.h"

/* A row for a single value, as it stands in the report. */
static struct bar_row value_row(const struct chart_input *input, const struct chart_row_plan *plan,
                                struct decimal all) {
  const struct observation *value = chart_row_value(input, plan);
  struct bar_row row = chart_row(input, value, chart_row_key(plan), chart_row_label(input, plan));
  if (row.part[0].known) chart_set_share(input, &row, value->value, all);
  return row;
}

/* A row for a sum. */
static struct bar_row sum_row(const struct chart_input *input, const struct chart_row_plan *plan,
                              struct decimal all) {
  struct report_sum sum = chart_row_sum(input, plan);
  struct bar_row row = {.label = chart_row_label(input, plan),
                        .key = chart_row_key(plan),
                        .value = chart_text(input, "absent"),
                        .count = "",
                        .status = ""};
  if (sum.values == 0) return row;
  row.value = chart_number_short(input, sum.sum);
  chart_set_share(input, &row, sum.sum, all);
  return row;
}

static void add_row(const struct chart_input *input, struct picture *picture,
                    const struct chart_row_plan *plan, struct decimal all) {
  struct bar_row row =
      chart_row_is_single(plan) ? value_row(input, plan, all) : sum_row(input, plan, all);
  chart_set_interval(input, &row, plan->indicator, plan->class);
  row.doubted = chart_row_is_doubted(input, plan);
  const struct indicator_bounds *bounds =
      report_bounds(input->report, plan->indicator, plan->class);
  if (bounds) chart_set_bounds(input, &row, bounds);
  *list_add(input->arena, &picture->bars.rows) = row;
}

/* Returns whether the detail was left out because it is zero. */
static bool add_detail(const struct chart_input *input, struct picture *picture,
                       const struct chart_row_plan *plan, struct decimal all) {
  static const struct decimal zero = {0};
  const struct observation *value = chart_row_value(input, plan);
  if (!value || value->status == STATUS_BLANK || value->status == STATUS_NOT_APPLICABLE)
    return false;
  if (status_has_value(value->status) && decimal_compare(value->value, zero) <= 0) return true;
  struct bar_row row = value_row(input, plan, all);
  row.detail = true;
  row.doubted = chart_row_is_doubted(input, plan);
  *list_add(input->arena, &picture->bars.rows) = row;
  return false;
}

static void add_notes(const struct chart_input *input, struct picture *picture, bool left_out,
                      bool approximate) {
  static const struct filling nothing[] = {{NULL, NULL}};
  bool intervals = false;
  for (size_t i = 0; i < picture->bars.rows.count; i++)
    intervals |= picture->bars.rows.item[i].has_interval;
  if (intervals) chart_note(input, picture, "note_interval", nothing);
  if (left_out) chart_note(input, picture, "note_zeros", nothing);
  if (approximate) chart_note(input, picture, "note_approximate", nothing);
}

/* The sum of all rows, and the largest of them. False where that is too large for a number. */
static bool sum_rows(const struct chart_input *input, struct report_sum *rows) {
  for (size_t i = 0; i < input->form->rows.count; i++) {
    const struct chart_row_plan *plan = &input->form->rows.item[i];
    if (plan->role != CHART_ROLE_ROW) continue;
    struct report_sum sum = chart_row_sum(input, plan);
    rows->values += sum.values;
    rows->approximate |= sum.approximate;
    if (decimal_compare(sum.sum, rows->largest) > 0) rows->largest = sum.sum;
    if (!decimal_add(rows->sum, sum.sum, &rows->sum)) return false;
  }
  return true;
}

const char *chart_shares(const struct chart_input *input, struct picture *picture) {
  struct report_sum rows = {0};
  if (!input->form || !sum_rows(input, &rows) || rows.values == 0) return "missing";
  const struct chart_row_plan *of = chart_row_of(input, CHART_ROLE_WHOLE);
  const struct observation *total = of ? chart_row_value(input, of) : NULL;
  struct chart_whole whole;
  if (!chart_share_bars(input, picture, total, &rows, &whole)) return "none";
  bool left_out = false;
  for (size_t i = 0; i < input->form->rows.count; i++) {
    const struct chart_row_plan *plan = &input->form->rows.item[i];
    if (plan->role == CHART_ROLE_ROW) add_row(input, picture, plan, whole.all);
    if (plan->role == CHART_ROLE_DETAIL) left_out |= add_detail(input, picture, plan, whole.all);
  }
  picture->subtitle = chart_words(
      input, "subtitle", (struct filling[]){{"n", chart_number(input, whole.all)}, {NULL, NULL}});
  if (of) chart_note_total(input, picture, total, rows.sum, whole.printed);
  add_notes(input, picture, left_out, rows.approximate);
  return NULL;
}
