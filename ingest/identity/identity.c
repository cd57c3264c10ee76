/* Who, when, where. Knows no organ by name; what a title looks like is in document_rules.csv. */
#include "ingest/identity/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/label.h"
#include "core/model/report_id.h"
#include "core/model/report_year.h"
#include "ingest/identity/chinese_date.h"
#include "ingest/identity/dates.h"
#include "ingest/identity/document_rules.h"
#include "ingest/identity/head.h"
#include "ingest/identity/place.h"
#include "ingest/identity/place_name.h"
#include "ingest/identity/title.h"
#include "ingest/identity/website.h"

/* ---- title ---- */

static void read_period(const struct document_rules *rules, const struct head *head,
                        struct identity *identity, struct arena *arena) {
  struct period period = period_read(rules, head, arena);
  identity->period_start = period.start;
  identity->period_end = period.end;
}

static void read_title(const struct document_rules *rules, const struct document *document,
                       const struct head *head, bool is_first, struct identity *identity,
                       struct arena *arena) {
  int year = (int)strtol(identity->period_end, NULL, 10); /* begins with the year, or is "" */
  struct title title = title_read(rules, document, head, year, is_first, arena);
  identity->title = title.text;
  identity->organ = title.organ;
  identity->year = title.year;
  identity->first_year = title.first_year;
  identity->is_mentioned = title.is_mentioned;
  identity->body = title.body;
}

/* ---- organ ---- */

/* Where no title names the organ, the head may say who wrote the report. */
static const char *author_of(const struct document_rules *rules, const struct head *head,
                             struct arena *arena) {
  for (size_t i = 0; i < head->count; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = document_rule_match(rules, FIELD_ORGAN_AUTHOR, text);
    const char *organ =
        rule ? organ_tidy(rules, document_rule_group(rule, arena, text, "organ"), arena) : "";
    if (*organ) return organ;
  }
  return "";
}

/* The organ that a rule for FIELD finds in a sentence of HEAD, without the unit of it that is named
 * there (…教育局办公室), or "". */
static const char *organ_in_sentence(const struct document_rules *rules, const struct head *head,
                                     enum document_field field, struct arena *arena) {
  for (size_t i = 0; i < head->count; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = NULL;
    while ((rule = document_rule_next(rules, field, text, rule))) {
      const char *organ = organ_tidy(rules, document_rule_group(rule, arena, text, "organ"), arena);
      const struct document_rule *unit = document_rule_match(rules, FIELD_UNIT_OF_ORGAN, organ);
      if (unit) organ = document_rule_group(unit, arena, organ, "organ");
      if (document_rule_match(rules, FIELD_ORGAN_LINE, organ)) return organ;
    }
  }
  return "";
}

/* Whom to ask, where that is a bureau: a bureau answers for its own report, a government's office
 * for that of its government or for its own. */
static const char *organ_to_ask(const struct document_rules *rules, const struct head *head,
                                struct arena *arena) {
  const char *organ = organ_in_sentence(rules, head, FIELD_ORGAN_MENTION, arena);
  const struct document_rule *kind = document_rule_match(rules, FIELD_ORGAN_KIND, organ);
  bool is_of_government =
      kind && (strcmp(kind->value, "government") == 0 || strcmp(kind->value, "office") == 0);
  return is_of_government ? "" : organ;
}

/* Who published it, as a frame or a line above the report says (发布机构) or the page itself. */
static const char *publisher_of(const struct document_rules *rules, const struct document *document,
                                const struct head *head, struct arena *arena) {
  for (size_t i = 0; i < head->above; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = document_rule_match(rules, FIELD_PUBLISHER, text);
    const char *organ =
        rule ? organ_tidy(rules, document_rule_group(rule, arena, text, "organ"), arena) : "";
    if (document_rule_match(rules, FIELD_ORGAN_LINE, organ)) return organ;
  }
  for (size_t i = 0; i < document->about.count; i++) {
    if (document->about.item[i].kind != ABOUT_PUBLISHER) continue;
    const char *organ = organ_tidy(rules, text_compact(arena, document->about.item[i].text), arena);
    if (document_rule_match(rules, FIELD_ORGAN_LINE, organ)) return organ;
  }
  return "";
}

