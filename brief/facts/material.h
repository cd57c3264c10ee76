/* What the briefing is written from: the files of a dataset, its analysis and its charts, held as
 * they are, and the words and labels that they are told with. */
#ifndef OGISTAT_BRIEF_FACTS_MATERIAL_H
#define OGISTAT_BRIEF_FACTS_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/left_out.h"
#include "core/base/records.h"
#include "core/model/codebook.h"
#include "core/model/indicator_words.h"
#include "core/model/words.h"

/* The files, and where the columns that are asked of each stand in a row. */
enum material_table {
  TABLE_REPORTS,
  TABLE_OBSERVATIONS,
  TABLE_FAILURES,
  TABLE_REJECTS,
  TABLE_DUPLICATES,
  TABLE_COVERAGE,
  TABLE_INDICATORS,
  TABLE_CHANGES,
  TABLE_COMPARISONS,
  TABLE_QUALITY,
  TABLE_AGGREGATES,
  TABLE_AGGREGATE_CHANGES,
  TABLE_HOMOGENEITY,
  TABLE_METHODS,
  TABLE_CHARTS,
  TABLES
};

enum {
  REPORT_ID,
  REPORT_DIVISION,
  REPORT_ORGAN,
  REPORT_YEAR,
  REPORT_FORMS,
  REPORT_SOURCE,
  REPORT_KIND
};
enum {
  VALUE_REPORT,
  VALUE_VARIABLE,
  VALUE_CATEGORY,
  VALUE_VALUE,
  VALUE_STATUS,
  VALUE_PLACE_KIND,
  VALUE_PAGE,
  VALUE_PLACE_NUMBER,
  VALUE_ROW,
  VALUE_COLUMN,
  VALUE_POINT
};
enum {
  FAILURE_REPORT,
  FAILURE_RULE,
  FAILURE_CATEGORY,
  FAILURE_DIFFERENCE,
  FAILURE_SUSPECT,
  FAILURE_SUSPECT_CATEGORY,
  FAILURE_SUGGESTED,
  FAILURE_SEVERITY,
  FAILURE_MESSAGE /* by language */
};
enum { REJECT_DIVISION, REJECT_YEAR, REJECT_SOURCE, REJECT_REASON, REJECT_DETAIL };
enum {
  DUPLICATE_REPORT,
  DUPLICATE_VARIABLE,
  DUPLICATE_CATEGORY,
  DUPLICATE_KEPT,
  DUPLICATE_OTHER,
  DUPLICATE_OTHER_SOURCE
};
enum { COVERAGE_DIVISION, COVERAGE_YEAR, COVERAGE_STATE, COVERAGE_WITHIN };
enum {
  INDICATOR_REPORT,
  INDICATOR_NAME,
  INDICATOR_CATEGORY,
  INDICATOR_NUMERATOR,
  INDICATOR_DENOMINATOR,
  INDICATOR_ESTIMATE,
  INDICATOR_LOWER,
  INDICATOR_UPPER,
  INDICATOR_FLAGS,
  INDICATOR_BOUND_LOWER,
  INDICATOR_BOUND_UPPER,
  INDICATOR_REPAIR_LOWER,
  INDICATOR_REPAIR_UPPER
};
enum {
  CHANGE_DIVISION,
  CHANGE_ORGAN,
  CHANGE_YEAR,
  CHANGE_INDICATOR,
  CHANGE_CATEGORY,
  CHANGE_PREVIOUS,
  CHANGE_DIFFERENCE,
  CHANGE_LOWER,
  CHANGE_UPPER,
  CHANGE_FLAGS,
  CHANGE_Q_VALUE,
  CHANGE_UNDER_REPAIRS
};
enum {
  COMPARISON_YEAR,
  COMPARISON_DIVISION,
  COMPARISON_ORGAN,
  COMPARISON_INDICATOR,
  COMPARISON_CATEGORY,
  COMPARISON_RANK,
  COMPARISON_OF,
  COMPARISON_RANK_LOWER,
  COMPARISON_RANK_UPPER,
  COMPARISON_LOWER, /* of the funnel, "" where there is none */
  COMPARISON_FLAG,
  COMPARISON_ADJUSTED_LOWER,
  COMPARISON_ADJUSTED_FLAG,
  COMPARISON_Q_VALUE
};
enum {
  QUALITY_REPORT,
  QUALITY_CHECKED,
  QUALITY_FAILED,
  QUALITY_CELLS,
  QUALITY_BLANK,
  QUALITY_UNREADABLE,
  QUALITY_DEDUCED,
  QUALITY_REPEATED
};
enum {
  AGGREGATE_LEVEL,
  AGGREGATE_GOVERNMENTS,
  AGGREGATE_YEAR,
  AGGREGATE_INDICATOR,
  AGGREGATE_CATEGORY,
  AGGREGATE_NUMERATOR,
  AGGREGATE_DENOMINATOR,
  AGGREGATE_ESTIMATE,
  AGGREGATE_LOWER,
  AGGREGATE_UPPER,
  AGGREGATE_FLAGS,
  AGGREGATE_ORGANS,
  AGGREGATE_CLUSTER_LOWER,
  AGGREGATE_CLUSTER_UPPER
};
enum {
  AGGREGATE_CHANGE_LEVEL,
  AGGREGATE_CHANGE_GOVERNMENTS,
  AGGREGATE_CHANGE_YEAR,
  AGGREGATE_CHANGE_INDICATOR,
  AGGREGATE_CHANGE_CATEGORY,
  AGGREGATE_CHANGE_PREVIOUS,
  AGGREGATE_CHANGE_DIFFERENCE, /* of the governments of both years, with its jackknife limits */
  AGGREGATE_CHANGE_LOWER,
  AGGREGATE_CHANGE_UPPER,
  AGGREGATE_CHANGE_FLAGS,
  AGGREGATE_CHANGE_Q_VALUE,
  AGGREGATE_CHANGE_ORGANS,
  AGGREGATE_CHANGE_CLEAN, /* the difference without those whose numbers break a rule */
  AGGREGATE_CHANGE_CLEAN_LOWER,
  AGGREGATE_CHANGE_CLEAN_UPPER,
  AGGREGATE_CHANGE_CLEAN_Q,
  AGGREGATE_CHANGE_CLEAN_ORGANS
};
enum {
  HOMOGENEITY_YEAR,
  HOMOGENEITY_INDICATOR,
  HOMOGENEITY_CATEGORY,
  HOMOGENEITY_ORGANS,
  HOMOGENEITY_Q_VALUE,
  HOMOGENEITY_DISPERSION,
  HOMOGENEITY_PEERS
};
enum { METHOD_FILE, METHOD_COLUMN, METHOD_SOURCE, METHOD_METHOD /* by language */ };
enum { REASON_CODE, REASON_MEANING };
enum {
  CHART_SUBJECT,
  CHART_LANGUAGE,
  CHART_NAME,
  CHART_FILE,
  CHART_STATE,
  CHART_REASON,
  CHART_TITLE,
  CHART_ALTERNATIVE
};

