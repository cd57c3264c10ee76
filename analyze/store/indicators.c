/* Evaluates definitions for the values of one report. Knows no indicator by name. */
#include "analyze/store/indicators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *result_flags_text(unsigned flags, char buffer[FLAGS_TEXT_SIZE]) {
  static const char *const words[] = {"approximate",   "blank_as_zero",    "failed_edit",
                                      "form_break",    "mixed_forms",      "not_applicable_as_zero",
                                      "organs_differ", "out_of_range",     "small_n",
                                      "unreadable",    "zero_denominator", "blank",
                                      "rules_changed", "division_changed"};
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
  if (value->not_applicable) flags |= FLAG_NOT_APPLICABLE_AS_ZERO;
  if (value->unreadable) flags |= FLAG_UNREADABLE;
  if (value->overflow) flags |= FLAG_OUT_OF_RANGE;
  return flags;
}

/* A side of a measure, with its blank cells settled. */
struct side {
  struct expression_value value;
  struct expression_range range;
  bool is_known; /* SUM is what it adds up to */
  struct decimal sum;
  unsigned flags;
};

/* Settles what is blank: a number that the sums of the form decide, zero where they hold with it,
 * or open. */
static void settle(const struct evaluation *evaluation, const struct expression *expression,
                   const char *subject, struct side *side) {
  side->range = blanks_range(evaluation->blanks, expression, evaluation->observations, subject);
  if (side->range.has_zero) side->flags |= FLAG_BLANK_AS_ZERO;
  side->is_known &= side->range.is_decided;
  if (!side->range.is_decided && !side->value.unreadable) side->flags |= FLAG_BLANK;
  if (side->is_known && side->range.deduced != 0)
    side->is_known = decimal_add(side->sum, decimal_from(llround(side->range.deduced)), &side->sum);
}

static struct side side_of(const struct evaluation *evaluation, const struct expression *expression,
                           const char *subject) {
  struct side side = {.value = expression_sum(expression, evaluation->observations, subject)};
  side.is_known = !side.value.unreadable && !side.value.overflow;
  side.sum = side.value.sum;
  side.flags = flags_of(&side.value);
  side.range.low = side.range.high = decimal_double(side.sum);
  if (side.value.blanks && !side.value.overflow) settle(evaluation, expression, subject, &side);
  return side;
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

static struct interval ordered(double lower, double upper) {
  return (struct interval){isfinite(lower) ? lower : NAN, isfinite(upper) ? upper : NAN};
}

/* Between what an estimate lies whose numerator or denominator is open. A share is a part of its
 * denominator, so that it lies between 0 and 1 whatever is open. */
static struct interval bounds_of(const struct measure *measure, const struct side *numerator,
                                 const struct side *denominator) {
  struct expression_range part = numerator->range;
  double scale = decimal_double(measure->scale);
  if (!denominator) return ordered(part.low * scale, part.high * scale);
  double least = denominator->range.low * scale, most = denominator->range.high * scale;
  if (!(part.low >= 0) || !(least >= 0) || !(most > 0)) return no_interval;
  double lower = isfinite(most) ? part.low / most : 0;
  double upper = least > 0 ? part.high / least : INFINITY;
  if (measure->kind != KIND_SHARE) return ordered(lower, upper);
  return lower <= 1 ? (struct interval){lower, fmin(upper, 1)} : no_interval;
}

/* Has the report something for the measure? A level of prose that is not told is none. */
static bool is_there(const struct measure *measure, const struct expression_value *numerator) {
  if (measure->denominator || measure->is_count) return is_printed(numerator);
  return has_value(numerator);
}

/* Counts are at least 0, whatever the identities leave. */
static struct result_range range_of(const struct measure *measure, const struct side *numerator,
                                    const struct side *denominator) {
  double scale = decimal_double(measure->scale), top = denominator ? 1 : scale;
  struct result_range range = {.is_open = true};
  range.numerator.lower = fmax(numerator->range.low * top, 0);
  range.numerator.upper = numerator->range.high * top;
  if (!denominator) return range;
  range.denominator.lower = fmax(denominator->range.low * scale, 0);
  range.denominator.upper = denominator->range.high * scale;
  return range;
}

static void add_bounds(const struct measure *measure, const struct side *numerator,
                       const struct side *denominator, struct result *result) {
  bool is_open = numerator->range.has_open || (denominator && denominator->range.has_open);
  result->bounds = is_open ? bounds_of(measure, numerator, denominator) : no_interval;
  if (is_open) result->range = range_of(measure, numerator, denominator);
}

/* False where the report has nothing for the measure. */
static bool evaluate(const struct evaluation *evaluation, const struct measure *measure,
                     const char *category, const char *subject, struct result *result) {
  struct side numerator = side_of(evaluation, measure->numerator, subject), denominator;
  if (!is_there(measure, &numerator.value)) return false;
  *result =
      (struct result){.measure = measure,
                      .category = category,
                      .has_numerator = numerator.is_known,
                      .numerator = numerator.sum,
                      .flags = numerator.flags,
                      .forms = forms_of(measure, evaluation->observations, evaluation->forms)};
  if (measure->denominator) {
    denominator = side_of(evaluation, measure->denominator, subject);
    if (!is_printed(&denominator.value)) return false;
    result->has_denominator =
        denominator.is_known &&
        decimal_multiply(denominator.sum, measure->scale, &result->denominator);
    result->flags |= denominator.flags;
  }
  add_ratio(evaluation, result);
  add_bounds(measure, &numerator, measure->denominator ? &denominator : NULL, result);
  return true;
}

/* Evaluates a measure for a report as it would be without its failures. */
struct mending {
  const struct evaluation *evaluation;
  const char *subject;
  struct result *result;
  bool any, lacks; /* an estimate was found; one was lacking */
};

static struct counts counts_of(const struct result *result) {
  bool is_level = result->measure->denominator == NULL;
  return (struct counts){is_level ? NAN : decimal_double(result->numerator),
                         is_level ? NAN : decimal_double(result->denominator),
                         result->ratio.estimate};
}

static void take_mended(void *context, const struct observations *observations) {
  struct mending *mending = context;
  struct evaluation evaluation = *mending->evaluation;
  struct result *result = mending->result, mended;
  evaluation.observations = observations;
  bool found =
      evaluate(&evaluation, result->measure, result->category, mending->subject, &mended) &&
      isfinite(mended.ratio.estimate);
  mending->lacks |= !found;
  if (!found) return;
  struct counts counts = counts_of(&mended);
  if (!mending->any || counts.estimate < result->least.estimate) result->least = counts;
  if (!mending->any || counts.estimate > result->most.estimate) result->most = counts;
  mending->any = true;
}

/* Flags RESULT where a failed edit doubts it, and finds between what it would lie without. */
static void add_failures(struct arena *arena, const struct evaluation *evaluation,
                         const char *subject, struct result *result) {
  const struct cells *cells = &result->measure->cells;
  if (!cells_overlap(cells, &evaluation->mends->failed)) return;
  result->flags |= FLAG_FAILED_EDIT;
  struct mending mending = {evaluation, subject, result, false, false};
  bool all = mended_each(evaluation->mends, evaluation->codebook, cells, evaluation->observations,
                         arena, take_mended, &mending);
  result->is_mended = all && mending.any && !mending.lacks;
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
                         const struct evaluation *evaluation, result_list *results) {
  const struct observations *observations = evaluation->observations;
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++) {
      const char *category = area ? area[j].category : measure->category;
      const char *subject = area ? area[j].category : measure->subject;
      struct result result;
      if (!evaluate(evaluation, measure, category, subject, &result)) continue;
      add_failures(arena, evaluation, subject, &result);
      *list_add(arena, results) = result;
    }
  }
  sort_results(results);
}

