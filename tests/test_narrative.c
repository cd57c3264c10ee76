/* Indicators told in prose. */
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/prose/narrative.h"
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

/* What a file of sentences shows. */
struct showing {
  struct arena *arena;
  const char *title;
  size_t sentences, wrong;          /* sentences */
  size_t expected, right, mistaken; /* values */
};

static struct report report_of(struct arena *arena, const char *title, const char *sentence) {
  return report_from(arena, arena_format(arena, "%s\n一、总体情况\n%s\n", title, sentence));
}

static bool check_sentence(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)failure;
  struct showing *showing = context;
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

static void every_sentence_gives_its_value_and_no_other(void **state) {
  (void)state;
  static const char *const columns[] = {"sentence", "variable", "value", NULL};
  struct showing showing = {0};
  struct failure failure = {""};
  if (!csv_read("tests/fixtures/prose.csv", columns, check_sentence, &showing, &failure))
    fail_msg("%s", failure.text);
  assert_true(showing.sentences >= 430);
  assert_int_equal(showing.wrong, 0);
}

/* ---- the examples beside the rules ---- */

struct shown_rule {
  const char *rule;
  size_t values, absences;
};

struct examples {
  struct arena *arena;
  LIST_OF(struct shown_rule) rules;
  size_t wrong;
};

static bool note_rule(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct examples *examples = context;
  *list_add(examples->arena, &examples->rules) =
      (struct shown_rule){.rule = arena_text(examples->arena, f[0])};
  return true;
}

/* What RULE took from REPORT, "" where nothing. */
static const char *taken_by(struct arena *arena, const struct report *report, const char *rule) {
  for (size_t i = 0; i < report->observations.count; i++) {
    const struct observation *o = &report->observations.item[i];
    if (o->provenance.rule && strcmp(o->provenance.rule, rule) == 0)
      return value_of(arena, report, o->variable, o->category);
  }
  return "";
}

static bool check_example(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)failure;
  struct examples *examples = context;
  struct arena *arena = arena_new();
  struct report report = report_of(arena, "示例区人民政府2023年政府信息公开工作年度报告", f[1]);
  const char *got = taken_by(arena, &report, f[0]);
  if (strcmp(got, f[2]) != 0) {
    print_error("prose_examples.csv:%zu: %s takes '%s' from '%s', not '%s'\n", line, f[0], got,
                f[1], f[2]);
    examples->wrong++;
  }
  for (size_t i = 0; i < examples->rules.count; i++)
    if (strcmp(examples->rules.item[i].rule, f[0]) == 0)
      *(*f[2] ? &examples->rules.item[i].values : &examples->rules.item[i].absences) += 1;
  arena_free(arena);
  return true;
}

static void every_rule_takes_its_example_and_holds_back_from_its_counterexample(void **state) {
  (void)state;
  static const char *const rule_columns[] = {"rule", NULL};
  static const char *const columns[] = {"rule", "sentence", "value", NULL};
  struct examples examples = {.arena = arena_new()};
  struct failure failure = {""};
  if (!csv_read("datasets/rules/prose_rules.csv", rule_columns, note_rule, &examples, &failure) ||
      !csv_read("datasets/rules/prose_examples.csv", columns, check_example, &examples, &failure))
    fail_msg("%s", failure.text);
  for (size_t i = 0; i < examples.rules.count; i++) {
    const struct shown_rule *shown = &examples.rules.item[i];
    if (shown->values && shown->absences) continue;
    print_error("%s: %zu examples, %zu counterexamples\n", shown->rule, shown->values,
                shown->absences);
    examples.wrong++;
  }
  assert_int_equal(examples.wrong, 0);
  arena_free(examples.arena);
}

/* ---- the corpus ---- */

/* `variable=value` or `variable/category=value`, without the `narrative.` of most. */
static const char *told_as(struct arena *arena, const struct report *report,
                           const struct observation *o) {
  const char *id = strncmp(o->variable, "narrative.", 10) == 0 ? o->variable + 10 : o->variable;
  const char *value = value_of(arena, report, o->variable, o->category);
  if (*value == '(') value = status_name(o->status);
  return arena_format(arena, "%s%s%s=%s", id, *o->category ? "/" : "", o->category, value);
}

