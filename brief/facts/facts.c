/* Gathers what sentences say. Knows the files' columns, and no sentence. */
#include "brief/facts/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/measure.h"
#include "core/model/standing.h"

struct gathering {
  struct arena *arena;
  const struct material *material;
  struct facts *facts;
};

const struct fact *facts_find(const struct facts *facts, const char *name) {
  for (size_t i = 0; i < facts->list.count; i++)
    if (strcmp(facts->list.item[i].name, name) == 0) return &facts->list.item[i];
  return NULL;
}

void facts_add(struct arena *arena, struct facts *facts, const char *name, const char *value,
               const char *shown) {
  if (!*value) return;
  *list_add(arena, &facts->list) = (struct fact){name, value, shown};
}

const char *fact_category(const struct material *material, const char *indicator,
                          const char *category) {
  const char *label = indicator_category_label(material->indicators, indicator, category);
  return label ? label : category;
}

const char *fact_estimate(struct arena *arena, const struct indicator_words *indicator,
                          const char *value) {
  return *value ? indicator_estimate_text(arena, indicator, strtod(value, NULL), READ_DIGITS) : "";
}

const char *fact_difference(struct arena *arena, const struct indicator_words *indicator,
                            const char *value) {
  if (!*value) return "";
  double number = strtod(value, NULL), size = fabs(number);
  const char *text = indicator->percent ? arena_format(arena, "%.1f", 100 * size)
                     : size < 1         ? arena_format(arena, "%.3g", size)
                                        : arena_format(arena, "%.0f", size);
  bool is_nothing = strtod(text, NULL) == 0;
  const char *sign = is_nothing ? "" : number < 0 ? "−" : "+";
  return arena_format(arena, "%s%s", sign, number_grouped(arena, text));
}

static void add(const struct gathering *of, const char *subject, const char *name,
                const char *value, const char *shown) {
  facts_add(of->arena, of->facts, arena_format(of->arena, "%s.%s", subject, name), value, shown);
}

static void add_number(const struct gathering *of, const char *subject, const char *name,
                       const char *value) {
  add(of, subject, name, value, number_grouped(of->arena, value));
}

static void add_count(const struct gathering *of, const char *subject, const char *name,
                      size_t count) {
  add_number(of, subject, name, arena_format(of->arena, "%zu", count));
}

/* ---- indicators ---- */

static void add_estimates(const struct gathering *of, record row,
                          const struct indicator_words *indicator) {
  static const struct {
    const char *name;
    int column;
  } estimates[] = {{"estimate", OF_ESTIMATE}, {"lower", OF_LOWER}, {"upper", OF_UPPER}};
  const char *name = row[OF_NAME];
  for (size_t i = 0; i < sizeof estimates / sizeof *estimates; i++) {
    const char *value = row[estimates[i].column];
    add(of, name, estimates[i].name, value, fact_estimate(of->arena, indicator, value));
  }
  add_number(of, name, "numerator", row[OF_NUMERATOR]);
  add_number(of, name, "denominator", row[OF_DENOMINATOR]);
  add(of, name, "flags", row[OF_FLAGS], row[OF_FLAGS]);
}

static void add_difference(const struct gathering *of, const struct indicator_words *indicator,
                           const char *name, const char *value) {
  add(of, indicator->name, name, value, fact_difference(of->arena, indicator, value));
}

const char *fact_funnel(const char *lower, const char *flag) {
  return *flag ? flag : *lower ? "within" : "";
}

static void add_change(const struct gathering *of, record row,
                       const struct indicator_words *indicator) {
  add(of, indicator->name, "previous", row[BY_PREVIOUS],
      fact_estimate(of->arena, indicator, row[BY_PREVIOUS]));
  add_difference(of, indicator, "difference", row[BY_DIFFERENCE]);
  add_difference(of, indicator, "difference_lower", row[BY_LOWER]);
  add_difference(of, indicator, "difference_upper", row[BY_UPPER]);
  add(of, indicator->name, "change_flags", row[BY_FLAGS], row[BY_FLAGS]);
}

static void add_organ_change(const struct gathering *of, record row,
                             const struct indicator_words *indicator) {
  add_change(of, row, indicator);
  const char *q_value = row[CHANGE_Q_VALUE - CHANGE_INDICATOR];
  add(of, indicator->name, "change_q", q_value, q_value);
  const char *repairs = row[CHANGE_UNDER_REPAIRS - CHANGE_INDICATOR];
  add(of, indicator->name, "change_repairs", repairs, repairs);
}

