/* Rules of a report: kept on disk until they are asked for. Knows no rule by name. */
#include "analyze/store/dataset_rules.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analyze/store/loading.h"
#include "core/base/csv_file.h"

/* The columns that are read; those that a dataset of another origin may lack are OPTIONAL. */
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

struct rule_reading {
  struct loading *loading;
  struct doubts *doubts;
  size_t doubted;        /* the report whose failures are being read; behind the last: none */
  struct cells failed;   /* its cells */
  struct cells unmended; /* those of them that no change set mends */
  LIST_OF(struct rule_checks) failures; /* its rules */
  size_t counted; /* the report whose checked rules are being read; behind the last: none */
  LIST_OF(struct rule_checks) checked; /* its rules */
  size_t changed; /* the report whose change sets are being read; behind the last: none */
  LIST_OF(struct cell_change) changes; /* of its cells */
};

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

/* Puts the cells of the report whose failures were read on disk. */
static void keep_failed(struct rule_reading *reading) {
  struct dataset *dataset = reading->loading->dataset;
  size_t size = reading->failed.words * sizeof *reading->failed.word;
  struct stored stored;
  if (reading->doubted == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, reading->doubted, &stored);
  stored.details.failed = store_add(dataset->store, reading->failed.word, size) + 1;
  store_add(dataset->store, reading->unmended.word, size);
  disk_lists_put(dataset->details, 0, reading->doubted, &stored);
  keep_counts(dataset->store, reading->failures.item, reading->failures.count);
}

static void add_failure(struct rule_reading *reading, const char *rule, size_t times) {
  const char *name = kept_text(reading->loading, rule);
  for (size_t i = 0; i < reading->failures.count; i++)
    if (reading->failures.item[i].rule == name) {
      reading->failures.item[i].times += times;
      return;
    }
  *list_add(reading->loading->arena, &reading->failures) = (struct rule_checks){name, times};
}

/* Goes on to the failures of the report with INDEX, of which some may have been read. */
static void begin_failed(struct rule_reading *reading, size_t index) {
  const struct dataset *dataset = reading->loading->dataset;
  size_t size = reading->failed.words * sizeof *reading->failed.word;
  struct stored stored;
  disk_lists_get(dataset->details, 0, index, &stored);
  uint64_t failed = stored.details.failed;
  keep_failed(reading);
  reading->doubted = index;
  memset(reading->failed.word, 0, size);
  memset(reading->unmended.word, 0, size);
  reading->failures.count = 0;
  if (!failed) return;
  store_read(dataset->store, failed - 1, reading->failed.word, size);
  store_read(dataset->store, failed - 1 + size, reading->unmended.word, size);
  struct arena *scratch = arena_new();
  struct rule_counts before = counts_at(dataset->store, failed - 1 + 2 * size, scratch);
  for (size_t i = 0; i < before.count; i++)
    add_failure(reading, before.item[i].rule, before.item[i].times);
  arena_free(scratch);
}

CSV_ROW(failure_row, FAILURE_ROW);

static bool take_failure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  const struct failure_row *row = (const void *)f;
  struct rule_reading *reading = context;
  size_t index = find_report(reading->loading->dataset, row->report_id, reading->doubted);
  if (index == reading->loading->dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (index != reading->doubted) begin_failed(reading, index);
  add_failure(reading, row->rule, 1);
  struct doubted_edit edit = {row->rule, row->rule_variable, row->category, row->suspect,
                              row->suspect_category};
  if (strcmp(row->severity, "soft") == 0) return true; /* may be broken lawfully */
  if (*row->change_set == '\0' &&
      !failed_edit_cells(reading->doubts, &edit, &reading->unmended, failure))
    return false;
  return failed_edit_cells(reading->doubts, &edit, &reading->failed, failure);
}