/* How many of the values of REPORT stand in EXPECTED, words parted by blanks. */
static size_t count_right(struct arena *arena, const struct report *report, const char *expected) {
  const char *padded = arena_format(arena, " %s ", expected);
  size_t right = 0;
  for (size_t i = 0; i < report->observations.count; i++) {
    const char *told = told_as(arena, report, &report->observations.item[i]);
    right += strstr(padded, arena_format(arena, " %s ", told)) != NULL;
  }
  return right;
}

static size_t count_words(const char *text) {
  size_t words = 0;
  for (const char *c = text; *c; c++) words += *c != ' ' && (c == text || c[-1] == ' ');
  return words;
}

static bool check_all_values(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  (void)failure;
  struct showing *showing = context;
  struct arena *arena = arena_new();
  struct report report = report_of(arena, showing->title, f[0]);
  size_t expected = count_words(f[1]), right = count_right(arena, &report, f[1]);
  showing->sentences++;
  showing->expected += expected;
  showing->right += right;
  showing->mistaken += report.observations.count - right;
  if (right < expected || right < report.observations.count) {
    print_message("line %zu: '%s' gives %zu of %zu values, and %zu others\n", line, f[0], right,
                  expected, report.observations.count - right);
    showing->wrong++;
  }
  arena_free(arena);
  return true;
}

static struct showing show(const char *path, const char *title) {
  static const char *const columns[] = {"sentence", "values", NULL};
  struct showing showing = {.title = title};
  struct failure failure = {""};
  if (!csv_read(path, columns, check_all_values, &showing, &failure)) fail_msg("%s", failure.text);
  return showing;
}

static void the_corpus_is_read_with_a_precision_of_99_5_and_a_recall_of_95_percent(void **state) {
  (void)state;
  struct showing showing =
      show("tests/fixtures/prose_corpus.csv", "示例区人民政府2023年政府信息公开工作年度报告");
  assert_true(showing.sentences >= 600);
  assert_true(1000 * showing.right >= 995 * (showing.right + showing.mistaken));
  assert_true(100 * showing.right >= 95 * showing.expected);
}

static void the_cases_that_once_failed_are_read(void **state) {
  (void)state;
  struct showing showing =
      show("tests/fixtures/prose_cases.csv", "示例区人民政府2023年政府信息公开工作年度报告");
  assert_int_equal(showing.sentences, 61);
  assert_int_equal(showing.wrong, 0);
}

static void an_office_tells_its_own_numbers(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *sentence = "区政府办公室共收到11份政府信息公开申请。";
  struct report office =
      report_of(arena, "示例区人民政府办公室2023年政府信息公开工作年度报告", sentence);
  struct report government =
      report_of(arena, "示例区人民政府2023年政府信息公开工作年度报告", sentence);
  assert_string_equal(value_of(arena, &office, "narrative.requests_received", ""), "11");
  assert_string_equal(value_of(arena, &government, "narrative.requests_received", ""), "(absent)");
  arena_free(arena);
}

/* ---- quantities ---- */

/* The quantity that is printed so; the test fails where there is none. */
static const struct quantity *quantity_of(const struct report *report, const char *printed) {
  for (size_t i = 0; i < report->quantities; i++)
    if (strcmp(report->quantity[i].printed, printed) == 0) return &report->quantity[i];
  fail_msg("'%s' is no quantity", printed);
  return NULL;
}

static void check_quantity(const struct report *report, const char *printed, const char *what,
                           const char *kind, const char *reason) {
  const struct quantity *quantity = quantity_of(report, printed);
  if (!quantity) return;
  assert_string_equal(quantity->what, what);
  assert_string_equal(quantity->kind, kind);
  assert_string_equal(quantity->reason, reason);
}

