/* Many tests at once. A pure function of numbers. */
#ifndef OGISTAT_FALSE_DISCOVERIES_H
#define OGISTAT_FALSE_DISCOVERIES_H

#include <stddef.h>

/* Replaces the COUNT p-values by q-values: the smallest false-discovery rate at which each would be
 * rejected (Benjamini & Hochberg 1995, JRSS B 57:289–300). No p-value may be NAN. ORDER is
 * scratch with room for COUNT. */
void benjamini_hochberg(double *p_values, size_t count, size_t *order);

#endif
