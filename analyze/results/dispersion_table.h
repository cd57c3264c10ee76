/* Measures how much the organs of each peer group vary from year to year beyond chance, and writes
 * dispersion.csv. Changes, trends, ranks and funnels all take it from here. */
#ifndef OGISTAT_ANALYZE_RESULTS_DISPERSION_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_DISPERSION_TABLE_H

#include "analyze/results/row.h"
#include "analyze/statistics/dispersion.h"
#include "analyze/store/panel.h"
#include "analyze/store/peers.h"

struct dispersion_table {
  const struct panel *panel; /* complete */
  const struct dataset *dataset;
  const struct series_list *series;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  const struct peer_groups *peers;
  const char *knowledge; /* the folder with indicators/dispersion.csv */
  unsigned threads;
  const struct result_file *rows;
};

/* The dispersion of every series in every peer group. */
struct dispersions;

/* How SERIES varies beyond chance. */
enum variation variation_of(const struct series *series);

/* A point of SERIES as a count. */
struct counted counted_of(const struct series *series, const struct point *point);

/* Whether the step from BEFORE to POINT may tell of dispersion or of a change by chance: of
 * neighbouring years, on forms that the crosswalk joins. */
bool points_join(const struct crosswalk *crosswalk, const struct forms *forms,
                 const struct series *series, const struct point *before,
                 const struct point *point);

/* Measures from at most some 500 organs of a group, evenly chosen, writes the rows, and returns the
 * dispersions in ARENA. A group in which fewer than five organs inform has the default of
 * indicators/dispersion.csv. NULL with the reason. */
const struct dispersions *dispersion_table_write(const struct dispersion_table *table,
                                                 struct arena *arena, struct failure *failure);

/* The dispersion of SERIES in the peer group with that number (NO_PEERS: the default), and where it
 * comes from: "peers", "default", or "" (then it is NULL) where the series is no count. */
struct known_dispersion {
  const struct dispersion *dispersion;
  const char *source; /* a literal */
};
struct known_dispersion dispersion_of(const struct dispersions *dispersions,
                                      const struct series *series, uint32_t group);

/* Adds the columns dispersion_within, design_effect, dispersion_organs and dispersion_source. */
void row_known_dispersion(struct result_row *row, struct known_dispersion known,
                          double design_effect);

#endif
