/* Cuts paragraphs into clauses, and takes those that are the name of a row, of a column, or of
 * both, with a value at their end. Whose values they are is for the reader of the grid. */
#include "ingest/tables/told_table.h"

#include <string.h>

#include "core/base/label.h"

enum { LINE_BYTES = 600, VALUE_BYTES = 60 };

struct telling {
  const struct table_template *table;
  const struct numerals *numerals;
  struct arena *arena;
  struct text_table result;
  LIST_OF(struct row) rows;
  LIST_OF(const struct block *) lines;
  const struct block *block;
  const char *label;            /* of the row that is told; NULL: none */
  LIST_OF(struct cell) heading; /* of that row */
  LIST_OF(struct cell) values;
};

static void add_row(struct telling *telling, const struct cell *cell, size_t cells) {
  *list_add(telling->arena, &telling->rows) =
      (struct row){.cell = cell, .cells = cells, .page = telling->block->page};
  *list_add(telling->arena, &telling->lines) = telling->block;
}

static void end_row(struct telling *telling) {
  if (telling->label && telling->values.count > 1) {
    add_row(telling, telling->heading.item, telling->heading.count);
    add_row(telling, telling->values.item, telling->values.count);
    telling->result.values += telling->values.count - 1;
  }
  telling->label = NULL;
  memset(&telling->heading, 0, sizeof telling->heading);
  memset(&telling->values, 0, sizeof telling->values);
}

static void begin_row(struct telling *telling, const char *label) {
  end_row(telling);
  telling->label = label;
  *list_add(telling->arena, &telling->heading) = (struct cell){"", 0, 1};
  *list_add(telling->arena, &telling->values) = (struct cell){label, 0, 1};
}

/* Where the longest end of TEXT that is a value begins; its length where there is none. */
static size_t value_at_end(const struct telling *telling, const char *text) {
  size_t length = strlen(text), value = length;
  for (size_t at = length; at-- > 0 && length - at <= VALUE_BYTES;) {
    if (((unsigned char)text[at] & 0xC0) == 0x80) continue; /* inside of a character */
    if (number_is_value(telling->numerals, text_compact(telling->arena, text + at))) value = at;
  }
  return value;
}

/* How many bytes of NAME (normal) are the label of a row; 0: it begins with none. */
static size_t row_at(const struct telling *telling, const char *name) {
  size_t longest = 0;
  for (size_t i = 0; i < telling->table->rows.count; i++) {
    const struct template_line *row = &telling->table->rows.item[i];
    for (size_t k = 0; k < row->labels && !row->is_title; k++) {
      size_t length = text_begins(name, row->label[k].text);
      if (length > longest) longest = length;
    }
  }
  return longest;
}

static bool is_column(const struct telling *telling, const char *name) {
  const struct label label = label_prepare(telling->arena, name);
  return label.length && template_has(&telling->table->columns, &label, SURELY);
}

/* Takes a clause. One that is neither a row nor one of its columns is of something else, and so may
 * be what follows it. */
static void take_clause(struct telling *telling, const char *clause) {
  size_t value = value_at_end(telling, clause);
  const char *name = label_normal(telling->arena, arena_bytes(telling->arena, clause, value));
  size_t row = row_at(telling, name);
  bool has_value = clause[value] != '\0', has_column = is_column(telling, name + row);
  if (row) begin_row(telling, arena_bytes(telling->arena, name, row));
  if (has_value ? !has_column : !row || name[row]) end_row(telling);
  if (!telling->label || !has_value) return;
  size_t column = telling->values.count;
  *list_add(telling->arena, &telling->heading) =
      (struct cell){arena_text(telling->arena, name + row), column, 1};
  *list_add(telling->arena, &telling->values) =
      (struct cell){arena_text(telling->arena, clause + value), column, 1};
}

/* The length of the mark at AT that ends a clause, or 0. A point or comma may stand in a number. */
static size_t mark_at(const char *at) {
  static const char *const marks[] = {"，", "。", "；", "：", "、", ";", ":"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (text_begins(at, marks[i])) return strlen(marks[i]);
  return 0;
}

static void take_paragraph(struct telling *telling, const struct block *block) {
  const char *from = block->text;
  telling->block = block;
  for (const char *at = from; *from; at++) {
    size_t mark = mark_at(at);
    if (!mark && *at) continue;
    if (at > from) take_clause(telling, arena_bytes(telling->arena, from, (size_t)(at - from)));
    from = at + mark;
    at = from - 1;
    if (!mark) break;
  }
  end_row(telling);
}

struct text_table told_table(const struct table_template *table, const struct numerals *numerals,
                             struct arena *arena, const struct document *document) {
  struct telling telling = {.table = table, .numerals = numerals, .arena = arena};
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH && strlen(block->text) <= LINE_BYTES)
      take_paragraph(&telling, block);
  }
  telling.result.grid =
      (struct grid){.row = telling.rows.item, .rows = telling.rows.count, .ragged = true};
  telling.result.line = telling.lines.item;
  return telling.result;
}
