/* The way of one file through ingest. */
#include "ingest/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/edits/area_sources.h"
#include "ingest/edits/deduce.h"
#include "ingest/edits/told_shares.h"
#include "ingest/identity/document_kind.h"
#include "ingest/identity/parts.h"
#include "ingest/identity/scope.h"
#include "ingest/prose/narrative.h"
#include "ingest/readers/readers.h"

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The forms that alone print some variable of the report, in order; "" where no table of any form
 * stands in it, ANY saying whether one that all share does. */
static const char *forms_read_of(const struct findings *findings, bool *any) {
  LIST_OF(const char *) names = {0};
  const char *forms = "";
  for (size_t i = 0; i < findings->sections.count; i++) {
    const char *name = findings->sections.item[i].forms;
    if (strcmp(name, "any") == 0) continue;
    *any = true;
    if (!strchr(name, ' ')) *list_add(findings->arena, &names) = name;
  }
  if (names.count == 0) return "";
  qsort(names.item, names.count, sizeof *names.item, compare_names);
  for (size_t i = 0; i < names.count; i++)
    if (i == 0 || strcmp(names.item[i], names.item[i - 1]) != 0)
      forms = arena_format(findings->arena, "%s%s%s", forms, *forms ? " " : "", names.item[i]);
  return forms;
}

/* "free" where no form was meant; a report whose tables were lost keeps the form whose headings it
 * has, and says so. */
static const char *forms_of(const struct knowledge *knowledge, const struct document *document,
                            int year, struct findings *findings) {
  bool any = false;
  const char *forms = forms_read_of(findings, &any);
  if (any) return forms;
  const struct block *heading = NULL;
  forms = document_form_meant(knowledge->document_rules, document, year, &heading, findings->arena);
  if (*forms == '\0') return "free";
  findings_reject(findings, "tables_lost",
                  "%s: '%s' is a heading of the form of %s, but none of its tables was read",
                  block_locator(findings->arena, heading, heading->page),
                  text_tidy(findings->arena, heading->text), forms);
  return forms;
}

static size_t count_values(const struct findings *read) {
  size_t values = 0;
  for (size_t i = 0; i < read->observations.count; i++)
    values += status_has_value(read->observations.item[i].status);
  return values;
}

/* The first of the values of READ, for people who look for it. */
static const char *first_value(const struct findings *read, struct arena *arena) {
  for (size_t i = 0; i < read->observations.count; i++) {
    const struct observation *o = &read->observations.item[i];
    if (!status_has_value(o->status)) continue;
    char value[DECIMAL_TEXT_SIZE];
    return arena_format(arena, "%s: %s%s%s %s", place_locator(arena, o->provenance.place),
                        o->variable, *o->category ? "/" : "", o->category,
                        decimal_text(o->value, value));
  }
  return "";
}

/* Says why a document that names neither organ nor year is no report; the VALUES that stand in it
 * are told. */
static void reject_unidentified(const struct document *document, const struct findings *read,
                                size_t values, struct findings *findings) {
  if (values)
    findings_reject(findings, "unidentified",
                    "neither an organ nor a year is named; %zu values were not taken, the first at "
                    "%s",
                    values, first_value(read, findings->arena));
  else if (read->observations.count)
    findings_reject(findings, "blank_form",
                    "a form without a value, and neither an organ nor a year is named");
  else
    findings_reject(findings, "unidentified", "neither an organ nor a year is named in %zu blocks",
                    document->blocks.count);
}

/* True where DOCUMENT is nothing but titles: without a year, or of several years. */
static bool is_list(const struct document_rules *rules, const struct document *document,
                    const struct identity *identity, struct arena *arena) {
  return *identity->title && !identity->is_told && !document_has_sentences(document) &&
         (identity->year == 0 || document_years(rules, document, FIELD_TITLE, arena) > 1);
}

