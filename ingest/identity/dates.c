/* Periods and dates of publication, by document_rules.csv. */
#include "ingest/identity/dates.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"

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

static bool is_whole_year(const struct period *period) {
  return strncmp(period->start, period->end, 4) == 0 && strcmp(period->start + 4, "-01-01") == 0 &&
         strcmp(period->end + 4, "-12-31") == 0;
}

struct period period_read(const struct document_rules *rules, const struct head *head,
                          struct arena *arena) {
  for (size_t i = 0; i < head->count; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = document_rule_match(rules, FIELD_PERIOD, text);
    if (!rule) continue;
    struct period period = {date_of(arena, rule, text, ""), date_of(arena, rule, text, "end_")};
    if (*period.start && *period.end && (i < head->above || is_whole_year(&period))) return period;
  }
  return (struct period){"", ""};
}

/* The date that RULE finds in TEXT, where a report on YEAR can be of it; else "". */
static const char *date_by(const struct document_rule *rule, const char *text, int year,
                           struct arena *arena) {
  if (!document_rule_is_match(rule, text)) return "";
  const char *date = date_of(arena, rule, text, "");
  return strtol(date, NULL, 10) >= year ? date : "";
}

static const char *date_in(const struct document_rules *rules, enum document_field field,
                           const char *text, int year, struct arena *arena) {
  const struct document_rule *rule = document_rule_match(rules, field, text);
  return rule ? date_by(rule, text, year, arena) : "";
}

static const char *told_by_page(const struct document_rules *rules, const struct document *document,
                                int year, struct arena *arena) {
  for (size_t i = 0; i < document->about.count; i++) {
    const struct about *about = &document->about.item[i];
    if (about->kind != ABOUT_PUBLISHED) continue;
    const char *text = text_compact(arena, about->text);
    const char *date = date_in(rules, FIELD_PUBLISHED_STAMP, text, year, arena);
    if (*date) return date;
  }
  return "";
}

/* Labels of publication come before those of signing, as their rules do. */
static const char *told_by_label(const struct document_rules *rules, const struct head *head,
                                 int year, struct arena *arena) {
  const struct document_rule *rule = NULL;
  while ((rule = document_rule_next_of(rules, FIELD_PUBLISHED_LABEL, rule)))
    for (size_t i = 0; i < head->above; i++) {
      const char *date = date_by(rule, head->line[i].text, year, arena);
      if (*date) return date;
    }
  return "";
}

/* The last line that is nothing but a date, above the footer of the site. */
static const char *under_report(const struct document_rules *rules, const struct document *document,
                                size_t body, int year, struct arena *arena) {
  const char *last = "";
  for (size_t i = body; i < document->blocks.count; i++) {
    const char *text = document_rule_text(arena, &document->blocks.item[i]);
    if (document_rule_match(rules, FIELD_FOOTER, text)) break;
    const char *date = date_in(rules, FIELD_PUBLISHED, text, year, arena);
    if (*date) last = date;
  }
  return last;
}

const char *published_read(const struct document_rules *rules, const struct document *document,
                           const struct head *head, size_t body, int year, struct arena *arena) {
  const char *date = told_by_page(rules, document, year, arena);
  if (*date == '\0') date = told_by_label(rules, head, year, arena);
  if (*date == '\0') date = under_report(rules, document, body, year, arena);
  return date;
}
