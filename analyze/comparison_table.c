/* Peers of a year as columns. Knows no formulas. */
#include "analyze/comparison_table.h"

#include <math.h>
#include <stdlib.h>

#include "analyze/comparisons.h"
#include "analyze/pipeline.h"
#include "analyze/row.h"

/* The points of a year, and what was taken of them. */
struct year {
  const struct comparison_table *table;
  struct points left;
};

/* What a piece carries from step to step. */
struct batch {
  struct points points; /* of one series */
  char *text;
  size_t size;
};

/* The peers of a comparison as columns. */
struct peers {
  double *estimates, *events, *trials, *shrunk, *percentile;
  size_t *rank;
};

static struct peers peers_of(struct arena *arena, struct points points) {
  struct peers peers = {0};
  double **columns[] = {&peers.estimates, &peers.events, &peers.trials, &peers.shrunk,
                        &peers.percentile};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    *columns[i] = arena_array(arena, points.count, sizeof **columns[i]);
  peers.rank = arena_array(arena, points.count, sizeof *peers.rank);
  for (size_t i = 0; i < points.count; i++) {
    peers.estimates[i] = points.item[i]->estimate;
    peers.events[i] = points.item[i]->numerator;
    peers.trials[i] = points.item[i]->denominator;
    peers.shrunk[i] = NAN;
  }
  return peers;
}

/* The funnel limits at a size; many organs are of the same. */
struct funnel {
  double size;
  double limit[4];
};

enum { FUNNELS = 4096 };

static struct funnel make_funnel(enum indicator_kind kind, double target, double size) {
  static const double probabilities[] = {0.025, 0.975, 0.001, 0.999};
  struct funnel funnel = {size, {NAN, NAN, NAN, NAN}};
  bool has_limits = kind == KIND_SHARE || kind == KIND_RATE;
  for (size_t i = 0; i < 4 && has_limits; i++)
    funnel.limit[i] =
        (kind == KIND_RATE ? funnel_rate : funnel_share)(target, size, probabilities[i]);
  return funnel;
}

/* From FUNNELS (all of size NAN at first), or newly made. */
static const struct funnel *funnel_at(struct funnel *funnels, enum indicator_kind kind,
                                      double target, double size) {
  size_t slot = isfinite(size) && size < 1e15 ? (size_t)fabs(size) % FUNNELS : 0;
  if (!(funnels[slot].size == size)) funnels[slot] = make_funnel(kind, target, size);
  return &funnels[slot];
}

static struct funnel *no_funnels(struct arena *arena) {
  struct funnel *funnels = arena_array(arena, FUNNELS, sizeof *funnels);
  for (size_t i = 0; i < FUNNELS; i++) funnels[i].size = NAN;
  return funnels;
}

static void row_funnel(struct row *row, const struct funnel *funnel, double estimate) {
  const double *limit = funnel->limit;
  for (size_t i = 0; i < 4; i++) row_number(row, limit[i]);
  row_text(row, funnel_flag(estimate, limit[0], limit[1], limit[2], limit[3]));
}

static void compare(const struct comparison_table *table, struct points points, struct arena *arena,
                    FILE *file) {
  const struct series *series = series_at(table->series, points.item[0]->series);
  struct peers peers = peers_of(arena, points);
  size_t count = points.count;
  rank_peers(peers.estimates, count, peers.rank, peers.percentile,
             arena_array(arena, count, sizeof(size_t)));
  if (series->kind == KIND_SHARE) shrink_shares(peers.events, peers.trials, count, peers.shrunk);
  if (series->kind == KIND_RATE) shrink_rates(peers.events, peers.trials, count, peers.shrunk);
  double target = common_share(peers.events, peers.trials, count);
  struct funnel *funnels = no_funnels(arena);
  for (size_t i = 0; i < count; i++) {
    const struct report *report = &table->dataset->reports.item[points.item[i]->report];
    struct row row = {.count = 0};
    row_integer(&row, report->year);
    row_text(&row, series->indicator);
    row_text(&row, series->category);
    row_text(&row, report->division);
    row_text(&row, report->organ);
    row_number(&row, peers.trials[i]);
    row_number(&row, peers.estimates[i]);
    row_integer(&row, (long long)peers.rank[i]);
    row_integer(&row, (long long)count);
    row_number(&row, peers.percentile[i]);
    row_number(&row, peers.shrunk[i]);
    row_funnel(&row, funnel_at(funnels, series->kind, target, peers.trials[i]), peers.estimates[i]);
    row_write(&row, file);
  }
}

static bool take_series(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct year *year = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  piece->is_end = year->left.count == 0;
  if (piece->is_end) return true;
  batch->points = (struct points){year->left.item, points_of_series(year->left)};
  year->left.item += batch->points.count;
  year->left.count -= batch->points.count;
  return true;
}

static bool compare_series(void *context, struct piece *piece, struct failure *failure) {
  const struct year *year = context;
  struct batch *batch = piece->work;
  FILE *file = open_memstream(&batch->text, &batch->size);
  if (!file) return failure_set(failure, "out of memory");
  if (batch->points.count > 1) compare(year->table, batch->points, piece->arena, file);
  fclose(file);
  return true;
}

static bool write_rows(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct year *year = context;
  const struct batch *batch = piece->work;
  fwrite(batch->text, 1, batch->size, year->table->rows);
  return true;
}

static void release(struct piece *piece) {
  const struct batch *batch = piece->work;
  if (batch) free(batch->text);
}

bool comparison_table_write(const struct comparison_table *table, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_series}, {false, compare_series}, {true, write_rows}}, release};
  bool done = true;
  for (size_t i = 0; i < panel_years(table->panel) && done; i++) {
    struct arena *arena = arena_new();
    struct year year = {table, panel_year_points(table->panel, i, arena)};
    done = pipeline_run(&plan, &year, table->threads, failure);
    arena_free(arena);
  }
  return done;
}
