/* Rows and columns of coloured cells with their values: the layout and the data file. Knows no
 * report. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/measure.h"
#include "core/base/one_line.h"
#include "plot/drawing/picture.h"

enum { GAP = 4 };

struct layout {
  const struct theme *theme;
  const struct heat_grid *grid;
  struct text_lines *label;      /* one a row */
  double left, top, row, column; /* ROW and COLUMN: pitch */
  double page;                   /* the width of a block of rows; blocks stand side by side */
  size_t block;                  /* how many rows are in one */
};

static double shift_of(const struct layout *layout, size_t row) {
  size_t block = row / layout->block;
  return (double)block * layout->page;
}

static double middle_of(const struct layout *layout, size_t row) {
  return layout->top + layout->row * ((double)(row % layout->block) + 0.5);
}

static struct layout lay_out_cells(struct arena *arena, const struct theme *theme,
                                   const struct heat_grid *grid, double top) {
  struct layout layout = {.theme = theme,
                          .grid = grid,
                          .row = theme->row,
                          .page = theme->width / (double)theme->columns,
                          .block = (grid->rows.count + theme->columns - 1) / theme->columns};
  layout.label = arena_array(arena, grid->rows.count, sizeof *layout.label);
  /* in narrow blocks cells are colours only, and a name of one line saves height */
  double widest = 0, share = theme->columns > 2 ? 0.55 : theme->label_share;
  for (size_t i = 0; i < grid->rows.count; i++) {
    layout.label[i] =
        text_wrap_evenly(arena, grid->rows.item[i].label, layout.page * share / theme->detail);
    widest = fmax(widest, text_lines_width(&layout.label[i]) * theme->detail);
    layout.row = fmax(layout.row, (double)layout.label[i].count * theme->detail * 1.25 + 2);
  }
  layout.left = theme->margin + widest + GAP;
  layout.top = top + theme->small * theme->leading;
  layout.column = (layout.page - theme->margin - layout.left) / (double)grid->columns;
  layout.column = fmin(layout.column, 4 * theme->row);
  return layout;
}

static void add_label(const struct layout *layout, struct script *script, size_t row) {
  const struct text_lines *label = &layout->label[row];
  double size = layout->theme->detail, middle = middle_of(layout, row);
  for (size_t i = 0; i < label->count; i++)
    script_add_text(script,
                    &(struct script_text){
                        .text = label->line[i],
                        .x = layout->left - GAP + shift_of(layout, row),
                        .y = middle + ((double)i - (double)(label->count - 1) / 2) * size * 1.25,
                        .size = size,
                        .align = ALIGN_RIGHT,
                        .colour = COLOUR_INK});
}

/* Whether SHOWN stands in a column without touching what stands beside it. */
static bool has_room(const struct layout *layout, const char *shown) {
  return text_width(shown) * layout->theme->small + 1.5 <= layout->column;
}

/* Numbers are shown in all cells or in none. */
static bool numbers_have_room(const struct layout *layout) {
  const struct heat_grid *grid = layout->grid;
  for (size_t row = 0; row < grid->rows.count; row++)
    for (size_t column = 0; column < grid->columns; column++) {
      const struct heat_cell *cell = &grid->rows.item[row].cell[column];
      if (*cell->exact && !has_room(layout, cell->shown)) return false;
    }
  return true;
}

/* Whether the text of CELL is shown; NUMBERS says it of all that are numbers. */
static bool shows_text(const struct layout *layout, const struct heat_cell *cell, bool numbers) {
  return *cell->exact ? numbers : has_room(layout, cell->shown);
}

/* Names stand above every n-th column: the least n for which they do not touch. */
static size_t name_every(const struct layout *layout) {
  double widest = 0;
  for (size_t i = 0; i < layout->grid->columns; i++)
    widest = fmax(widest, text_width(layout->grid->column[i]));
  return (size_t)fmax(1, ceil((widest * layout->theme->small + 3) / layout->column));
}

