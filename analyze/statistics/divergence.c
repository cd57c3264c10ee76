/* Distances, and distances by chance. Knows no variables or reports. */
#include "analyze/statistics/divergence.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

#include "analyze/statistics/random.h"

/* Parting more things than this one by one takes too long. */
static const double parted_up_to = 20000;

/* So many draws as great, and a tenth of all, tell that a distance is no wonder. */
static const size_t fewest_as_great = 10;

static double sum(const double *values, size_t count) {
  double total = 0;
  for (size_t i = 0; i < count; i++) total += values[i];
  return total;
}

/* A share's part of the divergence from the middle of both, in bits. */
static double part(double share, double middle) {
  return share > 0 ? share * log2(share / middle) / 2 : 0;
}

double jensen_shannon_distance(const double *a, const double *b, size_t count) {
  double of_a = sum(a, count), of_b = sum(b, count), divergence = 0;
  if (!(of_a > 0 && of_b > 0)) return NAN;
  for (size_t i = 0; i < count; i++) {
    double p = a[i] / of_a, q = b[i] / of_b, middle = (p + q) / 2;
    divergence += part(p, middle) + part(q, middle);
  }
  return sqrt(fmin(fmax(divergence, 0), 1));
}

/* Two samples of one pool. */
struct pool {
  size_t categories;
  double *pooled;              /* by category */
  size_t of_a, of_b;           /* things */
  unsigned *thing;             /* the category of every thing; NULL where there are too many */
  double **divergence;         /* by category: its part of the divergence where so many are in a */
  unsigned *count_a, *count_b; /* as drawn */
};

static double square(double distance) {
  return distance * distance;
}

/* Every part of the divergence that a parting can have. */
static void tabulate(struct pool *pool, struct arena *scratch) {
  double of_a = (double)pool->of_a, of_b = (double)pool->of_b;
  pool->divergence = arena_array(scratch, pool->categories, sizeof *pool->divergence);
  for (size_t i = 0; i < pool->categories; i++) {
    size_t all = (size_t)pool->pooled[i];
    pool->divergence[i] = arena_array(scratch, all + 1, sizeof **pool->divergence);
    for (size_t in_a = 0; in_a <= all; in_a++) {
      double p = (double)in_a / of_a, q = (double)(all - in_a) / of_b, middle = (p + q) / 2;
      pool->divergence[i][in_a] = part(p, middle) + part(q, middle);
    }
  }
}

static struct pool pool_of(const double *a, const double *b, size_t count, struct arena *scratch) {
  struct pool pool = {.categories = count,
                      .pooled = arena_array(scratch, count, sizeof(double)),
                      .count_a = arena_array(scratch, count, sizeof(unsigned)),
                      .count_b = arena_array(scratch, count, sizeof(unsigned))};
  for (size_t i = 0; i < count; i++) {
    pool.of_a += (size_t)rint(a[i]);
    pool.of_b += (size_t)rint(b[i]);
    pool.pooled[i] = rint(a[i]) + rint(b[i]);
  }
  size_t things = pool.of_a + pool.of_b, known = 0;
  if ((double)things > parted_up_to || pool.of_a == 0 || pool.of_b == 0) return pool;
  pool.thing = arena_array(scratch, things, sizeof *pool.thing);
  for (unsigned i = 0; i < count; i++)
    for (size_t left = (size_t)pool.pooled[i]; left > 0; left--) pool.thing[known++] = i;
  tabulate(&pool, scratch);
  return pool;
}

/* The divergence where the first sample is drawn without putting back: the first things of a
 * shuffle. */
static double part_anew(const gsl_rng *random, struct pool *pool) {
  size_t things = pool->of_a + pool->of_b;
  double divergence = 0;
  for (size_t i = 0; i < pool->categories; i++) pool->count_a[i] = 0;
  for (size_t i = 0; i < pool->of_a; i++) {
    size_t other = i + gsl_rng_uniform_int(random, things - i);
    unsigned thing = pool->thing[other];
    pool->thing[other] = pool->thing[i];
    pool->thing[i] = thing;
    pool->count_a[thing]++;
  }
  for (size_t i = 0; i < pool->categories; i++) divergence += pool->divergence[i][pool->count_a[i]];
  return divergence;
}

/* The divergence where both samples are drawn with the shares of all things. */
static double draw_anew(const gsl_rng *random, struct pool *pool) {
  double of_a = (double)pool->of_a, of_b = (double)pool->of_b, divergence = 0;
  gsl_ran_multinomial(random, pool->categories, (unsigned)pool->of_a, pool->pooled, pool->count_a);
  gsl_ran_multinomial(random, pool->categories, (unsigned)pool->of_b, pool->pooled, pool->count_b);
  for (size_t i = 0; i < pool->categories; i++) {
    double p = pool->count_a[i] / of_a, q = pool->count_b[i] / of_b, middle = (p + q) / 2;
    divergence += part(p, middle) + part(q, middle);
  }
  return divergence;
}

double permutation_p_value(const double *a, const double *b, size_t count, size_t draws,
                           struct arena *scratch) {
  double distance = jensen_shannon_distance(a, b, count);
  if (draws == 0 || !isfinite(distance) || sum(a, count) + sum(b, count) > 4e9) return NAN;
  bool turned = sum(a, count) > sum(b, count); /* the shorter sample is drawn */
  struct pool pool = pool_of(turned ? b : a, turned ? a : b, count, scratch);
  if (pool.of_a == 0 || pool.of_b == 0) return NAN;
  size_t as_great = 0, enough = fewest_as_great + draws / 10, drawn = 0;
  gsl_rng *random = random_new();
  for (; drawn < draws && as_great < enough; drawn++) {
    double divergence = (pool.thing ? part_anew : draw_anew)(random, &pool);
    as_great += divergence >= square(distance) - 1e-12; /* equal but for rounding */
  }
  gsl_rng_free(random);
  return as_great == enough ? (double)enough / (double)drawn
                            : (double)(as_great + 1) / (double)(draws + 1);
}