static void every_number_is_told_with_what_it_is(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(
      arena, "2020年收到政府信息公开申请48件，其中网上申请30件，占62.5%；2019年收到政府信息公开申请"
             "40件；计划举办政务公开培训9期；平均办理12个工作日，2020年全程网办率由85%提升至95%。");
  check_quantity(&report, "48件", "request", "level", "");
  assert_string_equal(quantity_of(&report, "30件")->channel, "online");
  assert_string_equal(quantity_of(&report, "30件")->of, "request");
  check_quantity(&report, "30件", "", "part", "");
  check_quantity(&report, "62.5%", "", "share", "share");
  check_quantity(&report, "40件", "request", "level", "other_year");
  assert_string_equal(quantity_of(&report, "40件")->period, "2019");
  check_quantity(&report, "9期", "training", "plan", "plan");
  check_quantity(&report, "85%", "online_rate", "before", "level_before");
  check_quantity(&report, "95%", "online_rate", "level", "");
  assert_int_equal(report.quantities, 8);
  arena_free(arena);
}

static void a_list_of_areas_is_a_distribution(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(
      arena, "发布“双随机、一公开”监管方面信息20条、重大建设项目方面信息62条、其他信息3条。");
  assert_string_equal(value_of(arena, &report, "key_area.items", "“双随机、一公开”监管"), "20");
  assert_string_equal(value_of(arena, &report, "key_area.items", "重大建设项目"), "62");
  assert_string_equal(value_of(arena, &report, "key_area.items", "其他"), "3");
  const char *names = "";
  for (size_t i = 0; i < report.observations.count; i++)
    names = arena_format(arena, "%s %s", names, report.area[i]);
  assert_string_equal(names, " random_inspection other major_projects");
  struct report lone = report_saying(arena, "发布重大建设项目方面信息62条。");
  assert_string_equal(value_of(arena, &lone, "key_area.items", "重大建设项目"), "(absent)");
  arena_free(arena);
}

static const struct edit_failure *failure_of(const struct report *report, const char *rule) {
  for (size_t i = 0; i < report->edits.failures; i++)
    if (strcmp(report->edits.failure[i].edit->rule, rule) == 0) return &report->edits.failure[i];
  return NULL;
}

static void three_named_sorts_of_information_in_a_row_are_areas(void **state) {
  (void)state;
  const char *list = "公开“三公”经费信息132条、旅游信息87条、环境保护信息54条。";
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, list);
  assert_string_equal(value_of(arena, &report, "key_area.items", "“三公”经费"), "132");
  assert_string_equal(value_of(arena, &report, "key_area.items", "旅游"), "87");
  struct report two = report_saying(arena, "公开旅游信息87条、环境保护信息54条。");
  assert_string_equal(value_of(arena, &two, "key_area.items", "旅游"), "(absent)");
  struct report mixed = report_saying(arena, "公开旅游信息87条、微信信息54条、网站信息12条。");
  assert_string_equal(value_of(arena, &mixed, "key_area.items", "旅游"), "(absent)");
  arena_free(arena);
}

static void a_chart_and_prose_that_differ_are_told_and_none_is_taken(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(
      arena,
      "发布教育方面信息20条、就业方面信息62条。\n重点领域信息统计\n信息数\t教育\t就业\t20\t61\t");
  bool has_chart = false;
  for (size_t i = 0; i < report.observations.count; i++)
    has_chart |= report.observations.item[i].provenance.read_by == READ_BY_CHART;
  if (!has_chart) skip();
  assert_string_equal(value_of(arena, &report, "key_area.items", "教育"), "20");
  assert_string_equal(value_of(arena, &report, "key_area.items", "就业"), "(absent)");
  assert_true(was_rejected(&report, "conflicting_value"));
  arena_free(arena);
}

/* The report that a page with ROWS of a table below PROSE gives. */
static struct report report_with_table(struct scratch *scratch, const char *prose,
                                       const char *rows) {
  const char *page = arena_format(
      scratch->arena,
      "<meta charset=utf-8><h1>示例区人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
      "<p>%s</p><table>%s</table>",
      prose, rows);
  scratch_file(scratch, "report.html", page);
  return report_at(scratch->arena, arena_format(scratch->arena, "%s/report.html", scratch->folder));
}

