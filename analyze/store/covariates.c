/* The user's file of covariates. */
#include "analyze/store/covariates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct loading {
  struct arena *arena;
  LIST_OF(struct covariate) rows;
};

/* A number, with an exponent or without; its decimal to twelve places where it has one. */
static bool read_number(const char *text, struct covariate *row) {
  char *end, plain[400];
  row->value = strtod(text, &end);
  if (end == text || *end || !isfinite(row->value)) return false;
  if (decimal_parse(text, strlen(text), &row->exact)) return true;
  snprintf(plain, sizeof plain, "%.12f", row->value);
  return decimal_parse(plain, strlen(plain), &row->exact);
}

#define COVARIATE_ROW(COLUMN, OPTIONAL) COLUMN(division) COLUMN(year) COLUMN(name) COLUMN(value)
CSV_ROW(covariate_row, COVARIATE_ROW);

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct covariate_row *told = (const void *)f;
  struct loading *loading = context;
  struct covariate row;
  if (*told->division == '\0' || *told->name == '\0')
    return failure_set(failure, "a division and a name are needed");
  if (strlen(told->year) != 4 || strspn(told->year, "0123456789") != 4)
    return failure_set(failure, "'%s' is no year", told->year);
  if (!read_number(told->value, &row))
    return failure_set(failure, "'%s' is no number", told->value);
  row.division = arena_text(loading->arena, told->division);
  row.name = arena_text(loading->arena, told->name);
  row.year = (int)strtol(told->year, NULL, 10);
  *list_add(loading->arena, &loading->rows) = row;
  return true;
}

static int compare(const void *a, const void *b) {
  const struct covariate *x = a, *y = b;
  int order = strcmp(x->name, y->name);
  if (order == 0) order = strcmp(x->division, y->division);
  return order ? order : (x->year > y->year) - (x->year < y->year);
}

const struct covariates *covariates_load(struct arena *arena, const char *path,
                                         struct failure *failure) {
  struct covariates *covariates = arena_alloc(arena, sizeof *covariates);
  struct loading loading = {.arena = arena};
  if (!path) return covariates;
  if (!csv_read_strictly(path, covariate_row_columns, take_row, &loading, failure)) return NULL;
  struct covariate *rows = loading.rows.item;
  size_t count = loading.rows.count;
  if (count) qsort(rows, count, sizeof *rows, compare);
  *covariates = (struct covariates){.item = rows,
                                    .count = count,
                                    .name = arena_array(arena, count, sizeof(char *)),
                                    .variable = arena_array(arena, count, sizeof(char *))};
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && compare(&rows[i - 1], &rows[i]) == 0) {
      failure_set(failure, "%s: %s of %s in %d stands twice", path, rows[i].name, rows[i].division,
                  rows[i].year);
      return NULL;
    }
    if (i > 0 && strcmp(rows[i - 1].name, rows[i].name) == 0) continue;
    covariates->variable[covariates->names] = arena_format(arena, "covariate.%s", rows[i].name);
    covariates->name[covariates->names++] = rows[i].name;
  }
  return covariates;
}

static const struct covariate *find(const struct covariates *covariates, const char *name,
                                    const char *division, int year) {
  struct covariate wanted = {.division = division, .name = name, .year = year};
  return covariates->count
             ? bsearch(&wanted, covariates->item, covariates->count, sizeof wanted, compare)
             : NULL;
}

double covariate_value(const struct covariates *covariates, const char *name, const char *division,
                       int year) {
  const struct covariate *found = find(covariates, name, division, year);
  return found ? found->value : NAN;
}

const struct codebook *covariates_codebook(const struct covariates *covariates,
                                           const struct codebook *codebook, struct arena *arena) {
  LIST_OF(struct variable) added = {0};
  struct variable variable = {.id = "covariate.population",
                              .section = "covariates",
                              .forms = "any",
                              .label_zh = "",
                              .label_en = "",
                              .unit = "",
                              .dimension = DIMENSION_NONE,
                              .type = TYPE_AMOUNT};
  *list_add(arena, &added) = variable;
  for (size_t i = 0; i < covariates->names; i++) {
    if (strcmp(covariates->variable[i], added.item[0].id) == 0) continue;
    variable.id = covariates->variable[i];
    *list_add(arena, &added) = variable;
  }
  return codebook_with(arena, codebook, added.item, added.count);
}

struct observations covariates_join(const struct covariates *covariates,
                                    const struct observations *observations, const char *division,
                                    int year, struct arena *arena) {
  struct observations all = *observations;
  if (covariates->names == 0) return all;
  all.item = arena_array(arena, all.count + covariates->names, sizeof *all.item);
  if (all.count) memcpy(all.item, observations->item, all.count * sizeof *all.item);
  for (size_t i = 0; i < covariates->names; i++) {
    const struct covariate *found = find(covariates, covariates->name[i], division, year);
    if (found)
      all.item[all.count++] = (struct observation){.variable = covariates->variable[i],
                                                   .category = "",
                                                   .value = found->exact,
                                                   .unit = "",
                                                   .status = STATUS_REPORTED,
                                                   .provenance.rule = "",
                                                   .raw = ""};
  }
  qsort(all.item, all.count, sizeof *all.item, observation_compare);
  return all;
}
