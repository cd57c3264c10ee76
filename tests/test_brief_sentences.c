/* The sentences of the briefing: which are said, and which are not. The rules are those of
 * datasets/words/briefing.csv; rules made here are for the mechanism. */
#include "brief/facts/sentences.h"

#include <math.h>

#include "tests/support.h"

struct said {
  struct scratch *scratch;
  const struct sentence_rules *rules;
  struct facts facts;
};

static struct said begin(void **state, enum language language) {
  struct said said = {.scratch = *state};
  said.rules = sentences_load(said.scratch->arena, "datasets", language, &said.scratch->failure);
  if (!said.rules) fail_msg("%s", said.scratch->failure.text);
  return said;
}

static void know(struct said *said, const char *name, const char *value) {
  facts_add(said->scratch->arena, &said->facts, name, value, value);
}

/* The sentence at INDEX of the page. */
static const char *sentence(const struct said *said, const char *page, size_t index) {
  size_t count;
  const struct link_text *sentences =
      sentences_choose(said->scratch->arena, said->rules, page, &said->facts, &count);
  assert_int_equal(count, 5);
  return sentences[index].text;
}

static void assert_says(const char *text, const char *words) {
  if (!strstr(text, words)) fail_msg("'%s' does not say '%s'", text, words);
}

static void assert_does_not_say(const char *text, const char *words) {
  if (strstr(text, words)) fail_msg("'%s' says '%s'", text, words);
}

static void know_requests(struct said *said, const char *estimate, const char *previous,
                          const char *lower, const char *upper) {
  know(said, "year", "2024");
  know(said, "requests_received.estimate", estimate);
  know(said, "requests_received.previous", previous);
  know(said, "requests_received.difference", "7");
  know(said, "requests_received.difference_lower", lower);
  know(said, "requests_received.difference_upper", upper);
}

/* The q-value of the change among all organs of the year. */
static void know_q(struct said *said, const char *q_value) {
  know(said, "requests_received.change_q", q_value);
}

static void a_rise_is_told_where_the_interval_lies_above_zero(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know_requests(&said, "320", "200", "76", "164");
  know_q(&said, "0.049");
  assert_says(sentence(&said, "report", 0), "this rose from 200");
}

static void a_rise_that_may_be_chance_among_all_organs_is_not_told(void **state) {
  static const char *const q_values[] = {"0.05", "0.8", NULL};
  for (size_t i = 0; i < 3; i++) {
    struct said said = begin(state, LANGUAGE_EN);
    know_requests(&said, "320", "200", "76", "164");
    if (q_values[i]) know_q(&said, q_values[i]);
    const char *text = sentence(&said, "report", 0);
    assert_says(text, "among all organs of the year it may well be chance");
    assert_does_not_say(text, "this rose");
  }
}

static void a_fall_is_told_where_the_interval_lies_below_zero(void **state) {
  struct said said = begin(state, LANGUAGE_ZH);
  know_requests(&said, "200", "320", "-164", "-76");
  know_q(&said, "0.001");
  assert_says(sentence(&said, "report", 0), "比上年的 320 件减少");
}

static void no_change_is_told_where_the_interval_holds_zero(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know_requests(&said, "207", "200", "-32", "46");
  const char *text = sentence(&said, "report", 0);
  assert_says(text, "no clear change");
  assert_does_not_say(text, "rose");
}

static void few_requests_are_too_few_to_say(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know_requests(&said, "9", "2", "1", "14");
  const char *text = sentence(&said, "report", 0);
  assert_says(text, "too few to say");
  assert_does_not_say(text, "rose");
}

static void a_change_over_a_change_of_the_form_is_not_told(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know_requests(&said, "320", "200", "76", "164");
  know(&said, "requests_received.change_flags", "form_break");
  const char *text = sentence(&said, "report", 0);
  assert_says(text, "counted on another form");
  assert_does_not_say(text, "rose");
}

