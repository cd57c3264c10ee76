/* The statutory forms as templates, and the alignment of a document's tables and charts with them.
 * The templates are rows of forms.csv: a table's rows and columns, each with its labels. */
#ifndef OGISTAT_INGEST_TABLES_FORM_H
#define OGISTAT_INGEST_TABLES_FORM_H

#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/document/number.h"

struct forms;

/* Reads FOLDER/forms.csv and FOLDER/chart_series.csv into ARENA. NULL with file, line and reason.
 */
const struct forms *forms_load(struct arena *arena, const char *folder,
                               const struct codebook *codebook, struct failure *failure);

/* Reads every table and chart of DOCUMENT, a report of YEAR (0: not known), that follows a template
 * into FINDINGS: observations, what was not understood, and which forms each section follows. */
void forms_read(const struct forms *forms, const struct codebook *codebook,
                const struct numerals *numerals, const struct document *document, int year,
                struct findings *findings);

#endif
