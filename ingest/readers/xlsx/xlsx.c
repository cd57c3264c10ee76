/* Walks the sheets of a workbook (ECMA-376 part 1, SpreadsheetML). Knows no forms. */
#include "ingest/readers/xlsx/xlsx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/ooxml.h"

/* A sheet that has more is no report. */
enum { MOST_ROWS = 20000, MOST_COLUMNS = 256 };

enum number_kind { NUMBER_PLAIN, NUMBER_PERCENT, NUMBER_DATE };

/* Cells that are shown as one: its upper left corner and how far it reaches. */
struct merged {
  size_t row, column, rows, columns;
};

struct sheet_row {
  size_t number; /* from 0 */
  LIST_OF(struct cell) cells;
  size_t texts; /* cells that are not blank */
};

struct xlsx {
  struct document *document;
  struct arena *arena;
  struct package package;
  struct failure *failure;
  relation_list relations;
  LIST_OF(const char *) strings;     /* shared by all sheets */
  LIST_OF(enum number_kind) formats; /* by index of style */
  LIST_OF(struct merged) merged;     /* of the sheet being read */
  LIST_OF(struct sheet_row) rows;    /* likewise */
  LIST_OF(bool) hidden;              /* columns, likewise */
};

/* ---- what numbers look like ---- */

/* Formats 9 and 10 are per cent, 14 to 22 and 45 to 47 dates and times (part 1, 18.8.30). */
static enum number_kind kind_of_builtin(long id) {
  if (id == 9 || id == 10) return NUMBER_PERCENT;
  return (id >= 14 && id <= 22) || (id >= 45 && id <= 47) ? NUMBER_DATE : NUMBER_PLAIN;
}

/* What stands in quotes, in brackets or behind a backslash is text. */
static enum number_kind kind_of_code(const char *code) {
  for (bool quoted = false, bracketed = false; *code; code++) {
    if (*code == '"') quoted = !quoted;
    if (*code == '[' || *code == ']') bracketed = *code == '[';
    if (*code == '\\' && code[1])
      code++;
    else if (!quoted && !bracketed && *code == '%')
      return NUMBER_PERCENT;
    else if (!quoted && !bracketed && strchr("yYdDhH", *code))
      return NUMBER_DATE;
  }
  return NUMBER_PLAIN;
}

static enum number_kind kind_of_format(const xmlNode *formats, const char *id) {
  for (const xmlNode *node = formats ? element(formats->children) : NULL; node;
       node = element(node->next)) {
    const char *own = attribute(node, "numFmtId"), *code = attribute(node, "formatCode");
    if (own && code && strcmp(own, id) == 0) return kind_of_code(code);
  }
  return kind_of_builtin(strtol(id, NULL, 10));
}

static void take_formats(struct xlsx *xlsx, const xmlNode *styles) {
  const xmlNode *formats = child(styles, "numFmts"), *cells = child(styles, "cellXfs");
  for (const xmlNode *node = cells ? element(cells->children) : NULL; node;
       node = element(node->next)) {
    const char *id = attribute(node, "numFmtId");
    *list_add(xlsx->arena, &xlsx->formats) = id ? kind_of_format(formats, id) : NUMBER_PLAIN;
  }
}

/* VALUE as it is shown: no exponent, no digits that only the computer's way of counting added. */
static const char *shown_number(struct xlsx *xlsx, const char *value, const char *style) {
  size_t index = style ? strtoul(style, NULL, 10) : SIZE_MAX;
  enum number_kind kind = index < xlsx->formats.count ? xlsx->formats.item[index] : NUMBER_PLAIN;
  char *end;
  double number = strtod(value, &end);
  if (*end || end == value || !isfinite(number) || fabs(number) >= 1e15) return value;
  if (kind == NUMBER_DATE) return ""; /* no figure of a report is a date */
  if (kind == NUMBER_PERCENT) return arena_format(xlsx->arena, "%.12g%%", number * 100);
  if (number == floor(number)) return arena_format(xlsx->arena, "%.0f", number);
  const char *text = arena_format(xlsx->arena, "%.15g", number);
  return strchr(text, 'e') ? arena_format(xlsx->arena, "%.15f", number) : text;
}

/* ---- cells ---- */

