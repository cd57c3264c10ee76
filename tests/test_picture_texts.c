/* No text of a picture lies on another one or leaves the page, whatever its size and its names. */
#include <math.h>

#include "plot/drawing/picture.h"
#include "tests/support.h"

struct box {
  char text[400];
  double left, right, top, bottom;
};

enum { BOXES_MOST = 1200 };

/* The number behind MARK, from *AT on, which moves behind it. */
static double number_behind(const char **at, const char *mark) {
  const char *found = strstr(*at, mark);
  if (!found) fail_msg("there is no '%s' in: %.80s", mark, *at);
  char *end;
  double number = strtod(found + strlen(mark), &end);
  *at = end;
  return number;
}

/* The place of the text that AT, behind its opening quotation mark, begins with. */
static struct box box_of(const char *at, const struct theme *theme, double height) {
  struct box box;
  size_t length = strcspn(at, "'");
  snprintf(box.text, sizeof box.text, "%.*s", (int)length, at);
  at += length;
  double x = number_behind(&at, "at screen ") * theme->width;
  double y = (1 - number_behind(&at, ",")) * height;
  bool is_left = strncmp(at, " left", 5) == 0, is_right = strncmp(at, " right", 6) == 0;
  double points = number_behind(&at, "font ',");
  double wide = 0.95 * text_width(box.text) * points, high = 0.8 * points;
  box.left = is_left ? x : is_right ? x - wide : x - wide / 2;
  box.right = box.left + wide;
  box.top = y - high / 2;
  box.bottom = y + high / 2;
  if (box.left < 0 || box.right > theme->width || box.top < 0 || box.bottom > height)
    fail_msg("'%s' leaves the page", box.text);
  return box;
}

/* The texts of SCRIPT, which is of a PNG; returns how many. A text is quoted with single quotes. */
static size_t read_texts(const char *script, const struct theme *theme, struct box *boxes) {
  const char *at = script;
  double width = number_behind(&at, "set terminal pngcairo size ");
  double height = number_behind(&at, ",") * theme->width / width;
  size_t count = 0;
  for (at = script; (at = strstr(at, "\nset label ")) && count < BOXES_MOST;) {
    at += strlen("\nset label ");
    at += strspn(at, "0123456789");
    if (strncmp(at, " '", 2) == 0) boxes[count++] = box_of(at + 2, theme, height);
  }
  return count;
}

static void assert_apart(const struct box *boxes, size_t count) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < i; j++)
      if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right &&
          boxes[i].top < boxes[j].bottom && boxes[j].top < boxes[i].bottom)
        fail_msg("'%s' lies on '%s'", boxes[i].text, boxes[j].text);
}

/* Lays PICTURE out for every size, and looks at its texts. */
static void assert_readable(struct arena *arena, const struct picture *picture) {
  struct box *boxes = arena_array(arena, BOXES_MOST, sizeof *boxes);
  for (size_t i = 0; i < theme_sizes_count; i++) {
    struct theme theme = theme_for(&theme_sizes[i], NULL);
    char *script = NULL, *data = NULL;
    size_t length, size;
    FILE *script_file = open_memstream(&script, &length), *data_file = open_memstream(&data, &size);
    picture_write(arena, &theme, NULL, picture, "x", PICTURE_PNG, script_file, data_file);
    fclose(script_file);
    fclose(data_file);
    size_t count = read_texts(script, &theme, boxes);
    assert_true(count > 4 && count < BOXES_MOST);
    assert_apart(boxes, count);
    free(script);
    free(data);
  }
}

static struct picture picture_of(const struct body *body) {
  return (struct picture){.chart = "x",
                          .title =
                              "示例省示例市甲区人民政府2020年公开率（予以公开与部分公开占办结数）",
                          .organ = "示例省示例市甲区人民政府",
                          .subtitle = "示例省示例市甲区人民政府：20.3%（n=251），低于95%界限",
                          .source = "来源：示例",
                          .body = body};
}

