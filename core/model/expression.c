/* Parses and sums expressions. Knows neither edit rules nor indicators. */
#include "core/model/expression.h"

#include <ctype.h>
#include <string.h>

static const char *skip_blanks(const char *at) {
  while (*at == ' ') at++;
  return at;
}

static bool is_name(char c) {
  return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* The variables of `ID.*`: ID itself and all below it. */
static void find_family(struct arena *arena, const struct codebook *codebook, const char *id,
                        struct expression_term *term) {
  LIST_OF(const struct variable *) members = {0};
  size_t length = strlen(id);
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    if (strncmp(variable->id, id, length) != 0) continue;
    char behind = variable->id[length];
    if (behind == '.' || behind == '\0') *list_add(arena, &members) = variable;
  }
  term->members = members.item;
  term->count = members.count;
}

static void find_variable(struct arena *arena, const struct codebook *codebook, const char *id,
                          struct expression_term *term) {
  const struct variable **member = arena_alloc(arena, sizeof *member);
  *member = codebook_find(codebook, id);
  term->members = member;
  term->count = *member != NULL;
}

static bool parse_category(struct arena *arena, const struct codebook *codebook, const char **text,
                           struct expression_term *term, struct failure *failure) {
  const char *at = *text + 1, *close = strchr(at, ']');
  if (!close) return failure_set(failure, "'[' is not closed in '%s'", *text);
  term->category = arena_bytes(arena, at, (size_t)(close - at));
  if (term->members[0]->dimension == DIMENSION_NONE)
    return failure_set(failure, "'%s' has no categories", term->members[0]->id);
  /* [*] is for areas only: over the applicant classes it would count the total twice. */
  if (term->members[0]->dimension == DIMENSION_APPLICANT &&
      codebook_applicant(codebook, term->category) < 0)
    return failure_set(failure, "'%s' is no applicant class", term->category);
  term->every_category = strcmp(term->category, "*") == 0;
  *text = close + 1;
  return true;
}

static bool parse_term(struct arena *arena, const struct codebook *codebook, const char **text,
                       struct expression_term *term, struct failure *failure) {
  const char *at = *text, *end = at;
  while (is_name(*end)) end++;
  size_t length = (size_t)(end - at);
  if (length == 0) return failure_set(failure, "a variable is missing before '%s'", at);
  *text = end;
  if (decimal_parse(at, length, &term->number)) {
    term->constant = true;
    return true;
  }
  bool family = end[-1] == '.' && *end == '*';
  if (family) {
    length--;
    ++*text;
  }
  char *id = arena_bytes(arena, at, length);
  if (family)
    find_family(arena, codebook, id, term);
  else
    find_variable(arena, codebook, id, term);
  if (term->count == 0) return failure_set(failure, "the codebook has no variable '%s'", id);
  return **text != '[' || parse_category(arena, codebook, text, term, failure);
}

struct parsing {
  struct arena *arena;
  const struct codebook *codebook;
  const char *at; /* what is still to be read */
  LIST_OF(struct expression_term) terms;
  struct failure *failure;
};

/* Reads `+` or `-`, which may be absent before the FIRST term of a sum. */
static bool parse_sign(struct parsing *parsing, bool first, bool *minus) {
  parsing->at = skip_blanks(parsing->at);
  *minus = *parsing->at == '-';
  if (*minus || (*parsing->at == '+' && !first))
    parsing->at = skip_blanks(parsing->at + 1);
  else if (!first)
    return failure_set(parsing->failure, "'+' or '-' is missing before '%s'", parsing->at);
  return true;
}

/* Reads a sum up to END (NUL or a closing bracket). MINUS: all of it is subtracted. */
static bool parse_sum(struct parsing *parsing, char end, bool minus) {
  static const char previous[] = "previous(";
  for (bool first = true; first || *(parsing->at = skip_blanks(parsing->at)) != end;
       first = false) {
    struct expression_term term = {.previous = end == ')'};
    if (end && !*parsing->at) return failure_set(parsing->failure, "'previous(' is not closed");
    if (!parse_sign(parsing, first, &term.minus)) return false;
    term.minus ^= minus;
    if (end != ')' && strncmp(parsing->at, previous, strlen(previous)) == 0) {
      parsing->at += strlen(previous);
      if (!parse_sum(parsing, ')', term.minus)) return false;
      continue;
    }
    if (!parse_term(parsing->arena, parsing->codebook, &parsing->at, &term, parsing->failure))
      return false;
    *list_add(parsing->arena, &parsing->terms) = term;
  }
  if (end) parsing->at++;
  return true;
}

const struct expression *expression_parse(struct arena *arena, const struct codebook *codebook,
                                          const char *text, struct failure *failure) {
  struct expression *expression = arena_alloc(arena, sizeof *expression);
  expression->text = arena_text(arena, text);
  struct parsing parsing = {
      .arena = arena, .codebook = codebook, .at = expression->text, .failure = failure};
  if (!parse_sum(&parsing, '\0', false)) return NULL;
  expression->term = parsing.terms.item;
  expression->terms = parsing.terms.count;
  return expression;
}

