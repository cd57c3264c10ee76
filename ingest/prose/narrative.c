/* Turns claims into observations and quantities. Knows no word and no variable but those of areas.
 */
#include "ingest/prose/narrative.h"

#include <string.h>

#include "ingest/prose/growth.h"
#include "ingest/prose/key_areas.h"
#include "ingest/prose/quantities.h"
#include "ingest/prose/read_claims.h"
#include "ingest/prose/settling.h"

/* Why CLAIM, whatever it is of, is not this organ's number of this year; NULL where it may be. */
static const char *reason_against(const struct claim *claim) {
  if (claim->number && claim->number->is_range) return "range";
  if (claim->number && claim->number->is_ordinal) return "rank";
  if (claim->is_before) return "level_before";
  if (claim->is_plan || claim->period == PERIOD_NEXT) return "plan";
  if (claim->is_gone) return "closed";
  if (claim->period == PERIOD_OTHER) return "other_year";
  if (claim->period == PERIOD_PART) return "part_of_year";
  if (claim->organ == ORGAN_UPPER || claim->organ == ORGAN_BELOW) return "other_organ";
  if (claim->is_each) return "each";
  if (claim->is_joint) return "several_in_turn";
  return NULL;
}

/* Why no rule fits. */
static const char *reason_for_none(const struct prose_reader *reader, const struct claim *claim) {
  const struct word *unit = claim->number ? claim->number->word : NULL;
  const char *sort = unit ? lexicon_name(reader->rules->lexicon, unit->concept) : "";
  if (claim_is_change(reader, claim)) return "change";
  if (strcmp(sort, "time") == 0) return "duration";
  if (claim->slot[ROLE_WHAT].count > 1 || claim->slot[ROLE_DETAIL].count > 1 ||
      claim->slot[ROLE_CHANNEL].count > 1)
    return "several_together";
  if (claim->period == PERIOD_SINCE) return "since_earlier";
  bool is_known = claim->slot[ROLE_WHAT].count || claim->slot[ROLE_DETAIL].count ||
                  claim->slot[ROLE_CHANNEL].count || claim->slot[ROLE_WHOM].count;
  if (is_known) return "no_variable";
  if (claim->has_area) return "category";
  if (strcmp(sort, "percent") == 0 && claim->unknown == 0) return "share";
  return claim->of.count && claim->is_part ? "part" : "unknown";
}

/* The next claim of the same sentence, or NULL. */
static const struct claim *next_of(const struct prose_reader *reader, size_t i) {
  const struct claim *claim = reader->reading[i].claim;
  if (i + 1 == reader->count) return NULL;
  const struct claim *next = reader->reading[i + 1].claim;
  bool is_same = next->paragraph == claim->paragraph && next->sentence == claim->sentence;
  return is_same ? next : NULL;
}

static bool is_of_same(const struct claim *claim, const struct claim *other) {
  const struct concepts *what = &other->slot[ROLE_WHAT];
  return !what->count || concepts_equal(what, &claim->slot[ROLE_WHAT]);
}

/* 全省共收到15400件，我区收到212件: the first is not ours. */
static bool is_anothers(const struct prose_reader *reader, size_t i) {
  const struct claim *claim = reader->reading[i].claim, *next = next_of(reader, i);
  return next && claim->organ != ORGAN_OWN && next->organ == ORGAN_OWN && is_of_same(claim, next) &&
         strcmp(claim_unit(claim), claim_unit(next)) == 0;
}

/* 收到52件（含上年结转4件）: not all of them are new. */
static bool includes_others(const struct prose_reader *reader, size_t i) {
  const struct reading_of_claim *reading = &reader->reading[i];
  const struct claim *next = next_of(reader, i);
  if (!next || !next->is_part || reading->claim->is_part ||
      next->clause > reading->claim->clause + 2)
    return false;
  const struct concepts *action = &next->slot[ROLE_ACTION];
  bool is_new = next->period == PERIOD_THIS && concepts_has(action, reader->received) &&
                !next->slot[ROLE_WHAT].count && !next->slot[ROLE_CHANNEL].count;
  return concepts_has(action, reader->carried_in) || is_new;
}

/* 主办提案9件、协办6件: those that others led are not among them. */
static bool is_shared(const struct prose_reader *reader, size_t i) {
  const struct claim *next = next_of(reader, i);
  return next && concepts_has(&next->slot[ROLE_ACTION], reader->led) &&
         !next->slot[ROLE_WHAT].count &&
         strcmp(claim_unit(next), claim_unit(reader->reading[i].claim)) == 0;
}

static bool restates(const struct prose_reader *reader, const struct variable *variable) {
  const struct restatement *restatement;
  size_t count = prose_restatements(reader->rules, &restatement);
  for (size_t i = 0; i < count; i++)
    if (restatement[i].variable == variable) return true;
  return false;
}

