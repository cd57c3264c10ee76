/* Aligns tables with the statutory forms. Knows no file format; knows the forms only by forms.csv.
 *
 * For each grid and each template: the rows without values above the values are the heading, which
 * is folded to one label a column; these labels are aligned with the template's columns, the labels
 * of the rows with its rows; the template with the best score reads the grid. */
#include "ingest/form.h"

#include <stdint.h>
#include <string.h>

#include "datasets/label.h"
#include "ingest/align.h"
#include "ingest/template.h"
#include "ingest/text_table.h"

/* Below these a label is another label, and a table another table. Chosen so that one wrong or
 * missing character in three or four still passes, but not two in four or five: 结果 is not
 * 结果维持, 邮件申请数 not 传真申请数. */
static const double LABEL_THRESHOLD = 0.65, TABLE_THRESHOLD = 0.55;

/* A label that surely is a row's, without any help from the rows around it. */
static const double SURELY = 0.8;

/* ---- what a grid's rows are ---- */

struct grid_cell {
  const char *text;
  struct label label; /* normal */
  size_t column, columns;
  bool is_blank, is_value;
  bool is_none; /* a value that is none: "/", —— */
  bool is_unit; /* a unit and nothing else: the unit of its row */
};

struct grid_row {
  struct grid_cell *cell;
  size_t cells;
  bool has_values;
};

struct table_reader {
  struct arena *arena;
  const struct codebook *codebook;
  const struct numerals *numerals;
  const struct block *block;
  const struct text_table *text; /* NULL: the grid stands in the document */
  size_t from, to; /* the columns that are read: tables may stand side by side in one grid */
  struct grid_row *row;
  size_t rows, width;
};

