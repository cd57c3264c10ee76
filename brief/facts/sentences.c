/* Chooses sentences by conditions that a reader can check. Knows no indicator.
 *
 * A condition is a row of comparisons parted by ` and `:
 *   NAME < NUMBER   NAME <= NUMBER   NAME = WORD   NAME != WORD   NAME > NUMBER   NAME >= NUMBER
 *   NAME has WORD   (one of the words of a fact that is a list)
 *   NAME missing    (it is not known; every other comparison with it fails)
 * The right side may be another fact.
 *
 * A ladder is conditions and texts that several sentences share: `@` stands for the indicator, and
 * words in braces that depend on what it measures (count, share) are filled in when it is read. */
#include "brief/facts/sentences.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/word_list.h"
#include "core/model/substitute.h"

enum relation {
  RELATION_LESS,
  RELATION_AT_MOST,
  RELATION_EQUAL,
  RELATION_DIFFERENT,
  RELATION_MORE,
  RELATION_AT_LEAST,
  RELATION_HAS,
  RELATION_MISSING,
  RELATIONS
};

static const char *const relation_words[RELATIONS] = {
    "<", "<=", "=", "!=", ">", ">=", "has", "missing"};

struct comparison_rule {
  const char *name, *other;
  enum relation relation;
};

/* What a row says, before it is parsed. */
struct step {
  const char *when, *link, *zh, *en;
};

struct sentence_rule {
  const char *pages; /* parted by blanks */
  const char *sentence, *part, *link, *text;
  LIST_OF(struct comparison_rule) when;
};

#define SENTENCE_ROW(COLUMN, OPTIONAL)                                                             \
  COLUMN(page)                                                                                     \
  COLUMN(sentence)                                                                                 \
  COLUMN(part)                                                                                     \
  COLUMN(when)                                                                                     \
  COLUMN(link) COLUMN(zh) COLUMN(en) OPTIONAL(ladder) OPTIONAL(indicator) OPTIONAL(measure)
CSV_ROW(sentence_row, SENTENCE_ROW);

/* A row of ladders.csv; MEASURE is "" where it is for all. */
struct ladder_step {
  const char *ladder, *measure;
  struct step step;
};

struct measure_word {
  const char *measure;
  struct filling word;
};

struct sentence_rules {
  struct arena *arena;
  enum language language;
  LIST_OF(struct ladder_step) step;
  LIST_OF(struct measure_word) measure;
  LIST_OF(struct sentence_rule) rule;
};

/* ---- reading ---- */

static enum relation relation_from(const char *word) {
  enum relation relation = 0;
  while (relation < RELATIONS && strcmp(relation_words[relation], word) != 0) relation++;
  return relation;
}

static bool take_comparison(struct sentence_rules *rules, struct sentence_rule *rule, char *text,
                            struct failure *failure) {
  char *rest, *name = strtok_r(text, " ", &rest), *word = name ? strtok_r(NULL, " ", &rest) : NULL;
  char *other = word ? strtok_r(NULL, " ", &rest) : NULL;
  enum relation relation = word ? relation_from(word) : RELATIONS;
  bool is_whole = relation != RELATIONS && (relation == RELATION_MISSING) == !other;
  if (!is_whole || (other && strtok_r(NULL, " ", &rest)))
    return failure_set(failure, "the condition around '%s' is none", name ? name : "");
  *list_add(rules->arena, &rule->when) = (struct comparison_rule){name, other, relation};
  return true;
}

static bool take_condition(struct sentence_rules *rules, struct sentence_rule *rule,
                           const char *when, struct failure *failure) {
  static const char joint[] = " and ";
  char *text = arena_text(rules->arena, when);
  while (*text) {
    char *end = strstr(text, joint), *next = end ? end + sizeof joint - 1 : text + strlen(text);
    if (end) *end = '\0';
    if (!take_comparison(rules, rule, text, failure)) return false;
    text = next;
  }
  return true;
}

static bool is_same_part(const struct sentence_rule *a, const struct sentence_rule *b) {
  return strcmp(a->sentence, b->sentence) == 0 && strcmp(a->part, b->part) == 0;
}

/* True where a part may end with RULE: it always says something. */
static bool is_closed(const struct sentence_rule *rule) {
  return rule->when.count == 0 && !strchr(rule->text, '{');
}

/* The last of the rules for PAGE; NULL: there is none. */
static const struct sentence_rule *last_of_page(const struct sentence_rules *rules,
                                                struct listed_word page) {
  const char *name = arena_bytes(rules->arena, page.text, page.length);
  for (size_t i = rules->rule.count; i-- > 0;)
    if (word_list_has(rules->rule.item[i].pages, name)) return &rules->rule.item[i];
  return NULL;
}

