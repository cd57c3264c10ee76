/* The door between ingest and analysis: believes nothing that it can check. */
#include "analyze/store/dataset.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analyze/store/publication.h"
#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "core/model/report_id.h"
#include "core/model/report_year.h"

/* The columns that are read of the dataset's files; those that a dataset of another origin may lack
 * are OPTIONAL. */
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
#define VALUE_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(report_id)                                                                                \
  COLUMN(variable)                                                                                 \
  COLUMN(category)                                                                                 \
  COLUMN(value)                                                                                    \
  COLUMN(status)
#define FAILURE_ROW(COLUMN, OPTIONAL)                                                              \
  COLUMN(report_id)                                                                                \
  COLUMN(rule)                                                                                     \
  COLUMN(category)                                                                                 \
  COLUMN(suspect)                                                                                  \
  OPTIONAL(suspect_category)                                                                       \
  OPTIONAL(rule_variable)                                                                          \
  OPTIONAL(severity)                                                                               \
  OPTIONAL(change_set)
#define CHANGE_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(report_id)                                                                                \
  COLUMN(change_set)                                                                               \
  COLUMN(alternative)                                                                              \
  COLUMN(variable)                                                                                 \
  COLUMN(category)                                                                                 \
  COLUMN(suggested)
#define RULE_ROW(COLUMN, OPTIONAL) COLUMN(report_id) COLUMN(rule) COLUMN(checked)

struct loading {
  struct arena *arena;
  struct dataset *dataset;
  const struct forms *forms;
  struct doubts *doubts;
  const struct divisions *divisions;
  void *texts, *organs;  /* trees of those that are known */
  void *names, *keys;    /* the same, of organs over the years: by name, and by key */
  LIST_OF(char) last;    /* the id of the report before */
  size_t doubted;        /* the report whose failures are being read; behind the last: none */
  struct cells failed;   /* its cells */
  struct cells unmended; /* those of them that no change set mends */
  LIST_OF(struct rule_checks) failures; /* its rules */
  size_t counted; /* the report whose checked rules are being read; behind the last: none */
  LIST_OF(struct rule_checks) checked; /* its rules */
  size_t changed; /* the report whose change sets are being read; behind the last: none */
  LIST_OF(struct cell_change) changes; /* of its cells */
  struct failure broken;               /* why the file as a whole cannot be used */
};

/* A number of edits; -1 where TEXT is none. */
static int32_t read_edits(const char *text) {
  size_t length = strlen(text);
  bool is_number = length > 0 && length < 10 && strspn(text, "0123456789") == length;
  return is_number ? (int32_t)strtol(text, NULL, 10) : -1;
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(a, b);
}

