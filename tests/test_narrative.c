/* Indicators told in prose. */
#include <string.h>

#include "core/base/csv_file.h"
#include "tests/reports.h"

/* The report of 2020 whose first section is SENTENCE. */
static struct report report_saying(struct arena *arena, const char *sentence) {
  return report_from(
      arena, arena_format(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n%s\n",
                          sentence));
}

static void check(const char *sentence, const char *variable, const char *expected) {
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, sentence);
  const char *got = value_of(arena, &report, variable, "");
  if (strcmp(got, expected) != 0)
    fail_msg("'%s' gives %s for %s, not %s", sentence, got, variable, expected);
  arena_free(arena);
}

/* What the sentences of tests/fixtures/prose.csv (made up by us) show of a variable. */
struct shown {
  const char *variable;
  size_t rules, values, absences;
};

struct showing {
  struct arena *arena;
  LIST_OF(struct shown) shown;
  size_t sentences, wrong;
};

static struct shown *shown_of(struct showing *showing, const char *variable) {
  for (size_t i = 0; i < showing->shown.count; i++)
    if (strcmp(showing->shown.item[i].variable, variable) == 0) return &showing->shown.item[i];
  struct shown *shown = list_add(showing->arena, &showing->shown);
  *shown = (struct shown){.variable = arena_text(showing->arena, variable)};
  return shown;
}

static bool count_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  shown_of(context, f[0])->rules++;
  return true;
}

static bool check_sentence(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)failure;
  struct showing *showing = context;
  struct shown *shown = shown_of(showing, f[1]);
  *(*f[2] ? &shown->values : &shown->absences) += 1;
  showing->sentences++;
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, f[0]);
  const char *expected = *f[2] ? f[2] : "(absent)", *got = value_of(arena, &report, f[1], "");
  if (strcmp(got, expected) != 0) {
    print_error("prose.csv:%zu: '%s' gives %s for %s, not %s\n", line, f[0], got, f[1], expected);
    showing->wrong++;
  }
  arena_free(arena);
  return true;
}

static void every_rule_is_shown_by_sentences_and_holds_back_where_it_must(void **state) {
  (void)state;
  static const char *const sentence_columns[] = {"sentence", "variable", "value", NULL};
  static const char *const rule_columns[] = {"variable", "about",   "pattern", "units",
                                             "restates", "despite", NULL};
  struct showing showing = {.arena = arena_new()};
  struct failure failure = {""};
  if (!csv_read("tests/fixtures/prose.csv", sentence_columns, check_sentence, &showing, &failure) ||
      !csv_read("datasets/rules/prose_rules.csv", rule_columns, count_rule, &showing, &failure))
    fail_msg("%s", failure.text);
  for (size_t i = 0; i < showing.shown.count; i++) {
    const struct shown *shown = &showing.shown.item[i];
    if (shown->values >= shown->rules && shown->absences > 0) continue;
    print_error("%s: %zu rules, %zu sentences with a value, %zu without\n", shown->variable,
                shown->rules, shown->values, shown->absences);
    showing.wrong++;
  }
  assert_true(showing.sentences >= 250);
  assert_int_equal(showing.wrong, 0);
  arena_free(showing.arena);
}

static void the_same_indicator_is_found_in_different_wordings(void **state) {
  (void)state;
  check("全年收到政府信息公开申请21件。", "narrative.requests_received", "21");
  check("2020年，我区共收到依申请公开申请 35 件，均已答复。", "narrative.requests_received", "35");
  check("全区受理政府信息公开申请１２件。", "narrative.requests_received", "12");
  check("300余人次参加业务培训。", "narrative.training_attendance", "300");
  check("组织培训2次，参训450人次。", "narrative.training_attendance", "450");
  check("开设政务新媒体30个。", "narrative.new_media_accounts", "30");
  check("现有30个正常运行的政务新媒体。", "narrative.new_media_accounts", "30");
  check("发布各类解读材料18篇。", "narrative.interpretations_total", "18");
  check("网站访问量达到1.2亿人次。", "narrative.website_visits", "120000000");
  check("编印政府公报四期。", "narrative.gazette_issues", "4");
}

static void counts_of_other_years_and_changes_are_not_this_years_value(void **state) {
  (void)state;
  check("2019年收到政府信息公开申请21件。", "narrative.requests_received", "(absent)");
  check("收到政府信息公开申请较上年减少3件。", "narrative.requests_received", "(absent)");
  check("去年收到政府信息公开申请21件，今年收到政府信息公开申请25件。",
        "narrative.requests_received", "25");
  check("2021年计划编印政府公报6期。", "narrative.gazette_issues", "(absent)");
}

static void two_different_values_are_told_and_none_is_taken(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_saying(arena, "收到政府信息公开申请21件。\n全区收到政府信息公开申请23件。");
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "(absent)");
  assert_true(was_rejected(&report, "ambiguous_prose"));
  arena_free(arena);
}

static void the_same_value_twice_is_one_value(void **state) {
  (void)state;
  check("收到政府信息公开申请21件。\n共收到政府信息公开申请21件。", "narrative.requests_received",
        "21");
}

static void a_longer_unit_is_not_taken_for_the_shorter_one(void **state) {
  (void)state;
  check("政务公开工作人员培训98人次。", "narrative.staff_total", "(absent)");
  check("政务公开工作人员98人。", "narrative.staff_total", "98");
}

