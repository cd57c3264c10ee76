/* Writes documents as Word would, for tests: the same report with real spans, numbers that Word
 * counts by itself, a chart with its fallback, tracked changes that must not show. */
#ifndef OGISTAT_TESTS_DOCX_WRITER_H
#define OGISTAT_TESTS_DOCX_WRITER_H

#include "ingest/document/document.h"

struct part {
  const char *name, *text;
  size_t size; /* 0: as long as the text */
};

/* A zip container with PARTS (ended by one without name) in ARENA; its length in *SIZE. */
const char *zip_of(struct arena *arena, const struct part *parts, size_t *size);

/* The parts of a .docx that has BODY (WordprocessingML) in its document, and whatever stands in
 * MORE (ended by one without name; NULL: nothing) as further parts. */
const char *docx_of(struct arena *arena, const char *body, const struct part *more, size_t *size);

/* A relationship of the main part for each of MORE is written by its name:
 * word/charts/chart1.xml is rChart1, word/numbering.xml, word/styles.xml, word/footnotes.xml and
 * word/endnotes.xml have their types. */

struct docx_style {
  bool tracked; /* deleted text and paragraphs stand between what is there */
  bool charts;  /* charts are written, each with its fallback */
};

/* DOCUMENT, read from a report as text, as a .docx. */
const char *docx_from(struct arena *arena, const struct document *document,
                      const struct docx_style *style, size_t *size);

#endif
