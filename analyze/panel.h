/* What is kept of all reports: a point an estimate; and the two ways through them, along the years
 * of an organ and across the organs of a year. Knows no statistics. */
#ifndef OGISTAT_PANEL_H
#define OGISTAT_PANEL_H

#include "analyze/dataset.h"
#include "analyze/indicators.h"

/* An indicator in a category. */
struct series {
  const char *indicator, *category;
  enum indicator_kind kind;
  size_t place;  /* in the order by indicator and category */
  size_t family; /* series of one indicator share it; below the number of series */
};

struct point {
  const struct series *series;
  const struct report *report;
  double numerator, denominator; /* NAN for a level */
  double estimate;               /* finite */
  uint32_t definition, rows;     /* of struct measure and struct result */
};

struct panel;

/* A panel for DATASET, all in ARENA. */
struct panel *panel_new(struct arena *arena, const struct dataset *dataset);

/* Keeps the estimates among RESULTS as the points of the report with index REPORT. */
void panel_add(struct panel *panel, size_t report, const result_list *results);

/* Puts all in order; nothing may be added after. Where an organ has several reports for a year the
 * first by id counts, and reports that name neither organ nor division are left out; NOTES (NULL:
 * nowhere) is told. */
void panel_sort(struct panel *panel, FILE *notes);

/* How many series there are (panel_sort must have been called). */
size_t panel_series(const struct panel *panel);

/* Takes COUNT points of one series. ARENA is for what the handler needs during the call. */
typedef void run_handler(void *context, const struct point *const *points, size_t count,
                         struct arena *arena);

/* Calls HANDLER for every organ and series with at least two years, sorted by division, organ,
 * indicator and category; the points are sorted by year. */
void panel_each_trend(const struct panel *panel, run_handler *handler, void *context);

/* Calls HANDLER for every year and series with at least two organs, sorted by year, indicator and
 * category; the points are sorted by division and organ. */
void panel_each_comparison(const struct panel *panel, run_handler *handler, void *context);

#endif
