/* A line of text in pieces, parted where a gap is as wide as one between columns. Knows what a
 * number looks like, no tables. */
#ifndef OGISTAT_INGEST_READERS_PDF_SEGMENTS_H
#define OGISTAT_INGEST_READERS_PDF_SEGMENTS_H

#include "ingest/readers/pdf/lines.h"

struct pdf_segment {
  double x0, x1;
  const char *text;
  bool is_number;
};

typedef LIST_OF(struct pdf_segment) pdf_segments;

/* True where LINE has more than one piece. */
bool pdf_has_segments(const struct pdf_line *line);

/* The pieces of LINE from left to right. */
pdf_segments pdf_segments_of(struct arena *arena, const struct pdf_line *line);

/* `12`, `-3.5`, `7710（次）`, `$ 1,200`, `.9%`, and `/` or `—` where a value might stand; not `1.`
 * or `1.x`, which begin an item. */
bool pdf_looks_like_number(const char *text);

#endif
