/* Finds indicators in prose. Knows no indicator but by prose_rules.csv.
 *
 * A pattern is a PCRE2 expression with words in braces: `{value}` is a printed number with one of
 * the rule's units, `{year}` the report's year (in guards), every other a row of prose_words.csv.
 * It meets a paragraph without blanks, with full-width letters, digits and % made plain and with
 * plain punctuation made Chinese. What it matches is the value; where a group named `zero` took
 * part (未, 没有 …), the value is zero. */
#include "ingest/prose/narrative.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "core/base/pattern.h"
#include "core/base/text_index.h"

enum { GUARDS_AT_MOST = 16 };

/* Before every pattern: how many steps PCRE2 may take from one place of a text. Words are bounded,
 * so real reports need a few hundred; what needs more is hostile, and is passed over. */
#define STEPS "(*LIMIT_MATCH=100000)"

struct prose_rule {
  const struct variable *variable;
  struct pattern *pattern;
  char **about; /* one of these stands in every paragraph that the pattern can match; NULL ends */
  unsigned despite; /* bits of the guards that do not stop it */
};

/* A guard says, of the sentence up to a value or of what stands behind it, that it is not the value
 * asked for. */
struct prose_guard {
  unsigned bit;            /* of its name */
  bool is_behind;          /* it meets what stands behind the value */
  const char *text;        /* {year} stands for the report's year */
  struct pattern *pattern; /* compiled for the guards' year */
};

/* What a word in braces stands for. */
struct prose_word {
  const char *word, *pattern;
};

struct prose_rules {
  struct arena *arena;
  const struct codebook *codebook;
  const struct numerals *numerals;
  LIST_OF(struct prose_word) words;
  LIST_OF(struct prose_word) values; /* what {value} stands for, by units */
  LIST_OF(struct prose_rule) rules;
  LIST_OF(struct restatement) restatements;
  LIST_OF(struct prose_guard) guards;
  LIST_OF(const char *) guard_names; /* in the order of their bits */
  struct last_match *last_match;     /* of rules and guards */
  int guard_year;
};

/* ---- loading ---- */

/* PATTERN with every NAME replaced by TEXT. */
static const char *replaced(struct arena *arena, const char *pattern, const char *name,
                            const char *text) {
  const char *result = "";
  for (const char *found; (found = strstr(pattern, name)); pattern = found + strlen(name))
    result = arena_format(arena, "%s%.*s%s", result, (int)(found - pattern), pattern, text);
  return arena_format(arena, "%s%s", result, pattern);
}

static bool is_named(const char *word, size_t length, const char *known) {
  return strlen(known) == length && memcmp(word, known, length) == 0;
}

/* What the LENGTH bytes of WORD, without braces, stand for; NULL where it is no word. */
static const char *meaning(const struct prose_rules *rules, const char *word, size_t length) {
  for (size_t i = 0; i < rules->words.count; i++) {
    const struct prose_word *known = &rules->words.item[i];
    if (is_named(word, length, known->word)) return known->pattern;
  }
  return NULL;
}

/* A copy of PATTERN with its words spelled out; VALUE is what {value} stands for. {year} and what
 * is no word ({0,3}) stay. NULL with the reason where a word is not known. */
static const char *spelled_out(const struct prose_rules *rules, const char *pattern,
                               const char *value, struct failure *failure) {
  struct arena *arena = rules->arena;
  const char *text = "";
  for (const char *brace; (brace = strchr(pattern, '{'));) {
    const char *word = brace + 1;
    size_t length = strcspn(word, "}"), before = (size_t)(brace - pattern);
    const char *stands_for = is_named(word, length, "value") ? value : meaning(rules, word, length);
    bool is_word = stands_for || (islower((unsigned char)*word) && !is_named(word, length, "year"));
    if (is_word && !stands_for) {
      failure_set(failure, "prose_words.csv has no word '%.*s'", (int)length, word);
      return NULL;
    }
    if (!is_word) before++; /* the brace stays */
    text = arena_format(arena, "%s%.*s%s", text, (int)before, pattern, is_word ? stands_for : "");
    pattern = is_word ? word + length + 1 : word;
  }
  return arena_format(arena, "%s%s", text, pattern);
}