/* The row and column (from 0) of a reference such as `AB12`; false where it is none. */
static bool place_of(const char *reference, size_t *row, size_t *column) {
  *column = 0;
  for (; *reference >= 'A' && *reference <= 'Z'; reference++)
    *column = *column * 26 + (size_t)(*reference - 'A' + 1);
  char *end;
  unsigned long number = strtoul(reference, &end, 10);
  if (*column == 0 || end == reference || number == 0) return false;
  *row = number - 1;
  --*column;
  return *row < MOST_ROWS && *column < MOST_COLUMNS;
}

/* The text of <si> or <is>: its runs, without how they are pronounced. */
static const char *rich_text(struct arena *arena, const xmlNode *node) {
  const char *text = "";
  for (const xmlNode *part = node ? element(node->children) : NULL; part;
       part = element(part->next)) {
    if (is_element(part, "t")) text = arena_format(arena, "%s%s", text, text_below(arena, part));
    if (is_element(part, "r") && child(part, "t"))
      text = arena_format(arena, "%s%s", text, text_below(arena, child(part, "t")));
  }
  return text;
}

static const char *cell_text(struct xlsx *xlsx, const xmlNode *node) {
  const char *type = attribute(node, "t");
  const xmlNode *value = child(node, "v");
  if (type && strcmp(type, "inlineStr") == 0) return rich_text(xlsx->arena, child(node, "is"));
  if (!value) return "";
  const char *text = text_below(xlsx->arena, value);
  if (type && strcmp(type, "s") == 0) {
    size_t index = strtoul(text, NULL, 10);
    return index < xlsx->strings.count ? xlsx->strings.item[index] : "";
  }
  if (type && (strcmp(type, "str") == 0 || strcmp(type, "e") == 0)) return text;
  if (type && strcmp(type, "b") == 0) return "";
  return shown_number(xlsx, text, attribute(node, "s"));
}

static const struct merged *merged_over(const struct xlsx *xlsx, size_t row, size_t column) {
  for (size_t i = 0; i < xlsx->merged.count; i++) {
    const struct merged *m = &xlsx->merged.item[i];
    if (row >= m->row && row < m->row + m->rows && column >= m->column &&
        column < m->column + m->columns)
      return m;
  }
  return NULL;
}

static bool is_hidden(const struct xlsx *xlsx, size_t column) {
  return column < xlsx->hidden.count && xlsx->hidden.item[column];
}

/* Cells that another one covers are left out, and so are hidden ones. */
static void take_cell(struct xlsx *xlsx, struct sheet_row *row, size_t column, const char *text) {
  const struct merged *merged = merged_over(xlsx, row->number, column);
  if (is_hidden(xlsx, column)) return;
  if (merged && (merged->row != row->number || merged->column != column)) return;
  size_t columns = merged ? merged->columns : 1;
  *list_add(xlsx->arena, &row->cells) =
      (struct cell){text_tidy(xlsx->arena, text), column, columns};
  row->texts += *text_compact(xlsx->arena, text) != '\0';
}

/* Columns that the row leaves out hold blank cells. */
static void fill_up_to(struct xlsx *xlsx, struct sheet_row *row, size_t *next, size_t column) {
  for (; *next < column; ++*next) take_cell(xlsx, row, *next, "");
}

static bool take_row(struct xlsx *xlsx, const xmlNode *node, size_t width) {
  const char *number = attribute(node, "r"), *hidden = attribute(node, "hidden");
  struct sheet_row row = {.number = number ? strtoul(number, NULL, 10) - 1
                                    : xlsx->rows.count
                                        ? xlsx->rows.item[xlsx->rows.count - 1].number + 1
                                        : 0};
  size_t next = 0;
  if (row.number >= MOST_ROWS) return false;
  if (hidden && strcmp(hidden, "0") != 0 && strcmp(hidden, "false") != 0) return true;
  for (const xmlNode *cell = element(node->children); cell; cell = element(cell->next)) {
    size_t at_row = row.number, column = next;
    const char *reference = attribute(cell, "r");
    if (!is_element(cell, "c")) continue;
    if (reference && !place_of(reference, &at_row, &column)) return false;
    if (column < next) continue;
    fill_up_to(xlsx, &row, &next, column);
    take_cell(xlsx, &row, column, cell_text(xlsx, cell));
    next = column + 1;
  }
  fill_up_to(xlsx, &row, &next, width);
  *list_add(xlsx->arena, &xlsx->rows) = row;
  return true;
}