/* TEXT as it is kept, once for all reports that have it. */
static const char *kept_text(struct loading *loading, const char *text) {
  char **found = tfind(text, &loading->texts, compare_texts);
  if (found) return *found;
  const char *kept = arena_text(loading->arena, text);
  if (!tsearch(kept, &loading->texts, compare_texts)) out_of_memory();
  return kept;
}

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
static uint32_t number_of(struct loading *loading, const struct organ *organ) {
  struct organ **found = tfind(organ, &loading->organs, compare_organs);
  if (found) return (*found)->number;
  struct dataset *dataset = loading->dataset;
  struct organ *kept = arena_alloc(loading->arena, sizeof *kept);
  *kept = (struct organ){.division = kept_text(loading, organ->division),
                         .name = arena_text(loading->arena, organ->name),
                         .kind = kept_text(loading, organ->kind),
                         .is_government = organ->is_government,
                         .number = (uint32_t)dataset->organs.count};
  if (!tsearch(kept, &loading->organs, compare_organs)) out_of_memory();
  *list_add(loading->arena, &dataset->organs) = kept;
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

static void keep_reporter(const struct loading *loading, void **tree, const char *division,
                          const char *name, uint32_t number) {
  if (find_reporter(tree, division, name)) return;
  struct known_reporter *kept = arena_alloc(loading->arena, sizeof *kept);
  *kept = (struct known_reporter){arena_text(loading->arena, division),
                                  arena_text(loading->arena, name), number};
  if (!tsearch(kept, tree, compare_reporters)) out_of_memory();
}

/* The key of the organ of the report ID: of a government the code that its division lives on under,
 * of others the id without its year. */
static const char *reporter_key(const struct loading *loading, const struct organ *organ,
                                const char *id, const char *year, struct arena *arena) {
  if (organ->is_government && *organ->division)
    return loading->divisions ? division_lineage(loading->divisions, organ->division)
                              : organ->division;
  return report_series(arena, id, year);
}

/* The number of the organ over the years that ORGAN, of the report ID for YEAR, is. */
static uint32_t reporter_of(struct loading *loading, uint32_t organ, const char *id,
                            const char *year_text, int year) {
  struct dataset *dataset = loading->dataset;
  const struct organ *own = dataset->organs.item[organ];
  struct arena *scratch = arena_new();
  const char *key = reporter_key(loading, own, id, year_text, scratch);
  const struct known_reporter *known = find_reporter(&loading->keys, "", key);
  if (!known) known = find_reporter(&loading->names, own->division, own->name);
  uint32_t number = known ? known->number : (uint32_t)dataset->reporters.count;
  if (!known) *list_add(loading->arena, &dataset->reporters) = (struct reporter){own, year};
  keep_reporter(loading, &loading->keys, "", key, number);
  keep_reporter(loading, &loading->names, own->division, own->name, number);
  struct reporter *reporter = &dataset->reporters.item[number];
  if (year >= reporter->year) *reporter = (struct reporter){own, year};
  arena_free(scratch);
  return number;
}

static uint64_t keep_counts(struct temporary_store *store, const struct rule_checks *item,
                            size_t count) {
  uint64_t place = store_add(store, &count, sizeof count);
  if (count) store_add(store, item, count * sizeof *item);
  return place;
}

static struct rule_counts counts_at(const struct temporary_store *store, uint64_t place,
                                    struct arena *arena) {
  struct rule_counts counts = {0};
  store_read(store, place, &counts.count, sizeof counts.count);
  struct rule_checks *item = arena_array(arena, counts.count + 1, sizeof *item);
  store_read(store, place + sizeof counts.count, item, counts.count * sizeof *item);
  counts.item = item;
  return counts;
}

static bool is_utf8(const char *text, struct failure *failure) {
  return text_is_utf8(text, strlen(text)) ||
         failure_set(failure, "a text that is not in UTF-8; the dataset must be");
}

/* Does ID stand behind that of the report before? It is the last one then. */
static bool is_sorted_id(struct loading *loading, size_t line, const char *id,
                         struct failure *failure) {
  const char *before = loading->last.count ? loading->last.item : "";
  int order = strcmp(before, id);
  if (order == 0) return failure_set(failure, "the report '%s' stands twice", id);
  if (order > 0)
    return failure_set(&loading->broken,
                       "%s/reports.csv:%zu: the rows are not sorted: '%s' stands after '%s'",
                       loading->dataset->folder, line, id, before);
  loading->last.count = 0;
  for (size_t i = 0, size = strlen(id) + 1; i < size; i++)
    *list_add(loading->arena, &loading->last) = id[i];
  return true;
}

/* How the details of a report stand on disk. */
struct stored {
  uint64_t id; /* where its id stands, ended by NUL */
  uint64_t id_size;
  struct details details;
};

/* The year of the report ID; 0 where TEXT is none that a report can be about, which is told. */
static int year_of(const struct loading *loading, const char *id, const char *text) {
  int year = report_year_from(text);
  if (year == 0)
    left_out_tell(loading->dataset->left_out,
                  "%s: '%s' is no year that a report can be about: left out of what needs a year",
                  id, text);
  return year;
}

CSV_ROW(report_row, REPORT_ROW);

static bool take_report(void *context, size_t line, const char *const *f, struct failure *failure) {
  const struct report_row *row = (const void *)f;
  struct loading *loading = context;
  struct dataset *dataset = loading->dataset;
  const char *id = row->report_id;
  if (*loading->broken.text) return true;
  if (*id == '\0') return failure_set(failure, "a report needs a report_id");
  if (!is_utf8(id, failure) || !is_utf8(row->division, failure) || !is_utf8(row->organ, failure))
    return false;
  if (!is_sorted_id(loading, line, id, failure)) return *loading->broken.text != '\0';
  int year = year_of(loading, id, row->year);
  struct organ organ = {row->division, row->organ, row->organ_kind,
                        is_government(row->organ_kind, id, row->division, year), 0};
  struct stored stored = {.id = store_add(dataset->store, id, strlen(id) + 1),
                          .id_size = strlen(id) + 1,
                          .details = {.edits_checked = read_edits(row->edits_checked),
                                      .edits_failed = read_edits(row->edits_failed),
                                      .published = day_from(row->published)}};
  disk_lists_add(dataset->details, 0, &stored);
  uint32_t number = number_of(loading, &organ);
  *list_add(loading->arena, &dataset->reports) =
      (struct report_key){number, reporter_of(loading, number, id, row->year, year), (uint16_t)year,
                          (uint8_t)forms_from(loading->forms, row->forms)};
  return true;
}

const struct organ *dataset_organ(const struct dataset *dataset, size_t report) {
  return dataset->organs.item[dataset->reports.item[report].organ];
}

struct details dataset_details(const struct dataset *dataset, size_t report, struct arena *arena) {
  struct stored stored;
  disk_lists_get(dataset->details, 0, report, &stored);
  char *id = arena_alloc(arena, stored.id_size + 1); /* ended, even where the disk failed */
  store_read(dataset->store, stored.id, id, stored.id_size);
  stored.details.id = id;
  return stored.details;
}

/* Negative where ID stands before that of the report with INDEX, positive behind it. */
static int compare_id(const struct dataset *dataset, const char *id, size_t index) {
  struct stored stored;
  char text[64];
  int order = 0;
  disk_lists_get(dataset->details, 0, index, &stored);
  for (uint64_t done = 0; done < stored.id_size && order == 0; done += sizeof text) {
    uint64_t rest = stored.id_size - done, part = rest < sizeof text ? rest : sizeof text;
    store_read(dataset->store, stored.id + done, text, part);
    order = strncmp(id + done, text, part);
  }
  return order;
}

/* The index of the report, most often that of LAST or the one behind it; the number of reports
 * where it is not there. */
static size_t find_report(const struct dataset *dataset, const char *id, size_t last) {
  size_t count = dataset->reports.count, first = 0, end = count;
  for (size_t i = last; i < count && i <= last + 1; i++)
    if (compare_id(dataset, id, i) == 0) return i;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    int order = compare_id(dataset, id, middle);
    if (order == 0) return middle;
    if (order > 0)
      first = middle + 1;
    else
      end = middle;
  }
  return count;
}

