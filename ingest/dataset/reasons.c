/* Reads reject_reasons.csv. Knows no document. */
#include "ingest/dataset/reasons.h"

#include <string.h>

#include "core/base/csv_file.h"

struct reasons {
  struct arena *arena;
  LIST_OF(const char *) of_machine; /* codes */
};

static bool take_reason(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct reasons *reasons = context;
  bool is_of_machine = strcmp(f[1], "machine") == 0;
  if (!is_of_machine && strcmp(f[1], "document") != 0)
    return failure_set(failure, "'%s' loses no file; machine and document do", f[1]);
  if (is_of_machine)
    *list_add(reasons->arena, &reasons->of_machine) = arena_text(reasons->arena, f[0]);
  return true;
}

const struct reasons *reasons_load(struct arena *arena, const char *folder,
                                   struct failure *failure) {
  static const char *const columns[] = {"reason", "lost_by", NULL};
  struct reasons *reasons = arena_alloc(arena, sizeof *reasons);
  reasons->arena = arena;
  const char *path = arena_format(arena, "%s/rules/reject_reasons.csv", folder);
  return csv_read(path, columns, take_reason, reasons, failure) ? reasons : NULL;
}

bool reasons_retry(const struct reasons *reasons, const char *reason) {
  for (size_t i = 0; i < reasons->of_machine.count; i++)
    if (strcmp(reasons->of_machine.item[i], reason) == 0) return true;
  return false;
}
