/* Reads tokens into claims, clause by clause. Knows the structure of a sentence, and roles; no word
 * and no variable. */
#include "ingest/prose/claim.h"

#include <ctype.h>
#include <string.h>

#include "core/base/label.h"

void concepts_add(struct concepts *concepts, int concept) {
  int at = 0;
  while (at < concepts->count && at < CONCEPTS_MOST && concepts->item[at] < concept) at++;
  if (at < concepts->count && at < CONCEPTS_MOST && concepts->item[at] == concept) return;
  for (int i = CONCEPTS_MOST - 1; i > at; i--) concepts->item[i] = concepts->item[i - 1];
  if (at < CONCEPTS_MOST) concepts->item[at] = concept;
  concepts->count++;
}

static bool has(const struct concepts *set, int concept) {
  for (int i = 0; i < set->count && i < CONCEPTS_MOST; i++)
    if (set->item[i] == concept) return true;
  return false;
}

/* What the words of a phrase say, until a number comes that they belong to. */
struct phrase {
  struct concepts slot[ROLE_SLOTS];
  bool is_each, is_gone, is_share, is_compared, is_to, is_joint, is_none, has_area;
  size_t from, covered;  /* bytes of the text */
  size_t name;           /* where the name of an area may begin */
  size_t area, area_end; /* the word that ends the name of an area */
  size_t unknown;
  bool has_words, has_link;
  bool is_passing; /* its things are not what the sentence goes on about */
  bool has_start;  /* 自 */
  bool is_subject; /* the clause begins with its channel */
};

/* What holds on behind the clause that says it. */
struct sentence {
  struct concepts of, channel, platform, action;
  enum period period;
  int year;
  enum organ organ;
  size_t part_clause; /* that says 其中 */
  bool is_topic, is_part, is_plan, is_gone;
  bool is_among; /* the last claim was of a result or ground */
  bool is_until; /* 截至2020年底: what is 累计 began before */
};

struct claim_reader {
  struct arena *arena;
  const struct lexicon *lexicon;
  const struct setting *setting;
  const struct passage *passage;
  token_list tokens;
  claim_list *claims;
  struct sentence told;
  struct phrase phrase, before; /* of this clause, and of the clause before it without a number */
  bool was_plan;                /* before this phrase */
  bool clause_has_number, is_listed, is_of_sentence_before;
  size_t clause, sentence;
  int carry, carried_in, carried_out, request; /* concepts */
};

static bool is_named(const struct claim_reader *reader, const struct word *word, const char *name) {
  return strcmp(lexicon_name(reader->lexicon, word->concept), name) == 0;
}

static size_t characters(const struct passage *passage, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to; i++) {
    unsigned char c = (unsigned char)passage->text[i];
    count += !text_goes_on(c) && !ispunct(c);
  }
  return count;
}

static void begin_phrase(struct claim_reader *reader, size_t from) {
  reader->was_plan = reader->told.is_plan;
  reader->phrase = (struct phrase){.from = from, .covered = from, .name = from};
}

/* ---- periods and organs ---- */

/* The rank of the place that TEXT ends in, the larger the lower: of 全市, of 天桥区. */
static int rank_of(const char *text, size_t length) {
  static const struct {
    const char *text;
    int rank;
  } ranks[] = {{"国", 0}, {"省", 1}, {"自治区", 1}, {"市", 2}, {"州", 2}, {"盟", 2},
               {"县", 3}, {"旗", 3}, {"区", 3},     {"镇", 4}, {"乡", 4}, {"街道", 4}};
  int rank = -1;
  size_t longest = 0;
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
    size_t size = strlen(ranks[i].text);
    if (size > longest && size <= length &&
        memcmp(text + length - size, ranks[i].text, size) == 0) {
      rank = ranks[i].rank;
      longest = size;
    }
  }
  return rank;
}

