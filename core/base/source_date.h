/* The date that files carry, so that the same input gives the same bytes. */
#ifndef OGISTAT_CORE_BASE_SOURCE_DATE_H
#define OGISTAT_CORE_BASE_SOURCE_DATE_H

#include <stdbool.h>
#include <stddef.h>

enum { SOURCE_DATE_DIGITS = 14 };

/* YYYYMMDDHHMMSS in UTC: that of SOURCE_DATE_EPOCH (reproducible-builds.org), else, and where that
 * is no time up to the year 9999, the beginning of 1970. */
void source_date(char digits[SOURCE_DATE_DIGITS + 1]);

/* Puts that date into the SIZE bytes of a PDF as the date of its creation (ISO 32000-1, 14.3.3: the
 * digits behind `/CreationDate (D:`). False where the PDF has none. */
bool source_date_in_pdf(char *bytes, size_t size);

#endif
