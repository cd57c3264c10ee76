/* The rules that span years: the values of a report beside those of the year before. */
#include "ingest/dataset/year_rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/report_id.h"

static int compare_kept(const void *a, const void *b) {
  const struct entry *const *x = a, *const *y = b;
  return strcmp((*x)->report_id, (*y)->report_id);
}

/* The same organ's report of the year before, or NULL. */
static const struct entry *year_before(const struct writing *writing, const struct entry *entry) {
  struct arena *arena = arena_new();
  const struct entry wanted = {.report_id = report_id_of_year_before(
                                   arena, entry->report_id, entry->division, entry->year_number)};
  const struct entry *key = &wanted;
  struct entry **found = NULL;
  if (wanted.report_id)
    found = bsearch(&key, writing->kept, writing->count, sizeof *writing->kept, compare_kept);
  arena_free(arena);
  return found ? *found : NULL;
}

static bool spool_year_failures(struct writing *writing, struct entry *entry,
                                const struct entry *before, const struct edit_result *result) {
  struct collection *collection = writing->collection;
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&bytes, &length);
  if (!memory) out_of_memory();
  edit_rows_fill(memory, collection->schema, entry->report_id, result, before->report_id);
  if (fclose(memory) != 0) out_of_memory();
  bool sought = fseek(collection->spool, collection->spooled, SEEK_SET) == 0;
  if (sought) entry->year_failures = spool_write(collection, (struct bytes){bytes, length});
  free(bytes);
  return (sought && !ferror(collection->spool)) ||
         failure_set(writing->failure, "cannot write a temporary file: %s", strerror(errno));
}

/* The names of the rules live as long as the knowledge of DATASET. */
static void keep_counts(struct collection *collection, struct entry *entry,
                        const struct edit_result *result) {
  struct rule_count *counts = arena_array(collection->arena, result->rules + 1, sizeof *counts);
  for (size_t i = 0; i < result->rules; i++) counts[i] = result->rule[i];
  entry->year_rule = counts;
  entry->year_rules = result->rules;
}

static bool check_with_year_before(struct writing *writing, struct entry *entry,
                                   const struct entry *before) {
  struct collection *collection = writing->collection;
  const struct knowledge *knowledge = collection_knowledge(collection, writing->failure);
  if (!knowledge) return false;
  struct arena *arena = arena_new();
  char *now = spool_read(collection, entry->year_values);
  char *then = spool_read(collection, before->year_values);
  bool done = (now && then) || failure_set(writing->failure, "cannot read the temporary file");
  if (done) {
    struct observations values =
        year_values_read(arena, (struct bytes){now, entry->year_values.length});
    struct observations previous =
        year_values_read(arena, (struct bytes){then, before->year_values.length});
    values.year = entry->year_number;
    previous.year = before->year_number;
    values.previous = &previous;
    struct edit_result result = edit_check(arena, knowledge->edit_rules, &values);
    entry->edits_checked += result.checked;
    entry->edits_failed += result.failures;
    keep_counts(collection, entry, &result);
    done = result.failures == 0 || spool_year_failures(writing, entry, before, &result);
  }
  free(now);
  free(then);
  arena_free(arena);
  return done;
}

bool check_years(struct writing *writing) {
  for (size_t i = 0; i < writing->count; i++) {
    const struct entry *before = year_before(writing, writing->kept[i]);
    if (before && !check_with_year_before(writing, writing->kept[i], before)) return false;
  }
  return true;
}
