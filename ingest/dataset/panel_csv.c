/* panel.csv: a row a report, a column a variable (and category). */
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/dataset/result_files.h"

static int compare_columns(const void *a, const void *b) {
  const struct schema_column *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

static void add_columns_of(struct collection *collection, const struct variable *variable,
                           struct panel *panel) {
  struct arena *arena = collection->arena;
  const struct codebook *codebook = collection->codebook;
  if (variable->dimension == DIMENSION_NONE)
    *list_add(arena, &panel->columns) = (struct schema_column){variable->id, variable->label_en};
  for (size_t i = 0; variable->dimension == DIMENSION_APPLICANT && i < codebook->applicants; i++)
    *list_add(arena, &panel->columns) = (struct schema_column){
        arena_format(arena, "%s/%s", variable->id, codebook->applicant[i].id),
        arena_format(arena, "%s, %s", variable->label_en, codebook->applicant[i].label_en)};
  size_t length = strlen(variable->id);
  for (size_t i = 0; variable->dimension == DIMENSION_AREA && i < collection->areas.count; i++)
    if (strncmp(collection->areas.item[i], variable->id, length) == 0 &&
        collection->areas.item[i][length] == '/')
      *list_add(arena, &panel->columns) =
          (struct schema_column){collection->areas.item[i], variable->label_en};
}

static void lay_out_panel(struct collection *collection, struct panel *panel) {
  const struct codebook *codebook = collection->codebook;
  for (size_t i = 0; i < codebook->variables; i++)
    add_columns_of(collection, &codebook->variable[i], panel);
  panel->by_name = arena_array(collection->arena, panel->columns.count + 1, sizeof *panel->by_name);
  for (size_t i = 0; i < panel->columns.count; i++) panel->by_name[i] = &panel->columns.item[i];
  qsort(panel->by_name, panel->columns.count, sizeof *panel->by_name, compare_columns);
}

static bool write_panel_row(struct writing *writing, const struct panel *panel,
                            const struct entry *entry, const char **fields, size_t fixed,
                            FILE *file) {
  char *cells = spool_read(writing->collection, entry->panel);
  if (!cells) return failure_set(writing->failure, "cannot read the temporary file");
  memset(fields, 0, (fixed + panel->columns.count) * sizeof *fields);
  const char *identity[] = {entry->report_id, entry->division, entry->organ, entry->year};
  memcpy(fields, identity, sizeof identity);
  for (const char *name = cells; name < cells + entry->panel.length;) {
    const char *value = name + strlen(name) + 1;
    struct schema_column wanted = {name, NULL};
    const struct schema_column *key = &wanted;
    const struct schema_column **found = bsearch(&key, panel->by_name, panel->columns.count,
                                                 sizeof *panel->by_name, compare_columns);
    if (found) fields[fixed + (size_t)(*found - panel->columns.item)] = value;
    name = value + strlen(value) + 1;
  }
  csv_write_row(file, fields, fixed + panel->columns.count);
  free(cells);
  return true;
}

bool write_panel(struct writing *writing, struct panel *panel) {
  struct collection *collection = writing->collection;
  size_t fixed;
  const char *const *names = schema_columns(writing->schema, "panel.csv", &fixed);
  FILE *file = output_file(writing->output, "panel.csv", writing->failure);
  if (!file) return false;
  lay_out_panel(collection, panel);
  const char **fields =
      arena_array(collection->arena, fixed + panel->columns.count + 1, sizeof *fields);
  memcpy(fields, names, fixed * sizeof *fields);
  for (size_t i = 0; i < panel->columns.count; i++) fields[fixed + i] = panel->columns.item[i].name;
  csv_write_row(file, fields, fixed + panel->columns.count);
  for (size_t i = 0; i < writing->count; i++)
    if (!write_panel_row(writing, panel, writing->kept[i], fields, fixed, file)) return false;
  return true;
}
