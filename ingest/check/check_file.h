/* One file, checked: what is said of it, as bytes for the process that prints it. */
#ifndef OGISTAT_INGEST_CHECK_CHECK_FILE_H
#define OGISTAT_INGEST_CHECK_CHECK_FILE_H

#include "ingest/check/verdict.h"

struct check_options {
  const char *datasets;
  char **paths;           /* ended by NULL */
  const char *previous;   /* the report of the year before; NULL: none */
  const char *comments;   /* where the copy with comments goes; NULL: none is asked for */
  const char *output;     /* NULL: standard output */
  enum language language; /* LANGUAGES: Chinese where a report was found */
  bool is_chinese_locale;
  enum verdict_format format;
};

/* Written before the verdict and the copy. */
struct check_head {
  size_t errors, warnings, reports;
  size_t verdict, copy; /* lengths in bytes */
  enum language language;
  char failure[1024]; /* why it cannot be checked at all; "": it was */
};

/* Checks PATH as OPTIONS say, and writes head, verdict and copy to FILE. */
void check_file(const struct check_options *options, const struct knowledge *knowledge,
                const char *path, FILE *file);

#endif