static void what_is_missing_is_told_as_missing(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  assert_says(sentence(&said, "report", 0), "gives no number of requests received");
  assert_says(sentence(&said, "report", 1), "gives no usable share");
  assert_says(sentence(&said, "report", 2), "gives no usable number of requests denied");
  assert_says(sentence(&said, "report", 3), "There is no usable number of administrative reviews");
  assert_says(sentence(&said, "report", 4), "Nothing is known of the rules");
  assert_says(sentence(&said, "all", 0), "There are no reports");
}

static void a_share_of_few_is_told_with_its_interval_and_as_too_few(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  static const char *const facts[][2] = {
      {"estimate", "75.0%"},     {"lower", "30.1%"},    {"upper", "95.4%"},
      {"numerator", "3"},        {"denominator", "4"},  {"flags", "failed_edit small_n"},
      {"previous", "20.0%"},     {"difference", "+55"}, {"difference_lower", "5"},
      {"difference_upper", "75"}};
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
    know(&said, arena_format(said.scratch->arena, "disclosure_rate.%s", facts[i][0]), facts[i][1]);
  const char *text = sentence(&said, "report", 1);
  assert_says(text, "too few to say what share (95% interval 30.1% to 95.4%)");
  assert_says(text, "too few to say whether it changed");
  assert_says(text, "break a rule");
  assert_does_not_say(text, "rose");
}

static void what_the_year_before_lacks_is_told_with_the_change(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  static const char *const facts[][2] = {
      {"estimate", "40.0%"},     {"lower", "31%"},
      {"upper", "50%"},          {"numerator", "40"},
      {"denominator", "100"},    {"flags", "blank_as_zero"},
      {"previous", "20.0%"},     {"change_flags", "blank_as_zero failed_edit small_n"},
      {"difference", "+20"},     {"difference_lower", "5"},
      {"difference_upper", "35"}};
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
    know(&said, arena_format(said.scratch->arena, "disclosure_rate.%s", facts[i][0]), facts[i][1]);
  const char *text = sentence(&said, "report", 1);
  assert_says(text, "too few to say whether it changed");
  assert_says(text, "; blank cells among these were taken as zero.");
  assert_says(text, "Some of the numbers of the year before break a rule");
  assert_does_not_say(text, "rose");
}

/* A printed total of 0 beside results that are not: nothing was concluded would be untrue. */
static void nothing_is_said_of_a_total_that_its_parts_contradict(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know(&said, "review_corrected_share.numerator", "1");
  know(&said, "review_corrected_share.denominator", "0");
  know(&said, "review_corrected_share.flags", "failed_edit small_n zero_denominator");
  know(&said, "litigation_corrected_share.numerator", "0");
  know(&said, "litigation_corrected_share.denominator", "0");
  know(&said, "litigation_corrected_share.flags", "small_n zero_denominator");
  const char *text = sentence(&said, "report", 3);
  assert_says(text, "reviews do not agree with their printed total");
  assert_does_not_say(text, "No administrative review");
  assert_says(text, "no lawsuit was concluded");
}

static void blank_cells_are_neither_none_nor_all(void **state) {
  struct said said = begin(state, LANGUAGE_EN);
  know(&said, "disclosure_rate.flags", "blank");
  know(&said, "disclosure_rate.denominator", "1000");
  know(&said, "disclosure_rate.bound_lower", "0.25");
  know(&said, "disclosure_rate.bound_upper", "0.5");
  know(&said, "refusal_share.numerator", "0");
  know(&said, "refusal_share.denominator", "1000");
  know(&said, "refusal_share.estimate", "0");
  know(&said, "refusal_share.lower", "0");
  know(&said, "refusal_share.upper", "0.004");
  know(&said, "refusal_share.flags", "blank_as_zero");
  know(&said, "quality.checked", "23");
  know(&said, "quality.failed", "0");
  know(&said, "quality.missing", "40");
  know(&said, "quality.cells", "190");
  assert_says(sentence(&said, "report", 1), "it lies between 0.25 and 0.5");
  assert_says(sentence(&said, "report", 1), "left out of sums, ranks and charts");
  assert_says(sentence(&said, "report", 2), "no number is entered as denied");
  assert_says(sentence(&said, "report", 4), "23 rules could be checked and hold; blank cells");
  for (size_t i = 0; i < 5; i++) {
    assert_does_not_say(sentence(&said, "report", i), "None");
    assert_does_not_say(sentence(&said, "report", i), "All ");
  }
}

