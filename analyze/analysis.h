/* The whole stage: a dataset in, a folder of results out. */
#ifndef OGISTAT_ANALYZE_ANALYSIS_H
#define OGISTAT_ANALYZE_ANALYSIS_H

#include <stdbool.h>
#include <stdio.h>

#include "analyze/statistics/intervals.h"
#include "core/base/failure.h"

struct analysis_options {
  const char *dataset;  /* folder of the dataset */
  const char *out;      /* folder for the results */
  const char *datasets; /* folder of knowledge; NULL: found by datasets_folder */
  const struct interval_method *interval;
  unsigned threads;       /* at least 1; the results are the same for any number */
  const char *peers;      /* whom organs are compared with, as peer_groups_load takes it */
  const char *covariates; /* file, as covariates_load takes it; NULL: none */
  unsigned draws;         /* of every simulation; 0: none */
  FILE *notes;            /* what the user should know beside errors; NULL: nothing */
};

enum analysis_end {
  ANALYSIS_DONE,
  ANALYSIS_FAILED,  /* and nothing was written */
  ANALYSIS_LEFT_OUT /* done; rows of the dataset that cannot be used were left out, and told */
};

/* Writes the files that schema.csv describes for analysis/, and datapackage.json. FAILURE has the
 * reason where that fails. */
enum analysis_end analysis_run(const struct analysis_options *options, struct failure *failure);

#endif
