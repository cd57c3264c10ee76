/* Charts by DrawingML (ECMA-376 part 1, 21.2), whatever kind of chart. */
#include "ingest/readers/docx/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "ingest/readers/ooxml.h"

typedef LIST_OF(struct chart_point) point_list;

/* Far more than a chart of a report has; a file that says otherwise must not cost memory. */
enum { DOUBLE_DIGITS = 15, LONGEST_NUMBER = 64, MOST_POINTS = 4096, MOST_SERIES = 256 };

static bool is_number(const char *text) {
  return *text && strlen(text) < LONGEST_NUMBER &&
         strspn(text, "+-.0123456789Ee") == strlen(text) && strpbrk(text, "0123456789");
}

static size_t significant_digits(const char *text) {
  text += strspn(text, "+-0.");
  size_t digits = 0;
  for (; *text >= '0' ? *text <= '9' : *text == '.'; text++) digits += *text != '.';
  return digits;
}

/* NUMBER with at most fifteen digits in plain notation; NULL where it is out of all bounds. */
static const char *plain(struct arena *arena, double number) {
  char text[LONGEST_NUMBER];
  if (!isfinite(number) || fabs(number) >= 1e15 || (number != 0 && fabs(number) < 1e-10))
    return NULL;
  int digits_before = number == 0 ? 1 : (int)floor(log10(fabs(number))) + 1;
  int places = DOUBLE_DIGITS - digits_before;
  snprintf(text, sizeof text, "%.*f", places > 0 ? places : 0, number);
  struct decimal exact;
  char shortest[DECIMAL_TEXT_SIZE];
  if (!decimal_parse(text, strlen(text), &exact)) return NULL;
  return arena_text(arena, decimal_text(exact, shortest));
}

static const char *hundredfold(struct arena *arena, const char *text) {
  struct decimal value;
  char digits[DECIMAL_TEXT_SIZE];
  if (!decimal_parse(text, strlen(text), &value) ||
      !decimal_multiply(value, decimal_from(100), &value))
    return text;
  return arena_format(arena, "%s%%", decimal_text(value, digits));
}

const char *docx_chart_value(struct arena *arena, const char *value, bool percent) {
  if (!is_number(value)) return value;
  const char *text = value;
  if (strpbrk(value, "Ee") || significant_digits(value) > DOUBLE_DIGITS) {
    char *end;
    double number = strtod(value, &end);
    const char *rounded = *end ? NULL : plain(arena, number);
    if (!rounded) return value;
    text = rounded;
  }
  return percent ? hundredfold(arena, text) : text;
}

/* ---- what is kept of the data ---- */

/* A cache of points: `pt` with an index each, in whichever of the elements that may hold them. */
static const xmlNode *cache_of(const xmlNode *data) {
  static const char *const places[] = {"strRef strCache", "numRef numCache",
                                       "multiLvlStrRef multiLvlStrCache", "strLit", "numLit"};
  const xmlNode *cache = NULL;
  for (size_t i = 0; i < sizeof places / sizeof *places && !cache; i++)
    cache = descend(data, places[i]);
  return cache;
}

static size_t point_index(const xmlNode *point) {
  return whole_number(attribute(point, "idx"), MOST_POINTS, MOST_POINTS + 1);
}

static const char *point_text(struct arena *arena, const xmlNode *point) {
  return text_below(arena, child(point, "v"));
}

/* The texts of a cache by index, in *TEXTS of COUNT (NULL where a point is missing); of several
 * levels the innermost comes first, and an outer label holds until the next one. */
struct labels {
  const char **text;
  size_t count;
};

static size_t points_in(const xmlNode *cache) {
  size_t count = 0;
  for (const xmlNode *node = cache ? element(cache->children) : NULL; node;
       node = element(node->next)) {
    size_t more = is_element(node, "lvl")  ? points_in(node)
                  : is_element(node, "pt") ? point_index(node) + 1
                                           : 0;
    if (more > count && more <= MOST_POINTS) count = more;
  }
  return count;
}

