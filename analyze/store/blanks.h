/* What the blank cells of a report can hold. Blank is not zero: a blank cell takes the one number
 * that the identities leave it; else zero where every identity in which it stands holds with that;
 * else it stays open, within bounds (Manski 1990, American Economic Review 80:319–323). */
#ifndef OGISTAT_ANALYZE_STORE_BLANKS_H
#define OGISTAT_ANALYZE_STORE_BLANKS_H

#include "analyze/store/identities.h"
#include "core/model/observation.h"

struct blanks;

/* Settles the blank cells of OBSERVATIONS, and those of rows that the form prints and the report
 * lacks, in ARENA:
 *  1. Sums in which no cell stands in another sum that fails bound each of their cells by what the
 *     others can be; a cell whose bounds meet is decided.
 *     A sum counts where at least half of its cells stand in the report.
 *  2. The parts that are not decided are supposed to be zero, all at once, and their totals follow.
 *     Those that stand in an identity which does not hold then are open again, until none does. A
 *     blank cell that stands in no identity stays open; a row that the report lacks counts as zero
 *     there. */
const struct blanks *blanks_settle(const struct identities *identities,
                                   const struct observations *observations, struct arena *arena);

/* What an expression can add up to. */
struct expression_range {
  double low, high; /* ±INFINITY where nothing bounds it */
  bool is_decided;  /* LOW and HIGH are the same, and nothing is open */
  bool has_zero;    /* some blank cell was taken as zero */
  bool has_open;    /* some blank cell is open */
  double deduced;   /* what the blanks that identities decide add */
};

/* What EXPRESSION can add up to for CATEGORY: cells with a value count as printed (also approximate
 * ones), "not applicable" as zero, those that could not be read as what the identities leave them.
 * Open cells that share an identity are bounded together, and decided together where it leaves one
 * number for their sum. */
struct expression_range blanks_range(const struct blanks *blanks,
                                     const struct expression *expression,
                                     const struct observations *observations, const char *category);

#endif
