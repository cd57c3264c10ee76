/* Reads what pages are written from. Knows columns, and no page. */
#include "brief/facts/material.h"

#include <stdlib.h>
#include <string.h>

#include "brief/page/address.h"
#include "core/base/file_name.h"
#include "core/base/word_list.h"
#include "core/model/report_id.h"
#include "core/model/report_year.h"

enum { COLUMNS_MOST = 18 };

struct material_file {
  const char *folder, *name;
  size_t keys;
  const char *column[COLUMNS_MOST + 1]; /* its name at its place in a row */
};

static const struct material_file files[TABLES] = {
    [TABLE_REPORTS] = {"dataset",
                       "reports.csv",
                       1,
                       {[REPORT_ID] = "report_id",
                        [REPORT_DIVISION] = "division",
                        [REPORT_ORGAN] = "organ",
                        [REPORT_YEAR] = "year",
                        [REPORT_FORMS] = "forms",
                        [REPORT_SOURCE] = "source",
                        [REPORT_KIND] = "?organ_kind"}},
    [TABLE_OBSERVATIONS] = {"dataset",
                            "observations.csv",
                            3,
                            {[VALUE_REPORT] = "report_id",
                             [VALUE_VARIABLE] = "variable",
                             [VALUE_CATEGORY] = "category",
                             [VALUE_VALUE] = "value",
                             [VALUE_STATUS] = "status",
                             [VALUE_PLACE_KIND] = "?place_kind",
                             [VALUE_PAGE] = "?page",
                             [VALUE_PLACE_NUMBER] = "?place_number",
                             [VALUE_ROW] = "?row",
                             [VALUE_COLUMN] = "?column",
                             [VALUE_POINT] = "?point"}},
    [TABLE_FAILURES] = {"dataset",
                        "edit_failures.csv",
                        1,
                        {[FAILURE_REPORT] = "report_id",
                         [FAILURE_RULE] = "rule",
                         [FAILURE_CATEGORY] = "category",
                         [FAILURE_DIFFERENCE] = "difference",
                         [FAILURE_SUSPECT] = "suspect",
                         [FAILURE_SUSPECT_CATEGORY] = "?suspect_category",
                         [FAILURE_SUGGESTED] = "suggested",
                         [FAILURE_SEVERITY] = "severity",
                         [FAILURE_MESSAGE + LANGUAGE_ZH] = "message_zh",
                         [FAILURE_MESSAGE + LANGUAGE_EN] = "message_en"}},
    [TABLE_REJECTS] = {"dataset",
                       "rejects.csv",
                       2,
                       {[REJECT_DIVISION] = "division",
                        [REJECT_YEAR] = "year",
                        [REJECT_SOURCE] = "source",
                        [REJECT_REASON] = "reason",
                        [REJECT_DETAIL] = "detail"}},
    [TABLE_DUPLICATES] = {"dataset",
                          "duplicates.csv",
                          1,
                          {[DUPLICATE_REPORT] = "report_id",
                           [DUPLICATE_VARIABLE] = "variable",
                           [DUPLICATE_CATEGORY] = "category",
                           [DUPLICATE_KEPT] = "kept_value",
                           [DUPLICATE_OTHER] = "other_value",
                           [DUPLICATE_OTHER_SOURCE] = "other_source"}},
    [TABLE_COVERAGE] = {"dataset",
                        "coverage.csv",
                        2,
                        {[COVERAGE_DIVISION] = "division",
                         [COVERAGE_YEAR] = "year",
                         [COVERAGE_STATE] = "state",
                         [COVERAGE_WITHIN] = "within"}},
    [TABLE_INDICATORS] = {"analysis",
                          "indicators.csv",
                          3,
                          {[INDICATOR_REPORT] = "report_id",
                           [INDICATOR_NAME] = "indicator",
                           [INDICATOR_CATEGORY] = "category",
                           [INDICATOR_NUMERATOR] = "numerator",
                           [INDICATOR_DENOMINATOR] = "denominator",
                           [INDICATOR_ESTIMATE] = "estimate",
                           [INDICATOR_LOWER] = "lower",
                           [INDICATOR_UPPER] = "upper",
                           [INDICATOR_FLAGS] = "flags",
                           [INDICATOR_BOUND_LOWER] = "?bound_lower",
                           [INDICATOR_BOUND_UPPER] = "?bound_upper",
                           [INDICATOR_REPAIR_LOWER] = "?repair_lower",
                           [INDICATOR_REPAIR_UPPER] = "?repair_upper"}},
    [TABLE_CHANGES] = {"analysis",
                       "changes.csv",
                       5,
                       {[CHANGE_DIVISION] = "division",
                        [CHANGE_ORGAN] = "organ",
                        [CHANGE_YEAR] = "year",
                        [CHANGE_INDICATOR] = "indicator",
                        [CHANGE_CATEGORY] = "category",
                        [CHANGE_PREVIOUS] = "previous",
                        [CHANGE_DIFFERENCE] = "difference",
                        [CHANGE_LOWER] = "lower",
                        [CHANGE_UPPER] = "upper",
                        [CHANGE_FLAGS] = "flags",
                        [CHANGE_Q_VALUE] = "q_value",
                        [CHANGE_UNDER_REPAIRS] = "?under_repairs"}},
    [TABLE_COMPARISONS] = {"analysis",
                           "comparisons.csv",
                           5,
                           {[COMPARISON_YEAR] = "year",
                            [COMPARISON_DIVISION] = "division",
                            [COMPARISON_ORGAN] = "organ",
                            [COMPARISON_INDICATOR] = "indicator",
                            [COMPARISON_CATEGORY] = "category",
                            [COMPARISON_RANK] = "rank",
                            [COMPARISON_OF] = "of",
                            [COMPARISON_RANK_LOWER] = "rank_lower",
                            [COMPARISON_RANK_UPPER] = "rank_upper",
                            [COMPARISON_LOWER] = "lower_95",
                            [COMPARISON_FLAG] = "flag",
                            [COMPARISON_ADJUSTED_LOWER] = "adjusted_lower_95",
                            [COMPARISON_ADJUSTED_FLAG] = "adjusted_flag",
                            [COMPARISON_Q_VALUE] = "q_value"}},
    [TABLE_QUALITY] = {"analysis",
                       "quality.csv",
                       1,
                       {[QUALITY_REPORT] = "report_id",
                        [QUALITY_CHECKED] = "edits_checked",
                        [QUALITY_FAILED] = "edits_failed",
                        [QUALITY_CELLS] = "cells",
                        [QUALITY_BLANK] = "blank",
                        [QUALITY_UNREADABLE] = "unreadable",
                        [QUALITY_DEDUCED] = "deduced",
                        [QUALITY_REPEATED] = "repeated"}},
    [TABLE_AGGREGATES] = {"analysis",
                          "aggregates.csv",
                          5,
                          {[AGGREGATE_LEVEL] = "level",
                           [AGGREGATE_GOVERNMENTS] = "governments",
                           [AGGREGATE_YEAR] = "year",
                           [AGGREGATE_INDICATOR] = "indicator",
                           [AGGREGATE_CATEGORY] = "category",
                           [AGGREGATE_NUMERATOR] = "numerator",
                           [AGGREGATE_DENOMINATOR] = "denominator",
                           [AGGREGATE_ESTIMATE] = "estimate",
                           [AGGREGATE_LOWER] = "lower",
                           [AGGREGATE_UPPER] = "upper",
                           [AGGREGATE_FLAGS] = "flags",
                           [AGGREGATE_ORGANS] = "organs",
                           [AGGREGATE_CLUSTER_LOWER] = "cluster_lower",
                           [AGGREGATE_CLUSTER_UPPER] = "cluster_upper"}},
    [TABLE_AGGREGATE_CHANGES] = {"analysis",
                                 "aggregate_changes.csv",
                                 5,
                                 {[AGGREGATE_CHANGE_LEVEL] = "level",
                                  [AGGREGATE_CHANGE_GOVERNMENTS] = "governments",
                                  [AGGREGATE_CHANGE_YEAR] = "year",
                                  [AGGREGATE_CHANGE_INDICATOR] = "indicator",
                                  [AGGREGATE_CHANGE_CATEGORY] = "category",
                                  [AGGREGATE_CHANGE_PREVIOUS] = "previous",
                                  [AGGREGATE_CHANGE_DIFFERENCE] = "matched_difference",
                                  [AGGREGATE_CHANGE_LOWER] = "matched_lower",
                                  [AGGREGATE_CHANGE_UPPER] = "matched_upper",
                                  [AGGREGATE_CHANGE_FLAGS] = "flags",
                                  [AGGREGATE_CHANGE_Q_VALUE] = "matched_q_value",
                                  [AGGREGATE_CHANGE_ORGANS] = "matched_organs",
                                  [AGGREGATE_CHANGE_CLEAN] = "clean_difference",
                                  [AGGREGATE_CHANGE_CLEAN_LOWER] = "clean_lower",
                                  [AGGREGATE_CHANGE_CLEAN_UPPER] = "clean_upper",
                                  [AGGREGATE_CHANGE_CLEAN_Q] = "clean_q_value",
                                  [AGGREGATE_CHANGE_CLEAN_ORGANS] = "clean_organs"}},
    [TABLE_HOMOGENEITY] = {"analysis",
                           "homogeneity.csv",
                           3,
                           {[HOMOGENEITY_YEAR] = "year",
                            [HOMOGENEITY_INDICATOR] = "indicator",
                            [HOMOGENEITY_CATEGORY] = "category",
                            [HOMOGENEITY_ORGANS] = "organs",
                            [HOMOGENEITY_Q_VALUE] = "q_value",
                            [HOMOGENEITY_DISPERSION] = "dispersion",
                            [HOMOGENEITY_PEERS] = "peers"}},
    [TABLE_METHODS] = {"analysis",
                       "methods.csv",
                       2,
                       {[METHOD_FILE] = "file",
                        [METHOD_COLUMN] = "column",
                        [METHOD_SOURCE] = "source",
                        [METHOD_METHOD + LANGUAGE_ZH] = "method_zh",
                        [METHOD_METHOD + LANGUAGE_EN] = "method"}},
    [TABLE_CHARTS] = {"charts",
                      "charts.csv",
                      3,
                      {[CHART_SUBJECT] = "report_id",
                       [CHART_LANGUAGE] = "lang",
                       [CHART_NAME] = "chart",
                       [CHART_FILE] = "file",
                       [CHART_STATE] = "state",
                       [CHART_REASON] = "reason",
                       [CHART_TITLE] = "title",
                       [CHART_ALTERNATIVE] = "alternative"}},
};

