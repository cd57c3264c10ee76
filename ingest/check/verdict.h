/* The verdict on one report, and how it is written. */
#ifndef OGISTAT_INGEST_CHECK_VERDICT_H
#define OGISTAT_INGEST_CHECK_VERDICT_H

#include <stdio.h>

#include "ingest/check/remark.h"

enum verdict_format {
  VERDICT_TEXT,
  VERDICT_HTML,
  VERDICT_JSON,
  VERDICT_CSV,
  VERDICT_FORMATS /* none of these */
};

/* "text", "html", "json", "csv". */
enum verdict_format verdict_format_from(const char *name);

/* What stands before the verdicts, between two files, and behind them. */
void verdict_begin(FILE *file, enum verdict_format format, enum language language);
void verdict_part(FILE *file, enum verdict_format format);
void verdict_end(FILE *file, enum verdict_format format);

/* What CHECKING says of its report, of which CHECKED rules could be checked. */
void verdict_write(FILE *file, enum verdict_format format, const struct checking *checking,
                   size_t checked);

/* That SOURCE holds no report, since MEANING, with a DETAIL. */
void verdict_write_reject(FILE *file, enum verdict_format format, struct arena *arena,
                          const struct words *words, const char *source, const char *meaning,
                          const char *detail);

size_t verdict_count(const struct checking *checking, enum remark_level level);

#endif