static struct grid_cell prepare_cell(const struct table_reader *reader, const struct cell *cell) {
  struct arena *arena = reader->arena;
  const char *compact = text_compact(arena, cell->text);
  return (struct grid_cell){
      .text = cell->text,
      .label = label_prepare(arena, label_normal(arena, cell->text)),
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

/* ---- the heading: one label a column ---- */

/* What stands under a leaf that is no column of the form. */
enum beside { BESIDE_NOTHING, BESIDE_UNIT, BESIDE_NOTE };

struct heading {
  const struct grid_cell **leaf; /* the lowest cells with text, from left to right; NULL: none */
  size_t *column; /* where spans are known: the first column of each leaf, and the one behind all */
  size_t leaves;
  int *match;          /* the template's column of each leaf, or ALIGN_NONE */
  enum beside *beside; /* of each leaf: a unit, or what is passed over */
  size_t first;        /* the first leaf that has a match: what is left of it are labels of rows */
  bool has_gap;        /* spans are lost, and nobody knows what stands between two of its columns */
  double likeness;     /* of the leaves from FIRST on, on average */
};

/* Where spans are known: the lowest cell with text that covers a column; a cell over several
 * columns is one leaf. */
static void fold_by_column(const struct table_reader *reader, size_t from, size_t to,
                           struct heading *heading) {
  size_t width = reader->width;
  heading->leaf = arena_array(reader->arena, width + 1, sizeof *heading->leaf);
  heading->column = arena_array(reader->arena, width + 1, sizeof *heading->column);
  for (size_t i = from; i < to; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct grid_cell *cell = &reader->row[i].cell[j];
      for (size_t c = cell->column; !cell->is_blank && c < cell->column + cell->columns; c++)
        heading->leaf[c] = cell;
    }
  for (size_t c = 0; c < width; c++) {
    const struct grid_cell *cell = heading->leaf[c];
    if (cell && heading->leaves > 0 && heading->leaf[heading->leaves - 1] == cell) continue;
    heading->column[heading->leaves] = c;
    heading->leaf[heading->leaves++] = cell;
  }
  heading->column[heading->leaves] = width;
}

static bool is_column(const struct table_template *table, const struct grid_cell *cell) {
  return cell && template_has(&table->columns, &cell->label, LABEL_THRESHOLD);
}

/* Where a row leaves out the cells that a row above reaches down to: its cells divide those above
 * that are no columns themselves (法人或其他组织, between 自然人 and 总计), each into equally many.
 * False where it does not. */
static bool divide_leaves(const struct table_reader *reader, const struct table_template *table,
                          const struct grid_row *row, struct heading *heading) {
  size_t first = 0, groups = 0, leaves = 0;
  while (first < heading->leaves && !is_column(table, heading->leaf[first])) first++;
  for (size_t i = first; i < heading->leaves; i++) groups += !is_column(table, heading->leaf[i]);
  if (groups == 0 || row->cells == 0 || row->cells % groups != 0) return false;

  const struct grid_cell **leaf =
      arena_array(reader->arena, heading->leaves + row->cells, sizeof *leaf);
  const struct grid_cell *part = row->cell;
  for (size_t i = 0; i < heading->leaves; i++) {
    bool is_whole = i < first || is_column(table, heading->leaf[i]);
    if (is_whole) leaf[leaves++] = heading->leaf[i];
    for (size_t k = 0; !is_whole && k < row->cells / groups; k++) leaf[leaves++] = part++;
  }
  heading->leaf = leaf;
  heading->leaves = leaves;
  return true;
}

/* Where spans are lost: a blank cell goes on with a cell of the row above, from the left and from
 * the right; what stands between are parts of what is left above. */
static void fold_by_order(const struct table_reader *reader, const struct table_template *table,
                          size_t from, size_t to, struct heading *heading) {
  for (size_t i = from; i < to; i++) {
    const struct grid_row *row = &reader->row[i];
    const struct grid_cell **leaf = arena_array(reader->arena, row->cells + 1, sizeof *leaf);
    size_t left = 0, right = 0;
    while (left < row->cells && row->cell[left].is_blank) left++;
    while (right < row->cells - left && row->cell[row->cells - 1 - right].is_blank) right++;
    if (left + right == 0 && divide_leaves(reader, table, row, heading)) continue;
    for (size_t j = 0; j < row->cells; j++) {
      if (!row->cell[j].is_blank)
        leaf[j] = &row->cell[j];
      else if (j < left && j < heading->leaves)
        leaf[j] = heading->leaf[j];
      else if (j >= row->cells - right && row->cells - j <= heading->leaves)
        leaf[j] = heading->leaf[heading->leaves - (row->cells - j)];
    }
    heading->leaf = leaf;
    heading->leaves = row->cells;
  }
}

/* Folds the rows FROM to TO and aligns the labels with the columns of TABLE. False where not one
 * label is a column's. */
static bool read_heading(const struct table_reader *reader, const struct table_template *table,
                         size_t from, size_t to, struct heading *heading) {
  *heading = (struct heading){0};
  if (reader->block->grid.ragged)
    fold_by_order(reader, table, from, to, heading);
  else
    fold_by_column(reader, from, to, heading);

  size_t n = heading->leaves, m = table->columns.count;
  double *likeness = arena_array(reader->arena, n * m + 1, sizeof *likeness);
  heading->beside = arena_array(reader->arena, n + 1, sizeof *heading->beside);
  for (size_t i = 0; i < n; i++) {
    if (!heading->leaf[i]) continue;
    const struct label *label = &heading->leaf[i]->label;
    heading->beside[i] = template_has(&table->units, label, SURELY)   ? BESIDE_UNIT
                         : template_has(&table->notes, label, SURELY) ? BESIDE_NOTE
                                                                      : BESIDE_NOTHING;
    for (size_t j = 0; j < m && !heading->beside[i]; j++)
      likeness[i * m + j] = template_likeness(&table->columns.item[j], label, LABEL_THRESHOLD);
  }
  heading->match = arena_array(reader->arena, n + 1, sizeof *heading->match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, heading->match);

  heading->first = n;
  double sum = 0, labels = 0, of_labels = 0;
  bool has_gap = false; /* left of a column */
  for (size_t i = n; i-- > 0;) {
    of_labels += !heading->beside[i];
    has_gap |= !heading->leaf[i] && heading->first < n && reader->block->grid.ragged;
    if (heading->match[i] == ALIGN_NONE) continue;
    heading->first = i;
    heading->has_gap = has_gap;
    labels = of_labels;
    sum += likeness[i * m + (size_t)heading->match[i]];
  }
  if (heading->first < n) heading->likeness = sum / labels;
  return heading->first < n;
}

/* What the cells of the rows with values hold in one position. */
struct position {
  size_t figures, units, others;
};

/* The positions of all rows with values, CELLS of them; NULL where the rows have other numbers of
 * cells. */
static struct position *positions_of(const struct table_reader *reader, size_t cells) {
  struct position *position = arena_array(reader->arena, cells, sizeof *position);
  for (size_t i = 0; i < reader->rows; i++) {
    const struct grid_row *row = &reader->row[i];
    if (!row->has_values) continue;
    if (row->cells != cells) return NULL;
    for (size_t j = 0; j < cells; j++) {
      const struct grid_cell *cell = &row->cell[j];
      bool is_figure = cell->is_value && !cell->is_none;
      position[j].figures += is_figure;
      position[j].units += cell->is_unit;
      position[j].others += !is_figure && !cell->is_unit && !cell->is_none && !cell->is_blank;
    }
  }
  return position;
}

/* The heading of a table that is printed without one, or with words of its own, where the template
 * has a single column: the only position that holds figures and nothing else is that column. ROW is
 * one with values. NULL where the rows are not like that. */
static struct heading *heading_by_content(const struct table_reader *reader,
                                          const struct table_template *table, size_t row) {
  size_t cells = reader->row[row].cells, values = 0;
  if (table->columns.count != 1) return NULL;
  const struct position *position = positions_of(reader, cells);
  if (!position) return NULL;
  struct heading *heading = arena_alloc(reader->arena, sizeof *heading);
  *heading = (struct heading){
      .leaf = arena_array(reader->arena, cells, sizeof *heading->leaf),
      .leaves = cells,
      .match = arena_array(reader->arena, cells, sizeof *heading->match),
      .beside = arena_array(reader->arena, cells, sizeof *heading->beside),
      .likeness = 1,
  };
  for (size_t j = 0; j < cells; j++) {
    bool only_figures = position[j].figures && !position[j].units && !position[j].others;
    bool only_units = position[j].units && !position[j].figures && !position[j].others;
    heading->beside[j] = only_units ? BESIDE_UNIT : BESIDE_NOTHING;
    heading->match[j] = only_figures ? 0 : ALIGN_NONE;
    if (only_figures) heading->first = j;
    values += only_figures;
  }
  return values == 1 && heading->first > 0 ? heading : NULL;
}

/* ---- rows of values ---- */

static const struct label no_label = {.text = "", .character = (const int[]){0}};

struct value_row {
  size_t row; /* in the grid */
  const struct heading *heading;
  const struct label *label;        /* normal */
  const struct grid_cell *labelled; /* the cell it comes from; NULL: a row without label */
  const struct grid_cell *unit;     /* the cell that names the unit of its values, or NULL */
  size_t labels;                    /* how many of its cells stand left of the values */
  const struct grid_cell **value;   /* under each leaf from heading->first on; NULL: no cell */
  bool fits;       /* it has the cells that its heading asks for, and no number among its labels */
  bool is_several; /* it names more than one row of the form */
  bool is_unsure;  /* it could as well be another row of the form */
  bool is_title;   /* it has no cells but its label */
  bool may_be_cut; /* a page break may have cut its cells in two */
};

/* The leaf that covers COLUMN. */
static size_t leaf_over(const struct heading *heading, size_t column) {
  size_t leaf = 0;
  while (leaf + 1 < heading->leaves && heading->column[leaf + 1] <= column) leaf++;
  return leaf;
}

/* Takes CELL, left of the values: a label, the unit, or (under LEAF) a note. A number where none
 * should be means that the columns are not what they seem. */
static void take_label(struct value_row *values, const struct grid_cell *cell, size_t leaf) {
  enum beside beside = values->heading->beside[leaf];
  values->labels++;
  if (cell->is_unit) values->unit = cell;
  if (cell->is_unit && !values->labelled) values->fits = false; /* it is of the row before */
  if (cell->is_unit || cell->is_blank || beside == BESIDE_NOTE) return;
  if (beside == BESIDE_NOTHING) values->labelled = cell;
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
      take_label(values, cell, leaf_over(heading, cell->column));
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

/* The values are the last cells of the row, whatever its labels. */
static void take_cells_from_right(const struct table_reader *reader, struct value_row *values) {
  const struct grid_row *row = &reader->row[values->row];
  size_t wanted = values->heading->leaves - values->heading->first;
  values->fits = row->cells >= wanted && !values->heading->has_gap;
  if (!values->fits) return;
  size_t first = values->heading->first, labels = row->cells - wanted;
  for (size_t j = 0; j < labels; j++) /* notes are counted from the values: labels may be lost */
    take_label(values, &row->cell[j], first + j < labels ? 0 : first + j - labels);
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
  return !reader->block->grid.ragged && heading->column &&
         heading->column[heading->leaves] == reader->width;
}

static struct value_row read_value_row(const struct table_reader *reader,
                                       const struct heading *heading, size_t row) {
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
  if (values.labelled) values.label = &values.labelled->label;
  return values;
}

/* The last cell of ROW that holds anything but a unit, or NULL. */
static const struct grid_cell *last_text(const struct grid_row *row) {
  for (size_t j = row->cells; j-- > 0;)
    if (!row->cell[j].is_blank && !row->cell[j].is_unit) return &row->cell[j];
  return NULL;
}

/* A row without values that is the title of rows of TABLE. */
static bool is_title(const struct table_template *table, const struct grid_row *row) {
  const struct grid_cell *last = last_text(row);
  for (size_t i = 0; last && i < table->rows.count; i++)
    if (table->rows.item[i].is_title &&
        template_likeness(&table->rows.item[i], &last->label, SURELY) >= SURELY)
      return true;
  return false;
}

/* The label of a row of TABLE, or of several run together. */
static bool names_rows(const struct table_template *table, const struct label *label) {
  return template_has(&table->rows, label, SURELY) || template_rows_in(table, label) > 1;
}

/* A row without values where they should be: a row's label in its left half, no label of a column
 * before it, and behind it blank cells or, below a heading, what is no value. */
static bool is_unfilled(const struct table_template *table, const struct grid_row *row,
                        const struct heading *heading) {
  const struct grid_cell *last = last_text(row);
  for (size_t j = 0; last && j < row->cells / 2; j++) {
    const struct grid_cell *cell = &row->cell[j];
    if (cell->label.length && (cell == last || heading))
      if (names_rows(table, &cell->label)) return true;
    if (!cell->is_blank && is_column(table, cell)) return false;
  }
  return false;
}

/* ---- a grid read by a template ---- */

struct reading {
  const struct table_template *table;
  LIST_OF(struct value_row) rows;
  int *match; /* the template's row of each, or ALIGN_NONE */
  double score;
  const double *likeness;        /* of each row to each of the template's */
  const struct heading *heading; /* the last one; before reading, that of the grid before */
  size_t from, next;             /* the template's rows that may come first, and behind it */
};

/* How far a template was read in the grids so far. */
struct progress {
  const struct heading *heading; /* the last one */
  size_t next;                   /* the row behind the last that was found */
};

/* True where the variables of PARENT's rows are divided by those of ROW: outcome.other and
 * outcome.other.fee_unpaid. */
static bool is_part_of(const struct template_line *row, const struct template_line *parent) {
  size_t length = strlen(parent->id);
  return row == parent || (strncmp(row->id, parent->id, length) == 0 && row->id[length] == '.');
}

/* Rows run together, in one label or in cells side by side, or a label where a value should be:
 * nobody knows whose the values are. */
static bool is_several_rows(const struct table_reader *reader, const struct table_template *table,
                            const struct value_row *values, const struct template_line *like) {
  if (template_rows_in(table, values->label) > 1) return true;
  const struct grid_row *row = &reader->row[values->row];
  for (size_t j = 0; j < row->cells; j++) {
    const struct grid_cell *cell = &row->cell[j];
    if (cell->is_value || cell == values->labelled) continue;
    for (size_t i = 0; i < table->rows.count; i++)
      if (!table->rows.item[i].is_title &&
          template_likeness(&table->rows.item[i], &cell->label, SURELY) >= SURELY &&
          !is_part_of(like, &table->rows.item[i]))
        return true;
  }
  return false;
}

/* Values without a label at the top of a page are the rest of the row above, whose own values then
 * are not whole either. */
static void find_cut_rows(const struct table_reader *reader, struct reading *reading) {
  const struct row *row = reader->block->grid.row;
  for (size_t i = 1; i < reading->rows.count; i++) {
    struct value_row *values = &reading->rows.item[i], *above = values - 1;
    if (values->labels == 0 || values->labelled || !above->labelled) continue;
    if (row[values->row].page == row[above->row].page) continue;
    values->may_be_cut = above->may_be_cut = true;
  }
}

static void collect_rows(const struct table_reader *reader, struct reading *reading) {
  const struct heading *heading = reading->heading;
  size_t start = 0; /* of the rows without values since the last value */
  bool first = true;
  for (size_t i = 0; i < reader->rows; i++) {
    const struct grid_row *row = &reader->row[i];
    bool titles = !row->has_values && is_title(reading->table, row);
    if (!row->has_values && !titles && !is_unfilled(reading->table, row, heading)) continue;
    if (start < i) {
      struct heading *next = arena_alloc(reader->arena, sizeof *next);
      if (read_heading(reader, reading->table, start, i, next)) heading = next;
    }
    start = i + 1;
    if (titles) {
      *list_add(reader->arena, &reading->rows) = (struct value_row){
          .row = i, .label = &last_text(row)->label, .fits = true, .is_title = true};
      continue;
    }
    if (!heading && first) heading = heading_by_content(reader, reading->table, i);
    first = false;
    *list_add(reader->arena, &reading->rows) = read_value_row(reader, heading, i);
  }
  reading->heading = heading;
  find_cut_rows(reader, reading);
}

/* Where the rows could as well be paired otherwise, labels that stand more than once in the form
 * decide nothing: sure is only what both the earliest and the latest pairing say, and what follows
 * its neighbour in the document as in the form. */
static void find_unsure_rows(const struct table_reader *reader, struct reading *reading) {
  size_t n = reading->rows.count, m = reading->table->rows.count;
  double *backwards = arena_array(reader->arena, n * m + 1, sizeof *backwards);
  int *latest = arena_array(reader->arena, n + 1, sizeof *latest);
  for (size_t i = 0; i < n * m; i++) backwards[i] = reading->likeness[n * m - 1 - i];
  align_sequences(reader->arena, n, m, backwards, LABEL_THRESHOLD, latest);
  int before = (int)reading->from - 1; /* the row of the form above, where that is sure */
  for (size_t i = 0; i < n; i++) {
    int match = reading->match[i], other = latest[n - 1 - i];
    bool is_other = other == ALIGN_NONE || (int)m - 1 - other != match;
    if (match == ALIGN_NONE) continue;
    bool is_unsure = is_other && match != before + 1;
    reading->rows.item[i].is_unsure = is_unsure;
    if (is_unsure) reading->match[i] = ALIGN_NONE;
    before = is_unsure ? -2 : match;
  }
}

static double *likenesses(const struct table_reader *reader, const struct reading *reading) {
  const template_lines *lines = &reading->table->rows;
  size_t n = reading->rows.count, m = lines->count;
  double *likeness = arena_array(reader->arena, n * m + 1, sizeof *likeness);
  for (size_t i = 0; i < n; i++) {
    const struct value_row *row = &reading->rows.item[i];
    for (size_t j = reading->from; j < m && row->fits; j++)
      if (!row->is_title || lines->item[j].is_title)
        likeness[i * m + j] = template_likeness(&lines->item[j], row->label, LABEL_THRESHOLD);
  }
  return likeness;
}

/* Reads the grid by TABLE, from its row FROM on; HEADING is the last one of the grid before that
 * followed TABLE, or NULL. The score is the mean likeness of the rows times that of the headings.
 */
static struct reading read_by(const struct table_reader *reader, const struct table_template *table,
                              const struct heading *heading, size_t from) {
  struct reading reading = {.table = table, .heading = heading, .from = from, .next = from};
  collect_rows(reader, &reading);
  size_t n = reading.rows.count, m = table->rows.count, count = 0;
  const double *likeness = reading.likeness = likenesses(reader, &reading);
  reading.match = arena_array(reader->arena, n + 1, sizeof *reading.match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, reading.match);

  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    struct value_row *row = &reading.rows.item[i];
    int match = reading.match[i];
    count += !row->is_title;
    if (match == ALIGN_NONE) continue;
    reading.next = (size_t)match + 1;
    if (row->is_title) continue;
    row->is_several = is_several_rows(reader, table, row, &table->rows.item[match]);
    if (row->is_several)
      reading.match[i] = ALIGN_NONE;
    else
      sum += likeness[i * m + (size_t)match] * row->heading->likeness;
  }
  reading.score = count ? sum / (double)count : 0;
  return reading;
}

/* Reads the grid by TABLE as the rest of the one before (a page break may cut a table in two), or
 * as a new one where that is more like it. */
static struct reading read_on_by(const struct table_reader *reader,
                                 const struct table_template *table,
                                 const struct progress *progress) {
  struct reading reading = read_by(reader, table, progress->heading, progress->next);
  if (progress->next == 0) return reading;
  struct reading anew = read_by(reader, table, progress->heading, 0);
  return anew.score > reading.score ? anew : reading;
}

/* ---- observations ---- */

/* The unit in `（单位：元）`, "" where LABEL names none. */
static const char *unit_in(struct arena *arena, const struct grid_cell *label) {
  const char *compact = label ? text_compact(arena, label->text) : "";
  const char *unit = strstr(compact, "单位");
  if (!unit) return "";
  unit += strlen("单位");
  if (*unit == ':') unit++;
  return arena_bytes(arena, unit, strcspn(unit, ")"));
}

/* The unit of the value under LEAF of a row: named in the heading, in a cell of the row, or in the
 * row's label, as 单位 or as its last note （万元）. */
static const char *unit_of(const struct table_reader *reader, const struct value_row *values,
                           size_t leaf) {
  struct arena *arena = reader->arena;
  const char *unit = unit_in(arena, values->heading->leaf[leaf]);
  if (*unit == '\0' && values->unit)
    unit = number_unit(arena, reader->numerals, text_compact(arena, values->unit->text));
  if (*unit == '\0') unit = unit_in(arena, values->labelled);
  if (*unit || !values->labelled) return unit;
  const char *label = text_compact(arena, values->labelled->text), *note = strrchr(label, '(');
  return note ? number_unit(arena, reader->numerals, note) : "";
}

/* "table 3, row 5", or "paragraph 41" */
static const char *row_locator(struct arena *arena, const struct table_reader *reader, size_t row) {
  const struct block *line = reader->text ? reader->text->line[row] : NULL;
  if (line) return block_locator(arena, line, line->page);
  return arena_format(arena, "%s, row %zu",
                      block_locator(arena, reader->block, reader->block->grid.row[row].page),
                      row + 1);
}

/* "table 3, row 5, column 2", or "paragraph 42" */
static const char *cell_locator(struct arena *arena, const struct table_reader *reader, size_t row,
                                const struct grid_cell *cell) {
  const struct text_table *text = reader->text;
  if (!text)
    return arena_format(arena, "%s, column %zu", row_locator(arena, reader, row), cell->column + 1);
  const struct block *line = text->line[row] + (text->is_apart ? cell->column : 0);
  return block_locator(arena, line, line->page);
}

static void take_value(const struct table_reader *reader, const struct value_row *values,
                       const struct template_line *row, const struct template_line *column,
                       size_t leaf, struct findings *findings) {
  const struct grid_cell *cell = values->value[leaf - values->heading->first];
  const struct variable *variable = template_variable(reader->arena, reader->codebook, row, column);
  if (!cell || (!variable && (cell->is_blank || cell->is_none))) return;
  const char *locator = cell_locator(findings->arena, reader, values->row, cell);
  if (!variable) {
    findings_reject(findings, "cell_not_understood", "%s: the form has no such cell; it holds '%s'",
                    locator, cell->text);
    return;
  }
  const char *category = variable->dimension == DIMENSION_NONE ? "" : column->category;
  findings_add(findings, variable, category,
               number_read(reader->arena, reader->numerals, variable, cell->text,
                           unit_of(reader, values, leaf)),
               cell->text, locator);
}

static void take_row(const struct table_reader *reader, const struct reading *reading, size_t index,
                     struct findings *findings) {
  const struct value_row *values = &reading->rows.item[index];
  const struct heading *heading = values->heading;
  if (values->is_title) return;
  if (values->may_be_cut || reading->match[index] == ALIGN_NONE) {
    const char *why = !heading             ? "no heading stands above it"
                      : values->may_be_cut ? "a page break may have cut it in two"
                      : values->is_several ? "several rows of the form stand in it"
                      : values->is_unsure  ? "more than one row of the form is like it"
                      : values->fits       ? "no row of the form is like it"
                                           : "its cells do not fit under the heading";
    findings_reject(findings, "row_not_understood", "%s: %s; it begins with '%s'",
                    row_locator(findings->arena, reader, values->row), why,
                    values->labelled ? values->labelled->text
                                     : reader->row[values->row].cell->text);
    return;
  }
  const struct template_line *row = &reading->table->rows.item[reading->match[index]];
  for (size_t leaf = heading->first; leaf < heading->leaves; leaf++) {
    const struct grid_cell *cell = values->value[leaf - heading->first];
    if (heading->match[leaf] != ALIGN_NONE)
      take_value(reader, values, row, &reading->table->columns.item[heading->match[leaf]], leaf,
                 findings);
    else if (cell && !cell->is_blank && !cell->is_unit && !cell->is_none &&
             heading->beside[leaf] != BESIDE_NOTE)
      findings_reject(findings, "cell_not_understood",
                      "%s: no column of the form is like '%s'; the cell holds '%s'",
                      cell_locator(findings->arena, reader, values->row, cell),
                      heading->leaf[leaf] ? heading->leaf[leaf]->text : "", cell->text);
  }
}

/* Reads the table by the template that is most like it; *SCORE tells how much. False where none is
 * enough. PROGRESS: of each template so far. */
static bool read_table(const struct forms *forms, struct table_reader *reader,
                       struct progress *progress, struct findings *findings, double *score) {
  reader->rows = reader->block->grid.rows;
  reader->row = arena_array(reader->arena, reader->rows + 1, sizeof *reader->row);
  for (size_t i = 0; i < reader->rows; i++)
    prepare_row(reader, &reader->block->grid.row[i], &reader->row[i]);
  struct reading best = {0};
  size_t best_table = 0;
  for (size_t i = 0; i < forms->tables.count; i++) {
    struct reading reading = read_on_by(reader, &forms->tables.item[i], &progress[i]);
    if (reading.score <= best.score) continue;
    best = reading;
    best_table = i;
  }
  *score = best.score;
  if (!best.table || best.score < TABLE_THRESHOLD) return false;
  progress[best_table] = (struct progress){best.heading, best.next};
  find_unsure_rows(reader, &best);
  for (size_t i = 0; i < best.rows.count; i++) take_row(reader, &best, i, findings);
  return true;
}

static void tell_table(const struct table_reader *reader, const char *locator, double score,
                       struct findings *findings) {
  findings_reject(findings, "table_not_understood",
                  "%s (%zu rows) is like no table of the forms: the best score is %.2f of the %.2f "
                  "that are needed",
                  locator, reader->rows, score, TABLE_THRESHOLD);
}

static void read_grid(const struct forms *forms, struct table_reader *reader,
                      struct progress *progress, struct findings *findings) {
  double score;
  bool has_values = false;
  if (read_table(forms, reader, progress, findings, &score)) return;
  for (size_t i = 0; i < reader->rows; i++) has_values |= reader->row[i].has_values;
  if (has_values)
    tell_table(reader, block_locator(findings->arena, reader->block, reader->block->page), score,
               findings);
}

enum { MOST_SIDE_BY_SIDE = 8 };

/* How many cells of ROW make the heading of the first of tables that stand side by side: the fewest
 * that the whole row repeats, at least two, the first not being a column of values. 0: none. */
static size_t cells_repeated(const struct forms *forms, const struct table_reader *reader,
                             const struct row *row) {
  size_t n = row->cells;
  if (n < 4) return 0;
  const char **label = arena_array(reader->arena, n, sizeof *label);
  for (size_t j = 0; j < n; j++) {
    const char *text = row->cell[j].text;
    if (number_is_value(reader->numerals, text_compact(reader->arena, text))) return 0;
    label[j] = label_normal(reader->arena, text);
  }
  const struct label first = label_prepare(reader->arena, label[0]);
  for (size_t i = 0; i < forms->tables.count; i++)
    if (template_has(&forms->tables.item[i].columns, &first, LABEL_THRESHOLD)) return 0;
  for (size_t period = 2; first.length && period <= n / 2; period++) {
    size_t same = period;
    while (same < n && strcmp(label[same], label[same - period]) == 0) same++;
    if (same == n && n % period == 0) return n / period <= MOST_SIDE_BY_SIDE ? period : 0;
  }
  return 0;
}

/* Tables side by side are read one after the other. */
static void read_grids(const struct forms *forms, struct table_reader *reader,
                       struct progress *progress, struct findings *findings) {
  const struct grid *grid = &reader->block->grid;
  const struct row *heading = NULL;
  size_t period = 0;
  for (size_t i = 0; i < grid->rows && !period; i++) {
    heading = &grid->row[i];
    period = cells_repeated(forms, reader, heading);
  }
  for (size_t end = period; period && end < heading->cells; end += period) {
    reader->to = heading->cell[end].column;
    read_grid(forms, reader, progress, findings);
    reader->from = reader->to;
  }
  reader->to = SIZE_MAX;
  read_grid(forms, reader, progress, findings);
}

/* ---- tables printed as text ---- */

enum { FEWEST_LINES = 3 }; /* rows on lines; one or two may be a sentence */

/* Reads TEXT as a table; where it is understood, its paragraphs tell nothing besides. */
static void read_text_table(const struct forms *forms, const struct document *document, size_t from,
                            const struct text_table *text, const struct table_reader *reader,
                            struct progress *progress, struct findings *findings) {
  struct block table = document->blocks.item[from];
  struct table_reader own = *reader;
  double score;
  table.grid = text->grid;
  own.block = &table;
  own.text = text;
  if (!read_table(forms, &own, progress, findings, &score)) {
    if (text->is_apart) tell_table(&own, row_locator(findings->arena, &own, 0), score, findings);
    return;
  }
  for (size_t i = from; i < text->end; i++)
    *list_add(findings->arena, &findings->table_lines) = &document->blocks.item[i];
}

/* Reads the paragraphs from block FROM on that make a table; returns the block behind them. */
static size_t read_text(const struct forms *forms, const struct document *document, size_t from,
                        const struct table_reader *reader, struct progress *progress,
                        struct findings *findings) {
  struct text_table table =
      text_table_of_lines(forms, reader->numerals, reader->arena, document, from);
  bool is_table = table.values >= FEWEST_LINES;
  if (table.grid.rows == 0) {
    table = text_table_of_words(forms, reader->numerals, reader->arena, document, from);
    is_table = table.values > 0;
  }
  if (table.grid.rows == 0) {
    table = text_table_of_cells(forms, reader->numerals, reader->arena, document, from);
    is_table = table.values > 0;
  }
  if (is_table) read_text_table(forms, document, from, &table, reader, progress, findings);
  return table.end;
}

/* Tells of paragraphs that come out of a table, but were not read: a conversion lost its cells. */
static void tell_lost_rows(const struct forms *forms, const struct numerals *numerals,
                           const struct document *document, struct findings *findings) {
  const struct block *first = NULL;
  size_t lost = 0;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || findings_is_table_line(findings, block)) continue;
    if (!text_table_has_rows(forms, numerals, findings->arena, block->text)) continue;
    if (lost++ == 0) first = block;
  }
  if (lost > 0)
    findings_reject(findings, "table_not_understood",
                    "%s: it and %zu more paragraphs come out of tables whose cells were lost; save "
                    "the report as a web page or as a Word file",
                    block_locator(findings->arena, first, first->page), lost - 1);
}

