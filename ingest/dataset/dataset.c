/* Collects reports and writes the files of the contract. Knows nothing of documents or forms. */
#include "ingest/dataset/dataset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "core/base/output.h"
#include "core/model/codebook.h"
#include "core/model/datapackage.h"
#include "ingest/dataset/coverage.h"
#include "ingest/dataset/duplicates.h"
#include "ingest/intake/attribution.h"
#include "ingest/knowledge.h"

/* A part of the temporary file. */
struct extent {
  long start;
  size_t length;
};

struct entry {
  const char *report_id, *division, *organ, *year, *source, *sha256, *published;
  int year_number;
  bool is_corrected;
  size_t order; /* in which it came: that of the file, for reports of one file */
  const struct entry
      *preferred; /* in its place, where another source of the report was preferred */
  size_t observations, edits_checked, edits_failed;
  const char *year_rules; /* those that span years: as `rules` of struct edit_result */
  struct extent report, values, failures, kept; /* as in the record */
  struct extent year_failures;                  /* like FAILURES, of rules that span years */
  struct extent cells; /* of the panel: name and value in turn, each ended by NUL */
};

struct rejected {
  const char *source, *sha256, *reason, *detail, *division;
  int year; /* 0: not known */
  bool whole_file;
};

struct dataset {
  struct arena *arena;
  const struct codebook *codebook;
  const struct schema *schema;
  const char *folder; /* of the knowledge */
  struct manifest *manifest;
  struct knowledge *knowledge; /* NULL until known() is asked for it */
  FILE *spool;
  long spooled; /* bytes in it */
  LIST_OF(struct entry) entries;
  LIST_OF(struct rejected) rejects;
  struct coverage coverage;
  LIST_OF(const char *) areas; /* panel columns of variables by area, sorted, each once */
  size_t files;
};

struct dataset *dataset_new(const char *folder, struct manifest *manifest,
                            struct failure *failure) {
  struct arena *arena = arena_new();
  struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
  dataset->arena = arena;
  dataset->folder = arena_text(arena, folder);
  dataset->manifest = manifest;
  dataset->codebook = codebook_load(arena, folder, failure);
  if (dataset->codebook) dataset->schema = schema_load(arena, folder, failure);
  if (dataset->schema) {
    dataset->spool = tmpfile();
    if (dataset->spool) return dataset;
    failure_set(failure, "cannot make a temporary file: %s", strerror(errno));
  }
  dataset_free(dataset);
  return NULL;
}

void dataset_free(struct dataset *dataset) {
  if (!dataset) return;
  if (dataset->spool) fclose(dataset->spool);
  knowledge_free(dataset->knowledge);
  arena_free(dataset->arena);
}

/* Most datasets can do without: it is for the years of an organ, and for files that gave nothing.
 */
static const struct knowledge *known(struct dataset *dataset, struct failure *failure) {
  if (!dataset->knowledge) dataset->knowledge = knowledge_load(dataset->folder, failure);
  if (dataset->knowledge) dataset->knowledge->manifest = dataset->manifest;
  return dataset->knowledge;
}

/* ---- adding ---- */

static void add_reject(struct dataset *dataset, const char *source, const char *sha256,
                       const char *reason, const char *detail, bool whole_file,
                       struct attribution whose) {
  struct arena *arena = dataset->arena;
  struct rejected reject = {
      source,     sha256,    arena_text(arena, reason), arena_text(arena, detail), whose.division,
      whose.year, whole_file};
  *list_add(arena, &dataset->rejects) = reject;
}

/* Whose report a file would have been: as the file itself says (WHOSE), else as its path does. */
static bool attribute(struct dataset *dataset, const char *path, struct attribution *whose,
                      struct failure *failure) {
  if (*whose->division && whose->year) return true;
  const struct knowledge *knowledge = known(dataset, failure);
  if (!knowledge) return false;
  struct attribution by_path = attribution_of(knowledge, dataset->arena, path);
  if (*whose->division == '\0') whose->division = by_path.division;
  if (whose->year == 0) whose->year = by_path.year;
  return true;
}

