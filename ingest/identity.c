/* Who, when, where. Knows no organ by name and no division but by divisions.csv. */
#include "ingest/identity.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/csv_file.h"
#include "datasets/label.h"
#include "ingest/pattern.h"

struct document_rule {
  enum document_field field;
  const char *value;
  struct pattern *pattern;
};

struct document_rules {
  struct arena *arena;
  LIST_OF(struct document_rule) rules;
};

static bool take_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  static const char *const names[FIELD_COUNT] = {
      "title",           "title_mention",   "organ_line", "report_start",
      "period",          "published",       "organ_kind", "no_report",
      "correction_mark", "correction_note", "path_year",  "path_division"};
  struct document_rules *rules = context;
  int field = 0;
  while (field < FIELD_COUNT && strcmp(names[field], f[0]) != 0) field++;
  if (field == FIELD_COUNT) return failure_set(failure, "'%s' is no field", f[0]);
  struct pattern *pattern = pattern_compile(f[2], failure);
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
  if (!csv_read(arena_format(arena, "%s/document_rules.csv", folder), columns, take_rule, rules,
                failure)) {
    document_rules_free(rules);
    return NULL;
  }
  return rules;
}

void document_rules_free(struct document_rules *rules) {
  if (!rules) return;
  for (size_t i = 0; i < rules->rules.count; i++) pattern_free(rules->rules.item[i].pattern);
}

/* The first rule for FIELD that matches TEXT, or NULL. */
static const struct document_rule *match_field(const struct document_rules *rules,
                                               enum document_field field, const char *text) {
  for (size_t i = 0; i < rules->rules.count; i++) {
    const struct document_rule *rule = &rules->rules.item[i];
    if (rule->field == field && pattern_match(rule->pattern, text, strlen(text), 0)) return rule;
  }
  return NULL;
}

const char *document_rules_value(const struct document_rules *rules, enum document_field field,
                                 const char *text) {
  const struct document_rule *rule = match_field(rules, field, text);
  return rule ? rule->value : NULL;
}

const char *document_rules_group(const struct document_rules *rules, enum document_field field,
                                 const char *text, const char *name, struct arena *arena) {
  const struct document_rule *rule = match_field(rules, field, text);
  return rule ? pattern_text(rule->pattern, arena, text, name) : "";
}

static const char *compact_block(struct arena *arena, const struct block *block) {
  return block->kind == BLOCK_PARAGRAPH ? text_compact(arena, block->text) : "";
}

const char *document_line(const struct block *block, struct arena *arena) {
  return compact_block(arena, block);
}

const char *document_title_line(const struct document_rules *rules, const struct block *block,
                                struct arena *arena) {
  const char *text = compact_block(arena, block);
  const struct document_rule *rule = match_field(rules, FIELD_CORRECTION_MARK, text);
  size_t start, end;
  if (!rule || !pattern_group(rule->pattern, "mark", &start, &end)) return text;
  return arena_format(arena, "%.*s%s", (int)start, text, text + end);
}

/* ---- dates ---- */

/* A date of the Gregorian calendar from the groups PREFIX year, month and day, or "". */
static const char *date_of(struct arena *arena, const struct pattern *pattern, const char *text,
                           const char *prefix) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int part[3];
  static const char *const names[] = {"year", "month", "day"};
  for (size_t i = 0; i < 3; i++) {
    const char *digits =
        pattern_text(pattern, arena, text, arena_format(arena, "%s%s", prefix, names[i]));
    if (*digits == '\0')
      digits = pattern_text(pattern, arena, text, names[i]); /* 1月1日至12月31日 */
    part[i] = atoi(digits);                                  /* NOLINT: digits only, four at most */
  }
  if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > days[part[1] - 1]) return "";
  bool leap = (part[0] % 4 == 0 && part[0] % 100 != 0) || part[0] % 400 == 0;
  if (part[1] == 2 && part[2] == 29 && !leap) return "";
  return arena_format(arena, "%04d-%02d-%02d", part[0], part[1], part[2]);
}

/* ---- title ---- */

/* A title stands on one line, or the organ's name on the line above, or it is broken anywhere. */
static bool read_title(const struct document_rules *rules, const struct document *document,
                       size_t index, const char *above, struct identity *identity,
                       struct arena *arena) {
  const char *text = document_title_line(rules, &document->blocks.item[index], arena);
  const struct document_rule *rule = match_field(rules, FIELD_TITLE, text);
  if (!rule) return false;
  identity->organ = pattern_text(rule->pattern, arena, text, "organ");
  identity->year = atoi(pattern_text(rule->pattern, arena, text, "year")); /* NOLINT: four digits */
  identity->title = text_tidy(arena, document->blocks.item[index].text);
  if (*identity->organ) return true;
  if (match_field(rules, FIELD_ORGAN_LINE, above)) {
    identity->organ = above;
    identity->title = arena_format(arena, "%s%s", above, identity->title);
  } else if (identity->year == 0) {
    const char *whole = arena_format(arena, "%s%s", above, text);
    rule = match_field(rules, FIELD_TITLE, whole);
    const char *year = rule ? pattern_text(rule->pattern, arena, whole, "year") : "";
    const char *organ = *year ? pattern_text(rule->pattern, arena, whole, "organ") : "";
    if (!match_field(rules, FIELD_ORGAN_LINE, organ)) return true;
    identity->organ = organ;
    identity->year = atoi(year); /* NOLINT: four digits */
    identity->title = whole;
  }
  return true;
}