bool expression_spans_years(const struct expression *expression) {
  for (size_t i = 0; i < expression->terms; i++)
    if (expression->term[i].previous) return true;
  return false;
}

static const char *category_of(const struct expression_term *term, const struct variable *variable,
                               const char *category) {
  if (variable->dimension == DIMENSION_NONE) return "";
  return term->category ? term->category : category;
}

bool expression_expects(const struct observations *observations, const struct variable *variable) {
  if (strcmp(variable->forms, "any") == 0) return true;
  for (size_t i = 0; i < observations->sections; i++)
    if (strcmp(observations->section[i].section, variable->section) == 0)
      return forms_overlap(observations->section[i].forms, variable->forms);
  return false;
}

/* How far the true number may lie from the one that is added. */
struct reach {
  bool open_below;   /* down to zero */
  bool open_above;   /* without limit */
  bool signed_below; /* with open_below: below zero too, without limit */
};

static const struct reach exact = {0};

static void add(struct expression_value *value, struct decimal number, bool minus,
                struct reach reach) {
  bool (*sum)(struct decimal, struct decimal, struct decimal *) =
      minus ? decimal_subtract : decimal_add;
  struct decimal least = reach.open_below ? decimal_from(0) : number;
  struct decimal *low = minus ? &value->high : &value->low;
  struct decimal *high = minus ? &value->low : &value->high;
  bool *has_low = minus ? &value->has_high : &value->has_low;
  bool *has_high = minus ? &value->has_low : &value->has_high;
  if (!sum(value->sum, number, &value->sum) || !sum(*low, least, low) || !sum(*high, number, high))
    value->overflow = true;
  if (reach.open_below && reach.signed_below) *has_low = false;
  if (reach.open_above) *has_high = false;
}

static void add_observation(struct expression_value *value, const struct variable *variable,
                            const struct observation *observation, bool minus) {
  bool is_change = variable->type == TYPE_CHANGE || variable->type == TYPE_GROWTH;
  struct decimal zero = decimal_from(0);
  switch (observation ? observation->status : STATUS_BLANK) {
    case STATUS_REPORTED:
    case STATUS_DEDUCED:
      value->values++;
      add(value, observation->value, minus, exact);
      break;
    case STATUS_APPROXIMATE_LOW:
      value->values++;
      value->approximate++;
      add(value, observation->value, minus, (struct reach){.open_above = true});
      break;
    case STATUS_APPROXIMATE_HIGH:
      value->values++;
      value->approximate++;
      add(value, observation->value, minus,
          (struct reach){.open_below = true, .signed_below = is_change});
      break;
    case STATUS_NOT_APPLICABLE:
      value->not_applicable++; /* and adds nothing */
      break;
    case STATUS_UNREADABLE: value->unreadable++; /* fall through */
    case STATUS_BLANK:
    case STATUS_COUNT: /* something may be there, and it is not known how much */
      value->blanks++;
      add(value, zero, minus,
          (struct reach){.open_below = true, .open_above = true, .signed_below = is_change});
      break;
  }
}

static void add_variable(struct expression_value *value, const struct expression_term *term,
                         const struct variable *variable, const struct observations *observations,
                         const char *category) {
  if (term->previous) observations = observations->previous;
  if (!observations) {
    value->missing++;
    add_observation(value, variable, NULL, term->minus);
    return;
  }
  if (term->every_category) {
    size_t count;
    const struct observation *item = observation_family(observations, variable->id, &count);
    for (size_t i = 0; i < count; i++) add_observation(value, variable, &item[i], term->minus);
    return;
  }
  const struct observation *observation =
      observation_find(observations, variable->id, category_of(term, variable, category));
  if (observation)
    add_observation(value, variable, observation, term->minus);
  else if (expression_expects(observations, variable)) {
    value->missing++;
    add_observation(value, variable, NULL, term->minus);
  }
}

struct expression_value expression_sum(const struct expression *expression,
                                       const struct observations *observations,
                                       const char *category) {
  struct expression_value value = {.has_low = true, .has_high = true};
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    if (term->constant) add(&value, term->number, term->minus, exact);
    for (size_t j = 0; j < term->count; j++)
      add_variable(&value, term, term->members[j], observations, category);
  }
  return value;
}

static void visit_member(const struct expression_term *term, const struct variable *variable,
                         const struct observations *observations, const char *category,
                         expression_visitor *visit, void *context) {
  if (!term->every_category) {
    const char *name = category_of(term, variable, category);
    visit(context, variable, name, observation_find(observations, variable->id, name), term->minus);
    return;
  }
  size_t count;
  const struct observation *item = observation_family(observations, variable->id, &count);
  for (size_t i = 0; i < count; i++)
    visit(context, variable, item[i].category, &item[i], term->minus);
}

void expression_visit(const struct expression *expression, const struct observations *observations,
                      const char *category, expression_visitor *visit, void *context) {
  static const struct observations none = {0};
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    const struct observations *of = observations;
    if (term->previous) of = observations->previous ? observations->previous : &none;
    for (size_t j = 0; j < term->count; j++)
      visit_member(term, term->members[j], of, category, visit, context);
  }
}
