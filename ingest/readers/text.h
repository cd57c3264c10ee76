/* Text converted from Word: a cell a line with a leading tab, rows parted by an empty line. */
#ifndef OGISTAT_READERS_TEXT_H
#define OGISTAT_READERS_TEXT_H

#include "ingest/document.h"

/* Appends what stands in TEXT (UTF-8, NUL-terminated) to DOCUMENT. Never fails: text that follows
 * no layout is paragraphs.
 *
 * - A line with a leading tab is a cell; lines without one that follow at once go on with its text.
 *   An empty line ends the row; anything but a further cell after it ends the table.
 * - Lines with tabs inside, where they read as names and then as many numbers, are a chart's data:
 *   `series, categories, values`, any number of times. The line before is its title.
 * - Remnants of the conversion ([image: …], [bookmark: …]) are taken out. */
void read_text(struct document *document, const char *text);

#endif
