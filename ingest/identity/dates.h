/* The dates of a report: the period that it covers, and when it was published. */
#ifndef OGISTAT_INGEST_IDENTITY_DATES_H
#define OGISTAT_INGEST_IDENTITY_DATES_H

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/identity/document_rules.h"
#include "ingest/identity/head.h"

struct period {
  const char *start, *end; /* YYYY-MM-DD, "" where the head does not tell */
};

/* The period that HEAD names: above the sections any, behind their first heading only a whole year
 * (所列数据的统计期限自2023年1月1日起至2023年12月31日止). */
struct period period_read(const struct document_rules *rules, const struct head *head,
                          struct arena *arena);

/* When a report on YEAR (0: not known) was published, as YYYY-MM-DD or "": by what the page says of
 * itself, else by a date with its label near the title, else by the date under the report, which
 * begins at block BODY. What stands in the footer of a web site is no date of a report, nor is one
 * of a year before the report's. */
const char *published_read(const struct document_rules *rules, const struct document *document,
                           const struct head *head, size_t body, int year, struct arena *arena);

#endif
