/* Tables of areas with their counts: 领域 beside 条数. They follow no statutory form; their
 * headings are rows of area_tables.csv. */
#ifndef OGISTAT_INGEST_TABLES_AREA_TABLE_H
#define OGISTAT_INGEST_TABLES_AREA_TABLE_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/document/number.h"

struct area_tables;

/* Reads FOLDER/forms/area_tables.csv into ARENA. NULL with file, line and reason. */
const struct area_tables *area_tables_load(struct arena *arena, const char *folder,
                                           const struct codebook *codebook,
                                           struct failure *failure);

/* Adds the counts of BLOCK, a grid, to FINDINGS where its first row (or first column, where the
 * areas stand side by side) names an area and a count, and nothing but notes besides. False, and
 * nothing added, where it is no such table, or has fewer than two counts. */
bool area_table_read(const struct area_tables *tables, const struct numerals *numerals,
                     const struct block *block, struct findings *findings);

#endif
