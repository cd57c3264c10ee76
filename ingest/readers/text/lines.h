/* What the text reader and its helper for bars share: the lines of a text, each told by its kind.
 */
#ifndef OGISTAT_INGEST_READERS_TEXT_LINES_H
#define OGISTAT_INGEST_READERS_TEXT_LINES_H

#include <stdbool.h>

#include "core/base/arena.h"

enum line_kind {
  LINE_EMPTY,
  LINE_PLAIN,
  LINE_CELL,  /* one cell of a row: behind a tab or a bar, or between bare bars */
  LINE_ROW,   /* a whole row: cells parted by bars, or by tabs behind a first tab */
  LINE_DATA,  /* cells parted by tabs: rows, or a chart's data */
  LINE_PASSED /* page numbers, the rule under a heading: no part of the text */
};

struct line {
  enum line_kind kind;
  char *text;
  const char *bars; /* the line, trimmed, with every kind of bar as '|'; NULL: it has none */
  bool is_filled;   /* a row that was filled up with bars to the width of its table */
};

typedef LIST_OF(struct line) line_list;

#endif
