/* A made-up panel: twelve districts that do not exist, what happened in them over eleven years,
 * what their reports print of it, and where the reports were made wrong on purpose. Everything
 * follows from a seed. */
#ifndef OGISTAT_TESTS_PANEL_H
#define OGISTAT_TESTS_PANEL_H

#include <gsl/gsl_rng.h>

#include "core/base/arena.h"
#include "core/model/codebook.h"
#include "tests/report_layout.h"

enum { DISTRICTS = 12, FIRST_YEAR = 2014, YEARS = 11, CLASSES = 6 /* of applicants */ };

/* How a figure stands in the report. */
enum shown {
  SHOWN,
  SHOWN_BLANK,   /* an empty cell, and the rules say what belongs there */
  SHOWN_GARBLED, /* run together with another row: it may be missing, but must not be misread */
  SHOWN_NOT_AT_ALL
};

/* A value as it was and as it is printed, in the last place that is printed (figure_places). */
struct figure {
  const struct variable *variable;
  const char *category;
  long long actual, printed;
  enum shown shown;
};

struct figures {
  struct figure *item; /* in the order of the codebook */
  size_t count, room;
};

/* Decimal places of what is printed of VARIABLE: an amount in 元 has four in 万元. */
int figure_places(const struct variable *variable);

/* The figure, or NULL; and the figure that must be there. */
struct figure *figure_find(const struct figures *figures, const char *variable,
                           const char *category);
struct figure *figure_of(const struct figures *figures, const char *variable, const char *category);

struct district {
  const char *code, *name; /* name: with province and city */
  double requests, growth; /* log of the requests of 2019; a year */
  /* on the logit scale, in 2019 and a year: requests granted or granted in part among those
   * concluded, carried over among those at hand, made online among those received */
  double disclosed, disclosed_slope, carried, carried_slope, online, online_slope;
  /* what goes on from year to year */
  long long waiting[CLASSES], in_force, items[5];
};

struct fault_kind;

/* What was made wrong in a cell, or in a report or file where VARIABLE is "". */
struct fault {
  const struct fault_kind *kind;
  const char *variable, *category;
  long long printed, actual;
};

struct panel_report {
  const struct district *district;
  const char *id, *form;
  int year, title_year;
  struct figures figures;
  LIST_OF(struct fault) faults;
  const struct fault_kind *fault; /* NULL: nothing was made wrong */
};

struct panel {
  struct arena *arena;
  const struct codebook *codebook;
  gsl_rng *random; /* what happens */
  uint64_t seed;   /* what is made of it */
  struct district district[DISTRICTS];
  struct panel_report report[DISTRICTS][YEARS];
  struct panel_report office[DISTRICTS][YEARS]; /* of the district's office, where it reports */
};

/* What happens in the districts, and reports that print just that. */
void panel_history(struct panel *panel);

/* The figures of the office of DISTRICT for the form of REPORT's year. */
void panel_office(struct panel *panel, const struct panel_report *report,
                  struct panel_report *office);

/* ---- faults ---- */

/* Where a fault is: in figures, in the title, or in what becomes of the file. */
enum fault_place {
  IN_FIGURES,
  IN_TITLE,
  FILE_MISSING,
  FILE_TWICE_SAME_BYTES,
  FILE_TWICE_OTHER_FORMAT,
  FILE_ISSUED_AGAIN, /* the first issue has the wrong figure */
  FILE_EXPLAINED,    /* an explanation page beside it */
  FILE_WITH_OFFICE,  /* the report of the office follows in the file */
  FILE_SCANNED,
  FILE_EMPTY,
  FILE_CUT_OFF
};

struct fault_kind {
  const char *name, *forms; /* of the reports that it fits */
  size_t times;             /* in a panel */
  enum fault_place place;
  bool determined; /* the rules leave one cell to blame, or one value for what is blank */
  /* Makes the report wrong; false where it has no fitting figure. NULL: nothing in the figures. */
  bool (*plant)(struct panel *panel, struct panel_report *report);
};

void panel_faults(struct panel *panel);

/* False where no file with the report can be read. */
bool report_can_be_read(const struct panel_report *report);

/* ---- rules ---- */

/* Calls TELL for each rule of the forms that what REPORT prints breaks. */
typedef void rule_taker(void *context, const struct panel_report *report, const char *rule,
                        const char *category);
void panel_rules(const struct panel *panel, const struct panel_report *report, rule_taker *tell,
                 void *context);

#endif
