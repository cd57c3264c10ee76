/* What charts say of a report: exact numbers, and a word where the report contradicts itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/folder.h"
#include "plot/charts/chart.h"

struct fixture {
  struct arena *arena;
  struct drawn_report report, later[3]; /* of the same organ */
  const struct drawn_report *reports[4];
  struct reports all;
  struct chart_input input;
  const struct indicator_list *list;
  const struct chart_list *charts;
  struct picture picture;
  const char *reason;
};

static int set_up(void **state) {
  struct arena *arena = arena_new();
  struct fixture *fixture = arena_alloc(arena, sizeof *fixture);
  struct failure failure = {0};
  const char *folder = datasets_folder(arena, NULL, &failure);
  assert_non_null(folder);
  fixture->arena = arena;
  fixture->report = (struct drawn_report){.id = "1-2020",
                                          .organ = "某区",
                                          .year = "2020",
                                          .series = "1-all",
                                          .source = "a.html",
                                          .sha256 = "0123456789abcdef"};
  fixture->input.arena = arena;
  for (size_t i = 0; i < 4; i++)
    fixture->reports[i] = i == 0 ? &fixture->report : &fixture->later[i - 1];
  fixture->input.ranks = 40;
  fixture->input.subject = (struct subject){"1-2020", "", fixture->reports, 1, NULL};
  fixture->input.report = &fixture->report;
  fixture->input.reports = &fixture->all;
  fixture->input.codebook = codebook_load(arena, folder, &failure);
  assert_non_null(fixture->input.codebook);
  fixture->input.words =
      words_load(arena, folder, WORDS_OF_CHARTS, fixture->input.codebook, LANGUAGE_EN, &failure);
  assert_non_null(fixture->input.words);
  fixture->list =
      indicator_words_load(arena, folder, fixture->input.words, fixture->input.codebook, &failure);
  assert_non_null(fixture->list);
  fixture->input.indicator = indicator_words_find(fixture->list, "disclosure_rate", &failure);
  assert_non_null(fixture->input.indicator);
  fixture->input.crosswalk = crosswalk_load(arena, folder, fixture->input.codebook, &failure);
  assert_non_null(fixture->input.crosswalk);
  fixture->charts = chart_list_load(arena, folder, fixture->input.codebook, &failure);
  assert_non_null(fixture->charts);
  *state = fixture;
  return 0;
}

static int tear_down(void **state) {
  arena_free(((struct fixture *)*state)->arena);
  return 0;
}

static void say_status(struct fixture *fixture, const char *variable, const char *category,
                       long long value, enum status status) {
  *list_add(fixture->arena, &fixture->report.value) = (struct observation){
      .variable = variable, .category = category, .value = decimal_from(value), .status = status};
}

static void say(struct fixture *fixture, const char *variable, long long value) {
  bool by_class = strncmp(variable, "outcome.", 8) == 0;
  say_status(fixture, variable, by_class ? "total" : "", value, STATUS_REPORTED);
}

static void say_area(struct fixture *fixture, const char *area, long long value) {
  say_status(fixture, "key_area.items", area, value, STATUS_REPORTED);
}

static bool draw(struct fixture *fixture, const char *name) {
  const struct chart_plan *chart = chart_find(fixture->charts, name);
  if (!chart) fail_msg("no chart %s", name);
  return chart_picture(chart, &fixture->input, &fixture->picture, &fixture->reason);
}

static const struct bar_row *row(const struct fixture *fixture, const char *key) {
  for (size_t i = 0; i < fixture->picture.bars.rows.count; i++)
    if (strcmp(fixture->picture.bars.rows.item[i].key, key) == 0)
      return &fixture->picture.bars.rows.item[i];
  return NULL;
}

static bool has_note(const struct fixture *fixture, const char *part) {
  for (size_t i = 0; i < fixture->picture.notes.count; i++)
    if (strstr(fixture->picture.notes.item[i], part)) return true;
  return false;
}

/* Tianqiao, 2020. */
static void say_outcomes(struct fixture *fixture) {
  say(fixture, "outcome.granted", 80);
  say(fixture, "outcome.partial", 36);
  say(fixture, "outcome.denied.state_secret", 1);
  say(fixture, "outcome.denied.other_law", 0);
  say(fixture, "outcome.denied.security_stability", 2);
  say(fixture, "outcome.denied.third_party", 1);
  say(fixture, "outcome.denied.internal_affairs", 2);
  say(fixture, "outcome.denied.enforcement_file", 3);
  say(fixture, "outcome.unable.not_held", 129);
  say(fixture, "outcome.unable.still_unclear", 8);
  say(fixture, "outcome.declined.petition", 22);
  say(fixture, "outcome.declined.confirm_or_reissue", 1);
  say(fixture, "outcome.other", 4);
}

static void areas_are_sorted_by_size_and_ties_keep_their_order(void **state) {
  struct fixture *fixture = *state;
  say_area(fixture, "甲", 3);
  say_area(fixture, "乙", 104);
  say_area(fixture, "丙", 3);
  say_status(fixture, "key_area.items", "丁", 0, STATUS_UNREADABLE);
  assert_true(draw(fixture, "key_areas"));
  const struct bar_row *rows = fixture->picture.bars.rows.item;
  assert_int_equal(fixture->picture.bars.rows.count, 4);
  assert_string_equal(rows[0].label, "乙");
  assert_string_equal(rows[0].value, "104 (94.5%)");
  assert_string_equal(rows[1].label, "甲");
  assert_string_equal(rows[2].label, "丙");
  assert_string_equal(rows[3].value, "unreadable");
  assert_false(rows[3].part[0].known);
  assert_non_null(strstr(fixture->picture.subtitle, "n = 110"));
}

