/* Ranks, many times over. Knows no indicators. */
#include "analyze/statistics/ranks.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort_uint.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analyze/statistics/random.h"

enum { MOST_VALUES = 1 << 20 };

double draw_share(const gsl_rng *random, double events, double trials) {
  return gsl_ran_beta(random, events + 0.5, trials - events + 0.5);
}

double draw_rate(const gsl_rng *random, double events, double exposure) {
  return gsl_ran_gamma(random, events + 0.5, 1) / exposure;
}

bool ranks_are_drawn(size_t count, size_t draws) {
  return draws == 0 || count <= MOST_VALUES / draws;
}

/* A value as the bits of a float, which stand in its order since it is not negative, and whose it
 * is. */
struct ranked {
  uint32_t bits, peer;
};

static struct ranked ranked_of(double value, size_t peer) {
  float rounded = (float)value;
  struct ranked ranked = {.peer = (uint32_t)peer};
  memcpy(&ranked.bits, &rounded, sizeof ranked.bits);
  return ranked;
}

/* Sorts VALUES ascending, byte by byte from the last one; OTHERS is scratch. */
static void sort_values(struct ranked *values, struct ranked *others, size_t count) {
  for (unsigned shift = 0; shift < 32; shift += 8) {
    size_t next[257] = {0};
    for (size_t i = 0; i < count; i++) next[(values[i].bits >> shift & 255) + 1]++;
    for (size_t i = 0; i < 256; i++) next[i + 1] += next[i];
    for (size_t i = 0; i < count; i++) others[next[values[i].bits >> shift & 255]++] = values[i];
    struct ranked *sorted = others;
    others = values;
    values = sorted;
  }
}

/* Ranks are whole: the quantiles hold more than 95 % of the draws. Drops the end with fewer of them
 * where 95 % are left. */
static void drop_an_end(const unsigned *ranks, size_t draws, size_t *lower, size_t *upper) {
  size_t within = 0, at_lower = 0, at_upper = 0;
  for (size_t i = 0; i < draws; i++) {
    within += ranks[i] >= *lower && ranks[i] <= *upper;
    at_lower += ranks[i] == *lower;
    at_upper += ranks[i] == *upper;
  }
  size_t fewer = at_lower < at_upper ? at_lower : at_upper;
  if (*lower >= *upper || 20 * (within - fewer) < 19 * draws) return;
  if (at_lower < at_upper)
    ++*lower;
  else
    --*upper;
}

/* The two quantiles of a peer's RANKS. */
static void put_limits(const unsigned *ranks, size_t draws, unsigned *scratch, size_t *lower,
                       size_t *upper) {
  struct tails tails = tails_of(draws);
  gsl_sort_uint_smallest(scratch, tails.lower + 1, ranks, 1, draws);
  *lower = scratch[tails.lower];
  gsl_sort_uint_largest(scratch, draws - tails.upper, ranks, 1, draws);
  *upper = scratch[draws - 1 - tails.upper];
  drop_an_end(ranks, draws, lower, upper);
}

void rank_intervals(posterior_draw *draw, const double *events, const double *trials, size_t count,
                    size_t draws, struct arena *scratch, size_t *lower, size_t *upper) {
  for (size_t i = 0; i < count; i++) lower[i] = upper[i] = 0;
  if (draws == 0) return;
  struct ranked *values = arena_array(scratch, count, sizeof *values);
  struct ranked *others = arena_array(scratch, count, sizeof *others);
  unsigned *tail = arena_array(scratch, draws, sizeof *tail);
  unsigned *ranks = arena_array(scratch, count * draws, sizeof *ranks); /* an organ's together */
  gsl_rng *random = random_new();
  for (size_t i = 0; i < draws; i++) {
    for (size_t j = 0; j < count; j++) values[j] = ranked_of(draw(random, events[j], trials[j]), j);
    sort_values(values, others, count);
    for (size_t j = 0; j < count; j++) ranks[values[j].peer * draws + i] = (unsigned)(count - j);
  }
  gsl_rng_free(random);
  for (size_t i = 0; i < count; i++)
    put_limits(ranks + i * draws, draws, tail, &lower[i], &upper[i]);
}
