/* Whether a report was published on time: by its day of publication and the due dates of
 * datasets/indicators/due_dates.csv. Knows no statistics. */
#ifndef OGISTAT_ANALYZE_STORE_PUBLICATION_H
#define OGISTAT_ANALYZE_STORE_PUBLICATION_H

#include "analyze/store/dataset.h"

struct due_dates;

/* Reads FOLDER/indicators/due_dates.csv into ARENA; DIVISIONS outlive it. A row tells for reports
 * of FIRST_YEAR to LAST_YEAR (empty: without end), of organs of ORGAN_KIND (empty: any) in DIVISION
 * or below it (empty: anywhere), the day of the following year, MM-DD, by which they are due, and
 * its SOURCE. NULL with file, line and reason where a row is broken. */
const struct due_dates *due_dates_load(struct arena *arena, const struct divisions *divisions,
                                       const char *folder, struct failure *failure);

/* The day, as 20210331, by which the report of ORGAN for YEAR is due: by the row whose division is
 * the narrowest, and of these one for its kind, and of these the last. 0 where no row is for it. */
int due_date(const struct due_dates *due_dates, const struct organ *organ, int year);

/* A day written as 2021-03-31, as 20210331; 0 where TEXT is none. */
int day_from(const char *text);

/* CODEBOOK with publication.dated and publication.on_time, which definitions can name. */
const struct codebook *publication_codebook(const struct codebook *codebook, struct arena *arena);

/* OBSERVATIONS of a report, with 1 as publication.dated and 0 or 1 as publication.on_time where it
 * has a day of publication (PUBLISHED, 0: not known) and is due on a day; in ARENA. */
struct observations publication_join(const struct due_dates *due_dates,
                                     const struct observations *observations,
                                     const struct organ *organ, int year, int published,
                                     struct arena *arena);

#endif
