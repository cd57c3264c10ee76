/* Writing and reading records. Both ends are this program, so the format is its own. */
#include "ingest/dataset/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/edits/edit_rows.h"

/* ---- writing ---- */

/* Every field: its length and its bytes, ended by NUL. */
static void write_bytes(FILE *file, const char *bytes, size_t length) {
  uint64_t size = length;
  fwrite(&size, sizeof size, 1, file);
  fwrite(bytes, 1, length, file);
  putc('\0', file);
}

static void write_text(FILE *file, const char *text) {
  write_bytes(file, text, strlen(text));
}

static void write_number(FILE *file, long long number) {
  char text[32];
  snprintf(text, sizeof text, "%lld", number);
  write_text(file, text);
}

/* What FILL writes about REPORT, as one field. */
static void write_filled(FILE *file, const struct report *report,
                         void (*fill)(const struct report *report, FILE *file)) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&bytes, &length);
  if (!memory) exit(EXIT_FAILURE);
  fill(report, memory);
  if (fclose(memory) != 0) exit(EXIT_FAILURE);
  write_bytes(file, bytes, length);
  free(bytes);
}

static const char *number_text(struct arena *arena, size_t number) {
  return arena_format(arena, "%zu", number);
}

static void fill_text(FILE *file, const char *text) {
  fwrite(text, 1, strlen(text) + 1, file);
}

static void fill_report(const struct report *report, FILE *file) {
  struct arena *arena = arena_new();
  const struct identity *identity = &report->identity;
  const char *fields[] = {report->id,
                          identity->division,
                          identity->organ,
                          identity->year ? arena_format(arena, "%d", identity->year) : "",
                          report->forms,
                          identity->title,
                          identity->period_start,
                          identity->period_end,
                          identity->published,
                          source_path_text(arena, report->source.path),
                          report->source.sha256,
                          source_format_name(report->source.format),
                          number_text(arena, report->observations.count),
                          number_text(arena, report->edits.checked),
                          number_text(arena, report->edits.failures),
                          identity->organ_kind,
                          identity->division_by,
                          report->is_corrected ? "yes" : "no",
                          report->edits.rules ? report->edits.rules : ""};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) fill_text(file, fields[i]);
  arena_free(arena);
}

/* NUMBER in TEXT, "" for 0: a place that has none. */
static const char *place_number(size_t number, char text[24]) {
  text[0] = '\0';
  if (number) snprintf(text, 24, "%zu", number);
  return text;
}

static void fill_value(FILE *file, struct arena *arena, const char *report_id,
                       const struct observation *o) {
  char value[DECIMAL_TEXT_SIZE], page[24], number[24], row[24], column[24], point[24];
  const struct source_place place = o->provenance.place;
  const char *fields[] = {report_id,
                          o->variable,
                          o->category,
                          status_has_value(o->status) ? decimal_text(o->value, value) : "",
                          o->unit,
                          status_name(o->status),
                          place_locator(arena, place),
                          o->raw,
                          place_kind_name(place.kind),
                          place_number(place.page, page),
                          place_number(place.number, number),
                          place_number(place.row, row),
                          place_number(place.column, column),
                          place_number(place.point, point),
                          read_by_name(o->provenance.read_by),
                          o->provenance.rule};
  csv_write_row(file, fields, sizeof fields / sizeof *fields);
}

static void fill_values(const struct report *report, FILE *file) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < report->observations.count; i++)
    fill_value(file, arena, report->id, &report->observations.item[i]);
  arena_free(arena);
}

static void fill_kept(const struct report *report, FILE *file) {
  for (size_t i = 0; i < report->edits.kepts; i++) {
    const struct observation *o = report->edits.kept[i];
    char value[DECIMAL_TEXT_SIZE];
    fill_text(file, o->variable);
    fill_text(file, o->category);
    fill_text(file, status_name(o->status));
    fill_text(file, decimal_text(o->value, value));
  }
}

static void fill_cells(const struct report *report, FILE *file) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < report->observations.count; i++) {
    const struct observation *o = &report->observations.item[i];
    if (!status_has_value(o->status)) continue;
    char value[DECIMAL_TEXT_SIZE];
    fill_text(file, edit_cell_name(arena, o));
    fill_text(file, decimal_text(o->value, value));
  }
  arena_free(arena);
}

