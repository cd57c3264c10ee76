/* Chooses sentences by conditions that a reader can check. Knows no indicator.
 *
 * A condition is a row of comparisons parted by ` and `:
 *   NAME < NUMBER   NAME <= NUMBER   NAME = WORD   NAME != WORD   NAME > NUMBER   NAME >= NUMBER
 *   NAME has WORD   (one of the words of a fact that is a list)
 *   NAME missing    (it is not known; every other comparison with it fails)
 * The right side may be another fact. */
#include "brief/facts/sentences.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

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

struct sentence_rule {
  const char *pages; /* parted by blanks */
  const char *sentence, *part, *link, *text;
  LIST_OF(struct comparison_rule) when;
};

struct sentence_rules {
  struct arena *arena;
  enum language language;
  LIST_OF(struct sentence_rule) rule;
};

/* ---- reading ---- */

static bool has_word(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; (at = strstr(at, word)); at++)
    if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ')) return true;
  return false;
}

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

/* The last of the rules for the page that is called the LENGTH bytes at PAGE; NULL: there is none.
 */
static const struct sentence_rule *last_of_page(const struct sentence_rules *rules,
                                                const char *page, size_t length) {
  const char *name = arena_bytes(rules->arena, page, length);
  for (size_t i = rules->rule.count; i-- > 0;)
    if (has_word(rules->rule.item[i].pages, name)) return &rules->rule.item[i];
  return NULL;
}

/* On each page of RULE the part before it must have ended, unless RULE goes on with it. */
static bool goes_on(const struct sentence_rules *rules, const struct sentence_rule *rule,
                    struct failure *failure) {
  size_t length;
  for (const char *page = rule->pages; *(page += strspn(page, " ")); page += length) {
    length = strcspn(page, " ");
    const struct sentence_rule *last = last_of_page(rules, page, length);
    if (last && !is_closed(last) && !is_same_part(last, rule))
      return failure_set(failure, "part '%s' of '%s' before it may say nothing", last->part,
                         last->sentence);
  }
  return true;
}

#define SENTENCE_ROW(COLUMN, OPTIONAL)                                                             \
  COLUMN(page) COLUMN(sentence) COLUMN(part) COLUMN(when) COLUMN(link) COLUMN(zh) COLUMN(en)
CSV_ROW(sentence_row, SENTENCE_ROW);

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct sentence_row *row = (const void *)f;
  struct sentence_rules *rules = context;
  struct arena *arena = rules->arena;
  struct sentence_rule rule = {
      .pages = arena_text(arena, row->page),
      .sentence = arena_text(arena, row->sentence),
      .part = arena_text(arena, row->part),
      .link = arena_text(arena, row->link),
      .text = arena_text(arena, rules->language == LANGUAGE_ZH ? row->zh : row->en)};
  if (!*row->page || !*row->sentence || !*row->part)
    return failure_set(failure, "page, sentence or part is empty");
  if (!*row->zh != !*row->en)
    return failure_set(failure, "the sentence lacks one of the languages");
  if (!take_condition(rules, &rule, row->when, failure) || !goes_on(rules, &rule, failure))
    return false;
  *list_add(arena, &rules->rule) = rule;
  return true;
}

/* The first page, of those that rules are for, whose last part may say nothing; NULL: none. */
static const char *open_page(const struct sentence_rules *rules) {
  size_t length;
  for (size_t i = 0; i < rules->rule.count; i++)
    for (const char *page = rules->rule.item[i].pages; *(page += strspn(page, " "));
         page += length) {
      length = strcspn(page, " ");
      if (!is_closed(last_of_page(rules, page, length))) return page;
    }
  return NULL;
}

const struct sentence_rules *sentences_load(struct arena *arena, const char *folder,
                                            enum language language, struct failure *failure) {
  struct sentence_rules *rules = arena_alloc(arena, sizeof *rules);
  *rules = (struct sentence_rules){.arena = arena, .language = language};
  const char *path = arena_format(arena, "%s/words/briefing.csv", folder);
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
  if (rule->relation == RELATION_HAS) return has_word(fact->value, other);
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
    if (!has_word(rule->pages, page) || (taken && is_same_part(taken, rule))) continue;
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