/* On each page of RULE the part before it must have ended, unless RULE goes on with it. */
static bool goes_on(const struct sentence_rules *rules, const struct sentence_rule *rule,
                    struct failure *failure) {
  const char *pages = rule->pages;
  for (struct listed_word page; word_list_next(&pages, &page);) {
    const struct sentence_rule *last = last_of_page(rules, page);
    if (last && !is_closed(last) && !is_same_part(last, rule))
      return failure_set(failure, "part '%s' of '%s' before it may say nothing", last->part,
                         last->sentence);
  }
  return true;
}

/* Adds STEP to the part of a sentence that RULE names. */
static bool add_rule(struct sentence_rules *rules, struct sentence_rule rule, struct step step,
                     struct failure *failure) {
  if (!*step.zh != !*step.en)
    return failure_set(failure, "the sentence lacks one of the languages");
  rule.link = arena_text(rules->arena, step.link);
  rule.text = arena_text(rules->arena, rules->language == LANGUAGE_ZH ? step.zh : step.en);
  if (!take_condition(rules, &rule, step.when, failure) || !goes_on(rules, &rule, failure))
    return false;
  *list_add(rules->arena, &rules->rule) = rule;
  return true;
}

/* ---- ladders ---- */

#define MEASURE_ROW(COLUMN, OPTIONAL) COLUMN(measure) COLUMN(word) COLUMN(zh) COLUMN(en)
CSV_ROW(measure_row, MEASURE_ROW);
#define LADDER_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(ladder) COLUMN(measure) COLUMN(when) COLUMN(link) COLUMN(zh) COLUMN(en)
CSV_ROW(ladder_row, LADDER_ROW);

static bool take_measure(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  (void)failure;
  struct sentence_rules *rules = context;
  const struct measure_row *row = (const void *)f;
  const char *text = rules->language == LANGUAGE_ZH ? row->zh : row->en;
  *list_add(rules->arena, &rules->measure) =
      (struct measure_word){arena_text(rules->arena, row->measure),
                            {arena_text(rules->arena, row->word), arena_text(rules->arena, text)}};
  return true;
}

static bool take_step(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct sentence_rules *rules = context;
  const struct ladder_row *row = (const void *)f;
  struct arena *arena = rules->arena;
  *list_add(arena, &rules->step) =
      (struct ladder_step){arena_text(arena, row->ladder),
                           arena_text(arena, row->measure),
                           {arena_text(arena, row->when), arena_text(arena, row->link),
                            arena_text(arena, row->zh), arena_text(arena, row->en)}};
  return true;
}

/* The words of MEASURE ("": none), ended by a name that is NULL; NULL where there is none such. */
static const struct filling *words_of_measure(const struct sentence_rules *rules,
                                              const char *measure) {
  size_t count = 0;
  struct filling *words = arena_array(rules->arena, rules->measure.count + 1, sizeof *words);
  for (size_t i = 0; i < rules->measure.count; i++)
    if (strcmp(rules->measure.item[i].measure, measure) == 0)
      words[count++] = rules->measure.item[i].word;
  words[count] = (struct filling){NULL, NULL};
  return count || !*measure ? words : NULL;
}

/* Adds the steps of LADDER for INDICATOR and MEASURE to the part of a sentence that RULE names. */
static bool add_ladder(struct sentence_rules *rules, const struct sentence_rule *rule,
                       const struct sentence_row *row, struct failure *failure) {
  struct arena *arena = rules->arena;
  const struct filling *words = words_of_measure(rules, row->measure);
  bool found = false;
  if (!words) return failure_set(failure, "measures.csv has no measure '%s'", row->measure);
  for (size_t i = 0; i < rules->step.count; i++) {
    const struct ladder_step *of = &rules->step.item[i];
    if (strcmp(of->ladder, row->ladder) != 0) continue;
    found = true;
    if (*of->measure && strcmp(of->measure, row->measure) != 0) continue;
    struct step step = {substitute(arena, of->step.when, row->indicator),
                        substitute(arena, of->step.link, row->indicator),
                        text_fill(arena, substitute(arena, of->step.zh, row->indicator), words),
                        text_fill(arena, substitute(arena, of->step.en, row->indicator), words)};
    if (!add_rule(rules, *rule, step, failure)) return false;
  }
  return found || failure_set(failure, "ladders.csv has no ladder '%s'", row->ladder);
}

/* ---- sentences ---- */

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct sentence_row *row = (const void *)f;
  struct sentence_rules *rules = context;
  struct arena *arena = rules->arena;
  const struct sentence_rule rule = {.pages = arena_text(arena, row->page),
                                     .sentence = arena_text(arena, row->sentence),
                                     .part = arena_text(arena, row->part)};
  if (!*row->page || !*row->sentence || !*row->part)
    return failure_set(failure, "page, sentence or part is empty");
  const struct step step = {row->when, row->link, row->zh, row->en};
  if (!*row->ladder) return add_rule(rules, rule, step, failure);
  if (*step.when || *step.link || *step.zh || *step.en)
    return failure_set(failure, "a row with a ladder says nothing itself");
  return add_ladder(rules, &rule, row, failure);
}

