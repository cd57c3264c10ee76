/* The name of a report, `DIVISION-YEAR` or with more behind it: unique, and safe as a file name. */
#ifndef OGISTAT_CORE_MODEL_REPORT_ID_H
#define OGISTAT_CORE_MODEL_REPORT_ID_H

#include "core/base/arena.h"

/* The series of a report: its ID with `all` for YEAR, the same for all reports of an organ. */
const char *report_series(struct arena *arena, const char *id, const char *year);

#endif
