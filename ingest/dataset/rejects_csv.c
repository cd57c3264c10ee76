/* rejects.csv: what gave no report or no value, and why. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/model/named_row.h"
#include "ingest/dataset/result_files.h"

static int compare_rejects(const void *a, const void *b) {
  const struct rejected *x = a, *y = b;
  int order = strcmp(x->source, y->source);
  if (order == 0) order = strcmp(x->reason, y->reason);
  return order ? order : strcmp(x->detail, y->detail);
}

static void count_reject(const struct rejected *reject, struct dataset_summary *summary) {
  *(reject->whole_file ? &summary->rejected_files : &summary->rejected_parts) += 1;
  for (size_t i = 0; i + 1 < SUMMARY_REASONS; i++) {
    if (summary->reasons[i].reason && strcmp(summary->reasons[i].reason, reject->reason) != 0)
      continue;
    summary->reasons[i].reason = reject->reason;
    summary->reasons[i].count++;
    return;
  }
}

bool write_rejects(struct writing *writing, struct dataset_summary *summary) {
  struct collection *collection = writing->collection;
  struct named_row *row = named_row_new(collection->arena, writing->schema, "rejects.csv");
  FILE *file = schema_open(writing->schema, writing->output, "rejects.csv", writing->failure);
  if (!file) return false;
  if (collection->rejects.count)
    qsort(collection->rejects.item, collection->rejects.count, sizeof *collection->rejects.item,
          compare_rejects);
  for (size_t i = 0; i < collection->rejects.count; i++) {
    const struct rejected *reject = &collection->rejects.item[i];
    bool retry = reasons_retry(collection->reasons, reject->reason);
    named_row_text(row, "source", reject->source);
    named_row_text(row, "sha256", reject->sha256);
    named_row_text(row, "reason", reject->reason);
    named_row_text(row, "detail", reject->detail);
    named_row_text(row, "division", reject->division);
    if (reject->year) named_row_number(row, "year", reject->year);
    named_row_text(row, "retry", retry ? "yes" : "no");
    named_row_write(row, file);
    count_reject(reject, summary);
    summary->lost += retry;
  }
  return true;
}

static bool any_is_lost(const struct collection *collection) {
  bool is_lost = false;
  for (size_t i = 0; i < collection->rejects.count && !is_lost; i++)
    is_lost = reasons_retry(collection->reasons, collection->rejects.item[i].reason);
  return is_lost;
}

bool write_retry_list(const struct collection *collection, const char *path,
                      struct failure *failure) {
  if (!any_is_lost(collection))
    return unlink(path) == 0 || errno == ENOENT ||
           failure_set(failure, "cannot remove '%s': %s", path, strerror(errno));
  FILE *file = fopen(path, "we");
  for (size_t i = 0; file && i < collection->rejects.count; i++)
    if (reasons_retry(collection->reasons, collection->rejects.item[i].reason))
      fprintf(file, "%s\n", collection->rejects.item[i].source);
  bool is_broken = !file || ferror(file);
  if (file && fclose(file) != 0) is_broken = true;
  return !is_broken || failure_set(failure, "cannot write '%s': %s", path, strerror(errno));
}