/* The first block of the numbered sections, or the number of blocks where there are none. */
static size_t find_body(const struct document_rules *rules, const struct document *document,
                        struct arena *arena) {
  for (size_t i = 0; i < document->blocks.count; i++)
    if (match_field(rules, FIELD_REPORT_START, compact_block(arena, &document->blocks.item[i])))
      return i;
  return document->blocks.count;
}

/* The year in which the reporting period ends, as the preamble says it; 0 where it does not. */
static int period_year(const struct document_rules *rules, const struct document *document,
                       size_t end, struct arena *arena) {
  for (size_t i = 0; i < end; i++) {
    const char *text = compact_block(arena, &document->blocks.item[i]);
    const struct document_rule *rule = match_field(rules, FIELD_PERIOD, text);
    if (rule)
      return atoi(date_of(arena, rule->pattern, text, "end_")); /* NOLINT: YYYY-MM-DD or "" */
  }
  return 0;
}

/* The title above the body. A page may list other years' reports above it as well, so the one whose
 * year is that of the period is preferred, among those one that names its organ, then the first. */
static void read_head(const struct document_rules *rules, const struct document *document,
                      struct identity *identity, struct arena *arena) {
  size_t count = document->blocks.count, body = find_body(rules, document, arena);
  bool headed = body < count;
  int year = period_year(rules, document, body, arena), best = -1;
  const char *above = "";
  identity->body = headed ? body : 0;
  for (size_t i = 0; i < body; i++) {
    struct identity found = *identity;
    if (document->blocks.item[i].kind != BLOCK_PARAGRAPH) continue;
    if (read_title(rules, document, i, above, &found, arena)) {
      int rank = 2 * (year && found.year == year) + (*found.organ != '\0');
      if (!headed) found.body = i + 1; /* the free form has no numbered sections */
      if (rank > best) {
        *identity = found;
        best = rank;
      }
    }
    above = compact_block(arena, &document->blocks.item[i]);
  }
}

/* Where no line is a title, the preamble may name the report:
 * 现公布…2017年政府信息公开工作年度报告. */
static void read_mentioned_title(const struct document_rules *rules,
                                 const struct document *document, struct identity *identity,
                                 struct arena *arena) {
  for (size_t i = 0; i < identity->body; i++) {
    const char *text = compact_block(arena, &document->blocks.item[i]);
    const struct document_rule *rule = match_field(rules, FIELD_TITLE_MENTION, text);
    if (!rule) continue;
    identity->title = pattern_text(rule->pattern, arena, text, "title");
    identity->organ = pattern_text(rule->pattern, arena, text, "organ");
    identity->year =
        atoi(pattern_text(rule->pattern, arena, text, "year")); /* NOLINT: four digits */
    return;
  }
}

static void read_period(const struct document_rules *rules, const struct document *document,
                        struct identity *identity, struct findings *findings) {
  struct arena *arena = findings->arena;
  for (size_t i = 0; i < identity->body; i++) {
    const char *text = compact_block(arena, &document->blocks.item[i]);
    const struct document_rule *rule = match_field(rules, FIELD_PERIOD, text);
    if (!rule) continue;
    identity->period_start = date_of(arena, rule->pattern, text, "");
    identity->period_end = date_of(arena, rule->pattern, text, "end_");
    break;
  }
  if (*identity->period_end == '\0') return;
  int year = atoi(identity->period_end); /* NOLINT: begins with four digits */
  if (identity->year == 0) identity->year = year;
  if (identity->year != year)
    findings_reject(findings, "year_conflict", "the title says %d, the period ends on %s",
                    identity->year, identity->period_end);
}

static void read_published(const struct document_rules *rules, const struct document *document,
                           struct identity *identity, struct arena *arena) {
  for (size_t i = document->blocks.count; i-- > identity->body;) {
    const char *text = compact_block(arena, &document->blocks.item[i]);
    const struct document_rule *rule = match_field(rules, FIELD_PUBLISHED, text);
    if (!rule) continue;
    identity->published = date_of(arena, rule->pattern, text, "");
    return;
  }
}

/* ---- division ---- */

