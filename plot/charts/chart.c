/* The table of charts, and what they have in common. */
#include "plot/charts/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/measure.h"

const struct chart charts[] = {
    {"applicants", chart_applicants, SCOPE_REPORT, false, 0},
    {"coverage", chart_coverage, SCOPE_ALL, false, GRID_ROWS},
    {"disputes", chart_disputes, SCOPE_REPORT, false, 0},
    {"funnel", chart_funnel, SCOPE_REPORT, true, 0},
    {"heat_map", chart_heat_map, SCOPE_ALL, true, GRID_ROWS},
    {"key_areas", chart_key_areas, SCOPE_REPORT, false, 0},
    {"outcomes", chart_outcomes, SCOPE_REPORT, false, 0},
    {"outcomes_over_years", chart_outcomes_over_years, SCOPE_ORGAN, false, 0},
    {"ranking", chart_ranking, SCOPE_REPORT, true, 0},
    {"refusal_grounds", chart_refusal_grounds, SCOPE_REPORT, false, 0},
    {"small_multiples", chart_small_multiples, SCOPE_ALL, true, PANELS},
    {"trend", chart_trend, SCOPE_ORGAN, true, 0},
};
const size_t charts_count = sizeof charts / sizeof *charts;

char *chart_words(const struct chart_input *input, const char *key,
                  const struct filling *fillings) {
  return words_fill(input->arena, input->words, input->chart, key, fillings);
}

void chart_note(const struct chart_input *input, struct picture *picture, const char *key,
                const struct filling *fillings) {
  *list_add(input->arena, &picture->notes) = chart_words(input, key, fillings);
}

static const char *source_line(const struct chart_input *input) {
  const struct report *report = input->report;
  const char *hash = arena_format(input->arena, "%.12s", report->sha256);
  const char *key = input->subject.count > 1 ? "source_reports"
                    : *hash                  ? "source"
                                             : "source_without_hash";
  return chart_words(
      input, key,
      (struct filling[]){{"file", report->source},
                         {"hash", hash},
                         {"reports", arena_format(input->arena, "%zu", input->subject.count)},
                         {NULL, NULL}});
}

const char *chart_years(const struct chart_input *input, const char *first, const char *last) {
  if (strcmp(first, last) == 0) return arena_text(input->arena, first);
  return arena_format(input->arena, "%s–%s", first, last);
}

bool chart_picture(const struct chart *chart, struct chart_input *input, struct picture *picture,
                   const char **reason) {
  input->chart = chart->name;
  *picture = (struct picture){.chart = chart->name, .body = &bars_body};
  picture->bars.reading = picture->plane.reading = picture->panels.reading = chart_reading(input);
  struct filling fillings[] = {
      {"organ", input->report->organ},
      {"year", input->report->year},
      {"indicator", input->indicator ? input->indicator->label : ""},
      {"place", input->subject.place ? input->subject.place : ""},
      {NULL, NULL},
  };
  const char *why = chart->fill(input, picture);
  if (why) {
    *reason = chart_words(input, why, fillings);
    return false;
  }
  if (picture->years) fillings[1].value = picture->years;
  picture->title = chart_words(input, input->subject.place ? "title_part" : "title", fillings);
  picture->organ = chart->scope == SCOPE_ALL ? "" : input->report->organ;
  picture->source = source_line(input);
  picture->alternative = chart_alternative(input, picture);
  return true;
}

char *chart_estimate(const struct chart_input *input, double estimate) {
  return indicator_estimate_text(input->arena, input->indicator, estimate, chart_reading(input));
}

enum reading chart_reading(const struct chart_input *input) {
  return words_language(input->words) == LANGUAGE_ZH ? READ_MYRIADS : READ_DIGITS;
}

char *chart_number_short(const struct chart_input *input, struct decimal number) {
  char text[DECIMAL_TEXT_SIZE];
  return number_short(input->arena, decimal_text(number, text), chart_reading(input));
}

char *chart_number(const struct chart_input *input, struct decimal number) {
  char text[DECIMAL_TEXT_SIZE];
  return number_grouped(input->arena, decimal_text(number, text));
}

char *chart_value_share(const struct chart_input *input, const char *value,
                        struct decimal numerator, struct decimal denominator) {
  if (numerator.coefficient == 0) return arena_text(input->arena, value);
  double share = 100 * decimal_double(numerator) / decimal_double(denominator);
  return chart_words(input, "value_share",
                     (struct filling[]){{"value", value},
                                        {"share", arena_format(input->arena, "%.1f%%", share)},
                                        {NULL, NULL}});
}

