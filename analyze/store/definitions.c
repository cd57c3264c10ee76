/* Reads definitions of indicators and distributions, and spells them out for every category that is
 * known beforehand. Knows neither values nor statistics. */
#include <string.h>

#include "analyze/store/definitions.h"
#include "core/base/csv_file.h"
#include "core/model/substitute.h"

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  const struct forms *forms;
  LIST_OF(struct measure) measures;
  uint32_t definitions;
};

/* A row of a definition file, as text. */
struct definition {
  const char *id, *forms, *kind, *each, *numerator, *denominator, *scale;
};

static bool read_kind(const char *text, enum indicator_kind *kind, struct failure *failure) {
  static const char *const names[] = {
      [KIND_SHARE] = "share", [KIND_RATE] = "rate", [KIND_MEAN] = "mean", [KIND_LEVEL] = "level"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], text) != 0) continue;
    *kind = (enum indicator_kind)i;
    return true;
  }
  return failure_set(failure, "'%s' is no kind (share, rate, mean, level)", text);
}

static bool read_side(struct loading *loading, const char *text, const char *name,
                      const char *category, struct measure *measure,
                      const struct expression **expression, struct failure *failure) {
  if (*text == '\0') return true;
  *expression = expression_parse(loading->arena, loading->codebook,
                                 substitute(loading->arena, text, name), failure);
  if (!*expression) return false;
  cells_add_expression(&measure->cells, loading->codebook, *expression, category ? category : "");
  return true;
}

/* A level of counted things in their own unit. */
static bool is_count(const struct measure *measure) {
  if (measure->kind != KIND_LEVEL || decimal_compare(measure->scale, decimal_from(1)) != 0)
    return false;
  for (size_t i = 0; i < measure->numerator->terms; i++) {
    const struct expression_term *term = &measure->numerator->term[i];
    if (term->minus || term->constant) return false;
    for (size_t j = 0; j < term->count; j++)
      if (term->members[j]->type != TYPE_COUNT) return false;
  }
  return true;
}

/* Adds the measure of DEFINITION for a category: NAME stands for '@', SUBJECT is the applicant
 * class, OPEN is for areas. */
static bool add_measure(struct loading *loading, const struct definition *definition,
                        const char *name, const char *subject, bool open, struct failure *failure) {
  struct measure measure = {
      .indicator = arena_text(loading->arena, definition->id),
      .category = open ? NULL : arena_text(loading->arena, name),
      .subject = subject,
      .forms = loading->forms ? forms_from(loading->forms, definition->forms) : 0,
      .cells = cells_new(loading->arena, loading->codebook),
      .scale = decimal_from(1),
      .definition = loading->definitions,
  };
  if (!read_kind(definition->kind, &measure.kind, failure)) return false;
  const char *scale = definition->scale;
  if (*scale && !decimal_parse(scale, strlen(scale), &measure.scale))
    return failure_set(failure, "'%s' is no scale", scale);
  if (!read_side(loading, definition->numerator, name, subject, &measure, &measure.numerator,
                 failure) ||
      !read_side(loading, definition->denominator, name, subject, &measure, &measure.denominator,
                 failure))
    return false;
  if (!measure.numerator) return failure_set(failure, "the numerator is missing");
  measure.is_count = is_count(&measure);
  measure.is_exposure = measure.denominator && *scale;
  *list_add(loading->arena, &loading->measures) = measure;
  return true;
}

static bool add_applicants(struct loading *loading, const struct definition *definition,
                           struct failure *failure) {
  const struct codebook *codebook = loading->codebook;
  for (size_t i = 0; i + 1 < codebook->applicants; i++) { /* the last is the total */
    const char *id = codebook->applicant[i].id;
    if (!add_measure(loading, definition, id, id, false, failure)) return false;
  }
  return true;
}

static bool add_children(struct loading *loading, const struct definition *definition,
                         const char *parent, struct failure *failure) {
  const struct codebook *codebook = loading->codebook;
  size_t length = strlen(parent), before = loading->measures.count;
  for (size_t i = 0; i < codebook->variables; i++) {
    const char *id = codebook->variable[i].id;
    if (strncmp(id, parent, length) != 0 || id[length] != '.') continue;
    if (!add_measure(loading, definition, id + length + 1, "", false, failure)) return false;
  }
  return loading->measures.count > before ||
         failure_set(failure, "the codebook has no variable below '%s'", parent);
}

