/* Reads the charts and their rows. Knows the kinds of pictures by name, and no form. */
#include "plot/charts/chart_list.h"

#include <string.h>

#include "core/base/csv_file.h"
#include "core/model/substitute.h"
#include "plot/drawing/picture.h"

static const struct chart_kind kinds[] = {
    {"areas", chart_areas, false, 0},
    {"counts", chart_counts, false, 0},
    {"coverage", chart_coverage, false, GRID_ROWS},
    {"funnel", chart_funnel, true, 0},
    {"heat_map", chart_heat_map, true, GRID_ROWS},
    {"ranking", chart_ranking, true, 0},
    {"shares", chart_shares, false, 0},
    {"shares_over_years", chart_shares_over_years, false, 0},
    {"small_multiples", chart_small_multiples, true, PANELS},
    {"stacks", chart_stacks, false, 0},
    {"trend", chart_trend, true, 0},
};
static const char *const scopes[] = {"report", "organ", "all"};
/* The colours of parts, in the order of the theme's series. */
static const char *const colours[THEME_SERIES] = {"1", "2", "3", "4", "rest"};
static const char *const roles[CHART_ROLES] = {"whole", "of", "row", "detail", "part"};

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  struct chart_list *list;
};

/* The index of WORD among the COUNT words of LIST; COUNT where it is not there. */
static size_t place_in(const char *const *list, size_t count, const char *word) {
  size_t at = 0;
  while (at < count && strcmp(list[at], word) != 0) at++;
  return at;
}

static const struct chart_kind *find_kind(const char *name) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
  return NULL;
}

#define CHART_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(chart) COLUMN(kind) COLUMN(about) COLUMN(name_zh) COLUMN(name_en)
CSV_ROW(chart_row, CHART_ROW);

static bool take_chart(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct chart_row *row = (const void *)f;
  struct loading *loading = context;
  size_t scope = place_in(scopes, sizeof scopes / sizeof *scopes, row->about);
  const struct chart_kind *kind = find_kind(row->kind);
  if (!kind) return failure_set(failure, "'%s' is no kind of chart", row->kind);
  if (scope == sizeof scopes / sizeof *scopes)
    return failure_set(failure, "a chart is about a report, an organ or all, not '%s'", row->about);
  if (!*row->chart || chart_find(loading->list, row->chart))
    return failure_set(failure, "the chart '%s' has no name or one that there is", row->chart);
  *list_add(loading->arena, &loading->list->charts) =
      (struct chart_plan){.name = arena_text(loading->arena, row->chart),
                          .kind = kind,
                          .scope = (enum chart_scope)scope};
  return true;
}

/* ---- rows ---- */

static struct chart_form *form_of(struct loading *loading, struct chart_plan *chart,
                                  const char *forms) {
  for (size_t i = 0; i < chart->forms.count; i++)
    if (strcmp(chart->forms.item[i].forms, forms) == 0) return &chart->forms.item[i];
  struct chart_form *form = list_add(loading->arena, &chart->forms);
  *form = (struct chart_form){.forms = arena_text(loading->arena, forms)};
  return form;
}

static const struct expression *parse_sum(const struct loading *loading, const char *text,
                                          struct failure *failure) {
  const struct expression *sum = expression_parse(loading->arena, loading->codebook, text, failure);
  for (size_t i = 0; sum && i < sum->terms; i++)
    if (sum->term[i].minus || sum->term[i].previous || sum->term[i].constant) {
      failure_set(failure, "'%s' is not a plain sum of a report's values", text);
      return NULL;
    }
  return sum;
}

/* Adds ROW with the sum TEXT, in which `@` stands for NAME. IS_CALLED: it has words of its own. */
static bool add_row(const struct loading *loading, struct chart_form *form,
                    struct chart_row_plan row, bool is_called, const char *text, const char *name,
                    struct failure *failure) {
  if (*text) {
    row.sum = parse_sum(loading, name ? substitute(loading->arena, text, name) : text, failure);
    if (!row.sum) return false;
  } else if (!*row.indicator) {
    return failure_set(failure, "a row needs a sum or an indicator");
  }
  if (!is_called && !(row.sum && row.sum->terms == 1))
    return failure_set(failure, "a row of several variables needs a key of its words");
  *list_add(loading->arena, &form->rows) = row;
  return true;
}

/* Adds a row for each applicant class; a sum without a category is then that of the class. */
static bool add_classes(const struct loading *loading, struct chart_form *form,
                        struct chart_row_plan row, const char *text, struct failure *failure) {
  const struct codebook *codebook = loading->codebook;
  for (size_t i = 0; i + 1 < codebook->applicants; i++) { /* the last is the total */
    row.class = codebook->applicant[i].id;
    if (!add_row(loading, form, row, true, text, row.class, failure)) return false;
  }
  return true;
}

/* Whether VARIABLE is what the shares of FORM are of, by a row above. */
static bool is_whole(const struct chart_form *form, const struct variable *variable) {
  for (size_t i = 0; i < form->rows.count; i++) {
    const struct chart_row_plan *row = &form->rows.item[i];
    if (row->role == CHART_ROLE_WHOLE && row->sum && row->sum->terms == 1 &&
        row->sum->term->count == 1 && *row->sum->term->members == variable)
      return true;
  }
  return false;
}