static const char *folder_of(const struct material *material, enum material_table table) {
  const char *folder = files[table].folder;
  if (strcmp(folder, "dataset") == 0) return material->folders.dataset;
  return strcmp(folder, "analysis") == 0 ? material->folders.analysis : material->folders.charts;
}

static bool load_tables(struct arena *arena, struct material *material, struct failure *failure) {
  for (enum material_table i = 0; i < TABLES; i++) {
    const char *path = arena_format(arena, "%s/%s", folder_of(material, i), files[i].name);
    material->address[i] = address_of(arena, material->folders.output, path);
    material->table[i] = records_load(arena, path, files[i].column, files[i].keys, failure);
    if (!material->table[i]) return false;
  }
  return true;
}

static bool load_reasons(struct arena *arena, struct material *material, struct failure *failure) {
  const char *path = arena_format(arena, "%s/rules/reject_reasons.csv", material->folders.datasets);
  const char *meaning = material->language == LANGUAGE_ZH ? "meaning_zh" : "meaning";
  material->reasons =
      records_load(arena, path, (const char *const[]){"reason", meaning, NULL}, 1, failure);
  return material->reasons;
}

/* Without a key, so that the rows stay in the order of the file, which is that of charts on a page.
 */
static bool load_kinds(struct arena *arena, struct material *material, struct failure *failure) {
  const char *path =
      arena_format(arena, "%s/indicators/chart_list.csv", material->folders.datasets);
  const char *label = material->language == LANGUAGE_ZH ? "name_zh" : "name_en";
  material->kinds =
      records_load(arena, path, (const char *const[]){"chart", "about", label, NULL}, 0, failure);
  return material->kinds;
}

