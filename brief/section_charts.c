/* The charts of a page, in the order in which they are read. Knows how charts are called, and
 * nothing of what they show. */
#include <string.h>
#include <unistd.h>

#include "brief/sections.h"
#include "plot/script.h"

/* Kinds of charts; a name may go on with an indicator's. */
static const char *const kinds[] = {"outcomes",  "applicants", "refusal_grounds", "disputes",
                                    "key_areas", "trend",      "ranking",         "funnel",
                                    "coverage",  "heat_map"};
enum { KINDS = sizeof kinds / sizeof *kinds };

static size_t kind_of(const char *chart) {
  size_t kind = 0;
  while (kind < KINDS && strncmp(chart, kinds[kind], strlen(kinds[kind])) != 0) kind++;
  return kind;
}

static const char *picture(const struct draft *draft, const char *file, const char *ending) {
  const char *path =
      arena_format(draft->arena, "%s/%s.%s", draft->material->folders.charts, file, ending);
  return access(path, R_OK) == 0 ? path : "";
}

static void add_figure(struct draft *draft, record chart) {
  const char *name = arena_format(draft->arena, "chart-%s", chart[CHART_NAME]);
  draft_figure(draft, &(struct page_figure){
                          .name = name,
                          .caption = chart[CHART_TITLE],
                          .alternative = chart[CHART_ALTERNATIVE],
                          .svg = picture(draft, chart[CHART_FILE], "svg"),
                          .png = picture(draft, chart[CHART_FILE], "png"),
                          .emf = picture(draft, chart[CHART_FILE], "emf"),
                      });
}

static bool is_drawn(record chart) {
  return strcmp(chart[CHART_STATE], "drawn") == 0 && script_is_safe_name(chart[CHART_FILE]);
}

/* Calls for each chart of the subjects of that kind: figures, or the reasons of those not drawn. */
static void add_kind(struct draft *draft, struct record_span charts, size_t kind, bool drawn) {
  const char *last = "";
  for (size_t i = 0; i < charts.count; i++) {
    record chart = charts.row[i];
    if (kind_of(chart[CHART_NAME]) != kind || is_drawn(chart) != drawn) continue;
    if (drawn) add_figure(draft, chart);
    if (!drawn && strcmp(last, chart[CHART_REASON]) != 0) {
      const struct filling fillings[] = {
          {"chart", brief_words(draft->material,
                                arena_format(draft->arena, "chart_%s", kinds[kind % KINDS]))},
          {"reason", chart[CHART_REASON]},
          {NULL, NULL}};
      draft_paragraph(draft, brief_fill(draft->arena, draft->material, "not_drawn", fillings));
      last = chart[CHART_REASON];
    }
  }
}

void section_charts(struct draft *draft, const char *const *subjects, size_t count) {
  draft_heading(draft, 2, "charts");
  for (int drawn = 1; drawn >= 0; drawn--)
    for (size_t kind = 0; kind < KINDS; kind++)
      for (size_t i = 0; i < count; i++) {
        const char *key[] = {subjects[i], language_name(draft->material->language)};
        add_kind(draft, records_find(draft->material->table[TABLE_CHARTS], key, 2), kind, drawn);
      }
}
