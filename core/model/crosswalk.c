/* Loads and asks the crosswalk. Knows neither the series nor what is done at a break. */
#include "core/model/crosswalk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  LIST_OF(struct crosswalk_line) lines;
};

static const char *const relation_names[] = {
    [CROSSWALK_JOINED] = "joined", [CROSSWALK_BREAK] = "break", [CROSSWALK_SEPARATE] = "separate"};

static bool read_relation(const char *text, enum crosswalk_relation *relation,
                          struct failure *failure) {
  for (size_t i = 0; i < sizeof relation_names / sizeof *relation_names; i++) {
    if (strcmp(relation_names[i], text) != 0) continue;
    *relation = (enum crosswalk_relation)i;
    return true;
  }
  return failure_set(failure, "'%s' is no relation (joined, break, separate)", text);
}

/* Every word of FORMS is a form that some variable of CODEBOOK is printed by, or "any". */
static bool check_forms(struct arena *arena, const struct codebook *codebook, const char *forms,
                        struct failure *failure) {
  char *rest = arena_text(arena, forms);
  for (const char *form; (form = strsep(&rest, " "));) {
    size_t i = 0;
    while (i < codebook->variables && (strcmp(codebook->variable[i].forms, "any") == 0 ||
                                       !forms_overlap(codebook->variable[i].forms, form)))
      i++;
    if (i == codebook->variables) return failure_set(failure, "'%s' is no form", form);
  }
  return true;
}

static bool read_sum(const struct loading *loading, const char *text, const struct expression **sum,
                     struct failure *failure) {
  if (*text == '\0') return true;
  *sum = expression_parse(loading->arena, loading->codebook, text, failure);
  return *sum != NULL;
}

static bool read_sides(const struct loading *loading, struct crosswalk_line *line,
                       struct failure *failure) {
  if (line->is_indicator)
    return (*line->from && strcmp(line->from, line->to) == 0) ||
           failure_set(failure, "an indicator is compared with itself, not '%s' with '%s'",
                       line->from, line->to);
  if (*line->from == '\0' && *line->to == '\0') return failure_set(failure, "both sides are empty");
  if ((*line->from == '\0' || *line->to == '\0') && line->relation != CROSSWALK_SEPARATE)
    return failure_set(failure, "a variable without a counterpart is separate");
  return read_sum(loading, line->from, &line->from_sum, failure) &&
         read_sum(loading, line->to, &line->to_sum, failure);
}

/* Does TEXT, to its end, look like FORM, where 0 stands for any digit? */
static bool looks_like(const char *text, const char *form) {
  for (; *form; text++, form++)
    if (*form == '0' ? *text < '0' || *text > '9' : *text != *form) return false;
  return *text == '\0';
}

static bool are_years(const char *text) {
  return *text == '\0' || looks_like(text, "0000-") || looks_like(text, "0000-0000");
}

static bool is_day(const char *text) {
  return *text == '\0' || looks_like(text, "0000-00-00");
}

#define CROSSWALK_ROW(COLUMN, OPTIONAL)                                                            \
  COLUMN(kind)                                                                                     \
  COLUMN(from_forms)                                                                               \
  COLUMN(from)                                                                                     \
  COLUMN(to_forms)                                                                                 \
  COLUMN(to)                                                                                       \
  COLUMN(relation)                                                                                 \
  COLUMN(reason_zh) COLUMN(reason_en) OPTIONAL(from_years) OPTIONAL(to_years) OPTIONAL(effective)
CSV_ROW(crosswalk_row, CROSSWALK_ROW);

static bool take_line(void *context, size_t number, const char *const *f, struct failure *failure) {
  (void)number;
  const struct crosswalk_row *row = (const void *)f;
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  struct crosswalk_line line = {.is_indicator = strcmp(row->kind, "indicator") == 0,
                                .from_forms = arena_text(arena, row->from_forms),
                                .from = arena_text(arena, row->from),
                                .to_forms = arena_text(arena, row->to_forms),
                                .to = arena_text(arena, row->to),
                                .reason_zh = arena_text(arena, row->reason_zh),
                                .reason_en = arena_text(arena, row->reason_en),
                                .from_years = arena_text(arena, row->from_years),
                                .to_years = arena_text(arena, row->to_years),
                                .effective = arena_text(arena, row->effective)};
  if (!line.is_indicator && strcmp(row->kind, "variable") != 0)
    return failure_set(failure, "'%s' is no kind (indicator, variable)", row->kind);
  if (!read_relation(row->relation, &line.relation, failure) ||
      !check_forms(arena, loading->codebook, line.from_forms, failure) ||
      !check_forms(arena, loading->codebook, line.to_forms, failure) ||
      !read_sides(loading, &line, failure))
    return false;
  if (!are_years(line.from_years) || !are_years(line.to_years))
    return failure_set(failure, "'%s' and '%s' are no years (2014-2018, 2019-)", row->from_years,
                       row->to_years);
  if (!is_day(line.effective)) return failure_set(failure, "'%s' is no day", row->effective);
  if (*line.reason_zh == '\0' || *line.reason_en == '\0')
    return failure_set(failure, "the reason is missing");
  *list_add(arena, &loading->lines) = line;
  return true;
}

const struct crosswalk *crosswalk_load(struct arena *arena, const char *folder,
                                       const struct codebook *codebook, struct failure *failure) {
  struct loading loading = {.arena = arena, .codebook = codebook};
  const char *path = arena_format(arena, "%s/indicators/crosswalk.csv", folder);
  if (!csv_read(path, crosswalk_row_columns, take_line, &loading, failure)) return NULL;
  struct crosswalk *crosswalk = arena_alloc(arena, sizeof *crosswalk);
  *crosswalk = (struct crosswalk){loading.lines.item, loading.lines.count};
  return crosswalk;
}

static bool speaks_of(const struct crosswalk_line *line, const char *forms, const char *other) {
  return (forms_overlap(line->from_forms, forms) && forms_overlap(line->to_forms, other)) ||
         (forms_overlap(line->from_forms, other) && forms_overlap(line->to_forms, forms));
}

bool crosswalk_divides(const struct crosswalk *crosswalk, const char *indicator, int year) {
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    if (line->is_indicator && *line->effective && strcmp(line->from, indicator) == 0 &&
        strtol(line->effective, NULL, 10) == year && strcmp(line->effective + 4, "-01-01") != 0)
      return true;
  }
  return false;
}

enum crosswalk_relation crosswalk_indicator(const struct crosswalk *crosswalk,
                                            const char *indicator, const char *forms,
                                            const char *other_forms) {
  if (forms_overlap(forms, other_forms)) return CROSSWALK_JOINED;
  enum crosswalk_relation strictest = CROSSWALK_JOINED;
  bool told = false;
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    if (!line->is_indicator || strcmp(line->from, indicator) != 0) continue;
    if (!speaks_of(line, forms, other_forms)) continue;
    told = true;
    if (line->relation > strictest) strictest = line->relation;
  }
  return told ? strictest : CROSSWALK_SEPARATE;
}
