/* What became of the requests that were concluded: five groups as shares with their intervals, each
 * with the outcomes that it is made of. */
#include <string.h>

#include "plot/charts/chart.h"

/* A group is the sum of its family's members (x.*); without any of them, of FALLBACK. */
struct group {
  const char *key;          /* of its words */
  const char *indicator;    /* that has its interval */
  const char *const *lists; /* variables and families (ending in a dot), ended by NULL */
  const char *fallback;
};

static const struct group groups[] = {
    {"disclosed", "disclosure_rate",
     (const char *const[]){"outcome.granted", "outcome.partial", NULL}, NULL},
    {"denied", "refusal_share", (const char *const[]){"outcome.denied.", NULL}, NULL},
    {"unable", "unable_share", (const char *const[]){"outcome.unable.", NULL}, NULL},
    {"declined", "declined_share", (const char *const[]){"outcome.declined.", NULL}, NULL},
    /* A subtotal in the form of 2021, where it is broken down; the only row in that of 2019. */
    {"other", "other_share", (const char *const[]){"outcome.other.", NULL}, "outcome.other"},
};
enum { GROUPS = sizeof groups / sizeof *groups };

static bool belongs(const struct group *group, const char *variable) {
  for (const char *const *list = group->lists; *list; list++) {
    size_t length = strlen(*list);
    bool family = (*list)[length - 1] == '.';
    if (family ? strncmp(variable, *list, length) == 0 : strcmp(variable, *list) == 0) return true;
  }
  return false;
}

static struct report_sum sum_group(const struct chart_input *input, const struct group *group) {
  struct report_sum sum = {0};
  for (size_t i = 0; i < input->codebook->variables; i++)
    if (belongs(group, input->codebook->variable[i].id))
      report_sum_add(&sum, report_value(input->report, input->codebook->variable[i].id));
  if (sum.values == 0 && group->fallback)
    report_sum_add(&sum, report_value(input->report, group->fallback));
  return sum;
}

/* Returns whether a member was left out because it is zero. */
static bool add_members(const struct chart_input *input, struct picture *picture,
                        const struct group *group, struct decimal all) {
  static const struct decimal zero = {0};
  bool left_out = false;
  for (size_t i = 0; i < input->codebook->variables; i++) {
    const char *id = input->codebook->variable[i].id;
    const struct observation *value = belongs(group, id) ? report_value(input->report, id) : NULL;
    if (!value || value->status == STATUS_BLANK || value->status == STATUS_NOT_APPLICABLE) continue;
    if (status_has_value(value->status) && decimal_compare(value->value, zero) <= 0) {
      left_out = true;
      continue;
    }
    struct bar_row row = chart_row(input, value, id, words_label(input->words, id));
    row.detail = true;
    if (row.part[0].known) chart_set_share(input, &row, value->value, all);
    *list_add(input->arena, &picture->bars.rows) = row;
  }
  return left_out;
}

static void add_group(const struct chart_input *input, struct picture *picture,
                      const struct group *group, const struct report_sum *sum, struct decimal all) {
  struct bar_row row = {.label = words_get(input->words, input->chart, group->key),
                        .key = group->key,
                        .count = "",
                        .status = ""};
  if (sum->values) {
    row.value = chart_number_short(input, sum->sum);
    chart_set_share(input, &row, sum->sum, all);
    chart_set_interval(input, &row, group->indicator, "");
  } else {
    row.value = words_get(input->words, input->chart, "absent");
  }
  *list_add(input->arena, &picture->bars.rows) = row;
}

static void add_notes(const struct chart_input *input, struct picture *picture, bool left_out,
                      bool approximate) {
  static const struct filling nothing[] = {{NULL, NULL}};
  bool intervals = false;
  for (size_t i = 0; i < picture->bars.rows.count; i++)
    intervals |= picture->bars.rows.item[i].has_interval;
  if (intervals) chart_note(input, picture, "note_interval", nothing);
  if (left_out) chart_note(input, picture, "note_zeros", nothing);
  if (approximate) chart_note(input, picture, "note_approximate", nothing);
}

const char *chart_outcomes(const struct chart_input *input, struct picture *picture) {
  struct report_sum sums[GROUPS], rows = {0};
  for (size_t i = 0; i < GROUPS; i++) {
    sums[i] = sum_group(input, &groups[i]);
    rows.values += sums[i].values;
    rows.approximate |= sums[i].approximate;
    if (decimal_compare(sums[i].sum, rows.largest) > 0) rows.largest = sums[i].sum;
    if (!decimal_add(rows.sum, sums[i].sum, &rows.sum)) return "missing";
  }
  if (rows.values == 0) return "missing";
  const struct observation *total = report_value(input->report, "outcome.total");
  struct whole whole;
  if (!chart_share_bars(input, picture, total, &rows, &whole)) return "none";
  bool left_out = false;
  for (size_t i = 0; i < GROUPS; i++) {
    add_group(input, picture, &groups[i], &sums[i], whole.all);
    left_out |= add_members(input, picture, &groups[i], whole.all);
  }
  picture->subtitle = chart_words(
      input, "subtitle", (struct filling[]){{"n", chart_number(input, whole.all)}, {NULL, NULL}});
  chart_note_total(input, picture, total, rows.sum, whole.printed);
  add_notes(input, picture, left_out, rows.approximate);
  return NULL;
}
