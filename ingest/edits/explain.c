/* Puts a rule into words. All words come from edit_rules.csv, codebook.csv and categories.csv. */
#include "ingest/edits/explain.h"

#include <string.h>

struct explaining {
  struct arena *arena;
  const struct codebook *codebook;
  const struct observations *observations;
  enum language language;
  const char *text;
  size_t terms;     /* of the side, that stand in TEXT */
  bool is_long_sum; /* in which cells of zero say little */
};

static const char *class_label(const struct explaining *explaining, const struct variable *variable,
                               const char *category) {
  if (variable->dimension != DIMENSION_APPLICANT) return category;
  int index = codebook_applicant(explaining->codebook, category);
  if (index < 0) return category;
  const struct category *class = &explaining->codebook->applicant[index];
  return explaining->language == LANGUAGE_ZH ? class->label_zh : class->label_en;
}

static void add_text(struct explaining *explaining, const char *text) {
  explaining->text = arena_format(explaining->arena, "%s%s", explaining->text, text);
}

/* "2019: " before a cell of a rule that compares two years. */
static const char *year_of(const struct explaining *explaining,
                           const struct observation *observation) {
  const struct observations *previous = explaining->observations->previous;
  if (!previous) return "";
  bool before = observation >= previous->item && observation < previous->item + previous->count;
  return arena_format(explaining->arena,
                      "%d: ", before ? previous->year : explaining->observations->year);
}

static void add_cell(struct explaining *explaining, const struct variable *variable,
                     const char *category, const struct observation *observation, const char *value,
                     bool minus) {
  bool chinese = explaining->language == LANGUAGE_ZH;
  const char *label = class_label(explaining, variable, category);
  const char *open = chinese ? "（" : " (", *close = chinese ? "）" : ")";
  bool first = explaining->terms == 0;
  const char *sign = first ? (minus ? "- " : "") : (minus ? " - " : " + ");
  if (*label == '\0') open = close = "";
  add_text(explaining, arena_format(explaining->arena, "%s%s%s%s%s%s %s", sign,
                                    year_of(explaining, observation),
                                    chinese ? variable->label_zh : variable->label_en, open, label,
                                    close, value));
  explaining->terms++;
}

static void explain_cell(void *context, const struct variable *variable, const char *category,
                         const struct observation *observation, bool minus) {
  struct explaining *explaining = context;
  char text[DECIMAL_TEXT_SIZE] = "?";
  if (!observation && !expression_expects(explaining->observations, variable)) return;
  if (observation && observation->status == STATUS_NOT_APPLICABLE) return;
  if (observation && status_has_value(observation->status)) {
    if (observation->value.coefficient == 0 && explaining->is_long_sum) return;
    decimal_text(observation->value, text);
  }
  add_cell(explaining, variable, category, observation, text, minus);
}

static void explain_side(struct explaining *explaining, const struct expression *side,
                         const char *category) {
  enum { LONG = 4 };
  size_t cells = 0;
  for (size_t i = 0; i < side->terms; i++) cells += side->term[i].count;
  explaining->is_long_sum = cells >= LONG;
  explaining->terms = 0;
  expression_visit(side, explaining->observations, category, explain_cell, explaining);
  if (explaining->terms == 0) add_text(explaining, "0");
}

const char *explain(struct arena *arena, const struct codebook *codebook, const struct edit *edit,
                    const struct observations *observations, enum language language) {
  struct explaining explaining = {.arena = arena,
                                  .codebook = codebook,
                                  .observations = observations,
                                  .language = language,
                                  .text = ""};
  bool chinese = language == LANGUAGE_ZH;
  add_text(&explaining, chinese ? edit->message_zh : edit->message_en);
  add_text(&explaining, chinese ? "：" : ": ");
  explain_side(&explaining, edit->left, edit->category);
  add_text(&explaining, edit->relation == RELATION_AT_LEAST ? " < " : " ≠ ");
  explain_side(&explaining, edit->right, edit->category);
  if (edit->before) {
    add_text(&explaining, " / ");
    explain_side(&explaining, edit->before, edit->category);
  }
  return explaining.text;
}