static void the_raw_value_is_what_was_printed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, "网站总访问量 ５０５９.4731 万人次。");
  const struct observation *found =
      observation_find(&report.observations, "narrative.website_visits", "");
  assert_non_null(found);
  assert_string_equal(found->raw, "５０５９.4731万人次");
  assert_string_equal(place_locator(arena, found->provenance.place), "paragraph 3");
  arena_free(arena);
}

static void a_zero_told_by_a_negation_keeps_its_words(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, "全年没有收到 政府信息公开申请，无结转。");
  const struct observation *found =
      observation_find(&report.observations, "narrative.requests_received", "");
  assert_non_null(found);
  assert_int_equal(found->status, STATUS_REPORTED);
  assert_string_equal(found->raw, "没有收到政府信息公开申请");
  arena_free(arena);
}

static void two_values_are_told_with_their_places(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, "编印政府公报6期。\n全年出版政府公报12期。");
  assert_string_equal(value_of(arena, &report, "narrative.gazette_issues", ""), "(absent)");
  bool told = false;
  for (size_t i = 0; i < report.rejects; i++)
    told |=
        strstr(report.reject[i].detail, "'6期' in paragraph 3 and '12期' in paragraph 4") != NULL;
  assert_true(told);
  arena_free(arena);
}

/* COUNT times TEXT. */
static const char *repeated(struct arena *arena, const char *text, size_t count) {
  char *all = arena_alloc(arena, strlen(text) * count + 1), *end = all;
  for (size_t i = 0; i < count; i++) end = stpcpy(end, text);
  return all;
}

/* The alarm ends the test where a pattern goes back and forth without end. */
static void hostile_text_costs_no_more_than_its_length(void **state) {
  (void)state;
  static const char *const texts[] = {
      "政府信息公开申请",
      "信息公开",
      "收到申请公开政府信息",
      "1",
      "一",
      "1,",
      "信息公开行政复议1件",
      "主动公开政府信息总数量共计有为达",
      "2019年信息公开申请，收到信息公开申请30件、",
      "微信公众号新媒体粉丝阅读",
      "其中未没有无",
  };
  alarm(300);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct arena *arena = arena_new();
    const char *text = repeated(arena, texts[i], 100000 / strlen(texts[i]));
    struct report report = report_saying(arena, arena_format(arena, "%s\n政府公报6期。", text));
    assert_string_equal(value_of(arena, &report, "narrative.gazette_issues", ""), "6");
    arena_free(arena);
  }
  alarm(0);
}

/* Loads rules of which the ROW is one; the reason where they are refused. */
static const char *reason_for(struct scratch *scratch, const char *row) {
  scratch_file(scratch, "rules/prose_words.csv", "word,pattern,meaning\nmany,(?:x|y){2},words\n");
  scratch_file(scratch, "rules/prose_guards.csv",
               "guard,side,pattern,why\nlater,before,拟,a plan\n");
  scratch_file(
      scratch, "rules/prose_rules.csv",
      arena_format(scratch->arena, "variable,about,pattern,units,restates,despite\n%s\n", row));
  const struct knowledge *knowledge = the_knowledge();
  struct prose_rules *rules = prose_rules_load(scratch->arena, scratch->folder, knowledge->codebook,
                                               knowledge->numerals, &scratch->failure);
  const char *reason = rules ? "" : scratch->failure.text;
  prose_rules_free(rules);
  return reason;
}

static void a_broken_rule_is_refused_with_the_reason(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    const char *row, *reason;
  } cases[] = {
      {"narrative.gazette_issues,公报,公报{many}{value},期,,later", ""},
      {"narrative.no_such,公报,公报{value},期,,", "no variable 'narrative.no_such'"},
      {"narrative.gazette_issues,公报,公报{mony}{value},期,,", "no word 'mony'"},
      {"narrative.gazette_issues,公报,公报{many},期,,", "nothing to read"},
      {"narrative.gazette_issues,公报,公报{value},公里,,", "does not turn '公里' into '期'"},
      {"narrative.gazette_issues,公报,公报{value},期,,sometimes", "no guard 'sometimes'"},
      {"narrative.gazette_issues,公报,公报({value},期,,", "the pattern is broken"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *reason = reason_for(scratch, cases[i].row);
    if (*cases[i].reason ? !strstr(reason, cases[i].reason) : *reason != '\0')
      fail_msg("'%s' is refused with '%s', not '%s'", cases[i].row, reason, cases[i].reason);
  }
}

static void the_preamble_and_the_tables_are_no_prose(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n收到政府"
                                            "信息公开申请99件。\n一、总体情况\n无。\n");
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "(absent)");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_rule_is_shown_by_sentences_and_holds_back_where_it_must),
      cmocka_unit_test(the_same_indicator_is_found_in_different_wordings),
      cmocka_unit_test(counts_of_other_years_and_changes_are_not_this_years_value),
      cmocka_unit_test(two_different_values_are_told_and_none_is_taken),
      cmocka_unit_test(the_same_value_twice_is_one_value),
      cmocka_unit_test(a_longer_unit_is_not_taken_for_the_shorter_one),
      cmocka_unit_test(the_raw_value_is_what_was_printed),
      scratch_test(a_broken_rule_is_refused_with_the_reason),
      cmocka_unit_test(a_zero_told_by_a_negation_keeps_its_words),
      cmocka_unit_test(two_values_are_told_with_their_places),
      cmocka_unit_test(hostile_text_costs_no_more_than_its_length),
      cmocka_unit_test(the_preamble_and_the_tables_are_no_prose),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
