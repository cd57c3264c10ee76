/* What flows down a page or a cell of it: paragraphs and tables, which may hold cells in turn.
 * Knows how spans become columns, and which tables only arrange a page; knows no markup. */
#ifndef OGISTAT_INGEST_READERS_HTML_FLOW_H
#define OGISTAT_INGEST_READERS_HTML_FLOW_H

#include "ingest/document/document.h"

struct flow_table;

struct flow_item {
  const char *text;         /* of a paragraph, trimmed and not empty */
  bool is_links;            /* it is nothing but links to elsewhere */
  struct flow_table *table; /* NULL: a paragraph */
};

typedef LIST_OF(struct flow_item) flow;

struct flow_cell {
  flow content;
  size_t columns, rows; /* as the page says, right or wrong; from 1 */
};

struct flow_row {
  LIST_OF(struct flow_cell *) cells;
  size_t group; /* cells do not reach down from one group of rows into the next */
};

struct flow_table {
  LIST_OF(struct flow_row) rows;
  size_t groups;
};

/* Appends CONTENT to DOCUMENT: a table of data as a grid, what a table holds that only arranges the
 * page as if the table were not there, and paragraphs but for those that are nothing but links.
 * A table inside a cell of data follows as a grid of its own. */
void flow_write(struct document *document, const flow *content);

#endif