/* 全市 in the report of a district is of another organ. */
static enum organ organ_of_all(const struct claim_reader *reader, const struct word *word) {
  const char *organ = reader->setting->organ, *end = strstr(organ, "人民政府");
  int own = rank_of(organ, end ? (size_t)(end - organ) : strlen(organ));
  int told = rank_of(word->text, word->length);
  return own >= 0 && told >= 0 && told < own ? ORGAN_UPPER : ORGAN_ALL;
}

static enum organ organ_of(const struct claim_reader *reader, const struct word *word) {
  if (is_named(reader, word, "own")) return ORGAN_OWN;
  if (is_named(reader, word, "all")) return organ_of_all(reader, word);
  if (is_named(reader, word, "upper")) return ORGAN_UPPER;
  if (is_named(reader, word, "below")) return ORGAN_BELOW;
  if (is_named(reader, word, "office"))
    return reader->setting->is_office ? ORGAN_OWN : ORGAN_OFFICE;
  return ORGAN_NAMED;
}

static void take_organ(struct claim_reader *reader, const struct word *word) {
  enum organ organ = organ_of(reader, word);
  bool is_whole = reader->told.organ == ORGAN_ALL || reader->told.organ == ORGAN_OWN;
  /* 全市各部门 are the whole */
  if (organ == ORGAN_BELOW && is_whole && !reader->phrase.has_words) return;
  reader->told.organ = organ;
}

static enum period period_of(const struct claim_reader *reader, const struct word *word) {
  static const char *const names[] = {"untold", "this", "other", "part", "since", "next"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (is_named(reader, word, names[i])) return (enum period)i;
  return PERIOD_UNTOLD;
}

static void set_period(struct claim_reader *reader, enum period period, int year) {
  bool is_whole_year = period == PERIOD_THIS;
  /* 截至2023年底，累计 …: since an earlier year, until 全年 is said */
  reader->told.period = period;
  reader->told.year = year;
  reader->told.is_plan = period == PERIOD_NEXT;
  if (is_whole_year && reader->told.part_clause != reader->clause) reader->told.is_part = false;
  if (is_whole_year) reader->told.is_gone = false;
  reader->told.is_until = false;
}

/* The word before token I, directly or with few characters between; NULL where there is none. */
static const struct token *neighbour(const struct claim_reader *reader, size_t i, int step,
                                     size_t most) {
  size_t at = i + (size_t)step;
  if (at >= reader->tokens.count) return NULL;
  const struct token *token = &reader->tokens.item[i], *other = &reader->tokens.item[at];
  size_t gap = step < 0 ? token->start - other->end : other->start - token->end;
  bool apart = step < 0 ? token->start < other->end : other->start < token->end;
  return apart || gap > most || other->kind == TOKEN_MARK ? NULL : other;
}

static bool is_role(const struct token *token, enum role role) {
  return token && token->kind == TOKEN_WORD && token->word && token->word->role == role;
}

/* 较2019年, 与去年相比 */
static bool is_compared(const struct claim_reader *reader, size_t i) {
  return is_role(neighbour(reader, i, -1, 0), ROLE_AGAINST);
}

static enum period date_period(const struct claim_reader *reader, const struct token *date,
                               bool is_until) {
  int year = reader->setting->year;
  if (date->year && year && date->year > year) return PERIOD_NEXT;
  if (date->year && year && date->year < year) return PERIOD_OTHER;
  int first = date->first_month, last = date->last_month ? date->last_month : first;
  if (!first) return PERIOD_THIS;
  if (is_until || !date->last_month) return last == 12 && is_until ? PERIOD_THIS : PERIOD_PART;
  return first == 1 && last == 12 ? PERIOD_THIS : PERIOD_PART;
}

static void take_date(struct claim_reader *reader, size_t i) {
  const struct token *date = &reader->tokens.item[i], *next = neighbour(reader, i, 1, 0);
  const struct token *last = neighbour(reader, i, -1, 0);
  bool is_until = is_role(last, ROLE_FILLER) && is_named(reader, last->word, "until");
  if (is_compared(reader, i) || is_role(next, ROLE_AGAINST)) {
    reader->phrase.is_compared = true;
    return;
  }
  if (is_role(next, ROLE_ACTION) && next->word->concept == reader->carry &&
      date->year != reader->setting->year)
    return;
  if (is_role(last, ROLE_ACTION) && last->word->concept == reader->carry) return;
  enum period period = date->is_span ? PERIOD_SINCE : date_period(reader, date, is_until);
  if (is_role(next, ROLE_PERIOD) && is_named(reader, next->word, "start") && period == PERIOD_OTHER)
    period = PERIOD_SINCE;
  set_period(reader, period, date->year);
  reader->told.is_until = is_until && period == PERIOD_THIS;
}

static void take_period(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i], *next = neighbour(reader, i, 1, 15);
  const struct token *last = neighbour(reader, i, -1, 0);
  enum period period = period_of(reader, token->word);
  if (period == PERIOD_OTHER && is_compared(reader, i)) {
    reader->phrase.is_compared = true;
    return;
  }
  if (is_named(reader, token->word, "start")) { /* 自条例施行以来 */
    bool is_since = reader->phrase.has_start && reader->told.period != PERIOD_THIS;
    if (is_since) set_period(reader, PERIOD_SINCE, 0);
    return;
  }
  bool is_carried = is_role(next, ROLE_ACTION) && next->word->concept == reader->carry;
  is_carried |= is_role(last, ROLE_ACTION) && last->word->concept == reader->carry;
  if (is_carried) return;
  if (period == PERIOD_UNTOLD)
    reader->told.is_until = true;
  else
    set_period(reader, period, 0);
}

