/* A report as it travels from the process that read it to the one that writes the dataset: rows of
 * the contract's files, ready to be written, and the little that is needed to sort and count them.
 */
#ifndef OGISTAT_RECORD_H
#define OGISTAT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "datasets/arena.h"
#include "ingest/report.h"

struct bytes {
  const char *start;
  size_t length;
};

struct record {
  const char *source, *sha256;
  bool is_report; /* where it is none, only the rejects count, and whose it seems to be */
  const char *report_id, *division, *organ;
  const char *published; /* YYYY-MM-DD or "" */
  bool is_corrected;     /* says that it is a corrected re-issue */
  long long year, observations, edits_checked, edits_failed; /* year 0: not known */
  struct bytes report, values, failures;                     /* rows of CSV */
  struct bytes cells;   /* for the panel: name and value in turn, each ended by NUL */
  struct bytes rejects; /* reason and detail in turn, each ended by NUL */
};

/* Writes REPORT to FILE as one record. */
void record_write(const struct report *report, FILE *file);

/* Reads the next record of LENGTH bytes at *BYTES, which moves on, into RECORD; its texts point
 * into BYTES. False at the end, and where the bytes are no record. */
bool record_read(const char **bytes, const char *end, struct record *record);

#endif
