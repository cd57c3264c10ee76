/* The user's file of covariates. */
#include "analyze/covariates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/csv_file.h"

struct loading {
  struct arena *arena;
  LIST_OF(struct covariate) rows;
};

static bool read_number(const char *text, double *number) {
  char *end;
  *number = strtod(text, &end);
  return end > text && *end == '\0' && isfinite(*number);
}

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  double value;
  if (*f[0] == '\0' || *f[2] == '\0')
    return failure_set(failure, "a division and a name are needed");
  if (strlen(f[1]) != 4 || strspn(f[1], "0123456789") != 4)
    return failure_set(failure, "'%s' is no year", f[1]);
  if (!read_number(f[3], &value)) return failure_set(failure, "'%s' is no number", f[3]);
  *list_add(loading->arena, &loading->rows) =
      (struct covariate){arena_text(loading->arena, f[0]), arena_text(loading->arena, f[2]),
                         (int)strtol(f[1], NULL, 10), value};
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
  static const char *const columns[] = {"division", "year", "name", "value", NULL};
  struct covariates *covariates = arena_alloc(arena, sizeof *covariates);
  struct loading loading = {.arena = arena};
  if (!path) return covariates;
  if (!csv_read_strictly(path, columns, take_row, &loading, failure)) return NULL;
  struct covariate *rows = loading.rows.item;
  size_t count = loading.rows.count;
  if (count) qsort(rows, count, sizeof *rows, compare);
  *covariates = (struct covariates){rows, count, arena_array(arena, count, sizeof(char *)), 0};
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && compare(&rows[i - 1], &rows[i]) == 0) {
      failure_set(failure, "%s: %s of %s in %d stands twice", path, rows[i].name, rows[i].division,
                  rows[i].year);
      return NULL;
    }
    if (i == 0 || strcmp(rows[i - 1].name, rows[i].name) != 0)
      covariates->name[covariates->names++] = rows[i].name;
  }
  return covariates;
}

double covariate_value(const struct covariates *covariates, const char *name, const char *division,
                       int year) {
  struct covariate wanted = {division, name, year, 0};
  const struct covariate *found =
      covariates->count
          ? bsearch(&wanted, covariates->item, covariates->count, sizeof wanted, compare)
          : NULL;
  return found ? found->value : NAN;
}
