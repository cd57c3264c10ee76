/* Writes gnuplot. Knows quoting, terminals and units, and nothing of reports.
 *
 * All text is drawn by `set label … noenhanced` from a single-quoted string: there gnuplot 5.4
 * knows neither escapes nor `commands` nor @macros. Its '' for an apostrophe fails at the beginning
 * of a string, and an apostrophe in double quotes lets @macros into the string after it; so an
 * apostrophe is a string of its own, "\047", and the pieces are joined. Titles, tics and keys are
 * not used: tic labels take % for a format, and keys read their text from the data. The data file
 * has its texts in its last columns, which no script reads. */
#include "plot/gnuplot/script.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file_name.h"
#include "core/base/label.h"
#include "core/base/one_line.h"

struct box {
  double left, top, right, bottom;
  enum theme_colour colour;
};

struct script {
  struct arena *arena;
  const struct theme *theme;
  const struct glyphs *glyphs;
  LIST_OF(struct script_text) texts;
  LIST_OF(struct box) boxes;
  LIST_OF(struct box) lines;
  LIST_OF(struct box) hatches;
  LIST_OF(struct box) holes; /* LEFT and TOP: the middle; RIGHT: the radius */
  LIST_OF(const char *) plots;
  struct script_frame frame;
};

/* SVG is the last: it sets the fonts of all texts anew. */
const struct picture_kind picture_kinds[PICTURE_KINDS] = {{PICTURE_PNG, "png", ".png"},
                                                          {PICTURE_PNG_TWICE, "png@2x", "@2x.png"},
                                                          {PICTURE_PDF, "pdf", ".pdf"},
                                                          {PICTURE_EMF, "emf", ".emf"},
                                                          {PICTURE_SVG, "svg", ".svg"}};

static unsigned parse_one(const char *name, size_t length) {
  for (size_t i = 0; i < PICTURE_KINDS; i++)
    if (strlen(picture_kinds[i].name) == length && memcmp(picture_kinds[i].name, name, length) == 0)
      return picture_kinds[i].format;
  static const char phone[] = "svg@phone";
  return length == sizeof phone - 1 && memcmp(phone, name, length) == 0 ? PICTURE_SVG_PHONE : 0;
}

unsigned picture_formats_parse(const char *list) {
  unsigned formats = 0;
  for (;; list++) {
    size_t length = strcspn(list, ",");
    unsigned format = parse_one(list, length);
    if (format == 0) return 0;
    formats |= format;
    list += length;
    if (*list == '\0') return formats;
  }
}

bool script_is_safe_font(const char *name) {
  return strlen(name) <= 100 && name_is_of(name, " ._-+");
}

char *script_quote(struct arena *arena, const char *text) {
  const char *clean = text_one_line(arena, text);
  static const char apostrophe[] = "\"\\047\"";
  char *quoted = arena_alloc(arena, 8 * strlen(clean) + 3), *end = quoted;
  if (*clean == '\0') return arena_text(arena, "''");
  for (bool first = true; *clean; first = false) {
    if (!first) *end++ = '.';
    size_t length = strcspn(clean, "'");
    if (length == 0) {
      end = stpcpy(end, apostrophe);
      clean++;
      continue;
    }
    *end++ = '\'';
    end = mempcpy(end, clean, length);
    *end++ = '\'';
    clean += length;
  }
  return quoted;
}

struct script *script_new(struct arena *arena, const struct theme *theme,
                          const struct glyphs *glyphs) {
  struct script *script = arena_alloc(arena, sizeof *script);
  script->arena = arena;
  script->theme = theme;
  script->glyphs = glyphs;
  return script;
}

void script_add_text(struct script *script, const struct script_text *text) {
  struct script_text *copy = list_add(script->arena, &script->texts);
  *copy = *text;
  copy->text =
      script_quote(script->arena, glyphs_available(script->glyphs, script->arena,
                                                   text_one_line(script->arena, text->text)));
}

void script_add_box(struct script *script, double left, double top, double right, double bottom,
                    enum theme_colour colour) {
  *list_add(script->arena, &script->boxes) = (struct box){left, top, right, bottom, colour};
}

void script_add_line(struct script *script, double x1, double y1, double x2, double y2,
                     enum theme_colour colour) {
  *list_add(script->arena, &script->lines) = (struct box){x1, y1, x2, y2, colour};
}

void script_add_hatch(struct script *script, double left, double top, double right, double bottom,
                      enum theme_colour colour) {
  *list_add(script->arena, &script->hatches) = (struct box){left, top, right, bottom, colour};
}

void script_add_hole(struct script *script, double x, double y, double radius) {
  *list_add(script->arena, &script->holes) = (struct box){x, y, radius, 0, COLOUR_PAPER};
}

