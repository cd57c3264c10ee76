/* Quality as columns. */
#include "analyze/results/quality_table.h"

#include <math.h>
#include <string.h>

#include "analyze/results/row.h"

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

static void row_edits(struct row *row, const struct details *report) {
  double checked = (double)report->edits_checked, failed = (double)report->edits_failed;
  bool known = checked >= 0 && failed >= 0 && failed <= checked;
  struct interval interval =
      known ? wilson_interval(checked - failed, checked, 0.95) : (struct interval){NAN, NAN};
  row_number(row, known ? checked : NAN);
  row_number(row, known ? failed : NAN);
  row_number(row, known ? 1 - failed / checked : NAN);
  row_number(row, interval.lower);
  row_number(row, interval.upper);
}

static void row_missing(struct row *row, const struct quality *quality) {
  uint32_t all = count_values(quality);
  row_integer(row, all);
  for (size_t i = 0; i < STATUS_COUNT; i++) row_integer(row, quality->values[i]);
  uint32_t missing = quality->values[STATUS_BLANK] + quality->values[STATUS_UNREADABLE];
  row_number(row, all ? (double)missing / all : NAN);
}

static void row_digits(struct row *row, const struct digit_test *test) {
  row_integer(row, (long long)test->values);
  row_number(row, test->statistic);
  row_number(row, test->p_value);
  row_number(row, test->heaped);
  row_number(row, test->heaped_p_value);
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
static void row_repeated(struct row *row, const struct quality_table *table, size_t report,
                         const struct quality *now, char *text, struct arena *arena) {
  const struct report_key *reports = table->dataset->reports.item;
  size_t earlier = panel_before(table->panel, report);
  bool follows = reports[earlier].year == reports[report].year - 1;
  struct quality before = follows ? quality_at(table, earlier) : (struct quality){0};
  bool comparable = follows && count_values(&before) > 0;
  row_text(row, comparable ? dataset_details(table->dataset, earlier, arena).id : "");
  repeated_sections(table->sections, &before, now, text);
  row_text(row, comparable ? text : "");
}

static size_t names_length(const struct sections *sections) {
  size_t length = 1;
  for (size_t i = 0; i < sections->count; i++) length += strlen(sections->name[i]) + 1;
  return length;
}

static void write_report(const struct quality_table *table, size_t index, char *text,
                         struct arena *scratch) {
  const struct organ *organ = dataset_organ(table->dataset, index);
  struct details details = dataset_details(table->dataset, index, scratch);
  struct quality quality = quality_at(table, index);
  size_t digits[DIGITS] = {0};
  for (size_t i = 0; i < table->sections->count; i++) add_digits(quality.digits[i], digits);
  struct digit_test test = digit_test_of(digits);
  struct row row = {.count = 0};
  row_text(&row, details.id);
  row_text(&row, organ->division);
  row_text(&row, organ->name);
  row_year(&row, table->dataset->reports.item[index].year);
  row_edits(&row, &details);
  row_missing(&row, &quality);
  row_digits(&row, &test);
  row_repeated(&row, table, index, &quality, text, scratch);
  row_write(&row, table->reports);
}

/* The digits of all reports of a year, by section. */
struct year_digits {
  size_t count[MOST_SECTIONS][DIGITS];
};

static void write_digits(const struct quality_table *table, int year, size_t section,
                         const size_t count[DIGITS]) {
  struct digit_test test = digit_test_of(count);
  if (test.values == 0) return;
  struct row row = {.count = 0};
  row_integer(&row, year);
  row_text(&row, table->sections->name[section]);
  row_digits(&row, &test);
  for (size_t i = 0; i < DIGITS; i++) row_integer(&row, (long long)count[i]);
  row_write(&row, table->digits);
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

static void write_year(const struct quality_table *table, int year,
                       const struct year_digits *digits) {
  const struct sections *sections = table->sections;
  for (size_t i = next_section(sections, ""); i < sections->count;
       i = next_section(sections, sections->name[i]))
    write_digits(table, year, i, digits->count[i]);
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

void quality_table_write(const struct quality_table *table) {
  struct arena *arena = arena_new(), *scratch = arena_new();
  char *text = arena_alloc(arena, names_length(table->sections));
  for (size_t i = 0; i < table->dataset->reports.count; i++) {
    write_report(table, i, text, scratch);
    arena_clear(scratch);
  }
  struct year_digits **years = sum_years(table, arena);
  for (int year = 0; year < YEARS; year++)
    if (years[year]) write_year(table, year, years[year]);
  arena_free(scratch);
  arena_free(arena);
}
