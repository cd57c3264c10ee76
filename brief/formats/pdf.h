/* Word files as PDF, by LibreOffice. Knows nothing of what they say. */
#ifndef OGISTAT_BRIEF_FORMATS_PDF_H
#define OGISTAT_BRIEF_FORMATS_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"

struct pdf_task {
  const char *folder;
  const char *const *names; /* without ending: NAME.docx is in the folder, NAME.pdf will be */
  size_t count;
  const char *datasets; /* where word/libreoffice.xcu is */
  unsigned threads;     /* how many LibreOffices run at a time; at least 1 */
};

/* Makes the PDFs, tagged for screen readers and with bookmarks: the same bytes for the same Word
 * files in the same order by the same LibreOffice, for any number of threads; dated by
 * SOURCE_DATE_EPOCH, else the beginning of 1970. False with the reason, as where LibreOffice is not
 * installed. */
bool pdf_make(const struct pdf_task *task, struct failure *failure);

#endif
