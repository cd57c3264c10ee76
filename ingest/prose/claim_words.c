/* Adds words to the phrase that is being read. Knows roles, and no word. */
#include "ingest/prose/claim_words.h"

#include <string.h>

#include "ingest/prose/claim_period.h"

/* What stands before 引起的 only caused what follows. */
static void take_cause(struct claim_reader *reader) {
  struct phrase *phrase = &reader->phrase;
  reader->told.is_topic |= concepts_has(&phrase->slot[ROLE_WHAT], reader->known->request);
  memset(phrase->slot, 0, sizeof phrase->slot);
  phrase->unknown = 0;
}

/* 其中: the phrase begins anew. */
static void take_part(struct claim_reader *reader, const struct token *token) {
  const struct phrase *phrase = &reader->phrase;
  if (phrase->is_none) return; /* 无涉及 */
  if (phrase->slot[ROLE_WHAT].count && !phrase->is_passing)
    reader->told.of = phrase->slot[ROLE_WHAT];
  reader_begin_phrase(reader, token->end);
  reader->told.is_part = true;
  reader->told.part_numbers = 0;
  reader->told.part_clause = reader->clause;
}

static bool has_thing(const struct phrase *phrase) {
  return phrase->slot[ROLE_WHAT].count > 0;
}

/* A thing right behind a column, or behind a verb that follows one, is what counts; the column only
 * says where it stands: 通过信息专栏公开文件16条, 答复互动栏目留言56件. */
static void take_place(struct claim_reader *reader, size_t i) {
  struct phrase *phrase = &reader->phrase;
  const struct word *word = reader->tokens.item[i].word;
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  bool is_beside = token_has_role(last, ROLE_WHAT);
  if (!word->is_place && phrase->is_place && (phrase->is_left || is_beside)) {
    phrase->slot[ROLE_WHAT] = (struct concepts){0};
    phrase->is_modified = false;
  }
  phrase->is_place = word->is_place && (is_beside || !has_thing(phrase));
  phrase->is_left = false;
}

/* 围绕疫情防控召开发布会: what stands before the verb is only what it is about. */
static void leave_about(struct phrase *phrase) {
  phrase->slot[ROLE_WHAT] = phrase->slot[ROLE_DETAIL] = (struct concepts){0};
  phrase->unknown = 0;
  phrase->is_about = phrase->is_modified = false;
}

static void take_slot(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  enum role role = token->word->role;
  int concept = role == ROLE_ACTION ? reader_action(reader, i) : token->word->concept;
  const struct phrase *phrase = &reader->phrase;
  bool is_first = !phrase->has_words && phrase->unknown == 0;
  reader->phrase.is_subject |= role == ROLE_CHANNEL && is_first;
  if (role == ROLE_WHAT) take_place(reader, i);
  if (role == ROLE_ACTION && phrase->is_about) leave_about(&reader->phrase);
  reader->phrase.is_left |= role == ROLE_ACTION && phrase->is_place;
  concepts_add(&reader->phrase.slot[role], concept);
  if (role == ROLE_WHAT) reader->phrase.is_passing = token->word->is_passing;
  reader->phrase.has_area = false;
  reader->phrase.has_words = true;
}

/* 行政复议、行政诉讼均为零: of the things before it, in its clause or the one before. */
static void take_none_behind(struct claim_reader *reader, const struct token *token) {
  struct phrase *phrase = &reader->phrase;
  if (reader_names(reader, token->word, "no_request"))
    concepts_add(&phrase->slot[ROLE_WHAT], reader->known->request);
  if (!has_thing(phrase) && reader->before.slot[ROLE_WHAT].count) {
    size_t covered = phrase->covered;
    *phrase = reader->before;
    phrase->covered = covered;
  }
  phrase->is_none = has_thing(phrase);
  phrase->covered = token->end;
}

static void take_none(struct claim_reader *reader, const struct token *token) {
  if (reader_names(reader, token->word, "behind") ||
      reader_names(reader, token->word, "no_request")) {
    take_none_behind(reader, token);
    return;
  }
  struct concepts what = reader->phrase.slot[ROLE_WHAT];
  if (what.count && !reader->clause_has_number) reader->told.of = what;
  reader_begin_phrase(reader, token->end);
  reader->phrase.is_none = true;
  reader->phrase.from = token->start;
}

/* 计划 before a verb is a plan; 培训计划 is a paper. */
static bool leads_on(const struct claim_reader *reader, size_t i) {
  const struct token *next = reader_neighbour(reader, i, 1, 0);
  while (next && (next->kind == TOKEN_DATE || token_has_role(next, ROLE_PERIOD)))
    next = reader_neighbour(reader, ++i, 1, 0); /* 计划全年举办 */
  return next && next->kind == TOKEN_WORD && next->word && next->word->role < ROLE_SLOTS;
}

/* True where what 等 sums up follows: 通知公告、工作动态等信息. */
static bool names_whole(const struct claim_reader *reader, size_t i) {
  const struct token *next = reader_neighbour(reader, i, 1, 0);
  while (token_has_role(next, ROLE_FILLER) || token_has_role(next, ROLE_ACTION))
    next = reader_neighbour(reader, ++i, 1, 0);
  return token_has_role(next, ROLE_WHAT);
}

