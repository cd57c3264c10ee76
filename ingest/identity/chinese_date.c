/* Chinese numerals before 年, 月 and 日. Knows nothing of what the dates are for. */
#include "ingest/identity/chinese_date.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/label.h"

/* 二十九, 二〇二〇: no date has more numerals; every numeral is three bytes in UTF-8. */
enum { NUMERALS = 4, NUMERAL_SIZE = 3, TEN = 10 };

/* The value of the numeral that TEXT begins with, or -1. Zero is printed as four characters. */
static int numeral(const char *text) {
  if ((unsigned char)*text < 0xE2) return -1;
  switch (text_next(&text)) {
    case L'〇':
    case L'零':
    case L'○':
    case L'◯': return 0;
    case L'一': return 1;
    case L'二': return 2;
    case L'三': return 3;
    case L'四': return 4;
    case L'五': return 5;
    case L'六': return 6;
    case L'七': return 7;
    case L'八': return 8;
    case L'九': return 9;
    case L'十': return TEN;
    default: return -1;
  }
}

/* 二〇二〇: numerals one by one. -1 where one of them is ten. */
static int year_of(const int *value, size_t count) {
  int year = 0;
  for (size_t i = 0; i < count; i++) {
    if (value[i] == TEN) return -1;
    year = year * 10 + value[i];
  }
  return count == 4 ? year : -1;
}

/* 三, 十, 十二, 二十, 三十一. -1 where it is none of these. */
static int day_of(const int *value, size_t count) {
  if (count == 1) return value[0];
  if (count == 2 && value[0] == TEN) return TEN + value[1];
  if ((count == 2 || count == 3) && value[1] == TEN)
    return value[0] * TEN + (count == 3 ? value[2] : 0);
  return -1;
}

/* The number from START to the unit at END, or -1. */
static int number_before(const char *start, const char *end) {
  int value[NUMERALS];
  size_t count = (size_t)(end - start) / NUMERAL_SIZE;
  for (size_t i = 0; i < count; i++) value[i] = numeral(start + i * NUMERAL_SIZE);
  return strncmp(end, "年", NUMERAL_SIZE) == 0 ? year_of(value, count) : day_of(value, count);
}

static bool is_unit(const char *text) {
  static const char first_of_year = "年"[0], first_of_others = "月"[0];
  if (*text != first_of_year && *text != first_of_others) return false;
  return strncmp(text, "年", NUMERAL_SIZE) == 0 || strncmp(text, "月", NUMERAL_SIZE) == 0 ||
         strncmp(text, "日", NUMERAL_SIZE) == 0;
}

/* Where the numerals begin that stand before END, in the text from START on. */
static const char *numerals_before(const char *start, const char *end) {
  while (end - start >= NUMERAL_SIZE && numeral(end - NUMERAL_SIZE) >= 0) end -= NUMERAL_SIZE;
  return end;
}

const char *chinese_dates_in_digits(struct arena *arena, const char *text) {
  const char *result = "", *rest = text;
  for (const char *end = text; *end; end++) {
    if (!is_unit(end)) continue;
    const char *at = numerals_before(rest, end);
    size_t length = (size_t)(end - at);
    bool is_number = length > 0 && length <= (size_t)NUMERALS * NUMERAL_SIZE;
    int number = is_number ? number_before(at, end) : -1;
    if (number <= 0) continue;
    result = arena_format(arena, "%s%.*s%d", result, (int)(at - rest), rest, number);
    rest = end;
  }
  return rest == text ? text : arena_format(arena, "%s%s", result, rest);
}