static void
outcomes_are_shares_of_the_printed_total_with_the_intervals_of_the_analysis(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  say(fixture, "outcome.total", 289);
  *list_add(fixture->arena, &fixture->report.indicator) =
      (struct indicator){.name = "disclosure_rate",
                         .category = "",
                         .estimate = 0.401384,
                         .lower = 0.346521,
                         .upper = 0.458834,
                         .has_interval = true};
  *list_add(fixture->arena, &fixture->report.indicator) =
      (struct indicator){.name = "refusal_share",
                         .category = "",
                         .estimate = 0.5,
                         .lower = 0.4,
                         .upper = 0.6,
                         .has_interval = true};
  assert_true(draw(fixture, "outcomes"));
  assert_string_equal(row(fixture, "disclosed")->value, "116 (40.1%)");
  assert_string_equal(row(fixture, "disclosed")->count, "116");
  assert_true(row(fixture, "disclosed")->has_interval);
  assert_string_equal(row(fixture, "denied")->value, "9 (3.1%)");
  assert_false(row(fixture, "denied")->has_interval); /* of another share than the one drawn */
  assert_string_equal(row(fixture, "unable")->value, "137 (47.4%)");
  assert_string_equal(row(fixture, "declined")->value, "23 (8.0%)");
  assert_string_equal(row(fixture, "other")->value, "4 (1.4%)");
  assert_null(row(fixture, "outcome.denied.other_law"));
  assert_true(has_note(fixture, "Outcomes with no request"));
  assert_false(has_note(fixture, "add up"));
}

static void the_alternative_says_the_title_and_the_main_numbers_but_no_details(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  say(fixture, "outcome.total", 289);
  assert_true(draw(fixture, "outcomes"));
  assert_string_equal(fixture->picture.alternative,
                      "某区, 2020: what became of information requests. Requests concluded in the "
                      "year, n = 289 (share of all). Granted (in full or in part): 116 (40.1%); "
                      "Denied: 9 (3.1%); Unable to provide: 137 (47.4%); Declined: 23 (8.0%); "
                      "Handled otherwise: 4 (1.4%).");
  for (int i = 0; i < 20; i++) say_area(fixture, "甲", 1);
  assert_true(draw(fixture, "key_areas"));
  assert_non_null(strstr(fixture->picture.alternative, "; 8 more in the data file."));
}

static void outcomes_that_do_not_add_up_to_the_total_are_told(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  say(fixture, "outcome.total", 290);
  assert_true(draw(fixture, "outcomes"));
  assert_true(has_note(fixture, "add up to 289, the report's own total says 290"));
}

static void a_total_smaller_than_a_group_is_no_denominator(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  say(fixture, "outcome.total", 29);
  assert_true(draw(fixture, "outcomes"));
  assert_true(has_note(fixture, "total says 29; shares are of the sum"));
  assert_string_equal(row(fixture, "disclosed")->value, "116 (40.1%)");
}

static void a_missing_total_is_told_and_the_sum_taken(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  say_status(fixture, "outcome.total", "total", 0, STATUS_BLANK);
  assert_true(draw(fixture, "outcomes"));
  assert_true(has_note(fixture, "no usable total"));
  assert_string_equal(row(fixture, "disclosed")->value, "116 (40.1%)");
}

static void the_subtotal_of_other_outcomes_is_not_counted_twice(void **state) {
  struct fixture *fixture = *state;
  say(fixture, "outcome.granted", 6);
  say(fixture, "outcome.other", 4);
  say(fixture, "outcome.other.fee_unpaid", 1);
  say(fixture, "outcome.other.other", 3);
  say(fixture, "outcome.total", 10);
  assert_true(draw(fixture, "outcomes"));
  assert_string_equal(row(fixture, "other")->count, "4");
  assert_string_equal(row(fixture, "outcome.other.other")->count, "3");
}

static void say_replies_of_2014(struct fixture *fixture) {
  say(fixture, "form2014.requests.received", 352);
  say(fixture, "form2014.requests.in_person", 142);
  say(fixture, "form2014.requests.fax", 0);
  say(fixture, "form2014.requests.online", 71);
  say(fixture, "form2014.replies.total", 100);
  say(fixture, "form2014.replies.already_public", 13);
  say(fixture, "form2014.replies.granted", 31);
  say(fixture, "form2014.replies.denied", 40);
  say(fixture, "form2014.replies.denied.state_secret", 2);
  say(fixture, "form2014.replies.denied.privacy", 30);
  say(fixture, "form2014.replies.does_not_exist", 16);
  say(fixture, "form2014.review.total", 9);
  say(fixture, "form2014.review.upheld", 5);
  say(fixture, "form2014.review.corrected", 4);
}

static void the_table_of_2014_has_its_outcomes_grounds_channels_and_disputes_drawn(void **state) {
  struct fixture *fixture = *state;
  say_replies_of_2014(fixture);
  assert_true(draw(fixture, "outcomes"));
  assert_string_equal(row(fixture, "disclosed")->value, "44 (44.0%)");
  assert_string_equal(row(fixture, "disclosed")->label, "Granted (or public already)");
  assert_string_equal(row(fixture, "denied")->value, "40 (40.0%)");
  assert_string_equal(row(fixture, "form2014.replies.denied.privacy")->value, "30 (30.0%)");
  assert_true(row(fixture, "form2014.replies.denied.privacy")->detail);
  assert_null(row(fixture, "declined"));
  assert_non_null(strstr(fixture->picture.subtitle, "Replies"));
  assert_false(has_note(fixture, "add up to"));

  assert_true(draw(fixture, "refusal_grounds"));
  assert_string_equal(row(fixture, "form2014.replies.denied.privacy")->value, "30 (75.0%)");
  assert_string_equal(row(fixture, "form2014.replies.denied.trade_secret")->value,
                      "not in the report");
  assert_true(has_note(fixture, "the grounds add up to 32"));
  assert_non_null(strstr(fixture->picture.subtitle, "n = 40 of 100"));

  assert_true(draw(fixture, "applicants"));
  assert_string_equal(row(fixture, "form2014.requests.online")->value, "71 (20.2%)");
  assert_non_null(strstr(fixture->picture.title, "how information was requested"));

  assert_true(draw(fixture, "disputes"));
  assert_string_equal(row(fixture, "review")->value, "9");
  assert_null(row(fixture, "litigation"));
  assert_int_equal(fixture->picture.bars.parts, 3);
}