static void read_claim(struct prose_reader *reader, size_t i) {
  struct reading_of_claim *reading = &reader->reading[i];
  struct claim *claim = reading->claim;
  reading->rule = prose_rules_find(reader->rules, claim);
  reading->reason = reason_against(claim);
  bool may_change = reading->rule && reading->rule->is_change;
  if (!reading->reason && claim->is_compared && !may_change) reading->reason = "change";
  bool is_office = (claim->organ == ORGAN_OFFICE || claim->organ == ORGAN_AREA) &&
                   !(reading->rule && reading->rule->allows_office);
  if (!reading->reason && (is_office || is_anothers(reader, i))) reading->reason = "other_organ";
  if (!reading->reason && reading->rule && restates(reader, reading->rule->variable) &&
      includes_others(reader, i))
    reading->reason = "includes_others";
  if (!reading->reason && is_shared(reader, i)) reading->reason = "part";
  if (!reading->reason && !reading->rule) reading->reason = reason_for_none(reader, claim);
  if (reading->reason || !claim->number) return;
  if (may_change && claim_is_percent(claim) &&
      !(claim->is_yearly && claim_is_growth(reader, claim))) {
    reading->reason = "change";
    return;
  }
  reading->number = number_read(reader->findings->arena, reader->rules->numerals,
                                reading->rule->variable, reading_printed(reader, claim), "");
  if (reading->number.status == STATUS_UNREADABLE && !claim->number->is_vague)
    reading->reason = "unreadable";
  if (may_change && concepts_has(&claim->slot[ROLE_ACTION], reader->decreased))
    reading->number.value.coefficient = -reading->number.value.coefficient;
}

static void take_areas(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (!reading->area) continue;
    reading->number = number_read(reader->findings->arena, reader->rules->numerals,
                                  reader->rules->area, reading_printed(reader, reading->claim), "");
    reading->is_taken = reading->number.status != STATUS_UNREADABLE;
    if (reading->is_taken)
      findings_add(reader->findings, reader->rules->area, reading->area, reading->number,
                   reading_printed(reader, reading->claim),
                   claim_provenance(reading->claim, "key_areas"));
    else
      reading->reason = "unreadable";
  }
}

static void find_areas(struct prose_reader *reader, claim_list *claims) {
  const char **area =
      key_areas_find(reader->findings->arena, reader->rules->lexicon, claims->item, claims->count);
  for (size_t i = 0; i < reader->count; i++) {
    bool is_ours = !reason_against(reader->reading[i].claim);
    reader->reading[i].area = is_ours ? area[i] : NULL;
    if (reader->reading[i].area) reader->reading[i].reason = NULL;
  }
}

static void read_all(struct prose_reader *reader, claim_list *claims) {
  struct arena *arena = reader->findings->arena;
  reader->reading = arena_array(arena, claims->count + 1, sizeof *reader->reading);
  reader->count = claims->count;
  for (size_t i = 0; i < claims->count; i++) reader->reading[i].claim = &claims->item[i];
  for (size_t i = 0; i < claims->count; i++) read_claim(reader, i);
  find_areas(reader, claims);
  take_areas(reader);
  readings_settle(reader);
  readings_take_growths(reader);
  for (size_t i = 0; i < claims->count; i++)
    if (reading_is_told(reader, &reader->reading[i])) {
      reading_tell(reader, &reader->reading[i]);
      reader->reading[i].quantity = reader->findings->quantities.count;
    }
  readings_find_shares(reader, claims);
}

void prose_read(const struct prose_rules *rules, const struct document *document, size_t from,
                size_t to, const struct setting *setting, struct findings *findings) {
  struct prose_reader reader = {
      .rules = rules, .findings = findings, .plain = {.id = "", .unit = "", .type = TYPE_AMOUNT}};
  reader.carried_in = lexicon_concept(rules->lexicon, ROLE_ACTION, "carried_in");
  reader.received = lexicon_concept(rules->lexicon, ROLE_ACTION, "received");
  reader.changed = lexicon_concept(rules->lexicon, ROLE_ACTION, "changed");
  reader.increased = lexicon_concept(rules->lexicon, ROLE_ACTION, "increased");
  reader.decreased = lexicon_concept(rules->lexicon, ROLE_ACTION, "decreased");
  reader.added = lexicon_concept(rules->lexicon, ROLE_ACTION, "added");
  reader.led = lexicon_concept(rules->lexicon, ROLE_ACTION, "led");
  size_t count;
  struct paragraph *paragraph =
      paragraphs_make(findings->arena, rules->lexicon, document, from, to, findings, &count);
  paragraphs_tell_skipped(document, from, to, findings);
  claim_list claims = {0};
  struct section section = {0};
  token_list tokens = {0};
  for (size_t i = 0; i < count; i++)
    claims_read(findings->arena, rules->lexicon, setting, &section, &paragraph[i], &tokens,
                &claims);
  read_all(&reader, &claims);
  *list_add(findings->arena, &findings->sections) = (struct section_forms){"narrative", "any"};
}
