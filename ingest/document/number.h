/* Numbers as reports print them: 1,032,130 · １２ · +163 · 减4 · 持平 · 7710（次） ·
 * 5059.4731万人次 · 120余 · 三件. The words are rows of numerals.csv, the units rows of units.csv.
 */
#ifndef OGISTAT_INGEST_DOCUMENT_NUMBER_H
#define OGISTAT_INGEST_DOCUMENT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"

struct numerals;

/* Reads FOLDER/numerals.csv and FOLDER/units.csv into ARENA. NULL with file, line and reason. */
const struct numerals *numerals_load(struct arena *arena, const char *folder,
                                     struct failure *failure);

/* What a printed number says: a status and, where that has one, a value in the variable's unit. */
struct number {
  enum status status;
  struct decimal value;
};

/* Reads PRINTED (a cell or a part of a sentence) as a value of VARIABLE. HEADER_UNIT is the unit
 * that the heading names, "" where none: it holds where PRINTED names none itself. Whatever is left
 * over, or is no possible value of the variable's type, makes the number unreadable. ARENA serves
 * for scratch. */
struct number number_read(struct arena *arena, const struct numerals *numerals,
                          const struct variable *variable, const char *printed,
                          const char *header_unit);

/* True where COMPACT (text_compact of what is printed) has a digit and is a number in some unit, or
 * is a word for no value. */
bool number_is_value(const struct numerals *numerals, const char *compact);

/* True where COMPACT is a word or sign for no value: "/", ——, 无. */
bool number_is_none(const struct numerals *numerals, const char *compact);

/* The unit that COMPACT is and nothing else, in brackets or not: 件, (万元); "" where it is none.
 */
const char *number_unit(struct arena *arena, const struct numerals *numerals, const char *compact);

/* True where UNIT can be converted to the unit of VARIABLE. */
bool number_knows_unit(const struct numerals *numerals, const struct variable *variable,
                       const char *unit);

/* A regular expression (PCRE2, in ARENA) that matches a printed number followed by one of UNITS
 * (parted by '|'; an empty one is no unit, at the end of a clause), with everything that belongs to
 * it, as the group `value`. An ordinal (第3期) is no number, nor is what goes on as a word
 * (一次性). */
const char *number_pattern(struct arena *arena, const struct numerals *numerals, const char *units);

#endif
