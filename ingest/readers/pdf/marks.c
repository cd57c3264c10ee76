/* A MuPDF device that collects what text and tables are made of. Knows neither of these. */
#include "ingest/readers/pdf/marks.h"

#include <math.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "core/base/label.h"

/* In points. Filled boxes and strokes up to this are lines, thicker ones are areas. */
static const double LINE_WIDTH = 3.5;
/* How far a direction may be off the axes: one part in fifty is a scanner's skew, more is slanting.
 */
static const double SKEW = 0.02;

/* A character that is not seen beside one that is, and what tells so in its place. */
struct lost_char {
  struct pdf_char lost, instead;
};

/* More of them than any report's pages have. */
enum { LOST_LIMIT = 5000 };

struct marks_device {
  fz_device super;
  struct arena *arena;
  struct pdf_marks *marks;
  fz_rect page;
  struct pdf_char last; /* that was drawn, whether it is seen or not */
  bool last_is_seen;
  LIST_OF(struct lost_char) lost;
  int masks; /* that are being defined: nothing in them is seen */
};

/* ---- characters ---- */

/* Fonts give one drawing to a character and to the radical that looks like it, and programs that
 * print write down the radical. */
static int plain_character(int character) {
  static const struct {
    int radical, character;
  } supplement[] = {
      {0x2E81, 0x5382}, {0x2E8C, 0x5C0F}, {0x2E8F, 0x5140}, {0x2E95, 0x5F50}, {0x2E9C, 0x65E5},
      {0x2E9D, 0x6708}, {0x2E9F, 0x6BCD}, {0x2EA0, 0x6C11}, {0x2EA9, 0x738B}, {0x2EAA, 0x758B},
      {0x2EAB, 0x76EE}, {0x2EB6, 0x7F8A}, {0x2EC1, 0x864E}, {0x2EC4, 0x897F}, {0x2EC5, 0x89C1},
      {0x2EC6, 0x89D2}, {0x2EC8, 0x8BA0}, {0x2EC9, 0x8D1D}, {0x2ECB, 0x8F66}, {0x2ED3, 0x957F},
      {0x2ED4, 0x95E8}, {0x2ED8, 0x9752}, {0x2ED9, 0x97E6}, {0x2EDA, 0x9875}, {0x2EDB, 0x98CE},
      {0x2EDC, 0x98DE}, {0x2EDD, 0x98DF}, {0x2EE0, 0x9963}, {0x2EE2, 0x9A6C}, {0x2EE3, 0x9AA8},
      {0x2EE4, 0x9B3C}, {0x2EE5, 0x9C7C}, {0x2EE6, 0x9E1F}, {0x2EE7, 0x5364}, {0x2EE8, 0x9EA6},
      {0x2EE9, 0x9EC4}, {0x2EEA, 0x9EFE}, {0x2EEC, 0x9F50}, {0x2EEE, 0x9F7F}, {0x2EEF, 0x7ADC},
      {0x2EF0, 0x9F99}, {0x2EF2, 0x4E80}, {0x2EF3, 0x9F9F}, {0x2F3E, 0x6237}};
  /* before Unicode's own mapping, which makes 户 a 戶 */
  for (size_t i = 0; i < sizeof supplement / sizeof *supplement; i++)
    if (supplement[i].radical == character) return supplement[i].character;
  bool is_radical = character >= 0x2F00 && character <= 0x2FDF;
  bool is_compatible = character >= 0xF900 && character <= 0xFAFF;
  if (is_radical || is_compatible) {
    utf8proc_int32_t plain[4];
    int boundary = 0;
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
    if (utf8proc_decompose_char(character, plain, 4, options, &boundary) == 1) return plain[0];
  }
  return character;
}

static bool is_unknown(int character) {
  return character <= 0 || character == 0xFFFD || (character >= 0xE000 && character <= 0xF8FF) ||
         character >= 0xF0000;
}

