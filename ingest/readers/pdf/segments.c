/* Knows positions and what a number looks like. */
#include "ingest/readers/pdf/segments.h"

#include <string.h>

#include "core/base/label.h"

/* In ems: the least gap between two columns. */
static const double COLUMN_GAP = 0.7;

static bool is_digit(int character) {
  return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
}

/* What stands for a value that there is none of. */
static bool says_nothing(const char *text) {
  static const char *const nothing[] = {"/", "-", "—", "——", "－", "–", "―", "−", ":", "..", "..."};
  for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
    if (strcmp(text, nothing[i]) == 0) return true;
  return false;
}

/* Behind a sign, a currency and the blank behind it. */
static const char *behind_sign(const char *text) {
  static const char *const signs[] = {"+", "-", "−", "–", "$", "€", "£", "¥", "￥", " "};
  for (size_t i = 0; i < sizeof signs / sizeof *signs;) {
    size_t length = strlen(signs[i]);
    bool here = strncmp(text, signs[i], length) == 0;
    text += here ? length : 0;
    i = here ? 0 : i + 1;
  }
  return text;
}

bool pdf_looks_like_number(const char *text) {
  if (says_nothing(text)) return true;
  text = behind_sign(text);
  if (text[0] == '.' && is_digit(text[1])) text++;
  size_t after = 0;
  int last = 0;
  for (int c; (c = text_next(&text));) {
    if (after == 0 && (is_digit(c) || (last && (c == '.' || c == ','))))
      last = c;
    else if (!is_digit(last))
      return false;
    else
      after++;
  }
  return is_digit(last) && after <= 4;
}

static void add_segment(struct arena *arena, pdf_segments *segments, const struct pdf_line *line,
                        size_t from, size_t to) {
  struct pdf_line part = {.mark = line->mark + from, .marks = to - from};
  struct pdf_segment segment = {.text = pdf_line_text(arena, &part)};
  if (*segment.text == '\0') return;
  while (text_is_space(line->mark[from].character)) from++;
  while (text_is_space(line->mark[to - 1].character)) to--;
  segment.x0 = line->mark[from].x0;
  segment.x1 = line->mark[to - 1].x1;
  segment.is_number = pdf_looks_like_number(segment.text);
  *list_add(arena, segments) = segment;
}

bool pdf_has_segments(const struct pdf_line *line) {
  const struct pdf_char *last = NULL;
  for (size_t i = 0; i < line->marks; i++) {
    const struct pdf_char *mark = &line->mark[i];
    if (text_is_space(mark->character)) continue;
    if (last && mark->x0 - last->x1 > COLUMN_GAP * mark->size) return true;
    last = mark;
  }
  return false;
}

pdf_segments pdf_segments_of(struct arena *arena, const struct pdf_line *line) {
  pdf_segments segments = {0};
  size_t from = 0, last = SIZE_MAX;
  for (size_t i = 0; i < line->marks; i++) {
    if (text_is_space(line->mark[i].character)) continue;
    if (last != SIZE_MAX &&
        line->mark[i].x0 - line->mark[last].x1 > COLUMN_GAP * line->mark[i].size) {
      add_segment(arena, &segments, line, from, i);
      from = i;
    }
    last = i;
  }
  add_segment(arena, &segments, line, from, line->marks);
  return segments;
}
