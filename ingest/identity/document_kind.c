/* Kinds of documents, by document_rules.csv. */
#include "ingest/identity/document_kind.h"

#include <stdlib.h>
#include <string.h>

/* A note of a correction stands under the report, if not above it. */
enum { LAST_PARAGRAPHS = 3 };

/* No line of a title is longer (in bytes). */
enum { TITLE_LINE = 200 };

/* The rule by which the paragraph at INDEX, LINE, is the title of no report, or the first line of
 * such a title that is broken over two. */
static const struct document_rule *no_report_rule(const struct document_rules *rules,
                                                  const struct document *document, size_t index,
                                                  const char *line, struct arena *arena) {
  const struct document_rule *rule = document_rule_match(rules, FIELD_NO_REPORT, line);
  if (rule || *line == '\0' || strlen(line) > TITLE_LINE || index + 1 == document->blocks.count ||
      document_rule_match(rules, FIELD_TITLE, line))
    return rule;
  const char *next = document_rule_text(arena, &document->blocks.item[index + 1]);
  if (*next == '\0' || strlen(next) > TITLE_LINE || document_rule_match(rules, FIELD_TITLE, next))
    return NULL;
  return document_rule_match(rules, FIELD_NO_REPORT, arena_format(arena, "%s%s", line, next));
}

const struct block *document_no_report(const struct document_rules *rules,
                                       const struct document *document, size_t body,
                                       bool has_tables, const char **kind, struct arena *arena) {
  const struct block *found = NULL;
  const char *start =
      body < document->blocks.count ? document_rule_text(arena, &document->blocks.item[body]) : "";
  bool headed = document_rule_match(rules, FIELD_REPORT_START, start) ||
                document_rule_match(rules, FIELD_FIRST_HEADING, start);
  size_t end = headed ? body : document->blocks.count;
  for (size_t i = 0; i < end; i++) {
    const struct block *block = &document->blocks.item[i];
    const char *line = document_rule_title(rules, arena, block);
    const struct document_rule *rule = no_report_rule(rules, document, i, line, arena);
    if (rule && !found) {
      found = block;
      *kind = rule->value;
    } else if (!rule && document_rule_match(rules, FIELD_TITLE, line)) {
      return found && !headed && !has_tables ? found : NULL;
    }
  }
  return found;
}

bool document_is_corrected(const struct document_rules *rules, const struct document *document,
                           size_t body, struct arena *arena) {
  size_t count = document->blocks.count;
  for (size_t i = 0; i < count; i++) {
    if (i == body && count > LAST_PARAGRAPHS && i < count - LAST_PARAGRAPHS)
      i = count - LAST_PARAGRAPHS;
    const struct block *block = &document->blocks.item[i];
    const char *line = document_rule_text(arena, block);
    if (document_rule_match(rules, FIELD_CORRECTION_NOTE, line)) return true;
    const char *title = document_rule_title(rules, arena, block);
    if (strcmp(title, line) != 0 && document_rule_match(rules, FIELD_TITLE, title)) return true;
  }
  return false;
}

/* Of FORMS, years parted by blanks in order, the last that is not after YEAR; the first where all
 * are or YEAR is not known. */
static const char *form_in_year(struct arena *arena, const char *forms, int year) {
  const char *form = arena_bytes(arena, forms, strcspn(forms, " "));
  for (const char *at = strchr(forms, ' '); at; at = strchr(at + 1, ' '))
    if (strtol(at, NULL, 10) <= year) form = arena_bytes(arena, at + 1, strcspn(at + 1, " "));
  return form;
}

const char *document_form_meant(const struct document_rules *rules, const struct document *document,
                                int year, const struct block **heading, struct arena *arena) {
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || strlen(block->text) > TITLE_LINE) continue;
    const struct document_rule *rule =
        document_rule_match(rules, FIELD_FORM_MEANT, document_rule_text(arena, block));
    if (!rule) continue;
    *heading = block;
    return form_in_year(arena, rule->value, year);
  }
  return "";
}

/* A heading is shorter, in bytes. */
enum { SENTENCE_BYTES = 60 };

bool document_has_sentences(const struct document *document) {
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH && strlen(block->text) >= SENTENCE_BYTES &&
        strstr(block->text, "。"))
      return true;
  }
  return false;
}
