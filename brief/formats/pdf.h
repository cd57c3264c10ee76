/* Word files as PDF, by LibreOffice. Knows nothing of what they say. */
#ifndef OGISTAT_BRIEF_FORMATS_PDF_H
#define OGISTAT_BRIEF_FORMATS_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

enum pdf_end { PDF_MADE, PDF_FAILED, PDF_SLOW };

struct pdf_file {
  const char *name;      /* without ending: NAME.docx is in the folder, NAME.pdf will be */
  enum pdf_end end;      /* set by pdf_make */
  const char *complaint; /* what LibreOffice said where it failed, "" where it was made */
};

struct pdf_task {
  const char *folder;
  struct pdf_file *files;
  size_t count;
  const char *datasets; /* where look/word/libreoffice.xcu is */
  unsigned threads;     /* how many LibreOffices run at a time; at least 1 */
};

/* Makes the PDFs, tagged for screen readers and with bookmarks: the same bytes for the same Word
 * files in the same order by the same LibreOffice, for any number of threads; dated by
 * SOURCE_DATE_EPOCH, else the beginning of 1970. Each file tells how it ended, its complaint in
 * ARENA: one that LibreOffice cannot make costs only itself. False with the reason where
 * LibreOffice is not installed or cannot be given its settings, or where the program was asked to
 * end. */
bool pdf_make(struct arena *arena, const struct pdf_task *task, struct failure *failure);

#endif
