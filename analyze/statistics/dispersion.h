/* How much the counts of an organ vary from year to year beyond chance, judged from the differences
 * between neighbouring years of many organs. Pure functions of numbers; they know no organs and no
 * indicators. docs/methods.md derives them. */
#ifndef OGISTAT_ANALYZE_STATISTICS_DISPERSION_H
#define OGISTAT_ANALYZE_STATISTICS_DISPERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/* How a count varies beyond chance. */
enum variation {
  VARIATION_NONE,  /* not known: means, and levels that are no counts */
  VARIATION_SHARE, /* the binomial variance of a share times phi (Rao & Scott 1992, Biometrics
                      48:577–585) */
  VARIATION_RATE,  /* the Poisson variance of a rate times phi */
  VARIATION_COUNT  /* a count is Poisson around a level that is lognormal from year to year: the
                      variance of the log ratio of two years is that of chance plus tau squared */
};

/* A count: events of so many trials or so much exposure (1 for a plain count). */
struct counted {
  double events, size;
};

/* From a year to the next: the difference of two shares or rates, or the log ratio of two counts
 * (each one half higher, so that zero has a logarithm), and its variance by chance where nothing
 * changed. CHANCE is 0 where nothing can vary. It INFORMS on dispersion where both years expect at
 * least one event (and one of the rest), of counts where both are at least 5. */
struct year_step {
  double difference, chance;
  bool informs;
};
struct year_step year_step_of(enum variation variation, struct counted before, struct counted now);

/* A step of an organ as the estimate of dispersion wants it: standardised by chance (then CHANCE is
 * 1), or of counts the log ratio itself. */
struct organ_step {
  uint32_t organ;
  uint16_t year; /* the later one */
  double value, chance;
};
struct organ_step organ_step_of(enum variation variation, struct counted before, struct counted now,
                                uint32_t organ, int year);

/* What most organs of a group did from one year to the next. */
struct year_centre {
  uint16_t year;
  double middle; /* the median of their values, 0 with fewer than five */
  double spread; /* a value's standard deviation from that median, 1 if the middle were known */
  double level, freedom; /* of the group without the steps of the year, by which these are judged:
                            those of all where fewer than five organs have others */
};

/* The dispersion of a group of organs. */
struct dispersion {
  double level;         /* phi, or tau squared */
  double prior_scale;   /* of the multiples of LEVEL that single organs have: their harmonic mean */
  double prior_freedom; /* how alike organs are, as degrees of freedom; INFINITY: all the same */
  double pooled_freedom;            /* degrees of freedom behind LEVEL; INFINITY for a default */
  size_t organs, steps;             /* that inform */
  const struct year_centre *centre; /* by year */
  size_t centres;
};

/* From COUNT steps (of those that inform), sorted by organ and year; what it returns is in ARENA.
 *
 * LEVEL: Huber's proposal 2 with the middle known (Huber 1964, Annals of Mathematical Statistics
 * 35:73–101): squares, over the variance they should have, count up to 6.25, and their mean is what
 * it is of a normal variable, so that single real changes do not pass for dispersion. Before that
 * the median of each year is taken off (of five organs and more), so that what all organs did
 * together does not either.
 * PRIOR: a step's variance is LEVEL's times a multiple that an organ keeps, whose inverse is
 * chi-square (Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3, 3); its
 * degrees of freedom come from how far the organs' mean squares scatter beyond chance (moments). */
struct dispersion dispersion_of_steps(enum variation variation, const struct organ_step *steps,
                                      size_t count, struct arena *arena);

/* DISPERSION as it is without the steps to YEAR: a change in which many organs take part is not to
 * pass for the noise that it is judged by. */
struct dispersion dispersion_around(const struct dispersion *dispersion, int year);

/* Degrees of freedom of the mean square of COUNT differences, of which NEIGHBOURS pairs share a
 * year: 2 k² / (2 k + neighbours) (von Neumann 1941, Annals of Mathematical Statistics 12:367–395,
 * for all of a series). */
double step_freedom(size_t count, size_t neighbours);

/* The dispersion of one organ at one step. */
struct own_dispersion {
  double multiple; /* of what LEVEL says */
  double freedom;  /* behind it */
};

/* DISPERSION drawn to what the COUNT steps of an organ say, without its step LEFT_OUT (an index;
 * COUNT: none): the posterior mean of Smyth 2004. A change is judged by what lies around it. */
struct own_dispersion moderate(const struct dispersion *dispersion, enum variation variation,
                               const struct organ_step *steps, size_t count, size_t left_out);

/* A change judged by more than chance. */
struct step_test {
  double design_effect; /* variance over that of chance, at least 1 (Kish 1965, Survey Sampling) */
  double beyond_chance; /* the variance of STEP above that of chance */
  double freedom;
  double reach;   /* the 97.5 % quantile of Student's t */
  double p_value; /* two-sided, of no change */
};

/* STEP over its standard error, with Student's t: for shares the chi-square of two shares over the
 * design effect (Rao & Scott 1992). The p-value is 1 where nothing can vary. */
struct step_test step_test(struct year_step step, const struct dispersion *dispersion,
                           enum variation variation, struct own_dispersion own);

#endif
