/* Gathers reports for the collection, whatever order they come in. Knows nothing of documents or
 * forms. */
#include "ingest/dataset/collection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/dataset/gathered.h"
#include "ingest/intake/attribution.h"

struct collection *collection_new(const char *folder, struct manifest *manifest,
                                  struct failure *failure) {
  struct arena *arena = arena_new();
  struct collection *collection = arena_alloc(arena, sizeof *collection);
  collection->arena = arena;
  collection->folder = arena_text(arena, folder);
  collection->manifest = manifest;
  collection->codebook = codebook_load(arena, folder, failure);
  if (collection->codebook) collection->reasons = reasons_load(arena, folder, failure);
  if (collection->reasons) collection->schema = schema_load(arena, folder, failure);
  if (collection->schema) {
    collection->spool = tmpfile();
    if (collection->spool) return collection;
    failure_set(failure, "cannot make a temporary file: %s", strerror(errno));
  }
  collection_free(collection);
  return NULL;
}

void collection_free(struct collection *collection) {
  if (!collection) return;
  if (collection->spool) fclose(collection->spool);
  knowledge_free(collection->knowledge);
  arena_free(collection->arena);
}

/* ---- adding ---- */

bool collection_is_lost(const struct collection *collection, const struct record *record) {
  const char *end = record->rejects.start + record->rejects.length;
  for (const char *reason = record->rejects.start; !record->is_report && reason < end;) {
    const char *detail = reason + strlen(reason) + 1;
    if (reasons_retry(collection->reasons, reason)) return true;
    reason = detail + strlen(detail) + 1;
  }
  return false;
}

size_t collection_reports(const struct collection *collection) {
  return collection->entries.count;
}

void collection_tell_rejects(const struct collection *collection, size_t most, FILE *file) {
  size_t count = collection->rejects.count;
  for (size_t i = 0; i < count && i < most; i++) {
    const struct rejected *reject = &collection->rejects.item[i];
    struct failure line = {""}; /* one line, whatever is in it */
    failure_set(&line, "%s: %s: %s", reject->source, reject->reason, reject->detail);
    fprintf(file, "  %s\n", line.text);
  }
  if (count > most) fprintf(file, "  and %zu more\n", count - most);
}

/* Whose report a file would have been: as the file itself says (WHOSE), else as its path does. */
static bool attribute(struct collection *collection, const char *path, struct attribution *whose,
                      struct failure *failure) {
  if (*whose->division && whose->year) return true;
  const struct knowledge *knowledge = collection_knowledge(collection, failure);
  if (!knowledge) return false;
  struct attribution by_path = attribution_of(knowledge, collection->arena, path);
  if (*whose->division == '\0') whose->division = by_path.division;
  if (whose->year == 0) whose->year = by_path.year;
  return true;
}

/* Variables by area make columns of the panel as they come. The list is kept sorted. */
static void note_area(struct collection *collection, const char *name) {
  size_t from = 0, to = collection->areas.count;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = strcmp(collection->areas.item[middle], name);
    if (order == 0) return;
    if (order < 0)
      from = middle + 1;
    else
      to = middle;
  }
  list_add(collection->arena, &collection->areas);
  const char **item = collection->areas.item;
  memmove(item + from + 1, item + from, (collection->areas.count - 1 - from) * sizeof *item);
  item[from] = arena_text(collection->arena, name);
}

static void note_areas(struct collection *collection, struct bytes cells) {
  const struct codebook *codebook = collection->codebook;
  const char *id = ""; /* the last variable by area: its cells come together */
  for (const char *name = cells.start; name < cells.start + cells.length;) {
    const char *slash = strchr(name, '/'), *value = name + strlen(name) + 1;
    size_t length = slash ? (size_t)(slash - name) : 0;
    if (slash && (strncmp(id, name, length) != 0 || id[length])) {
      char candidate[128]; /* not in the arena: there are hundreds in every report */
      snprintf(candidate, sizeof candidate, "%.*s", (int)length, name);
      const struct variable *variable = codebook_find(codebook, candidate);
      id = variable && variable->dimension == DIMENSION_AREA ? variable->id : "";
    }
    if (slash && *id) note_area(collection, name);
    name = value + strlen(value) + 1;
  }
}

static void add_report(struct collection *collection, const struct record *record,
                       const char *source, const char *sha256) {
  struct arena *arena = collection->arena;
  struct entry entry = {
      .report_id = arena_text(arena, record->report_id),
      .division = arena_text(arena, record->division),
      .organ = arena_text(arena, record->organ),
      .division_by = arena_text(arena, record->division_by),
      .site = arena_text(arena, record->site),
      .level = arena_text(arena, record->level),
      .mark = arena_text(arena, record->mark),
      .year = record->year ? arena_format(arena, "%lld", record->year) : "",
      .year_number = (int)record->year,
      .source = source,
      .sha256 = sha256,
      .published = arena_text(arena, record->published),
      .is_corrected = record->is_corrected,
      .order = collection->entries.count,
      .observations = (size_t)record->observations,
      .edits_checked = (size_t)record->edits_checked,
      .edits_failed = (size_t)record->edits_failed,
  };
  entry.report = spool_write(collection, record->report);
  entry.values = spool_write(collection, record->values);
  entry.failures = spool_write(collection, record->failures);
  entry.change_sets = spool_write(collection, record->change_sets);
  entry.rule_counts = spool_write(collection, record->rule_counts);
  entry.year_values = spool_write(collection, record->year_values);
  entry.panel = spool_write(collection, record->panel);
  entry.quantities = spool_write(collection, record->quantities);
  entry.key_areas = spool_write(collection, record->key_areas);
  note_areas(collection, record->panel);
  *list_add(arena, &collection->entries) = entry;
}

bool collection_add(struct collection *collection, const struct record *record,
                    struct failure *failure) {
  struct arena *arena = collection->arena;
  const char *source = arena_text(arena, record->source);
  const char *sha256 = arena_text(arena, record->sha256);
  collection->files++;
  struct attribution whose = {arena_text(arena, record->division), (int)record->year};
  if (!record->is_report) {
    if (!attribute(collection, source, &whose, failure)) return false;
    coverage_note(&collection->coverage, arena, whose.division, whose.year, COVERAGE_REJECTED);
  }
  const char *end = record->rejects.start + record->rejects.length;
  for (const char *reason = record->rejects.start; reason < end;) {
    const char *detail = reason + strlen(reason) + 1;
    collection_reject(collection, source, sha256, reason, detail, !record->is_report, whose);
    reason = detail + strlen(detail) + 1;
  }
  if (record->is_report) add_report(collection, record, source, sha256);
  return !ferror(collection->spool) ||
         failure_set(failure, "cannot write a temporary file: %s", strerror(errno));
}

bool collection_lose(struct collection *collection, const char *path, const char *reason,
                     const char *detail, struct failure *failure) {
  const char *source = source_path_text(collection->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(collection, source, &whose, failure)) return false;
  collection->files++;
  coverage_note(&collection->coverage, collection->arena, whose.division, whose.year,
                COVERAGE_REJECTED);
  collection_reject(collection, source, "", reason, detail, true, whose);
  return true;
}

bool collection_miss(struct collection *collection, const char *path, const char *reason,
                     const char *detail, struct failure *failure) {
  const char *source = source_path_text(collection->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(collection, source, &whose, failure)) return false;
  collection_reject(collection, source, "", reason, detail, true, whose);
  coverage_note(&collection->coverage, collection->arena, whose.division, whose.year,
                COVERAGE_MISSING);
  return true;
}
