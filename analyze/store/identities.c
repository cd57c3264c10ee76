/* Spells the rules out, cell by cell. Knows no values. */
#include "analyze/store/identities.h"

#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/model/substitute.h"

struct spelling {
  struct arena *arena;
  struct identities *identities;
};

static size_t slot_of(const struct identities *identities, const struct variable *variable,
                      const char *category) {
  const struct codebook *codebook = identities->codebook;
  size_t slot = (size_t)(variable - codebook->variable) * (codebook->applicants + 1);
  if (variable->dimension != DIMENSION_APPLICANT) return slot;
  return slot + (size_t)(codebook_applicant(codebook, category) + 1);
}

long identities_cell(const struct identities *identities, const struct variable *variable,
                     const char *category) {
  return (long)identities->of_cell[slot_of(identities, variable, category)] - 1;
}

static uint32_t find_or_add(const struct spelling *spelling, const struct variable *variable,
                            const char *category) {
  struct identities *identities = spelling->identities;
  uint32_t *known = &identities->of_cell[slot_of(identities, variable, category)];
  if (*known) return *known - 1;
  *list_add(spelling->arena, &identities->cells) =
      (struct identity_cell){variable, category, false};
  *known = (uint32_t)identities->cells.count;
  return *known - 1;
}

typedef LIST_OF(struct identity_term) term_list;

static void add_side(const struct spelling *spelling, const struct expression *side,
                     const char *category, int sign, term_list *terms, double *constant) {
  for (size_t i = 0; i < side->terms; i++) {
    const struct expression_term *term = &side->term[i];
    int factor = term->minus ? -sign : sign;
    if (term->constant) *constant += factor * decimal_double(term->number);
    for (size_t j = 0; j < term->count; j++) {
      const struct variable *variable = term->members[j];
      const char *own = variable->dimension == DIMENSION_NONE ? ""
                        : term->category                      ? term->category
                                                              : category;
      *list_add(spelling->arena, terms) =
          (struct identity_term){find_or_add(spelling, variable, own), factor};
    }
  }
}

static void note_sum(struct identities *identities, const struct identity_term *side,
                     size_t terms) {
  if (terms == 1) identities->cells.item[side->cell].is_sum = true;
}

/* An identity as text. */
struct statement {
  const char *left, *right, *category;
  bool at_least, is_prose;
};

static bool add_identity(const struct spelling *spelling, struct statement statement,
                         struct failure *failure) {
  struct arena *arena = spelling->arena;
  const struct codebook *codebook = spelling->identities->codebook;
  const struct expression *left = expression_parse(arena, codebook, statement.left, failure);
  const struct expression *right =
      left ? expression_parse(arena, codebook, statement.right, failure) : NULL;
  if (!right) return false;
  if (expression_spans_years(left) || expression_spans_years(right)) return true;
  struct sum_identity identity = {.at_least = statement.at_least, .is_prose = statement.is_prose};
  term_list terms = {0};
  add_side(spelling, left, statement.category, 1, &terms, &identity.constant);
  identity.left = terms.count;
  add_side(spelling, right, statement.category, -1, &terms, &identity.constant);
  identity.term = terms.item;
  identity.terms = terms.count;
  if (!identity.at_least && !identity.is_prose) {
    note_sum(spelling->identities, terms.item, identity.left);
    note_sum(spelling->identities, terms.item + identity.left, terms.count - identity.left);
  }
  *list_add(arena, &spelling->identities->list) = identity;
  return true;
}

#define SUM_ROW(COLUMN, OPTIONAL)                                                                  \
  COLUMN(for_each) COLUMN(left) COLUMN(relation) COLUMN(right) COLUMN(severity)
CSV_ROW(sum_row, SUM_ROW);

/* RULE for VARIABLE, which stands for '@', in CATEGORY. */
static bool add_rule(const struct spelling *spelling, const struct sum_row *rule,
                     const char *variable, const char *category, struct failure *failure) {
  struct statement statement = {.left = substitute(spelling->arena, rule->left, variable),
                                .right = substitute(spelling->arena, rule->right, variable),
                                .category = category,
                                .at_least = strcmp(rule->relation, "=") != 0};
  return add_identity(spelling, statement, failure);
}

static bool add_for_variables(const struct spelling *spelling, const struct sum_row *rule,
                              struct failure *failure) {
  const struct codebook *codebook = spelling->identities->codebook;
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    if (variable->dimension == DIMENSION_APPLICANT &&
        !add_rule(spelling, rule, variable->id, "", failure))
      return false;
  }
  return true;
}

static bool add_for_categories(const struct spelling *spelling, const struct sum_row *rule,
                               struct failure *failure) {
  const struct codebook *codebook = spelling->identities->codebook;
  for (size_t i = 0; i < codebook->applicants; i++)
    if (!add_rule(spelling, rule, "", codebook->applicant[i].id, failure)) return false;
  return true;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct sum_row *rule = (const void *)f;
  const struct spelling *spelling = context;
  if (strcmp(rule->severity, "hard") != 0 ||
      strncmp(rule->left, "narrative.", strlen("narrative.")) == 0)
    return true;
  if (*rule->for_each == '\0') return add_rule(spelling, rule, "", "", failure);
  if (strcmp(rule->for_each, "category") == 0) return add_for_categories(spelling, rule, failure);
  if (strcmp(rule->for_each, "applicant_variable") == 0)
    return add_for_variables(spelling, rule, failure);
  return true; /* of what prose restates, which prose_rules.csv tells */
}

#define RESTATEMENT_ROW(COLUMN, OPTIONAL) COLUMN(variable) COLUMN(restates)
CSV_ROW(restatement_row, RESTATEMENT_ROW);

static bool take_restatement(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  (void)line;
  const struct restatement_row *row = (const void *)f;
  const struct spelling *spelling = context;
  struct statement statement = {
      .left = row->variable, .right = row->restates, .category = "", .is_prose = true};
  return *row->restates == '\0' || add_identity(spelling, statement, failure);
}

static bool read_where_present(struct spelling *spelling, const char *path,
                               const char *const *columns, csv_row_handler *handler,
                               struct failure *failure) {
  return access(path, F_OK) != 0 || csv_read(path, columns, handler, spelling, failure);
}

const struct identities *identities_load(struct arena *arena, const struct codebook *codebook,
                                         const char *folder, struct failure *failure) {
  struct identities *identities = arena_alloc(arena, sizeof *identities);
  identities->codebook = codebook;
  identities->of_cell = arena_array(arena, codebook->variables * (codebook->applicants + 1),
                                    sizeof *identities->of_cell);
  struct spelling spelling = {arena, identities};
  bool done = read_where_present(&spelling, arena_format(arena, "%s/rules/edit_rules.csv", folder),
                                 sum_row_columns, take_rule, failure) &&
              read_where_present(&spelling, arena_format(arena, "%s/rules/prose_rules.csv", folder),
                                 restatement_row_columns, take_restatement, failure);
  return done ? identities : NULL;
}
