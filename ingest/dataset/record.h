/* A report as it travels from the process that read it to the one that writes the dataset: rows of
 * the contract's files, ready to be written, and the little that is needed to sort and count them.
 */
#ifndef OGISTAT_INGEST_DATASET_RECORD_H
#define OGISTAT_INGEST_DATASET_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "ingest/edits/edit_rows.h"
#include "ingest/report.h"

struct record {
  const char *failure; /* why the process can read no report at all; else "", and the rest counts */
  const char *source, *sha256;
  bool is_report; /* where it is none, only the rejects count, and whose it seems to be */
  const char *report_id, *division, *organ;
  const char *published; /* YYYY-MM-DD or "" */
  bool is_corrected;     /* says that it is a corrected re-issue */
  long long year, observations, edits_checked, edits_failed; /* year 0: not known */
  struct bytes report;   /* fields of reports.csv in turn, each ended by NUL */
  struct bytes values;   /* rows of CSV */
  struct bytes failures; /* as edit_rows_fill writes them */
  struct bytes kept;     /* for rules that span years: as kept_values_read wants them */
  struct bytes cells;    /* for the panel: name and value in turn, each ended by NUL */
  struct bytes rejects;  /* reason and detail in turn, each ended by NUL */
};

/* The observations in BYTES, a record's KEPT, in ARENA; its texts point into BYTES. */
struct observations kept_values_read(struct arena *arena, struct bytes bytes);

/* Writes REPORT to FILE as one record. */
void record_write(const struct report *report, FILE *file);

/* Writes that this process can read no report, and why. */
void record_write_failure(const struct failure *failure, FILE *file);

/* Reads the next record of LENGTH bytes at *BYTES, which moves on, into RECORD; its texts point
 * into BYTES. False at the end, and where the bytes are no record. */
bool record_read(const char **bytes, const char *end, struct record *record);

#endif
