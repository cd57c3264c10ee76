/* What a user knows of divisions beside their reports: population, income … Knows no statistics. */
#ifndef OGISTAT_ANALYZE_STORE_COVARIATES_H
#define OGISTAT_ANALYZE_STORE_COVARIATES_H

#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"

struct covariate {
  const char *division, *name;
  int year;
  double value;
  struct decimal exact; /* the same */
};

struct covariates {
  struct covariate *item; /* sorted by name, division and year */
  size_t count;
  const char **name;     /* sorted, each once */
  const char **variable; /* covariate.NAME */
  size_t names;
};

/* Reads a CSV file with the columns division, year, name and value into ARENA; PATH may be NULL:
 * none. NULL with file, line and reason where a row is broken or stands twice. */
const struct covariates *covariates_load(struct arena *arena, const char *path,
                                         struct failure *failure);

/* CODEBOOK with a variable covariate.NAME for every covariate, and for population at any rate, so
 * that definitions of indicators can name them. */
const struct codebook *covariates_codebook(const struct covariates *covariates,
                                           const struct codebook *codebook, struct arena *arena);

/* OBSERVATIONS of a report of DIVISION in YEAR with its covariates among them, in ARENA. */
struct observations covariates_join(const struct covariates *covariates,
                                    const struct observations *observations, const char *division,
                                    int year, struct arena *arena);

/* The value of covariate NAME, NAN where there is none. */
double covariate_value(const struct covariates *covariates, const char *name, const char *division,
                       int year);

#endif
