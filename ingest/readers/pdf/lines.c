/* Puts characters into the order in which they are read. Knows positions, no languages. */
#include "ingest/readers/pdf/lines.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/label.h"

/* All in ems: how far baselines of one line may differ, the least gap between Latin words, the
 * least gap between two numbers that are not one, how far the digits of one number may differ in
 * their baselines and reach into each other, and the free space at a line's end behind which the
 * next character would have found room. */
static const double SAME_LINE = 0.4, WORD_GAP = 0.3, NUMBER_GAP = 1.5, SAME_NUMBER = 0.12,
                    ROOM_LEFT = 3.0;

static int by_baseline(const void *a, const void *b) {
  const struct pdf_char *x = a, *y = b;
  if (x->baseline != y->baseline) return x->baseline < y->baseline ? -1 : 1;
  return (x->x0 > y->x0) - (x->x0 < y->x0);
}

/* Of two that begin at one place, a part without width stands behind the whole. */
static int by_position(const void *a, const void *b) {
  const struct pdf_char *x = a, *y = b;
  if (x->x0 != y->x0) return x->x0 < y->x0 ? -1 : 1;
  return (x->x1 < y->x1) - (x->x1 > y->x1);
}

static bool is_drawn_again(const struct pdf_char *mark, const struct pdf_char *before) {
  double reach = 0.3 * (mark->x1 - mark->x0);
  return mark->character == before->character && fabs(mark->x0 - before->x0) < reach &&
         fabs(mark->baseline - before->baseline) < 0.3 * mark->size;
}

static size_t without_doubles(struct pdf_char *mark, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool again = false;
    for (size_t back = 1; back <= 3 && back <= kept && !again; back++)
      again = is_drawn_again(&mark[i], &mark[kept - back]);
    if (!again) mark[kept++] = mark[i];
  }
  return kept;
}

static void add_line(struct arena *arena, pdf_lines *lines, struct pdf_char *mark, size_t count) {
  qsort(mark, count, sizeof *mark, by_position);
  struct pdf_line line = {.mark = mark, .marks = without_doubles(mark, count)};
  bool is_blank = true;
  for (size_t i = 0; i < line.marks; i++) {
    if (text_is_space(mark[i].character)) continue;
    if (is_blank) line.x0 = mark[i].x0;
    line.x1 = is_blank ? mark[i].x1 : fmax(line.x1, mark[i].x1);
    line.size = fmax(line.size, mark[i].size);
    line.baseline = mark[i].baseline;
    is_blank = false;
  }
  if (!is_blank) *list_add(arena, lines) = line;
}

pdf_lines pdf_lines_of(struct arena *arena, struct pdf_char *mark, size_t count) {
  pdf_lines lines = {0};
  if (count) qsort(mark, count, sizeof *mark, by_baseline); /* a page may be nothing but tables */
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count; end++) {
      const struct pdf_char *last = &mark[end - 1], *next = &mark[end];
      if (next->baseline - last->baseline > SAME_LINE * fmin(last->size, next->size)) break;
    }
    add_line(arena, &lines, mark + i, end - i);
  }
  return lines;
}

/* ---- text ---- */

struct text_builder {
  char *text; /* with room for all that may come */
  size_t length;
  const struct pdf_char *last; /* that is no blank */
  bool blank;                  /* stands since then */
};

static bool is_ascii_word(int character) {
  return character < 128 && isalnum(character);
}

static bool is_digit(int character) {
  return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
}

static void put(struct text_builder *builder, const char *text) {
  size_t length = strlen(text);
  memcpy(builder->text + builder->length, text, length);
  builder->length += length;
}

/* The letters that a ligature stands for, or NULL. */
static const char *letters_of(int character) {
  static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  return character >= 0xFB00 && character <= 0xFB06 ? letters[character - 0xFB00] : NULL;
}

static void put_char(struct text_builder *builder, const struct pdf_char *mark) {
  const char *letters = letters_of(mark->character);
  builder->last = mark;
  builder->blank = false;
  if (letters) {
    put(builder, letters);
    return;
  }
  utf8proc_uint8_t *at = (utf8proc_uint8_t *)builder->text + builder->length;
  builder->length += (size_t)utf8proc_encode_char(mark->character, at);
}

/* Digits with a wide gap between them are two numbers, and so are those that do not stand on one
 * line or stand in each other: something was printed over the table, or a note's mark stands behind
 * a number. */
static bool are_two_numbers(const struct pdf_char *last, const struct pdf_char *mark) {
  if (!is_digit(last->character) || !is_digit(mark->character)) return false;
  double gap = (mark->x0 - last->x1) / mark->size;
  return gap > NUMBER_GAP || gap < -SAME_NUMBER ||
         fabs(mark->baseline - last->baseline) > SAME_NUMBER * fmin(last->size, mark->size);
}

