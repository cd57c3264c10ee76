/* Evaluates definitions for the values of one report. Knows no indicator by name. */
#include "analyze/store/indicators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *result_flags_text(unsigned flags, char buffer[FLAGS_TEXT_SIZE]) {
  static const char *const words[] = {"approximate",   "blank_as_zero",   "failed_edit",
                                      "form_break",    "mixed_forms",     "not_applicable_as_zero",
                                      "organs_differ", "out_of_range",    "small_n",
                                      "unreadable",    "zero_denominator"};
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

/* Adds to *EVIDENCE the forms that the sections of an expression were found to follow. */
static void add_forms(const struct expression *expression, const struct observations *observations,
                      const struct forms *forms, form_set *evidence) {
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    for (size_t j = 0; j < observations->sections && term->count > 0; j++)
      if (strcmp(observations->section[j].section, term->members[0]->section) == 0)
        *evidence |= forms_from(forms, observations->section[j].forms);
  }
}

/* The forms of MEASURE that the report was found to follow; all of them where that is not known. */
static form_set forms_of(const struct measure *measure, const struct observations *observations,
                         const struct forms *forms) {
  form_set evidence = 0;
  add_forms(measure->numerator, observations, forms, &evidence);
  if (measure->denominator) add_forms(measure->denominator, observations, forms, &evidence);
  form_set followed = evidence & measure->forms;
  return followed ? followed : measure->forms;
}

static const struct interval no_interval = {NAN, NAN};

static struct ratio no_ratio(unsigned flags) {
  return (struct ratio){.estimate = NAN,
                        .interval = no_interval,
                        .intervals = {no_interval, no_interval, no_interval},
                        .method = "",
                        .flags = flags};
}

struct ratio level_of(struct decimal value, struct decimal scale) {
  struct ratio ratio = no_ratio(0);
  struct decimal scaled;
  if (!decimal_multiply(value, scale, &scaled)) return no_ratio(FLAG_OUT_OF_RANGE);
  ratio.estimate = decimal_double(scaled);
  ratio.method = "reported";
  return ratio;
}

static void add_intervals(const struct interval *intervals, const struct interval_method *method,
                          struct ratio *ratio) {
  memcpy(ratio->intervals, intervals, sizeof ratio->intervals);
  ratio->interval = intervals[method - interval_methods];
  ratio->method = method->name;
}

struct ratio ratio_of(enum indicator_kind kind, bool is_exposure, struct decimal numerator,
                      struct decimal denominator, const struct interval_method *method,
                      struct interval_memory *memory) {
  struct decimal zero = decimal_from(0);
  int sign = decimal_compare(denominator, zero);
  if (sign == 0) return no_ratio(FLAG_ZERO_DENOMINATOR);
  bool above_whole = kind == KIND_SHARE && decimal_compare(numerator, denominator) > 0;
  if (sign < 0 || decimal_compare(numerator, zero) < 0 || above_whole)
    return no_ratio(FLAG_OUT_OF_RANGE);

  double events = decimal_double(numerator), trials = decimal_double(denominator);
  struct ratio ratio = no_ratio(trials < 30 && !is_exposure ? FLAG_SMALL_N : 0);
  ratio.estimate = events / trials;
  if (kind == KIND_SHARE) add_intervals(share_intervals(memory, events, trials), method, &ratio);
  if (kind == KIND_RATE) {
    ratio.interval = rate_interval(memory, events, trials);
    ratio.method = "poisson";
  }
  if (kind == KIND_MEAN) ratio.method = "quotient";
  return ratio;
}

/* What an evaluation needs beside the measure. */
struct evaluation {
  const struct observations *observations;
  const struct forms *forms;
  const struct interval_method *method;
  struct interval_memory *memory;
};

static void add_ratio(const struct evaluation *evaluation, struct result *result) {
  const struct measure *measure = result->measure;
  result->ratio = no_ratio(0);
  if (result->has_numerator && !measure->denominator)
    result->ratio = level_of(result->numerator, measure->scale);
  if (result->has_numerator && result->has_denominator)
    result->ratio = ratio_of(measure->kind, measure->is_exposure, result->numerator,
                             result->denominator, evaluation->method, evaluation->memory);
  result->flags |= result->ratio.flags;
}

