/* Whose series trends.csv and changes.csv are about, and what both are made from. */
#ifndef OGISTAT_ANALYZE_RESULTS_SUBJECTS_H
#define OGISTAT_ANALYZE_RESULTS_SUBJECTS_H

#include "analyze/results/dispersion_table.h"
#include "analyze/results/row.h"
#include "analyze/store/panel.h"

/* Whose series they are: organs of a panel, or units of aggregates. */
struct subjects {
  const void *of;
  size_t count;
  size_t families; /* subjects are tested in families of their own where this is above 1 */
  size_t (*family)(const void *of, size_t subject);
  struct points (*points)(const void *of, size_t subject, struct arena *arena);
  /* The same without what breaks a hard rule. */
  struct points (*clean_points)(const void *of, size_t subject, struct arena *arena);
  void (*name)(const void *of, size_t subject, struct result_row *row); /* its columns of a row */
  uint32_t (*group)(const void *of, size_t subject); /* of its peers; NULL where there are none */
};

struct trend_table {
  const struct subjects *subjects;
  const struct series_list *series;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  const char *folder;                    /* for what does not fit into memory */
  size_t peer_groups;                    /* how many there are */
  const struct dispersions *dispersions; /* NULL: by chance alone, without the columns for it */
  unsigned threads;
  const struct result_file *trends, *changes, *joint; /* of aggregates the last two are NULL */
};

/* The number of the peers of SUBJECT; NO_PEERS where it has none. */
uint32_t subject_group(const struct trend_table *table, size_t subject);

/* The dispersion of SERIES among the peers of SUBJECT. */
struct known_dispersion subject_dispersion(const struct trend_table *table, size_t subject,
                                           const struct series *series);

#endif
