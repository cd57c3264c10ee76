/* Aligns tables with the statutory forms. Knows no file format; knows the forms only by forms.csv.
 *
 * For each grid and each template: the rows without values above the values are the heading, which
 * is folded to one label a column; these labels are aligned with the template's columns, the labels
 * of the rows with its rows; the template with the best score reads the grid. */
#include "ingest/form.h"

#include <string.h>

#include "datasets/csv_file.h"
#include "datasets/label.h"
#include "ingest/align.h"

/* Below these a label is another label, and a table another table. Chosen so that one wrong or
 * missing character in three or four still passes (结果 in 结果维持 does not). */
static const double LABEL_THRESHOLD = 0.6, TABLE_THRESHOLD = 0.55;

struct template_line {
  const char *id; /* beginning or end of the variable's id; "" where the other axis has it all */
  const char *category;  /* of the observation; "" for none */
  const char *labels[4]; /* normal forms, ended by NULL */
};

struct table_template {
  const char *name; /* a section of the codebook */
  LIST_OF(struct template_line) rows;
  LIST_OF(struct template_line) columns;
};

struct chart_template {
  const char *title; /* a part of the chart's title */
  const struct variable *variable;
};

struct forms {
  struct arena *arena;
  LIST_OF(struct table_template) tables;
  LIST_OF(struct chart_template) charts;
};

struct loading {
  struct forms *forms;
  const struct codebook *codebook;
};

/* ---- templates ---- */

static struct table_template *template_named(struct forms *forms, const char *name) {
  for (size_t i = 0; i < forms->tables.count; i++)
    if (strcmp(forms->tables.item[i].name, name) == 0) return &forms->tables.item[i];
  struct table_template *table = list_add(forms->arena, &forms->tables);
  *table = (struct table_template){.name = arena_text(forms->arena, name)};
  return table;
}

static bool take_line(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  struct forms *forms = loading->forms;
  bool is_row = strcmp(f[1], "row") == 0;
  if (!is_row && strcmp(f[1], "column") != 0)
    return failure_set(failure, "'%s' is no axis (row, column)", f[1]);
  if (*f[3] && codebook_applicant(loading->codebook, f[3]) < 0)
    return failure_set(failure, "'%s' is no applicant class", f[3]);

  struct template_line template = {.id = arena_text(forms->arena, f[2]),
                                   .category = arena_text(forms->arena, f[3])};
  size_t count = 0, limit = sizeof template.labels / sizeof *template.labels - 1;
  template.labels[count++] = label_normal(forms->arena, f[4]);
  char *rest = arena_text(forms->arena, f[5]);
  for (char *also; *f[5] && (also = strsep(&rest, "|"));) {
    if (count == limit) return failure_set(failure, "more than %zu labels", limit);
    template.labels[count++] = label_normal(forms->arena, also);
  }
  struct table_template *table = template_named(forms, f[0]);
  if (is_row)
    *list_add(forms->arena, &table->rows) = template;
  else
    *list_add(forms->arena, &table->columns) = template;
  return true;
}

static bool take_chart(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  const struct variable *variable = codebook_find(loading->codebook, f[1]);
  if (!variable || variable->dimension != DIMENSION_AREA)
    return failure_set(failure, "'%s' is no variable by area", f[1]);
  struct arena *arena = loading->forms->arena;
  *list_add(arena, &loading->forms->charts) =
      (struct chart_template){text_compact(arena, f[0]), variable};
  return true;
}

/* The variable of a cell in ROW and COLUMN of a template, or NULL where the form has no such cell.
 */
static const struct variable *variable_of(struct arena *arena, const struct codebook *codebook,
                                          const struct template_line *row,
                                          const struct template_line *column) {
  const char *dot = *row->id && *column->id ? "." : "";
  return codebook_find(codebook, arena_format(arena, "%s%s%s", row->id, dot, column->id));
}

/* A row or column that gives no variable at all is a slip of the pen. */
static bool check_templates(const struct forms *forms, const struct codebook *codebook,
                            struct failure *failure) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const struct table_template *table = &forms->tables.item[t];
    for (size_t i = 0; i < table->rows.count; i++) {
      bool used = false;
      for (size_t j = 0; j < table->columns.count && !used; j++)
        used = variable_of(forms->arena, codebook, &table->rows.item[i], &table->columns.item[j]);
      if (!used)
        return failure_set(failure, "forms.csv: row '%s' of table '%s' gives no variable",
                           table->rows.item[i].id, table->name);
    }
  }
  return true;
}

