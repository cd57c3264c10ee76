/* Rows of a table that are told as sentences: 行政规范性文件：本年制发3件，废止1件，现行有效12件。
 */
#ifndef OGISTAT_INGEST_TABLES_TOLD_TABLE_H
#define OGISTAT_INGEST_TABLES_TOLD_TABLE_H

#include "ingest/tables/text_table.h"

/* The rows of TABLE, which has several columns, that the paragraphs of DOCUMENT name with a value
 * for one of its columns or more, each below a heading of its own. VALUES of the result counts the
 * values. All live in ARENA. */
struct text_table told_table(const struct table_template *table, const struct numerals *numerals,
                             struct arena *arena, const struct document *document);

#endif