/* ---- charts ---- */

static bool same_points(const struct chart *a, const struct chart *b) {
  if (a->points != b->points) return false;
  for (size_t i = 0; i < a->points; i++)
    if (strcmp(a->point[i].category, b->point[i].category) != 0 ||
        strcmp(a->point[i].value, b->point[i].value) != 0 ||
        strcmp(a->point[i].series, b->point[i].series) != 0)
      return false;
  return true;
}

/* A drawing and its fallback both carry the data; so may a copy further down. */
static bool was_read(const struct document *document, const struct block *block) {
  for (const struct block *other = document->blocks.item; other < block; other++)
    if (other->kind == BLOCK_CHART && same_points(&other->chart, &block->chart)) return true;
  return false;
}

static void read_chart(const struct forms *forms, const struct numerals *numerals,
                       const struct block *block, struct findings *findings) {
  const char *title = text_compact(findings->arena, block->chart.title);
  const struct variable *variable = NULL;
  for (size_t i = 0; i < forms->charts.count && !variable; i++)
    if (strstr(title, forms->charts.item[i].title)) variable = forms->charts.item[i].variable;
  if (!variable) {
    findings_reject(findings, "chart_not_understood", "%s: the title '%s' is not known",
                    block_locator(findings->arena, block, block->page), block->chart.title);
    return;
  }
  for (size_t i = 0; i < block->chart.points; i++) {
    const struct chart_point *point = &block->chart.point[i];
    findings_add(findings, variable, text_tidy(findings->arena, point->category),
                 number_read(findings->arena, numerals, variable, point->value, ""), point->value,
                 arena_format(findings->arena, "%s, point %zu",
                              block_locator(findings->arena, block, block->page), i + 1));
  }
}

