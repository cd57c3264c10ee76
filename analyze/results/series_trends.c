/* Leads each part of a series through the statistics. Knows columns, not formulas. */
#include "analyze/results/series_trends.h"

#include <math.h>

#include "analyze/statistics/changes.h"
#include "analyze/statistics/regressions.h"

void trend_p_values(const struct trend *trend, double p_values[TREND_TESTS]) {
  p_values[0] = trend->kendall.p_value;
  p_values[1] = trend->line.p_value;
  p_values[2] = trend->fit.p_value;
  p_values[3] = trend->change.p_value;
  p_values[4] = trend->judged.p_value;
  p_values[5] = trend->clean.p_value;
}

static unsigned flags_of(struct points points) {
  unsigned flags = points.item[0]->flags & ~(unsigned)FLAGS_OF_CHANGE;
  for (size_t i = 1; i < points.count; i++) flags |= points.item[i]->flags;
  return flags;
}

static void fit_model(const struct series *series, const struct part_columns *columns, size_t count,
                      struct trend *trend) {
  trend->fit = (struct count_fit){NAN, NAN, NAN, NAN, NAN, NAN};
  trend->model = "";
  if (series->kind == KIND_SHARE) {
    trend->model = "logistic";
    trend->fit = logistic_regression(columns->years, columns->events, columns->sizes, count);
  } else if (series->kind == KIND_RATE || series->is_count) {
    trend->model = "poisson";
    trend->fit = poisson_regression(columns->years, columns->events, columns->sizes, count);
  }
}

/* What the dispersion of the peers says of the slope of COLUMNS. */
static struct slope peer_slope(const struct subject_series *of, struct own_dispersion own,
                               struct points points, struct arena *arena) {
  struct part_columns columns = columns_of(points, of->series, arena);
  const size_t *segment = arena_array(arena, points.count, sizeof *segment); /* all 0 */
  return dispersed_slope(of, &columns, segment, points.count, own, arena);
}

static struct own_dispersion own_dispersion_of(const struct followed_series *followed) {
  const struct subject_series *of = followed->of;
  const struct own_steps *steps = followed->steps;
  return moderate(of->dispersion, variation_of(of->series), steps->item, steps->count,
                  steps->count);
}

static void judge_trend(const struct followed_series *followed, struct points points,
                        struct arena *arena, struct trend *trend) {
  const struct subject_series *of = followed->of;
  trend->own = (struct slope){NAN, NAN};
  trend->design_effect = NAN;
  trend->judged = judge_slope(trend->own, INFINITY);
  if (!of->dispersion) return;
  struct own_dispersion own = own_dispersion_of(followed);
  trend->design_effect = design_effect_of(of, own);
  trend->own = peer_slope(of, own, points, arena);
  trend->freedom = own.freedom;
  trend->judged = judge_slope(trend->own, own.freedom);
}

/* ---- without what breaks a hard rule ---- */

/* Those of the CLEAN points that are of the years of POINTS. */
static struct points clean_part(struct points clean, struct points points) {
  size_t first = 0, end;
  int from = points.item[0]->year, to = points.item[points.count - 1]->year;
  while (first < clean.count && clean.item[first]->year < from) first++;
  for (end = first; end < clean.count && clean.item[end]->year <= to;) end++;
  return part_of(clean, first, end - first);
}

/* What a point counts for in the share that breaks a rule. */
static double weight_of(const struct series *series, const struct point *point) {
  if (series->kind != KIND_LEVEL) return point->denominator;
  return series->is_count ? point->estimate : 1;
}

static double failed_share_of(const struct series *series, struct points points,
                              struct points clean) {
  double all = 0, kept = 0;
  for (size_t i = 0; i < points.count; i++) all += weight_of(series, points.item[i]);
  for (size_t i = 0; i < clean.count; i++) kept += weight_of(series, clean.item[i]);
  return all > 0 ? fmax(all - kept, 0) / all : NAN;
}

/* The slope of the clean years: by the dispersion of the peers where that is known, else by the
 * scatter of the years. */
