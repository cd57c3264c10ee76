/* Reads what stands over tables and columns. Knows the groups of columns only by their templates.
 */
#include "ingest/tables/caption.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/identity/chinese_date.h"

enum { CAPTION_BYTES = 120 };

const char *caption_of(const struct block *block) {
  static const char *const marks[] = {"。", "，", "；", ","};
  if (block->kind != BLOCK_PARAGRAPH || strlen(block->text) > CAPTION_BYTES) return "";
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (strstr(block->text, marks[i])) return "";
  return block->text;
}

/* ---- the year ---- */

/* A year, but not in a date, nor of the form itself: 2022年, 2022年度. */
static long year_at(const struct table_reader *reader, const char *text) {
  const char *behind = text + strspn(text, "0123456789");
  size_t mark = behind == text + 4 ? text_begins(behind, "年") : 0;
  bool is_of_values = mark && !isdigit((unsigned char)behind[mark]) &&
                      !template_begins(&reader->words->editions, behind + mark);
  return is_of_values ? strtol(text, NULL, 10) : 0;
}

static bool is_of_other_year(const struct table_reader *reader, const char *printed) {
  bool is_other = false;
  const char *compact = text_compact(reader->arena, printed);
  for (const char *at = chinese_dates_in_digits(reader->arena, compact); *at;) {
    long year = year_at(reader, at);
    if (year == reader->year) return false;
    is_other |= year > 0;
    at += strspn(at, "0123456789");
    if (*at) text_next(&at);
  }
  return is_other;
}

/* The only cell of ROW that has text, or NULL. */
static const struct grid_cell *only_cell(const struct grid_row *row) {
  const struct grid_cell *only = NULL;
  for (size_t j = 0; j < row->cells; j++) {
    if (row->cell[j].is_blank) continue;
    if (only) return NULL;
    only = &row->cell[j];
  }
  return only;
}

const char *caption_of_other_year(const struct table_reader *reader) {
  if (reader->year == 0) return NULL;
  if (is_of_other_year(reader, reader->caption)) return reader->caption;
  for (size_t i = 0; i < reader->rows && !reader->row[i].has_values; i++) {
    const struct grid_cell *title = only_cell(&reader->row[i]);
    if (title && is_of_other_year(reader, title->text)) return title->text;
  }
  return NULL;
}

bool caption_note_is_other(const struct table_reader *reader, const char *printed) {
  const char *note = strrchr(text_compact(reader->arena, printed), '(');
  if (!note) return false;
  const struct label label = label_prepare(reader->arena, label_normal(reader->arena, note + 1));
  if (template_begins(&reader->words->earlier, label.text)) return true;
  if (!reader->year || !is_of_other_year(reader, note)) return false;
  /* what says itself that it is of the year before may say again which that is */
  const char *before = arena_format(reader->arena, "%d年", reader->year - 1);
  const char *whole = label_normal(reader->arena, printed);
  return !template_begins(&reader->words->earlier, whole) || !strstr(note, before);
}

/* ---- the unit ---- */

const char *caption_unit_in(const struct table_reader *reader, const char *printed) {
  const char *compact = text_compact(reader->arena, printed), *unit = strstr(compact, "单位");
  const char *note = strrchr(compact, '('), *slash = strrchr(compact, '/');
  if (!note && slash) note = slash + 1;
  if (!unit) return note ? number_unit(reader->arena, reader->numerals, note) : "";
  unit += strlen("单位");
  if (*unit == ':') unit++;
  return arena_bytes(reader->arena, unit, strcspn(unit, ")"));
}

static bool is_over(const struct grid_row *row, const struct grid_cell *above,
                    const struct grid_cell *cell) {
  return only_cell(row) == above || (above->column < cell->column + cell->columns &&
                                     cell->column < above->column + above->columns);
}