/* NUMBERS: two numbers are told apart. */
static void put_line(struct text_builder *builder, const struct pdf_line *line, bool numbers) {
  bool begins = true;
  for (size_t i = 0; i < line->marks; i++) {
    const struct pdf_char *mark = &line->mark[i], *last = builder->last;
    if (text_is_space(mark->character)) {
      builder->blank = true;
      continue;
    }
    if (last && !begins) {
      double gap = (mark->x0 - last->x1) / mark->size;
      bool words = is_ascii_word(last->character) && is_ascii_word(mark->character);
      if (numbers && are_two_numbers(last, mark))
        put(builder, " | ");
      else if (builder->blank || (words && gap > WORD_GAP))
        put(builder, " ");
    }
    put_char(builder, mark);
    begins = false;
  }
}

/* At most four bytes a character, and three between two. */
static struct text_builder new_builder(struct arena *arena, size_t characters) {
  return (struct text_builder){.text = arena_array(arena, characters + 1, 8)};
}

const char *pdf_line_text(struct arena *arena, const struct pdf_line *line) {
  struct text_builder builder = new_builder(arena, line->marks);
  put_line(&builder, line, false);
  return builder.text;
}

/* ---- cells ---- */

static enum pdf_direction main_direction(const struct pdf_char *mark, size_t count) {
  size_t of[PDF_DIRECTIONS] = {0};
  for (size_t i = 0; i < count; i++)
    if (!text_is_space(mark[i].character)) of[mark[i].direction]++;
  if (of[PDF_DOWN] > of[PDF_RIGHT]) return PDF_DOWN;
  return of[PDF_UP] > of[PDF_RIGHT] ? PDF_UP : PDF_RIGHT;
}

/* Lays a column of text on its side: what ran down or up runs to the right. */
static void lay_down(struct pdf_char *mark, size_t count, enum pdf_direction direction) {
  for (size_t i = 0; i < count; i++) {
    struct pdf_char from = mark[i];
    bool down = direction == PDF_DOWN;
    double middle = (from.x0 + from.x1) / 2;
    mark[i].x0 = down ? from.y0 : -from.y1;
    mark[i].x1 = down ? from.y1 : -from.y0;
    mark[i].baseline = down ? -middle : middle;
  }
}

/* Between two lines of a cell. */
static void put_line_end(struct text_builder *builder, const struct pdf_line *line,
                         const struct pdf_line *next, double width) {
  const struct pdf_char *last = builder->last, *first = next->mark;
  if (!last) return;
  while (text_is_space(first->character)) first++;
  double room = (width - (line->x1 - line->x0)) / line->size;
  if (is_digit(last->character) && is_digit(first->character) && room > ROOM_LEFT)
    put(builder, " | ");
  else if (builder->blank && is_ascii_word(last->character) && is_ascii_word(first->character) &&
           !is_digit(last->character))
    put(builder, " ");
}

/* A Latin word or a number is not parted, other characters are. */
static double first_piece(const struct pdf_line *line) {
  size_t i = 0;
  while (text_is_space(line->mark[i].character)) i++;
  size_t end = i + 1;
  while (end < line->marks && is_ascii_word(line->mark[i].character) &&
         is_ascii_word(line->mark[end].character))
    end++;
  return line->mark[end - 1].x1 - line->mark[i].x0;
}

struct pdf_text pdf_cell_text(struct arena *arena, struct pdf_char *mark, size_t count,
                              double width) {
  struct pdf_text text = {.text = "", .room = width};
  if (count == 0) return text;
  enum pdf_direction direction = main_direction(mark, count);
  if (direction != PDF_RIGHT) lay_down(mark, count, direction);
  pdf_lines lines = pdf_lines_of(arena, mark, count);
  struct text_builder builder = new_builder(arena, count);
  for (size_t i = 0; i < lines.count; i++) {
    if (i > 0) put_line_end(&builder, &lines.item[i - 1], &lines.item[i], width);
    put_line(&builder, &lines.item[i], true);
  }
  text.text = builder.text;
  if (lines.count == 0) return text;
  const struct pdf_line *last = &lines.item[lines.count - 1];
  text.first = first_piece(&lines.item[0]);
  text.room = width - (last->x1 - last->x0);
  text.size = last->size;
  return text;
}

pdf_lines pdf_page_lines(struct arena *arena, const pdf_chars *chars) {
  struct pdf_char *mark = arena_array(arena, chars->count + 1, sizeof *mark);
  size_t count = 0;
  for (size_t i = 0; i < chars->count; i++)
    if (chars->item[i].direction == PDF_RIGHT) mark[count++] = chars->item[i];
  return pdf_lines_of(arena, mark, count);
}