static void take_texts(struct arena *arena, const xmlNode *cache, struct labels *labels) {
  for (const xmlNode *node = element(cache->children); node; node = element(node->next)) {
    size_t index = is_element(node, "pt") ? point_index(node) : labels->count;
    if (index < labels->count) labels->text[index] = point_text(arena, node);
  }
}

static void put_level_before(struct arena *arena, const xmlNode *level, struct labels *labels) {
  struct labels outer = {arena_array(arena, labels->count + 1, sizeof *outer.text), labels->count};
  take_texts(arena, level, &outer);
  const char *last = NULL;
  for (size_t i = 0; i < labels->count; i++) {
    if (outer.text[i]) last = outer.text[i];
    const char *inner = labels->text[i];
    labels->text[i] = last && inner ? arena_format(arena, "%s %s", last, inner)
                      : inner       ? inner
                                    : last;
  }
}

static struct labels labels_of(struct arena *arena, const xmlNode *data) {
  const xmlNode *cache = cache_of(data);
  struct labels labels = {.count = points_in(cache)};
  labels.text = arena_array(arena, labels.count + 1, sizeof *labels.text);
  if (!cache) return labels;
  const xmlNode *level = child(cache, "lvl");
  take_texts(arena, level ? level : cache, &labels);
  for (level = level ? level->next : NULL; level; level = level->next)
    if (is_element(level, "lvl")) put_level_before(arena, level, &labels);
  return labels;
}

/* All texts of a reference or a literal, one after the other: a title, a series' name. */
static const char *joined(struct arena *arena, const xmlNode *tx) {
  const xmlNode *literal = child(tx, "v");
  if (literal) return text_below(arena, literal);
  struct labels labels = labels_of(arena, tx);
  const char *text = "";
  for (size_t i = 0; i < labels.count; i++)
    if (labels.text[i]) text = arena_format(arena, "%s%s", text, labels.text[i]);
  return text;
}

static const char *either(const char *text, const char *otherwise) {
  return text ? text : otherwise;
}

static void take_series(struct arena *arena, const xmlNode *series, point_list *points) {
  const xmlNode *categories = child(series, "cat"), *values = child(series, "val");
  if (!categories) categories = child(series, "xVal");
  if (!values) values = child(series, "yVal");
  const char *name = joined(arena, child(series, "tx"));
  struct labels category = labels_of(arena, categories), value = labels_of(arena, values);
  const char *format = text_below(arena, child(cache_of(values), "formatCode"));
  bool percent = strchr(format, '%') != NULL;
  for (size_t i = 0; i < value.count; i++)
    if (value.text[i] && *value.text[i])
      *list_add(arena, points) =
          (struct chart_point){name, i < category.count ? either(category.text[i], "") : "",
                               docx_chart_value(arena, value.text[i], percent)};
}

static const char *title_of(struct arena *arena, const xmlNode *chart, const point_list *points,
                            bool single, const char *caption) {
  const xmlNode *title = child(chart, "title"), *tx = child(title, "tx");
  const xmlNode *rich = child(tx, "rich");
  const char *text = rich ? text_below(arena, rich) : joined(arena, tx);
  if (*text) return text;
  const char *series = single && points->count ? points->item[0].series : "";
  if (title && *series) return series; /* an empty title shows the only series' name */
  return *caption ? caption : series;
}

struct chart docx_chart(struct arena *arena, const xmlNode *root, const char *caption) {
  const xmlNode *chart = child(root, "chart"), *area = child(chart, "plotArea");
  point_list points = {0};
  size_t series = 0;
  for (const xmlNode *kind = area ? element(area->children) : NULL; kind;
       kind = element(kind->next))
    for (const xmlNode *node = element(kind->children); node; node = element(node->next))
      if (is_element(node, "ser") && series < MOST_SERIES) {
        take_series(arena, node, &points);
        series++;
      }
  return (struct chart){title_of(arena, chart, &points, series == 1, caption), points.item,
                        points.count};
}
