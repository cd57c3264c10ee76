/* Texts and reports that rows refer to. */
#include "analyze/store/loading.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"

int32_t read_edits(const char *text) {
  size_t length = strlen(text);
  bool is_number = length > 0 && length < 10 && strspn(text, "0123456789") == length;
  return is_number ? (int32_t)strtol(text, NULL, 10) : -1;
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(a, b);
}

const char *kept_text(struct loading *loading, const char *text) {
  char **found = tfind(text, &loading->texts, compare_texts);
  if (found) return *found;
  const char *kept = arena_text(loading->arena, text);
  if (!tsearch(kept, &loading->texts, compare_texts)) out_of_memory();
  return kept;
}

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

void loading_end(struct loading *loading) {
  tdestroy(loading->texts, keep_node);
}

bool is_utf8(const char *text, struct failure *failure) {
  return text_is_utf8(text, strlen(text)) ||
         failure_set(failure, "a text that is not in UTF-8; the dataset must be");
}

/* Negative where ID stands before that of the report with INDEX, positive behind it. */
static int compare_id(const struct dataset *dataset, const char *id, size_t index) {
  struct stored stored;
  char text[64];
  int order = 0;
  disk_lists_get(dataset->details, 0, index, &stored);
  for (uint64_t done = 0; done < stored.id_size && order == 0; done += sizeof text) {
    uint64_t rest = stored.id_size - done, part = rest < sizeof text ? rest : sizeof text;
    store_read(dataset->store, stored.id + done, text, part);
    order = strncmp(id + done, text, part);
  }
  return order;
}

size_t find_report(const struct dataset *dataset, const char *id, size_t last) {
  size_t count = dataset->reports.count, first = 0, end = count;
  for (size_t i = last; i < count && i <= last + 1; i++)
    if (compare_id(dataset, id, i) == 0) return i;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    int order = compare_id(dataset, id, middle);
    if (order == 0) return middle;
    if (order > 0)
      first = middle + 1;
    else
      end = middle;
  }
  return count;
}