static int compare_series(const void *a, const void *b) {
  const struct brief_report *x = *(struct brief_report *const *)a;
  const struct brief_report *y = *(struct brief_report *const *)b;
  int order = strcmp(x->series, y->series);
  return order ? order : strcmp(x->row[REPORT_YEAR], y->row[REPORT_YEAR]);
}

static void link_years(struct arena *arena, struct brief_report *report, size_t count) {
  struct brief_report **by_series = arena_array(arena, count, sizeof(struct brief_report *));
  for (size_t i = 0; i < count; i++) by_series[i] = &report[i];
  if (count) qsort(by_series, count, sizeof *by_series, compare_series);
  for (size_t i = 1; i < count; i++) {
    if (strcmp(by_series[i]->series, by_series[i - 1]->series) != 0) continue;
    by_series[i]->before = by_series[i - 1];
    by_series[i - 1]->after = by_series[i];
  }
}

/* Why there can be no page for the report in ROW; NULL where there can. BEFORE is the row before
 * it, NULL for the first. */
static const char *reason_against(struct arena *arena, record row, record before) {
  const char *id = row[REPORT_ID];
  if (!file_name_is_safe(id) || strcmp(id, "all") == 0 || strcmp(id, "index") == 0)
    return "the report_id cannot be a file name";
  if (before && strcmp(id, before[REPORT_ID]) == 0) return "the report stands twice";
  if (report_year_from(row[REPORT_YEAR])) return NULL;
  return arena_format(arena, "'%s' is no year that a report can be about", row[REPORT_YEAR]);
}

