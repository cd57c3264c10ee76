/* What only the reports of a run together tell: the division of a web site, and the one name of an
 * organ over the years. */
#ifndef OGISTAT_INGEST_DATASET_ORGANS_H
#define OGISTAT_INGEST_DATASET_ORGANS_H

#include "ingest/dataset/result_files.h"

/* Gives the reports whose division nothing tells that of their web site, where the other reports of
 * the site agree on one (division_by=site). False with the reason in FAILURE. */
bool learn_sites(struct collection *collection, struct failure *failure);

/* Gives the kept reports of an organ, whose ids differ in the year only, one name: the longest by
 * which they call it, of equal ones the newest. */
void name_organs(struct writing *writing);

#endif
