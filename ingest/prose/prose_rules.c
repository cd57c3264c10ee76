/* Loads rules and confronts claims with them. Knows no variable by itself. */
#include "ingest/prose/prose_rules.h"

#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"

/* How many characters that no word covers may stand in a phrase that names its thing itself. */
enum { UNKNOWN_MOST = 8 };

enum column {
  COLUMN_RULE,
  COLUMN_VARIABLE,
  COLUMN_WHAT,
  COLUMN_ACTION,
  COLUMN_CHANNEL,
  COLUMN_WHOM,
  COLUMN_DETAIL,
  COLUMN_OF,
  COLUMN_UNITS,
  COLUMN_MAY,
  COLUMN_RESTATES
};

static const char **split(struct arena *arena, const char *text, const char *separator) {
  size_t count = 1;
  for (const char *c = text; *c; c++) count += *c == *separator;
  const char **part = arena_array(arena, count + 1, sizeof *part);
  char *rest = arena_text(arena, text);
  for (size_t i = 0; i < count; i++) part[i] = strsep(&rest, separator);
  return part;
}

/* `received+handled`: both; `-`: none. */
static bool read_set(const struct prose_rules *rules, enum role role, const char *text,
                     struct concepts *set, struct failure *failure) {
  if (strcmp(text, "-") == 0) return true;
  for (const char **name = split(rules->arena, text, "+"); *name; name++) {
    int concept = lexicon_concept(rules->lexicon, role, *name);
    if (!concept) return failure_set(failure, "prose_lexicon.csv has no concept '%s'", *name);
    concepts_add(set, concept);
  }
  return true;
}

/* `received|handled`: either; `!received`: any but this; `*`: any; empty: none. */
static bool read_allowed(const struct prose_rules *rules, enum role role, const char *text,
                         struct allowed *allowed, struct failure *failure) {
  allowed->is_told = *text != '\0' && *text != '*';
  allowed->is_any = strcmp(text, "*") == 0;
  if (allowed->is_any) return true;
  allowed->is_not = *text == '!';
  if (allowed->is_not) text++;
  const char **part = split(rules->arena, *text ? text : "-", "|");
  while (part[allowed->count]) allowed->count++;
  allowed->set = arena_array(rules->arena, allowed->count, sizeof *allowed->set);
  for (size_t i = 0; i < allowed->count; i++)
    if (!read_set(rules, role, part[i], &allowed->set[i], failure)) return false;
  return true;
}

/* Every unit must be one of the variable's; an empty one is none at all. */
static bool knows_units(const struct prose_rules *rules, const struct prose_rule *rule,
                        struct failure *failure) {
  for (const char **unit = rule->unit; *unit; unit++)
    if (**unit &&
        !number_knows_unit(rules->numerals, rule->variable, text_compact(rules->arena, *unit)))
      return failure_set(failure, "units.csv does not turn '%s' into '%s'", *unit,
                         rule->variable->unit);
  return true;
}

static bool take_restatement(struct prose_rules *rules, const struct variable *variable,
                             const char *cells, struct failure *failure) {
  for (size_t i = 0; i < rules->restatements.count; i++)
    if (rules->restatements.item[i].variable == variable)
      return strcmp(rules->restatements.item[i].cells->text, cells) == 0 ||
             failure_set(failure, "'%s' restates other cells in a rule above", variable->id);
  const struct expression *expression =
      expression_parse(rules->arena, rules->codebook, cells, failure);
  if (!expression) return false;
  *list_add(rules->arena, &rules->restatements) = (struct restatement){variable, expression};
  return true;
}