static void list_reports(struct arena *arena, struct material *material,
                         struct left_out *left_out) {
  struct record_span rows = records_all(material->table[TABLE_REPORTS]);
  struct brief_report *report = arena_array(arena, rows.count, sizeof *report);
  size_t count = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const char *id = rows.row[i][REPORT_ID];
    const char *reason = reason_against(arena, rows.row[i], i > 0 ? rows.row[i - 1] : NULL);
    if (reason) {
      left_out_tell(left_out, "reports.csv, '%s': %s; no page is written for it", id, reason);
      continue;
    }
    report[count++] = (struct brief_report){
        .row = rows.row[i],
        .source = file_name_of(rows.row[i][REPORT_SOURCE]),
        .series = report_series(arena, id, rows.row[i][REPORT_YEAR]),
    };
  }
  link_years(arena, report, count);
  material->report = report;
  material->reports = count;
}

const struct brief_report *brief_newest(const struct brief_report *report) {
  while (report->after) report = report->after;
  return report;
}

const struct material *material_load(struct arena *arena, const struct material_folders *folders,
                                     enum language language, struct left_out *left_out,
                                     struct failure *failure) {
  struct material *material = arena_alloc(arena, sizeof *material);
  material->folders = *folders;
  material->language = language;
  const char *datasets = folders->datasets;
  bool done =
      (material->codebook = codebook_load(arena, datasets, failure)) &&
      (material->words =
           words_load(arena, datasets, WORDS_OF_PAGES, material->codebook, language, failure)) &&
      (material->indicators =
           indicator_words_load(arena, datasets, material->words, material->codebook, failure)) &&
      load_tables(arena, material, failure) && load_reasons(arena, material, failure) &&
      load_kinds(arena, material, failure);
  if (done) list_reports(arena, material, left_out);
  return done ? material : NULL;
}

const char *material_name(struct arena *arena, enum material_table table) {
  return arena_format(arena, "%s/%s", files[table].folder, files[table].name);
}

bool material_shows(record method, unsigned used) {
  for (size_t i = 0; i < TABLES; i++) {
    if (!(used & 1U << i) || strcmp(files[i].name, method[METHOD_FILE]) != 0) continue;
    for (size_t j = files[i].keys; files[i].column[j]; j++)
      if (strcmp(files[i].column[j], method[METHOD_COLUMN]) == 0) return true;
  }
  return false;
}

const char *brief_words(const struct material *material, const char *key) {
  return words_get(material->words, "any", key);
}

char *brief_fill(struct arena *arena, const struct material *material, const char *key,
                 const struct filling *fillings) {
  return words_fill(arena, material->words, "any", key, fillings);
}

const char *brief_join(struct arena *arena, const struct material *material, const char *kind,
                       const char *list) {
  const char *text = "", *joint = "";
  for (struct listed_word word; word_list_next(&list, &word);) {
    const char *key = arena_format(arena, "%s_%.*s", kind, (int)word.length, word.text);
    text = arena_format(arena, "%s%s%s", text, joint, brief_words(material, key));
    joint = brief_words(material, "joint");
  }
  return text;
}
