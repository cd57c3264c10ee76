/* Leads a dataset through the stages: reports, aggregates, trends, comparisons. Knows neither
 * columns nor formulas. */
#include "analyze/analysis.h"
#include "analyze/store/dataset_load.h"
#include "analyze/store/definitions.h"

#include <string.h>

#include "analyze/results/aggregate_changes.h"
#include "analyze/results/aggregate_table.h"
#include "analyze/results/comparison_table.h"
#include "analyze/results/definition_table.h"
#include "analyze/results/dispersion_table.h"
#include "analyze/results/method_table.h"
#include "analyze/results/relation_table.h"
#include "analyze/results/report_table.h"
#include "analyze/results/rule_table.h"
#include "analyze/results/shift_table.h"
#include "analyze/results/trend_table.h"
#include "core/base/file_name.h"
#include "core/base/folder.h"
#include "core/base/folder_state.h"
#include "core/model/datapackage.h"

struct tables {
  struct result_file indicators, concentration, aggregates, trends, changes, aggregate_trends,
      aggregate_changes, comparisons, homogeneity, distributions, shifts, quality, digits, rules,
      rates, correlations, components, dispersion, joint;
};

struct analysis {
  struct arena *arena;
  const struct analysis_options *options;
  const char *folder; /* of knowledge */
  const struct schema *schema;
  const struct divisions *divisions;
  const struct crosswalk *crosswalk;
  const struct measures *indicators, *distributions;
  const struct identities *identities;
  const struct codebook *codebook;
  struct forms *forms;
  struct doubts *doubts;
  struct dataset *dataset;
  const struct peer_groups *peers;
  struct series_list *series, *part_series; /* of indicators, of categories of distributions */
  struct temporary_store *store;
  struct panel *panel, *parts;
  struct aggregates *aggregates;
  const struct aggregate_clusters *clusters;
  const struct dispersions *dispersions;
  const struct sections *sections;
  const struct covariates *covariates;
  const struct due_dates *due_dates;
  struct left_out left_out;
  struct output *output;
  struct tables tables;
};

static bool load(struct analysis *analysis, struct failure *failure) {
  struct arena *arena = analysis->arena;
  const struct analysis_options *options = analysis->options;
  const char *folder = analysis->folder = datasets_folder(arena, options->datasets, failure);
  if (!(analysis->covariates = covariates_load(arena, options->covariates, failure))) return false;
  const struct codebook *codebook = folder ? codebook_load(arena, folder, failure) : NULL;
  if (!codebook) return false;
  codebook = covariates_codebook(analysis->covariates, codebook, arena);
  codebook = analysis->codebook = publication_codebook(codebook, arena);
  if (!(analysis->doubts = doubts_load(arena, codebook, folder, failure)) ||
      !(analysis->identities = identities_load(arena, codebook, folder, failure)) ||
      !(analysis->schema = schema_load(arena, folder, failure)) ||
      !(analysis->divisions = divisions_load(arena, folder, failure)) ||
      !(analysis->due_dates = due_dates_load(arena, analysis->divisions, folder, failure)) ||
      !(analysis->crosswalk = crosswalk_load(arena, folder, codebook, failure)) ||
      !(analysis->forms = forms_new(arena, codebook, failure)) ||
      !(analysis->indicators =
            indicators_load(arena, codebook, analysis->forms, folder, failure)) ||
      !(analysis->distributions = distributions_load(arena, codebook, folder, failure)))
    return false;
  return (analysis->sections = sections_new(arena, codebook, failure)) != NULL;
}

static bool read_dataset(struct analysis *analysis, struct failure *failure) {
  struct arena *arena = analysis->arena;
  const struct analysis_options *options = analysis->options;
  analysis->store = store_open(arena, options->out, failure);
  if (!analysis->store) return false;
  analysis->dataset = dataset_read(arena, analysis->codebook, analysis->forms, analysis->divisions,
                                   analysis->doubts, analysis->store, options->dataset,
                                   &analysis->left_out, failure);
  if (!analysis->dataset) return false;
  analysis->peers =
      peer_groups_load(arena, options->peers, analysis->dataset, analysis->divisions, failure);
  return analysis->peers != NULL;
}