/* 上年结转, 2019年度结转: carried in; 结转下年度: carried out; else as the word says. */
static int action_of(const struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  if (token->word->concept != reader->carry) return token->word->concept;
  const struct token *last = neighbour(reader, i, -1, 15), *next = neighbour(reader, i, 1, 6);
  bool is_in = is_role(last, ROLE_PERIOD) && is_named(reader, last->word, "other");
  is_in |= last && last->kind == TOKEN_DATE && last->year && last->year < reader->setting->year;
  bool is_out = is_role(next, ROLE_PERIOD) && is_named(reader, next->word, "next");
  is_out |= next && next->kind == TOKEN_DATE && next->year > reader->setting->year;
  return is_out ? reader->carried_out : is_in ? reader->carried_in : reader->carry;
}

/* ---- words ---- */

/* What stands before 引起的 only caused what follows. */
static void take_cause(struct claim_reader *reader) {
  struct phrase *phrase = &reader->phrase;
  reader->told.is_topic |= has(&phrase->slot[ROLE_WHAT], reader->request);
  memset(phrase->slot, 0, sizeof phrase->slot);
  phrase->unknown = 0;
}

/* 其中: the phrase begins anew. */
static void take_part(struct claim_reader *reader, const struct token *token) {
  const struct phrase *phrase = &reader->phrase;
  if (phrase->is_none) return; /* 无涉及 */
  if (phrase->slot[ROLE_WHAT].count && !phrase->is_passing)
    reader->told.of = phrase->slot[ROLE_WHAT];
  begin_phrase(reader, token->end);
  reader->told.is_part = true;
  reader->told.part_clause = reader->clause;
}

static void take_slot(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  enum role role = token->word->role;
  int concept = role == ROLE_ACTION ? action_of(reader, i) : token->word->concept;
  const struct phrase *phrase = &reader->phrase;
  bool is_first = !phrase->has_words && phrase->unknown == 0;
  reader->phrase.is_subject |= role == ROLE_CHANNEL && is_first;
  concepts_add(&reader->phrase.slot[role], concept);
  if (role == ROLE_WHAT) reader->phrase.is_passing = token->word->is_passing;
  reader->phrase.has_area = false;
  reader->phrase.has_words = true;
}

