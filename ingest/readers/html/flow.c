/* Paragraphs and tables of a page, as blocks of a document. Knows no markup and no forms. */
#include "ingest/readers/html/flow.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A cell with more text than this (in bytes) holds running text: no label is as long. */
enum { LONG_TEXT = 600 };

/* So many cells may reach down into one row; those that would be more do not reach down. It bounds
 * the work that a row costs. */
enum { REACHING_LIMIT = 256 };

/* ---- what kind of table ---- */

/* What stands in a cell, or in a table. */
struct content {
  size_t text;   /* bytes */
  size_t tables; /* directly in it */
};

static struct content content_of_table(const struct flow_table *table);

static struct content content_of(const flow *content) {
  struct content sum = {0, 0};
  for (size_t i = 0; i < content->count; i++) {
    const struct flow_item *item = &content->item[i];
    sum.tables += item->table != NULL;
    sum.text += item->table ? content_of_table(item->table).text : strlen(item->text);
  }
  return sum;
}

static struct content content_of_table(const struct flow_table *table) {
  struct content sum = {0, 0};
  for (size_t i = 0; i < table->rows.count; i++)
    for (size_t j = 0; j < table->rows.item[i].cells.count; j++) {
      struct content content = content_of(&table->rows.item[i].cells.item[j]->content);
      sum.text += content.text;
      sum.tables += content.tables;
    }
  return sum;
}

/* True where a cell holds more than a label or a value. */
static bool is_page_part(struct content content) {
  return content.tables > 0 || content.text > LONG_TEXT;
}

/* A table only arranges the page where not two rows have cells side by side but there are tables in
 * it, where none has, or where most of its text stands in cells that hold running text or tables.
 */
static bool is_arrangement(const struct flow_table *table) {
  size_t wide_rows = 0, tables = 0, parts = 0, others = 0;
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct flow_row *row = &table->rows.item[i];
    wide_rows += row->cells.count > 1;
    for (size_t j = 0; j < row->cells.count; j++) {
      struct content content = content_of(&row->cells.item[j]->content);
      tables += content.tables;
      if (is_page_part(content))
        parts += content.text;
      else
        others += content.text;
    }
  }
  return wide_rows == 0 || (wide_rows == 1 && tables > 0) || parts > 2 * others;
}

/* ---- the text of a cell ---- */

/* The paragraphs of a cell, joined: labels are broken anywhere. Two digits that would meet across a
 * break are two numbers, and must not become one. */
static const char *cell_text(struct arena *arena, const flow *content) {
  static const char apart[] = "；";
  size_t room = 1;
  for (size_t i = 0; i < content->count; i++)
    if (!content->item[i].table) room += strlen(content->item[i].text) + sizeof apart;
  char *text = arena_alloc(arena, room), *end = text;
  for (size_t i = 0; i < content->count; i++) {
    const char *next = content->item[i].text;
    if (content->item[i].table) continue;
    if (end > text && isdigit((unsigned char)end[-1]) && isdigit((unsigned char)*next))
      end = stpcpy(end, apart);
    end = stpcpy(end, next);
  }
  return text;
}

/* ---- spans ---- */

/* A cell of a row above that reaches down into the row being placed. */
struct reaching {
  size_t start, end; /* columns */
  size_t rows;       /* how many more it reaches */
};

struct placing {
  struct arena *arena;
  struct reaching reaching[REACHING_LIMIT]; /* from left to right */
  size_t count;
  struct row *row;    /* the rows with cells so far */
  struct cell **cell; /* theirs */
  size_t *end;        /* the column behind each of them */
  size_t rows;
  bool ragged; /* holes, overlaps, or rows of different width: spans are wrong */
};

static int compare_reaching(const void *a, const void *b) {
  const struct reaching *x = a, *y = b;
  return x->start < y->start ? -1 : x->start > y->start;
}

