/* Looks at the lines above tables. Knows no words but by document_rules.csv. */
#include "ingest/identity/scope.h"

#include <string.h>

#include "core/base/label.h"

/* A caption is shorter, in bytes. */
enum { CAPTION_BYTES = 180, CAPTION_ROWS = 3 };

const char *scope_name(enum scope scope) {
  static const char *const names[] = {
      [SCOPE_UNKNOWN] = "", [SCOPE_OWN] = "own", [SCOPE_ALL] = "all"};
  return names[scope];
}

const char *scope_label(enum scope scope) {
  static const char *const labels[] = {
      [SCOPE_UNKNOWN] = "", [SCOPE_OWN] = "本级", [SCOPE_ALL] = "汇总"};
  return labels[scope];
}

static enum scope scope_from(const struct document_rule *rule) {
  return !rule                             ? SCOPE_UNKNOWN
         : strcmp(rule->value, "own") == 0 ? SCOPE_OWN
         : strcmp(rule->value, "all") == 0 ? SCOPE_ALL
                                           : SCOPE_UNKNOWN;
}

enum scope scope_of_kind(const char *kind) {
  return strcmp(kind, "government") == 0 || strcmp(kind, "zone") == 0 ? SCOPE_ALL : SCOPE_OWN;
}

/* What TEXT, a caption, says; nothing where it names both. */
static enum scope scope_in(const struct document_rules *rules, const char *text) {
  enum scope scope = SCOPE_UNKNOWN;
  const struct document_rule *rule = NULL;
  if (strlen(text) > CAPTION_BYTES) return scope;
  while ((rule = document_rule_next(rules, FIELD_SCOPE_CAPTION, text, rule))) {
    if (scope && scope_from(rule) != scope) return SCOPE_UNKNOWN;
    scope = scope_from(rule);
  }
  return scope;
}

/* What the first rows of BLOCK say that are one cell. */
static enum scope scope_in_rows(const struct document_rules *rules, const struct block *block,
                                struct arena *arena) {
  enum scope scope = SCOPE_UNKNOWN;
  for (size_t i = 0; i < block->grid.rows && i < CAPTION_ROWS && !scope; i++) {
    const struct row *row = &block->grid.row[i];
    size_t filled = 0, at = 0;
    for (size_t j = 0; j < row->cells; j++)
      if (*row->cell[j].text) at = j, filled++;
    if (filled == 1) scope = scope_in(rules, text_compact(arena, row->cell[at].text));
  }
  return scope;
}

/* True where the tables that a caption is over end: a sentence, a title, or the sections begin. */
static bool ends_tables(const struct document_rules *rules, const struct block *block,
                        const char *text) {
  return block->kind == BLOCK_PARAGRAPH &&
         (strstr(block->text, "。") || document_rule_match(rules, FIELD_TITLE, text) ||
          document_rule_match(rules, FIELD_REPORT_START, text));
}

struct scopes scopes_read(const struct document_rules *rules, const struct document *document,
                          struct arena *arena) {
  enum scope *of_block = arena_array(arena, document->blocks.count + 1, sizeof *of_block);
  enum scope scope = SCOPE_UNKNOWN;
  struct scopes scopes = {.of_block = of_block};
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    const char *text = document_rule_text(arena, block);
    enum scope told =
        block->kind == BLOCK_PARAGRAPH ? scope_in(rules, text) : scope_in_rows(rules, block, arena);
    if (told)
      scope = told;
    else if (ends_tables(rules, block, text))
      scope = SCOPE_UNKNOWN;
    of_block[i] = scope;
    scopes.has_own |= scope == SCOPE_OWN;
    scopes.has_all |= scope == SCOPE_ALL;
  }
  return scopes;
}

enum scope scope_of_report(const struct document_rules *rules, const struct document *document,
                           const struct scopes *scopes, struct arena *arena) {
  enum scope told = SCOPE_UNKNOWN;
  if (scopes->has_own != scopes->has_all) return scopes->has_own ? SCOPE_OWN : SCOPE_ALL;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH) continue;
    enum scope scope =
        scope_from(document_rule_match(rules, FIELD_SCOPE, document_rule_text(arena, block)));
    if (scope && told && scope != told) return SCOPE_UNKNOWN;
    if (scope) told = scope;
  }
  return told;
}

struct document document_of_scope(const struct document *document, const struct scopes *scopes,
                                  enum scope scope, bool is_wanted, struct arena *arena) {
  struct document part = *document;
  memset(&part.blocks, 0, sizeof part.blocks);
  for (size_t i = 0; i < document->blocks.count; i++)
    if ((scopes->of_block[i] == scope) == is_wanted)
      *list_add(arena, &part.blocks) = document->blocks.item[i];
  return part;
}

void scope_leave_out(const struct document *document, const struct scopes *scopes, enum scope scope,
                     struct findings *findings) {
  for (size_t i = 0; i < document->blocks.count; i++)
    if (scopes->of_block[i] == scope && document->blocks.item[i].kind == BLOCK_PARAGRAPH)
      *list_add(findings->arena, &findings->table_lines) = &document->blocks.item[i];
}