const struct forms *forms_load(struct arena *arena, const char *folder,
                               const struct codebook *codebook, struct failure *failure) {
  static const char *const line_columns[] = {"table", "axis", "id", "category",
                                             "label", "also", NULL};
  static const char *const chart_columns[] = {"title", "variable", NULL};
  struct forms *forms = arena_alloc(arena, sizeof *forms);
  forms->arena = arena;
  struct loading loading = {forms, codebook};
  if (!csv_read(arena_format(arena, "%s/forms.csv", folder), line_columns, take_line, &loading,
                failure) ||
      !csv_read(arena_format(arena, "%s/chart_series.csv", folder), chart_columns, take_chart,
                &loading, failure) ||
      !check_templates(forms, codebook, failure))
    return NULL;
  return forms;
}

static double likeness_to(const struct template_line *line, const char *label) {
  double most = 0;
  for (size_t i = 0; line->labels[i]; i++) {
    double likeness = label_likeness(label, line->labels[i]);
    if (likeness > most) most = likeness;
  }
  return most;
}

/* ---- what a grid's rows are ---- */

struct grid_cell {
  const char *text;
  const char *normal; /* its normal label */
  size_t column, columns;
  bool is_blank, is_value;
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
  struct grid_row *row;
  size_t rows, width;
};

static void prepare_row(struct table_reader *reader, const struct row *from, struct grid_row *row) {
  row->cells = from->cells;
  row->cell = arena_array(reader->arena, from->cells + 1, sizeof *row->cell);
  for (size_t i = 0; i < from->cells; i++) {
    const struct cell *cell = &from->cell[i];
    const char *compact = text_compact(reader->arena, cell->text);
    row->cell[i] = (struct grid_cell){
        .text = cell->text,
        .normal = label_normal(reader->arena, cell->text),
        .column = cell->column,
        .columns = cell->columns,
        .is_blank = *compact == '\0',
        .is_value = number_is_value(reader->arena, reader->numerals, cell->text),
    };
    row->has_values |= row->cell[i].is_value;
    if (cell->column + cell->columns > reader->width) reader->width = cell->column + cell->columns;
  }
}

/* ---- the heading: one label a column ---- */

struct heading {
  const struct grid_cell **leaf; /* the lowest cells with text, from left to right; NULL: none */
  size_t *column; /* where spans are known: the first column of each leaf, and the one behind all */
  size_t leaves;
  int *match;      /* the template's column of each leaf, or ALIGN_NONE */
  size_t first;    /* the first leaf that has one: what is left of it are labels of rows */
  double likeness; /* of the leaves from FIRST on, on average */
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
  for (size_t j = 0; cell && j < table->columns.count; j++)
    if (likeness_to(&table->columns.item[j], cell->normal) >= LABEL_THRESHOLD) return true;
  return false;
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
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < m && heading->leaf[i]; j++)
      likeness[i * m + j] = likeness_to(&table->columns.item[j], heading->leaf[i]->normal);
  heading->match = arena_array(reader->arena, n + 1, sizeof *heading->match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, heading->match);

  heading->first = n;
  double sum = 0;
  for (size_t i = n; i-- > 0;) {
    if (heading->match[i] == ALIGN_NONE) continue;
    heading->first = i;
    sum += likeness[i * m + (size_t)heading->match[i]];
  }
  if (heading->first < n) heading->likeness = sum / (double)(n - heading->first);
  return heading->first < n;
}

/* ---- rows of values ---- */

struct value_row {
  size_t row; /* in the grid */
  const struct heading *heading;
  const char *label;                /* normal */
  const struct grid_cell *labelled; /* the cell it comes from; NULL: a row without label */
  size_t labels;                    /* how many of its cells stand left of the values */
  const struct grid_cell **value;   /* under each leaf from heading->first on; NULL: no cell */
  bool fits;       /* it has the cells that its heading asks for, and no number among its labels */
  bool is_several; /* it names more than one row of the form */
  bool may_be_cut; /* a page break may have cut its cells in two */
};

/* The leaf that covers COLUMN. */
static size_t leaf_over(const struct heading *heading, size_t column) {
  size_t leaf = 0;
  while (leaf + 1 < heading->leaves && heading->column[leaf + 1] <= column) leaf++;
  return leaf;
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
      values->labels++;
      if (!cell->is_blank) values->labelled = cell;
      values->fits &= !cell->is_value && (end <= first_column || cell->is_blank);
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
  values->fits = row->cells >= wanted;
  if (!values->fits) return;
  size_t labels = values->labels = row->cells - wanted;
  for (size_t j = 0; j < labels; j++) {
    if (!row->cell[j].is_blank) values->labelled = &row->cell[j];
    values->fits &= !row->cell[j].is_value;
  }
  for (size_t j = 0; j < wanted; j++) values->value[j] = &row->cell[labels + j];
}

