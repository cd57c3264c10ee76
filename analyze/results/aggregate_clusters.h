/* What aggregates and their changes owe to single governments: the governments as clusters, without
 * those whose numbers break a rule, and over those alone that report in both years. Measured from
 * the points of a panel before the rows are written. Knows no formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_AGGREGATE_CLUSTERS_H
#define OGISTAT_ANALYZE_RESULTS_AGGREGATE_CLUSTERS_H

#include "analyze/statistics/clusters.h"
#include "analyze/store/aggregates.h"
#include "analyze/store/panel.h"

struct aggregate_clusters;

/* What it is measured from; all of it outlives the call. */
struct cluster_sources {
  const struct panel *panel; /* complete */
  const struct dataset *dataset;
  struct aggregates *aggregates;
  const struct divisions *divisions;
  const struct series_list *series;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  struct temporary_store *store;
  unsigned threads;
};

/* An aggregate: a series of a unit in a year. */
struct clustered_sum {
  uint32_t place; /* of the series */
  int year;
  struct cluster_ratio ratio;       /* of all that are added up */
  uint32_t failed;                  /* of them: whose numbers break a hard rule */
  double failed_share;              /* of the denominator (of a count: of the sum) that they hold */
  struct cluster clean;             /* the sums of the others, */
  struct cluster_ratio clean_ratio; /* and their ratio */
};

/* Its change from the year before. */
struct clustered_change {
  uint32_t place;
  int year;
  uint32_t organs_before, organs; /* with an estimate in either year */
  uint32_t matched_organs;        /* in both, by forms that the crosswalk joins */
  double matched_share;   /* of the denominators of both years (of counts: of both sums), theirs */
  struct interval limits; /* of the difference over all of them */
  struct cluster_change matched;
  double failed_share;   /* of the denominators of the matched ones: those who break a hard rule */
  uint32_t clean_organs; /* the others, */
  struct cluster_change clean; /* and their change */
  size_t test;                 /* for aggregate_q_values */
};

/* Measures all units, in ARENA and the store. NULL with the reason. */
struct aggregate_clusters *aggregate_clusters_new(struct arena *arena,
                                                  const struct cluster_sources *sources,
                                                  struct failure *failure);

const struct units *clusters_units(const struct aggregate_clusters *clusters);

/* What is known of the unit with the number UNIT, in ARENA, sorted by place and year. */
struct unit_clusters {
  const struct clustered_sum *sum;
  const struct clustered_change *change;
  size_t sums, changes;
};
struct unit_clusters clusters_of_unit(const struct aggregate_clusters *clusters, size_t unit,
                                      struct arena *arena);

/* That of the series at PLACE in YEAR; NULL where it has none. */
const struct clustered_sum *clustered_sum_at(const struct unit_clusters *of, uint32_t place,
                                             int year);
const struct clustered_change *clustered_change_at(const struct unit_clusters *of, uint32_t place,
                                                   int year);

/* The q-values of a change of UNIT, of the matched governments and of those of them without failed
 * rules (Benjamini & Hochberg), over all indicators of the units of its family in the year. */
struct aggregate_q_values {
  double matched, clean;
};
struct aggregate_q_values aggregate_q_values(const struct aggregate_clusters *clusters, size_t unit,
                                             const struct clustered_change *change);

/* How many governments UNIT has in YEAR by the list of divisions; 0 where the list has none. */
size_t clusters_expected(const struct aggregate_clusters *clusters, size_t unit, int year);

#endif