/* Variables by area make columns of the panel as they come. The list is kept sorted. */
static void note_area(struct dataset *dataset, const char *name) {
  size_t from = 0, to = dataset->areas.count;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = strcmp(dataset->areas.item[middle], name);
    if (order == 0) return;
    if (order < 0)
      from = middle + 1;
    else
      to = middle;
  }
  list_add(dataset->arena, &dataset->areas);
  const char **item = dataset->areas.item;
  memmove(item + from + 1, item + from, (dataset->areas.count - 1 - from) * sizeof *item);
  item[from] = arena_text(dataset->arena, name);
}

static void note_areas(struct dataset *dataset, struct bytes cells) {
  const struct codebook *codebook = dataset->codebook;
  const char *id = ""; /* the last variable by area: its cells come together */
  for (const char *name = cells.start; name < cells.start + cells.length;) {
    const char *slash = strchr(name, '/'), *value = name + strlen(name) + 1;
    size_t length = slash ? (size_t)(slash - name) : 0;
    if (slash && (strncmp(id, name, length) != 0 || id[length])) {
      char candidate[128]; /* not in the arena: there are hundreds in every report */
      snprintf(candidate, sizeof candidate, "%.*s", (int)length, name);
      const struct variable *variable = codebook_find(codebook, candidate);
      id = variable && variable->dimension == DIMENSION_AREA ? variable->id : "";
    }
    if (slash && *id) note_area(dataset, name);
    name = value + strlen(value) + 1;
  }
}

static struct extent spool(struct dataset *dataset, struct bytes bytes) {
  struct extent extent = {dataset->spooled, bytes.length};
  fwrite(bytes.start, 1, bytes.length, dataset->spool);
  dataset->spooled += (long)bytes.length;
  return extent;
}

static void add_report(struct dataset *dataset, const struct record *record, const char *source,
                       const char *sha256) {
  struct arena *arena = dataset->arena;
  struct entry entry = {
      .report_id = arena_text(arena, record->report_id),
      .division = arena_text(arena, record->division),
      .organ = arena_text(arena, record->organ),
      .year = record->year ? arena_format(arena, "%lld", record->year) : "",
      .year_number = (int)record->year,
      .source = source,
      .sha256 = sha256,
      .published = arena_text(arena, record->published),
      .is_corrected = record->is_corrected,
      .order = dataset->entries.count,
      .observations = (size_t)record->observations,
      .edits_checked = (size_t)record->edits_checked,
      .edits_failed = (size_t)record->edits_failed,
  };
  entry.report = spool(dataset, record->report);
  entry.values = spool(dataset, record->values);
  entry.failures = spool(dataset, record->failures);
  entry.kept = spool(dataset, record->kept);
  entry.cells = spool(dataset, record->cells);
  note_areas(dataset, record->cells);
  *list_add(arena, &dataset->entries) = entry;
}

bool dataset_add(struct dataset *dataset, const struct record *record, struct failure *failure) {
  struct arena *arena = dataset->arena;
  const char *source = arena_text(arena, record->source);
  const char *sha256 = arena_text(arena, record->sha256);
  dataset->files++;
  struct attribution whose = {arena_text(arena, record->division), (int)record->year};
  if (!record->is_report) {
    if (!attribute(dataset, source, &whose, failure)) return false;
    coverage_note(&dataset->coverage, arena, whose.division, whose.year, COVERAGE_REJECTED);
  }
  const char *end = record->rejects.start + record->rejects.length;
  for (const char *reason = record->rejects.start; reason < end;) {
    const char *detail = reason + strlen(reason) + 1;
    add_reject(dataset, source, sha256, reason, detail, !record->is_report, whose);
    reason = detail + strlen(detail) + 1;
  }
  if (record->is_report) add_report(dataset, record, source, sha256);
  return !ferror(dataset->spool) ||
         failure_set(failure, "cannot write a temporary file: %s", strerror(errno));
}