static void add_aggregate_change(const struct gathering *of, record row,
                                 const struct indicator_words *indicator) {
  add_change(of, row, indicator);
  row -= AGGREGATE_CHANGE_INDICATOR;
  add(of, indicator->name, "change_q", row[AGGREGATE_CHANGE_Q_VALUE],
      row[AGGREGATE_CHANGE_Q_VALUE]);
  add_number(of, indicator->name, "matched_organs", row[AGGREGATE_CHANGE_ORGANS]);
  add_difference(of, indicator, "clean_difference", row[AGGREGATE_CHANGE_CLEAN]);
  add_difference(of, indicator, "clean_lower", row[AGGREGATE_CHANGE_CLEAN_LOWER]);
  add_difference(of, indicator, "clean_upper", row[AGGREGATE_CHANGE_CLEAN_UPPER]);
  add(of, indicator->name, "clean_q", row[AGGREGATE_CHANGE_CLEAN_Q], row[AGGREGATE_CHANGE_CLEAN_Q]);
  add_number(of, indicator->name, "clean_organs", row[AGGREGATE_CHANGE_CLEAN_ORGANS]);
}

typedef void add_row(const struct gathering *of, record row,
                     const struct indicator_words *indicator);

/* Calls TAKE for all rows without a category; FIRST is the column of the indicator's name. */
static void add_rows(const struct gathering *of, struct record_span rows, size_t first,
                     add_row *take) {
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i] + first;
    const struct indicator_words *indicator =
        indicator_words_base(of->material->indicators, row[OF_NAME]);
    if (indicator && !*row[OF_CATEGORY]) take(of, row, indicator);
  }
}

/* Between what an estimate lies that blank cells leave open; ROW begins with the indicator's name.
 */
static void add_bounds(const struct gathering *of, record row,
                       const struct indicator_words *indicator) {
  const char *lower = row[INDICATOR_BOUND_LOWER - INDICATOR_NAME];
  const char *upper = row[INDICATOR_BOUND_UPPER - INDICATOR_NAME];
  add(of, indicator->name, "bound_lower", lower, fact_estimate(of->arena, indicator, lower));
  add(of, indicator->name, "bound_upper", upper, fact_estimate(of->arena, indicator, upper));
}

/* Whether the smallest sets of changes that mend a failed edit leave the estimate as it is. */
static void add_repairs(const struct gathering *of, record row,
                        const struct indicator_words *indicator) {
  const char *lower = row[INDICATOR_REPAIR_LOWER - INDICATOR_NAME];
  const char *upper = row[INDICATOR_REPAIR_UPPER - INDICATOR_NAME];
  if (!strstr(row[OF_FLAGS], "failed_edit")) return;
  const char *estimate = row[OF_ESTIMATE];
  bool is_same = strcmp(lower, estimate) == 0 && strcmp(upper, estimate) == 0;
  const char *word = !*lower ? "unknown" : is_same ? "same" : "differ";
  add(of, indicator->name, "repairs", word, word);
  add(of, indicator->name, "repair_lower", lower, fact_estimate(of->arena, indicator, lower));
  add(of, indicator->name, "repair_upper", upper, fact_estimate(of->arena, indicator, upper));
}

/* ---- the ground of refusal that stands first ---- */

static const char ground_indicator[] = "refusal_ground_share";

static record greatest(struct record_span rows, size_t first, size_t *ties) {
  record found = NULL;
  *ties = 0;
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i] + first;
    if (strcmp(row[OF_NAME], ground_indicator) != 0) continue;
    double count = strtod(row[OF_NUMERATOR], NULL);
    double most = found ? strtod(found[OF_NUMERATOR], NULL) : 0;
    if (count > most) {
      found = row;
      *ties = 1;
    } else if (found && count == most) {
      ++*ties;
    }
  }
  return found;
}

