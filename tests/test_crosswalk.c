/* Promises of core/model/crosswalk.h, and that crosswalk.csv leaves nothing out. */
#include "tests/support.h"

#include "core/base/csv_file.h"
#include "core/model/crosswalk.h"

#define HEADER "kind,from_forms,from,to_forms,to,relation,reason_zh,reason_en\n"

static const char *const forms[] = {"2014", "2019", "2021"};
enum { FORMS = sizeof forms / sizeof *forms };

static const struct codebook *the_codebook(struct scratch *scratch) {
  const struct codebook *codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  if (!codebook) fail_msg("%s", scratch->failure.text);
  return codebook;
}

static const struct crosswalk *the_crosswalk(struct scratch *scratch) {
  const struct crosswalk *crosswalk =
      crosswalk_load(scratch->arena, "datasets", the_codebook(scratch), &scratch->failure);
  if (!crosswalk) fail_msg("%s", scratch->failure.text);
  return crosswalk;
}

static const struct crosswalk *load(struct scratch *scratch, const char *rows) {
  scratch_file(scratch, "indicators/crosswalk.csv",
               arena_format(scratch->arena, HEADER "%s", rows));
  return crosswalk_load(scratch->arena, scratch->folder, the_codebook(scratch), &scratch->failure);
}

static void series_are_joined_broken_or_parted_as_the_file_says(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  assert_int_equal(crosswalk_indicator(crosswalk, "disclosure_rate", "2019", "2021"),
                   CROSSWALK_JOINED);
  assert_int_equal(crosswalk_indicator(crosswalk, "disclosure_rate", "2014", "2021"),
                   CROSSWALK_BREAK);
  assert_int_equal(crosswalk_indicator(crosswalk, "other_share", "2014", "2019"),
                   CROSSWALK_SEPARATE);
}

static void the_order_of_the_forms_does_not_matter(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  assert_int_equal(crosswalk_indicator(crosswalk, "dispute_rate", "2021", "2014"), CROSSWALK_BREAK);
  assert_int_equal(crosswalk_indicator(crosswalk, "dispute_rate", "2021", "2019"),
                   CROSSWALK_JOINED);
}

static void lists_that_share_a_form_are_joined(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  assert_int_equal(crosswalk_indicator(crosswalk, "refusal_share", "2019 2021", "2021"),
                   CROSSWALK_JOINED);
  assert_int_equal(crosswalk_indicator(crosswalk, "refusal_share", "2014", "2019 2021"),
                   CROSSWALK_BREAK);
  assert_int_equal(crosswalk_indicator(crosswalk, "online_processing_rate", "any", "2019"),
                   CROSSWALK_JOINED);
}

static void of_several_rows_the_strictest_counts(void **state) {
  const struct crosswalk *crosswalk = load(*state, "indicator,2014,x,2019,x,break,因,why\n"
                                                   "indicator,2014,x,2021,x,separate,因,why\n");
  assert_non_null(crosswalk);
  assert_int_equal(crosswalk_indicator(crosswalk, "x", "2014", "2019"), CROSSWALK_BREAK);
  assert_int_equal(crosswalk_indicator(crosswalk, "x", "2014", "2019 2021"), CROSSWALK_SEPARATE);
}

static void what_no_row_speaks_of_is_separate(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  assert_int_equal(crosswalk_indicator(crosswalk, "no_such_indicator", "2019", "2021"),
                   CROSSWALK_SEPARATE);
}

static void a_broken_row_is_refused_with_its_reason(void **state) {
  static const struct {
    const char *row, *reason;
  } broken[] = {
      {"chart,2014,x,2019,x,break,因,why\n", "no kind"},
      {"indicator,2014,x,2019,x,similar,因,why\n", "no relation"},
      {"indicator,2016,x,2019,x,break,因,why\n", "'2016' is no form"},
      {"indicator,2014,x,2019,y,break,因,why\n", "compared with itself"},
      {"variable,2014,no.such,2019,,separate,因,why\n", "no.such"},
      {"variable,2014,,2019,,separate,因,why\n", "both sides are empty"},
      {"variable,2014,form2014.budget,2019,,break,因,why\n", "without a counterpart"},
      {"indicator,2014,x,2019,x,break,因,\n", "the reason is missing"},
  };
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    assert_null(load(*state, broken[i].row));
    assert_told(*state, broken[i].reason);
    assert_told(*state, "crosswalk.csv:2");
  }
}

