/* The codebook: every variable that a report can hold, and the applicant classes.
 * Read from codebook.csv and categories.csv. */
#ifndef OGISTAT_CORE_MODEL_CODEBOOK_H
#define OGISTAT_CORE_MODEL_CODEBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/base/failure.h"

/* What kind of number a variable is; decides which values are possible. */
enum variable_type {
  TYPE_COUNT,   /* a whole number, not negative */
  TYPE_CHANGE,  /* a whole number */
  TYPE_AMOUNT,  /* not negative */
  TYPE_PERCENT, /* from 0 to 100 */
  TYPE_GROWTH   /* a change in percent: any number */
};

/* By what a variable is broken down. */
enum variable_dimension { DIMENSION_NONE, DIMENSION_APPLICANT, DIMENSION_AREA };

struct variable {
  const char *id;
  const char *section;
  const char *forms; /* the forms that print it, parted by blanks, or "any" */
  const char *label_zh, *label_en;
  const char *unit;
  enum variable_dimension dimension;
  enum variable_type type;
};

struct category {
  const char *id;
  const char *label_zh, *label_en;
};

struct codebook {
  const struct variable *variable; /* in the order of codebook.csv */
  size_t variables;
  const struct category *applicant; /* in the order of the form; the last is the total */
  size_t applicants;
  const struct variable **by_id; /* sorted, for codebook_find */
};

/* Reads FOLDER/codebook.csv and FOLDER/categories.csv into ARENA. NULL with file, line and reason
 * where a row is broken. */
const struct codebook *codebook_load(struct arena *arena, const char *folder,
                                     struct failure *failure);

/* CODEBOOK with COUNT VARIABLES more behind its own, in ARENA. */
const struct codebook *codebook_with(struct arena *arena, const struct codebook *codebook,
                                     const struct variable *variables, size_t count);

/* The variable with that id, or NULL. */
const struct variable *codebook_find(const struct codebook *codebook, const char *id);

/* The words in codebook.csv. */
const char *variable_dimension_name(enum variable_dimension dimension);
const char *variable_type_name(enum variable_type type);

/* True where VALUE is one that the variable's type allows. */
bool variable_allows(const struct variable *variable, struct decimal value);

/* The index of an applicant class, or -1. */
int codebook_applicant(const struct codebook *codebook, const char *id);

/* True where two lists of forms (words parted by blanks) share one, or either is "any". */
bool forms_overlap(const char *a, const char *b);

#endif