static bool take_word(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  if (*f[0] == '\0' || *f[1] == '\0')
    return failure_set(failure, "a word needs a name and a pattern");
  if (meaning(rules, f[0], strlen(f[0])))
    return failure_set(failure, "the word {%s} stands twice", f[0]);
  /* it may hold the words above it */
  const char *pattern = spelled_out(rules, f[1], "{value}", failure);
  if (!pattern) return false;
  *list_add(rules->arena, &rules->words) =
      (struct prose_word){arena_text(rules->arena, f[0]), pattern};
  return true;
}

/* Every unit of UNITS (parted by '|') must be one of the variable's; an empty one is none at all.
 */
static bool knows_units(const struct prose_rules *rules, const struct variable *variable,
                        const char *units, struct failure *failure) {
  char *rest = arena_text(rules->arena, units);
  for (char *unit; (unit = strsep(&rest, "|"));)
    if (*unit && !number_knows_unit(rules->numerals, variable, text_compact(rules->arena, unit)))
      return failure_set(failure, "units.csv does not turn '%s' into '%s'", unit, variable->unit);
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

static const char *value_pattern(struct prose_rules *rules, const char *units) {
  for (size_t i = 0; i < rules->values.count; i++)
    if (strcmp(rules->values.item[i].word, units) == 0) return rules->values.item[i].pattern;
  struct prose_word value = {arena_text(rules->arena, units),
                             number_pattern(rules->arena, rules->numerals, units)};
  *list_add(rules->arena, &rules->values) = value;
  return value.pattern;
}

/* The bits of the guards in NAMES (parted by blanks). */
static bool read_despite(const struct prose_rules *rules, const char *names, unsigned *bits,
                         struct failure *failure) {
  char *rest = arena_text(rules->arena, names);
  for (char *name; (name = strsep(&rest, " "));) {
    size_t i = 0;
    while (i < rules->guard_names.count && strcmp(rules->guard_names.item[i], name) != 0) i++;
    if (*name && i == rules->guard_names.count)
      return failure_set(failure, "prose_guards.csv has no guard '%s'", name);
    if (*name) *bits |= 1U << i;
  }
  return true;
}

static char **split(struct arena *arena, const char *text) {
  size_t count = 1;
  for (const char *c = text; *c; c++) count += *c == '|';
  char **part = arena_array(arena, count + 1, sizeof *part), *rest = arena_text(arena, text);
  for (size_t i = 0; i < count; i++) part[i] = strsep(&rest, "|");
  return part;
}

/* The rules of a variable stand together. */
static bool is_in_order(const struct prose_rules *rules, const struct variable *variable,
                        struct failure *failure) {
  size_t count = rules->rules.count;
  for (size_t i = 0; i < count; i++)
    if (rules->rules.item[i].variable == variable &&
        rules->rules.item[count - 1].variable != variable)
      return failure_set(failure, "the rules of '%s' must stand together", variable->id);
  return true;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  struct arena *arena = rules->arena;
  struct prose_rule rule = {.variable = codebook_find(rules->codebook, f[0]),
                            .about = split(arena, f[1])};
  if (!rule.variable) return failure_set(failure, "the codebook has no variable '%s'", f[0]);
  const char *text = spelled_out(rules, arena_format(arena, STEPS "(?<told>%s)", f[2]),
                                 value_pattern(rules, f[3]), failure);
  if (!text) return false;
  if (!strstr(text, "(?<value>") && !strstr(text, "(?<zero>"))
    return failure_set(failure, "the pattern has no {value} and no {none}: nothing to read");
  if (!is_in_order(rules, rule.variable, failure) ||
      !knows_units(rules, rule.variable, f[3], failure) ||
      !read_despite(rules, f[5], &rule.despite, failure))
    return false;
  if (*f[4] && !take_restatement(rules, rule.variable, f[4], failure)) return false;

  rule.pattern = pattern_compile(text, rules->last_match, failure);
  if (!rule.pattern) return false;
  *list_add(arena, &rules->rules) = rule;
  return true;
}

/* The bit of the guard NAME, a new one where it is new; 0 where there are too many. */
static unsigned guard_bit(struct prose_rules *rules, const char *name) {
  size_t i = 0;
  while (i < rules->guard_names.count && strcmp(rules->guard_names.item[i], name) != 0) i++;
  if (i == GUARDS_AT_MOST) return 0;
  if (i == rules->guard_names.count)
    *list_add(rules->arena, &rules->guard_names) = arena_text(rules->arena, name);
  return 1U << i;
}

static bool take_guard(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  struct prose_guard guard = {.bit = guard_bit(rules, f[0]),
                              .is_behind = strcmp(f[1], "behind") == 0,
                              .text = spelled_out(rules, f[2], "", failure)};
  if (!guard.text) return false;
  if (!guard.is_behind && strcmp(f[1], "before") != 0)
    return failure_set(failure, "'%s' is no side of a value: before, behind", f[1]);
  const char *year = arena_format(rules->arena, "%d", rules->guard_year);
  const char *text = replaced(rules->arena, guard.text, "{year}", year);
  guard.pattern = pattern_compile(text, rules->last_match, failure);
  if (!guard.pattern) return false;
  *list_add(rules->arena, &rules->guards) = guard;
  return guard.bit ||
         failure_set(failure, "there are more than %d names of guards", GUARDS_AT_MOST);
}

struct prose_rules *prose_rules_load(struct arena *arena, const char *folder,
                                     const struct codebook *codebook,
                                     const struct numerals *numerals, struct failure *failure) {
  static const char *const word_columns[] = {"word", "pattern", "meaning", NULL};
  static const char *const guard_columns[] = {"guard", "side", "pattern", "why", NULL};
  static const char *const rule_columns[] = {"variable", "about",   "pattern", "units",
                                             "restates", "despite", NULL};
  struct prose_rules *rules = arena_alloc(arena, sizeof *rules);
  *rules = (struct prose_rules){.arena = arena,
                                .codebook = codebook,
                                .numerals = numerals,
                                .last_match = last_match_new(),
                                .guard_year = 2000};
  if (csv_read(arena_format(arena, "%s/rules/prose_words.csv", folder), word_columns, take_word,
               rules, failure) &&
      csv_read(arena_format(arena, "%s/rules/prose_guards.csv", folder), guard_columns, take_guard,
               rules, failure) &&
      csv_read(arena_format(arena, "%s/rules/prose_rules.csv", folder), rule_columns, take_rule,
               rules, failure))
    return rules;
  prose_rules_free(rules);
  return NULL;
}

void prose_rules_free(struct prose_rules *rules) {
  if (!rules) return;
  for (size_t i = 0; i < rules->rules.count; i++) pattern_free(rules->rules.item[i].pattern);
  for (size_t i = 0; i < rules->guards.count; i++) pattern_free(rules->guards.item[i].pattern);
  last_match_free(rules->last_match);
}

size_t prose_restatements(const struct prose_rules *rules, const struct restatement **first) {
  *first = rules->restatements.item;
  return rules->restatements.count;
}

/* ---- a paragraph as the patterns meet it ---- */

struct prose {
  const struct block *block; /* the paragraph */
  const char *text;          /* folded */
  size_t length;
  struct text_index index; /* of it */
  const char *printed;
  const size_t *origin; /* where in PRINTED each byte of TEXT comes from; one more at the end */
};

/* Full-width letters, digits and the signs within numbers become plain ones. */
static int folded(int character) {
  int plain = character - 0xFEE0;
  bool is_sign = plain == '%' || plain == '.' || plain == '+' || plain == '-' || plain == '/';
  bool is_word = (plain >= '0' && plain <= '9') || (plain >= 'A' && plain <= 'Z') ||
                 (plain >= 'a' && plain <= 'z');
  return is_sign || is_word ? plain : character;
}

/* Plain punctuation that stands for Chinese; a comma or colon before a digit and behind one does
 * not. NULL for every other character. */
static const char *chinese_mark(const char *text, const char *at) {
  static const struct {
    char plain;
    const char *chinese;
  } marks[] = {{',', "，"}, {';', "；"}, {':', "："}, {'(', "（"}, {')', "）"}};
  bool within_number = at > text && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (*at == marks[i].plain && !within_number) return marks[i].chinese;
  return NULL;
}

struct folding {
  char *text;
  size_t *origin; /* of each byte: where it stands in the block's text */
  size_t length;
};

/* Appends PUT, which stands for what is printed from ORIGIN on. */
static void put_instead(struct folding *folding, const char *put, size_t origin) {
  for (; *put; put++) {
    folding->origin[folding->length] = origin;
    folding->text[folding->length++] = *put;
  }
}

/* Appends the bytes from FROM to END of TEXT as they are. */
static void put_as_printed(struct folding *folding, const char *text, const char *from,
                           const char *end) {
  for (; from < end; from++) {
    folding->origin[folding->length] = (size_t)(from - text);
    folding->text[folding->length++] = *from;
  }
}

static struct prose fold(struct arena *arena, const struct block *block) {
  enum { LONGEST = 3 }; /* bytes that one byte can become */
  size_t size = strlen(block->text);
  struct folding folding = {
      .text = arena_array(arena, size + 1, LONGEST),
      .origin = arena_array(arena, size * LONGEST + 1, sizeof *folding.origin),
  };
  for (const char *at = block->text; *at;) {
    const char *from = at, *mark = chinese_mark(block->text, from);
    int character = text_next(&at);
    const char plain[] = {(char)folded(character), '\0'};
    if (text_is_space(character)) continue;
    if (mark)
      put_instead(&folding, mark, (size_t)(from - block->text));
    else if (folded(character) != character)
      put_instead(&folding, plain, (size_t)(from - block->text));
    else
      put_as_printed(&folding, block->text, from, at);
  }
  folding.origin[folding.length] = size;
  return (struct prose){.block = block,
                        .text = folding.text,
                        .length = folding.length,
                        .index = text_index_make(folding.text, folding.length),
                        .printed = block->text,
                        .origin = folding.origin};
}

/* ---- matching ---- */

struct prose_reader {
  const struct prose_rules *rules;
  const struct prose *prose;
  size_t paragraphs;
  struct findings *findings;
};

/* Where the sentence with the byte VALUE begins, or what guards see of it. */
static size_t sentence_start(const struct prose *prose, size_t value) {
  enum { SEEN_AT_MOST = 600 };
  static const char *const ends[] = {"。", "！", "？"};
  size_t start = value > SEEN_AT_MOST ? value - SEEN_AT_MOST : 0;
  while (start < value && (prose->text[start] & 0xC0) == 0x80) start++; /* amid a character */
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t length = strlen(ends[i]);
    for (size_t at = start; at + length <= value; at++)
      if (memcmp(prose->text + at, ends[i], length) == 0) start = at + length;
  }
  return start;
}

