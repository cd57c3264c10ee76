/* Values of reports: believes nothing that it can check. */
#include "analyze/store/dataset_values.h"

#include <string.h>

#include "analyze/store/loading.h"
#include "core/base/csv_file.h"

#define VALUE_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(report_id)                                                                                \
  COLUMN(variable)                                                                                 \
  COLUMN(category)                                                                                 \
  COLUMN(value)                                                                                    \
  COLUMN(status)

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
