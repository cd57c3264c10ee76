/* Loads and checks the divisions, and goes along their history. */
#include "core/model/divisions.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

/* The present, for the distance of a year. */
enum { PRESENT = 9999 };

/* A chain of successors is never longer. */
enum { CHAIN_LIMIT = 8 };

/* Names have two characters at least. */
enum { NAME_SIZE = 6 };

struct loading {
  struct arena *arena;
  LIST_OF(struct division) divisions;
  LIST_OF(const char *) parents; /* the code of each division's parent */
};

/* TEXT, a code of six digits, as a number. */
static bool read_code(const char *text, int *number) {
  int digits = 0;
  for (*number = 0; *text >= '0' && *text <= '9' && digits < 6; text++, digits++)
    *number = *number * 10 + (*text - '0');
  return digits == 6 && *text == '\0';
}

static bool read_year(const char *text, int *year, struct failure *failure) {
  *year = 0;
  if (*text == '\0') return true;
  if (strlen(text) != 4 || strspn(text, "0123456789") != 4)
    return failure_set(failure, "'%s' is no year", text);
  *year = (int)strtol(text, NULL, 10);
  return true;
}

/* Most rows have no successor and no spoken name, and the parent of the row above. */
static const char *kept(struct arena *arena, const char *text, const char *above) {
  return *text == '\0' ? "" : strcmp(text, above) == 0 ? above : arena_text(arena, text);
}

#define DIVISION_ROW(COLUMN, OPTIONAL)                                                             \
  COLUMN(code)                                                                                     \
  COLUMN(name) COLUMN(parent) COLUMN(first_year) COLUMN(last_year) COLUMN(successor) COLUMN(spoken)
CSV_ROW(division_row, DIVISION_ROW);

static bool take_division(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  const struct division_row *row = (const void *)f;
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  int number;
  if (!read_code(row->code, &number))
    return failure_set(failure, "'%s' is no code of six digits", row->code);
  if (strlen(row->name) < NAME_SIZE)
    return failure_set(failure, "the division %s has no name", row->code);
  struct division division = {.code = arena_text(arena, row->code),
                              .name = arena_text(arena, row->name),
                              .spoken = kept(arena, row->spoken, ""),
                              .successor = kept(arena, row->successor, "")};
  if (!read_year(row->first_year, &division.first_year, failure) ||
      !read_year(row->last_year, &division.last_year, failure))
    return false;
  size_t count = loading->divisions.count;
  const struct division *before = count ? &loading->divisions.item[count - 1] : NULL;
  int order = before ? strcmp(before->code, row->code) : -1;
  if (order > 0 || (order == 0 && before->first_year >= division.first_year))
    return failure_set(failure, "the rows are not sorted by code and year, or %s stands twice",
                       row->code);
  const char *parent = kept(arena, row->parent, count ? loading->parents.item[count - 1] : "");
  *list_add(arena, &loading->divisions) = division;
  *list_add(arena, &loading->parents) = parent;
  return true;
}

const struct division *divisions_find(const struct divisions *divisions, const char *code) {
  int number;
  if (!read_code(code, &number)) return NULL;
  size_t low = 0, high = divisions->count; /* the newest row lies before the first that is larger */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (divisions->number[middle] <= number)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 && divisions->number[low - 1] == number ? &divisions->item[low - 1] : NULL;
}

/* ---- signs ---- */

struct sign_loading {
  struct arena *arena;
  const struct divisions *divisions;
  LIST_OF(struct division_sign) signs;
};

/* The first column is called by what the sign is. */
struct sign_row {
  const char *sign, *division;
};

static bool take_sign(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct sign_row *row = (const void *)f;
  struct sign_loading *loading = context;
  const struct division *division = divisions_find(loading->divisions, row->division);
  if (!division) return failure_set(failure, "there is no division %s", row->division);
  *list_add(loading->arena, &loading->signs) =
      (struct division_sign){arena_text(loading->arena, row->sign), division->code};
  return true;
}

static bool load_signs(struct arena *arena, const char *path, const char *column,
                       const struct divisions *divisions, struct division_signs *signs,
                       struct failure *failure) {
  const char *const columns[] = {column, "division", NULL};
  struct sign_loading loading = {.arena = arena, .divisions = divisions};
  if (!csv_read(path, columns, take_sign, &loading, failure)) return false;
  *signs = (struct division_signs){loading.signs.item, loading.signs.count};
  return true;
}

/* ---- loading ---- */

/* False where a parent or a successor is missing. */
static bool link_divisions(const struct divisions *divisions, struct loading *loading,
                           const char *path, struct failure *failure) {
  for (size_t i = 0; i < divisions->count; i++) {
    struct division *division = &loading->divisions.item[i];
    const char *parent = loading->parents.item[i];
    bool is_as_before = i > 0 && parent == loading->parents.item[i - 1];
    division->parent = is_as_before ? division[-1].parent
                       : *parent    ? divisions_find(divisions, parent)
                                    : NULL;
    if (*parent && !division->parent)
      return failure_set(failure, "%s: the parent %s of %s is missing", path, parent,
                         division->code);
    if (*division->successor && !divisions_find(divisions, division->successor))
      return failure_set(failure, "%s: the successor %s of %s is missing", path,
                         division->successor, division->code);
  }
  return true;
}

