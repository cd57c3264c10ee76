/* Cuts text into tokens. Knows how numbers and dates are printed, and no word but by the lexicon.
 */
#include "ingest/prose/token.h"

#include <ctype.h>
#include <string.h>

#include "core/base/label.h"

struct cutter {
  struct arena *arena;
  const struct lexicon *lexicon;
  const char *text;
  size_t length;
  token_list tokens;
};

static bool is_at(const struct cutter *cutter, size_t at, const char *text) {
  size_t length = strlen(text);
  return at + length <= cutter->length && memcmp(cutter->text + at, text, length) == 0;
}

/* True where TEXT ends just before byte AT. */
static bool is_before(const struct cutter *cutter, size_t at, const char *text) {
  size_t length = strlen(text);
  return at >= length && memcmp(cutter->text + at - length, text, length) == 0;
}

/* The length of the first of WORDS (ended by NULL) at AT, or 0. */
static size_t any_at(const struct cutter *cutter, size_t at, const char *const *words) {
  for (; *words; words++)
    if (is_at(cutter, at, *words)) return strlen(*words);
  return 0;
}

static bool is_digit_at(const struct cutter *cutter, size_t at) {
  return at < cutter->length && isdigit((unsigned char)cutter->text[at]);
}

static size_t digits_at(const struct cutter *cutter, size_t at) {
  size_t end = at;
  while (is_digit_at(cutter, end)) end++;
  return end - at;
}

/* ---- dates ---- */

/* Reads up to four digits and the word BEHIND them at *AT, which then moves on; 0 where they are
 * not there. */
static int take_part(const struct cutter *cutter, size_t *at, size_t most, const char *behind) {
  size_t digits = digits_at(cutter, *at);
  if (digits == 0 || digits > most || !is_at(cutter, *at + digits, behind)) return 0;
  int value = 0;
  for (size_t i = 0; i < digits; i++) value = value * 10 + (cutter->text[*at + i] - '0');
  *at += digits + strlen(behind);
  return value;
}

static void pass_day(const struct cutter *cutter, size_t *at) {
  static const char *const ends[] = {"份", "底", "末", "初", "中旬", "上旬", "下旬", NULL};
  if (!take_part(cutter, at, 2, "日")) *at += any_at(cutter, *at, ends);
}

/* A year, a month with or without a day, or both. */
static bool take_date(const struct cutter *cutter, size_t *at, int *year, int *month) {
  static const char *const ends[] = {"度", "底", "末", "初", NULL};
  size_t from = *at;
  *year = *month = 0;
  if (digits_at(cutter, from) == 4) *year = take_part(cutter, at, 4, "年");
  if (*year && (*year < 1949 || *year > 2099)) return *at = from, false;
  if (*year) *at += any_at(cutter, *at, ends);
  *month = take_part(cutter, at, 2, "月");
  if (*month > 12) return *at = from, false;
  if (*month) pass_day(cutter, at);
  return *year || *month;
}

/* The first month of 7-12月, which has no 月 itself. */
static int take_bare_month(const struct cutter *cutter, size_t *at) {
  static const char *const to[] = {"至", "到", "-", "—", "－", "~", "～", NULL};
  size_t digits = digits_at(cutter, *at), dash = any_at(cutter, *at + digits, to);
  size_t next = *at + digits + dash;
  if (digits == 0 || digits > 2 || !dash || !take_part(cutter, &next, 2, "月")) return 0;
  int month = 0;
  for (size_t i = 0; i < digits; i++) month = month * 10 + (cutter->text[*at + i] - '0');
  *at += digits;
  return month;
}

/* 2023年, 2023年7-12月, 1月1日至12月31日, 截至2023年8月底. */
static bool take_dates(const struct cutter *cutter, size_t at, struct token *token) {
  static const char *const to[] = {"起至", "至", "到", "-", "—", "－", "~", "～", NULL};
  size_t end = at;
  if (is_before(cutter, at, "第")) return false;
  bool found = take_date(cutter, &end, &token->year, &token->first_month);
  if (!token->first_month) token->first_month = take_bare_month(cutter, &end);
  if (!found && !token->first_month) return false;
  size_t dash = any_at(cutter, end, to), next = end + dash;
  int year = 0;
  if (dash && take_date(cutter, &next, &year, &token->last_month)) end = next;
  token->is_span = year && token->year && year != token->year; /* 2021年至2023年 */
  if (year) token->year = year;
  token->kind = TOKEN_DATE;
  token->start = at;
  token->end = end;
  return true;
}