static bool open_tables(struct analysis *analysis, struct failure *failure) {
  struct tables *tables = &analysis->tables;
  struct {
    const char *name;
    struct result_file *file;
  } files[] = {{"indicators.csv", &tables->indicators},
               {"trends.csv", &tables->trends},
               {"comparisons.csv", &tables->comparisons},
               {"homogeneity.csv", &tables->homogeneity},
               {"concentration.csv", &tables->concentration},
               {"distributions.csv", &tables->distributions},
               {"distribution_changes.csv", &tables->shifts},
               {"correlations.csv", &tables->correlations},
               {"components.csv", &tables->components},
               {"quality.csv", &tables->quality},
               {"digits.csv", &tables->digits},
               {"quality_rules.csv", &tables->rules},
               {"edit_rates.csv", &tables->rates},
               {"changes.csv", &tables->changes},
               {"dispersion.csv", &tables->dispersion},
               {"joint_trends.csv", &tables->joint},
               {"aggregates.csv", &tables->aggregates},
               {"aggregate_trends.csv", &tables->aggregate_trends},
               {"aggregate_changes.csv", &tables->aggregate_changes}};
  analysis->output = output_open(analysis->options->out, failure);
  if (!analysis->output) return false;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct result_file *file = files[i].file;
    file->column = schema_columns(analysis->schema, files[i].name, &file->columns);
    file->stream = schema_open(analysis->schema, analysis->output, files[i].name, failure);
    if (!file->stream) return false;
  }
  return true;
}

/* Says what the aggregates leave out. */
static void tell_left_out(const struct analysis *analysis) {
  const struct dataset *dataset = analysis->dataset;
  size_t others = 0;
  for (size_t i = 0; i < dataset->reports.count; i++)
    others += panel_counts(analysis->panel, i) && !dataset_organ(dataset, i)->is_government;
  if (others > 0 && analysis->options->notes)
    fprintf(analysis->options->notes,
            "ogi-analyze: aggregates add up governments only: %zu of %zu reports are of others\n",
            others, dataset->reports.count);
}

static bool write_reports(struct analysis *analysis, struct failure *failure) {
  struct arena *arena = analysis->arena;
  const struct analysis_options *options = analysis->options;
  analysis->series = series_list_new(arena, analysis->indicators);
  analysis->panel =
      panel_new(arena,
                (struct panel_parts){analysis->dataset, analysis->crosswalk, analysis->forms,
                                     analysis->divisions, analysis->series, analysis->store},
                NULL);
  analysis->part_series = series_list_new(arena, analysis->distributions);
  analysis->parts =
      panel_new(arena,
                (struct panel_parts){analysis->dataset, analysis->crosswalk, analysis->forms,
                                     analysis->divisions, analysis->part_series, analysis->store},
                analysis->panel);
  analysis->aggregates = aggregates_new(arena, analysis->divisions, analysis->crosswalk,
                                        analysis->forms, analysis->series);
  struct quality_table quality = {.dataset = analysis->dataset,
                                  .sections = analysis->sections,
                                  .panel = analysis->panel,
                                  .store = analysis->store,
                                  .reports = &analysis->tables.quality,
                                  .digits = &analysis->tables.digits};
  quality_table_open(&quality);
  struct report_table table = {.dataset = analysis->dataset,
                               .indicators = analysis->indicators,
                               .distributions = analysis->distributions,
                               .identities = analysis->identities,
                               .interval = options->interval,
                               .threads = options->threads,
                               .draws = options->draws,
                               .panel = analysis->panel,
                               .parts = analysis->parts,
                               .covariates = analysis->covariates,
                               .due_dates = analysis->due_dates,
                               .aggregates = analysis->aggregates,
                               .quality = &quality,
                               .store = analysis->store,
                               .indicator_rows = &analysis->tables.indicators,
                               .concentration_rows = &analysis->tables.concentration,
                               .distribution_rows = &analysis->tables.distributions};
  if (!report_table_write(&table, failure)) return false;
  quality_table_write(&quality);
  rule_tables_write(analysis->dataset, &analysis->tables.rules, &analysis->tables.rates);
  series_sort(analysis->series);
  series_sort(analysis->part_series);
  panel_complete(analysis->panel);
  tell_left_out(analysis);
  if (series_count(analysis->series) == 0 && options->notes)
    fprintf(options->notes,
            "ogi-analyze: %s has no values for any indicator: there is nothing to compare\n",
            options->dataset);
  return true;
}

