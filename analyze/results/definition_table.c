/* Copies definitions. Knows no indicator. */
#include "analyze/results/definition_table.h"

#include "core/base/csv_file.h"

enum { DEFINITION_FIELDS = 11 };

static const char *const indicator_columns[] = {"indicator", "forms",       "kind",     "each",
                                                "numerator", "denominator", "scale",    "label_zh",
                                                "label_en",  "?source",     "?used_by", NULL};
static const char *const distribution_columns[] = {"distribution", "each",     "value",
                                                   "label_zh",     "label_en", NULL};

static bool put_indicator(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  (void)failure;
  csv_write_row(context, f, DEFINITION_FIELDS);
  return true;
}

static bool put_distribution(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  (void)line;
  (void)failure;
  const char *const row[] = {f[0], "", "distribution", f[1], f[2], "", "", f[3], f[4], "", ""};
  csv_write_row(context, row, DEFINITION_FIELDS);
  return true;
}

bool definition_table_write(const struct schema *schema, struct output *output, const char *folder,
                            struct failure *failure) {
  struct arena *arena = arena_new();
  FILE *rows = schema_open(schema, output, "definitions.csv", failure);
  bool done = rows &&
              csv_read(arena_format(arena, "%s/indicators/indicators.csv", folder),
                       indicator_columns, put_indicator, rows, failure) &&
              csv_read(arena_format(arena, "%s/indicators/distributions.csv", folder),
                       distribution_columns, put_distribution, rows, failure);
  arena_free(arena);
  return done;
}