/* Spans that offices set by hand often part the heading otherwise than the rows below it. Where the
 * row has just as many cells as the heading asks for, reaches to the edge, and holds values and
 * nothing else behind its labels, the order of the cells says what the columns do not. */
static void take_cells_in_order(const struct table_reader *reader, struct value_row *values) {
  const struct grid_row *row = &reader->row[values->row];
  const struct grid_cell *last = &row->cell[row->cells - 1];
  struct value_row ordered = *values;
  ordered.labelled = NULL;
  take_cells_from_right(reader, &ordered);
  if (!ordered.fits || !ordered.labelled || last->column + last->columns != reader->width) return;
  size_t wanted = values->heading->leaves - values->heading->first;
  if (ordered.labels > wanted) return;
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
  struct value_row values = {.row = row, .heading = heading, .label = "", .fits = true};
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
  if (values.labelled) values.label = values.labelled->normal;
  return values;
}

/* A row whose values are all left blank: a row's label in its left half, and no label of a column
 * before it. */
static bool is_unfilled(const struct table_template *table, const struct grid_row *row) {
  const struct grid_cell *last = NULL;
  for (size_t j = 0; j < row->cells; j++)
    if (!row->cell[j].is_blank) last = &row->cell[j];
  if (!last || (size_t)(last - row->cell) >= row->cells / 2) return false;
  for (const struct grid_cell *cell = row->cell; cell < last; cell++)
    if (!cell->is_blank && is_column(table, cell)) return false;
  for (size_t i = 0; i < table->rows.count; i++)
    if (*last->normal && likeness_to(&table->rows.item[i], last->normal) > 0.8) return true;
  return false;
}

/* ---- a grid read by a template ---- */

struct reading {
  const struct table_template *table;
  LIST_OF(struct value_row) rows;
  int *match; /* the template's row of each, or ALIGN_NONE */
  double score;
  const struct heading *heading; /* the last one; before reading, that of the grid before */
};

/* True where the variables of PARENT's rows are divided by those of ROW: outcome.other and
 * outcome.other.fee_unpaid. */
static bool is_part_of(const struct template_line *row, const struct template_line *parent) {
  size_t length = strlen(parent->id);
  return row == parent || (strncmp(row->id, parent->id, length) == 0 && row->id[length] == '.');
}

/* How many labels of rows stand in LABEL, those that stand inside a longer one not counted. */
static size_t rows_named_in(const struct table_template *table, const char *label) {
  size_t count = 0, end = 0;
  while (label[end]) {
    size_t longest = 0;
    for (size_t i = 0; i < table->rows.count; i++)
      for (size_t k = 0; table->rows.item[i].labels[k]; k++) {
        size_t length = strlen(table->rows.item[i].labels[k]);
        if (length > longest && strncmp(label + end, table->rows.item[i].labels[k], length) == 0)
          longest = length;
      }
    count += longest > 0;
    end += longest ? longest : 1;
  }
  return count;
}

