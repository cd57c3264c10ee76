/* The sections that a report must have, their order and numbers. */
#ifndef OGISTAT_INGEST_CHECK_SECTIONS_H
#define OGISTAT_INGEST_CHECK_SECTIONS_H

#include "ingest/check/remark.h"

/* Remarks on sections that are missing, out of order, wrongly numbered or empty, by the rows of
 * FOLDER/rules/check_sections.csv. False with file, line and reason where that is broken. */
bool sections_check(struct checking *checking, const char *folder, struct failure *failure);

#endif