static void where_two_forms_are_in_a_report_the_later_one_is_drawn(void **state) {
  struct fixture *fixture = *state;
  say_replies_of_2014(fixture);
  say_outcomes(fixture);
  assert_true(draw(fixture, "outcomes"));
  assert_string_equal(row(fixture, "outcome.granted")->key, "outcome.granted");
  assert_null(row(fixture, "form2014.replies.granted"));
  assert_true(draw(fixture, "refusal_grounds"));
  assert_null(row(fixture, "form2014.replies.denied.privacy"));
}

static void what_parts_are_called_has_one_colour_in_all_forms(void **state) {
  struct fixture *fixture = *state;
  const struct chart_plan *disputes = chart_find(fixture->charts, "disputes");
  enum theme_colour colour[2] = {COLOURS, COLOURS};
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < disputes->forms.item[i].rows.count; j++)
      if (strcmp(disputes->forms.item[i].rows.item[j].key, "other") == 0)
        colour[i] = disputes->forms.item[i].rows.item[j].colour;
  assert_int_equal(colour[0], COLOUR_SERIES_3);
  assert_int_equal(colour[1], colour[0]);
}

static void grounds_without_refusals_are_still_named(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  assert_true(draw(fixture, "refusal_grounds"));
  assert_int_equal(fixture->picture.bars.rows.count, 8);
  assert_string_equal(row(fixture, "outcome.denied.other_law")->value, "0");
  assert_string_equal(row(fixture, "outcome.denied.enforcement_file")->value, "3 (33.3%)");
  assert_string_equal(row(fixture, "outcome.denied.process_information")->value,
                      "not in the report");
  assert_true(has_note(fixture, "few cases"));
}

/* Hongze, 2023: a review row of 10, 1, 0, 0 with total 0. */
static void a_total_that_contradicts_its_parts_is_told_and_the_parts_are_drawn(void **state) {
  struct fixture *fixture = *state;
  say(fixture, "review.upheld", 10);
  say(fixture, "review.corrected", 1);
  say(fixture, "review.other", 0);
  say(fixture, "review.pending", 0);
  say(fixture, "review.total", 0);
  say(fixture, "litigation_direct.upheld", 2);
  say(fixture, "litigation_direct.total", 2);
  assert_true(draw(fixture, "disputes"));
  assert_int_equal(fixture->picture.bars.rows.count, 2);
  assert_true(row(fixture, "review")->part[0].value == 10);
  assert_string_equal(row(fixture, "review")->value, "11 (total printed: 0)");
  assert_string_equal(row(fixture, "litigation_direct")->value, "2");
  assert_true(has_note(fixture, "add up to 11, the report's own total says 0"));
  assert_int_equal(fixture->picture.notes.count, 1);
}

static void a_chart_without_numbers_says_why(void **state) {
  struct fixture *fixture = *state;
  for (size_t i = 0; i < fixture->charts->charts.count; i++) {
    assert_false(chart_picture(&fixture->charts->charts.item[i], &fixture->input, &fixture->picture,
                               &fixture->reason));
    assert_non_null(strstr(fixture->reason, "give"));
  }
  say(fixture, "outcome.granted", 0);
  say(fixture, "outcome.denied.state_secret", 0);
  say(fixture, "review.total", 0);
  say_area(fixture, "甲", 0);
  say_status(fixture, "requests.received", "natural_person", 0, STATUS_REPORTED);
  for (size_t i = 0; i < fixture->charts->charts.count; i++) {
    assert_false(chart_picture(&fixture->charts->charts.item[i], &fixture->input, &fixture->picture,
                               &fixture->reason));
    assert_null(strstr(fixture->reason, "gives no numbers"));
  }
}

static void classes_of_applicants_are_shares_of_the_printed_total(void **state) {
  struct fixture *fixture = *state;
  say_status(fixture, "requests.received", "business", 0, STATUS_BLANK);
  say_status(fixture, "requests.received", "natural_person", 3, STATUS_REPORTED);
  say_status(fixture, "requests.received", "research", 1, STATUS_REPORTED);
  say_status(fixture, "requests.received", "total", 5, STATUS_REPORTED);
  *list_add(fixture->arena, &fixture->report.indicator) =
      (struct indicator){.name = "applicant_share",
                         .category = "natural_person",
                         .estimate = 0.6,
                         .lower = 0.230724,
                         .upper = 0.882375,
                         .has_interval = true};
  assert_true(draw(fixture, "applicants"));
  assert_int_equal(fixture->picture.bars.rows.count, 6);
  assert_string_equal(fixture->picture.bars.rows.item[0].key, "natural_person");
  assert_string_equal(row(fixture, "natural_person")->value, "3 (60.0%)");
  assert_true(row(fixture, "natural_person")->has_interval);
  assert_string_equal(row(fixture, "business")->value, "blank");
  assert_string_equal(row(fixture, "public_interest")->value, "not in the report");
  assert_false(row(fixture, "research")->has_interval);
  assert_true(has_note(fixture, "add up to 4, the report's own total says 5"));
}

static void a_total_smaller_than_a_class_of_applicants_is_no_denominator(void **state) {
  struct fixture *fixture = *state;
  say_status(fixture, "requests.received", "natural_person", 30, STATUS_REPORTED);
  say_status(fixture, "requests.received", "business", 10, STATUS_REPORTED);
  say_status(fixture, "requests.received", "total", 4, STATUS_REPORTED);
  assert_true(draw(fixture, "applicants"));
  assert_string_equal(row(fixture, "business")->value, "10 (25.0%)");
  assert_true(has_note(fixture, "shares are of the sum"));
}