/* Forgets the cells that end here, and keeps those that begin in the row from FROM on. */
static void pass_row(struct placing *placing) {
  size_t kept = 0;
  for (size_t i = 0; i < placing->count; i++)
    if (--placing->reaching[i].rows > 0) placing->reaching[kept++] = placing->reaching[i];
  placing->count = kept;
  qsort(placing->reaching, kept, sizeof *placing->reaching, compare_reaching);
}

static void reach_down(struct placing *placing, struct reaching reaching) {
  if (placing->count < REACHING_LIMIT) placing->reaching[placing->count++] = reaching;
}

/* Places the cells of FROM into the free columns from left to right, as browsers do. */
static void place_row(struct placing *placing, const struct flow_row *from) {
  size_t above = placing->count, next = 0, column = 0;
  struct cell *cell = arena_array(placing->arena, from->cells.count + 1, sizeof *cell);
  for (size_t i = 0; i < from->cells.count; i++) {
    const struct flow_cell *cells = from->cells.item[i];
    while (next < above && placing->reaching[next].start <= column) {
      if (placing->reaching[next].end > column) column = placing->reaching[next].end;
      next++;
    }
    cell[i] = (struct cell){cell_text(placing->arena, &cells->content), column, cells->columns};
    column += cells->columns;
    placing->ragged |= next < above && placing->reaching[next].start < column;
    if (cells->rows > 1)
      reach_down(placing, (struct reaching){cell[i].column, column, cells->rows});
  }
  for (; next < above; next++) {
    placing->ragged |= from->cells.count > 0 && placing->reaching[next].start != column;
    if (placing->reaching[next].end > column) column = placing->reaching[next].end;
  }
  if (from->cells.count > 0) {
    placing->end[placing->rows] = column;
    placing->cell[placing->rows] = cell;
    placing->row[placing->rows++] = (struct row){.cell = cell, .cells = from->cells.count};
  }
}

/* A title or a note alone in its row, whatever width it claims. */
static bool is_alone(const struct row *row) {
  return row->cells == 1 && row->cell[0].column == 0;
}

/* Rows of different width mean wrong spans. Rows of a single cell may be as wide as they like. */
static void compare_widths(struct placing *placing) {
  size_t width = 0;
  for (size_t i = 0; i < placing->rows; i++) {
    if (is_alone(&placing->row[i])) continue;
    placing->ragged |= width && placing->end[i] != width;
    width = placing->end[i];
  }
  for (size_t i = 0; i < placing->rows; i++)
    if (is_alone(&placing->row[i]) && placing->end[i] > width && width > 0)
      placing->cell[i]->columns = width;
}

static int compare_columns(const void *a, const void *b) {
  const size_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* How many of the sorted STARTS are less than COLUMN. */
static size_t rank_of(const size_t *starts, size_t count, size_t column) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (starts[middle] < column)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Counts only columns in which some cell begins. Others are seen by nobody, and a span of a million
 * columns then costs as little as it shows. */
static void drop_unseen_columns(struct placing *placing, size_t cells) {
  size_t *starts = arena_array(placing->arena, cells + 1, sizeof *starts), count = 0, kept = 0;
  for (size_t i = 0; i < placing->rows; i++)
    for (size_t j = 0; j < placing->row[i].cells; j++)
      starts[count++] = placing->row[i].cell[j].column;
  qsort(starts, count, sizeof *starts, compare_columns);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || starts[i] != starts[kept - 1]) starts[kept++] = starts[i];
  for (size_t i = 0; i < placing->rows; i++)
    for (size_t j = 0; j < placing->row[i].cells; j++) {
      struct cell *cell = &placing->cell[i][j];
      size_t end = rank_of(starts, kept, cell->column + cell->columns);
      cell->column = rank_of(starts, kept, cell->column);
      cell->columns = end - cell->column;
    }
}

/* A row as text converted from Word has it: its cells in order, and a blank one for each that
 * reaches down into it. */
