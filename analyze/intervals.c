/* Intervals for shares and rates, on GSL's distributions. Knows no indicators. */
#include "analyze/intervals.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "analyze/distributions.h"

static const struct interval undefined = {NAN, NAN};

static bool is_share(double successes, double trials) {
  return isfinite(successes) && isfinite(trials) && trials > 0 && successes >= 0 &&
         successes <= trials;
}

struct interval wilson_interval(double successes, double trials, double confidence) {
  if (!is_share(successes, trials)) return undefined;
  double z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2), failures = trials - successes;
  double centre = successes + z * z / 2;
  double reach = z * sqrt(successes * failures / trials + z * z / 4);
  return (struct interval){
      .lower = successes > 0 ? (centre - reach) / (trials + z * z) : 0,
      .upper = failures > 0 ? (centre + reach) / (trials + z * z) : 1,
  };
}

/* Of more trials the quantiles of the beta distribution are not good to the digits that are
 * written. */
static const double most_trials = 1e12;

struct interval goodman_interval(double count, double total, size_t categories) {
  return wilson_interval(count, total, 1 - 0.05 / (double)categories);
}

struct interval clopper_pearson_interval(double successes, double trials, double confidence) {
  if (!is_share(successes, trials) || trials > most_trials) return undefined;
  double tail = (1 - confidence) / 2, failures = trials - successes;
  return (struct interval){
      .lower = successes > 0 ? beta_quantile(tail, successes, failures + 1) : 0,
      .upper = failures > 0 ? beta_quantile(1 - tail, successes + 1, failures) : 1,
  };
}

struct interval jeffreys_interval(double successes, double trials, double confidence) {
  if (!is_share(successes, trials) || trials > most_trials) return undefined;
  double tail = (1 - confidence) / 2, failures = trials - successes;
  return (struct interval){
      .lower = successes > 0 ? beta_quantile(tail, successes + 0.5, failures + 0.5) : 0,
      .upper = failures > 0 ? beta_quantile(1 - tail, successes + 0.5, failures + 0.5) : 1,
  };
}

struct interval poisson_interval(double successes, double trials, double confidence) {
  if (!isfinite(successes) || !isfinite(trials) || trials <= 0 || successes < 0) return undefined;
  double tail = (1 - confidence) / 2;
  return (struct interval){
      .lower = successes > 0 ? gamma_quantile(tail, successes) / trials : 0,
      .upper = gamma_quantile(1 - tail, successes + 1) / trials,
  };
}

const struct interval_method interval_methods[INTERVAL_METHODS] = {
    {"wilson", wilson_interval},
    {"clopper-pearson", clopper_pearson_interval},
    {"jeffreys", jeffreys_interval},
};

enum { MEMORY_SLOTS = 8192 };

struct slot {
  double successes, trials;
  struct interval intervals[INTERVAL_METHODS];
};

struct interval_memory {
  struct slot slot[MEMORY_SLOTS]; /* an empty one has 0 trials */
};

struct interval_memory *interval_memory_new(struct arena *arena) {
  return arena_alloc(arena, sizeof(struct interval_memory));
}

static struct slot *slot_of(struct interval_memory *memory, double successes, double trials) {
  bool is_small = successes >= 0 && successes < 1e9 && trials > 0 && trials < 1e9;
  size_t number = is_small ? (size_t)successes * 31 + (size_t)trials * 977 : 0;
  return &memory->slot[number % MEMORY_SLOTS];
}

const struct interval *share_intervals(struct interval_memory *memory, double successes,
                                       double trials) {
  struct slot *slot = slot_of(memory, successes, trials);
  if (slot->trials > 0 && slot->successes == successes && slot->trials == trials)
    return slot->intervals;
  slot->successes = successes;
  slot->trials = trials;
  for (size_t i = 0; i < INTERVAL_METHODS; i++)
    slot->intervals[i] = interval_methods[i].function(successes, trials, 0.95);
  return slot->intervals;
}

const struct interval_method *interval_method_find(const char *name) {
  for (size_t i = 0; i < INTERVAL_METHODS; i++)
    if (strcmp(interval_methods[i].name, name) == 0) return &interval_methods[i];
  return NULL;
}
