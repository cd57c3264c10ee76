/* What a picture shows, in words. Knows no chart: the body tells the numbers, charts.csv how to say
 * it. */
#include "plot/charts/chart.h"

enum { FACTS_MOST = 12 }; /* of more, the first and the emphasised */

static char *say_fact(const struct chart_input *input, const struct fact *fact) {
  return chart_words(
      input, fact->words,
      (struct filling[]){{"label", fact->label}, {"value", fact->value}, {NULL, NULL}});
}

static const char *say_facts(const struct chart_input *input, const struct fact_list *facts) {
  const char *text = "", *join = words_get(input->words, input->chart, "alternative_join");
  size_t said = 0;
  for (size_t i = 0; i < facts->list.count; i++) {
    const struct fact *fact = &facts->list.item[i];
    if (i >= FACTS_MOST && !fact->emphasised) continue;
    text = arena_format(input->arena, "%s%s%s", text, said++ ? join : "", say_fact(input, fact));
  }
  if (said == facts->list.count) return text;
  const char *count = arena_format(input->arena, "%zu", facts->list.count - said);
  return chart_words(input, "alternative_more",
                     (struct filling[]){{"facts", text}, {"count", count}, {NULL, NULL}});
}

char *chart_alternative(const struct chart_input *input, const struct picture *picture) {
  struct fact_list facts = {0};
  picture->body->tell(input->arena, picture, &facts);
  const char *key = facts.list.count ? "alternative" : "alternative_without_facts";
  return chart_words(input, key,
                     (struct filling[]){{"title", picture->title},
                                        {"subtitle", picture->subtitle},
                                        {"facts", say_facts(input, &facts)},
                                        {NULL, NULL}});
}