static struct judged_slope clean_slope(const struct followed_series *followed, struct points clean,
                                       const struct trend *trend, struct arena *arena) {
  const struct subject_series *of = followed->of;
  struct judged_slope none = {NAN, {NAN, NAN}, NAN};
  if (clean.count < 2) return none;
  if (of->dispersion)
    return judge_slope(peer_slope(of, own_dispersion_of(followed), clean, arena), trend->freedom);
  struct part_columns columns = columns_of(clean, of->series, arena);
  struct line_fit line = least_squares_line(columns.years, columns.values, clean.count, arena);
  return (struct judged_slope){line.slope, {line.lower, line.upper}, line.p_value};
}

static void add_clean(const struct followed_series *followed, struct points points,
                      struct arena *arena, struct trend *trend) {
  struct points clean = clean_part(followed->clean, points);
  trend->clean_years = (int)clean.count;
  trend->failed_share = failed_share_of(followed->of->series, points, clean);
  trend->clean = clean_slope(followed, clean, trend, arena);
}

static void compute(const struct followed_series *followed, struct points points,
                    struct interval_memory *memory, struct arena *arena, struct trend *trend) {
  const struct series *series = followed->of->series;
  size_t count = points.count;
  struct part_columns columns = columns_of(points, series, arena);
  double *scratch = arena_array(arena, count * (count - 1) / 2, sizeof *scratch);
  trend->first_year = points.item[0]->year;
  trend->last_year = points.item[count - 1]->year;
  trend->years = (int)count;
  trend->flags = flags_of(points);
  trend->line = least_squares_line(columns.years, columns.values, count, arena);
  trend->sen = theil_sen(columns.years, columns.values, count, scratch);
  trend->kendall = mann_kendall_test(columns.values, count);
  trend->exact_p_value = mann_kendall_exact(columns.values, count, arena);
  trend->growth = compound_growth(columns.values[0], columns.values[count - 1],
                                  trend->last_year - trend->first_year);
  trend->growth_limits = growth_interval(growing_estimate(points.item[count - 1], series, memory),
                                         growing_estimate(points.item[0], series, memory),
                                         trend->last_year - trend->first_year);
  fit_model(series, &columns, count, trend);
  trend->change = pettitt_test(columns.values, count);
  if (trend->change.after) trend->change_year = points.item[trend->change.after]->year;
  judge_trend(followed, points, arena, trend);
  add_clean(followed, points, arena, trend);
}

void trends_collect(const struct trend_table *table, const struct followed_series *followed,
                    struct interval_memory *memory, struct arena *arena, trend_list *trends) {
  const struct subject_series *of = followed->of;
  struct points points = of->points;
  size_t before = trends->count;
  int segments = 0;
  for (size_t first = 0, length; first < points.count; first += length) {
    struct trend trend = {
        .subject = (uint32_t)of->subject, .series = points.item[0]->series, .segment = ++segments};
    length = part_length(table, points, first, CROSSWALK_JOINED);
    if (first > 0 && relation_at(table, points, first) == CROSSWALK_BREAK)
      trend.break_year = points.item[first]->year;
    if (length < 2) continue;
    compute(followed, part_of(points, first, length), memory, arena, &trend);
    *list_add(arena, trends) = trend;
  }
  for (size_t i = before; i < trends->count; i++) trends->item[i].segments = segments;
}

/* ---- rows ---- */

static void row_tests(struct result_row *row, const struct trend *trend,
                      const double q_values[TREND_TESTS]) {
  row_number(row, "slope", trend->line.slope);
  row_number(row, "slope_lower", trend->line.lower);
  row_number(row, "slope_upper", trend->line.upper);
  row_number(row, "p_value", trend->line.p_value);
  row_number(row, "sen_slope", trend->sen.slope);
  row_number(row, "sen_lower", trend->sen.lower);
  row_number(row, "sen_upper", trend->sen.upper);
  row_number(row, "mk_tau", trend->kendall.tau);
  row_number(row, "mk_p_value", trend->kendall.p_value);
  row_number(row, "q_value", q_values[0]);
  row_year(row, "breaks", trend->break_year);
}

