/* Collects values and rejects. Knows neither documents nor forms. */
#include "ingest/document/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"

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
    if (findings->table_lines.item[i]->number == block->number) return true;
  return false;
}

void findings_add(struct findings *findings, const struct variable *variable, const char *category,
                  struct number number, const char *printed, struct provenance provenance) {
  char text[DECIMAL_TEXT_SIZE];
  const char *raw = text_tidy(findings->arena, printed);
  if (status_has_value(number.status) && strcmp(raw, decimal_text(number.value, text)) == 0)
    raw = "";
  *list_add(findings->arena, &findings->rounds) = findings->round;
  *list_add(findings->arena, &findings->observations) = (struct observation){
      variable->id, category, number.value, variable->unit, number.status, provenance, raw};
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

static const char *value_text(struct arena *arena, const struct observation *observation) {
  char text[DECIMAL_TEXT_SIZE];
  if (!status_has_value(observation->status)) return status_name(observation->status);
  return arena_text(arena, decimal_text(observation->value, text));
}

static void tell_conflict(struct findings *findings, const struct observation *first,
                          const struct observation *other, const char *what) {
  struct arena *arena = findings->arena;
  findings_reject(findings, "conflicting_value", "%s%s%s is %s at %s and %s at %s; %s",
                  first->variable, *first->category ? "/" : "", first->category,
                  value_text(arena, first), place_locator(arena, first->provenance.place),
                  value_text(arena, other), place_locator(arena, other->provenance.place), what);
}

/* Settles the COUNT observations of one key, in the order found. False where none can be kept. */
static bool settle_key(struct findings *findings, const struct observation *const *same,
                       size_t count) {
  const struct observation *first = same[0];
  const size_t *round = findings->rounds.item;
  bool is_kept = true;
  for (size_t i = 1; i < count; i++) {
    if (!differs(first, same[i])) continue;
    bool is_rival =
        round[same[i] - findings->observations.item] == round[first - findings->observations.item];
    tell_conflict(findings, first, same[i], is_rival ? "neither was taken" : "the first was kept");
    is_kept &= !is_rival;
  }
  return is_kept;
}

struct observations findings_settle(struct findings *findings) {
  size_t count = findings->observations.count;
  const struct observation **found = arena_array(findings->arena, count + 1, sizeof *found);
  for (size_t i = 0; i < count; i++) found[i] = &findings->observations.item[i];
  qsort(found, count, sizeof *found, compare_found);

  struct observations settled = {.item =
                                     arena_array(findings->arena, count + 1, sizeof *settled.item)};
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && observation_compare(found[i], found[end]) == 0;) end++;
    if (settle_key(findings, found + i, end - i)) settled.item[settled.count++] = *found[i];
  }
  settled.section = findings->sections.item;
  settled.sections = findings->sections.count;
  return settled;
}
