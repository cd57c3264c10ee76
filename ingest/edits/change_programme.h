/* The smallest sets of wrong cells by a mixed-integer programme, in the form of T. de Waal,
 * J. Pannekoek and S. Scholtus, Handbook of statistical data editing and imputation (2011), solved
 * by GLPK: for what the search of change_search.h leaves. */
#ifndef OGISTAT_INGEST_EDITS_CHANGE_PROGRAMME_H
#define OGISTAT_INGEST_EDITS_CHANGE_PROGRAMME_H

#include "ingest/edits/change_problem.h"

/* Steps (nodes of the search tree) that all programmes of a report together may still take. */
struct programme_steps {
  int first; /* for what all smallest sets share */
  int sets;  /* for the sets themselves */
};

/* What a report may take. */
struct programme_steps programme_steps(void);

/* The answer to PROBLEM, in ARENA; STEPS become fewer. BEYOND where they do not suffice, or where
 * the numbers are too large for floating point. */
struct change_answer change_programme(struct arena *arena, const struct change_problem *problem,
                                      struct programme_steps *steps);

#endif
