/* Many tests at once. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_FALSE_DISCOVERIES_H
#define OGISTAT_ANALYZE_STATISTICS_FALSE_DISCOVERIES_H

#include "core/base/arena.h"

/* Replaces the COUNT p-values by q-values: the smallest false-discovery rate at which each would be
 * rejected (Benjamini & Hochberg 1995, JRSS B 57:289–300). No p-value may be NAN. ORDER is
 * scratch with room for COUNT. */
void benjamini_hochberg(double *p_values, size_t count, size_t *order);

/* The same where the p-values themselves tell how many of the tests have nothing to find, and only
 * these need to be paid for: the q-values of Benjamini & Hochberg times the part without an effect,
 * (1 + p-values above 1/2) / (COUNT / 2), at most 1 (Storey, Taylor & Siegmund 2004, JRSS B
 * 66:187–205, with lambda = 1/2). Holds for independent tests, as of different organs. */
void storey_q_values(double *p_values, size_t count, size_t *order);

/* The same for p-values of a simulation, of which there may be any number, and few different ones:
 * each is held once. */
struct p_values;

/* None, in ARENA; p_values_free frees what is not in the arena. */
struct p_values *p_values_new(struct arena *arena);
void p_values_free(struct p_values *p_values);

void p_values_add(struct p_values *p_values, double p_value);

/* All are there: from here on the q-value of each can be asked for. */
void p_values_complete(struct p_values *p_values);
double p_values_q_value(const struct p_values *p_values, double p_value);

#endif
