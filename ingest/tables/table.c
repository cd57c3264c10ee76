/* Prepares cells once, however many templates are tried on them. Knows no form. */
#include "ingest/tables/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

long label_year(const char **label) {
  const char *at = *label;
  if (strspn(at, "0123456789") != 4) return 0;
  size_t unit = text_begins(at + 4, "年度");
  if (!unit) unit = text_begins(at + 4, "年");
  if (unit) *label = at + 4 + unit;
  return unit ? strtol(at, NULL, 10) : 0;
}

bool table_is_count(const struct table_reader *reader, const struct label *label) {
  const char *rest = label->text;
  long year = label_year(&rest);
  if (year) return year == reader->year && *rest == '\0';
  return template_has(&reader->words->counts, label, 1);
}

bool table_is_note(const struct table_reader *reader, const struct label *label) {
  const char *rest = label->text;
  long year = label_year(&rest);
  if (year) return year != reader->year && *rest == '\0';
  return template_has(&reader->words->notes, label, SURELY) ||
         template_has(&reader->words->earlier, label, 1);
}

/* LABEL without the year of the report, where something else is left. */
static const char *without_year(const struct table_reader *reader, const char *label) {
  const char *rest = label;
  long year = label_year(&rest);
  return year && year == reader->year && *rest ? rest : label;
}

static struct grid_cell prepare_cell(const struct table_reader *reader, const struct cell *cell) {
  struct arena *arena = reader->arena;
  const char *compact = text_compact(arena, cell->text);
  return (struct grid_cell){
      .text = cell->text,
      .label = label_prepare(arena, without_year(reader, label_normal(arena, cell->text))),
      .column = cell->column,
      .columns = cell->columns,
      .is_blank = *compact == '\0',
      .is_value = number_is_value(reader->numerals, compact),
      .is_none = number_is_none(reader->numerals, compact),
      .is_unit = *number_unit(arena, reader->numerals, compact) != '\0',
  };
}

static void prepare_row(struct table_reader *reader, const struct row *from, struct grid_row *row) {
  row->cell = arena_array(reader->arena, from->cells + 1, sizeof *row->cell);
  for (size_t i = 0; i < from->cells; i++) {
    const struct cell *cell = &from->cell[i];
    if (cell->column < reader->from || cell->column >= reader->to) continue;
    row->cell[row->cells] = prepare_cell(reader, cell);
    row->has_values |= row->cell[row->cells++].is_value;
    if (cell->column + cell->columns > reader->width) reader->width = cell->column + cell->columns;
  }
}

/* Where spans were lost, rows may be filled up with blank cells; those at the end of every row are
 * no column. */
static void drop_blank_ends(struct table_reader *reader) {
  size_t most = SIZE_MAX;
  for (size_t i = 0; i < reader->rows; i++) {
    const struct grid_row *row = &reader->row[i];
    size_t blank = 0;
    while (blank < row->cells && row->cell[row->cells - 1 - blank].is_blank) blank++;
    if (blank < row->cells && blank < most) most = blank;
  }
  for (size_t i = 0; i < reader->rows && most < SIZE_MAX; i++) {
    struct grid_row *row = &reader->row[i];
    row->cells -= most < row->cells ? most : row->cells;
  }
}

/* ---- columns that stand although spans were lost ---- */

/* Converters that cannot join cells often print every cell that is covered as a blank one: all rows
 * then have equally many cells, and a cell's place in its row is its column. Rows that were only
 * filled up at the end look alike, but then the heading, whose covered cells are gone, does not
 * reach over the values. */

/* The first and the last column of ROW that holds a figure; false where none does. */
static bool figures_of(const struct grid_row *row, size_t *first, size_t *last) {
  bool any = false;
  for (size_t j = 0; j < row->cells; j++) {
    if (!row->cell[j].is_value || row->cell[j].is_none) continue;
    if (!any) *first = j;
    *last = j;
    any = true;
  }
  return any;
}

