/* Ratios of sums and their changes. Knows no organs. */
#include "analyze/statistics/clusters.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const struct interval no_interval = {NAN, NAN};

static struct cluster sum_of(const struct cluster *clusters, size_t count) {
  struct cluster sum = {0, 0};
  for (size_t i = 0; i < count; i++) {
    sum.events += clusters[i].events;
    sum.size += clusters[i].size;
  }
  return sum;
}

static double student(size_t count) {
  return gsl_cdf_tdist_Qinv(0.025, (double)count - 1);
}

/* ---- one left out ---- */

/* The ratio of SUM, or the total. */
static double value_of(enum cluster_kind kind, struct cluster sum) {
  return kind == CLUSTER_TOTAL ? sum.events : sum.size > 0 ? sum.events / sum.size : NAN;
}

/* The value without CLUSTER; a total of one organ less is drawn out to all COUNT of them. */
static double value_without(enum cluster_kind kind, struct cluster sum, struct cluster cluster,
                            size_t count) {
  struct cluster rest = {sum.events - cluster.events, sum.size - cluster.size};
  double scale = kind == CLUSTER_TOTAL ? (double)count / (double)(count - 1) : 1;
  return value_of(kind, rest) * scale;
}

/* Mean and squared deviations of numbers that come one by one (Welford 1962, Technometrics
 * 4:419–420). */
struct spread {
  double mean, squares;
  size_t count;
};

static void add_number(struct spread *spread, double number) {
  double from = number - spread->mean;
  spread->mean += from / (double)++spread->count;
  spread->squares += from * (number - spread->mean);
}

static double jackknife(const struct spread *spread) {
  return (double)(spread->count - 1) / (double)spread->count * spread->squares;
}

/* ---- a ratio ---- */

/* Of the effective counts. */
static struct interval effective_limits(enum cluster_kind kind, struct cluster sum, double effect,
                                        double reach) {
  double scale = effect * pow(reach / gsl_cdf_ugaussian_Qinv(0.025), 2);
  interval_function *function = kind == CLUSTER_SHARE ? wilson_interval : poisson_interval;
  return function(sum.events / scale, sum.size / scale, 0.95);
}

struct cluster_ratio ratio_of_clusters(enum cluster_kind kind, const struct cluster *clusters,
                                       size_t count) {
  struct cluster sum = sum_of(clusters, count);
  struct cluster_ratio result = {NAN, NAN, no_interval};
  if (kind == CLUSTER_TOTAL || !(sum.size > 0)) return result;
  double ratio = result.ratio = sum.events / sum.size;
  if (count < 2) return result;
  double reach = student(count);
  struct spread without = {0};
  for (size_t i = 0; i < count; i++)
    add_number(&without, value_without(kind, sum, clusters[i], count));
  double variance = jackknife(&without);
  if (!isfinite(variance)) return result; /* an organ has all of the denominator */
  if (kind == CLUSTER_MEAN) {
    double half = reach * sqrt(variance);
    if (half > 0) result.limits = (struct interval){ratio - half, ratio + half};
    return result;
  }
  double chance = ratio * (kind == CLUSTER_SHARE ? 1 - ratio : 1) / sum.size;
  result.design_effect = chance > 0 ? fmax(variance / chance, 1) : 1;
  result.limits = effective_limits(kind, sum, result.design_effect, reach);
  return result;
}

/* ---- changes ---- */

/* The variance of the value by chance within the organs. */
static double chance_within(enum cluster_kind kind, const struct cluster *clusters, size_t count) {
  double sum = 0, size = sum_of(clusters, count).size;
  for (size_t i = 0; i < count; i++) {
    const struct cluster *of = &clusters[i];
    if (kind == CLUSTER_SHARE && of->size > 0) sum += of->events * (1 - of->events / of->size);
    if (kind == CLUSTER_RATE || kind == CLUSTER_TOTAL) sum += of->events;
  }
  return kind == CLUSTER_TOTAL ? sum : sum / (size * size);
}

static double p_value_of(double difference, double error, size_t count) {
  if (error > 0) return 2 * gsl_cdf_tdist_Q(fabs(difference) / error, (double)count - 1);
  return difference == 0 ? 1 : NAN;
}

static struct interval limits_around(double value, double error, size_t count) {
  double half = student(count) * error;
  return half > 0 || value == 0 ? (struct interval){value - half, value + half} : no_interval;
}

struct cluster_change matched_change(enum cluster_kind kind, const struct cluster *before,
                                     const struct cluster *now, size_t count) {
  struct cluster first = sum_of(before, count), second = sum_of(now, count);
  double previous = value_of(kind, first), estimate = value_of(kind, second);
  struct cluster_change change = {NAN, NAN, NAN, no_interval, NAN, NAN, no_interval};
  if (count < 2 || !isfinite(previous) || !isfinite(estimate)) return change;
  struct spread differences = {0}, logarithms = {0};
  for (size_t i = 0; i < count; i++) {
    double earlier = value_without(kind, first, before[i], count);
    double later = value_without(kind, second, now[i], count);
    add_number(&differences, later - earlier);
    add_number(&logarithms, log(later / earlier));
  }
  double chance = chance_within(kind, before, count) + chance_within(kind, now, count);
  double error = sqrt(fmax(jackknife(&differences), chance));
  change.previous = previous;
  change.estimate = estimate;
  change.difference = estimate - previous;
  if (!isfinite(jackknife(&differences))) return change; /* an organ has all of the denominator */
  change.limits = limits_around(change.difference, error, count);
  change.p_value = p_value_of(change.difference, error, count);
  if (!(previous > 0) || !(estimate > 0)) return change;
  double growth = log(estimate / previous), spread = sqrt(jackknife(&logarithms));
  struct interval limits = isfinite(spread) ? limits_around(growth, spread, count) : no_interval;
  change.growth = expm1(growth);
  change.growth_limits = (struct interval){expm1(limits.lower), expm1(limits.upper)};
  return change;
}

struct interval unmatched_interval(enum cluster_kind kind, const struct cluster *before,
                                   const struct cluster *now, size_t count) {
  return kind == CLUSTER_TOTAL ? no_interval : matched_change(kind, before, now, count).limits;
}
