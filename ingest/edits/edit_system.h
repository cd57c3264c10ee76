/* The rules of a report as linear relations between its cells: what error localisation and
 * deduction work on. Decides nothing. */
#ifndef OGISTAT_INGEST_EDITS_EDIT_SYSTEM_H
#define OGISTAT_INGEST_EDITS_EDIT_SYSTEM_H

#include "ingest/edits/edit_rules.h"

/* A cell that some rule adds up. */
struct edit_cell {
  const struct variable *variable;
  const char *category;
  struct observation *observation; /* NULL where the form prints it and the report lacks it */
};

struct edit_term {
  size_t cell;
  int factor; /* how often it is added; negative: subtracted */
};

/* The terms and the constant add up to zero, or for RELATION_AT_LEAST to zero or more. */
struct edit_row {
  const struct edit *edit;
  const struct edit_term *term;
  size_t terms;
  struct decimal constant;
  bool fails;
};

struct edit_system {
  LIST_OF(struct edit_cell) cells;
  LIST_OF(struct edit_row) rows; /* in the order of the rules */
};

/* The hard rules of RULES that are about one report and whose numbers fit, over OBSERVATIONS. */
struct edit_system edit_system_build(struct arena *arena, const struct edit_rules *rules,
                                     struct observations *observations);

/* Where the true number of a cell may lie. */
struct edit_range {
  bool has_low, has_high;
  struct decimal low, high; /* count only where the cell has them */
};

/* As the cell was read: one number, or open on a side. */
struct edit_range edit_cell_range(const struct edit_cell *cell);

/* What ROW's terms and constant add up to, where cells without a number count as zero and
 * approximate ones as printed. False where it does not fit. */
bool edit_row_sum(const struct edit_system *system, const struct edit_row *row,
                  struct decimal *sum);

#endif
