/* Tables that stand in a document as paragraphs. A row is recognised by its label, a heading by its
 * columns; whether they fit each other is for the reader of the grid. */
#include "ingest/tables/text_table.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/tables/template.h"

/* ---- a row a line ---- */

/* The row, or the title of rows, of a table with a single column of values that is like TEXT. */
static const struct template_line *listed(const struct forms *forms, struct arena *arena,
                                          const char *text) {
  const struct label label = label_prepare(arena, label_normal(arena, text));
  for (size_t i = 0; i < forms->tables.count; i++) {
    const struct table_template *table = &forms->tables.item[i];
    for (size_t j = 0; j < table->rows.count && table->columns.count == 1; j++)
      if (template_likeness(&table->rows.item[j], &label, SURELY) >= SURELY)
        return &table->rows.item[j];
  }
  return NULL;
}

/* Where the last word of the LENGTH bytes of TEXT begins, with a blank or colon before it. */
static size_t last_word(const char *text, size_t length) {
  size_t start = 0, word = 0;
  for (const char *at = text; at < text + length;) {
    int character = text_next(&at);
    if (text_is_space(character) || character == ':' || character == 0xFF1A /* ： */)
      start = (size_t)(at - text);
    else
      word = start;
  }
  return word;
}

enum { LINE_BYTES = 300, VALUE_BYTES = 60 }; /* the longest that are read as rows */

/* Where the longest end of TEXT that is a value begins; its length where there is none. */
static size_t value_at_end(struct arena *arena, const struct numerals *numerals, const char *text) {
  size_t length = strlen(text), value = length;
  for (size_t at = length; at-- > 0 && length - at <= VALUE_BYTES;) {
    if (((unsigned char)text[at] & 0xC0) == 0x80) continue; /* inside of a character */
    if (number_is_value(numerals, text_compact(arena, text + at))) value = at;
  }
  return value;
}

/* `（一）主动公开政府信息数 条 1234`, with or without the unit: cells of label, unit and value. No
 * cells where TEXT is not such a line; a title of rows has its label only. */
static struct row line_row(const struct forms *forms, struct arena *arena,
                           const struct numerals *numerals, const char *text) {
  struct row row = {0};
  if (strlen(text) > LINE_BYTES) return row;
  size_t value = value_at_end(arena, numerals, text), unit = last_word(text, value);
  const char *unit_text = arena_bytes(arena, text + unit, value - unit);
  if (!*number_unit(arena, numerals, text_compact(arena, unit_text))) unit = value;
  const char *label = arena_bytes(arena, text, unit);
  const struct template_line *line = listed(forms, arena, label);
  if (!line) return row;
  struct cell *cell = arena_array(arena, 3, sizeof *cell);
  cell[0] = (struct cell){label, 0, 1};
  cell[1] = (struct cell){arena_bytes(arena, text + unit, value - unit), 1, 1};
  cell[2] = (struct cell){text + value, 2, 1};
  row = (struct row){.cell = cell, .cells = text[unit] && !line->is_title ? 3 : 1};
  return row;
}

struct text_table text_table_of_lines(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from) {
  struct text_table table = {.end = from};
  LIST_OF(struct row) rows = {0};
  LIST_OF(const struct block *) lines = {0};
  for (; table.end < document->blocks.count; table.end++) {
    const struct block *block = &document->blocks.item[table.end];
    if (block->kind != BLOCK_PARAGRAPH) break;
    struct row row = line_row(forms, arena, numerals, block->text);
    if (row.cells == 0) break;
    row.page = block->page;
    table.values += row.cells > 1;
    *list_add(arena, &rows) = row;
    *list_add(arena, &lines) = block;
  }
  table.grid = (struct grid){.row = rows.item, .rows = rows.count, .ragged = true};
  table.line = lines.item;
  if (table.end == from) table.end++;
  return table;
}

/* ---- a cell a line ---- */

enum {
  FEWEST_COLUMNS = 2,
  PARTS = 3,
  HEADING_CELLS = 60
}; /* lines of a column's label; lines of a heading */

