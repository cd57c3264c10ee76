/* Folds the rows above the values to one label a column, and aligns these with the form's columns.
 */
#include "ingest/tables/heading.h"

#include <string.h>

#include "ingest/tables/caption.h"

/* ---- words that are no columns ---- */

/* What a label says of the figures below it, besides what they are figures of. */
enum aspect {
  ASPECT_NONE,
  ASPECT_COUNT, /* they are the values themselves: 数量, 本年, the year of the report */
  ASPECT_OTHER  /* they are of another year, or computed from the values: 上年, 占比, 同比 */
};

static bool is_earlier(const struct table_reader *reader, const struct label *label) {
  const char *rest = label->text;
  long year = label_year(&rest);
  if (year > 0 && year < reader->year) return true;
  return template_begins(&reader->words->earlier, label->text);
}

double heading_likeness(const struct table_reader *reader, const struct template_line *line,
                        const struct label *label) {
  double most = 0;
  for (size_t i = 0; i < line->labels; i++) {
    double likeness = label_likeness(label, &line->label[i], LABEL_THRESHOLD);
    if (likeness < LABEL_THRESHOLD || likeness <= most) continue;
    if (is_earlier(reader, label) == is_earlier(reader, &line->label[i])) most = likeness;
  }
  return most;
}

static bool is_column(const struct table_reader *reader, const struct table_template *table,
                      const struct label *label) {
  for (size_t i = 0; i < table->columns.count; i++)
    if (heading_likeness(reader, &table->columns.item[i], label) > 0) return true;
  return false;
}

static enum aspect aspect_of(const struct table_reader *reader, const struct table_template *table,
                             const struct label *label) {
  if (table_is_count(reader, label)) return ASPECT_COUNT;
  if (table_is_note(reader, label)) return ASPECT_OTHER;
  const char *rest = label->text;
  if (label_year(&rest)) return ASPECT_OTHER;
  bool is_foreign = is_earlier(reader, label) && !is_column(reader, table, label);
  return is_foreign ? ASPECT_OTHER : ASPECT_NONE;
}

/* ---- one label a column ---- */

static bool spans_all(const struct table_reader *reader, const struct grid_cell *cell) {
  return cell->column == reader->from && cell->column + cell->columns >= reader->width;
}

/* What stands over the values where CELL stands below ABOVE (NULL: nothing): what is under another
 * year is of that year, and 数量 under 自然人 is 自然人. */
static const struct grid_cell *below(const struct table_reader *reader,
                                     const struct table_template *table,
                                     const struct grid_cell *above, const struct grid_cell *cell) {
  if (!above || spans_all(reader, above)) return cell;
  bool goes_on = aspect_of(reader, table, &above->label) == ASPECT_OTHER ||
                 aspect_of(reader, table, &cell->label) == ASPECT_COUNT;
  if (!goes_on) return cell;
  struct grid_cell *both = arena_alloc(reader->arena, sizeof *both);
  *both = *above;
  both->text = arena_format(reader->arena, "%s%s", above->text, cell->text);
  return both;
}

/* Where spans are known: the lowest cell with text that covers a column; a cell over several
 * columns is one leaf. */