/* Puts the change sets of the report that was read on disk. */
static void keep_changes(struct rule_reading *reading) {
  struct dataset *dataset = reading->loading->dataset;
  struct stored stored;
  uint64_t count = reading->changes.count;
  if (reading->changed == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, reading->changed, &stored);
  stored.details.changes = store_add(dataset->store, &count, sizeof count) + 1;
  if (count)
    store_add(dataset->store, reading->changes.item, count * sizeof *reading->changes.item);
  disk_lists_put(dataset->details, 0, reading->changed, &stored);
  reading->changes.count = 0;
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
  struct rule_reading *reading = context;
  const struct dataset *dataset = reading->loading->dataset;
  size_t index = find_report(dataset, row->report_id, reading->changed);
  struct cell_change change = {.set = read_edits(row->change_set),
                               .alternative = read_edits(row->alternative),
                               .variable = codebook_find(dataset->codebook, row->variable)};
  if (index == dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (reading->changed != dataset->reports.count && index < reading->changed)
    return failure_set(failure, "the rows are not sorted by report: '%s'", row->report_id);
  if (!read_change(dataset->codebook, row->category, row->suggested, &change, failure))
    return false;
  if (index != reading->changed) keep_changes(reading);
  reading->changed = index;
  *list_add(reading->loading->arena, &reading->changes) = change;
  return true;
}

/* Puts the checked rules of the report that was read on disk. */
static void keep_checked(struct rule_reading *reading) {
  struct dataset *dataset = reading->loading->dataset;
  struct stored stored;
  if (reading->counted == dataset->reports.count) return;
  disk_lists_get(dataset->details, 0, reading->counted, &stored);
  stored.details.rules =
      keep_counts(dataset->store, reading->checked.item, reading->checked.count) + 1;
  disk_lists_put(dataset->details, 0, reading->counted, &stored);
  reading->checked.count = 0;
}

CSV_ROW(rule_row, RULE_ROW);

static bool take_checked_rule(void *context, size_t line, const char *const *f,
                              struct failure *failure) {
  (void)line;
  const struct rule_row *row = (const void *)f;
  struct rule_reading *reading = context;
  const struct dataset *dataset = reading->loading->dataset;
  size_t index = find_report(dataset, row->report_id, reading->counted);
  int32_t checked = read_edits(row->checked);
  if (index == dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", row->report_id);
  if (*row->rule == '\0' || checked < 0)
    return failure_set(failure, "'%.80s' is no number of times that a rule was checked",
                       row->checked);
  if (reading->counted != dataset->reports.count && index < reading->counted)
    return failure_set(failure, "the rows are not sorted by report: '%s'", row->report_id);
  if (index != reading->counted) keep_checked(reading);
  reading->counted = index;
  *list_add(reading->loading->arena, &reading->checked) =
      (struct rule_checks){kept_text(reading->loading, row->rule), (size_t)checked};
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
static bool read_checked_rules(struct rule_reading *reading, const char *path,
                               struct failure *failure) {
  reading->counted = reading->loading->dataset->reports.count;
  if (access(path, F_OK) != 0) return true;
  bool done = csv_read_usable(path, rule_row_columns, take_checked_rule, reading,
                              reading->loading->dataset->left_out, failure);
  keep_checked(reading);
  return done;
}

static bool read_failures(struct rule_reading *reading, const char *path, struct failure *failure) {
  reading->doubted = reading->loading->dataset->reports.count;
  reading->failed = cells_new(reading->loading->arena, reading->loading->dataset->codebook);
  reading->unmended = cells_new(reading->loading->arena, reading->loading->dataset->codebook);
  bool done = csv_read_usable(path, failure_row_columns, take_failure, reading,
                              reading->loading->dataset->left_out, failure);
  keep_failed(reading);
  return done;
}

/* A dataset of another origin may not have the file. */
static bool read_changes(struct rule_reading *reading, const char *path, struct failure *failure) {
  reading->changed = reading->loading->dataset->reports.count;
  if (access(path, F_OK) != 0) return true;
  bool done = csv_read_usable(path, change_row_columns, take_change, reading,
                              reading->loading->dataset->left_out, failure);
  keep_changes(reading);
  return done;
}

bool dataset_rules_read(struct loading *loading, const char *folder, struct doubts *doubts,
                        struct failure *failure) {
  struct rule_reading reading = {.loading = loading, .doubts = doubts};
  struct arena *arena = loading->arena;
  return read_checked_rules(&reading, arena_format(arena, "%s/rules_checked.csv", folder),
                            failure) &&
         read_failures(&reading, arena_format(arena, "%s/edit_failures.csv", folder), failure) &&
         read_changes(&reading, arena_format(arena, "%s/change_sets.csv", folder), failure);
}
