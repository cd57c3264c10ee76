/* A report beside the one of the year before. */
#ifndef OGISTAT_INGEST_CHECK_PREVIOUS_H
#define OGISTAT_INGEST_CHECK_PREVIOUS_H

#include "ingest/check/remark.h"

/* Remarks on rules that span years and on large changes (the rows of FOLDER/rules/
 * check_changes.csv). PREVIOUS is NULL where the file given holds no report. Returns how many rules
 * were checked. False with the reason where the file of rows is broken. */
bool previous_check(struct checking *checking, const struct report *previous, const char *folder,
                    size_t *checked, struct failure *failure);

#endif