bool dataset_lose(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure) {
  const char *source = source_path_text(dataset->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(dataset, source, &whose, failure)) return false;
  dataset->files++;
  coverage_note(&dataset->coverage, dataset->arena, whose.division, whose.year, COVERAGE_REJECTED);
  add_reject(dataset, source, "", reason, detail, true, whose);
  return true;
}

bool dataset_miss(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure) {
  const char *source = source_path_text(dataset->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(dataset, source, &whose, failure)) return false;
  add_reject(dataset, source, "", reason, detail, true, whose);
  coverage_note(&dataset->coverage, dataset->arena, whose.division, whose.year, COVERAGE_MISSING);
  return true;
}

/* ---- writing ---- */

struct writing {
  struct dataset *dataset;
  const struct schema *schema;
  struct output *output;
  struct failure *failure;
  struct entry **kept; /* one a report */
  size_t count;
};

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  int order = strcmp(x->report_id, y->report_id);
  if (order == 0) order = strcmp(x->source, y->source);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int compare_rejects(const void *a, const void *b) {
  const struct rejected *x = a, *y = b;
  int order = strcmp(x->source, y->source);
  if (order == 0) order = strcmp(x->reason, y->reason);
  return order ? order : strcmp(x->detail, y->detail);
}

/* Of COUNT sources of one report, which begin at FIRST, all but the kept one become rejects. */
static void keep_one(struct writing *writing, struct entry *first, size_t count) {
  struct dataset *dataset = writing->dataset;
  struct duplicate *source = arena_array(dataset->arena, count, sizeof *source);
  for (size_t i = 0; i < count; i++)
    source[i] = (struct duplicate){first[i].is_corrected, first[i].published, first[i].observations,
                                   first[i].edits_failed, first[i].source};
  struct entry *kept = &first[duplicates_choose(source, count)];
  writing->kept[writing->count++] = kept;
  coverage_note(&dataset->coverage, dataset->arena, kept->division, kept->year_number,
                count > 1 ? COVERAGE_DUPLICATE : COVERAGE_PRESENT);
  for (size_t i = 0; i < count; i++) {
    if (&first[i] == kept) continue;
    first[i].preferred = kept;
    bool same = strcmp(kept->sha256, first[i].sha256) == 0;
    const char *detail = arena_format(
        dataset->arena, "report %s with %zu values; kept: '%s' with %zu values%s%s",
        first[i].report_id, first[i].observations, kept->source, kept->observations,
        kept->is_corrected ? ", a corrected re-issue" : "",
        !same                                        ? "; duplicates.csv has what differs"
        : strcmp(kept->source, first[i].source) == 0 ? ", which stands in the same file"
                                                     : ", the same bytes");
    add_reject(dataset, first[i].source, first[i].sha256, "duplicate", detail, true,
               (struct attribution){kept->division, kept->year_number});
  }
}

static void keep_one_of_each(struct writing *writing) {
  struct dataset *dataset = writing->dataset;
  struct entry *entry = dataset->entries.item;
  size_t count = dataset->entries.count;
  if (count) qsort(entry, count, sizeof *entry, compare_entries);
  writing->kept = arena_array(dataset->arena, count + 1, sizeof *writing->kept);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && strcmp(entry[i].report_id, entry[next].report_id) == 0;)
      next++;
    keep_one(writing, &entry[i], next - i);
  }
}

/* The bytes of EXTENT, ended by NUL, or NULL; the caller frees them. */
static char *read_extent(struct dataset *dataset, struct extent extent) {
  char *bytes = malloc(extent.length + 1);
  if (!bytes) return NULL;
  if (fseek(dataset->spool, extent.start, SEEK_SET) != 0 ||
      fread(bytes, 1, extent.length, dataset->spool) != extent.length) {
    free(bytes);
    return NULL;
  }
  bytes[extent.length] = '\0';
  return bytes;
}