/* ---- nothing is left out ---- */

struct coverage {
  const struct crosswalk *crosswalk;
  LIST_OF(const char *) indicators; /* id and forms, by turns */
  struct arena *arena;
};

static bool take_indicator(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  (void)failure;
  struct coverage *coverage = context;
  *list_add(coverage->arena, &coverage->indicators) = arena_text(coverage->arena, f[0]);
  *list_add(coverage->arena, &coverage->indicators) = arena_text(coverage->arena, f[1]);
  return true;
}

static struct coverage indicators_of(struct scratch *scratch) {
  static const char *const columns[] = {"indicator", "forms", NULL};
  struct coverage coverage = {.crosswalk = the_crosswalk(scratch), .arena = scratch->arena};
  assert_true(csv_read("datasets/indicators/indicators.csv", columns, take_indicator, &coverage,
                       &scratch->failure));
  return coverage;
}

static bool joins(const char *from_forms, const char *to_forms, const char *a, const char *b) {
  return forms_overlap(from_forms, a) && forms_overlap(to_forms, b);
}

static bool tells_indicator(const struct crosswalk *crosswalk, const char *id, const char *a,
                            const char *b) {
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    if (line->is_indicator && strcmp(line->from, id) == 0 &&
        joins(line->from_forms, line->to_forms, a, b))
      return true;
  }
  return false;
}

static void every_indicator_is_told_for_every_pair_of_forms(void **state) {
  struct coverage coverage = indicators_of(*state);
  assert_true(coverage.indicators.count > 40);
  for (size_t i = 0; i < coverage.indicators.count; i += 2) {
    const char *id = coverage.indicators.item[i], *printed = coverage.indicators.item[i + 1];
    for (size_t a = 0; a < FORMS; a++)
      for (size_t b = a + 1; b < FORMS; b++) {
        if (!forms_overlap(printed, forms[a]) && !forms_overlap(printed, forms[b])) continue;
        if (!tells_indicator(coverage.crosswalk, id, forms[a], forms[b]))
          fail_msg("%s is not told from form %s to %s", id, forms[a], forms[b]);
      }
  }
}

static void every_indicator_that_is_told_exists(void **state) {
  struct coverage coverage = indicators_of(*state);
  for (size_t i = 0; i < coverage.crosswalk->lines; i++) {
    const struct crosswalk_line *line = &coverage.crosswalk->line[i];
    bool exists = !line->is_indicator;
    for (size_t j = 0; j < coverage.indicators.count; j += 2)
      exists |= strcmp(coverage.indicators.item[j], line->from) == 0;
    if (!exists) fail_msg("there is no indicator %s", line->from);
  }
}

static bool names(const struct expression *sum, const struct variable *variable) {
  for (size_t i = 0; sum && i < sum->terms; i++)
    for (size_t j = 0; j < sum->term[i].count; j++)
      if (sum->term[i].members[j] == variable) return true;
  return false;
}

/* VARIABLE is told between two forms: on the side of each form that prints it. */
static bool tells_variable(const struct crosswalk *crosswalk, const struct variable *variable,
                           const char *a, const char *b) {
  bool in_a = forms_overlap(variable->forms, a), in_b = forms_overlap(variable->forms, b);
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    if (line->is_indicator || !joins(line->from_forms, line->to_forms, a, b)) continue;
    if ((!in_a || names(line->from_sum, variable)) && (!in_b || names(line->to_sum, variable)))
      return true;
  }
  return !in_a && !in_b;
}

static void every_variable_of_a_form_is_told_for_every_other_form(void **state) {
  const struct codebook *codebook = the_codebook(*state);
  const struct crosswalk *crosswalk =
      crosswalk_load(((struct scratch *)*state)->arena, "datasets", codebook,
                     &((struct scratch *)*state)->failure);
  assert_non_null(crosswalk);
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    if (strcmp(variable->forms, "any") == 0) continue;
    for (size_t a = 0; a < FORMS; a++)
      for (size_t b = a + 1; b < FORMS; b++)
        if (!tells_variable(crosswalk, variable, forms[a], forms[b]))
          fail_msg("%s is not told from form %s to %s", variable->id, forms[a], forms[b]);
  }
}