static void add_ground(const struct gathering *of, struct record_span rows, size_t first) {
  size_t ties;
  record row = greatest(rows, first, &ties);
  const struct indicator_words *indicator =
      indicator_words_base(of->material->indicators, ground_indicator);
  if (!row || !indicator) return;
  const char *label = fact_category(of->material, ground_indicator, row[OF_CATEGORY]);
  struct facts found = {{0}};
  struct gathering ground = {of->arena, of->material, &found};
  add_estimates(&ground, row, indicator);
  for (size_t i = 0; i < found.list.count; i++) {
    const struct fact *fact = &found.list.item[i];
    add(of, "ground", strchr(fact->name, '.') + 1, fact->value, fact->shown);
  }
  add(of, "ground", "name", label, label);
  add_count(of, "ground", "ties", ties);
}

/* ---- comparisons and quality ---- */

static void add_comparison(const struct gathering *of, record row) {
  const char *name = row[COMPARISON_INDICATOR];
  if (*row[COMPARISON_CATEGORY]) return;
  add_number(of, name, "rank", row[COMPARISON_RANK]);
  add_number(of, name, "of", row[COMPARISON_OF]);
  add_number(of, name, "rank_lower", row[COMPARISON_RANK_LOWER]);
  add_number(of, name, "rank_upper", row[COMPARISON_RANK_UPPER]);
  const struct words *words = of->material->words;
  const char *flag = fact_funnel(row[COMPARISON_LOWER], row[COMPARISON_FLAG]);
  const char *adjusted = fact_funnel(row[COMPARISON_ADJUSTED_LOWER], row[COMPARISON_ADJUSTED_FLAG]);
  add(of, name, "funnel", flag, words_get(words, "any", flag));
  add(of, name, "adjusted_funnel", adjusted, words_get(words, "any", adjusted));
  add(of, name, "funnel_q", row[COMPARISON_Q_VALUE], row[COMPARISON_Q_VALUE]);
}

struct quality_sum {
  size_t checked, failed, cells, missing, deduced, reports_failed;
};

static size_t count_of(const char *text) {
  return (size_t)strtoull(text, NULL, 10);
}

static void sum_quality(struct quality_sum *sum, record row) {
  sum->checked += count_of(row[QUALITY_CHECKED]);
  sum->failed += count_of(row[QUALITY_FAILED]);
  sum->reports_failed += count_of(row[QUALITY_FAILED]) > 0;
  sum->cells += count_of(row[QUALITY_CELLS]);
  sum->missing += count_of(row[QUALITY_BLANK]) + count_of(row[QUALITY_UNREADABLE]);
  sum->deduced += count_of(row[QUALITY_DEDUCED]);
}

static void add_quality(const struct gathering *of, const struct quality_sum *sum) {
  add_count(of, "quality", "checked", sum->checked);
  add_count(of, "quality", "failed", sum->failed);
  add_count(of, "quality", "reports_failed", sum->reports_failed);
  add_count(of, "quality", "cells", sum->cells);
  add_count(of, "quality", "missing", sum->missing);
  add_count(of, "quality", "deduced", sum->deduced);
}

static void add_report_quality(const struct gathering *of, const char *id) {
  record row = records_first(of->material->table[TABLE_QUALITY], &id, 1);
  if (!row) return;
  struct quality_sum sum = {0};
  sum_quality(&sum, row);
  add_quality(of, &sum);
  add(of, "quality", "repeated", row[QUALITY_REPEATED],
      brief_join(of->arena, of->material, "section", row[QUALITY_REPEATED]));
  size_t suspects = 0;
  struct record_span failures = records_find(of->material->table[TABLE_FAILURES], &id, 1);
  for (size_t i = 0; i < failures.count; i++) suspects += *failures.row[i][FAILURE_SUSPECT] != '\0';
  add_count(of, "quality", "suspects", suspects);
}

const struct facts *facts_of_report(struct arena *arena, const struct material *material,
                                    const struct brief_report *report) {
  struct facts *facts = arena_alloc(arena, sizeof *facts);
  struct gathering of = {arena, material, facts};
  record row = report->row;
  struct record_span own = records_find(material->table[TABLE_INDICATORS], row, 1);
  add_rows(&of, own, INDICATOR_NAME, add_estimates);
  add_rows(&of, own, INDICATOR_NAME, add_bounds);
  add_rows(&of, own, INDICATOR_NAME, add_repairs);
  add_ground(&of, own, INDICATOR_NAME);
  record newest = brief_newest(report)->row;
  const char *change[] = {newest[REPORT_DIVISION], newest[REPORT_ORGAN], row[REPORT_YEAR]};
  add_rows(&of, records_find(material->table[TABLE_CHANGES], change, 3), CHANGE_INDICATOR,
           add_organ_change);
  const char *peer[] = {row[REPORT_YEAR], row[REPORT_DIVISION], row[REPORT_ORGAN]};
  struct record_span peers = records_find(material->table[TABLE_COMPARISONS], peer, 3);
  for (size_t i = 0; i < peers.count; i++) add_comparison(&of, peers.row[i]);
  add_report_quality(&of, row[REPORT_ID]);
  facts_add(arena, facts, "year", row[REPORT_YEAR], row[REPORT_YEAR]);
  return facts;
}

