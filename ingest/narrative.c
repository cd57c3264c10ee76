/* Finds indicators in prose. Knows no indicator but by prose_rules.csv.
 *
 * A pattern is a PCRE2 expression in which `{value}` stands for a printed number with one of the
 * rule's units, `{gap}` for a few characters within a clause and `{far}` for up to a sentence. It
 * meets a paragraph without blanks, with full-width letters, digits and % made plain; other
 * punctuation stays as Chinese prints it. */
#include "ingest/narrative.h"

#include <stdio.h>
#include <string.h>

#include "datasets/csv_file.h"
#include "datasets/label.h"
#include "ingest/pattern.h"

struct prose_rule {
  const struct variable *variable;
  struct pattern *pattern;
  bool guarded;
};

/* What {value} stands for in a rule with these units. */
struct value_pattern {
  const char *units, *pattern;
};

struct prose_rules {
  struct arena *arena;
  LIST_OF(struct value_pattern) values; /* one for each of the few different UNITS */
  const struct codebook *codebook;
  const struct numerals *numerals;
  LIST_OF(struct prose_rule) rules;
  LIST_OF(struct restatement) restatements;
  LIST_OF(const char *) guards; /* as written; {year} stands for the report's year */
  int guard_year;
  struct pattern **guard; /* compiled for GUARD_YEAR; all NULL before */
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

/* Every unit of UNITS (parted by '|') must be one of the variable's. */
static bool knows_units(const struct prose_rules *rules, const struct variable *variable,
                        const char *units, struct failure *failure) {
  char *rest = arena_text(rules->arena, units);
  for (char *unit; (unit = strsep(&rest, "|"));)
    if (!number_knows_unit(rules->numerals, variable, text_compact(rules->arena, unit)))
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
    if (strcmp(rules->values.item[i].units, units) == 0) return rules->values.item[i].pattern;
  struct value_pattern pattern = {arena_text(rules->arena, units),
                                  number_pattern(rules->arena, rules->numerals, units)};
  *list_add(rules->arena, &rules->values) = pattern;
  return pattern.pattern;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  struct arena *arena = rules->arena;
  const struct variable *variable = codebook_find(rules->codebook, f[0]);
  if (!variable) return failure_set(failure, "the codebook has no variable '%s'", f[0]);
  const struct prose_rule *last =
      rules->rules.count ? &rules->rules.item[rules->rules.count - 1] : NULL;
  for (size_t i = 0; i < rules->rules.count; i++)
    if (rules->rules.item[i].variable == variable && last->variable != variable)
      return failure_set(failure, "the rules of '%s' must stand together", variable->id);
  if (!strstr(f[1], "{value}"))
    return failure_set(failure, "the pattern has no {value}: nothing to read");
  if (strcmp(f[4], "yes") != 0 && strcmp(f[4], "no") != 0)
    return failure_set(failure, "guarded is yes or no, not '%s'", f[4]);
  if (!knows_units(rules, variable, f[2], failure)) return false;
  if (*f[3] && !take_restatement(rules, variable, f[3], failure)) return false;

  const char *text = replaced(arena, f[1], "{value}", value_pattern(rules, f[2]));
  text = replaced(arena, text, "{gap}", "[^，。；：、（）0-9]{0,12}?");
  text = replaced(arena, text, "{far}", "[^。；]{0,60}?");
  struct pattern *pattern = pattern_compile(text, failure);
  if (!pattern) return false;
  *list_add(arena, &rules->rules) =
      (struct prose_rule){variable, pattern, strcmp(f[4], "yes") == 0};
  return true;
}

static bool take_guard(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct prose_rules *rules = context;
  struct pattern *pattern =
      pattern_compile(replaced(rules->arena, f[0], "{year}", "2000"), failure);
  if (!pattern) return false;
  pattern_free(pattern);
  *list_add(rules->arena, &rules->guards) = arena_text(rules->arena, f[0]);
  return true;
}

struct prose_rules *prose_rules_load(struct arena *arena, const char *folder,
                                     const struct codebook *codebook,
                                     const struct numerals *numerals, struct failure *failure) {
  static const char *const rule_columns[] = {"variable", "pattern", "units",
                                             "restates", "guarded", NULL};
  static const char *const guard_columns[] = {"pattern", NULL};
  struct prose_rules *rules = arena_alloc(arena, sizeof *rules);
  *rules = (struct prose_rules){
      .arena = arena, .codebook = codebook, .numerals = numerals, .guard_year = -1};
  if (!csv_read(arena_format(arena, "%s/prose_rules.csv", folder), rule_columns, take_rule, rules,
                failure) ||
      !csv_read(arena_format(arena, "%s/prose_guards.csv", folder), guard_columns, take_guard,
                rules, failure)) {
    prose_rules_free(rules);
    return NULL;
  }
  rules->guard = arena_array(arena, rules->guards.count + 1, sizeof(struct pattern *));
  return rules;
}

void prose_rules_free(struct prose_rules *rules) {
  if (!rules) return;
  for (size_t i = 0; i < rules->rules.count; i++) pattern_free(rules->rules.item[i].pattern);
  for (size_t i = 0; rules->guard && i < rules->guards.count; i++) pattern_free(rules->guard[i]);
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

static struct prose fold(struct arena *arena, const struct block *block) {
  size_t size = strlen(block->text);
  char *text = arena_alloc(arena, size + 1);
  size_t *origin = arena_array(arena, size + 1, sizeof *origin);
  struct prose prose = {block, text, 0, block->text, origin};
  for (const char *at = block->text; *at;) {
    const char *from = at;
    int character = text_next(&at), plain = folded(character);
    if (text_is_space(character)) continue;
    origin[prose.length] = (size_t)(from - block->text);
    if (plain != character) {
      text[prose.length++] = (char)plain;
      continue;
    }
    for (; from < at; from++) {
      origin[prose.length] = (size_t)(from - block->text);
      text[prose.length++] = *from;
    }
  }
  origin[prose.length] = size;
  return prose;
}

/* ---- matching ---- */

struct prose_reader {
  const struct prose_rules *rules;
  const struct prose *prose;
  size_t paragraphs;
  struct findings *findings;
};

/* The beginning of the clause in which the byte at END stands. */
static size_t clause_start(const struct prose *prose, size_t end) {
  static const char *const marks[] = {"，", "。", "；", "、"};
  size_t start = 0;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t length = strlen(marks[i]);
    for (size_t at = start; at + length <= end; at++)
      if (memcmp(prose->text + at, marks[i], length) == 0) start = at + length;
  }
  return start;
}

/* True where a guard matches the clause up to the value: it is told of something else. */
static bool is_guarded(const struct prose_reader *reader, const struct prose *prose, size_t value) {
  size_t start = clause_start(prose, value);
  for (size_t i = 0; i < reader->rules->guards.count; i++)
    if (pattern_match(reader->rules->guard[i], prose->text + start, value - start, 0)) return true;
  return false;
}

struct prose_match {
  struct number number;
  const char *printed;
  const struct block *block;
};

typedef LIST_OF(struct prose_match) match_list;

static void match_paragraph(const struct prose_reader *reader, const struct prose_rule *rule,
                            const struct prose *prose, match_list *matches) {
  struct arena *arena = reader->findings->arena;
  for (size_t at = 0; at < prose->length;) {
    size_t start, end;
    if (!pattern_match(rule->pattern, prose->text, prose->length, at) ||
        !pattern_group(rule->pattern, "value", &start, &end))
      return;
    at = end;
    if (rule->guarded && is_guarded(reader, prose, start)) continue;
    size_t from = prose->origin[start], to = prose->origin[end];
    const char *printed = arena_bytes(arena, prose->printed + from, to - from);
    *list_add(arena, matches) = (struct prose_match){
        number_read(arena, reader->rules->numerals, rule->variable, printed, ""), printed,
        prose->block};
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
  findings_add(findings, variable, "", first->number, first->printed,
               block_locator(findings->arena, first->block, first->block->page));
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

/* Compiles the guards for YEAR, where they are not already. */
static void prepare_guards(struct prose_rules *rules, int year) {
  if (rules->guard_year == year) return;
  struct arena *scratch = arena_new();
  struct failure failure = {""};
  for (size_t i = 0; i < rules->guards.count; i++) {
    pattern_free(rules->guard[i]);
    const char *text =
        replaced(scratch, rules->guards.item[i], "{year}", arena_format(scratch, "%d", year));
    rules->guard[i] = pattern_compile(text, &failure); /* it compiled when it was loaded */
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
