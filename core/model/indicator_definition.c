/* Rows of definition files by the names of their columns. */
#include "core/model/indicator_definition.h"

#include <string.h>

#include "core/base/arena.h"
#include "core/base/csv_file.h"

#define INDICATOR_ROW(COLUMN, OPTIONAL)                                                            \
  COLUMN(indicator)                                                                                \
  COLUMN(forms)                                                                                    \
  COLUMN(kind)                                                                                     \
  COLUMN(each)                                                                                     \
  COLUMN(numerator)                                                                                \
  COLUMN(denominator)                                                                              \
  COLUMN(scale)                                                                                    \
  COLUMN(label_zh)                                                                                 \
  COLUMN(label_en)                                                                                 \
  OPTIONAL(source)                                                                                 \
  OPTIONAL(used_by)
#define DISTRIBUTION_ROW(COLUMN, OPTIONAL)                                                         \
  COLUMN(distribution) COLUMN(each) COLUMN(value) COLUMN(label_zh) COLUMN(label_en)

CSV_ROW(indicator_row, INDICATOR_ROW);
CSV_ROW(distribution_row, DISTRIBUTION_ROW);

struct reading {
  definition_handler *handler;
  void *context;
};

static bool read_kind(const char *text, enum indicator_kind *kind, struct failure *failure) {
  static const char *const names[] = {
      [KIND_SHARE] = "share", [KIND_RATE] = "rate", [KIND_MEAN] = "mean", [KIND_LEVEL] = "level"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], text) != 0) continue;
    *kind = (enum indicator_kind)i;
    return true;
  }
  return failure_set(failure, "'%s' is no kind (share, rate, mean, level)", text);
}

static bool hand_over(const struct reading *reading, const struct indicator_definition *definition,
                      struct failure *failure) {
  if (*definition->indicator == '\0') return failure_set(failure, "a definition needs an id");
  return reading->handler(reading->context, definition, failure);
}

static bool take_indicator(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  const struct indicator_row *row = (const void *)f;
  struct indicator_definition definition = {.indicator = row->indicator,
                                            .forms = row->forms,
                                            .kind_text = row->kind,
                                            .each = row->each,
                                            .numerator = row->numerator,
                                            .denominator = row->denominator,
                                            .scale = row->scale,
                                            .label_zh = row->label_zh,
                                            .label_en = row->label_en,
                                            .source = row->source,
                                            .used_by = row->used_by};
  return read_kind(row->kind, &definition.kind, failure) &&
         hand_over(context, &definition, failure);
}

static bool take_distribution(void *context, size_t line, const char *const *f,
                              struct failure *failure) {
  (void)line;
  const struct distribution_row *row = (const void *)f;
  struct indicator_definition definition = {.indicator = row->distribution,
                                            .forms = "",
                                            .kind = KIND_LEVEL,
                                            .kind_text = "distribution",
                                            .each = row->each,
                                            .numerator = row->value,
                                            .denominator = "",
                                            .scale = "",
                                            .label_zh = row->label_zh,
                                            .label_en = row->label_en,
                                            .source = "",
                                            .used_by = ""};
  return hand_over(context, &definition, failure);
}

static bool read_file(const char *folder, const char *name, const char *const *columns,
                      csv_row_handler *take, struct reading reading, struct failure *failure) {
  struct arena *arena = arena_new();
  bool done = csv_read(arena_format(arena, "%s/indicators/%s", folder, name), columns, take,
                       &reading, failure);
  arena_free(arena);
  return done;
}

bool indicator_definitions_read(const char *folder, definition_handler *handler, void *context,
                                struct failure *failure) {
  return read_file(folder, "indicators.csv", indicator_row_columns, take_indicator,
                   (struct reading){handler, context}, failure);
}

bool distribution_definitions_read(const char *folder, definition_handler *handler, void *context,
                                   struct failure *failure) {
  return read_file(folder, "distributions.csv", distribution_row_columns, take_distribution,
                   (struct reading){handler, context}, failure);
}