/* ---- all reports ---- */

enum { NAMES_TOLD = 5 };

/* The names of governments that sums of INDICATOR leave out in YEAR, since blank or unreadable
 * cells or impossible numbers leave it without an estimate. */
static void add_left_out(const struct gathering *of, const char *indicator, const char *year) {
  const struct material *material = of->material;
  const char *names = "";
  size_t count = 0;
  for (size_t i = 0; i < material->reports; i++) {
    record report = material->report[i].row;
    const char *key[] = {report[REPORT_ID], indicator, ""};
    if (strcmp(report[REPORT_YEAR], year) != 0 || strcmp(report[REPORT_KIND], "government") != 0)
      continue;
    record row = records_first(material->table[TABLE_INDICATORS], key, 3);
    if (!row || *row[INDICATOR_ESTIMATE] || strstr(row[INDICATOR_FLAGS], "zero_denominator"))
      continue;
    if (count++ < NAMES_TOLD)
      names = arena_format(of->arena, "%s%s%s", names, *names ? brief_words(material, "joint") : "",
                           report[REPORT_ORGAN]);
  }
  if (count == 0) return;
  if (count > NAMES_TOLD) {
    const struct filling more[] = {
        {"names", names}, {"count", arena_format(of->arena, "%zu", count)}, {NULL, NULL}};
    names = brief_fill(of->arena, material, "names_and_more", more);
  }
  add(of, indicator, "left_out", names, names);
}

static const char *last_year(const struct material *material) {
  const char *last = "";
  for (size_t i = 0; i < material->reports; i++) {
    const char *year = material->report[i].row[REPORT_YEAR];
    if (strcmp(year, last) > 0) last = year;
  }
  return last;
}

struct whole facts_whole(const struct material *material) {
  struct whole whole = {"", last_year(material)};
  const char *level = "all";
  struct record_span rows = records_find(material->table[TABLE_AGGREGATES], &level, 1);
  size_t most = 0;
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    if (strcmp(row[AGGREGATE_YEAR], whole.year) != 0) continue;
    if (count_of(row[AGGREGATE_ORGANS]) <= most) continue;
    most = count_of(row[AGGREGATE_ORGANS]);
    whole.governments = row[AGGREGATE_GOVERNMENTS];
  }
  return whole;
}

static void add_organs(const struct gathering *of, struct record_span rows, const char *name) {
  for (size_t i = 0; i < rows.count; i++)
    if (!*rows.row[i][AGGREGATE_CATEGORY])
      add_number(of, rows.row[i][AGGREGATE_INDICATOR], name, rows.row[i][AGGREGATE_ORGANS]);
}

record fact_of_clusters(struct arena *arena, record row) {
  enum { COLUMNS = AGGREGATE_CLUSTER_UPPER - AGGREGATE_INDICATOR + 1 };
  const char *lower = row[AGGREGATE_CLUSTER_LOWER - AGGREGATE_INDICATOR];
  const char *upper = row[AGGREGATE_CLUSTER_UPPER - AGGREGATE_INDICATOR];
  if (!*lower || !*upper) return row;
  const char **judged = arena_array(arena, COLUMNS, sizeof *judged);
  for (size_t i = 0; i < COLUMNS; i++) judged[i] = row[i];
  judged[OF_LOWER] = lower;
  judged[OF_UPPER] = upper;
  return judged;
}

static void add_sum(const struct gathering *of, record row,
                    const struct indicator_words *indicator) {
  add_estimates(of, fact_of_clusters(of->arena, row), indicator);
}