static void take_none(struct claim_reader *reader, const struct token *token) {
  struct concepts what = reader->phrase.slot[ROLE_WHAT];
  if (what.count && !reader->clause_has_number) reader->told.of = what;
  begin_phrase(reader, token->end);
  reader->phrase.is_none = true;
  reader->phrase.from = token->start;
}

/* 计划 before a verb is a plan; 培训计划 is a paper. */
static bool leads_on(const struct claim_reader *reader, size_t i) {
  const struct token *next = neighbour(reader, i, 1, 0);
  return next && next->kind == TOKEN_WORD && next->word && next->word->role < ROLE_SLOTS;
}

/* 网站、微信等平台: whatever channel; 文字、图片等形式: of whatever sort. */
static void take_examples(struct claim_reader *reader, size_t i) {
  const struct token *last = neighbour(reader, i, -1, 0);
  struct concepts *slot = reader->phrase.slot;
  if (is_role(last, ROLE_CHANNEL)) slot[ROLE_CHANNEL] = (struct concepts){0};
  if (is_role(last, ROLE_DETAIL)) slot[ROLE_DETAIL] = (struct concepts){0};
}

static void take_other_word(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  switch (token->word->role) {
    case ROLE_TOPIC: reader->told.is_topic = true; return;
    case ROLE_CAUSE: take_cause(reader); return;
    case ROLE_PERIOD: take_period(reader, i); return;
    case ROLE_ORGAN: take_organ(reader, token->word); return;
    case ROLE_PLAN:
      reader->told.is_plan |= is_named(reader, token->word, "planned") || leads_on(reader, i);
      return;
    case ROLE_GONE:
      if (is_named(reader, token->word, "sorted"))
        phrase->is_gone = true; /* 清理文件120件，废止20件 */
      else
        reader->told.is_gone = true;
      return;
    case ROLE_EACH: phrase->is_each = true; return;
    case ROLE_PART: take_part(reader, token); return;
    case ROLE_TO:
      phrase->is_to = true;
      reader->told.is_gone |= is_named(reader, token->word, "fewer");
      return;
    case ROLE_JOINT: phrase->is_joint = true; return;
    case ROLE_SHARE: phrase->is_share = true; return;
    case ROLE_NONE: take_none(reader, token); return;
    case ROLE_LINK: phrase->has_link = true; return;
    case ROLE_FILLER:
      phrase->has_start |= is_named(reader, token->word, "starting");
      if (reader->told.is_until && is_named(reader, token->word, "cumulative"))
        reader->told.period = PERIOD_SINCE;
      if (is_named(reader, token->word, "etc")) take_examples(reader, i);
      return;
    case ROLE_AREA:
      phrase->has_area = true;
      phrase->area = token->start;
      phrase->area_end = token->end;
      return;
    default: return;
  }
}

/* Words before the name of an area: 发布, 其中, 全年. */
static bool leads_to_name(const struct claim_reader *reader, const struct token *token) {
  if (token->kind == TOKEN_DATE) return true;
  if (!token->word) return false;
  switch (token->word->role) {
    case ROLE_ACTION:
      return is_named(reader, token->word, "published") ||
             is_named(reader, token->word, "made_public") ||
             is_named(reader, token->word, "disclosed");
    case ROLE_PERIOD:
    case ROLE_ORGAN:
    case ROLE_PART: return true;
    case ROLE_FILLER: return is_named(reader, token->word, "lead");
    default: return false;
  }
}

/* True where the bytes before END are the name of an organ: 区住建局, 丙镇. */
static bool names_organ(const struct claim_reader *reader, size_t from, size_t end) {
  static const char *const ends[] = {"局",   "委",     "厅",     "镇",   "乡",
                                     "街道", "办事处", "管委会", "中心", "办"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t length = strlen(ends[i]);
    if (end - from > length && memcmp(reader->passage->text + end - length, ends[i], length) == 0)
      return true;
  }
  return false;
}

