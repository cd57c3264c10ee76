/* The one writer of gnuplot scripts. Text goes in as text and comes out as text, whatever it holds;
 * places are points from the upper left corner of the picture. */
#ifndef OGISTAT_PLOT_GNUPLOT_SCRIPT_H
#define OGISTAT_PLOT_GNUPLOT_SCRIPT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "plot/drawing/theme.h"
#include "plot/gnuplot/glyphs.h"

enum picture_format {
  PICTURE_PNG = 1,
  PICTURE_SVG = 2,
  PICTURE_PDF = 4,
  PICTURE_EMF = 8,
  PICTURE_PNG_TWICE = 16, /* with twice the dots */
  PICTURE_SVG_PHONE = 32  /* laid out anew for a phone: a picture of its own, with its own script */
};
enum { PICTURE_KINDS = 5, PICTURES_USUAL = PICTURE_PNG | PICTURE_SVG | PICTURE_PDF };

/* A picture that a script draws: NAME as in a list of formats; ENDING of its files: ".png". */
struct picture_kind {
  enum picture_format format;
  const char *name, *ending;
};

extern const struct picture_kind picture_kinds[PICTURE_KINDS];

/* What a list such as "png,svg" asks for, as a sum of picture_format; 0 where it is no such list.
 */
unsigned picture_formats_parse(const char *list);

enum text_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct script_text {
  const char *text;
  double x, y; /* Y is the middle of the line */
  double size;
  enum text_align align;
  enum theme_colour colour;
  bool bold;
};

/* The part of the picture that data are drawn in. Y grows downwards, as rows of a table do. */
struct script_frame {
  double left, top, right, bottom;
  double x_low, x_high, y_low, y_high;
};

struct script;

/* An empty script in ARENA. GLYPHS (NULL: all) are the characters that can be drawn. */
struct script *script_new(struct arena *arena, const struct theme *theme,
                          const struct glyphs *glyphs);

/* Texts are copied; control characters become blanks, what is no UTF-8 becomes U+FFFD, and what no
 * font has 〓. */
void script_add_text(struct script *script, const struct script_text *text);
void script_add_box(struct script *script, double left, double top, double right, double bottom,
                    enum theme_colour colour);
void script_add_line(struct script *script, double x1, double y1, double x2, double y2,
                     enum theme_colour colour);

/* Over what the data draw: slanting lines over a box, and a hole in a point. They tell that what
 * is below them is not to be relied on, and are seen without colours. */
void script_add_hatch(struct script *script, double left, double top, double right, double bottom,
                      enum theme_colour colour);
void script_add_hole(struct script *script, double x, double y, double radius);
void script_set_frame(struct script *script, const struct script_frame *frame);

/* Draws from the chart's data file: ELEMENT is what follows the file's name in gnuplot's plot
 * command. It is code, so nothing that stood in a document may be in it. Sizes of points are to be
 * multiplied by `dot`, for terminals differ in their unit. */
__attribute__((format(printf, 2, 3))) void script_add_plot(struct script *script,
                                                           const char *element, ...);

/* Writes the script of the chart NAME (a safe file name), which reads NAME.tsv and draws
 * NAME with its ending for each of PICTURE_KINDS, HEIGHT points high. TITLE names it within the SVG
 * and must be plain ASCII. Errors stay in FILE's error flag. */
void script_write(const struct script *script, FILE *file, const char *name, const char *title,
                  unsigned formats, double height);

/* TEXT as a gnuplot expression that is that string; in ARENA. */
char *script_quote(struct arena *arena, const char *text);

/* True where NAME can be a font family in a script: letters, digits, blanks, `-`, `_`, `.`, `+` and
 * characters beyond ASCII, at most 100 bytes. */
bool script_is_safe_font(const char *name);

#endif
