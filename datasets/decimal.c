/* Exact decimals on 128-bit integers. Knows nothing of units or of how reports print numbers. */
#include "datasets/decimal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static decimal_coefficient power_of_ten(int exponent) {
  decimal_coefficient power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

static bool fits(decimal_coefficient coefficient) {
  decimal_coefficient limit = power_of_ten(DECIMAL_DIGITS);
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

/* Brings both to the same places. */
static bool align(struct decimal *a, struct decimal *b) {
  struct decimal *shorter = a->places < b->places ? a : b;
  int places = a->places < b->places ? b->places : a->places;
  int shift = places - shorter->places;
  if (shift > DECIMAL_DIGITS ||
      __builtin_mul_overflow(shorter->coefficient, power_of_ten(shift), &shorter->coefficient))
    return false;
  shorter->places = places;
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

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *result) {
  decimal_coefficient product;
  if (__builtin_mul_overflow(a.coefficient, b.coefficient, &product)) return false;
  struct decimal lowest = lowest_places(product, a.places + b.places);
  if (!fits(lowest.coefficient) || lowest.places > DECIMAL_DIGITS) return false;
  *result = lowest;
  return true;
}

int decimal_compare(struct decimal a, struct decimal b) {
  if (!align(&a, &b)) { /* too far apart in size to be written alike: the doubles tell them apart */
    double x = decimal_double(a), y = decimal_double(b);
    return (x > y) - (x < y);
  }
  return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
}

bool decimal_is_integer(struct decimal value) {
  return value.places == 0;
}

const char *decimal_text(struct decimal value, char buffer[DECIMAL_TEXT_SIZE]) {
  char digits[DECIMAL_TEXT_SIZE];
  char *start = digits + sizeof digits - 1;
  *start = '\0';
  bool negative = value.coefficient < 0;
  decimal_coefficient rest = negative ? -value.coefficient : value.coefficient;
  for (int written = 0; rest > 0 || written <= value.places; written++) {
    if (written == value.places && written > 0) *--start = '.';
    *--start = (char)('0' + (int)(rest % 10));
    rest /= 10;
  }
  snprintf(buffer, DECIMAL_TEXT_SIZE, "%s%s", negative ? "-" : "", start);
  return buffer;
}

double decimal_double(struct decimal value) {
  char buffer[DECIMAL_TEXT_SIZE];
  return strtod(decimal_text(value, buffer), NULL); /* correctly rounded */
}
