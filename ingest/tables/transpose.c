/* Exchanges rows and columns. Knows no form. */
#include "ingest/tables/transpose.h"

enum { SHORTEST_SIDE = 2, LONGEST_SIDE = 128 }; /* of a table of the forms, with room */

static size_t width_of(const struct grid *grid) {
  size_t width = 0;
  for (size_t i = 0; i < grid->rows; i++)
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      if (cell->column + cell->columns > width) width = cell->column + cell->columns;
    }
  return width;
}

static bool can_be_turned(const struct grid *grid, size_t width) {
  if (grid->rows < SHORTEST_SIDE || grid->rows > LONGEST_SIDE || width < SHORTEST_SIDE ||
      width > LONGEST_SIDE)
    return false;
  for (size_t i = 0; i < grid->rows; i++) {
    const struct row *row = &grid->row[i];
    if (row->may_be_cut || row->page != grid->row->page) return false;
    if (grid->ragged && row->cells != grid->row->cells) return false;
  }
  return true;
}

/* What stands in row I and column C is at[I * WIDTH + C]; where a row has no cell in a column, the
 * one above reaches down. */
static const struct cell **cells_at(struct arena *arena, const struct grid *grid, size_t width) {
  const struct cell **at = arena_array(arena, grid->rows * width, sizeof *at);
  for (size_t i = 0; i < grid->rows; i++) {
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      for (size_t c = cell->column; c < cell->column + cell->columns; c++) at[i * width + c] = cell;
    }
    for (size_t c = 0; c < width && i > 0; c++)
      if (!at[i * width + c]) at[i * width + c] = at[(i - 1) * width + c];
  }
  return at;
}

/* Column C as a row: the cells that begin in it. */
static struct row column_as_row(struct arena *arena, const struct grid *grid, size_t width,
                                const struct cell *const *at, size_t c) {
  struct cell *cell = arena_array(arena, grid->rows, sizeof *cell);
  struct row row = {.cell = cell, .page = grid->row->page};
  for (size_t i = 0; i < grid->rows;) {
    const struct cell *here = at[i * width + c];
    size_t end = i + 1;
    while (here && end < grid->rows && at[end * width + c] == here) end++;
    if (here && here->column == c) cell[row.cells++] = (struct cell){here->text, i, end - i};
    i = end;
  }
  return row;
}

bool grid_transpose(struct arena *arena, const struct grid *grid, struct grid *turned) {
  size_t width = width_of(grid);
  if (!can_be_turned(grid, width)) return false;
  const struct cell *const *at = cells_at(arena, grid, width);
  struct row *row = arena_array(arena, width, sizeof *row);
  for (size_t c = 0; c < width; c++) row[c] = column_as_row(arena, grid, width, at, c);
  *turned = (struct grid){.row = row, .rows = width, .ragged = grid->ragged};
  return true;
}