static size_t one_family(const void *of, size_t subject) {
  (void)of;
  (void)subject;
  return 0;
}

static struct points organ_points(const void *of, size_t subject, struct arena *arena) {
  return panel_organ_points(((const struct analysis *)of)->panel, subject, arena);
}

static struct points clean_organ_points(const void *of, size_t subject, struct arena *arena) {
  struct points points = organ_points(of, subject, arena);
  const struct point **clean = arena_array(arena, points.count, sizeof *clean);
  size_t count = 0;
  for (size_t i = 0; i < points.count; i++)
    if (!(points.item[i]->flags & FLAG_FAILED_EDIT)) clean[count++] = points.item[i];
  return (struct points){clean, count};
}

static void organ_name(const void *of, size_t subject, struct result_row *row) {
  const struct organ *organ = panel_organ(((const struct analysis *)of)->panel, subject);
  row_text(row, "division", organ->division);
  row_text(row, "organ", organ->name);
}

static uint32_t organ_group(const void *of, size_t subject) {
  const struct analysis *analysis = of;
  return analysis->peers->of_organ[panel_organ(analysis->panel, subject)->number];
}

static bool write_trends(struct analysis *analysis, const struct subjects *subjects,
                         const struct result_file *trends, const struct result_file *changes,
                         const struct result_file *joint, struct failure *failure) {
  struct trend_table table = {.subjects = subjects,
                              .series = analysis->series,
                              .crosswalk = analysis->crosswalk,
                              .forms = analysis->forms,
                              .folder = analysis->options->out,
                              .peer_groups = analysis->peers->count,
                              .dispersions = joint ? analysis->dispersions : NULL,
                              .threads = analysis->options->threads,
                              .trends = trends,
                              .changes = changes,
                              .joint = joint};
  return trend_table_write(&table, failure);
}

static bool write_years(struct analysis *analysis, struct failure *failure) {
  const struct tables *tables = &analysis->tables;
  struct subjects organs = {.of = analysis,
                            .count = panel_organs(analysis->panel),
                            .families = 1,
                            .family = one_family,
                            .points = organ_points,
                            .clean_points = clean_organ_points,
                            .name = organ_name,
                            .group = organ_group};
  struct dispersion_table dispersion = {.panel = analysis->panel,
                                        .dataset = analysis->dataset,
                                        .series = analysis->series,
                                        .crosswalk = analysis->crosswalk,
                                        .forms = analysis->forms,
                                        .peers = analysis->peers,
                                        .knowledge = analysis->folder,
                                        .threads = analysis->options->threads,
                                        .rows = &tables->dispersion};
  analysis->dispersions = dispersion_table_write(&dispersion, analysis->arena, failure);
  struct cluster_sources sources = {.panel = analysis->panel,
                                    .dataset = analysis->dataset,
                                    .aggregates = analysis->aggregates,
                                    .divisions = analysis->divisions,
                                    .series = analysis->series,
                                    .crosswalk = analysis->crosswalk,
                                    .forms = analysis->forms,
                                    .store = analysis->store,
                                    .threads = analysis->options->threads};
  analysis->clusters = aggregate_clusters_new(analysis->arena, &sources, failure);
  if (!analysis->dispersions || !analysis->clusters) return false;
  struct aggregate_table aggregates = {.aggregates = analysis->aggregates,
                                       .clusters = analysis->clusters,
                                       .series = analysis->series,
                                       .crosswalk = analysis->crosswalk,
                                       .forms = analysis->forms,
                                       .interval = analysis->options->interval,
                                       .memory = interval_memory_new(analysis->arena, 1),
                                       .rows = &tables->aggregates};
  struct subjects units = aggregate_table_write(&aggregates, analysis->arena);
  aggregate_changes_write(&(struct aggregate_change_table){.units = &units,
                                                           .clusters = analysis->clusters,
                                                           .series = analysis->series,
                                                           .crosswalk = analysis->crosswalk,
                                                           .forms = analysis->forms,
                                                           .rows = &tables->aggregate_changes});
  struct comparison_table comparisons = {.panel = analysis->panel,
                                         .dataset = analysis->dataset,
                                         .series = analysis->series,
                                         .peers = analysis->peers,
                                         .dispersions = analysis->dispersions,
                                         .folder = analysis->options->out,
                                         .threads = analysis->options->threads,
                                         .draws = analysis->options->draws,
                                         .rows = &tables->comparisons,
                                         .homogeneity = &tables->homogeneity};
  struct shift_table shifts = {.parts = analysis->parts,
                               .series = analysis->part_series,
                               .peers = analysis->peers,
                               .dispersions = analysis->dispersions,
                               .folder = analysis->options->out,
                               .threads = analysis->options->threads,
                               .draws = analysis->options->draws,
                               .rows = &tables->shifts};
  return write_trends(analysis, &organs, &tables->trends, &tables->changes, &tables->joint,
                      failure) &&
         write_trends(analysis, &units, &tables->aggregate_trends, NULL, NULL, failure) &&
         comparison_table_write(&comparisons, failure) && shift_table_write(&shifts, failure) &&
         store_check(analysis->store, failure);
}