static void a_table_of_areas_is_read_in_either_direction(void **state) {
  struct scratch *scratch = *state;
  struct arena *arena = scratch->arena;
  struct report down =
      report_with_table(scratch, "",
                        "<tr><th>序号<th>领域<th>条数（条）<th>占比<tr><td>1<td>教育<td>22<td>41%"
                        "<tr><td>2<td>就业<td>31<td>59%<tr><td><td>合计<td>53<td>100%");
  assert_string_equal(value_of(arena, &down, "key_area.items", "教育"), "22");
  assert_string_equal(value_of(arena, &down, "key_area.items", "合计"), "(absent)");
  assert_int_equal(down.observations.count, 2);
  struct report across = report_with_table(
      scratch, "", "<tr><td>重点领域<td>教育<td>就业<tr><td>信息条数<td>22<td>31");
  assert_string_equal(value_of(arena, &across, "key_area.items", "就业"), "31");
  struct report other =
      report_with_table(scratch, "", "<tr><td>领域<td>面积<tr><td>教育<td>22<tr><td>就业<td>31");
  assert_int_equal(other.observations.count, 0);
}

static void prose_that_differs_from_a_table_of_areas_fails_a_soft_rule(void **state) {
  struct scratch *scratch = *state;
  struct report report = report_with_table(
      scratch, "发布教育领域信息20条、就业领域信息31条。",
      "<tr><th>领域<th>条数<tr><td>教育<td>22<tr><td>就业<td>31<tr><td>养老<td>5");
  const struct edit_failure *failure = failure_of(&report, "key_area_sources");
  assert_non_null(failure);
  assert_false(failure->edit->is_hard);
  assert_string_equal(failure->edit->category, "教育");
  assert_non_null(
      strstr(failure->cells_en, "教育 20 (paragraph 3) ≠ 22 (table 1, row 2, column 2)"));
  assert_string_equal(value_of(scratch->arena, &report, "key_area.items", "教育"), "(absent)");
  assert_string_equal(value_of(scratch->arena, &report, "key_area.items", "就业"), "31");
  assert_true(was_rejected(&report, "conflicting_value"));
}

static void a_share_is_confronted_with_its_counts(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report wrong =
      report_saying(arena, "共受理政府信息公开申请805件，其中通过网络提交申请258件，占33.9%。");
  const struct edit_failure *failure = failure_of(&wrong, "prose_share");
  assert_non_null(failure);
  assert_false(failure->edit->is_hard);
  assert_non_null(strstr(failure->cells_zh, "258／805＝32.049%"));
  struct report right = report_saying(
      arena,
      "共受理政府信息公开申请805件，其中通过网络提交申请258件，占32%，信函申请15件，占1.9%。");
  assert_null(failure_of(&right, "prose_share"));
  assert_int_equal(right.edits.checked, wrong.edits.checked + 1);
  arena_free(arena);
}

static void a_change_is_a_variable_of_its_own(void **state) {
  (void)state;
  check("收到政府信息公开申请48件，较上年减少3件。", "narrative.requests_received_change", "-3");
  check("收到政府信息公开申请48件，同比增加5件。", "narrative.requests_received_change", "5");
  check("收到政府信息公开申请48件，同比增加5件。", "narrative.requests_received", "48");
}

static void a_growth_is_against_the_year_before_and_of_the_number_before_it(void **state) {
  (void)state;
  const char *growth = "narrative.requests_received_growth";
  check("收到政府信息公开申请48件，同比增长29.3%。", growth, "29.3");
  check("收到政府信息公开申请48件，与去年相比下降5%。", growth, "-5");
  check("收到政府信息公开申请48件、办结45件，分别同比增长20%、15%。", growth, "20");
  check("收到政府信息公开申请48件，较2018年增长29.3%。", growth, "(absent)");
  check("收到政府信息公开申请48件，环比增长29.3%。", growth, "(absent)");
  check("收到政府信息公开申请48件，其中网上申请30件，同比增长10%。", growth, "(absent)");
  check("收到政府信息公开申请48件，网上申请量同比增长10%。", growth, "(absent)");
}