/* Puts the cells of the report whose failures were read on disk. */
static void keep_failed(struct loading *loading) {
  struct dataset *dataset = loading->dataset;
  size_t size = loading->failed.words * sizeof *loading->failed.word;
  struct stored stored;
  if (loading->doubted == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, loading->doubted, &stored);
  stored.details.failed = store_add(dataset->store, loading->failed.word, size) + 1;
  store_add(dataset->store, loading->unmended.word, size);
  disk_lists_put(dataset->details, 0, loading->doubted, &stored);
  keep_counts(dataset->store, loading->failures.item, loading->failures.count);
}

static void add_failure(struct loading *loading, const char *rule, size_t times) {
  const char *name = kept_text(loading, rule);
  for (size_t i = 0; i < loading->failures.count; i++)
    if (loading->failures.item[i].rule == name) {
      loading->failures.item[i].times += times;
      return;
    }
  *list_add(loading->arena, &loading->failures) = (struct rule_checks){name, times};
}

/* Goes on to the failures of the report with INDEX, of which some may have been read. */
static void begin_failed(struct loading *loading, size_t index) {
  const struct dataset *dataset = loading->dataset;
  size_t size = loading->failed.words * sizeof *loading->failed.word;
  struct stored stored;
  disk_lists_get(dataset->details, 0, index, &stored);
  uint64_t failed = stored.details.failed;
  keep_failed(loading);
  loading->doubted = index;
  memset(loading->failed.word, 0, size);
  memset(loading->unmended.word, 0, size);
  loading->failures.count = 0;
  if (!failed) return;
  store_read(dataset->store, failed - 1, loading->failed.word, size);
  store_read(dataset->store, failed - 1 + size, loading->unmended.word, size);
  struct arena *scratch = arena_new();
  struct rule_counts before = counts_at(dataset->store, failed - 1 + 2 * size, scratch);
  for (size_t i = 0; i < before.count; i++)
    add_failure(loading, before.item[i].rule, before.item[i].times);
  arena_free(scratch);
}

