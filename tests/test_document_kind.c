/* Documents that are no report, reports that correct another one, and whose a file seems to be. */
#include "ingest/identity/document_kind.h"

#include "ingest/intake/attribution.h"
#include "tests/reports.h"

/* The reason why a file with TEXT in it gives no report, "" where it gives one. */
static const char *refusal(struct arena *arena, const char *text) {
  struct report report = report_from(arena, text);
  return report.id ? "" : report.reject[0].reason;
}

static void check_refusal(const char *expected, const char *const *texts, size_t count) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < count; i++) {
    const char *got = refusal(arena, texts[i]);
    if (strcmp(got, expected) != 0) fail_msg("'%s' is '%s', not '%s'", texts[i], got, expected);
  }
  arena_free(arena);
}

static void explanations_are_no_reports(void **state) {
  (void)state;
  static const char *const texts[] = {
      "《天桥区人民政府2020年政府信息公开工作年度报告》解读\n2020年，收到申请287件。\n",
      "一图读懂｜天桥区2020年政府信息公开工作年度报告\n",
      "【图解】天桥区2020年政府信息公开年报\n天桥区人民政府2020年政府信息公开工作年度报告\n",
      "【政策解读】解读《天桥区2020年政务信息公开工作年度报告》\n示例。\n",
      "天桥区2020年政府信息公开工作年度报告的图解\n示例。\n",
      "数说天桥区2020年政府信息公开工作年度报告（图）\n示例。\n",
      "《天桥区人民政府2020年政府信息公开工作年度报\n告》解读\n2020年，收到申请287件。\n",
  };
  check_refusal("explanation", texts, sizeof texts / sizeof *texts);
}

static void notices_that_only_link_to_a_report_are_none(void **state) {
  (void)state;
  static const char *const texts[] = {
      "天桥区人民政府关于公布2020年政府信息公开工作年度报告的通知\n"
      "现将天桥区人民政府2020年政府信息公开工作年度报告予以公布。\n"
      "附件：天桥区人民政府2020年政府信息公开工作年度报告\n",
      "关于做好2020年政府信息公开工作年度报告编制发布工作的通知\n各部门：\n",
      "关于发布《天桥区2020年政府信息公开工作年度报告》的公告\n点击查看。\n",
  };
  check_refusal("notice", texts, sizeof texts / sizeof *texts);
}

static void reports_beside_such_links_are_reports(void **state) {
  (void)state;
  static const char *const texts[] = {
      "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n示例。\n"
      "一图读懂天桥区2020年政府信息公开工作年度报告\n",
      "关于公布天桥区2020年政府信息公开工作年度报告的通知\n"
      "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n示例。\n",
      "根据《关于做好2012年政府信息公开工作年度报告有关事项的通知》编制。\n"
      "天桥区人民政府2012年政府信息公开工作年度报告\n一、概述\n示例。\n",
      "天桥区人民政府2009年政府信息公开工作年度报告\n示例。\n解读回应。\n",
      "一图读懂\n政策解读\n天桥区人民政府2020年政府信息公开工作年度报告\n示例。\n",
  };
  check_refusal("", texts, sizeof texts / sizeof *texts);
}

static void check_corrected(bool expected, const char *const *texts, size_t count) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < count; i++) {
    struct report report = report_from(arena, texts[i]);
    if (!report.id || strcmp(report.id, "370105-2020") != 0)
      fail_msg("'%s' is %s", texts[i], report.id ? report.id : "no report");
    if (report.is_corrected != expected) fail_msg("'%s'", texts[i]);
  }
  arena_free(arena);
}

static void a_reissue_says_so_in_its_title_or_beside_the_report(void **state) {
  (void)state;
  static const char *const texts[] = {
      "天桥区人民政府2020年政府信息公开工作年度报告（更正）\n一、总体情况\n示例。\n",
      "天桥区人民政府2020年政府信息公开工作年度报告【修订版】\n一、总体情况\n示例。\n",
      "天桥区人民政府\n2020年政府信息公开工作年度报告(更新版)\n一、总体情况\n示例。\n",
      "【重新发布】天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n示例。\n",
      "天桥区人民政府2020年政府信息公开工作年度报告修订版\n一、总体情况\n示例。\n",
      "天桥区人民政府2020年政府信息公开工作年度报告\n因统计有误，本报告于2021年4月1日更正。\n"
      "一、总体情况\n示例。\n二、主动公开\n示例。\n三、申请\n示例。\n",
      "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n示例。\n二、主动公开\n示例。\n"
      "更正说明：表二合计已改。\n2021年4月1日\n",
  };
  check_corrected(true, texts, sizeof texts / sizeof *texts);
}

static void corrections_of_other_things_are_no_reissue(void **state) {
  (void)state;
  static const char *const texts[] = {
      "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n修订信息公开指南，更新目录。\n"
      "重新发布规范性文件3件。\n行政机关纠正2件。\n五、问题\n无。\n六、其他\n无。\n",
      "天桥区人民政府2020年政府信息公开工作年度报告\n如有疑问，本报告若需更正将另行公布。\n"
      "一、总体情况\n示例。\n",
  };
  check_corrected(false, texts, sizeof texts / sizeof *texts);
}

static void a_path_tells_division_and_year_or_nothing(void **state) {
  (void)state;
  static const struct {
    const char *path, *division;
    int year;
  } examples[] = {
      {"in/370105-2020.pdf", "370105", 2020},
      {"in/370105/2021/年报.doc", "370105", 2021},
      {"济南市天桥区人民政府2017年政府信息公开工作年度报告.pdf", "370105", 2017},
      {"2021/济南市天桥区人民政府2020年政府信息公开工作年度报告.pdf", "370105", 2020},
      {"in/370105/2021-03-31.pdf", "370105", 0},
      {"in/370105/20210331.pdf", "370105", 0},
      {"2019/a/b/370105/x.pdf", "370105", 2019},
      {"in/999999-2020.pdf", "", 2020},
      {"in/report.pdf", "", 0},
      {"", "", 0},
      {"in/\xff\xfe-2020.pdf", "", 2020},
      {"archive.zip/370105/2020.pdf", "370105", 2020},
  };
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    struct attribution got = attribution_of(the_knowledge(), arena, examples[i].path);
    if (strcmp(got.division, examples[i].division) != 0 || got.year != examples[i].year)
      fail_msg("'%s' gives %s, %d", examples[i].path, got.division, got.year);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(explanations_are_no_reports),
      cmocka_unit_test(notices_that_only_link_to_a_report_are_none),
      cmocka_unit_test(reports_beside_such_links_are_reports),
      cmocka_unit_test(a_reissue_says_so_in_its_title_or_beside_the_report),
      cmocka_unit_test(corrections_of_other_things_are_no_reissue),
      cmocka_unit_test(a_path_tells_division_and_year_or_nothing),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