/* True where a guard that stops RULE matches beside the value from VALUE to VALUE_END. */
static bool is_guarded(const struct prose_reader *reader, const struct prose_rule *rule,
                       const struct prose *prose, size_t value, size_t value_end) {
  size_t start = sentence_start(prose, value);
  for (size_t i = 0; i < reader->rules->guards.count; i++) {
    const struct prose_guard *guard = &reader->rules->guards.item[i];
    size_t from = guard->is_behind ? value_end : start;
    size_t to = guard->is_behind ? prose->length : value;
    if (!(guard->bit & rule->despite) &&
        pattern_match(guard->pattern, prose->text + from, to - from, 0))
      return true;
  }
  return false;
}

struct prose_match {
  struct number number;
  const char *printed;
  const struct block *block;
};

typedef LIST_OF(struct prose_match) match_list;

static bool is_about(const struct prose_rule *rule, const struct prose *prose) {
  for (char **word = rule->about; *word; word++)
    if (text_index_has(&prose->index, *word, strlen(*word))) return true;
  return false;
}

static void match_paragraph(const struct prose_reader *reader, const struct prose_rule *rule,
                            const struct prose *prose, match_list *matches) {
  struct arena *arena = reader->findings->arena;
  if (!is_about(rule, prose)) return;
  for (size_t at = 0, start, end, value, value_end; at < prose->length; at = end) {
    if (!pattern_match(rule->pattern, prose->text, prose->length, at) ||
        !pattern_group(rule->pattern, "told", &start, &end) || end <= at)
      return;
    bool is_zero = pattern_group(rule->pattern, "zero", &value, &value_end);
    if (is_zero)
      value_end = end;
    else if (pattern_group(rule->pattern, "value", &value, &value_end))
      end = value_end;
    else
      return;
    if (is_guarded(reader, rule, prose, value, value_end)) continue;
    size_t from = prose->origin[value], to = prose->origin[value_end];
    struct prose_match *match = list_add(arena, matches);
    match->block = prose->block;
    match->printed = arena_bytes(arena, prose->printed + from, to - from);
    match->number.status = STATUS_REPORTED;
    if (!is_zero)
      match->number =
          number_read(arena, reader->rules->numerals, rule->variable, match->printed, "");
  }
}