CSV_ROW(failure_row, FAILURE_ROW);

static bool take_failure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  const struct failure_row *row = (const void *)f;
  struct loading *loading = context;
  size_t index = find_report(loading->dataset, row->report_id, loading->doubted);
  if (index == loading->dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (index != loading->doubted) begin_failed(loading, index);
  add_failure(loading, row->rule, 1);
  struct doubted_edit edit = {row->rule, row->rule_variable, row->category, row->suspect,
                              row->suspect_category};
  if (strcmp(row->severity, "soft") == 0) return true; /* may be broken lawfully */
  if (*row->change_set == '\0' &&
      !failed_edit_cells(loading->doubts, &edit, &loading->unmended, failure))
    return false;
  return failed_edit_cells(loading->doubts, &edit, &loading->failed, failure);
}

/* Puts the change sets of the report that was read on disk. */
static void keep_changes(struct loading *loading) {
  struct dataset *dataset = loading->dataset;
  struct stored stored;
  uint64_t count = loading->changes.count;
  if (loading->changed == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, loading->changed, &stored);
  stored.details.changes = store_add(dataset->store, &count, sizeof count) + 1;
  if (count)
    store_add(dataset->store, loading->changes.item, count * sizeof *loading->changes.item);
  disk_lists_put(dataset->details, 0, loading->changed, &stored);
  loading->changes.count = 0;
}

static bool read_change(const struct codebook *codebook, const char *category, const char *value,
                        struct cell_change *change, struct failure *failure) {
  int applicant = codebook_applicant(codebook, category);
  change->category = applicant >= 0 ? codebook->applicant[applicant].id : "";
  if (!change->variable) return failure_set(failure, "the codebook has no such variable");
  if (change->set < 1 || change->alternative < 1)
    return failure_set(failure, "a change set without a number");
  change->is_determined = *value != '\0';
  return !change->is_determined || decimal_parse(value, strlen(value), &change->value) ||
         failure_set(failure, "the value '%.80s' is no number", value);
}

CSV_ROW(change_row, CHANGE_ROW);

