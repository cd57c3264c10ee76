/* Who, when, where. Knows no organ by name; what a title looks like is in document_rules.csv. */
#include "ingest/identity/identity.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "core/model/report_year.h"
#include "ingest/identity/chinese_date.h"
#include "ingest/identity/document_rules.h"
#include "ingest/identity/place.h"

/* ---- dates ---- */

/* A date of the Gregorian calendar from the groups PREFIX year, month and day, or "". */
static const char *date_of(struct arena *arena, const struct document_rule *rule, const char *text,
                           const char *prefix) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int part[3];
  static const char *const names[] = {"year", "month", "day"};
  for (size_t i = 0; i < 3; i++) {
    const char *name = arena_format(arena, "%s%s", prefix, names[i]);
    part[i] = document_rule_number(rule, arena, text, name);
    if (part[i] == 0) /* 1月1日至12月31日 */
      part[i] = document_rule_number(rule, arena, text, names[i]);
  }
  if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > days[part[1] - 1]) return "";
  bool leap = (part[0] % 4 == 0 && part[0] % 100 != 0) || part[0] % 400 == 0;
  if (part[1] == 2 && part[2] == 29 && !leap) return "";
  return arena_format(arena, "%04d-%02d-%02d", part[0], part[1], part[2]);
}

/* ---- title ---- */

/* No title is longer (in bytes); most paragraphs are. */
enum { TITLE_SIZE = 600 };

/* The title that TEXT is, without its printed form. */
static bool take_title(const struct document_rules *rules, const char *text,
                       struct identity *identity, struct arena *arena) {
  const struct document_rule *rule =
      strlen(text) > TITLE_SIZE ? NULL : document_rule_match(rules, FIELD_TITLE, text);
  if (!rule) return false;
  identity->organ = document_rule_group(rule, arena, text, "organ");
  identity->year = document_rule_number(rule, arena, text, "year");
  identity->first_year = document_rule_number(rule, arena, text, "first_year");
  return true;
}

/* A title that is broken over two lines, with its organ and year. */
static bool take_broken_title(const struct document_rules *rules, const char *above,
                              const char *text, struct identity *identity, struct arena *arena) {
  struct identity whole = *identity;
  whole.title = arena_format(arena, "%s%s", above, text);
  if (!take_title(rules, whole.title, &whole, arena) || whole.year == 0 ||
      !document_rule_match(rules, FIELD_ORGAN_LINE, whole.organ))
    return false;
  *identity = whole;
  return true;
}

/* A title stands on one line, or the organ's name on the line above, or it is broken anywhere. */
static bool read_title(const struct document_rules *rules, const struct document *document,
                       size_t index, const char *above, struct identity *identity,
                       struct arena *arena) {
  const char *text = document_rule_title(rules, arena, &document->blocks.item[index]);
  if (!take_title(rules, text, identity, arena))
    return document_rule_match(rules, FIELD_TITLE_END, text) &&
           take_broken_title(rules, above, text, identity, arena);
  identity->title = text_tidy(arena, document->blocks.item[index].text);
  if (*identity->organ) return true;
  if (document_rule_match(rules, FIELD_ORGAN_LINE, above)) {
    identity->organ = above;
    identity->title = arena_format(arena, "%s%s", above, identity->title);
  } else if (identity->year == 0) {
    take_broken_title(rules, above, text, identity, arena);
  }
  return true;
}

/* The first block of the numbered sections, or the number of blocks where there are none. */
static size_t find_body(const struct document_rules *rules, const struct document *document,
                        struct arena *arena) {
  for (size_t i = 0; i < document->blocks.count; i++)
    if (document_rule_match(rules, FIELD_REPORT_START,
                            document_rule_text(arena, &document->blocks.item[i])))
      return i;
  return document->blocks.count;
}

/* The year in which the reporting period ends, as the preamble says it; 0 where it does not. */
static int period_year(const struct document_rules *rules, const struct document *document,
                       size_t end, struct arena *arena) {
  for (size_t i = 0; i < end; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    const struct document_rule *rule = document_rule_match(rules, FIELD_PERIOD, text);
    if (rule) return (int)strtol(date_of(arena, rule, text, "end_"), NULL, 10); /* 2020-12-31 */
  }
  return 0;
}

/* The title above the body. A page may list other years' reports above it as well, so the one whose
 * year is that of the period is preferred, among those one that names its organ, then one that
 * names its year, then the first. */
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
      int rank = 4 * (year && found.year == year) + 2 * (*found.organ != '\0') + (found.year != 0);
      if (!headed) found.body = i + 1; /* the free form has no numbered sections */
      if (rank > best) {
        *identity = found;
        best = rank;
      }
    }
    above = document_rule_text(arena, &document->blocks.item[i]);
  }
}

/* Where no line is a title, or the title names no organ, the preamble may name the report:
 * 现公布…2017年政府信息公开工作年度报告. */
static void read_mentioned_title(const struct document_rules *rules,
                                 const struct document *document, struct identity *identity,
                                 struct arena *arena) {
  for (size_t i = 0; i < identity->body; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    const struct document_rule *rule = document_rule_match(rules, FIELD_TITLE_MENTION, text);
    int year = rule ? document_rule_number(rule, arena, text, "year") : 0;
    if (!rule || (identity->year && identity->year != year)) continue;
    if (*identity->title == '\0') identity->title = document_rule_group(rule, arena, text, "title");
    identity->organ = document_rule_group(rule, arena, text, "organ");
    identity->year = year;
    return;
  }
}

