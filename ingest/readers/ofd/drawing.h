/* What the content of an OFD page draws, as marks: characters and straight lines, in points. */
#ifndef OGISTAT_INGEST_READERS_OFD_DRAWING_H
#define OGISTAT_INGEST_READERS_OFD_DRAWING_H

#include <libxml/tree.h>

#include "ingest/readers/pdf/marks.h"

/* Adds to MARKS (with its page's size) what PAGE, the root element of a page's or a template's
 * part, draws. Text that does not run to the right is counted as hidden. */
void ofd_draw(const xmlNode *page, struct arena *arena, struct pdf_marks *marks);

/* COUNT numbers, parted by blanks, at the beginning of TEXT (which may be NULL). False where there
 * are fewer. */
bool ofd_numbers(const char *text, double *number, size_t count);

/* Of a millimetre, the unit of OFD. */
extern const double ofd_points;

#endif
