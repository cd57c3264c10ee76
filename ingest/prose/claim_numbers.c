/* Finds what a number counts: the words before it, or those behind it. */
#include "ingest/prose/claim_numbers.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/prose/claim_joint.h"
#include "ingest/prose/claim_words.h"

static bool is_empty(const struct phrase *phrase) {
  for (int role = 0; role < ROLE_SLOTS; role++)
    if (phrase->slot[role].count) return false;
  return phrase->unknown == 0;
}

/* The token behind I that stands right beside it, quotes and 的 passed over. */
static size_t beside(const struct claim_reader *reader, size_t i) {
  size_t end = reader->tokens.item[i].end;
  for (size_t j = i + 1; j < reader->tokens.count; j++) {
    const struct token *token = &reader->tokens.item[j];
    bool is_nothing =
        token->kind == TOKEN_WORD && (!token->word || token->word->role == ROLE_FILLER);
    if (token->start > end + (token->kind == TOKEN_WORD ? 3 : 0)) return 0;
    if (!is_nothing) return j;
    if (token->word)
      end = token->end;
    else
      end = token->start;
  }
  return 0;
}

/* The end (an index of tokens) of what stands behind number I in its clause, up to the next. */
static size_t right_end(const struct claim_reader *reader, size_t i) {
  size_t end = i + 1;
  const struct token *token = reader->tokens.item;
  bool is_end = end < reader->tokens.count && token[end].kind == TOKEN_MARK &&
                token[end].start == token[i].end;
  if (is_end) return end; /* 信箱22件、热线31件: what follows 、 is of the next number */
  while (end < reader->tokens.count && reader->tokens.item[end].kind != TOKEN_NUMBER &&
         !(reader->tokens.item[end].kind == TOKEN_MARK && reader->tokens.item[end].mark != '/'))
    end++;
  /* 、 between things that one number counts together goes on, before a number it ends */
  return end;
}

/* Of the words behind number I up to END, where the next number begins, those before the verb that
 * counts it: 对2件申请收取费用1200元. */
static size_t right_of(const struct claim_reader *reader, size_t i, size_t end) {
  bool has_thing = false;
  if (end == reader->tokens.count || reader->tokens.item[end].kind != TOKEN_NUMBER) return end;
  for (size_t j = i + 1; j < end; j++) {
    if (has_thing && token_has_role(&reader->tokens.item[j], ROLE_ACTION)) return j;
    if (token_has_role(&reader->tokens.item[j], ROLE_JOINT)) return j;
    has_thing |= token_has_role(&reader->tokens.item[j], ROLE_WHAT);
  }
  return end;
}

static bool has_role(const struct claim_reader *reader, size_t from, size_t to, enum role role) {
  for (size_t i = from; i < to; i++)
    if (token_has_role(&reader->tokens.item[i], role)) return true;
  return false;
}

/* True where number I counts what stands behind it: 12件人大建议, 6件被维持. */
static bool counts_behind(const struct claim_reader *reader, size_t i, size_t end) {
  const struct phrase *left = &reader->phrase;
  size_t next = beside(reader, i);
  if (next && next < end &&
      (token_has_role(&reader->tokens.item[next], ROLE_WHAT) ||
       (token_has_role(&reader->tokens.item[next], ROLE_DETAIL) &&
        !left->slot[ROLE_DETAIL].count)) &&
      !(left->slot[ROLE_DETAIL].count && left->slot[ROLE_WHAT].count))
    return true;
  if (left->slot[ROLE_WHAT].count || left->slot[ROLE_DETAIL].count ||
      left->slot[ROLE_CHANNEL].count || left->slot[ROLE_WHOM].count || left->is_to)
    return false;
  bool is_thing =
      has_role(reader, i + 1, end, ROLE_WHAT) || has_role(reader, i + 1, end, ROLE_DETAIL) ||
      has_role(reader, i + 1, end, ROLE_CHANNEL) || has_role(reader, i + 1, end, ROLE_WHOM);
  return is_thing || (!left->slot[ROLE_ACTION].count && has_role(reader, i + 1, end, ROLE_ACTION));
}

/* Goes on with the words behind number I up to END; the things named before it are what these are
 * of. */
static void take_right(struct claim_reader *reader, size_t i, size_t end) {
  struct phrase *phrase = &reader->phrase;
  if (phrase->slot[ROLE_WHAT].count) reader->told.of = phrase->slot[ROLE_WHAT];
  phrase->slot[ROLE_WHAT] = (struct concepts){0};
  phrase->covered = reader->tokens.item[i].end;
  for (size_t j = i + 1; j < end; j++)
    if (reader->tokens.item[j].kind != TOKEN_MARK) reader_take_word(reader, j);
}

/* True where what follows number I says that this was the level before: 81%提升至88.6%. */
static bool is_level_before(const struct claim_reader *reader, size_t i) {
  const struct token *next = reader_neighbour(reader, i, 1, 0);
  return token_has_role(next, ROLE_TO);
}

