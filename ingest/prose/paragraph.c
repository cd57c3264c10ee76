/* Folds paragraphs. Knows no word of any report. */
#include "ingest/prose/paragraph.h"

#include <ctype.h>
#include <string.h>

#include "core/base/label.h"

/* Full-width letters, digits and the signs within numbers become plain ones. */
static int folded(int character) {
  int plain = character - 0xFEE0;
  bool is_sign = plain == '%' || plain == '.' || plain == '+' || plain == '-' || plain == '/';
  bool is_word = (plain >= '0' && plain <= '9') || (plain >= 'A' && plain <= 'Z') ||
                 (plain >= 'a' && plain <= 'z');
  return is_sign || is_word ? plain : character;
}

/* Plain punctuation that stands for Chinese; a comma or colon before a digit and behind one does
 * not, and a stop only at the end. NULL for every other character. */
static const char *chinese_mark(const char *text, const char *at) {
  static const struct {
    char plain;
    const char *chinese;
  } marks[] = {{',', "，"}, {';', "；"}, {':', "："}, {'(', "（"}, {')', "）"}, {'?', "？"}};
  bool within_number = at > text && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]);
  bool is_last = at[0] == '.' && at > text && (at[-1] & 0x80) && (at[1] == '\0' || at[1] == '\n');
  if (is_last) return "。";
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (*at == marks[i].plain && !within_number) return marks[i].chinese;
  return NULL;
}

struct folding {
  char *text;
  size_t *origin; /* of each byte: where it stands in the block's text */
  size_t length;
};

/* Appends PUT, which stands for what is printed from ORIGIN on. */
static void put_instead(struct folding *folding, const char *put, size_t origin) {
  for (; *put; put++) {
    folding->origin[folding->length] = origin;
    folding->text[folding->length++] = *put;
  }
}

/* Appends the bytes from FROM to END of TEXT as they are. */
static void put_as_printed(struct folding *folding, const char *text, const char *from,
                           const char *end) {
  for (; from < end; from++) {
    folding->origin[folding->length] = (size_t)(from - text);
    folding->text[folding->length++] = *from;
  }
}

/* How long TEXT can become: each plain mark may become one of three bytes. */
static size_t room_for(const char *text) {
  size_t room = 0;
  for (; *text; text++) room += ispunct((unsigned char)*text) ? strlen("，") : 1;
  return room + 1;
}

static struct paragraph fold(struct arena *arena, const struct block *block, const char *text) {
  size_t size = strlen(text), room = room_for(text);
  struct folding folding = {
      .text = arena_alloc(arena, room),
      .origin = arena_array(arena, room, sizeof *folding.origin),
  };
  for (const char *at = text; *at;) {
    const char *from = at, *mark = chinese_mark(text, from);
    int character = text_next(&at);
    const char plain[] = {(char)folded(character), '\0'};
    if (text_is_space(character)) continue;
    if (mark)
      put_instead(&folding, mark, (size_t)(from - text));
    else if (folded(character) != character)
      put_instead(&folding, plain, (size_t)(from - text));
    else
      put_as_printed(&folding, text, from, at);
  }
  folding.origin[folding.length] = size;
  return (struct paragraph){block, folding.text, folding.length, text, folding.origin};
}

static bool ends_in_digit(const char *text) {
  size_t length = strlen(text);
  while (length && (text[length - 1] == ' ' || text[length - 1] == '\n')) length--;
  return length && isdigit((unsigned char)text[length - 1]);
}

/* True where TEXT begins with digits and goes on as a count does: no year, no numbering. */
static bool begins_with_count(const char *text) {
  static const char *const numbering[] = {"年", "月", "日", "、", "．", ".", "）", ")"};
  while (*text == ' ' || *text == '\t') text++;
  if (!isdigit((unsigned char)*text)) return false;
  while (isdigit((unsigned char)*text) || *text == ' ') text++;
  for (size_t i = 0; i < sizeof numbering / sizeof *numbering; i++)
    if (text_begins(text, numbering[i])) return false;
  return *text != '\0';
}

/* True where TEXT ends as no sentence and no heading of one word does. */
static bool is_unfinished(const char *text) {
  static const char *const ends[] = {"。", "！", "？", "；", "：", "”",
                                     "）", ".",  ";",  ":",  "!",  ")"};
  size_t length = strlen(text);
  while (length && text[length - 1] == ' ') length--;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t end = strlen(ends[i]);
    if (length >= end && memcmp(text + length - end, ends[i], end) == 0) return false;
  }
  return length > 0;
}

/* True where OTHER goes on with the number, or the sentence, that BLOCK breaks off. */
static bool is_broken(const struct lexicon *lexicon, const struct block *block,
                      const struct block *other) {
  enum { SHORTEST = 22 }; /* bytes: a shorter line may be a heading */
  const char *next = other->text;
  while (*next == ' ' || *next == '\t') next++;
  if (ends_in_digit(block->text)) return lexicon_find(lexicon, next, strlen(next), true) != NULL;
  return strlen(block->text) >= SHORTEST && is_unfinished(block->text) &&
         begins_with_count(other->text);
}

static bool is_prose(const struct block *block, const struct findings *findings) {
  return block->kind == BLOCK_PARAGRAPH && !block->order_unknown &&
         !findings_is_table_line(findings, block);
}

static bool has_number(const char *text) {
  for (int c; (c = text_next(&text));)
    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19)) return true;
  return false;
}

void paragraphs_tell_skipped(const struct document *document, size_t from, size_t to,
                             struct findings *findings) {
  const struct block *first = NULL;
  size_t skipped = 0;
  for (size_t i = from; i < to; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || !block->order_unknown) continue;
    if (findings_is_table_line(findings, block) || !has_number(block->text)) continue;
    if (skipped++ == 0) first = block;
  }
  if (skipped > 0)
    findings_reject(findings, "order_unknown",
                    "%s: text stands side by side, here and in %zu more paragraphs; whether it is "
                    "read across or down is not certain, and no value was taken from it",
                    block_locator(findings->arena, first, first->page), skipped - 1);
}

struct paragraph *paragraphs_make(struct arena *arena, const struct lexicon *lexicon,
                                  const struct document *document, size_t from, size_t to,
                                  const struct findings *findings, size_t *count) {
  const struct block *block = document->blocks.item;
  struct paragraph *paragraph = arena_array(arena, to - from + 1, sizeof *paragraph);
  *count = 0;
  for (size_t i = from, next; i < to; i = next) {
    next = i + 1;
    if (!is_prose(&block[i], findings)) continue;
    const char *text = block[i].text;
    for (; next < to && is_prose(&block[next], findings) &&
           is_broken(lexicon, &block[next - 1], &block[next]);
         next++)
      text = arena_format(arena, "%s%s", text, block[next].text);
    paragraph[(*count)++] = fold(arena, &block[i], text);
  }
  return paragraph;
}

const char *paragraph_printed(struct arena *arena, const struct paragraph *paragraph, size_t start,
                              size_t end) {
  size_t from = paragraph->origin[start], to = paragraph->origin[end];
  return arena_bytes(arena, paragraph->printed + from, to - from);
}
