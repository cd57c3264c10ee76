/* charts.csv: every chart that was asked for, what became of it, and why. Knows no chart. */
#ifndef OGISTAT_PLOT_INDEX_H
#define OGISTAT_PLOT_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/left_out.h"
#include "core/model/named_row.h"

struct chart_entry { /* a row */
  const char *report, *chart, *language;
  const char *file; /* without its ending; "" where there is nothing to show */
  const char *state, *reason, *title, *alternative;
};

extern const char STATE_DRAWN[], STATE_NOTHING[], STATE_FAILED[];

struct chart_index {
  LIST_OF(struct chart_entry) entries;
};

/* Reads the rows of the file PATH, one after another, and hands them to TAKE; where there is no
 * such file, none. Texts of an entry live until TAKE returns. False with the reason where the file
 * is broken. */
bool chart_index_read(const char *path, void (*take)(void *context, const struct chart_entry *row),
                      void *context, struct failure *failure);

/* ENTRY with its texts copied into ARENA. */
struct chart_entry chart_entry_copy(struct arena *arena, const struct chart_entry *entry);

/* The entry of that report, chart and language; NULL: there is none. */
const struct chart_entry *chart_index_find(const struct chart_index *index,
                                           const struct chart_entry *wanted);

/* Sorts INDEX by report, chart and language, and writes a ROW of charts.csv for each entry to FILE.
 */
void chart_index_write(struct chart_index *index, struct named_row *row, FILE *file);

/* Tells why charts of STATE are not there, to LEFT_OUT or, where that is NULL, on standard error: a
 * line for each chart and reason, however many reports. */
void chart_index_tell(struct arena *arena, const struct chart_index *index, const char *state,
                      struct left_out *left_out);

#endif
