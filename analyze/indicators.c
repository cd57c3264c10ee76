/* Evaluates definitions for the values of one report. Knows no indicator by name. */
#include "analyze/indicators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *result_flags_text(unsigned flags, char buffer[FLAGS_TEXT_SIZE]) {
  static const char *const words[] = {
      "approximate",  "blank_as_zero", "failed_edit", "not_applicable_as_zero",
      "out_of_range", "small_n",       "unreadable",  "zero_denominator"};
  char *end = buffer;
  *end = '\0';
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (!(flags & 1U << i)) continue;
    if (end > buffer) *end++ = ' ';
    end = stpcpy(end, words[i]);
  }
  return buffer;
}

/* Something of the expression is printed in the report, be it a blank cell. */
static bool is_printed(const struct expression_value *value) {
  return value->values + value->not_applicable + value->blanks > value->missing;
}

static bool has_value(const struct expression_value *value) {
  return value->values + value->not_applicable > 0;
}

static unsigned flags_of(const struct expression_value *value) {
  unsigned flags = 0;
  if (value->approximate) flags |= FLAG_APPROXIMATE;
  if (value->blanks > value->unreadable) flags |= FLAG_BLANK_AS_ZERO;
  if (value->not_applicable) flags |= FLAG_NOT_APPLICABLE_AS_ZERO;
  if (value->unreadable) flags |= FLAG_UNREADABLE;
  if (value->overflow) flags |= FLAG_OUT_OF_RANGE;
  return flags;
}

/* A sum that is known. */
static bool is_sum(const struct expression_value *value) {
  return !value->unreadable && !value->overflow;
}

static bool knows_section(const struct observations *observations, const char *section) {
  for (size_t i = 0; i < observations->sections; i++)
    if (strcmp(observations->section[i].section, section) == 0) return true;
  return false;
}

/* Adds to *HASH (FNV-1a) the rows that the report's forms print for an expression. False where the
 * forms of one of its sections are not known. */
static bool hash_rows(const struct expression *expression, const struct observations *observations,
                      uint32_t *hash) {
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    for (size_t j = 0; j < term->count; j++) {
      const struct variable *variable = term->members[j];
      if (!knows_section(observations, variable->section)) return false;
      if (!expression_expects(observations, variable)) continue;
      for (const char *id = variable->id; *id; id++)
        *hash = (*hash ^ (unsigned char)*id) * 16777619U;
    }
  }
  return true;
}

static uint32_t rows_of(const struct measure *measure, const struct observations *observations) {
  uint32_t hash = 2166136261U;
  bool known = hash_rows(measure->numerator, observations, &hash) &&
               (!measure->denominator || hash_rows(measure->denominator, observations, &hash));
  return known ? hash : 0;
}

static void estimate_level(const struct measure *measure, struct result *result) {
  struct decimal scaled;
  if (!result->has_numerator) return;
  if (!decimal_multiply(result->numerator, measure->scale, &scaled)) {
    result->flags |= FLAG_OUT_OF_RANGE;
    return;
  }
  result->estimate = decimal_double(scaled);
  result->method = "reported";
}

/* The estimate and interval of a share or rate whose two sides are known. */
static void estimate_ratio(const struct measure *measure, const struct interval_method *method,
                           struct result *result) {
  struct decimal zero = decimal_from(0);
  int sign = decimal_compare(result->denominator, zero);
  if (sign == 0) {
    result->flags |= FLAG_ZERO_DENOMINATOR;
    return;
  }
  bool whole =
      measure->kind == KIND_RATE || decimal_compare(result->numerator, result->denominator) <= 0;
  if (sign < 0 || decimal_compare(result->numerator, zero) < 0 || !whole) {
    result->flags |= FLAG_OUT_OF_RANGE;
    return;
  }
  bool rate = measure->kind == KIND_RATE;
  double numerator = decimal_double(result->numerator);
  double denominator = decimal_double(result->denominator);
  result->estimate = numerator / denominator;
  result->interval = (rate ? poisson_interval : method->function)(numerator, denominator, 0.95);
  result->method = rate ? "poisson" : method->name;
  if (denominator < 30) result->flags |= FLAG_SMALL_N;
}

