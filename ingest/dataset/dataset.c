/* Gathers reports for the dataset, whatever order they come in. Knows nothing of documents or
 * forms. */
#include "ingest/dataset/dataset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/dataset/gathered.h"
#include "ingest/intake/attribution.h"

struct dataset *dataset_new(const char *folder, struct manifest *manifest,
                            struct failure *failure) {
  struct arena *arena = arena_new();
  struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
  dataset->arena = arena;
  dataset->folder = arena_text(arena, folder);
  dataset->manifest = manifest;
  dataset->codebook = codebook_load(arena, folder, failure);
  if (dataset->codebook) dataset->reasons = reasons_load(arena, folder, failure);
  if (dataset->reasons) dataset->schema = schema_load(arena, folder, failure);
  if (dataset->schema) {
    dataset->spool = tmpfile();
    if (dataset->spool) return dataset;
    failure_set(failure, "cannot make a temporary file: %s", strerror(errno));
  }
  dataset_free(dataset);
  return NULL;
}

void dataset_free(struct dataset *dataset) {
  if (!dataset) return;
  if (dataset->spool) fclose(dataset->spool);
  knowledge_free(dataset->knowledge);
  arena_free(dataset->arena);
}

const struct knowledge *dataset_knowledge(struct dataset *dataset, struct failure *failure) {
  if (!dataset->knowledge) dataset->knowledge = knowledge_load(dataset->folder, failure);
  if (dataset->knowledge) dataset->knowledge->manifest = dataset->manifest;
  return dataset->knowledge;
}

/* ---- adding ---- */

void dataset_reject(struct dataset *dataset, const char *source, const char *sha256,
                    const char *reason, const char *detail, bool whole_file,
                    struct attribution whose) {
  struct arena *arena = dataset->arena;
  struct rejected reject = {
      source,     sha256,    arena_text(arena, reason), arena_text(arena, detail), whose.division,
      whose.year, whole_file};
  *list_add(arena, &dataset->rejects) = reject;
}

bool dataset_is_lost(const struct dataset *dataset, const struct record *record) {
  const char *end = record->rejects.start + record->rejects.length;
  for (const char *reason = record->rejects.start; !record->is_report && reason < end;) {
    const char *detail = reason + strlen(reason) + 1;
    if (reasons_retry(dataset->reasons, reason)) return true;
    reason = detail + strlen(detail) + 1;
  }
  return false;
}

size_t dataset_reports(const struct dataset *dataset) {
  return dataset->entries.count;
}

void dataset_tell_rejects(const struct dataset *dataset, size_t most, FILE *file) {
  size_t count = dataset->rejects.count;
  for (size_t i = 0; i < count && i < most; i++) {
    const struct rejected *reject = &dataset->rejects.item[i];
    struct failure line; /* one line, whatever is in it */
    failure_set(&line, "%s: %s: %s", reject->source, reject->reason, reject->detail);
    fprintf(file, "  %s\n", line.text);
  }
  if (count > most) fprintf(file, "  and %zu more\n", count - most);
}

/* Whose report a file would have been: as the file itself says (WHOSE), else as its path does. */
static bool attribute(struct dataset *dataset, const char *path, struct attribution *whose,
                      struct failure *failure) {
  if (*whose->division && whose->year) return true;
  const struct knowledge *knowledge = dataset_knowledge(dataset, failure);
  if (!knowledge) return false;
  struct attribution by_path = attribution_of(knowledge, dataset->arena, path);
  if (*whose->division == '\0') whose->division = by_path.division;
  if (whose->year == 0) whose->year = by_path.year;
  return true;
}

/* Variables by area make columns of the panel as they come. The list is kept sorted. */
static void note_area(struct dataset *dataset, const char *name) {
  size_t from = 0, to = dataset->areas.count;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = strcmp(dataset->areas.item[middle], name);
    if (order == 0) return;
    if (order < 0)
      from = middle + 1;
    else
      to = middle;
  }
  list_add(dataset->arena, &dataset->areas);
  const char **item = dataset->areas.item;
  memmove(item + from + 1, item + from, (dataset->areas.count - 1 - from) * sizeof *item);
  item[from] = arena_text(dataset->arena, name);
}

