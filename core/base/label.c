/* Normal forms and likeness of labels, on utf8proc. Knows no particular label. */
#include "core/base/label.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

int text_next_of_several(const char **text) {
  utf8proc_int32_t
      character; /* of up to four bytes; none is looked at behind one that is no part */
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &character);
  if (size <= 0) {
    ++*text;
    return 0xFFFD;
  }
  *text += size;
  return character;
}

size_t text_length(const char *text) {
  size_t length = 0;
  while (text_next(&text)) length++;
  return length;
}

char *text_whole(struct arena *arena, const char *text) {
  size_t length = strlen(text), tail = 0;
  while (tail < 3 && tail < length && ((unsigned char)text[length - 1 - tail] & 0xC0) == 0x80)
    tail++;
  if (tail < length) { /* the first byte of the last character tells how many follow it */
    unsigned char first = (unsigned char)text[length - 1 - tail];
    size_t wanted = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (wanted > tail) length -= tail + 1;
  }
  return arena_bytes(arena, text, length);
}

char *text_utf8(struct arena *arena, const char *text) {
  if (text_is_utf8(text, strlen(text))) return arena_text(arena, text);
  static const char replacement[] = "\xef\xbf\xbd";
  char *valid = arena_alloc(arena, strlen(text) * 3 + 1), *end = valid;
  while (*text) {
    const char *from = text;
    bool broken = text_next(&text) == 0xFFFD;
    size_t length = broken ? 3 : (size_t)(text - from);
    memcpy(end, broken ? replacement : from, length);
    end += length;
  }
  *end = '\0';
  return valid;
}

bool text_is_utf8(const char *bytes, size_t length) {
  const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes, *end = at + length;
  while (at < end) {
    if (*at < 0x80) { /* the common case, fast */
      at++;
      continue;
    }
    utf8proc_int32_t character;
    utf8proc_ssize_t size = utf8proc_iterate(at, end - at, &character);
    if (size <= 0) return false;
    at += size;
  }
  return true;
}

/* White space and what has no width at all: line and paragraph separators, soft hyphens, direction
 * marks, joiners, the byte-order mark. */
bool text_is_space(int character) {
  if (character <= ' ') return true;
  if (character < 0x7F || (character >= 0x4E00 && character <= 0x9FFF))
    return false; /* most text */
  switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF: return true;
    default: return false;
  }
}

static bool is_ascii_word(int character) {
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
         (character >= 'a' && character <= 'z');
}

char *text_tidy(struct arena *arena, const char *text) {
  char *tidy = arena_alloc(arena, strlen(text) + 1), *end = tidy;
  bool space = false;
  int before = 0;
  while (*text) {
    const char *start = text;
    int character = text_next(&text);
    if (text_is_space(character)) {
      space = true;
      continue;
    }
    if (space && is_ascii_word(before) && is_ascii_word(character)) *end++ = ' ';
    space = false;
    before = character;
    memcpy(end, start, (size_t)(text - start));
    end += text - start;
  }
  *end = '\0';
  return tidy;
}

/* What NFKC makes of a character that has nothing to do with its neighbours, as nearly all have in
 * reports: ASCII, ideographs, dashes, quotation marks, 、。《》〇【】 and their like stay;
 * full-width forms and the ideographic space become ASCII. -1 for every other. */
static int nfkc_of_common(int character) {
  if (character < 0x80 || (character >= 0x4E00 && character <= 0x9FFF)) return character;
  if (character >= 0xFF01 && character <= 0xFF5E) return character - 0xFEE0;
  if (character == 0x3000) return ' ';
  bool stays = (character >= 0x3001 && character <= 0x3029) ||
               (character >= 0x2018 && character <= 0x201F) ||
               (character >= 0x2012 && character <= 0x2016) || character == 0xB7;
  return stays ? character : -1;
}

/* Most of U+4E00 to U+9FFF, by their first byte. */
static bool is_ideograph_of_three(const char *text) {
  unsigned char first = (unsigned char)*text;
  return first >= 0xE5 && first <= 0xE9 && text_goes_on((unsigned char)text[1]) &&
         text_goes_on((unsigned char)text[2]);
}

