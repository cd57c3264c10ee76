/* A page of the briefing as a Word file (ECMA-376, ISO/IEC 29500 transitional). Knows no indicator:
 * everything it says stands in the page. */
#ifndef OGISTAT_BRIEF_FORMATS_DOCX_H
#define OGISTAT_BRIEF_FORMATS_DOCX_H

#include <stdio.h>

#include "brief/page/page.h"
#include "core/base/failure.h"

/* Writes PAGE to FILE with the styles in the folder DATASETS: the same bytes for the same page.
 * Links to other pages (NAME.html beside this one) lead to NAME.ENDING. A picture that cannot be
 * read is told in words, and in LOSSES. False with the reason; whether all could be written, FILE
 * tells. */
bool docx_write(const struct page *page, const char *datasets, const char *ending, FILE *file,
                struct page_losses *losses, struct failure *failure);

#endif