static void
no_change_is_told_of_numbers_that_break_a_rule_unless_every_repair_says_so(void **state) {
  static const struct {
    const char *repairs, *says;
    bool rose;
  } cases[] = {{"unknown", "it is not known which are wrong", false},
               {"differ", "how they are mended decides", false},
               {"same", "holds under every smallest set of changes", true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct said said = begin(state, LANGUAGE_EN);
    know_requests(&said, "300", "200", "60", "140");
    know(&said, "requests_received.change_q", "0.001");
    know(&said, "requests_received.flags", "failed_edit");
    know(&said, "requests_received.change_flags", "failed_edit");
    know(&said, "requests_received.change_repairs", cases[i].repairs);
    const char *text = sentence(&said, "report", 0);
    assert_says(text, cases[i].says);
    assert_int_equal(strstr(text, "rose") != NULL, cases[i].rose);
  }
}

static struct said begin_sum(void **state, const char *lower, const char *upper) {
  struct said said = begin(state, LANGUAGE_EN);
  know_requests(&said, "3667", "3494", lower, upper);
  know(&said, "governments", "county");
  know(&said, "requests_received.organs", "12");
  return said;
}

/* The governments of both years alone say whether there was a change. */
static void sums_over_other_governments_compare_those_of_both_years(void **state) {
  static const struct {
    const char *lower, *q, *says;
    bool rose;
  } cases[] = {
      {"10", "0.01", "among the 10 of both years it rose", true},
      {"10", "0.2", "among the 10 of both years it shows no change that can be told", false},
      {"-20", "0.3", "among the 10 of both years it shows no change that can be told", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct said said = begin_sum(state, cases[i].lower, "300");
    know(&said, "requests_received.previous_organs", "11");
    know(&said, "requests_received.matched_organs", "10");
    know(&said, "requests_received.change_flags", "organs_differ");
    know_q(&said, cases[i].q);
    const char *text = sentence(&said, "all", 1);
    assert_says(text, "of 11 governments that are not all the same");
    assert_says(text, cases[i].says);
    assert_int_equal(strstr(text, "rose") != NULL, cases[i].rose);
  }
  struct said said = begin_sum(state, "10", "300");
  know(&said, "requests_received.previous_organs", "11");
  know(&said, "requests_received.change_flags", "organs_differ");
  assert_says(sentence(&said, "all", 1), "not all the same, so no change is stated");
}

static void a_sum_with_broken_rules_rises_where_it_does_without_them(void **state) {
  static const char *const q_values[] = {"0.01", "0.2"};
  for (size_t i = 0; i < 2; i++) {
    struct said said = begin_sum(state, "10", "300");
    know_q(&said, "0.001");
    know(&said, "requests_received.change_flags", "failed_edit");
    know(&said, "requests_received.clean_organs", "7");
    know(&said, "requests_received.clean_difference", "50");
    know(&said, "requests_received.clean_lower", "20");
    know(&said, "requests_received.clean_upper", "80");
    know(&said, "requests_received.clean_q", q_values[i]);
    const char *text = sentence(&said, "all", 1);
    assert_says(text, "break a rule of the form");
    assert_int_equal(strstr(text, "rose") != NULL, i == 0);
    if (i == 0)
      assert_says(text, "among the 7 governments of both years whose numbers break none it rose");
  }
}

static void a_sum_rises_only_where_that_is_no_chance_among_all_indicators(void **state) {
  struct said said = begin_sum(state, "10", "300");
  know_q(&said, "0.01");
  assert_says(sentence(&said, "all", 1), "this rose from");
  said = begin_sum(state, "10", "300");
  know_q(&said, "0.2");
  const char *text = sentence(&said, "all", 1);
  assert_does_not_say(text, "rose");
  assert_says(text, "among all indicators of the year it may well be chance");
}

/* Whatever the limits are: a rise or a fall is told only of an interval beyond zero, and of
 * a change that is no chance among all organs of the year. */
static void no_limits_let_a_change_be_told_that_they_do_not_allow(void **state) {
  uint64_t seed = 20240131;
  for (int i = 0; i < 200; i++) {
    struct said said = begin(state, LANGUAGE_EN);
    long lower = (long)random_below(&seed, 41) - 20, upper = lower + (long)random_below(&seed, 30);
    know_requests(&said, "300", "293", arena_format(said.scratch->arena, "%ld", lower),
                  arena_format(said.scratch->arena, "%ld", upper));
    bool sure = random_below(&seed, 2);
    know_q(&said, sure ? "0.04" : "0.06");
    const char *text = sentence(&said, "report", 0);
    bool rose = strstr(text, "rose"), fell = strstr(text, "fell");
    assert_int_equal(rose, lower > 0 && sure);
    assert_int_equal(fell, upper < 0 && sure);
  }
}

static const struct sentence_rules *rules_of(struct scratch *s, const char *rows) {
  const char *text = arena_format(s->arena, "page,sentence,part,when,link,zh,en\n%s", rows);
  scratch_file(s, "words/briefing.csv", text);
  scratch_file(s, "words/measures.csv", "measure,word,zh,en\n");
  scratch_file(s, "words/ladders.csv", "ladder,measure,when,link,zh,en\n");
  return sentences_load(s->arena, s->folder, LANGUAGE_EN, &s->failure);
}

static void a_row_whose_fact_is_unknown_is_passed_over(void **state) {
  struct scratch *s = *state;
  const struct sentence_rules *rules =
      rules_of(s, "p,s,1,,,甲{a},A {a}\np,s,1,b = 2,,乙{b},B {b}\np,s,1,,x,无,nothing\n");
  if (!rules) fail_msg("%s", s->failure.text);
  struct facts facts = {{0}};
  size_t count;
  assert_string_equal(sentences_choose(s->arena, rules, "p", &facts, &count)->text, "nothing");
  assert_string_equal(sentences_choose(s->arena, rules, "p", &facts, &count)->target, "x");
  facts_add(s->arena, &facts, "b", "2", "two {b} %s");
  assert_string_equal(sentences_choose(s->arena, rules, "p", &facts, &count)->text, "B two {b} %s");
}

static void a_sentence_leads_where_its_first_part_that_leads_anywhere_does(void **state) {
  struct scratch *s = *state;
  const struct sentence_rules *rules =
      rules_of(s, "p,s,1,,,甲,A\np,s,2,,x,乙,B\np,s,3,,y,丙,C\np,t,1,,,丁,D\n");
  if (!rules) fail_msg("%s", s->failure.text);
  struct facts facts = {{0}};
  size_t count;
  const struct link_text *said = sentences_choose(s->arena, rules, "p", &facts, &count);
  assert_int_equal(count, 2);
  assert_string_equal(said[0].text, "ABC");
  assert_string_equal(said[0].target, "x");
  assert_string_equal(said[1].target, "");
}

static void conditions_compare_numbers_as_numbers_and_words_as_words(void **state) {
  struct scratch *s = *state;
  const struct sentence_rules *rules =
      rules_of(s, "p,s,1,n < 10 and w = odd and l has few and no missing and n != m,,是,yes\n"
                  "p,s,1,,,否,no\n");
  if (!rules) fail_msg("%s", s->failure.text);
  struct facts facts = {{0}};
  facts_add(s->arena, &facts, "n", "9", "");
  facts_add(s->arena, &facts, "m", "9.5", "");
  facts_add(s->arena, &facts, "w", "odd", "");
  facts_add(s->arena, &facts, "l", "too few", "");
  size_t count;
  assert_string_equal(sentences_choose(s->arena, rules, "p", &facts, &count)->text, "yes");
  static const char *const others[] = {"fewer", "nofew", "too-few"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    facts.list.item[3].value = others[i];
    assert_string_equal(sentences_choose(s->arena, rules, "p", &facts, &count)->text, "no");
  }
}

static void a_rule_may_be_for_several_pages_and_must_end_its_part_on_each(void **state) {
  struct scratch *s = *state;
  const struct sentence_rules *rules =
      rules_of(s, "p,s,1,,,甲,first\nq,t,1,,,乙,other\np q,u,1,n = 1,,丙,one\np q,u,1,,,丁,none\n");
  assert_non_null(rules);
  struct facts facts = {{0}};
  size_t count;
  const struct link_text *said = sentences_choose(s->arena, rules, "q", &facts, &count);
  assert_int_equal(count, 2);
  assert_string_equal(said[0].text, "other");
  assert_string_equal(said[1].text, "none");
  said = sentences_choose(s->arena, rules, "p", &facts, &count);
  assert_string_equal(said[0].text, "first");
  assert_null(rules_of(s, "p,s,1,,,甲,A\np q,s,2,n = 1,,乙,B\np,s,2,,,丙,C\n"));
  assert_told(s, "page 'q'");
}

static const struct sentence_rules *rules_with_ladder(struct scratch *s, const char *rows) {
  rules_of(s, "p,s,1,,,甲,A\n");
  scratch_file(s, "words/measures.csv",
               "measure,word,zh,en\ncount,unit, 件,\nshare,unit,%, per cent\n");
  scratch_file(s, "words/ladders.csv",
               "ladder,measure,when,link,zh,en\n"
               "up,,@.rise > 0,row-@,多了 {@.rise}{unit},{@.rise}{unit} more\n"
               "up,share,@.few = 1,,太少,too few\n"
               "up,,,,没有多,no more\n");
  const char *head = "page,sentence,part,when,link,zh,en,ladder,indicator,measure\n";
  scratch_file(s, "words/briefing.csv", arena_format(s->arena, "%s%s", head, rows));
  return sentences_load(s->arena, s->folder, LANGUAGE_EN, &s->failure);
}

static void sentences_share_a_ladder_each_with_its_indicator_and_measure(void **state) {
  struct scratch *s = *state;
  const struct sentence_rules *rules =
      rules_with_ladder(s, "p,s,1,,,,,up,a,count\np,t,1,,,,,up,b,share\n");
  if (!rules) fail_msg("%s", s->failure.text);
  struct facts facts = {{0}};
  size_t count;
  facts_add(s->arena, &facts, "a.rise", "3", "3");
  facts_add(s->arena, &facts, "b.rise", "4", "4.0");
  const struct link_text *said = sentences_choose(s->arena, rules, "p", &facts, &count);
  assert_int_equal(count, 2);
  assert_string_equal(said[0].text, "3 more");
  assert_string_equal(said[0].target, "row-a");
  assert_string_equal(said[1].text, "4.0 per cent more");
  struct facts few = {{0}};
  facts_add(s->arena, &few, "a.few", "1", "1");
  facts_add(s->arena, &few, "b.few", "1", "1");
  said = sentences_choose(s->arena, rules, "p", &few, &count);
  assert_string_equal(said[0].text, "no more"); /* that step is for shares */
  assert_string_equal(said[1].text, "too few");
}

static void a_row_with_a_ladder_that_is_none_or_with_words_of_its_own_is_refused(void **state) {
  struct scratch *s = *state;
  assert_null(rules_with_ladder(s, "p,s,1,,,,,down,a,count\n"));
  assert_told(s, "no ladder 'down'");
  assert_null(rules_with_ladder(s, "p,s,1,,,甲,A,up,a,count\n"));
  assert_told(s, "says nothing itself");
  assert_null(rules_with_ladder(s, "p,s,1,,,,,up,a,weight\np,t,1,,,甲,A\n"));
  assert_told(s, "no measure 'weight'");
}

static void broken_rules_are_refused_with_their_line(void **state) {
  struct scratch *s = *state;
  assert_null(rules_of(s, "p,s,1,n <,,甲,A\np,s,1,,,乙,B\n"));
  assert_told(s, "briefing.csv:2");
  assert_null(rules_of(s, "p,s,1,n near 3,,甲,A\n"));
  assert_told(s, "'n'");
  assert_null(rules_of(s, "p,s,1,n missing 3,,甲,A\n"));
  assert_null(rules_of(s, "p,s,1,,,甲,\n"));
  assert_told(s, "lacks one of the languages");
  assert_null(rules_of(s, "p,s,1,n = 1,,甲,A\np,t,1,,,乙,B\n"));
  assert_told(s, "may say nothing");
  assert_null(rules_of(s, "p,s,1,,,乙,B\np,t,1,n = 1,,甲,A\n"));
  assert_told(s, "may say nothing");
}

static const struct indicator_words share = {.name = "s", .percent = true}, number = {.name = "c"};

static void differences_are_shown_with_their_sign_and_nothing_as_nothing(void **state) {
  struct scratch *s = *state;
  assert_string_equal(fact_difference(s->arena, &share, "-0.0494"), "−4.9");
  assert_string_equal(fact_difference(s->arena, &share, "0.2"), "+20.0");
  assert_string_equal(fact_difference(s->arena, &share, "-0.0001"), "0.0");
  assert_string_equal(fact_difference(s->arena, &number, "-12345"), "−12,345");
  assert_string_equal(fact_difference(s->arena, &number, ""), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_rise_is_told_where_the_interval_lies_above_zero),
      scratch_test(a_rise_that_may_be_chance_among_all_organs_is_not_told),
      scratch_test(a_fall_is_told_where_the_interval_lies_below_zero),
      scratch_test(no_change_is_told_where_the_interval_holds_zero),
      scratch_test(few_requests_are_too_few_to_say),
      scratch_test(a_change_over_a_change_of_the_form_is_not_told),
      scratch_test(what_is_missing_is_told_as_missing),
      scratch_test(a_share_of_few_is_told_with_its_interval_and_as_too_few),
      scratch_test(what_the_year_before_lacks_is_told_with_the_change),
      scratch_test(nothing_is_said_of_a_total_that_its_parts_contradict),
      scratch_test(blank_cells_are_neither_none_nor_all),
      scratch_test(no_change_is_told_of_numbers_that_break_a_rule_unless_every_repair_says_so),
      scratch_test(sums_over_other_governments_compare_those_of_both_years),
      scratch_test(a_sum_with_broken_rules_rises_where_it_does_without_them),
      scratch_test(a_sum_rises_only_where_that_is_no_chance_among_all_indicators),
      scratch_test(no_limits_let_a_change_be_told_that_they_do_not_allow),
      scratch_test(a_row_whose_fact_is_unknown_is_passed_over),
      scratch_test(a_sentence_leads_where_its_first_part_that_leads_anywhere_does),
      scratch_test(conditions_compare_numbers_as_numbers_and_words_as_words),
      scratch_test(a_rule_may_be_for_several_pages_and_must_end_its_part_on_each),
      scratch_test(sentences_share_a_ladder_each_with_its_indicator_and_measure),
      scratch_test(a_row_with_a_ladder_that_is_none_or_with_words_of_its_own_is_refused),
      scratch_test(broken_rules_are_refused_with_their_line),
      scratch_test(differences_are_shown_with_their_sign_and_nothing_as_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
