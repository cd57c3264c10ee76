/* Who made the requests received: shares of the classes of applicants, in the order of the form. */
#include <string.h>

#include "plot/charts/chart.h"

static const char variable[] = "requests.received";

static const struct observation *value_of(const struct chart_input *input, size_t class) {
  return report_class_value(input->report, variable, input->codebook->applicant[class].id);
}

static void add_class(const struct chart_input *input, struct picture *picture, size_t class,
                      struct decimal all) {
  const struct category *category = &input->codebook->applicant[class];
  bool chinese = words_language(input->words) == LANGUAGE_ZH;
  const struct observation *value = value_of(input, class);
  struct bar_row row =
      chart_row(input, value, category->id, chinese ? category->label_zh : category->label_en);
  if (row.part[0].known) chart_set_share(input, &row, value->value, all);
  chart_set_interval(input, &row, "applicant_share", category->id);
  *list_add(input->arena, &picture->bars.rows) = row;
}

const char *chart_applicants(const struct chart_input *input, struct picture *picture) {
  size_t classes = input->codebook->applicants - 1; /* the last is the total */
  struct report_sum sum = {0};
  for (size_t i = 0; i < classes; i++) report_sum_add(&sum, value_of(input, i));
  if (sum.values == 0) return "missing";
  const struct observation *total = value_of(input, classes);
  struct whole whole;
  if (!chart_share_bars(input, picture, total, &sum, &whole)) return "none";
  bool intervals = false;
  for (size_t i = 0; i < classes; i++) {
    add_class(input, picture, i, whole.all);
    intervals |= picture->bars.rows.item[i].has_interval;
  }
  struct filling fillings[] = {{"n", chart_number(input, whole.all)}, {NULL, NULL}};
  picture->subtitle = chart_words(input, "subtitle", fillings);
  chart_note_total(input, picture, total, sum.sum, whole.printed);
  if (intervals) chart_note(input, picture, "note_interval", fillings);
  if (sum.approximate) chart_note(input, picture, "note_approximate", fillings);
  return NULL;
}