static void several_numbers_in_turn_take_the_names_in_their_order(void **state) {
  (void)state;
  check("人大建议和政协提案分别为3件和5件。", "narrative.npc_suggestions", "3");
  check("人大建议和政协提案分别为3件和5件。", "narrative.cppcc_proposals_received", "5");
  check("分别举办培训和新闻发布会3次、5场。", "narrative.press_conferences", "5");
  check("制发、废止规范性文件分别为4件、2件。", "narrative.normative_documents_repealed", "2");
  check("分别办理12件人大建议和31件政协提案。", "narrative.npc_suggestions", "12");
  check("市、区两级分别收到政府信息公开申请30件、48件。", "narrative.requests_received",
        "(absent)");
  check("2019年、2020年分别收到政府信息公开申请30件、48件。", "narrative.requests_received",
        "(absent)");
  check("网站、微信公众号和微博分别发布信息30条、48条。", "narrative.items_website", "(absent)");
}

static void shares_in_turn_are_of_the_numbers_before_them(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(
      arena, "共公开信息10条，其中通过网站公开6条、通过微信公开4条，分别占60%、50%。");
  const struct edit_failure *failure = failure_of(&report, "prose_share");
  assert_non_null(failure);
  assert_non_null(strstr(failure->cells_zh, "50%，4／10＝40%"));
  assert_int_equal(report.edits.failures, 1);
  arena_free(arena);
}

static void what_follows_a_comma_behind_a_number_is_of_the_next(void **state) {
  (void)state;
  const char *sentence = "办理信箱来信22件、12345热线来件731件、人大代表建议107件、政协提案149件。";
  check(sentence, "narrative.npc_suggestions", "107");
  check(sentence, "narrative.cppcc_proposals_received", "149");
}

static void brackets_without_a_number_only_explain(void **state) {
  (void)state;
  check("受理12345热线（市长热线）办件2205件。", "narrative.hotline_calls", "2205");
  check("收到人大代表建议（含重点督办件）12件。", "narrative.npc_suggestions", "12");
  check("收到政府信息公开申请（上年结转4件）52件。", "narrative.requests_received", "(absent)");
}

static void a_verb_behind_a_column_says_where_something_was_published(void **state) {
  (void)state;
  check("通过局政务公开专栏公开政府信息16条。", "narrative.items_disclosed", "16");
  check("通过门户网站审计信息栏目发布信息20条。", "narrative.items_website", "20");
  check("专题专栏维护数量14个。", "narrative.special_columns_maintained", "14");
}

static void the_field_in_the_name_of_an_organ_is_none(void **state) {
  (void)state;
  check("区教育局通过微信公众号发布信息104条。", "narrative.items_wechat", "104");
  check("区卫生健康局通过微信公众号发布信息104条。", "narrative.items_wechat", "104");
  check("教育方面通过微信公众号发布信息104条。", "narrative.items_wechat", "(absent)");
}

static void the_name_of_a_channel_is_not_unknown(void **state) {
  (void)state;
  check("公开政府信息165条，其中通过甲乙县人民政府网站公开106条。", "narrative.items_website",
        "106");
}

static void a_noun_that_no_rule_knows_is_what_its_number_counts(void **state) {
  (void)state;
  check("通过门户网站主动公开工作动态33条。", "narrative.items_website", "(absent)");
  check("通过门户网站主动公开工作动态等信息33条。", "narrative.items_website", "33");
}

static void headings_say_what_stands_below_them_is_about(void **state) {
  (void)state;
  check("收到行政复议申请10件。", "narrative.reviews", "(absent)");
  check("无。\n四、因政府信息公开申请行政复议、提起行政诉讼的情况\n收到行政复议申请10件，行政诉讼0"
        "件。",
        "narrative.reviews", "10");
  check("无。\n四、政府信息公开行政复议、行政诉讼情况：均为零。", "narrative.lawsuits", "0");
  check("无。\n四、信息公开复议情况\n无。\n五、执法工作情况\n收到行政复议申请10件。",
        "narrative.reviews", "(absent)");
}

static void what_brackets_say_ends_with_them(void **state) {
  (void)state;
  const char *sentence = "2020年收到政府信息公开申请218件（2019年为241件），办结221件。";
  check(sentence, "narrative.requests_concluded", "221");
  check("疫情期间（1月至4月）召开新闻发布会11场。", "narrative.press_conferences", "(absent)");
}

