/* Tables that are nothing but aligned text. Knows positions and what a number looks like. */
#include "ingest/readers/pdf/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/pdf/segments.h"

/* In ems: the least gap between a label and a single number; how far a number may stand beside its
 * column; from one line of a cell to the next. */
static const double LABEL_GAP = 2, BESIDE = 0.3, NEXT_LINE = 1.7;
/* In ems: rows and headings that stand farther from each other are not of one table. */
static const double ROW_DISTANCE = 5;
enum { HEADING_LINES = 8 };

struct text_row {
  const struct pdf_line *line;
  pdf_segments segments;
  size_t labels;  /* the segments before the numbers */
  size_t numbers; /* 0: this is no row of values */
};

/* ---- rows ---- */

/* Labels and then numbers, or three numbers and more. */
static void judge_row(struct text_row *row) {
  size_t count = row->segments.count;
  while (row->labels < count && !row->segments.item[row->labels].is_number) row->labels++;
  size_t numbers = count - row->labels;
  for (size_t i = row->labels; i < count; i++)
    if (!row->segments.item[i].is_number) return;
  if (numbers == 0 || (row->labels == 0 && numbers < 3)) return;
  if (numbers == 1 && row->segments.item[row->labels].x0 - row->segments.item[row->labels - 1].x1 <
                          LABEL_GAP * row->line->size)
    return;
  row->numbers = numbers;
}

/* ---- a table ---- */

struct column {
  double x0, x1;      /* what its numbers cover */
  double left, right; /* the slot that it has among its neighbours */
  const char *heading;
};

struct text_table {
  struct arena *arena;
  struct text_row *row; /* of the page */
  size_t rows;
  size_t first, end; /* the table's rows of values and what stands between them */
  struct column *column;
  size_t columns;
};

/* The column that SEGMENT belongs to; the number of columns where it is not certain. */
static size_t column_of(const struct text_table *table, const struct pdf_segment *segment,
                        double beside) {
  size_t found = table->columns;
  for (size_t i = 0; i < table->columns; i++) {
    const struct column *column = &table->column[i];
    if (segment->x1 < column->x0 - beside || segment->x0 > column->x1 + beside) continue;
    if (found != table->columns) return table->columns;
    found = i;
  }
  return found;
}

/* True where every number of ROW has a column of its own. */
static bool fits_columns(const struct text_table *table, const struct text_row *row) {
  size_t behind = 0;
  for (size_t i = row->labels; i < row->segments.count; i++) {
    size_t column = column_of(table, &row->segments.item[i], BESIDE * row->line->size);
    if (column == table->columns || column < behind) return false;
    behind = column + 1;
  }
  return true;
}

static void widen_columns(struct text_table *table, const struct text_row *row) {
  for (size_t i = row->labels; i < row->segments.count; i++) {
    const struct pdf_segment *segment = &row->segments.item[i];
    struct column *column = &table->column[column_of(table, segment, BESIDE * row->line->size)];
    column->x0 = fmin(column->x0, segment->x0);
    column->x1 = fmax(column->x1, segment->x1);
  }
}

static void begin_table(struct text_table *table, size_t first) {
  const struct text_row *row = &table->row[first];
  table->first = first;
  table->end = first + 1;
  table->columns = row->numbers;
  table->column = arena_array(table->arena, row->numbers, sizeof *table->column);
  for (size_t i = 0; i < row->numbers; i++) {
    const struct pdf_segment *segment = &row->segments.item[row->labels + i];
    table->column[i] = (struct column){.x0 = segment->x0, .x1 = segment->x1, .heading = ""};
  }
}

static bool is_near(const struct text_row *above, const struct text_row *below) {
  return below->line->baseline - above->line->baseline <
         ROW_DISTANCE * fmax(above->line->size, below->line->size);
}

/* Rows with as many numbers, or with fewer where cells are blank, as long as all fit. */
static void extend_table(struct text_table *table) {
  size_t last = table->first;
  for (size_t i = table->first + 1; i < table->rows && is_near(&table->row[last], &table->row[i]);
       i++) {
    const struct text_row *row = &table->row[i];
    if (row->numbers == 0) continue;
    bool may_be_blank = table->columns >= 3 && row->numbers < table->columns && row->labels > 0;
    if ((row->numbers != table->columns && !may_be_blank) || !fits_columns(table, row)) break;
    widen_columns(table, row);
    last = i;
    table->end = i + 1;
  }
}

