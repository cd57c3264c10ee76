/* Walks the objects of a page: TextObject and PathObject, in layers and blocks (GB/T 33190-2016,
 * clauses 7 to 11). */
#include "ingest/readers/ofd/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/ooxml.h"

const double ofd_points = 72 / 25.4;

/* In points: what is thinner is a line. */
static const double LINE_WIDTH = 3.5;
enum { MOST_DELTAS = 20000, DEPTH_LIMIT = 32 };

bool ofd_numbers(const char *text, double *number, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char *end;
    if (!text) return false;
    number[i] = strtod(text, &end);
    if (end == text || !isfinite(number[i])) return false;
    text = end;
  }
  return true;
}

static double number_of(const xmlNode *node, const char *name, double otherwise) {
  double number;
  return ofd_numbers(attribute(node, name), &number, 1) ? number : otherwise;
}

struct point {
  double x, y;
};

/* From the space of an object to the page, in points. */
struct matrix {
  double a, b, c, d, e, f;
};

static struct point transformed(const struct matrix *m, double x, double y) {
  return (struct point){m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}

/* CTM, where the object has one, and then its place on the page. */
static struct matrix matrix_of(const xmlNode *object) {
  double boundary[4] = {0}, own[6];
  struct matrix m = {1, 0, 0, 1, 0, 0};
  ofd_numbers(attribute(object, "Boundary"), boundary, 4);
  if (ofd_numbers(attribute(object, "CTM"), own, 6))
    m = (struct matrix){own[0], own[1], own[2], own[3], own[4], own[5]};
  return (struct matrix){m.a * ofd_points,
                         m.b * ofd_points,
                         m.c * ofd_points,
                         m.d * ofd_points,
                         (m.e + boundary[0]) * ofd_points,
                         (m.f + boundary[1]) * ofd_points};
}

static bool is_false(const char *value) {
  return value && (strcmp(value, "false") == 0 || strcmp(value, "0") == 0);
}

static bool is_seen(const xmlNode *object) {
  const char *alpha = attribute(object, "Alpha");
  return !is_false(attribute(object, "Visible")) && !(alpha && strcmp(alpha, "0") == 0);
}

/* ---- text ---- */

/* The distances from character to character: `3.5 3.5 g 4 1.75` is 3.5 twice and 1.75 four times.
 */
typedef LIST_OF(double) delta_list;

static delta_list deltas_of(struct arena *arena, const char *text) {
  delta_list deltas = {0};
  while (text && deltas.count < MOST_DELTAS) {
    double number[2];
    text += strspn(text, " \t\r\n");
    bool is_repeated = *text == 'g';
    if (!ofd_numbers(text + is_repeated, number, is_repeated ? 2 : 1)) break;
    size_t times = !is_repeated ? 1 : number[0] > 0 ? (size_t)fmin(number[0], MOST_DELTAS) : 0;
    for (size_t i = 0; i < times && deltas.count < MOST_DELTAS; i++)
      *list_add(arena, &deltas) = number[is_repeated];
    text += is_repeated;
    for (int passed = is_repeated ? 2 : 1; passed > 0; passed--) {
      text += strspn(text, " \t\r\n");
      text += strcspn(text, " \t\r\n");
    }
  }
  return deltas;
}

struct writing {
  struct arena *arena;
  struct pdf_marks *marks;
  struct matrix matrix;
  double size, stretch; /* in the object's space; HScale */
  double x, y;          /* where the last piece of text began */
};

static void add_char(const struct writing *writing, int character, double x, double y,
                     double advance) {
  struct pdf_marks *marks = writing->marks;
  const struct matrix *m = &writing->matrix;
  struct point at = transformed(m, x, y);
  if (fabs(m->b) > 0.02 * fabs(m->a) || m->a <= 0) {
    marks->hidden++;
    return;
  }
  if (at.x < 0 || at.y < 0 || at.x > marks->width || at.y > marks->height) return;
  if (marks->chars.count >= PDF_CHARS_LIMIT) {
    marks->overflow = true;
    return;
  }
  double size = writing->size * fabs(m->d);
  struct pdf_char mark = {.character = character,
                          .direction = PDF_RIGHT,
                          .x0 = at.x,
                          .x1 = at.x + advance * m->a,
                          .y0 = at.y - 0.85 * size,
                          .y1 = at.y + 0.15 * size,
                          .size = size};
  mark.baseline = mark.y1;
  mark.anchor = (mark.x0 + mark.x1) / 2;
  *list_add(writing->arena, &marks->chars) = mark;
  marks->visible += !text_is_space(character);
  marks->unknown += character == 0xFFFD || (character >= 0xE000 && character <= 0xF8FF);
}

/* Latin letters and digits are half as wide as an em, all others as wide. */
static double width_of(int character, double size) {
  return character < 0x2E80 && character != 0x2014 && character != 0x2026 ? size / 2 : size;
}

/* A piece of text; one without a place goes on where the one before began. */
static void draw_code(struct writing *writing, const xmlNode *code) {
  writing->x = number_of(code, "X", writing->x);
  writing->y = number_of(code, "Y", writing->y);
  delta_list across = deltas_of(writing->arena, attribute(code, "DeltaX"));
  delta_list down = deltas_of(writing->arena, attribute(code, "DeltaY"));
  double x = writing->x, y = writing->y;
  const char *text = text_below(writing->arena, code);
  for (size_t i = 0; *text; i++) {
    int character = text_next(&text);
    double width = width_of(character, writing->size) * writing->stretch;
    double step = i < across.count ? across.item[i] : down.count > 0 ? 0 : width;
    add_char(writing, character, x, y, step > 0 && step < width ? step : width);
    x += step;
    y += i < down.count ? down.item[i] : 0;
  }
}

static void draw_text(const xmlNode *object, struct arena *arena, struct pdf_marks *marks) {
  struct writing writing = {.arena = arena,
                            .marks = marks,
                            .matrix = matrix_of(object),
                            .size = number_of(object, "Size", 0),
                            .stretch = number_of(object, "HScale", 1)};
  if (!(writing.size > 0) || !is_seen(object)) return;
  for (const xmlNode *code = element(object->children); code; code = element(code->next))
    if (is_element(code, "TextCode")) draw_code(&writing, code);
}

/* ---- paths ---- */

struct path {
  struct arena *arena;
  struct pdf_marks *marks;
  struct matrix matrix;
  bool is_stroke;
  struct point start, at, low, high; /* of a part so far: where it began, is, and its box */
  bool is_box;                       /* it has neither curves nor slanting sides */
};

static void add_rule(const struct path *path, pdf_rules *rules, double at, double from, double to) {
  if (path->marks->horizontal.count + path->marks->vertical.count >= PDF_RULES_LIMIT)
    path->marks->overflow = true;
  else
    *list_add(path->arena, rules) = (struct pdf_rule){at, from, to};
}

/* A box that is thin is a line. */
static void add_box(const struct path *path, struct point low, struct point high) {
  struct pdf_marks *marks = path->marks;
  if (high.y - low.y <= LINE_WIDTH)
    add_rule(path, &marks->horizontal, (low.y + high.y) / 2, low.x, high.x);
  if (high.x - low.x <= LINE_WIDTH)
    add_rule(path, &marks->vertical, (low.x + high.x) / 2, low.y, high.y);
}

static struct point least(struct point a, struct point b) {
  return (struct point){fmin(a.x, b.x), fmin(a.y, b.y)};
}

static struct point most(struct point a, struct point b) {
  return (struct point){fmax(a.x, b.x), fmax(a.y, b.y)};
}

static void end_part(struct path *path) {
  if (!path->is_stroke && path->is_box && path->low.x <= path->high.x)
    add_box(path, path->low, path->high);
  path->low = (struct point){INFINITY, INFINITY};
  path->high = (struct point){-INFINITY, -INFINITY};
  path->is_box = true;
}

static void include(struct path *path, struct point to) {
  path->low = least(path->low, to);
  path->high = most(path->high, to);
  path->at = to;
}

static void go_to(struct path *path, struct point to) {
  bool is_straight = fmin(fabs(to.x - path->at.x), fabs(to.y - path->at.y)) <= 0.3;
  path->is_box &= is_straight;
  if (path->is_stroke && is_straight) add_box(path, least(path->at, to), most(path->at, to));
  include(path, to);
}

/* One step of a path: OPERATOR with what follows it at TEXT. Returns what stands behind. */
static const char *take_step(struct path *path, char operator, const char * text) {
  static const struct {
    char operator;
    size_t numbers; /* the last two are where the step ends */
  } steps[] = {{'S', 2}, {'M', 2}, {'L', 2}, {'Q', 4}, {'B', 6}, {'A', 7}, {'C', 0}};
  double number[7];
  size_t i = 0, count = sizeof steps / sizeof *steps;
  while (i < count && steps[i].operator!= operator) i++;
  if (i == count || !ofd_numbers(text, number, steps[i].numbers)) return text;
  struct point to = path->start;
  if (steps[i].numbers)
    to = transformed(&path->matrix, number[steps[i].numbers - 2], number[steps[i].numbers - 1]);
  if (operator== 'S' || operator== 'M') {
    end_part(path);
    include(path, to);
    path->start = to;
  } else if (operator== 'L' || operator== 'C') {
    go_to(path, to);
  } else {
    path->is_box = false;
    path->at = to;
  }
  for (size_t k = 0; k < steps[i].numbers; k++) {
    text += strspn(text, " \t\r\n");
    text += strcspn(text, " \t\r\n");
  }
  return text;
}

static void draw_path(const xmlNode *object, struct arena *arena, struct pdf_marks *marks) {
  struct path path = {.arena = arena,
                      .marks = marks,
                      .matrix = matrix_of(object),
                      .is_stroke = !is_false(attribute(object, "Stroke"))};
  const char *fill = attribute(object, "Fill");
  if (!is_seen(object) || (!path.is_stroke && (!fill || is_false(fill)))) return;
  end_part(&path);
  const char *text = text_below(arena, child(object, "AbbreviatedData"));
  while (*text) {
    text += strspn(text, " \t\r\n");
    if (*text) text = take_step(&path, *text, text + 1);
  }
  end_part(&path);
}

/* ---- a page ---- */

static void draw_objects(const xmlNode *node, struct arena *arena, struct pdf_marks *marks,
                         int depth) {
  for (node = element(node->children); node && depth < DEPTH_LIMIT; node = element(node->next)) {
    if (is_element(node, "TextObject"))
      draw_text(node, arena, marks);
    else if (is_element(node, "PathObject"))
      draw_path(node, arena, marks);
    else if (is_element(node, "Content") || is_element(node, "Layer") ||
             is_element(node, "PageBlock"))
      draw_objects(node, arena, marks, depth + 1);
    else if (is_element(node, "ImageObject"))
      marks->pictured = 1;
  }
}

void ofd_draw(const xmlNode *page, struct arena *arena, struct pdf_marks *marks) {
  draw_objects(page, arena, marks, 0);
}
