/* The alignment of a document's tables and charts with the statutory forms. */
#ifndef OGISTAT_INGEST_TABLES_FORM_H
#define OGISTAT_INGEST_TABLES_FORM_H

#include "core/model/codebook.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/document/number.h"
#include "ingest/tables/template.h"

/* Reads every table and chart of DOCUMENT, a report of YEAR (0: not known), that follows a template
 * into FINDINGS: observations, what was not understood, and which forms each section follows. */
void forms_read(const struct forms *forms, const struct codebook *codebook,
                const struct numerals *numerals, const struct document *document, int year,
                struct findings *findings);

#endif