static bool copy_extent(struct writing *writing, struct extent extent, FILE *file) {
  char *bytes = read_extent(writing->dataset, extent);
  if (!bytes) return failure_set(writing->failure, "cannot read the temporary file");
  fwrite(bytes, 1, extent.length, file);
  free(bytes);
  return true;
}

static bool write_values(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "observations.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!copy_extent(writing, writing->kept[i]->values, file)) return false;
  return file != NULL;
}

static void count_reject(const struct rejected *reject, struct dataset_summary *summary) {
  *(reject->whole_file ? &summary->rejected_files : &summary->rejected_parts) += 1;
  for (size_t i = 0; i + 1 < SUMMARY_REASONS; i++) {
    if (summary->reasons[i].reason && strcmp(summary->reasons[i].reason, reject->reason) != 0)
      continue;
    summary->reasons[i].reason = reject->reason;
    summary->reasons[i].count++;
    return;
  }
}

static bool write_rejects(struct writing *writing, struct dataset_summary *summary) {
  struct dataset *dataset = writing->dataset;
  FILE *file = schema_open(writing->schema, writing->output, "rejects.csv", writing->failure);
  if (!file) return false;
  if (dataset->rejects.count)
    qsort(dataset->rejects.item, dataset->rejects.count, sizeof *dataset->rejects.item,
          compare_rejects);
  for (size_t i = 0; i < dataset->rejects.count; i++) {
    const struct rejected *reject = &dataset->rejects.item[i];
    char year[16] = "";
    if (reject->year) snprintf(year, sizeof year, "%d", reject->year);
    const char *fields[] = {reject->source, reject->sha256,   reject->reason,
                            reject->detail, reject->division, year};
    csv_write_row(file, fields, sizeof fields / sizeof *fields);
    count_reject(reject, summary);
  }
  return true;
}

static bool write_codebook(struct writing *writing) {
  const struct codebook *codebook = writing->dataset->codebook;
  FILE *file = schema_open(writing->schema, writing->output, "codebook.csv", writing->failure);
  for (size_t i = 0; file && i < codebook->variables; i++) {
    const struct variable *v = &codebook->variable[i];
    const char *fields[] = {v->id,
                            v->section,
                            v->forms,
                            v->label_zh,
                            v->label_en,
                            v->unit,
                            variable_dimension_name(v->dimension),
                            variable_type_name(v->type)};
    csv_write_row(file, fields, sizeof fields / sizeof *fields);
  }
  return file != NULL;
}

/* ---- reports.csv ---- */

/* The fields of ENTRY's row with its counts of rules, those that span years among them. */
static bool write_report_row(struct writing *writing, const struct entry *entry, FILE *file) {
  struct arena *arena = arena_new();
  size_t columns;
  const char *const *name = schema_columns(writing->schema, "reports.csv", &columns);
  const char **fields = arena_array(arena, columns + 1, sizeof *fields);
  char *bytes = read_extent(writing->dataset, entry->report), *at = bytes;
  for (size_t i = 0; bytes && i < columns && at < bytes + entry->report.length; i++) {
    fields[i] = at;
    at += strlen(at) + 1;
    if (strcmp(name[i], "edits_checked") == 0)
      fields[i] = arena_format(arena, "%zu", entry->edits_checked);
    if (strcmp(name[i], "edits_failed") == 0)
      fields[i] = arena_format(arena, "%zu", entry->edits_failed);
    if (strcmp(name[i], "rules_checked") == 0 && entry->year_rules)
      fields[i] =
          arena_format(arena, "%s%s%s", fields[i], *fields[i] ? " " : "", entry->year_rules);
  }
  if (bytes) csv_write_row(file, fields, columns);
  free(bytes);
  arena_free(arena);
  return bytes || failure_set(writing->failure, "cannot read the temporary file");
}

static bool write_reports(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "reports.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!write_report_row(writing, writing->kept[i], file)) return false;
  return file != NULL;
}