static void say_share(struct fixture *fixture, struct drawn_report *report, const char *year,
                      double estimate, bool form_break) {
  *report = (struct drawn_report){.id = year,
                                  .organ = "某区",
                                  .year = year,
                                  .forms = form_break ? "2019" : "2014",
                                  .source = "",
                                  .sha256 = ""};
  *list_add(fixture->arena, &report->indicator) = (struct indicator){.name = "disclosure_rate",
                                                                     .category = "",
                                                                     .estimate = estimate,
                                                                     .lower = estimate - 0.1,
                                                                     .upper = estimate + 0.1,
                                                                     .has_interval = true,
                                                                     .denominator = "12345",
                                                                     .form_break = form_break};
}

static void
a_trend_has_no_line_over_a_gap_and_a_dashed_one_where_forms_count_otherwise(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2015", 0.2, false);
  say_share(fixture, &fixture->later[0], "2016", 0.25, false);
  say_share(fixture, &fixture->later[1], "2018", 0.3, false);
  say_share(fixture, &fixture->later[2], "2019", 0.4, true);
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 4, NULL};
  fixture->input.report = fixture->reports[3];
  assert_true(draw(fixture, "trend"));
  const struct plane_point *point = fixture->picture.plane.points.item;
  assert_int_equal(fixture->picture.plane.points.count, 5);
  assert_int_equal(point[1].line, STROKE_PLAIN);
  assert_int_equal(point[3].line, STROKE_NONE);
  assert_int_equal(point[4].line, STROKE_DASHED);
  assert_true(point[2].x == 2017 && !point[2].known && !point[2].has_interval);
  assert_string_equal(point[2].under[1], "—");
  assert_string_equal(point[3].under[1], "30.0%");
  assert_string_equal(point[3].under[2], "n=12,345");
  assert_true(point[3].y == 30 && point[3].lower < 20.01 && point[3].upper > 39.99);
  assert_int_equal(fixture->picture.plane.marks.count, 1);
  assert_true(fixture->picture.plane.marks.item[0].x == 2018.5);
  assert_non_null(strstr(fixture->picture.title, "2015–2019"));
  assert_true(has_note(fixture, "do not compare across it"));
  assert_true(has_note(fixture, "nothing is filled in"));
}

static void a_trend_stops_where_the_crosswalk_parts_the_forms(void **state) {
  struct fixture *fixture = *state;
  struct failure failure = {0};
  const char *name = "refusal_ground_share/state_secret";
  fixture->input.indicator = indicator_words_find(fixture->list, name, &failure);
  assert_non_null(fixture->input.indicator);
  assert_string_equal(fixture->input.indicator->label, "Grounds of denial: State secret");
  say_share(fixture, &fixture->report, "2018", 0.2, false);
  say_share(fixture, &fixture->later[0], "2019", 0.25, true);
  for (size_t i = 0; i < 2; i++) {
    struct drawn_report *report = i ? &fixture->later[0] : &fixture->report;
    report->indicator.item->name = "refusal_ground_share";
    report->indicator.item->category = "state_secret";
  }
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 2, NULL};
  fixture->input.report = fixture->reports[1];
  assert_true(draw(fixture, "trend"));
  assert_int_equal(fixture->picture.plane.points.item[1].line, STROKE_NONE);
  assert_string_equal(fixture->picture.plane.points.item[1].status, "separate");
  assert_string_equal(fixture->picture.plane.marks.item[0].label, "Not comparable");
  assert_true(has_note(fixture, "the line stops there"));
}

static void an_indicator_with_categories_needs_one_that_it_has(void **state) {
  struct fixture *fixture = *state;
  static const char *const bad[][2] = {
      {"nonsense", "there is no indicator"},
      {"refusal_ground_share", "name one"},
      {"refusal_ground_share/nonsense", "no such category"},
      {"disclosure_rate/state_secret", "has no categories"},
      {"key_area_share/a b", "no such category"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct failure failure = {0};
    assert_null(indicator_words_find(fixture->list, bad[i][0], &failure));
    assert_non_null(strstr(failure.text, bad[i][1]));
  }
  struct failure failure = {0};
  assert_string_equal(indicator_words_find(fixture->list, "applicant_share/business", &failure)->id,
                      "applicant_share-business");
  assert_non_null(indicator_words_find(fixture->list, "key_area_share/就业创业", &failure));
}

static void add_share(struct fixture *fixture, struct drawn_report *report, const char *name,
                      double share) {
  *list_add(fixture->arena, &report->indicator) =
      (struct indicator){.name = name, .category = "", .estimate = share, .denominator = "10"};
}

static void outcomes_over_years_leave_gaps_and_mark_changes_of_the_form(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2017", 0.2, false);
  add_share(fixture, &fixture->report, "unable_share", 0.8);
  say_share(fixture, &fixture->later[0], "2019", 0.25, true);
  add_share(fixture, &fixture->later[0], "refusal_share", 0.5);
  fixture->input.subject = (struct subject){"1-all", "", fixture->reports, 2, NULL};
  fixture->input.report = fixture->reports[1];
  assert_true(draw(fixture, "outcomes_over_years"));
  const struct bar_row *rows = fixture->picture.bars.rows.item;
  assert_int_equal(fixture->picture.bars.rows.count, 3);
  assert_string_equal(rows[0].value, "n=12,345");
  assert_true(rows[0].part[0].value == 20 && !rows[0].part[1].known && rows[0].part[2].value == 80);
  assert_string_equal(rows[0].status, "");
  assert_string_equal(rows[1].label, "2018");
  assert_string_equal(rows[1].value, "no report");
  assert_false(rows[1].part[0].known);
  assert_string_equal(rows[2].mark, "Form changed");
  assert_string_equal(rows[2].status, "sum_differs");
  assert_null(rows[0].mark);
  assert_true(has_note(fixture, "nothing is filled in"));
  assert_true(has_note(fixture, "do not add up"));
}

static void small_multiples_have_a_panel_for_each_organ_with_a_value(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2018", 0.2, false);
  say_share(fixture, &fixture->later[0], "2019", 0.25, true);
  say_share(fixture, &fixture->later[1], "2018", 0.5, false);
  say_share(fixture, &fixture->later[2], "2018", 0.5, false);
  fixture->report.series = fixture->later[0].series = "a-all";
  fixture->later[1].series = "b-all";
  fixture->later[2].series = "c-all";
  fixture->later[1].indicator.count = 0;
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 4, NULL};
  assert_true(draw(fixture, "small_multiples"));
  const struct picture_panel *panel = fixture->picture.panels.panel.item;
  assert_int_equal(fixture->picture.panels.panel.count, 2);
  assert_string_equal(panel[0].value, "2019: 25.0%");
  assert_int_equal(panel[0].points.item[1].line, STROKE_DASHED);
  assert_true(panel[0].marks.count == 1 && panel[0].marks.item[0].x == 2018.5);
  assert_int_equal(panel[1].points.count, 1);
  assert_non_null(strstr(fixture->picture.title, "2018–2019"));
  assert_true(has_note(fixture, "crossed by a dashed one"));
  assert_non_null(strstr(fixture->picture.alternative, "某区: 2019: 25.0%; 某区: 2018: 50.0%."));
}