/* Variables are compared only with what the form prints (or prose tells). */
static void every_side_names_variables_of_its_forms(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    const struct expression *sides[] = {line->from_sum, line->to_sum};
    const char *printed[] = {line->from_forms, line->to_forms};
    for (size_t side = 0; side < 2; side++)
      for (size_t j = 0; sides[side] && j < sides[side]->terms; j++)
        for (size_t k = 0; k < sides[side]->term[j].count; k++)
          if (!forms_overlap(sides[side]->term[j].members[k]->forms, printed[side]))
            fail_msg("form %s does not print %s", printed[side],
                     sides[side]->term[j].members[k]->id);
  }
}

/* A definition of indicators.csv. */
struct definition {
  const char *id, *forms, *sides[2];
};

struct definitions {
  struct arena *arena;
  LIST_OF(struct definition) list;
};

static bool take_definition(void *context, size_t line, const char *const *f,
                            struct failure *failure) {
  (void)line;
  (void)failure;
  struct definitions *definitions = context;
  struct arena *arena = definitions->arena;
  if (*f[4]) return true; /* of a breakdown, which has '@' */
  *list_add(arena, &definitions->list) =
      (struct definition){arena_text(arena, f[0]),
                          arena_text(arena, f[1]),
                          {arena_text(arena, f[2]), arena_text(arena, f[3])}};
  return true;
}

/* The row that says that VARIABLE of form 2014 has nothing like it in the forms LATER, or NULL. */
static const struct crosswalk_line *parted(const struct crosswalk *crosswalk,
                                           const struct variable *variable, const char *later) {
  for (size_t i = 0; i < crosswalk->lines; i++) {
    const struct crosswalk_line *line = &crosswalk->line[i];
    if (!line->is_indicator && line->relation == CROSSWALK_SEPARATE &&
        joins(line->from_forms, line->to_forms, "2014", later) && names(line->from_sum, variable))
      return line;
  }
  return NULL;
}

/* A series over the forms does not count what the crosswalk calls another thing. What is subtracted
 * is no part of it. */
static void no_joined_indicator_counts_rows_of_2014_that_are_separate(void **state) {
  struct scratch *scratch = *state;
  static const char *const columns[] = {"indicator",   "forms", "numerator",
                                        "denominator", "each",  NULL};
  const struct codebook *codebook = the_codebook(scratch);
  const struct crosswalk *crosswalk = the_crosswalk(scratch);
  struct definitions definitions = {.arena = scratch->arena};
  assert_true(csv_read("datasets/indicators/indicators.csv", columns, take_definition, &definitions,
                       &scratch->failure));
  for (size_t i = 0; i < definitions.list.count; i++) {
    const struct definition *definition = &definitions.list.item[i];
    if (strcmp(definition->forms, "2014") != 0 ||
        crosswalk_indicator(crosswalk, definition->id, "2014", "2019 2021") == CROSSWALK_SEPARATE)
      continue;
    const struct expression *sum =
        expression_parse(scratch->arena, codebook, definition->sides[0], &scratch->failure);
    assert_non_null(sum);
    for (size_t j = 0; j < sum->terms; j++)
      for (size_t k = 0; k < sum->term[j].count && !sum->term[j].minus; k++)
        if (parted(crosswalk, sum->term[j].members[k], "2019"))
          fail_msg("%s counts %s", definition->id, sum->term[j].members[k]->id);
  }
}

static void the_year_of_the_revised_regulations_is_divided(void **state) {
  const struct crosswalk *crosswalk = the_crosswalk(*state);
  assert_true(crosswalk_divides(crosswalk, "disclosure_rate", 2019));
  assert_false(crosswalk_divides(crosswalk, "disclosure_rate", 2018));
  assert_false(crosswalk_divides(crosswalk, "disclosure_rate", 2020));
  assert_false(crosswalk_divides(crosswalk, "online_processing_rate", 2019));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(series_are_joined_broken_or_parted_as_the_file_says),
      scratch_test(the_order_of_the_forms_does_not_matter),
      scratch_test(lists_that_share_a_form_are_joined),
      scratch_test(of_several_rows_the_strictest_counts),
      scratch_test(what_no_row_speaks_of_is_separate),
      scratch_test(a_broken_row_is_refused_with_its_reason),
      scratch_test(every_indicator_is_told_for_every_pair_of_forms),
      scratch_test(every_indicator_that_is_told_exists),
      scratch_test(every_variable_of_a_form_is_told_for_every_other_form),
      scratch_test(no_joined_indicator_counts_rows_of_2014_that_are_separate),
      scratch_test(the_year_of_the_revised_regulations_is_divided),
      scratch_test(every_side_names_variables_of_its_forms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