/* ---- edit_failures.csv, and rules that span years ---- */

static int compare_kept(const void *a, const void *b) {
  const struct entry *const *x = a, *const *y = b;
  return strcmp((*x)->report_id, (*y)->report_id);
}

/* The same organ's report of the year before, or NULL: its id differs in the year only. An organ
 * whose division is not known may be another one of that name. */
static const struct entry *year_before(const struct writing *writing, const struct entry *entry) {
  char year[16], id[256];
  size_t division = strlen(entry->division);
  snprintf(year, sizeof year, "-%04d", entry->year_number);
  if (division == 0 || entry->year_number == 0 ||
      strncmp(entry->report_id, entry->division, division) != 0 ||
      strncmp(entry->report_id + division, year, strlen(year)) != 0)
    return NULL;
  snprintf(id, sizeof id, "%s-%04d%s", entry->division, entry->year_number - 1,
           entry->report_id + division + strlen(year));
  const struct entry wanted = {.report_id = id}, *key = &wanted;
  struct entry **found =
      bsearch(&key, writing->kept, writing->count, sizeof *writing->kept, compare_kept);
  return found ? *found : NULL;
}

static bool spool_year_failures(struct writing *writing, struct entry *entry,
                                const struct entry *before, const struct edit_result *result) {
  struct dataset *dataset = writing->dataset;
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&bytes, &length);
  if (!memory) exit(EXIT_FAILURE);
  edit_rows_fill(memory, entry->report_id, result, before->report_id);
  if (fclose(memory) != 0) exit(EXIT_FAILURE);
  bool sought = fseek(dataset->spool, dataset->spooled, SEEK_SET) == 0;
  if (sought) entry->year_failures = spool(dataset, (struct bytes){bytes, length});
  free(bytes);
  return (sought && !ferror(dataset->spool)) ||
         failure_set(writing->failure, "cannot write a temporary file: %s", strerror(errno));
}

static bool check_with_year_before(struct writing *writing, struct entry *entry,
                                   const struct entry *before) {
  struct dataset *dataset = writing->dataset;
  const struct knowledge *knowledge = known(dataset, writing->failure);
  if (!knowledge) return false;
  struct arena *arena = arena_new();
  char *now = read_extent(dataset, entry->kept);
  char *then = read_extent(dataset, before->kept);
  bool done = (now && then) || failure_set(writing->failure, "cannot read the temporary file");
  if (done) {
    struct observations values = kept_values_read(arena, (struct bytes){now, entry->kept.length});
    struct observations previous =
        kept_values_read(arena, (struct bytes){then, before->kept.length});
    values.year = entry->year_number;
    previous.year = before->year_number;
    values.previous = &previous;
    struct edit_result result = edit_check(arena, knowledge->edit_rules, &values);
    entry->edits_checked += result.checked;
    entry->edits_failed += result.failures;
    if (*result.rules) entry->year_rules = arena_text(dataset->arena, result.rules);
    done = result.failures == 0 || spool_year_failures(writing, entry, before, &result);
  }
  free(now);
  free(then);
  arena_free(arena);
  return done;
}

static bool check_years(struct writing *writing) {
  for (size_t i = 0; i < writing->count; i++) {
    const struct entry *before = year_before(writing, writing->kept[i]);
    if (before && !check_with_year_before(writing, writing->kept[i], before)) return false;
  }
  return true;
}

static bool write_failures(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "edit_failures.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++) {
    const struct entry *entry = writing->kept[i];
    char *own = read_extent(writing->dataset, entry->failures);
    char *of_years = read_extent(writing->dataset, entry->year_failures);
    bool both = own && of_years;
    if (both)
      edit_rows_merge(file, (struct bytes){own, entry->failures.length},
                      (struct bytes){of_years, entry->year_failures.length});
    free(own);
    free(of_years);
    if (!both) return failure_set(writing->failure, "cannot read the temporary file");
  }
  return file != NULL;
}

/* ---- panel.csv ---- */

