/* The page around every chart: title, unit and n above, notes and source below. */
#include "plot/drawing/picture.h"

#include <math.h>
#include <string.h>

#include "core/base/measure.h"

/* TEXT from TOP on, wrapped within the margins; returns where it ends. */
static double add_paragraph(struct arena *arena, const struct theme *theme, struct script *script,
                            double top, struct script_text text, bool evenly) {
  double width = (theme->width - 2 * theme->margin) / text.size;
  struct text_lines lines =
      evenly ? text_wrap_evenly(arena, text.text, width) : text_wrap(arena, text.text, width);
  text.x = theme->margin;
  for (size_t i = 0; i < lines.count; i++) {
    text.text = lines.line[i];
    text.y = top + ((double)i + 0.5) * text.size * theme->leading;
    script_add_text(script, &text);
  }
  return top + (double)lines.count * text.size * theme->leading;
}

/* How much of the title stands on lines of its own, before the rest: the organ where the whole is
 * too long for a line, else nothing. */
static size_t title_break(const struct theme *theme, const struct picture *picture) {
  size_t length = strlen(picture->organ);
  if (text_width(picture->title) * theme->title <= theme->width - 2 * theme->margin) return 0;
  if (strncmp(picture->title, picture->organ, length) != 0) return 0;
  return length + strspn(picture->title + length, ", ");
}

static double add_title(struct arena *arena, const struct theme *theme, struct script *script,
                        const struct picture *picture) {
  struct script_text text = {.size = theme->title, .colour = COLOUR_INK, .bold = true};
  size_t first = title_break(theme, picture);
  double y = theme->margin;
  if (first > 0) {
    text.text = arena_bytes(arena, picture->title, first);
    y = add_paragraph(arena, theme, script, y, text, true);
  }
  text.text = picture->title + first;
  return add_paragraph(arena, theme, script, y, text, true);
}

static double add_head(struct arena *arena, const struct theme *theme, struct script *script,
                       const struct picture *picture) {
  double y = add_title(arena, theme, script, picture);
  return add_paragraph(arena, theme, script, y + 1,
                       (struct script_text){.text = picture->subtitle,
                                            .size = theme->subtitle,
                                            .colour = COLOUR_QUIET},
                       false);
}

static double add_foot(struct arena *arena, const struct theme *theme, struct script *script,
                       double y, const struct picture *picture) {
  struct script_text small = {.size = theme->small, .colour = COLOUR_QUIET};
  for (size_t i = 0; i < picture->notes.count; i++) {
    small.text = picture->notes.item[i];
    y = add_paragraph(arena, theme, script, y, small, false);
  }
  small.text = picture->source;
  return add_paragraph(arena, theme, script, y, small, false);
}

double picture_add_legend(const struct theme *theme, const struct legend_entry *entries,
                          size_t count, struct script *script, double top) {
  double x = theme->margin, size = theme->subtitle, pitch = size * theme->leading;
  double y = top + pitch / 2, square = size * 0.8;
  for (size_t i = 0; i < count; i++) {
    double width = square + 3 + text_width(entries[i].label) * size + 12;
    if (x > theme->margin && x + width > theme->width - theme->margin) {
      x = theme->margin;
      y += pitch;
    }
    script_add_box(script, x, y - square / 2, x + square, y + square / 2, entries[i].colour);
    script_add_text(script, &(struct script_text){.text = entries[i].label,
                                                  .x = x + square + 3,
                                                  .y = y,
                                                  .size = size,
                                                  .colour = COLOUR_INK});
    x += width;
  }
  return y + pitch / 2 + 3;
}

struct script_text picture_small_text(const struct theme *theme, const char *text) {
  return (struct script_text){.text = text, .size = theme->small, .colour = COLOUR_QUIET};
}

void picture_write_number(FILE *file, bool known, double number) {
  putc('\t', file);
  if (known) fprintf(file, "%.6g", number);
}

/* Lays the whole page out; returns its height. */
static double lay_out(struct arena *arena, const struct theme *theme, struct script *script,
                      const struct picture *picture) {
  double y = add_head(arena, theme, script, picture);
  y = picture->body->lay_out(arena, theme, picture, script, y + 4);
  struct script *measured = script_new(arena, theme, NULL);
  double foot = add_foot(arena, theme, measured, 0, picture) + theme->margin;
  y = fmax(y + 4, theme->height - foot); /* at the bottom of a page of fixed height */
  return add_foot(arena, theme, script, y, picture) + theme->margin;
}

static double stretched_height(struct arena *arena, const struct theme *theme,
                               const struct picture *picture, double stretch) {
  struct theme stretched = theme_stretched(theme, stretch);
  return lay_out(arena, &stretched, script_new(arena, &stretched, NULL), picture);
}

enum { COLUMNS_MOST = 3 };
static const double stretch_least = 0.7;

/* In how many columns rows are to stand on a page of fixed height: as few as it takes. */
static size_t find_columns(struct arena *arena, const struct theme *theme,
                           const struct picture *picture) {
  struct theme tried = *theme;
  while (theme->height > 0 && tried.columns < COLUMNS_MOST &&
         stretched_height(arena, &tried, picture, stretch_least) > theme->height)
    tried.columns++;
  return tried.columns;
}

/* By how much rows and planes are to be higher to fill a page of fixed height; by bisection, for
 * rows with several lines of text do not shrink. */
static double find_stretch(struct arena *arena, const struct theme *theme,
                           const struct picture *picture) {
  double low = stretch_least, high = 3.5;
  if (theme->height <= 0) return 1;
  for (int i = 0; i < 10; i++) {
    double middle = (low + high) / 2;
    if (stretched_height(arena, theme, picture, middle) > theme->height + 0.001)
      high = middle;
    else
      low = middle;
  }
  return low;
}

void picture_write(struct arena *arena, const struct theme *theme, const struct glyphs *glyphs,
                   const struct picture *picture, const char *name, unsigned formats,
                   FILE *script_file, FILE *data) {
  struct theme chosen = *theme;
  chosen.columns = find_columns(arena, theme, picture);
  struct theme stretched = theme_stretched(&chosen, find_stretch(arena, &chosen, picture));
  struct script *script = script_new(arena, &stretched, glyphs);
  double height = fmax(lay_out(arena, &stretched, script, picture), theme->height);
  script_write(script, script_file, name, picture->chart, formats, height);
  picture->body->write_data(arena, &stretched, picture, data);
}
