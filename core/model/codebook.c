/* Loads and checks the codebook. */
#include "core/model/codebook.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/word_list.h"

struct loading {
  struct arena *arena;
  LIST_OF(struct variable) variables;
  LIST_OF(struct category) applicants;
};

static const char *const dimension_names[] = {"", "applicant", "area", NULL};
static const char *const type_names[] = {"count", "change", "amount", "percent", "growth", NULL};

const char *variable_dimension_name(enum variable_dimension dimension) {
  return dimension_names[dimension];
}

const char *variable_type_name(enum variable_type type) {
  return type_names[type];
}

static int index_of(const char *const *names, const char *name) {
  for (int i = 0; names[i]; i++)
    if (strcmp(names[i], name) == 0) return i;
  return -1;
}

#define VARIABLE_ROW(COLUMN, OPTIONAL)                                                             \
  COLUMN(variable)                                                                                 \
  COLUMN(section)                                                                                  \
  COLUMN(forms) COLUMN(label_zh) COLUMN(label_en) COLUMN(unit) COLUMN(dimension) COLUMN(type)
CSV_ROW(variable_row, VARIABLE_ROW);

static bool take_variable(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  const struct variable_row *row = (const void *)f;
  struct loading *loading = context;
  int dimension = index_of(dimension_names, row->dimension), type = index_of(type_names, row->type);
  if (*row->variable == '\0' || *row->label_zh == '\0' || *row->label_en == '\0' ||
      *row->unit == '\0')
    return failure_set(failure, "a variable needs an id, both labels and a unit");
  if (dimension < 0)
    return failure_set(failure, "'%s' is no dimension (applicant, area)", row->dimension);
  if (type < 0)
    return failure_set(failure, "'%s' is no type (count, change, amount, percent)", row->type);
  for (size_t i = 0; i < loading->variables.count; i++)
    if (strcmp(loading->variables.item[i].id, row->variable) == 0)
      return failure_set(failure, "the variable '%s' stands twice", row->variable);

  struct arena *arena = loading->arena;
  *list_add(arena, &loading->variables) = (struct variable){
      .id = arena_text(arena, row->variable),
      .section = arena_text(arena, row->section),
      .forms = arena_text(arena, row->forms),
      .label_zh = arena_text(arena, row->label_zh),
      .label_en = arena_text(arena, row->label_en),
      .unit = arena_text(arena, row->unit),
      .dimension = (enum variable_dimension)dimension,
      .type = (enum variable_type)type,
  };
  return true;
}

#define CATEGORY_ROW(COLUMN, OPTIONAL)                                                             \
  COLUMN(dimension) COLUMN(category) COLUMN(label_zh) COLUMN(label_en)
CSV_ROW(category_row, CATEGORY_ROW);

static bool take_category(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  const struct category_row *row = (const void *)f;
  struct loading *loading = context;
  if (strcmp(row->dimension, "applicant") != 0)
    return failure_set(failure, "'%s' is no dimension with fixed categories (applicant)",
                       row->dimension);
  if (*row->category == '\0' || *row->label_zh == '\0' || *row->label_en == '\0')
    return failure_set(failure, "a category needs an id and both labels");
  for (size_t i = 0; i < loading->applicants.count; i++)
    if (strcmp(loading->applicants.item[i].id, row->category) == 0)
      return failure_set(failure, "the category '%s' stands twice", row->category);
  *list_add(loading->arena, &loading->applicants) = (struct category){
      arena_text(loading->arena, row->category), arena_text(loading->arena, row->label_zh),
      arena_text(loading->arena, row->label_en)};
  return true;
}

static int compare_ids(const void *a, const void *b) {
  const struct variable *const *x = a, *const *y = b;
  return strcmp((*x)->id, (*y)->id);
}

/* Lists the variables by their ids. */
static void order_ids(struct arena *arena, struct codebook *codebook) {
  codebook->by_id = arena_array(arena, codebook->variables, sizeof *codebook->by_id);
  for (size_t i = 0; i < codebook->variables; i++) codebook->by_id[i] = &codebook->variable[i];
  qsort(codebook->by_id, codebook->variables, sizeof *codebook->by_id, compare_ids);
}

const struct codebook *codebook_load(struct arena *arena, const char *folder,
                                     struct failure *failure) {
  struct loading loading = {.arena = arena};
  if (!csv_read(arena_format(arena, "%s/forms/codebook.csv", folder), variable_row_columns,
                take_variable, &loading, failure) ||
      !csv_read(arena_format(arena, "%s/forms/categories.csv", folder), category_row_columns,
                take_category, &loading, failure))
    return NULL;
  size_t applicants = loading.applicants.count;
  if (applicants == 0 || strcmp(loading.applicants.item[applicants - 1].id, "total") != 0) {
    failure_set(failure, "%s/categories.csv: the last applicant class must be 'total'", folder);
    return NULL;
  }

  struct codebook *codebook = arena_alloc(arena, sizeof *codebook);
  codebook->variable = loading.variables.item;
  codebook->variables = loading.variables.count;
  codebook->applicant = loading.applicants.item;
  codebook->applicants = loading.applicants.count;
  order_ids(arena, codebook);
  return codebook;
}

const struct codebook *codebook_with(struct arena *arena, const struct codebook *codebook,
                                     const struct variable *variables, size_t count) {
  struct codebook *larger = arena_alloc(arena, sizeof *larger);
  *larger = *codebook;
  larger->variables += count;
  struct variable *all = arena_array(arena, larger->variables, sizeof *all);
  memcpy(all, codebook->variable, codebook->variables * sizeof *all);
  if (count) memcpy(all + codebook->variables, variables, count * sizeof *all);
  larger->variable = all;
  order_ids(arena, larger);
  return larger;
}

const struct variable *codebook_find(const struct codebook *codebook, const char *id) {
  struct variable wanted = {.id = id};
  const struct variable *key = &wanted;
  const struct variable **found =
      bsearch(&key, codebook->by_id, codebook->variables, sizeof *codebook->by_id, compare_ids);
  return found ? *found : NULL;
}

bool variable_allows(const struct variable *variable, struct decimal value) {
  bool negative = decimal_compare(value, decimal_from(0)) < 0;
  switch (variable->type) {
    case TYPE_COUNT: return !negative && decimal_is_integer(value);
    case TYPE_CHANGE: return decimal_is_integer(value);
    case TYPE_AMOUNT: return !negative;
    case TYPE_PERCENT: return !negative && decimal_compare(value, decimal_from(100)) <= 0;
    case TYPE_GROWTH: return true;
  }
  return false;
}

int codebook_applicant(const struct codebook *codebook, const char *id) {
  for (size_t i = 0; i < codebook->applicants; i++)
    if (strcmp(codebook->applicant[i].id, id) == 0) return (int)i;
  return -1;
}

bool forms_overlap(const char *a, const char *b) {
  if (strcmp(a, "any") == 0 || strcmp(b, "any") == 0) return true;
  for (struct listed_word form; word_list_next(&a, &form);) {
    const char *others = b;
    for (struct listed_word other; word_list_next(&others, &other);)
      if (form.length == other.length && memcmp(form.text, other.text, form.length) == 0)
        return true;
  }
  return false;
}
