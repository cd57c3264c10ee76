/* Colours must be told apart in print, in black and white, and by people with colour blindness. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "plot/drawing/theme.h"

/* ---- how far apart colours are, in L*a*b* ---- */

struct rgb {
  double red, green, blue; /* linear light, 0 to 1 */
};

static double linear(long byte) {
  double v = (double)byte / 255;
  return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4); /* sRGB, IEC 61966-2-1 */
}

static struct rgb parse(const char *colour) {
  long rgb = strtol(colour + 1, NULL, 16);
  return (struct rgb){linear(rgb >> 16 & 255), linear(rgb >> 8 & 255), linear(rgb & 255)};
}

static double lab_curve(double t) { /* CIE 15:2004 */
  return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

struct lab {
  double l, a, b;
};

static struct lab to_lab(struct rgb c) { /* sRGB primaries, D65 white */
  double x = lab_curve((0.4124 * c.red + 0.3576 * c.green + 0.1805 * c.blue) / 0.9505);
  double y = lab_curve(0.2126 * c.red + 0.7152 * c.green + 0.0722 * c.blue);
  double z = lab_curve((0.0193 * c.red + 0.1192 * c.green + 0.9505 * c.blue) / 1.089);
  return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double distance(struct rgb left, struct rgb right) {
  struct lab p = to_lab(left), q = to_lab(right);
  return sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

static double seen_distance(const char *a, const char *b) {
  return distance(parse(a), parse(b));
}

/* Where the eye lacks the long- or the medium-wave cones. */
enum vision { VISION_PROTANOPIA, VISION_DEUTERANOPIA };

/* Machado, Oliveira and Fernandes (2009), severity 1. */
static struct rgb as_seen(enum vision vision, struct rgb c) {
  static const double matrix[][3][3] = {
      [VISION_PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                             {0.114503, 0.786281, 0.099216},
                             {-0.003882, -0.048116, 1.051998}},
      [VISION_DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                               {0.280085, 0.672501, 0.047413},
                               {-0.011820, 0.042940, 0.968881}},
  };
  const double(*m)[3] = matrix[vision];
  double out[3];
  for (int i = 0; i < 3; i++) {
    double v = m[i][0] * c.red + m[i][1] * c.green + m[i][2] * c.blue;
    out[i] = fmin(fmax(v, 0), 1);
  }
  return (struct rgb){out[0], out[1], out[2]};
}

static double seen_distance_by(enum vision vision, const char *a, const char *b) {
  return distance(as_seen(vision, parse(a)), as_seen(vision, parse(b)));
}

/* ---- the theme ---- */

static const struct theme *theme_default(void) {
  static struct theme theme;
  theme = theme_for(&theme_sizes[0], NULL);
  return &theme;
}

static const char *colour(enum theme_colour name) {
  return theme_default()->colour[name];
}

static void measures_agree_with_published_values(void **state) {
  (void)state;
  assert_true(fabs(theme_lightness("#000000")) < 0.01);
  assert_true(fabs(theme_lightness("#FFFFFF") - 100) < 0.1);
  assert_true(fabs(theme_lightness("#777777") - 50.03) < 0.1);
  assert_true(fabs(seen_distance("#FF0000", "#00FF00") - 170.6) <
              0.5); /* CIE76 of pure red, green */
  assert_true(seen_distance_by(VISION_DEUTERANOPIA, "#D00000", "#808000") <
              seen_distance("#D00000", "#808000"));
}

static void the_smallest_text_is_read_in_every_size(void **state) {
  (void)state;
  static const double least[] = {7.5, 12, 9,
                                 7.5}; /* points: on paper, on a wall, on a screen, on a phone */
  assert_int_equal(theme_sizes_count, sizeof least / sizeof *least);
  for (size_t i = 0; i < sizeof least / sizeof *least; i++) {
    struct theme theme = theme_for(&theme_sizes[i], NULL);
    assert_true(theme.small * theme.scale >= least[i]);
    assert_true(fabs(theme.width * theme.scale - theme_sizes[i].width) < 0.01);
    assert_true(theme.small <= theme.detail && theme.detail <= theme.label);
  }
}

static void neighbours_in_a_stacked_bar_differ_in_lightness(void **state) {
  (void)state;
  for (enum theme_colour i = COLOUR_SERIES_1; i < COLOUR_SERIES_1 + THEME_SERIES - 1; i++)
    assert_true(fabs(theme_lightness(colour(i)) - theme_lightness(colour(i + 1))) >= 10);
  assert_true(fabs(theme_lightness(colour(COLOUR_BAR_MAIN)) -
                   theme_lightness(colour(COLOUR_BAR_DETAIL))) >= 10);
}

static void any_two_series_stay_apart_in_every_vision(void **state) {
  (void)state;
  for (enum theme_colour i = COLOUR_SERIES_1; i < COLOUR_SERIES_1 + THEME_SERIES; i++)
    for (enum theme_colour j = i + 1; j < COLOUR_SERIES_1 + THEME_SERIES; j++) {
      assert_true(seen_distance(colour(i), colour(j)) >= 20);
      assert_true(seen_distance_by(VISION_PROTANOPIA, colour(i), colour(j)) >= 15);
      assert_true(seen_distance_by(VISION_DEUTERANOPIA, colour(i), colour(j)) >= 15);
      assert_true(fabs(theme_lightness(colour(i)) - theme_lightness(colour(j))) >= 10);
    }
}

static void steps_of_a_heat_map_darken_evenly_in_every_vision_and_in_grey(void **state) {
  (void)state;
  for (enum theme_colour i = COLOUR_HEAT_1; i < COLOUR_HEAT_1 + THEME_HEATS; i++) {
    enum theme_colour text = theme_text_on(theme_default(), i);
    assert_true(fabs(theme_lightness(colour(text)) - theme_lightness(colour(i))) >= 40);
    if (i == COLOUR_HEAT_1) continue;
    assert_true(theme_lightness(colour(i - 1)) - theme_lightness(colour(i)) >= 10);
    assert_true(seen_distance_by(VISION_PROTANOPIA, colour(i - 1), colour(i)) >= 12);
    assert_true(seen_distance_by(VISION_DEUTERANOPIA, colour(i - 1), colour(i)) >= 12);
  }
}

static void every_bar_is_seen_on_the_paper(void **state) {
  (void)state;
  for (enum theme_colour i = COLOUR_SERIES_1; i <= COLOUR_BAR_DETAIL; i++) {
    if (i == COLOUR_HEAT_1) continue; /* a cell, with its text */
    assert_true(theme_lightness(colour(COLOUR_PAPER)) - theme_lightness(colour(i)) >= 10);
  }
}

static void lines_are_seen_on_their_bands_and_bands_on_the_paper(void **state) {
  (void)state;
  double line = theme_lightness(colour(COLOUR_BAR_MAIN)),
         band = theme_lightness(colour(COLOUR_HEAT_2));
  assert_true(band - line >= 40);
  assert_true(theme_lightness(colour(COLOUR_PAPER)) - band >= 15);
}

static void text_is_read_on_paper_and_on_every_part(void **state) {
  (void)state;
  assert_true(theme_lightness(colour(COLOUR_PAPER)) - theme_lightness(colour(COLOUR_QUIET)) >= 50);
  for (enum theme_colour i = COLOUR_SERIES_1; i < COLOUR_SERIES_1 + THEME_SERIES; i++) {
    enum theme_colour text = theme_text_on(theme_default(), i);
    assert_true(fabs(theme_lightness(colour(text)) - theme_lightness(colour(i))) >= 45);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(measures_agree_with_published_values),
      cmocka_unit_test(the_smallest_text_is_read_in_every_size),
      cmocka_unit_test(neighbours_in_a_stacked_bar_differ_in_lightness),
      cmocka_unit_test(any_two_series_stay_apart_in_every_vision),
      cmocka_unit_test(steps_of_a_heat_map_darken_evenly_in_every_vision_and_in_grey),
      cmocka_unit_test(every_bar_is_seen_on_the_paper),
      cmocka_unit_test(lines_are_seen_on_their_bands_and_bands_on_the_paper),
      cmocka_unit_test(text_is_read_on_paper_and_on_every_part),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