void script_set_frame(struct script *script, const struct script_frame *frame) {
  script->frame = *frame;
}

void script_add_plot(struct script *script, const char *element, ...) {
  va_list arguments;
  va_start(arguments, element);
  int length = vsnprintf(NULL, 0, element, arguments);
  va_end(arguments);
  if (length < 0) abort(); /* a broken format string is a programming error */
  char *text = arena_alloc(script->arena, (size_t)length + 1);
  va_start(arguments, element);
  vsnprintf(text, (size_t)length + 1, element, arguments);
  va_end(arguments);
  *list_add(script->arena, &script->plots) = text;
}

struct page { /* from points below the upper left corner to shares of the picture */
  double width, height;
};

static double across(struct page page, double x) {
  return x / page.width;
}

static double up(struct page page, double y) {
  return 1 - y / page.height;
}

static void write_texts(const struct script *script, FILE *file, struct page page) {
  static const char *const aligns[] = {"left", "center", "right"};
  for (size_t i = 0; i < script->texts.count; i++) {
    const struct script_text *text = &script->texts.item[i];
    fprintf(file,
            "set label %zu %s at screen %.5f,%.5f %s front noenhanced font ',%.4g' textcolor rgb "
            "'%s'\n",
            i + 1, text->text, across(page, text->x), up(page, text->y), aligns[text->align],
            text->size, script->theme->colour[text->colour]);
  }
}

static void write_shapes(const struct script *script, FILE *file, struct page page) {
  for (size_t i = 0; i < script->boxes.count; i++) {
    const struct box *box = &script->boxes.item[i];
    fprintf(file,
            "set object %zu rectangle from screen %.5f,%.5f to screen %.5f,%.5f fillcolor rgb '%s' "
            "fillstyle solid noborder\n",
            i + 1, across(page, box->left), up(page, box->bottom), across(page, box->right),
            up(page, box->top), script->theme->colour[box->colour]);
  }
  for (size_t i = 0; i < script->lines.count; i++) {
    const struct box *line = &script->lines.item[i];
    fprintf(file,
            "set arrow %zu from screen %.5f,%.5f to screen %.5f,%.5f nohead back linewidth 0.5 "
            "linecolor rgb '%s'\n",
            i + 1, across(page, line->left), up(page, line->top), across(page, line->right),
            up(page, line->bottom), script->theme->colour[line->colour]);
  }
}

/* Objects are numbered on behind the boxes. */
static void write_doubts(const struct script *script, FILE *file, struct page page) {
  size_t number = script->boxes.count;
  for (size_t i = 0; i < script->hatches.count; i++) {
    const struct box *box = &script->hatches.item[i];
    fprintf(file,
            "set object %zu rectangle from screen %.5f,%.5f to screen %.5f,%.5f front fillcolor "
            "rgb '%s' fillstyle transparent pattern 5 noborder\n",
            ++number, across(page, box->left), up(page, box->bottom), across(page, box->right),
            up(page, box->top), script->theme->colour[box->colour]);
  }
  for (size_t i = 0; i < script->holes.count; i++) {
    const struct box *hole = &script->holes.item[i];
    fprintf(file,
            "set object %zu circle at screen %.5f,%.5f size screen %.5f front fillcolor rgb '%s' "
            "fillstyle solid noborder\n",
            ++number, across(page, hole->left), up(page, hole->top), across(page, hole->right),
            script->theme->colour[hole->colour]);
  }
}

/* SVG takes a list of families; gnuplot parts family and size by a comma, so those of the list are
 * written as XML has them. */
static const char *web_fonts(const struct script *script) {
  const char *fallback = script->theme->web_fallbacks;
  const char *fonts = arena_format(script->arena, "%s,%s", script->theme->font, fallback);
  char *list = arena_alloc(script->arena, strlen(fonts) * 5 + 1), *end = list;
  for (; *fonts; fonts++) {
    if (*fonts == ',')
      end = stpcpy(end, "&#44;");
    else
      *end++ = *fonts;
  }
  return list;
}

/* SVG and EMF: 96 units an inch. */
static double screen_units(const struct theme *theme) {
  return theme->scale * 4 / 3;
}

/* Gnuplot's cairo terminals take a point of a font for 1/72 of 96 units, not of 72. */
static const double cairo_fonts = 0.75;

/* How a terminal measures: a point of the page is UNIT of its own, a font FONTS times its size, a
 * line LINES times its width. */
struct measure {
  double unit, fonts, lines;
};

/* SIZE as the terminal NAME wants it. */
static void write_scaled(const struct theme *theme, FILE *file, const char *name, const char *size,
                         struct measure measure) {
  fprintf(file,
          "dot = %.4f\nset terminal %s size %s font '%s,%.4g' fontscale %.4f linewidth %.4f "
          "background '%s'\n",
          measure.unit, name, size, theme->font, theme->label, measure.fonts, measure.lines,
          theme->colour[COLOUR_PAPER]);
}

