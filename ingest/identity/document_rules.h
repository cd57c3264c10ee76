/* The patterns by which documents tell who reports, on which year, from where: document_rules.csv.
 */
#ifndef OGISTAT_INGEST_IDENTITY_DOCUMENT_RULES_H
#define OGISTAT_INGEST_IDENTITY_DOCUMENT_RULES_H

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/pattern.h"
#include "ingest/document/document.h"

enum document_field {
  FIELD_TITLE,
  FIELD_TITLE_MENTION,
  FIELD_TITLE_END,
  FIELD_ORGAN_LINE,
  FIELD_ORGAN_AUTHOR,
  FIELD_ORGAN_MENTION,
  FIELD_REPORT_START,
  FIELD_PERIOD,
  FIELD_PUBLISHED,
  FIELD_ORGAN_KIND,
  FIELD_OWN_NAME,
  FIELD_BEFORE_DIVISION,
  FIELD_BEHIND_DIVISION,
  FIELD_BRANCH,
  FIELD_LEVEL_WORD,
  FIELD_SHORT_NAME,
  FIELD_ADDRESS,
  FIELD_AREA_CODE,
  FIELD_SITE_CODE,
  FIELD_CODE_IN_PATH,
  FIELD_YEAR_IN_PATH,
  FIELD_NO_REPORT,
  FIELD_CORRECTION_MARK,
  FIELD_CORRECTION_NOTE,
  FIELD_PART_OF_TITLE,
  FIELD_PREAMBLE,
  FIELD_OTHER_TITLE,
  FIELD_YEAR_HEADING,
  FIELD_PUBLISHER,
  FIELD_PUBLISHED_LABEL,
  FIELD_PUBLISHED_STAMP,
  FIELD_FOOTER,
  FIELD_NO_ORGAN,
  FIELD_ORGAN_PREFIX,
  FIELD_ORGAN_SUFFIX,
  FIELD_OPENING,
  FIELD_FIRST_HEADING,
  FIELD_SUBJECT,
  FIELD_UNIT_OF_ORGAN,
  FIELD_ORGAN_KEY,
  FIELD_INDEX_NUMBER,
  FIELD_AREA_IN_URL,
  FIELD_SITE_MENTION,
  FIELD_CENTRAL,
  FIELD_ZONE,
  FIELD_ZONE_REST,
  FIELD_LEVEL_HINT,
  FIELD_PLACE_IN_ADDRESS,
  FIELD_FORM_MEANT,
  FIELD_SCOPE_CAPTION,
  FIELD_SCOPE,
  FIELD_ITEM,
  FIELD_COUNT
};

struct document_rule {
  enum document_field field;
  const char *value;
  struct pattern *pattern;
};

struct document_rules;

/* Reads FOLDER/document_rules.csv; free what it holds with document_rules_free. NULL with file,
 * line and reason. */
struct document_rules *document_rules_load(struct arena *arena, const char *folder,
                                           struct failure *failure);
void document_rules_free(struct document_rules *rules); /* NULL is allowed */

/* The first rule for FIELD that matches TEXT, or NULL. Its pattern holds the match. */
const struct document_rule *document_rule_match(const struct document_rules *rules,
                                                enum document_field field, const char *text);

/* The same among the rules behind RULE; NULL stands before the first. */
const struct document_rule *document_rule_next(const struct document_rules *rules,
                                               enum document_field field, const char *text,
                                               const struct document_rule *rule);

/* The rule for FIELD behind RULE, or the first where RULE is NULL; NULL at the end. */
const struct document_rule *document_rule_next_of(const struct document_rules *rules,
                                                  enum document_field field,
                                                  const struct document_rule *rule);

/* True where RULE matches TEXT. Its pattern holds the match. */
bool document_rule_is_match(const struct document_rule *rule, const char *text);

/* The text of a paragraph, or of a table that has one cell only (a title in a frame); else "". */
const char *document_rule_printed(const struct block *block);

/* The same as the rules meet it: NFKC without blanks, years and dates in digits. */
const char *document_rule_text(struct arena *arena, const struct block *block);

/* The same as a title: without its mark of a correction. */
const char *document_rule_title(const struct document_rules *rules, struct arena *arena,
                                const struct block *block);

/* TEXT, as document_rule_text gives it, without its mark of a correction. */
const char *document_rule_unmarked(const struct document_rules *rules, struct arena *arena,
                                   const char *text);

/* The group NAME of RULE's last match on TEXT, in ARENA; "" where it took no part. */
const char *document_rule_group(const struct document_rule *rule, struct arena *arena,
                                const char *text, const char *name);

/* The same as a number, 0 where it is none. */
int document_rule_number(const struct document_rule *rule, struct arena *arena, const char *text,
                         const char *name);

#endif