static bool same_number(struct number a, struct number b) {
  return a.status == b.status && decimal_compare(a.value, b.value) == 0;
}

/* One value: an observation. Several that differ: none, and the reason. */
static void settle(const struct prose_reader *reader, const struct variable *variable,
                   const match_list *matches) {
  struct findings *findings = reader->findings;
  const struct prose_match *first = &matches->item[0];
  for (size_t i = 1; i < matches->count; i++) {
    const struct prose_match *other = &matches->item[i];
    if (same_number(first->number, other->number)) continue;
    findings_reject(findings, "ambiguous_prose",
                    "%s: '%s' in paragraph %zu and '%s' in paragraph %zu; neither was taken",
                    variable->id, first->printed, first->block->number, other->printed,
                    other->block->number);
    return;
  }
  findings_add(
      findings, variable, "", first->number, first->printed,
      (struct provenance){block_place(first->block, first->block->page), READ_BY_PROSE, ""});
}

/* The first rule of each variable that matches anywhere decides. */
static void read_variables(const struct prose_reader *reader) {
  const struct prose_rules *rules = reader->rules;
  const struct variable *decided = NULL;
  for (size_t i = 0; i < rules->rules.count; i++) {
    const struct prose_rule *rule = &rules->rules.item[i];
    if (rule->variable == decided) continue;
    match_list matches = {0};
    for (size_t j = 0; j < reader->paragraphs; j++)
      match_paragraph(reader, rule, &reader->prose[j], &matches);
    if (matches.count == 0) continue;
    settle(reader, rule->variable, &matches);
    decided = rule->variable;
  }
}

