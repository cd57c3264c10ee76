/* Writing and reading records. Both ends are this program, so the format is its own. */
#include "ingest/dataset/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/named_row.h"
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
static void write_filled(FILE *file, const struct report *report, const struct schema *schema,
                         void (*fill)(const struct report *report, const struct schema *schema,
                                      FILE *file)) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&bytes, &length);
  if (!memory) out_of_memory();
  fill(report, schema, memory);
  if (fclose(memory) != 0) out_of_memory();
  write_bytes(file, bytes, length);
  free(bytes);
}

static void fill_text(FILE *file, const char *text) {
  fwrite(text, 1, strlen(text) + 1, file);
}

static void fill_number(FILE *file, size_t number) {
  fprintf(file, "%zu%c", number, '\0');
}

/* A column of reports.csv. */
static void fill_column(FILE *file, const char *name, const char *text) {
  fill_text(file, name);
  fill_text(file, text);
}

static void fill_report(const struct report *report, const struct schema *schema, FILE *file) {
  (void)schema;
  struct arena *arena = arena_new();
  const struct identity *identity = &report->identity;
  fill_column(file, "report_id", report->id);
  fill_column(file, "division", identity->division);
  fill_column(file, "organ", identity->organ);
  if (identity->year) fill_column(file, "year", arena_format(arena, "%d", identity->year));
  fill_column(file, "forms", report->forms);
  fill_column(file, "title", identity->title);
  fill_column(file, "period_start", identity->period_start);
  fill_column(file, "period_end", identity->period_end);
  fill_column(file, "published", identity->published);
  fill_column(file, "source", source_path_text(arena, report->source.path));
  fill_column(file, "sha256", report->source.sha256);
  fill_column(file, "format", source_format_name(report->source.format));
  fill_column(file, "organ_kind", identity->organ_kind);
  fill_column(file, "division_by", identity->division_by);
  fill_column(file, "corrected", report->is_corrected ? "yes" : "no");
  fill_column(file, "site", identity->site);
  fill_column(file, "scope", identity->scope);
  arena_free(arena);
}

/* In a column of numbers 0 is none. */
static void fill_place_number(struct named_row *row, const char *column, size_t number) {
  if (number) named_row_number(row, column, (long long)number);
}

static void fill_value(struct named_row *row, struct arena *arena, const char *report_id,
                       const struct observation *o, FILE *file) {
  const struct source_place place = o->provenance.place;
  named_row_text(row, "report_id", report_id);
  named_row_text(row, "variable", o->variable);
  named_row_text(row, "category", o->category);
  if (status_has_value(o->status)) named_row_decimal(row, "value", o->value);
  named_row_text(row, "unit", o->unit);
  named_row_text(row, "status", status_name(o->status));
  named_row_text(row, "locator", place_locator(arena, place));
  named_row_text(row, "raw", o->raw);
  named_row_text(row, "place_kind", place_kind_name(place.kind));
  fill_place_number(row, "page", place.page);
  fill_place_number(row, "place_number", place.number);
  fill_place_number(row, "row", place.row);
  fill_place_number(row, "column", place.column);
  fill_place_number(row, "point", place.point);
  named_row_text(row, "read_by", read_by_name(o->provenance.read_by));
  named_row_text(row, "rule", o->provenance.rule);
  named_row_write(row, file);
}

static void fill_values(const struct report *report, const struct schema *schema, FILE *file) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "observations.csv");
  for (size_t i = 0; i < report->observations.count; i++)
    fill_value(row, arena, report->id, &report->observations.item[i], file);
  arena_free(arena);
}

static void fill_year_values(const struct report *report, const struct schema *schema, FILE *file) {
  (void)schema;
  for (size_t i = 0; i < report->edits.year_values; i++) {
    const struct observation *o = report->edits.year_value[i];
    char value[DECIMAL_TEXT_SIZE];
    fill_text(file, o->variable);
    fill_text(file, o->category);
    fill_text(file, status_name(o->status));
    fill_text(file, decimal_text(o->value, value));
  }
}

static void fill_quantity(struct named_row *row, struct arena *arena, const struct quantity *q,
                          FILE *file) {
  named_row_text(row, "locator", place_locator(arena, q->place));
  named_row_text(row, "clause", q->clause);
  if (status_has_value(q->status)) named_row_decimal(row, "value", q->value);
  named_row_text(row, "unit", q->unit);
  named_row_text(row, "what", q->what);
  named_row_text(row, "whom", q->whom);
  named_row_text(row, "channel", q->channel);
  named_row_text(row, "period", q->period);
  named_row_text(row, "of", q->of);
  named_row_text(row, "kind", q->kind);
  named_row_text(row, "variable", q->variable);
  named_row_text(row, "rule", q->rule);
  named_row_text(row, "reason", q->reason);
  named_row_text(row, "category", q->category);
  named_row_text(row, "action", q->action);
  named_row_text(row, "detail", q->detail);
  named_row_text(row, "organ", q->organ);
  named_row_text(row, "status", status_name(q->status));
  named_row_text(row, "printed", q->printed);
  named_row_write(row, file);
}

static void fill_quantities(const struct report *report, const struct schema *schema, FILE *file) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "quantities.csv");
  for (size_t i = 0; i < report->quantities; i++) {
    named_row_text(row, "report_id", report->id);
    named_row_number(row, "number", (long long)i + 1);
    fill_quantity(row, arena, &report->quantity[i], file);
  }
  arena_free(arena);
}