static void row_further_tests(struct result_row *row, const struct trend *trend,
                              const double q_values[TREND_TESTS]) {
  row_number(row, "mk_exact_p_value", trend->exact_p_value);
  row_number(row, "slope_q_value", q_values[1]);
  row_number(row, "growth", trend->growth);
  row_text(row, "model", trend->model);
  row_number(row, "model_slope", trend->fit.slope);
  row_number(row, "model_lower", trend->fit.lower);
  row_number(row, "model_upper", trend->fit.upper);
  row_number(row, "model_p_value", trend->fit.p_value);
  row_number(row, "model_q_value", q_values[2]);
  row_number(row, "dispersion", trend->fit.dispersion);
  row_year(row, "change_year", trend->change_year);
  row_number(row, "change_statistic", trend->change.statistic);
  row_number(row, "change_p_value", trend->change.p_value);
  row_number(row, "change_q_value", q_values[3]);
  row_number(row, "growth_lower", trend->growth_limits.lower);
  row_number(row, "growth_upper", trend->growth_limits.upper);
}

/* What the peers say of the slope. */
static void row_pooled(const struct trend_table *table, const struct trend *trend,
                       const struct slope_group *group, double q_value, struct result_row *row) {
  static const char *const pooled[] = {"pooled_slope", "pooled_lower", "pooled_upper"};
  static const char *const shrunk[] = {"shrunk_slope", "shrunk_lower", "shrunk_upper"};
  static const struct slope_group none = {NAN, NAN, NAN, 0};
  const struct series *series = series_at(table->series, trend->series);
  struct judged_slope drawn = {NAN, {NAN, NAN}, NAN};
  if (group && isfinite(trend->own.value))
    drawn = judge_slope(draw_to_group(trend->own, group), trend->freedom);
  row_known_dispersion(row, subject_dispersion(table, trend->subject, series),
                       trend->design_effect);
  row_judged(row, pooled, &trend->judged);
  row_number(row, "pooled_p_value", trend->judged.p_value);
  row_number(row, "pooled_q_value", q_value);
  row_judged(row, shrunk, &drawn);
  row_number(row, "slopes_mean", (group ? group : &none)->mean);
  row_number(row, "slopes_tau2", (group ? group : &none)->tau2);
  if (group)
    row_integer(row, "slopes_organs", (long long)group->count);
  else
    row_text(row, "slopes_organs", "");
}

/* The same without what breaks a hard rule. */
static void row_clean(struct result_row *row, const struct trend *trend, double q_value) {
  static const char *const slope[] = {"clean_slope", "clean_lower", "clean_upper"};
  row_number(row, "failed_share", trend->failed_share);
  row_integer(row, "clean_n", trend->clean_years);
  row_judged(row, slope, &trend->clean);
  row_number(row, "clean_p_value", trend->clean.p_value);
  row_number(row, "clean_q_value", q_value);
}

void trend_row_write(const struct trend_table *table, const struct trend *trend,
                     const struct slope_group *group, const double q_values[TREND_TESTS],
                     FILE *file) {
  const struct series *series = series_at(table->series, trend->series);
  struct result_row row;
  row_begin(&row, table->trends);
  table->subjects->name(table->subjects->of, trend->subject, &row);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_integer(&row, "first_year", trend->first_year);
  row_integer(&row, "last_year", trend->last_year);
  row_integer(&row, "n", trend->years);
  row_tests(&row, trend, q_values);
  row_integer(&row, "segment", trend->segment);
  row_integer(&row, "segments", trend->segments);
  row_integer(&row, "gaps", (long long)trend->last_year - trend->first_year + 1 - trend->years);
  row_further_tests(&row, trend, q_values);
  char flags[FLAGS_TEXT_SIZE];
  row_text(&row, "flags", result_flags_text(trend->flags, flags));
  if (table->dispersions) row_pooled(table, trend, group, q_values[4], &row);
  row_clean(&row, trend, q_values[5]);
  row_write(&row, file);
}
