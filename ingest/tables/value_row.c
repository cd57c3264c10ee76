/* Finds the cell under each leaf of the heading, by columns where spans are known, else by order.
 */
#include "ingest/tables/value_row.h"

static const struct label no_label = {.text = "", .character = (const int[]){0}};

/* The leaf that covers COLUMN. */
static size_t leaf_over(const struct heading *heading, size_t column) {
  size_t leaf = 0;
  while (leaf + 1 < heading->leaves && heading->column[leaf + 1] <= column) leaf++;
  return leaf;
}

/* Takes CELL, left of the values: a label, the unit, or (under LEAF) a note. A number where none
 * should be means that the columns are not what they seem. 数量 behind a label goes on with it. */
static void take_label(const struct table_reader *reader, struct value_row *values,
                       const struct grid_cell *cell, size_t leaf) {
  enum beside beside = values->heading->beside[leaf];
  values->labels++;
  if (cell->is_unit) values->unit = cell;
  if (cell->is_unit && !values->labelled) values->fits = false; /* it is of the row before */
  if (cell->is_unit || cell->is_blank || beside == BESIDE_NOTE) return;
  bool goes_on = values->labelled && table_is_count(reader, &cell->label);
  if (beside == BESIDE_NOTHING && !goes_on) values->labelled = cell;
  values->fits &= !cell->is_value || (beside == BESIDE_UNIT && cell->is_none);
}

/* The unit may also stand right of the values. */
static void find_unit(struct value_row *values) {
  const struct heading *heading = values->heading;
  for (size_t leaf = heading->first; leaf < heading->leaves && !values->unit; leaf++) {
    const struct grid_cell *cell = values->value[leaf - heading->first];
    if (cell && cell->is_unit && heading->match[leaf] == ALIGN_NONE) values->unit = cell;
  }
}

/* A label that reaches under the values, two values under one leaf, or one value under several mean
 * that the columns are not what they seem. */
static void take_cells_by_column(const struct table_reader *reader, struct value_row *values) {
  const struct heading *heading = values->heading;
  const struct grid_row *row = &reader->row[values->row];
  size_t first_column = heading->column[heading->first];
  for (size_t j = 0; j < row->cells; j++) {
    const struct grid_cell *cell = &row->cell[j];
    size_t end = cell->column + cell->columns;
    if (cell->column < first_column) {
      take_label(reader, values, cell, leaf_over(heading, cell->column));
      values->fits &= end <= first_column || cell->is_blank;
      continue;
    }
    size_t leaf = leaf_over(heading, cell->column), last = leaf_over(heading, end - 1);
    for (; leaf <= last; leaf++) {
      const struct grid_cell **value = &values->value[leaf - heading->first];
      values->fits &= cell->is_blank || (leaf == last && (!*value || (*value)->is_blank));
      if (!*value || (*value)->is_blank) *value = cell;
    }
  }
}

/* How many blank cells at the end of ROW are more than the WANTED values behind its last label; 0
 * where something else is there too much, or too little. Where the cell behind the label is blank
 * as well, it may be a covered one or the first value: then *IS_UNSURE. */
static size_t surplus_at_end(const struct grid_row *row, size_t wanted, bool *is_unsure) {
  size_t labels = 0, blank = 0;
  for (size_t j = 0; j < row->cells; j++)
    if (!row->cell[j].is_blank && !row->cell[j].is_value) labels = j + 1;
  while (blank < row->cells && row->cell[row->cells - 1 - blank].is_blank) blank++;
  size_t surplus = row->cells > labels + wanted ? row->cells - labels - wanted : 0;
  if (labels == 0 || surplus > blank) return 0;
  *is_unsure = surplus > 0 && labels + surplus < row->cells && row->cell[labels].is_blank &&
               blank + labels < row->cells;
  return surplus;
}

/* The values are the last cells of the row, whatever its labels, but for blank cells that fill it
 * up. */
