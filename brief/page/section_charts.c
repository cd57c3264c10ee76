/* The charts of a page, in the order in which they are read. Knows how charts are called, and
 * nothing of what they show. */
#include <string.h>
#include <unistd.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"
#include "core/base/file_name.h"

/* The charts that there are, in the order of a page; the name of one in charts.csv may go on with
 * an indicator's. */
static struct record_span kinds_of(const struct draft *draft) {
  return records_all(draft->material->kinds);
}

/* The longest of KINDS that CHART begins with, their count where it begins with none. */
static size_t kind_of(struct record_span kinds, const char *chart) {
  size_t found = kinds.count, longest = 0;
  for (size_t kind = 0; kind < kinds.count; kind++) {
    const char *name = kinds.row[kind][CHART_KIND_NAME];
    size_t length = strlen(name);
    if (length <= longest || strncmp(chart, name, length) != 0) continue;
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
  struct record_span kinds = kinds_of(draft);
  size_t kind = kind_of(kinds, chart[CHART_NAME]);
  return kind < kinds.count ? kinds.row[kind][CHART_KIND_LABEL] : chart[CHART_NAME];
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
    if (kind_of(kinds_of(draft), chart[CHART_NAME]) != kind || is_drawn(chart) != drawn) continue;
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
    for (size_t kind = 0; kind <= kinds_of(draft).count; kind++) /* those of no kind last */
      for (size_t i = 0; i < count; i++) {
        const char *key[] = {subjects[i], language_name(draft->material->language)};
        add_kind(draft, records_find(draft->material->table[TABLE_CHARTS], key, 2), kind, drawn);
      }
}

/* True for charts of more than one organ that are not of all: of a prefecture. */
static bool is_of_part(const struct draft *draft, record chart) {
  struct record_span kinds = kinds_of(draft);
  size_t kind = kind_of(kinds, chart[CHART_NAME]);
  return kind < kinds.count && strcmp(kinds.row[kind][CHART_KIND_ABOUT], "all") == 0 &&
         is_drawn(chart) && strcmp(chart[CHART_SUBJECT], "all") != 0 &&
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