/* ---- numbers ---- */

/* True for 一二两三四五六七八九十百千零〇, by the three bytes of each. */
static bool is_numeral(const char *text) {
  const unsigned char *byte = (const unsigned char *)text;
  switch (byte[0] << 16 | byte[1] << 8 | byte[2]) {
    case 0xE4B880:
    case 0xE4BA8C:
    case 0xE4B8A4:
    case 0xE4B889:
    case 0xE59B9B:
    case 0xE4BA94:
    case 0xE585AD:
    case 0xE4B883:
    case 0xE585AB:
    case 0xE4B99D:
    case 0xE58D81:
    case 0xE799BE:
    case 0xE58D83:
    case 0xE99BB6:
    case 0xE38087: return true;
    default: return false;
  }
}

/* The length of the Chinese numerals at AT. */
static size_t numerals_at(const struct cutter *cutter, size_t at) {
  enum { BYTES = 3 };
  size_t end = at;
  while (end + BYTES <= cutter->length && is_numeral(cutter->text + end)) end += BYTES;
  return end - at;
}

/* 1,032,130.5 */
static size_t figures_at(const struct cutter *cutter, size_t at) {
  size_t end = at + digits_at(cutter, at);
  while (end < cutter->length && cutter->text[end] == ',' && digits_at(cutter, end + 1))
    end += 1 + digits_at(cutter, end + 1);
  if (end < cutter->length && cutter->text[end] == '.' && digits_at(cutter, end + 1))
    end += 1 + digits_at(cutter, end + 1);
  return end - at;
}

/* Words that belong to a number behind its digits: scales, then 余, 多. */
static size_t behind_digits(const struct cutter *cutter, size_t at) {
  static const char *const words[] = {"十万", "百万", "千万", "万", "亿", "千", "余", "多", NULL};
  size_t end = at;
  for (size_t length; (length = any_at(cutter, end, words));) end += length;
  return end - at;
}

static void take_before(const struct cutter *cutter, struct token *token) {
  static const char *const words[] = {"超过", "将近", "接近", "不足", "不到", "大约", "共约",
                                      "突破", "逾",   "超",   "近",   "约",   NULL};
  for (const char *const *word = words; *word; word++) {
    if (!is_before(cutter, token->start, *word)) continue;
    token->is_vague = strstr(*word, "约") != NULL;
    token->start -= strlen(*word);
    return;
  }
}

static void take_unit(const struct cutter *cutter, size_t at, struct token *token) {
  static const char *const after[] = {"以上", "左右", "上下", "余", "多", NULL};
  token->unit = token->end = at;
  token->word = lexicon_find(cutter->lexicon, cutter->text + at, cutter->length - at, true);
  if (token->word) token->end += token->word->length;
  size_t more = token->word ? any_at(cutter, token->end, after) : 0;
  token->is_vague |=
      more && (is_at(cutter, token->end, "左右") || is_at(cutter, token->end, "上下"));
  token->end += more;
}

/* 3-5个, 3至5个: the second number, from behind the dash. */
static size_t range_at(const struct cutter *cutter, size_t at) {
  static const char *const to[] = {"-", "—", "~", "～", "至", "到", NULL};
  size_t dash = any_at(cutter, at, to);
  return dash && digits_at(cutter, at + dash) ? dash + figures_at(cutter, at + dash) : 0;
}

static bool is_plain_letter(const struct cutter *cutter, size_t at) {
  unsigned char c = at < cutter->length ? (unsigned char)cutter->text[at] : 0;
  return isalpha(c) || c == '/' || c == '@' || c == '_';
}

/* Part of a telephone number, an address, a law's number or a numbering: no quantity. */
static bool is_no_quantity(const struct cutter *cutter, size_t at, size_t end) {
  static const char *const behind[] = {"、", "）", "〕", "]", "-", "号", "条第", NULL};
  static const char *const before[] = {"〔", "[", "-", "—", ".", "*", "No", NULL};
  for (const char *const *word = before; *word; word++)
    if (is_before(cutter, at, *word)) return true;
  bool is_code = cutter->text[at] == '0' && digits_at(cutter, at) > 1;
  return is_code || is_plain_letter(cutter, end) || (at && is_plain_letter(cutter, at - 1)) ||
         any_at(cutter, end, behind) || is_at(cutter, end, ".");
}

