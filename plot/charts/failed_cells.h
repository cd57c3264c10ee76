/* Which cells of a report are used in a rule that must hold and fails. */
#ifndef OGISTAT_PLOT_CHARTS_FAILED_CELLS_H
#define OGISTAT_PLOT_CHARTS_FAILED_CELLS_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "plot/charts/chart_list.h"

/* Takes a cell, as observations have it; texts live until it returns, VARIABLE longer. */
typedef void failed_cell_taker(void *context, const char *report, const char *variable,
                               const char *category);

/* Reads edit_failures.csv of DATASET, where it is there, and hands every cell that CHARTS show and
 * that a failed hard rule of FOLDER's edit_rules.csv uses to TAKE, maybe more than once. False with
 * the reason where a file or a rule is broken. */
bool failed_cells_read(const char *dataset, const char *folder, const struct chart_list *charts,
                       failed_cell_taker *take, void *context, struct failure *failure);

#endif
