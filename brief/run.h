/* A whole run: pages are made one by one, written in every format that is asked for, and put in
 * their places together. */
#ifndef OGISTAT_BRIEF_RUN_H
#define OGISTAT_BRIEF_RUN_H

#include <stdbool.h>

#include "core/base/failure.h"
#include "core/base/left_out.h"
#include "core/model/words.h"

struct brief_options {
  const char *charts, *analysis, *dataset; /* folders */
  const char *output;
  const char *datasets; /* NULL: found as datasets_folder does */
  enum language language;
  unsigned formats; /* as brief_formats_parse gives them */
  unsigned jobs;    /* how many LibreOffices make PDFs at a time; at least 1 */
  bool quiet;
  bool require_sandbox;      /* else a kernel that has none is only told */
  struct left_out *left_out; /* counts rows that cannot be used, and pages that failed */
};

/* The formats that LIST names ("html,docx,pdf"), as bits; 0 where it is no such list. */
unsigned brief_formats_parse(const char *list);

/* Writes the page of every report, of all and of the index, and pages.csv, which lists them. Pages
 * of an earlier run in that language that are no more, or that failed, are removed. A page that
 * cannot be written, and a picture that cannot be read, is told in pages.csv and to LEFT_OUT, and
 * costs no other. False with the reason where nothing can be written; then nothing was replaced. */
bool brief_run(const struct brief_options *options, struct failure *failure);

#endif