static bool ends_with(const char *text, size_t length, const char *end) {
  size_t tail = strlen(end);
  return tail <= length && memcmp(text + length - tail, end, tail) == 0;
}

/* True where what stands before the name in the organ's name is nothing, or names a division above;
 * *EVIDENCE is set in the second case. */
static bool has_fitting_prefix(const struct division *division, const char *organ, size_t prefix,
                               bool *evidence) {
  *evidence = false;
  for (const struct division *above = division->parent; above; above = above->parent)
    *evidence |= ends_with(organ, prefix, above->name);
  return prefix == 0 || *evidence;
}

struct division_candidates {
  LIST_OF(const struct division *) divisions;
  const struct division *by_title; /* the one whose parent the organ's name holds */
  size_t by_title_count;
  size_t end, length; /* of the name in the organ's name */
};

static void consider(const struct division *division, const char *organ, struct arena *arena,
                     struct division_candidates *candidates) {
  const char *found = strstr(organ, division->name);
  bool evidence;
  if (!found || !has_fitting_prefix(division, organ, (size_t)(found - organ), &evidence)) return;
  size_t length = strlen(division->name), end = (size_t)(found - organ) + length;
  if (end < candidates->end || (end == candidates->end && length < candidates->length)) return;
  if (end > candidates->end || length > candidates->length)
    *candidates = (struct division_candidates){.end = end, .length = length};
  *list_add(arena, &candidates->divisions) = division;
  if (!evidence) return;
  candidates->by_title = division;
  candidates->by_title_count++;
}

/* The candidate with a division above that the preamble names, where it is the only one. */
static const struct division *named_in_preamble(const struct division_candidates *candidates,
                                                const struct document *document,
                                                const struct identity *identity,
                                                struct arena *arena) {
  const struct division *only = NULL;
  for (size_t i = 0; i < candidates->divisions.count; i++) {
    const struct division *division = candidates->divisions.item[i];
    bool named = false;
    for (size_t b = 0; b < identity->body && division->parent && !named; b++)
      named = strstr(compact_block(arena, &document->blocks.item[b]), division->parent->name);
    if (!named) continue;
    if (only) return NULL;
    only = division;
  }
  return only;
}

static void read_division(const struct divisions *divisions, const struct document *document,
                          struct identity *identity, struct arena *arena) {
  struct division_candidates candidates = {0};
  for (size_t i = 0; i < divisions->count && *identity->organ; i++)
    consider(&divisions->item[i], identity->organ, arena, &candidates);
  size_t count = candidates.divisions.count;

  const struct division *decided = NULL;
  if (candidates.by_title_count == 1) {
    decided = candidates.by_title;
    identity->division_by = "title";
  } else if (count == 1) {
    decided = candidates.divisions.item[0];
    identity->division_by = "name";
  } else if (count > 1 && (decided = named_in_preamble(&candidates, document, identity, arena))) {
    identity->division_by = "preamble";
  }
  if (decided) {
    identity->division = decided->code;
    bool whole_name = candidates.end == strlen(identity->organ); /* 福州市晋安区2016年… */
    if (whole_name && strcmp(identity->organ_kind, "unknown") == 0)
      identity->organ_kind = "government";
  } else
    identity->division_by = count > 1 ? "ambiguous" : "unknown";
}

struct identity identity_read(struct document_rules *rules, const struct divisions *divisions,
                              const struct document *document, struct findings *findings) {
  struct identity identity = {.title = "",
                              .organ = "",
                              .organ_kind = "unknown",
                              .division = "",
                              .division_by = "",
                              .period_start = "",
                              .period_end = "",
                              .published = ""};
  read_head(rules, document, &identity, findings->arena);
  if (*identity.title == '\0') read_mentioned_title(rules, document, &identity, findings->arena);
  read_period(rules, document, &identity, findings);
  read_published(rules, document, &identity, findings->arena);
  const struct document_rule *kind = match_field(rules, FIELD_ORGAN_KIND, identity.organ);
  if (kind) identity.organ_kind = kind->value;
  read_division(divisions, document, &identity, findings->arena);
  return identity;
}

const char *identity_report_id(const struct identity *identity, struct arena *arena,
                               const char *sha256) {
  const char *division = *identity->division ? identity->division : "unknown";
  if (*identity->division && strcmp(identity->organ_kind, "government") == 0)
    return arena_format(arena, "%s-%04d", division, identity->year);
  if (*identity->organ == '\0')
    return arena_format(arena, "%s-%04d-%.8s", division, identity->year, sha256);
  unsigned char digest[EVP_MAX_MD_SIZE] = {0};
  unsigned length = 0;
  EVP_Digest(identity->organ, strlen(identity->organ), digest, &length, EVP_sha256(), NULL);
  return arena_format(arena, "%s-%04d-%02x%02x%02x%02x", division, identity->year, digest[0],
                      digest[1], digest[2], digest[3]);
}