/* The axis that (X, Y) follows; PDF_DIRECTIONS where it follows none. */
static enum pdf_direction direction_of(double x, double y) {
  double length = hypot(x, y);
  if (fabs(y) <= SKEW * length) return x > 0 ? PDF_RIGHT : PDF_LEFT;
  if (fabs(x) <= SKEW * length) return y > 0 ? PDF_DOWN : PDF_UP;
  return PDF_DIRECTIONS;
}

static bool contains(fz_rect area, double x, double y) {
  return x >= area.x0 && x <= area.x1 && y >= area.y0 && y <= area.y1;
}

/* The box of a character that is drawn from (X, Y) on, ADVANCE points long. */
static void set_box(struct pdf_char *mark, double x, double y, double advance) {
  const double above = 0.85 * mark->size, below = 0.15 * mark->size;
  switch (mark->direction) {
    case PDF_DOWN:
      *mark = (struct pdf_char){.x0 = x - below, .x1 = x + above, .y0 = y, .y1 = y + advance};
      break;
    case PDF_LEFT:
      *mark = (struct pdf_char){.x0 = x - advance, .x1 = x, .y0 = y - below, .y1 = y + above};
      break;
    case PDF_UP:
      *mark = (struct pdf_char){.x0 = x - above, .x1 = x + below, .y0 = y - advance, .y1 = y};
      break;
    case PDF_RIGHT:
    case PDF_DIRECTIONS:
      *mark = (struct pdf_char){.x0 = x, .x1 = x + advance, .y0 = y - above, .y1 = y + below};
      break;
  }
  mark->baseline = mark->y1;
  mark->anchor = (mark->x0 + mark->x1) / 2;
}

/* True where SECOND goes on behind FIRST in the same line. */
static bool follows(const struct pdf_char *first, const struct pdf_char *second) {
  return fabs(second->x0 - first->x1) < 0.3 * first->size &&
         fabs(second->baseline - first->baseline) < 0.3 * first->size;
}

/* Text that is cut in the middle, as at the edge of the page: what is left of a number is another
 * number. EDGE is the character that is left, LOST the one beside it. */
static void add_lost(struct marks_device *device, const struct pdf_char *edge,
                     const struct pdf_char *lost) {
  if (device->lost.count == LOST_LIMIT) {
    device->marks->overflow = true;
    return;
  }
  struct pdf_char instead = *edge;
  instead.character = 0xFFFD;
  instead.x0 = instead.x1 = (edge->x0 + edge->x1) / 2; /* in the same cell */
  *list_add(device->arena, &device->lost) = (struct lost_char){*lost, instead};
}

/* Notes a cut between MARK and the character drawn before it. */
static void watch_cut(struct marks_device *device, const struct pdf_char *mark, bool is_seen) {
  bool cut = device->last.size > 0 && is_seen != device->last_is_seen &&
             !text_is_space(mark->character) && !text_is_space(device->last.character) &&
             follows(&device->last, mark);
  if (cut && is_seen)
    add_lost(device, mark, &device->last);
  else if (cut)
    add_lost(device, &device->last, mark);
  device->last = *mark;
  device->last_is_seen = is_seen;
}

static void add_char(struct marks_device *device, const struct pdf_char *mark, fz_rect scissor) {
  struct pdf_marks *marks = device->marks;
  double x = (mark->x0 + mark->x1) / 2, y = (mark->y0 + mark->y1) / 2;
  bool is_seen = contains(scissor, x, y);
  watch_cut(device, mark, is_seen);
  if (!is_seen) return;
  if (marks->chars.count >= PDF_CHARS_LIMIT) {
    marks->overflow = true;
    return;
  }
  if (!text_is_space(mark->character)) marks->visible++;
  if (is_unknown(mark->character)) marks->unknown++;
  struct pdf_char *added = list_add(device->arena, &marks->chars);
  *added = *mark;
  if (is_unknown(mark->character)) added->character = 0xFFFD;
}