/* Where the clause itself says nothing of what it counts, the clause before does: 发布信息，共5条.
 */
static void take_from_before(struct claim_reader *reader) {
  struct phrase *phrase = &reader->phrase;
  if (!is_empty(phrase) || !reader->before.has_words) return;
  struct phrase own = *phrase;
  *phrase = reader->before;
  if (own.is_reached && phrase->is_compared) { /* 访问量较去年翻了一番，达到320万次 */
    phrase->is_compared = phrase->is_yearly = false;
    phrase->slot[ROLE_ACTION] = own.slot[ROLE_ACTION];
  }
  phrase->is_to |= own.is_to;
  phrase->is_each |= own.is_each;
  phrase->is_joint |= own.is_joint;
}

/* 清理文件120件，继续有效97件: those in force among what was looked through, not all. */
static bool is_of_sorted(const struct claim_reader *reader) {
  const struct concepts *slot = reader->phrase.slot;
  return reader->told.is_sorted && !slot[ROLE_WHAT].count &&
         concepts_has(&slot[ROLE_ACTION], reader->known->in_force);
}

static void keep_number(struct arena *arena, const struct token *number, struct claim *claim) {
  struct token *kept = arena_alloc(arena, sizeof *kept);
  *kept = *number;
  claim->number = kept;
  claim->start = number->start;
  claim->end = number->end;
}

struct claim reader_claim(const struct claim_reader *reader, const struct token *number) {
  const struct phrase *phrase = &reader->phrase;
  const struct sentence *told = &reader->told;
  struct claim claim = {.paragraph = reader->paragraph,
                        .from = phrase->from,
                        .of = told->of,
                        .is_of_before = reader->is_of_sentence_before,
                        .channel = told->channel,
                        .platform = told->platform,
                        .period = told->period,
                        .year = told->year,
                        .organ = told->organ,
                        .is_topic = told->is_topic,
                        .is_among = told->is_among,
                        .is_part = told->is_part,
                        .is_plan = told->is_plan,
                        .is_gone = told->is_gone || phrase->is_gone || is_of_sorted(reader),
                        .is_each = phrase->is_each,
                        .is_joint = phrase->is_joint,
                        .is_share = phrase->is_share,
                        .turn = phrase->turn,
                        .is_compared = phrase->is_compared,
                        .is_yearly = phrase->is_yearly,
                        .is_modified = phrase->is_modified,
                        .is_to = phrase->is_to,
                        .has_area = phrase->has_area,
                        .is_named_info = phrase->is_named_info,
                        .name = phrase->name,
                        .name_end = phrase->area,
                        .unknown = phrase->unknown,
                        .sentence = reader->sentence,
                        .clause = reader->clause};
  if (reader->is_listed) claim.action = told->action;
  memcpy(claim.slot, phrase->slot, sizeof claim.slot);
  if (number) keep_number(reader->arena, number, &claim);
  return claim;
}

/* True where number I stands right behind another one, in another unit. */
static bool is_behind_number(const struct claim_reader *reader, size_t i) {
  const struct token *token = reader->tokens.item;
  return i > 0 && token[i - 1].kind == TOKEN_NUMBER && token[i - 1].end == token[i].start &&
         token[i].word && token[i - 1].word && token[i].word != token[i - 1].word &&
         reader->claims->count > reader->first;
}

/* True where something was done to what number I counts: 对12期公报进行数字化. */
static bool is_object(const struct claim_reader *reader, size_t i) {
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  return token_has_role(last, ROLE_FILLER) && reader_names(reader, last->word, "object") &&
         !reader->phrase.slot[ROLE_ACTION].count;
}

/* Lets the phrase say what number I counts; *IS_BEFORE says that it is the level before. Returns
 * the index of the token behind what belongs to the number. */
static size_t find_counted(struct claim_reader *reader, size_t i, bool *is_before) {
  struct phrase *phrase = &reader->phrase;
  if (phrase->is_joint && !reader_goes_on_jointly(reader)) reader_begin_joint(reader, i);
  if (reader_goes_on_jointly(reader)) {
    reader_take_joint(reader);
    return i + 1;
  }
  if (is_behind_number(reader, i)) { /* 公报4期8000册, 培训2次15人次 */
    const struct claim *last = &reader->claims->item[reader->claims->count - 1];
    memcpy(phrase->slot, last->slot, sizeof phrase->slot);
    phrase->unknown = last->unknown;
    phrase->has_words = true;
    return i + 1;
  }
  size_t end = right_of(reader, i, right_end(reader, i));
  *is_before = is_level_before(reader, i);
  if (*is_before || phrase->has_area || !counts_behind(reader, i, end)) {
    take_from_before(reader);
    return i + 1;
  }
  phrase->is_joint = false;
  take_right(reader, i, end);
  phrase->is_each |= is_object(reader, i) && !phrase->slot[ROLE_DETAIL].count;
  return end;
}