static void more_organs_than_a_page_of_small_multiples_holds_are_told(void **state) {
  struct fixture *fixture = *state;
  static struct drawn_report report[PANELS + 1];
  static const struct drawn_report *reports[PANELS + 1];
  for (size_t i = 0; i <= PANELS; i++) {
    say_share(fixture, &report[i], "2018", 0.2, false);
    report[i].series = arena_format(fixture->arena, "%zu-all", i);
    reports[i] = &report[i];
  }
  fixture->input.subject = (struct subject){"all", "", reports, PANELS + 1, NULL};
  assert_false(draw(fixture, "small_multiples"));
  assert_non_null(strstr(fixture->reason, "more organs than a page holds"));
  fixture->input.subject.count = PANELS;
  assert_true(draw(fixture, "small_multiples"));
}

static void what_rests_on_numbers_that_break_a_rule_is_marked_and_told(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  assert_true(draw(fixture, "outcomes"));
  assert_false(row(fixture, "disclosed")->doubted);
  assert_false(has_note(fixture, "Hatched"));
  *list_add(fixture->arena, &fixture->report.failed) =
      (struct report_cell){"outcome.granted", "total"};
  assert_true(draw(fixture, "outcomes"));
  assert_true(row(fixture, "disclosed")->doubted);
  assert_true(row(fixture, "outcome.granted")->doubted);
  assert_false(row(fixture, "outcome.partial")->doubted);
  assert_false(row(fixture, "denied")->doubted);
  assert_true(has_note(fixture, "Hatched"));
}

static void
a_point_of_numbers_that_break_a_rule_is_hollow_and_one_between_bounds_is_told(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2020", 0.2, false);
  say_share(fixture, &fixture->later[0], "2021", 0.3, false);
  say_share(fixture, &fixture->later[1], "2022", 0.4, false);
  fixture->report.indicator.item[0].failed_edit = true;
  fixture->later[0].indicator.count = 0;
  *list_add(fixture->arena, &fixture->later[0].bounds) =
      (struct indicator_bounds){"disclosure_rate", "", 0.1, 0.6};
  fixture->input.subject.count = 3;
  assert_true(draw(fixture, "trend"));
  const struct plane_point *points = fixture->picture.plane.points.item;
  assert_true(points[0].doubted);
  assert_false(points[1].known);
  assert_true(points[1].has_bounds);
  assert_true(points[1].upper > 59.9 && points[1].lower < 10.1);
  assert_string_equal(points[1].under[1], "10.0%–"); /* on two lines */
  assert_string_equal(points[1].under[2], "60.0%");
  assert_non_null(strstr(fixture->picture.alternative, "2021: 10.0%–60.0%;"));
  assert_false(points[2].doubted);
  assert_true(has_note(fixture, "Hollow"));
  assert_true(has_note(fixture, "only its bounds"));
}

static void a_share_that_blanks_leave_open_is_drawn_between_its_bounds(void **state) {
  struct fixture *fixture = *state;
  say_outcomes(fixture);
  *list_add(fixture->arena, &fixture->report.bounds) =
      (struct indicator_bounds){"disclosure_rate", "", 0.017, 0.583};
  assert_true(draw(fixture, "outcomes"));
  const struct bar_row *disclosed = row(fixture, "disclosed");
  assert_true(disclosed->has_bound);
  assert_string_equal(disclosed->value, "1.7%–58.3%");
  assert_true(disclosed->part[0].value < 1.71 && disclosed->bound > 58.2);
  assert_false(row(fixture, "denied")->has_bound);
}

static void say_bounds(struct fixture *fixture, struct drawn_report *report, const char *year) {
  say_share(fixture, report, year, 0, true);
  report->indicator.count = 0;
  *list_add(fixture->arena, &report->bounds) =
      (struct indicator_bounds){"disclosure_rate", "", 0.1, 0.6};
}

static void a_series_goes_on_to_a_year_of_which_only_bounds_are_known(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2018", 0.2, false);
  say_bounds(fixture, &fixture->later[0], "2019");
  fixture->report.series = fixture->later[0].series = "a-all";
  fixture->input.subject = (struct subject){"a-all", "", fixture->reports, 2, NULL};
  fixture->input.report = fixture->reports[1];
  assert_true(draw(fixture, "small_multiples"));
  const struct picture_panel *panel = fixture->picture.panels.panel.item;
  assert_string_equal(panel->value, "2019: 10.0%–60.0%");
  assert_true(panel->points.count == 2 && panel->points.item[1].has_bounds);
  assert_true(panel->marks.count == 1 && panel->marks.item[0].x == 2018.5);
  assert_true(has_note(fixture, "only its bounds"));
  assert_true(draw(fixture, "outcomes_over_years"));
  const struct bar_row *last = &fixture->picture.bars.rows.item[1];
  assert_true(last->has_bound && last->part[0].value == 10 && last->bound == 60);
  assert_string_equal(last->value, "10.0%–60.0%");
  assert_string_equal(last->mark, "Form changed");
  assert_true(has_note(fixture, "show one part only: Granted"));
  assert_true(draw(fixture, "heat_map"));
  assert_int_equal(fixture->picture.grid.columns, 2);
  assert_string_equal(fixture->picture.grid.rows.item->cell[1].status, "bounds");
}