static void add_item(fz_context *context, struct marks_device *device, const fz_text_span *span,
                     const fz_text_item *item, fz_matrix ctm, fz_rect scissor) {
  if (item->ucs < 0) return; /* the rest of a character that is drawn in several parts */
  fz_matrix matrix = span->trm;
  matrix.e = item->x;
  matrix.f = item->y;
  matrix = fz_concat(matrix, ctm);
  enum pdf_direction direction = direction_of(matrix.a, matrix.b);
  double size = fz_matrix_expansion(matrix);
  if (direction == PDF_DIRECTIONS || !(size > 0.5) || !(size < 2000)) return;

  double advance = item->gid < 0 ? 0 : fz_advance_glyph(context, span->font, item->gid, 0);
  struct pdf_char mark = {.direction = direction, .size = size};
  set_box(&mark, matrix.e, matrix.f, advance * hypotf(matrix.a, matrix.b));
  mark.character = plain_character(item->ucs);
  /* vertical writing: upright characters, one below the other */
  mark.direction = span->wmode && direction == PDF_RIGHT ? PDF_DOWN : direction;
  mark.size = size;
  if (isfinite(mark.x0) && isfinite(mark.x1) && isfinite(mark.y0) && isfinite(mark.y1))
    add_char(device, &mark, scissor);
}

static fz_rect visible_area(fz_context *context, struct marks_device *device) {
  return fz_intersect_rect(device->page, fz_device_current_scissor(context, &device->super));
}

static void add_text(fz_context *context, fz_device *super, const fz_text *text, fz_matrix ctm,
                     float alpha) {
  struct marks_device *device = (struct marks_device *)super;
  fz_rect scissor = visible_area(context, device);
  if (device->masks > 0) return;
  for (const fz_text_span *span = text->head; span; span = span->next) {
    if (alpha <= 0)
      device->marks->hidden += (size_t)span->len;
    else
      for (int i = 0; i < span->len; i++)
        add_item(context, device, span, &span->items[i], ctm, scissor);
  }
}

static void fill_text(fz_context *context, fz_device *device, const fz_text *text, fz_matrix ctm,
                      fz_colorspace *space, const float *color, float alpha,
                      fz_color_params params) {
  (void)space, (void)color, (void)params;
  add_text(context, device, text, ctm, alpha);
}

static void stroke_text(fz_context *context, fz_device *device, const fz_text *text,
                        const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
                        const float *color, float alpha, fz_color_params params) {
  (void)stroke, (void)space, (void)color, (void)params;
  add_text(context, device, text, ctm, alpha);
}

/* Text as a stencil: what is painted through it shows it. */
static void clip_text(fz_context *context, fz_device *device, const fz_text *text, fz_matrix ctm,
                      fz_rect scissor) {
  (void)scissor;
  add_text(context, device, text, ctm, 1);
}

static void clip_stroke_text(fz_context *context, fz_device *device, const fz_text *text,
                             const fz_stroke_state *stroke, fz_matrix ctm, fz_rect scissor) {
  (void)stroke, (void)scissor;
  add_text(context, device, text, ctm, 1);
}

static void ignore_text(fz_context *context, fz_device *device, const fz_text *text,
                        fz_matrix ctm) {
  add_text(context, device, text, ctm, 0);
}

/* ---- lines ---- */

struct path_walk {
  struct marks_device *device;
  fz_matrix ctm;
  fz_rect scissor;
  bool is_stroke;
  fz_point start, at; /* on the page */
  fz_rect box;        /* of a filled part so far */
  bool is_box;        /* it has neither curves nor slanting sides */
};

static void add_rule(struct path_walk *walk, bool horizontal, double at, double from, double to) {
  const fz_rect area = walk->scissor;
  struct pdf_marks *marks = walk->device->marks;
  const double low = horizontal ? area.x0 : area.y0, high = horizontal ? area.x1 : area.y1;
  const double first = horizontal ? area.y0 : area.x0, last = horizontal ? area.y1 : area.x1;
  if (!(at >= first - LINE_WIDTH && at <= last + LINE_WIDTH)) return;
  if (!(from <= high && to >= low)) return;
  if (marks->horizontal.count + marks->vertical.count >= PDF_RULES_LIMIT) {
    marks->overflow = true;
    return;
  }
  struct pdf_rule rule = {at, fmax(from, low), fmin(to, high)};
  if (horizontal)
    *list_add(walk->device->arena, &marks->horizontal) = rule;
  else
    *list_add(walk->device->arena, &marks->vertical) = rule;
}