/* What holds on behind the number. */
static void keep_told(struct claim_reader *reader) {
  const struct phrase *phrase = &reader->phrase;
  struct sentence *told = &reader->told;
  if (phrase->slot[ROLE_WHAT].count && !phrase->has_area && !phrase->is_passing)
    told->of = reader_things(reader, phrase);
  if (phrase->slot[ROLE_ACTION].count) told->action = phrase->slot[ROLE_ACTION];
  if (phrase->slot[ROLE_CHANNEL].count && !told->is_part)
    told->platform = phrase->slot[ROLE_CHANNEL];
  told->is_sorted |= phrase->is_gone;
  told->part_numbers++;
  told->is_among |= phrase->slot[ROLE_DETAIL].count > 0;
  reader->is_of_sentence_before = false;
  reader->clause_has_number = true;
}

/* True where a noun that no rule knows is what number I counts: 公开工作动态33条. */
static bool counts_unknown(const struct claim_reader *reader, size_t i) {
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  const struct concepts *slot = reader->phrase.slot;
  return token_has_role(last, ROLE_FILLER) && reader_names(reader, last->word, "noun") &&
         !slot[ROLE_WHAT].count && !slot[ROLE_DETAIL].count;
}

/* Adds the last claim once more for each other thing that was counted before it in its sentence:
 * 建议36件、提案58件，办复率均为100%. */
static void repeat_for_all(struct claim_reader *reader, size_t first) {
  size_t count = reader->claims->count;
  const struct claim last = reader->claims->item[count - 1];
  for (size_t i = first; i + 1 < count; i++) {
    const struct claim *other = &reader->claims->item[i];
    const struct concepts *what = &other->slot[ROLE_WHAT];
    bool is_here = other->sentence == last.sentence && what->count == 1;
    if (!is_here || concepts_equal(what, &last.of)) continue;
    struct claim copy = last;
    copy.of = *what;
    copy.is_copy = true;
    *list_add(reader->arena, reader->claims) = copy;
  }
}

/* Notes where number I counts information with a name right before it: 行政审批信息87条. */
static void find_named_info(struct claim_reader *reader, size_t i) {
  static const char info[] = "信息";
  enum { LONGEST = 48 };
  struct phrase *phrase = &reader->phrase;
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  if (!token_has_role(last, ROLE_WHAT) || phrase->has_area || phrase->slot[ROLE_WHAT].count != 1 ||
      phrase->slot[ROLE_CHANNEL].count)
    return;
  size_t end = last->end - strlen(info);
  bool is_plain =
      last->word->concept == reader->known->info || last->word->concept == reader->known->gov_info;
  bool is_named = phrase->is_modified || !is_plain ||
                  concepts_has(&phrase->slot[ROLE_DETAIL], reader->known->field);
  phrase->is_named_info = is_named && end > phrase->name && end - phrase->name <= LONGEST &&
                          text_begins(reader->paragraph->text + end, info);
  if (phrase->is_named_info) phrase->area = end;
}

/* Adds CLAIM, of number I; 复议、诉讼各1件 is one of each thing. */
static void add_claim(struct claim_reader *reader, size_t i, struct claim claim) {
  const struct concepts what = claim.slot[ROLE_WHAT];
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  bool is_each = reader->phrase.is_each_thing && token_has_role(last, ROLE_FILLER) &&
                 reader_names(reader, last->word, "each_thing") && what.count > 1 &&
                 what.count <= CONCEPTS_MOST;
  for (int k = 0; k < (is_each ? what.count : 1); k++) {
    if (is_each) claim.slot[ROLE_WHAT] = (struct concepts){{what.item[k]}, 1};
    claim.is_copy = k > 0;
    *list_add(reader->arena, reader->claims) = claim;
  }
}

size_t reader_take_number(struct claim_reader *reader, size_t i) {
  const struct token *number = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  bool is_before = false;
  if (number->start > phrase->covered) reader_pass_gap(reader, number);
  phrase->covered = number->end;
  phrase->unknown += counts_unknown(reader, i);
  find_named_info(reader, i);
  size_t next = find_counted(reader, i, &is_before);
  if (phrase->has_area) reader->told.is_plan = reader->was_plan; /* 规划计划类信息 */
  struct claim claim = reader_claim(reader, number);
  claim.is_before = is_before;
  add_claim(reader, i, claim);
  if (phrase->is_of_all && !reader_goes_on_jointly(reader)) repeat_for_all(reader, reader->first);
  keep_told(reader);
  struct phrase kept = *phrase;
  if (is_before && kept.has_from) { /* 由去年的85%提高到93.2% */
    reader->told.period = reader->was_period;
    reader->told.year = reader->was_year;
  }
  reader_begin_phrase(reader, next > i + 1 ? reader->tokens.item[next - 1].end : number->end);
  if (is_before) { /* 由81%提升至88.6%: of the same thing */
    memcpy(reader->phrase.slot, kept.slot, sizeof kept.slot);
    reader->phrase.has_words = kept.has_words;
  }
  return next;
}