/* True where ORGAN is the end of LONGER: 教育局 of 示例市教育局. */
static bool is_end_of(const char *organ, const char *longer) {
  size_t length = strlen(organ), size = strlen(longer);
  return size > length && strcmp(longer + size - length, organ) == 0;
}

static void read_organ(const struct document_rules *rules, const struct document *document,
                       const struct head *head, struct identity *identity, struct arena *arena) {
  const char *publisher = publisher_of(rules, document, head, arena);
  const char *author =
      *identity->organ == '\0' || identity->is_mentioned ? author_of(rules, head, arena) : "";
  if (*author) identity->organ = author;
  if (*identity->organ == '\0' || is_end_of(identity->organ, publisher))
    identity->organ = publisher;
  if (*identity->organ == '\0')
    identity->organ = organ_in_sentence(rules, head, FIELD_SUBJECT, arena);
  if (*identity->organ == '\0') identity->organ = organ_to_ask(rules, head, arena);
}

/* True where HEAD has the title of another kind of document: a guide, a budget. */
static bool is_of_another_kind(const struct document_rules *rules, const struct head *head) {
  for (size_t i = 0; i < head->above; i++)
    if (document_rule_match(rules, FIELD_OTHER_TITLE, head->line[i].text)) return true;
  return false;
}

/* True where RULE for the words of a preamble tells a report on YEAR (0: not known) in HEAD: those
 * that only a report has (certain) do, others where its year is known and numbered sections follow,
 * or (headed) sections that begin as those of the forms do. */
static bool tells_report(const struct document_rule *rule, const struct head *head, int year) {
  if (strcmp(rule->value, "certain") == 0) return true;
  return year && (strcmp(rule->value, "headed") == 0 ? head->begins_as_form : head->has_sections);
}

/* True where the head says that a report on YEAR (0: not known) follows. */
static bool has_preamble(const struct document_rules *rules, const struct head *head, int year) {
  if (is_of_another_kind(rules, head)) return false;
  for (size_t i = 0; i < head->count; i++) {
    const struct document_rule *rule = NULL;
    while ((rule = document_rule_next(rules, FIELD_PREAMBLE, head->line[i].text, rule)))
      if (tells_report(rule, head, year)) return true;
  }
  return false;
}

/* ---- year ---- */

/* The only year that a part of the path names, of the file's own name first, then of the folders
 * from the innermost on. 0 where there is none, or a part names several. */
static int year_in_path(const struct document_rules *rules, const char *path, struct arena *arena) {
  const char *plain = chinese_dates_in_digits(arena, text_compact(arena, path));
  for (const char *end = plain + strlen(plain); end > plain;) {
    const char *start = end;
    while (start > plain && start[-1] != '/') start--;
    const char *part = arena_bytes(arena, start, (size_t)(end - start));
    const struct document_rule *rule = document_rule_match(rules, FIELD_YEAR_IN_PATH, part);
    if (rule) return document_rule_number(rule, arena, part, "year");
    end = start > plain ? start - 1 : plain;
  }
  return 0;
}

/* YEAR as WHO says it, or 0 where no report can be about it; then that is told. */
static int possible_year(int year, const char *who, struct findings *findings) {
  if (year == 0 || report_year_is_possible(year)) return year;
  findings_reject(findings, "year_conflict", "%s says %04d; no report can be about that year", who,
                  year);
  return 0;
}

/* The year that the first sentences of the report speak of (2023年,我局…), 0 where they do not. */
static int opening_year(const struct document_rules *rules, const struct head *head,
                        struct arena *arena) {
  for (size_t i = 0; i < head->count; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = document_rule_match(rules, FIELD_OPENING, text);
    if (rule) return document_rule_number(rule, arena, text, "year");
  }
  return 0;
}

static void tell_year(struct findings *findings, struct identity *identity, int year,
                      const char *reason, const char *from) {
  if (identity->year || !report_year_is_possible(year)) return;
  identity->year = year;
  findings_reject(findings, reason, "neither title nor period tells the year; %d was taken from %s",
                  year, from);
}

/* The manifest's year, else the title's, else the period's, else that of the first sentences, else
 * the path's. A sentence that only mentions the report's title gives way to the period. */