/* A box that is thin is a line; one that is small both ways may be a piece of a dotted one. */
static void add_box(struct path_walk *walk, fz_rect box) {
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  if (height <= LINE_WIDTH) add_rule(walk, true, (box.y0 + box.y1) / 2, box.x0, box.x1);
  if (width <= LINE_WIDTH) add_rule(walk, false, (box.x0 + box.x1) / 2, box.y0, box.y1);
}

static fz_rect nothing(void) {
  return (fz_rect){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

static void end_part(struct path_walk *walk) {
  if (!walk->is_stroke && walk->is_box && walk->box.x0 <= walk->box.x1) add_box(walk, walk->box);
  walk->box = nothing();
  walk->is_box = true;
}

static void include(struct path_walk *walk, fz_point point) {
  fz_rect *box = &walk->box;
  *box = (fz_rect){fminf(box->x0, point.x), fminf(box->y0, point.y), fmaxf(box->x1, point.x),
                   fmaxf(box->y1, point.y)};
}

static void go_to(struct path_walk *walk, fz_point to) {
  double x = fabsf(to.x - walk->at.x), y = fabsf(to.y - walk->at.y);
  bool straight = fmin(x, y) <= fmax(0.3, SKEW / 2 * fmax(x, y));
  if (!walk->is_stroke)
    walk->is_box &= straight;
  else if (straight)
    add_box(walk, (fz_rect){fminf(to.x, walk->at.x), fminf(to.y, walk->at.y),
                            fmaxf(to.x, walk->at.x), fmaxf(to.y, walk->at.y)});
  include(walk, to);
  walk->at = to;
}

static void move_to(fz_context *context, void *argument, float x, float y) {
  (void)context;
  struct path_walk *walk = argument;
  end_part(walk);
  walk->start = walk->at = fz_transform_point_xy(x, y, walk->ctm);
  include(walk, walk->at);
}

static void line_to(fz_context *context, void *argument, float x, float y) {
  (void)context;
  struct path_walk *walk = argument;
  go_to(walk, fz_transform_point_xy(x, y, walk->ctm));
}

static void curve_to(fz_context *context, void *argument, float x1, float y1, float x2, float y2,
                     float x3, float y3) {
  (void)context, (void)x1, (void)y1, (void)x2, (void)y2;
  struct path_walk *walk = argument;
  walk->is_box = false;
  walk->at = fz_transform_point_xy(x3, y3, walk->ctm);
}

static void close_path(fz_context *context, void *argument) {
  (void)context;
  struct path_walk *walk = argument;
  go_to(walk, walk->start);
}

static void walk_path(fz_context *context, fz_device *super, const fz_path *path, fz_matrix ctm,
                      bool is_stroke) {
  static const fz_path_walker walker = {
      .moveto = move_to, .lineto = line_to, .curveto = curve_to, .closepath = close_path};
  struct marks_device *device = (struct marks_device *)super;
  if (device->masks > 0) return;
  struct path_walk walk = {.device = device,
                           .ctm = ctm,
                           .scissor = visible_area(context, device),
                           .is_stroke = is_stroke,
                           .box = nothing(),
                           .is_box = true};
  fz_walk_path(context, path, &walker, &walk);
  end_part(&walk);
}

static void fill_path(fz_context *context, fz_device *device, const fz_path *path, int even_odd,
                      fz_matrix ctm, fz_colorspace *space, const float *color, float alpha,
                      fz_color_params params) {
  (void)even_odd, (void)space, (void)color, (void)params;
  if (alpha > 0) walk_path(context, device, path, ctm, false);
}

static void stroke_path(fz_context *context, fz_device *device, const fz_path *path,
                        const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
                        const float *color, float alpha, fz_color_params params) {
  (void)space, (void)color, (void)params;
  double width = stroke->linewidth * fz_matrix_expansion(ctm);
  if (alpha > 0 && width <= LINE_WIDTH) walk_path(context, device, path, ctm, true);
}

/* ---- pictures and masks ---- */

static void fill_image(fz_context *context, fz_device *super, fz_image *image, fz_matrix ctm,
                       float alpha, fz_color_params params) {
  (void)image, (void)alpha, (void)params;
  struct marks_device *device = (struct marks_device *)super;
  fz_rect box = fz_transform_rect(fz_unit_rect, ctm);
  fz_rect seen = fz_intersect_rect(box, visible_area(context, device));
  double whole = device->marks->width * device->marks->height;
  double area = (double)(seen.x1 - seen.x0) * (seen.y1 - seen.y0);
  if (!fz_is_empty_rect(seen) && whole > 0)
    device->marks->pictured = fmax(device->marks->pictured, area / whole);
}

static void fill_image_mask(fz_context *context, fz_device *device, fz_image *image, fz_matrix ctm,
                            fz_colorspace *space, const float *color, float alpha,
                            fz_color_params params) {
  (void)space, (void)color;
  fill_image(context, device, image, ctm, alpha, params);
}

static void begin_mask(fz_context *context, fz_device *super, fz_rect area, int luminosity,
                       fz_colorspace *space, const float *color, fz_color_params params) {
  (void)context, (void)area, (void)luminosity, (void)space, (void)color, (void)params;
  ((struct marks_device *)super)->masks++;
}

static void end_mask(fz_context *context, fz_device *super) {
  (void)context;
  ((struct marks_device *)super)->masks--;
}

static struct marks_device *new_device(fz_context *context) {
  struct marks_device *device =
      (struct marks_device *)fz_new_device_of_size(context, sizeof *device);
  device->super.fill_text = fill_text;
  device->super.stroke_text = stroke_text;
  device->super.clip_text = clip_text;
  device->super.clip_stroke_text = clip_stroke_text;
  device->super.ignore_text = ignore_text;
  device->super.fill_path = fill_path;
  device->super.stroke_path = stroke_path;
  device->super.fill_image = fill_image;
  device->super.fill_image_mask = fill_image_mask;
  device->super.begin_mask = begin_mask;
  device->super.end_mask = end_mask;
  return device;
}

/* ---- pages that lie on their side ---- */

static enum pdf_direction main_direction(const struct pdf_marks *marks) {
  size_t count[PDF_DIRECTIONS] = {0};
  enum pdf_direction most = PDF_RIGHT;
  for (size_t i = 0; i < marks->chars.count; i++) count[marks->chars.item[i].direction]++;
  for (enum pdf_direction d = PDF_RIGHT; d < PDF_DIRECTIONS; d++)
    if (count[d] > count[most]) most = d;
  return most;
}

static void turn_rules(pdf_rules *rules, double extent) {
  for (size_t i = 0; i < rules->count; i++) rules->item[i].at = extent - rules->item[i].at;
}

static void mirror_rules(pdf_rules *rules, double extent) {
  for (size_t i = 0; i < rules->count; i++) {
    struct pdf_rule *rule = &rules->item[i];
    *rule = (struct pdf_rule){rule->at, extent - rule->to, extent - rule->from};
  }
}

/* Turns everything by a quarter, so that text that ran down runs to the right. */
static void turn(struct pdf_marks *marks) {
  for (size_t i = 0; i < marks->chars.count; i++) {
    struct pdf_char *c = &marks->chars.item[i], from = *c;
    c->x0 = from.y0;
    c->x1 = from.y1;
    c->y0 = marks->width - from.x1;
    c->y1 = marks->width - from.x0;
    c->baseline = c->y1;
    c->anchor = (c->x0 + c->x1) / 2;
    c->direction = (enum pdf_direction)((from.direction + PDF_DIRECTIONS - 1) % PDF_DIRECTIONS);
  }
  pdf_rules vertical = marks->horizontal;
  marks->horizontal = marks->vertical;
  marks->vertical = vertical;
  turn_rules(&marks->horizontal, marks->width);
  mirror_rules(&marks->vertical, marks->width);
  double height = marks->width;
  marks->width = marks->height;
  marks->height = height;
}

/* ---- numbers ---- */

static bool is_of_number(int character) {
  return (character >= '0' && character <= '9') || character == '.' || character == ',' ||
         character == '-' || character == '+' || character == '%' ||
         (character >= 0xFF10 && character <= 0xFF19);
}

void pdf_marks_anchor_numbers(pdf_chars *chars) {
  for (size_t i = 0, end; i < chars->count; i = end) {
    struct pdf_char *first = &chars->item[i];
    for (end = i + 1; end < chars->count; end++) {
      const struct pdf_char *last = &chars->item[end - 1], *next = &chars->item[end];
      if (!is_of_number(last->character) || !is_of_number(next->character) ||
          fabs(next->x0 - last->x1) > 0.15 * next->size ||
          fabs(next->baseline - last->baseline) > 0.3 * next->size)
        break;
    }
    double middle = (first->x0 + chars->item[end - 1].x1) / 2;
    for (size_t j = i; j < end; j++) chars->item[j].anchor = middle;
  }
}

/* ---- a page ---- */

static bool is_drawn(const struct pdf_marks *marks, const struct pdf_char *lost) {
  for (size_t i = 0; i < marks->chars.count; i++) {
    const struct pdf_char *c = &marks->chars.item[i];
    if (c->character == lost->character && fabs(c->x0 - lost->x0) < 0.3 * lost->size &&
        fabs(c->baseline - lost->baseline) < 0.3 * lost->size)
      return true;
  }
  return false;
}

/* Some programs draw a page in strips, and the text at their edges twice. */
static void tell_lost(struct marks_device *device) {
  struct pdf_marks *marks = device->marks;
  for (size_t i = 0; i < device->lost.count && !marks->overflow; i++)
    if (!is_drawn(marks, &device->lost.item[i].lost))
      *list_add(device->arena, &marks->chars) = device->lost.item[i].instead;
}

static void run_page(fz_context *context, pdf_page *page, struct arena *arena,
                     struct pdf_marks *marks) {
  fz_rect bounds = pdf_bound_page(context, page);
  marks->width = bounds.x1 - bounds.x0;
  marks->height = bounds.y1 - bounds.y0;
  struct marks_device *device = new_device(context);
  device->arena = arena;
  device->marks = marks;
  device->page = (fz_rect){0, 0, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0};
  fz_try(context) {
    fz_matrix to_origin = fz_translate(-bounds.x0, -bounds.y0);
    pdf_run_page_contents(context, page, &device->super, to_origin, NULL);
    fz_close_device(context, &device->super);
    tell_lost(device);
  }
  fz_always(context) {
    fz_drop_device(context, &device->super);
  }
  fz_catch(context) {
    fz_rethrow(context);
  }
}

void pdf_marks_read(fz_context *context, pdf_page *page, struct arena *arena,
                    struct pdf_marks *marks) {
  *marks = (struct pdf_marks){0};
  run_page(context, page, arena, marks);
  for (enum pdf_direction d = main_direction(marks); d > PDF_RIGHT; d--) turn(marks);
  pdf_marks_anchor_numbers(&marks->chars);
}

static int by_size(const void *a, const void *b) {
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

double pdf_marks_size(const struct pdf_marks *marks, struct arena *arena) {
  if (marks->chars.count == 0) return 0;
  double *size = arena_array(arena, marks->chars.count, sizeof *size);
  for (size_t i = 0; i < marks->chars.count; i++) size[i] = marks->chars.item[i].size;
  qsort(size, marks->chars.count, sizeof *size, by_size);
  return size[marks->chars.count / 2];
}
