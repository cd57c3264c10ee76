/* Collects values and rejects. Knows neither documents nor forms. */
#include "ingest/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/label.h"

void findings_reject(struct findings *findings, const char *reason, const char *format, ...) {
  char detail[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(detail, sizeof detail, format, arguments);
  va_end(arguments);
  *list_add(findings->arena, &findings->rejects) =
      (struct reject){reason, text_whole(findings->arena, detail)};
}

bool findings_is_table_line(const struct findings *findings, const struct block *block) {
  for (size_t i = 0; i < findings->table_lines.count; i++)
    if (findings->table_lines.item[i] == block) return true;
  return false;
}

void findings_add(struct findings *findings, const struct variable *variable, const char *category,
                  struct number number, const char *printed, const char *locator) {
  char text[DECIMAL_TEXT_SIZE];
  const char *raw = text_tidy(findings->arena, printed);
  if (status_has_value(number.status) && strcmp(raw, decimal_text(number.value, text)) == 0)
    raw = "";
  *list_add(findings->arena, &findings->observations) = (struct observation){
      variable->id, category, number.value, variable->unit, number.status, locator, raw};
}

/* By key, then in the order found. */
static int compare_found(const void *a, const void *b) {
  const struct observation *const *x = a, *const *y = b;
  int order = observation_compare(*x, *y);
  return order ? order : (*x > *y) - (*x < *y);
}

static bool differs(const struct observation *a, const struct observation *b) {
  if (status_has_value(a->status) && status_has_value(b->status))
    return decimal_compare(a->value, b->value) != 0;
  return a->status != b->status && b->status != STATUS_BLANK;
}

struct observations findings_settle(struct findings *findings) {
  size_t count = findings->observations.count;
  const struct observation **found = arena_array(findings->arena, count + 1, sizeof *found);
  for (size_t i = 0; i < count; i++) found[i] = &findings->observations.item[i];
  qsort(found, count, sizeof *found, compare_found);

  struct observations settled = {.item =
                                     arena_array(findings->arena, count + 1, sizeof *settled.item)};
  for (size_t i = 0; i < count; i++) {
    const struct observation *kept = settled.count ? &settled.item[settled.count - 1] : NULL;
    if (!kept || observation_compare(kept, found[i]) != 0) {
      settled.item[settled.count++] = *found[i];
    } else if (differs(kept, found[i])) {
      char a[DECIMAL_TEXT_SIZE], b[DECIMAL_TEXT_SIZE];
      findings_reject(
          findings, "conflicting_value", "%s%s%s is %s at %s and %s at %s; the first was kept",
          kept->variable, *kept->category ? "/" : "", kept->category,
          status_has_value(kept->status) ? decimal_text(kept->value, a) : status_name(kept->status),
          kept->locator,
          status_has_value(found[i]->status) ? decimal_text(found[i]->value, b)
                                             : status_name(found[i]->status),
          found[i]->locator);
    }
  }
  settled.section = findings->sections.item;
  settled.sections = findings->sections.count;
  return settled;
}
