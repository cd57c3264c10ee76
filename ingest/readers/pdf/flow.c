/* Reading order over pages. Knows how pages are set (margins, indents, page numbers), no forms. */
#include "ingest/readers/pdf/flow.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/pdf/blocks.h"
#include "ingest/readers/pdf/break.h"

/* The part of a page's height at its top and bottom where running heads and page numbers stand. */
static const double MARGIN = 0.12;
/* In ems: an indent, and how much may be missing at the end of a line that is full. */
static const double INDENT = 0.9, RAGGED_END = 1.6;
/* In ems: the least gap between Latin words. */
static const double WORD_GAP = 0.3;

/* ---- running heads and page numbers ---- */

static bool is_dash(int character) {
  static const int dashes[] = {'-',    '/',    '|',    0xB7,   0x2010, 0x2012, 0x2013, 0x2014,
                               0x2015, 0x2212, 0x2500, 0xFF0D, 0xFF0F, 0x30FB, 0x4E00};
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
    if (character == dashes[i]) return true;
  return false;
}

static bool is_digit(int character) {
  return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
}

/* `3`, `- 3 -`, `3/5`: nothing but dashes and up to eight digits. */
static bool is_page_number(const char *text) {
  size_t digits = 0;
  for (int c; (c = text_next(&text));) {
    bool digit = is_digit(c);
    if (!digit && !is_dash(c) && !text_is_space(c)) return false;
    digits += digit;
  }
  return digits > 0 && digits <= 8;
}

struct running_line {
  const char *skeleton; /* its text without digits and blanks */
  double y;             /* its baseline, as part of the page's height */
  size_t page, line;
};

typedef LIST_OF(struct running_line) running_lines;

static const char *skeleton_of(struct arena *arena, const char *text) {
  char *skeleton = text_compact(arena, text), *end = skeleton;
  for (const char *c = skeleton; *c; c++)
    if (!isdigit((unsigned char)*c)) *end++ = *c;
  *end = '\0';
  return skeleton;
}

static bool is_in_margin(const struct pdf_layout *page, const struct pdf_line *line) {
  return line->baseline < MARGIN * page->height || line->baseline > (1 - MARGIN) * page->height;
}

/* The lines in the margins: at most two at each end, none of them inside of a grid's height. */
static void collect_running(struct arena *arena, const struct pdf_layout *page, size_t number,
                            running_lines *running) {
  for (size_t i = 0; i < page->lines.count; i++) {
    const struct pdf_line *line = &page->lines.item[i];
    bool outer = i < 2 || i + 2 >= page->lines.count;
    bool above = page->grids.count > 0 && line->baseline > page->grids.item[0].bottom;
    bool below =
        page->grids.count > 0 && line->baseline < page->grids.item[page->grids.count - 1].top;
    if (!outer || !is_in_margin(page, line)) continue;
    if (above && below) continue;
    *list_add(arena, running) = (struct running_line){
        skeleton_of(arena, pdf_line_text(arena, line)), line->baseline / page->height, number, i};
  }
}

/* True where the same line, but for digits, stands at the same height on another page. */
static bool runs(const running_lines *running, size_t index) {
  const struct running_line *line = &running->item[index];
  for (size_t i = 0; i < running->count; i++) {
    const struct running_line *other = &running->item[i];
    if (other->page != line->page && fabs(other->y - line->y) < 0.01 &&
        strcmp(other->skeleton, line->skeleton) == 0)
      return true;
  }
  return false;
}

static void remove_running(struct arena *arena, struct pdf_layout *page, size_t count) {
  running_lines running = {0};
  for (size_t i = 0; i < count; i++) collect_running(arena, &page[i], i, &running);
  for (size_t i = 0; i < running.count; i++) {
    struct pdf_line *line = &page[running.item[i].page].lines.item[running.item[i].line];
    if (runs(&running, i) || is_page_number(pdf_line_text(arena, line))) line->marks = 0;
  }
}

/* ---- what a full line is ---- */

struct measure {
  double left, right; /* where full lines begin and end */
  double pitch;       /* from one baseline to the next inside of a paragraph */
};

typedef LIST_OF(double) distances;