static bool write_relations(const struct analysis *analysis, struct failure *failure) {
  struct relation_table relations = {.panel = analysis->panel,
                                     .dataset = analysis->dataset,
                                     .series = analysis->series,
                                     .covariates = analysis->covariates,
                                     .peers = analysis->peers,
                                     .correlations = &analysis->tables.correlations,
                                     .components = &analysis->tables.components};
  relation_table_write(&relations);
  return store_check(analysis->store, failure);
}

/* What the results hold, and what was asked for that they depend on. */
static const char *title(const struct analysis *analysis) {
  const struct analysis_options *options = analysis->options;
  return arena_format(
      analysis->arena,
      "Indicators of open government information, with their statistics (intervals: %s; peers: %s; "
      "draws: %u%s%s)",
      options->interval->name, options->peers ? file_name_of(options->peers) : "kind",
      options->draws, options->covariates ? "; covariates: " : "",
      options->covariates ? file_name_of(options->covariates) : "");
}

static bool describe(struct analysis *analysis, struct failure *failure) {
  return definition_table_write(analysis->schema, analysis->output, analysis->folder, failure) &&
         method_table_write(analysis->schema, analysis->output, analysis->folder, failure) &&
         datapackage_write(analysis->schema, analysis->output, "ogistat-analysis", title(analysis),
                           NULL, NULL, 0, failure);
}

/* Once through. Where the dataset is replaced meanwhile, IS_REPLACED, nothing is written. */
static enum analysis_end analyse(const struct analysis_options *options, bool *is_replaced,
                                 struct failure *failure) {
  const struct folders_read read =
      folders_read_begin((const char *const[]){options->dataset, NULL});
  struct failure replaced = {""};
  struct analysis analysis = {.arena = arena_new(),
                              .options = options,
                              .left_out = {.program = "ogi-analyze", .notes = options->notes}};
  bool done = load(&analysis, failure) && open_tables(&analysis, failure) &&
              read_dataset(&analysis, failure) && write_reports(&analysis, failure) &&
              write_years(&analysis, failure) && write_relations(&analysis, failure) &&
              describe(&analysis, failure);
  store_close(analysis.store);
  *is_replaced = !folders_read_whole(&read, &replaced);
  if (*is_replaced) done = failure_set(failure, "%s", replaced.text);
  if (done)
    done = output_commit(analysis.output, failure);
  else
    output_abandon(analysis.output);
  aggregates_free(analysis.aggregates);
  series_list_free(analysis.series);
  series_list_free(analysis.part_series);
  arena_free(analysis.arena);
  left_out_sum_up(&analysis.left_out);
  if (!done) return ANALYSIS_FAILED;
  return atomic_load(&analysis.left_out.count) ? ANALYSIS_LEFT_OUT : ANALYSIS_DONE;
}

enum analysis_end analysis_run(const struct analysis_options *options, struct failure *failure) {
  enum { TRIES = 3 };
  bool is_replaced = true;
  enum analysis_end end = ANALYSIS_FAILED;
  for (int i = 0; i < TRIES && is_replaced; i++) {
    failure->text[0] = '\0';
    end = analyse(options, &is_replaced, failure);
  }
  return end;
}
