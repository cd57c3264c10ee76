/* Labels and text as reports print them, brought to one form so that they can be compared. */
#ifndef OGISTAT_CORE_BASE_LABEL_H
#define OGISTAT_CORE_BASE_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/* TEXT with every white space outside ASCII words folded to one blank or none: line breaks, tabs,
 * no-break and ideographic spaces go; a single blank stays between two ASCII letters or digits. */
char *text_tidy(struct arena *arena, const char *text);

/* TEXT in Unicode's NFKC: full-width letters, digits and signs become plain ones. TEXT must be
 * UTF-8; what is not is kept as it stands. */
char *text_nfkc(struct arena *arena, const char *text);

/* TEXT in NFKC without any white space; the mark of a note stands in brackets: 12① becomes 12[1].
 */
char *text_compact(struct arena *arena, const char *text);

/* A label for comparison: NFKC, without spaces, punctuation, bracketed notes and leading numbering
 * (一、 （三） 1. 第二十条第（一）项 stays, it is no numbering). Empty where nothing is left. */
char *label_normal(struct arena *arena, const char *label);

/* A normal label made ready to be compared often. */
struct label {
  const char *text;
  const int *character; /* as far as they are compared */
  size_t length;
  uint64_t letters; /* a bit for each character that it has (some share one) */
};

/* NORMAL must live as long as the label; the rest lives in ARENA. */
struct label label_prepare(struct arena *arena, const char *normal);

/* How alike two normal labels are, from 0 to 1: one minus the edit distance over the longer length,
 * both in characters (Levenshtein 1966); a label that is the beginning of the other (cut off by a
 * narrow cell) counts as at least 0.6 plus 0.4 times the part that is there, from three characters
 * on. What is below LEAST may be told as 0, which is faster. */
static inline double label_likeness(const struct label *a, const struct label *b, double least);

/* Decodes the UTF-8 character at *TEXT and moves *TEXT behind it. A byte that is no UTF-8 counts as
 * one character, U+FFFD. At the end returns 0 and stays. */
static inline int text_next(const char **text);

/* The length of START in bytes where TEXT begins with it; else 0. */
static inline size_t text_begins(const char *text, const char *start) {
  size_t length = 0;
  while (start[length] && start[length] == text[length]) length++;
  return start[length] ? 0 : length;
}

/* True for every kind of white space, and for characters that print nothing. */
bool text_is_space(int character);

/* The number of characters. */
size_t text_length(const char *text);

/* A copy of TEXT without the beginning of a character that its end cut off. */
char *text_whole(struct arena *arena, const char *text);

/* A copy of TEXT that is valid UTF-8: every byte that is none becomes U+FFFD. */
char *text_utf8(struct arena *arena, const char *text);

/* True where the LENGTH bytes are valid UTF-8. */
bool text_is_utf8(const char *bytes, size_t length);

/* ---- here, since most of reading is this ---- */

/* Of more than one byte, whatever it is. */
int text_next_of_several(const char **text);

/* label_likeness of what is not told apart at once. */
double label_likeness_of_near(const struct label *a, const struct label *b, double least);

/* Most labels begin with another character, and have another length. */
static inline double label_likeness(const struct label *a, const struct label *b, double least) {
  size_t shorter = a->length < b->length ? a->length : b->length;
  size_t longer = a->length < b->length ? b->length : a->length;
  bool begin_alike = shorter == 0 || a->character[0] == b->character[0];
  if (!begin_alike && 1 - (double)(longer - shorter) / (double)longer < least) return 0;
  return label_likeness_of_near(a, b, least);
}

static inline bool text_goes_on(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

static inline int text_next(const char **text) {
  const unsigned char *at = (const unsigned char *)*text;
  if (at[0] < 0x80) {
    *text += at[0] != '\0';
    return at[0];
  }
  /* Three bytes, as all Chinese has; E0 and ED may begin what is no character. */
  if (at[0] > 0xE0 && at[0] < 0xF0 && at[0] != 0xED && text_goes_on(at[1]) && text_goes_on(at[2])) {
    *text += 3;
    return (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
  }
  return text_next_of_several(text);
}

#endif
