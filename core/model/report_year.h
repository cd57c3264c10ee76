/* The years that a report can be about. */
#ifndef OGISTAT_CORE_MODEL_REPORT_YEAR_H
#define OGISTAT_CORE_MODEL_REPORT_YEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The first annual reports are older than the Regulations of 2008: Guangzhou's rules on open
 * government information, in force since 1 January 2003, ask for them
 * (广州市政府信息公开规定).
 * The last year is no forecast; it stops misprints such as 2100 and 9999, whatever the clock says.
 */
enum { REPORT_YEAR_FIRST = 2003, REPORT_YEAR_LAST = 2099 };

static inline bool report_year_is_possible(long year) {
  return year >= REPORT_YEAR_FIRST && year <= REPORT_YEAR_LAST;
}

/* The year that TEXT is, four digits and nothing else; 0 where it is none, or none of a report. */
static inline int report_year_from(const char *text) {
  int year = 0;
  if (strlen(text) != 4 || strspn(text, "0123456789") != 4) return 0;
  for (size_t i = 0; i < 4; i++) year = year * 10 + (text[i] - '0');
  return report_year_is_possible(year) ? year : 0;
}

#endif
