/* An indicator of all organs over all years, darker where it is higher. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/charts/chart.h"
#include "plot/drawing/axis.h"

/* Classes of equal width between round numbers. */
struct classes {
  double low, step;
  size_t count; /* at most THEME_HEATS */
};

static struct classes make_classes(double low, double high) {
  static const double wider[] = {1, 2, 2.5, 5, 10, 20}; /* the last is always enough */
  struct classes classes = {floor(low), 1, 1};
  if (high <= low) return classes;
  double power = pow(10, floor(log10((high - low) / THEME_HEATS)));
  for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
    classes.step = wider[i] * power;
    classes.low = floor(low / classes.step + 1e-9) * classes.step;
    classes.count = (size_t)ceil((high - classes.low) / classes.step - 1e-9);
    if (classes.count <= THEME_HEATS) break;
  }
  return classes;
}

static size_t class_of(const struct classes *classes, double value) {
  double place = floor((value - classes->low) / classes->step + 1e-9);
  return (size_t)fmin(fmax(place, 0), (double)classes->count - 1);
}

/* The colours of fewer classes are spread over all there are. */
static enum theme_colour class_colour(const struct classes *classes, size_t class) {
  size_t last = classes->count > 1 ? classes->count - 1 : 1;
  return COLOUR_HEAT_1 + (enum theme_colour)(class * (THEME_HEATS - 1) / last);
}

static double shown_value(const struct chart_input *input, const struct indicator *indicator) {
  return (input->indicator->percent ? 100 : 1) * indicator->estimate;
}

static const struct indicator *value_of(const struct chart_input *input,
                                        const struct drawn_report *report) {
  return report_indicator(report, input->indicator->name, input->indicator->category);
}

static const struct indicator_bounds *bounds_of(const struct chart_input *input,
                                                const struct drawn_report *report) {
  return report_bounds(report, input->indicator->name, input->indicator->category);
}

struct extent {
  double low, high;
  const char *first, *last; /* years with values or bounds */
  bool form_break;
  size_t values;
};

static struct extent find_extent(const struct chart_input *input) {
  struct extent extent = {.low = INFINITY, .high = -INFINITY};
  for (size_t i = 0; i < input->subject.count; i++) {
    const struct drawn_report *report = input->subject.report[i];
    const struct indicator *indicator = value_of(input, report);
    if (!indicator && !bounds_of(input, report)) continue;
    if (!extent.first || strcmp(report->year, extent.first) < 0) extent.first = report->year;
    if (!extent.last || strcmp(report->year, extent.last) > 0) extent.last = report->year;
    if (!indicator) continue;
    double value = shown_value(input, indicator);
    extent.low = fmin(extent.low, value);
    extent.high = fmax(extent.high, value);
    extent.form_break |= indicator->form_break;
    extent.values++;
  }
  return extent;
}

/* Of an indicator that blanks leave open there is no number to colour the cell by. */
static void set_bounds(const struct chart_input *input, struct heat_cell *cell,
                       const struct drawn_report *report) {
  if (!bounds_of(input, report)) return;
  cell->shown = "?";
  cell->status = "bounds";
  cell->doubted = true;
}

static void set_cell(const struct chart_input *input, struct heat_cell *cell,
                     const struct drawn_report *report, const struct classes *classes) {
  const struct indicator *indicator = value_of(input, report);
  cell->key = report->id;
  cell->status = "no_value";
  if (!indicator) {
    set_bounds(input, cell, report);
    return;
  }
  double value = shown_value(input, indicator);
  const char *estimate = chart_estimate(input, indicator->estimate);
  *cell = (struct heat_cell){
      .colour = class_colour(classes, class_of(classes, value)),
      .shown = arena_bytes(input->arena, estimate, strcspn(estimate, "%")),
      .exact = arena_format(input->arena, "%.6g", value),
      .status = indicator->form_break ? "form_break" : "",
      .key = report->id,
      .doubted = indicator->failed_edit,
  };
}

static struct heat_row new_row(const struct chart_input *input) {
  struct heat_row row = {"", arena_array(input->arena, GRID_COLUMNS, sizeof *row.cell)};
  for (size_t i = 0; i < GRID_COLUMNS; i++)
    row.cell[i] = (struct heat_cell){COLOUR_GUIDE, "–", "", "no_report", "", false};
  return row;
}

/* False where a page cannot hold them. */
static bool add_rows(const struct chart_input *input, struct heat_grid *grid,
                     const struct classes *classes) {
  const struct drawn_report *before = NULL;
  for (size_t i = 0; i < input->subject.count; i++) {
    const struct drawn_report *report = input->subject.report[i];
    if (!before || strcmp(before->series, report->series) != 0) {
      if (grid->rows.count == GRID_ROWS) return false;
      *list_add(input->arena, &grid->rows) = new_row(input);
    }
    struct heat_row *row = &grid->rows.item[grid->rows.count - 1];
    row->label = report->organ;
    long column = chart_year_column(grid, report->year);
    if (column >= 0) set_cell(input, &row->cell[column], report, classes);
    before = report;
  }
  return true;
}

static void set_legend(const struct chart_input *input, struct heat_grid *grid,
                       const struct classes *classes, bool has_gaps) {
  bool percent = input->indicator->percent;
  enum reading reading = chart_reading(input);
  for (size_t i = 0; i < classes->count; i++) {
    double low = classes->low + (double)i * classes->step;
    grid->legend[grid->legends++] = (struct legend_entry){
        arena_format(input->arena, "%s–%s", axis_label(input->arena, low, percent, reading),
                     axis_label(input->arena, low + classes->step, percent, reading)),
        class_colour(classes, i)};
  }
  if (has_gaps)
    grid->legend[grid->legends++] =
        (struct legend_entry){words_get(input->words, input->chart, "no_value"), COLOUR_GUIDE};
}

const char *chart_heat_map(const struct chart_input *input, struct picture *picture) {
  struct heat_grid *grid = &picture->grid;
  struct extent extent = find_extent(input);
  picture->body = &grid_body;
  if (extent.values == 0) return "missing";
  struct classes classes = make_classes(extent.low, extent.high);
  if (!chart_year_columns(input, grid, extent.first, extent.last) ||
      !add_rows(input, grid, &classes))
    return "too_many";
  picture->years = chart_years(input, extent.first, extent.last);
  set_legend(input, grid, &classes, extent.values < grid->rows.count * grid->columns);
  struct filling fillings[] = {{"organs", arena_format(input->arena, "%zu", grid->rows.count)},
                               {"values", arena_format(input->arena, "%zu", extent.values)},
                               {NULL, NULL}};
  picture->subtitle =
      chart_words(input, input->indicator->percent ? "subtitle_percent" : "subtitle", fillings);
  if (extent.form_break) chart_note(input, picture, "note_break", fillings);
  return NULL;
}
