/* A page of the briefing before it is written as a web page or as a Word file: what it says, in
 * what order, and what leads where. Knows no indicator and no file format; all text is UTF-8 as a
 * person reads it, never marked up. */
#ifndef OGISTAT_BRIEF_PAGE_PAGE_H
#define OGISTAT_BRIEF_PAGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/model/words.h"

/* TARGET is a relative address (a page of the briefing, `#part` of this page, a file of the
 * results, the source), "" where the text leads nowhere. */
struct link_text {
  const char *text, *target;
};

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER };

struct page_column {
  const char *title;
  enum column_kind kind; /* numbers are set to the right and sorted by their value */
};

struct page_cell {
  struct link_text show;
  const char *sort; /* the number it is sorted by, exact and plain, "" to sort by the text */
  bool heads_row;   /* names the row */
  const char *name; /* what `#name` leads to; NULL for none */
};

/* CELL has COLUMNS × ROWS items, row by row. */
struct page_table {
  const char *name, *caption; /* NAME is what `#name` leads to */
  const struct page_column *column;
  const struct page_cell *cell;
  size_t columns, rows;
};

/* Pictures are paths to files that exist, "" where that format was not drawn. */
struct page_figure {
  const char *name, *caption; /* NAME is what `#name` leads to */
  const char *alternative;    /* what it shows, in words, for those who do not see it */
  const char *svg, *svg_phone, *png, *emf;
};

enum page_block_kind { PAGE_HEADING, PAGE_SENTENCES, PAGE_PARAGRAPH, PAGE_FIGURE, PAGE_TABLE };

struct page_block {
  enum page_block_kind kind;
  int level;        /* of a heading: 2 or 3; the page's title is 1 */
  const char *text; /* of a heading or paragraph; what a sentence's link is called */
  const char *name; /* of a heading: what `#name` leads to; "" for none */
  const struct link_text *sentences; /* one after the other, each a point of its own */
  size_t count;                      /* of the sentences */
  struct page_figure figure;
  struct page_table table;
};

/* What a page had to do without. */
struct page_losses {
  const char *picture; /* path of the first picture that could not be read; NULL: none */
};

struct page {
  enum language language;
  const char *name;             /* file name without ending */
  const char *title, *subtitle; /* whose and of which year; where it comes from */
  const struct link_text
      *paths; /* leads to the index, the years before and behind, the other language */
  size_t path_count;
  LIST_OF(struct page_block) block;
};

#endif
