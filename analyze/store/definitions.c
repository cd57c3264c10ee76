/* Spells the definitions of indicators and distributions out for every category that is
 * known beforehand. Knows neither values nor statistics. */
#include <string.h>

#include "analyze/store/definitions.h"
#include "core/model/substitute.h"

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  const struct forms *forms;
  LIST_OF(struct measure) measures;
  uint32_t definitions;
};

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
static bool add_measure(struct loading *loading, const struct indicator_definition *definition,
                        const char *name, const char *subject, bool open, struct failure *failure) {
  struct measure measure = {
      .indicator = arena_text(loading->arena, definition->indicator),
      .category = open ? NULL : arena_text(loading->arena, name),
      .subject = subject,
      .kind = definition->kind,
      .forms = loading->forms ? forms_from(loading->forms, definition->forms) : 0,
      .cells = cells_new(loading->arena, loading->codebook),
      .scale = decimal_from(1),
      .definition = loading->definitions,
  };
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

static bool add_applicants(struct loading *loading, const struct indicator_definition *definition,
                           struct failure *failure) {
  const struct codebook *codebook = loading->codebook;
  for (size_t i = 0; i + 1 < codebook->applicants; i++) { /* the last is the total */
    const char *id = codebook->applicant[i].id;
    if (!add_measure(loading, definition, id, id, false, failure)) return false;
  }
  return true;
}

static bool add_children(struct loading *loading, const struct indicator_definition *definition,
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
static bool add_words(struct loading *loading, const struct indicator_definition *definition,
                      const char *each, struct failure *failure) {
  for (size_t length; *(each += strspn(each, " ")); each += length) {
    length = strcspn(each, " ");
    if (!add_measure(loading, definition, arena_bytes(loading->arena, each, length), "", false,
                     failure))
      return false;
  }
  return true;
}

static bool add_definition(struct loading *loading, const struct indicator_definition *definition,
                           struct failure *failure) {
  static const char children[] = "children:", words[] = "words:";
  const char *each = definition->each;
  loading->definitions++;
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

static bool take_indicator(void *context, const struct indicator_definition *definition,
                           struct failure *failure) {
  struct loading *loading = context;
  size_t first = loading->measures.count;
  if (!add_definition(loading, definition, failure)) return false;
  const struct measure *added = &loading->measures.item[first];
  if ((added->kind == KIND_LEVEL) != (added->denominator == NULL))
    return failure_set(failure, "shares, rates and means have a denominator, levels have none");
  for (size_t i = 0; i < first; i++)
    if (strcmp(loading->measures.item[i].indicator, added->indicator) == 0 &&
        loading->measures.item[i].kind != added->kind)
      return failure_set(failure, "'%s' is defined above as another kind", added->indicator);
  return true;
}

static bool take_distribution(void *context, const struct indicator_definition *definition,
                              struct failure *failure) {
  struct loading *loading = context;
  size_t count = loading->measures.count;
  if (count > 0 && strcmp(loading->measures.item[count - 1].indicator, definition->indicator) >= 0)
    return failure_set(failure, "'%s' is not in the order of the alphabet", definition->indicator);
  return add_definition(loading, definition, failure);
}

static const struct measures *measures_of(const struct loading *loading) {
  struct measures *measures = arena_alloc(loading->arena, sizeof *measures);
  *measures = (struct measures){loading->codebook, loading->measures.item, loading->measures.count};
  return measures;
}

const struct measures *indicators_load(struct arena *arena, const struct codebook *codebook,
                                       const struct forms *forms, const char *folder,
                                       struct failure *failure) {
  struct loading loading = {.arena = arena, .codebook = codebook, .forms = forms};
  return indicator_definitions_read(folder, take_indicator, &loading, failure)
             ? measures_of(&loading)
             : NULL;
}

const struct measures *distributions_load(struct arena *arena, const struct codebook *codebook,
                                          const char *folder, struct failure *failure) {
  struct loading loading = {.arena = arena, .codebook = codebook};
  return distribution_definitions_read(folder, take_distribution, &loading, failure)
             ? measures_of(&loading)
             : NULL;
}