static bool take_change(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct change_row *row = (const void *)f;
  struct loading *loading = context;
  const struct dataset *dataset = loading->dataset;
  size_t index = find_report(dataset, row->report_id, loading->changed);
  struct cell_change change = {.set = read_edits(row->change_set),
                               .alternative = read_edits(row->alternative),
                               .variable = codebook_find(dataset->codebook, row->variable)};
  if (index == dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (loading->changed != dataset->reports.count && index < loading->changed)
    return failure_set(failure, "the rows are not sorted by report: '%s'", row->report_id);
  if (!read_change(dataset->codebook, row->category, row->suggested, &change, failure))
    return false;
  if (index != loading->changed) keep_changes(loading);
  loading->changed = index;
  *list_add(loading->arena, &loading->changes) = change;
  return true;
}

/* Puts the checked rules of the report that was read on disk. */
static void keep_checked(struct loading *loading) {
  struct dataset *dataset = loading->dataset;
  struct stored stored;
  if (loading->counted == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, loading->counted, &stored);
  stored.details.rules =
      keep_counts(dataset->store, loading->checked.item, loading->checked.count) + 1;
  disk_lists_put(dataset->details, 0, loading->counted, &stored);
  loading->checked.count = 0;
}

CSV_ROW(rule_row, RULE_ROW);

static bool take_checked_rule(void *context, size_t line, const char *const *f,
                              struct failure *failure) {
  (void)line;
  const struct rule_row *row = (const void *)f;
  struct loading *loading = context;
  const struct dataset *dataset = loading->dataset;
  size_t index = find_report(dataset, row->report_id, loading->counted);
  int32_t checked = read_edits(row->checked);
  if (index == dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (*row->rule == '\0' || checked < 0)
    return failure_set(failure, "'%.80s' is no number of times that a rule was checked",
                       row->checked);
  if (loading->counted != dataset->reports.count && index < loading->counted)
    return failure_set(failure, "the rows are not sorted by report: '%s'", row->report_id);
  if (index != loading->counted) keep_checked(loading);
  loading->counted = index;
  *list_add(loading->arena, &loading->checked) =
      (struct rule_checks){kept_text(loading, row->rule), (size_t)checked};
  return true;
}

struct cells dataset_unmended_cells(const struct dataset *dataset, const struct details *report,
                                    struct arena *arena) {
  if (!report->failed) return (struct cells){0};
  struct cells cells = cells_new(arena, dataset->codebook);
  size_t size = cells.words * sizeof *cells.word;
  store_read(dataset->store, report->failed - 1 + size, cells.word, size);
  return cells;
}

struct cell_changes dataset_cell_changes(const struct dataset *dataset,
                                         const struct details *report, struct arena *arena) {
  uint64_t count;
  if (!report->changes) return (struct cell_changes){0};
  store_read(dataset->store, report->changes - 1, &count, sizeof count);
  struct cell_change *item = arena_array(arena, count + 1, sizeof *item);
  store_read(dataset->store, report->changes - 1 + sizeof count, item, count * sizeof *item);
  return (struct cell_changes){item, count};
}

struct cells dataset_failed_cells(const struct dataset *dataset, const struct details *report,
                                  struct arena *arena) {
  if (!report->failed) return (struct cells){0};
  struct cells cells = cells_new(arena, dataset->codebook);
  store_read(dataset->store, report->failed - 1, cells.word, cells.words * sizeof *cells.word);
  return cells;
}

struct rule_counts dataset_checked_rules(const struct dataset *dataset,
                                         const struct details *report, struct arena *arena) {
  return report->rules ? counts_at(dataset->store, report->rules - 1, arena)
                       : (struct rule_counts){0};
}

struct rule_counts dataset_failed_rules(const struct dataset *dataset, const struct details *report,
                                        struct arena *arena) {
  if (!report->failed) return (struct rule_counts){0};
  struct cells cells = cells_new(arena, dataset->codebook);
  size_t size = cells.words * sizeof *cells.word;
  return counts_at(dataset->store, report->failed - 1 + 2 * size, arena);
}

/* A dataset of another origin may not have the file. */
static bool read_checked_rules(struct loading *loading, const char *path, struct failure *failure) {
  loading->counted = loading->dataset->reports.count;
  if (access(path, F_OK) != 0) return true;
  bool done = csv_read_usable(path, rule_row_columns, take_checked_rule, loading,
                              loading->dataset->left_out, failure);
  keep_checked(loading);
  return done;
}

static bool read_failures(struct loading *loading, const char *path, struct failure *failure) {
  loading->doubted = loading->dataset->reports.count;
  loading->failed = cells_new(loading->arena, loading->dataset->codebook);
  loading->unmended = cells_new(loading->arena, loading->dataset->codebook);
  bool done = csv_read_usable(path, failure_row_columns, take_failure, loading,
                              loading->dataset->left_out, failure);
  keep_failed(loading);
  return done;
}

/* A dataset of another origin may not have the file. */
static bool read_changes(struct loading *loading, const char *path, struct failure *failure) {
  loading->changed = loading->dataset->reports.count;
  if (access(path, F_OK) != 0) return true;
  bool done = csv_read_usable(path, change_row_columns, take_change, loading,
                              loading->dataset->left_out, failure);
  keep_changes(loading);
  return done;
}

struct dataset *dataset_read(struct arena *arena, const struct codebook *codebook,
                             const struct forms *forms, const struct divisions *divisions,
                             struct doubts *doubts, struct temporary_store *store,
                             const char *folder, struct left_out *left_out,
                             struct failure *failure) {
  struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
  dataset->folder = arena_text(arena, folder);
  dataset->codebook = codebook;
  dataset->store = store;
  dataset->left_out = left_out;
  dataset->details = disk_lists_new(arena, store, 1, sizeof(struct stored));
  struct loading loading = {
      .arena = arena, .dataset = dataset, .forms = forms, .divisions = divisions, .doubts = doubts};
  const char *reports = arena_format(arena, "%s/reports.csv", folder);
  bool done =
      csv_read_usable(reports, report_row_columns, take_report, &loading, left_out, failure);
  if (done && *loading.broken.text) done = failure_set(failure, "%s", loading.broken.text);
  tdestroy(loading.organs, keep_node);
  tdestroy(loading.names, keep_node);
  tdestroy(loading.keys, keep_node);
  disk_lists_complete(dataset->details);
  if (done && dataset->reports.count == 0)
    done = failure_set(failure, "%s: there is no report in it; rejects.csv beside it says why",
                       reports);
  done =
      done &&
      read_checked_rules(&loading, arena_format(arena, "%s/rules_checked.csv", folder), failure) &&
      read_failures(&loading, arena_format(arena, "%s/edit_failures.csv", folder), failure) &&
      read_changes(&loading, arena_format(arena, "%s/change_sets.csv", folder), failure);
  tdestroy(loading.texts, keep_node);
  return done && store_check(store, failure) ? dataset : NULL;
}

struct reading {
  const struct dataset *dataset;
  struct forms *forms;
  report_handler *handler;
  void *context;
  size_t report;         /* of the rows being taken */
  const char *id;        /* its id */
  bool any;              /* a row was taken */
  const char *unknown;   /* the last id that is not in reports.csv; NULL: none yet */
  struct failure broken; /* why the file as a whole cannot be used */
  struct arena *arena;
  LIST_OF(struct observation) observations; /* the list is kept from report to report */
};

/* Hands over the report that is complete. */
static bool finish_report(struct reading *reading, struct failure *failure) {
  if (!reading->any) return true;
  struct observations observations = {.item = reading->observations.item,
                                      .count = reading->observations.count};
  forms_tell(reading->forms, &observations);
  return reading->handler(reading->context, reading->report, &observations, failure);
}

/* The file as a whole cannot be used; what is in its rows from here on does not count. */
static bool break_off(struct reading *reading, size_t line, const char *reason) {
  if (*reading->broken.text == '\0')
    failure_set(&reading->broken, "%s/observations.csv:%zu: %.800s", reading->dataset->folder, line,
                reason);
  return true;
}

static void tell_unsorted(const char *id, struct failure *reason) {
  failure_set(reason, "the rows are not sorted by report: '%s'", id);
}

/* Moves on to the report ID, which must stand further down in reports.csv. */
static bool begin_report(struct reading *reading, size_t line, const char *id,
                         struct failure *failure) {
  struct failure reason = {""};
  if (!finish_report(reading, &reason)) return break_off(reading, line, reason.text);
  const struct dataset *dataset = reading->dataset;
  size_t next = find_report(dataset, id, reading->report), before = reading->report;
  bool is_after = !reading->any || next > before;
  reading->any = false;
  if (next == dataset->reports.count) {
    reading->unknown = arena_text(reading->arena, id);
    return failure_set(failure, "the report '%s' is not in reports.csv, nor are its other values",
                       id);
  }
  if (!is_after) {
    tell_unsorted(id, &reason);
    return break_off(reading, line, reason.text);
  }
  reading->report = next;
  reading->any = true;
  reading->observations.count = 0;
  reading->id = arena_text(reading->arena, id);
  forms_begin(reading->forms, dataset->reports.item[next].forms);
  return true;
}

/* The category as it is kept: applicant classes in the codebook, areas in the report's arena. */
static const char *keep_category(struct reading *reading, const struct variable *variable,
                                 const char *category, struct failure *failure) {
  const struct codebook *codebook = reading->dataset->codebook;
  int applicant;
  switch (variable->dimension) {
    case DIMENSION_AREA:
      return is_utf8(category, failure) ? arena_text(reading->arena, category) : NULL;
    case DIMENSION_APPLICANT:
      applicant = codebook_applicant(codebook, category);
      if (applicant >= 0) return codebook->applicant[applicant].id;
      break;
    case DIMENSION_NONE:
      if (*category == '\0') return "";
      break;
  }
  failure_set(failure, "'%s' is no category of %s", category, variable->id);
  return NULL;
}

static bool read_value(const char *text, struct observation *observation, struct failure *failure) {
  if (!status_has_value(observation->status))
    return *text == '\0' || failure_set(failure, "the value '%s' has the status %s", text,
                                        status_name(observation->status));
  return decimal_parse(text, strlen(text), &observation->value) ||
         failure_set(failure, "the value '%.80s' is no number of at most %d digits", text,
                     DECIMAL_DIGITS);
}

/* Adds NEXT behind the values before it, where it belongs there. */
static bool add_value(struct reading *reading, size_t line, const struct observation *next,
                      struct failure *failure) {
  size_t count = reading->observations.count;
  const struct observation *last = count ? &reading->observations.item[count - 1] : NULL;
  int order = last ? observation_compare(last, next) : -1;
  if (order == 0) return failure_set(failure, "%s/%s stands twice", next->variable, next->category);
  if (order > 0) {
    struct failure reason = {""};
    failure_set(&reason, "the rows are not sorted: %s/%s stands after %s/%s", next->variable,
                next->category, last->variable, last->category);
    return break_off(reading, line, reason.text);
  }
  *list_add(reading->arena, &reading->observations) = *next;
  return true;
}

CSV_ROW(value_row, VALUE_ROW);

static bool take_observation(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  const struct value_row *row = (const void *)f;
  struct reading *reading = context;
  const struct dataset *dataset = reading->dataset;
  if (*reading->broken.text || (reading->unknown && strcmp(reading->unknown, row->report_id) == 0))
    return true;
  if (!reading->any || strcmp(reading->id, row->report_id) != 0)
    if (!begin_report(reading, line, row->report_id, failure)) return false;
  if (*reading->broken.text) return true;

  const struct variable *variable = codebook_find(dataset->codebook, row->variable);
  if (!variable) return failure_set(failure, "the codebook has no variable '%s'", row->variable);
  struct observation observation = {.variable = variable->id,
                                    .category =
                                        keep_category(reading, variable, row->category, failure),
                                    .unit = variable->unit,
                                    .status = status_from(row->status),
                                    .provenance.rule = "",
                                    .raw = ""};
  if (!observation.category) return false;
  if (observation.status == STATUS_COUNT)
    return failure_set(failure, "'%s' is no status of a value", row->status);
  if (!read_value(row->value, &observation, failure) ||
      !add_value(reading, line, &observation, failure))
    return false;
  forms_see(reading->forms, variable);
  return true;
}

struct csv_file *dataset_open_values(const struct dataset *dataset, struct failure *failure) {
  char path[4096];
  snprintf(path, sizeof path, "%s/observations.csv", dataset->folder);
  return csv_open(path, value_row_columns, true, dataset->left_out, failure);
}

bool dataset_read_block(const struct dataset *dataset, struct csv_file *file,
                        struct csv_block block, struct forms *forms, struct arena *arena,
                        report_handler *handler, void *context, struct failure *failure) {
  struct reading reading = {
      .dataset = dataset, .forms = forms, .handler = handler, .context = context, .arena = arena};
  if (!csv_block_read(file, block, take_observation, &reading, failure)) return false;
  if (*reading.broken.text) return failure_set(failure, "%s", reading.broken.text);
  return finish_report(&reading, failure);
}

bool dataset_block_unsorted(const struct dataset *dataset, struct csv_block block, size_t report,
                            struct failure *failure) {
  struct failure reason = {""};
  struct arena *scratch = arena_new();
  tell_unsorted(dataset_details(dataset, report, scratch).id, &reason);
  arena_free(scratch);
  return failure_set(failure, "%s/observations.csv:%zu: %.800s", dataset->folder, block.line,
                     reason.text);
}