/* ---- a sheet ---- */

static void take_merged(struct xlsx *xlsx, const xmlNode *cells) {
  for (const xmlNode *node = cells ? element(cells->children) : NULL; node;
       node = element(node->next)) {
    const char *range = attribute(node, "ref"), *colon = range ? strchr(range, ':') : NULL;
    struct merged m = {0};
    size_t last_row, last_column;
    if (!colon ||
        !place_of(arena_bytes(xlsx->arena, range, (size_t)(colon - range)), &m.row, &m.column) ||
        !place_of(colon + 1, &last_row, &last_column) || last_row < m.row || last_column < m.column)
      continue;
    m.rows = last_row - m.row + 1;
    m.columns = last_column - m.column + 1;
    *list_add(xlsx->arena, &xlsx->merged) = m;
  }
}

static void take_hidden_columns(struct xlsx *xlsx, const xmlNode *columns) {
  for (const xmlNode *node = columns ? element(columns->children) : NULL; node;
       node = element(node->next)) {
    const char *first = attribute(node, "min"), *last = attribute(node, "max");
    const char *hidden = attribute(node, "hidden");
    if (!first || !last || !hidden || strcmp(hidden, "0") == 0 || strcmp(hidden, "false") == 0)
      continue;
    size_t from = strtoul(first, NULL, 10), to = strtoul(last, NULL, 10);
    while (xlsx->hidden.count < MOST_COLUMNS) *list_add(xlsx->arena, &xlsx->hidden) = false;
    for (size_t i = from; i <= to && i <= MOST_COLUMNS && i > 0; i++)
      xlsx->hidden.item[i - 1] = true;
  }
}

/* The columns up to the last that some row of DATA uses. */
static size_t width_of(const xmlNode *data) {
  size_t width = 0, row, column;
  for (const xmlNode *node = element(data->children); node; node = element(node->next))
    for (const xmlNode *cell = element(node->children); cell; cell = element(cell->next)) {
      const char *reference = attribute(cell, "r");
      bool holds = child(cell, "v") || child(cell, "is");
      if (holds && reference && place_of(reference, &row, &column) && column >= width)
        width = column + 1;
    }
  return width;
}

static const char *only_text(const struct xlsx *xlsx, const struct sheet_row *row) {
  for (size_t i = 0; i < row->cells.count; i++)
    if (*text_compact(xlsx->arena, row->cells.item[i].text)) return row->cells.item[i].text;
  return "";
}

/* The cells of ROW up to column WIDTH; those behind it are of wider tables on the sheet. */
static size_t cells_within(const struct sheet_row *row, size_t width) {
  size_t cells = row->cells.count;
  while (cells > 0 && row->cells.item[cells - 1].column >= width) cells--;
  return cells;
}

static size_t last_used_column(const struct xlsx *xlsx, size_t from, size_t to) {
  size_t width = 0;
  for (size_t i = from; i < to; i++)
    for (size_t j = 0; j < xlsx->rows.item[i].cells.count; j++) {
      const struct cell *cell = &xlsx->rows.item[i].cells.item[j];
      bool is_used = *cell->text || cell->columns > 1;
      if (is_used && cell->column + cell->columns > width) width = cell->column + cell->columns;
    }
  return width;
}

static void add_grid(struct xlsx *xlsx, size_t from, size_t to) {
  size_t width = last_used_column(xlsx, from, to);
  struct row *rows = arena_array(xlsx->arena, to - from, sizeof *rows);
  for (size_t i = from; i < to; i++)
    rows[i - from] = (struct row){.cell = xlsx->rows.item[i].cells.item,
                                  .cells = cells_within(&xlsx->rows.item[i], width)};
  document_add(xlsx->document, BLOCK_GRID)->grid = (struct grid){.row = rows, .rows = to - from};
}

/* The rows from FROM to TO, none of them blank: texts alone before and behind the table are
 * paragraphs. */
static void add_part(struct xlsx *xlsx, size_t from, size_t to) {
  size_t first = from, end = to;
  while (first < to && xlsx->rows.item[first].texts < 2) first++;
  while (end > first && xlsx->rows.item[end - 1].texts < 2) end--;
  for (size_t i = from; i < to; i++) {
    if (i == first && first < end) add_grid(xlsx, first, end);
    if (i < first || i >= end)
      document_add(xlsx->document, BLOCK_PARAGRAPH)->text = only_text(xlsx, &xlsx->rows.item[i]);
  }
}

