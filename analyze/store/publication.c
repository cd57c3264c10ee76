/* Days of publication against due dates. */
#include "analyze/store/publication.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/model/standing.h"

static const char *const dated = "publication.dated", *const on_time = "publication.on_time";

/* A row of the file. */
struct due {
  const char *organ_kind, *division;
  int first_year, last_year;
  int day; /* 331 for 31 March */
};

struct due_dates {
  struct arena *arena;
  const struct divisions *divisions;
  LIST_OF(struct due) list;
};

/* The number that the COUNT digits of TEXT are; -1 where they are none. */
static int digits_of(const char *text, size_t count) {
  int number = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = 10 * number + (text[i] - '0');
  }
  return number;
}

/* MM-DD as 331; 0 where TEXT is no such day. */
static int day_of_year(const char *text) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (strlen(text) != 5 || text[2] != '-') return 0;
  int month = digits_of(text, 2), day = digits_of(text + 3, 2);
  bool is_day = month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
  return is_day ? 100 * month + day : 0;
}

int day_from(const char *text) {
  if (strlen(text) != 10 || text[4] != '-') return 0;
  int year = digits_of(text, 4), day = day_of_year(text + 5);
  return year > 0 && day > 0 ? 10000 * year + day : 0;
}

#define DUE_ROW(COLUMN, OPTIONAL)                                                                  \
  COLUMN(organ_kind)                                                                               \
  COLUMN(division)                                                                                 \
  COLUMN(first_year)                                                                               \
  COLUMN(last_year)                                                                                \
  COLUMN(due)                                                                                      \
  COLUMN(source)
CSV_ROW(due_row, DUE_ROW);

static bool read_year(const char *text, int *year) {
  *year = strlen(text) == 4 ? digits_of(text, 4) : -1;
  return *year > 0;
}

static bool take_due(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct due_row *row = (const void *)f;
  struct due_dates *due_dates = context;
  struct arena *arena = due_dates->arena;
  struct due due = {arena_text(arena, row->organ_kind), arena_text(arena, row->division), 0, 9999,
                    day_of_year(row->due)};
  if (due.day == 0) return failure_set(failure, "'%s' is no day (MM-DD)", row->due);
  if (!read_year(row->first_year, &due.first_year) ||
      (*row->last_year && !read_year(row->last_year, &due.last_year)) ||
      due.last_year < due.first_year)
    return failure_set(failure, "'%s' to '%s' are no years", row->first_year, row->last_year);
  if (*row->division && !standing_level(row->division))
    return failure_set(failure, "'%s' is no division", row->division);
  if (*row->source == '\0') return failure_set(failure, "a due date needs its source");
  *list_add(arena, &due_dates->list) = due;
  return true;
}

const struct due_dates *due_dates_load(struct arena *arena, const struct divisions *divisions,
                                       const char *folder, struct failure *failure) {
  struct due_dates *due_dates = arena_alloc(arena, sizeof *due_dates);
  *due_dates = (struct due_dates){.arena = arena, .divisions = divisions};
  return csv_read_strictly(arena_format(arena, "%s/indicators/due_dates.csv", folder),
                           due_row_columns, take_due, due_dates, failure)
             ? due_dates
             : NULL;
}

/* How narrow the division of DUE is, of those that hold the organ of DIVISION: from 1 (anywhere) to
 * 4 (itself); 0 where it holds it not. */
static int nearness(const struct due *due, const char *division, const struct standing *standing) {
  if (*due->division == '\0') return 1;
  if (strcmp(due->division, division) == 0) return 4;
  if (strcmp(due->division, standing->prefecture) == 0) return 3;
  return strcmp(due->division, standing->province) == 0 ? 2 : 0;
}

int due_date(const struct due_dates *due_dates, const struct organ *organ, int year) {
  struct standing standing = standing_of(due_dates->divisions, organ->division);
  const char *kind = *organ->kind ? organ->kind : organ->is_government ? "government" : "";
  int best = 0, day = 0;
  for (size_t i = 0; i < due_dates->list.count; i++) {
    const struct due *due = &due_dates->list.item[i];
    bool is_kind = *due->organ_kind != '\0';
    if (year < due->first_year || year > due->last_year ||
        (is_kind && strcmp(due->organ_kind, kind) != 0))
      continue;
    int near = 2 * nearness(due, organ->division, &standing);
    if (near == 0 || near + is_kind < best) continue;
    best = near + is_kind;
    day = due->day;
  }
  return day > 0 && year > 0 ? 10000 * (year + 1) + day : 0;
}

const struct codebook *publication_codebook(const struct codebook *codebook, struct arena *arena) {
  struct variable *added = arena_array(arena, 2, sizeof *added);
  const struct variable variable = {.section = "publication",
                                    .forms = "any",
                                    .label_zh = "",
                                    .label_en = "",
                                    .unit = "",
                                    .dimension = DIMENSION_NONE,
                                    .type = TYPE_COUNT};
  added[0] = added[1] = variable;
  added[0].id = dated;
  added[1].id = on_time;
  return codebook_with(arena, codebook, added, 2);
}

static void add_number(struct observations *all, const char *variable, int number) {
  all->item[all->count++] = (struct observation){.variable = variable,
                                                 .category = "",
                                                 .value = decimal_from(number),
                                                 .unit = "",
                                                 .status = STATUS_REPORTED,
                                                 .provenance.rule = "",
                                                 .raw = ""};
}

struct observations publication_join(const struct due_dates *due_dates,
                                     const struct observations *observations,
                                     const struct organ *organ, int year, int published,
                                     struct arena *arena) {
  struct observations all = *observations;
  int due = published ? due_date(due_dates, organ, year) : 0;
  if (due == 0) return all;
  all.item = arena_array(arena, all.count + 2, sizeof *all.item);
  if (all.count) memcpy(all.item, observations->item, all.count * sizeof *all.item);
  add_number(&all, dated, 1);
  add_number(&all, on_time, published <= due);
  qsort(all.item, all.count, sizeof *all.item, observation_compare);
  return all;
}
