/* The one neutral shape of a published file: paragraphs, grids of cells and charts, in reading
 * order, each with its place in the source. Readers build it; nobody behind it knows a file format.
 */
#ifndef OGISTAT_INGEST_DOCUMENT_DOCUMENT_H
#define OGISTAT_INGEST_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/model/place.h"

struct cell {
  const char *text; /* as printed, line breaks inside a cell taken out; "" where blank */
  size_t column;    /* first column that it covers, from 0 */
  size_t columns;   /* how many it covers: 1, or more where it spans */
};

struct row {
  const struct cell *cell; /* from left to right; not those of rows above that reach down into it */
  size_t cells;
  size_t page; /* from 1, where the format has pages; else 0 */
  /* A page break stands before or behind it, and it is not certain that its cells end there: what
   * they hold may be a part of what was printed. */
  bool may_be_cut;
};

struct grid {
  const struct row *row;
  size_t rows;
  /* Spans were lost on the way (text converted from Word): a row then lists its cells, and a cell's
   * column is just its position in the row. A cell merged with the one above is a blank cell, or
   * (text saved from a page) is left out. */
  bool ragged;
};

struct chart_point {
  const char *series, *category; /* "" where the chart names none */
  const char *value;             /* as printed */
};

struct chart {
  const char *title;
  const struct chart_point *point;
  size_t points;
};

enum block_kind { BLOCK_PARAGRAPH, BLOCK_GRID, BLOCK_CHART, BLOCK_KINDS };

struct block {
  enum block_kind kind;
  size_t number;    /* from 1 among the blocks of its kind: "paragraph 41", "table 3", "chart 1" */
  size_t page;      /* where it begins, from 1; 0 where the format has no pages */
  const char *text; /* of a paragraph */
  /* Other text stands beside the paragraph, and it is not certain that it is not a part of both:
   * its sentences may be mixed. */
  bool order_unknown;
  struct grid grid;
  struct chart chart;
};

/* What a file says of itself beside its text: the head of a web page. */
enum about_kind {
  ABOUT_TITLE,     /* its title, often with the names of column and site behind it */
  ABOUT_PUBLISHER, /* the organ that published it */
  ABOUT_PUBLISHED, /* when */
  ABOUT_SITE       /* the name of the web site */
};

struct about {
  enum about_kind kind;
  const char *text;
};

/* Where in a file the text of a paragraph or cell begins, for who writes into a copy of it. */
struct text_origin {
  const char *text; /* the very text of the block or cell, told by its address */
  size_t paragraph; /* of a .docx: from 1, among all paragraphs of its main part */
};

struct document {
  struct arena *arena;         /* owns everything below */
  LIST_OF(struct about) about; /* in the order in which it stands in the file */
  LIST_OF(struct block) blocks;
  size_t numbers[BLOCK_KINDS];         /* the last number given to each kind */
  LIST_OF(struct text_origin) origins; /* where the reader knows them */
  const char *url;                     /* where it was published, as it says itself, or NULL */
  const char *site_code; /* the number of its web site (政府网站标识码), or NULL */
};

/* Appends a block of KIND with the next number; the caller fills it. */
struct block *document_add(struct document *document, enum block_kind kind);

/* Where BLOCK stands. PAGE is the block's own, or that of a row in it. */
struct source_place block_place(const struct block *block, size_t page);

/* The same in words (see place_locator), in ARENA. */
const char *block_locator(struct arena *arena, const struct block *block, size_t page);

/* Takes the last block away again. */
void document_take_back(struct document *document);

/* The paragraph of the file in which TEXT, of a block or cell of DOCUMENT, begins; 0: not known. */
size_t document_origin(const struct document *document, const char *text);

/* Prints the document for people who debug a layout. */
void document_dump(const struct document *document, FILE *file);

#endif
