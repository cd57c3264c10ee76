/* Text widths by character class, so that layout needs no font library. Knows no chart. */
#include "core/base/measure.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/label.h"

static bool is_wide(int character) {
  return utf8proc_charwidth(character) == 2;
}

/* Classes of the Latin letters that Noto Sans CJK takes from Source Sans, measured and rounded up.
 */
static double character_width(int character) {
  static const char narrow[] = "ijlI|.,:;'!`()[]{} frt-";
  static const char broad[] = "mwMW@%&";
  if (character >= 0x80)
    return utf8proc_charwidth(character) == 0 ? 0 : is_wide(character) ? 1 : 0.7;
  if (strchr(narrow, character)) return 0.36;
  if (strchr(broad, character)) return 0.9;
  if (character >= 'A' && character <= 'Z') return 0.66;
  return 0.57;
}

double text_width(const char *text) {
  double width = 0;
  for (int character; (character = text_next(&text));) width += character_width(character);
  return width;
}

static bool is_one_of(int character, const char *set) {
  for (int member; (member = text_next(&set));)
    if (member == character) return true;
  return false;
}

static bool may_break(int before, int after) {
  if (before == ' ') return true;
  if (!is_wide(before) && !is_wide(after)) return false;
  return !is_one_of(after, "，。、；：？！）》〉」』】〕”’…,.;:?!)]}%％ ") &&
         !is_one_of(before, "（《〈「『【〔“‘([{");
}

/* The end of the longest line that begins at TEXT; past it, *NEXT begins the following one. */
static const char *line_end(const char *text, double width, const char **next) {
  const char *at = text, *break_at = NULL;
  double used = 0;
  int before = 0;
  for (const char *from = at; *at; from = at) {
    int character = text_next(&at);
    if (before && may_break(before, character)) break_at = from;
    used += character_width(character);
    if (used > width && from > text && character != ' ') {
      const char *end = break_at ? break_at : from;
      *next = end;
      while (end > text && end[-1] == ' ') end--;
      return end;
    }
    before = character;
  }
  *next = at;
  return at;
}

struct text_lines text_wrap(struct arena *arena, const char *text, double width) {
  LIST_OF(const char *) lines = {0};
  do {
    const char *next;
    const char *end = line_end(text, width, &next);
    *list_add(arena, &lines) = arena_bytes(arena, text, (size_t)(end - text));
    text = next;
  } while (*text);
  return (struct text_lines){lines.item, lines.count};
}

static size_t count_lines(const char *text, double width) {
  size_t count = 0;
  do {
    line_end(text, width, &text);
    count++;
  } while (*text);
  return count;
}

struct text_lines text_wrap_evenly(struct arena *arena, const char *text, double width) {
  size_t count = count_lines(text, width);
  double narrow = width / 4;
  for (int i = 0; i < 12 && count > 1; i++) { /* bisection, to within a thousandth of the width */
    double middle = (narrow + width) / 2;
    if (count_lines(text, middle) > count)
      narrow = middle;
    else
      width = middle;
  }
  return text_wrap(arena, text, width);
}

const char *text_cut(struct arena *arena, const char *text, double width) {
  static const char more[] = "…";
  double used = 0, room = width - text_width(more);
  const char *fits = text; /* with … behind it */
  for (const char *at = text; *at;) {
    used += character_width(text_next(&at));
    if (used <= room) fits = at;
    if (used > width) return arena_format(arena, "%.*s%s", (int)(fits - text), text, more);
  }
  return text;
}

double text_lines_width(const struct text_lines *lines) {
  double widest = 0;
  for (size_t i = 0; i < lines->count; i++) {
    double width = text_width(lines->line[i]);
    if (width > widest) widest = width;
  }
  return widest;
}

char *number_grouped(struct arena *arena, const char *number) {
  const char *digits = number + (*number == '-');
  size_t whole = strcspn(digits, ".");
  char *grouped = arena_alloc(arena, 2 * strlen(number) + 1), *end = grouped;
  if (*number == '-') *end++ = '-';
  for (size_t i = 0; digits[i]; i++) {
    if (whole >= 5 && i > 0 && i < whole && (whole - i) % 3 == 0) *end++ = ',';
    *end++ = digits[i];
  }
  return grouped;
}

/* DIGITS digits or a few more; zeros at the end say that it is rounded, so they go where it is not.
 */
static char *in_myriads(struct arena *arena, double value, int digits) {
  bool larger = fabs(value) >= 99950000;
  double unit = larger ? 1e8 : 1e4, part = value / unit;
  int whole = (int)floor(log10(fabs(part) * 1.0005)) + 1;
  char *number = arena_format(arena, "%.*f", whole < digits ? digits - whole : 0, part);
  char *end = number + strlen(number);
  if (strchr(number, '.') && fabs(strtod(number, NULL) * unit - value) < 0.001) {
    while (end[-1] == '0') end--;
    if (end[-1] == '.') end--;
    *end = '\0';
  }
  return arena_format(arena, "%s%s", number, larger ? "亿" : "万");
}

char *number_short(struct arena *arena, const char *number, enum reading reading) {
  double value = strtod(number, NULL);
  if (reading == READ_DIGITS || fabs(value) < 10000) return number_grouped(arena, number);
  return in_myriads(arena, value, 3);
}

char *number_exact(struct arena *arena, double value, enum reading reading) {
  if (reading == READ_MYRIADS && fabs(value) >= 10000) return in_myriads(arena, value, 12);
  return number_grouped(arena, arena_format(arena, "%.12g", value));
}