static void take_cells_from_right(const struct table_reader *reader, struct value_row *values) {
  const struct grid_row *row = &reader->row[values->row];
  size_t wanted = values->heading->leaves - values->heading->first;
  bool is_unsure = false;
  size_t cells = row->cells - surplus_at_end(row, wanted, &is_unsure);
  values->fits = cells >= wanted && !values->heading->has_gap && !is_unsure;
  if (!values->fits) return;
  size_t first = values->heading->first, labels = cells - wanted;
  for (size_t j = 0; j < labels; j++) /* notes are counted from the values: labels may be lost */
    take_label(reader, values, &row->cell[j], first + j < labels ? 0 : first + j - labels);
  for (size_t j = 0; j < wanted; j++) values->value[j] = &row->cell[labels + j];
}

/* Spans that offices set by hand often part the heading otherwise than the rows below it. Where the
 * row has just as many cells as the heading asks for, reaches to the edge, and holds values and
 * nothing else behind its labels, the order of the cells says what the columns do not. */
static void take_cells_in_order(const struct table_reader *reader, struct value_row *values) {
  const struct grid_row *row = &reader->row[values->row];
  const struct grid_cell *last = &row->cell[row->cells - 1];
  struct value_row ordered = *values;
  ordered.labelled = ordered.unit = NULL;
  ordered.labels = 0;
  take_cells_from_right(reader, &ordered);
  if (!ordered.fits || !ordered.labelled || last->column + last->columns != reader->width) return;
  size_t wanted = values->heading->leaves - values->heading->first;
  if (ordered.labels - (ordered.unit != NULL) > wanted) return;
  for (size_t j = 0; j < wanted; j++)
    if (!ordered.value[j]->is_value && !ordered.value[j]->is_blank) return;
  *values = ordered;
}

/* False also where the heading stands in a grid of other columns, before a page break. */
static bool reads_by_column(const struct table_reader *reader, const struct heading *heading) {
  return !reader->ragged && heading->column && heading->column[heading->leaves] == reader->width;
}

struct value_row value_row_read(const struct table_reader *reader, const struct heading *heading,
                                size_t row) {
  struct value_row values = {.row = row, .heading = heading, .label = &no_label, .fits = true};
  values.may_be_cut = reader->block->grid.row[row].may_be_cut;
  if (!heading) {
    values.fits = false;
    return values;
  }
  values.value = arena_array(reader->arena, heading->leaves + 1, sizeof *values.value);
  if (!reads_by_column(reader, heading)) {
    take_cells_from_right(reader, &values);
  } else {
    take_cells_by_column(reader, &values);
    if (!values.fits) take_cells_in_order(reader, &values);
  }
  if (values.fits) find_unit(&values);
  if (values.labelled && !table_is_count(reader, &values.labelled->label))
    values.label = &values.labelled->label;
  values.is_note = table_is_note(reader, values.label);
  return values;
}

const struct grid_cell *row_last_text(const struct grid_row *row) {
  for (size_t j = row->cells; j-- > 0;)
    if (!row->cell[j].is_blank && !row->cell[j].is_unit) return &row->cell[j];
  return NULL;
}

bool row_is_title(const struct table_template *table, const struct grid_row *row) {
  const struct grid_cell *last = row_last_text(row);
  for (size_t i = 0; last && i < table->rows.count; i++)
    if (table->rows.item[i].is_title &&
        template_likeness(&table->rows.item[i], &last->label, SURELY) >= SURELY)
      return true;
  return false;
}

/* The label of a row of TABLE, or of several run together. */
static bool names_rows(const struct table_template *table, const struct label *label) {
  return template_has(&table->rows, label, SURELY) || template_label_rows(table, label) > 1;
}

bool row_is_unfilled(const struct table_template *table, const struct grid_row *row,
                     const struct heading *heading) {
  const struct grid_cell *last = row_last_text(row);
  for (size_t j = 0; last && j < row->cells / 2; j++) {
    const struct grid_cell *cell = &row->cell[j];
    if (cell->label.length && (cell == last || heading))
      if (names_rows(table, &cell->label)) return true;
    if (!cell->is_blank && heading_is_column(table, cell)) return false;
  }
  return false;
}