/* Fonts of an SVG have no scale: they are in units of the picture. */
static void write_svg(const struct script *script, FILE *file, const char *title, const char *size,
                      double screen) {
  const struct theme *theme = script->theme;
  fprintf(file,
          "dot = %.4f\nset terminal svg size %s font '%s,%.4g' linewidth %.4f background '%s' name "
          "'%s'\n",
          screen, size, web_fonts(script), theme->label * screen, screen,
          theme->colour[COLOUR_PAPER], title);
}

static const char *size_in(const struct script *script, struct page page, double unit) {
  return arena_format(script->arena, "%.0f,%.0f", page.width * unit, page.height * unit);
}

static void write_terminal(const struct script *script, FILE *file, enum picture_format format,
                           const char *title, struct page page) {
  const struct theme *theme = script->theme;
  double scale = theme->scale, screen = screen_units(theme), dots = scale * theme->png_scale;
  switch (format) {
    case PICTURE_PNG_TWICE: dots *= 2; /* fall through */
    case PICTURE_PNG:
      write_scaled(theme, file, "pngcairo", size_in(script, page, dots),
                   (struct measure){dots, dots * cairo_fonts, dots});
      break;
    case PICTURE_SVG: write_svg(script, file, title, size_in(script, page, screen), screen); break;
    case PICTURE_EMF:
      write_scaled(theme, file, "emf color", size_in(script, page, screen),
                   (struct measure){screen, scale, scale});
      break;
    case PICTURE_PDF:
    default:
      write_scaled(theme, file, "pdfcairo",
                   arena_format(script->arena, "%.4fin,%.4fin", page.width * scale / 72,
                                page.height * scale / 72),
                   (struct measure){scale, scale * cairo_fonts, scale});
  }
}

/* Bold is a matter of the terminal: fontconfig's `:Bold` means nothing in SVG and EMF. In SVG every
 * text has its size in units of the picture: with a fontscale, gnuplot puts texts too high. */
static void write_fonts(const struct script *script, FILE *file, enum picture_format format) {
  const char *font = script->theme->font, *web = web_fonts(script);
  bool svg = format == PICTURE_SVG;
  double scale = svg ? screen_units(script->theme) : 1;
  const char *bold =
      svg ? arena_format(script->arena, "%s\" font-weight=\"bold", web)
          : arena_format(script->arena, "%s%s", font, format == PICTURE_EMF ? " Bold" : ":Bold");
  for (size_t i = 0; i < script->texts.count; i++) {
    const struct script_text *text = &script->texts.item[i];
    if (text->bold || svg)
      fprintf(file, "set label %zu font '%s,%.4g'\n", i + 1, text->bold ? bold : web,
              text->size * scale);
  }
}

static void write_plot(const struct script *script, FILE *file, const char *name) {
  fputs("plot", file);
  for (size_t i = 0; i < script->plots.count; i++)
    fprintf(file, "%s \\\n  '%s.tsv' %s", i ? "," : "", name, script->plots.item[i]);
  putc('\n', file);
}

void script_write(const struct script *script, FILE *file, const char *name, const char *title,
                  unsigned formats, double height) {
  struct page page = {script->theme->width, height};
  const struct script_frame *frame = &script->frame;
  fprintf(file,
          "# Run it in its folder: gnuplot %s.gp\n"
          "reset\n"
          "set encoding utf8\n"
          "set datafile separator \"\\t\"\n"
          "set datafile columnheaders\n"
          "set datafile commentschars ''\n"
          "unset key\nunset border\nunset xtics\nunset ytics\n"
          "known(column_number) = valid(column_number) ? column(column_number) : 0\n",
          name);
  fprintf(file,
          "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
          "set tmargin at screen %.5f\nset bmargin at screen %.5f\n",
          across(page, frame->left), across(page, frame->right), up(page, frame->top),
          up(page, frame->bottom));
  fprintf(file, "set xrange [%.10g:%.10g] noextend\nset yrange [%.10g:%.10g] noextend\n",
          frame->x_low, frame->x_high, frame->y_high, frame->y_low);
  write_shapes(script, file, page);
  write_doubts(script, file, page);
  write_texts(script, file, page);
  for (size_t i = 0; i < PICTURE_KINDS; i++) {
    const struct picture_kind *kind = &picture_kinds[i];
    if (!(formats & kind->format)) continue;
    write_terminal(script, file, kind->format, title, page);
    write_fonts(script, file, kind->format);
    fprintf(file, "set output '%s%s'\n", name, kind->ending);
    write_plot(script, file, name);
  }
  fputs("set output\n", file);
}
