/* Settles claims. Knows no variable. */
#include "ingest/prose/settling.h"

#include <string.h>

static int weight_of(const struct reading_of_claim *reading) {
  enum { NAMED = 200 }; /* what is told of a named organ gives way to everything else */
  const struct claim *claim = reading->claim;
  /* a part gives way to the whole: 发布会14场（其中县政府6场） */
  int weight = 2 * reading->rule->weight - claim->is_part;
  return claim->organ == ORGAN_NAMED ? weight - NAMED : weight;
}

static bool is_candidate(const struct reading_of_claim *reading, const struct variable *variable) {
  return !reading->reason && !reading->area && reading->rule && reading->rule->variable == variable;
}

static bool same_number(struct number a, struct number b) {
  return a.status == b.status && decimal_compare(a.value, b.value) == 0;
}

static const struct reading_of_claim *best_of(const struct prose_reader *reader,
                                              const struct variable *variable) {
  const struct reading_of_claim *best = NULL;
  for (size_t i = 0; i < reader->count; i++) {
    const struct reading_of_claim *reading = &reader->reading[i];
    if (is_candidate(reading, variable) && (!best || weight_of(reading) > weight_of(best)))
      best = reading;
  }
  return best;
}

static const char *printed_number(const struct prose_reader *reader,
                                  const struct reading_of_claim *reading) {
  return reading_printed(reader, reading->claim);
}

static void tell_rivals(const struct prose_reader *reader, const struct reading_of_claim *first,
                        const struct reading_of_claim *other) {
  findings_reject(reader->findings, "ambiguous_prose",
                  "%s: '%s' in paragraph %zu and '%s' in paragraph %zu; neither was taken",
                  first->rule->variable->id, printed_number(reader, first),
                  first->claim->paragraph->block->number, printed_number(reader, other),
                  other->claim->paragraph->block->number);
}

/* True where A and B count in one sentence: nothing is said twice there (培训班1期；专题培训1期).
 */
static bool is_another(const struct reading_of_claim *a, const struct reading_of_claim *b) {
  return a->claim->paragraph == b->claim->paragraph && a->claim->sentence == b->claim->sentence &&
         concepts_equal(&a->claim->slot[ROLE_ACTION], &b->claim->slot[ROLE_ACTION]) &&
         a->number.value.coefficient != 0 && strcmp(claim_unit(a->claim), "%") != 0;
}

/* Marks the claims of the best one's variable: the others are less specific, or differ from it.
 * True where the best stands. */
static bool settle_rivals(struct prose_reader *reader, const struct reading_of_claim *best) {
  const struct variable *variable = best->rule->variable;
  const struct reading_of_claim *rival = NULL;
  int weight = weight_of(best);
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (!is_candidate(reading, variable) || reading == best) continue;
    bool is_other = reading->claim->organ == ORGAN_NAMED ||
                    !same_number(reading->number, best->number) || is_another(reading, best);
    bool is_equal =
        weight_of(reading) == weight || (weight < 0 && reading->claim->organ == ORGAN_NAMED);
    if (is_equal && is_other && !rival) rival = reading;
    reading->is_taken = weight_of(reading) == weight && !is_other;
    if (!reading->is_taken) reading->reason = "less_specific";
  }
  if (rival) tell_rivals(reader, best, rival);
  return !rival;
}

static void drop(struct prose_reader *reader, const struct variable *variable) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (!reading->rule || reading->rule->variable != variable || reading->area) continue;
    if (reading->reason && strcmp(reading->reason, "less_specific") != 0) continue;
    reading->is_taken = false;
    reading->reason = "ambiguous";
  }
}

static void settle(struct prose_reader *reader, struct reading_of_claim *best) {
  const struct variable *variable = best->rule->variable;
  best->is_taken = settle_rivals(reader, best);
  if (!best->is_taken) {
    drop(reader, variable);
    return;
  }
  findings_add(reader->findings, variable, "", best->number, printed_number(reader, best),
               claim_provenance(best->claim, best->rule->name));
}

void readings_settle(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (reading->reason || reading->area || reading->is_taken || !reading->rule) continue;
    settle(reader, (struct reading_of_claim *)best_of(reader, reading->rule->variable));
  }
}