struct panel {
  LIST_OF(struct schema_column) columns;
  const struct schema_column **by_name; /* sorted */
};

static int compare_columns(const void *a, const void *b) {
  const struct schema_column *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

static void add_columns_of(struct dataset *dataset, const struct variable *variable,
                           struct panel *panel) {
  struct arena *arena = dataset->arena;
  const struct codebook *codebook = dataset->codebook;
  if (variable->dimension == DIMENSION_NONE)
    *list_add(arena, &panel->columns) = (struct schema_column){variable->id, variable->label_en};
  for (size_t i = 0; variable->dimension == DIMENSION_APPLICANT && i < codebook->applicants; i++)
    *list_add(arena, &panel->columns) = (struct schema_column){
        arena_format(arena, "%s/%s", variable->id, codebook->applicant[i].id),
        arena_format(arena, "%s, %s", variable->label_en, codebook->applicant[i].label_en)};
  size_t length = strlen(variable->id);
  for (size_t i = 0; variable->dimension == DIMENSION_AREA && i < dataset->areas.count; i++)
    if (strncmp(dataset->areas.item[i], variable->id, length) == 0 &&
        dataset->areas.item[i][length] == '/')
      *list_add(arena, &panel->columns) =
          (struct schema_column){dataset->areas.item[i], variable->label_en};
}

static void lay_out_panel(struct dataset *dataset, struct panel *panel) {
  const struct codebook *codebook = dataset->codebook;
  for (size_t i = 0; i < codebook->variables; i++)
    add_columns_of(dataset, &codebook->variable[i], panel);
  panel->by_name = arena_array(dataset->arena, panel->columns.count + 1, sizeof *panel->by_name);
  for (size_t i = 0; i < panel->columns.count; i++) panel->by_name[i] = &panel->columns.item[i];
  qsort(panel->by_name, panel->columns.count, sizeof *panel->by_name, compare_columns);
}

static bool write_panel_row(struct writing *writing, const struct panel *panel,
                            const struct entry *entry, const char **fields, size_t fixed,
                            FILE *file) {
  char *cells = read_extent(writing->dataset, entry->cells);
  if (!cells) return failure_set(writing->failure, "cannot read the temporary file");
  memset(fields, 0, (fixed + panel->columns.count) * sizeof *fields);
  const char *identity[] = {entry->report_id, entry->division, entry->organ, entry->year};
  memcpy(fields, identity, sizeof identity);
  for (const char *name = cells; name < cells + entry->cells.length;) {
    const char *value = name + strlen(name) + 1;
    struct schema_column wanted = {name, NULL};
    const struct schema_column *key = &wanted;
    const struct schema_column **found = bsearch(&key, panel->by_name, panel->columns.count,
                                                 sizeof *panel->by_name, compare_columns);
    if (found) fields[fixed + (size_t)(*found - panel->columns.item)] = value;
    name = value + strlen(value) + 1;
  }
  csv_write_row(file, fields, fixed + panel->columns.count);
  free(cells);
  return true;
}

static bool write_panel(struct writing *writing, struct panel *panel) {
  struct dataset *dataset = writing->dataset;
  size_t fixed;
  const char *const *names = schema_columns(writing->schema, "panel.csv", &fixed);
  FILE *file = output_file(writing->output, "panel.csv", writing->failure);
  if (!file) return false;
  lay_out_panel(dataset, panel);
  const char **fields =
      arena_array(dataset->arena, fixed + panel->columns.count + 1, sizeof *fields);
  memcpy(fields, names, fixed * sizeof *fields);
  for (size_t i = 0; i < panel->columns.count; i++) fields[fixed + i] = panel->columns.item[i].name;
  csv_write_row(file, fields, fixed + panel->columns.count);
  for (size_t i = 0; i < writing->count; i++)
    if (!write_panel_row(writing, panel, writing->kept[i], fields, fixed, file)) return false;
  return true;
}

/* ---- duplicates.csv and coverage.csv ---- */

static bool write_differences(struct writing *writing, const struct entry *other, FILE *file) {
  char *kept = read_extent(writing->dataset, other->preferred->values);
  char *values = read_extent(writing->dataset, other->values);
  bool both = kept && values;
  if (both) duplicates_write(other->report_id, kept, other->source, values, file);
  free(kept);
  free(values);
  return both || failure_set(writing->failure, "cannot read the temporary file");
}

static bool write_duplicates(struct writing *writing) {
  const struct dataset *dataset = writing->dataset;
  FILE *file = schema_open(writing->schema, writing->output, "duplicates.csv", writing->failure);
  for (size_t i = 0; file && i < dataset->entries.count; i++) {
    const struct entry *entry = &dataset->entries.item[i];
    if (entry->preferred && !write_differences(writing, entry, file)) return false;
  }
  return file != NULL;
}

static bool write_coverage(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "coverage.csv", writing->failure);
  if (file) coverage_write(&writing->dataset->coverage, file);
  return file != NULL;
}