static void bounds_alone_are_drawn_and_called_so(void **state) {
  struct fixture *fixture = *state;
  say_bounds(fixture, &fixture->report, "2020");
  assert_true(draw(fixture, "trend"));
  assert_string_equal(fixture->picture.subtitle,
                      "No year has a certain value; only bounds are known");
}

static void a_trend_of_one_year_says_so(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2020", 0.2, false);
  assert_true(draw(fixture, "trend"));
  assert_int_equal(fixture->picture.plane.points.count, 1);
  assert_non_null(strstr(fixture->picture.subtitle, "One year only"));
}

enum { PEERS = 60 };

/* The report of the fixture has the rank OWN of PEERS; sizes grow with the rank. */
static void say_peers(struct fixture *fixture, size_t own, bool has_limits) {
  struct comparison *peer = arena_array(fixture->arena, PEERS, sizeof *peer);
  struct drawn_report *others = arena_array(fixture->arena, PEERS, sizeof *others);
  for (size_t i = 0; i < PEERS; i++) {
    others[i] = (struct drawn_report){
        .id = arena_format(fixture->arena, "other-%zu", i), .organ = "他区", .year = "2020"};
    peer[i] = (struct comparison){.group = "",
                                  .report = i + 1 == own ? &fixture->report : &others[i],
                                  .indicator = fixture->input.indicator,
                                  .denominator = has_limits ? "50" : "",
                                  .flag = i == 0 ? "above_998" : "",
                                  .size = 50 + (double)i,
                                  .estimate = 0.9 - (double)i / 100,
                                  .rank = (long)i + 1,
                                  .of = PEERS,
                                  .has_limits = has_limits,
                                  .limit = {0.3, 0.4, 0.6, 0.7},
                                  .dispersion = own == 2 ? 0.9 : 4.52,
                                  .adjusted_flag = i == 0 ? "above_95" : ""};
  }
  fixture->all.comparisons = (struct peers){peer, PEERS};
}

static void a_ranking_shows_the_organ_among_those_nearest_to_it(void **state) {
  struct fixture *fixture = *state;
  say_peers(fixture, 58, true);
  assert_true(draw(fixture, "ranking"));
  const struct bars *bars = &fixture->picture.bars;
  assert_int_equal(bars->rows.count, 40);
  assert_string_equal(bars->rows.item[0].label, "21. 他区");
  assert_string_equal(bars->rows.item[37].label, "58. 某区");
  for (size_t i = 0; i < 40; i++) assert_int_equal(bars->rows.item[i].emphasised, i == 37);
  assert_string_equal(bars->rows.item[37].value, "33.0% (n=50)");
  assert_non_null(strstr(fixture->picture.subtitle, "Rank 58 of 60"));
  assert_true(has_note(fixture, "Only the 40 organs nearest"));
  assert_true(bars->centre > 56.72 && bars->centre < 56.74);
  fixture->input.ranks = 20;
  assert_true(draw(fixture, "ranking"));
  assert_int_equal(fixture->picture.bars.rows.count, 20);
  assert_true(has_note(fixture, "Only the 20 organs nearest"));
}

static void a_funnel_says_where_the_organ_lies(void **state) {
  struct fixture *fixture = *state;
  say_peers(fixture, 1, true);
  assert_true(draw(fixture, "funnel"));
  assert_non_null(strstr(fixture->picture.subtitle, "90.0% (n=50), above the 99.8% limit"));
  assert_null(fixture->picture.plane.adjusted_name);
  const struct plane *plane = &fixture->picture.plane;
  size_t named = 0, points = 0;
  for (size_t i = 0; i < plane->points.count; i++) {
    const struct plane_point *point = &plane->points.item[i];
    named += point->label != NULL;
    points += point->known;
    assert_true(point->emphasised == (point->label != NULL));
    assert_true(i == 0 || point->x >= point[-1].x);
    assert_true(point->has_limits && point->limit[0] < point->limit[1] &&
                point->limit[1] < point->limit[2] && point->limit[2] < point->limit[3]);
  }
  assert_int_equal(named, 1);
  assert_int_equal(points, PEERS);
  assert_true(has_note(fixture, "by chance"));
  say_peers(fixture, 7, false);
  assert_false(draw(fixture, "funnel"));
  assert_non_null(strstr(fixture->reason, "no share or rate"));
}

static void the_limits_that_decide_are_drawn_and_named_beside_those_by_chance(void **state) {
  struct fixture *fixture = *state;
  say_peers(fixture, 1, true);
  struct comparison *peer = (struct comparison *)fixture->all.comparisons.item;
  for (size_t i = 0; i < PEERS; i++) {
    static const double wider[] = {0.1, 0.2, 0.8, 0.95};
    peer[i].has_adjusted = true;
    peer[i].target = 0.55;
    peer[i].q_value = 0.3;
    memcpy(peer[i].adjusted, wider, sizeof wider);
  }
  assert_true(draw(fixture, "funnel"));
  const struct plane *plane = &fixture->picture.plane;
  assert_non_null(strstr(fixture->picture.subtitle, "above the 95% limit, within 99.8%"));
  assert_string_equal(plane->adjusted_name, "Limits that decide (95%, 99.8%)");
  assert_string_equal(plane->chance_name, "Limits by chance alone (95%, 99.8%)");
  assert_true(plane->centre > 54.99 && plane->centre < 55.01);
  for (size_t i = 0; i < plane->points.count; i++) {
    const struct plane_point *point = &plane->points.item[i];
    assert_true(point->has_adjusted && point->adjusted[0] < point->limit[0]);
  }
  assert_true(has_note(fixture, "某区 is above the 99.8% limit. Dispersion of the organs: 4.5"));
  assert_true(has_note(fixture, "a few lie beyond the limits by chance"));
  for (size_t i = 0; i < PEERS; i++) /* where nothing but chance is, there is one kind */
    memcpy(peer[i].adjusted, peer[i].limit, sizeof peer[i].limit);
  fixture->picture.notes.count = 0;
  assert_true(draw(fixture, "funnel"));
  assert_null(fixture->picture.plane.adjusted_name);
  assert_false(has_note(fixture, "Dispersion"));
}

