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

void table_prepare(struct table_reader *reader) {
  reader->rows = reader->block->grid.rows;
  reader->row = arena_array(reader->arena, reader->rows + 1, sizeof *reader->row);
  for (size_t i = 0; i < reader->rows; i++)
    prepare_row(reader, &reader->block->grid.row[i], &reader->row[i]);
  if (reader->block->grid.ragged) drop_blank_ends(reader);
}