/* A single column reaches from the labels to the edge of the page. */
static void set_only_slot(struct text_table *table) {
  double left = -INFINITY, right = 0;
  for (size_t i = table->first; i < table->end; i++) {
    const struct text_row *row = &table->row[i];
    if (row->numbers == 0) continue;
    left = fmax(left, row->segments.item[row->labels - 1].x1);
    right = fmax(right, row->line->x1);
  }
  table->column[0].left = left;
  table->column[0].right = right * 2;
}

/* Slots meet in the middle between two columns. False where columns overlap. */
static bool set_slots(struct text_table *table) {
  double widest = 0;
  for (size_t i = 0; i < table->columns; i++) {
    struct column *column = &table->column[i];
    if (i > 0 && column->x0 <= column[-1].x1) return false;
    if (i > 0) column->left = column[-1].right = (column[-1].x1 + column->x0) / 2;
    if (i > 0) widest = fmax(widest, column->x0 - column[-1].x1);
  }
  double outside = table->columns > 1 ? widest / 2 : table->row[table->first].line->size;
  table->column[0].left = table->column[0].x0 - outside;
  table->column[table->columns - 1].right = table->column[table->columns - 1].x1 + outside;
  if (table->columns == 1) set_only_slot(table);
  return true;
}

/* ---- headings ---- */

/* The first of the lines above the table that may be its heading. */
static size_t heading_start(const struct text_table *table) {
  size_t start = table->first;
  while (start > 0 && table->row[start - 1].numbers == 0 && table->first - start < HEADING_LINES &&
         is_near(&table->row[start - 1], &table->row[start]))
    start--;
  return start;
}

static bool is_inside(const struct column *column, const struct pdf_segment *segment,
                      double beside) {
  double middle = (segment->x0 + segment->x1) / 2;
  return middle > column->left && middle < column->right && segment->x0 > column->left - beside &&
         segment->x1 < column->right + beside;
}

/* True where SEGMENT begins or ends where the numbers of COLUMN do, and stands over no others: a
 * heading may be much wider than what stands below it. */
static bool is_flush(const struct text_table *table, const struct column *column,
                     const struct pdf_segment *segment, double beside) {
  bool begins = fabs(segment->x0 - column->x0) < beside;
  bool ends = fabs(segment->x1 - column->x1) < beside;
  const struct column *last = &table->column[table->columns - 1];
  if (table->columns < 2 || (!begins && !ends)) return false;
  if (column > table->column && segment->x0 <= column[-1].x1) return false;
  double limit = column < last ? column[1].x0 : column->right + beside;
  return segment->x1 < limit;
}

static bool is_over(const struct text_table *table, const struct column *column,
                    const struct pdf_segment *segment, double beside) {
  return is_inside(column, segment, beside) || is_flush(table, column, segment, beside);
}

/* The lowest cell over COLUMN, its lines joined; moves *TOP up to its first line. */
static const char *heading_over(const struct text_table *table, const struct column *column,
                                size_t start, size_t *top) {
  const char *heading = "";
  double below = 0;
  for (size_t i = table->first; i-- > start;) {
    const struct text_row *row = &table->row[i];
    if (table->columns == 1 && row->segments.count < 2) continue; /* a line over all columns */
    for (size_t j = 0; j < row->segments.count; j++) {
      const struct pdf_segment *segment = &row->segments.item[j];
      if (!is_over(table, column, segment, BESIDE * row->line->size)) continue;
      if (*heading && below - row->line->baseline > NEXT_LINE * row->line->size) return heading;
      heading = arena_format(table->arena, "%s%s", segment->text, heading);
      below = row->line->baseline;
      if (i < *top) *top = i;
    }
  }
  return heading;
}

/* How many columns have a heading; *TOP is the first line that belongs to one. */
static size_t find_headings(struct text_table *table, size_t *top) {
  size_t found = 0, start = heading_start(table);
  *top = table->first;
  for (size_t i = 0; i < table->columns; i++) {
    table->column[i].heading = heading_over(table, &table->column[i], start, top);
    if (*table->column[i].heading) found++;
  }
  return found;
}

/* ---- the grid ---- */

typedef LIST_OF(struct pdf_cell) cell_list;