static void settle_year(const struct document_rules *rules, const struct origin *origin,
                        const struct head *head, struct identity *identity,
                        struct findings *findings) {
  int title = possible_year(identity->year, "the title", findings);
  int told = possible_year(origin->told && !origin->is_further ? origin->told->year : 0,
                           "the manifest", findings);
  /* begins with the year, or is "" */
  int period =
      possible_year((int)strtol(identity->period_end, NULL, 10), "the period's end", findings);
  if (title && identity->first_year && identity->first_year != title)
    findings_reject(findings, "year_conflict", "the title names %d and %d; the last was taken",
                    identity->first_year, title);
  if (title && period && title != period)
    findings_reject(findings, "year_conflict", "the title says %d, the period ends on %s", title,
                    identity->period_end);
  bool by_period = period && (title == 0 || identity->is_mentioned);
  identity->year = by_period ? period : title;
  if (told && identity->year && told != identity->year)
    findings_reject(findings, "year_conflict", "the manifest says %d, the report %d", told,
                    identity->year);
  if (told) identity->year = told;
  if (identity->year) return;
  tell_year(findings, identity, opening_year(rules, head, findings->arena), "year_from_prose",
            "the first sentences");
  tell_year(findings, identity, year_in_path(rules, origin->path, findings->arena),
            "year_from_path", "the path");
}

/* What statistics cannot do without. The values stay; this says why they are left out there. */
static void tell_unknown(const struct identity *identity, struct findings *findings) {
  if (identity->year == 0)
    findings_reject(findings, "year_unknown",
                    "neither title, period, path nor manifest tells the year; its values are kept, "
                    "and left out of what needs a year");
  if (*identity->organ == '\0')
    findings_reject(findings, "organ_unknown",
                    "neither title, preamble nor manifest names the organ; its values are kept, "
                    "and left out of trends, comparisons and aggregates");
}

/* ---- organ and division ---- */

/* What the manifest says wins; where it is not what the report says, that is told. */
static void apply_told_division(const char *told, const struct place *place,
                                struct identity *identity, struct findings *findings) {
  if (place->division && strcmp(place->division->code, told) != 0)
    findings_reject(
        findings, "division_conflict",
        "the manifest says %s, the report is of %s %s by the %s; the manifest was taken", told,
        place->division->code, place->division->name, place->by);
  identity->division = told;
  identity->division_by = "manifest";
}

/* What is called a government is that of the division only where nothing but that word stands
 * behind the division's name; a name alone means the government too: 福州市晋安区2016年…. */
static void read_kind(const struct document_rules *rules, const struct place *place,
                      struct identity *identity) {
  const struct document_rule *kind = document_rule_match(rules, FIELD_ORGAN_KIND, identity->organ);
  if (kind) identity->organ_kind = kind->value;
  if (place && place->is_zone) identity->organ_kind = "zone";
  if (!place || place->is_zone || !place->division || strcmp(place->rest, identity->organ) == 0)
    return;
  const struct document_rule *rule = document_rule_match(rules, FIELD_BEHIND_DIVISION, place->rest);
  if (rule)
    identity->organ_kind = rule->value;
  else if (strcmp(identity->organ_kind, "government") == 0)
    identity->organ_kind = "department";
}

/* What tells ORGAN from the others of its division, whether the division's name stands before it or
 * not: REST, which stands behind that name, in the words that all its names share. */
static const char *organ_key(const struct document_rules *rules, const char *rest,
                             struct arena *arena) {
  const struct document_rule *rule = document_rule_match(rules, FIELD_ORGAN_KEY, rest);
  if (!rule) return rest;
  return *rule->value ? rule->value : document_rule_group(rule, arena, rest, "key");
}

/* What stands behind the name of a division in ORGAN; ORGAN where none is named. */
static const char *behind_division(const struct place_evidence *evidence, const char *organ,
                                   struct arena *arena) {
  struct named named = divisions_named_in(evidence, arena, organ);
  return named.divisions.count ? organ + named.end : organ;
}

/* True where ORGAN is a government, and nothing stands before that but the word for its LEVEL. */
static bool is_plain_government(const struct document_rules *rules, const char *organ,
                                const char *level) {
  const struct document_rule *rule =
      document_rule_match(rules, FIELD_ORGAN_KEY, organ + text_begins(organ, level));
  return *organ && rule && strcmp(rule->value, "政府") == 0;
}

