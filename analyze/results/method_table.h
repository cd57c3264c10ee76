/* Writes methods.csv: how every column of every file was computed, from
 * datasets/indicators/methods.csv. */
#ifndef OGISTAT_ANALYZE_RESULTS_METHOD_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_METHOD_TABLE_H

#include "core/model/schema.h"

/* Adds methods.csv to OUTPUT, with a row for every column, in the order of SCHEMA, of the files
 * opened so far and of its own. False with the reason: FOLDER/methods.csv is broken, or lacks a
 * column. */
bool method_table_write(const struct schema *schema, struct output *output, const char *folder,
                        struct failure *failure);

#endif