/* What no word covers before TOKEN is the name of an organ, or is not known. */
static void pass_gap(struct claim_reader *reader, const struct token *token) {
  struct phrase *phrase = &reader->phrase;
  size_t from = phrase->covered, end = token->start;
  phrase->has_area = false;
  if (token->kind == TOKEN_MARK || phrase->has_words || !names_organ(reader, from, end)) {
    phrase->unknown += characters(reader->passage, from, end);
    return;
  }
  const char *name = arena_bytes(reader->arena, reader->passage->text + from, end - from);
  bool is_own = strstr(reader->setting->organ, name) != NULL;
  reader->told.organ = is_own ? ORGAN_OWN : ORGAN_NAMED;
}

static void take_word(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  if (token->start > phrase->covered) pass_gap(reader, token);
  if (token->end > phrase->covered) phrase->covered = token->end;
  if (token->start == phrase->name && leads_to_name(reader, token)) phrase->name = token->end;
  if (token->kind == TOKEN_DATE)
    take_date(reader, i);
  else if (token->word && token->word->role < ROLE_SLOTS)
    take_slot(reader, i);
  else if (token->word)
    take_other_word(reader, i);
}

/* ---- numbers ---- */

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
    if (has_thing && is_role(&reader->tokens.item[j], ROLE_ACTION)) return j;
    has_thing |= is_role(&reader->tokens.item[j], ROLE_WHAT);
  }
  return end;
}

static bool has_role(const struct claim_reader *reader, size_t from, size_t to, enum role role) {
  for (size_t i = from; i < to; i++)
    if (is_role(&reader->tokens.item[i], role)) return true;
  return false;
}