/* 网站、微信等平台: whatever channel; 文字、图片等形式: of whatever sort. */
static void take_examples(struct claim_reader *reader, size_t i) {
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  struct concepts *slot = reader->phrase.slot;
  if (token_has_role(last, ROLE_CHANNEL)) slot[ROLE_CHANNEL] = (struct concepts){0};
  if (token_has_role(last, ROLE_DETAIL)) slot[ROLE_DETAIL] = (struct concepts){0};
  const struct token *next = reader_neighbour(reader, i, 1, 0);
  if (next && next->kind == TOKEN_NUMBER && token_has_role(last, ROLE_WHAT) &&
      (reader_names(reader, last->word, "notice") || reader_names(reader, last->word, "news")))
    slot[ROLE_WHAT] = (struct concepts){{reader->known->info}, 1}; /* 动态信息等310余条 */
  reader->phrase.is_modified = false;
  if (!names_whole(reader, i)) return;
  slot[ROLE_WHAT] = slot[ROLE_DETAIL] = (struct concepts){0};
  reader->phrase.unknown = 0;
}

/* True where token I, an organ, is what something is done to: 对各镇街开展督查. */
static bool is_object(const struct claim_reader *reader, size_t i) {
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  return token_has_role(last, ROLE_FILLER) && reader_names(reader, last->word, "object");
}

/* 由, 从: what follows is the level before. */
static void note_from(struct claim_reader *reader) {
  reader->phrase.has_from = true;
  reader->was_period = reader->told.period;
  reader->was_year = reader->told.year;
}

static void take_filler(struct claim_reader *reader, size_t i) {
  const struct word *word = reader->tokens.item[i].word;
  struct phrase *phrase = &reader->phrase;
  if (word->concept == reader->known->lead || word->concept == reader->known->noun) return;
  if (reader_names(reader, word, "starting")) {
    phrase->has_start = true;
    note_from(reader);
  }
  phrase->is_each_thing |= reader_names(reader, word, "each_thing");
  phrase->is_about |= reader_names(reader, word, "about");
  phrase->is_reached |= reader_names(reader, word, "reach");
  phrase->is_of_all |= reader_names(reader, word, "each_of");
  phrase->is_because |= reader_names(reader, word, "because");
  if (phrase->is_because && reader_names(reader, word, "of") && has_thing(phrase) &&
      phrase->slot[ROLE_ACTION].count)
    take_cause(reader); /* 因政府信息公开申请提起的行政诉讼 */
  if (reader->told.is_until && reader_names(reader, word, "cumulative"))
    reader->told.period = PERIOD_SINCE;
  if (reader_names(reader, word, "etc")) take_examples(reader, i);
}

static void take_gone(struct claim_reader *reader, const struct word *word) {
  if (reader_names(reader, word, "sorted"))
    reader->phrase.is_gone = true; /* 清理文件120件，废止20件 */
  else
    reader->told.is_gone = true;
}

static void take_area(struct phrase *phrase, const struct token *token) {
  if (phrase->area_end && token->start > phrase->area_end)
    phrase->name = phrase->area_end; /* 重点领域公开教育类信息: the second is the name's */
  phrase->has_area = true;
  phrase->area = token->start;
  phrase->area_end = token->end;
}

static void take_other_word(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  switch (token->word->role) {
    case ROLE_TOPIC: reader->told.is_topic = true; return;
    case ROLE_CAUSE: take_cause(reader); return;
    case ROLE_PERIOD: reader_take_period(reader, i); return;
    case ROLE_ORGAN:
      if (!is_object(reader, i)) reader_take_organ(reader, token->word);
      return;
    case ROLE_PLAN:
      if (!reader_names(reader, token->word, "planned") && !leads_on(reader, i)) return;
      reader->told.is_plan = true;
      reader->told.plan_clause = reader->clause;
      return;
    case ROLE_GONE: take_gone(reader, token->word); return;
    case ROLE_EACH: phrase->is_each = true; return;
    case ROLE_PART: take_part(reader, token); return;
    case ROLE_AGAINST:
      if (reader_names(reader, token->word, "year_before"))
        phrase->is_compared = phrase->is_yearly = true;
      return;
    case ROLE_FROM: note_from(reader); return;
    case ROLE_TO:
      phrase->is_to = true;
      reader->told.is_gone |= reader_names(reader, token->word, "fewer");
      return;
    case ROLE_JOINT: phrase->is_joint = true; return;
    case ROLE_SHARE: phrase->is_share = true; return;
    case ROLE_NONE: take_none(reader, token); return;
    case ROLE_LINK: phrase->has_link = true; return;
    case ROLE_FILLER:
      if (token->word->concept != reader->known->plain) take_filler(reader, i);
      return;
    case ROLE_AREA: take_area(phrase, token); return;
    default: return;
  }
}

