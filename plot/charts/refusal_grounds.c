/* The eight grounds on which requests were refused, in the order of the form, zeros too. */
#include <string.h>

#include "plot/charts/chart.h"

static bool is_ground(const struct variable *variable) {
  static const char family[] = "outcome.denied.";
  return strncmp(variable->id, family, strlen(family)) == 0;
}

static void add_ground(const struct chart_input *input, struct picture *picture,
                       const struct variable *ground, struct decimal refused) {
  const struct observation *value = report_value(input->report, ground->id);
  struct bar_row row = chart_row(input, value, ground->id, words_label(input->words, ground->id));
  if (row.part[0].known) row.value = chart_value_share(input, row.value, value->value, refused);
  *list_add(input->arena, &picture->bars.rows) = row;
}

const char *chart_refusal_grounds(const struct chart_input *input, struct picture *picture) {
  static const struct decimal zero = {0};
  const struct codebook *codebook = input->codebook;
  struct report_sum refused = {0};
  for (size_t i = 0; i < codebook->variables; i++)
    if (is_ground(&codebook->variable[i]))
      report_sum_add(&refused, report_value(input->report, codebook->variable[i].id));
  if (refused.values == 0) return "missing";
  if (decimal_compare(refused.sum, zero) <= 0) return "none";

  picture->bars.parts = 1;
  picture->bars.part_key[0] = "requests";
  picture->bars.axis = words_get(input->words, input->chart, "axis");
  for (size_t i = 0; i < codebook->variables; i++)
    if (is_ground(&codebook->variable[i]))
      add_ground(input, picture, &codebook->variable[i], refused.sum);
  picture->subtitle = chart_words(
      input, "subtitle",
      (struct filling[]){{"n", chart_number(input, refused.sum)},
                         {"all", chart_value(input, report_value(input->report, "outcome.total"))},
                         {NULL, NULL}});
  static const struct decimal few = {20, 0};
  struct filling nothing[] = {{NULL, NULL}};
  if (decimal_compare(refused.sum, few) < 0) chart_note(input, picture, "note_few", nothing);
  if (refused.approximate) chart_note(input, picture, "note_approximate", nothing);
  return NULL;
}