/* A text in the middle of a column. */
static void add_centred(const struct layout *layout, struct script *script, const char *shown,
                        double left, size_t column, double y, enum theme_colour colour) {
  script_add_text(script, &(struct script_text){.text = shown,
                                                .x = left + layout->column * ((double)column + 0.5),
                                                .y = y,
                                                .size = layout->theme->small,
                                                .align = ALIGN_CENTRE,
                                                .colour = colour});
}

/* Above each block of rows. */
static void add_column_names(const struct layout *layout, struct script *script) {
  const struct heat_grid *grid = layout->grid;
  double y = layout->top - layout->theme->small * layout->theme->leading / 2;
  for (size_t row = 0; row < grid->rows.count; row += layout->block)
    for (size_t back = 0, every = name_every(layout); back < grid->columns; back += every) {
      size_t column = grid->columns - 1 - back; /* the last is never left out */
      add_centred(layout, script, grid->column[column], layout->left + shift_of(layout, row),
                  column, y, COLOUR_QUIET);
    }
}

static void add_texts(const struct layout *layout, struct script *script) {
  const struct heat_grid *grid = layout->grid;
  bool numbers = numbers_have_room(layout);
  add_column_names(layout, script);
  for (size_t row = 0; row < grid->rows.count; row++) {
    add_label(layout, script, row);
    for (size_t column = 0; column < grid->columns; column++) {
      const struct heat_cell *cell = &grid->rows.item[row].cell[column];
      if (shows_text(layout, cell, numbers))
        add_centred(layout, script, cell->shown, layout->left + shift_of(layout, row), column,
                    middle_of(layout, row), theme_text_on(layout->theme, cell->colour));
    }
  }
}

/* The cells of a colour, with a rim of paper. In the data file: column, row, colour. */
static void plot_cells(const struct layout *layout, struct script *script) {
  for (enum theme_colour colour = 0; colour < COLOURS; colour++) {
    bool used = false;
    for (size_t row = 0; row < layout->grid->rows.count; row++)
      for (size_t column = 0; column < layout->grid->columns; column++)
        used |= layout->grid->rows.item[row].cell[column].colour == colour;
    if (used && colour != COLOUR_PAPER)
      script_add_plot(script,
                      "using (column(3) == %d ? column(1)+%.6g*int((column(2)-1)/%zu) : NaN):"
                      "(column(2)-%zu*int((column(2)-1)/%zu)):(0.5-%.4f):(0.5-%.4f) with "
                      "boxxyerror fillstyle solid noborder linecolor rgb '%s'",
                      (int)colour, layout->page / layout->column, layout->block, layout->block,
                      layout->block, 0.5 / layout->column, 0.5 / layout->row,
                      layout->theme->colour[colour]);
  }
}

/* A hatch over the cell whose upper left corner is at LEFT and TOP, leaving out the number that
 * stands in its middle. */
static void hatch_cell(const struct layout *layout, struct script *script,
                       const struct heat_cell *cell, bool number, double left, double top) {
  double right = left + layout->column - 1, bottom = top + layout->row - 1;
  double x = (left + right) / 2, y = (top + bottom) / 2, size = layout->theme->small;
  double half = number ? text_width(cell->shown) * size / 2 + 1 : 0;
  double half_high = number ? size * 0.55 : 0;
  double inner_left = fmax(left, x - half), inner_right = fmin(right, x + half);
  enum theme_colour colour = theme_text_on(layout->theme, cell->colour);
  script_add_hatch(script, left, top, inner_left, bottom, colour);
  script_add_hatch(script, inner_right, top, right, bottom, colour);
  if (!number) return;
  script_add_hatch(script, inner_left, top, inner_right, y - half_high, colour);
  script_add_hatch(script, inner_left, y + half_high, inner_right, bottom, colour);
}