/* Where nothing else names the organ, the preamble may say who wrote the report. */
static void read_author(const struct document_rules *rules, const struct document *document,
                        struct identity *identity, struct arena *arena) {
  for (size_t i = 0; i < identity->body && *identity->organ == '\0'; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    const struct document_rule *rule = document_rule_match(rules, FIELD_ORGAN_AUTHOR, text);
    if (rule) identity->organ = document_rule_group(rule, arena, text, "organ");
  }
}

static void read_period(const struct document_rules *rules, const struct document *document,
                        struct identity *identity, struct arena *arena) {
  for (size_t i = 0; i < identity->body; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    const struct document_rule *rule = document_rule_match(rules, FIELD_PERIOD, text);
    if (!rule) continue;
    identity->period_start = date_of(arena, rule, text, "");
    identity->period_end = date_of(arena, rule, text, "end_");
    break;
  }
}

static void read_published(const struct document_rules *rules, const struct document *document,
                           struct identity *identity, struct arena *arena) {
  for (size_t i = document->blocks.count; i-- > identity->body;) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    const struct document_rule *rule = document_rule_match(rules, FIELD_PUBLISHED, text);
    if (!rule) continue;
    identity->published = date_of(arena, rule, text, "");
    return;
  }
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

/* The manifest's year, else the title's, else the period's, else the path's. */
static void settle_year(const struct document_rules *rules, const struct origin *origin,
                        struct identity *identity, struct findings *findings) {
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
  identity->year = title ? title : period;
  if (told && identity->year && told != identity->year)
    findings_reject(findings, "year_conflict", "the manifest says %d, the report %d", told,
                    identity->year);
  if (told) identity->year = told;
  if (identity->year) return;
  identity->year = year_in_path(rules, origin->path, findings->arena);
  if (identity->year)
    findings_reject(findings, "year_from_path",
                    "neither title nor period tells the year; %d was taken from the path",
                    identity->year);
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
  if (!place || !place->division || strcmp(place->rest, identity->organ) == 0) return;
  const struct document_rule *rule = document_rule_match(rules, FIELD_BEHIND_DIVISION, place->rest);
  if (rule)
    identity->organ_kind = rule->value;
  else if (strcmp(identity->organ_kind, "government") == 0)
    identity->organ_kind = "department";
}

static void read_division(const struct document_rules *rules, const struct divisions *divisions,
                          const struct document *document, const struct origin *origin,
                          struct identity *identity, struct findings *findings) {
  static const struct manifest_entry none = {.division = "", .organ = "", .url = ""};
  const struct manifest_entry *told = origin->told && !origin->is_further ? origin->told : &none;
  const char *rest = origin->told && origin->is_further ? origin->told->division : "";
  bool is_told = *told->division, is_renamed = *told->organ;
  struct place_evidence evidence = {.divisions = divisions,
                                    .rules = rules,
                                    .document = document,
                                    .body = identity->body,
                                    .organ = is_told || !is_renamed ? identity->organ : told->organ,
                                    .year = identity->year,
                                    .path = origin->path,
                                    .url = *told->url ? told->url : document->url};
  struct findings moot = {.arena = findings->arena}; /* what tells between others than the told */
  struct place place = place_find(&evidence, is_told || *rest ? &moot : findings);
  if (is_renamed) identity->organ = told->organ;
  read_kind(rules, identity->organ == evidence.organ ? &place : NULL, identity);
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
                                          .published = ""};

struct identity identity_read(const struct document_rules *rules, const struct divisions *divisions,
                              const struct document *document, const struct origin *origin,
                              struct findings *findings) {
  struct arena *arena = findings->arena;
  struct identity identity = identity_unknown;
  read_head(rules, document, &identity, arena);
  if (*identity.organ == '\0') read_mentioned_title(rules, document, &identity, arena);
  read_author(rules, document, &identity, arena);
  read_period(rules, document, &identity, arena);
  read_published(rules, document, &identity, arena);
  settle_year(rules, origin, &identity, findings);
  read_division(rules, divisions, document, origin, &identity, findings);
  tell_unknown(&identity, findings);
  return identity;
}

const char *identity_report_id(const struct identity *identity, struct arena *arena,
                               const char *sha256) {
  const char *division = *identity->division ? identity->division : "unknown";
  if (identity->year == 0) /* it may be of any year: no two of them are the same report */
    return arena_format(arena, "%s-0000-%.8s", division, sha256);
  if (*identity->division && strcmp(identity->organ_kind, "government") == 0)
    return arena_format(arena, "%s-%04d", division, identity->year);
  if (*identity->organ == '\0' || (*identity->division == '\0' && !identity->organ_is_one))
    return arena_format(arena, "%s-%04d-%.8s", division, identity->year, sha256);
  unsigned char digest[4];
  struct sha256_ctx hash;
  sha256_init(&hash);
  sha256_update(&hash, strlen(identity->organ), (const uint8_t *)identity->organ);
  sha256_digest(&hash, sizeof digest, digest);
  return arena_format(arena, "%s-%04d-%02x%02x%02x%02x", division, identity->year, digest[0],
                      digest[1], digest[2], digest[3]);
}
