/* Says what is on a page. Knows sections, and not how they are made or written. */
#include "brief/page/briefing.h"

#include <stdlib.h>
#include <string.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"
#include "core/base/uri.h"

/* ---- what leads to other pages ---- */

struct paths {
  const struct draft *draft;
  LIST_OF(struct link_text) list;
};

static const char *address(const struct draft *draft, const char *subject, enum language language) {
  struct arena *arena = draft->arena;
  return arena_format(arena, "%s.html", uri_escape(arena, page_name(arena, subject, language)));
}

static void add_path(struct paths *paths, const char *text, const char *subject,
                     enum language language) {
  *list_add(paths->draft->arena, &paths->list) =
      (struct link_text){text, address(paths->draft, subject, language)};
}

static const char *year_words(const struct draft *draft, const char *key,
                              const struct brief_report *report) {
  const struct filling fillings[] = {{"year", report->row[REPORT_YEAR]}, {NULL, NULL}};
  return brief_fill(draft->arena, draft->material, key, fillings);
}

/* True where charts were drawn in LANGUAGE: so there are pages in it, or will be. */
static bool has_language(const struct material *material, enum language language) {
  struct record_span rows = records_all(material->table[TABLE_CHARTS]);
  for (size_t i = 0; i < rows.count; i++)
    if (strcmp(rows.row[i][CHART_LANGUAGE], language_name(language)) == 0) return true;
  return false;
}

static void add_paths(struct draft *draft, const char *subject, const struct brief_report *report) {
  const struct material *material = draft->material;
  struct paths paths = {.draft = draft};
  enum language own = material->language, other = own == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
  if (strcmp(subject, "index") != 0)
    add_path(&paths, brief_words(material, "to_index"), "index", own);
  if (strcmp(subject, "all") != 0) add_path(&paths, brief_words(material, "to_all"), "all", own);
  if (report && report->before)
    add_path(&paths, year_words(draft, "to_before", report->before), report->before->row[REPORT_ID],
             own);
  if (report && report->after)
    add_path(&paths, year_words(draft, "to_after", report->after), report->after->row[REPORT_ID],
             own);
  if (has_language(material, other))
    add_path(&paths, brief_words(material, "to_other_language"), subject, other);
  draft->page->paths = paths.list.item;
  draft->page->path_count = paths.list.count;
}

/* ---- pages ---- */

static struct draft begin(struct arena *arena, const struct material *material, const char *subject,
                          const struct brief_report *report) {
  struct draft draft = draft_begin(arena, material, page_name(arena, subject, material->language));
  add_paths(&draft, subject, report);
  return draft;
}

static void add_sentences(struct draft *draft, const struct sentence_rules *rules, const char *page,
                          const struct facts *facts) {
  size_t count;
  const struct link_text *sentences = sentences_choose(draft->arena, rules, page, facts, &count);
  draft_heading(draft, 2, "sentences");
  draft_sentences(draft, sentences, count);
}

const struct page *briefing_report(struct arena *arena, const struct material *material,
                                   const struct sentence_rules *rules,
                                   const struct brief_report *report) {
  const char *const *row = report->row;
  struct draft draft = begin(arena, material, row[REPORT_ID], report);
  const struct filling fillings[] = {{"organ", row[REPORT_ORGAN]},
                                     {"year", row[REPORT_YEAR]},
                                     {"source", report->source},
                                     {"division", row[REPORT_DIVISION]},
                                     {NULL, NULL}};
  draft.page->title = brief_fill(arena, material, "title_report", fillings);
  draft.page->subtitle = brief_fill(arena, material, "subtitle_report", fillings);
  add_sentences(&draft, rules, "report", facts_of_report(arena, material, report));
  const char *subjects[] = {row[REPORT_ID], report->series};
  section_charts(&draft, subjects, 2);
  section_indicators(&draft, report);
  section_comparisons(&draft, report);
  section_values(&draft, report);
  section_quality(&draft, report);
  section_methods(&draft, 1U << TABLE_INDICATORS | 1U << TABLE_CHANGES | 1U << TABLE_COMPARISONS |
                              1U << TABLE_QUALITY);
  section_files(&draft, report);
  draft_end(&draft);
  return draft.page;
}

