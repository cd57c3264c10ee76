/* Confronts what prose tells of an area with what a table or a chart of the report says. */
#ifndef OGISTAT_INGEST_EDITS_AREA_SOURCES_H
#define OGISTAT_INGEST_EDITS_AREA_SOURCES_H

#include "ingest/document/findings.h"
#include "ingest/edits/added.h"

/* Adds to RESULT the areas of VARIABLE for which FINDINGS, not settled yet, have an exact number in
 * prose and another one elsewhere. Soft; the left side is that of prose. */
void area_sources_check(const struct told_rule *rule, const struct variable *variable,
                        struct findings *findings, struct edit_result *result);

#endif
