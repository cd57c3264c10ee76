/* Looks for the title; what one looks like is in document_rules.csv. */
#include "ingest/identity/title.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/identity/chinese_date.h"

/* No title is longer (in bytes); most paragraphs are. */
enum { TITLE_SIZE = 600 };

const char *organ_tidy(const struct document_rules *rules, const char *organ, struct arena *arena) {
  const struct document_rule *rule = document_rule_match(rules, FIELD_ORGAN_PREFIX, organ);
  if (rule) organ = document_rule_group(rule, arena, organ, "organ");
  rule = document_rule_match(rules, FIELD_ORGAN_SUFFIX, organ);
  if (rule) organ = document_rule_group(rule, arena, organ, "organ");
  return document_rule_match(rules, FIELD_NO_ORGAN, organ) ? "" : organ;
}

static void take_groups(const struct document_rules *rules, const struct document_rule *rule,
                        const char *text, struct title *title, struct arena *arena) {
  title->organ = organ_tidy(rules, document_rule_group(rule, arena, text, "organ"), arena);
  title->year = document_rule_number(rule, arena, text, "year");
  title->first_year = document_rule_number(rule, arena, text, "first_year");
}

/* The title that TEXT is, without its printed form. */
static bool take_title(const struct document_rules *rules, const char *text, struct title *title,
                       struct arena *arena) {
  const struct document_rule *rule =
      strlen(text) > TITLE_SIZE ? NULL : document_rule_match(rules, FIELD_TITLE, text);
  if (!rule) return false;
  take_groups(rules, rule, text, title, arena);
  return true;
}

/* A title that is broken over two lines, or three, with its organ and year. */
static bool take_broken_title(const struct document_rules *rules, const char *above,
                              const char *text, struct title *title, struct arena *arena) {
  struct title whole = *title;
  whole.text = arena_format(arena, "%s%s", above, text);
  if (!take_title(rules, whole.text, &whole, arena) || whole.year == 0 ||
      !document_rule_match(rules, FIELD_ORGAN_LINE, whole.organ))
    return false;
  *title = whole;
  return true;
}

/* The line of HEAD that is COUNT above AT, or "". */
static const char *text_above(const struct head *head, size_t at, size_t count) {
  return at >= count ? head->line[at - count].text : "";
}

/* A title stands on one line, or the organ's name on the line above, or it is broken anywhere. */
static bool read_line(const struct document_rules *rules, const struct head *head, size_t at,
                      struct title *title, struct arena *arena) {
  const struct head_line *line = &head->line[at];
  const char *above = text_above(head, at, 1);
  const char *below = at + 1 < head->above ? head->line[at + 1].text : "";
  const char *text = document_rule_unmarked(rules, arena, line->text);
  if (!take_title(rules, text, title, arena)) {
    const char *both = arena_format(arena, "%s%s", text_above(head, at, 2), above);
    return document_rule_match(rules, FIELD_TITLE_END, text) &&
           (take_broken_title(rules, above, text, title, arena) ||
            take_broken_title(rules, both, text, title, arena));
  }
  title->text = text_tidy(arena, *line->printed ? line->printed : text);
  if (*title->organ) return true;
  if (document_rule_match(rules, FIELD_ORGAN_LINE, above)) {
    title->organ = organ_tidy(rules, above, arena);
    title->text = arena_format(arena, "%s%s", above, title->text);
  } else if (title->year == 0) {
    take_broken_title(rules, above, text, title, arena);
  }
  if (*title->organ == '\0' && document_rule_match(rules, FIELD_ORGAN_LINE, below))
    title->organ = organ_tidy(rules, below, arena);
  return true;
}

static int rank_of(const struct title *title, int year) {
  return 4 * (year && title->year == year) + 2 * (*title->organ != '\0') + (title->year != 0);
}

static struct title best_line(const struct document_rules *rules, const struct head *head, int year,
                              struct arena *arena) {
  static const struct title none = {.text = "", .organ = ""};
  struct title best = none;
  int most = -1;
  for (size_t i = 0; i < head->above; i++) {
    struct title found = none;
    if (!read_line(rules, head, i, &found, arena)) continue;
    found.body = head->line[i].block + 1;
    if (rank_of(&found, year) <= most) continue;
    best = found;
    most = rank_of(&found, year);
  }
  return best;
}

/* Takes from OTHER, where it is of the same report, what TITLE does not tell. */
static void complete(struct title *title, const struct title *other) {
  bool differs = title->year && other->year && title->year != other->year;
  if (differs) return;
  if (*title->text == '\0') {
    title->text = other->text;
    title->is_mentioned = other->is_mentioned;
  }
  if (*title->organ == '\0') title->organ = other->organ;
  if (title->year == 0) {
    title->year = other->year;
    title->first_year = other->first_year;
  }
}

/* The best title in TEXT, a title of a page: all of it, or a part between the marks that part it
 * from the names of column and site. */
static struct title title_in_parts(const struct document_rules *rules, const char *text, int year,
                                   struct arena *arena) {
  struct title best = {.text = "", .organ = ""};
  const char *compact = chinese_dates_in_digits(arena, text_compact(arena, text));
  const struct document_rule *rule = NULL;
  while ((rule = document_rule_next(rules, FIELD_PART_OF_TITLE, compact, rule))) {
    struct title found = {.text = document_rule_group(rule, arena, compact, "title"), .organ = ""};
    const char *plain = document_rule_unmarked(rules, arena, found.text);
    if (!take_title(rules, plain, &found, arena)) continue;
    if (*best.text == '\0' || rank_of(&found, year) > rank_of(&best, year)) best = found;
  }
  return best;
}

static void complete_by_page(const struct document_rules *rules, const struct document *document,
                             int year, struct title *title, struct arena *arena) {
  for (size_t i = 0; i < document->about.count; i++) {
    if (*title->text && *title->organ && title->year) return;
    if (document->about.item[i].kind != ABOUT_TITLE) continue;
    struct title found = title_in_parts(rules, document->about.item[i].text, year, arena);
    if (*found.text) complete(title, &found);
  }
}

/* 现公布…2017年政府信息公开工作年度报告. */
static void complete_by_mention(const struct document_rules *rules, const struct head *head,
                                struct title *title, struct arena *arena) {
  for (size_t i = 0; i < head->count; i++) {
    const char *text = head->line[i].text;
    const struct document_rule *rule = NULL;
    while ((!*title->organ || !title->year) &&
           (rule = document_rule_next(rules, FIELD_TITLE_MENTION, text, rule))) {
      struct title found = {.text = document_rule_group(rule, arena, text, "title"),
                            .organ = "",
                            .is_mentioned = true};
      take_groups(rules, rule, text, &found, arena);
      complete(title, &found);
    }
  }
}

struct title title_read(const struct document_rules *rules, const struct document *document,
                        const struct head *head, int year, bool is_first, struct arena *arena) {
  struct title title = best_line(rules, head, year, arena);
  if (is_first) complete_by_page(rules, document, year, &title, arena);
  complete_by_mention(rules, head, &title, arena);
  if (head->has_sections) title.body = head->body;
  return title;
}
