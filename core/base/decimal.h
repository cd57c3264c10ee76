/* Exact decimal numbers: what a report prints, until the statistics begin.
 * A value type: an integer coefficient and a count of decimal places. Debian has no small exact
 * decimal library for C; GMP's rationals would need an allocation a cell and a printer of our own.
 */
#ifndef OGISTAT_CORE_BASE_DECIMAL_H
#define OGISTAT_CORE_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

__extension__ typedef __int128 decimal_coefficient;

/* coefficient / 10^places. Always in lowest places: 1.50 is {15, 1}, so equal values are equal
 * structs. At most DECIMAL_DIGITS significant digits. */
struct decimal {
  decimal_coefficient coefficient;
  int places;
};

enum { DECIMAL_DIGITS = 30, DECIMAL_TEXT_SIZE = 48 };

/* From an integer. */
struct decimal decimal_from(long long integer);

/* From LENGTH bytes of `[+-]digits[.digits]`, ASCII, nothing else. False where the text is not of
 * that form or has more digits than fit; *VALUE is then untouched. */
bool decimal_parse(const char *text, size_t length, struct decimal *value);

/* Sums, differences and products. False where the exact result does not fit; *RESULT is then
 * untouched. RESULT may be one of the operands. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *result);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *result);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *result);

/* Negative, zero or positive as A is below, equal to or above B. */
int decimal_compare(struct decimal a, struct decimal b);

bool decimal_is_integer(struct decimal value);

/* The shortest plain notation (no exponent, no padding zeros) into BUFFER; returns BUFFER. */
const char *decimal_text(struct decimal value, char buffer[DECIMAL_TEXT_SIZE]);

/* The nearest double, for the statistics. */
double decimal_double(struct decimal value);

#endif
