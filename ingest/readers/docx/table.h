/* Tables of Word documents as grids with true columns. Knows rows, spans and widths, not what is in
 * a cell. */
#ifndef OGISTAT_INGEST_READERS_DOCX_TABLE_H
#define OGISTAT_INGEST_READERS_DOCX_TABLE_H

#include <libxml/tree.h>

#include "ingest/document/document.h"

/* The text of a cell (w:tc), in the arena of the grid. */
typedef const char *cell_text_function(void *context, const xmlNode *cell);

/* The grid of TABLE (w:tbl). Cells are given to TEXT from left to right, row by row; not those that
 * only go on with the cell above. */
struct grid docx_table_grid(struct arena *arena, const xmlNode *table, cell_text_function *text,
                            void *context);

/* True where TABLE only lays out what stands in it: a single cell, or cells below each other of
 * which one holds a table. */
bool docx_table_is_layout(const xmlNode *table);

#endif