/* ---- which forms ---- */

/* Adds the words of FORMS that LIST lacks. */
static const char *united(struct arena *arena, const char *list, const char *forms) {
  return *list && forms_overlap(list, forms) ? list
         : *list                             ? arena_format(arena, "%s %s", list, forms)
                                             : forms;
}

/* A section follows the forms that alone print some variable found in it; where there is none, any
 * form that prints them. */
static void find_section_forms(const struct forms *forms, const struct codebook *codebook,
                               struct findings *findings) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const char *section = forms->tables.item[t].name, *only = "", *any = "";
    for (size_t i = 0; i < findings->observations.count; i++) {
      const struct variable *variable =
          codebook_find(codebook, findings->observations.item[i].variable);
      if (strcmp(variable->section, section) != 0) continue;
      if (strchr(variable->forms, ' '))
        any = variable->forms;
      else
        only = united(findings->arena, only, variable->forms);
    }
    if (*only || *any)
      *list_add(findings->arena, &findings->sections) =
          (struct section_forms){section, *only ? only : any};
  }
}

/* ---- tables told as prose ---- */

enum { FEWEST_TOLD = 4 }; /* rows: fewer are told besides the table */

/* True where a number stands at TEXT, with no end of a clause and no list of names before it. */
static bool has_number_soon(const char *text) {
  enum { CHARACTERS = 12 };
  for (int i = 0; i < CHARACTERS && *text; i++) {
    if (text_begins(text, "。") || text_begins(text, ";") || text_begins(text, "、")) return false;
    int character = text_next(&text);
    if (character >= '0' && character <= '9') return true;
  }
  return false;
}

