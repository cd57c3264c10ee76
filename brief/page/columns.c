/* Every column has a width that it wants and one that it needs; the page lies between their sums.
 */
#include "brief/page/columns.h"

#include <math.h>
#include <string.h>

#include "core/base/measure.h"

/* Widths in em. */
struct need {
  double least, wanted;
};

/* A column of text need not be wider than this to be read with ease, */
static const double WIDE_TEXT = 28;
/* and a word need not be kept whole at any price. */
static const double LONG_WORD = 8;

/* Wraps TEXT as narrow as it goes without breaking a word of usual length. */
static double narrowest(struct arena *arena, const char *text) {
  double widest = 0;
  while (*text) {
    size_t length = strcspn(text, " ");
    double word = text_width(arena_bytes(arena, text, length));
    bool is_latin = length > 0 && (unsigned char)*text < 0x80;
    if (!is_latin && word > 5) word = 5; /* Chinese breaks anywhere */
    widest = fmax(widest, fmin(word, LONG_WORD));
    text += length + (text[length] == ' ');
  }
  return widest;
}

/* Titles are bold. */
static const double BOLD = 1.12;

static void take_title(struct arena *arena, struct need *need, const char *title) {
  need->wanted = fmax(need->wanted, fmin(BOLD * text_width(title), WIDE_TEXT / 2));
  need->least = fmax(need->least, BOLD * narrowest(arena, title));
}

static void take(struct arena *arena, struct need *need, const char *text, bool is_number) {
  double width = fmin(text_width(text), WIDE_TEXT);
  need->wanted = fmax(need->wanted, width);
  need->least = fmax(need->least, is_number ? width : narrowest(arena, text));
}

static struct need need_of(struct arena *arena, const struct page_table *table, size_t column) {
  struct need need = {1, 1};
  bool is_number = table->column[column].kind == COLUMN_NUMBER;
  take_title(arena, &need, table->column[column].title);
  for (size_t row = 0; row < table->rows; row++)
    take(arena, &need, table->cell[row * table->columns + column].show.text, is_number);
  return need;
}

/* The width of a column in a table of WIDTH: as far between what the column needs and wants as
 * WIDTH is between the SUMs of both; beyond them it shrinks or grows in proportion. */
static double width_between(struct need need, struct need sum, double width) {
  if (width <= sum.least) return need.least * width / sum.least;
  if (width >= sum.wanted) return need.wanted * width / sum.wanted;
  return need.least + (need.wanted - need.least) * (width - sum.least) / (sum.wanted - sum.least);
}

struct columns columns_fit(struct arena *arena, const struct page_table *table, size_t width,
                           size_t size, size_t padding) {
  struct columns columns = {.width = arena_array(arena, table->columns, sizeof *columns.width)};
  struct need *needs = arena_array(arena, table->columns, sizeof *needs), sum = {0, 0};
  for (size_t i = 0; i < table->columns; i++) {
    needs[i] = need_of(arena, table, i);
    needs[i].least += 2 * (double)padding / (double)size;
    needs[i].wanted += 2 * (double)padding / (double)size;
    sum.least += needs[i].least;
    sum.wanted += needs[i].wanted;
  }
  double room = (double)width / (double)size, from = 0;
  size_t left = 0;
  for (size_t i = 0; i < table->columns; i++) { /* edges are rounded, so that all add up */
    from += width_between(needs[i], sum, room) * (double)size;
    size_t right = i + 1 == table->columns ? width : (size_t)from;
    columns.width[i] = right - left;
    left = right;
  }
  columns.is_tight = room < sum.least + (sum.wanted - sum.least) / 3;
  return columns;
}