static void fold_by_column(const struct table_reader *reader, const struct table_template *table,
                           size_t from, size_t to, struct heading *heading) {
  size_t width = reader->width;
  heading->leaf = arena_array(reader->arena, width + 1, sizeof *heading->leaf);
  heading->column = arena_array(reader->arena, width + 1, sizeof *heading->column);
  for (size_t i = from; i < to; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct grid_cell *cell = &reader->row[i].cell[j], *above = NULL, *leaf = NULL;
      for (size_t c = cell->column; !cell->is_blank && c < cell->column + cell->columns; c++) {
        if (!leaf || heading->leaf[c] != above)
          leaf = below(reader, table, above = heading->leaf[c], cell);
        heading->leaf[c] = leaf;
      }
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

/* The label of a leaf that is nothing but a count: 数量 where it is the only one, and the heading
 * names no column of TABLE; else NULL, for nobody knows what is counted. */
static const struct label *count_label(const struct table_reader *reader,
                                       const struct table_template *table, size_t from, size_t to,
                                       size_t counts) {
  for (size_t i = from; i < to && counts == 1; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct label *label = &reader->row[i].cell[j].label;
      if (is_column(reader, table, label) && aspect_of(reader, table, label) == ASPECT_NONE)
        return NULL;
    }
  return counts == 1 ? &reader->words->counts.item[0].label[0] : NULL;
}

/* Leaves under the name of a group are no columns of another one. */
static void keep_to_groups(const struct table_reader *reader, const struct table_template *table,
                           size_t from, size_t to, const struct heading *heading,
                           double *likeness) {
  size_t n = heading->leaves, m = table->columns.count;
  for (size_t i = 0; i < n && table->groups.count > 0; i++) {
    const struct template_line *group =
        caption_group_over(reader, table, from, to, heading->column[i]);
    for (size_t j = 0; j < m && group; j++)
      if (!template_is_in_group(&table->columns.item[j], group)) likeness[i * m + j] = 0;
  }
}

/* Aligns the leaves with the columns. A leaf that could as well be another column, as where blocks
 * of columns have the same labels, is none. */
static void match_leaves(const struct table_reader *reader, const struct heading *heading,
                         size_t columns, const double *likeness) {
  size_t n = heading->leaves, m = columns;
  double *backwards = arena_array(reader->arena, n * m + 1, sizeof *backwards);
  int *latest = arena_array(reader->arena, n + 1, sizeof *latest);
  for (size_t i = 0; i < n * m; i++) backwards[i] = likeness[n * m - 1 - i];
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, heading->match);
  align_sequences(reader->arena, n, m, backwards, LABEL_THRESHOLD, latest);
  for (size_t i = 0; i < n; i++) {
    int other = latest[n - 1 - i], match = heading->match[i];
    if (match != (other == ALIGN_NONE ? ALIGN_NONE : (int)m - 1 - other))
      heading->match[i] = ALIGN_NONE;
  }
}

/* What each leaf is besides a column, and how much it is like each column. */
static double *leaf_likenesses(const struct table_reader *reader,
                               const struct table_template *table, size_t from, size_t to,
                               struct heading *heading) {
  size_t n = heading->leaves, m = table->columns.count, counts = 0;
  double *likeness = arena_array(reader->arena, n * m + 1, sizeof *likeness);
  enum aspect *aspect = arena_array(reader->arena, n + 1, sizeof *aspect);
  heading->beside = arena_array(reader->arena, n + 1, sizeof *heading->beside);
  for (size_t i = 0; i < n; i++) {
    const struct grid_cell *leaf = heading->leaf[i];
    if (!leaf) continue;
    aspect[i] = caption_note_is_other(reader, leaf->text) ? ASPECT_OTHER
                                                          : aspect_of(reader, table, &leaf->label);
    counts += aspect[i] == ASPECT_COUNT;
    heading->beside[i] = template_has(&table->units, &leaf->label, SURELY) ? BESIDE_UNIT
                         : aspect[i] == ASPECT_OTHER                       ? BESIDE_NOTE
                                                                           : BESIDE_NOTHING;
  }
  const struct label *counted = count_label(reader, table, from, to, counts);
  for (size_t i = 0; i < n; i++) {
    const struct grid_cell *leaf = heading->beside[i] ? NULL : heading->leaf[i];
    const struct label *label = !leaf ? NULL : aspect[i] == ASPECT_COUNT ? counted : &leaf->label;
    for (size_t j = 0; label && j < m; j++)
      likeness[i * m + j] = heading_likeness(reader, &table->columns.item[j], label);
    template_decide(likeness + i * m, m);
  }
  return likeness;
}

/* Leaves out the columns of groups that are not NAMED, unless there are as many as in the form. */
static void leave_other_groups(size_t n, size_t m, const bool *named, double *likeness) {
  size_t columns = 0;
  for (size_t i = 0; i < n; i++) {
    size_t j = 0;
    while (j < m && likeness[i * m + j] < SURELY) j++;
    columns += j < m;
  }
  for (size_t i = 0; i < n * m; i++)
    if (columns != m && !named[i % m]) likeness[i] = 0;
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
 * order: some print 总计 first. They decide where they are more than those that stand in order. The
 * last column between others was moved there by a wrong span, but where groups may change places.
 */
static void take_exact_labels(const struct table_template *table, size_t n, const double *likeness,
                              int *match) {
  size_t m = table->columns.count, exact = 0, aligned = 0,
         last = 0; /* LAST: the place of the last column */
  for (size_t i = 0; i < n; i++) {
    size_t j = only_exact(likeness + i * m, m, 1);
    exact += j < m && only_exact(likeness + j, n, m) == i;
    if (j + 1 == m) last = exact;
    aligned += match[i] != ALIGN_NONE;
  }
  if (last > 1 && last < exact && table->groups.count == 0) return;
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

/* True where the heading does not say what stands below LEAF: 数据, 数据3, 列2, or nothing. */
static bool is_generic(const struct table_reader *reader, const struct grid_cell *leaf) {
  char *name = arena_text(reader->arena, leaf ? leaf->label.text : "");
  size_t length = strlen(name);
  while (length > 0 && name[length - 1] >= '0' && name[length - 1] <= '9') name[--length] = '\0';
  const struct label label = label_prepare(reader->arena, name);
  return length == 0 || template_has(&reader->words->generic, &label, 1);
}

/* Where a heading names some columns and only numbers the others (类别, 数据1 … 数据6, 总计), and
 * all that it names stand where the form has them, the others are those of the form as well.
 * LIKENESS as of leaf_likenesses. */
static void take_generic_leaves(const struct table_reader *reader,
                                const struct table_template *table, struct heading *heading,
                                const double *likeness) {
  size_t n = heading->leaves, m = table->columns.count, named = 0, generic = 0;
  if (m < 2 || n <= m || table->groups.count > 0) return;
  for (size_t j = 0; j < m; j++) {
    size_t i = n - m + j;
    bool is_named = likeness[i * m + j] >= 1;
    if (!is_named && !is_generic(reader, heading->leaf[i])) return;
    named += is_named;
    generic += !is_named;
  }
  for (size_t i = 0; i < n - m; i++)
    if (!is_generic(reader, heading->leaf[i])) return;
  heading->is_numbered = named > 0 && generic > 0;
  for (size_t j = 0; j < m && heading->is_numbered; j++) heading->match[n - m + j] = (int)j;
}

bool heading_read(const struct table_reader *reader, const struct table_template *table,
                  size_t from, size_t to, struct heading *heading) {
  *heading = (struct heading){0};
  if (reader->ragged)
    fold_by_order(reader, table, from, to, heading);
  else
    fold_by_column(reader, table, from, to, heading);

  size_t n = heading->leaves, m = table->columns.count;
  const struct columns_named named = caption_columns(reader, table, from, to);
  double *likeness = leaf_likenesses(reader, table, from, to, heading);
  heading->first = n;
  if (heading->column)
    keep_to_groups(reader, table, from, to, heading, likeness);
  else if (!named.in_order)
    return false;
  leave_other_groups(n, m, named.named, likeness);
  heading->match = arena_array(reader->arena, n + 1, sizeof *heading->match);
  match_leaves(reader, heading, m, likeness);
  take_exact_labels(table, n, likeness, heading->match);
  leave_rivals(n, m, likeness, heading->match);
  take_generic_leaves(reader, table, heading, likeness);

  double sum = 0, labels = 0, of_labels = 0;
  bool has_gap = false; /* left of a column */
  for (size_t i = n; i-- > 0;) {
    of_labels += !heading->beside[i];
    has_gap |= !heading->leaf[i] && heading->first < n && reader->ragged;
    if (heading->match[i] == ALIGN_NONE) continue;
    heading->first = i;
    heading->has_gap = has_gap;
    labels = of_labels;
    double alike = likeness[i * m + (size_t)heading->match[i]];
    sum += alike > 0 ? alike : 1; /* a column that is only numbered */
  }
  if (heading->first < n) heading->likeness = sum / labels;
  return heading->first < n;
}

bool heading_names_all(const struct table_template *table, const struct heading *heading) {
  size_t named = 0;
  for (size_t i = 0; i < heading->leaves; i++) named += heading->match[i] != ALIGN_NONE;
  return named > 1 && named == table->columns.count;
}

bool heading_is_other(const struct heading *heading) {
  bool is_other = false;
  for (size_t i = 0; i < heading->leaves; i++) is_other |= heading->beside[i] == BESIDE_NOTE;
  return is_other && heading->first == heading->leaves;
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

/* True where a cell over CELL says that it is of another year, or computed. */
static bool stands_below_other(const struct table_reader *reader,
                               const struct table_template *table, size_t row,
                               const struct grid_cell *cell) {
  for (size_t i = 0; i < row; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct grid_cell *above = &reader->row[i].cell[j];
      if (above->column <= cell->column && above->column + above->columns > cell->column &&
          aspect_of(reader, table, &above->label) == ASPECT_OTHER)
        return true;
    }
  return false;
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
    if (only_figures && stands_below_other(reader, table, row, &reader->row[row].cell[j]))
      return NULL;
    values += only_figures;
  }
  return values == 1 && heading->first > 0 ? heading : NULL;
}