/* A category for each of the words in EACH, parted by blanks. */
static bool add_words(struct loading *loading, const struct definition *definition,
                      const char *each, struct failure *failure) {
  for (size_t length; *(each += strspn(each, " ")); each += length) {
    length = strcspn(each, " ");
    if (!add_measure(loading, definition, arena_bytes(loading->arena, each, length), "", false,
                     failure))
      return false;
  }
  return true;
}

static bool add_definition(struct loading *loading, const struct definition *definition,
                           struct failure *failure) {
  static const char children[] = "children:", words[] = "words:";
  const char *each = definition->each;
  loading->definitions++;
  if (*definition->id == '\0') return failure_set(failure, "a definition needs an id");
  if (*each == '\0') return add_measure(loading, definition, "", "", false, failure);
  if (strcmp(each, "area") == 0) return add_measure(loading, definition, "", NULL, true, failure);
  if (strcmp(each, "applicant") == 0) return add_applicants(loading, definition, failure);
  if (strncmp(each, children, strlen(children)) == 0)
    return add_children(loading, definition, each + strlen(children), failure);
  if (strncmp(each, words, strlen(words)) == 0)
    return add_words(loading, definition, each + strlen(words), failure);
  return failure_set(
      failure, "'%s' is no breakdown (applicant, area, children:VARIABLE, words:WORDS)", each);
}

static bool take_indicator(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  struct definition definition = {f[0], f[1], f[2], f[3], f[4], f[5], f[6]};
  size_t first = loading->measures.count;
  if (!add_definition(loading, &definition, failure)) return false;
  const struct measure *added = &loading->measures.item[first];
  if ((added->kind == KIND_LEVEL) != (added->denominator == NULL))
    return failure_set(failure, "shares, rates and means have a denominator, levels have none");
  for (size_t i = 0; i < first; i++)
    if (strcmp(loading->measures.item[i].indicator, added->indicator) == 0 &&
        loading->measures.item[i].kind != added->kind)
      return failure_set(failure, "'%s' is defined above as another kind", added->indicator);
  return true;
}

static bool take_distribution(void *context, size_t line, const char *const *f,
                              struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  if (loading->measures.count > 0 &&
      strcmp(loading->measures.item[loading->measures.count - 1].indicator, f[0]) >= 0)
    return failure_set(failure, "'%s' is not in the order of the alphabet", f[0]);
  return add_definition(loading, &(struct definition){f[0], "", "level", f[1], f[2], "", ""},
                        failure);
}

static const struct measures *load(struct arena *arena, const struct codebook *codebook,
                                   const struct forms *forms, const char *path,
                                   const char *const *columns, csv_row_handler *handler,
                                   struct failure *failure) {
  struct loading loading = {.arena = arena, .codebook = codebook, .forms = forms};
  if (!csv_read(path, columns, handler, &loading, failure)) return NULL;
  struct measures *measures = arena_alloc(arena, sizeof *measures);
  *measures = (struct measures){codebook, loading.measures.item, loading.measures.count};
  return measures;
}

const struct measures *indicators_load(struct arena *arena, const struct codebook *codebook,
                                       const struct forms *forms, const char *folder,
                                       struct failure *failure) {
  static const char *const columns[] = {"indicator", "forms",       "kind",  "each",
                                        "numerator", "denominator", "scale", NULL};
  return load(arena, codebook, forms, arena_format(arena, "%s/indicators/indicators.csv", folder),
              columns, take_indicator, failure);
}

const struct measures *distributions_load(struct arena *arena, const struct codebook *codebook,
                                          const char *folder, struct failure *failure) {
  static const char *const columns[] = {"distribution", "each", "value", NULL};
  return load(arena, codebook, NULL, arena_format(arena, "%s/indicators/distributions.csv", folder),
              columns, take_distribution, failure);
}
