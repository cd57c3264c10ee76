/* What the tests of ingest share: knowledge from datasets/ and reports from text. */
#ifndef OGISTAT_TESTS_REPORTS_H
#define OGISTAT_TESTS_REPORTS_H

#include "ingest/report.h"
#include "tests/support.h"

/* The knowledge of datasets/, loaded once; the test fails where it cannot be. */
const struct knowledge *the_knowledge(void);
void forget_knowledge(void);

/* TEXT read by the text reader. */
struct document *document_from(struct arena *arena, const char *text);

/* The report that a file with TEXT in it gives. */
struct report report_from(struct arena *arena, const char *text);

/* The report that the file PATH gives; the test fails where it gives none or several. */
struct report report_at(struct arena *arena, const char *path);

/* The value of an observation as text; "(status)" where it has none, "(absent)" where it is not
 * there. */
const char *value_of(struct arena *arena, const struct report *report, const char *variable,
                     const char *category);

/* The observations, one a line: variable, category, value, unit, status. */
const char *rows_of(struct arena *arena, const struct report *report);

/* True where the report has a reject with REASON. */
bool was_rejected(const struct report *report, const char *reason);

/* Fails unless REPORT, written in another STYLE, has the identity and the values of EXPECTED, but
 * for those from charts. */
void assert_same_values(const char *style, const struct report *report,
                        const struct report *expected);

/* The whole file PATH, NUL-terminated; the test fails where it cannot be read. */
char *whole_file(struct arena *arena, const char *path);

#endif