/* TEXT in NFKC, where all its characters are common; NULL where one is not. */
static char *nfkc_of_common_text(struct arena *arena, const char *text) {
  char *copy = arena_text(arena, text), *end = copy;
  while (*text) {
    const char *from = text;
    if (is_ideograph_of_three(text)) {
      text += 3;
      memcpy(end, from, 3);
      end += 3;
      continue;
    }
    int character = text_next(&text), normal = nfkc_of_common(character);
    if (normal < 0) return NULL;
    if (normal < 0x80)
      *end++ = (char)normal;
    else
      while (from < text) *end++ = *from++;
  }
  *end = '\0';
  return copy;
}

char *text_nfkc(struct arena *arena, const char *text) {
  char *common = nfkc_of_common_text(arena, text);
  if (common) return common;
  utf8proc_uint8_t *mapped = NULL;
  utf8proc_ssize_t size =
      utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
                   UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  if (size < 0) return arena_text(arena, text);
  char *copy = arena_bytes(arena, (const char *)mapped, (size_t)size);
  free(mapped);
  return copy;
}

static char *without_space(char *text) {
  char *end = text;
  for (const char *at = text; *at;) {
    const char *start = at;
    if (text_is_space(text_next(&at))) continue;
    while (start < at) *end++ = *start++;
  }
  *end = '\0';
  return text;
}

/* The same where the only space is ASCII. */
static char *without_ascii_space(char *text) {
  char *end = text;
  for (const char *at = text; *at; at++)
    if ((unsigned char)*at > ' ' && *at != 0x7F) *end++ = *at;
  *end = '\0';
  return text;
}

/* The number in a character that is a mark of a note, 12① or 12²; 0 where it is none. */
static int note_mark(int character) {
  static const int raised[] = {0xB9, 0xB2, 0xB3};
  if (character >= 0x2460 && character <= 0x2473) return character - 0x2460 + 1; /* ① to ⑳ */
  if (character >= 0x2776 && character <= 0x277F) return character - 0x2776 + 1; /* ❶ to ❿ */
  if (character >= 0x2074 && character <= 0x2079) return character - 0x2074 + 4; /* ⁴ to ⁹ */
  for (int i = 0; i < 3; i++)
    if (character == raised[i]) return i + 1;
  return 0;
}

/* TEXT with every such mark in brackets: NFKC would make 12① the number 121. */
static char *with_marks_in_brackets(struct arena *arena, const char *text) {
  char *copy = arena_alloc(arena, 2 * strlen(text) + 1), *end = copy;
  while (*text) {
    const char *from = text;
    int mark = note_mark(text_next(&text));
    if (mark) end += sprintf(end, "[%d]", mark); /* four bytes at most for two or three */
    while (!mark && from < text) *end++ = *from++;
  }
  *end = '\0';
  return copy;
}

char *text_compact(struct arena *arena, const char *text) {
  char *common = nfkc_of_common_text(arena, text);
  return common ? without_ascii_space(common)
                : without_space(text_nfkc(arena, with_marks_in_brackets(arena, text)));
}

/* Numerals as numbering uses them, after NFKC. */
static bool is_numeral(int character) {
  static const int chinese[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                0x4E03, 0x516B, 0x4E5D, 0x5341, 0x3007};
  if (character >= '0' && character <= '9') return true;
  for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
    if (character == chinese[i]) return true;
  return false;
}

/* The text behind one leading mark of numbering: `一、`, `(三)`, `1.`, `2)`; TEXT itself where
 * there is none. */
static const char *behind_number(const char *text) {
  const char *at = text;
  bool bracket = *at == '(';
  if (bracket) at++;
  const char *digits = at;
  for (const char *next = at; is_numeral(text_next(&next));) at = next;
  if (at == digits) return text;
  int character = text_next(&at);
  if (character == ')' || (!bracket && (character == '.' || character == 0x3001 /* 、 */ ||
                                        character == 0xFF0E || character == ',')))
    return at;
  return text;
}

/* The text behind all of them: `三、(一)`, `(三)1.`. */
static const char *behind_numbering(const char *text) {
  for (const char *next; (next = behind_number(text)) != text;) text = next;
  return text;
}

/* The text behind a circled number, which NFKC would turn into a plain digit. */
static const char *behind_circled_number(const char *text) {
  const char *at = text;
  int character = text_next(&at);
  while (text_is_space(character) && character) character = text_next(&at);
  bool circled = (character >= 0x2460 && character <= 0x2473) || /* ① to ⑳ */
                 (character >= 0x2776 && character <= 0x2793) || /* ❶ to ➓ */
                 (character >= 0x3280 && character <= 0x3289);   /* ㊀ to ㊉ */
  return circled ? at : text;
}

