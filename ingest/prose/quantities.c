/* Tells every quantity with how it was understood. Knows no variable but that of areas. */
#include "ingest/prose/quantities.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/prose/shares.h"

static const char *names_of(const struct prose_reader *reader, const struct concepts *set) {
  const char *text = "";
  for (int i = 0; i < set->count && i < CONCEPTS_MOST; i++)
    text = arena_format(reader->findings->arena, "%s%s%s", text, i ? "+" : "",
                        lexicon_name(reader->rules->lexicon, set->item[i]));
  return text;
}

static const char *kind_of(const struct prose_reader *reader,
                           const struct reading_of_claim *reading) {
  const struct claim *claim = reading->claim;
  const char *reason = reading->reason ? reading->reason : "";
  if (!claim->number) return "zero";
  if (claim->number->is_ordinal) return "rank";
  if (claim->is_before) return "before";
  if (strcmp(reason, "plan") == 0) return "plan";
  bool is_level =
      reading->is_taken && !reading->growth && (!reading->rule || !reading->rule->is_change);
  if (!is_level && claim_is_change(reader, claim)) return "change";
  if (strcmp(claim_unit(claim), "%") == 0 && claim->is_part) return "share";
  return claim->is_part ? "part" : "level";
}

/* The number as it stands, in the unit that is printed. */
static struct number plain_number(const struct prose_reader *reader, const struct claim *claim) {
  const struct token *token = claim->number;
  if (!token) return (struct number){.status = STATUS_REPORTED};
  struct arena *arena = reader->findings->arena;
  const char *digits = paragraph_printed(arena, claim->paragraph, token->start, token->unit);
  struct number number = number_read(arena, reader->rules->numerals, &reader->plain, digits, "");
  size_t unit_end = token->unit + (token->word ? token->word->length : 0);
  bool is_more = token->end > unit_end && !token->is_vague;
  if (is_more && number.status == STATUS_REPORTED) number.status = STATUS_APPROXIMATE_LOW;
  if (token->is_vague || token->is_range) number.status = STATUS_UNREADABLE;
  return number;
}

void reading_tell(const struct prose_reader *reader, const struct reading_of_claim *reading) {
  static const char *const periods[] = {"", "this", "other", "part", "since", "next"};
  static const char *const organs[] = {"",      "own",    "all",   "upper",
                                       "below", "office", "named", "area"};
  struct arena *arena = reader->findings->arena;
  const struct claim *claim = reading->claim;
  const struct concepts *channel = &claim->slot[ROLE_CHANNEL];
  struct number number = plain_number(reader, claim);
  size_t from = claim->from < claim->start ? claim->from : claim->start;
  const char *id = reading->growth     ? reading->growth->id
                   : reading->area     ? reader->rules->area->id
                   : reading->is_taken ? reading->rule->variable->id
                                       : "";
  *list_add(arena, &reader->findings->quantities) = (struct quantity){
      .place = block_place(claim->paragraph->block, claim->paragraph->block->page),
      .clause = text_tidy(arena, paragraph_printed(arena, claim->paragraph, from, claim->end)),
      .printed = text_tidy(arena, reading_printed(reader, claim)),
      .value = number.value,
      .status = number.status,
      .unit = claim_unit(claim),
      .what = names_of(reader, &claim->slot[ROLE_WHAT]),
      .action = names_of(reader, &claim->slot[ROLE_ACTION]),
      .whom = names_of(reader, &claim->slot[ROLE_WHOM]),
      .channel = names_of(reader, channel->count ? channel : &claim->channel),
      .detail = names_of(reader, &claim->slot[ROLE_DETAIL]),
      .period = claim->year ? arena_format(arena, "%d", claim->year) : periods[claim->period],
      .organ = organs[claim->organ],
      .of = names_of(reader, &claim->of),
      .kind = kind_of(reader, reading),
      .variable = reading->is_taken ? id : "",
      .category = reading->is_taken && reading->area ? reading->area : "",
      .rule = !reading->is_taken ? ""
              : reading->growth  ? "growth"
              : reading->area    ? "key_areas"
                                 : reading->rule->name,
      .reason = reading->is_taken || !reading->reason ? "" : reading->reason};
}

/* Ordinals that are no rank (第3期), and numbers without a unit that are none of ours, are told by
 * nobody. */
bool reading_is_told(const struct prose_reader *reader, const struct reading_of_claim *reading) {
  const struct token *number = reading->claim->number;
  if (!number) return reading->is_taken;
  if (reading->claim->is_copy) return reading->is_taken;
  if (!number->word) return reading->is_taken;
  const char *sort = lexicon_name(reader->rules->lexicon, number->word->concept);
  return !number->is_ordinal || strcmp(sort, "rank") == 0;
}

void readings_find_shares(struct prose_reader *reader, const claim_list *claims) {
  struct findings *findings = reader->findings;
  struct number *value = arena_array(findings->arena, claims->count + 1, sizeof *value);
  for (size_t i = 0; i < claims->count; i++) value[i] = plain_number(reader, &claims->item[i]);
  for (size_t i = 0; i < claims->count; i++) {
    struct told_share share;
    if (!shares_find(claims->item, value, claims->count, i, &share)) continue;
    share.quantity = reader->reading[i].quantity;
    if (share.quantity) *list_add(findings->arena, &findings->shares) = share;
  }
}