const struct page *briefing_all(struct arena *arena, const struct material *material,
                                const struct sentence_rules *rules) {
  struct draft draft = begin(arena, material, "all", NULL);
  struct whole whole = facts_whole(material);
  const char *governments =
      brief_words(material, arena_format(arena, "governments_%s", whole.governments));
  const struct filling fillings[] = {
      {"year", whole.year}, {"governments", governments}, {NULL, NULL}};
  draft.page->title = brief_words(material, "title_all");
  draft.page->subtitle = brief_fill(
      arena, material, *whole.governments ? "subtitle_all" : "subtitle_all_none", fillings);
  add_sentences(&draft, rules, "all", facts_of_all(arena, material));
  const char *subject = "all";
  section_charts(&draft, &subject, 1);
  section_charts_of_parts(&draft);
  section_aggregates(&draft, whole);
  section_coverage(&draft);
  section_quality_of_all(&draft);
  section_methods(&draft, 1U << TABLE_AGGREGATES | 1U << TABLE_AGGREGATE_CHANGES |
                              1U << TABLE_HOMOGENEITY | 1U << TABLE_QUALITY);
  section_files(&draft, NULL);
  draft_end(&draft);
  return draft.page;
}

/* ---- the index ---- */

struct years {
  LIST_OF(const char *) list; /* from the last to the first */
};

static int compare_years(const void *a, const void *b) {
  return strcmp(*(const char *const *)b, *(const char *const *)a);
}

static struct years years_of(struct arena *arena, const struct material *material) {
  struct years years = {{0}};
  for (size_t i = 0; i < material->reports; i++) {
    const char *year = material->report[i].row[REPORT_YEAR];
    size_t at = 0;
    while (at < years.list.count && strcmp(years.list.item[at], year) != 0) at++;
    if (at == years.list.count) *list_add(arena, &years.list) = year;
  }
  if (years.list.count)
    qsort(years.list.item, years.list.count, sizeof *years.list.item, compare_years);
  return years;
}

/* The row of an organ, from the FIRST of its reports on. */
static void add_organ(struct table_draft *table, const struct years *years,
                      const struct brief_report *first) {
  const struct draft *draft = table->draft;
  cell_head(table, first->row[REPORT_ORGAN], "", NULL);
  cell_text(table, first->row[REPORT_DIVISION]);
  for (size_t i = 0; i < years->list.count; i++) {
    const char *year = years->list.item[i];
    const struct brief_report *report = first;
    while (report && strcmp(report->row[REPORT_YEAR], year) != 0) report = report->after;
    cell_link(table, report ? year : "",
              report ? address(draft, report->row[REPORT_ID], draft->material->language) : "");
  }
}

const struct page *briefing_index(struct arena *arena, const struct material *material) {
  struct draft draft = begin(arena, material, "index", NULL);
  const struct filling fillings[] = {{"reports", arena_format(arena, "%zu", material->reports)},
                                     {NULL, NULL}};
  draft.page->title = brief_words(material, "title_index");
  draft.page->subtitle = brief_fill(arena, material, "subtitle_index", fillings);
  struct years years = years_of(arena, material);
  struct table_draft table = table_begin(&draft, "organs");
  table_text_columns(&table, (const char *const[]){"organ", "division", NULL});
  for (size_t i = 0; i < years.list.count; i++)
    table_column(&table, years.list.item[i], COLUMN_NUMBER);
  for (size_t i = 0; i < material->reports; i++)
    if (!material->report[i].before) add_organ(&table, &years, &material->report[i]);
  table_end(&table);
  draft_end(&draft);
  return draft.page;
}
