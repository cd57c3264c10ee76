/* The DocBook that antiword prints: paragraphs, and tables with the widths of their columns. */
#include "ingest/readers/doc/docbook.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/ooxml.h"

struct docbook {
  struct document *document;
  struct arena *arena;
  size_t characters; /* of what was read, with marks, as Word counts */
  bool has_lists;    /* whose numbers antiword leaves out */
};

/* The text in NODE without line breaks, which antiword adds; not that of tables. */
static const char *own_text(struct arena *arena, const xmlNode *node) {
  const char *text = "";
  for (const xmlNode *part = node->children; part; part = part->next) {
    if (part->type == XML_TEXT_NODE)
      text = arena_format(arena, "%s%s", text, (const char *)part->content);
    else if (part->type == XML_ELEMENT_NODE && !is_element(part, "informaltable"))
      text = arena_format(arena, "%s%s", text, own_text(arena, part));
  }
  return text;
}

static const char *without_breaks(struct arena *arena, const char *text) {
  char *copy = arena_text(arena, text), *out = copy;
  for (; *text; text++)
    if (*text != '\n' && *text != '\r') *out++ = *text;
  *out = '\0';
  char *start = copy + strspn(copy, " \t");
  while (out > start && (out[-1] == ' ' || out[-1] == '\t')) *--out = '\0';
  return start;
}

typedef LIST_OF(struct row) row_list;
typedef LIST_OF(long) edge_list; /* in tenths of a point */

/* A width of a column in tenths of a point; 0 where TEXT is none, or one of no paper. */
static long width_of(const char *text) {
  const double widest = 14400; /* points: what Word takes at most for a page, times nine */
  double width = strtod(text, NULL);
  return width > 0 && width <= widest ? (long)(width * 10) : 0;
}

/* The edges of the columns of GROUP (rows of the same layout), from the left of the table. */
static void take_edges(struct arena *arena, const xmlNode *group, edge_list *edges) {
  long place = 0;
  *list_add(arena, edges) = 0;
  for (const xmlNode *node = element(group->children); node; node = element(node->next)) {
    if (!is_element(node, "colspec")) continue;
    const char *width = attribute(node, "colwidth");
    place += width_of(width ? width : "");
    *list_add(arena, edges) = place;
  }
}

static int compare_edges(const void *a, const void *b) {
  const long *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Puts the edges in order, those less than two millimetres apart as one. */
static void settle_edges(edge_list *edges) {
  enum { SLIVER = 57 };
  size_t kept = 0;
  if (edges->count) qsort(edges->item, edges->count, sizeof *edges->item, compare_edges);
  for (size_t i = 0; i < edges->count; i++)
    if (kept == 0 || edges->item[i] - edges->item[kept - 1] > SLIVER)
      edges->item[kept++] = edges->item[i];
  edges->count = kept;
}

static size_t column_at(const edge_list *edges, long place) {
  size_t column = 0;
  while (column + 1 < edges->count && edges->item[column + 1] <= place) column++;
  return column;
}

static struct row read_row(struct docbook *docbook, const xmlNode *node, const edge_list *own,
                           const edge_list *edges) {
  LIST_OF(struct cell) cells = {0};
  size_t index = 0;
  for (const xmlNode *entry = element(node->children); entry; entry = element(entry->next)) {
    if (!is_element(entry, "entry")) continue;
    const char *text = without_breaks(docbook->arena, own_text(docbook->arena, entry));
    size_t last = own->count - 1, left = index < last ? index : last,
           right = index + 1 < last ? index + 1 : last;
    size_t column = column_at(edges, own->item[left]), end = column_at(edges, own->item[right]);
    *list_add(docbook->arena, &cells) =
        (struct cell){text, column, end > column ? end - column : 1};
    docbook->characters += text_length(text) + 1;
    index++;
  }
  docbook->characters++; /* the mark of the row */
  return (struct row){.cell = cells.item, .cells = cells.count};
}

/* Each group of a table is laid out for itself; together their edges are the table's columns. A
 * cell that goes on with the one above is blank. */
static void read_table(struct docbook *docbook, const xmlNode *table) {
  edge_list edges = {0};
  row_list rows = {0};
  for (const xmlNode *group = element(table->children); group; group = element(group->next))
    take_edges(docbook->arena, group, &edges);
  settle_edges(&edges);
  for (const xmlNode *group = element(table->children); group; group = element(group->next)) {
    edge_list own = {0};
    take_edges(docbook->arena, group, &own);
    const xmlNode *body = child(group, "tbody");
    for (const xmlNode *row = body ? element(body->children) : NULL; row; row = element(row->next))
      if (is_element(row, "row"))
        *list_add(docbook->arena, &rows) = read_row(docbook, row, &own, &edges);
  }
  if (rows.count)
    document_add(docbook->document, BLOCK_GRID)->grid =
        (struct grid){.row = rows.item, .rows = rows.count, .ragged = false};
}

static void read_paragraph(struct docbook *docbook, const xmlNode *node) {
  const char *text = without_breaks(docbook->arena, own_text(docbook->arena, node));
  docbook->characters += text_length(text) + 1;
  if (*text) document_add(docbook->document, BLOCK_PARAGRAPH)->text = text;
}

static void read_docbook(struct docbook *docbook, const xmlNode *parent) {
  static const char *const paragraphs[] = {"para", "title", "literallayout", NULL};
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    bool is_paragraph = false;
    for (size_t i = 0; paragraphs[i]; i++) is_paragraph |= is_element(node, paragraphs[i]);
    if (is_element(node, "bookinfo")) continue;
    docbook->has_lists |= is_element(node, "orderedlist");
    if (is_element(node, "informaltable")) {
      read_table(docbook, node);
      continue;
    }
    if (is_paragraph) read_paragraph(docbook, node);
    read_docbook(docbook, node);
  }
}

/* True where antiword lost nothing that is worth a slower program: fields and deleted text are
 * counted by Word as well, so a fiftieth may be missing. */
static bool is_whole(size_t read, size_t characters) {
  return characters > 0 && read + characters / 50 + 20 >= characters;
}

enum docbook_extent docbook_read(struct document *document, const char *bytes, size_t size,
                                 size_t characters) {
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc *parsed = size <= INT_MAX ? xmlReadMemory(bytes, (int)size, NULL, NULL, options) : NULL;
  const xmlNode *root = parsed ? xmlDocGetRootElement(parsed) : NULL;
  struct docbook docbook = {.document = document, .arena = document->arena};
  if (root) read_docbook(&docbook, root);
  xmlFreeDoc(parsed);
  if (!root || !is_whole(docbook.characters, characters)) return DOCBOOK_NOTHING;
  return docbook.has_lists ? DOCBOOK_WITHOUT_NUMBERS : DOCBOOK_WHOLE;
}
