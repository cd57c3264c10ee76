/* The estimates of all reports, on disk, and the two ways through them: along the years of an organ
 * and across the organs of a year. Knows no statistics. Memory grows with the reports, by some
 * bytes each, and with the points of one organ, or of one series in a year, at a time. */
#ifndef OGISTAT_ANALYZE_STORE_PANEL_H
#define OGISTAT_ANALYZE_STORE_PANEL_H

#include "analyze/store/dataset.h"
#include "analyze/store/series.h"
#include "analyze/store/temporary_store.h"

struct panel;

/* What a panel needs to know; all of it outlives the panel. */
struct panel_parts {
  const struct dataset *dataset;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  const struct divisions *divisions;
  struct series_list *series;
  struct temporary_store *store;
};

/* A panel in ARENA, or in the same order as ANOTHER where that is not NULL. Where an organ has
 * several reports for a year the first by id counts; the others, and reports that name neither
 * organ nor division, are told as left out. Those without a year, which were told already, do not
 * count either. */
struct panel *panel_new(struct arena *arena, struct panel_parts parts, const struct panel *another);

/* Whether the report with index REPORT counts. */
bool panel_counts(const struct panel *panel, size_t report);

/* The report of the same organ before REPORT in time; REPORT itself where there is none. */
size_t panel_before(const struct panel *panel, size_t report);

/* Keeps the estimates among RESULTS as the points of the report with index REPORT, and marks those
 * whose form is not that of the organ's report before. Reports come in their order, one thread at a
 * time. */
void panel_add(struct panel *panel, size_t report, const result_list *results);

/* Points of one way: sorted by series, and within them by year or by division and organ. */
struct points {
  const struct point *const *item;
  size_t count;
};

/* The organs that count, sorted by division and organ, and the points of one, in ARENA; several
 * threads may load. */
size_t panel_organs(const struct panel *panel);
const struct organ *panel_organ(const struct panel *panel, size_t organ); /* of its last report */
/* The organ of a REPORT that counts, by its number among these. */
size_t panel_organ_of(const struct panel *panel, size_t report);

struct points panel_organ_points(const struct panel *panel, size_t organ, struct arena *arena);

/* Once all reports are added and the series are sorted: sets down the points of each year and
 * series, for the functions that follow. */
void panel_complete(struct panel *panel);

/* How many years there are, and which they are, ascending. */
size_t panel_years(const struct panel *panel);
int panel_year(const struct panel *panel, size_t year);

/* How many points the series at PLACE has in the year with that number, and the points, in ARENA;
 * several threads may load. */
size_t panel_year_count(const struct panel *panel, size_t year, size_t place);
struct points panel_year_points(const struct panel *panel, size_t year, size_t place,
                                struct arena *arena);

/* The reports of a year that have points, in ARENA. */
uint32_t *panel_year_reports(const struct panel *panel, size_t year, size_t *count,
                             struct arena *arena);

/* How many points from the first on are of its series. */
size_t points_of_series(struct points points);

#endif
