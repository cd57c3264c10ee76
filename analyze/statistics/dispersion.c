/* Differences between neighbouring years, pooled. Knows no organs. */
#include "analyze/statistics/dispersion.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* A squared standardised value counts up to this. */
static const double most_square = 6.25;

/* With fewer organs a year's median is no middle, and what lies around a year no level. */
enum { FEWEST_FOR_A_MIDDLE = 5, FEWEST_AROUND = 5 };

/* ---- a step ---- */

static struct year_step share_step(struct counted before, struct counted now) {
  double share = (before.events + now.events) / (before.size + now.size);
  double fewest = fmin(share, 1 - share) * fmin(before.size, now.size);
  return (struct year_step){now.events / now.size - before.events / before.size,
                            fmax(share * (1 - share), 0) * (1 / before.size + 1 / now.size),
                            fewest >= 1};
}

static struct year_step rate_step(struct counted before, struct counted now) {
  double rate = (before.events + now.events) / (before.size + now.size);
  return (struct year_step){now.events / now.size - before.events / before.size,
                            rate * (1 / before.size + 1 / now.size),
                            rate * fmin(before.size, now.size) >= 1};
}

static struct year_step count_step(struct counted before, struct counted now) {
  double first = before.events + 0.5, second = now.events + 0.5;
  return (struct year_step){log(second / now.size) - log(first / before.size),
                            1 / first + 1 / second, fmin(before.events, now.events) >= 5};
}

struct year_step year_step_of(enum variation variation, struct counted before, struct counted now) {
  switch (variation) {
    case VARIATION_SHARE: return share_step(before, now);
    case VARIATION_RATE: return rate_step(before, now);
    case VARIATION_COUNT: return count_step(before, now);
    default: return (struct year_step){NAN, 0, false};
  }
}

struct organ_step organ_step_of(enum variation variation, struct counted before, struct counted now,
                                uint32_t organ, int year) {
  struct year_step step = year_step_of(variation, before, now);
  struct organ_step result = {organ, (uint16_t)year, step.difference, step.chance};
  if (variation == VARIATION_COUNT) return result;
  double size = before.size + now.size;
  /* The chi-square of two shares is on the average N / (N - 1) where nothing changed. */
  double correction = variation == VARIATION_SHARE ? sqrt((size - 1) / size) : 1;
  result.value = step.chance > 0 ? step.difference / sqrt(step.chance) * correction : 0;
  result.chance = 1;
  return result;
}

/* The variance that a step should have in a group of LEVEL. */
static double expected_variance(enum variation variation, double level, double chance) {
  return variation == VARIATION_COUNT ? chance + level : chance * level;
}

/* ---- the middle of each year ---- */

static int by_year(const void *a, const void *b) {
  const struct organ_step *x = *(const struct organ_step *const *)a;
  const struct organ_step *y = *(const struct organ_step *const *)b;
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return (x->value > y->value) - (x->value < y->value);
}

/* The middle of COUNT steps of a year, sorted by value. A value lies nearer to a median that it
 * helps to make: its variance around it is 1 - (2 - pi / 2) / count, for normal values. */
static struct year_centre centre_of(struct organ_step *const *sorted, size_t count) {
  struct year_centre centre = {sorted[0]->year, 0, 1, NAN, NAN};
  if (count < FEWEST_FOR_A_MIDDLE) return centre;
  centre.middle = (sorted[(count - 1) / 2]->value + sorted[count / 2]->value) / 2;
  centre.spread = sqrt(1 - (2 - M_PI / 2) / (double)count);
  return centre;
}

/* Takes the middles off COUNT STEPS, notes them in DISPERSION and returns them. */
static struct year_centre *centre_years(struct organ_step *steps, size_t count, struct arena *arena,
                                        struct dispersion *dispersion) {
  struct organ_step **sorted = arena_array(arena, count, sizeof *sorted);
  LIST_OF(struct year_centre) centres = {0};
  for (size_t i = 0; i < count; i++) sorted[i] = &steps[i];
  qsort(sorted, count, sizeof *sorted, by_year);
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first; end < count && sorted[end]->year == sorted[first]->year;) end++;
    struct year_centre centre = centre_of(sorted + first, end - first);
    *list_add(arena, &centres) = centre;
    for (size_t i = first; i < end; i++)
      sorted[i]->value = (sorted[i]->value - centre.middle) / centre.spread;
  }
  dispersion->centre = centres.item;
  dispersion->centres = centres.count;
  return centres.item;
}

