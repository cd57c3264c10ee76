/* Edit rules: which hold, which fail, and which cell is to blame. */
#include <stdlib.h>
#include <string.h>

#include "ingest/edits/deduce.h"
#include "tests/reports.h"

static const char sample[] = "datasets/samples/370105-2020.txt";

/* The sample made whole (the balances of two columns and the proposals mended), then FROM replaced
 * by TO: a report in which only that replacement can be at fault. */
static struct report report_with(struct arena *arena, const char *from, const char *to) {
  static const char *const mends[][2] = {
      {"政府信息公开申请数量\n\t286\n\t0\n", "政府信息公开申请数量\n\t284\n\t2\n"},
      {"政协提案162件", "政协提案163件"},
  };
  char *text = whole_file(arena, sample);
  for (size_t i = 0; i <= sizeof mends / sizeof *mends; i++) {
    bool last = i == sizeof mends / sizeof *mends;
    const char *old = last ? from : mends[i][0], *new = last ? to : mends[i][1];
    char *found = strstr(text, old);
    if (!found) fail_msg("the sample has no '%s'", old);
    text = arena_format(arena, "%.*s%s%s", (int)(found - text), text, new, found + strlen(old));
  }
  return report_from(arena, text);
}

/* RULE is "rule", or "rule:variable" where it is applied to each of several. */
static const struct edit_failure *failure_of(const struct report *report, const char *rule,
                                             const char *category) {
  for (size_t i = 0; i < report->edits.failures; i++) {
    const struct edit *edit = report->edits.failure[i].edit;
    size_t length = strcspn(rule, ":");
    const char *variable = rule[length] ? rule + length + 1 : "";
    bool is_rule = strlen(edit->rule) == length && strncmp(edit->rule, rule, length) == 0;
    if (is_rule && strcmp(edit->variable, variable) == 0 && strcmp(edit->category, category) == 0)
      return &report->edits.failure[i];
  }
  fail_msg("the rule %s (%s) does not fail", rule, category);
  return NULL;
}

/* How often each rule could be checked: "rule=times", parted by blanks. */
static const char *rules_text(struct arena *arena, const struct edit_result *result) {
  const char *text = "";
  for (size_t i = 0; i < result->rules; i++)
    text = arena_format(arena, "%s%s%s=%zu", text, i ? " " : "", result->rule[i].rule,
                        result->rule[i].checked);
  return text;
}

/* The cells of the change set of FAILURE: "variable/category=value", parted by "; "; a value that
 * is not determined is a question mark. */
static const char *set_text(struct arena *arena, const struct edit_result *result,
                            const struct edit_failure *failure) {
  const char *text = "";
  char value[DECIMAL_TEXT_SIZE];
  if (strcmp(failure->localisation, "unique") != 0) return text;
  size_t first = 0;
  while (result->set[first].change_set != failure->change_set) first++;
  const struct change_set *set = &result->set[first].set;
  for (size_t i = 0; i < set->changes; i++) {
    const struct value_change *change = &set->change[i];
    text = arena_format(arena, "%s%s%s%s%s=%s", text, i ? "; " : "", change->cell->variable,
                        *change->cell->category ? "/" : "", change->cell->category,
                        change->determined ? decimal_text(change->value, value) : "?");
  }
  return text;
}

/* Tianqiao 2020 tells of 162 proposals, 149 filed and 14 not: any of the three may be wrong. */
static void where_several_sets_are_smallest_each_is_told_with_its_values(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, sample));
  const struct edit_failure *proposals = failure_of(&report, "proposals_parts", "");
  assert_string_equal(proposals->localisation, "tie");
  assert_int_not_equal(proposals->change_set, 0);
  const char *text = "";
  char value[DECIMAL_TEXT_SIZE];
  for (size_t i = 0; i < report.edits.sets; i++) {
    const struct numbered_set *set = &report.edits.set[i];
    if (set->change_set != proposals->change_set) continue;
    assert_int_equal(set->set.changes, 1);
    assert_true(set->set.change->determined);
    text = arena_format(arena, "%s %s=%s", text, set->set.change->cell->variable,
                        decimal_text(set->set.change->value, value));
  }
  assert_non_null(strstr(text, "narrative.cppcc_proposals_received=163"));
  assert_non_null(strstr(text, "narrative.cppcc_proposals_filed=148"));
  assert_non_null(strstr(text, "narrative.cppcc_proposals_not_filed=13"));
  arena_free(arena);
}