/* The label of row INDEX: beside its numbers, or in the lines just above and below them. */
static const char *label_of(const struct text_table *table, size_t index, bool *used) {
  const struct text_row *row = &table->row[index];
  if (row->labels > 0) return row->segments.item[row->labels - 1].text;
  const char *label = "";
  for (size_t i = index > 0 ? index - 1 : 0; i <= index + 1 && i < table->rows; i++) {
    const struct text_row *near = &table->row[i];
    double distance = fabs(near->line->baseline - row->line->baseline);
    if (near->numbers > 0 || used[i] || distance > NEXT_LINE * row->line->size) continue;
    const struct pdf_segment *last = &near->segments.item[near->segments.count - 1];
    if (last->x1 > table->column[0].x0) continue;
    label = arena_format(table->arena, "%s%s", label, last->text);
    used[i] = true;
  }
  return label;
}

static void add_cell(struct text_table *table, cell_list *cells, size_t row, size_t column,
                     const char *text) {
  const struct pdf_text known = {.text = text, .room = INFINITY};
  *list_add(table->arena, cells) = (struct pdf_cell){row, column, 1, 1, known};
}

static void add_values(struct text_table *table, cell_list *cells, size_t row,
                       const struct text_row *from) {
  size_t segment = from->labels;
  for (size_t i = 0; i < table->columns; i++) {
    bool here =
        segment < from->segments.count && column_of(table, &from->segments.item[segment], 0) == i;
    add_cell(table, cells, row, i + 1, here ? from->segments.item[segment++].text : "");
  }
}

static double *column_lines(const struct text_table *table) {
  double *x = arena_array(table->arena, table->columns + 2, sizeof *x);
  x[0] = table->column[0].left;
  for (size_t i = table->first; i < table->end; i++) x[0] = fmin(x[0], table->row[i].line->x0);
  for (size_t i = 0; i < table->columns; i++) {
    x[i + 1] = table->column[i].left;
    x[i + 2] = table->column[i].right;
  }
  return x;
}

/* USED tells of each line of the page whether it stands in a grid. */
static struct pdf_grid grid_of(struct text_table *table, size_t top, bool *used) {
  cell_list cells = {0};
  size_t rows = 0;
  for (size_t i = top; i < table->first; i++) used[i] = true;
  if (top < table->first) {
    add_cell(table, &cells, rows, 0, "");
    for (size_t i = 0; i < table->columns; i++)
      add_cell(table, &cells, rows, i + 1, table->column[i].heading);
    rows++;
  }
  for (size_t i = table->first; i < table->end; i++) {
    if (table->row[i].numbers == 0) continue;
    used[i] = true;
    add_cell(table, &cells, rows, 0, label_of(table, i, used));
    add_values(table, &cells, rows++, &table->row[i]);
  }
  return (struct pdf_grid){.x = column_lines(table),
                           .columns = table->columns + 1,
                           .rows = rows,
                           .top = table->row[top].line->baseline - table->row[top].line->size,
                           .bottom = table->row[table->end - 1].line->baseline,
                           .cell = cells.item,
                           .cells = cells.count};
}

static int by_top(const void *a, const void *b) {
  const struct pdf_grid *x = a, *y = b;
  return (x->top > y->top) - (x->top < y->top);
}

static void remove_lines(pdf_lines *lines, const bool *used) {
  size_t kept = 0;
  for (size_t i = 0; i < lines->count; i++)
    if (!used[i]) lines->item[kept++] = lines->item[i];
  lines->count = kept;
}

void pdf_columns_take(struct arena *arena, pdf_lines *lines, pdf_grids *grids, size_t *columns) {
  struct text_table table = {.arena = arena, .rows = lines->count};
  table.row = arena_array(arena, lines->count + 1, sizeof *table.row);
  bool *used = arena_array(arena, lines->count + 1, sizeof *used);
  for (size_t i = 0; i < lines->count; i++) {
    table.row[i].line = &lines->item[i];
    table.row[i].segments = pdf_segments_of(arena, &lines->item[i]);
    judge_row(&table.row[i]);
  }
  size_t before = grids->count;
  for (size_t i = 0; i < table.rows; i++) {
    if (table.row[i].numbers == 0) continue;
    begin_table(&table, i);
    extend_table(&table);
    i = table.end - 1;
    size_t top = table.first;
    if (!set_slots(&table)) continue;
    size_t headings = find_headings(&table, &top);
    bool is_first = grids->count == before; /* after a page break, it may go on */
    bool goes_on = is_first && headings == 0 && *columns == table.columns && table.columns >= 3;
    if (headings != table.columns && !goes_on) continue;
    *list_add(arena, grids) = grid_of(&table, top, used);
    *columns = table.columns;
  }
  if (grids->count == before) return;
  qsort(grids->item, grids->count, sizeof *grids->item, by_top);
  remove_lines(lines, used);
}
