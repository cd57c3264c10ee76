/* Distances, and distances by chance. Knows no variables or reports. */
#include "analyze/statistics/divergence.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

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

/* Squared distances as they are drawn. */
struct drawn {
  size_t count, as_great;
  double sum, squares;
};

/* To three digits: a fitted tail has no more, and so there are few different ones. */
static double three_digits(double number) {
  if (!(number > 1e-300)) return 0;
  double unit = pow(10, floor(log10(number)) - 2);
  return rint(number / unit) * unit;
}

/* What the draws say of the squared distance SQUARE. */
static struct permutation judge(const struct drawn *drawn, double square_distance, size_t draws) {
  double count = (double)drawn->count, as_great = (double)drawn->as_great;
  double mean = drawn->sum / count, variance = drawn->squares / count - mean * mean;
  double p_value = drawn->count < draws ? as_great / count : (as_great + 1) / (count + 1);
  struct permutation result = {p_value, sqrt(p_value * (1 - p_value) / count), false};
  if (drawn->as_great >= fewest_as_great || !(mean > 0) || !(variance > 1e-12 * mean * mean))
    return result;
  double shape = mean * mean / variance, scale = variance / mean;
  double off = sqrt(variance / count) / mean; /* relative error of the mean */
  result.p_value = three_digits(gsl_cdf_gamma_Q(square_distance, shape, scale));
  result.error = (gsl_cdf_gamma_Q(square_distance / (1 + off), shape, scale) -
                  gsl_cdf_gamma_Q(square_distance / fmax(1 - off, 0.01), shape, scale)) /
                 2;
  result.is_tail = true;
  return result;
}

struct permutation permutation_test(const double *a, const double *b, size_t count, size_t draws,
                                    double dispersion, struct arena *scratch) {
  static const struct permutation none = {NAN, NAN, false};
  double distance = jensen_shannon_distance(a, b, count);
  if (draws == 0 || !isfinite(distance) || sum(a, count) + sum(b, count) > 4e9) return none;
  bool turned = sum(a, count) > sum(b, count); /* the shorter sample is drawn */
  struct pool pool = pool_of(turned ? b : a, turned ? a : b, count, scratch);
  if (pool.of_a == 0 || pool.of_b == 0) return none;
  double wanted = square(distance) / (dispersion > 1 ? dispersion : 1);
  size_t enough = fewest_as_great + draws / 10;
  struct drawn drawn = {0};
  gsl_rng *random = random_new();
  for (; drawn.count < draws && drawn.as_great < enough; drawn.count++) {
    double divergence = (pool.thing ? part_anew : draw_anew)(random, &pool);
    drawn.as_great += divergence >= wanted - 1e-12; /* equal but for rounding */
    drawn.sum += divergence;
    drawn.squares += divergence * divergence;
  }
  gsl_rng_free(random);
  return judge(&drawn, wanted, draws);
}

/* ---- dispersion ---- */

struct table_difference table_difference_of(const double *a, const double *b, size_t count) {
  struct table_difference difference = {0, -1, false};
  double of_a = sum(a, count), of_b = sum(b, count), all = of_a + of_b;
  for (size_t i = 0; i < count; i++) {
    if (!(a[i] + b[i] > 0)) continue;
    double apart = a[i] / of_a - b[i] / of_b;
    difference.chi_square += apart * apart / (a[i] + b[i]) * of_a * of_b;
    difference.degrees++;
  }
  difference.chi_square *= (all - 1) / all;
  difference.informs = difference.degrees >= 1 && fmin(of_a, of_b) >= difference.degrees + 1;
  return difference;
}

/* A chi-square over its degrees of freedom counts up to this; 6.25 for one. */
static double most_ratio(double degrees) {
  return degrees == 1 ? 6.25 : gsl_cdf_chisq_Qinv(gsl_cdf_chisq_Q(6.25, 1), degrees) / degrees;
}

double dispersion_of_tables(const struct table_difference *differences, size_t count) {
  double weight = 0, expected = 0, level = 1;
  for (size_t i = 0; i < count; i++) {
    double degrees = differences[i].degrees, most = most_ratio(degrees);
    expected += degrees * (gsl_cdf_chisq_P(most * degrees, degrees + 2) +
                           most * gsl_cdf_chisq_Q(most * degrees, degrees));
    weight += degrees;
  }
  if (!(weight > 0)) return NAN;
  for (int round = 0; round < 500; round++) {
    double sum_of_ratios = 0;
    for (size_t i = 0; i < count; i++) {
      double degrees = differences[i].degrees;
      sum_of_ratios +=
          degrees * fmin(differences[i].chi_square / degrees / level, most_ratio(degrees));
    }
    double next = level * sum_of_ratios / expected;
    if (!(next > 0)) return 0;
    bool stands = fabs(next - level) <= 1e-13 * level;
    level = next;
    if (stands) break;
  }
  return level;
}