typedef LIST_OF(struct amount) amount_list;

/* Adds what MEASURE has; NAN where a blank cell leaves that open. */
static void add_amount(struct arena *arena, const struct measure *measure,
                       const struct observation *area, const struct evaluation *evaluation,
                       amount_list *amounts) {
  struct side side =
      side_of(evaluation, measure->numerator, area ? area->category : measure->subject);
  bool is_open = (side.flags & FLAG_BLANK) && is_printed(&side.value);
  bool is_amount = side.is_known && (has_value(&side.value) || is_printed(&side.value));
  if (!is_open && !is_amount) return;
  *list_add(arena, amounts) = (struct amount){measure, area ? area->category : measure->category,
                                              is_open ? NAN : decimal_double(side.sum)};
}

/* What all amounts add up to; NAN where one is below zero or open. */
static double total_of(const amount_list *amounts) {
  double total = 0;
  for (size_t i = 0; i < amounts->count; i++) {
    if (!(amounts->item[i].value >= 0)) return NAN;
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
                            const struct observations *observations, const struct blanks *blanks,
                            size_t draws, distribution_result_list *results) {
  const struct evaluation evaluation = {.observations = observations, .blanks = blanks};
  amount_list amounts = {0};
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < measures->count; i++) {
    const struct measure *measure = &measures->item[i];
    size_t areas = 1;
    const struct observation *area =
        measure->category ? NULL : areas_of(measure, observations, &areas);
    for (size_t j = 0; j < areas; j++)
      add_amount(arena, measure, area ? &area[j] : NULL, &evaluation, &amounts);
    bool last = i + 1 == measures->count || measures->item[i + 1].definition != measure->definition;
    if (!last) continue;
    double total = total_of(&amounts);
    if (amounts.item && total > 0)
      *list_add(arena, results) = distribution_of(arena, scratch, &amounts, total, draws);
    amounts = (amount_list){0};
  }
  arena_free(scratch);
}