static void summarise(const struct writing *writing, struct dataset_summary *summary) {
  summary->files = writing->dataset->files;
  summary->reports = writing->count;
  for (size_t i = 0; i < writing->count; i++) {
    summary->observations += writing->kept[i]->observations;
    summary->edits_checked += writing->kept[i]->edits_checked;
    summary->edits_failed += writing->kept[i]->edits_failed;
  }
}

static bool write_files(struct writing *writing, struct panel *panel,
                        struct dataset_summary *summary) {
  return check_years(writing) && write_reports(writing) && write_values(writing) &&
         write_failures(writing) && write_rejects(writing, summary) && write_coverage(writing) &&
         write_duplicates(writing) && write_codebook(writing) && write_panel(writing, panel) &&
         datapackage_write(writing->schema, writing->output, "ogistat-dataset",
                           "Annual reports on open government information: observations",
                           "panel.csv", panel->columns.item, panel->columns.count,
                           writing->failure);
}

/* The files as they were just written; a table comes after those that it refers to. */
static bool write_database(const struct writing *writing, const struct panel *panel,
                           struct database *database) {
  static const char *const first[] = {"codebook.csv", "reports.csv"};
  enum { FIRST = sizeof first / sizeof *first };
  size_t count = output_count(writing->output);
  for (size_t i = 0; i < (FIRST + 1) * count; i++) {
    size_t pass = i / count, index = i % count, fields;
    const char *name = output_name(writing->output, index);
    bool is_first = strcmp(name, first[0]) == 0 || strcmp(name, first[1]) == 0;
    bool is_turn = pass < FIRST ? strcmp(name, first[pass]) == 0 : !is_first;
    schema_fields(writing->schema, name, &fields);
    if (!is_turn || fields == 0) continue;
    const char *csv = output_written(writing->output, index, writing->failure);
    bool is_panel = strcmp(name, "panel.csv") == 0;
    if (!csv || !database_add(database, writing->schema, name, csv, panel->columns.item,
                              is_panel ? panel->columns.count : 0, writing->failure))
      return false;
  }
  return database_finish(database, writing->failure);
}

bool dataset_write(struct dataset *dataset, const char *dir, struct database *database,
                   struct dataset_summary *summary, struct failure *failure) {
  *summary = (struct dataset_summary){0};
  struct writing writing = {.dataset = dataset, .schema = dataset->schema, .failure = failure};
  struct panel panel = {0};
  bool written = (fflush(dataset->spool) == 0 ||
                  failure_set(failure, "cannot write a temporary file: %s", strerror(errno))) &&
                 (writing.output = output_open(dir, failure));
  if (written) keep_one_of_each(&writing);
  written = written && write_files(&writing, &panel, summary) &&
            (!database || write_database(&writing, &panel, database));
  if (!written) {
    output_abandon(writing.output);
    return false;
  }
  summarise(&writing, summary);
  return output_commit(writing.output, failure);
}
