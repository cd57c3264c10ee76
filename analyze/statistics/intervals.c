/* Intervals for shares and rates, on GSL's distributions. Knows no indicators. */
#include "analyze/statistics/intervals.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "analyze/statistics/distributions.h"

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

static bool is_rate(double events, double exposure) {
  return isfinite(events) && isfinite(exposure) && exposure > 0 && events >= 0;
}

/* Of the number that EVENTS are one of. */
static struct interval poisson_limits(double events, double confidence) {
  double tail = (1 - confidence) / 2;
  return (struct interval){
      .lower = events > 0 ? gamma_quantile(tail, events) : 0,
      .upper = gamma_quantile(1 - tail, events + 1),
  };
}

struct interval poisson_interval(double events, double exposure, double confidence) {
  if (!is_rate(events, exposure)) return undefined;
  struct interval limits = poisson_limits(events, confidence);
  return (struct interval){limits.lower / exposure, limits.upper / exposure};
}

const struct interval_method interval_methods[INTERVAL_METHODS] = {
    {"wilson", wilson_interval},
    {"clopper-pearson", clopper_pearson_interval},
    {"jeffreys", jeffreys_interval},
};

enum { MEMORY_SLOTS = 8192, COUNT_SLOTS = 1024 };

struct slot {
  double successes, trials;
  struct interval intervals[INTERVAL_METHODS];
};

struct counted_events {
  bool is_known;
  double events;
  struct interval limits;
};

struct interval_memory {
  struct slot slot[MEMORY_SLOTS]; /* an empty one has 0 trials */
  struct counted_events counted[COUNT_SLOTS];
};

struct interval_memory *interval_memory_new(struct arena *arena, unsigned threads) {
  return arena_array(arena, threads, sizeof(struct interval_memory));
}

struct interval_memory *interval_memory_of(struct interval_memory *memories, unsigned thread) {
  return memories + thread;
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

struct interval rate_interval(struct interval_memory *memory, double events, double exposure) {
  if (!is_rate(events, exposure)) return undefined;
  size_t number = events < 1e9 ? (size_t)events % COUNT_SLOTS : 0;
  struct counted_events *counted = &memory->counted[number];
  if (!counted->is_known || counted->events != events)
    *counted = (struct counted_events){true, events, poisson_limits(events, 0.95)};
  return (struct interval){counted->limits.lower / exposure, counted->limits.upper / exposure};
}

const struct interval_method *interval_method_find(const char *name) {
  for (size_t i = 0; i < INTERVAL_METHODS; i++)
    if (strcmp(interval_methods[i].name, name) == 0) return &interval_methods[i];
  return NULL;
}