static void a_heat_map_is_darker_where_the_value_is_higher_and_shows_what_is_missing(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2015", 0.22, false);
  say_share(fixture, &fixture->later[0], "2017", 0.81, true);
  say_share(fixture, &fixture->later[1], "2016", 0.05, false);
  fixture->report.series = fixture->later[0].series = "a-all";
  fixture->later[1].series = "b-all";
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 3, NULL};
  fixture->input.report = fixture->reports[2];
  assert_true(draw(fixture, "heat_map"));
  const struct heat_grid *grid = &fixture->picture.grid;
  assert_int_equal(grid->rows.count, 2);
  assert_int_equal(grid->columns, 3);
  const struct heat_cell *first = grid->rows.item[0].cell, *second = grid->rows.item[1].cell;
  assert_int_equal(first[0].colour, COLOUR_HEAT_2);
  assert_string_equal(first[0].shown, "22.0");
  assert_int_equal(first[1].colour, COLOUR_GUIDE);
  assert_string_equal(first[1].status, "no_report");
  assert_int_equal(first[2].colour, COLOUR_HEAT_5);
  assert_string_equal(first[2].status, "form_break");
  assert_int_equal(second[1].colour, COLOUR_HEAT_1);
  assert_int_equal(grid->legends, 6);
  assert_string_equal(grid->legend[0].label, "0%–20%");
  assert_string_equal(grid->legend[4].label, "80%–100%");
  assert_true(has_note(fixture, "forms changed"));
  assert_non_null(
      strstr(fixture->picture.alternative, "the highest is 某区 2017: 81.0; the lowest"));
}

static void one_value_makes_a_heat_map_of_one_colour(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "2020", 0.5, false);
  fixture->report.series = "a-all";
  assert_true(draw(fixture, "heat_map"));
  assert_int_equal(fixture->picture.grid.legends, 1);
  assert_string_equal(fixture->picture.grid.rows.item[0].cell[0].shown, "50.0");
}

/* Steps of a power of ten are too narrow for some extents: 21.6 to 70.4 would be six classes. */
static void more_years_than_a_page_holds_are_told(void **state) {
  struct fixture *fixture = *state;
  say_share(fixture, &fixture->report, "1991", 0.5, false);
  say_share(fixture, &fixture->later[0], "2020", 0.5, false);
  fixture->report.series = fixture->later[0].series = "a-all";
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 2, NULL};
  assert_true(draw(fixture, "heat_map"));
  assert_int_equal(fixture->picture.grid.columns, GRID_COLUMNS);
  say_share(fixture, &fixture->later[0], "2021", 0.5, false);
  assert_false(draw(fixture, "heat_map"));
  assert_non_null(strstr(fixture->reason, "more organs or years than a page holds"));
}

static void a_heat_map_has_at_most_as_many_classes_as_there_are_colours(void **state) {
  struct fixture *fixture = *state;
  fixture->input.subject = (struct subject){"all", "", fixture->reports, 2, NULL};
  for (int low = 0; low < 90; low += 3)
    for (int high = low + 1; high < 100; high++) {
      say_share(fixture, &fixture->report, "2015", low / 100.0, false);
      say_share(fixture, &fixture->later[0], "2016", high / 100.0, false);
      fixture->report.series = "a-all";
      fixture->later[0].series = "b-all";
      assert_true(draw(fixture, "heat_map"));
      assert_true(fixture->picture.grid.legends <= THEME_HEATS + 1);
    }
}

static void coverage_tells_reports_from_files_that_gave_none(void **state) {
  struct fixture *fixture = *state;
  static const struct coverage_cell coverage[] = {{"990101", "2019", "present"},
                                                  {"990101", "2021", "rejected"},
                                                  {"990102", "2019", "duplicate"},
                                                  {"990102", "2020", "missing"}};
  fixture->report.series = "990101-all";
  fixture->all.coverage = coverage;
  fixture->all.coverages = 4;
  assert_true(draw(fixture, "coverage"));
  const struct heat_grid *grid = &fixture->picture.grid;
  assert_string_equal(grid->rows.item[0].label, "某区");
  assert_string_equal(grid->rows.item[1].label, "990102");
  assert_int_equal(grid->columns, 3);
  assert_string_equal(grid->rows.item[0].cell[2].status, "rejected");
  assert_int_equal(grid->rows.item[0].cell[1].colour, COLOUR_PAPER);
  assert_string_equal(grid->rows.item[1].cell[0].shown, "2+");
  assert_non_null(strstr(fixture->picture.subtitle, "2 of 4 division-years"));
  fixture->input.subject.prefix = "9902";
  assert_false(draw(fixture, "coverage"));
}

static void more_divisions_than_a_page_holds_are_told(void **state) {
  struct fixture *fixture = *state;
  enum { DIVISIONS = GRID_ROWS + 1 };
  struct coverage_cell *coverage = arena_array(fixture->arena, DIVISIONS, sizeof *coverage);
  for (size_t i = 0; i < DIVISIONS; i++)
    coverage[i] =
        (struct coverage_cell){arena_format(fixture->arena, "99%04zu", i), "2020", "present"};
  fixture->report.series = "";
  fixture->all.coverage = coverage;
  fixture->all.coverages = DIVISIONS;
  assert_false(draw(fixture, "coverage"));
  assert_non_null(strstr(fixture->reason, "more divisions or years"));
  fixture->all.coverages = GRID_ROWS;
  assert_true(draw(fixture, "coverage"));
}

