/* Counts of checks as columns. */
#include "analyze/results/rule_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/intervals.h"
#include "analyze/store/dataset_rules.h"

/* A rule in a report, or in all reports of a year. */
struct counted {
  const char *rule;
  size_t checked, failed;
  size_t reports, reports_failed; /* of a year */
};

typedef LIST_OF(struct counted) counted_list;

enum { YEARS = 10000 };

struct counting {
  const struct dataset *dataset;
  struct arena *arena;
  counted_list years[YEARS];
  const struct result_file *reports;
};

/* The entry of RULE, whose name lives as long as the dataset; newly made where there is none. */
static struct counted *find_rule(counted_list *list, struct arena *arena, const char *rule) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->item[i].rule, rule) == 0) return &list->item[i];
  struct counted *counted = list_add(arena, list);
  *counted = (struct counted){.rule = rule};
  return counted;
}

static int compare_rules(const void *a, const void *b) {
  return strcmp(((const struct counted *)a)->rule, ((const struct counted *)b)->rule);
}

static void sort_rules(counted_list *list) {
  if (list->count) qsort(list->item, list->count, sizeof *list->item, compare_rules);
}

static counted_list rules_of(const struct dataset *dataset, const struct details *report,
                             struct arena *arena) {
  counted_list list = {0};
  struct rule_counts checked = dataset_checked_rules(dataset, report, arena);
  struct rule_counts failed = dataset_failed_rules(dataset, report, arena);
  for (size_t i = 0; i < checked.count; i++)
    find_rule(&list, arena, checked.item[i].rule)->checked += checked.item[i].times;
  for (size_t i = 0; i < failed.count; i++)
    find_rule(&list, arena, failed.item[i].rule)->failed += failed.item[i].times;
  sort_rules(&list);
  return list;
}

static void add_to_year(struct counting *counting, int year, const struct counted *counted) {
  struct counted *all = find_rule(&counting->years[year], counting->arena, counted->rule);
  all->checked += counted->checked;
  all->failed += counted->failed;
  all->reports++;
  all->reports_failed += counted->failed > 0;
}

static void write_report(struct counting *counting, size_t report, struct arena *scratch) {
  const struct organ *organ = dataset_organ(counting->dataset, report);
  struct details details = dataset_details(counting->dataset, report, scratch);
  int year = counting->dataset->reports.item[report].year;
  counted_list rules = {0};
  if (details.rules) rules = rules_of(counting->dataset, &details, scratch);
  for (size_t i = 0; i < rules.count; i++) {
    const struct counted *counted = &rules.item[i];
    double checked = (double)counted->checked, failed = (double)counted->failed;
    struct result_row row;
    row_begin(&row, counting->reports);
    row_text(&row, "report_id", details.id);
    row_text(&row, "division", organ->division);
    row_text(&row, "organ", organ->name);
    row_year(&row, "year", year);
    row_text(&row, "rule", counted->rule);
    row_number(&row, "checked", checked);
    row_number(&row, "failed", failed);
    row_number(&row, "pass_rate", failed <= checked ? 1 - failed / checked : NAN);
    row_write(&row, counting->reports->stream);
    if (year) add_to_year(counting, year, counted);
  }
}

static void write_year(int year, const struct counted *counted, const struct result_file *years) {
  double reports = (double)counted->reports, failed = (double)counted->reports_failed;
  struct interval interval = wilson_interval(reports - failed, reports, 0.95);
  struct result_row row;
  row_begin(&row, years);
  row_integer(&row, "year", year);
  row_text(&row, "rule", counted->rule);
  row_number(&row, "reports", reports);
  row_number(&row, "reports_failed", failed);
  row_number(&row, "pass_rate", 1 - failed / reports);
  row_number(&row, "pass_lower", interval.lower);
  row_number(&row, "pass_upper", interval.upper);
  row_number(&row, "checked", (double)counted->checked);
  row_number(&row, "failed", (double)counted->failed);
  row_write(&row, years->stream);
}

void rule_tables_write(const struct dataset *dataset, const struct result_file *reports,
                       const struct result_file *years) {
  struct arena *arena = arena_new(), *scratch = arena_new();
  struct counting *counting = arena_alloc(arena, sizeof *counting);
  counting->dataset = dataset;
  counting->arena = arena;
  counting->reports = reports;
  for (size_t i = 0; i < dataset->reports.count; i++) {
    write_report(counting, i, scratch);
    arena_clear(scratch);
  }
  arena_free(scratch);
  for (int year = 0; year < YEARS; year++) {
    sort_rules(&counting->years[year]);
    for (size_t i = 0; i < counting->years[year].count; i++)
      write_year(year, &counting->years[year].item[i], years);
  }
  arena_free(arena);
}