static void what_something_is_about_is_not_what_is_counted(void **state) {
  (void)state;
  check("围绕疫情防控召开新闻发布会21场。", "narrative.press_conferences", "21");
  check("召开疫情防控新闻发布会21场。", "narrative.press_conferences", "(absent)");
}

static void one_of_each_thing_is_one_of_each(void **state) {
  (void)state;
  check("涉及政府信息公开的行政复议、行政诉讼各1件。", "narrative.reviews", "1");
  check("涉及政府信息公开的行政复议、行政诉讼各1件。", "narrative.lawsuits", "1");
}

static void a_department_does_not_speak_for_its_whole_area(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *sentence = "全区共收到政府信息公开申请312件，全程网办率98%。";
  struct report bureau = report_of(arena, "示例区财政局2023年政府信息公开工作年度报告", sentence);
  struct report government =
      report_of(arena, "示例区人民政府2023年政府信息公开工作年度报告", sentence);
  assert_string_equal(value_of(arena, &bureau, "narrative.requests_received", ""), "(absent)");
  assert_string_equal(value_of(arena, &bureau, "narrative.online_processing_rate", ""), "98");
  assert_string_equal(value_of(arena, &government, "narrative.requests_received", ""), "312");
  arena_free(arena);
}

static void a_plan_for_the_whole_year_is_a_plan(void **state) {
  (void)state;
  check("计划全年举办政务公开培训4次。", "narrative.training_sessions", "(absent)");
  check("预计全年举办政务公开培训4次。", "narrative.training_sessions", "(absent)");
  check("计划2021年举办培训5次，2020年举办培训2次。", "narrative.training_sessions", "2");
}

static void what_something_is_done_to_is_not_all_of_it(void **state) {
  (void)state;
  check("对12期政府公报进行数字化。", "narrative.gazette_issues", "(absent)");
  check("对3件申请作出不予公开答复。", "narrative.requests_denied", "3");
}