/* Why DOCUMENT is no report; false where it is one. */
static bool reject_document(const struct knowledge *knowledge, const struct document *document,
                            const struct identity *identity, const struct findings *read,
                            struct findings *findings) {
  const struct document_rules *rules = knowledge->document_rules;
  struct arena *arena = findings->arena;
  bool has_tables = read->observations.count > 0, is_known = *identity->organ || identity->year;
  size_t values = count_values(read);
  const char *kind = "";
  const struct block *line =
      document_no_report(rules, document, identity->body, has_tables, &kind, arena);
  bool is_filled_in = line && strcmp(kind, "blank_form") == 0 && values && is_known;
  bool is_headed = *identity->title || identity->has_preamble || identity->is_told;
  if (line && !is_filled_in)
    findings_reject(findings, kind, "%s: '%s'", block_locator(arena, line, line->page),
                    text_tidy(arena, document_rule_printed(line)));
  else if (!is_headed && !has_tables)
    findings_reject(findings, "not_a_report",
                    "no title of an annual report and none of its tables were found in %zu blocks",
                    document->blocks.count);
  else if (!has_tables && is_list(rules, document, identity, arena))
    findings_reject(findings, "list_page", "titles, and neither tables nor sentences under them");
  else if (!has_tables && !document_has_content(rules, document, arena))
    findings_reject(findings, "title_only",
                    "'%s' and nothing under it; the report may be an attachment or a picture",
                    identity->title);
  else if (identity->year == 0 && document_years(rules, document, FIELD_YEAR_HEADING, arena) > 1)
    findings_reject(findings, "comparison",
                    "several years stand side by side; %zu values were "
                    "not taken",
                    values);
  else if (!is_known)
    reject_unidentified(document, read, values, findings);
  return findings->rejects.count > 0;
}

/* True where DOCUMENT is no report; then the one reject among FINDINGS says why. */
static bool is_no_report(const struct knowledge *knowledge, const struct document *document,
                         const struct identity *identity, struct findings *findings) {
  struct findings why = {.arena = findings->arena};
  if (!reject_document(knowledge, document, identity, findings, &why)) return false;
  findings->rejects = why.rejects; /* what else is in such a file is of no interest */
  return true;
}

/* What tells reports apart that stand in one file. */
struct part_of_file {
  const struct document *document;
  struct origin origin;
  const char *mark; /* for the ids of unknown organs */
  struct scopes scopes;
};

/* Of each observation by area, what the vocabulary calls the area. */
static const char *const *areas_of(const struct knowledge *knowledge, struct arena *arena,
                                   const struct observations *observations) {
  const struct prose_rules *rules = knowledge->prose_rules;
  const char **area = arena_array(arena, observations->count + 1, sizeof *area);
  for (size_t i = 0; i < observations->count; i++) {
    const struct observation *o = &observations->item[i];
    bool is_area = strcmp(o->variable, rules->area->id) == 0;
    area[i] = is_area ? area_names_find(rules->area_names, o->category) : "";
  }
  return area;
}

/* What follows from the values found: the report is whole then. */
static void settle_report(const struct knowledge *knowledge, const struct part_of_file *part,
                          struct findings *findings, struct report *report) {
  report->forms = forms_of(knowledge, part->document, report->identity.year, findings);
  report->observations = findings_settle(findings);
  deduce(findings->arena, knowledge->edit_rules, &report->observations);
  report->edits = edit_check(findings->arena, knowledge->edit_rules, &report->observations);
  told_shares_check(findings->arena, &knowledge->told_rules->share, findings->shares.item,
                    findings->shares.count, &report->edits);
  area_sources_check(&knowledge->told_rules->area_sources, knowledge->prose_rules->area, findings,
                     &report->edits);
  report->area = areas_of(knowledge, findings->arena, &report->observations);
  report->mark = identity_mark(&report->identity, findings->arena, part->mark);
  report->id = identity_report_id(&report->identity, findings->arena, part->mark);
}