static double centred(const struct dispersion *dispersion, const struct organ_step *step) {
  for (size_t i = 0; i < dispersion->centres; i++)
    if (dispersion->centre[i].year == step->year)
      return (step->value - dispersion->centre[i].middle) / dispersion->centre[i].spread;
  return step->value;
}

/* ---- the level ---- */

/* The mean of a squared standard normal variable that counts up to most_square, and its variance
 * over the square of that. */
static double limited_mean(void) {
  return gsl_cdf_chisq_P(most_square, 3) + most_square * gsl_cdf_chisq_Q(most_square, 1);
}

static double limited_variance(void) {
  double mean = limited_mean(), tail = gsl_cdf_chisq_Q(most_square, 1);
  double second = 3 * gsl_cdf_chisq_P(most_square, 5) + most_square * most_square * tail;
  return second / (mean * mean) - 1;
}

/* The square of VALUE over its expected variance, up to the limit, with the mean 1. */
static double limited_square(enum variation variation, double level, double value, double chance) {
  double expected = expected_variance(variation, level, chance);
  if (!(expected > 0)) return 0;
  return fmin(value * value / expected, most_square) / limited_mean();
}

static double mean_square(enum variation variation, const struct organ_step *steps, size_t count,
                          double level) {
  double sum = 0, limit = limited_mean();
  for (size_t i = 0; i < count; i++) {
    double expected = expected_variance(variation, level, steps[i].chance);
    sum += fmin(steps[i].value * steps[i].value / expected, most_square);
  }
  return sum / (limit * (double)count);
}

/* The level at which the mean of the limited squares is 1; 0 where it is less at every level. The
 * mean falls with the level, so halving the bracket finds it; false position makes that quick. */
static double solve_level(enum variation variation, const struct organ_step *steps, size_t count) {
  double low = variation == VARIATION_COUNT ? 0 : 1e-9, high = 1;
  double at_low = mean_square(variation, steps, count, low) - 1, at_high;
  if (at_low <= 0) return 0;
  while ((at_high = mean_square(variation, steps, count, high) - 1) > 0) {
    low = high;
    at_low = at_high;
    high *= 4;
  }
  for (int i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    double middle =
        i % 3 == 2 ? (low + high) / 2 : low + (high - low) * at_low / (at_low - at_high);
    double at = mean_square(variation, steps, count, middle) - 1;
    if (at > 0) {
      low = middle;
      at_low = at;
    } else {
      high = middle;
      at_high = at;
    }
    if (at == 0) return middle;
  }
  return (low + high) / 2;
}

/* ---- how alike the organs are ---- */

double step_freedom(size_t count, size_t neighbours) {
  double k = (double)count;
  return count ? 2 * k * k / (2 * k + (double)neighbours) : 0;
}

/* Sums over organs, weighted by their degrees of freedom. */
struct scatter {
  double weight, squares;
  size_t organs;
};

static void add_organ(const struct dispersion *dispersion, enum variation variation,
                      const struct organ_step *steps, size_t count, struct scatter *scatter) {
  double sum = 0;
  size_t neighbours = 0;
  for (size_t i = 0; i < count; i++) {
    sum += limited_square(variation, dispersion->level, steps[i].value, steps[i].chance);
    neighbours += i > 0 && steps[i].year == steps[i - 1].year + 1;
  }
  double freedom = step_freedom(count, neighbours), square = sum / (double)count;
  scatter->weight += freedom;
  scatter->squares += freedom * (square - 1) * (square - 1);
  scatter->organs++;
}

/* The variance of the organs' multiples, by moments: that of their mean squares, less what it would
 * be if all had the same, K / d with d degrees of freedom. */
static void find_prior(struct dispersion *dispersion, const struct scatter *scatter) {
  double k = limited_variance(), organs = (double)scatter->organs;
  double by_chance = k * organs / scatter->weight; /* the weighted mean of K / d */
  double between = (scatter->squares / scatter->weight - by_chance) / (1 + by_chance);
  dispersion->prior_freedom = between > 0 ? 4 + 2 / between : INFINITY;
  dispersion->prior_scale = between > 0 ? 1 - 2 / dispersion->prior_freedom : 1;
}

/* The degrees of freedom behind the level of COUNT steps, and in *ORGANS how many these are of. */
static double freedom_of_steps(const struct organ_step *steps, size_t count, size_t *organs) {
  double freedom = 0;
  *organs = 0;
  for (size_t first = 0, end; first < count; first = end, ++*organs) {
    size_t neighbours = 0;
    for (end = first + 1; end < count && steps[end].organ == steps[first].organ; end++)
      neighbours += steps[end].year == steps[end - 1].year + 1;
    freedom += step_freedom(end - first, neighbours);
  }
  return freedom;
}