static const int *numbers_of(struct arena *arena, const struct divisions *divisions) {
  int *number = arena_array(arena, divisions->count + 1, sizeof *number);
  for (size_t i = 0; i < divisions->count; i++) read_code(divisions->item[i].code, &number[i]);
  return number;
}

const struct divisions *divisions_load(struct arena *arena, const char *folder,
                                       struct failure *failure) {
  struct loading loading = {.arena = arena};
  const char *path = arena_format(arena, "%s/places/divisions.csv", folder);
  if (!csv_read(path, division_row_columns, take_division, &loading, failure)) return NULL;

  struct divisions *divisions = arena_alloc(arena, sizeof *divisions);
  divisions->item = loading.divisions.item;
  divisions->count = loading.divisions.count;
  divisions->number = numbers_of(arena, divisions);
  bool loaded = link_divisions(divisions, &loading, path, failure) &&
                load_signs(arena, arena_format(arena, "%s/places/area_codes.csv", folder),
                           "area_code", divisions, &divisions->area_codes, failure) &&
                load_signs(arena, arena_format(arena, "%s/places/domains.csv", folder), "domain",
                           divisions, &divisions->domains, failure) &&
                load_signs(arena, arena_format(arena, "%s/places/zones.csv", folder), "zone",
                           divisions, &divisions->zones, failure) &&
                load_signs(arena, arena_format(arena, "%s/places/spellings.csv", folder),
                           "spelling", divisions, &divisions->spellings, failure);
  return loaded ? divisions : NULL;
}

/* ---- history ---- */

const struct division *division_earlier_name(const struct divisions *divisions,
                                             const struct division *division) {
  bool is_first = division == divisions->item || strcmp(division[-1].code, division->code) != 0;
  return is_first ? NULL : division - 1;
}

int division_distance(const struct division *division, int year) {
  if (year == 0) year = PRESENT;
  if (year < division->first_year) return division->first_year - year;
  if (division->last_year && year > division->last_year) return year - division->last_year;
  return 0;
}

/* The row of the same code that was there in YEAR, or NULL. */
static const struct division *name_in_year(const struct divisions *divisions, const char *code,
                                           int year) {
  const struct division *name = divisions_find(divisions, code);
  while (name && division_distance(name, year) > 0) name = division_earlier_name(divisions, name);
  return name;
}

/* The only row that DIVISION took the place of, or NULL. */
static const struct division *only_predecessor(const struct divisions *divisions,
                                               const struct division *division) {
  const struct division *only = NULL;
  for (size_t i = 0; i < divisions->count; i++) {
    const struct division *other = &divisions->item[i];
    if (strcmp(other->successor, division->code) != 0 || other->last_year >= division->first_year)
      continue;
    if (only) return NULL;
    only = other;
  }
  return only;
}

const struct division *division_in_year(const struct divisions *divisions,
                                        const struct division *division, int year) {
  const struct division *at = division;
  for (int step = 0; at && step < CHAIN_LIMIT; step++) {
    if (division_distance(at, year) == 0) return at;
    const struct division *same_code = name_in_year(divisions, at->code, year);
    if (same_code) return same_code;
    bool is_over = at->last_year && (year == 0 || year > at->last_year);
    at = is_over ? divisions_find(divisions, at->successor) : only_predecessor(divisions, at);
  }
  return division;
}

static const struct division *oldest_name(const struct divisions *divisions, const char *code) {
  const struct division *name = divisions_find(divisions, code), *earlier;
  while (name && (earlier = division_earlier_name(divisions, name))) name = earlier;
  return name;
}

const char *division_lineage(const struct divisions *divisions, const char *code) {
  for (int i = 0; i < CHAIN_LIMIT; i++) {
    const struct division *division = divisions_find(divisions, code);
    if (!division || !*division->successor) return code;
    const struct division *successor = oldest_name(divisions, division->successor);
    if (!successor || successor->first_year == 0 ||
        only_predecessor(divisions, successor) != division)
      return code;
    code = successor->code;
  }
  return code;
}

static bool lies_between(int year, int before, int last) {
  return year > before && year <= last;
}

bool division_changed(const struct divisions *divisions, const char *before, int year_before,
                      const char *code, int year) {
  if (strcmp(before, code) != 0) return true;
  for (size_t i = 0; i < divisions->count; i++) {
    const struct division *other = &divisions->item[i];
    if (strcmp(other->code, code) == 0 && lies_between(other->first_year, year_before, year))
      return true;
    if (strcmp(other->successor, code) == 0 &&
        lies_between(other->last_year + 1, year_before, year))
      return true;
  }
  return false;
}