struct cell_reader {
  const struct forms *forms;
  const struct numerals *numerals;
  struct arena *arena;
  const struct document *document;
};

/* A column of a template, and the lines that its label takes. */
struct column_lines {
  const struct table_template *table;
  const struct template_line *column; /* NULL: none */
  const char *text;
  size_t lines;
};

static const char *line_at(const struct cell_reader *reader, size_t at) {
  if (at >= reader->document->blocks.count) return NULL;
  const struct block *block = &reader->document->blocks.item[at];
  return block->kind == BLOCK_PARAGRAPH && strlen(block->text) <= LINE_BYTES ? block->text : NULL;
}

/* A paragraph without text stands for a blank cell. */
static bool is_value(const struct cell_reader *reader, size_t at) {
  const char *text = line_at(reader, at);
  const char *compact = text ? text_compact(reader->arena, text) : "-";
  return text && (*compact == '\0' || number_is_value(reader->numerals, compact));
}

/* Whether block AT is a label, in a place where one may stand. */
static bool is_label(const struct cell_reader *reader, size_t at) {
  return line_at(reader, at) && !is_value(reader, at);
}

/* The column of TABLE (of any, where it is NULL) whose label is on the lines from AT on: a label
 * may be broken over a few. */
static struct column_lines column_at(const struct cell_reader *reader,
                                     const struct table_template *only, size_t at) {
  struct column_lines best = {0};
  double most = 0;
  const char *text = "";
  for (size_t lines = 1; lines <= PARTS && is_label(reader, at + lines - 1); lines++) {
    text = arena_format(reader->arena, "%s%s", text, line_at(reader, at + lines - 1));
    const struct label label = label_prepare(reader->arena, label_normal(reader->arena, text));
    for (size_t t = 0; t < reader->forms->tables.count; t++) {
      const struct table_template *table = &reader->forms->tables.item[t];
      if (table->columns.count < 2 || (only && table != only)) continue;
      for (size_t j = 0; j < table->columns.count; j++) {
        double likeness = template_likeness(&table->columns.item[j], &label, SURELY);
        if (likeness < SURELY || likeness <= most) continue;
        most = likeness;
        best = (struct column_lines){table, &table->columns.item[j], text, lines};
      }
    }
  }
  return best;
}

typedef LIST_OF(struct column_lines) column_list;

/* Where no two columns have the same label, their order is that of the form: spans of the heading
 * may have moved 总计 before 商业企业. */
static void put_in_order(column_list *columns) {
  for (size_t i = 0; i < columns->count; i++)
    for (size_t j = 0; j < i; j++)
      if (columns->item[i].column == columns->item[j].column) return;
  for (size_t i = 1; i < columns->count; i++)
    for (size_t j = i; j > 0 && columns->item[j].column < columns->item[j - 1].column; j--) {
      struct column_lines other = columns->item[j];
      columns->item[j] = columns->item[j - 1];
      columns->item[j - 1] = other;
    }
}

/* The columns from block FROM on; *END is the first block behind the last of them. */
static column_list columns_from(const struct cell_reader *reader, size_t from, size_t *end) {
  column_list columns = {0};
  const struct table_template *table = NULL;
  for (size_t at = from; at < from + HEADING_CELLS && is_label(reader, at);) {
    struct column_lines column = column_at(reader, table, at);
    if (!column.column && at == from) break;
    if (!column.column) {
      at++;
      continue;
    }
    table = column.table;
    *list_add(reader->arena, &columns) = column;
    *end = at += column.lines;
  }
  put_in_order(&columns);
  return columns;
}

/* Where the labels from block AT on end before values; that is where a new heading begins, or no
 * table is, *IS_OVER is true. */
static size_t next_values(const struct cell_reader *reader, size_t at, bool *is_over) {
  size_t labels = 0;
  for (; is_label(reader, at + labels); labels++) {
    bool is_last = is_value(reader, at + labels + 1);
    if (labels > HEADING_CELLS || (!is_last && column_at(reader, NULL, at + labels).column)) break;
  }
  *is_over = !is_value(reader, at + labels);
  return at + labels;
}

