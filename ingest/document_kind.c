/* Kinds of documents, by document_rules.csv. */
#include "ingest/document_kind.h"

#include <string.h>

/* A note of a correction stands under the report, if not above it. */
enum { LAST_PARAGRAPHS = 3 };

const struct block *document_no_report(const struct document_rules *rules,
                                       const struct document *document, size_t body,
                                       bool has_tables, const char **kind, struct arena *arena) {
  const struct block *found = NULL;
  bool headed = body < document->blocks.count &&
                document_rule_match(rules, FIELD_REPORT_START,
                                    document_rule_text(arena, &document->blocks.item[body]));
  size_t end = headed ? body : document->blocks.count;
  for (size_t i = 0; i < end; i++) {
    const struct block *block = &document->blocks.item[i];
    const char *line = document_rule_title(rules, arena, block);
    const struct document_rule *rule = document_rule_match(rules, FIELD_NO_REPORT, line);
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