static void fill_failures(const struct report *report, FILE *file) {
  edit_rows_fill(file, report->id, &report->edits, "");
}

static void fill_rejects(const struct report *report, FILE *file) {
  for (size_t i = 0; i < report->rejects; i++) {
    fill_text(file, report->reject[i].reason);
    fill_text(file, report->reject[i].detail);
  }
}

void record_write(const struct report *report, FILE *file) {
  struct arena *arena = arena_new();
  write_text(file, ""); /* no failure */
  write_text(file, source_path_text(arena, report->source.path));
  write_text(file, report->source.sha256);
  write_filled(file, report, fill_rejects);
  write_text(file, report->id ? report->id : "");
  write_text(file, report->identity.division);
  write_text(file, report->identity.organ);
  write_text(file, report->identity.published);
  write_number(file, report->identity.year);
  write_number(file, report->is_corrected);
  arena_free(arena);
  if (!report->id) return;
  write_number(file, (long long)report->observations.count);
  write_number(file, (long long)report->edits.checked);
  write_number(file, (long long)report->edits.failures);
  write_filled(file, report, fill_report);
  write_filled(file, report, fill_values);
  write_filled(file, report, fill_failures);
  write_filled(file, report, fill_kept);
  write_filled(file, report, fill_cells);
}

void record_write_failure(const struct failure *failure, FILE *file) {
  write_text(file, failure->text);
}

/* ---- reading ---- */

struct record_reader {
  const char *at, *end;
  bool broken;
};

static struct bytes read_bytes(struct record_reader *reader) {
  uint64_t size = 0;
  struct bytes none = {"", 0};
  if (reader->broken || (size_t)(reader->end - reader->at) < sizeof size) {
    reader->broken = true;
    return none;
  }
  memcpy(&size, reader->at, sizeof size);
  reader->at += sizeof size;
  if (size >= (uint64_t)(reader->end - reader->at) || reader->at[size] != '\0') {
    reader->broken = true;
    return none;
  }
  struct bytes bytes = {reader->at, (size_t)size};
  reader->at += size + 1;
  return bytes;
}

static const char *read_text(struct record_reader *reader) {
  return read_bytes(reader).start;
}

static long long read_number(struct record_reader *reader) {
  return strtoll(read_text(reader), NULL, 10);
}

bool record_read(const char **bytes, const char *end, struct record *record) {
  struct record_reader reader = {*bytes, end, false};
  *record = (struct record){.failure = read_text(&reader)};
  if (*record->failure) {
    *bytes = reader.at;
    return !reader.broken;
  }
  record->source = read_text(&reader);
  record->sha256 = read_text(&reader);
  record->rejects = read_bytes(&reader);
  record->report_id = read_text(&reader);
  record->is_report = *record->report_id != '\0';
  record->division = read_text(&reader);
  record->organ = read_text(&reader);
  record->published = read_text(&reader);
  record->year = read_number(&reader);
  record->is_corrected = read_number(&reader) != 0;
  if (record->is_report) {
    record->observations = read_number(&reader);
    record->edits_checked = read_number(&reader);
    record->edits_failed = read_number(&reader);
    record->report = read_bytes(&reader);
    record->values = read_bytes(&reader);
    record->failures = read_bytes(&reader);
    record->kept = read_bytes(&reader);
    record->cells = read_bytes(&reader);
  }
  *bytes = reader.at;
  return !reader.broken;
}

static const char *next_text(const char **at) {
  const char *text = *at;
  *at += strlen(text) + 1;
  return text;
}

struct observations kept_values_read(struct arena *arena, struct bytes bytes) {
  LIST_OF(struct observation) list = {0};
  for (const char *at = bytes.start; at < bytes.start + bytes.length;) {
    struct observation observation = {.unit = "", .provenance.rule = "", .raw = ""};
    observation.variable = next_text(&at);
    observation.category = next_text(&at);
    observation.status = status_from(next_text(&at));
    const char *value = next_text(&at);
    decimal_parse(value, strlen(value), &observation.value);
    *list_add(arena, &list) = observation;
  }
  return (struct observations){.item = list.item, .count = list.count};
}
