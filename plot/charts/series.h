/* The series of an indicator over the years of an organ, as points of a plane. */
#ifndef OGISTAT_PLOT_CHARTS_SERIES_H
#define OGISTAT_PLOT_CHARTS_SERIES_H

#include "plot/charts/chart.h"

/* A year of an indicator's series. */
struct series_point {
  long year;
  const struct drawn_report *report;     /* NULL: there is none */
  const struct indicator *value;         /* NULL: it has none */
  const struct indicator_bounds *bounds; /* where blanks leave the value open, else NULL */
  enum crosswalk_relation relation;      /* to the last value or bounds before */
  bool follows;                          /* on a value of the year before */
};

struct chart_series_points {
  LIST_OF(struct series_point)
  points; /* from the first value or bounds to the last, no year left out */
};

/* The series of INDICATOR (a name) and CATEGORY over the COUNT reports of an organ, which are
 * sorted by year. */
struct chart_series_points chart_series(const struct chart_input *input,
                                        const struct drawn_report *const *reports, size_t count,
                                        const char *indicator, const char *category);

/* The point of a year, with its line and, in *MARK, the words of what changed before it (NULL:
 * nothing). */
struct plane_point chart_point(const struct chart_input *input, const struct series_point *from,
                               const char **mark);

/* The notes that marks, gaps and intervals of these series need. */
void chart_note_series(const struct chart_input *input, struct picture *picture,
                       const struct chart_series_points *series, size_t count);

#endif