/* Sets of what scope REPORT is. A report that is aside is named so, as it is another series. */
static void set_scope(struct report *report, enum scope scope, bool is_told_by_table,
                      struct arena *arena) {
  struct identity *identity = &report->identity;
  identity->scope = scope_name(scope);
  identity->is_aside = is_told_by_table && scope != scope_of_kind(identity->organ_kind);
  if (!identity->is_aside) return;
  if (scope == SCOPE_OWN) identity->organ_kind = "office"; /* none of the governments compared */
  identity->organ =
      *identity->organ ? arena_format(arena, "%s（%s）", identity->organ, scope_label(scope)) : "";
}

/* The tables of DOCUMENT, but for those of SCOPE where it holds tables of both. */
static void read_tables(const struct knowledge *knowledge, const struct document *document,
                        const struct scopes *scopes, enum scope scope, int year,
                        struct findings *findings) {
  struct document rest = *document;
  if (scopes->has_own && scopes->has_all) {
    rest = document_of_scope(document, scopes, scope, false, findings->arena);
    scope_leave_out(document, scopes, scope, findings);
  }
  forms_read(knowledge->forms, knowledge->codebook, knowledge->numerals, &rest, year, findings);
}

/* The scope of tables that are not those of REPORT, where its document holds both. */
static enum scope other_scope(const struct report *report) {
  return scope_of_kind(report->identity.organ_kind) == SCOPE_ALL ? SCOPE_OWN : SCOPE_ALL;
}

static void read_report(const struct knowledge *knowledge, const struct part_of_file *part,
                        struct findings *findings, struct report *report) {
  const struct document *document = part->document;
  const struct scopes *scopes = &part->scopes;
  report->identity = identity_read(knowledge->document_rules, knowledge->divisions, document,
                                   &part->origin, findings);
  read_tables(knowledge, document, scopes, other_scope(report), report->identity.year, findings);
  if (is_no_report(knowledge, document, &report->identity, findings)) return;
  report->is_corrected = document_is_corrected(knowledge->document_rules, document,
                                               report->identity.body, findings->arena);
  struct failure told_by_the_caller = {""};
  if (!knowledge_wait(knowledge, &told_by_the_caller)) return;
  const struct setting setting = {report->identity.year, report->identity.organ,
                                  strcmp(report->identity.organ_kind, "office") == 0};
  prose_read(knowledge->prose_rules, document, report->identity.body, document->blocks.count,
             &setting, findings);
  bool has_both = scopes->has_own && scopes->has_all;
  enum scope scope =
      has_both ? scope_of_kind(report->identity.organ_kind)
               : scope_of_report(knowledge->document_rules, document, scopes, findings->arena);
  set_scope(report, scope, scopes->has_own != scopes->has_all, findings->arena);
  settle_report(knowledge, part, findings, report);
}

/* The tables of the other scope in the document of REPORT, as a report of their own. False where
 * they hold no values. */
static bool read_aside(const struct knowledge *knowledge, const struct part_of_file *part,
                       const struct report *report, struct findings *findings,
                       struct report *aside) {
  struct document tables =
      document_of_scope(part->document, &part->scopes, other_scope(report), true, findings->arena);
  struct part_of_file own = *part;
  own.document = &tables;
  *aside = (struct report){
      .source = report->source, .identity = report->identity, .is_corrected = report->is_corrected};
  forms_read(knowledge->forms, knowledge->codebook, knowledge->numerals, &tables,
             report->identity.year, findings);
  if (findings->observations.count == 0) return false;
  set_scope(aside, other_scope(report), true, findings->arena);
  settle_report(knowledge, &own, findings, aside);
  return true;
}

/* ---- sources ---- */

struct walk {
  const struct knowledge *knowledge;
  report_taker *take;
  void *context;
  size_t reports;
};