/* Marks the rows of TABLE that TEXT (compact) names with a number behind the name. */
static void mark_told_rows(const struct table_template *table, const char *text, bool *told) {
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct template_line *row = &table->rows.item[i];
    for (size_t k = 0; k < row->labels && !row->is_title && !told[i]; k++) {
      const char *found = strstr(text, row->label[k].text);
      told[i] = found && has_number_soon(found + strlen(row->label[k].text));
    }
  }
}

/* Tells where prose lists the values of TABLE: which of its columns each one is of is not read. */
static void tell_told_rows(const struct table_template *table, const struct document *document,
                           struct findings *findings) {
  struct arena *arena = findings->arena;
  bool *told = arena_array(arena, table->rows.count + 1, sizeof *told);
  const struct block *first = NULL;
  size_t count = 0;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || findings_is_table_line(findings, block)) continue;
    size_t before = count;
    mark_told_rows(table, text_compact(arena, block->text), told);
    for (size_t j = count = 0; j < table->rows.count; j++) count += told[j];
    if (before == 0 && count > 0) first = block;
  }
  if (count >= FEWEST_TOLD)
    findings_reject(findings, "table_not_understood",
                    "%s: prose tells %zu rows of a table that was not found (%s); only what a "
                    "rule for prose knows was taken",
                    block_locator(arena, first, first->page), count, table->name);
}

