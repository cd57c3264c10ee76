/* The way of one file through ingest, and of every file in an archive. */
#include "ingest/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/edits/deduce.h"
#include "ingest/identity/document_kind.h"
#include "ingest/identity/parts.h"
#include "ingest/intake/archive.h"
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

/* Says why a document that names neither organ nor year is none of the reports; its VALUES are
 * told. */
static void reject_unidentified(const struct document *document, const struct findings *read,
                                struct findings *findings) {
  size_t values = 0;
  const char *first = "";
  for (size_t i = 0; i < read->observations.count; i++) {
    const struct observation *o = &read->observations.item[i];
    if (!status_has_value(o->status)) continue;
    char value[DECIMAL_TEXT_SIZE];
    if (values++ == 0)
      first = arena_format(findings->arena, ", the first at %s: %s%s%s %s",
                           place_locator(findings->arena, o->provenance.place), o->variable,
                           *o->category ? "/" : "", o->category, decimal_text(o->value, value));
  }
  if (values)
    findings_reject(findings, "unidentified",
                    "neither an organ nor a year is named; %zu values were not taken%s", values,
                    first);
  else if (read->observations.count)
    findings_reject(findings, "blank_form",
                    "a form without a value, and neither an organ nor a year is named");
  else if (document_has_sentences(document))
    findings_reject(findings, "unidentified", "neither an organ nor a year is named in %zu blocks",
                    document->blocks.count);
  else
    findings_reject(findings, "list_page",
                    "a title without organ and year, and neither tables nor sentences under it");
}

/* Why DOCUMENT is no report; false where it is one. */
static bool reject_document(const struct knowledge *knowledge, const struct document *document,
                            const struct identity *identity, const struct findings *read,
                            struct findings *findings) {
  bool has_tables = read->observations.count > 0;
  const char *kind = "";
  const struct block *line = document_no_report(knowledge->document_rules, document, identity->body,
                                                has_tables, &kind, findings->arena);
  bool is_headed = *identity->title || identity->has_preamble;
  if (line)
    findings_reject(findings, kind, "%s: '%s'", block_locator(findings->arena, line, line->page),
                    text_tidy(findings->arena, document_rule_printed(line)));
  else if (!is_headed && !has_tables)
    findings_reject(findings, "not_a_report",
                    "no title of an annual report and none of its tables were found in %zu blocks",
                    document->blocks.count);
  else if (*identity->organ == '\0' && identity->year == 0)
    reject_unidentified(document, read, findings);
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

static void read_report(const struct knowledge *knowledge, const struct part_of_file *part,
                        struct findings *findings, struct report *report) {
  const struct document *document = part->document;
  report->identity = identity_read(knowledge->document_rules, knowledge->divisions, document,
                                   &part->origin, findings);
  forms_read(knowledge->forms, knowledge->codebook, knowledge->numerals, document,
             report->identity.year, findings);
  if (is_no_report(knowledge, document, &report->identity, findings)) return;
  report->is_corrected = document_is_corrected(knowledge->document_rules, document,
                                               report->identity.body, findings->arena);
  struct failure told_by_the_caller;
  if (!knowledge_wait(knowledge, &told_by_the_caller)) return;
  const struct setting setting = {report->identity.year, report->identity.organ,
                                  strcmp(report->identity.organ_kind, "office") == 0};
  prose_read(knowledge->prose_rules, document, report->identity.body, document->blocks.count,
             &setting, findings);
  report->forms = forms_of(knowledge, document, report->identity.year, findings);
  report->observations = findings_settle(findings);
  report->edits = edit_check(findings->arena, knowledge->edit_rules, &report->observations);
  told_shares_check(findings->arena, knowledge->told_rule, findings->shares.item,
                    findings->shares.count, &report->edits);
  deduce(findings->arena, knowledge->edit_rules, &report->observations);
  report->area = areas_of(knowledge, findings->arena, &report->observations);
  report->id = identity_report_id(&report->identity, findings->arena, part->mark);
}

/* ---- sources ---- */

/* How deep archives may stand in archives, and how much they may hold together. */
enum { ARCHIVE_DEPTH = 2, MEMBER_LIMIT = 20000 };
static const size_t MEMBERS_SIZE_LIMIT = (size_t)4 * 1024 * 1024 * 1024;

struct walk {
  const struct knowledge *knowledge;
  report_taker *take;
  void *context;
  size_t reports, members, unpacked;
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
    struct report report = {.source = *source, .forms = "", .identity = identity_unknown};
    struct findings findings = {.arena = document->arena};
    struct part_of_file part = {&parts.item[i].document,
                                {path, manifest_find(walk->knowledge->manifest, path), i > 0},
                                source->sha256 + i % 8 * 8};
    read_report(walk->knowledge, &part, &findings, &report);
    for (size_t j = i + 1; j < parts.count && !parts.item[j].has_title; j++)
      reject_untitled(&parts.item[j], &findings);
    give(walk, &report, &findings);
  }
}

