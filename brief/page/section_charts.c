/* The charts of a page, in the order in which they are read. Knows how charts are called, and
 * nothing of what they show. */
#include <string.h>
#include <unistd.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"
#include "core/base/file_name.h"

/* Kinds of charts in the order of a page, those of many organs last; a name may go on with an
 * indicator's. The first is low: it stands under the sentences on the first page of print. */
static const char *const kinds[] = {"applicants", "outcomes",        "refusal_grounds",
                                    "disputes",   "key_areas",       "outcomes_over_years",
                                    "trend",      "ranking",         "funnel",
                                    "coverage",   "small_multiples", "heat_map"};
enum { KINDS = sizeof kinds / sizeof *kinds, KINDS_OF_ONE = KINDS - 3 };

/* The longest of the kinds that CHART begins with, KINDS where it begins with none. */
static size_t kind_of(const char *chart) {
  size_t found = KINDS, longest = 0;
  for (size_t kind = 0; kind < KINDS; kind++) {
    size_t length = strlen(kinds[kind]);
    if (length <= longest || strncmp(chart, kinds[kind], length) != 0) continue;
    found = kind;
    longest = length;
  }
  return found;
}

static const char *picture(const struct draft *draft, const char *file, const char *ending) {
  const char *path =
      arena_format(draft->arena, "%s/%s%s", draft->material->folders.charts, file, ending);
  return access(path, R_OK) == 0 ? path : "";
}

static void add_figure(struct draft *draft, record chart) {
  const char *name = arena_format(draft->arena, "chart-%s", chart[CHART_NAME]);
  draft_figure(draft, &(struct page_figure){
                          .name = name,
                          .caption = chart[CHART_TITLE],
                          .alternative = chart[CHART_ALTERNATIVE],
                          .svg = picture(draft, chart[CHART_FILE], ".svg"),
                          .svg_phone = picture(draft, chart[CHART_FILE], "@phone.svg"),
                          .png = picture(draft, chart[CHART_FILE], ".png"),
                          .emf = picture(draft, chart[CHART_FILE], ".emf"),
                      });
}

static bool is_drawn(record chart) {
  return strcmp(chart[CHART_STATE], "drawn") == 0 && file_name_is_safe(chart[CHART_FILE]);
}

static const char *chart_words_of(const struct draft *draft, record chart) {
  size_t kind = kind_of(chart[CHART_NAME]);
  if (kind == KINDS) return chart[CHART_NAME];
  return brief_words(draft->material, arena_format(draft->arena, "chart_%s", kinds[kind]));
}

static void add_reason(struct draft *draft, record chart) {
  const struct filling fillings[] = {
      {"chart", chart_words_of(draft, chart)}, {"reason", chart[CHART_REASON]}, {NULL, NULL}};
  draft_paragraph(draft, brief_fill(draft->arena, draft->material, "not_drawn", fillings));
}

/* The figures of a kind, or the reasons for those that were not DRAWN, each once. */
static void add_kind(struct draft *draft, struct record_span charts, size_t kind, bool drawn) {
  const char *last = "";
  for (size_t i = 0; i < charts.count; i++) {
    record chart = charts.row[i];
    if (kind_of(chart[CHART_NAME]) != kind || is_drawn(chart) != drawn) continue;
    if (drawn)
      add_figure(draft, chart);
    else if (strcmp(last, chart[CHART_REASON]) != 0)
      add_reason(draft, chart);
    last = chart[CHART_REASON];
  }
}

void section_charts(struct draft *draft, const char *const *subjects, size_t count) {
  draft_heading(draft, 2, "charts");
  for (int drawn = 1; drawn >= 0; drawn--)
    for (size_t kind = 0; kind <= KINDS; kind++) /* those of no known kind last */
      for (size_t i = 0; i < count; i++) {
        const char *key[] = {subjects[i], language_name(draft->material->language)};
        add_kind(draft, records_find(draft->material->table[TABLE_CHARTS], key, 2), kind, drawn);
      }
}

/* True for charts of more than one organ that are not of all: of a prefecture. */
static bool is_of_part(const struct draft *draft, record chart) {
  size_t kind = kind_of(chart[CHART_NAME]);
  return kind < KINDS && kind >= KINDS_OF_ONE && is_drawn(chart) &&
         strcmp(chart[CHART_SUBJECT], "all") != 0 &&
         strcmp(chart[CHART_LANGUAGE], language_name(draft->material->language)) == 0;
}

void section_charts_of_parts(struct draft *draft) {
  struct table_draft table = table_begin(draft, "charts_of_parts");
  table_text_columns(&table, (const char *const[]){"part", "kind", "chart", NULL});
  struct record_span charts = records_all(draft->material->table[TABLE_CHARTS]);
  for (size_t i = 0; i < charts.count; i++) {
    record chart = charts.row[i];
    if (!is_of_part(draft, chart)) continue;
    const char *svg = picture(draft, chart[CHART_FILE], ".svg");
    const char *file = *svg ? svg : picture(draft, chart[CHART_FILE], ".png");
    const char *subject = chart[CHART_SUBJECT];
    cell_head(&table, arena_bytes(draft->arena, subject, strcspn(subject, "-")), "", NULL);
    cell_text(&table, chart_words_of(draft, chart));
    cell_link(&table, chart[CHART_TITLE],
              address_of(draft->arena, draft->material->folders.output, file));
  }
  if (table.cell.count > 0) table_end(&table);
}
