/* A report as it travels from the process that read it to the one that writes the dataset: rows of
 * the contract's files, ready to be written, and the little that is needed to sort and count them.
 */
#ifndef OGISTAT_INGEST_DATASET_RECORD_H
#define OGISTAT_INGEST_DATASET_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/model/schema.h"
#include "ingest/edits/edit_rows.h"
#include "ingest/report.h"

struct record {
  const char *failure; /* why the process can read no report at all; else "", and the rest counts */
  const char *source, *sha256;
  bool is_report; /* where it is none, only the rejects count, and whose it seems to be */
  const char *report_id, *division, *organ;
  const char *division_by, *site, *level; /* as in struct identity */
  const char *published;                  /* YYYY-MM-DD or "" */
  const char *mark;                       /* of the id, were the division known */
  bool is_corrected;                      /* says that it is a corrected re-issue */
  long long year, observations, edits_checked, edits_failed; /* year 0: not known */
  /* Where two things come in turn, each is ended by NUL. */
  struct bytes report;      /* columns of reports.csv: name and text in turn */
  struct bytes values;      /* rows of observations.csv */
  struct bytes failures;    /* as edit_rows_fill writes them */
  struct bytes change_sets; /* rows of change_sets.csv */
  struct bytes rule_counts; /* for rules_checked.csv: rule and number in turn */
  struct bytes year_values; /* for rules that span years: as year_values_read wants them */
  struct bytes panel;       /* columns of panel.csv: name and number in turn */
  struct bytes quantities;  /* rows of quantities.csv */
  struct bytes key_areas;   /* rows of key_areas.csv */
  struct bytes rejects;     /* reason and detail in turn */
};

/* The observations in BYTES, the year_values of a record, in ARENA; its texts point into BYTES. */
struct observations year_values_read(struct arena *arena, struct bytes bytes);

/* Writes REPORT to FILE as one record, whose rows have the columns of SCHEMA (which counts only
 * where REPORT has an id). */
void record_write(const struct report *report, const struct schema *schema, FILE *file);

/* Writes that this process can read no report, and why. */
void record_write_failure(const struct failure *failure, FILE *file);

/* Reads the next record of LENGTH bytes at *BYTES, which moves on, into RECORD; its texts point
 * into BYTES. False at the end, and where the bytes are no record. */
bool record_read(const char **bytes, const char *end, struct record *record);

#endif
