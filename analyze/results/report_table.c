/* Blocks of observations in, rows out. */
#include "analyze/results/report_table.h"

#include <math.h>
#include <stdlib.h>

#include "analyze/results/row.h"
#include "analyze/store/dataset_values.h"
#include "core/base/pipeline.h"

struct passage {
  const struct report_table *table;
  struct csv_file *file;
  struct interval_memory *memories; /* of the threads */
  size_t next;                      /* reports below it are done */
};

/* What a report gave. */
struct evaluated {
  size_t report;
  const char *id;
  const struct organ *organ;
  int year;
  result_list results;
  distribution_result_list distributions;
  struct quality quality;
};

struct text {
  char *bytes;
  size_t size;
};

/* What a piece carries from step to step. */
struct batch {
  const struct report_table *table;
  struct arena *arena;
  struct forms *forms;
  struct interval_memory *memory;
  struct csv_block block;
  LIST_OF(struct evaluated) reports;
  struct text indicators, concentration, distributions;
};

static void row_report(struct result_row *row, const struct evaluated *report) {
  row_text(row, "report_id", report->id);
  row_text(row, "division", report->organ->division);
  row_text(row, "organ", report->organ->name);
  row_year(row, "year", report->year);
}

void row_counts(struct result_row *row, bool has_numerator, struct decimal numerator,
                bool has_denominator, struct decimal denominator) {
  if (has_numerator)
    row_decimal(row, "numerator", numerator);
  else
    row_text(row, "numerator", "");
  if (has_denominator)
    row_decimal(row, "denominator", denominator);
  else
    row_text(row, "denominator", "");
}

static const char *const interval_columns[INTERVAL_METHODS][2] = {
    {"wilson_lower", "wilson_upper"},
    {"clopper_pearson_lower", "clopper_pearson_upper"},
    {"jeffreys_lower", "jeffreys_upper"}};

void row_intervals(struct result_row *row, const struct ratio *ratio) {
  for (size_t i = 0; i < INTERVAL_METHODS; i++) {
    row_number(row, interval_columns[i][0], ratio->intervals[i].lower);
    row_number(row, interval_columns[i][1], ratio->intervals[i].upper);
  }
}

static void write_result(const struct report_table *table, FILE *file,
                         const struct evaluated *report, const struct result *result) {
  struct result_row row;
  row_begin(&row, table->indicator_rows);
  char flags[FLAGS_TEXT_SIZE];
  row_report(&row, report);
  row_text(&row, "indicator", result->measure->indicator);
  row_text(&row, "category", result->category);
  row_counts(&row, result->has_numerator, result->numerator, result->has_denominator,
             result->denominator);
  row_number(&row, "estimate", result->ratio.estimate);
  row_number(&row, "lower", result->ratio.interval.lower);
  row_number(&row, "upper", result->ratio.interval.upper);
  row_text(&row, "method", result->ratio.method);
  row_text(&row, "flags", result_flags_text(result->flags, flags));
  row_intervals(&row, &result->ratio);
  row_number(&row, "bound_lower", result->bounds.lower);
  row_number(&row, "bound_upper", result->bounds.upper);
  row_number(&row, "repair_lower", result->is_mended ? result->least.estimate : NAN);
  row_number(&row, "repair_upper", result->is_mended ? result->most.estimate : NAN);
  row_write(&row, file);
}

static void write_concentration(const struct report_table *table, FILE *file,
                                const struct evaluated *report,
                                const struct distribution_result *result) {
  struct result_row row;
  row_begin(&row, table->concentration_rows);
  row_report(&row, report);
  row_text(&row, "distribution", result->distribution);
  row_integer(&row, "categories", (long long)result->categories);
  row_number(&row, "hhi", result->concentration.hhi);
  row_number(&row, "gini", result->concentration.gini);
  row_number(&row, "entropy", result->concentration.entropy);
  row_number(&row, "total", result->total);
  row_number(&row, "hhi_lower", result->intervals.hhi.lower);
  row_number(&row, "hhi_upper", result->intervals.hhi.upper);
  row_number(&row, "gini_lower", result->intervals.gini.lower);
  row_number(&row, "gini_upper", result->intervals.gini.upper);
  row_number(&row, "entropy_lower", result->intervals.entropy.lower);
  row_number(&row, "entropy_upper", result->intervals.entropy.upper);
  row_write(&row, file);
}