/* False where the report has nothing for the measure. */
static bool evaluate(const struct evaluation *evaluation, const struct measure *measure,
                     const char *category, const char *subject, struct result *result) {
  const struct observations *observations = evaluation->observations;
  struct expression_value numerator = expression_sum(measure->numerator, observations, subject);
  if (!(measure->denominator ? is_printed(&numerator) : has_value(&numerator))) return false;
  *result = (struct result){.measure = measure,
                            .category = category,
                            .has_numerator = is_sum(&numerator),
                            .numerator = numerator.sum,
                            .flags = flags_of(&numerator),
                            .forms = forms_of(measure, observations, evaluation->forms)};
  if (measure->denominator) {
    struct expression_value denominator =
        expression_sum(measure->denominator, observations, subject);
    if (!is_printed(&denominator)) return false;
    result->has_denominator =
        is_sum(&denominator) &&
        decimal_multiply(denominator.sum, measure->scale, &result->denominator);
    result->flags |= flags_of(&denominator);
  }
  add_ratio(evaluation, result);
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
                         const struct observations *observations, const struct forms *forms,
                         const struct cells *failed, const struct interval_method *method,
                         struct interval_memory *memory, result_list *results) {
  struct evaluation evaluation = {observations, forms, method, memory};
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++) {
      const char *category = area ? area[j].category : measure->category;
      const char *subject = area ? area[j].category : measure->subject;
      struct result result;
      if (!evaluate(&evaluation, measure, category, subject, &result)) continue;
      if (cells_overlap(&measure->cells, failed)) result.flags |= FLAG_FAILED_EDIT;
      *list_add(arena, results) = result;
    }
  }
  sort_results(results);
}

typedef LIST_OF(struct amount) amount_list;

static void add_amount(struct arena *arena, const struct measure *measure,
                       const struct observation *area, const struct observations *observations,
                       amount_list *amounts) {
  struct expression_value value =
      expression_sum(measure->numerator, observations, area ? area->category : measure->subject);
  if (!has_value(&value) || !is_sum(&value)) return;
  *list_add(arena, amounts) = (struct amount){measure, area ? area->category : measure->category,
                                              decimal_double(value.sum)};
}

/* What all amounts add up to; NAN where one is below zero. */
static double total_of(const amount_list *amounts) {
  double total = 0;
  for (size_t i = 0; i < amounts->count; i++) {
    if (amounts->item[i].value < 0) return NAN;
    total += amounts->item[i].value;
  }
  return total;
}

static int compare_amounts(const void *a, const void *b) {
  return strcmp(((const struct amount *)a)->category, ((const struct amount *)b)->category);
}

static struct distribution_result distribution_of(struct arena *arena, struct arena *scratch,
                                                  const amount_list *amounts, double total,
                                                  size_t draws) {
  size_t count = amounts->count;
  qsort(amounts->item, count, sizeof *amounts->item, compare_amounts);
  double *values = arena_array(arena, count, sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = amounts->item[i].value;
  struct distribution_result result = {.distribution = amounts->item[0].measure->indicator,
                                       .amount = amounts->item,
                                       .categories = count,
                                       .total = total};
  result.intervals = concentration_bootstrap(values, count, draws, scratch);
  arena_clear(scratch);
  result.concentration = concentration_of(values, count);
  return result;
}

void distributions_evaluate(struct arena *arena, const struct measures *measures,
                            const struct observations *observations, size_t draws,
                            distribution_result_list *results) {
  amount_list amounts = {0};
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++)
      add_amount(arena, measure, area ? &area[j] : NULL, observations, &amounts);
    bool last = i + 1 == measures->count || measures->item[i + 1].definition != measure->definition;
    if (!last) continue;
    double total = total_of(&amounts);
    if (amounts.item && total > 0)
      *list_add(arena, results) = distribution_of(arena, scratch, &amounts, total, draws);
    amounts = (amount_list){0};
  }
  arena_free(scratch);
}
