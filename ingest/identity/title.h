/* Titles: on a line, over two lines, in the head of a web page, or in the sentence that presents
 * the report. */
#ifndef OGISTAT_INGEST_IDENTITY_TITLE_H
#define OGISTAT_INGEST_IDENTITY_TITLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/identity/document_rules.h"
#include "ingest/identity/head.h"

/* All texts are "" where the title does not tell. */
struct title {
  const char *text;     /* as printed */
  const char *organ;    /* NFKC without blanks */
  int year, first_year; /* first_year: of a title over several years, else 0 */
  bool is_mentioned;    /* in a sentence, not in a title of its own */
  size_t body;          /* the block behind it */
};

/* The title of DOCUMENT. YEAR is that of the reporting period, 0 where it is not known: a page may
 * list other years' reports above its own, so the title of that year is preferred, among those one
 * that names its organ, then one that names its year, then the first. What the lines do not tell is
 * taken from the titles in the page's head, where IS_FIRST says that they are of this report, and
 * then from the sentence that presents the report. */
struct title title_read(const struct document_rules *rules, const struct document *document,
                        const struct head *head, int year, bool is_first, struct arena *arena);

/* ORGAN without what stands before and behind a name (标题:…, …关于); "" where it names none (我局,
 * …政府网). */
const char *organ_tidy(const struct document_rules *rules, const char *organ, struct arena *arena);

#endif
