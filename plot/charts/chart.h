/* Charts: each kind of picture is a file with one function that fills it, and a row in the table of
 * chart_list.c; which charts there are, and of which rows, is data (chart_list.h). */
#ifndef OGISTAT_PLOT_CHARTS_CHART_H
#define OGISTAT_PLOT_CHARTS_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/model/codebook.h"
#include "core/model/crosswalk.h"
#include "core/model/indicator_words.h"
#include "core/model/words.h"
#include "plot/charts/chart_list.h"
#include "plot/charts/results.h"
#include "plot/drawing/picture.h"

struct subject {
  const char *id;     /* the report's, its series, `all`, or the prefecture's digits with `-all` */
  const char *prefix; /* of all ids where it is a prefecture, else "" */
  const struct drawn_report *const *report; /* sorted by series and year */
  size_t count;                             /* at least 1 */
  const char *place; /* the prefecture's name, NULL where the chart is not of one */
};

struct chart_input {
  struct arena *arena;           /* for what the picture says */
  const char *chart;             /* the chart's name, for its words */
  const struct chart_form *form; /* the rows that are drawn; NULL where the chart has none */
  const struct codebook *codebook;
  const struct words *words;
  const struct crosswalk *crosswalk;
  const struct reports *reports;
  struct subject subject;
  const struct drawn_report *report;       /* the last of the subject */
  const struct indicator_words *indicator; /* NULL where the chart is not of one */
  size_t ranks;                            /* of a ranking, at most; of more, the nearest */
};

/* Fills PICTURE for the subject of INPUT. False where there is nothing to show: *REASON then says
 * why, in the language of the words. */
bool chart_picture(const struct chart_plan *chart, struct chart_input *input,
                   struct picture *picture, const char **reason);

/* What PICTURE shows, in words: its title, its subtitle and its main numbers, as one line. */
char *chart_alternative(const struct chart_input *input, const struct picture *picture);

/* What charts have in common. */

/* The words of the chart for KEY. Where it is drawn by the rows of a form that has words of its own
 * (KEY_2014), those. */
const char *chart_text(const struct chart_input *input, const char *key);

/* The same with each {name} filled in. */
char *chart_words(const struct chart_input *input, const char *key, const struct filling *fillings);

void chart_note(const struct chart_input *input, struct picture *picture, const char *key,
                const struct filling *fillings);

/* How numbers are read in the language of the words. */
enum reading chart_reading(const struct chart_input *input);

/* A number for people: all its digits, in groups of three from five digits on. */
char *chart_number(const struct chart_input *input, struct decimal number);

/* The same as a label in the picture. */
char *chart_number_short(const struct chart_input *input, struct decimal number);

/* An estimate of the indicator for people: 40.1%, 1234, 0.0123. */
char *chart_estimate(const struct chart_input *input, double estimate);

/* The same with what it is a share of: 40.1% (n=289). */
char *chart_estimate_of(const struct chart_input *input, double estimate, const char *denominator);

/* The indicator of all PEERS together: the sum of numerators over the sum of denominators. */
double chart_common(const struct peers *peers);

/* The comparison of the report among PEERS, NULL where it is none of them. */
const struct comparison *chart_own(const struct chart_input *input, const struct peers *peers);

/* A value as it stands in the report, for people: 12, ≥120, 未填 … VALUE may be NULL. */
char *chart_value(const struct chart_input *input, const struct observation *value);

/* VALUE with NUMERATOR in per cent of DENOMINATOR behind it: 116 (40.1%); a zero stands alone. */
char *chart_value_share(const struct chart_input *input, const char *value,
                        struct decimal numerator, struct decimal denominator);

/* The sum of ROW in the report. Of a family `x.*` the members below x are added; x itself, which
 * is a subtotal of them, only where none of them has a value. */
struct report_sum chart_row_sum(const struct chart_input *input, const struct chart_row_plan *row);

/* The value that ROW is, where it is a single one; NULL where the report lacks it, or ROW is a sum.
 */
const struct observation *chart_row_value(const struct chart_input *input,
                                          const struct chart_row_plan *row);

/* Whether ROW is a single value, not a sum of several. */
bool chart_row_is_single(const struct chart_row_plan *row);

/* What ROW is called in the picture, and in the data file. */
const char *chart_row_label(const struct chart_input *input, const struct chart_row_plan *row);
const char *chart_row_key(const struct chart_row_plan *row);

/* The first row of that ROLE, NULL where there is none. */
const struct chart_row_plan *chart_row_of(const struct chart_input *input, enum chart_role role);

/* A row with the value's number, if it has one, as the first part. */
struct bar_row chart_row(const struct chart_input *input, const struct observation *value,
                         const char *key, const char *label);

/* One year, or two parted by a dash. */
const char *chart_years(const struct chart_input *input, const char *first, const char *last);

/* A column for each year from FIRST to LAST; false where they are more than a page holds, or no
 * years. */
bool chart_year_columns(const struct chart_input *input, struct heat_grid *grid, const char *first,
                        const char *last);

/* The column of a year, -1 where it has none. */
long chart_year_column(const struct heat_grid *grid, const char *year);

/* What shares are of. */
struct chart_whole {
  struct decimal all;
  bool printed; /* it is the report's own total, not the sum of the parts */
};

/* Makes the bars shares of the printed TOTAL (may be NULL), where there is one and no part is
 * larger than it, else of the sum of the PARTS. False where that is not above zero. */
bool chart_share_bars(const struct chart_input *input, struct picture *picture,
                      const struct observation *total, const struct report_sum *parts,
                      struct chart_whole *whole);

/* Makes the first part of ROW the share of COUNT in ALL, in per cent, and puts it behind the value.
 */
void chart_set_share(const struct chart_input *input, struct bar_row *row, struct decimal count,
                     struct decimal all);

/* Gives ROW the interval of the indicator, where that is about the very share that is drawn. */
void chart_set_interval(const struct chart_input *input, struct bar_row *row, const char *name,
                        const char *category);

/* Whether ROW uses a cell that is used in a rule that must hold and fails. */
bool chart_row_is_doubted(const struct chart_input *input, const struct chart_row_plan *row);

/* Adds the lines of the legend that hatched bars, hollow points and bounds of PICTURE need. */
void chart_note_doubts(const struct chart_input *input, struct picture *picture);

/* Makes the first part of ROW the least that a share can be by its BOUNDS, in per cent, with the
 * most behind it. */
void chart_set_bounds(const struct chart_input *input, struct bar_row *row,
                      const struct indicator_bounds *bounds);

/* What lies between two bounds of the indicator, for people: 1.7%–58.3%. */
char *chart_bounds(const struct chart_input *input, const struct indicator_bounds *bounds,
                   bool percent);

/* Tells how the printed TOTAL (may be NULL) and the SUM of the rows stand to each other, where they
 * differ; TAKEN: shares are of the total. */
void chart_note_total(const struct chart_input *input, struct picture *picture,
                      const struct observation *total, struct decimal sum, bool taken);

#endif