static struct row cells_between(const struct cell_reader *reader, size_t from, size_t end) {
  struct cell *cell = arena_array(reader->arena, end - from, sizeof *cell);
  for (size_t i = from; i < end; i++)
    cell[i - from] = (struct cell){line_at(reader, i), i - from, 1};
  return (struct row){
      .cell = cell, .cells = end - from, .page = reader->document->blocks.item[from].page};
}

static struct row heading_row(const struct cell_reader *reader, const column_list *columns) {
  struct cell *cell = arena_array(reader->arena, columns->count + 1, sizeof *cell);
  cell[0] = (struct cell){"", 0, 1};
  for (size_t i = 0; i < columns->count; i++)
    cell[i + 1] = (struct cell){columns->item[i].text, i + 1, 1};
  return (struct row){.cell = cell, .cells = columns->count + 1};
}

/* 数量 alone does not say what else stands in a row: codes, other years. */
static bool is_count(const struct cell_reader *reader, const char *text) {
  const struct label label = label_prepare(reader->arena, label_normal(reader->arena, text));
  return template_has(&reader->forms->words.counts, &label, 1);
}

struct text_table text_table_of_cells(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from) {
  const struct cell_reader reader = {forms, numerals, arena, document};
  struct text_table table = {.is_apart = true, .end = from + 1};
  LIST_OF(struct row) rows = {0};
  LIST_OF(const struct block *) lines = {0};
  size_t end = from + 1;
  const column_list columns = columns_from(&reader, from, &end);
  if (columns.count == 0 || (columns.count == 1 && is_count(&reader, columns.item[0].text)))
    return table;
  *list_add(arena, &rows) = heading_row(&reader, &columns);
  *list_add(arena, &lines) = &document->blocks.item[from];

  bool is_over;
  size_t at = next_values(&reader, end, &is_over);
  for (; !is_over; at = next_values(&reader, at, &is_over)) {
    size_t first = at > end ? at - 1 : at; /* its label, if any */
    while (is_value(&reader, at)) at++;
    *list_add(arena, &rows) = cells_between(&reader, first, at);
    *list_add(arena, &lines) = &document->blocks.item[first];
    table.values++;
    end = table.end = at;
  }
  table.grid = (struct grid){.row = rows.item, .rows = rows.count, .ragged = true};
  table.line = lines.item;
  return table;
}

/* ---- a row a line, its cells parted by blanks ---- */

enum { GAP_LINES = 2, ROWS_IN_A_LINE = 12, VALUES_ALONE = 10 };

/* True where TEXT surely is the label of a row of a table with several columns. */
static bool is_row_label(const struct cell_reader *reader, const char *text) {
  const struct label label = label_prepare(reader->arena, label_normal(reader->arena, text));
  for (size_t t = 0; label.length && t < reader->forms->tables.count; t++) {
    const struct table_template *table = &reader->forms->tables.item[t];
    if (table->columns.count >= FEWEST_COLUMNS && template_has(&table->rows, &label, SURELY))
      return true;
  }
  return false;
}

typedef LIST_OF(struct cell) word_list;

static word_list words_of(const struct cell_reader *reader, const char *text) {
  word_list words = {0};
  for (const char *at = text, *word = text; *word;) {
    const char *end = at;
    int character = *at ? text_next(&at) : 0;
    if (character && !text_is_space(character)) continue;
    struct cell cell = {arena_bytes(reader->arena, word, (size_t)(end - word)), 0, 1};
    if (end > word) *list_add(reader->arena, &words) = cell;
    word = at;
  }
  return words;
}

/* The words of TEXT as cells; those before the values at its end are one cell where together they
 * are a row's label. *VALUES tells how many of the cells are values. */