static int by_value(const void *a, const void *b) {
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The value that PART of the others are below; OTHERWISE where there are none. */
static double quantile(distances *values, double part, double otherwise) {
  if (values->count == 0) return otherwise;
  qsort(values->item, values->count, sizeof *values->item, by_value);
  return values->item[(size_t)(part * (double)(values->count - 1) + 0.5)];
}

/* Of all pages that are as wide as LIKE. Where no line is long, none is full. */
static struct measure measure_of(struct arena *arena, const struct pdf_layout *page, size_t count,
                                 const struct pdf_layout *like) {
  distances left = {0}, right = {0}, pitch = {0};
  double first = INFINITY;
  for (size_t i = 0; i < count; i++) {
    if (fabs(page[i].width - like->width) > 2) continue;
    for (size_t j = 0; j < page[i].lines.count; j++) {
      const struct pdf_line *line = &page[i].lines.item[j];
      if (line->marks == 0) continue;
      first = fmin(first, line->x0);
      if (j > 0 && line->baseline - line[-1].baseline > line->size)
        *list_add(arena, &pitch) = line->baseline - line[-1].baseline;
      if (line->x1 - line->x0 < 0.6 * like->width) continue;
      *list_add(arena, &left) = line->x0;
      *list_add(arena, &right) = line->x1;
    }
  }
  return (struct measure){quantile(&left, 0.05, first), quantile(&right, 0.95, like->width),
                          quantile(&pitch, 0.1, 2 * like->size)};
}

/* ---- tables ---- */

struct table_row {
  size_t page;
  bool may_be_cut;
};

struct table {
  double *x; /* of the lines between columns, from the left edge on */
  size_t columns;
  size_t page, last_page; /* where it begins, and where it stands by now */
  LIST_OF(struct pdf_cell) cells;
  LIST_OF(struct table_row) rows;
  bool open_bottom;
};

struct flow {
  struct document *document;
  struct arena *arena;
  const struct measure *measure; /* of each page */

  LIST_OF(char) text; /* of the paragraph being read */
  size_t text_page;   /* where it begins; 0: none is being read */
  bool uncertain;     /* its order */
  const struct pdf_line *last;
  size_t last_page;

  struct table *table; /* being read, or NULL */
};

static struct row table_row(const struct flow *flow, const struct table *table, size_t row,
                            size_t *cell) {
  size_t first = *cell;
  while (*cell < table->cells.count && table->cells.item[*cell].row == row) ++*cell;
  struct cell *cells = arena_array(flow->arena, *cell - first + 1, sizeof *cells);
  for (size_t i = first; i < *cell; i++) {
    const struct pdf_cell *from = &table->cells.item[i];
    cells[i - first] = (struct cell){from->text.text, from->column, from->columns};
  }
  const struct table_row *known = &table->rows.item[row];
  return (struct row){cells, *cell - first, known->page, known->may_be_cut};
}

/* Rows in which no cell begins are left out: lines that part nothing. */
static void end_table(struct flow *flow) {
  struct table *table = flow->table;
  if (!table) return;
  struct row *rows = arena_array(flow->arena, table->rows.count + 1, sizeof *rows);
  size_t kept = 0;
  for (size_t i = 0, cell = 0; i < table->rows.count; i++) {
    rows[kept] = table_row(flow, table, i, &cell);
    kept += rows[kept].cells > 0;
  }
  struct block *block = document_add(flow->document, BLOCK_GRID);
  block->page = table->page;
  block->grid = (struct grid){.row = rows, .rows = kept};
  flow->table = NULL;
}

/* The line of X (one more than COLUMNS) that stands at VALUE, or SIZE_MAX. */
static size_t line_at(const double *x, size_t columns, double value, double same) {
  for (size_t i = 0; i <= columns; i++)
    if (fabs(x[i] - value) <= same) return i;
  return SIZE_MAX;
}

/* True where both end alike and every line of INNER is one of OUTER. */
static bool has_lines(const double *outer, size_t outer_columns, const double *inner,
                      size_t inner_columns, double same) {
  for (size_t i = 0; i <= inner_columns; i++)
    if (line_at(outer, outer_columns, inner[i], same) == SIZE_MAX) return false;
  return fabs(outer[outer_columns] - inner[inner_columns]) <= same;
}

/* Counts a cell's columns by the lines TO that it counted by the lines FROM. */
static void count_columns(struct pdf_cell *cell, const double *from, const double *to,
                          size_t columns, double same) {
  size_t first = line_at(to, columns, from[cell->column], same);
  size_t end = line_at(to, columns, from[cell->column + cell->columns], same);
  cell->column = first;
  cell->columns = end - first;
}

/* ---- a row that a page break cuts ---- */

/* The cell of the table's last row that begins in COLUMN, or NULL. */
static struct pdf_cell *last_row_cell(struct table *table, size_t column) {
  for (size_t i = table->cells.count; i-- > 0;) {
    struct pdf_cell *cell = &table->cells.item[i];
    if (cell->row + cell->rows == table->rows.count && cell->column == column) return cell;
  }
  return NULL;
}

/* The first cell of row ROW among COUNT cells, which are ordered by rows. */
static size_t first_of_row(const struct pdf_cell *cell, size_t count, size_t row) {
  size_t i = 0;
  while (i < count && cell[i].row < row) i++;
  return i;
}

/* How many rows of CELL repeat the head of TABLE, as it is printed anew on each page. */
static size_t repeated_rows(const struct table *table, const struct pdf_cell *cell, size_t cells) {
  size_t same = 0;
  while (same < cells && same < table->cells.count) {
    const struct pdf_cell *a = &table->cells.item[same], *b = &cell[same];
    if (a->row != b->row || a->column != b->column || a->columns != b->columns ||
        a->rows != b->rows || strcmp(a->text.text, b->text.text) != 0)
      break;
    same++;
  }
  size_t rows = same < cells ? cell[same].row : 0;
  return rows < table->rows.count ? rows : 0;
}

/* What ROW of CELL is to the last row of TABLE. */
static enum pdf_break judge_break(const struct flow *flow, const struct pdf_cell *cell,
                                  size_t cells, size_t row, bool open) {
  struct table *table = flow->table;
  if (table->rows.count == 0) return PDF_ROWS_PARTED;
  struct pdf_pair *pair = arena_array(flow->arena, cells + 1, sizeof *pair);
  size_t pairs = 0;
  for (size_t i = first_of_row(cell, cells, row); i < cells && cell[i].row == row; i++) {
    const struct pdf_cell *above = last_row_cell(table, cell[i].column);
    if (!above || above->columns != cell[i].columns) return PDF_ROWS_PARTED;
    pair[pairs++] = (struct pdf_pair){above, &cell[i]};
  }
  return pdf_break_judge(pair, pairs, open);
}

/* Joins ROW of CELL to the table's last row, cell by cell; a cell that spans goes on. */
static void join_cut_row(struct flow *flow, const struct pdf_cell *cell, size_t cells, size_t row) {
  for (size_t i = first_of_row(cell, cells, row); i < cells && cell[i].row == row; i++) {
    struct pdf_cell *above = last_row_cell(flow->table, cell[i].column);
    if (!above) continue;
    above->text = pdf_break_join(flow->arena, above, &cell[i]);
    if (cell[i].rows > 1) above->rows += row + cell[i].rows - 1;
  }
}

static void add_rows(struct flow *flow, const struct pdf_grid *grid, struct pdf_cell *cell,
                     size_t page) {
  struct table *table = flow->table;
  size_t repeated = repeated_rows(table, cell, grid->cells);
  bool open = table->open_bottom && grid->open_top;
  enum pdf_break kind = judge_break(flow, cell, grid->cells, repeated, open);
  bool joined = kind == PDF_ROW_GOES_ON;
  if (joined) join_cut_row(flow, cell, grid->cells, repeated);
  if (kind == PDF_ROWS_IN_DOUBT) table->rows.item[table->rows.count - 1].may_be_cut = true;
  size_t first = table->rows.count;
  for (size_t i = 0; i < grid->cells; i++) {
    if (joined && cell[i].row == repeated) continue;
    cell[i].row += first - (joined && cell[i].row > repeated);
    *list_add(flow->arena, &table->cells) = cell[i];
  }
  for (size_t i = joined; i < grid->rows; i++)
    *list_add(flow->arena, &table->rows) = (struct table_row){.page = page};
  if (kind == PDF_ROWS_IN_DOUBT) table->rows.item[first + repeated].may_be_cut = true;
  table->open_bottom = grid->open_bottom;
  table->last_page = page;
}

/* The lines of GRID from its left edge on: odd and even pages may have other margins. */
static double *lines_of(const struct flow *flow, const struct pdf_grid *grid) {
  double *x = arena_array(flow->arena, grid->columns + 1, sizeof *x);
  for (size_t i = 0; i <= grid->columns; i++) x[i] = grid->x[i] - grid->x[0];
  return x;
}

/* True where GRID goes on with the table being read, which then has its rows. */
static bool continue_table(struct flow *flow, const struct pdf_grid *grid, size_t page,
                           double size) {
  struct table *table = flow->table;
  const double same = 0.4 * size;
  if (!table || table->last_page + 1 != page) return false;
  double *x = lines_of(flow, grid);
  struct pdf_cell *cell = arena_array(flow->arena, grid->cells, sizeof *cell);
  memcpy(cell, grid->cell, grid->cells * sizeof *cell);
  if (has_lines(table->x, table->columns, x, grid->columns, same)) {
    for (size_t i = 0; i < grid->cells; i++)
      count_columns(&cell[i], x, table->x, table->columns, same);
  } else if (has_lines(x, grid->columns, table->x, table->columns, same)) {
    for (size_t i = 0; i < table->cells.count; i++)
      count_columns(&table->cells.item[i], table->x, x, grid->columns, same);
    table->x = x;
    table->columns = grid->columns;
  } else {
    return false;
  }
  add_rows(flow, grid, cell, page);
  return true;
}

static void begin_table(struct flow *flow, const struct pdf_grid *grid, size_t page) {
  flow->table = arena_alloc(flow->arena, sizeof *flow->table);
  flow->table->x = lines_of(flow, grid);
  flow->table->columns = grid->columns;
  flow->table->page = page;
  struct pdf_cell *cell = arena_array(flow->arena, grid->cells, sizeof *cell);
  memcpy(cell, grid->cell, grid->cells * sizeof *cell);
  add_rows(flow, grid, cell, page);
}

/* ---- paragraphs ---- */

static void add_text(struct flow *flow, const char *text) {
  for (; *text; text++) *list_add(flow->arena, &flow->text) = *text;
}

static void end_paragraph(struct flow *flow) {
  if (flow->text_page == 0) return;
  struct block *block = document_add(flow->document, BLOCK_PARAGRAPH);
  block->page = flow->text_page;
  block->text = arena_bytes(flow->arena, flow->text.item, flow->text.count);
  block->order_unknown = flow->uncertain;
  flow->uncertain = false;
  flow->text.count = 0;
  flow->text_page = 0;
}

static bool is_latin(int character) {
  return character < 128 && isalnum(character);
}

/* How wide the first unit is that cannot be broken over two lines. */
static double first_unit(const struct pdf_line *line) {
  size_t i = 0;
  while (i < line->marks && text_is_space(line->mark[i].character)) i++;
  size_t end = i + 1;
  while (is_latin(line->mark[i].character) && end < line->marks &&
         line->mark[end].character < 128 && !text_is_space(line->mark[end].character) &&
         line->mark[end].x0 - line->mark[end - 1].x1 < WORD_GAP * line->size)
    end++;
  return line->mark[end - 1].x1 - line->mark[i].x0;
}

/* True where a numbered item stands behind the end of a sentence: 。 and then 二、 or （二） */
static bool is_next_item(const struct flow *flow, const char *text) {
  static const int ends[] = {0x3002, 0xFF1B, 0xFF1A, ';', ':'};
  const struct pdf_line *last = flow->last;
  size_t i = last->marks;
  while (i > 0 && text_is_space(last->mark[i - 1].character)) i--;
  if (i == 0 || !pdf_begins_an_item(text) || isdigit((unsigned char)*text)) return false;
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
    if (last->mark[i - 1].character == ends[k]) return true;
  return false;
}

/* True where LINE on PAGE (from 1) does not go on with the paragraph of the line before. */
static bool begins_paragraph(const struct flow *flow, const struct pdf_line *line, const char *text,
                             size_t page) {
  if (flow->text_page == 0) return true;
  const struct pdf_line *last = flow->last;
  const struct measure *measure = &flow->measure[page - 1];
  double size = fmax(line->size, last->size);
  double right = last->in_column ? last->column_right : flow->measure[flow->last_page - 1].right;
  double left = line->in_column ? line->column_left : measure->left;
  double room = right - last->x1;
  if (line->uncertain != last->uncertain) return true;
  if (line->x0 > left + INDENT * line->size) return true;
  if (room > first_unit(line) + RAGGED_END * last->size) return true;
  if (fabs(line->size - last->size) > 0.2 * size) return true;
  if (is_next_item(flow, text)) return true;
  if (flow->last_page != page) return false;
  return line->baseline - last->baseline > fmax(1.5 * measure->pitch, 1.4 * size);
}

static void take_line(struct flow *flow, const struct pdf_line *line, size_t page) {
  end_table(flow);
  const char *text = pdf_line_text(flow->arena, line);
  if (begins_paragraph(flow, line, text, page)) {
    end_paragraph(flow);
    flow->text_page = page;
  } else {
    const struct pdf_line *last = flow->last;
    bool blank = text_is_space(last->mark[last->marks - 1].character);
    if (blank && flow->text.count > 0 &&
        isalpha((unsigned char)flow->text.item[flow->text.count - 1]) &&
        isalpha((unsigned char)*text))
      add_text(flow, " ");
  }
  add_text(flow, text);
  flow->uncertain |= line->uncertain;
  flow->last = line;
  flow->last_page = page;
}

/* True where LINE stands to the left or to the right of GRID. */
static bool is_beside(const struct pdf_line *line, const struct pdf_grid *grid) {
  return line->baseline > grid->top && line->baseline < grid->bottom &&
         (line->x0 > grid->x[grid->columns] - 0.5 * line->size ||
          line->x1 < grid->x[0] + 0.5 * line->size);
}

/* A table goes on over the page break whatever stands beside it. */
static void take_line_beside(struct flow *flow, const struct pdf_line *line, size_t page) {
  end_paragraph(flow);
  add_text(flow, pdf_line_text(flow->arena, line));
  flow->uncertain = line->uncertain;
  flow->text_page = page;
  end_paragraph(flow);
}

static void take_grid(struct flow *flow, const struct pdf_layout *page, const struct pdf_grid *grid,
                      size_t number) {
  end_paragraph(flow);
  if (continue_table(flow, grid, number, page->size)) return;
  end_table(flow);
  begin_table(flow, grid, number);
}

static void take_page(struct flow *flow, const struct pdf_layout *page, size_t number) {
  size_t grid = 0;
  for (size_t i = 0; i < page->lines.count; i++) {
    const struct pdf_line *line = &page->lines.item[i];
    if (line->marks == 0) continue;
    while (grid < page->grids.count && page->grids.item[grid].top < line->baseline)
      take_grid(flow, page, &page->grids.item[grid++], number);
    if (grid > 0 && is_beside(line, &page->grids.item[grid - 1]))
      take_line_beside(flow, line, number);
    else
      take_line(flow, line, number);
  }
  while (grid < page->grids.count) take_grid(flow, page, &page->grids.item[grid++], number);
}

void pdf_flow(struct document *document, struct pdf_layout *page, size_t count) {
  struct arena *arena = document->arena;
  remove_running(arena, page, count);
  for (size_t i = 0; i < count; i++)
    page[i].lines = pdf_blocks_order(arena, &page[i].lines, &page[i].grids);
  struct measure *measure = arena_array(arena, count + 1, sizeof *measure);
  for (size_t i = 0; i < count; i++) {
    bool alike = i > 0 && page[i].width == page[i - 1].width;
    measure[i] = alike ? measure[i - 1] : measure_of(arena, page, count, &page[i]);
  }
  struct flow flow = {.document = document, .arena = arena, .measure = measure};
  for (size_t i = 0; i < count; i++) take_page(&flow, &page[i], i + 1);
  end_paragraph(&flow);
  end_table(&flow);
}