static void write_distribution(const struct report_table *table, FILE *file,
                               const struct evaluated *report,
                               const struct distribution_result *result) {
  for (size_t i = 0; i < result->categories; i++) {
    const struct amount *amount = &result->amount[i];
    struct interval interval = goodman_interval(amount->value, result->total, result->categories);
    struct result_row row;
    row_begin(&row, table->distribution_rows);
    row_report(&row, report);
    row_text(&row, "distribution", result->distribution);
    row_text(&row, "category", amount->category);
    row_number(&row, "count", amount->value);
    row_number(&row, "total", result->total);
    row_number(&row, "share", amount->value / result->total);
    row_number(&row, "lower", interval.lower);
    row_number(&row, "upper", interval.upper);
    row_write(&row, file);
  }
}

/* The categories of a report's distributions as results, which a panel keeps. */
static void keep_parts(struct batch *batch, const struct evaluated *evaluated) {
  result_list parts = {0};
  for (size_t i = 0; i < evaluated->distributions.count; i++) {
    const struct distribution_result *distribution = &evaluated->distributions.item[i];
    for (size_t j = 0; j < distribution->categories; j++)
      *list_add(batch->arena, &parts) =
          (struct result){.measure = distribution->amount[j].measure,
                          .category = distribution->amount[j].category,
                          .ratio = {.estimate = distribution->amount[j].value}};
  }
  panel_add(batch->table->parts, evaluated->report, &parts);
}

static bool take_block(void *context, struct piece *piece, struct failure *failure) {
  struct passage *passage = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  batch->table = passage->table;
  batch->arena = piece->arena;
  if (!csv_next_block(passage->file, piece->arena, &batch->block, failure)) return false;
  piece->is_end = batch->block.length == 0;
  return true;
}

static bool evaluate_report(void *context, size_t index, const struct observations *observations,
                            struct failure *failure) {
  (void)failure;
  struct batch *batch = context;
  const struct report_table *table = batch->table;
  const struct dataset *dataset = table->dataset;
  struct details details = dataset_details(dataset, index, batch->arena);
  const struct organ *organ = dataset_organ(dataset, index);
  struct evaluated *evaluated = list_add(batch->arena, &batch->reports);
  *evaluated = (struct evaluated){.report = index,
                                  .id = details.id,
                                  .organ = organ,
                                  .year = dataset->reports.item[index].year,
                                  .quality = quality_of(table->quality->sections, observations)};
  struct mends mends = mends_of(dataset, &details, batch->arena);
  struct observations all = *observations; /* of a government those of its division, too */
  if (organ->is_government)
    all = covariates_join(table->covariates, observations, organ->division, evaluated->year,
                          batch->arena);
  all = publication_join(table->due_dates, &all, organ, evaluated->year, details.published,
                         batch->arena);
  struct evaluation evaluation = {.observations = &all,
                                  .blanks =
                                      blanks_settle(table->identities, observations, batch->arena),
                                  .forms = batch->forms,
                                  .codebook = dataset->codebook,
                                  .mends = &mends,
                                  .method = table->interval,
                                  .memory = batch->memory};
  indicators_evaluate(batch->arena, table->indicators, &evaluation, &evaluated->results);
  distributions_evaluate(batch->arena, table->distributions, observations, evaluation.blanks,
                         table->draws, &evaluated->distributions);
  return true;
}