static void give(struct walk *walk, struct report *report, const struct findings *findings) {
  report->reject = findings->rejects.item;
  report->rejects = findings->rejects.count;
  report->quantity = findings->quantities.item;
  report->quantities = findings->quantities.count;
  walk->reports += report->id != NULL;
  walk->take(walk->context, report);
}

static void reject_source(struct walk *walk, struct arena *arena, const struct source *source,
                          const char *reason, const struct failure *failure) {
  struct report report = {.source = *source, .forms = "", .identity = identity_unknown};
  struct findings findings = {.arena = arena};
  findings_reject(&findings, reason, "%s", failure->text);
  give(walk, &report, &findings);
}

/* Nobody knows whose the values of NEXT are: REPORT, which stands before it in the file, tells. */
static void reject_untitled(const struct part *next, struct findings *findings) {
  const struct block *first = next->document.blocks.item;
  findings_reject(findings, "report_without_title",
                  "%s: another report begins, and no title says whose; its values were not taken",
                  block_locator(findings->arena, first, first->page));
}

static void read_parts(struct walk *walk, const struct document *document,
                       const struct source *source) {
  if (!knowledge_wait_for_forms(walk->knowledge)) return; /* the caller tells it */
  struct parts parts = document_parts(walk->knowledge, document, document->arena);
  const char *path = source_path_text(document->arena, source->path);
  for (size_t i = 0; i < parts.count; i++) {
    if (!parts.item[i].has_title) continue;
    struct report report = {.document = &parts.item[i].document,
                            .file = document,
                            .source = *source,
                            .forms = "",
                            .identity = identity_unknown};
    struct findings findings = {.arena = document->arena};
    struct part_of_file part = {
        &parts.item[i].document,
        {path, manifest_find(walk->knowledge->manifest, path), i > 0},
        source->sha256 + i % 8 * 8,
        scopes_read(walk->knowledge->document_rules, &parts.item[i].document, document->arena)};
    read_report(walk->knowledge, &part, &findings, &report);
    for (size_t j = i + 1; j < parts.count && !parts.item[j].has_title; j++)
      reject_untitled(&parts.item[j], &findings);
    give(walk, &report, &findings);
    struct findings of_tables = {.arena = document->arena};
    struct report aside;
    if (report.id && part.scopes.has_own && part.scopes.has_all &&
        read_aside(walk->knowledge, &part, &report, &of_tables, &aside))
      give(walk, &aside, &of_tables);
  }
}

static void read_source(struct walk *walk, struct arena *arena, const struct source *source) {
  struct document *document = arena_alloc(arena, sizeof *document); /* reports point into it */
  document->arena = arena;
  struct failure failure = {""};
  const char *reason = read_document(document, source, &failure);
  if (!reason && document_is_traditional(document) && knowledge_wait(walk->knowledge, &failure))
    document_simplify(walk->knowledge->traditional, document);
  if (reason)
    reject_source(walk, arena, source, reason, &failure);
  else
    read_parts(walk, document, source);
}

size_t report_read_source(const struct knowledge *knowledge, struct arena *arena,
                          const struct source *source, const char *reason,
                          const struct failure *failure, report_taker *take, void *context) {
  struct walk walk = {.knowledge = knowledge, .take = take, .context = context};
  if (reason)
    reject_source(&walk, arena, source, reason, failure);
  else
    read_source(&walk, arena, source);
  return walk.reports;
}

size_t report_read(const struct knowledge *knowledge, struct arena *arena, const char *path,
                   report_taker *take, void *context) {
  struct failure failure = {""};
  struct source source;
  const char *reason = source_read(arena, path, &source, &failure);
  return report_read_source(knowledge, arena, &source, reason, &failure, take, context);
}

struct document *report_document(struct arena *arena, const char *path, struct failure *failure) {
  struct source source;
  struct document *document = arena_alloc(arena, sizeof *document);
  document->arena = arena;
  const char *reason = source_read(arena, path, &source, failure);
  if (!reason) reason = read_document(document, &source, failure);
  return reason ? NULL : document;
}