static bool take_number(const struct cutter *cutter, size_t at, struct token *token) {
  size_t figures = figures_at(cutter, at), end = at + figures;
  bool is_ordinal = is_before(cutter, at, "第");
  size_t range = range_at(cutter, end);
  end += range;
  end += behind_digits(cutter, end);
  *token = (struct token){.kind = TOKEN_NUMBER, .start = at, .is_range = range > 0};
  take_unit(cutter, end, token);
  token->is_ordinal = is_ordinal;
  if (!token->word && is_no_quantity(cutter, at, end)) return false;
  if (is_before(cutter, at, "-") || is_before(cutter, at, ".") ||
      (at && is_plain_letter(cutter, at - 1)))
    return false;
  take_before(cutter, token);
  return true;
}

/* True where AT ends a clause. */
static bool is_clause_end(const struct cutter *cutter, size_t at) {
  static const char *const ends[] = {"，", "。", "；", "、", "）", "！", "（", NULL};
  return at == cutter->length || any_at(cutter, at, ends);
}

/* 三件, 十二件; 一件 only where the clause ends with it: 每一件, 一件事. */
static bool take_numerals(const struct cutter *cutter, size_t at, struct token *token) {
  size_t numerals = numerals_at(cutter, at), end = at + numerals;
  if (is_before(cutter, at, "第") || is_before(cutter, at, "每")) return false;
  end += behind_digits(cutter, end);
  *token = (struct token){.kind = TOKEN_NUMBER, .start = at};
  take_unit(cutter, end, token);
  bool is_one = numerals == strlen("一") && is_at(cutter, at, "一");
  if (!token->word || (is_one && !is_clause_end(cutter, token->end))) return false;
  take_before(cutter, token);
  return true;
}

/* ---- marks and quotes ---- */

static const struct {
  const char *text;
  char mark;
} marks[] = {{"，", ','}, {"。", '.'}, {"；", ';'}, {"：", ':'}, {"！", '.'}, {"？", '.'},
             {"（", '('}, {"）", ')'}, {"、", '/'}, {"【", '('}, {"】", ')'}, {"\n", '.'}};

static size_t mark_at(const struct cutter *cutter, size_t at, char *mark) {
  unsigned char c = (unsigned char)cutter->text[at];
  if (c != 0xE3 && c != 0xEF && c != '\n') return 0;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (is_at(cutter, at, marks[i].text)) return *mark = marks[i].mark, strlen(marks[i].text);
  return 0;
}

static void add(struct cutter *cutter, struct token token) {
  *list_add(cutter->arena, &cutter->tokens) = token;
}

/* The byte behind the token at AT, which is added; or behind the character there. */
static size_t cut_one(struct cutter *cutter, size_t at) {
  struct token token = {0};
  char mark;
  size_t length = mark_at(cutter, at, &mark);
  if (length) {
    add(cutter, (struct token){.kind = TOKEN_MARK, .start = at, .end = at + length, .mark = mark});
    return at + length;
  }
  const struct word *word =
      lexicon_find(cutter->lexicon, cutter->text + at, cutter->length - at, false);
  bool has_number = false;
  if (is_digit_at(cutter, at))
    has_number = take_dates(cutter, at, &token) || take_number(cutter, at, &token);
  else if (numerals_at(cutter, at))
    has_number = take_numerals(cutter, at, &token);
  if (has_number && word && token.kind == TOKEN_NUMBER && at + word->length > token.unit)
    has_number = false; /* a word that begins like a number: 一次性, 12345热线 */
  if (has_number && word && !token.word && token.kind == TOKEN_NUMBER) has_number = false;
  if (has_number) {
    add(cutter, token);
    return token.end;
  }
  if (word) {
    add(cutter,
        (struct token){.kind = TOKEN_WORD, .start = at, .end = at + word->length, .word = word});
    return at + word->length;
  }
  if (is_digit_at(cutter, at)) return at + figures_at(cutter, at);
  if (numerals_at(cutter, at)) return at + numerals_at(cutter, at);
  const char *next = cutter->text + at;
  text_next(&next);
  return (size_t)(next - cutter->text);
}

/* Of the tokens from FIRST on, which stand in quotes from START to END: all stay where they cover
 * it and are words; else the last does where it stands at the end. */