/* False where the report has nothing for the measure. */
static bool evaluate(const struct measure *measure, const char *category, const char *subject,
                     const struct observations *observations, const struct interval_method *method,
                     struct result *result) {
  struct expression_value numerator = expression_sum(measure->numerator, observations, subject);
  if (!(measure->denominator ? is_printed(&numerator) : has_value(&numerator))) return false;
  *result = (struct result){.measure = measure,
                            .category = category,
                            .has_numerator = is_sum(&numerator),
                            .numerator = numerator.sum,
                            .estimate = NAN,
                            .interval = {NAN, NAN},
                            .method = "",
                            .flags = flags_of(&numerator),
                            .rows = rows_of(measure, observations)};
  if (!measure->denominator) {
    estimate_level(measure, result);
    return true;
  }
  struct expression_value denominator = expression_sum(measure->denominator, observations, subject);
  if (!has_value(&denominator) && !denominator.unreadable) return false;
  result->has_denominator = is_sum(&denominator);
  result->denominator = denominator.sum;
  result->flags |= flags_of(&denominator);
  if (result->has_numerator && result->has_denominator) estimate_ratio(measure, method, result);
  return true;
}

/* The areas of a report: the observations of the first variable that the measure reads. */
static const struct observation *areas_of(const struct measure *measure,
                                          const struct observations *observations, size_t *count) {
  const struct expression_term *term = &measure->numerator->term[0];
  *count = 0;
  return term->count ? observation_family(observations, term->members[0]->id, count) : NULL;
}

/* By indicator and category; of several definitions of one, the first stands first. */
static int compare_results(const void *a, const void *b) {
  const struct result *x = a, *y = b;
  int order = strcmp(x->measure->indicator, y->measure->indicator);
  if (order == 0) order = strcmp(x->category, y->category);
  if (order) return order;
  return (x->measure->definition > y->measure->definition) -
         (x->measure->definition < y->measure->definition);
}

static bool is_same(const struct result *a, const struct result *b) {
  return strcmp(a->measure->indicator, b->measure->indicator) == 0 &&
         strcmp(a->category, b->category) == 0;
}

static void sort_results(result_list *results) {
  if (results->count == 0) return;
  qsort(results->item, results->count, sizeof *results->item, compare_results);
  size_t kept = 1;
  for (size_t i = 1; i < results->count; i++)
    if (!is_same(&results->item[i], &results->item[kept - 1]))
      results->item[kept++] = results->item[i];
  results->count = kept;
}

void indicators_evaluate(struct arena *arena, const struct measures *measures,
                         const struct observations *observations, const struct cells *failed,
                         const struct interval_method *method, result_list *results) {
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++) {
      const char *category = area ? area[j].category : measure->category;
      const char *subject = area ? area[j].category : measure->subject;
      struct result result;
      if (!evaluate(measure, category, subject, observations, method, &result)) continue;
      if (cells_overlap(&measure->cells, failed)) result.flags |= FLAG_FAILED_EDIT;
      *list_add(arena, results) = result;
    }
  }
  sort_results(results);
}

typedef LIST_OF(double) amount_list;

static void add_amount(struct arena *arena, const struct measure *measure, const char *subject,
                       const struct observations *observations, amount_list *amounts) {
  struct expression_value value = expression_sum(measure->numerator, observations, subject);
  if (has_value(&value) && is_sum(&value)) *list_add(arena, amounts) = decimal_double(value.sum);
}

static bool is_distribution(const amount_list *amounts) {
  double total = 0;
  for (size_t i = 0; i < amounts->count; i++) {
    if (amounts->item[i] < 0) return false;
    total += amounts->item[i];
  }
  return total > 0;
}

void distributions_evaluate(struct arena *arena, const struct measures *measures,
                            const struct observations *observations,
                            distribution_result_list *results) {
  amount_list amounts = {0};
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++)
      add_amount(arena, measure, area ? area[j].category : measure->subject, observations,
                 &amounts);
    bool last = i + 1 == measures->count || measures->item[i + 1].definition != measure->definition;
    if (!last) continue;
    if (is_distribution(&amounts)) {
      struct concentration concentration = concentration_of(amounts.item, amounts.count);
      *list_add(arena, results) =
          (struct distribution_result){measure->indicator, amounts.count, concentration};
    }
    amounts.count = 0;
  }
}
