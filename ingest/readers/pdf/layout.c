/* The steps from marks to a page's layout, in their order. */
#include "ingest/readers/pdf/layout.h"

#include "ingest/readers/pdf/columns.h"

struct pdf_layout pdf_layout_of(struct arena *arena, struct pdf_marks *marks, size_t *columns) {
  struct pdf_layout page = {.width = marks->width, .height = marks->height};
  page.size = pdf_marks_size(marks, arena);
  page.grids = pdf_grids_take(arena, marks, page.size);
  page.lines = pdf_page_lines(arena, &marks->chars);
  pdf_columns_take(arena, &page.lines, &page.grids, columns);
  return page;
}