static bool evaluate_block(void *context, struct piece *piece, struct failure *failure) {
  const struct passage *passage = context;
  struct batch *batch = piece->work;
  const struct dataset *dataset = passage->table->dataset;
  batch->memory = interval_memory_of(passage->memories, piece->thread);
  batch->forms = forms_new(piece->arena, dataset->codebook, failure);
  return batch->forms && dataset_read_block(dataset, passage->file, batch->block, batch->forms,
                                            piece->arena, evaluate_report, batch, failure);
}

static bool keep_results(void *context, struct piece *piece, struct failure *failure) {
  struct passage *passage = context;
  struct batch *batch = piece->work;
  const struct report_table *table = passage->table;
  for (size_t i = 0; i < batch->reports.count; i++) {
    struct evaluated *evaluated = &batch->reports.item[i];
    const struct organ *organ = evaluated->organ;
    if (evaluated->report < passage->next)
      return dataset_block_unsorted(table->dataset, batch->block, evaluated->report, failure);
    passage->next = evaluated->report + 1;
    panel_add(table->panel, evaluated->report, &evaluated->results);
    keep_parts(batch, evaluated);
    quality_table_add(table->quality, evaluated->report, &evaluated->quality);
    if (organ->is_government && panel_counts(table->panel, evaluated->report))
      aggregates_add(table->aggregates, organ->division, evaluated->year, &evaluated->results);
  }
  return store_check(table->store, failure);
}

static bool format_rows(void *context, struct piece *piece, struct failure *failure) {
  (void)context;
  struct batch *batch = piece->work;
  FILE *indicators = open_memstream(&batch->indicators.bytes, &batch->indicators.size);
  FILE *concentration = open_memstream(&batch->concentration.bytes, &batch->concentration.size);
  FILE *distributions = open_memstream(&batch->distributions.bytes, &batch->distributions.size);
  if (!indicators || !concentration || !distributions) return failure_set(failure, "out of memory");
  for (size_t i = 0; i < batch->reports.count; i++) {
    const struct evaluated *evaluated = &batch->reports.item[i];
    for (size_t j = 0; j < evaluated->results.count; j++)
      write_result(batch->table, indicators, evaluated, &evaluated->results.item[j]);
    for (size_t j = 0; j < evaluated->distributions.count; j++) {
      write_concentration(batch->table, concentration, evaluated,
                          &evaluated->distributions.item[j]);
      write_distribution(batch->table, distributions, evaluated, &evaluated->distributions.item[j]);
    }
  }
  fclose(indicators);
  fclose(concentration);
  fclose(distributions);
  return true;
}

static void write_text(const struct text *text, FILE *file) {
  fwrite(text->bytes, 1, text->size, file);
}

static bool write_rows(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct passage *passage = context;
  const struct batch *batch = piece->work;
  write_text(&batch->indicators, passage->table->indicator_rows->stream);
  write_text(&batch->concentration, passage->table->concentration_rows->stream);
  write_text(&batch->distributions, passage->table->distribution_rows->stream);
  return true;
}

static void release(struct piece *piece) {
  const struct batch *batch = piece->work;
  if (!batch) return;
  free(batch->indicators.bytes);
  free(batch->concentration.bytes);
  free(batch->distributions.bytes);
}

bool report_table_write(const struct report_table *table, struct failure *failure) {
  static const struct pipeline_plan plan = {{{true, take_block},
                                             {false, evaluate_block},
                                             {true, keep_results},
                                             {false, format_rows},
                                             {true, write_rows}},
                                            release};
  struct passage passage = {.table = table, .file = dataset_open_values(table->dataset, failure)};
  if (!passage.file) return false;
  struct arena *arena = arena_new();
  passage.memories = interval_memory_new(arena, table->threads);
  bool done = pipeline_run(&plan, &passage, table->threads, failure);
  csv_close(passage.file);
  arena_free(arena);
  return done;
}
