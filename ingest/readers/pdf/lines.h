/* Characters put together: lines on a page, and the text of a cell. Knows no paragraphs. */
#ifndef OGISTAT_INGEST_READERS_PDF_LINES_H
#define OGISTAT_INGEST_READERS_PDF_LINES_H

#include <stdbool.h>

#include "ingest/readers/pdf/marks.h"

/* A line of text, or what of it stands in one column of a page. X0 and X1 are where its first and
 * last characters that are no blanks begin and end. */
struct pdf_line {
  struct pdf_char *mark; /* from left to right, blanks among them */
  size_t marks;
  double x0, x1, baseline, size;
  bool in_column; /* of a page that is set in columns, with these edges */
  double column_left, column_right;
  bool uncertain; /* other text stands beside it, and which is read first is not certain */
};

typedef LIST_OF(struct pdf_line) pdf_lines;

/* The lines that COUNT characters form, from top to bottom; MARK is put into their order. A
 * character that is drawn twice at one place (to look bold) stands once. Lines of nothing but
 * blanks are left out. */
pdf_lines pdf_lines_of(struct arena *arena, struct pdf_char *mark, size_t count);

/* The lines of a page's running text: CHARS that run to the right. */
pdf_lines pdf_page_lines(struct arena *arena, const pdf_chars *chars);

/* What a line says: white space as single blanks, a blank where a gap parts Latin words. */
const char *pdf_line_text(struct arena *arena, const struct pdf_line *line);

/* The text of a cell, and what tells whether it may go on in another cell (in points). */
struct pdf_text {
  const char *text;
  double first; /* how wide its first piece is that no end of a line may part */
  double room;  /* what is free at the end of its last line */
  double size;  /* an em */
};

/* What a cell says that is WIDTH points wide and holds COUNT characters, lines joined without
 * blank. Digits that stand too far apart to be one number are parted by ` | `, so that nobody takes
 * them for one. MARK is put into another order. */
struct pdf_text pdf_cell_text(struct arena *arena, struct pdf_char *mark, size_t count,
                              double width);

#endif