static void add_rows(struct xlsx *xlsx) {
  size_t from = 0;
  for (size_t i = 0; i <= xlsx->rows.count; i++) {
    bool follows = i < xlsx->rows.count && xlsx->rows.item[i].texts > 0 &&
                   (i == from || xlsx->rows.item[i].number == xlsx->rows.item[i - 1].number + 1);
    if (follows) continue;
    add_part(xlsx, from, i);
    from = i;
    if (i < xlsx->rows.count && xlsx->rows.item[i].texts == 0) from = i + 1;
  }
}

static const char *read_sheet(struct xlsx *xlsx, const xmlNode *sheet) {
  const xmlNode *data = child(sheet, "sheetData");
  xlsx->merged.count = xlsx->rows.count = xlsx->hidden.count = 0;
  if (!data) return NULL;
  take_merged(xlsx, child(sheet, "mergeCells"));
  take_hidden_columns(xlsx, child(sheet, "cols"));
  size_t width = width_of(data);
  for (const xmlNode *node = element(data->children); node; node = element(node->next)) {
    if (!is_element(node, "row") || take_row(xlsx, node, width)) continue;
    failure_set(xlsx->failure, "a sheet has more than %d rows or %d columns, as no report has",
                MOST_ROWS, MOST_COLUMNS);
    return "too_large";
  }
  add_rows(xlsx);
  return NULL;
}

/* ---- the workbook ---- */

static const char *load_part(struct xlsx *xlsx, const char *type, const xmlNode **root) {
  const struct relation *relation = relation_of_type(&xlsx->relations, type);
  *root = NULL;
  return relation ? package_part(&xlsx->package, relation->target, root, xlsx->failure) : NULL;
}

static const char *load_strings_and_styles(struct xlsx *xlsx) {
  const xmlNode *strings, *styles;
  const char *reason = load_part(xlsx, "sharedStrings", &strings);
  if (!reason) reason = load_part(xlsx, "styles", &styles);
  if (reason) return reason;
  for (const xmlNode *node = strings ? element(strings->children) : NULL; node;
       node = element(node->next))
    *list_add(xlsx->arena, &xlsx->strings) = rich_text(xlsx->arena, node);
  if (styles) take_formats(xlsx, styles);
  return NULL;
}

static const char *read_sheets(struct xlsx *xlsx, const xmlNode *workbook) {
  const xmlNode *sheets = child(workbook, "sheets");
  const char *reason = NULL;
  for (const xmlNode *node = sheets ? element(sheets->children) : NULL; node && !reason;
       node = element(node->next)) {
    const char *state = attribute(node, "state"), *id = attribute(node, "id");
    const struct relation *relation = id ? relation_with_id(&xlsx->relations, id) : NULL;
    const xmlNode *root = NULL;
    if (!relation || (state && strcmp(state, "visible") != 0)) continue;
    reason = package_part(&xlsx->package, relation->target, &root, xlsx->failure);
    if (!reason && root) reason = read_sheet(xlsx, root);
  }
  return reason;
}

static const char *read_workbook(struct xlsx *xlsx) {
  relation_list relations = {0};
  const xmlNode *workbook = NULL;
  const char *reason = package_relations(&xlsx->package, "", &relations, xlsx->failure);
  const struct relation *main = reason ? NULL : relation_of_type(&relations, "officeDocument");
  const char *path = main ? main->target : "xl/workbook.xml";
  if (!reason) reason = package_part(&xlsx->package, path, &workbook, xlsx->failure);
  if (!reason && !workbook) {
    failure_set(xlsx->failure, "the container has no workbook. Open and save the file in Excel.");
    return "unreadable_document";
  }
  if (!reason) reason = package_relations(&xlsx->package, path, &xlsx->relations, xlsx->failure);
  if (!reason) reason = load_strings_and_styles(xlsx);
  return reason ? reason : read_sheets(xlsx, workbook);
}

const char *xlsx_reader(struct document *document, const struct source *source,
                        struct failure *failure) {
  struct xlsx xlsx = {.document = document, .arena = document->arena, .failure = failure};
  const char *reason =
      package_open(&xlsx.package, document->arena, source->bytes, source->size, failure);
  if (!reason) reason = read_workbook(&xlsx);
  package_close(&xlsx.package);
  return reason;
}
