/* The door between ingest and analysis: believes nothing that it can check. */
#include "analyze/store/dataset.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "core/model/report_year.h"

struct loading {
  struct arena *arena;
  struct dataset *dataset;
  const struct forms *forms;
  struct doubts *doubts;
  void *texts, *organs;  /* trees of those that are known */
  LIST_OF(char) last;    /* the id of the report before */
  size_t doubted;        /* the report whose failures are being read; behind the last: none */
  struct cells failed;   /* its cells */
  LIST_OF(char) rules;   /* its rules, each behind a blank */
  struct failure broken; /* why the file as a whole cannot be used */
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
  char own[64];
  if (*kind) return strcmp(kind, "government") == 0;
  snprintf(own, sizeof own, "%s-%d", division, year);
  return strcmp(id, own) == 0;
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

/* Are they `rule=times`, parted by blanks? */
static bool are_rules(const char *text) {
  while (*text) {
    size_t name = strcspn(text, "= "), digits = 0;
    if (name == 0 || text[name] != '=') return false;
    text += name + 1;
    digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9) return false;
    text += digits;
    if (*text == ' ' && text[1])
      text++;
    else if (*text)
      return false;
  }
  return true;
}

static uint64_t keep_text(struct spill *spill, const char *text, size_t length) {
  uint64_t place = spill_add(spill, &length, sizeof length);
  if (length) spill_add(spill, text, length);
  return place;
}

static char *kept_text_at(const struct spill *spill, uint64_t place, struct arena *arena) {
  size_t length;
  spill_read(spill, place, &length, sizeof length);
  char *text = arena_alloc(arena, length + 1);
  spill_read(spill, place + sizeof length, text, length);
  return text;
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

static bool take_report(void *context, size_t line, const char *const *f, struct failure *failure) {
  struct loading *loading = context;
  struct dataset *dataset = loading->dataset;
  if (*loading->broken.text) return true;
  if (*f[0] == '\0') return failure_set(failure, "a report needs a report_id");
  if (!is_utf8(f[0], failure) || !is_utf8(f[1], failure) || !is_utf8(f[2], failure)) return false;
  if (!are_rules(f[8])) return failure_set(failure, "'%.80s' are no rules with numbers", f[8]);
  if (!is_sorted_id(loading, line, f[0], failure)) return *loading->broken.text != '\0';
  int year = year_of(loading, f[0], f[3]);
  struct organ organ = {f[1], f[2], f[5], is_government(f[5], f[0], f[1], year), 0};
  struct stored stored = {
      .id = spill_add(dataset->spill, f[0], strlen(f[0]) + 1),
      .id_size = strlen(f[0]) + 1,
      .details = {.edits_checked = read_edits(f[6]), .edits_failed = read_edits(f[7])}};
  if (*f[8]) stored.details.rules = keep_text(dataset->spill, f[8], strlen(f[8])) + 1;
  tapes_add(dataset->details, 0, &stored);
  *list_add(loading->arena, &dataset->reports) = (struct report){
      number_of(loading, &organ), (uint16_t)year, (uint8_t)forms_from(loading->forms, f[4])};
  return true;
}

const struct organ *dataset_organ(const struct dataset *dataset, size_t report) {
  return dataset->organs.item[dataset->reports.item[report].organ];
}

struct details dataset_details(const struct dataset *dataset, size_t report, struct arena *arena) {
  struct stored stored;
  tapes_get(dataset->details, 0, report, &stored);
  char *id = arena_alloc(arena, stored.id_size + 1); /* ended, even where the disk failed */
  spill_read(dataset->spill, stored.id, id, stored.id_size);
  stored.details.id = id;
  return stored.details;
}

/* Negative where ID stands before that of the report with INDEX, positive behind it. */
static int compare_id(const struct dataset *dataset, const char *id, size_t index) {
  struct stored stored;
  char text[64];
  int order = 0;
  tapes_get(dataset->details, 0, index, &stored);
  for (uint64_t done = 0; done < stored.id_size && order == 0; done += sizeof text) {
    uint64_t rest = stored.id_size - done, part = rest < sizeof text ? rest : sizeof text;
    spill_read(dataset->spill, stored.id + done, text, part);
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
  tapes_get(dataset->details, 0, loading->doubted, &stored);
  stored.details.failed = spill_add(dataset->spill, loading->failed.word, size) + 1;
  tapes_put(dataset->details, 0, loading->doubted, &stored);
  keep_text(dataset->spill, loading->rules.item, loading->rules.count);
}

static void add_rules(struct loading *loading, const char *rules) {
  for (; *rules; rules++) *list_add(loading->arena, &loading->rules) = *rules;
}

/* Goes on to the failures of the report with INDEX, of which some may have been read. */
static void begin_failed(struct loading *loading, size_t index) {
  const struct dataset *dataset = loading->dataset;
  size_t size = loading->failed.words * sizeof *loading->failed.word;
  struct stored stored;
  tapes_get(dataset->details, 0, index, &stored);
  uint64_t failed = stored.details.failed;
  keep_failed(loading);
  loading->doubted = index;
  memset(loading->failed.word, 0, size);
  loading->rules.count = 0;
  if (!failed) return;
  spill_read(dataset->spill, failed - 1, loading->failed.word, size);
  struct arena *scratch = arena_new();
  add_rules(loading, kept_text_at(dataset->spill, failed - 1 + size, scratch));
  arena_free(scratch);
}

static bool take_failure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  size_t index = find_report(loading->dataset, f[0], loading->doubted);
  if (index == loading->dataset->reports.count)
    return failure_set(failure, "the report '%s' is not in reports.csv", f[0]);
  if (index != loading->doubted) begin_failed(loading, index);
  add_rules(loading, " ");
  add_rules(loading, f[1]);
  return failed_edit_cells(loading->doubts, f[1], f[2], f[3], &loading->failed, failure);
}

struct cells dataset_failed_cells(const struct dataset *dataset, const struct details *report,
                                  struct arena *arena) {
  if (!report->failed) return (struct cells){0};
  struct cells cells = cells_new(arena, dataset->codebook);
  spill_read(dataset->spill, report->failed - 1, cells.word, cells.words * sizeof *cells.word);
  return cells;
}

const char *dataset_checked_rules(const struct dataset *dataset, const struct details *report,
                                  struct arena *arena) {
  return report->rules ? kept_text_at(dataset->spill, report->rules - 1, arena) : "";
}

const char *dataset_failed_rules(const struct dataset *dataset, const struct details *report,
                                 struct arena *arena) {
  if (!report->failed) return "";
  struct cells cells = cells_new(arena, dataset->codebook);
  return kept_text_at(dataset->spill, report->failed - 1 + cells.words * sizeof *cells.word, arena);
}

static bool read_failures(struct loading *loading, const char *path, struct failure *failure) {
  static const char *const columns[] = {"report_id", "rule", "category", "suspect", NULL};
  loading->doubted = loading->dataset->reports.count;
  loading->failed = cells_new(loading->arena, loading->dataset->codebook);
  bool done =
      csv_read_usable(path, columns, take_failure, loading, loading->dataset->left_out, failure);
  keep_failed(loading);
  return done;
}

struct dataset *dataset_read(struct arena *arena, const struct codebook *codebook,
                             const struct forms *forms, struct doubts *doubts, struct spill *spill,
                             const char *folder, struct left_out *left_out,
                             struct failure *failure) {
  static const char *const report_columns[] = {
      "report_id",   "division",       "organ",         "year",           "forms",
      "?organ_kind", "?edits_checked", "?edits_failed", "?rules_checked", NULL};
  struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
  dataset->folder = arena_text(arena, folder);
  dataset->codebook = codebook;
  dataset->spill = spill;
  dataset->left_out = left_out;
  dataset->details = tapes_new(arena, spill, 1, sizeof(struct stored));
  struct loading loading = {.arena = arena, .dataset = dataset, .forms = forms, .doubts = doubts};
  const char *reports = arena_format(arena, "%s/reports.csv", folder);
  bool done = csv_read_usable(reports, report_columns, take_report, &loading, left_out, failure);
  if (done && *loading.broken.text) done = failure_set(failure, "%s", loading.broken.text);
  tdestroy(loading.texts, keep_node);
  tdestroy(loading.organs, keep_node);
  tapes_complete(dataset->details);
  if (!done) return NULL;
  if (dataset->reports.count == 0) {
    failure_set(failure, "%s: there is no report in it; rejects.csv beside it says why", reports);
    return NULL;
  }
  done = read_failures(&loading, arena_format(arena, "%s/edit_failures.csv", folder), failure);
  return done && spill_check(spill, failure) ? dataset : NULL;
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
    struct failure reason;
    failure_set(&reason, "the rows are not sorted: %s/%s stands after %s/%s", next->variable,
                next->category, last->variable, last->category);
    return break_off(reading, line, reason.text);
  }
  *list_add(reading->arena, &reading->observations) = *next;
  return true;
}

