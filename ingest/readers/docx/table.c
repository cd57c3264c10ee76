/* Tables by ECMA-376 part 1, 17.4: rows of cells over a common grid of columns. */
#include "ingest/readers/docx/table.h"

#include <string.h>

#include "ingest/readers/ooxml.h"

/* Word itself stops at 63 columns. A column narrower than about two millimetres (in twentieths of a
 * point) holds no digit: it comes from edges that were drawn apart by hand. */
enum { MOST_COLUMNS = 128, SLIVER = 120 };

typedef LIST_OF(const xmlNode *) node_list;
typedef LIST_OF(struct cell) cell_list;
typedef LIST_OF(struct row) row_list;

/* Lists the elements NAME in NODE, through content controls and other wrappers, but not into PAST
 * (a table's cells do not hold its rows). */
static void list_elements(struct arena *arena, const xmlNode *parent, const char *name,
                          const char *past, node_list *list) {
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    if (is_element(node, name))
      *list_add(arena, list) = node;
    else if (!is_element(node, past) && !is_element(node, "del"))
      list_elements(arena, node, name, past, list);
  }
}

static bool row_is_shown(const xmlNode *row) {
  const xmlNode *properties = child(row, "trPr");
  return !child(properties, "del") && !is_on(properties, "hidden");
}

/* How many columns a row leaves out at an edge. */
static size_t skipped(const xmlNode *row, const char *edge) {
  return whole_number(child_value(child(row, "trPr"), edge), MOST_COLUMNS, 0);
}

/* VALUE of a merge: `restart` begins one, and nothing else goes on with one. */
static bool goes_on(const xmlNode *cell, const char *direction) {
  const xmlNode *merge = child(child(cell, "tcPr"), direction);
  const char *value = attribute(merge, "val");
  return merge && !(value && strcmp(value, "restart") == 0);
}

struct table_reader {
  struct arena *arena;
  cell_text_function *text;
  void *context;
  bool reaches_down[MOST_COLUMNS]; /* a merged cell begins or goes on in this column of the row */
};

static struct row read_row(struct table_reader *reader, const xmlNode *node) {
  node_list nodes = {0};
  cell_list cells = {0};
  list_elements(reader->arena, node, "tc", "tbl", &nodes);
  bool reaches_down[MOST_COLUMNS] = {false};
  bool is_merged = false; /* the last cell goes on with the one above */
  size_t column = skipped(node, "gridBefore");
  for (size_t i = 0; i < nodes.count && column < MOST_COLUMNS; i++) {
    const xmlNode *cell = nodes.item[i], *properties = child(cell, "tcPr");
    size_t most = MOST_COLUMNS - column;
    size_t span = whole_number(child_value(properties, "gridSpan"), most, 1);
    if (span == 0) span = 1;
    bool goes_on_left = goes_on(cell, "hMerge") && i > 0;
    reaches_down[column] = child(properties, "vMerge") != NULL;
    if (!goes_on_left) is_merged = goes_on(cell, "vMerge") && reader->reaches_down[column];
    if (goes_on_left && !is_merged && cells.count)
      cells.item[cells.count - 1].columns += span;
    else if (!goes_on_left && !is_merged && !child(properties, "cellDel"))
      *list_add(reader->arena, &cells) =
          (struct cell){reader->text(reader->context, cell), column, span};
    column += span;
  }
  memcpy(reader->reaches_down, reaches_down, sizeof reaches_down);
  return (struct row){.cell = cells.item, .cells = cells.count};
}

/* ---- slivers ---- */

/* The columns of the grid without slivers: MAP[c] is the true column of column C, for the COLUMNS
 * of the table and the edge behind them. False where the widths do not tell. */
static bool map_columns(const xmlNode *table, size_t columns, size_t map[MOST_COLUMNS + 1]) {
  const xmlNode *grid = child(table, "tblGrid");
  const xmlNode *node = grid ? element(grid->children) : NULL;
  size_t place = 0, last_edge = 0; /* from the left edge of the table */
  map[0] = 0;
  for (size_t c = 0; c < columns; c++, node = element(node->next)) {
    if (!node || !is_element(node, "gridCol")) return false;
    size_t width = whole_number(attribute(node, "w"), 1000000, 0);
    if (width == 0) return false;
    place += width;
    bool is_new = place - last_edge > SLIVER;
    map[c + 1] = map[c] + is_new;
    if (is_new) last_edge = place;
  }
  return true;
}

static size_t width_of(const row_list *rows) {
  size_t width = 0;
  for (size_t i = 0; i < rows->count; i++)
    for (size_t j = 0; j < rows->item[i].cells; j++) {
      const struct cell *cell = &rows->item[i].cell[j];
      if (cell->column + cell->columns > width) width = cell->column + cell->columns;
    }
  return width;
}

/* True where every cell keeps a column of its own. */
static bool keeps_cells(const row_list *rows, const size_t *map) {
  for (size_t i = 0; i < rows->count; i++)
    for (size_t j = 0; j < rows->item[i].cells; j++) {
      const struct cell *cell = &rows->item[i].cell[j];
      if (map[cell->column + cell->columns] == map[cell->column]) return false;
    }
  return true;
}

static void close_slivers(struct arena *arena, const xmlNode *table, const row_list *rows) {
  size_t map[MOST_COLUMNS + 1], width = width_of(rows);
  if (width > MOST_COLUMNS || !map_columns(table, width, map) || !keeps_cells(rows, map)) return;
  for (size_t i = 0; i < rows->count; i++) {
    struct row *row = &rows->item[i];
    struct cell *cells = arena_array(arena, row->cells + 1, sizeof *cells);
    for (size_t j = 0; j < row->cells; j++) {
      const struct cell *cell = &row->cell[j];
      size_t column = map[cell->column];
      cells[j] = (struct cell){cell->text, column, map[cell->column + cell->columns] - column};
    }
    row->cell = cells;
  }
}

struct grid docx_table_grid(struct arena *arena, const xmlNode *table, cell_text_function *text,
                            void *context) {
  struct table_reader reader = {.arena = arena, .text = text, .context = context};
  node_list nodes = {0};
  row_list rows = {0};
  list_elements(arena, table, "tr", "tc", &nodes);
  for (size_t i = 0; i < nodes.count; i++)
    if (row_is_shown(nodes.item[i])) *list_add(arena, &rows) = read_row(&reader, nodes.item[i]);
  close_slivers(arena, table, &rows);
  return (struct grid){.row = rows.item, .rows = rows.count, .ragged = false};
}

static bool holds_table(const xmlNode *parent) {
  for (const xmlNode *node = element(parent->children); node; node = element(node->next))
    if (is_element(node, "tbl") || holds_table(node)) return true;
  return false;
}

static size_t count_elements(const xmlNode *parent, const char *name, const char *past) {
  size_t count = 0;
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    if (is_element(node, name))
      count++;
    else if (!is_element(node, past))
      count += count_elements(node, name, past);
  }
  return count;
}

bool docx_table_is_layout(const xmlNode *table) {
  size_t rows = count_elements(table, "tr", "tc"), cells = count_elements(table, "tc", "tbl");
  return cells == rows && (rows == 1 || (rows > 1 && holds_table(table)));
}