static void a_number_broken_over_lines_is_one_number(void **state) {
  (void)state;
  check("全年共收到政府信息公开申请1\n2件。", "narrative.requests_received", "(absent)");
  check("全年共收到政府信息公开申请12\n件，均已答复。", "narrative.requests_received", "12");
  check("2020年，全区各级机关共收到政府信息公开申请\n12件，均已答复。",
        "narrative.requests_received", "12");
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

/* What a paragraph that says a number gives: how many quantities and rejects. */
static void check_order(bool order_unknown, size_t quantities, size_t rejects) {
  struct arena *arena = arena_new();
  struct document document = {.arena = arena};
  struct block *block = document_add(&document, BLOCK_PARAGRAPH);
  block->text = "收到政府信息公开申请21件。";
  block->order_unknown = order_unknown;
  struct findings findings = {.arena = arena};
  const struct setting setting = {.year = 2020, .organ = "天桥区人民政府"};
  prose_read(the_knowledge()->prose_rules, &document, 0, 1, &setting, &findings);
  assert_int_equal(findings.quantities.count, quantities);
  assert_int_equal(findings.rejects.count, rejects);
  if (rejects) assert_string_equal(findings.rejects.item[0].reason, "order_unknown");
  arena_free(arena);
}

static void text_whose_order_is_unknown_gives_no_value_and_is_told(void **state) {
  (void)state;
  check_order(false, 1, 0);
  check_order(true, 0, 1);
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
  const char *folder = arena_format(scratch->arena, "%s/rules", scratch->folder);
  mkdir(folder, 0700);
  scratch_file(scratch, "rules/prose_lexicon.csv",
               "role,concept,word\nwhat,gazette,公报\naction,edited,编印\n");
  scratch_file(scratch, "rules/prose_rules.csv",
               arena_format(scratch->arena,
                            "rule,variable,what,action,channel,whom,detail,of,units,may,restates\n"
                            "%s\n",
                            row));
  const struct knowledge *knowledge = the_knowledge();
  mkdir(arena_format(scratch->arena, "%s/forms", scratch->folder), 0700);
  scratch_file(scratch, "forms/key_areas.csv", "area\nother\n");
  scratch_file(scratch, "rules/key_area_words.csv", "word,area\n其他,other\n");
  struct prose_rules *rules = prose_rules_load(scratch->arena, scratch->folder, knowledge->codebook,
                                               knowledge->numerals, &scratch->failure);
  return rules ? "" : scratch->failure.text;
}

static void a_broken_rule_is_refused_with_the_reason(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    const char *row, *reason;
  } cases[] = {
      {"a,narrative.gazette_issues,gazette,-|edited,,,,,期,part,", ""},
      {"a,narrative.no_such,gazette,,,,,,期,,", "no variable 'narrative.no_such'"},
      {"a,narrative.gazette_issues,gazete,,,,,,期,,", "no concept 'gazete'"},
      {"a,narrative.gazette_issues,gazette,,,,,,公里,,", "does not turn '公里' into '期'"},
      {"a,narrative.gazette_issues,gazette,,,,,,期,sometimes,",
       "'sometimes' is nothing that a rule"},
      {",narrative.gazette_issues,gazette,,,,,,期,,", "needs a name"},
      {"a,narrative.gazette_issues,gazette,,,,,,期,,\na,narrative.gazette_issues,gazette,,,,,,期,,",
       "stands twice"},
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
      cmocka_unit_test(every_sentence_gives_its_value_and_no_other),
      cmocka_unit_test(every_rule_takes_its_example_and_holds_back_from_its_counterexample),
      cmocka_unit_test(the_corpus_is_read_with_a_precision_of_99_5_and_a_recall_of_95_percent),
      cmocka_unit_test(the_cases_that_once_failed_are_read),
      cmocka_unit_test(every_number_is_told_with_what_it_is),
      cmocka_unit_test(a_list_of_areas_is_a_distribution),
      cmocka_unit_test(a_chart_and_prose_that_differ_are_told_and_none_is_taken),
      cmocka_unit_test(three_named_sorts_of_information_in_a_row_are_areas),
      scratch_test(a_table_of_areas_is_read_in_either_direction),
      scratch_test(prose_that_differs_from_a_table_of_areas_fails_a_soft_rule),
      cmocka_unit_test(a_share_is_confronted_with_its_counts),
      cmocka_unit_test(an_office_tells_its_own_numbers),
      cmocka_unit_test(a_change_is_a_variable_of_its_own),
      cmocka_unit_test(a_growth_is_against_the_year_before_and_of_the_number_before_it),
      cmocka_unit_test(several_numbers_in_turn_take_the_names_in_their_order),
      cmocka_unit_test(shares_in_turn_are_of_the_numbers_before_them),
      cmocka_unit_test(what_follows_a_comma_behind_a_number_is_of_the_next),
      cmocka_unit_test(brackets_without_a_number_only_explain),
      cmocka_unit_test(a_verb_behind_a_column_says_where_something_was_published),
      cmocka_unit_test(the_field_in_the_name_of_an_organ_is_none),
      cmocka_unit_test(the_name_of_a_channel_is_not_unknown),
      cmocka_unit_test(a_noun_that_no_rule_knows_is_what_its_number_counts),
      cmocka_unit_test(headings_say_what_stands_below_them_is_about),
      cmocka_unit_test(what_brackets_say_ends_with_them),
      cmocka_unit_test(what_something_is_about_is_not_what_is_counted),
      cmocka_unit_test(one_of_each_thing_is_one_of_each),
      cmocka_unit_test(a_department_does_not_speak_for_its_whole_area),
      cmocka_unit_test(a_plan_for_the_whole_year_is_a_plan),
      cmocka_unit_test(what_something_is_done_to_is_not_all_of_it),
      cmocka_unit_test(a_number_broken_over_lines_is_one_number),
      cmocka_unit_test(the_same_indicator_is_found_in_different_wordings),
      cmocka_unit_test(counts_of_other_years_and_changes_are_not_this_years_value),
      cmocka_unit_test(text_whose_order_is_unknown_gives_no_value_and_is_told),
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
