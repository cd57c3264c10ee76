/* Normal forms and likeness of labels, on utf8proc. Knows no particular label. */
#include "datasets/label.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_tail(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

int text_next(const char **text) {
  const unsigned char *at = (const unsigned char *)*text;
  if (at[0] < 0x80) {
    *text += at[0] != '\0';
    return at[0];
  }
  /* Three bytes, as all Chinese has; E0 and ED may begin what is no character. */
  if (at[0] > 0xE0 && at[0] < 0xF0 && at[0] != 0xED && is_tail(at[1]) && is_tail(at[2])) {
    *text += 3;
    return (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
  }
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
 * reports: ASCII, ideographs, 、 and 。 stay; full-width forms and the ideographic space become
 * ASCII. -1 for every other. */
static int nfkc_of_common(int character) {
  if (character < 0x80 || (character >= 0x4E00 && character <= 0x9FFF)) return character;
  if (character >= 0xFF01 && character <= 0xFF5E) return character - 0xFEE0;
  if (character == 0x3000) return ' ';
  return character == 0x3001 || character == 0x3002 ? character : -1;
}

/* TEXT in NFKC, where all its characters are common; NULL where one is not. */
static char *nfkc_of_common_text(struct arena *arena, const char *text) {
  char *copy = arena_text(arena, text), *end = copy;
  while (*text) {
    const char *from = text;
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

char *text_compact(struct arena *arena, const char *text) {
  char *compact = text_nfkc(arena, text), *end = compact;
  for (const char *at = compact; *at;) {
    const char *start = at;
    if (text_is_space(text_next(&at))) continue;
    while (start < at) *end++ = *start++;
  }
  *end = '\0';
  return compact;
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

char *label_normal(struct arena *arena, const char *label) {
  const char *compact = text_compact(arena, behind_circled_number(label));
  const char *start = behind_numbering(compact);
  char *normal = arena_alloc(arena, strlen(start) + 1), *end = normal;
  int depth = 0;
  for (const char *at = start; *at;) {
    const char *from = at;
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

static size_t count_bits(uint64_t bits) {
  size_t count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/* The edit distance is at least the number of characters that only one of them has. */
static size_t least_distance(const struct label *a, const struct label *b) {
  size_t only_a = count_bits(a->letters & ~b->letters),
         only_b = count_bits(b->letters & ~a->letters);
  size_t lengths = a->length > b->length ? a->length - b->length : b->length - a->length;
  size_t only = only_a > only_b ? only_a : only_b;
  return lengths > only ? lengths : only;
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

double label_likeness(const struct label *a, const struct label *b, double least) {
  size_t shorter = a->length < b->length ? a->length : b->length;
  size_t longer = a->length < b->length ? b->length : a->length;
  bool begins = memcmp(a->character, b->character, shorter * sizeof *a->character) == 0;
  if (begins && shorter == longer) return 1;
  if (shorter == 0) return 0;
  double cut = begins && shorter >= 3 ? 0.6 + 0.4 * (double)shorter / (double)longer : 0;
  if (1 - (double)least_distance(a, b) / (double)longer < least) return cut < least ? 0 : cut;
  double likeness = 1 - (double)edit_distance(a, b) / (double)longer;
  return cut > likeness ? cut : likeness;
}
