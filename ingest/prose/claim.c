/* Keeps the concepts of a slot in their order. */
#include "ingest/prose/claim.h"

void concepts_add(struct concepts *concepts, int concept) {
  int at = 0;
  while (at < concepts->count && at < CONCEPTS_MOST && concepts->item[at] < concept) at++;
  if (at < concepts->count && at < CONCEPTS_MOST && concepts->item[at] == concept) return;
  for (int i = CONCEPTS_MOST - 1; i > at; i--) concepts->item[i] = concepts->item[i - 1];
  if (at < CONCEPTS_MOST) concepts->item[at] = concept;
  concepts->count++;
}

bool concepts_has(const struct concepts *concepts, int concept) {
  for (int i = 0; i < concepts->count && i < CONCEPTS_MOST; i++)
    if (concepts->item[i] == concept) return true;
  return false;
}
