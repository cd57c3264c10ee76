/* Turns claims into observations and quantities. Knows no word and no variable but those of areas.
 */
#include "ingest/prose/narrative.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/prose/key_areas.h"
#include "ingest/prose/shares.h"

/* A claim with what became of it. */
struct reading_of_claim {
  struct claim *claim;
  const struct prose_rule *rule; /* NULL where none fits */
  const char *reason;            /* why it is taken for nothing, NULL where it may be taken */
  const struct variable *growth; /* that it tells of the number before it, NULL where of none */
  const char *area;              /* of a list of areas, NULL where it is no item of one */
  struct number number;          /* in the variable's unit */
  size_t quantity;               /* its number among the quantities, 0 where it is none */
  bool is_taken;
};

struct prose_reader {
  const struct prose_rules *rules;
  struct findings *findings;
  const struct variable plain; /* any number, without a unit */
  struct reading_of_claim *reading;
  size_t count;
  int carried_in, received, changed, increased, decreased, added, led; /* concepts */
};

static const char *printed_of(const struct prose_reader *reader, const struct claim *claim) {
  return paragraph_printed(reader->findings->arena, claim->paragraph, claim->start, claim->end);
}

/* ---- what a claim is not ---- */

static bool is_change(const struct prose_reader *reader, const struct claim *claim) {
  const struct concepts *action = &claim->slot[ROLE_ACTION];
  return claim->is_compared || concepts_has(action, reader->changed) ||
         concepts_has(action, reader->increased) || concepts_has(action, reader->decreased) ||
         concepts_has(action, reader->added);
}

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
  if (is_change(reader, claim)) return "change";
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

/* ---- claims that others correct ---- */

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

static const char *unit_of(const struct claim *claim) {
  return claim->number && claim->number->word ? claim->number->word->text : "";
}

/* 全省共收到15400件，我区收到212件: the first is not ours. */
static bool is_anothers(const struct prose_reader *reader, size_t i) {
  const struct claim *claim = reader->reading[i].claim, *next = next_of(reader, i);
  return next && claim->organ != ORGAN_OWN && next->organ == ORGAN_OWN && is_of_same(claim, next) &&
         strcmp(unit_of(claim), unit_of(next)) == 0;
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
         strcmp(unit_of(next), unit_of(reader->reading[i].claim)) == 0;
}

static bool restates(const struct prose_reader *reader, const struct variable *variable) {
  const struct restatement *restatement;
  size_t count = prose_restatements(reader->rules, &restatement);
  for (size_t i = 0; i < count; i++)
    if (restatement[i].variable == variable) return true;
  return false;
}

static bool is_percent(const struct claim *claim) {
  return strcmp(unit_of(claim), "%") == 0;
}

/* True where CLAIM says by how many percent something grew or fell against the year before. */
static bool is_growth(const struct prose_reader *reader, const struct claim *claim) {
  const struct concepts *action = &claim->slot[ROLE_ACTION];
  return is_percent(claim) && claim->is_yearly && !claim->is_to && !claim->is_before &&
         concepts_has(action, reader->increased) != concepts_has(action, reader->decreased);
}

static void read_claim(struct prose_reader *reader, size_t i) {
  struct reading_of_claim *reading = &reader->reading[i];
  struct claim *claim = reading->claim;
  reading->rule = prose_rules_find(reader->rules, claim);
  reading->reason = reason_against(claim);
  bool may_change = reading->rule && reading->rule->is_change;
  if (!reading->reason && claim->is_compared && !may_change) reading->reason = "change";
  bool is_office = claim->organ == ORGAN_OFFICE && !(reading->rule && reading->rule->allows_office);
  if (!reading->reason && (is_office || is_anothers(reader, i))) reading->reason = "other_organ";
  if (!reading->reason && reading->rule && restates(reader, reading->rule->variable) &&
      includes_others(reader, i))
    reading->reason = "includes_others";
  if (!reading->reason && is_shared(reader, i)) reading->reason = "part";
  if (!reading->reason && !reading->rule) reading->reason = reason_for_none(reader, claim);
  if (reading->reason || !claim->number) return;
  if (may_change && is_percent(claim) && !is_growth(reader, claim)) {
    reading->reason = "change";
    return;
  }
  reading->number = number_read(reader->findings->arena, reader->rules->numerals,
                                reading->rule->variable, printed_of(reader, claim), "");
  if (reading->number.status == STATUS_UNREADABLE && !claim->number->is_vague)
    reading->reason = "unreadable";
  if (may_change && concepts_has(&claim->slot[ROLE_ACTION], reader->decreased))
    reading->number.value.coefficient = -reading->number.value.coefficient;
}

/* ---- settling: which of several claims stands ---- */

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
  return printed_of(reader, reading->claim);
}

