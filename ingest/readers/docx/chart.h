/* A chart of an Office document: its title, series, categories and values. */
#ifndef OGISTAT_INGEST_READERS_DOCX_CHART_H
#define OGISTAT_INGEST_READERS_DOCX_CHART_H

#include <libxml/tree.h>

#include "ingest/document/document.h"

/* The chart in ROOT, the part word/charts/chartN.xml; it keeps what the file last saw of the data
 * (its cache). CAPTION is the paragraph before, the title of a chart that has none of its own.
 * Without points where nothing was kept. Everything lives in ARENA. */
struct chart docx_chart(struct arena *arena, const xmlNode *root, const char *caption);

/* The number that Office writes as VALUE, as a plain decimal: without exponent, and without the
 * noise behind the fifteenth digit, which no double holds and Office never shows; with PERCENT a
 * hundred times that, with a percent sign. What is no number stays as it is. */
const char *docx_chart_value(struct arena *arena, const char *value, bool percent);

#endif
