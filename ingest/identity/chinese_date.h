/* Years, months and days in Chinese numerals: 二〇二〇年十二月三十一日. */
#ifndef OGISTAT_INGEST_IDENTITY_CHINESE_DATE_H
#define OGISTAT_INGEST_IDENTITY_CHINESE_DATE_H

#include "core/base/arena.h"

/* TEXT with every year (four numerals before 年), month (before 月) and day (before 日) in digits:
 * 2020年12月31日. All else is left as it stands; TEXT itself where there is none. */
const char *chinese_dates_in_digits(struct arena *arena, const char *text);

#endif
