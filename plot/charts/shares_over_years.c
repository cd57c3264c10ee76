/* What became of the requests of an organ, year by year: the shares of its parts. A year without
 * a report stays empty, and a change of the form is marked. */
#include <math.h>
#include <string.h>

#include "core/base/measure.h"
#include "plot/charts/series.h"

static void set_bars(const struct chart_input *input, struct bars *bars) {
  bars->parts = input->form->rows.count < BAR_PARTS ? input->form->rows.count : BAR_PARTS;
  bars->percent = true;
  bars->count_key = "requests";
  bars->axis = chart_text(input, "axis");
  for (size_t i = 0; i < bars->parts; i++) {
    bars->part_key[i] = input->form->rows.item[i].key;
    bars->part_label[i] = chart_text(input, bars->part_key[i]);
    bars->part_colour[i] = input->form->rows.item[i].colour;
  }
}

/* The shares of a report, as far as it has them; returns their sum. */
static double set_parts(const struct chart_input *input, struct bar_row *row,
                        const struct drawn_report *report) {
  double sum = 0;
  for (size_t i = 0; i < input->form->rows.count && i < BAR_PARTS; i++) {
    const struct indicator *share =
        report_indicator(report, input->form->rows.item[i].indicator, "");
    if (!share) continue;
    double percent = 100 * share->estimate;
    row->doubted |= share->failed_edit;
    sum += percent;
    row->part[i] = (struct bar_part){true, arena_format(input->arena, "%.4f", percent),
                                     arena_format(input->arena, "%.1f%%", percent), percent};
  }
  return sum;
}

static struct bar_row make_row(const struct chart_input *input, const struct series_point *point) {
  struct bar_row row = {.label = arena_format(input->arena, "%ld", point->year),
                        .key = point->report ? point->report->id : "",
                        .count = ""};
  row.status = point->report ? "no_value" : "no_report";
  row.value = chart_text(input, row.status);
  if (point->relation != CROSSWALK_JOINED) row.mark = chart_text(input, "mark_break");
  if (point->bounds) {
    chart_set_bounds(input, &row, point->bounds);
    row.part[0].shown = arena_format(input->arena, "%.1f%%", row.part[0].value);
  }
  if (!point->value) return row;
  row.count = point->value->denominator;
  row.value = arena_format(input->arena, "n=%s", number_grouped(input->arena, row.count));
  double sum = set_parts(input, &row, point->report);
  row.status = fabs(sum - 100) > 0.05 ? "sum_differs" : "";
  return row;
}

/* What the rows need to be told: changes of the form, sums, bounds, and gaps. */
static void add_notes(const struct chart_input *input, struct picture *picture, bool has_gaps) {
  const struct bars *bars = &picture->bars;
  struct filling fillings[] = {{"part", bars->part_label[0]}, {NULL, NULL}};
  bool marked = false, differs = false, open = false;
  for (size_t i = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    marked |= row->mark != NULL;
    differs |= strcmp(row->status, "sum_differs") == 0;
    open |= row->has_bound;
  }
  if (marked) chart_note(input, picture, "note_break", fillings);
  if (differs) chart_note(input, picture, "note_sum", fillings);
  if (open) chart_note(input, picture, "note_open", fillings);
  if (has_gaps) chart_note(input, picture, "note_gap", fillings);
}

const char *chart_shares_over_years(const struct chart_input *input, struct picture *picture) {
  if (!input->form) return "missing";
  struct chart_series_points series = chart_series(
      input, input->subject.report, input->subject.count, input->form->rows.item[0].indicator, "");
  size_t years = 0;
  if (series.points.count == 0) return "missing";
  set_bars(input, &picture->bars);
  for (size_t i = 0; i < series.points.count; i++) {
    const struct series_point *point = &series.points.item[i];
    *list_add(input->arena, &picture->bars.rows) = make_row(input, point);
    years += point->value || point->bounds;
  }
  const struct bar_row *first = picture->bars.rows.item;
  picture->years = chart_years(input, first->label, first[series.points.count - 1].label);
  picture->subtitle = chart_words(
      input, years == 1 ? "subtitle_one" : "subtitle",
      (struct filling[]){{"years", arena_format(input->arena, "%zu", years)}, {NULL, NULL}});
  add_notes(input, picture, years < series.points.count);
  return NULL;
}
