/* How the width of a printed page is shared among the columns of a table. Knows no file format. */
#ifndef OGISTAT_BRIEF_PAGE_COLUMNS_H
#define OGISTAT_BRIEF_PAGE_COLUMNS_H

#include "brief/page/page.h"

/* Lengths are in twentieths of a point. */
struct columns {
  size_t *width; /* of each column of the table; together WIDTH */
  bool is_tight; /* in smaller letters the table would be read more easily */
};

/* The columns of TABLE, which has at least one, in a page of WIDTH with letters of SIZE and PADDING
 * left and right of the text: as wide as their longest cell where that fits, else narrowed where
 * text can be broken. Into ARENA. */
struct columns columns_fit(struct arena *arena, const struct page_table *table, size_t width,
                           size_t size, size_t padding);

#endif