static void settle_quote(struct cutter *cutter, size_t first, size_t start, size_t end,
                         bool is_title) {
  size_t covered = 0, count = cutter->tokens.count;
  bool has_number = false;
  for (size_t i = first; i < count; i++) {
    covered += cutter->tokens.item[i].end - cutter->tokens.item[i].start;
    has_number |= cutter->tokens.item[i].kind != TOKEN_WORD && cutter->tokens.item[i].mark == 0;
  }
  if (!is_title && !has_number && covered == end - start) return;
  cutter->tokens.count = first;
  if (count == first) return;
  struct token last = cutter->tokens.item[count - 1];
  bool is_thing = last.kind == TOKEN_WORD && last.word &&
                  (last.word->role == ROLE_WHAT || last.word->role == ROLE_CHANNEL);
  if (is_thing && last.end == end) add(cutter, last);
}

/* Where the quotes that open at AT (of OPEN bytes) close; 0 where they do not soon. */
static size_t closing(const struct cutter *cutter, size_t at, const char *open, const char *close) {
  enum { LONGEST = 240 };
  size_t from = at + strlen(open), left = cutter->length - from;
  const char *found =
      memmem(cutter->text + from, left < LONGEST ? left : LONGEST, close, strlen(close));
  return found ? (size_t)(found - cutter->text) : 0;
}

static size_t cut_quote(struct cutter *cutter, size_t at) {
  static const char *const quotes[][2] = {{"《", "》"}, {"“", "”"}, {"‘", "’"}, {"「", "」"}};
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
    if (!is_at(cutter, at, quotes[i][0])) continue;
    size_t start = at + strlen(quotes[i][0]), end = closing(cutter, at, quotes[i][0], quotes[i][1]);
    if (!end) return start;
    add(cutter, (struct token){.kind = TOKEN_WORD, .start = at, .end = end + strlen(quotes[i][1])});
    size_t first = cutter->tokens.count, length = cutter->length;
    cutter->length = end;
    for (size_t next = start; next < end;) next = cut_one(cutter, next);
    cutter->length = length;
    settle_quote(cutter, first, start, end, i == 0);
    return end + strlen(quotes[i][1]);
  }
  return 0;
}

/* True where quotes may open at AT; “不见面审批”率 is a word. */
static bool opens_quote(const struct cutter *cutter, size_t at) {
  unsigned char c = (unsigned char)cutter->text[at];
  return (c == 0xE2 || c == 0xE3) &&
         !lexicon_find(cutter->lexicon, cutter->text + at, cutter->length - at, false);
}

/* The index of the token that closes the bracket that token OPEN opens, where nothing between is a
 * number, a date, or another bracket; 0 where it is not so, or far away. */
static size_t plain_bracket_end(const token_list *tokens, size_t open) {
  enum { LONGEST = 150 };
  const struct token *token = tokens->item;
  for (size_t i = open + 1; i < tokens->count; i++) {
    if (token[i].kind == TOKEN_NUMBER || token[i].kind == TOKEN_DATE || token[i].mark == '(' ||
        token[i].mark == '.' || token[i].end - token[open].start > LONGEST)
      return 0;
    if (token[i].mark == ')') return i;
  }
  return 0;
}

/* Brackets with words alone only explain (热线（市长热线）办件31件): each becomes one token without
 * a word. */
static void pass_plain_brackets(token_list *tokens) {
  size_t kept = 0;
  for (size_t i = 0; i < tokens->count; i++) {
    struct token token = tokens->item[i];
    size_t end = token.mark == '(' ? plain_bracket_end(tokens, i) : 0;
    if (end) {
      token =
          (struct token){.kind = TOKEN_WORD, .start = token.start, .end = tokens->item[end].end};
      i = end;
    }
    tokens->item[kept++] = token;
  }
  tokens->count = kept;
}

void tokens_make(struct arena *arena, const struct lexicon *lexicon,
                 const struct paragraph *paragraph, token_list *tokens) {
  struct cutter cutter = {arena, lexicon, paragraph->text, paragraph->length, *tokens};
  cutter.tokens.count = 0;
  for (size_t at = 0; at < cutter.length;) {
    size_t behind = opens_quote(&cutter, at) ? cut_quote(&cutter, at) : 0;
    at = behind ? behind : cut_one(&cutter, at);
  }
  pass_plain_brackets(&cutter.tokens);
  *tokens = cutter.tokens;
}
