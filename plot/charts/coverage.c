/* Of which divisions and years there are reports. */
#include <string.h>

#include "plot/charts/chart.h"

static const struct {
  const char *state, *sign;
  enum theme_colour colour;
} states[] = {
    {"present", "", COLOUR_HEAT_4},
    {"duplicate", "2+", COLOUR_HEAT_2},
    {"rejected", "×", COLOUR_SERIES_2},
    {"missing", "–", COLOUR_GUIDE},
};
enum { STATES = sizeof states / sizeof *states };

static size_t state_of(const char *name) {
  for (size_t i = 0; i < STATES; i++)
    if (strcmp(states[i].state, name) == 0) return i;
  return STATES - 1;
}

/* The division's government by the name in its latest report; without one, the code. */
static const char *name_of(const struct chart_input *input, const char *division) {
  const char *series = arena_format(input->arena, "%s-all", division);
  const char *name = division;
  for (size_t i = 0; i < input->subject.count; i++)
    if (strcmp(input->subject.report[i]->series, series) == 0)
      name = input->subject.report[i]->organ;
  return name;
}

static bool is_of_subject(const struct chart_input *input, const struct coverage_cell *coverage) {
  const char *prefix = input->subject.prefix;
  bool is_unknown = input->subject.place && !*prefix;
  return is_unknown ? !*coverage->division
                    : strncmp(coverage->division, prefix, strlen(prefix)) == 0;
}

static struct heat_row new_row(const struct chart_input *input, const char *division) {
  struct heat_row row = {name_of(input, division),
                         arena_array(input->arena, GRID_COLUMNS, sizeof *row.cell)};
  for (size_t i = 0; i < GRID_COLUMNS; i++)
    row.cell[i] = (struct heat_cell){COLOUR_PAPER, "", "", "", "", false};
  return row;
}

static void set_legend(const struct chart_input *input, struct heat_grid *grid,
                       const size_t counts[STATES]) {
  for (size_t i = 0; i < STATES; i++) {
    if (counts[i] == 0) continue;
    struct filling fillings[] = {{"n", arena_format(input->arena, "%zu", counts[i])}, {NULL, NULL}};
    grid->legend[grid->legends++] = (struct legend_entry){
        chart_words(input, arena_format(input->arena, "state_%s", states[i].state), fillings),
        states[i].colour};
  }
}

/* Adds a cell; false where a page cannot hold it. */
static bool add_cell(const struct chart_input *input, struct heat_grid *grid,
                     const struct coverage_cell *coverage, const char *division_before) {
  long column = chart_year_column(grid, coverage->year);
  if (column < 0) return false;
  if (!division_before || strcmp(division_before, coverage->division) != 0) {
    if (grid->rows.count == GRID_ROWS) return false;
    *list_add(input->arena, &grid->rows) = new_row(input, coverage->division);
  }
  size_t state = state_of(coverage->state);
  grid->rows.item[grid->rows.count - 1].cell[column] = (struct heat_cell){
      states[state].colour, states[state].sign, "", coverage->state, coverage->division, false};
  return true;
}

const char *chart_coverage(const struct chart_input *input, struct picture *picture) {
  struct heat_grid *grid = &picture->grid;
  const struct coverage_cell *all = input->reports->coverage;
  size_t count = input->reports->coverages, counts[STATES] = {0}, cells = 0;
  const char *first = NULL, *last = NULL, *before = NULL;
  picture->body = &grid_body;
  for (size_t i = 0; i < count; i++) {
    if (!is_of_subject(input, &all[i])) continue;
    if (!first || strcmp(all[i].year, first) < 0) first = all[i].year;
    if (!last || strcmp(all[i].year, last) > 0) last = all[i].year;
  }
  if (!first) return "missing";
  if (!chart_year_columns(input, grid, first, last)) return "too_many";
  for (size_t i = 0; i < count; i++) {
    if (!is_of_subject(input, &all[i])) continue;
    if (!add_cell(input, grid, &all[i], before)) return "too_many";
    before = all[i].division;
    counts[state_of(all[i].state)]++;
    cells++;
  }
  picture->years = chart_years(input, first, last);
  set_legend(input, grid, counts);
  struct filling fillings[] = {{"divisions", arena_format(input->arena, "%zu", grid->rows.count)},
                               {"cells", arena_format(input->arena, "%zu", cells)},
                               {"n", arena_format(input->arena, "%zu", counts[0] + counts[1])},
                               {NULL, NULL}};
  picture->subtitle = chart_words(input, "subtitle", fillings);
  return NULL;
}