static char *value_words(const struct chart_input *input, const struct observation *value,
                         char *number_words(const struct chart_input *, struct decimal)) {
  if (!value) return arena_text(input->arena, words_get(input->words, input->chart, "absent"));
  const char *number = status_has_value(value->status) ? number_words(input, value->value) : "";
  return chart_words(input, arena_format(input->arena, "value_%s", status_name(value->status)),
                     (struct filling[]){{"number", number}, {NULL, NULL}});
}

char *chart_value(const struct chart_input *input, const struct observation *value) {
  return value_words(input, value, chart_number);
}

struct bar_row chart_row(const struct chart_input *input, const struct observation *value,
                         const char *key, const char *label) {
  struct bar_row row = {.label = label, .key = key, .count = "", .status = ""};
  row.value = value_words(input, value, chart_number_short);
  if (!value) return row;
  row.status = status_name(value->status);
  static const struct decimal zero = {0};
  if (status_has_value(value->status) && decimal_compare(value->value, zero) >= 0)
    row.part[0] = bar_part_of(input->arena, value->value, chart_reading(input));
  return row;
}

char *chart_estimate_of(const struct chart_input *input, double estimate, const char *denominator) {
  char *value = chart_estimate(input, estimate);
  if (!*denominator) return value;
  return chart_words(input, "value_of",
                     (struct filling[]){{"value", value},
                                        {"n", number_grouped(input->arena, denominator)},
                                        {NULL, NULL}});
}

double chart_common(const struct peers *peers) {
  double events = 0, size = 0;
  for (size_t i = 0; i < peers->count; i++) {
    events += peers->item[i].estimate * peers->item[i].size;
    size += peers->item[i].size;
  }
  return events / size;
}

const struct comparison *chart_own(const struct chart_input *input, const struct peers *peers) {
  for (size_t i = 0; i < peers->count; i++)
    if (peers->item[i].report == input->report) return &peers->item[i];
  return NULL;
}

bool chart_year_columns(const struct chart_input *input, struct grid *grid, const char *first,
                        const char *last) {
  long from = strtol(first, NULL, 10), to = strtol(last, NULL, 10);
  if (from <= 0 || to < from || to - from >= GRID_COLUMNS) return false;
  for (long year = from; year <= to; year++)
    grid->column[grid->columns++] = arena_format(input->arena, "%ld", year);
  return true;
}

long chart_year_column(const struct grid *grid, const char *year) {
  for (size_t i = 0; i < grid->columns; i++)
    if (strcmp(grid->column[i], year) == 0) return (long)i;
  return -1;
}

bool chart_share_bars(const struct chart_input *input, struct picture *picture,
                      const struct observation *total, const struct report_sum *parts,
                      struct whole *whole) {
  static const struct decimal zero = {0};
  struct bars *bars = &picture->bars;
  bars->parts = 1;
  bars->part_key[0] = "share_percent";
  bars->count_key = "requests";
  bars->percent = true;
  bars->axis = words_get(input->words, input->chart, "axis");
  whole->printed = total && status_has_value(total->status) &&
                   decimal_compare(total->value, parts->largest) >= 0;
  whole->all = whole->printed ? total->value : parts->sum;
  return decimal_compare(whole->all, zero) > 0;
}

void chart_set_share(const struct chart_input *input, struct bar_row *row, struct decimal count,
                     struct decimal all) {
  char digits[DECIMAL_TEXT_SIZE];
  double share = 100 * decimal_double(count) / decimal_double(all);
  const char *exact = arena_format(input->arena, "%.4f", share);
  row->part[0] = (struct bar_part){true, exact, exact, share};
  row->count = arena_text(input->arena, decimal_text(count, digits));
  row->value = chart_value_share(input, row->value, count, all);
}

void chart_set_interval(const struct chart_input *input, struct bar_row *row, const char *name,
                        const char *category) {
  const struct indicator *indicator = report_indicator(input->report, name, category);
  if (!indicator || !indicator->has_interval || !row->part[0].known) return;
  if (fabs(100 * indicator->estimate - row->part[0].value) > 0.001) return;
  row->has_interval = true;
  row->lower = 100 * indicator->lower;
  row->upper = 100 * indicator->upper;
}

void chart_note_total(const struct chart_input *input, struct picture *picture,
                      const struct observation *total, struct decimal sum, bool taken) {
  bool printed = total && status_has_value(total->status);
  if (printed && decimal_compare(total->value, sum) == 0) return;
  chart_note(input, picture,
             !printed ? "note_total_missing"
             : taken  ? "note_total_differs"
                      : "note_total_too_small",
             (struct filling[]){{"sum", chart_number(input, sum)},
                                {"total", chart_value(input, total)},
                                {NULL, NULL}});
}
