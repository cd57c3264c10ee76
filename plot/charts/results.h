/* What charts are drawn from: the reports of a dataset with the values that charts show, and the
 * indicators of the analysis. */
#ifndef OGISTAT_PLOT_CHARTS_RESULTS_H
#define OGISTAT_PLOT_CHARTS_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/left_out.h"
#include "core/model/codebook.h"
#include "core/model/indicator_words.h"
#include "core/model/observation.h"
#include "plot/charts/chart_list.h"

struct indicator {
  const char *name, *category;
  double estimate, lower, upper; /* fractions, or as the indicator's definition says */
  bool has_interval;
  const char *denominator; /* exact, "" where there is none */
  bool form_break;         /* counted otherwise than in the organ's report before */
  bool failed_edit;        /* a rule that must hold fails on a number that it uses */
};

/* What an indicator lies between, where blanks leave it open (Manski 1990). */
struct indicator_bounds {
  const char *name, *category;
  double lower, upper;
};

/* A cell, as observations have it. */
struct report_cell {
  const char *variable, *category;
};

struct drawn_report {
  const char *id, *division, *year;
  const char *organ;         /* its name as charts print it: cut where it is very long */
  const char *organ_printed; /* and as the dataset has it */
  const char *forms;         /* of which tables were found in it, parted by blanks */
  const char *series; /* the id with `all` for the year: the same for all reports of an organ */
  const char *source; /* file name without folders */
  const char *sha256;
  size_t order;                      /* in which it stands in reports.csv */
  LIST_OF(struct observation) value; /* in file order */
  LIST_OF(struct indicator) indicator;
  LIST_OF(struct indicator_bounds) bounds; /* of indicators without an estimate */
  LIST_OF(struct report_cell) failed;      /* cells used in a rule that must hold and fails */
};

/* A report among its peers of the year, in one indicator. */
enum { FUNNEL_LIMITS = 4 };
struct comparison {
  const struct drawn_report *report;
  const char *denominator; /* exact, "" where there is none */
  const char *group;       /* of peers, "" where there is one only */
  const struct indicator_words *indicator;
  double size, estimate;
  long rank, of;
  /* The limits by chance alone, and adjusted ones that allow for how much organs vary from year to
   * year and differ from each other: lower 99.8 %, lower 95 %, upper 95 %, upper 99.8 %. */
  bool has_limits, has_adjusted;
  double limit[FUNNEL_LIMITS], adjusted[FUNNEL_LIMITS];
  double target;                    /* the middle of the adjusted limits */
  double dispersion;                /* of the peers, 0 where that is not known */
  const char *flag, *adjusted_flag; /* beyond which of the limits it lies, "" for none */
  double q_value;                   /* of lying so far out among so many organs; 1 where unknown */
};

struct peers {
  const struct comparison *item; /* by rank */
  size_t count;
};

/* What there is of a division in a year. */
struct coverage_cell {
  const char *division, *year, *state;
};

struct reports {
  struct drawn_report *item; /* sorted by id */
  size_t count;
  const struct drawn_report **by_series; /* all of them, sorted by series and year */
  const struct coverage_cell *coverage;  /* in file order: by division and year */
  size_t coverages;
  struct peers comparisons; /* all of them, of the indicators that are drawn, by year, indicator,
                               group and rank */
};

/* FOLDER has the knowledge. CHARTS tell which values are read; INDICATORS, ended by NULL, which
 * comparisons. Reads reports.csv, observations.csv, coverage.csv and edit_failures.csv of DATASET
 * and indicators.csv and comparisons.csv of ANALYSIS into ARENA. Rows that cannot be used are told
 * to LEFT_OUT and passed over: a report whose id could not be a file name, stands twice, or that
 * has no year that it can be about; a value that is none. NULL with the reason where a file is
 * missing or no CSV. */
const struct reports *reports_load(struct arena *arena, const char *analysis, const char *dataset,
                                   const char *folder, const struct chart_list *charts,
                                   const struct indicator_words *const *indicators,
                                   struct left_out *left_out, struct failure *failure);

/* TEXT as a name on a chart: itself, where it is very long its beginning. */
const char *name_shown(struct arena *arena, const char *text);

/* The value of a variable, in the total column where it has one; NULL where the report lacks it. */
const struct observation *report_value(const struct drawn_report *report, const char *variable);

/* The value of a variable for an applicant class; NULL where the report lacks it. */
const struct observation *report_class_value(const struct drawn_report *report,
                                             const char *variable, const char *class);

/* The indicator, or NULL. */
const struct indicator *report_indicator(const struct drawn_report *report, const char *name,
                                         const char *category);

/* The bounds of an indicator that has no estimate, or NULL. */
const struct indicator_bounds *report_bounds(const struct drawn_report *report, const char *name,
                                             const char *category);

/* Whether a rule that must hold fails on that cell. */
bool report_cell_failed(const struct drawn_report *report, const char *variable,
                        const char *category);

/* All that REPORT is compared with in the indicator, itself among them; none where it is not. */
struct peers reports_peers(const struct reports *reports, const struct drawn_report *report,
                           const struct indicator_words *indicator);

/* A sum of values, and what is known of it. */
struct report_sum {
  struct decimal sum, largest;
  size_t values;    /* that were added */
  bool approximate; /* one of them is printed as "at least" or "at most" */
};

/* Adds VALUE (NULL or without a number: nothing happens). */
void report_sum_add(struct report_sum *sum, const struct observation *value);

#endif
