/* The way of one file through ingest. */
#include "ingest/report.h"

#include <string.h>

#include "ingest/readers/text.h"

/* Reads SOURCE by its format. On failure returns the reject reason, with the detail in FAILURE. */
static const char *read_document(const struct source *source, struct document *document,
                                 struct failure *failure) {
  if (source->format != FORMAT_TEXT) {
    failure_set(failure, "the file is %s; save it as text and give that",
                source_format_name(source->format));
    return "unsupported_format";
  }
  const char *text = source_text(document->arena, source);
  if (!text) {
    failure_set(failure, "save the file as UTF-8 text and give that");
    return "undecodable_text";
  }
  read_text(document, text);
  return NULL;
}

/* The forms that alone print some variable of the report, in order. */
static const char *forms_of(const struct findings *findings) {
  const char *forms = "";
  static const char *const known[] = {"2014", "2019", "2021"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    bool found = false;
    for (size_t j = 0; j < findings->sections.count; j++)
      found |= strcmp(findings->sections.item[j].forms, known[i]) == 0;
    if (found) forms = arena_format(findings->arena, "%s%s%s", forms, *forms ? " " : "", known[i]);
  }
  return forms;
}

static void read_report(const struct knowledge *knowledge, const struct document *document,
                        struct findings *findings, struct report *report) {
  report->identity =
      identity_read(knowledge->document_rules, knowledge->divisions, document, findings);
  forms_read(knowledge->forms, knowledge->codebook, knowledge->numerals, document, findings);
  bool has_tables = findings->observations.count > 0;
  if (*report->identity.title == '\0' && !has_tables) {
    findings->rejects.count = 0; /* what is in a file that is no report is of no interest */
    findings_reject(findings, "not_a_report",
                    "no title of an annual report and none of its tables were found in %zu blocks",
                    document->blocks.count);
    return;
  }
  prose_read(knowledge->prose_rules, document, report->identity.body, document->blocks.count,
             report->identity.year, findings);
  report->forms = forms_of(findings);
  report->observations = findings_settle(findings);
  report->edits = edit_check(findings->arena, knowledge->edit_rules, &report->observations);
  report->id = identity_report_id(&report->identity, findings->arena, report->source.sha256);
}

struct report report_read(const struct knowledge *knowledge, struct arena *arena,
                          const char *path) {
  struct report report = {.forms = ""};
  struct findings findings = {.arena = arena};
  struct document document = {.arena = arena};
  struct failure failure = {""};
  const char *reason = source_read(arena, path, &report.source, &failure);
  if (!reason) reason = read_document(&report.source, &document, &failure);
  if (reason)
    findings_reject(&findings, reason, "%s", failure.text);
  else
    read_report(knowledge, &document, &findings, &report);
  report.reject = findings.rejects.item;
  report.rejects = findings.rejects.count;
  return report;
}

struct document *report_document(struct arena *arena, const char *path, struct failure *failure) {
  struct source source;
  struct document *document = arena_alloc(arena, sizeof *document);
  document->arena = arena;
  const char *reason = source_read(arena, path, &source, failure);
  if (!reason) reason = read_document(&source, document, failure);
  return reason ? NULL : document;
}