/* Finds the level without each of the years; STEPS are centred. */
static void find_levels_around(enum variation variation, const struct organ_step *steps,
                               size_t count, struct arena *arena,
                               const struct dispersion *dispersion, struct year_centre *centre) {
  struct organ_step *rest = arena_array(arena, count, sizeof *rest);
  for (size_t i = 0; i < dispersion->centres; i++) {
    size_t kept = 0, organs;
    for (size_t j = 0; j < count; j++)
      if (steps[j].year != centre[i].year) rest[kept++] = steps[j];
    double freedom = freedom_of_steps(rest, kept, &organs);
    bool is_enough = organs >= FEWEST_AROUND;
    centre[i].level = is_enough ? solve_level(variation, rest, kept) : dispersion->level;
    centre[i].freedom = is_enough ? freedom : dispersion->pooled_freedom;
  }
}

struct dispersion dispersion_around(const struct dispersion *dispersion, int year) {
  struct dispersion around = *dispersion;
  for (size_t i = 0; i < dispersion->centres; i++)
    if (dispersion->centre[i].year == year) {
      around.level = dispersion->centre[i].level;
      around.pooled_freedom = dispersion->centre[i].freedom;
    }
  return around;
}

struct dispersion dispersion_of_steps(enum variation variation, const struct organ_step *steps,
                                      size_t count, struct arena *arena) {
  struct dispersion dispersion = {NAN, 1, INFINITY, 0, 0, count, NULL, 0};
  if (count == 0) return dispersion;
  struct organ_step *centred_steps = arena_array(arena, count, sizeof *centred_steps);
  for (size_t i = 0; i < count; i++) centred_steps[i] = steps[i];
  struct year_centre *centre = centre_years(centred_steps, count, arena, &dispersion);
  dispersion.level = solve_level(variation, centred_steps, count);
  struct scatter scatter = {0};
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first; end < count && steps[end].organ == steps[first].organ;) end++;
    add_organ(&dispersion, variation, centred_steps + first, end - first, &scatter);
  }
  dispersion.organs = scatter.organs;
  dispersion.pooled_freedom = scatter.weight;
  find_prior(&dispersion, &scatter);
  find_levels_around(variation, centred_steps, count, arena, &dispersion, centre);
  return dispersion;
}

/* ---- one organ ---- */

struct own_dispersion moderate(const struct dispersion *dispersion, enum variation variation,
                               const struct organ_step *steps, size_t count, size_t left_out) {
  double sum = 0, prior = dispersion->prior_freedom;
  size_t used = 0, neighbours = 0;
  for (size_t i = 0; i < count; i++) {
    if (i == left_out) continue;
    sum += limited_square(variation, dispersion->level, centred(dispersion, &steps[i]),
                          steps[i].chance);
    used++;
    neighbours += i > 0 && i - 1 != left_out && steps[i].year == steps[i - 1].year + 1;
  }
  double own = step_freedom(used, neighbours), mean = used ? sum / (double)used : 0;
  if (!isfinite(prior)) return (struct own_dispersion){1, dispersion->pooled_freedom};
  return (struct own_dispersion){
      (prior * dispersion->prior_scale + own * mean) / (prior + own),
      fmin(prior + own, dispersion->pooled_freedom),
  };
}

struct step_test step_test(struct year_step step, const struct dispersion *dispersion,
                           enum variation variation, struct own_dispersion own) {
  struct step_test test = {1, 0, own.freedom, NAN, NAN};
  if (variation == VARIATION_COUNT)
    test.design_effect = own.multiple * (step.chance + dispersion->level) / step.chance;
  else
    test.design_effect = own.multiple * dispersion->level;
  test.design_effect = fmax(test.design_effect, 1);
  test.beyond_chance = step.chance * (test.design_effect - 1);
  double error = sqrt(step.chance * test.design_effect);
  double t = error > 0 ? fabs(step.difference) / error : 0;
  if (isfinite(own.freedom)) {
    test.reach = gsl_cdf_tdist_Qinv(0.025, own.freedom);
    test.p_value = 2 * gsl_cdf_tdist_Q(t, own.freedom);
  } else {
    test.reach = gsl_cdf_ugaussian_Qinv(0.025);
    test.p_value = 2 * gsl_cdf_ugaussian_Q(t);
  }
  return test;
}