/* Compiles the guards that name the year for YEAR, where they are not already. */
static void prepare_guards(struct prose_rules *rules, int year) {
  if (rules->guard_year == year) return;
  struct arena *scratch = arena_new();
  struct failure failure = {""};
  for (size_t i = 0; i < rules->guards.count; i++) {
    struct prose_guard *guard = &rules->guards.item[i];
    if (!strstr(guard->text, "{year}")) continue;
    pattern_free(guard->pattern);
    const char *text = replaced(scratch, guard->text, "{year}", arena_format(scratch, "%d", year));
    /* it compiled when it was loaded */
    guard->pattern = pattern_compile(text, rules->last_match, &failure);
  }
  rules->guard_year = year;
  arena_free(scratch);
}

void prose_read(struct prose_rules *rules, const struct document *document, size_t from, size_t to,
                int year, struct findings *findings) {
  struct arena *arena = findings->arena;
  struct prose *prose = arena_array(arena, to - from + 1, sizeof *prose);
  struct prose_reader reader = {.rules = rules, .prose = prose, .findings = findings};
  for (size_t i = from; i < to; i++)
    if (document->blocks.item[i].kind == BLOCK_PARAGRAPH &&
        !findings_is_table_line(findings, &document->blocks.item[i]))
      prose[reader.paragraphs++] = fold(arena, &document->blocks.item[i]);
  prepare_guards(rules, year);
  read_variables(&reader);
  *list_add(arena, &findings->sections) = (struct section_forms){"narrative", "any"};
}
