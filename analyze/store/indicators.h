/* Indicators: reads their definitions and evaluates them for the values of one report. Knows no
 * indicator by name; what there is stands in datasets/indicators/indicators.csv and
 * distributions.csv. */
#ifndef OGISTAT_ANALYZE_STORE_INDICATORS_H
#define OGISTAT_ANALYZE_STORE_INDICATORS_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/statistics/concentration.h"
#include "analyze/statistics/intervals.h"
#include "analyze/store/blanks.h"
#include "analyze/store/forms.h"
#include "analyze/store/mended.h"
#include "core/model/expression.h"
#include "core/model/indicator_definition.h"

/* A row of a definition file, for one category. */
struct measure {
  const char *indicator;
  const char *category; /* NULL: one for every area that the report has */
  const char *subject;  /* the category for which the expressions are evaluated, where not NULL */
  enum indicator_kind kind;
  bool is_count;    /* a level that adds up over organs: nothing but counted things */
  bool is_exposure; /* the denominator is no number of things, which might be few */
  form_set forms;   /* that print it; none where it is not a matter of forms */
  const struct expression *numerator, *denominator; /* of a level no denominator */
  struct decimal scale;                             /* of a level, or of the denominator */
  struct cells cells;                               /* that it reads */
  uint32_t definition;                              /* row of the file */
};

struct measures {
  const struct codebook *codebook;
  const struct measure *item;
  size_t count;
};

/* What to mind of an estimate; written in this order, which is that of the words. */
enum result_flag {
  FLAG_APPROXIMATE = 1 << 0,
  FLAG_BLANK_AS_ZERO = 1 << 1,          /* a cell was blank, and all sums hold if it is zero */
  FLAG_FAILED_EDIT = 1 << 2,            /* an edit rule failed on a cell that the measure reads */
  FLAG_FORM_BREAK = 1 << 3,             /* the form is not that of the organ's report before */
  FLAG_MIXED_FORMS = 1 << 4,            /* reports of different forms are added up */
  FLAG_NOT_APPLICABLE_AS_ZERO = 1 << 5, /* a cell held "/", 无 or the like */
  FLAG_ORGANS_DIFFER = 1 << 6,          /* other governments are added up than before */
  FLAG_OUT_OF_RANGE = 1 << 7,           /* no possible share or rate: no estimate */
  FLAG_SMALL_N = 1 << 8,                /* the denominator is below 30 */
  FLAG_UNREADABLE = 1 << 9,             /* a cell could not be read: no estimate */
  FLAG_ZERO_DENOMINATOR = 1 << 10,      /* nothing to divide by: no estimate */
  FLAG_BLANK = 1 << 11,           /* a blank cell may hold something: no estimate, but bounds */
  FLAG_RULES_CHANGED = 1 << 12,   /* the rules of counting changed within the year */
  FLAG_DIVISION_CHANGED = 1 << 13 /* the division was renamed or merged since the report before */
};

/* Flags that say how an estimate stands to the one before it, and nothing of its own. */
enum { FLAGS_OF_CHANGE = FLAG_FORM_BREAK | FLAG_ORGANS_DIFFER | FLAG_DIVISION_CHANGED };

/* The words for FLAGS, parted by blanks, into BUFFER; returns BUFFER. */
enum { FLAGS_TEXT_SIZE = 256 };
const char *result_flags_text(unsigned flags, char buffer[FLAGS_TEXT_SIZE]);

/* The estimate from a numerator and a denominator, with its 95 % limits. */
struct ratio {
  double estimate; /* NAN where there is none */
  struct interval interval;
  struct interval intervals[INTERVAL_METHODS]; /* of a share, by all methods; else NAN */
  const char *method;                          /* "" where there is no estimate */
  unsigned flags;
};

/* The estimate of a KIND that has a denominator (METHOD: the interval of shares), or of a level. */
struct ratio ratio_of(enum indicator_kind kind, bool is_exposure, struct decimal numerator,
                      struct decimal denominator, const struct interval_method *method,
                      struct interval_memory *memory);
struct ratio level_of(struct decimal value, struct decimal scale);

/* The counts of an estimate; of a level none but the estimate. */
struct counts {
  double numerator, denominator, estimate;
};

/* Between what the numerator and the denominator of a result lie, its scale applied. */
struct result_range {
  bool is_open; /* blank cells leave one of them open; only then is the rest filled in */
  struct interval numerator, denominator; /* of a level 0 to 0 */
};

struct result {
  const struct measure *measure;
  const char *category; /* lives as long as the definitions or the report's observations */
  bool has_numerator, has_denominator;
  struct decimal numerator, denominator;
  struct ratio ratio;
  struct interval bounds; /* of an estimate that blank or unreadable cells leave open; else NAN */
  struct result_range range; /* of what leaves it open */
  bool is_mended;            /* of a failed edit all smallest sets of changes are known */
  struct counts least, most; /* then: of the least and the greatest estimate with them */
  unsigned flags;            /* of the ratio too */
  form_set forms;            /* on which the result rests; none where it is not a matter of forms */
};

typedef LIST_OF(struct result) result_list;

/* What an evaluation needs to know beside the measures. */
struct evaluation {
  const struct observations *observations; /* of a report */
  const struct blanks *blanks;             /* what its blank cells can hold */
  const struct forms *forms;               /* by name */
  const struct codebook *codebook;
  const struct mends *mends;            /* what failed edits put in doubt, and what mends that */
  const struct interval_method *method; /* for shares */
  struct interval_memory *memory;
};

/* Evaluates all measures for a report, in ARENA: every pair of indicator and category once, sorted
 * by them. */
void indicators_evaluate(struct arena *arena, const struct measures *measures,
                         const struct evaluation *evaluation, result_list *results);

/* A category of a distribution. */
struct amount {
  const struct measure *measure;
  const char *category; /* lives as that of struct result */
  double value;
};

struct distribution_result {
  const char *distribution;
  const struct amount *amount; /* by category, zeros too */
  size_t categories;
  double total; /* above 0 */
  struct concentration concentration;
  struct concentration_intervals intervals;
};

typedef LIST_OF(struct distribution_result) distribution_result_list;

/* Evaluates all distributions for a report, in ARENA, sorted by their names, with DRAWS of the
 * bootstrap. Distributions without a value above zero, with a value below, or with a blank cell
 * that may hold something, are left out. */
void distributions_evaluate(struct arena *arena, const struct measures *measures,
                            const struct observations *observations, const struct blanks *blanks,
                            size_t draws, distribution_result_list *results);

#endif
