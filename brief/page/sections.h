/* The sections of a page, each a function that adds its blocks. */
#ifndef OGISTAT_BRIEF_PAGE_SECTIONS_H
#define OGISTAT_BRIEF_PAGE_SECTIONS_H

#include "brief/facts/facts.h"
#include "brief/page/draft.h"

/* The charts of SUBJECT (a report's id, its series, `all`), and why others were not drawn. */
void section_charts(struct draft *draft, const char *const *subjects, size_t count);

/* Where organs are too many for a chart of all: a table of those of each prefecture. */
void section_charts_of_parts(struct draft *draft);

/* The indicators of a report, or the aggregates of the last year; both with changes. */
void section_indicators(struct draft *draft, const struct brief_report *report);
void section_aggregates(struct draft *draft, struct whole whole);

/* A report among others of its year. */
void section_comparisons(struct draft *draft, const struct brief_report *report);

/* What a report says, as it says it: requests by applicant, key areas, all else. */
void section_values(struct draft *draft, const struct brief_report *report);

/* What was missing and what did not add up. */
void section_quality(struct draft *draft, const struct brief_report *report);
void section_quality_of_all(struct draft *draft);

/* Divisions and years without a report, and files that gave none. */
void section_coverage(struct draft *draft);

/* How numbers on the page were computed: those of the tables whose bits are set in USED (1 <<
 * TABLE_INDICATORS …); and where their files are. */
void section_methods(struct draft *draft, unsigned used);
void section_files(struct draft *draft, const struct brief_report *report);

/* The row of observations.csv with that value of REPORT, or NULL. */
record reported_value(const struct draft *draft, const struct brief_report *report,
                      const char *variable, const char *category);

/* Where VALUE (a row of observations.csv) stands in its source, for people: "page 2, table 3". */
const char *place_text(const struct draft *draft, record value);

/* The address of the source of REPORT, at the page of VALUE (which may be NULL); "" where the
 * source is not there. */
const char *place_address(const struct draft *draft, const struct brief_report *report,
                          record value);

/* A variable with its category, for people. */
const char *variable_text(const struct draft *draft, const char *variable, const char *category);

/* A printed value, for people: 12, ≥120, blank … */
const char *value_text(const struct draft *draft, const char *status, const char *value);

#endif
