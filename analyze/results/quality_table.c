/* Quality as columns. */
#include "analyze/results/quality_table.h"

#include <math.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/false_discoveries.h"

void quality_table_open(struct quality_table *table) {
  table->place =
      store_reserve(table->store, table->dataset->reports.count * sizeof(struct quality));
}

void quality_table_add(struct quality_table *table, size_t report, const struct quality *quality) {
  store_replace(table->store, table->place + report * sizeof *quality, quality, sizeof *quality);
}

/* All zero where the report has no values. */
static struct quality quality_at(const struct quality_table *table, size_t report) {
  struct quality quality;
  store_read(table->store, table->place + report * sizeof quality, &quality, sizeof quality);
  return quality;
}

static uint32_t count_values(const struct quality *quality) {
  uint32_t all = 0;
  for (size_t i = 0; i < STATUS_COUNT; i++) all += quality->values[i];
  return all;
}

static void row_edits(struct result_row *row, const struct details *report) {
  double checked = (double)report->edits_checked, failed = (double)report->edits_failed;
  bool known = checked >= 0 && failed >= 0 && failed <= checked;
  struct interval interval =
      known ? wilson_interval(checked - failed, checked, 0.95) : (struct interval){NAN, NAN};
  row_number(row, "edits_checked", known ? checked : NAN);
  row_number(row, "edits_failed", known ? failed : NAN);
  row_number(row, "pass_rate", known ? 1 - failed / checked : NAN);
  row_number(row, "pass_lower", interval.lower);
  row_number(row, "pass_upper", interval.upper);
}

/* The columns of the counts of values, by status. */
static const char *const status_columns[STATUS_COUNT] = {
    [STATUS_REPORTED] = "reported",
    [STATUS_BLANK] = "blank",
    [STATUS_NOT_APPLICABLE] = "not_applicable",
    [STATUS_UNREADABLE] = "unreadable",
    [STATUS_DEDUCED] = "deduced",
    [STATUS_APPROXIMATE_LOW] = "approximate_low",
    [STATUS_APPROXIMATE_HIGH] = "approximate_high"};

static void row_missing(struct result_row *row, const struct quality *quality) {
  uint32_t all = count_values(quality);
  row_integer(row, "cells", all);
  for (size_t i = 0; i < STATUS_COUNT; i++) row_integer(row, status_columns[i], quality->values[i]);
  uint32_t missing = quality->values[STATUS_BLANK] + quality->values[STATUS_UNREADABLE];
  row_number(row, "missing_share", all ? (double)missing / all : NAN);
}

static void row_digits(struct result_row *row, const struct digit_test *test) {
  row_integer(row, "digits", (long long)test->values);
  row_number(row, "digit_statistic", test->statistic);
  row_number(row, "digit_p_value", test->p_value);
  row_number(row, "heaped_share", test->heaped);
  row_number(row, "heaped_p_value", test->heaped_p_value);
}

/* The q-values of the tests of a family. */
struct digit_q_values {
  double *digits, *heaped; /* p-values at first; NAN where there is none */
  size_t count;
};

static struct digit_q_values digit_family(struct arena *arena, size_t room) {
  return (struct digit_q_values){arena_array(arena, room + 1, sizeof(double)),
                                 arena_array(arena, room + 1, sizeof(double)), 0};
}

static void add_test(struct digit_q_values *family, const struct digit_test *test) {
  family->digits[family->count] = test->p_value;
  family->heaped[family->count++] = isnan(test->p_value) ? NAN : test->heaped_p_value;
}

/* From p-values to q-values, in place; those that are NAN stay. */
static void adjust(double *values, size_t count, struct arena *arena) {
  double *known = arena_array(arena, count + 1, sizeof *known);
  size_t kept = 0, next = 0;
  for (size_t i = 0; i < count; i++)
    if (!isnan(values[i])) known[kept++] = values[i];
  benjamini_hochberg(known, kept, arena_array(arena, kept + 1, sizeof(size_t)));
  for (size_t i = 0; i < count; i++)
    if (!isnan(values[i])) values[i] = known[next++];
}

static void adjust_family(struct digit_q_values *family, struct arena *arena) {
  adjust(family->digits, family->count, arena);
  adjust(family->heaped, family->count, arena);
}

static void row_q_values(struct result_row *row, const struct digit_q_values *family,
                         size_t index) {
  row_number(row, "digit_q_value", family->digits[index]);
  row_number(row, "heaped_q_value", family->heaped[index]);
}

static void add_digits(const uint32_t digits[DIGITS], size_t sum[DIGITS]) {
  for (size_t i = 0; i < DIGITS; i++) sum[i] += digits[i];
}

/* The sections that stand word for word in both, parted by blanks, into TEXT. */
static void repeated_sections(const struct sections *sections, const struct quality *before,
                              const struct quality *now, char *text) {
  char *end = text;
  *text = '\0';
  for (size_t i = 0; i < sections->count; i++) {
    if (!section_repeats(before, now, i)) continue;
    if (end > text) end = stpcpy(end, " ");
    end = stpcpy(end, sections->name[i]);
  }
}

/* The report of the year before, and what REPORT repeats of it. */
static void row_repeated(struct result_row *row, const struct quality_table *table, size_t report,
                         const struct quality *now, char *text, struct arena *arena) {
  const struct report_key *reports = table->dataset->reports.item;
  size_t earlier = panel_before(table->panel, report);
  bool follows = reports[earlier].year == reports[report].year - 1;
  struct quality before = follows ? quality_at(table, earlier) : (struct quality){0};
  bool comparable = follows && count_values(&before) > 0;
  row_text(row, "previous_report",
           comparable ? dataset_details(table->dataset, earlier, arena).id : "");
  repeated_sections(table->sections, &before, now, text);
  row_text(row, "repeated", comparable ? text : "");
}

