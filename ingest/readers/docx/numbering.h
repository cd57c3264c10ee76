/* The numbers that Word puts before paragraphs by itself (一、 （二） 3.): they stand in no text of
 * the file and have to be counted. Knows lists and their levels, not the text behind the numbers.
 */
#ifndef OGISTAT_INGEST_READERS_DOCX_NUMBERING_H
#define OGISTAT_INGEST_READERS_DOCX_NUMBERING_H

#include <libxml/tree.h>

#include "core/base/arena.h"

struct numbering;

enum { NUMBERING_LEVELS = 9 };

/* ROOT is the part word/numbering.xml; NULL: no lists. It must outlive the result. */
struct numbering *numbering_load(struct arena *arena, const xmlNode *root);

/* A list whose numbers are kept by a style of lists goes through STYLE: the style's list is NUM. */
void numbering_link_style(struct numbering *numbering, const char *style, const char *num);

/* The level of the list NUM that says it belongs to paragraphs of STYLE; 0 where none does. */
size_t numbering_level_of_style(const struct numbering *numbering, const char *num,
                                const char *style);

/* Counts one paragraph of the list NUM at LEVEL and returns the number that stands before it, ""
 * for bullets and for lists that are not there. The text lives in ARENA. */
const char *numbering_next(struct numbering *numbering, struct arena *arena, const char *num,
                           size_t level);

#endif
