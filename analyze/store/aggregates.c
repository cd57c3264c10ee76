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

static int compare(const void *a, const void *b) {
  const struct unit_year *x = a, *y = b;
  int order = strcmp(x->unit->level, y->unit->level);
  if (order == 0) order = strcmp(x->unit->division, y->unit->division);
  if (order == 0) order = strcmp(x->unit->governments, y->unit->governments);
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

void aggregates_add(struct aggregates *aggregates, const char *division, int year,
                    const result_list *results) {
  struct standing standing = standing_of(aggregates->divisions, division);
  const char *governments = standing.level ? standing.level : "unknown";
  struct unit units[] = {
      {"all", "", "", governments},
      {"prefecture", standing.prefecture, standing.prefecture_name, governments},
      {"province", standing.province, standing.province_name, governments},
  };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (i == 0 || (*units[i].division && strcmp(units[i].level, governments) != 0))
      add_results(aggregates, &units[i], division, year, results);
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