static size_t names_length(const struct sections *sections) {
  size_t length = 1;
  for (size_t i = 0; i < sections->count; i++) length += strlen(sections->name[i]) + 1;
  return length;
}

static struct digit_test report_digits(const struct quality_table *table,
                                       const struct quality *quality) {
  size_t digits[DIGITS] = {0};
  for (size_t i = 0; i < table->sections->count; i++) add_digits(quality->digits[i], digits);
  return digit_test_of(digits);
}

static void write_report(const struct quality_table *table, size_t index,
                         const struct digit_q_values *family, char *text, struct arena *scratch) {
  const struct organ *organ = dataset_organ(table->dataset, index);
  struct details details = dataset_details(table->dataset, index, scratch);
  struct quality quality = quality_at(table, index);
  struct digit_test test = report_digits(table, &quality);
  struct result_row row;
  row_begin(&row, table->reports);
  row_text(&row, "report_id", details.id);
  row_text(&row, "division", organ->division);
  row_text(&row, "organ", organ->name);
  row_year(&row, "year", table->dataset->reports.item[index].year);
  row_edits(&row, &details);
  row_missing(&row, &quality);
  row_digits(&row, &test);
  row_repeated(&row, table, index, &quality, text, scratch);
  row_q_values(&row, family, index);
  row_write(&row, table->reports->stream);
}

/* The digits of all reports of a year, by section. */
struct year_digits {
  size_t count[MOST_SECTIONS][DIGITS];
};

static const char *const digit_columns[DIGITS] = {"digit_0", "digit_1", "digit_2", "digit_3",
                                                  "digit_4", "digit_5", "digit_6", "digit_7",
                                                  "digit_8", "digit_9"};

static void write_digits(const struct quality_table *table, int year, size_t section,
                         const size_t count[DIGITS], const struct digit_q_values *family,
                         size_t index) {
  struct digit_test test = digit_test_of(count);
  struct result_row row;
  row_begin(&row, table->digits);
  row_integer(&row, "year", year);
  row_text(&row, "section", table->sections->name[section]);
  row_digits(&row, &test);
  for (size_t i = 0; i < DIGITS; i++) row_integer(&row, digit_columns[i], (long long)count[i]);
  row_q_values(&row, family, index);
  row_write(&row, table->digits->stream);
}

/* Sections in the order of their names: each the next behind LAST, or all done. */
static size_t next_section(const struct sections *sections, const char *last) {
  size_t next = sections->count;
  for (size_t i = 0; i < sections->count; i++)
    if (strcmp(sections->name[i], last) > 0 &&
        (next == sections->count || strcmp(sections->name[i], sections->name[next]) < 0))
      next = i;
  return next;
}

/* A row of digits.csv, as it waits for its q-values. */
struct digit_row {
  int year;
  size_t section;
};

typedef LIST_OF(struct digit_row) digit_rows;

static void list_year(const struct quality_table *table, int year, const struct year_digits *digits,
                      struct arena *arena, digit_rows *rows) {
  const struct sections *sections = table->sections;
  for (size_t i = next_section(sections, ""); i < sections->count;
       i = next_section(sections, sections->name[i]))
    if (digit_test_of(digits->count[i]).values > 0)
      *list_add(arena, rows) = (struct digit_row){year, i};
}

enum { YEARS = 10000 }; /* a year has four digits */

/* The sums of all years, by year; NULL where there is no report. */
static struct year_digits **sum_years(const struct quality_table *table, struct arena *arena) {
  struct year_digits **years = arena_array(arena, YEARS, sizeof *years);
  for (size_t i = 0; i < table->dataset->reports.count; i++) {
    int year = table->dataset->reports.item[i].year;
    if (year == 0) continue;
    struct quality quality = quality_at(table, i);
    if (!years[year]) years[year] = arena_alloc(arena, sizeof **years);
    for (size_t j = 0; j < table->sections->count; j++)
      add_digits(quality.digits[j], years[year]->count[j]);
  }
  return years;
}

static void write_reports(const struct quality_table *table, struct arena *arena) {
  size_t count = table->dataset->reports.count;
  struct digit_q_values family = digit_family(arena, count);
  for (size_t i = 0; i < count; i++) {
    struct quality quality = quality_at(table, i);
    struct digit_test test = report_digits(table, &quality);
    add_test(&family, &test);
  }
  adjust_family(&family, arena);
  struct arena *scratch = arena_new();
  char *text = arena_alloc(arena, names_length(table->sections));
  for (size_t i = 0; i < count; i++) {
    write_report(table, i, &family, text, scratch);
    arena_clear(scratch);
  }
  arena_free(scratch);
}

static void write_all_digits(const struct quality_table *table, struct arena *arena) {
  struct year_digits **years = sum_years(table, arena);
  digit_rows rows = {0};
  for (int year = 0; year < YEARS; year++)
    if (years[year]) list_year(table, year, years[year], arena, &rows);
  struct digit_q_values family = digit_family(arena, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    struct digit_test test = digit_test_of(years[rows.item[i].year]->count[rows.item[i].section]);
    add_test(&family, &test);
  }
  adjust_family(&family, arena);
  for (size_t i = 0; i < rows.count; i++)
    write_digits(table, rows.item[i].year, rows.item[i].section,
                 years[rows.item[i].year]->count[rows.item[i].section], &family, i);
}

void quality_table_write(const struct quality_table *table) {
  struct arena *arena = arena_new();
  write_reports(table, arena);
  write_all_digits(table, arena);
  arena_free(arena);
}
