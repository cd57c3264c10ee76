/* The table of charts, and what they have in common. */
#include "plot/chart.h"

#include <string.h>

#include "plot/measure.h"

const struct chart charts[] = {
    {"disputes", chart_disputes},
    {"key_areas", chart_key_areas},
    {"outcomes", chart_outcomes},
    {"refusal_grounds", chart_refusal_grounds},
};
const size_t charts_count = sizeof charts / sizeof *charts;

char *chart_words(const struct chart_input *input, const char *key,
                  const struct filling *fillings) {
  return words_fill(input->arena, input->words, input->chart, key, fillings);
}

void chart_note(const struct chart_input *input, struct picture *picture, const char *key,
                const struct filling *fillings) {
  *list_add(input->arena, &picture->notes) = chart_words(input, key, fillings);
}

static const char *source_line(const struct chart_input *input) {
  const struct report *report = input->report;
  const char *hash = arena_format(input->arena, "%.12s", report->sha256);
  return chart_words(input, *hash ? "source" : "source_without_hash",
                     (struct filling[]){{"file", report->source}, {"hash", hash}, {NULL, NULL}});
}

bool chart_picture(const struct chart *chart, struct chart_input *input, struct picture *picture,
                   const char **reason) {
  static const struct filling nothing[] = {{NULL, NULL}};
  input->chart = chart->name;
  *picture = (struct picture){.chart = chart->name};
  const char *why = chart->fill(input, picture);
  if (why) {
    *reason = chart_words(input, why, nothing);
    return false;
  }
  picture->title = chart_words(input, "title",
                               (struct filling[]){{"organ", input->report->organ},
                                                  {"year", input->report->year},
                                                  {NULL, NULL}});
  picture->organ = input->report->organ;
  picture->source = source_line(input);
  return true;
}

char *chart_number(const struct chart_input *input, struct decimal number) {
  char text[DECIMAL_TEXT_SIZE];
  return number_grouped(input->arena, decimal_text(number, text));
}

char *chart_value_share(const struct chart_input *input, const char *value,
                        struct decimal numerator, struct decimal denominator) {
  if (numerator.coefficient == 0) return arena_text(input->arena, value);
  double share = 100 * decimal_double(numerator) / decimal_double(denominator);
  return chart_words(input, "value_share",
                     (struct filling[]){{"value", value},
                                        {"share", arena_format(input->arena, "%.1f%%", share)},
                                        {NULL, NULL}});
}

char *chart_value(const struct chart_input *input, const struct observation *value) {
  if (!value) return arena_text(input->arena, words_get(input->words, input->chart, "absent"));
  const char *number = status_has_value(value->status) ? chart_number(input, value->value) : "";
  return chart_words(input, arena_format(input->arena, "value_%s", status_name(value->status)),
                     (struct filling[]){{"number", number}, {NULL, NULL}});
}

struct bar_row chart_row(const struct chart_input *input, const struct observation *value,
                         const char *key, const char *label) {
  struct bar_row row = {.label = label, .key = key, .count = "", .status = ""};
  row.value = chart_value(input, value);
  if (!value) return row;
  row.status = status_name(value->status);
  static const struct decimal zero = {0};
  if (status_has_value(value->status) && decimal_compare(value->value, zero) >= 0)
    row.part[0] = bar_part_of(input->arena, value->value);
  return row;
}