static void tell_rivals(const struct prose_reader *reader, const struct reading_of_claim *first,
                        const struct reading_of_claim *other) {
  findings_reject(reader->findings, "ambiguous_prose",
                  "%s: '%s' in paragraph %zu and '%s' in paragraph %zu; neither was taken",
                  first->rule->variable->id, printed_number(reader, first),
                  first->claim->paragraph->block->number, printed_number(reader, other),
                  other->claim->paragraph->block->number);
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
    bool is_other =
        reading->claim->organ == ORGAN_NAMED || !same_number(reading->number, best->number);
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

static struct provenance provenance_of(const struct claim *claim, const char *rule) {
  const struct block *block = claim->paragraph->block;
  return (struct provenance){block_place(block, block->page), READ_BY_PROSE, rule};
}

static void settle(struct prose_reader *reader, struct reading_of_claim *best) {
  const struct variable *variable = best->rule->variable;
  best->is_taken = settle_rivals(reader, best);
  if (!best->is_taken) {
    drop(reader, variable);
    return;
  }
  findings_add(reader->findings, variable, "", best->number, printed_number(reader, best),
               provenance_of(best->claim, best->rule->name));
}

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
  if (i < claim->turn || claim->unknown || !is_growth(reader, claim)) return NULL;
  const struct reading_of_claim *of = &reader->reading[i - claim->turn];
  bool is_twice = claim->turn == 1 && i > 1 && is_change(reader, of->claim);
  if (is_twice) of--; /* 48件，较去年减少12件，下降20% */
  bool is_own =
      claim->turn == 1 && (claim->slot[ROLE_WHAT].count || claim->slot[ROLE_DETAIL].count ||
                           claim->slot[ROLE_CHANNEL].count || claim->slot[ROLE_WHOM].count);
  bool is_behind = of->claim->paragraph == claim->paragraph &&
                   of->claim->sentence == claim->sentence &&
                   claim->clause - of->claim->clause <= 2 * claim->turn - !is_twice;
  return is_behind && !is_own && of->is_taken && of->rule && !of->area && of->claim->number ? of
                                                                                            : NULL;
}

/* Adds what the numbers of this year are told to have grown by; of a variable only once. */
static void take_growths(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    const struct reading_of_claim *of = grown_by(reader, i);
    bool is_open = reading->reason && strcmp(reading->reason, "change") == 0;
    const struct variable *variable = of && is_open ? growth_of(reader, of->rule->variable) : NULL;
    if (!variable) continue;
    struct number number = number_read(reader->findings->arena, reader->rules->numerals, variable,
                                       printed_of(reader, reading->claim), "");
    if (!status_has_value(number.status)) continue;
    if (concepts_has(&reading->claim->slot[ROLE_ACTION], reader->decreased))
      number.value.coefficient = -number.value.coefficient;
    reading->growth = variable;
    reading->number = number;
    reading->is_taken = true;
    reading->reason = NULL;
    findings_add(reader->findings, variable, "", number, printed_of(reader, reading->claim),
                 provenance_of(reading->claim, "growth"));
  }
}

static void settle_all(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (reading->reason || reading->area || reading->is_taken || !reading->rule) continue;
    settle(reader, (struct reading_of_claim *)best_of(reader, reading->rule->variable));
  }
}

/* ---- areas ---- */

static void take_areas(struct prose_reader *reader) {
  for (size_t i = 0; i < reader->count; i++) {
    struct reading_of_claim *reading = &reader->reading[i];
    if (!reading->area) continue;
    reading->number = number_read(reader->findings->arena, reader->rules->numerals,
                                  reader->rules->area, printed_of(reader, reading->claim), "");
    reading->is_taken = reading->number.status != STATUS_UNREADABLE;
    if (reading->is_taken)
      findings_add(reader->findings, reader->rules->area, reading->area, reading->number,
                   printed_of(reader, reading->claim), provenance_of(reading->claim, "key_areas"));
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

/* ---- quantities ---- */

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
  if (!is_level && is_change(reader, claim)) return "change";
  if (strcmp(unit_of(claim), "%") == 0 && claim->is_part) return "share";
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

static void tell(const struct prose_reader *reader, const struct reading_of_claim *reading) {
  static const char *const periods[] = {"", "this", "other", "part", "since", "next"};
  static const char *const organs[] = {"", "own", "all", "upper", "below", "office", "named"};
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
      .printed = text_tidy(arena, printed_of(reader, claim)),
      .value = number.value,
      .status = number.status,
      .unit = unit_of(claim),
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
static bool is_told(const struct prose_reader *reader, const struct reading_of_claim *reading) {
  const struct token *number = reading->claim->number;
  if (!number) return reading->is_taken;
  if (reading->claim->is_copy) return reading->is_taken;
  if (!number->word) return reading->is_taken;
  const char *sort = lexicon_name(reader->rules->lexicon, number->word->concept);
  return !number->is_ordinal || strcmp(sort, "rank") == 0;
}

static void find_shares(struct prose_reader *reader, const claim_list *claims) {
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

static void read_all(struct prose_reader *reader, claim_list *claims) {
  struct arena *arena = reader->findings->arena;
  reader->reading = arena_array(arena, claims->count + 1, sizeof *reader->reading);
  reader->count = claims->count;
  for (size_t i = 0; i < claims->count; i++) reader->reading[i].claim = &claims->item[i];
  for (size_t i = 0; i < claims->count; i++) read_claim(reader, i);
  find_areas(reader, claims);
  take_areas(reader);
  settle_all(reader);
  take_growths(reader);
  for (size_t i = 0; i < claims->count; i++)
    if (is_told(reader, &reader->reading[i])) {
      tell(reader, &reader->reading[i]);
      reader->reading[i].quantity = reader->findings->quantities.count;
    }
  find_shares(reader, claims);
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
  token_list tokens = {0};
  for (size_t i = 0; i < count; i++)
    claims_read(findings->arena, rules->lexicon, setting, &paragraph[i], &tokens, &claims);
  read_all(&reader, &claims);
  *list_add(findings->arena, &findings->sections) = (struct section_forms){"narrative", "any"};
}