static void a_report_that_adds_up_fails_no_rule(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  assert_int_equal(report.edits.failures, 0);
  assert_int_equal(report.edits.checked, 58);
  assert_string_equal(
      rules_text(arena, &report.edits),
      "balance=7 coercion_items=1 fees_items=1 interpretations_parts=1 items_published_parts=1 "
      "licensing_items=1 litigation_after_review_total=1 litigation_direct_total=1 "
      "messages_parts=1 new_media_parts=1 other_services_items=1 outcome_sum=7 penalties_items=1 "
      "proposals_parts=1 prose_agrees=7 review_total=1 row_total=23 staff_parts=1");
  arena_free(arena);
}

static void a_wrong_cell_is_found_by_the_row_and_the_column_that_share_it(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "1.信访举报投诉类申请\n\t22\n", "1.信访举报投诉类申请\n\t25\n");
  assert_int_equal(report.edits.failures, 2);
  const struct edit_failure *column = failure_of(&report, "outcome_sum", "natural_person");
  assert_non_null(column->suspect);
  assert_string_equal(column->suspect->variable, "outcome.declined.petition");
  assert_string_equal(column->suspect->category, "natural_person");
  assert_int_equal(decimal_compare(column->suggested, decimal_from(22)), 0);
  const struct edit_failure *row = failure_of(&report, "row_total:outcome.declined.petition", "");
  assert_ptr_equal(row->suspect, column->suspect);
  arena_free(arena);
}

static void
a_review_total_that_only_a_negative_count_could_explain_is_itself_the_suspect(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  assert_int_equal(report.edits.failures, 2);
  const struct edit_failure *review = failure_of(&report, "review_total", "");
  assert_int_equal(decimal_compare(review->left, decimal_from(11)), 0);
  assert_int_equal(decimal_compare(review->right, decimal_from(0)), 0);
  assert_non_null(review->suspect);
  assert_string_equal(review->suspect->variable, "review.total");
  assert_int_equal(decimal_compare(review->suggested, decimal_from(11)), 0);
  /* 5, 0, 0, 0 against 0: the 5 or the 0 may be wrong */
  assert_null(failure_of(&report, "litigation_after_review_total", "")->suspect);
  arena_free(arena);
}

static void where_several_cells_could_be_wrong_none_is_blamed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, sample));
  assert_int_equal(report.edits.failures, 3);
  assert_null(failure_of(&report, "balance", "natural_person")->suspect);
  assert_null(failure_of(&report, "balance", "business")->suspect);
  const struct edit_failure *proposals = failure_of(&report, "proposals_parts", "");
  assert_null(proposals->suspect);
  assert_int_equal(decimal_compare(proposals->difference, decimal_from(-1)), 0);
  arena_free(arena);
}

static void a_blank_cell_may_hold_what_is_missing_so_the_rule_does_not_fail(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "\t128\n\t1\n", "\t128\n\t\n");
  assert_int_equal(report.edits.failures, 0);
  arena_free(arena);
}

static void a_blank_cell_that_the_sums_determine_is_deduced(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "\t128\n\t1\n", "\t128\n\t\n");
  const struct observation *cell =
      observation_find(&report.observations, "outcome.unable.not_held", "business");
  assert_non_null(cell);
  assert_int_equal(cell->status, STATUS_DEDUCED);
  assert_string_equal(value_of(arena, &report, cell->variable, cell->category), "1");
  assert_string_equal(cell->raw, "");
  const struct observation *left =
      observation_find(&report.observations, "outcome.unable.not_held", "natural_person");
  assert_non_null(left);
  assert_int_equal(cell->provenance.read_by, READ_BY_DEDUCTION);
  assert_int_equal(cell->provenance.place.kind, PLACE_TABLE); /* of the blank cell itself */
  assert_int_equal(cell->provenance.place.row, left->provenance.place.row);
  assert_int_equal(cell->provenance.place.column, left->provenance.place.column + 1);
  arena_free(arena);
}

