/* Leads a dataset through the statistics and writes their tables. Knows columns, not formulas. */
#include "analyze/analysis.h"

#include <math.h>

#include "analyze/comparisons.h"
#include "analyze/panel.h"
#include "analyze/row.h"
#include "analyze/trends.h"
#include "datasets/datapackage.h"
#include "datasets/folder.h"

struct tables {
  FILE *indicators, *trends, *comparisons, *concentration;
};

struct analysis {
  struct arena *arena;
  const struct analysis_options *options;
  const struct schema *schema;
  const struct measures *indicators, *distributions;
  struct forms *forms;
  struct dataset *dataset;
  struct panel *panel;
  struct output *output;
  struct tables tables;
};

static void row_report(struct row *row, const struct report *report) {
  row_text(row, report->id);
  row_text(row, report->division);
  row_text(row, report->organ);
  row_integer(row, report->year);
}

static void write_result(FILE *file, const struct report *report, const struct result *result) {
  struct row row = {.count = 0};
  char flags[FLAGS_TEXT_SIZE];
  row_report(&row, report);
  row_text(&row, result->measure->indicator);
  row_text(&row, result->category);
  if (result->has_numerator)
    row_decimal(&row, result->numerator);
  else
    row_text(&row, "");
  if (result->has_denominator)
    row_decimal(&row, result->denominator);
  else
    row_text(&row, "");
  row_number(&row, result->estimate);
  row_number(&row, result->interval.lower);
  row_number(&row, result->interval.upper);
  row_text(&row, result->method);
  row_text(&row, result_flags_text(result->flags, flags));
  row_write(&row, file);
}

static void write_concentration(FILE *file, const struct report *report,
                                const struct distribution_result *result) {
  struct row row = {.count = 0};
  row_report(&row, report);
  row_text(&row, result->distribution);
  row_integer(&row, (long long)result->categories);
  row_number(&row, result->concentration.hhi);
  row_number(&row, result->concentration.gini);
  row_number(&row, result->concentration.entropy);
  row_write(&row, file);
}

static bool take_report(void *context, size_t index, const struct observations *observations,
                        struct arena *arena, struct failure *failure) {
  (void)failure;
  struct analysis *analysis = context;
  const struct report *report = &analysis->dataset->reports.item[index];
  result_list results = {0};
  indicators_evaluate(arena, analysis->indicators, observations, &report->failed,
                      analysis->options->interval, &results);
  for (size_t i = 0; i < results.count; i++)
    write_result(analysis->tables.indicators, report, &results.item[i]);
  panel_add(analysis->panel, index, &results);

  distribution_result_list distributions = {0};
  distributions_evaluate(arena, analysis->distributions, observations, &distributions);
  for (size_t i = 0; i < distributions.count; i++)
    write_concentration(analysis->tables.concentration, report, &distributions.item[i]);
  return true;
}

/* The Mann-Kendall p-values of one indicator, in the order of the trends; later its q-values. */
struct family {
  LIST_OF(double) values;
  size_t next; /* to be written */
};

struct trend_writing {
  struct arena *arena;
  FILE *file;
  struct family *families;
};

