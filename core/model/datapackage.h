/* The Frictionless description of a folder of results. It comes from schema.csv like the header
 * lines of the files, so they cannot disagree. */
#ifndef OGISTAT_CORE_MODEL_DATAPACKAGE_H
#define OGISTAT_CORE_MODEL_DATAPACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"
#include "core/base/output.h"
#include "core/model/schema.h"

/* For files whose columns depend on the data (panel.csv): a further number column of NAME. */
struct schema_column {
  const char *name, *description;
};

/* Adds datapackage.json for all files opened in OUTPUT so far. PACKAGE is its name (lower case),
 * TITLE a line for people. EXTRA describes COUNT further columns of the file EXTRA_FILE (NULL:
 * none). */
bool datapackage_write(const struct schema *schema, struct output *output, const char *package,
                       const char *title, const char *extra_file, const struct schema_column *extra,
                       size_t count, struct failure *failure);

#endif