/* The first page, of those that rules are for, whose last part may say nothing; NULL: none. */
static const char *open_page(const struct sentence_rules *rules) {
  for (size_t i = 0; i < rules->rule.count; i++) {
    const char *pages = rules->rule.item[i].pages;
    for (struct listed_word page; word_list_next(&pages, &page);)
      if (!is_closed(last_of_page(rules, page)))
        return arena_bytes(rules->arena, page.text, page.length);
  }
  return NULL;
}

static bool load_ladders(struct sentence_rules *rules, const char *folder,
                         struct failure *failure) {
  struct arena *arena = rules->arena;
  return csv_read_strictly(arena_format(arena, "%s/words/measures.csv", folder),
                           measure_row_columns, take_measure, rules, failure) &&
         csv_read_strictly(arena_format(arena, "%s/words/ladders.csv", folder), ladder_row_columns,
                           take_step, rules, failure);
}

const struct sentence_rules *sentences_load(struct arena *arena, const char *folder,
                                            enum language language, struct failure *failure) {
  struct sentence_rules *rules = arena_alloc(arena, sizeof *rules);
  *rules = (struct sentence_rules){.arena = arena, .language = language};
  const char *path = arena_format(arena, "%s/words/briefing.csv", folder);
  if (!load_ladders(rules, folder, failure)) return NULL;
  if (!csv_read_strictly(path, sentence_row_columns, take_rule, rules, failure)) return NULL;
  const char *page = open_page(rules);
  if (!page) return rules;
  failure_set(failure, "%s: the last part of the page '%s' may say nothing", path, page);
  return NULL;
}

/* ---- choosing ---- */

/* Negative, zero or positive: as numbers where both are, else as texts. */
static int compare_values(const char *a, const char *b) {
  char *a_end, *b_end;
  double x = strtod(a, &a_end), y = strtod(b, &b_end);
  if (*a_end || *b_end) return strcmp(a, b);
  return (x > y) - (x < y);
}

static bool comparison_holds(const struct comparison_rule *rule, const struct facts *facts) {
  const struct fact *fact = facts_find(facts, rule->name);
  if (rule->relation == RELATION_MISSING) return !fact;
  if (!fact) return false;
  const struct fact *known = facts_find(facts, rule->other);
  const char *other = known ? known->value : rule->other;
  if (rule->relation == RELATION_HAS) return word_list_has(fact->value, other);
  int order = compare_values(fact->value, other);
  switch (rule->relation) {
    case RELATION_LESS: return order < 0;
    case RELATION_AT_MOST: return order <= 0;
    case RELATION_EQUAL: return order == 0;
    case RELATION_DIFFERENT: return order != 0;
    case RELATION_MORE: return order > 0;
    default: return order >= 0;
  }
}

static bool knows_all(const char *text, const struct filling *fillings) {
  for (const char *at = text; (at = strchr(at, '{')); at++) {
    size_t length = strcspn(at + 1, "}");
    const struct filling *filling = fillings;
    while (filling->name &&
           (strlen(filling->name) != length || memcmp(filling->name, at + 1, length) != 0))
      filling++;
    if (!filling->name) return false;
  }
  return true;
}

static bool rule_holds(const struct sentence_rule *rule, const struct facts *facts,
                       const struct filling *fillings) {
  for (size_t i = 0; i < rule->when.count; i++)
    if (!comparison_holds(&rule->when.item[i], facts)) return false;
  return knows_all(rule->text, fillings);
}

static const struct filling *fillings_of(struct arena *arena, const struct facts *facts) {
  struct filling *fillings = arena_array(arena, facts->list.count + 1, sizeof *fillings);
  for (size_t i = 0; i < facts->list.count; i++)
    fillings[i] = (struct filling){facts->list.item[i].name, facts->list.item[i].shown};
  return fillings;
}

const struct link_text *sentences_choose(struct arena *arena, const struct sentence_rules *rules,
                                         const char *page, const struct facts *facts,
                                         size_t *count) {
  LIST_OF(struct link_text) chosen = {0};
  const struct filling *fillings = fillings_of(arena, facts);
  const struct sentence_rule *taken = NULL;
  for (size_t i = 0; i < rules->rule.count; i++) {
    const struct sentence_rule *rule = &rules->rule.item[i];
    if (!word_list_has(rule->pages, page) || (taken && is_same_part(taken, rule))) continue;
    if (!rule_holds(rule, facts, fillings)) continue;
    bool is_next = taken && strcmp(taken->sentence, rule->sentence) == 0;
    if (!is_next) *list_add(arena, &chosen) = (struct link_text){"", ""};
    struct link_text *sentence = &chosen.item[chosen.count - 1];
    sentence->text =
        arena_format(arena, "%s%s", sentence->text, text_fill(arena, rule->text, fillings));
    if (!*sentence->target) sentence->target = rule->link;
    taken = rule;
  }
  *count = chosen.count;
  return chosen.item;
}
