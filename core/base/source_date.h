/* The date that files carry, so that the same input gives the same bytes. */
#ifndef OGISTAT_CORE_BASE_SOURCE_DATE_H
#define OGISTAT_CORE_BASE_SOURCE_DATE_H

enum { SOURCE_DATE_DIGITS = 14 };

/* YYYYMMDDHHMMSS in UTC: that of SOURCE_DATE_EPOCH (reproducible-builds.org), else, and where that
 * is no time up to the year 9999, the beginning of 1970. */
void source_date(char digits[SOURCE_DATE_DIGITS + 1]);

#endif
