/* Kinds of documents, by document_rules.csv. */
#include "ingest/identity/document_kind.h"

#include <stdlib.h>
#include <string.h>

/* A note of a correction stands under the report, if not above it. */
enum { LAST_PARAGRAPHS = 3 };

/* No line of a title is longer (in bytes). */
enum { TITLE_LINE = 200 };

/* A title of no report may be broken over so many lines. */
enum { BROKEN_LINES = 3 };

/* The rule by which the paragraph at INDEX, LINE, is the title of no report, or the first line of
 * such a title. The line behind a report's title makes no explanation of it (a button may say so),
 * but a notice. */
static const struct document_rule *no_report_rule(const struct document_rules *rules,
                                                  const struct document *document, size_t index,
                                                  const char *line, struct arena *arena) {
  const struct document_rule *rule = document_rule_match(rules, FIELD_NO_REPORT, line);
  bool has_title = document_rule_match(rules, FIELD_TITLE, line);
  size_t end =
      index + BROKEN_LINES < document->blocks.count ? index + BROKEN_LINES : document->blocks.count;
  for (size_t i = index + 1; i < end && !rule && *line && strlen(line) <= TITLE_LINE; i++) {
    const char *next = document_rule_text(arena, &document->blocks.item[i]);
    if (*next == '\0' || strlen(next) > TITLE_LINE) break;
    has_title |= document_rule_match(rules, FIELD_TITLE, next) != NULL;
    line = arena_format(arena, "%s%s", line, next);
    rule = document_rule_match(rules, FIELD_NO_REPORT, line);
    if (rule && has_title && strcmp(rule->value, "notice") != 0) rule = NULL;
  }
  return rule;
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
    bool is_title = document_rule_match(rules, FIELD_TITLE, line);
    bool is_notice = rule && strcmp(rule->value, "notice") == 0;
    if (is_notice && is_title && (headed || has_tables)) continue; /* 示例市公布2020年…报告 */
    if (rule && !found) {
      found = block;
      *kind = rule->value;
    } else if (!rule && is_title) {
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

/* Of FORMS, years parted by blanks in order, the last that is not after YEAR; the first where YEAR
 * is not known, "" where all are after it. */
static const char *form_in_year(struct arena *arena, const char *forms, int year) {
  const char *form = arena_bytes(arena, forms, strcspn(forms, " "));
  if (year && strtol(form, NULL, 10) > year) return ""; /* such headings are older than the form */
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
    const char *form = rule ? form_in_year(arena, rule->value, year) : "";
    if (*form == '\0') continue;
    *heading = block;
    return form;
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

/* True where TEXT goes on behind a clause, or ends a sentence. */
static bool has_clause(const char *text) {
  static const char *const marks[] = {"。", "；", "，"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (strstr(text, marks[i])) return true;
  return false;
}

/* True where LINE is a heading or an item of a report. */
static bool is_of_report(const struct document_rules *rules, const char *line) {
  static const enum document_field fields[] = {FIELD_REPORT_START, FIELD_FIRST_HEADING,
                                               FIELD_FORM_MEANT, FIELD_ITEM};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (document_rule_match(rules, fields[i], line)) return true;
  return false;
}

static bool has_clause_in_cells(const struct grid *grid) {
  for (size_t i = 0; i < grid->rows; i++)
    for (size_t j = 0; j < grid->row[i].cells; j++)
      if (has_clause(grid->row[i].cell[j].text)) return true;
  return false;
}

bool document_has_content(const struct document_rules *rules, const struct document *document,
                          struct arena *arena) {
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    const char *line = document_rule_text(arena, block);
    if (block->kind == BLOCK_CHART || is_of_report(rules, line) ||
        has_clause_in_cells(&block->grid))
      return true;
    if (block->kind == BLOCK_PARAGRAPH && has_clause(block->text) &&
        !document_rule_match(rules, FIELD_FOOTER, line))
      return true;
  }
  return false;
}

size_t document_years(const struct document_rules *rules, const struct document *document,
                      enum document_field field, struct arena *arena) {
  LIST_OF(int) years = {0};
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || strlen(block->text) > TITLE_LINE) continue;
    const char *line = document_rule_title(rules, arena, block);
    const struct document_rule *rule = document_rule_match(rules, field, line);
    int year = rule ? document_rule_number(rule, arena, line, "year") : 0;
    size_t at = 0;
    while (at < years.count && years.item[at] != year) at++;
    if (year && at == years.count) *list_add(arena, &years) = year;
  }
  return years.count;
}