/* Where the rows of READER have equally many cells, those before the first row with values being
 * named over the columns FIRST and LAST. */
static bool is_named_over(const struct table_reader *reader, size_t first, size_t last) {
  bool names_first = false, names_last = false;
  for (size_t i = 0; i < reader->rows && !reader->row[i].has_values; i++) {
    names_first |= !reader->row[i].cell[first].is_blank;
    names_last |= !reader->row[i].cell[last].is_blank;
  }
  return names_first && names_last;
}

static bool columns_stand(const struct table_reader *reader) {
  size_t first = SIZE_MAX, last = 0, from = 0, to = 0;
  for (size_t i = 0; i < reader->rows; i++) {
    if (reader->row[i].cells != reader->row[0].cells || reader->row[i].cells < 2) return false;
    if (!figures_of(&reader->row[i], &from, &to)) continue;
    if (from < first) first = from;
    if (to > last) last = to;
  }
  return first < SIZE_MAX && is_named_over(reader, first, last);
}

static size_t filled_cells(const struct grid_row *row) {
  size_t filled = 0;
  for (size_t j = 0; j < row->cells; j++) filled += !row->cell[j].is_blank;
  return filled;
}

/* The cell of ROW that covers COLUMN, or NULL. */
static const struct grid_cell *cell_over(const struct grid_row *row, size_t column) {
  for (size_t j = 0; j < row->cells; j++)
    if (row->cell[j].column <= column && column < row->cell[j].column + row->cell[j].columns)
      return &row->cell[j];
  return NULL;
}

/* Blank cells of a heading behind a name belong to it, but not below a name that is over one column
 * only, or behind the end of the name above. */
static void join_blank_cells(struct grid_row *row, const struct grid_row *above) {
  size_t kept = 0;
  for (size_t j = 0; j < row->cells; j++) {
    struct grid_cell *before = kept ? &row->cell[kept - 1] : NULL, cell = row->cell[j];
    const struct grid_cell *over = above ? cell_over(above, cell.column) : NULL;
    bool joins = cell.is_blank && before && !before->is_blank &&
                 (!over || (over->columns > 1 && over == cell_over(above, before->column)));
    if (joins)
      before->columns++;
    else
      row->cell[kept++] = cell;
  }
  row->cells = kept;
}

/* True where ROW, which has no values, is a heading: it stands before all values, or begins as the
 * heading above these does. A row of blank values is none. */
static bool is_heading_row(const struct table_reader *reader, size_t row, size_t first_values) {
  const struct grid_row *at = &reader->row[row];
  if (at->has_values || filled_cells(at) < 2) return false;
  for (size_t i = 0; i < first_values; i++)
    if (row < first_values || (at->cell->label.length > 0 &&
                               strcmp(at->cell->label.text, reader->row[i].cell->label.text) == 0))
      return true;
  return false;
}

static void join_headings(struct table_reader *reader) {
  const struct grid_row *above = NULL;
  size_t first = 0;
  while (first < reader->rows && !reader->row[first].has_values) first++;
  for (size_t i = 0; i < reader->rows; i++) {
    struct grid_row *row = &reader->row[i];
    bool is_heading = is_heading_row(reader, i, first);
    if (is_heading) join_blank_cells(row, above);
    above = is_heading ? row : NULL;
  }
}

void table_prepare(struct table_reader *reader) {
  reader->rows = reader->block->grid.rows;
  reader->row = arena_array(reader->arena, reader->rows + 1, sizeof *reader->row);
  for (size_t i = 0; i < reader->rows; i++)
    prepare_row(reader, &reader->block->grid.row[i], &reader->row[i]);
  reader->ragged = reader->block->grid.ragged && !columns_stand(reader);
  if (reader->ragged)
    drop_blank_ends(reader);
  else if (reader->block->grid.ragged)
    join_headings(reader);
}