static void note_areas(struct dataset *dataset, struct bytes cells) {
  const struct codebook *codebook = dataset->codebook;
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
    if (slash && *id) note_area(dataset, name);
    name = value + strlen(value) + 1;
  }
}

struct extent spool_write(struct dataset *dataset, struct bytes bytes) {
  struct extent extent = {dataset->spooled, bytes.length};
  fwrite(bytes.start, 1, bytes.length, dataset->spool);
  dataset->spooled += (long)bytes.length;
  return extent;
}

char *spool_read(struct dataset *dataset, struct extent extent) {
  char *bytes = malloc(extent.length + 1);
  if (!bytes) return NULL;
  if (fseek(dataset->spool, extent.start, SEEK_SET) != 0 ||
      fread(bytes, 1, extent.length, dataset->spool) != extent.length) {
    free(bytes);
    return NULL;
  }
  bytes[extent.length] = '\0';
  return bytes;
}

static void add_report(struct dataset *dataset, const struct record *record, const char *source,
                       const char *sha256) {
  struct arena *arena = dataset->arena;
  struct entry entry = {
      .report_id = arena_text(arena, record->report_id),
      .division = arena_text(arena, record->division),
      .organ = arena_text(arena, record->organ),
      .year = record->year ? arena_format(arena, "%lld", record->year) : "",
      .year_number = (int)record->year,
      .source = source,
      .sha256 = sha256,
      .published = arena_text(arena, record->published),
      .is_corrected = record->is_corrected,
      .order = dataset->entries.count,
      .observations = (size_t)record->observations,
      .edits_checked = (size_t)record->edits_checked,
      .edits_failed = (size_t)record->edits_failed,
  };
  entry.report = spool_write(dataset, record->report);
  entry.values = spool_write(dataset, record->values);
  entry.failures = spool_write(dataset, record->failures);
  entry.change_sets = spool_write(dataset, record->change_sets);
  entry.rule_counts = spool_write(dataset, record->rule_counts);
  entry.year_values = spool_write(dataset, record->year_values);
  entry.panel = spool_write(dataset, record->panel);
  note_areas(dataset, record->panel);
  *list_add(arena, &dataset->entries) = entry;
}

bool dataset_add(struct dataset *dataset, const struct record *record, struct failure *failure) {
  struct arena *arena = dataset->arena;
  const char *source = arena_text(arena, record->source);
  const char *sha256 = arena_text(arena, record->sha256);
  dataset->files++;
  struct attribution whose = {arena_text(arena, record->division), (int)record->year};
  if (!record->is_report) {
    if (!attribute(dataset, source, &whose, failure)) return false;
    coverage_note(&dataset->coverage, arena, whose.division, whose.year, COVERAGE_REJECTED);
  }
  const char *end = record->rejects.start + record->rejects.length;
  for (const char *reason = record->rejects.start; reason < end;) {
    const char *detail = reason + strlen(reason) + 1;
    dataset_reject(dataset, source, sha256, reason, detail, !record->is_report, whose);
    reason = detail + strlen(detail) + 1;
  }
  if (record->is_report) add_report(dataset, record, source, sha256);
  return !ferror(dataset->spool) ||
         failure_set(failure, "cannot write a temporary file: %s", strerror(errno));
}

bool dataset_lose(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure) {
  const char *source = source_path_text(dataset->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(dataset, source, &whose, failure)) return false;
  dataset->files++;
  coverage_note(&dataset->coverage, dataset->arena, whose.division, whose.year, COVERAGE_REJECTED);
  dataset_reject(dataset, source, "", reason, detail, true, whose);
  return true;
}

bool dataset_miss(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure) {
  const char *source = source_path_text(dataset->arena, path);
  struct attribution whose = {"", 0};
  if (!attribute(dataset, source, &whose, failure)) return false;
  dataset_reject(dataset, source, "", reason, detail, true, whose);
  coverage_note(&dataset->coverage, dataset->arena, whose.division, whose.year, COVERAGE_MISSING);
  return true;
}
