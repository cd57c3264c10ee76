/* Writes the gathered reports: chooses among the sources of one report, then file by file. */
#include "ingest/dataset/write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/output.h"
#include "ingest/dataset/duplicates.h"
#include "ingest/dataset/result_files.h"
#include "ingest/dataset/year_rules.h"

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  int order = strcmp(x->report_id, y->report_id);
  if (order == 0) order = strcmp(x->source, y->source);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* Of COUNT sources of one report, which begin at FIRST, all but the kept one become rejects. */
static void keep_one(struct writing *writing, struct entry *first, size_t count) {
  struct collection *collection = writing->collection;
  struct duplicate *source = arena_array(collection->arena, count, sizeof *source);
  for (size_t i = 0; i < count; i++)
    source[i] = (struct duplicate){first[i].is_corrected, first[i].published, first[i].observations,
                                   first[i].edits_failed, first[i].source};
  struct entry *kept = &first[duplicates_choose(source, count)];
  writing->kept[writing->count++] = kept;
  coverage_note(&collection->coverage, collection->arena, kept->division, kept->year_number,
                count > 1 ? COVERAGE_DUPLICATE : COVERAGE_PRESENT);
  for (size_t i = 0; i < count; i++) {
    if (&first[i] == kept) continue;
    first[i].preferred = kept;
    bool same = strcmp(kept->sha256, first[i].sha256) == 0;
    const char *detail = arena_format(
        collection->arena, "report %s with %zu values; kept: '%s' with %zu values%s%s",
        first[i].report_id, first[i].observations, kept->source, kept->observations,
        kept->is_corrected ? ", a corrected re-issue" : "",
        !same                                        ? "; duplicates.csv has what differs"
        : strcmp(kept->source, first[i].source) == 0 ? ", which stands in the same file"
                                                     : ", the same bytes");
    collection_reject(collection, first[i].source, first[i].sha256, "duplicate", detail, true,
                      (struct attribution){kept->division, kept->year_number});
  }
}

static void keep_one_of_each(struct writing *writing) {
  struct collection *collection = writing->collection;
  struct entry *entry = collection->entries.item;
  size_t count = collection->entries.count;
  if (count) qsort(entry, count, sizeof *entry, compare_entries);
  writing->kept = arena_array(collection->arena, count + 1, sizeof *writing->kept);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && strcmp(entry[i].report_id, entry[next].report_id) == 0;)
      next++;
    keep_one(writing, &entry[i], next - i);
  }
}

static void summarise(const struct writing *writing, struct dataset_summary *summary) {
  summary->files = writing->collection->files;
  summary->reports = writing->count;
  for (size_t i = 0; i < writing->count; i++) {
    summary->observations += writing->kept[i]->observations;
    summary->edits_checked += writing->kept[i]->edits_checked;
    summary->edits_failed += writing->kept[i]->edits_failed;
  }
}

static bool write_files(struct writing *writing, struct panel *panel,
                        struct dataset_summary *summary) {
  return check_years(writing) && write_reports(writing) && write_observations(writing) &&
         write_edit_failures(writing) && write_rules_checked(writing) &&
         write_change_sets(writing) && write_quantities(writing) && write_key_areas(writing) &&
         write_rejects(writing, summary) && write_coverage(writing) && write_duplicates(writing) &&
         write_codebook(writing) && write_panel(writing, panel) &&
         datapackage_write(writing->schema, writing->output, "ogistat-dataset",
                           "Annual reports on open government information: observations",
                           "panel.csv", panel->columns.item, panel->columns.count,
                           writing->failure);
}

/* The files as they were just written; a table comes after those that it refers to. */
static bool write_database(const struct writing *writing, const struct panel *panel,
                           struct database *database) {
  static const char *const first[] = {"codebook.csv", "reports.csv"};
  enum { FIRST = sizeof first / sizeof *first };
  size_t count = output_count(writing->output);
  for (size_t i = 0; i < (FIRST + 1) * count; i++) {
    size_t pass = i / count, index = i % count, fields;
    const char *name = output_name(writing->output, index);
    bool is_first = strcmp(name, first[0]) == 0 || strcmp(name, first[1]) == 0;
    bool is_turn = pass < FIRST ? strcmp(name, first[pass]) == 0 : !is_first;
    schema_fields(writing->schema, name, &fields);
    if (!is_turn || fields == 0) continue;
    const char *csv = output_written(writing->output, index, writing->failure);
    bool is_panel = strcmp(name, "panel.csv") == 0;
    if (!csv || !database_add(database, writing->schema, name, csv, panel->columns.item,
                              is_panel ? panel->columns.count : 0, writing->failure))
      return false;
  }
  return database_finish(database, writing->failure);
}

static bool count_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line, (void)f, (void)failure;
  ++*(size_t *)context;
  return true;
}

/* How many reports the dataset in DIR has; one that cannot be read has none to lose. */
static size_t count_reports(struct arena *arena, const char *dir) {
  static const char *const columns[] = {"report_id", NULL};
  struct failure ignored;
  size_t count = 0;
  csv_read(arena_format(arena, "%s/reports.csv", dir), columns, count_row, &count, &ignored);
  return count;
}

/* Where far fewer reports were found than stand in the folder, what stands there is kept. */
static bool keep_previous(struct writing *writing, const struct dataset_writing *how,
                          struct dataset_summary *summary) {
  struct arena *arena = writing->collection->arena;
  summary->before = count_reports(arena, how->dir);
  if (writing->count * 100 >= summary->before * how->keep_below) return true;
  summary->previous = output_keep(writing->output, arena, writing->failure);
  return summary->previous != NULL;
}

bool dataset_write(struct collection *collection, const struct dataset_writing *how,
                   struct dataset_summary *summary, struct failure *failure) {
  *summary = (struct dataset_summary){0};
  struct writing writing = {
      .collection = collection, .schema = collection->schema, .failure = failure};
  struct panel panel = {0};
  bool written = (fflush(collection->spool) == 0 ||
                  failure_set(failure, "cannot write a temporary file: %s", strerror(errno))) &&
                 (writing.output = output_open(how->dir, failure));
  if (written) keep_one_of_each(&writing);
  written = written && write_files(&writing, &panel, summary) &&
            (!how->database || write_database(&writing, &panel, how->database)) &&
            (!how->retry_list || write_retry_list(collection, how->retry_list, failure)) &&
            keep_previous(&writing, how, summary);
  if (!written) {
    output_abandon(writing.output);
    return false;
  }
  summarise(&writing, summary);
  return output_commit(writing.output, failure);
}