static void add_aggregates(const struct gathering *of, struct whole whole) {
  const struct records *const *table = of->material->table;
  const char *key[] = {"all", whole.governments, whole.year};
  struct record_span rows = records_find(table[TABLE_AGGREGATES], key, 3);
  add_rows(of, rows, AGGREGATE_INDICATOR, add_sum);
  add_ground(of, rows, AGGREGATE_INDICATOR);
  add_organs(of, rows, "organs");
  for (size_t i = 0; i < rows.count; i++)
    if (!*rows.row[i][AGGREGATE_CATEGORY])
      add_left_out(of, rows.row[i][AGGREGATE_INDICATOR], whole.year);
  add_rows(of, records_find(table[TABLE_AGGREGATE_CHANGES], key, 3), AGGREGATE_CHANGE_INDICATOR,
           add_aggregate_change);
  key[2] = arena_format(of->arena, "%ld", strtol(whole.year, NULL, 10) - 1);
  add_organs(of, records_find(table[TABLE_AGGREGATES], key, 3), "previous_organs");
}

/* Whether PEERS are the governments that aggregates add up; homogeneity.csv has other groups of the
 * year as well. */
static bool are_of_whole(const struct gathering *of, const char *peers, struct whole whole) {
  return strcmp(peers, "all") == 0 ||
         strcmp(peers, arena_format(of->arena, "government %s", whole.governments)) == 0 ||
         strcmp(peers, arena_format(of->arena, "level %s", whole.governments)) == 0;
}

static void add_homogeneity(const struct gathering *of, struct whole whole) {
  struct record_span rows = records_find(of->material->table[TABLE_HOMOGENEITY], &whole.year, 1);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    if (*row[HOMOGENEITY_CATEGORY] || !are_of_whole(of, row[HOMOGENEITY_PEERS], whole)) continue;
    double q = strtod(row[HOMOGENEITY_Q_VALUE], NULL);
    add(of, row[HOMOGENEITY_INDICATOR], "differs_q", row[HOMOGENEITY_Q_VALUE],
        q < 0.001 ? "< 0.001" : arena_format(of->arena, "= %.3f", q));
    add_number(of, row[HOMOGENEITY_INDICATOR], "compared", row[HOMOGENEITY_ORGANS]);
    add(of, row[HOMOGENEITY_INDICATOR], "dispersion", row[HOMOGENEITY_DISPERSION],
        arena_format(of->arena, "%.1f", strtod(row[HOMOGENEITY_DISPERSION], NULL)));
  }
}

static void add_coverage(const struct gathering *of) {
  const struct material *material = of->material;
  size_t organs = 0, missing = 0, rejected = 0, within = 0;
  for (size_t i = 0; i < material->reports; i++) organs += !material->report[i].before;
  struct record_span rows = records_all(material->table[TABLE_COVERAGE]);
  for (size_t i = 0; i < rows.count; i++) {
    if (strcmp(rows.row[i][COVERAGE_WITHIN], "no") == 0) continue;
    within++;
    missing += strcmp(rows.row[i][COVERAGE_STATE], "missing") == 0;
    rejected += strcmp(rows.row[i][COVERAGE_STATE], "rejected") == 0;
  }
  add_count(of, "coverage", "reports", material->reports);
  add_count(of, "coverage", "organs", organs);
  add_count(of, "coverage", "cells", within);
  add_count(of, "coverage", "missing", missing);
  add_count(of, "coverage", "rejected", rejected);
}

static void add_years(const struct gathering *of) {
  const struct material *material = of->material;
  const char *first = "";
  for (size_t i = 0; i < material->reports; i++) {
    const char *year = material->report[i].row[REPORT_YEAR];
    if (!*first || strcmp(year, first) < 0) first = year;
  }
  const char *last = last_year(material);
  facts_add(of->arena, of->facts, "first_year", first, first);
  facts_add(of->arena, of->facts, "year", last, last);
}

const struct facts *facts_of_all(struct arena *arena, const struct material *material) {
  struct facts *facts = arena_alloc(arena, sizeof *facts);
  struct gathering of = {arena, material, facts};
  struct whole whole = facts_whole(material);
  add_years(&of);
  add_coverage(&of);
  add_aggregates(&of, whole);
  add_homogeneity(&of, whole);
  const char *key = arena_format(arena, "governments_%s", whole.governments);
  facts_add(arena, facts, "governments", whole.governments, brief_words(material, key));
  struct quality_sum sum = {0};
  struct record_span rows = records_all(material->table[TABLE_QUALITY]);
  for (size_t i = 0; i < rows.count; i++) sum_quality(&sum, rows.row[i]);
  add_quality(&of, &sum);
  return facts;
}