static const char *name_of(struct arena *arena, uint64_t *seed) {
  static const char *const names[] = {"甲区", "示例省示例市乙区人民政府", "丙县人民政府办公室",
                                      "A district of the province of examples"};
  return arena_format(arena, "%s%llu", names[random_below(seed, 4)],
                      (unsigned long long)random_below(seed, 100));
}

static void add_funnel_point(struct arena *arena, struct picture *picture, uint64_t *seed,
                             bool emphasised) {
  struct plane_point *point = list_add(arena, &picture->plane.points);
  double before = picture->plane.points.count > 1 ? point[-1].x : 1;
  *point = (struct plane_point){.x = before + 0.02 + (double)random_below(seed, 10) / 100,
                                .y = (double)random_below(seed, 100),
                                .known = true,
                                .has_limits = true,
                                .has_adjusted = true,
                                .limit = {30, 40, 60, 70},
                                .adjusted = {5, 15, 85, 95},
                                .emphasised = emphasised,
                                .label = name_of(arena, seed),
                                .count = "",
                                .status = "",
                                .key = "",
                                .name = ""};
}

static void names_in_a_funnel_lie_on_no_other_text(void **state) {
  struct scratch *s = *state;
  uint64_t seed = 20240131;
  for (int run = 0; run < 40; run++) {
    struct picture picture = picture_of(&plane_body);
    picture.plane = (struct plane){.x_axis = "分母 n（对数刻度）",
                                   .y_axis = "公开率（%）",
                                   .percent = true,
                                   .centre = 50,
                                   .centre_label = "50.0%",
                                   .limit_label = {"99.8%", "95%", "95%", "99.8%"},
                                   .adjusted_name = "Limits that decide (95%, 99.8%)",
                                   .chance_name = "Limits by chance alone (95%, 99.8%)"};
    size_t points = 2 + random_below(&seed, 30), own = random_below(&seed, 2);
    for (size_t i = 0; i < points; i++) add_funnel_point(s->arena, &picture, &seed, i == own);
    assert_readable(s->arena, &picture);
  }
}

static void what_stands_below_the_years_of_a_trend_keeps_apart(void **state) {
  struct scratch *s = *state;
  for (int years = 1; years < 25; years++) {
    struct picture picture = picture_of(&plane_body);
    picture.plane = (struct plane){.years = true, .x_axis = "", .y_axis = "件", .percent = true};
    for (int i = 0; i < years; i++)
      *list_add(s->arena, &picture.plane.points) =
          (struct plane_point){.x = 2001 + i,
                               .has_bounds = i % 3 == 0,
                               .known = i % 3 != 0,
                               .y = i,
                               .lower = 1,
                               .upper = 99,
                               .under = {arena_format(s->arena, "%d", 2001 + i), "10.0%–",
                                         i % 3 ? "n=12,345,678" : "100.0%"},
                               .count = "",
                               .status = "",
                               .key = "",
                               .name = ""};
    assert_readable(s->arena, &picture);
  }
}

static void numbers_and_names_of_a_heat_map_keep_apart(void **state) {
  struct scratch *s = *state;
  uint64_t seed = 7;
  for (size_t rows = 1; rows <= GRID_ROWS; rows += 7)
    for (size_t columns = 1; columns <= 16; columns += 5) {
      struct picture picture = picture_of(&grid_body);
      picture.grid.columns = columns;
      for (size_t i = 0; i < columns; i++)
        picture.grid.column[i] = arena_format(s->arena, "%zu", 2008 + i);
      for (size_t i = 0; i < rows; i++) {
        struct heat_row *row = list_add(s->arena, &picture.grid.rows);
        *row = (struct heat_row){name_of(s->arena, &seed),
                                 arena_array(s->arena, columns, sizeof *row->cell)};
        for (size_t j = 0; j < columns; j++)
          row->cell[j] = (struct heat_cell){COLOUR_HEAT_2, "100.0", "100", "", "", j % 2};
      }
      assert_readable(s->arena, &picture);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(names_in_a_funnel_lie_on_no_other_text),
      scratch_test(what_stands_below_the_years_of_a_trend_keeps_apart),
      scratch_test(numbers_and_names_of_a_heat_map_keep_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