static double *values_of(struct arena *arena, const struct point *const *points, size_t count) {
  double *values = arena_array(arena, count, sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = points[i]->estimate;
  return values;
}

static void collect_p_value(void *context, const struct point *const *points, size_t count,
                            struct arena *arena) {
  struct trend_writing *writing = context;
  double p_value = mann_kendall_test(values_of(arena, points, count), count).p_value;
  if (isnan(p_value)) return;
  struct family *family = &writing->families[points[0]->series->family];
  *list_add(writing->arena, &family->values) = p_value;
}

/* The years at which the definition differs from that of the year before. */
static const char *breaks_of(struct arena *arena, const struct point *const *points, size_t count) {
  const char *text = "";
  for (size_t i = 1; i < count; i++) {
    const struct point *before = points[i - 1], *point = points[i];
    bool same_rows = before->rows == point->rows || before->rows == 0 || point->rows == 0;
    if (before->definition == point->definition && same_rows) continue;
    text = arena_format(arena, "%s%s%d", text, *text ? " " : "", point->report->year);
  }
  return text;
}

static void write_trend(void *context, const struct point *const *points, size_t count,
                        struct arena *arena) {
  struct trend_writing *writing = context;
  const struct series *series = points[0]->series;
  double *values = values_of(arena, points, count);
  double *years = arena_array(arena, count, sizeof *years);
  for (size_t i = 0; i < count; i++) years[i] = points[i]->report->year;
  struct line_fit line = least_squares(years, values, count);
  struct sen_fit sen =
      theil_sen(years, values, count, arena_array(arena, count * (count - 1) / 2, sizeof(double)));
  struct mann_kendall test = mann_kendall_test(values, count);
  struct family *family = &writing->families[series->family];

  struct row row = {.count = 0};
  row_text(&row, points[0]->report->division);
  row_text(&row, points[0]->report->organ);
  row_text(&row, series->indicator);
  row_text(&row, series->category);
  row_integer(&row, points[0]->report->year);
  row_integer(&row, points[count - 1]->report->year);
  row_integer(&row, (long long)count);
  row_number(&row, line.slope);
  row_number(&row, line.lower);
  row_number(&row, line.upper);
  row_number(&row, line.p_value);
  row_number(&row, sen.slope);
  row_number(&row, sen.lower);
  row_number(&row, sen.upper);
  row_number(&row, test.tau);
  row_number(&row, test.p_value);
  row_number(&row, isnan(test.p_value) ? NAN : family->values.item[family->next++]);
  row_text(&row, breaks_of(arena, points, count));
  row_write(&row, writing->file);
}

static void write_trends(struct analysis *analysis) {
  struct arena *arena = analysis->arena;
  size_t families = panel_series(analysis->panel);
  struct trend_writing writing = {arena, analysis->tables.trends,
                                  arena_array(arena, families, sizeof *writing.families)};
  panel_each_trend(analysis->panel, collect_p_value, &writing);
  for (size_t i = 0; i < families; i++) {
    size_t count = writing.families[i].values.count;
    benjamini_hochberg(writing.families[i].values.item, count,
                       arena_array(arena, count, sizeof(size_t)));
  }
  panel_each_trend(analysis->panel, write_trend, &writing);
}

/* The peers of a comparison as columns. */
struct peers {
  double *estimates, *events, *trials, *shrunk, *percentile;
  size_t *rank;
};

static struct peers peers_of(struct arena *arena, const struct point *const *points, size_t count) {
  struct peers peers = {0};
  double **columns[] = {&peers.estimates, &peers.events, &peers.trials, &peers.shrunk,
                        &peers.percentile};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    *columns[i] = arena_array(arena, count, sizeof **columns[i]);
  peers.rank = arena_array(arena, count, sizeof *peers.rank);
  for (size_t i = 0; i < count; i++) {
    peers.estimates[i] = points[i]->estimate;
    peers.events[i] = points[i]->numerator;
    peers.trials[i] = points[i]->denominator;
    peers.shrunk[i] = NAN;
  }
  return peers;
}

static void row_funnel(struct row *row, enum indicator_kind kind, double target, double size,
                       double estimate) {
  static const double probabilities[] = {0.025, 0.975, 0.001, 0.999};
  double limit[4] = {NAN, NAN, NAN, NAN};
  for (size_t i = 0; i < 4 && kind != KIND_LEVEL; i++)
    limit[i] = (kind == KIND_RATE ? funnel_rate : funnel_share)(target, size, probabilities[i]);
  for (size_t i = 0; i < 4; i++) row_number(row, limit[i]);
  row_text(row, funnel_flag(estimate, limit[0], limit[1], limit[2], limit[3]));
}

static void write_comparison(void *context, const struct point *const *points, size_t count,
                             struct arena *arena) {
  FILE *file = context;
  const struct series *series = points[0]->series;
  struct peers peers = peers_of(arena, points, count);
  rank_peers(peers.estimates, count, peers.rank, peers.percentile,
             arena_array(arena, count, sizeof(size_t)));
  if (series->kind == KIND_SHARE) shrink_shares(peers.events, peers.trials, count, peers.shrunk);
  if (series->kind == KIND_RATE) shrink_rates(peers.events, peers.trials, count, peers.shrunk);
  double target = common_share(peers.events, peers.trials, count);
  for (size_t i = 0; i < count; i++) {
    struct row row = {.count = 0};
    row_integer(&row, points[i]->report->year);
    row_text(&row, series->indicator);
    row_text(&row, series->category);
    row_text(&row, points[i]->report->division);
    row_text(&row, points[i]->report->organ);
    row_number(&row, peers.trials[i]);
    row_number(&row, peers.estimates[i]);
    row_integer(&row, (long long)peers.rank[i]);
    row_integer(&row, (long long)count);
    row_number(&row, peers.percentile[i]);
    row_number(&row, peers.shrunk[i]);
    row_funnel(&row, series->kind, target, peers.trials[i], peers.estimates[i]);
    row_write(&row, file);
  }
}

static bool load(struct analysis *analysis, struct failure *failure) {
  struct arena *arena = analysis->arena;
  const struct analysis_options *options = analysis->options;
  const char *folder = datasets_folder(arena, options->datasets, failure);
  const struct codebook *codebook = folder ? codebook_load(arena, folder, failure) : NULL;
  if (!codebook) return false;
  struct doubts *doubts = doubts_load(arena, codebook, folder, failure);
  if (!doubts || !(analysis->schema = schema_load(arena, folder, failure)) ||
      !(analysis->indicators = indicators_load(arena, codebook, folder, failure)) ||
      !(analysis->distributions = distributions_load(arena, codebook, folder, failure)) ||
      !(analysis->forms = forms_new(arena, codebook, failure)))
    return false;
  analysis->dataset =
      dataset_read(arena, codebook, analysis->forms, doubts, options->dataset, failure);
  if (!analysis->dataset) return false;
  analysis->panel = panel_new(arena, analysis->dataset);
  return true;
}

static bool open_tables(struct analysis *analysis, struct failure *failure) {
  struct tables *tables = &analysis->tables;
  struct {
    const char *name;
    FILE **file;
  } files[] = {{"indicators.csv", &tables->indicators},
               {"trends.csv", &tables->trends},
               {"comparisons.csv", &tables->comparisons},
               {"concentration.csv", &tables->concentration}};
  analysis->output = output_open(analysis->options->out, failure);
  if (!analysis->output) return false;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    *files[i].file = schema_open(analysis->schema, analysis->output, files[i].name, failure);
    if (!*files[i].file) return false;
  }
  return true;
}

static bool write_tables(struct analysis *analysis, struct failure *failure) {
  bool read = dataset_each(analysis->dataset, analysis->forms, take_report, analysis, failure);
  panel_sort(analysis->panel, read ? analysis->options->notes : NULL);
  if (!read) return false;
  write_trends(analysis);
  panel_each_comparison(analysis->panel, write_comparison, analysis->tables.comparisons);
  return datapackage_write(analysis->schema, analysis->output, "ogistat-analysis",
                           "Indicators of open government information, with their statistics", NULL,
                           NULL, 0, failure);
}

bool analysis_run(const struct analysis_options *options, struct failure *failure) {
  struct analysis analysis = {.arena = arena_new(), .options = options};
  bool done = load(&analysis, failure) && open_tables(&analysis, failure) &&
              write_tables(&analysis, failure);
  if (done)
    done = output_commit(analysis.output, failure);
  else
    output_abandon(analysis.output);
  arena_free(analysis.arena);
  return done;
}
