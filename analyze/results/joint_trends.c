/* Segments with breaks between them. Knows columns, not formulas. */
#include "analyze/results/joint_trends.h"

#include <math.h>
#include <string.h>

/* Adds YEAR to the breaks; after some twenty there is no room, and no series has as many. */
static void note_break(struct joint_trend *joint, int year) {
  size_t length = strlen(joint->breaks);
  if (BREAKS_SIZE - length > sizeof " 2000")
    snprintf(joint->breaks + length, BREAKS_SIZE - length, "%s%d", length ? " " : "", year);
}

/* The number of the segment of every point, and the breaks between them. */
static size_t *number_segments(const struct trend_table *table, struct points points,
                               struct arena *arena, struct joint_trend *joint) {
  size_t *segment = arena_array(arena, points.count, sizeof *segment);
  for (size_t i = 1; i < points.count; i++) {
    bool is_break = relation_at(table, points, i) == CROSSWALK_BREAK;
    segment[i] = segment[i - 1] + is_break;
    if (is_break) note_break(joint, points.item[i]->year);
  }
  joint->segments = (int)segment[points.count - 1] + 1;
  return segment;
}

static const char *joint_model(const struct series *series) {
  static const char *const models[] = {[VARIATION_NONE] = "",
                                       [VARIATION_SHARE] = "logistic",
                                       [VARIATION_RATE] = "poisson",
                                       [VARIATION_COUNT] = "log_linear"};
  return models[variation_of(series)];
}

void joint_trends_collect(const struct trend_table *table, const struct subject_series *of,
                          const struct own_steps *steps, struct arena *arena, joint_list *list) {
  if (!of->dispersion) return;
  for (size_t first = 0, length; first < of->points.count; first += length) {
    length = part_length(table, of->points, first, CROSSWALK_BREAK);
    struct points points = part_of(of->points, first, length);
    struct joint_trend joint = {.subject = (uint32_t)of->subject,
                                .series = points.item[0]->series,
                                .first_year = points.item[0]->year,
                                .last_year = points.item[length - 1]->year,
                                .years = (int)length,
                                .model = joint_model(of->series)};
    const size_t *segment = number_segments(table, points, arena, &joint);
    if (joint.segments < 2) continue;
    struct part_columns columns = columns_of(points, of->series, arena);
    struct own_dispersion own =
        moderate(of->dispersion, variation_of(of->series), steps->item, steps->count, steps->count);
    joint.design_effect = design_effect_of(of, own);
    joint.judged =
        judge_slope(dispersed_slope(of, &columns, segment, length, own, arena), own.freedom);
    *list_add(arena, list) = joint;
  }
}

void joint_row_write(const struct trend_table *table, const struct joint_trend *joint,
                     double q_value, FILE *file) {
  const struct series *series = series_at(table->series, joint->series);
  struct result_row row;
  static const char *const slope[] = {"slope", "lower", "upper"};
  row_begin(&row, table->joint);
  table->subjects->name(table->subjects->of, joint->subject, &row);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_integer(&row, "first_year", joint->first_year);
  row_integer(&row, "last_year", joint->last_year);
  row_integer(&row, "n", joint->years);
  row_integer(&row, "segments", joint->segments);
  row_text(&row, "breaks", joint->breaks);
  row_text(&row, "model", joint->model);
  row_judged(&row, slope, &joint->judged);
  row_number(&row, "p_value", joint->judged.p_value);
  row_number(&row, "q_value", q_value);
  row_known_dispersion(&row, subject_dispersion(table, joint->subject, series),
                       joint->design_effect);
  row_write(&row, file);
}
