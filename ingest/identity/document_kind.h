/* Whether a document is a report at all, and whether it says that it corrects an earlier one. */
#ifndef OGISTAT_INGEST_IDENTITY_DOCUMENT_KIND_H
#define OGISTAT_INGEST_IDENTITY_DOCUMENT_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/identity/document_rules.h"

/* The paragraph by which DOCUMENT is an explanation of a report or a notice of its publication, by
 * the rules of no_report: above every title, and not the head of a report that follows under its
 * own title with numbered sections or HAS_TABLES of the forms. NULL where it is none. *KIND is the
 * rule's value: explanation or notice. BODY as in struct identity. */
const struct block *document_no_report(const struct document_rules *rules,
                                       const struct document *document, size_t body,
                                       bool has_tables, const char **kind, struct arena *arena);

/* The form that DOCUMENT, a report on YEAR, is meant to follow by its headings (a row of
 * form_meant), named by the year in which it was introduced; *HEADING is the first of them. ""
 * where it has none. */
const char *document_form_meant(const struct document_rules *rules, const struct document *document,
                                int year, const struct block **heading, struct arena *arena);

/* How many different years the lines of DOCUMENT name that a rule for FIELD matches. */
size_t document_years(const struct document_rules *rules, const struct document *document,
                      enum document_field field, struct arena *arena);

/* True where a paragraph of DOCUMENT is a sentence or more. */
bool document_has_sentences(const struct document *document);

/* True where something stands in DOCUMENT that is more than titles, dates, names of files and the
 * footer of a page: a clause of prose in a paragraph or a cell, a section of a report, or a chart.
 */
bool document_has_content(const struct document_rules *rules, const struct document *document,
                          struct arena *arena);

/* True where title, preamble or the last paragraphs say that this is a corrected re-issue. */
bool document_is_corrected(const struct document_rules *rules, const struct document *document,
                           size_t body, struct arena *arena);

#endif