static bool is_punctuation(int character) {
  if (character < 0x80) return ispunct(character) && character != '$';
  if (character >= 0x4E00 && character <= 0x9FFF) return false;
  utf8proc_category_t category = utf8proc_category(character);
  return (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO) ||
         category == UTF8PROC_CATEGORY_SM || category == UTF8PROC_CATEGORY_SK;
}

/* The bytes of a mark of a note, `[1]`, at TEXT; 0 where there is none. */
static size_t note_mark_at(const char *text) {
  size_t digits = *text == '[' ? strspn(text + 1, "0123456789") : 0;
  return digits > 0 && text[digits + 1] == ']' ? digits + 2 : 0;
}

char *label_normal(struct arena *arena, const char *label) {
  const char *compact = text_compact(arena, behind_circled_number(label));
  const char *start = behind_numbering(compact);
  char *normal = arena_alloc(arena, strlen(start) + 1), *end = normal;
  int depth = 0;
  for (const char *at = start; *at;) {
    const char *from = at;
    at += note_mark_at(from);
    if (at > from) continue;
    int character = text_next(&at);
    if (character == '(' && strchr(at, ')')) depth++; /* one that is never closed is a slip */
    bool keep = depth == 0 && !is_punctuation(character);
    if (character == ')' && depth > 0) depth--;
    if (!keep) continue;
    memcpy(end, from, (size_t)(at - from));
    end += at - from;
  }
  *end = '\0';
  return normal;
}

enum { LIKENESS_LENGTH = 128 }; /* labels are short; longer texts are compared by their beginning */

struct label label_prepare(struct arena *arena, const char *normal) {
  int characters[LIKENESS_LENGTH];
  struct label label = {.text = normal};
  while (label.length < LIKENESS_LENGTH && (characters[label.length] = text_next(&normal)))
    label.letters |= (uint64_t)1 << (characters[label.length++] % 64);
  int *kept = arena_array(arena, label.length + 1, sizeof *kept);
  memcpy(kept, characters, label.length * sizeof *kept);
  label.character = kept;
  return label;
}

/* The edit distance is at least the number of characters that only one of them has. */
static size_t least_distance(const struct label *a, const struct label *b) {
  size_t only_a = (size_t)__builtin_popcountll(a->letters & ~b->letters),
         only_b = (size_t)__builtin_popcountll(b->letters & ~a->letters);
  return only_a > only_b ? only_a : only_b;
}

static size_t edit_distance(const struct label *a, const struct label *b) {
  size_t distance[LIKENESS_LENGTH + 1];
  for (size_t j = 0; j <= b->length; j++) distance[j] = j;
  for (size_t i = 1; i <= a->length; i++) {
    size_t diagonal = distance[0];
    distance[0] = i;
    for (size_t j = 1; j <= b->length; j++) {
      size_t change = diagonal + (a->character[i - 1] != b->character[j - 1]);
      diagonal = distance[j];
      size_t gap = (distance[j] < distance[j - 1] ? distance[j] : distance[j - 1]) + 1;
      distance[j] = change < gap ? change : gap;
    }
  }
  return distance[b->length];
}

static double likeness_of(size_t distance, size_t length) {
  return 1 - (double)distance / (double)length;
}

/* Does the longer one begin with the shorter one, or are they the same? */
static bool is_beginning(const struct label *a, const struct label *b, size_t shorter) {
  return shorter == 0 || (a->character[0] == b->character[0] &&
                          memcmp(a->character, b->character, shorter * sizeof *a->character) == 0);
}

double label_likeness_of_near(const struct label *a, const struct label *b, double least) {
  size_t shorter = a->length < b->length ? a->length : b->length;
  size_t longer = a->length < b->length ? b->length : a->length;
  bool begins = is_beginning(a, b, shorter);
  if (begins && shorter == longer) return 1;
  if (shorter == 0) return 0;
  double cut = begins && shorter >= 3 ? 0.6 + 0.4 * (double)shorter / (double)longer : 0;
  /* how far apart they are at least is soon told: most differ in length, or in their letters */
  if (likeness_of(longer - shorter, longer) < least ||
      likeness_of(least_distance(a, b), longer) < least)
    return cut < least ? 0 : cut;
  double likeness = likeness_of(edit_distance(a, b), longer);
  return cut > likeness ? cut : likeness;
}