static struct row word_row(const struct cell_reader *reader, const char *text, size_t *values) {
  word_list words = words_of(reader, text);
  size_t labels = words.count;
  const char *label = "";
  while (labels > 0 && number_is_value(reader->numerals,
                                       text_compact(reader->arena, words.item[labels - 1].text)))
    labels--;
  *values = words.count - labels;
  for (size_t i = 0; i < labels; i++)
    label = arena_format(reader->arena, "%s%s", label, words.item[i].text);
  if (*values && labels > 1 && is_row_label(reader, label)) {
    words.item[0].text = label;
    memmove(words.item + 1, words.item + labels, *values * sizeof *words.item);
    words.count = *values + 1;
  }
  for (size_t i = 0; i < words.count; i++) words.item[i].column = i;
  return (struct row){.cell = words.item, .cells = words.count};
}

/* How many of the words of ROW are columns of TABLE. */
static size_t columns_in(const struct cell_reader *reader, const struct table_template *table,
                         const struct row *row) {
  size_t columns = 0;
  for (size_t i = 0; i < row->cells; i++) {
    const struct label label =
        label_prepare(reader->arena, label_normal(reader->arena, row->cell[i].text));
    columns += template_has(&table->columns, &label, SURELY);
  }
  return columns;
}

static bool is_heading(const struct cell_reader *reader, const struct row *row) {
  for (size_t t = 0; row->cells >= FEWEST_COLUMNS && t < reader->forms->tables.count; t++)
    if (columns_in(reader, &reader->forms->tables.item[t], row) >= FEWEST_COLUMNS) return true;
  return false;
}

struct text_table text_table_of_words(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from) {
  const struct cell_reader reader = {forms, numerals, arena, document};
  struct text_table table = {.end = from + 1};
  LIST_OF(struct row) rows = {0};
  LIST_OF(const struct block *) lines = {0};
  size_t values, filled = 0; /* rows up to the last with values */
  for (size_t at = from; line_at(&reader, at); at++) {
    struct row row = word_row(&reader, line_at(&reader, at), &values);
    if (at == from && (values || !is_heading(&reader, &row))) return table;
    if (rows.count - filled > (table.values ? GAP_LINES : PARTS)) break;
    row.page = document->blocks.item[at].page;
    *list_add(arena, &rows) = row;
    *list_add(arena, &lines) = &document->blocks.item[at];
    if (values == 0) continue;
    filled = rows.count;
    table.end = at + 1;
    table.values++;
  }
  table.grid = (struct grid){.row = rows.item, .rows = filled, .ragged = true};
  table.line = lines.item;
  return table;
}

/* TEXT without figures at its end, which may be the first value of a row. */
static const char *without_figures(struct arena *arena, const char *text) {
  size_t length = strlen(text);
  while (length > 0 && text[length - 1] >= '0' && text[length - 1] <= '9') length--;
  return arena_bytes(arena, text, length);
}

/* TEXT with blanks for what else may part the cells of a row. */
static const char *with_blanks(struct arena *arena, const char *text) {
  static const char *const marks[] = {",", ";", "，", "；"};
  char *copy = arena_text(arena, text);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    for (char *at = copy; (at = strstr(at, marks[i]));) memset(at, ' ', strlen(marks[i]));
  return copy;
}

bool text_table_has_rows(const struct forms *forms, const struct numerals *numerals,
                         struct arena *arena, const char *text) {
  const struct cell_reader reader = {forms, numerals, arena, NULL};
  size_t values;
  if (strlen(text) <= LINE_BYTES) {
    const struct row row = word_row(&reader, with_blanks(arena, text), &values);
    size_t labels = row.cells - values;
    if (!labels) return values >= VALUES_ALONE; /* no prose is nothing but numbers */
    return values && is_row_label(&reader, without_figures(arena, row.cell[labels - 1].text));
  }
  const char *normal = label_normal(arena, text);
  const struct text_index whole = text_index_make(normal, strlen(normal));
  for (size_t t = 0; t < forms->tables.count; t++)
    if (template_rows_in(&forms->tables.item[t], &whole) >= ROWS_IN_A_LINE) return true;
  return false;
}