/* Rows run together, in one label or in cells side by side: nobody knows whose the values are. */
static bool is_several_rows(const struct table_reader *reader, const struct table_template *table,
                            const struct value_row *values, const struct template_line *like) {
  const double surely = 0.8;
  if (rows_named_in(table, values->label) > 1) return true;
  for (size_t j = 0; j < values->labels; j++) {
    const struct grid_cell *cell = &reader->row[values->row].cell[j];
    for (size_t i = 0; i < table->rows.count && cell != values->labelled; i++)
      if (likeness_to(&table->rows.item[i], cell->normal) >= surely &&
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
  for (size_t i = 0; i < reader->rows; i++) {
    const struct grid_row *row = &reader->row[i];
    if (!row->has_values && !is_unfilled(reading->table, row)) continue;
    if (start < i) {
      struct heading *next = arena_alloc(reader->arena, sizeof *next);
      if (read_heading(reader, reading->table, start, i, next)) heading = next;
    }
    start = i + 1;
    *list_add(reader->arena, &reading->rows) = read_value_row(reader, heading, i);
  }
  reading->heading = heading;
  find_cut_rows(reader, reading);
}

/* Reads the grid by TABLE; HEADING is the last one of the grid before that followed TABLE (a page
 * break may cut a table in two), or NULL. The score is the mean likeness of the rows times that of
 * the headings.
 */
static struct reading read_by(const struct table_reader *reader, const struct table_template *table,
                              const struct heading *heading) {
  struct reading reading = {.table = table, .heading = heading};
  collect_rows(reader, &reading);
  size_t n = reading.rows.count, m = table->rows.count;
  double *likeness = arena_array(reader->arena, n * m + 1, sizeof *likeness);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < m && reading.rows.item[i].fits; j++)
      likeness[i * m + j] = likeness_to(&table->rows.item[j], reading.rows.item[i].label);
  reading.match = arena_array(reader->arena, n + 1, sizeof *reading.match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, reading.match);

  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    struct value_row *row = &reading.rows.item[i];
    if (reading.match[i] == ALIGN_NONE) continue;
    row->is_several = is_several_rows(reader, table, row, &table->rows.item[reading.match[i]]);
    if (row->is_several)
      reading.match[i] = ALIGN_NONE;
    else
      sum += likeness[i * m + (size_t)reading.match[i]] * row->heading->likeness;
  }
  reading.score = n ? sum / (double)n : 0;
  return reading;
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

/* "table 3, row 5" */
static const char *row_locator(struct arena *arena, const struct table_reader *reader, size_t row) {
  return arena_format(arena, "%s, row %zu",
                      block_locator(arena, reader->block, reader->block->grid.row[row].page),
                      row + 1);
}

static void take_value(const struct table_reader *reader, const struct value_row *values,
                       const struct template_line *row, const struct template_line *column,
                       size_t leaf, struct findings *findings) {
  const struct grid_cell *cell = values->value[leaf - values->heading->first];
  const struct variable *variable = variable_of(reader->arena, reader->codebook, row, column);
  if (!cell || (!variable && cell->is_blank)) return;
  const char *locator =
      arena_format(findings->arena, "%s, column %zu",
                   row_locator(findings->arena, reader, values->row), cell->column + 1);
  if (!variable) {
    findings_reject(findings, "cell_not_understood", "%s: the form has no such cell; it holds '%s'",
                    locator, cell->text);
    return;
  }
  const char *unit = unit_in(reader->arena, values->heading->leaf[leaf]);
  if (*unit == '\0') unit = unit_in(reader->arena, values->labelled);
  const char *category = variable->dimension == DIMENSION_NONE ? "" : column->category;
  findings_add(findings, variable, category,
               number_read(reader->arena, reader->numerals, variable, cell->text, unit), cell->text,
               locator);
}

static void take_row(const struct table_reader *reader, const struct reading *reading, size_t index,
                     struct findings *findings) {
  const struct value_row *values = &reading->rows.item[index];
  const struct heading *heading = values->heading;
  if (values->may_be_cut || reading->match[index] == ALIGN_NONE) {
    const char *why = !heading             ? "no heading stands above it"
                      : values->may_be_cut ? "a page break may have cut it in two"
                      : values->is_several ? "several rows of the form stand in it"
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
    else if (cell && !cell->is_blank)
      findings_reject(findings, "cell_not_understood",
                      "%s, column %zu: no column of the form is like '%s'; the cell holds '%s'",
                      row_locator(findings->arena, reader, values->row), cell->column + 1,
                      heading->leaf[leaf] ? heading->leaf[leaf]->text : "", cell->text);
  }
}

/* HEADINGS: the last one of each template so far. */
static void read_grid(const struct forms *forms, struct table_reader *reader,
                      const struct heading **headings, struct findings *findings) {
  bool has_values = false;
  reader->rows = reader->block->grid.rows;
  reader->row = arena_array(reader->arena, reader->rows + 1, sizeof *reader->row);
  for (size_t i = 0; i < reader->rows; i++) {
    prepare_row(reader, &reader->block->grid.row[i], &reader->row[i]);
    has_values |= reader->row[i].has_values;
  }
  struct reading best = {0};
  size_t best_table = 0;
  for (size_t i = 0; i < forms->tables.count; i++) {
    struct reading reading = read_by(reader, &forms->tables.item[i], headings[i]);
    if (reading.score <= best.score) continue;
    best = reading;
    best_table = i;
  }
  if (best.score >= TABLE_THRESHOLD) {
    headings[best_table] = best.heading;
    for (size_t i = 0; i < best.rows.count; i++) take_row(reader, &best, i, findings);
  } else if (has_values) {
    findings_reject(findings, "table_not_understood",
                    "%s (%zu rows) is like no table of the forms: the best score is %.2f of the "
                    "%.2f that are needed",
                    block_locator(findings->arena, reader->block, reader->block->page),
                    reader->rows, best.score, TABLE_THRESHOLD);
  }
}

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

void forms_read(const struct forms *forms, const struct codebook *codebook,
                const struct numerals *numerals, const struct document *document,
                struct findings *findings) {
  const struct heading **headings =
      arena_array(findings->arena, forms->tables.count + 1, sizeof *headings);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_GRID) {
      struct table_reader reader = {
          .arena = findings->arena, .codebook = codebook, .numerals = numerals, .block = block};
      read_grid(forms, &reader, headings, findings);
    } else if (block->kind == BLOCK_CHART && !was_read(document, block)) {
      read_chart(forms, numerals, block, findings);
    }
  }
  find_section_forms(forms, codebook, findings);
}
