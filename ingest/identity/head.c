/* Gathers the lines at the head of a document. Knows only where the numbered sections begin. */
#include "ingest/identity/head.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/identity/chinese_date.h"

/* So many lines of the sections are looked at as well, and of a document without sections so many
 * lines at all beside its title. */
enum { LINES_BELOW = 8 };

/* A frame above a report has no more rows. */
enum { FRAME_ROWS = 12 };

struct gathering {
  struct arena *arena;
  LIST_OF(struct head_line) lines;
};

static void add_line(struct gathering *gathering, const char *text, const char *printed,
                     size_t block) {
  if (*text)
    *list_add(gathering->arena, &gathering->lines) = (struct head_line){text, printed, block};
}

static void add_pairs(struct gathering *gathering, const struct row *row, size_t block) {
  for (size_t i = 0; i + 1 < row->cells; i++) {
    const char *label = row->cell[i].text, *value = row->cell[i + 1].text;
    if (*label == '\0' || *value == '\0') continue;
    const char *pair = arena_format(gathering->arena, "%s:%s", label, value);
    add_line(gathering,
             chinese_dates_in_digits(gathering->arena, text_compact(gathering->arena, pair)), "",
             block);
  }
}

static void add_block(struct gathering *gathering, const struct block *block, size_t index) {
  const char *text = document_rule_text(gathering->arena, block);
  add_line(gathering, text, document_rule_printed(block), index);
  if (*text || block->kind != BLOCK_GRID || block->grid.rows > FRAME_ROWS) return;
  for (size_t i = 0; i < block->grid.rows; i++) add_pairs(gathering, &block->grid.row[i], index);
}

size_t document_body(const struct document_rules *rules, const struct document *document,
                     struct arena *arena) {
  size_t first = document->blocks.count;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    if (document_rule_match(rules, FIELD_REPORT_START, text)) return i;
    if (first == document->blocks.count && document_rule_match(rules, FIELD_FIRST_HEADING, text))
      first = i;
  }
  return first;
}

struct head head_read(const struct document_rules *rules, const struct document *document,
                      struct arena *arena) {
  struct gathering gathering = {.arena = arena};
  struct head head = {.body = document_body(rules, document, arena)};
  head.has_sections = head.body < document->blocks.count;
  for (size_t i = 0; i < document->blocks.count; i++) {
    if (i > head.body && gathering.lines.count >= head.above + LINES_BELOW) break;
    if (i == head.body) head.above = gathering.lines.count;
    add_block(&gathering, &document->blocks.item[i], i);
  }
  head.line = gathering.lines.item;
  head.count = gathering.lines.count;
  if (!head.has_sections) head.above = head.count;
  return head;
}