static struct row listed(struct placing *placing, const struct flow_row *from) {
  size_t above = placing->count, next = 0, column = 0, count = 0;
  struct cell *cell = arena_array(placing->arena, from->cells.count + above + 1, sizeof *cell);
  for (size_t i = 0; i < from->cells.count; i++) {
    const struct flow_cell *cells = from->cells.item[i];
    for (; next < above && placing->reaching[next].start <= column; next++, count++) {
      cell[count] = (struct cell){"", count, 1};
      if (placing->reaching[next].end > column) column = placing->reaching[next].end;
    }
    cell[count] = (struct cell){cell_text(placing->arena, &cells->content), count, 1};
    count++;
    if (cells->rows > 1)
      reach_down(placing, (struct reaching){column, column + cells->columns, cells->rows});
    column += cells->columns;
  }
  for (; next < above; next++, count++) cell[count] = (struct cell){"", count, 1};
  return (struct row){.cell = cell, .cells = count};
}

typedef void row_placer(struct placing *placing, const struct flow_row *from);

static void list_row(struct placing *placing, const struct flow_row *from) {
  struct row row = listed(placing, from);
  if (from->cells.count > 0) placing->row[placing->rows++] = row;
}

static void place_rows(struct placing *placing, const struct flow_row *rows, size_t count,
                       row_placer *place) {
  placing->rows = placing->count = 0;
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && rows[i].group != rows[i - 1].group) placing->count = 0;
    place(placing, &rows[i]);
    pass_row(placing);
  }
}

static void write_grid(struct document *document, const struct flow_row *rows, size_t count) {
  struct placing placing = {.arena = document->arena};
  size_t cells = 0;
  for (size_t i = 0; i < count; i++) cells += rows[i].cells.count;
  if (cells == 0) return;
  placing.row = arena_array(document->arena, count, sizeof *placing.row);
  placing.cell = arena_array(document->arena, count, sizeof *placing.cell);
  placing.end = arena_array(document->arena, count, sizeof *placing.end);
  place_rows(&placing, rows, count, place_row);
  compare_widths(&placing);
  if (placing.ragged)
    place_rows(&placing, rows, count, list_row);
  else
    drop_unseen_columns(&placing, cells);
  document_add(document, BLOCK_GRID)->grid =
      (struct grid){.row = placing.row, .rows = placing.rows, .ragged = placing.ragged};
}

/* ---- writing ---- */

static void write_table(struct document *document, const struct flow_table *table);

static void write_nested_tables(struct document *document, const struct flow_row *rows,
                                size_t count) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < rows[i].cells.count; j++) {
      const flow *content = &rows[i].cells.item[j]->content;
      for (size_t k = 0; k < content->count; k++)
        if (content->item[k].table) write_table(document, content->item[k].table);
    }
}

static void write_data(struct document *document, const struct flow_row *rows, size_t count) {
  write_grid(document, rows, count);
  write_nested_tables(document, rows, count);
}

/* A table of data; a row of one cell with running text or a table parts it in two. */
static void write_data_table(struct document *document, const struct flow_table *table) {
  size_t start = 0;
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct flow_row *row = &table->rows.item[i];
    if (row->cells.count != 1 || !is_page_part(content_of(&row->cells.item[0]->content))) continue;
    write_data(document, table->rows.item + start, i - start);
    flow_write(document, &row->cells.item[0]->content);
    start = i + 1;
  }
  write_data(document, table->rows.item + start, table->rows.count - start);
}

static void write_table(struct document *document, const struct flow_table *table) {
  if (!is_arrangement(table)) {
    write_data_table(document, table);
    return;
  }
  for (size_t i = 0; i < table->rows.count; i++)
    for (size_t j = 0; j < table->rows.item[i].cells.count; j++)
      flow_write(document, &table->rows.item[i].cells.item[j]->content);
}

void flow_write(struct document *document, const flow *content) {
  for (size_t i = 0; i < content->count; i++) {
    const struct flow_item *item = &content->item[i];
    if (item->table)
      write_table(document, item->table);
    else if (!item->is_links)
      document_add(document, BLOCK_PARAGRAPH)->text = item->text;
  }
}
