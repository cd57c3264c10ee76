/* Writes definitions.csv: what every indicator and distribution adds up, so that a result leads to
 * the observations it rests on. */
#ifndef OGISTAT_ANALYZE_RESULTS_DEFINITION_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_DEFINITION_TABLE_H

#include "core/model/schema.h"

/* Adds definitions.csv to OUTPUT: the rows of FOLDER/indicators.csv, in the order in which they are
 * tried, and those of FOLDER/distributions.csv as a kind of their own. False with the reason. */
bool definition_table_write(const struct schema *schema, struct output *output, const char *folder,
                            struct failure *failure);

#endif
