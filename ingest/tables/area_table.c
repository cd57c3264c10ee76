/* Reads tables of areas. Knows no heading and no area by itself. */
#include "ingest/tables/area_table.h"

#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "ingest/tables/transpose.h"

enum column_kind { COLUMN_AREA, COLUMN_COUNT, COLUMN_NOTE, COLUMN_TOTAL, COLUMN_KINDS };

struct area_heading {
  enum column_kind kind;
  const char *label; /* normal */
};

struct area_tables {
  struct arena *arena;
  const struct variable *variable;
  LIST_OF(struct area_heading) headings;
};

struct area_table_reader {
  const struct area_tables *tables;
  const struct numerals *numerals;
  const struct block *block;
  const struct grid *grid; /* the block's, or that turned on its side */
  bool is_turned;
  struct findings *findings;
};

static bool take_heading(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  static const char *const kinds[COLUMN_KINDS] = {"area", "count", "note", "total"};
  (void)line;
  struct area_tables *tables = context;
  size_t kind = 0;
  while (kind < COLUMN_KINDS && strcmp(kinds[kind], f[0]) != 0) kind++;
  if (kind == COLUMN_KINDS) return failure_set(failure, "'%s' is no kind of column", f[0]);
  *list_add(tables->arena, &tables->headings) =
      (struct area_heading){(enum column_kind)kind, label_normal(tables->arena, f[1])};
  return true;
}

const struct area_tables *area_tables_load(struct arena *arena, const char *folder,
                                           const struct codebook *codebook,
                                           struct failure *failure) {
  static const char *const columns[] = {"column", "heading", NULL};
  struct area_tables *tables = arena_alloc(arena, sizeof *tables);
  tables->arena = arena;
  tables->variable = codebook_find(codebook, "key_area.items");
  const char *path = arena_format(arena, "%s/forms/area_tables.csv", folder);
  return csv_read(path, columns, take_heading, tables, failure) ? tables : NULL;
}

/* The kind of a cell with TEXT; COLUMN_KINDS where it is no heading. */
static enum column_kind kind_of(const struct area_table_reader *reader, const char *text) {
  const struct area_tables *tables = reader->tables;
  const char *label = label_normal(reader->findings->arena, text);
  for (size_t i = 0; i < tables->headings.count; i++)
    if (strcmp(tables->headings.item[i].label, label) == 0) return tables->headings.item[i].kind;
  return COLUMN_KINDS;
}

/* True where HEADING's cells are areas, counts and notes, each area with one count behind it. */
static bool is_heading(const struct area_table_reader *reader, const struct row *heading) {
  bool is_open = false;
  size_t pairs = 0;
  for (size_t i = 0; i < heading->cells; i++) {
    enum column_kind kind = kind_of(reader, heading->cell[i].text);
    if (heading->cell[i].columns != 1 || kind == COLUMN_TOTAL || kind == COLUMN_KINDS) return false;
    if (kind == COLUMN_NOTE) continue;
    if (is_open != (kind == COLUMN_COUNT)) return false;
    pairs += is_open;
    is_open = !is_open;
  }
  return pairs > 0 && !is_open;
}

static const struct cell *cell_at(const struct row *row, size_t column) {
  for (size_t i = 0; i < row->cells; i++)
    if (row->cell[i].column == column && row->cell[i].columns == 1) return &row->cell[i];
  return NULL;
}

static struct provenance provenance_of(const struct area_table_reader *reader, size_t row,
                                       size_t column) {
  size_t page = reader->is_turned ? reader->block->page : reader->grid->row[row].page;
  struct source_place place = block_place(reader->block, page);
  place.row = (reader->is_turned ? column : row) + 1;
  place.column = (reader->is_turned ? row : column) + 1;
  return (struct provenance){place, READ_BY_TABLE, "area_table"};
}

/* Adds the count in COLUMN of ROW, of the area in AREA_COLUMN, where IS_ADDED; true where both
 * stand there. */
static bool take_count(struct area_table_reader *reader, size_t row, size_t area_column,
                       size_t column, bool is_added) {
  struct arena *arena = reader->findings->arena;
  const struct variable *variable = reader->tables->variable;
  const struct cell *area = cell_at(&reader->grid->row[row], area_column);
  const struct cell *count = cell_at(&reader->grid->row[row], column);
  if (!area || !count || reader->grid->row[row].may_be_cut) return false;
  const char *name = text_tidy(arena, area->text);
  if (!*label_normal(arena, name) || kind_of(reader, name) == COLUMN_TOTAL) return false;
  struct number number = number_read(arena, reader->numerals, variable, count->text, "");
  if (!status_has_value(number.status)) return false;
  if (is_added)
    findings_add(reader->findings, variable, name, number, count->text,
                 provenance_of(reader, row, column));
  return true;
}

/* The counts below the heading, added where IS_ADDED; how many there are. */
static size_t take_counts(struct area_table_reader *reader, bool is_added) {
  const struct row *heading = &reader->grid->row[0];
  size_t counts = 0;
  for (size_t row = 1; row < reader->grid->rows; row++) {
    size_t area = 0;
    for (size_t i = 0; i < heading->cells; i++) {
      enum column_kind kind = kind_of(reader, heading->cell[i].text);
      size_t column = heading->cell[i].column;
      if (kind == COLUMN_AREA) area = column;
      if (kind == COLUMN_COUNT) counts += take_count(reader, row, area, column, is_added);
    }
  }
  return counts;
}

static bool read_grid(struct area_table_reader *reader) {
  enum { FEWEST = 2 };
  if (reader->grid->rows <= FEWEST || !is_heading(reader, &reader->grid->row[0]) ||
      take_counts(reader, false) < FEWEST)
    return false;
  take_counts(reader, true);
  return true;
}

bool area_table_read(const struct area_tables *tables, const struct numerals *numerals,
                     const struct block *block, struct findings *findings) {
  struct area_table_reader reader = {tables, numerals, block, &block->grid, false, findings};
  struct grid turned;
  if (read_grid(&reader)) return true;
  if (block->grid.rows != 2 && block->grid.rows != 3) return false;
  if (!grid_transpose(findings->arena, &block->grid, &turned)) return false;
  reader.grid = &turned;
  reader.is_turned = true;
  return read_grid(&reader);
}