static bool read_may(const struct prose_rules *rules, const char *text, struct prose_rule *rule,
                     struct failure *failure) {
  struct {
    const char *name;
    bool *flag;
  } words[] = {{"part", &rule->allows_part},
               {"since", &rule->allows_since},
               {"carried", &rule->allows_of},
               {"topic", &rule->needs_topic},
               {"none", &rule->is_none},
               {"alone", &rule->no_channel},
               {"unknown", &rule->allows_unknown},
               {"organ", &rule->allows_office},
               {"among", &rule->is_among},
               {"last", &rule->is_last},
               {"strict", &rule->is_strict},
               {"plain", &rule->is_plain},
               {"change", &rule->is_change},
               {"platform", &rule->on_platform},
               {"", NULL}};
  enum { WORDS = sizeof words / sizeof *words };
  for (const char **name = split(rules->arena, text, " "); *name; name++) {
    size_t i = 0;
    while (i < WORDS && strcmp(words[i].name, *name) != 0) i++;
    if (i == WORDS) return failure_set(failure, "'%s' is nothing that a rule may", *name);
    if (words[i].flag) *words[i].flag = true;
  }
  return true;
}

static int weigh(const struct prose_rule *rule) {
  enum { LAST = 20 };
  int weight = rule->of.is_told + rule->needs_topic - rule->allows_of;
  for (int role = 0; role < ROLE_SLOTS; role++) weight += 2 * rule->slot[role].is_told;
  return rule->is_last ? weight - LAST : weight;
}

static bool read_slots(const struct prose_rules *rules, const char *const *f,
                       struct prose_rule *rule, struct failure *failure) {
  for (int role = 0; role < ROLE_SLOTS; role++)
    if (!read_allowed(rules, (enum role)role, f[COLUMN_WHAT + role], &rule->slot[role], failure))
      return false;
  return read_allowed(rules, ROLE_WHAT, f[COLUMN_OF], &rule->of, failure);
}

static bool is_new_name(const struct prose_rules *rules, const char *name,
                        struct failure *failure) {
  for (size_t i = 0; i < rules->rules.count; i++)
    if (strcmp(rules->rules.item[i].name, name) == 0)
      return failure_set(failure, "the rule '%s' stands twice", name);
  return *name || failure_set(failure, "a rule needs a name");
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  struct prose_rule rule = {.name = arena_text(rules->arena, f[COLUMN_RULE]),
                            .variable = codebook_find(rules->codebook, f[COLUMN_VARIABLE]),
                            .unit = split(rules->arena, f[COLUMN_UNITS], "|")};
  if (!rule.variable)
    return failure_set(failure, "the codebook has no variable '%s'", f[COLUMN_VARIABLE]);
  if (!is_new_name(rules, rule.name, failure) || !read_slots(rules, f, &rule, failure) ||
      !read_may(rules, f[COLUMN_MAY], &rule, failure) || !knows_units(rules, &rule, failure))
    return false;
  rule.weight = weigh(&rule);
  *list_add(rules->arena, &rules->rules) = rule;
  return !*f[COLUMN_RESTATES] ||
         take_restatement(rules, rule.variable, f[COLUMN_RESTATES], failure);
}

/* Puts the most specific rules first; of rules as specific their order stays. */
static void sort_rules(struct prose_rules *rules) {
  struct prose_rule *rule = rules->rules.item;
  for (size_t i = 1; i < rules->rules.count; i++) {
    struct prose_rule moved = rule[i];
    size_t at = i;
    for (; at > 0 && rule[at - 1].weight < moved.weight; at--) rule[at] = rule[at - 1];
    rule[at] = moved;
  }
}

struct prose_rules *prose_rules_load(struct arena *arena, const char *folder,
                                     const struct codebook *codebook,
                                     const struct numerals *numerals, struct failure *failure) {
  static const char *const columns[] = {"rule",   "variable", "what",  "action", "channel",  "whom",
                                        "detail", "of",       "units", "may",    "restates", NULL};
  struct prose_rules *rules = arena_alloc(arena, sizeof *rules);
  rules->arena = arena;
  rules->codebook = codebook;
  rules->numerals = numerals;
  rules->area = codebook_find(codebook, "key_area.items");
  rules->lexicon = lexicon_load(arena, folder, failure);
  rules->area_names = rules->lexicon ? area_names_load(arena, folder, failure) : NULL;
  if (!rules->area_names || !csv_read(arena_format(arena, "%s/rules/prose_rules.csv", folder),
                                      columns, take_rule, rules, failure))
    return NULL;
  sort_rules(rules);
  return rules;
}

