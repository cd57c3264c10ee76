/* Which charts there are, and what each is made of: rows of chart_list.csv and chart_rows.csv
 * in datasets/indicators. No chart's rows stand in the program, so that one of another form, or
 * another chart of a kind that is known, is drawn by rows of data alone. */
#ifndef OGISTAT_PLOT_CHARTS_CHART_LIST_H
#define OGISTAT_PLOT_CHARTS_CHART_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"
#include "plot/charts/kinds.h"
#include "plot/drawing/theme.h"

/* What a chart is about: a report, all reports of an organ, or all there are (of more than
 * a page holds, those whose ids begin with the same four digits: a prefecture). */
enum chart_scope { CHART_OF_REPORT, CHART_OF_ORGAN, CHART_OF_ALL };

/* A kind of picture. */
struct chart_kind {
  const char *name;
  chart_fill *fill;
  bool by_indicator; /* there is one for each indicator that is asked for */
  size_t page;       /* of all organs: how many are in one chart */
};

enum chart_role {
  CHART_ROLE_WHOLE,  /* what shares are of, as the report prints it */
  CHART_ROLE_OF,     /* what that in turn is a part of, for the subtitle */
  CHART_ROLE_ROW,    /* a bar */
  CHART_ROLE_DETAIL, /* breaks the row above it down */
  CHART_ROLE_PART,   /* a part of the row above it; of shares over years, of every bar */
  CHART_ROLES
};

struct chart_row_plan {
  enum chart_role role;
  const char *key;              /* of its words; "" where it is called as its variable or class */
  const char *class;            /* of applicants, that it is of; "" where it is of none */
  const struct expression *sum; /* its value, a sum without minus; NULL where INDICATOR is */
  const char *indicator;        /* that has its interval, "" where none has */
  enum theme_colour colour;     /* of a part */
};

/* The rows of a chart for reports that follow one of FORMS. */
struct chart_form {
  const char *forms; /* "2019 2021", as in the file */
  LIST_OF(struct chart_row_plan) rows;
};

struct chart_plan {
  const char *name;
  const struct chart_kind *kind;
  enum chart_scope scope;
  LIST_OF(struct chart_form) forms; /* of which the first that a report has a value of is drawn */
};

struct chart_list {
  const struct codebook *codebook;
  LIST_OF(struct chart_plan) charts;
  const char **shown; /* of each variable of the codebook: NULL, the category that charts show, or
                         "" for all of them */
};

/* Reads the charts of FOLDER into ARENA; CODEBOOK must outlive them. NULL with file, line and
 * reason where a row is broken. */
const struct chart_list *chart_list_load(struct arena *arena, const char *folder,
                                         const struct codebook *codebook, struct failure *failure);

/* The chart of that name, NULL where there is none. */
const struct chart_plan *chart_find(const struct chart_list *list, const char *name);

/* Whether a chart shows VARIABLE, one of the codebook, for that CATEGORY. */
bool chart_list_shows(const struct chart_list *list, const struct variable *variable,
                      const char *category);

#endif
