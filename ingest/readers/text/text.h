/* Text: converted from Word, saved from a page, or Markdown. */
#ifndef OGISTAT_INGEST_READERS_TEXT_TEXT_H
#define OGISTAT_INGEST_READERS_TEXT_TEXT_H

#include "ingest/readers/reader.h"

/* Appends what stands in TEXT (UTF-8, NUL-terminated) to DOCUMENT. Never fails: text that follows
 * no layout is paragraphs.
 *
 * - A line with a leading tab is a cell; lines without one that follow at once go on with its text.
 *   An empty line ends the row; anything but a further cell after it ends the table.
 * - A row of cells parted by bars (| or full-width), with or without outer bars, or by tabs. A rule
 *   under a Markdown heading is dropped. A single bar in prose parts nothing.
 * - A line with a leading bar and no other is a cell like one with a leading tab; among bare bars
 *   (empty cells) each line is a cell.
 * - Cells closed by bars on lines of their own, and rows of them that go over several lines, as
 *   tools that save the text of a page write them (text_lines.h).
 * - Page numbers on lines of their own (`- 3 -`) are left out.
 * - Lines with tabs inside, where they read as names and then as many numbers, are a chart's data:
 *   `series, categories, values`, any number of times. The line before is its title.
 * - Remnants of the conversion ([image: …], [bookmark: …]) are taken out. */
void read_text(struct document *document, const char *text);

/* The reader of text files. */
reader_function text_reader;

#endif
