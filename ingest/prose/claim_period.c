/* Reads of which period and of which organ a clause tells. */
#include "ingest/prose/claim_period.h"

#include <string.h>

#include "core/base/label.h"

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

/* True for an organ with a field, which does not speak for its whole area: 区财政局. */
static bool is_department(const char *organ) {
  static const char *const ends[] = {"局", "厅", "委", "委员会"};
  size_t length = strlen(organ);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t end = strlen(ends[i]);
    if (length > end && strcmp(organ + length - end, ends[i]) == 0)
      return !text_begins(organ, "国家");
  }
  return false;
}

/* 全市 in the report of a district, or of a department, is of another organ. */
static enum organ organ_of_all(const struct claim_reader *reader, const struct word *word) {
  const char *organ = reader->setting->organ, *end = strstr(organ, "人民政府");
  int own = rank_of(organ, end ? (size_t)(end - organ) : strlen(organ));
  int told = rank_of(word->text, word->length);
  if (own < 0 && told > 0 && is_department(organ)) return ORGAN_AREA;
  return own >= 0 && told >= 0 && told < own ? ORGAN_UPPER : ORGAN_ALL;
}

/* True where ORGAN is the bureau that WORD, two characters, stands for: 市局 in 甲市水务局. */
static bool is_own_bureau(const char *organ, const struct word *word) {
  enum { CHARACTER = 3 };
  size_t length = strlen(organ);
  const char level[] = {word->text[0], word->text[1], word->text[2], '\0'};
  return word->length == (size_t)2 * CHARACTER && length > CHARACTER && strstr(organ, level) &&
         strcmp(organ + length - CHARACTER, word->text + CHARACTER) == 0;
}

static enum organ organ_of(const struct claim_reader *reader, const struct word *word) {
  if (reader_names(reader, word, "own")) return ORGAN_OWN;
  if (reader_names(reader, word, "all")) return organ_of_all(reader, word);
  if (reader_names(reader, word, "upper")) return ORGAN_UPPER;
  if (reader_names(reader, word, "below")) return ORGAN_BELOW;
  if (reader_names(reader, word, "bureau"))
    return is_own_bureau(reader->setting->organ, word) ? ORGAN_OWN : ORGAN_UPPER;
  if (reader_names(reader, word, "office"))
    return reader->setting->is_office ? ORGAN_OWN : ORGAN_OFFICE;
  return ORGAN_NAMED;
}

void reader_take_organ(struct claim_reader *reader, const struct word *word) {
  enum organ organ = organ_of(reader, word);
  bool is_whole = reader->told.organ == ORGAN_ALL || reader->told.organ == ORGAN_OWN;
  /* 全市各部门 are the whole */
  if (organ == ORGAN_BELOW && is_whole && !reader->phrase.has_words) return;
  if (organ == ORGAN_OWN && reader->told.organ == ORGAN_UPPER)
    reader->told.is_part = false; /* 全省收到2.6万件，其中我市收到1874件 */
  reader->told.organ = organ;
}

static enum period period_of(const struct claim_reader *reader, const struct word *word) {
  static const char *const names[] = {"untold", "this", "other", "part", "since", "next"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (reader_names(reader, word, names[i])) return (enum period)i;
  if (reader_names(reader, word, "earlier")) return PERIOD_OTHER;
  return PERIOD_UNTOLD;
}

void reader_set_period(struct claim_reader *reader, enum period period, int year) {
  bool is_whole_year = period == PERIOD_THIS;
  /* 截至2023年底，累计 …: since an earlier year, until 全年 is said */
  reader->told.period = period;
  reader->told.year = year;
  bool is_planned_here = reader->told.is_plan && reader->told.plan_clause == reader->clause;
  reader->told.is_plan = period == PERIOD_NEXT || is_planned_here; /* 预计全年收到50件 */
  if (is_whole_year && reader->told.part_clause != reader->clause) reader->told.is_part = false;
  if (is_whole_year) reader->told.is_gone = false;
  reader->told.is_until = false;
}

/* 较2019年, 与去年相比 */
static bool is_compared(const struct claim_reader *reader, size_t i) {
  return token_has_role(reader_neighbour(reader, i, -1, 0), ROLE_AGAINST);
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

void reader_take_date(struct claim_reader *reader, size_t i) {
  const struct token *date = &reader->tokens.item[i], *next = reader_neighbour(reader, i, 1, 0);
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  bool is_until = token_has_role(last, ROLE_FILLER) && reader_names(reader, last->word, "until");
  if (is_compared(reader, i) || token_has_role(next, ROLE_AGAINST)) {
    reader->phrase.is_compared = true;
    reader->phrase.is_yearly |= !date->first_month && date->year + 1 == reader->setting->year;
    return;
  }
  if (token_has_role(next, ROLE_ACTION) && next->word->concept == reader->known->carry &&
      date->year != reader->setting->year)
    return;
  if (token_has_role(last, ROLE_ACTION) && last->word->concept == reader->known->carry) return;
  enum period period = date->is_span ? PERIOD_SINCE : date_period(reader, date, is_until);
  if (token_has_role(next, ROLE_PERIOD) && reader_names(reader, next->word, "start") &&
      period == PERIOD_OTHER)
    period = PERIOD_SINCE;
  reader_set_period(reader, period, date->year);
  reader->told.is_until = is_until && period == PERIOD_THIS;
}

void reader_take_period(struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i], *next = reader_neighbour(reader, i, 1, 15);
  const struct token *last = reader_neighbour(reader, i, -1, 0);
  enum period period = period_of(reader, token->word);
  bool is_behind = token_has_role(reader_neighbour(reader, i, 1, 0), ROLE_AGAINST); /* 与去年相比 */
  if (period == PERIOD_OTHER && (is_behind || is_compared(reader, i))) {
    reader->phrase.is_compared = true;
    reader->phrase.is_yearly |= reader_names(reader, token->word, "other");
    return;
  }
  if (reader_names(reader, token->word, "start")) { /* 自条例施行以来 */
    bool is_since = reader->phrase.has_start && reader->told.period != PERIOD_THIS;
    if (is_since) reader_set_period(reader, PERIOD_SINCE, 0);
    return;
  }
  bool is_carried =
      token_has_role(next, ROLE_ACTION) && next->word->concept == reader->known->carry;
  is_carried |= token_has_role(last, ROLE_ACTION) && last->word->concept == reader->known->carry;
  if (is_carried) return;
  if (period == PERIOD_UNTOLD)
    reader->told.is_until = true;
  else
    reader_set_period(reader, period, 0);
}

/* 上年结转, 2019年度结转: carried in; 结转下年度: carried out; else as the word says. */
int reader_action(const struct claim_reader *reader, size_t i) {
  const struct token *token = &reader->tokens.item[i];
  if (token->word->concept != reader->known->carry) return token->word->concept;
  const struct token *last = reader_neighbour(reader, i, -1, 15),
                     *next = reader_neighbour(reader, i, 1, 6);
  bool is_in = token_has_role(last, ROLE_PERIOD) && reader_names(reader, last->word, "other");
  is_in |= last && last->kind == TOKEN_DATE && last->year && last->year < reader->setting->year;
  is_in |= token_has_role(next, ROLE_PERIOD) && reader_names(reader, next->word, "other");
  bool is_out = token_has_role(next, ROLE_PERIOD) && reader_names(reader, next->word, "next");
  is_out |= next && next->kind == TOKEN_DATE && next->year > reader->setting->year;
  return is_out  ? reader->known->carried_out
         : is_in ? reader->known->carried_in
                 : reader->known->carry;
}
