/* Tables of a text whose cells are closed by bars. */
#ifndef OGISTAT_INGEST_READERS_TEXT_BARS_H
#define OGISTAT_INGEST_READERS_TEXT_BARS_H

#include "ingest/readers/text/lines.h"

/* Finds the tables of LINES whose rows go over several lines and whose cells are closed by bars:
 *
 *     |                       (in some of them a bare bar opens each row)
 *     行政处罚 |              结果维持 | 结果
 *     1349 | ||               纠正 | 其他结果 |
 *
 * The page was saved by a tool that wrote rows one after the other, without an empty line between,
 * and filled short ones up with bars; so all rows of a table have as many bars. The lines of such a
 * row become one LINE_ROW (with outer bars) and LINE_PASSED. */
void find_closed_cells(struct arena *arena, line_list *lines);

#endif
