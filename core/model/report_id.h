/* The name of a report, unique and safe as a file name: `DIVISION-YEAR` for the government of a
 * division, `DIVISION-YEAR-MARK` for other organs. How it is spelt is known here only. */
#ifndef OGISTAT_CORE_MODEL_REPORT_ID_H
#define OGISTAT_CORE_MODEL_REPORT_ID_H

#include <stdbool.h>

#include "core/base/arena.h"

/* The id, in ARENA, of the report of DIVISION ("" where it is not known) about YEAR (0: not known).
 * MARK tells organs of a division apart, by its first eight characters; "" for the government. */
const char *report_id_make(struct arena *arena, const char *division, int year, const char *mark);

/* True where ID is that of the government of DIVISION in YEAR. */
bool report_id_is_of_government(const char *id, const char *division, int year);

/* The id, in ARENA, that the same organ's report of the year before has; NULL where DIVISION or
 * YEAR (those of ID) are not known: without them an organ may be another one of that name. */
const char *report_id_of_year_before(struct arena *arena, const char *id, const char *division,
                                     int year);

/* The series of a report: its ID with `all` for YEAR, the same for all reports of an organ. */
const char *report_series(struct arena *arena, const char *id, const char *year);

#endif
