/* Distances, and distances by chance. Knows no variables or reports. */
#include "analyze/divergence.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

#include "analyze/random.h"

/* Parting more things than this one by one takes too long. */
static const double parted_up_to = 20000;

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
  double *pooled;    /* by category */
  size_t of_a, of_b; /* things */
  unsigned *thing;   /* the category of every thing; NULL where there are too many */
  unsigned *count_a; /* scratch */
  unsigned *count_b; /* scratch */
  double *drawn_a, *drawn_b;
};

static struct pool pool_of(const double *a, const double *b, size_t count, struct arena *scratch) {
  struct pool pool = {.categories = count,
                      .pooled = arena_array(scratch, count, sizeof(double)),
                      .of_a = (size_t)rint(sum(a, count)),
                      .of_b = (size_t)rint(sum(b, count)),
                      .count_a = arena_array(scratch, count, sizeof(unsigned)),
                      .count_b = arena_array(scratch, count, sizeof(unsigned)),
                      .drawn_a = arena_array(scratch, count, sizeof(double)),
                      .drawn_b = arena_array(scratch, count, sizeof(double))};
  for (size_t i = 0; i < count; i++) pool.pooled[i] = rint(a[i]) + rint(b[i]);
  pool.of_b = (size_t)sum(pool.pooled, count) - pool.of_a;
  if (sum(pool.pooled, count) > parted_up_to) return pool;
  size_t things = 0;
  pool.thing = arena_array(scratch, pool.of_a + pool.of_b, sizeof *pool.thing);
  for (unsigned i = 0; i < count; i++)
    for (double j = 0; j < pool.pooled[i]; j++) pool.thing[things++] = i;
  return pool;
}

/* Draws the first sample without putting back: the first things of a shuffle. */
static void part_anew(const gsl_rng *random, struct pool *pool) {
  size_t things = pool->of_a + pool->of_b;
  for (size_t i = 0; i < pool->categories; i++) pool->drawn_a[i] = 0;
  for (size_t i = 0; i < pool->of_a; i++) {
    size_t other = i + gsl_rng_uniform_int(random, things - i);
    unsigned thing = pool->thing[other];
    pool->thing[other] = pool->thing[i];
    pool->thing[i] = thing;
    pool->drawn_a[thing]++;
  }
  for (size_t i = 0; i < pool->categories; i++)
    pool->drawn_b[i] = pool->pooled[i] - pool->drawn_a[i];
}

static void draw_anew(const gsl_rng *random, struct pool *pool) {
  gsl_ran_multinomial(random, pool->categories, (unsigned)pool->of_a, pool->pooled, pool->count_a);
  gsl_ran_multinomial(random, pool->categories, (unsigned)pool->of_b, pool->pooled, pool->count_b);
  for (size_t i = 0; i < pool->categories; i++) {
    pool->drawn_a[i] = pool->count_a[i];
    pool->drawn_b[i] = pool->count_b[i];
  }
}

double permutation_p_value(const double *a, const double *b, size_t count, size_t draws,
                           struct arena *scratch) {
  double distance = jensen_shannon_distance(a, b, count);
  if (draws == 0 || !isfinite(distance) || sum(a, count) + sum(b, count) > 4e9) return NAN;
  /* The shorter sample is drawn. */
  bool turned = sum(a, count) > sum(b, count);
  struct pool pool = pool_of(turned ? b : a, turned ? a : b, count, scratch);
  if (pool.of_a == 0) return NAN;
  size_t as_great = 0;
  gsl_rng *random = random_new();
  for (size_t i = 0; i < draws; i++) {
    (pool.thing ? part_anew : draw_anew)(random, &pool);
    double drawn = jensen_shannon_distance(pool.drawn_a, pool.drawn_b, count);
    as_great += drawn >= distance * (1 - 1e-12); /* equal but for rounding */
  }
  gsl_rng_free(random);
  return (double)(as_great + 1) / (double)(draws + 1);
}
