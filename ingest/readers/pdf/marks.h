/* What is drawn on a page of a PDF: characters and ruling lines with their positions, in points,
 * from the page's upper left corner as a reader sees it. Knows neither tables nor paragraphs. */
#ifndef OGISTAT_INGEST_READERS_PDF_MARKS_H
#define OGISTAT_INGEST_READERS_PDF_MARKS_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>
#include <stdbool.h>

#include "core/base/arena.h"

/* Where the text goes on behind a character. */
enum pdf_direction { PDF_RIGHT, PDF_DOWN, PDF_LEFT, PDF_UP, PDF_DIRECTIONS };

struct pdf_char {
  int character;
  enum pdf_direction direction;
  double x0, y0, x1, y1; /* its box: the advance wide, an em high */
  double baseline;       /* of text that does not run to the right: the box's lower edge */
  double size;           /* an em */
  double anchor;         /* decides its column: the middle of its number, or its own */
};

/* A straight line: at y = AT from x = FROM to TO where it is horizontal; else x and y change
 * places. */
struct pdf_rule {
  double at, from, to;
};

typedef LIST_OF(struct pdf_char) pdf_chars;
typedef LIST_OF(struct pdf_rule) pdf_rules;

struct pdf_marks {
  double width, height;
  pdf_chars chars; /* in the order in which they are drawn; blanks among them */
  pdf_rules horizontal, vertical;
  size_t visible;  /* characters that are no blanks */
  size_t unknown;  /* of them: without a known meaning (U+FFFD, private use) */
  size_t hidden;   /* characters that are not drawn, as of a layer by OCR */
  double pictured; /* the part of the page that its largest picture covers */
  bool overflow;   /* more than the limit; the rest was left out */
};

enum { PDF_CHARS_LIMIT = 200 * 1000, PDF_RULES_LIMIT = 400 * 1000 };

/* What PAGE shows, in ARENA: neither what is clipped away or outside the page, nor invisible or
 * slanting text. Where text is clipped in the middle, U+FFFD stands at its edge. Text that is
 * turned by a quarter on the whole page is turned upright, with the lines. Throws what MuPDF
 * throws. */
void pdf_marks_read(fz_context *context, pdf_page *page, struct arena *arena,
                    struct pdf_marks *marks);

/* Anchors the digits of a number to its middle: they stay together, even where the number is wider
 * than its column. */
void pdf_marks_anchor_numbers(pdf_chars *chars);

/* The middle of the characters' sizes, 0 where there are none; the unit of all tolerances. */
double pdf_marks_size(const struct pdf_marks *marks, struct arena *arena);

#endif