static void read_source(struct walk *walk, struct arena *arena, const struct source *source) {
  struct document document = {.arena = arena};
  struct failure failure = {""};
  const char *reason = read_document(&document, source, &failure);
  if (!reason && document_is_traditional(&document) && knowledge_wait(walk->knowledge, &failure))
    document_simplify(walk->knowledge->traditional, &document);
  if (reason)
    reject_source(walk, arena, source, reason, &failure);
  else
    read_parts(walk, &document, source);
}

/* What macOS adds to every archive (resource forks, views of folders) was made by no one. All else
 * in an archive ends as a report or as a reject, like a file. */
static bool is_left_by_macos(const char *name) {
  const char *slash = strrchr(name, '/');
  return strncmp(name, "__MACOSX/", 9) == 0 || strstr(name, "/__MACOSX/") ||
         strcmp(slash ? slash + 1 : name, ".DS_Store") == 0;
}

/* ARCHIVE's path and the member's name, in UTF-8: archives from Chinese Windows name in GBK. */
static const char *member_path(struct arena *arena, const char *archive, const char *name) {
  char *text = source_path_text(arena, name);
  for (char *c = text; *c; c++)
    if (*c == '\\') *c = '/';
  return arena_format(arena, "%s/%s", archive, text);
}

static void read_archive(struct walk *walk, struct arena *arena, const struct source *source,
                         int depth);

static void read_any(struct walk *walk, struct arena *arena, const struct source *source,
                     int depth) {
  if (source->format == FORMAT_ZIP && depth < ARCHIVE_DEPTH)
    read_archive(walk, arena, source, depth + 1);
  else
    read_source(walk, arena, source);
}

static void read_member(struct walk *walk, struct archive *archive, size_t index,
                        const char *archive_path, int depth) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  struct source source = {.path =
                              member_path(arena, archive_path, archive_entry(archive, index).name),
                          .bytes = "",
                          .format = FORMAT_BINARY};
  const char *bytes;
  size_t size;
  const char *reason = archive_unpack(archive, index, arena, &bytes, &size, &failure);
  if (!reason) reason = source_from_bytes(source.path, bytes, size, &source, &failure);
  walk->unpacked += source.size;
  if (reason)
    reject_source(walk, arena, &source, reason, &failure);
  else
    read_any(walk, arena, &source, depth);
  arena_free(arena);
}

static bool is_full(const struct walk *walk) {
  return walk->members >= MEMBER_LIMIT || walk->unpacked >= MEMBERS_SIZE_LIMIT;
}

static const char *read_members(struct walk *walk, const struct source *source, int depth,
                                struct failure *failure) {
  struct archive *archive = archive_open(source->bytes, source->size, failure);
  if (!archive) return "unreadable_document";
  size_t before = walk->members, unread = 0;
  for (size_t i = 0; i < archive_count(archive); i++) {
    const struct archive_entry entry = archive_entry(archive, i);
    if (entry.is_folder || is_left_by_macos(entry.name)) continue;
    if (is_full(walk)) {
      unread++;
      continue;
    }
    walk->members++;
    read_member(walk, archive, i, source->path, depth);
  }
  archive_close(archive);
  if (unread) {
    failure_set(failure,
                "at most %d files and %zu bytes are read from an archive; %zu files behind these "
                "were left. Split it.",
                MEMBER_LIMIT, MEMBERS_SIZE_LIMIT, unread);
    return "too_large";
  }
  if (walk->members > before) return NULL;
  failure_set(failure, "the archive holds no files");
  return "empty";
}

static void read_archive(struct walk *walk, struct arena *arena, const struct source *source,
                         int depth) {
  struct failure failure = {""};
  const char *reason = read_members(walk, source, depth, &failure);
  if (reason) reject_source(walk, arena, source, reason, &failure);
}

size_t report_read_source(const struct knowledge *knowledge, struct arena *arena,
                          const struct source *source, const char *reason,
                          const struct failure *failure, report_taker *take, void *context) {
  struct walk walk = {.knowledge = knowledge, .take = take, .context = context};
  if (reason)
    reject_source(&walk, arena, source, reason, failure);
  else
    read_any(&walk, arena, source, 0);
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