/* Words before the name of an area: 发布, 其中, 全年. */
static bool leads_to_name(const struct claim_reader *reader, const struct token *token) {
  if (token->kind == TOKEN_DATE) return true;
  if (!token->word) return false;
  switch (token->word->role) {
    case ROLE_ACTION:
      return reader_names(reader, token->word, "published") ||
             reader_names(reader, token->word, "made_public") ||
             reader_names(reader, token->word, "disclosed");
    case ROLE_PERIOD:
    case ROLE_ORGAN:
    case ROLE_PART: return true;
    case ROLE_FILLER:
      return reader_names(reader, token->word, "lead") ||
             reader_names(reader, token->word, "cumulative");
    default: return false;
  }
}

/* True where the bytes before END are the name of an organ: 区住建局, 丙镇. */
static bool names_organ(const struct claim_reader *reader, size_t from, size_t end) {
  static const char *const ends[] = {"局",   "委",     "厅",     "镇",   "乡",
                                     "街道", "办事处", "管委会", "中心", "办"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t length = strlen(ends[i]);
    if (end - from > length && memcmp(reader->paragraph->text + end - length, ends[i], length) == 0)
      return true;
  }
  return false;
}

/* True where what no word covers before TOKEN is the name of a channel: 通过…县人民政府网站. */
static bool names_channel(const struct claim_reader *reader, const struct token *token) {
  const struct token *last = token, *first = reader->tokens.item;
  size_t at = (size_t)(token - first);
  enum { ONE = 3 }; /* bytes: 局官网, 厅官方微博 */
  bool is_short = token->start - reader->phrase.covered == ONE;
  if (is_short && token_has_role(token, ROLE_CHANNEL)) return true;
  if (at == 0 || reader->phrase.slot[ROLE_CHANNEL].count ||
      !token_has_role(&first[at - 1], ROLE_FILLER) ||
      !reader_names(reader, first[at - 1].word, "lead"))
    return false;
  while (last && (token_has_role(last, ROLE_FILLER) || token_has_role(last, ROLE_ORGAN)))
    last = reader_neighbour(reader, at++, 1, 0);
  return token_has_role(last, ROLE_CHANNEL);
}

/* What no word covers before TOKEN is the name of an organ, or is not known. */
void reader_pass_gap(struct claim_reader *reader, const struct token *token) {
  struct phrase *phrase = &reader->phrase;
  size_t from = phrase->covered, end = token->start;
  phrase->has_area = false;
  if (names_channel(reader, token)) return;
  if (token->kind == TOKEN_MARK || phrase->has_words || !names_organ(reader, from, end)) {
    size_t unknown = reader_characters(reader->paragraph, from, end);
    phrase->unknown += unknown;
    bool is_listed = token->kind == TOKEN_MARK && token->mark == '/';
    phrase->is_modified |= unknown && (is_listed || token_has_role(token, ROLE_WHAT));
    return;
  }
  const char *name = arena_bytes(reader->arena, reader->paragraph->text + from, end - from);
  bool is_own = strstr(reader->setting->organ, name) != NULL;
  bool is_below = reader->told.organ == ORGAN_BELOW; /* 各县财政局 */
  if (is_own || !is_below) reader->told.organ = is_own ? ORGAN_OWN : ORGAN_NAMED;
}

/* The length of the word that ends the name of an organ at byte AT, or 0. */
static size_t organ_end(const struct paragraph *paragraph, size_t at) {
  static const char *const ends[] = {"局", "分局", "委", "厅", "办公室", "中心", "支队", "大队"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t length = strlen(ends[i]);
    if (at + length <= paragraph->length && memcmp(paragraph->text + at, ends[i], length) == 0)
      return length;
  }
  return 0;
}

static bool is_field(const struct claim_reader *reader, const struct token *token) {
  return token_has_role(token, ROLE_DETAIL) && token->word->concept == reader->known->field;
}

/* True where token I, the name of a field, is a part of the name of an organ: 教育局, 卫生健康局.
 */
static bool is_of_organ_name(const struct claim_reader *reader, size_t i) {
  enum { FARTHEST = 12 }; /* bytes */
  const struct token *token = reader->tokens.item;
  size_t from = token[i].end;
  if (!is_field(reader, &token[i])) return false;
  for (size_t at = from; at <= from + FARTHEST && at < reader->paragraph->length; at++) {
    while (i + 1 < reader->tokens.count && token[i + 1].start < at) i++;
    bool is_name = token[i].start < from || is_field(reader, &token[i]);
    if (!is_name) return false;
    if (organ_end(reader->paragraph, at)) return true;
  }
  return false;
}

void reader_take_word(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  struct phrase *phrase = &reader->phrase;
  if (is_of_organ_name(reader, i)) return; /* the name is what no word covers */
  if (token->start > phrase->covered) reader_pass_gap(reader, token);
  if (token->end > phrase->covered) phrase->covered = token->end;
  if (token->start == phrase->name && leads_to_name(reader, token)) phrase->name = token->end;
  if (token->kind == TOKEN_DATE)
    reader_take_date(reader, i);
  else if (token->word && token->word->role < ROLE_SLOTS)
    take_slot(reader, i);
  else if (token->word)
    take_other_word(reader, i);
}
