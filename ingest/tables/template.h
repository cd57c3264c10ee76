/* The statutory forms as templates: the rows of forms.csv and chart_series.csv, a table's rows and
 * columns, each with its labels. */
#ifndef OGISTAT_INGEST_TABLES_TEMPLATE_H
#define OGISTAT_INGEST_TABLES_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/label.h"
#include "core/base/text_index.h"
#include "core/model/codebook.h"

/* Below this a label is another label. Chosen so that one wrong or missing character in three or
 * four still passes, but not two in four or five: 结果 is not 结果维持, 邮件申请数 not 传真申请数.
 */
static const double LABEL_THRESHOLD = 0.65;

/* A label that surely is a row's, without any help from the rows around it. */
static const double SURELY = 0.8;

struct template_line {
  const char *id; /* beginning or end of the variable's id; "" where the other axis has it all */
  const char *category; /* of the observation; "" for none */
  const struct label *label;
  size_t labels;
  bool is_title;  /* of rows below; it has no values itself */
  bool is_common; /* a row whose label is a column's as well: it may stand in any table */
};

typedef LIST_OF(struct template_line) template_lines;

struct table_template {
  const char *name; /* a section of the codebook */
  template_lines rows, columns;
  template_lines groups; /* what stands over the columns whose ids begin with theirs */
  template_lines units;  /* columns that name the unit of the values in the row */
  uint64_t beginnings;   /* the bits of the first characters of the rows' labels, modulo 64 */
};

/* What the heading of any table may hold besides the columns of the form. */
struct heading_words {
  template_lines notes;  /* columns that are passed over: 序号, 备注, 占比, 同比 */
  template_lines counts; /* 数量, 本年: the value itself, of whatever stands above */
  template_lines earlier; /* 上年: what begins so is of another year, unless the form says it too */
  template_lines generic;  /* 数据: a column of which the heading does not say what it is */
  template_lines editions; /* 版: behind a year, the year is that of the form, not of the values */
};

struct chart_template {
  const char *title; /* a part of the chart's title */
  const struct variable *variable;
};

struct forms {
  struct arena *arena;
  const struct area_tables *area_tables; /* tables of areas, which no form prescribes */
  LIST_OF(struct table_template) tables;
  struct heading_words words;
  LIST_OF(struct chart_template) charts;
};

/* Reads forms.csv, chart_series.csv and area_tables.csv in FOLDER/forms into ARENA. NULL with file,
 * line and reason. */
const struct forms *forms_load(struct arena *arena, const char *folder,
                               const struct codebook *codebook, struct failure *failure);

/* The variable of a cell in ROW and COLUMN of a template, or NULL where the form has no such cell.
 */
const struct variable *template_variable(struct arena *arena, const struct codebook *codebook,
                                         const struct template_line *row,
                                         const struct template_line *column);

/* How alike LABEL and the most alike label of LINE are; 0 where that is below LEAST. */
double template_likeness(const struct template_line *line, const struct label *label, double least);

/* True where COLUMN, or a narrower group, is one of GROUP's. */
bool template_is_in_group(const struct template_line *column, const struct template_line *group);

/* A label that surely is one of COUNT lines is none of those that it is merely like: their
 * likenesses become 0. */
void template_decide(double *likeness, size_t count);

/* True where some line is at least that much like LABEL. */
bool template_has(const template_lines *lines, const struct label *label, double least);

/* True where TEXT (normal, as of a label) begins with a label of LINES. */
bool template_begins(const template_lines *lines, const char *text);

/* How many labels of rows stand in TEXT (normal, as of a label), or in LABEL, those that stand
 * inside a longer one not counted. */
size_t template_rows_in(const struct table_template *table, const struct text_index *text);
size_t template_label_rows(const struct table_template *table, const struct label *label);

#endif