size_t prose_restatements(const struct prose_rules *rules, const struct restatement **first) {
  *first = rules->restatements.item;
  return rules->restatements.count;
}

/* ---- matching ---- */

static bool is_allowed(const struct allowed *allowed, const struct concepts *set) {
  for (size_t i = 0; i < allowed->count; i++)
    if (concepts_equal(&allowed->set[i], set)) return !allowed->is_not;
  return allowed->is_any || allowed->is_not;
}

static bool has_unit(const struct prose_rule *rule, const struct claim *claim) {
  if (!claim->number) return true;
  const char *printed = claim->number->word ? claim->number->word->text : "";
  for (const char **unit = rule->unit; *unit; unit++)
    if (strcmp(*unit, printed) == 0) return true;
  return false;
}

/* The thing that CLAIM counts: its own words name it, or what was named before it does. */
static const struct concepts *thing_of(const struct prose_rule *rule, const struct claim *claim) {
  const struct concepts *own = &claim->slot[ROLE_WHAT];
  return own->count || !rule->allows_of ? own : &claim->of;
}

static bool has_few_unknown(const struct prose_rule *rule, const struct claim *claim) {
  if (rule->is_strict) return claim->unknown == 0;
  if (rule->is_plain && claim->is_modified) return false;
  bool names = claim->slot[ROLE_WHAT].count || claim->slot[ROLE_DETAIL].count;
  size_t most = rule->allows_unknown ? 2 * UNKNOWN_MOST : names ? UNKNOWN_MOST : 0;
  return claim->unknown <= (rule->is_none ? 2 : most);
}

static bool has_channel(const struct prose_rule *rule, const struct claim *claim) {
  const struct concepts *own = &claim->slot[ROLE_CHANNEL];
  const struct allowed *allowed = &rule->slot[ROLE_CHANNEL];
  if (own->count) return is_allowed(allowed, own);
  if (rule->no_channel && claim->channel.count) return false;
  return is_allowed(allowed, own) || is_allowed(allowed, &claim->channel) ||
         (rule->on_platform && is_allowed(allowed, &claim->platform));
}

static bool has_action(const struct prose_rule *rule, const struct claim *claim) {
  const struct concepts *own = &claim->slot[ROLE_ACTION];
  const struct allowed *allowed = &rule->slot[ROLE_ACTION];
  if (own->count) return is_allowed(allowed, own);
  bool is_result = rule->slot[ROLE_DETAIL].is_told; /* named by itself, whatever was done before */
  return is_allowed(allowed, &claim->action) || (is_result && is_allowed(allowed, own));
}

/* True where what was named before, or the phrase itself names, is what the rule is of. */
static bool is_of(const struct prose_rule *rule, const struct claim *claim) {
  const struct concepts *own = &claim->slot[ROLE_WHAT];
  if (!rule->of.is_told) return true;
  bool is_own = own->count && !rule->of.is_not && is_allowed(&rule->of, own);
  if (rule->of.is_not && claim->is_of_before) return true;
  return is_own || is_allowed(&rule->of, &claim->of);
}

static bool matches(const struct prose_rule *rule, const struct claim *claim) {
  return rule->is_none == !claim->number &&
         is_allowed(&rule->slot[ROLE_WHAT], thing_of(rule, claim)) && has_action(rule, claim) &&
         has_channel(rule, claim) && is_allowed(&rule->slot[ROLE_WHOM], &claim->slot[ROLE_WHOM]) &&
         is_allowed(&rule->slot[ROLE_DETAIL], &claim->slot[ROLE_DETAIL]) && has_unit(rule, claim) &&
         is_of(rule, claim) && (!rule->is_among || claim->is_among) &&
         (!rule->needs_topic || claim->is_topic) && (rule->allows_part || !claim->is_part) &&
         (rule->allows_since || claim->period != PERIOD_SINCE) && has_few_unknown(rule, claim);
}

const struct prose_rule *prose_rules_find(const struct prose_rules *rules,
                                          const struct claim *claim) {
  for (size_t i = 0; i < rules->rules.count; i++)
    if (matches(&rules->rules.item[i], claim)) return &rules->rules.item[i];
  return NULL;
}
