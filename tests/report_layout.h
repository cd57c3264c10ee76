/* Writes the tables of the statutory forms as text in the layout of Word conversions. Knows the
 * layout only: what is printed in a cell is asked of the one who makes the report up. */
#ifndef OGISTAT_TESTS_REPORT_LAYOUT_H
#define OGISTAT_TESTS_REPORT_LAYOUT_H

#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/model/codebook.h"

/* What becomes of a row of the requests table. */
enum row_fate { ROW_PRINTED, ROW_LEFT_OUT, ROW_RUN_TOGETHER /* in one row with the row below */ };

struct report_layout {
  struct arena *arena;
  const struct codebook *codebook;
  FILE *text;
  const char *disclosure, *requests; /* the forms of these sections: offices mix them */
  const char *(*cell)(void *context, const struct variable *variable, const char *category);
  /* An amount of the table of 2014; its unit may be set to another that the table then prints. UNIT
   * is NULL where the table has no place for it. */
  const char *(*amount)(void *context, const struct variable *variable, const char **unit);
  enum row_fate (*row)(void *context, const struct variable *variable); /* NULL: all are printed */
  void *context;
};

void layout_disclosure(const struct report_layout *layout);
void layout_requests(const struct report_layout *layout);
void layout_disputes(const struct report_layout *layout);

/* A row of the table of 2014, with the label of forms.csv; no variable: a title of rows. */
struct statistics_row {
  const char *label;
  const struct variable *variable;
};

struct statistics_rows {
  struct statistics_row *item;
  size_t count, room;
};

bool statistics_rows_load(struct arena *arena, const struct codebook *codebook,
                          struct statistics_rows *rows, struct failure *failure);

struct statistics_style {
  enum { UNIT_COLUMN, UNIT_IN_LABEL, NO_UNIT, UNIT_PLACES } unit_place;
  const char *title_cells; /* beside a title of rows; NULL: none */
};

/* The statistics table of 2014, of YEAR. */
void layout_statistics(const struct report_layout *layout, const struct statistics_rows *rows,
                       const struct statistics_style *style, int year);

/* A chart's data as they stand behind the report: title and series, then the AREAS and VALUES. */
void layout_chart(FILE *text, const char *const *areas, const char *const *values, size_t count);

/* NUMBER as reports print it: plain, with separators, or full-width. */
const char *print_number(struct arena *arena, uint64_t *seed, long long number);

#endif
