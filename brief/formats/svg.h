/* A chart's SVG made part of a page. */
#ifndef OGISTAT_BRIEF_FORMATS_SVG_H
#define OGISTAT_BRIEF_FORMATS_SVG_H

#include <stdbool.h>
#include <stdio.h>

/* Writes the SVG file PATH to FILE as an element with the role of a picture and the text
 * ALTERNATIVE, without size of its own. Only shapes and text are taken over: no script, no handler,
 * no address outside the picture. Every id begins with PREFIX, so that pictures of one page do not
 * meet. False where PATH is no SVG that can be read; then nothing is written. */
bool svg_embed(FILE *file, const char *path, const char *prefix, const char *alternative);

#endif
