/* Loads the patterns and tries them. Knows no pattern. */
#include "ingest/identity/document_rules.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "ingest/identity/chinese_date.h"

/* A part of patterns that has a name: `{report}` in a later pattern stands for it. */
struct phrase {
  const char *name, *pattern;
};

struct document_rules {
  struct arena *arena;
  LIST_OF(struct document_rule) rules;
  LIST_OF(struct phrase) phrases;
};

static const char *with_phrases(const struct document_rules *rules, const char *pattern) {
  for (size_t i = rules->phrases.count; i-- > 0;) {
    const struct phrase *phrase = &rules->phrases.item[i];
    const char *mark = arena_format(rules->arena, "{%s}", phrase->name), *found;
    while ((found = strstr(pattern, mark)))
      pattern = arena_format(rules->arena, "%.*s%s%s", (int)(found - pattern), pattern,
                             phrase->pattern, found + strlen(mark));
  }
  return pattern;
}

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  static const char *const names[FIELD_COUNT] = {"title",
                                                 "title_mention",
                                                 "title_end",
                                                 "organ_line",
                                                 "organ_author",
                                                 "organ_mention",
                                                 "report_start",
                                                 "period",
                                                 "published",
                                                 "organ_kind",
                                                 "own_name",
                                                 "before_division",
                                                 "behind_division",
                                                 "branch",
                                                 "level_word",
                                                 "short_name",
                                                 "address",
                                                 "area_code",
                                                 "site_code",
                                                 "code_in_path",
                                                 "year_in_path",
                                                 "no_report",
                                                 "correction_mark",
                                                 "correction_note",
                                                 "part_of_title",
                                                 "preamble",
                                                 "other_title",
                                                 "year_heading",
                                                 "publisher",
                                                 "published_label",
                                                 "published_stamp",
                                                 "footer",
                                                 "no_organ",
                                                 "organ_prefix",
                                                 "organ_suffix",
                                                 "opening",
                                                 "first_heading",
                                                 "subject",
                                                 "unit_of_organ",
                                                 "organ_key",
                                                 "index_number",
                                                 "area_in_url",
                                                 "site_mention",
                                                 "central",
                                                 "zone",
                                                 "zone_rest",
                                                 "level_hint",
                                                 "place_in_address",
                                                 "form_meant",
                                                 "scope_caption",
                                                 "scope",
                                                 "item"};
  struct document_rules *rules = context;
  if (strcmp(f[0], "phrase") == 0) {
    *list_add(rules->arena, &rules->phrases) = (struct phrase){
        arena_text(rules->arena, f[1]), arena_text(rules->arena, with_phrases(rules, f[2]))};
    return true;
  }
  int field = 0;
  while (field < FIELD_COUNT && strcmp(names[field], f[0]) != 0) field++;
  if (field == FIELD_COUNT) return failure_set(failure, "'%s' is no field", f[0]);
  struct pattern *pattern = pattern_compile(with_phrases(rules, f[2]), NULL, failure);
  if (!pattern) return false;
  *list_add(rules->arena, &rules->rules) =
      (struct document_rule){(enum document_field)field, arena_text(rules->arena, f[1]), pattern};
  return true;
}

struct document_rules *document_rules_load(struct arena *arena, const char *folder,
                                           struct failure *failure) {
  static const char *const columns[] = {"field", "value", "pattern", NULL};
  struct document_rules *rules = arena_alloc(arena, sizeof *rules);
  rules->arena = arena;
  if (!csv_read(arena_format(arena, "%s/rules/document_rules.csv", folder), columns, take_rule,
                rules, failure)) {
    document_rules_free(rules);
    return NULL;
  }
  return rules;
}

void document_rules_free(struct document_rules *rules) {
  if (!rules) return;
  for (size_t i = 0; i < rules->rules.count; i++) pattern_free(rules->rules.item[i].pattern);
}

const struct document_rule *document_rule_next(const struct document_rules *rules,
                                               enum document_field field, const char *text,
                                               const struct document_rule *rule) {
  const struct document_rule *end = rules->rules.item + rules->rules.count;
  for (rule = rule ? rule + 1 : rules->rules.item; rule < end; rule++)
    if (rule->field == field && pattern_match(rule->pattern, text, strlen(text), 0)) return rule;
  return NULL;
}

const struct document_rule *document_rule_next_of(const struct document_rules *rules,
                                                  enum document_field field,
                                                  const struct document_rule *rule) {
  const struct document_rule *end = rules->rules.item + rules->rules.count;
  for (rule = rule ? rule + 1 : rules->rules.item; rule < end; rule++)
    if (rule->field == field) return rule;
  return NULL;
}

bool document_rule_is_match(const struct document_rule *rule, const char *text) {
  return pattern_match(rule->pattern, text, strlen(text), 0);
}

const struct document_rule *document_rule_match(const struct document_rules *rules,
                                                enum document_field field, const char *text) {
  return document_rule_next(rules, field, text, NULL);
}

const char *document_rule_text(struct arena *arena, const struct block *block) {
  return chinese_dates_in_digits(arena, text_compact(arena, document_rule_printed(block)));
}

/* The only cell of GRID that is filled, or NULL. */
static const struct cell *only_cell(const struct grid *grid) {
  const struct cell *only = NULL;
  for (size_t i = 0; i < grid->rows; i++)
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      if (*cell->text == '\0') continue;
      if (only) return NULL;
      only = cell;
    }
  return only;
}

const char *document_rule_printed(const struct block *block) {
  if (block->kind == BLOCK_PARAGRAPH) return block->text;
  const struct cell *cell = block->kind == BLOCK_GRID ? only_cell(&block->grid) : NULL;
  return cell ? cell->text : "";
}

const char *document_rule_title(const struct document_rules *rules, struct arena *arena,
                                const struct block *block) {
  return document_rule_unmarked(rules, arena, document_rule_text(arena, block));
}

const char *document_rule_unmarked(const struct document_rules *rules, struct arena *arena,
                                   const char *text) {
  const struct document_rule *rule = document_rule_match(rules, FIELD_CORRECTION_MARK, text);
  size_t start, end;
  if (!rule || !pattern_group(rule->pattern, "mark", &start, &end)) return text;
  return arena_format(arena, "%.*s%s", (int)start, text, text + end);
}

const char *document_rule_group(const struct document_rule *rule, struct arena *arena,
                                const char *text, const char *name) {
  return pattern_text(rule->pattern, arena, text, name);
}

int document_rule_number(const struct document_rule *rule, struct arena *arena, const char *text,
                         const char *name) {
  return (int)strtol(document_rule_group(rule, arena, text, name), NULL, 10);
}