const char *caption_unit(const struct table_reader *reader, size_t row,
                         const struct grid_cell *cell) {
  bool is_ragged = reader->ragged;
  while (row > 0 && reader->row[row - 1].has_values) row--;
  for (; row > 0 && !reader->row[row - 1].has_values; row--) {
    const struct grid_row *line = &reader->row[row - 1];
    for (size_t j = 0; j < line->cells; j++) {
      const struct grid_cell *above = &line->cell[j];
      if (is_ragged ? only_cell(line) != above : !is_over(line, above, cell)) continue;
      const char *unit = caption_unit_in(reader, above->text);
      if (*unit) return unit;
    }
  }
  return caption_unit_in(reader, reader->caption);
}

/* ---- groups of columns ---- */

/* The narrowest group of TABLE that PRINTED names, with what it says in brackets or without. */
static const struct template_line *group_named(const struct table_reader *reader,
                                               const struct table_template *table,
                                               const char *printed) {
  const struct template_line *best = NULL;
  char *whole = arena_text(reader->arena, text_compact(reader->arena, printed));
  for (char *bracket = whole; (bracket = strpbrk(bracket, "()"));) *bracket = ' ';
  const char *const texts[] = {printed, whole};
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
    const struct label label = label_prepare(reader->arena, label_normal(reader->arena, texts[k]));
    for (size_t i = 0; i < table->groups.count; i++) {
      const struct template_line *group = &table->groups.item[i];
      if (best && strlen(group->id) <= strlen(best->id)) continue;
      if (template_likeness(group, &label, SURELY) >= SURELY) best = group;
    }
  }
  return best;
}

const struct template_line *caption_group_over(const struct table_reader *reader,
                                               const struct table_template *table, size_t from,
                                               size_t to, size_t column) {
  const struct template_line *group = NULL;
  for (size_t i = from; i < to; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct grid_cell *cell = &reader->row[i].cell[j];
      bool covers = cell->column <= column && column < cell->column + cell->columns;
      const struct template_line *named =
          covers && !cell->is_blank ? group_named(reader, table, cell->text) : NULL;
      if (named) group = named;
    }
  return group;
}

struct groups_named {
  LIST_OF(const struct template_line *) groups;
  bool in_order; /* from left to right in each row of the heading */
};

/* Where the columns of GROUP begin in the form. */
static size_t first_of(const struct table_template *table, const struct template_line *group) {
  size_t first = 0;
  while (first < table->columns.count && !template_is_in_group(&table->columns.item[first], group))
    first++;
  return first;
}

static struct groups_named groups_in(const struct table_reader *reader,
                                     const struct table_template *table, size_t from, size_t to) {
  struct groups_named named = {.in_order = true};
  for (size_t i = from; i < to; i++) {
    size_t least = 0;
    for (size_t j = 0; j < reader->row[i].cells; j++) {
      const struct grid_cell *cell = &reader->row[i].cell[j];
      const struct template_line *group =
          cell->is_blank ? NULL : group_named(reader, table, cell->text);
      if (!group) continue;
      named.in_order &= first_of(table, group) >= least;
      least = first_of(table, group);
      *list_add(reader->arena, &named.groups) = group;
    }
  }
  const struct template_line *caption = group_named(reader, table, reader->caption);
  if (named.groups.count == 0 && caption) *list_add(reader->arena, &named.groups) = caption;
  return named;
}

/* True where a narrower group than GROUP is named: 行政诉讼 over 未经复议直接起诉. */
static bool is_divided(const struct groups_named *named, const struct template_line *group) {
  for (size_t i = 0; i < named->groups.count; i++)
    if (named->groups.item[i] != group && template_is_in_group(named->groups.item[i], group))
      return true;
  return false;
}

struct columns_named caption_columns(const struct table_reader *reader,
                                     const struct table_template *table, size_t from, size_t to) {
  size_t count = table->columns.count;
  bool *may = arena_array(reader->arena, count + 1, sizeof *may);
  struct groups_named named = {.in_order = true};
  if (table->groups.count) named = groups_in(reader, table, from, to);
  for (size_t j = 0; j < count; j++) {
    may[j] = table->groups.count == 0;
    for (size_t i = 0; i < named.groups.count; i++) {
      const struct template_line *group = named.groups.item[i];
      may[j] |= !is_divided(&named, group) && template_is_in_group(&table->columns.item[j], group);
    }
  }
  return (struct columns_named){may, named.in_order};
}
