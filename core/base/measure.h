/* How much room a text takes, where it may be broken, and how a long number is read. */
#ifndef OGISTAT_CORE_BASE_MEASURE_H
#define OGISTAT_CORE_BASE_MEASURE_H

#include <stddef.h>

#include "core/base/arena.h"

struct text_lines {
  const char **line;
  size_t count; /* at least 1 */
};

/* The width of TEXT in em, a little generous: a Chinese character is 1. */
double text_width(const char *text);

/* TEXT in lines of at most WIDTH em: broken at blanks and between Chinese characters, never before
 * a closing or after an opening mark, within a word only where the word alone is too wide. */
struct text_lines text_wrap(struct arena *arena, const char *text, double width);

/* The same in no more lines, but all about equally long: no lone character on the last one. */
struct text_lines text_wrap_evenly(struct arena *arena, const char *text, double width);

/* TEXT itself; where it is wider than WIDTH em, its beginning with … behind it. */
const char *text_cut(struct arena *arena, const char *text, double width);

/* A number in plain notation for people: its digits in groups of three from five digits on. */
char *number_grouped(struct arena *arena, const char *number);

/* How long numbers are read: in Chinese as 1.23万 from 10,000 on, and as 1.23亿. */
enum reading { READ_DIGITS, READ_MYRIADS };

/* NUMBER for people, shortened to three digits where it is read in myriads: for a label; tables and
 * data files have all its digits. */
char *number_short(struct arena *arena, const char *number, enum reading reading);

/* VALUE without loss: 12000 is 1.2万. */
char *number_exact(struct arena *arena, double value, enum reading reading);

/* The width of the longest line in em. */
double text_lines_width(const struct text_lines *lines);

#endif
