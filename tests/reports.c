/* Shared by the tests of ingest. The tests run from the project's root. */
#include "tests/reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ingest/readers/text/text.h"

static struct knowledge *knowledge;

const struct knowledge *the_knowledge(void) {
  struct failure failure = {""};
  if (!knowledge) knowledge = knowledge_load("datasets", &failure);
  if (!knowledge) fail_msg("%s", failure.text);
  return knowledge;
}

void forget_knowledge(void) {
  knowledge_free(knowledge);
  knowledge = NULL;
}

struct document *document_from(struct arena *arena, const char *text) {
  struct document *document = arena_alloc(arena, sizeof *document);
  document->arena = arena;
  read_text(document, text);
  return document;
}

static void keep_report(void *context, const struct report *report) {
  struct report *kept = context;
  if (kept->source.path) fail_msg("%s gives more than one report", kept->source.path);
  *kept = *report;
}

struct report report_at(struct arena *arena, const char *path) {
  struct report report = {0};
  report_read(the_knowledge(), arena, path, keep_report, &report);
  assert_non_null(report.source.path);
  return report;
}

struct report report_from(struct arena *arena, const char *text) {
  char path[] = "/tmp/ogistat-test-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
  close(file);
  struct report report = report_at(arena, arena_text(arena, path));
  unlink(path);
  return report;
}

const char *value_of(struct arena *arena, const struct report *report, const char *variable,
                     const char *category) {
  const struct observation *found = observation_find(&report->observations, variable, category);
  if (!found) return "(absent)";
  char text[DECIMAL_TEXT_SIZE];
  if (!status_has_value(found->status))
    return arena_format(arena, "(%s)", status_name(found->status));
  return arena_text(arena, decimal_text(found->value, text));
}

bool was_rejected(const struct report *report, const char *reason) {
  for (size_t i = 0; i < report->rejects; i++)
    if (strcmp(report->reject[i].reason, reason) == 0) return true;
  return false;
}

char *whole_file(struct arena *arena, const char *path) {
  struct source source;
  struct failure failure = {""};
  if (source_read(arena, path, &source, &failure)) fail_msg("%s: %s", path, failure.text);
  return arena_bytes(arena, source.bytes, source.size);
}

void assert_same_values(const char *style, const struct report *report,
                        const struct report *expected) {
  (void)style; /* the analyzer sees no fail_msg */
  size_t from_tables = 0;
  for (size_t i = 0; i < expected->observations.count; i++) {
    const struct observation *want = &expected->observations.item[i];
    if (want->provenance.place.kind == PLACE_CHART) continue;
    from_tables++;
    const struct observation *got =
        observation_find(&report->observations, want->variable, want->category);
    if (!got) fail_msg("%s: %s/%s is missing", style, want->variable, want->category);
    if (!got || got->status != want->status || decimal_compare(got->value, want->value) != 0 ||
        strcmp(got->unit, want->unit) != 0)
      fail_msg("%s: %s/%s differs", style, want->variable, want->category);
  }
  if (report->observations.count != from_tables)
    fail_msg("%s: %zu values, not %zu", style, report->observations.count, from_tables);
  if (strcmp(report->id, expected->id) != 0) fail_msg("%s: %s", style, report->id);
}

const char *rows_of(struct arena *arena, const struct report *report) {
  const char *rows = "";
  char value[DECIMAL_TEXT_SIZE];
  for (size_t i = 0; i < report->observations.count; i++) {
    const struct observation *o = &report->observations.item[i];
    rows = arena_format(arena, "%s%s,%s,%s,%s,%s\n", rows, o->variable, o->category,
                        status_has_value(o->status) ? decimal_text(o->value, value) : "", o->unit,
                        status_name(o->status));
  }
  return rows;
}
