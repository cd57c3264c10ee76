/* The seed, and quantiles of draws. */
#include "analyze/statistics/random.h"

#include "core/base/arena.h"

/* The day on which the regulations on open government information took effect. */
static const unsigned long seed = 20080501;

gsl_rng *random_new(void) {
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  if (!random) out_of_memory();
  gsl_rng_set(random, seed);
  return random;
}

struct tails tails_of(size_t draws) {
  return (struct tails){(draws + 39) / 40 - 1, (39 * draws + 39) / 40 - 1};
}