static void read_division(const struct document_rules *rules, const struct divisions *divisions,
                          const struct document *document, const struct head *head,
                          const struct origin *origin, struct identity *identity,
                          struct findings *findings) {
  static const struct manifest_entry none = {.division = "", .organ = "", .url = ""};
  const struct manifest_entry *told = origin->told && !origin->is_further ? origin->told : &none;
  const char *rest = origin->told && origin->is_further ? origin->told->division : "";
  bool is_told = *told->division, is_renamed = *told->organ;
  struct place_evidence evidence = {.divisions = divisions,
                                    .rules = rules,
                                    .document = document,
                                    .head = head,
                                    .body = identity->body,
                                    .organ = is_told || !is_renamed ? identity->organ : told->organ,
                                    .year = identity->year,
                                    .path = origin->path,
                                    .url = *told->url ? told->url : document->url};
  struct findings moot = {.arena = findings->arena}; /* what tells between others than the told */
  struct place place = place_find(&evidence, is_told || *rest ? &moot : findings);
  if (is_renamed) identity->organ = told->organ;
  bool is_placed = identity->organ == evidence.organ;
  read_kind(rules, is_placed ? &place : NULL, identity);
  identity->key = organ_key(
      rules, is_placed ? place.rest : behind_division(&evidence, identity->organ, findings->arena),
      findings->arena);
  identity->is_plain_government = is_plain_government(rules, identity->organ, place.level);
  identity->site = evidence.url ? website_host(evidence.url, findings->arena) : "";
  identity->level = place.level;
  identity->is_told = *told->organ && told->year;
  identity->division = place.division ? place.division->code : "";
  identity->division_by = place.by;
  identity->organ_is_one = strcmp(place.by, "ambiguous") != 0 &&
                           document_rule_match(rules, FIELD_OWN_NAME, identity->organ);
  if (is_told) apply_told_division(told->division, &place, identity, findings);
  if (*rest && *identity->division == '\0') {
    identity->division = rest;
    identity->division_by = "manifest";
  }
}

const struct identity identity_unknown = {.title = "",
                                          .organ = "",
                                          .organ_kind = "unknown",
                                          .division = "",
                                          .division_by = "",
                                          .period_start = "",
                                          .period_end = "",
                                          .published = "",
                                          .key = "",
                                          .scope = "",
                                          .site = "",
                                          .level = ""};

struct identity identity_read(const struct document_rules *rules, const struct divisions *divisions,
                              const struct document *document, const struct origin *origin,
                              struct findings *findings) {
  struct arena *arena = findings->arena;
  struct identity identity = identity_unknown;
  struct head head = head_read(rules, document, arena);
  read_period(rules, &head, &identity, arena);
  read_title(rules, document, &head, !origin->is_further, &identity, arena);
  read_organ(rules, document, &head, &identity, arena);
  settle_year(rules, origin, &head, &identity, findings);
  identity.has_preamble = has_preamble(rules, &head, identity.year);
  identity.published = published_read(rules, document, &head, identity.body, identity.year, arena);
  read_division(rules, divisions, document, &head, origin, &identity, findings);
  tell_unknown(&identity, findings);
  return identity;
}

const char *identity_mark(const struct identity *identity, struct arena *arena,
                          const char *sha256) {
  if (identity->year == 0) return sha256; /* maybe of any year */
  const char *key = identity->key;
  if (identity->is_aside) key = arena_format(arena, "%s/%s", key, identity->scope);
  bool is_government = strcmp(identity->organ_kind, "government") == 0 && !identity->is_aside;
  if (is_government && (*identity->division || identity->is_plain_government)) return "";
  return *identity->organ ? sha256_of(arena, key, strlen(key)) : sha256;
}

const char *identity_report_id(const struct identity *identity, struct arena *arena,
                               const char *sha256) {
  bool is_central = strcmp(identity->division_by, "central") == 0;
  const char *division = is_central ? "central" : identity->division, *mark = sha256;
  if (*identity->division) {
    mark = identity_mark(identity, arena, sha256);
  } else if (identity->year && *identity->organ && (is_central || identity->organ_is_one)) {
    const char *name = is_central ? identity->key : identity->organ;
    if (identity->is_aside) name = arena_format(arena, "%s/%s", name, identity->scope);
    mark = sha256_of(arena, name, strlen(name));
  }
  return report_id_make(arena, division, identity->year, mark);
}
