/* Reads the environment, not the clock. */
#include "core/base/source_date.h"

#include <stdlib.h>
#include <time.h>

void source_date(char digits[SOURCE_DATE_DIGITS + 1]) {
  static const long long latest = 253402300799; /* of the year 9999 */
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  char *end = NULL;
  long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
  if (epoch && (end == epoch || *end || seconds < 0 || seconds > latest)) seconds = 0;
  time_t when = (time_t)seconds;
  struct tm date = {0};
  gmtime_r(&when, &date);
  strftime(digits, SOURCE_DATE_DIGITS + 1, "%Y%m%d%H%M%S", &date);
}
