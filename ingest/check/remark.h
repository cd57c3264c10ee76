/* What is said of a report that is checked: what is wrong, and what to look at. */
#ifndef OGISTAT_INGEST_CHECK_REMARK_H
#define OGISTAT_INGEST_CHECK_REMARK_H

#include "core/base/arena.h"
#include "core/model/observation.h"
#include "core/model/place.h"
#include "core/model/words.h"
#include "ingest/report.h"

enum remark_level { REMARK_ERROR, REMARK_WARNING };

/* Texts are in the language of the run, "" where there is none. */
struct remark {
  enum remark_level level;
  const char *rule;    /* its name, or that of the check: blank_cells, section_missing, … */
  const char *message; /* the rule in words, with both sides */
  const char *hint;    /* what would have to change */
  const char *left, *right;
  const char *cell; /* the suspect one, by row and column of the form */
  const char *printed, *suggested;
  struct source_place place;
  const char *where; /* the place in words */
  size_t paragraph;  /* of a .docx, for a comment; 0: not known */
};

struct checking {
  struct arena *arena;
  const struct knowledge *knowledge;
  const struct words *words;
  const struct report *report;
  LIST_OF(struct remark) remarks;
};

/* A further remark, whose texts are "". */
struct remark *remark_add(struct checking *checking, enum remark_level level, const char *rule);

/* Says where REMARK is about: PLACE in the report. */
void remark_locate(struct checking *checking, struct remark *remark, struct source_place place);

/* The words of KEY, filled in, in the checking's arena. */
const char *remark_words(const struct checking *checking, const char *key,
                         const struct filling *fillings);

/* PLACE as a person counts tables, rows and columns. */
const char *remark_place(const struct checking *checking, struct source_place place);

/* The cell's row and column as the form names them. */
const char *remark_cell(const struct checking *checking, const char *variable,
                        const char *category);

/* What the cell prints. */
const char *remark_printed(const struct checking *checking, const struct observation *cell);

const char *remark_decimal(const struct checking *checking, struct decimal value);

#endif
