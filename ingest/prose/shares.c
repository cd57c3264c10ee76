/* Finds the part and the whole of a share. Knows no variable. */
#include "ingest/prose/shares.h"

#include <string.h>

static const char *unit_of(const struct claim *claim) {
  return claim->number && claim->number->word ? claim->number->word->text : "";
}

static bool is_exact(const struct claim *claim, struct number value) {
  return claim->number && value.status == STATUS_REPORTED;
}

/* The last claim before PART, in its paragraph and unit, that is no part itself. */
static bool find_whole(const struct claim *claim, const struct number *value, size_t part,
                       size_t *whole) {
  for (size_t i = part; i-- > 0 && claim[i].paragraph == claim[part].paragraph;) {
    if (claim[i].is_part || strcmp(unit_of(&claim[i]), unit_of(&claim[part])) != 0) continue;
    *whole = i;
    return is_exact(&claim[i], value[i]) && !claim[i].is_plan &&
           claim[i].period == claim[part].period && claim[i].organ == claim[part].organ;
  }
  return false;
}

bool shares_find(const struct claim *claim, const struct number *value, size_t count, size_t i,
                 struct told_share *share) {
  size_t whole;
  bool is_share =
      i < count && i >= claim[i].turn && claim[i].is_share && strcmp(unit_of(&claim[i]), "%") == 0;
  if (!is_share || !is_exact(&claim[i], value[i])) return false;
  size_t part = i - claim[i].turn;
  bool is_behind = claim[part].paragraph == claim[i].paragraph &&
                   claim[part].sentence == claim[i].sentence &&
                   claim[i].clause - claim[part].clause <= 2 * claim[i].turn - 1;
  if (!is_behind || !claim[part].is_part || !is_exact(&claim[part], value[part]) ||
      !find_whole(claim, value, part, &whole))
    return false;
  const struct block *block = claim[i].paragraph->block;
  *share = (struct told_share){.place = block_place(block, block->page),
                               .part = value[part].value,
                               .whole = value[whole].value,
                               .share = value[i].value};
  return true;
}