static void nothing_is_deduced_from_a_sum_with_a_cell_in_doubt(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  /* the total of the row no longer fits its column: 139 - 128 is not what the blank must be */
  struct report report = report_with(arena, "\t128\n\t1\n\t0\n\t0\n\t0\n\t0\n\t129\n",
                                     "\t128\n\t\n\t0\n\t0\n\t0\n\t0\n\t139\n");
  failure_of(&report, "outcome_sum", "total");
  assert_string_equal(value_of(arena, &report, "outcome.unable.not_held", "business"), "(blank)");
  arena_free(arena);
}

static void what_the_cells_decide_is_deduced_whatever_prose_tells(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  struct observation *prose = NULL, *cell = NULL;
  for (size_t i = 0; i < report.observations.count; i++) {
    struct observation *o = &report.observations.item[i];
    if (strcmp(o->variable, "narrative.requests_received") == 0) prose = o;
    if (strcmp(o->variable, "requests.received") == 0 && strcmp(o->category, "total") == 0)
      cell = o;
  }
  assert_non_null(prose);
  assert_non_null(cell);
  struct decimal reported = cell->value;
  cell->status = STATUS_BLANK;
  assert_true(decimal_add(prose->value, decimal_from(1), &prose->value));
  assert_int_equal(deduce(arena, the_knowledge()->edit_rules, &report.observations), 1);
  assert_int_equal(cell->status, STATUS_DEDUCED);
  assert_int_equal(decimal_compare(cell->value, reported), 0);
  report.edits = edit_check(arena, the_knowledge()->edit_rules, &report.observations);
  const struct edit_failure *told =
      failure_of(&report, "prose_agrees:narrative.requests_received", "");
  assert_ptr_equal(told->suspect, prose);
  assert_int_equal(decimal_compare(told->suggested, reported), 0);
  arena_free(arena);
}

static void nothing_is_deduced_from_prose_alone(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  size_t blanks = 0;
  for (size_t i = 0; i < report.observations.count; i++) {
    struct observation *cell = &report.observations.item[i];
    bool is_of_requests =
        strncmp(cell->variable, "requests.", 9) == 0 || strncmp(cell->variable, "outcome.", 8) == 0;
    if (is_of_requests) cell->status = STATUS_BLANK;
    blanks += is_of_requests;
  }
  assert_true(blanks > 100);
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "287");
  assert_int_equal(deduce(arena, the_knowledge()->edit_rules, &report.observations), 0);
  arena_free(arena);
}

static void a_blank_cell_cannot_hold_less_than_nothing(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  /* 128 of natural persons and a blank, against a total of 100 */
  struct report report = report_with(arena, "\t128\n\t1\n\t0\n\t0\n\t0\n\t0\n\t129\n",
                                     "\t128\n\t\n\t0\n\t0\n\t0\n\t0\n\t100\n");
  failure_of(&report, "row_total:outcome.unable.not_held", "");
  arena_free(arena);
}

static void an_approximate_number_only_fails_beyond_its_bound(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report above = report_with(arena, "工作人员98人", "工作人员90余人");
  assert_int_equal(above.edits.failures, 0);
  struct report below = report_with(arena, "工作人员98人", "工作人员近90人");
  failure_of(&below, "staff_parts", "");
  arena_free(arena);
}

static void a_part_that_prose_does_not_tell_is_not_taken_for_zero(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "兼职65人", "其余65人");
  assert_string_equal(value_of(arena, &report, "narrative.staff_part_time", ""), "(absent)");
  assert_string_not_equal(value_of(arena, &report, "narrative.staff_full_time", ""), "(absent)");
  assert_int_equal(report.edits.failures, 0);
  arena_free(arena);
}

