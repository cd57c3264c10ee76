/* Exact decimals on 128-bit integers. Knows nothing of units or of how reports print numbers. */
#include "core/base/decimal.h"

#include <ctype.h>
#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static decimal_coefficient power_of_ten(int exponent) {
  decimal_coefficient power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

static bool fits(decimal_coefficient coefficient) {
  static const decimal_coefficient root = 1000000000000000; /* of 10^DECIMAL_DIGITS */
  const decimal_coefficient limit = root * root;
  return coefficient < limit && coefficient > -limit;
}

static struct decimal lowest_places(decimal_coefficient coefficient, int places) {
  while (places > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    places--;
  }
  return (struct decimal){coefficient, places};
}

struct decimal decimal_from(long long integer) {
  return (struct decimal){integer, 0};
}

bool decimal_parse(const char *text, size_t length, struct decimal *value) {
  const char *end = text + length;
  bool negative = text < end && *text == '-';
  if (text < end && (*text == '+' || *text == '-')) text++;

  decimal_coefficient coefficient = 0;
  int places = 0;
  bool point = false, digit = false;
  for (; text < end; text++) {
    if (*text == '.' && digit && !point && text + 1 < end) {
      point = true;
    } else if (isdigit((unsigned char)*text)) {
      coefficient = coefficient * 10 + (*text - '0');
      if (!fits(coefficient)) return false;
      digit = true;
      if (point && ++places > DECIMAL_DIGITS) return false;
    } else {
      return false;
    }
  }
  if (!digit) return false;
  *value = lowest_places(negative ? -coefficient : coefficient, places);
  return true;
}

/* Brings both to the same places; where that overflows, leaves both as they are. */
static bool align(struct decimal *a, struct decimal *b) {
  if (a->places == b->places) return true;
  struct decimal *shorter = a->places < b->places ? a : b;
  int places = a->places < b->places ? b->places : a->places;
  decimal_coefficient shifted; /* the builtin writes a wrapped value even where it overflows */
  if (__builtin_mul_overflow(shorter->coefficient, power_of_ten(places - shorter->places),
                             &shifted))
    return false;
  *shorter = (struct decimal){shifted, places};
  return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *result) {
  decimal_coefficient sum;
  if (!align(&a, &b) || __builtin_add_overflow(a.coefficient, b.coefficient, &sum)) return false;
  struct decimal lowest = lowest_places(sum, a.places);
  if (!fits(lowest.coefficient)) return false;
  *result = lowest;
  return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *result) {
  b.coefficient = -b.coefficient;
  return decimal_add(a, b, result);
}

/* Takes the tens out of a * b / 10^places, so that the product overflows only where its value does
 * not fit; returns the
 * places that are left, the lowest ones. */
static int cancel_tens(decimal_coefficient *a, decimal_coefficient *b, int places) {
  for (; places > 0; places--) {
    if (*a % 10 == 0) {
      *a /= 10;
    } else if (*b % 10 == 0) {
      *b /= 10;
    } else if (*a % 2 == 0 && *b % 5 == 0) {
      *a /= 2;
      *b /= 5;
    } else if (*a % 5 == 0 && *b % 2 == 0) {
      *a /= 5;
      *b /= 2;
    } else {
      break;
    }
  }
  return places;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *result) {
  int places = cancel_tens(&a.coefficient, &b.coefficient, a.places + b.places);
  decimal_coefficient product;
  if (places > DECIMAL_DIGITS || __builtin_mul_overflow(a.coefficient, b.coefficient, &product) ||
      !fits(product))
    return false;
  *result = (struct decimal){product, places};
  return true;
}

int decimal_compare(struct decimal a, struct decimal b) {
  if (!align(&a, &b)) { /* the one with fewer places is far larger in size: its sign decides */
    if (a.places < b.places) return a.coefficient > 0 ? 1 : -1;
    return b.coefficient > 0 ? -1 : 1;
  }
  return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
}

bool decimal_is_integer(struct decimal value) {
  return value.places == 0;
}

/* Puts the digits of REST before END, at least one more than PLACES, with a point before the last
 * PLACES; returns where they begin. Most numbers are small, and division by ten is faster there. */
static char *put_digits(decimal_coefficient rest, int places, char *end) {
  for (int written = 0; rest > 0 || written <= places; written++) {
    if (written == places && written > 0) *--end = '.';
    bool is_small = rest <= UINT32_MAX;
    uint32_t low = is_small ? (uint32_t)rest : 0;
    *--end = (char)('0' + (is_small ? low % 10 : (uint32_t)(rest % 10)));
    rest = is_small ? low / 10 : rest / 10;
  }
  return end;
}

const char *decimal_text(struct decimal value, char buffer[DECIMAL_TEXT_SIZE]) {
  char digits[DECIMAL_TEXT_SIZE];
  char *end = digits + sizeof digits;
  bool negative = value.coefficient < 0;
  const char *start =
      put_digits(negative ? -value.coefficient : value.coefficient, value.places, end);
  size_t length = (size_t)(end - start);
  if (negative) *buffer = '-';
  memcpy(buffer + negative, start, length);
  buffer[negative + length] = '\0';
  return buffer;
}

/* Whole numbers and powers of ten that a double holds exactly: their quotient is correctly rounded.
 */
static bool is_exact(struct decimal value) {
  static const decimal_coefficient most = (decimal_coefficient)1 << DBL_MANT_DIG;
  return value.places <= 22 && value.coefficient <= most && value.coefficient >= -most;
}

double decimal_double(struct decimal value) {
  if (is_exact(value)) return (double)value.coefficient / (double)power_of_ten(value.places);
  char digits[DECIMAL_TEXT_SIZE], text[DECIMAL_TEXT_SIZE + 8];
  int exponent = -value.places; /* no decimal point, which strtod would take from the locale */
  value.places = 0;
  snprintf(text, sizeof text, "%se%d", decimal_text(value, digits), exponent);
  return strtod(text, NULL); /* correctly rounded */
}
