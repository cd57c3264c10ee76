/* Where in a published file a value stands, and how it was read there. What people are shown (the
 * column `locator`: "page 2, table 3, row 5, column 2") is only printed from it. */
#ifndef OGISTAT_CORE_MODEL_PLACE_H
#define OGISTAT_CORE_MODEL_PLACE_H

#include <stddef.h>

#include "core/base/arena.h"

enum place_kind { PLACE_UNKNOWN, PLACE_TABLE, PLACE_PARAGRAPH, PLACE_CHART, PLACE_KINDS };

/* All numbers count from 1; 0 is none. */
struct source_place {
  enum place_kind kind;
  size_t page;        /* where the format has pages */
  size_t number;      /* of the table, paragraph or chart, among those of its kind in the file */
  size_t row, column; /* of a table */
  size_t point;       /* of a chart */
};

enum read_by {
  READ_BY_TABLE,      /* a cell of a table */
  READ_BY_TEXT_TABLE, /* a cell of a table that stands in the file as lines of text */
  READ_BY_CHART,      /* a point of a chart */
  READ_BY_PROSE,      /* a rule for prose found it in a sentence */
  READ_BY_DEDUCTION,  /* it follows from other cells; its place is that of the blank cell */
  READ_BY_COUNT
};

/* Where a value comes from. */
struct provenance {
  struct source_place place;
  enum read_by read_by;
  const char *rule; /* that found it: an id of prose_rules.csv; "" for what no rule reads */
};

/* The word in the column place_kind; "" for an unknown place. */
const char *place_kind_name(enum place_kind kind);

/* PLACE in words, in ARENA: "table 3, row 5, column 2", "paragraph 41", "chart 1, point 4", each
 * with "page 2, " before it where there are pages; "" for an unknown place. */
const char *place_locator(struct arena *arena, struct source_place place);

/* The word in the column read_by; and back, READ_BY_COUNT where it is none. */
const char *read_by_name(enum read_by read_by);
enum read_by read_by_from(const char *name);

#endif