static void prose_that_contradicts_a_cell_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "不予公开9件", "不予公开8件");
  const struct edit_failure *failure =
      failure_of(&report, "prose_agrees:narrative.requests_denied", "");
  assert_int_equal(report.edits.failures, 1);
  assert_non_null(failure->suspect);
  assert_string_equal(failure->suspect->variable, "narrative.requests_denied");
  arena_free(arena);
}

static void more_items_taken_away_than_there_were_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t行政强制\n\t58\n\t-3\n", "\t行政强制\n\t58\n\t-63\n");
  failure_of(&report, "coercion_items", "");
  assert_int_equal(report.edits.failures, 1);
  arena_free(arena);
}

static void a_failure_names_its_cells_and_their_values(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  const struct edit_failure *review = failure_of(&report, "review_total", "");
  assert_string_equal(review->cells_zh,
                      "行政复议各项之和应等于总计：行政复议·结果维持 10 + 行政复议·结果纠正 1 ≠ "
                      "行政复议·总计 0");
  assert_string_equal(review->cells_en,
                      "The results of administrative review must add up to their total: "
                      "Administrative review, upheld 10 + Administrative review, corrected 1 ≠ "
                      "Administrative review, total 0");
  assert_string_equal(set_text(arena, &report.edits, review), "review.total=11");
  assert_string_equal(review->localisation, "unique");
  const struct edit_failure *litigation = failure_of(&report, "litigation_after_review_total", "");
  assert_string_equal(set_text(arena, &report.edits, litigation), "");
  assert_string_equal(litigation->localisation, "tie");
  arena_free(arena);
}

static void two_wrong_cells_are_told_as_one_set(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "1.信访举报投诉类申请\n\t22\n\t0\n", "1.信访举报投诉类申请\n\t25\n\t4\n");
  const char *both =
      "outcome.declined.petition/business=0; outcome.declined.petition/natural_person=22";
  const struct edit_failure *row = failure_of(&report, "row_total:outcome.declined.petition", "");
  assert_string_equal(set_text(arena, &report.edits, row), both);
  assert_null(row->suspect); /* two of the set are in this rule */
  const struct edit_failure *column = failure_of(&report, "outcome_sum", "business");
  assert_string_equal(set_text(arena, &report.edits, column), both);
  assert_non_null(column->suspect);
  assert_string_equal(column->suspect->category, "business");
  assert_true(column->has_suggestion);
  arena_free(arena);
}

static void a_value_weighs_as_it_was_read(void **state) {
  (void)state;
  static const struct {
    const char *raw;
    enum read_by read_by;
    enum status status;
    int weight;
  } readings[] = {{"", READ_BY_TABLE, STATUS_REPORTED, 4},
                  {"2,100件", READ_BY_TABLE, STATUS_REPORTED, 4},
                  {"2,100件", READ_BY_TEXT_TABLE, STATUS_REPORTED, 4},
                  {"２１００", READ_BY_TABLE, STATUS_REPORTED, 4},
                  {"2.1千", READ_BY_TABLE, STATUS_REPORTED, 3},
                  {"2.1千", READ_BY_TEXT_TABLE, STATUS_REPORTED, 3},
                  {"二千一百", READ_BY_TABLE, STATUS_REPORTED, 3},
                  {"2100（其中修订16件）", READ_BY_TABLE, STATUS_REPORTED, 3},
                  {"", READ_BY_CHART, STATUS_REPORTED, 3},
                  {"2100件", READ_BY_PROSE, STATUS_REPORTED, 2},
                  {"2100余件", READ_BY_PROSE, STATUS_APPROXIMATE_LOW, 2}};
  for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
    const struct observation observation = {.variable = "requests.received",
                                            .category = "total",
                                            .value = decimal_from(2100),
                                            .unit = "件",
                                            .status = readings[i].status,
                                            .provenance.read_by = readings[i].read_by,
                                            .raw = readings[i].raw};
    assert_int_equal(edit_rules_weight(the_knowledge()->edit_rules, &observation),
                     readings[i].weight);
  }
}

/* The only failure, in its result, of the rules in TEXT (rows of edit_rules.csv) on COUNT
 * observations at ITEM. */
