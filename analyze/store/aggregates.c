/* Which governments belong to which unit, and their sums. */
#include "analyze/store/aggregates.h"

#include <math.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/content_hash.h"
#include "core/model/standing.h"

struct sums {
  struct unit_year unit_year; /* first: what is handed out */
  LIST_OF(struct sum) list;
};

struct aggregates {
  struct arena *arena;
  const struct divisions *divisions;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  struct series_list *series;
  void *tree; /* of sums */
  LIST_OF(struct unit_year *) order;
};

struct aggregates *aggregates_new(struct arena *arena, const struct divisions *divisions,
                                  const struct crosswalk *crosswalk, const struct forms *forms,
                                  struct series_list *series) {
  struct aggregates *aggregates = arena_alloc(arena, sizeof *aggregates);
  aggregates->arena = arena;
  aggregates->divisions = divisions;
  aggregates->crosswalk = crosswalk;
  aggregates->forms = forms;
  aggregates->series = series;
  return aggregates;
}

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

void aggregates_free(struct aggregates *aggregates) {
  if (aggregates) tdestroy(aggregates->tree, keep_node);
}

static int compare_units(const struct unit *a, const struct unit *b) {
  int order = strcmp(a->level, b->level);
  if (order == 0) order = strcmp(a->division, b->division);
  return order ? order : strcmp(a->governments, b->governments);
}

static int compare(const void *a, const void *b) {
  const struct unit_year *x = a, *y = b;
  int order = compare_units(x->unit, y->unit);
  return order ? order : (x->year > y->year) - (x->year < y->year);
}

static struct sums *find_sums(struct aggregates *aggregates, const struct unit *unit, int year) {
  struct unit_year wanted = {.unit = unit, .year = year};
  struct sums **found = tfind(&wanted, &aggregates->tree, compare);
  if (found) return *found;
  struct arena *arena = aggregates->arena;
  struct unit *copy = arena_alloc(arena, sizeof *copy);
  *copy = *unit;
  copy->division = arena_text(arena, unit->division);
  struct sums *sums = arena_alloc(arena, sizeof *sums);
  sums->unit_year = (struct unit_year){.unit = copy, .year = year};
  if (!tsearch(sums, &aggregates->tree, compare)) out_of_memory();
  *list_add(arena, &aggregates->order) = &sums->unit_year;
  return sums;
}

/* Are the reports that SUM adds up of other forms than RESULT, in a way that matters? */
static bool mixes_forms(const struct aggregates *aggregates, const struct sum *sum,
                        const struct result *result) {
  struct series series = {.indicator = result->measure->indicator};
  return sum->organs > 0 && series_relation(aggregates->crosswalk, aggregates->forms, &series,
                                            sum->forms, result->forms) != CROSSWALK_JOINED;
}

/* Adds a RESULT whose blank cells leave it open. A part of a whole is at most the whole: the share
 * is greatest where the whole is no greater than the most that the part can be. */
static void add_open(const struct result *result, struct sum *sum) {
  const struct result_range *of = &result->range;
  bool is_share = result->measure->kind == KIND_SHARE;
  struct open_members *open = &sum->open;
  double whole = fmax(of->denominator.lower, fmin(of->numerator.upper, of->denominator.upper));
  open->organs++;
  open->least_numerator += of->numerator.lower;
  open->most_denominator += of->denominator.upper;
  open->most_numerator += is_share ? fmin(of->numerator.upper, whole) : of->numerator.upper;
  open->least_denominator += is_share ? whole : of->denominator.lower;
}

/* A failed addition (a sum of more than 30 digits) leaves the report out. */
static void add_result(const struct aggregates *aggregates, struct sum *sum, const char *division,
                       const struct result *result) {
  /* Nothing of nothing is a count too; what could not be read or be true is none. */
  bool has_counts =
      isfinite(result->ratio.estimate) || (result->flags & FLAG_ZERO_DENOMINATOR) != 0;
  struct decimal numerator, denominator;
  if (!has_counts || !decimal_add(sum->numerator, result->numerator, &numerator) ||
      !decimal_add(sum->denominator, result->denominator, &denominator)) {
    sum->left_out++;
    if (result->range.is_open) add_open(result, sum);
    return;
  }
  if (mixes_forms(aggregates, sum, result)) sum->flags |= FLAG_MIXED_FORMS;
  sum->numerator = numerator;
  sum->denominator = denominator;
  sum->organs++;
  sum->flags |= result->flags;
  sum->forms |= result->forms;
  sum->governments += (uint32_t)fingerprint_text(0, division);
}

/* The flags that a sum takes over from its parts. */
static const unsigned inherited = FLAG_APPROXIMATE | FLAG_BLANK_AS_ZERO | FLAG_FAILED_EDIT |
                                  FLAG_NOT_APPLICABLE_AS_ZERO | FLAG_MIXED_FORMS |
                                  FLAG_RULES_CHANGED;

