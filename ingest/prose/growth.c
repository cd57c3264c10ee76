/* Finds the number that a growth is of. Knows no variable. */
#include "ingest/prose/growth.h"

#include <string.h>

/* The variable of the growth of VARIABLE, or NULL. */
static const struct variable *growth_of(const struct prose_reader *reader,
                                        const struct variable *variable) {
  const char *id = arena_format(reader->findings->arena, "%s_growth", variable->id);
  return codebook_find(reader->rules->codebook, id);
}

/* The reading of the number that claim I says the growth of: 收到申请48件，同比增长20%. NULL where
 * it was not taken, or the claim names something itself. */
static const struct reading_of_claim *grown_by(const struct prose_reader *reader, size_t i) {
  const struct claim *claim = reader->reading[i].claim;
  if (i < claim->turn || claim->unknown || !claim_is_growth(reader, claim)) return NULL;
  const struct reading_of_claim *of = &reader->reading[i - claim->turn];
  bool is_twice = claim->turn == 1 && i > 1 && claim_is_change(reader, of->claim);
  bool is_yearly = claim->is_yearly || (is_twice && of->claim->is_yearly);
  if (is_twice) of--; /* 48件，较去年减少12件，下降20% */
  bool is_own =
      claim->turn == 1 && (claim->slot[ROLE_WHAT].count || claim->slot[ROLE_DETAIL].count ||
                           claim->slot[ROLE_CHANNEL].count || claim->slot[ROLE_WHOM].count);
  bool is_behind = of->claim->paragraph == claim->paragraph &&
                   of->claim->sentence == claim->sentence &&
                   claim->clause - of->claim->clause <= 2 * claim->turn - !is_twice;
  return is_yearly && is_behind && !is_own && of->is_taken && of->rule && !of->area &&
                 of->claim->number
             ? of
             : NULL;
}

/* Adds what the numbers of this year are told to have grown by; of a variable only once. */
void readings_take_growths(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    const struct reading_of_claim *of = grown_by(reader, i);
    bool is_open = reading->reason && strcmp(reading->reason, "change") == 0;
    const struct variable *variable = of && is_open ? growth_of(reader, of->rule->variable) : NULL;
    if (!variable) continue;
    struct number number = number_read(reader->findings->arena, reader->rules->numerals, variable,
                                       reading_printed(reader, reading->claim), "");
    if (!status_has_value(number.status)) continue;
    if (concepts_has(&reading->claim->slot[ROLE_ACTION], reader->decreased))
      number.value.coefficient = -number.value.coefficient;
    reading->growth = variable;
    reading->number = number;
    reading->is_taken = true;
    reading->reason = NULL;
    findings_add(reader->findings, variable, "", number, reading_printed(reader, reading->claim),
                 claim_provenance(reading->claim, "growth"));
  }
}