static struct edit_result only_failure(struct scratch *scratch, const char *text,
                                       struct observation *item, size_t count) {
  static const char head[] = "rule,for_each,left,relation,right,severity,message_zh,message_en\n";
  scratch_file(scratch, "rules/edit_rules.csv", arena_format(scratch->arena, "%s%s", head, text));
  scratch_file(scratch, "rules/cell_weights.csv",
               file_text(scratch, "datasets/rules/cell_weights.csv"));
  const struct edit_rules *rules = edit_rules_load(
      scratch->arena, scratch->folder, the_knowledge()->codebook, NULL, 0, &scratch->failure);
  if (!rules) fail_msg("%s", scratch->failure.text);
  struct observations observations = {.item = item, .count = count};
  struct edit_result result = edit_check(scratch->arena, rules, &observations);
  assert_int_equal(result.failures, 1);
  return result;
}

static void amounts_are_localised_exactly_and_counts_stay_whole(void **state) {
  struct scratch *scratch = *state;
  struct observation cells[] = {
      {"fees.amount", "", {1025, 2}, "万元", STATUS_REPORTED, {.rule = ""}, ""},
      {"licensing.decisions", "", {2, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
      {"procurement.amount", "", {125, 1}, "万元", STATUS_REPORTED, {.rule = ""}, ""}};
  static const char sum[] = "s,,procurement.amount,=,fees.amount + licensing.decisions,hard,x,x\n";
  static const char part[] = "s,,procurement.amount,=,2 + licensing.decisions,hard,x,x\n";
  /* 12.5 against 12.25: either amount may be wrong, the count cannot be off by a quarter */
  struct edit_result result = only_failure(scratch, sum, cells, 3);
  assert_string_equal(result.failure[0].localisation, "tie");
  result = only_failure(scratch, part, cells, 3);
  assert_string_equal(set_text(scratch->arena, &result, &result.failure[0]),
                      "procurement.amount=4");
}

static void what_must_be_at_least_has_no_one_value(void **state) {
  struct scratch *scratch = *state;
  struct observation cells[] = {
      {"licensing.decisions", "", {2, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
      {"penalties.decisions", "", {7, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""}};
  static const char rule[] =
      "s,,licensing.decisions,>=,penalties.decisions - penalties.decisions + 5,hard,x,x\n";
  struct edit_result result = only_failure(scratch, rule, cells, 2);
  assert_ptr_equal(result.failure[0].suspect, &cells[0]);
  assert_false(result.failure[0].has_suggestion);
  assert_string_equal(set_text(scratch->arena, &result, &result.failure[0]),
                      "licensing.decisions=?");
}

static void what_a_blank_in_the_row_leaves_open_the_column_tells(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  /* for the row, 129 or less would do */
  struct report report = report_with(arena, "\t128\n\t1\n\t0\n\t0\n\t0\n\t0\n\t129\n",
                                     "\t140\n\t\n\t0\n\t0\n\t0\n\t0\n\t129\n");
  const struct edit_failure *row = failure_of(&report, "row_total:outcome.unable.not_held", "");
  assert_non_null(row->suspect);
  assert_string_equal(row->suspect->category, "natural_person");
  assert_string_equal(set_text(arena, &report.edits, row),
                      "outcome.unable.not_held/natural_person=128");
  arena_free(arena);
}

static void a_fault_too_large_for_floating_point_is_found_in_a_single_cell(void **state) {
  struct scratch *scratch = *state;
  struct decimal large = {(decimal_coefficient)7 * 1000000000000000000 * 10000000000, 0};
  struct observation cells[] = {
      {"licensing.decisions", "", {2, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
      {"penalties.decisions", "", large, "件", STATUS_REPORTED, {.rule = ""}, ""}};
  static const char tie[] = "s,,licensing.decisions,=,penalties.decisions,hard,x,x\n";
  static const char found[] = "s,,5 - licensing.decisions,=,penalties.decisions,hard,x,x\n";
  static const char open[] = "s,,9,>=,penalties.decisions + licensing.decisions,hard,x,x\n";
  struct edit_result result = only_failure(scratch, tie, cells, 2);
  assert_string_equal(result.failure[0].localisation, "tie");
  result = only_failure(scratch, found, cells, 2);
  assert_string_equal(set_text(scratch->arena, &result, &result.failure[0]),
                      "penalties.decisions=3");
  assert_string_equal(result.failure[0].localisation, "unique");
  result = only_failure(scratch, open, cells, 2);
  assert_string_equal(set_text(scratch->arena, &result, &result.failure[0]),
                      "penalties.decisions=?");
}

static void more_faults_than_are_looked_for_are_told_all_the_same(void **state) {
  struct scratch *scratch = *state;
  struct observation cells[] = {
      {"licensing.decisions", "", {2, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""}};
  struct edit_result result =
      only_failure(scratch, "s,,licensing.decisions + 1,=,0,hard,x,x\n", cells, 1);
  assert_string_equal(result.failure[0].localisation, "beyond_limits"); /* it would have to be -1 */
  assert_null(result.failure[0].suspect);
}

static void weights_that_are_no_weights_are_refused(void **state) {
  struct scratch *scratch = *state;
  static const char *const cases[][2] = {
      {"reading,weight\ntable,0\n", "'0' is no weight from 1 to 9"},
      {"reading,weight\nfax,4\n", "'fax' is no way to read a value"},
      {"reading,weight\ntable,4\n", "cell_weights.csv: 'text_table' is missing"}};
  scratch_file(scratch, "rules/edit_rules.csv",
               file_text(scratch, "datasets/rules/edit_rules.csv"));
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct restatement *restatement;
    size_t count = prose_restatements(the_knowledge()->prose_rules, &restatement);
    scratch_file(scratch, "rules/cell_weights.csv", cases[i][0]);
    assert_null(edit_rules_load(scratch->arena, scratch->folder, the_knowledge()->codebook,
                                restatement, count, &scratch->failure));
    assert_told(scratch, cases[i][1]);
  }
}

/* ---- rules that span years ---- */

/* The value of a cell, for tests that change it. */
static struct observation *cell_of(struct report *report, const char *variable,
                                   const char *category) {
  const struct observation *found = observation_find(&report->observations, variable, category);
  assert_non_null(found);
  return &report->observations.item[found - report->observations.item];
}

/* The sample after itself, such that all rules that span years hold. */
static struct edit_result check_years(struct arena *arena, struct report *then,
                                      struct report *now) {
  now->observations.previous = &then->observations;
  return edit_check(arena, the_knowledge()->edit_rules, &now->observations);
}

static void make_years_agree(const struct report *then, struct report *now) {
  static const char *const items[] = {"licensing", "other_services", "penalties", "coercion"};
  for (size_t i = 0; i < now->observations.count; i++) {
    struct observation *o = &now->observations.item[i];
    if (strcmp(o->variable, "requests.carried_in") == 0)
      o->value = observation_find(&then->observations, "requests.carried_out", o->category)->value;
    for (size_t j = 0; j < sizeof items / sizeof *items; j++) {
      size_t length = strlen(items[j]);
      if (strncmp(o->variable, items[j], length) == 0 &&
          strcmp(o->variable + length, ".items_previous_year") == 0) {
        char id[64];
        snprintf(id, sizeof id, "%s.items_change", items[j]);
        struct decimal change = observation_find(&then->observations, id, "")->value;
        assert_true(decimal_add(o->value, change, &o->value));
      }
    }
  }
}

static void years_that_fit_together_fail_no_rule(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report then = report_with(arena, "提案", "提案"), now = report_with(arena, "提案", "提案");
  make_years_agree(&then, &now);
  struct edit_result result = check_years(arena, &then, &now);
  assert_int_equal(result.checked, 7 + 5); /* seven classes of applicants, five kinds of items */
  assert_string_equal(rules_text(arena, &result),
                      "carried_over=7 coercion_items_previous_year=1 fees_items_previous_year=1 "
                      "licensing_items_previous_year=1 other_services_items_previous_year=1 "
                      "penalties_items_previous_year=1");
  assert_int_equal(result.failures, 0);
  arena_free(arena);
}

static void what_is_carried_out_must_be_carried_in_the_year_after(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report then = report_with(arena, "提案", "提案"), now = report_with(arena, "提案", "提案");
  make_years_agree(&then, &now);
  struct observation *cell = cell_of(&then, "requests.carried_out", "natural_person");
  assert_true(decimal_add(cell->value, decimal_from(3), &cell->value));
  struct edit_result result = check_years(arena, &then, &now);
  assert_int_equal(result.failures, 1);
  assert_string_equal(result.failure[0].edit->rule, "carried_over");
  assert_string_equal(result.failure[0].edit->category, "natural_person");
  assert_int_equal(decimal_compare(result.failure[0].difference, decimal_from(3)), 0);
  assert_null(result.failure[0].suspect);
  /* an approximate or blank number may be what is asked for */
  cell->status = STATUS_APPROXIMATE_HIGH;
  assert_int_equal(check_years(arena, &then, &now).failures, 0);
  cell->status = STATUS_BLANK;
  assert_int_equal(check_years(arena, &then, &now).failures, 0);
  arena_free(arena);
}

/* What the rules that span years say of a report of 2021 that says NOW after one of 2020 that says
 * THEN. */
static struct edit_result check_told(struct arena *arena, const char *then, const char *now) {
  static const char frame[] = "示例区人民政府%d年政府信息公开工作年度报告\n一、总体情况\n%s\n";
  struct report *before = arena_alloc(arena, sizeof *before),
                *after = arena_alloc(arena, sizeof *after);
  *before = report_from(arena, arena_format(arena, frame, 2020, then));
  *after = report_from(arena, arena_format(arena, frame, 2021, now));
  before->observations.year = 2020;
  after->observations.year = 2021;
  return check_years(arena, before, after);
}

static void a_growth_told_must_follow_from_the_numbers_of_both_years(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *then = "收到政府信息公开申请116件，网站发布信息2500条。";
  struct edit_result right = check_told(
      arena, then, "收到政府信息公开申请150件，同比增长29.3%。网站发布信息2000条，比上年下降20%。");
  assert_int_equal(right.failures, 0);
  assert_string_equal(rules_text(arena, &right),
                      "prose_growth_items_website=1 prose_growth_requests_received=1");
  struct edit_result wrong = check_told(
      arena, then, "收到政府信息公开申请150件，同比增长34.5%。网站发布信息2000条，比上年增长20%。");
  assert_int_equal(wrong.failures, 2);
  assert_string_equal(wrong.failure[0].edit->rule, "prose_growth_items_website");
  const struct edit_failure *failure = &wrong.failure[1];
  assert_string_equal(failure->edit->rule, "prose_growth_requests_received");
  assert_false(failure->edit->is_hard);
  assert_string_equal(
      failure->cells_en,
      "The growth of requests received told in prose must follow from the numbers "
      "told in both years: 2021: Requests received: growth against the year before, "
      "as told in prose 34.5 ≠ 2021: Requests received, as told in prose 150 / 2020: "
      "Requests received, as told in prose 116");
  struct edit_result open = check_told(arena, "收到政府信息公开申请110余件。",
                                       "收到政府信息公开申请150件，同比增长60%。");
  assert_int_equal(open.checked, 0);
  arena_free(arena);
}

static void rules_whose_variables_one_form_lacks_are_not_checked_across_years(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report then = report_with(arena, "提案", "提案"); /* form 2019 */
  struct report now = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  struct edit_result result = check_years(arena, &then, &now);
  assert_int_equal(result.checked, 7); /* what is carried over is in both */
  for (size_t i = 0; i < result.failures; i++)
    assert_string_equal(result.failure[i].edit->rule, "carried_over");
  arena_free(arena);
}

static void a_soft_rule_is_told_and_no_cell_is_blamed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report then = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  struct report now = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  struct observation *in_force = cell_of(&now, "normative_documents.in_force", "");
  assert_true(decimal_add(in_force->value, decimal_from(1000), &in_force->value));
  struct edit_result result = check_years(arena, &then, &now);
  const struct edit_failure *soft = NULL;
  for (size_t i = 0; i < result.failures; i++)
    if (strcmp(result.failure[i].edit->rule, "normative_documents_in_force") == 0)
      soft = &result.failure[i];
  assert_non_null(soft);
  assert_false(soft->edit->is_hard);
  assert_null(soft->suspect);
  arena_free(arena);
}

/* For any one cell of the table changed by any amount: some rule fails, and wherever a suspect is
 * named, changing it to the suggestion mends every rule that it is part of. */
static void a_changed_cell_never_goes_unnoticed(void **state) {
  (void)state;
  uint64_t seed = 20201101;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  size_t tried = 0;
  for (size_t i = 0; i < report.observations.count; i++) {
    struct observation *cell = &report.observations.item[i];
    bool in_table = strncmp(cell->variable, "outcome.", 8) == 0 ||
                    strncmp(cell->variable, "requests.", 9) == 0 ||
                    strncmp(cell->variable, "review.", 7) == 0;
    if (!in_table) continue;
    struct decimal reported = cell->value;
    assert_true(
        decimal_add(reported, decimal_from(1 + (long long)random_below(&seed, 20)), &cell->value));
    struct edit_result result =
        edit_check(arena, the_knowledge()->edit_rules, &report.observations);
    assert_true(result.failures > 0);
    for (size_t j = 0; j < result.failures; j++)
      if (result.failure[j].suspect == cell)
        assert_int_equal(decimal_compare(result.failure[j].suggested, reported), 0);
    cell->value = reported;
    tried++;
  }
  assert_int_equal(tried, 23 * 7 + 5);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_report_that_adds_up_fails_no_rule),
      cmocka_unit_test(a_wrong_cell_is_found_by_the_row_and_the_column_that_share_it),
      cmocka_unit_test(
          a_review_total_that_only_a_negative_count_could_explain_is_itself_the_suspect),
      cmocka_unit_test(where_several_sets_are_smallest_each_is_told_with_its_values),
      cmocka_unit_test(where_several_cells_could_be_wrong_none_is_blamed),
      cmocka_unit_test(a_blank_cell_may_hold_what_is_missing_so_the_rule_does_not_fail),
      cmocka_unit_test(a_blank_cell_cannot_hold_less_than_nothing),
      cmocka_unit_test(an_approximate_number_only_fails_beyond_its_bound),
      cmocka_unit_test(prose_that_contradicts_a_cell_is_told),
      cmocka_unit_test(more_items_taken_away_than_there_were_is_told),
      cmocka_unit_test(a_blank_cell_that_the_sums_determine_is_deduced),
      cmocka_unit_test(nothing_is_deduced_from_a_sum_with_a_cell_in_doubt),
      cmocka_unit_test(what_the_cells_decide_is_deduced_whatever_prose_tells),
      cmocka_unit_test(nothing_is_deduced_from_prose_alone),
      cmocka_unit_test(a_part_that_prose_does_not_tell_is_not_taken_for_zero),
      cmocka_unit_test(a_failure_names_its_cells_and_their_values),
      cmocka_unit_test(two_wrong_cells_are_told_as_one_set),
      cmocka_unit_test(a_value_weighs_as_it_was_read),
      scratch_test(amounts_are_localised_exactly_and_counts_stay_whole),
      scratch_test(what_must_be_at_least_has_no_one_value),
      cmocka_unit_test(what_a_blank_in_the_row_leaves_open_the_column_tells),
      scratch_test(a_fault_too_large_for_floating_point_is_found_in_a_single_cell),
      scratch_test(more_faults_than_are_looked_for_are_told_all_the_same),
      scratch_test(weights_that_are_no_weights_are_refused),
      cmocka_unit_test(years_that_fit_together_fail_no_rule),
      cmocka_unit_test(what_is_carried_out_must_be_carried_in_the_year_after),
      cmocka_unit_test(a_growth_told_must_follow_from_the_numbers_of_both_years),
      cmocka_unit_test(rules_whose_variables_one_form_lacks_are_not_checked_across_years),
      cmocka_unit_test(a_soft_rule_is_told_and_no_cell_is_blamed),
      cmocka_unit_test(a_changed_cell_never_goes_unnoticed),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