/* True where number I counts what stands behind it: 12件人大建议, 6件被维持. */
static bool counts_behind(const struct claim_reader *reader, size_t i, size_t end) {
  const struct phrase *left = &reader->phrase;
  size_t next = beside(reader, i);
  if (next && next < end &&
      (is_role(&reader->tokens.item[next], ROLE_WHAT) ||
       (is_role(&reader->tokens.item[next], ROLE_DETAIL) && !left->slot[ROLE_DETAIL].count)) &&
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
    if (reader->tokens.item[j].kind != TOKEN_MARK) take_word(reader, j);
}

/* True where what follows number I says that this was the level before: 81%提升至88.6%. */
static bool is_level_before(const struct claim_reader *reader, size_t i) {
  const struct token *next = neighbour(reader, i, 1, 0);
  return is_role(next, ROLE_TO);
}

/* Where the clause itself says nothing of what it counts, the clause before does: 发布信息，共5条.
 */
static void take_from_before(struct claim_reader *reader) {
  struct phrase *phrase = &reader->phrase;
  if (!is_empty(phrase) || !reader->before.has_words) return;
  struct phrase own = *phrase;
  *phrase = reader->before;
  phrase->is_to |= own.is_to;
  phrase->is_each |= own.is_each;
  phrase->is_joint |= own.is_joint;
}

static struct claim claim_of(const struct claim_reader *reader, const struct token *number) {
  const struct phrase *phrase = &reader->phrase;
  const struct sentence *told = &reader->told;
  struct claim claim = {.passage = reader->passage,
                        .from = phrase->from,
                        .of = told->of,
                        .channel = told->channel,
                        .platform = told->platform,
                        .period = told->period,
                        .year = told->year,
                        .organ = told->organ,
                        .is_topic = told->is_topic,
                        .is_among = told->is_among,
                        .is_part = told->is_part,
                        .is_plan = told->is_plan,
                        .is_gone = told->is_gone || phrase->is_gone,
                        .is_each = phrase->is_each,
                        .is_joint = phrase->is_joint,
                        .is_share = phrase->is_share,
                        .is_compared = phrase->is_compared,
                        .is_to = phrase->is_to,
                        .has_area = phrase->has_area,
                        .name = phrase->name,
                        .name_end = phrase->area,
                        .unknown = phrase->unknown,
                        .sentence = reader->sentence,
                        .clause = reader->clause};
  if (reader->is_listed) claim.action = told->action;
  memcpy(claim.slot, phrase->slot, sizeof claim.slot);
  if (!number) return claim;
  struct token *kept = arena_alloc(reader->arena, sizeof *kept);
  *kept = *number;
  claim.number = kept;
  claim.start = number->start;
  claim.end = number->end;
  return claim;
}

/* Adds the claim of number I and moves behind what belongs to it. */
static size_t take_number(struct claim_reader *reader, size_t i) {
  const struct token *number = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  if (number->start > phrase->covered) pass_gap(reader, number);
  phrase->covered = number->end;
  size_t end = right_of(reader, i, right_end(reader, i)), next = i + 1;
  bool is_before = is_level_before(reader, i);
  if (!is_before && !phrase->has_area && counts_behind(reader, i, end)) {
    take_right(reader, i, end);
    next = end;
  } else {
    take_from_before(reader);
  }
  if (phrase->has_area) reader->told.is_plan = reader->was_plan; /* 规划计划类信息 */
  struct claim claim = claim_of(reader, number);
  claim.is_before = is_before;
  *list_add(reader->arena, reader->claims) = claim;
  if (phrase->slot[ROLE_WHAT].count && !phrase->has_area && !phrase->is_passing)
    reader->told.of = phrase->slot[ROLE_WHAT];
  if (phrase->slot[ROLE_ACTION].count) reader->told.action = phrase->slot[ROLE_ACTION];
  if (phrase->slot[ROLE_CHANNEL].count && !reader->told.is_part)
    reader->told.platform = phrase->slot[ROLE_CHANNEL];
  reader->told.is_among |= phrase->slot[ROLE_DETAIL].count > 0;
  reader->is_of_sentence_before = false;
  reader->clause_has_number = true;
  struct phrase kept = *phrase;
  size_t from = next > i + 1 ? reader->tokens.item[next - 1].end : number->end;
  begin_phrase(reader, from);
  if (is_before) { /* 由81%提升至88.6%: of the same thing */
    memcpy(reader->phrase.slot, kept.slot, sizeof kept.slot);
    reader->phrase.has_words = kept.has_words;
  }
  return next;
}

/* ---- clauses ---- */

/* Adds a claim of none for each thing in the phrase: 无行政复议、行政诉讼情况. */
static void claim_none(struct claim_reader *reader, size_t end) {
  struct phrase *phrase = &reader->phrase;
  if (end > phrase->covered) phrase->unknown += characters(reader->passage, phrase->covered, end);
  struct concepts what = phrase->slot[ROLE_WHAT];
  for (int i = 0; i < what.count && i < CONCEPTS_MOST; i++) {
    phrase->slot[ROLE_WHAT] = (struct concepts){{what.item[i]}, 1};
    struct claim claim = claim_of(reader, NULL);
    claim.start = phrase->from;
    claim.end = end;
    *list_add(reader->arena, reader->claims) = claim;
  }
}

/* The clause named things and counted none: what follows may be of them. */
static void keep_mention(struct claim_reader *reader) {
  const struct phrase *phrase = &reader->phrase;
  if (phrase->slot[ROLE_WHAT].count && !phrase->is_passing) {
    reader->told.of = phrase->slot[ROLE_WHAT];
    reader->is_of_sentence_before = false;
  }
  if (!phrase->slot[ROLE_CHANNEL].count) return;
  bool is_subject = phrase->slot[ROLE_CHANNEL].count == 1 && phrase->is_subject;
  reader->told.channel = is_subject ? phrase->slot[ROLE_CHANNEL] : (struct concepts){0};
}

static void end_sentence(struct claim_reader *reader) {
  struct sentence fresh = {0};
  /* 共收到申请85件。已答复83件 */
  if (!reader->is_of_sentence_before) fresh.of = reader->told.of;
  reader->is_of_sentence_before = true;
  reader->told = fresh;
  reader->before = (struct phrase){0};
  reader->sentence++;
}

static void end_clause(struct claim_reader *reader, const struct token *mark) {
  const struct phrase nothing = {0};
  size_t end = mark ? mark->start : reader->passage->length;
  if (reader->phrase.is_none && !reader->clause_has_number) claim_none(reader, end);
  if (!reader->clause_has_number) {
    if (end > reader->phrase.covered)
      reader->phrase.unknown += characters(reader->passage, reader->phrase.covered, end);
    keep_mention(reader);
  }
  reader->before = (reader->clause_has_number || reader->phrase.is_none) ? nothing : reader->phrase;
  reader->clause_has_number = false;
  reader->clause++;
  if (mark) begin_phrase(reader, mark->end);
}

static bool is_after_number(const struct claim_reader *reader, size_t i) {
  return reader->clause_has_number && reader->phrase.covered >= reader->tokens.item[i].start &&
         !reader->phrase.has_words;
}

static void take_mark(struct claim_reader *reader, size_t i) {
  const struct token *mark = &reader->tokens.item[i];
  if (mark->mark == '/' && !reader->clause_has_number) {
    reader->phrase.has_link = true;
    reader->phrase.covered = mark->end;
    return;
  }
  bool is_listed = mark->mark == '/' && is_after_number(reader, i);
  end_clause(reader, mark);
  reader->is_listed = is_listed || mark->mark == '/';
  if (mark->mark == '.') end_sentence(reader);
  if (mark->mark == ';' || mark->mark == ')') reader->told.is_part = false;
  if (mark->mark == ';') reader->told.is_plan = reader->told.is_gone = false;
}

/* Several numbers of a clause, joined by 和, share its verb. */
static void note_link(struct claim_reader *reader, size_t i) {
  if (is_role(&reader->tokens.item[i], ROLE_LINK) && reader->clause_has_number)
    reader->is_listed = true;
}

/* Requests are about disclosure, and so is a sentence that says of nothing that there was none. */
static void find_topics(struct claim_reader *reader, size_t first) {
  for (size_t i = first; i < reader->claims->count; i++) {
    struct claim *claim = &reader->claims->item[i];
    claim->is_topic |=
        has(&claim->of, reader->request) || has(&claim->slot[ROLE_WHAT], reader->request);
    for (size_t j = first; !claim->number && j < reader->claims->count; j++) {
      const struct claim *other = &reader->claims->item[j];
      bool is_beside = other->sentence == claim->sentence;
      claim->is_topic |=
          is_beside && (other->is_topic || has(&other->slot[ROLE_WHAT], reader->request));
    }
  }
}

void claims_read(struct arena *arena, const struct lexicon *lexicon, const struct setting *setting,
                 const struct passage *passage, token_list *tokens, claim_list *claims) {
  tokens_make(arena, lexicon, passage, tokens);
  struct claim_reader reader = {.arena = arena,
                                .tokens = *tokens,
                                .lexicon = lexicon,
                                .setting = setting,
                                .passage = passage,
                                .claims = claims,
                                .request = lexicon_concept(lexicon, ROLE_WHAT, "request"),
                                .carry = lexicon_concept(lexicon, ROLE_ACTION, "carry"),
                                .carried_in = lexicon_concept(lexicon, ROLE_ACTION, "carried_in"),
                                .carried_out =
                                    lexicon_concept(lexicon, ROLE_ACTION, "carried_out")};
  size_t first = claims->count;
  for (size_t i = 0; i < reader.tokens.count;) {
    note_link(&reader, i);
    if (reader.tokens.item[i].kind == TOKEN_NUMBER) {
      i = take_number(&reader, i);
      continue;
    }
    if (reader.tokens.item[i].kind == TOKEN_MARK)
      take_mark(&reader, i);
    else
      take_word(&reader, i);
    i++;
  }
  end_clause(&reader, NULL);
  find_topics(&reader, first);
}