static void add_results(struct aggregates *aggregates, const struct unit *unit,
                        const char *division, int year, const result_list *results) {
  struct sums *sums = find_sums(aggregates, unit, year);
  for (size_t i = 0; i < results->count; i++) {
    const struct result *result = &results->item[i];
    const struct measure *measure = result->measure;
    if (measure->kind == KIND_LEVEL && !measure->is_count) continue;
    uint32_t number = series_number(aggregates->series, result);
    while (sums->list.count <= number)
      *list_add(aggregates->arena, &sums->list) =
          (struct sum){.numerator = decimal_from(0), .denominator = decimal_from(0)};
    add_result(aggregates, &sums->list.item[number], division, result);
    sums->list.item[number].flags &= inherited;
  }
}

size_t aggregates_units_of(const struct aggregates *aggregates, const char *division,
                           struct standing *standing, struct unit units[UNITS_OF_ONE]) {
  *standing = standing_of(aggregates->divisions, division);
  const char *governments = standing->level ? standing->level : "unknown";
  const struct unit all[UNITS_OF_ONE] = {
      {"all", "", "", governments},
      {"prefecture", standing->prefecture, standing->prefecture_name, governments},
      {"province", standing->province, standing->province_name, governments},
  };
  size_t count = 0;
  for (size_t i = 0; i < UNITS_OF_ONE; i++)
    if (i == 0 || (*all[i].division && strcmp(all[i].level, governments) != 0))
      units[count++] = all[i];
  return count;
}

void aggregates_add(struct aggregates *aggregates, const char *division, int year,
                    const result_list *results) {
  struct standing standing;
  struct unit units[UNITS_OF_ONE];
  size_t count = aggregates_units_of(aggregates, division, &standing, units);
  for (size_t i = 0; i < count; i++) add_results(aggregates, &units[i], division, year, results);
}

static int compare_pointers(const void *a, const void *b) {
  return compare(*(const struct unit_year *const *)a, *(const struct unit_year *const *)b);
}

const struct unit_year *const *aggregates_sort(struct aggregates *aggregates, size_t *count) {
  *count = aggregates->order.count;
  for (size_t i = 0; i < *count; i++) {
    struct sums *sums = (struct sums *)aggregates->order.item[i];
    sums->unit_year.sum = sums->list.item;
    sums->unit_year.sums = sums->list.count;
  }
  if (*count)
    qsort(aggregates->order.item, *count, sizeof *aggregates->order.item, compare_pointers);
  return (const struct unit_year *const *)aggregates->order.item;
}

static bool is_family(const struct unit *a, const struct unit *b) {
  return strcmp(a->level, b->level) == 0 && strcmp(a->governments, b->governments) == 0;
}

/* Numbers the families of the units. */
static void find_families(struct units *units) {
  for (size_t i = 0; i < units->count; i++) {
    size_t j = 0;
    while (j < i && !is_family(units->item[j], units->item[i])) j++;
    units->family[i] = j < i ? units->family[j] : units->families++;
  }
}

struct units aggregates_units(struct aggregates *aggregates, struct arena *arena) {
  size_t count;
  const struct unit_year *const *sums = aggregates_sort(aggregates, &count);
  struct units units = {.item = arena_array(arena, count, sizeof *units.item)};
  for (size_t i = 0; i < count; i++)
    if (i == 0 || compare_units(sums[i]->unit, sums[i - 1]->unit) != 0)
      units.item[units.count++] = sums[i]->unit;
  units.family = arena_array(arena, units.count, sizeof *units.family);
  find_families(&units);
  return units;
}

size_t units_find(const struct units *units, const struct unit *unit) {
  size_t first = 0, end = units->count;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    int order = compare_units(unit, units->item[middle]);
    if (order == 0) return middle;
    if (order > 0)
      first = middle + 1;
    else
      end = middle;
  }
  return units->count;
}

struct interval sum_bounds(enum indicator_kind kind, const struct sum *sum) {
  const struct open_members *open = &sum->open;
  struct interval bounds = {NAN, NAN};
  if (open->organs == 0) return bounds;
  double numerator = decimal_double(sum->numerator), denominator = decimal_double(sum->denominator);
  bounds.lower = numerator + open->least_numerator;
  bounds.upper = numerator + open->most_numerator;
  if (kind != KIND_LEVEL) {
    bounds.lower /= denominator + open->most_denominator;
    bounds.upper /= denominator + open->least_denominator;
  }
  if (kind == KIND_SHARE) bounds.upper = fmin(bounds.upper, 1);
  if (kind == KIND_SHARE && isnan(bounds.upper)) bounds.upper = 1;
  if (!isfinite(bounds.lower)) bounds.lower = NAN;
  if (!isfinite(bounds.upper)) bounds.upper = NAN;
  return bounds;
}
