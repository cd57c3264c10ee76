/* Ranks, many times over. Knows no indicators. */
#include "analyze/ranks.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_sort_uint.h>
#include <math.h>

#include "analyze/random.h"

enum { MOST_VALUES = 1 << 20, FEWEST_DRAWS = 200 };

double draw_share(const gsl_rng *random, double events, double trials) {
  return gsl_ran_beta(random, events + 0.5, trials - events + 0.5);
}

double draw_rate(const gsl_rng *random, double events, double exposure) {
  return gsl_ran_gamma(random, events + 0.5, 1) / exposure;
}

size_t rank_draws(size_t count, size_t draws) {
  size_t most = MOST_VALUES / (count ? count : 1);
  if (most < FEWEST_DRAWS) return 0;
  return draws < most ? draws : most;
}

void rank_intervals(posterior_draw *draw, const double *events, const double *trials, size_t count,
                    size_t draws, struct arena *scratch, size_t *lower, size_t *upper) {
  for (size_t i = 0; i < count; i++) lower[i] = upper[i] = 0;
  if (draws == 0) return;
  double *values = arena_array(scratch, count, sizeof *values);
  size_t *order = arena_array(scratch, count, sizeof *order);
  unsigned *ranks = arena_array(scratch, count * draws, sizeof *ranks); /* an organ's together */
  gsl_rng *random = random_new();
  for (size_t i = 0; i < draws; i++) {
    for (size_t j = 0; j < count; j++) values[j] = draw(random, events[j], trials[j]);
    gsl_sort_index(order, values, 1, count);
    for (size_t j = 0; j < count; j++) ranks[order[j] * draws + i] = (unsigned)(count - j);
  }
  gsl_rng_free(random);
  struct tails tails = tails_of(draws);
  for (size_t i = 0; i < count; i++) {
    gsl_sort_uint(ranks + i * draws, 1, draws);
    lower[i] = ranks[i * draws + tails.lower];
    upper[i] = ranks[i * draws + tails.upper];
  }
}