static void add_hatches(const struct layout *layout, struct script *script) {
  const struct heat_grid *grid = layout->grid;
  bool numbers = numbers_have_room(layout);
  for (size_t row = 0; row < grid->rows.count; row++)
    for (size_t column = 0; column < grid->columns; column++) {
      const struct heat_cell *cell = &grid->rows.item[row].cell[column];
      if (!cell->doubted) continue;
      double left = layout->left + shift_of(layout, row) + layout->column * (double)column;
      double top = middle_of(layout, row) - layout->row / 2;
      hatch_cell(layout, script, cell, shows_text(layout, cell, numbers), left + 0.5, top + 0.5);
    }
}

static double lay_out(struct arena *arena, const struct theme *theme, const struct picture *picture,
                      struct script *script, double top) {
  const struct heat_grid *grid = &picture->grid;
  top = picture_add_legend(theme, grid->legend, grid->legends, script, top);
  struct layout layout = lay_out_cells(arena, theme, grid, top);
  double columns = (double)grid->columns, rows = (double)layout.block;
  double beyond = theme->width - layout.page;
  double bottom = layout.top + rows * layout.row;
  add_texts(&layout, script);
  plot_cells(&layout, script);
  add_hatches(&layout, script);
  script_set_frame(script,
                   &(struct script_frame){.left = layout.left,
                                          .top = layout.top,
                                          .right = layout.left + columns * layout.column + beyond,
                                          .bottom = bottom,
                                          .x_low = 0.5,
                                          .x_high = columns + 0.5 + beyond / layout.column,
                                          .y_low = 0.5,
                                          .y_high = rows + 0.5});
  return bottom + 2;
}

static void write_data(struct arena *arena, const struct theme *theme,
                       const struct picture *picture, FILE *file) {
  (void)theme;
  const struct heat_grid *grid = &picture->grid;
  fputs("column\trow\tcolour\tvalue\tstatus\tyear\tkey\tname\n", file);
  for (size_t row = 0; row < grid->rows.count; row++)
    for (size_t column = 0; column < grid->columns; column++) {
      const struct heat_cell *cell = &grid->rows.item[row].cell[column];
      fprintf(file, "%zu\t%zu\t%d\t%s\t%s\t%s\t%s\t%s\n", column + 1, row + 1, (int)cell->colour,
              cell->exact, text_one_line(arena, cell->status),
              text_one_line(arena, grid->column[column]), text_one_line(arena, cell->key),
              text_one_line(arena, grid->rows.item[row].label));
    }
}

static double number_in(const struct heat_grid *grid, size_t place) {
  const struct heat_cell *cell =
      &grid->rows.item[place / grid->columns].cell[place % grid->columns];
  return *cell->exact ? strtod(cell->exact, NULL) : NAN;
}

static void tell_cell(struct arena *arena, const struct heat_grid *grid, size_t place,
                      const char *words, struct fact_list *facts) {
  size_t row = place / grid->columns, column = place % grid->columns;
  *list_add(arena, &facts->list) = (struct picture_fact){
      arena_format(arena, "%s %s", grid->rows.item[row].label, grid->column[column]),
      grid->rows.item[row].cell[column].shown, words, false};
}

/* The highest and the lowest of the numbers; where there are none, the legend, which counts. */
static void tell(struct arena *arena, const struct picture *picture, struct fact_list *facts) {
  const struct heat_grid *grid = &picture->grid;
  size_t places = grid->rows.count * grid->columns, high = places, low = places;
  for (size_t i = 0; i < places; i++) {
    double number = number_in(grid, i);
    if (isnan(number)) continue;
    if (high == places || number > number_in(grid, high)) high = i;
    if (low == places || number < number_in(grid, low)) low = i;
  }
  if (high < places) tell_cell(arena, grid, high, "alternative_highest", facts);
  if (low < places) tell_cell(arena, grid, low, "alternative_lowest", facts);
  for (size_t i = 0; i < grid->legends && high == places; i++)
    *list_add(arena, &facts->list) =
        (struct picture_fact){grid->legend[i].label, "", "alternative_label", false};
}

const struct body grid_body = {lay_out, write_data, tell};