/* Of tables with several rows and columns that gave no value. */
static void tell_tables_told(const struct forms *forms, const struct document *document,
                             struct findings *findings) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const struct table_template *table = &forms->tables.item[t];
    bool is_told = table->columns.count > 1 && table->rows.count >= FEWEST_TOLD;
    for (size_t i = 0; i < findings->sections.count; i++)
      is_told &= strcmp(findings->sections.item[i].section, table->name) != 0;
    if (is_told) tell_told_rows(table, document, findings);
  }
}

void forms_read(const struct forms *forms, const struct codebook *codebook,
                const struct numerals *numerals, const struct document *document,
                struct findings *findings) {
  struct progress *progress =
      arena_array(findings->arena, forms->tables.count + 1, sizeof *progress);
  for (size_t i = 0; i < document->blocks.count;) {
    const struct block *block = &document->blocks.item[i];
    struct table_reader reader = {.arena = findings->arena,
                                  .codebook = codebook,
                                  .numerals = numerals,
                                  .block = block,
                                  .to = SIZE_MAX};
    if (block->kind == BLOCK_PARAGRAPH) {
      i = read_text(forms, document, i, &reader, progress, findings);
      continue;
    }
    if (block->kind == BLOCK_GRID) read_grids(forms, &reader, progress, findings);
    if (block->kind == BLOCK_CHART && !was_read(document, block))
      read_chart(forms, numerals, block, findings);
    i++;
  }
  tell_lost_rows(forms, numerals, document, findings);
  find_section_forms(forms, codebook, findings);
  tell_tables_told(forms, document, findings);
}
