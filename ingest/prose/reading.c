/* Steps that several parts of the prose reader take. */
#include "ingest/prose/reading.h"

#include <string.h>

const char *reading_printed(const struct prose_reader *reader, const struct claim *claim) {
  return paragraph_printed(reader->findings->arena, claim->paragraph, claim->start, claim->end);
}

bool claim_is_change(const struct prose_reader *reader, const struct claim *claim) {
  const struct concepts *action = &claim->slot[ROLE_ACTION];
  return claim->is_compared || concepts_has(action, reader->changed) ||
         concepts_has(action, reader->increased) || concepts_has(action, reader->decreased) ||
         concepts_has(action, reader->added);
}

const char *claim_unit(const struct claim *claim) {
  return claim->number && claim->number->word ? claim->number->word->text : "";
}

bool claim_is_percent(const struct claim *claim) {
  return strcmp(claim_unit(claim), "%") == 0;
}

/* True where CLAIM says by how many percent something grew or fell. */
bool claim_is_growth(const struct prose_reader *reader, const struct claim *claim) {
  const struct concepts *action = &claim->slot[ROLE_ACTION];
  return claim_is_percent(claim) && !claim->is_to && !claim->is_before &&
         concepts_has(action, reader->increased) != concepts_has(action, reader->decreased);
}

struct provenance claim_provenance(const struct claim *claim, const char *rule) {
  const struct block *block = claim->paragraph->block;
  return (struct provenance){block_place(block, block->page), READ_BY_PROSE, rule};
}