/* Adds a row for each variable below PARENT, but for the whole that they are parts of. */
static bool add_children(const struct loading *loading, struct chart_form *form,
                         const struct chart_row_plan *row, const char *text, const char *parent,
                         struct failure *failure) {
  const struct codebook *codebook = loading->codebook;
  size_t length = strlen(parent), before = form->rows.count;
  for (size_t i = 0; i < codebook->variables; i++) {
    const char *id = codebook->variable[i].id;
    if (strncmp(id, parent, length) != 0 || id[length] != '.') continue;
    if (is_whole(form, &codebook->variable[i])) continue;
    if (!add_row(loading, form, *row, *row->key, text, id + length + 1, failure)) return false;
  }
  return form->rows.count > before ||
         failure_set(failure, "the codebook has no variable below '%s'", parent);
}

#define PLAN_ROW(COLUMN, OPTIONAL)                                                                 \
  COLUMN(chart)                                                                                    \
  COLUMN(forms) COLUMN(role) COLUMN(key) COLUMN(each) COLUMN(sum) COLUMN(indicator) COLUMN(colour)
CSV_ROW(plan_row, PLAN_ROW);

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct plan_row *cells = (const void *)f;
  struct loading *loading = context;
  static const char children[] = "children:";
  size_t role = place_in(roles, CHART_ROLES, cells->role);
  struct chart_plan *chart = (struct chart_plan *)chart_find(loading->list, cells->chart);
  if (!chart) return failure_set(failure, "chart_list.csv has no chart '%s'", cells->chart);
  if (role == CHART_ROLES) return failure_set(failure, "'%s' is no role of a row", cells->role);
  size_t colour = place_in(colours, THEME_SERIES, cells->colour);
  if ((role == CHART_ROLE_PART) != (colour < THEME_SERIES))
    return failure_set(failure, "a part, and nothing else, has a colour (1, 2, 3, 4, rest): '%s'",
                       cells->colour);
  struct chart_row_plan row = {.role = (enum chart_role)role,
                               .key = arena_text(loading->arena, cells->key),
                               .class = "",
                               .indicator = arena_text(loading->arena, cells->indicator),
                               .colour = COLOUR_SERIES_1 + (enum theme_colour)colour};
  struct chart_form *form = form_of(loading, chart, cells->forms);
  const char *each = cells->each, *sum = cells->sum;
  if (!*each || strcmp(each, "area") == 0)
    return add_row(loading, form, row, *row.key, sum, NULL, failure);
  if (strcmp(each, "applicant") == 0) return add_classes(loading, form, row, sum, failure);
  if (strncmp(each, children, strlen(children)) == 0)
    return add_children(loading, form, &row, sum, each + strlen(children), failure);
  return failure_set(failure, "'%s' is no breakdown (applicant, area, children:VARIABLE)", each);
}

/* ---- which values they show ---- */

static void note_term(struct chart_list *list, const struct expression_term *term) {
  bool all = !term->category || term->every_category;
  for (size_t i = 0; i < term->count; i++) {
    const char **shown = &list->shown[term->members[i] - list->codebook->variable];
    bool same = !*shown || (!all && strcmp(*shown, term->category) == 0);
    *shown = all || !same ? "" : term->category;
  }
}

static void note_shown(struct arena *arena, struct chart_list *list) {
  list->shown = arena_array(arena, list->codebook->variables, sizeof *list->shown);
  for (size_t i = 0; i < list->charts.count; i++)
    for (size_t j = 0; j < list->charts.item[i].forms.count; j++) {
      const struct chart_form *form = &list->charts.item[i].forms.item[j];
      for (size_t k = 0; k < form->rows.count; k++) {
        const struct expression *sum = form->rows.item[k].sum;
        for (size_t l = 0; sum && l < sum->terms; l++) note_term(list, &sum->term[l]);
      }
    }
}

bool chart_list_shows(const struct chart_list *list, const struct variable *variable,
                      const char *category) {
  const char *shown = list->shown[variable - list->codebook->variable];
  return shown && (!*shown || strcmp(shown, category) == 0);
}

const struct chart_list *chart_list_load(struct arena *arena, const char *folder,
                                         const struct codebook *codebook, struct failure *failure) {
  struct chart_list *list = arena_alloc(arena, sizeof *list);
  *list = (struct chart_list){.codebook = codebook};
  struct loading loading = {arena, codebook, list};
  if (!csv_read_strictly(arena_format(arena, "%s/indicators/chart_list.csv", folder),
                         chart_row_columns, take_chart, &loading, failure) ||
      !csv_read_strictly(arena_format(arena, "%s/indicators/chart_rows.csv", folder),
                         plan_row_columns, take_row, &loading, failure))
    return NULL;
  note_shown(arena, list);
  return list;
}

const struct chart_plan *chart_find(const struct chart_list *list, const char *name) {
  for (size_t i = 0; i < list->charts.count; i++)
    if (strcmp(list->charts.item[i].name, name) == 0) return &list->charts.item[i];
  return NULL;
}
