/* Herfindahl, Gini and Shannon. Knows no variables or reports. */
#include "analyze/statistics/concentration.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>

#include "analyze/statistics/random.h"

enum { FEW = 24 };

/* Of fewer things draws do not tell how far an estimate may be off. */
static const double fewest_things = 30;

/* Ascending; GSL's heap sort is slow with the few categories that there are. */
static void sort(double *values, size_t count) {
  if (count > FEW) gsl_sort(values, 1, count);
  for (size_t i = 1; i < count && count <= FEW; i++) {
    double value = values[i];
    size_t at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}

struct concentration concentration_of(double *values, size_t count) {
  double total = 0;
  for (size_t i = 0; i < count; i++) total += values[i];
  if (!(total > 0)) return (struct concentration){NAN, NAN, NAN};

  sort(values, count);
  struct concentration result = {0, 0, 0};
  for (size_t i = 0; i < count; i++) {
    double share = values[i] / total;
    result.hhi += share * share;
    result.gini += (2.0 * (double)(i + 1) - (double)count - 1) * share;
    if (share > 0) result.entropy -= share * log(share);
  }
  result.gini /= (double)count;
  return result;
}

/* What a measure is of the values at hand, and what it can be. */
struct measured {
  double estimate, least, most;
};

static struct interval limits_of(struct measured measured, const double *draws, size_t count,
                                 double *scratch) {
  struct tails tails = tails_of(count);
  gsl_sort_smallest(scratch, tails.lower + 1, draws, 1, count);
  double lower = scratch[tails.lower];
  gsl_sort_largest(scratch, count - tails.upper, draws, 1, count);
  double upper = scratch[count - 1 - tails.upper];
  if (lower == upper) return (struct interval){NAN, NAN};
  double reach = fmax(upper - measured.estimate, measured.estimate - lower);
  return (struct interval){fmax(measured.estimate - reach, measured.least),
                           fmin(measured.estimate + reach, measured.most)};
}

/* What draws are made into: a column a measure. */
struct drawn {
  double *hhi, *gini, *entropy;
};

static void draw(const double *shares, size_t count, double total, size_t draws,
                 struct arena *scratch, struct drawn *drawn) {
  unsigned *counts = arena_array(scratch, count, sizeof *counts);
  double *values = arena_array(scratch, count, sizeof *values);
  gsl_rng *random = random_new();
  for (size_t i = 0; i < draws; i++) {
    gsl_ran_multinomial(random, count, (unsigned)total, shares, counts);
    for (size_t j = 0; j < count; j++) values[j] = counts[j];
    struct concentration result = concentration_of(values, count);
    drawn->hhi[i] = result.hhi;
    drawn->gini[i] = result.gini;
    drawn->entropy[i] = result.entropy;
  }
  gsl_rng_free(random);
}

struct concentration_intervals concentration_bootstrap(const double *values, size_t count,
                                                       size_t draws, struct arena *scratch) {
  static const struct interval none = {NAN, NAN};
  double total = 0;
  for (size_t i = 0; i < count; i++) total += values[i];
  total = rint(total);
  if (draws == 0 || count < 2 || !(total >= fewest_things && total <= 4e9))
    return (struct concentration_intervals){none, none, none};
  struct drawn drawn = {arena_array(scratch, draws, sizeof(double)),
                        arena_array(scratch, draws, sizeof(double)),
                        arena_array(scratch, draws, sizeof(double))};
  draw(values, count, total, draws, scratch, &drawn);
  double *tail = arena_array(scratch, draws, sizeof *tail), even = 1 / (double)count;
  double *sorted = arena_array(scratch, count, sizeof *sorted);
  for (size_t i = 0; i < count; i++) sorted[i] = values[i];
  struct concentration of = concentration_of(sorted, count);
  struct measured hhi = {of.hhi, even, 1}, gini = {of.gini, 0, 1 - even},
                  entropy = {of.entropy, 0, log((double)count)};
  return (struct concentration_intervals){limits_of(hhi, drawn.hhi, draws, tail),
                                          limits_of(gini, drawn.gini, draws, tail),
                                          limits_of(entropy, drawn.entropy, draws, tail)};
}