static bool take_observation(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  struct reading *reading = context;
  const struct dataset *dataset = reading->dataset;
  if (*reading->broken.text || (reading->unknown && strcmp(reading->unknown, f[0]) == 0))
    return true;
  if (!reading->any || strcmp(reading->id, f[0]) != 0)
    if (!begin_report(reading, line, f[0], failure)) return false;
  if (*reading->broken.text) return true;

  const struct variable *variable = codebook_find(dataset->codebook, f[1]);
  if (!variable) return failure_set(failure, "the codebook has no variable '%s'", f[1]);
  struct observation observation = {.variable = variable->id,
                                    .category = keep_category(reading, variable, f[2], failure),
                                    .unit = variable->unit,
                                    .status = status_from(f[4]),
                                    .provenance.rule = "",
                                    .raw = ""};
  if (!observation.category) return false;
  if (observation.status == STATUS_COUNT)
    return failure_set(failure, "'%s' is no status of a value", f[4]);
  if (!read_value(f[3], &observation, failure) || !add_value(reading, line, &observation, failure))
    return false;
  forms_see(reading->forms, variable);
  return true;
}

struct csv_file *dataset_open_values(const struct dataset *dataset, struct failure *failure) {
  static const char *const columns[] = {"report_id", "variable", "category",
                                        "value",     "status",   NULL};
  char path[4096];
  snprintf(path, sizeof path, "%s/observations.csv", dataset->folder);
  return csv_open(path, columns, true, dataset->left_out, failure);
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