static void limits_and_deduced_values_are_marked(void **state) {
  struct fixture *fixture = *state;
  say_status(fixture, "key_area.items", "甲", 120, STATUS_APPROXIMATE_LOW);
  say_status(fixture, "key_area.items", "乙", 80, STATUS_DEDUCED);
  say_status(fixture, "key_area.items", "丙", 0, STATUS_BLANK);
  assert_true(draw(fixture, "key_areas"));
  assert_string_equal(row(fixture, "甲")->value, "≥120 (60.0%)");
  assert_string_equal(row(fixture, "乙")->value, "80 (deduced) (40.0%)");
  assert_string_equal(row(fixture, "丙")->value, "blank");
  assert_true(has_note(fixture, "limits"));
}

static void large_numbers_are_exact_and_grouped(void **state) {
  struct fixture *fixture = *state;
  fixture->input.chart = "any";
  struct decimal value;
  static const char *const cases[][2] = {{"9999", "9999"},
                                         {"10000", "10,000"},
                                         {"123456789012345678901", "123,456,789,012,345,678,901"},
                                         {"104367.118823", "104,367.118823"},
                                         {"-12345", "-12,345"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_true(decimal_parse(cases[i][0], strlen(cases[i][0]), &value));
    assert_string_equal(chart_number(&fixture->input, value), cases[i][1]);
  }
}

static void a_chart_has_no_words_of_a_page_and_a_page_none_of_a_chart(void **state) {
  struct fixture *fixture = *state;
  struct failure failure = {0};
  const struct words *of_pages =
      words_load(fixture->arena, datasets_folder(fixture->arena, NULL, &failure), WORDS_OF_PAGES,
                 fixture->input.codebook, LANGUAGE_EN, &failure);
  const struct words *of_charts = fixture->input.words;
  assert_non_null(of_pages);
  assert_non_null(words_find(of_pages, "any", "to_index"));
  assert_null(words_find(of_charts, "any", "to_index"));
  assert_non_null(words_find(of_charts, "outcomes", "title"));
  assert_null(words_find(of_pages, "outcomes", "title"));
  assert_string_equal(words_get(of_pages, "any", "value_blank"),
                      words_get(of_charts, "any", "value_blank"));
  assert_string_equal(words_label(of_pages, "outcome.partial"), "In part");
}

static void words_are_filled_in_and_unknown_names_stay(void **state) {
  struct fixture *fixture = *state;
  const struct words *words = fixture->input.words;
  assert_string_equal(
      words_fill(fixture->arena, words, "disputes", "value_differs",
                 (struct filling[]){{"sum", "{total}"}, {"total", "0"}, {NULL, NULL}}),
      "{total} (total printed: 0)");
  assert_string_equal(words_fill(fixture->arena, words, "any", "source_without_hash",
                                 (struct filling[]){{NULL, NULL}}),
                      "Source: {file}");
  assert_string_equal(words_get(words, "outcomes", "no such words"), "no such words");
  assert_string_equal(words_label(words, "review.total"), "Administrative review, total");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(areas_are_sorted_by_size_and_ties_keep_their_order),
      TEST(outcomes_are_shares_of_the_printed_total_with_the_intervals_of_the_analysis),
      TEST(the_alternative_says_the_title_and_the_main_numbers_but_no_details),
      TEST(outcomes_that_do_not_add_up_to_the_total_are_told),
      TEST(a_total_smaller_than_a_group_is_no_denominator),
      TEST(a_missing_total_is_told_and_the_sum_taken),
      TEST(the_subtotal_of_other_outcomes_is_not_counted_twice),
      TEST(the_table_of_2014_has_its_outcomes_grounds_channels_and_disputes_drawn),
      TEST(where_two_forms_are_in_a_report_the_later_one_is_drawn),
      TEST(what_parts_are_called_has_one_colour_in_all_forms),
      TEST(grounds_without_refusals_are_still_named),
      TEST(a_total_that_contradicts_its_parts_is_told_and_the_parts_are_drawn),
      TEST(a_chart_without_numbers_says_why),
      TEST(classes_of_applicants_are_shares_of_the_printed_total),
      TEST(a_total_smaller_than_a_class_of_applicants_is_no_denominator),
      TEST(a_ranking_shows_the_organ_among_those_nearest_to_it),
      TEST(a_funnel_says_where_the_organ_lies),
      TEST(the_limits_that_decide_are_drawn_and_named_beside_those_by_chance),
      TEST(a_heat_map_is_darker_where_the_value_is_higher_and_shows_what_is_missing),
      TEST(one_value_makes_a_heat_map_of_one_colour),
      TEST(more_years_than_a_page_holds_are_told),
      TEST(a_heat_map_has_at_most_as_many_classes_as_there_are_colours),
      TEST(coverage_tells_reports_from_files_that_gave_none),
      TEST(more_divisions_than_a_page_holds_are_told),
      TEST(a_trend_has_no_line_over_a_gap_and_a_dashed_one_where_forms_count_otherwise),
      TEST(a_trend_stops_where_the_crosswalk_parts_the_forms),
      TEST(an_indicator_with_categories_needs_one_that_it_has),
      TEST(outcomes_over_years_leave_gaps_and_mark_changes_of_the_form),
      TEST(small_multiples_have_a_panel_for_each_organ_with_a_value),
      TEST(more_organs_than_a_page_of_small_multiples_holds_are_told),
      TEST(what_rests_on_numbers_that_break_a_rule_is_marked_and_told),
      TEST(a_point_of_numbers_that_break_a_rule_is_hollow_and_one_between_bounds_is_told),
      TEST(a_share_that_blanks_leave_open_is_drawn_between_its_bounds),
      TEST(a_series_goes_on_to_a_year_of_which_only_bounds_are_known),
      TEST(bounds_alone_are_drawn_and_called_so),
      TEST(a_trend_of_one_year_says_so),
      TEST(limits_and_deduced_values_are_marked),
      TEST(large_numbers_are_exact_and_grouped),
      TEST(a_chart_has_no_words_of_a_page_and_a_page_none_of_a_chart),
      TEST(words_are_filled_in_and_unknown_names_stay),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