static void fill_key_area(struct named_row *row, const struct observation *o, const char *area,
                          FILE *file) {
  named_row_text(row, "variable", o->variable);
  named_row_text(row, "category", o->category);
  named_row_text(row, "area", area);
  if (status_has_value(o->status)) named_row_decimal(row, "value", o->value);
  named_row_text(row, "status", status_name(o->status));
  named_row_text(row, "read_by", read_by_name(o->provenance.read_by));
  named_row_write(row, file);
}

static void fill_key_areas(const struct report *report, const struct schema *schema, FILE *file) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "key_areas.csv");
  for (size_t i = 0; i < report->observations.count; i++) {
    const struct observation *o = &report->observations.item[i];
    if (strcmp(o->variable, "key_area.items") != 0) continue;
    named_row_text(row, "report_id", report->id);
    fill_key_area(row, o, report->area[i], file);
  }
  arena_free(arena);
}

/* "variable" or "variable/category". */
static void fill_panel_column(const struct observation *o, FILE *file) {
  fprintf(file, "%s%s%s%c", o->variable, *o->category ? "/" : "", o->category, '\0');
}

static void fill_panel(const struct report *report, const struct schema *schema, FILE *file) {
  (void)schema;
  for (size_t i = 0; i < report->observations.count; i++) {
    const struct observation *o = &report->observations.item[i];
    if (!status_has_value(o->status)) continue;
    char value[DECIMAL_TEXT_SIZE];
    fill_panel_column(o, file);
    fill_text(file, decimal_text(o->value, value));
  }
}

static void fill_failures(const struct report *report, const struct schema *schema, FILE *file) {
  edit_rows_fill(file, schema, report->id, &report->edits, "");
}

static void fill_rule_counts(const struct report *report, const struct schema *schema, FILE *file) {
  (void)schema;
  for (size_t i = 0; i < report->edits.rules; i++) {
    fill_text(file, report->edits.rule[i].rule);
    fill_number(file, report->edits.rule[i].checked);
  }
}

static void fill_change(struct named_row *row, const char *report_id,
                        const struct numbered_set *set, const struct value_change *change,
                        FILE *file) {
  named_row_text(row, "report_id", report_id);
  named_row_number(row, "change_set", (long long)set->change_set);
  named_row_number(row, "alternative", (long long)set->alternative);
  named_row_text(row, "variable", change->cell->variable);
  named_row_text(row, "category", change->cell->category);
  if (change->determined) named_row_decimal(row, "suggested", change->value);
  named_row_write(row, file);
}

static void fill_change_sets(const struct report *report, const struct schema *schema, FILE *file) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "change_sets.csv");
  for (size_t i = 0; i < report->edits.sets; i++)
    for (size_t j = 0; j < report->edits.set[i].set.changes; j++)
      fill_change(row, report->id, &report->edits.set[i], &report->edits.set[i].set.change[j],
                  file);
  arena_free(arena);
}

static void fill_rejects(const struct report *report, const struct schema *schema, FILE *file) {
  (void)schema;
  for (size_t i = 0; i < report->rejects; i++) {
    fill_text(file, report->reject[i].reason);
    fill_text(file, report->reject[i].detail);
  }
}

void record_write(const struct report *report, const struct schema *schema, FILE *file) {
  struct arena *arena = arena_new();
  write_text(file, ""); /* no failure */
  write_text(file, source_path_text(arena, report->source.path));
  write_text(file, report->source.sha256);
  write_filled(file, report, schema, fill_rejects);
  write_text(file, report->id ? report->id : "");
  write_text(file, report->identity.division);
  write_text(file, report->identity.organ);
  write_text(file, report->identity.division_by);
  write_text(file, report->identity.site);
  write_text(file, report->identity.level);
  write_text(file, report->identity.published);
  write_number(file, report->identity.year);
  write_number(file, report->is_corrected);
  arena_free(arena);
  if (!report->id) return;
  write_text(file, report->mark);
  write_number(file, (long long)report->observations.count);
  write_number(file, (long long)report->edits.checked);
  write_number(file, (long long)report->edits.failures);
  write_filled(file, report, schema, fill_report);
  write_filled(file, report, schema, fill_values);
  write_filled(file, report, schema, fill_failures);
  write_filled(file, report, schema, fill_change_sets);
  write_filled(file, report, schema, fill_rule_counts);
  write_filled(file, report, schema, fill_year_values);
  write_filled(file, report, schema, fill_panel);
  write_filled(file, report, schema, fill_quantities);
  write_filled(file, report, schema, fill_key_areas);
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
  record->division_by = read_text(&reader);
  record->site = read_text(&reader);
  record->level = read_text(&reader);
  record->published = read_text(&reader);
  record->year = read_number(&reader);
  record->is_corrected = read_number(&reader) != 0;
  if (record->is_report) {
    record->mark = read_text(&reader);
    record->observations = read_number(&reader);
    record->edits_checked = read_number(&reader);
    record->edits_failed = read_number(&reader);
    record->report = read_bytes(&reader);
    record->values = read_bytes(&reader);
    record->failures = read_bytes(&reader);
    record->change_sets = read_bytes(&reader);
    record->rule_counts = read_bytes(&reader);
    record->year_values = read_bytes(&reader);
    record->panel = read_bytes(&reader);
    record->quantities = read_bytes(&reader);
    record->key_areas = read_bytes(&reader);
  }
  *bytes = reader.at;
  return !reader.broken;
}

static const char *next_text(const char **at) {
  const char *text = *at;
  *at += strlen(text) + 1;
  return text;
}

struct observations year_values_read(struct arena *arena, struct bytes bytes) {
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
