/* Reads the environment, not the clock. */
#include "core/base/source_date.h"

#include <stdlib.h>
#include <string.h>
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

/* The last MARK in the SIZE bytes; NULL: there is none. */
static char *last_mark(char *bytes, size_t size, const char *mark) {
  char *found = NULL;
  for (char *at = bytes; (at = memmem(at, size - (size_t)(at - bytes), mark, strlen(mark))); at++)
    found = at;
  return found;
}

bool source_date_in_pdf(char *bytes, size_t size) {
  static const char key[] = "/CreationDate", open[] = "(D:";
  char *at = last_mark(bytes, size, key), *end = bytes + size;
  if (!at) return false;
  at += strlen(key);
  while (at < end && *at == ' ') at++;
  if (end - at < (ptrdiff_t)strlen(open) + SOURCE_DATE_DIGITS ||
      memcmp(at, open, strlen(open)) != 0)
    return false;
  char date[SOURCE_DATE_DIGITS + 1];
  source_date(date);
  memcpy(at + strlen(open), date, SOURCE_DATE_DIGITS);
  return true;
}