enum { CHART_KIND_NAME, CHART_KIND_ABOUT, CHART_KIND_LABEL /* by language */ };

/* A report among those of its organ. */
struct brief_report {
  record row;                                /* of TABLE_REPORTS */
  const char *series;                        /* as charts of all its years are named */
  const char *source;                        /* the file's name without folders */
  const struct brief_report *before, *after; /* of the same organ; NULL where there is none */
};

/* The last report of the organ of REPORT: changes stand under the name that it has there. */
const struct brief_report *brief_newest(const struct brief_report *report);

struct material_folders {
  const char *charts, *analysis, *dataset;
  const char *output;   /* where the pages will stand; links lead from there */
  const char *datasets; /* where briefing.csv and its neighbours are */
};

struct material {
  struct material_folders folders;
  enum language language;
  const struct codebook *codebook;
  const struct words *words;
  const struct indicator_list *indicators;
  const struct records *table[TABLES];
  const char *address[TABLES];       /* of the files, from the pages */
  const struct records *reasons;     /* why something was rejected, in the language */
  const struct records *kinds;       /* of charts, in the order of a page */
  const struct brief_report *report; /* sorted by id */
  size_t reports;
};

/* Reads all that FOLDERS name into ARENA. A report for which there can be no page is told to
 * LEFT_OUT and passed over: its id could not be a file name, or stands twice, or it has no year
 * that it can be about. NULL with the reason where a file is missing or broken. */
const struct material *material_load(struct arena *arena, const struct material_folders *folders,
                                     enum language language, struct left_out *left_out,
                                     struct failure *failure);

/* Where a table comes from: "analysis/indicators.csv". */
const char *material_name(struct arena *arena, enum material_table table);

/* True where METHOD, a row of TABLE_METHODS, tells of a column that is read of one of the tables
 * whose bits are set in USED. */
bool material_shows(record method, unsigned used);

/* The words of the briefing for KEY, and with each {name} filled in. */
const char *brief_words(const struct material *material, const char *key);
char *brief_fill(struct arena *arena, const struct material *material, const char *key,
                 const struct filling *fillings);

/* The words of LIST (parted by blanks) for people, whose words are under KIND_WORD, joined. */
const char *brief_join(struct arena *arena, const struct material *material, const char *kind,
                       const char *list);

#endif
