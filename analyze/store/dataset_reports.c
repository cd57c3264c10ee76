/* Reports and their organs. Knows no values. */
#include "analyze/store/dataset_reports.h"

#include <search.h>
#include <string.h>

#include "analyze/store/publication.h"
#include "core/base/csv_file.h"
#include "core/model/report_id.h"
#include "core/model/report_year.h"

/* The columns that are read; those that a dataset of another origin may lack are OPTIONAL. */
#define REPORT_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(report_id)                                                                                \
  COLUMN(division)                                                                                 \
  COLUMN(organ)                                                                                    \
  COLUMN(year)                                                                                     \
  COLUMN(forms)                                                                                    \
  OPTIONAL(published)                                                                              \
  OPTIONAL(organ_kind)                                                                             \
  OPTIONAL(edits_checked)                                                                          \
  OPTIONAL(edits_failed)

struct report_reading {
  struct loading *loading;
  const struct forms *forms;
  const struct divisions *divisions;
  void *organs;          /* a tree of those that are known */
  void *names, *keys;    /* the same, of organs over the years: by name, and by key */
  LIST_OF(char) last;    /* the id of the report before */
  struct failure broken; /* why the file as a whole cannot be used */
};

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

/* By its kind; where a dataset does not tell the kinds, a government's reports are named by
 * division and year alone. */
static bool is_government(const char *kind, const char *id, const char *division, int year) {
  return *kind ? strcmp(kind, "government") == 0 : report_id_is_of_government(id, division, year);
}

static int compare_organs(const void *a, const void *b) {
  const struct organ *x = a, *y = b;
  int order = strcmp(x->division, y->division);
  if (order == 0) order = strcmp(x->name, y->name);
  if (order == 0) order = strcmp(x->kind, y->kind);
  return order ? order : x->is_government - y->is_government;
}

/* The number of ORGAN, which is kept where it is new. */
static uint32_t number_of(struct report_reading *reading, const struct organ *organ) {
  struct organ **found = tfind(organ, &reading->organs, compare_organs);
  if (found) return (*found)->number;
  struct dataset *dataset = reading->loading->dataset;
  struct organ *kept = arena_alloc(reading->loading->arena, sizeof *kept);
  *kept = (struct organ){.division = kept_text(reading->loading, organ->division),
                         .name = arena_text(reading->loading->arena, organ->name),
                         .kind = kept_text(reading->loading, organ->kind),
                         .is_government = organ->is_government,
                         .number = (uint32_t)dataset->organs.count};
  if (!tsearch(kept, &reading->organs, compare_organs)) out_of_memory();
  *list_add(reading->loading->arena, &dataset->organs) = kept;
  return kept->number;
}

/* A name or a key of an organ over the years. */
struct known_reporter {
  const char *division, *name; /* of a key the division is "" */
  uint32_t number;
};

static int compare_reporters(const void *a, const void *b) {
  const struct known_reporter *x = a, *y = b;
  int order = strcmp(x->division, y->division);
  return order ? order : strcmp(x->name, y->name);
}

static const struct known_reporter *find_reporter(void *const *tree, const char *division,
                                                  const char *name) {
  struct known_reporter wanted = {.division = division, .name = name};
  struct known_reporter **found = tfind(&wanted, tree, compare_reporters);
  return found ? *found : NULL;
}

static void keep_reporter(const struct report_reading *reading, void **tree, const char *division,
                          const char *name, uint32_t number) {
  if (find_reporter(tree, division, name)) return;
  struct known_reporter *kept = arena_alloc(reading->loading->arena, sizeof *kept);
  *kept = (struct known_reporter){arena_text(reading->loading->arena, division),
                                  arena_text(reading->loading->arena, name), number};
  if (!tsearch(kept, tree, compare_reporters)) out_of_memory();
}

/* The key of the organ of the report ID: of a government the code that its division lives on under,
 * of others the id without its year. */
static const char *reporter_key(const struct report_reading *reading, const struct organ *organ,
                                const char *id, const char *year, struct arena *arena) {
  if (organ->is_government && *organ->division)
    return reading->divisions ? division_lineage(reading->divisions, organ->division)
                              : organ->division;
  return report_series(arena, id, year);
}

