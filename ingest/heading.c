/* Folds the rows above the values to one label a column, and aligns these with the form's columns.
 */
#include "ingest/heading.h"

#include "ingest/caption.h"

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

bool heading_is_column(const struct table_template *table, const struct grid_cell *cell) {
  return cell && template_has(&table->columns, &cell->label, LABEL_THRESHOLD);
}

/* Where a row leaves out the cells that a row above reaches down to: its cells divide those above
 * that are no columns themselves (法人或其他组织, between 自然人 and 总计), each into equally many.
 * False where it does not. */
static bool divide_leaves(const struct table_reader *reader, const struct table_template *table,
                          const struct grid_row *row, struct heading *heading) {
  size_t first = 0, groups = 0, leaves = 0;
  while (first < heading->leaves && !heading_is_column(table, heading->leaf[first])) first++;
  for (size_t i = first; i < heading->leaves; i++)
    groups += !heading_is_column(table, heading->leaf[i]);
  if (groups == 0 || row->cells == 0 || row->cells % groups != 0) return false;

  const struct grid_cell **leaf =
      arena_array(reader->arena, heading->leaves + row->cells, sizeof *leaf);
  const struct grid_cell *part = row->cell;
  for (size_t i = 0; i < heading->leaves; i++) {
    bool is_whole = i < first || heading_is_column(table, heading->leaf[i]);
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

/* Leaves out the columns that MAY not stand under the heading, unless it has as many as the form.
 */
static void leave_other_groups(size_t n, size_t m, struct columns_named may, double *likeness) {
  size_t columns = 0;
  for (size_t i = 0; i < n; i++) {
    size_t j = 0;
    while (j < m && likeness[i * m + j] < SURELY) j++;
    columns += j < m;
  }
  for (size_t i = 0; i < n * m; i++)
    if (!may.in_order || (columns != m && !may.named[i % m])) likeness[i] = 0;
}

/* The only one of COUNT likenesses, STEP apart, that is 1; COUNT where there is none or several. */
static size_t only_exact(const double *likeness, size_t count, size_t step) {
  size_t only = count;
  for (size_t i = 0; i < count; i++) {
    if (likeness[i * step] < 1) continue;
    if (only < count) return count;
    only = i;
  }
  return only;
}

/* Labels that are the form's own, and stand once in the heading and once in the form, need no
 * order: some print 总计 first. They decide where they are more than those that stand in order. */
static void take_exact_labels(size_t n, size_t m, const double *likeness, int *match) {
  size_t exact = 0, aligned = 0;
  for (size_t i = 0; i < n; i++) {
    size_t j = only_exact(likeness + i * m, m, 1);
    exact += j < m && only_exact(likeness + j, n, m) == i;
    aligned += match[i] != ALIGN_NONE;
  }
  for (size_t i = 0; i < n && exact > aligned; i++) {
    size_t j = only_exact(likeness + i * m, m, 1);
    bool is_sure = j < m && only_exact(likeness + j, n, m) == i;
    match[i] = is_sure ? (int)j : ALIGN_NONE;
  }
}

/* A column that another label, which is no other column, surely names as well is nobody's. */
static void leave_rivals(size_t n, size_t m, const double *likeness, int *match) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n && match[i] == ALIGN_NONE; k++)
      if (match[k] != ALIGN_NONE && likeness[i * m + (size_t)match[k]] >= SURELY)
        match[k] = ALIGN_NONE;
}

bool heading_read(const struct table_reader *reader, const struct table_template *table,
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
    template_decide(likeness + i * m, m);
  }
  leave_other_groups(n, m, caption_columns(reader, table, from, to), likeness);
  heading->match = arena_array(reader->arena, n + 1, sizeof *heading->match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, heading->match);
  take_exact_labels(n, m, likeness, heading->match);
  leave_rivals(n, m, likeness, heading->match);

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

struct heading *heading_by_content(const struct table_reader *reader,
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
