/* What charts have in common. */
#include "plot/charts/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/measure.h"
#include "plot/drawing/bars.h"

const char *chart_text(const struct chart_input *input, const char *key) {
  const char *own = NULL;
  if (input->form)
    own = words_find(input->words, input->chart,
                     arena_format(input->arena, "%s_%s", key, input->form->forms));
  return own ? own : words_get(input->words, input->chart, key);
}

char *chart_words(const struct chart_input *input, const char *key,
                  const struct filling *fillings) {
  return text_fill(input->arena, chart_text(input, key), fillings);
}

void chart_note(const struct chart_input *input, struct picture *picture, const char *key,
                const struct filling *fillings) {
  *list_add(input->arena, &picture->notes) = chart_words(input, key, fillings);
}

static const char *source_line(const struct chart_input *input) {
  const struct drawn_report *report = input->report;
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

/* The rows that REPORT has a value of; where it has none, the first. */
static const struct chart_form *choose_form(struct chart_input *input,
                                            const struct chart_plan *chart) {
  for (size_t i = 0; i < chart->forms.count; i++) {
    const struct chart_form *form = &chart->forms.item[i];
    for (size_t j = 0; j < form->rows.count; j++) {
      const struct chart_row_plan *row = &form->rows.item[j];
      bool is_drawn = row->role == CHART_ROLE_ROW || row->role == CHART_ROLE_PART;
      if (is_drawn && row->sum && chart_row_sum(input, row).values > 0) return form;
    }
  }
  return chart->forms.count ? chart->forms.item : NULL;
}

/* ---- in words ---- */

enum { FACTS_MOST = 12 }; /* of more, the first and the emphasised */

static char *say_fact(const struct chart_input *input, const struct picture_fact *fact) {
  return chart_words(
      input, fact->words,
      (struct filling[]){{"label", fact->label}, {"value", fact->value}, {NULL, NULL}});
}

static const char *say_facts(const struct chart_input *input, const struct fact_list *facts) {
  const char *text = "", *join = words_get(input->words, input->chart, "alternative_join");
  size_t said = 0;
  for (size_t i = 0; i < facts->list.count; i++) {
    const struct picture_fact *fact = &facts->list.item[i];
    if (i >= FACTS_MOST && !fact->emphasised) continue;
    text = arena_format(input->arena, "%s%s%s", text, said++ ? join : "", say_fact(input, fact));
  }
  if (said == facts->list.count) return text;
  const char *count = arena_format(input->arena, "%zu", facts->list.count - said);
  return chart_words(input, "alternative_more",
                     (struct filling[]){{"facts", text}, {"count", count}, {NULL, NULL}});
}

char *chart_alternative(const struct chart_input *input, const struct picture *picture) {
  struct fact_list facts = {0};
  picture->body->tell(input->arena, picture, &facts);
  const char *key = facts.list.count ? "alternative" : "alternative_without_facts";
  return chart_words(input, key,
                     (struct filling[]){{"title", picture->title},
                                        {"subtitle", picture->subtitle},
                                        {"facts", say_facts(input, &facts)},
                                        {NULL, NULL}});
}

/* ---- a chart ---- */

bool chart_picture(const struct chart_plan *chart, struct chart_input *input,
                   struct picture *picture, const char **reason) {
  input->chart = chart->name;
  input->form = choose_form(input, chart);
  *picture = (struct picture){.chart = chart->name, .body = &bars_body};
  picture->bars.reading = picture->plane.reading = picture->panels.reading = chart_reading(input);
  struct filling fillings[] = {
      {"organ", input->report->organ},
      {"year", input->report->year},
      {"indicator", input->indicator ? input->indicator->label : ""},
      {"place", input->subject.place ? input->subject.place : ""},
      {NULL, NULL},
  };
  const char *why = chart->kind->fill(input, picture);
  if (why) {
    *reason = chart_words(input, why, fillings);
    return false;
  }
  chart_note_doubts(input, picture);
  if (picture->years) fillings[1].value = picture->years;
  picture->title = chart_words(input, input->subject.place ? "title_part" : "title", fillings);
  picture->organ = chart->scope == CHART_OF_ALL ? "" : input->report->organ;
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
  if (!value) return arena_text(input->arena, chart_text(input, "absent"));
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

/* ---- rows of data ---- */

static const struct observation *member_value(const struct chart_input *input,
                                              const struct chart_row_plan *row,
                                              const struct expression_term *term, size_t member) {
  const struct variable *variable = term->members[member];
  const char *category = variable->dimension == DIMENSION_NONE ? ""
                         : term->category                      ? term->category
                                                               : row->class;
  return report_class_value(input->report, variable->id, category);
}

/* A family x.* begins with x, the subtotal of the others, where x is a variable itself. Whether it
 * does. */
static bool has_subtotal(const struct expression_term *term) {
  size_t length = strlen(term->members[0]->id);
  return term->count > 1 && strncmp(term->members[1]->id, term->members[0]->id, length) == 0 &&
         term->members[1]->id[length] == '.';
}

static void add_term(const struct chart_input *input, const struct chart_row_plan *row,
                     const struct expression_term *term, struct report_sum *sum) {
  size_t before = sum->values, first = has_subtotal(term) ? 1 : 0;
  for (size_t i = first; i < term->count; i++)
    report_sum_add(sum, member_value(input, row, term, i));
  if (first && sum->values == before) report_sum_add(sum, member_value(input, row, term, 0));
}

static void add_areas(const struct chart_input *input, const struct expression_term *term,
                      struct report_sum *sum) {
  const struct drawn_report *report = input->report;
  for (size_t i = 0; i < report->value.count; i++)
    if (strcmp(report->value.item[i].variable, term->members[0]->id) == 0)
      report_sum_add(sum, &report->value.item[i]);
}

struct report_sum chart_row_sum(const struct chart_input *input, const struct chart_row_plan *row) {
  struct report_sum sum = {0};
  for (size_t i = 0; row->sum && i < row->sum->terms; i++)
    if (row->sum->term[i].every_category)
      add_areas(input, &row->sum->term[i], &sum);
    else
      add_term(input, row, &row->sum->term[i], &sum);
  return sum;
}

bool chart_row_is_single(const struct chart_row_plan *row) {
  return row->sum && row->sum->terms == 1 && row->sum->term->count == 1;
}

const struct observation *chart_row_value(const struct chart_input *input,
                                          const struct chart_row_plan *row) {
  return chart_row_is_single(row) ? member_value(input, row, row->sum->term, 0) : NULL;
}

const char *chart_row_key(const struct chart_row_plan *row) {
  if (*row->key) return row->key;
  return *row->class ? row->class : row->sum->term->members[0]->id;
}

const char *chart_row_label(const struct chart_input *input, const struct chart_row_plan *row) {
  if (*row->key) return chart_text(input, row->key);
  return *row->class ? words_class(input->words, row->class)
                     : words_label(input->words, row->sum->term->members[0]->id);
}

bool chart_row_is_doubted(const struct chart_input *input, const struct chart_row_plan *row) {
  for (size_t i = 0; row->sum && i < row->sum->terms; i++)
    for (size_t j = 0; j < row->sum->term[i].count; j++) {
      const struct observation *value = member_value(input, row, &row->sum->term[i], j);
      if (value && report_cell_failed(input->report, value->variable, value->category)) return true;
    }
  return false;
}

char *chart_bounds(const struct chart_input *input, const struct indicator_bounds *bounds,
                   bool percent) {
  return percent
             ? arena_format(input->arena, "%.1f%%–%.1f%%", 100 * bounds->lower, 100 * bounds->upper)
             : arena_format(input->arena, "%.10g–%.10g", bounds->lower, bounds->upper);
}

void chart_set_bounds(const struct chart_input *input, struct bar_row *row,
                      const struct indicator_bounds *bounds) {
  const char *exact = arena_format(input->arena, "%.4f", 100 * bounds->lower);
  row->part[0] = (struct bar_part){true, exact, exact, 100 * bounds->lower};
  row->has_bound = true;
  row->bound = 100 * bounds->upper;
  row->value = chart_bounds(input, bounds, true);
  row->status = "bounds";
}

struct doubts {
  bool hatched, hollow, bounds;
};

static void find_point_doubts(const struct plane_point *points, size_t count,
                              struct doubts *doubts) {
  for (size_t i = 0; i < count; i++) {
    doubts->hollow |= points[i].known && points[i].doubted;
    doubts->bounds |= !points[i].known && points[i].has_bounds;
  }
}

static void find_cell_doubts(const struct heat_grid *grid, struct doubts *doubts) {
  for (size_t i = 0; i < grid->rows.count; i++)
    for (size_t j = 0; j < grid->columns; j++) {
      const struct heat_cell *cell = &grid->rows.item[i].cell[j];
      *(*cell->exact ? &doubts->hatched : &doubts->bounds) |= cell->doubted;
    }
}

static struct doubts find_doubts(const struct picture *picture) {
  struct doubts doubts = {false, false, false};
  for (size_t i = 0; i < picture->bars.rows.count; i++) {
    const struct bar_row *row = &picture->bars.rows.item[i];
    *(picture->bars.dots ? &doubts.hollow : &doubts.hatched) |= row->doubted;
    doubts.bounds |= row->has_bound;
  }
  find_point_doubts(picture->plane.points.item, picture->plane.points.count, &doubts);
  for (size_t i = 0; i < picture->panels.panel.count; i++)
    find_point_doubts(picture->panels.panel.item[i].points.item,
                      picture->panels.panel.item[i].points.count, &doubts);
  find_cell_doubts(&picture->grid, &doubts);
  return doubts;
}

void chart_note_doubts(const struct chart_input *input, struct picture *picture) {
  static const struct filling nothing[] = {{NULL, NULL}};
  struct doubts doubts = find_doubts(picture);
  if (doubts.hatched) chart_note(input, picture, "note_hatched", nothing);
  if (doubts.hollow) chart_note(input, picture, "note_hollow", nothing);
  if (doubts.bounds) chart_note(input, picture, "note_bounds", nothing);
}

const struct chart_row_plan *chart_row_of(const struct chart_input *input, enum chart_role role) {
  for (size_t i = 0; input->form && i < input->form->rows.count; i++)
    if (input->form->rows.item[i].role == role) return &input->form->rows.item[i];
  return NULL;
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

bool chart_year_columns(const struct chart_input *input, struct heat_grid *grid, const char *first,
                        const char *last) {
  long from = strtol(first, NULL, 10), to = strtol(last, NULL, 10);
  if (from <= 0 || to < from || to - from >= GRID_COLUMNS) return false;
  for (long year = from; year <= to; year++)
    grid->column[grid->columns++] = arena_format(input->arena, "%ld", year);
  return true;
}

long chart_year_column(const struct heat_grid *grid, const char *year) {
  for (size_t i = 0; i < grid->columns; i++)
    if (strcmp(grid->column[i], year) == 0) return (long)i;
  return -1;
}

bool chart_share_bars(const struct chart_input *input, struct picture *picture,
                      const struct observation *total, const struct report_sum *parts,
                      struct chart_whole *whole) {
  static const struct decimal zero = {0};
  struct bars *bars = &picture->bars;
  bars->parts = 1;
  bars->part_key[0] = "share_percent";
  bars->count_key = "requests";
  bars->percent = true;
  bars->axis = chart_text(input, "axis");
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