/* The number of the organ over the years that ORGAN, of the report ID for YEAR, is. */
static uint32_t reporter_of(struct report_reading *reading, uint32_t organ, const char *id,
                            const char *year_text, int year) {
  struct dataset *dataset = reading->loading->dataset;
  const struct organ *own = dataset->organs.item[organ];
  struct arena *scratch = arena_new();
  const char *key = reporter_key(reading, own, id, year_text, scratch);
  const struct known_reporter *known = find_reporter(&reading->keys, "", key);
  if (!known) known = find_reporter(&reading->names, own->division, own->name);
  uint32_t number = known ? known->number : (uint32_t)dataset->reporters.count;
  if (!known)
    *list_add(reading->loading->arena, &dataset->reporters) = (struct reporter){own, year};
  keep_reporter(reading, &reading->keys, "", key, number);
  keep_reporter(reading, &reading->names, own->division, own->name, number);
  struct reporter *reporter = &dataset->reporters.item[number];
  if (year >= reporter->year) *reporter = (struct reporter){own, year};
  arena_free(scratch);
  return number;
}

/* Does ID stand behind that of the report before? It is the last one then. */
static bool is_sorted_id(struct report_reading *reading, size_t line, const char *id,
                         struct failure *failure) {
  const char *before = reading->last.count ? reading->last.item : "";
  int order = strcmp(before, id);
  if (order == 0) return failure_set(failure, "the report '%s' stands twice", id);
  if (order > 0)
    return failure_set(&reading->broken,
                       "%s/reports.csv:%zu: the rows are not sorted: '%s' stands after '%s'",
                       reading->loading->dataset->folder, line, id, before);
  reading->last.count = 0;
  for (size_t i = 0, size = strlen(id) + 1; i < size; i++)
    *list_add(reading->loading->arena, &reading->last) = id[i];
  return true;
}

/* The year of the report ID; 0 where TEXT is none that a report can be about, which is told. */
static int year_of(const struct report_reading *reading, const char *id, const char *text) {
  int year = report_year_from(text);
  if (year == 0)
    left_out_tell(reading->loading->dataset->left_out,
                  "%s: '%s' is no year that a report can be about: left out of what needs a year",
                  id, text);
  return year;
}

CSV_ROW(report_row, REPORT_ROW);

static bool take_report(void *context, size_t line, const char *const *f, struct failure *failure) {
  const struct report_row *row = (const void *)f;
  struct report_reading *reading = context;
  struct dataset *dataset = reading->loading->dataset;
  const char *id = row->report_id;
  if (*reading->broken.text) return true;
  if (*id == '\0') return failure_set(failure, "a report needs a report_id");
  if (!is_utf8(id, failure) || !is_utf8(row->division, failure) || !is_utf8(row->organ, failure))
    return false;
  if (!is_sorted_id(reading, line, id, failure)) return *reading->broken.text != '\0';
  int year = year_of(reading, id, row->year);
  struct organ organ = {row->division, row->organ, row->organ_kind,
                        is_government(row->organ_kind, id, row->division, year), 0};
  struct stored stored = {.id = store_add(dataset->store, id, strlen(id) + 1),
                          .id_size = strlen(id) + 1,
                          .details = {.edits_checked = read_edits(row->edits_checked),
                                      .edits_failed = read_edits(row->edits_failed),
                                      .published = day_from(row->published)}};
  disk_lists_add(dataset->details, 0, &stored);
  uint32_t number = number_of(reading, &organ);
  *list_add(reading->loading->arena, &dataset->reports) =
      (struct report_key){number, reporter_of(reading, number, id, row->year, year), (uint16_t)year,
                          (uint8_t)forms_from(reading->forms, row->forms)};
  return true;
}

bool dataset_reports_read(struct loading *loading, const char *path, const struct forms *forms,
                          const struct divisions *divisions, struct failure *failure) {
  struct dataset *dataset = loading->dataset;
  struct report_reading reading = {.loading = loading, .forms = forms, .divisions = divisions};
  bool done =
      csv_read_usable(path, report_row_columns, take_report, &reading, dataset->left_out, failure);
  if (done && *reading.broken.text) done = failure_set(failure, "%s", reading.broken.text);
  tdestroy(reading.organs, keep_node);
  tdestroy(reading.names, keep_node);
  tdestroy(reading.keys, keep_node);
  disk_lists_complete(dataset->details);
  if (done && dataset->reports.count == 0)
    done =
        failure_set(failure, "%s: there is no report in it; rejects.csv beside it says why", path);
  return done;
}
