/* Web pages: saved from a browser, by WeChat or by Word, in whatever encoding. */
#ifndef OGISTAT_INGEST_READERS_HTML_HTML_H
#define OGISTAT_INGEST_READERS_HTML_HTML_H

#include "ingest/readers/reader.h"

/* Appends what a reader of the page TEXT (UTF-8, NUL-terminated) sees to DOCUMENT: running text as
 * paragraphs, tables with their spans. False where the page is nested deeper than is read.
 *
 * - Left out is what nobody sees (scripts, hidden elements), what was struck through, navigation,
 *   and blocks that are nothing but links: lists of other pages, often of other years' reports.
 * - Breaks of lines inside a cell are taken out, but two digits do not meet across one.
 * - A table that only arranges the page is read as if it were not there. */
bool read_html(struct document *document, const char *text);

/* The reader of web pages. */
reader_function html_reader;

#endif
