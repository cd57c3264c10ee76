/* Error localisation and deduction on made-up tables that add up, with faults planted: which cells
 * are named, that no smaller set would do, and what blank cells are given. The numbers are random;
 * they are no organ's. */
#include "tests/reports.h"

#include "ingest/edits/deduce.h"
#include "ingest/edits/edit.h"
#include "ingest/edits/localise.h"

/* ---- tables ---- */

/* The rows of section 3 in form 2019, of which `outcome.total` is the sum of those between. */
static const char *const rows[] = {"requests.received",
                                   "requests.carried_in",
                                   "outcome.granted",
                                   "outcome.partial",
                                   "outcome.denied.state_secret",
                                   "outcome.denied.other_law",
                                   "outcome.denied.security_stability",
                                   "outcome.denied.third_party",
                                   "outcome.denied.internal_affairs",
                                   "outcome.denied.process_information",
                                   "outcome.denied.enforcement_file",
                                   "outcome.denied.administrative_inquiry",
                                   "outcome.unable.not_held",
                                   "outcome.unable.needs_creation",
                                   "outcome.unable.still_unclear",
                                   "outcome.declined.petition",
                                   "outcome.declined.repeat",
                                   "outcome.declined.publication",
                                   "outcome.declined.excessive",
                                   "outcome.declined.confirm_or_reissue",
                                   "outcome.other",
                                   "outcome.total",
                                   "requests.carried_out"};
enum { ROWS = 23, FIRST_OUTCOME = 2, TOTAL_ROW = 21, COLUMNS = 7, TOTAL_COLUMN = 6 };

struct table {
  long long number[ROWS][COLUMNS];
};

static long long random_count(uint64_t *seed, size_t row, size_t column) {
  static const size_t usual[] = {60, 12, 2, 2, 2, 4};
  if (random_below(seed, 10) < (column == 0 ? 3 : 7)) return 0;
  return (long long)random_below(seed, usual[column] * (row < 4 ? 3 : 1) + 1);
}

/* A table that adds up: outcomes at random, what was received follows. */
static struct table random_table(uint64_t *seed) {
  struct table table = {0};
  for (size_t column = 0; column < TOTAL_COLUMN; column++) {
    long long(*cell)[COLUMNS] = table.number;
    for (size_t row = FIRST_OUTCOME; row < TOTAL_ROW; row++) {
      cell[row][column] = random_count(seed, row, column);
      cell[TOTAL_ROW][column] += cell[row][column];
    }
    cell[ROWS - 1][column] = random_count(seed, ROWS, column);
    long long all = cell[TOTAL_ROW][column] + cell[ROWS - 1][column];
    cell[1][column] = (long long)random_below(seed, (size_t)all / 5 + 1);
    cell[0][column] = all - cell[1][column];
  }
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < TOTAL_COLUMN; column++)
      table.number[row][TOTAL_COLUMN] += table.number[row][column];
  return table;
}

static const struct section_forms sections[] = {{"requests", "2019"}};

static struct observations observations_of(struct arena *arena, const struct table *table) {
  const struct codebook *codebook = the_knowledge()->codebook;
  struct observations result = {.section = sections, .sections = 1};
  result.item = arena_array(arena, (size_t)ROWS * COLUMNS, sizeof *result.item);
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++)
      result.item[result.count++] = (struct observation){
          .variable = rows[row],
          .category = codebook->applicant[column].id,
          .value = decimal_from(table->number[row][column]),
          .unit = "件",
          .provenance = {{.kind = PLACE_TABLE, .number = 1, .row = row + 1, .column = column + 1},
                         READ_BY_TABLE,
                         ""},
          .raw = ""};
  qsort(result.item, result.count, sizeof *result.item, observation_compare);
  return result;
}

static struct observation *cell_at(const struct observations *observations, size_t row,
                                   size_t column) {
  const char *category = the_knowledge()->codebook->applicant[column].id;
  const struct observation *found = observation_find(observations, rows[row], category);
  assert_non_null(found);
  return &observations->item[found - observations->item];
}

/* ---- faults ---- */

struct fault {
  struct table table; /* with the fault */
  size_t cells;       /* that it changed */
};

static void set(struct fault *fault, size_t row, size_t column, long long number) {
  fault->cells += fault->table.number[row][column] != number;
  fault->table.number[row][column] = number;
}

static void plant_part(struct fault *fault, uint64_t *seed) {
  size_t row = FIRST_OUTCOME + random_below(seed, TOTAL_ROW - FIRST_OUTCOME);
  size_t column = random_below(seed, TOTAL_COLUMN);
  set(fault, row, column, fault->table.number[row][column] + 1 + (long long)random_below(seed, 20));
}

static void plant_column_total(struct fault *fault, uint64_t *seed) {
  size_t row = random_below(seed, ROWS);
  set(fault, row, TOTAL_COLUMN,
      fault->table.number[row][TOTAL_COLUMN] + 1 + (long long)random_below(seed, 20));
}

static void plant_row_total(struct fault *fault, uint64_t *seed) {
  size_t column = random_below(seed, TOTAL_COLUMN);
  set(fault, TOTAL_ROW, column,
      fault->table.number[TOTAL_ROW][column] + 1 + (long long)random_below(seed, 20));
}

/* The last two digits of a number change places. */
static void plant_transposed(struct fault *fault, uint64_t *seed) {
  for (size_t tries = 0; tries < 1000 && fault->cells == 0; tries++) {
    size_t row = random_below(seed, ROWS), column = random_below(seed, COLUMNS);
    long long number = fault->table.number[row][column];
    if (number >= 10)
      set(fault, row, column, number / 100 * 100 + number % 10 * 10 + number / 10 % 10);
  }
}

static void swap(struct fault *fault, size_t row, size_t column, size_t other_row,
                 size_t other_column) {
  long long number = fault->table.number[row][column];
  set(fault, row, column, fault->table.number[other_row][other_column]);
  set(fault, other_row, other_column, number);
}

static void plant_swap_in_column(struct fault *fault, uint64_t *seed) {
  size_t row = FIRST_OUTCOME + random_below(seed, TOTAL_ROW - FIRST_OUTCOME - 1);
  size_t column = random_below(seed, TOTAL_COLUMN);
  swap(fault, row, column, row + 1, column);
}

static void plant_swap_in_row(struct fault *fault, uint64_t *seed) {
  size_t row = random_below(seed, ROWS), column = random_below(seed, TOTAL_COLUMN - 1);
  swap(fault, row, column, row, column + 1);
}

static void plant_swap_with_total(struct fault *fault, uint64_t *seed) {
  size_t row = random_below(seed, ROWS);
  swap(fault, row, random_below(seed, TOTAL_COLUMN), row, TOTAL_COLUMN);
}

/* From a row on, every row of outcomes stands one too low; the first is empty. */
static void plant_shifted_rows(struct fault *fault, uint64_t *seed) {
  size_t from = FIRST_OUTCOME + random_below(seed, TOTAL_ROW - FIRST_OUTCOME - 1);
  for (size_t row = TOTAL_ROW - 1; row > from; row--)
    for (size_t column = 0; column < COLUMNS; column++)
      set(fault, row, column, fault->table.number[row - 1][column]);
  for (size_t column = 0; column < COLUMNS; column++) set(fault, from, column, 0);
}

/* The cells of one row stand one too far right; the first is zero. */
static void plant_shifted_cells(struct fault *fault, uint64_t *seed) {
  size_t row = random_below(seed, ROWS);
  for (size_t column = TOTAL_COLUMN; column > 0; column--)
    set(fault, row, column, fault->table.number[row][column - 1]);
  set(fault, row, 0, 0);
}

/* ---- what is said of them ---- */

struct tally {
  size_t faults, told, named, right, wrong, ties, beyond;
};

static void count_result(const struct edit_result *result, const struct observations *observations,
                         const struct observations *truth, size_t cells, struct tally *tally) {
  size_t right = 0, wrong = 0;
  bool tie = false, beyond = false;
  bool *seen = calloc(observations->count, sizeof *seen);
  assert_non_null(seen);
  for (size_t i = 0; i < result->failures; i++) {
    const struct edit_failure *failure = &result->failure[i];
    tie |= strcmp(failure->localisation, "tie") == 0;
    beyond |= strcmp(failure->localisation, "beyond_limits") == 0;
    if (!failure->suspect) continue;
    size_t index = (size_t)(failure->suspect - observations->item);
    bool is_right = failure->has_suggestion &&
                    decimal_compare(failure->suggested, truth->item[index].value) == 0;
    if (!seen[index]) *(is_right ? &right : &wrong) += 1;
    seen[index] = true;
  }
  free(seen);
  tally->told += result->failures > 0;
  tally->named += right + wrong > 0;
  tally->right += right == cells && wrong == 0;
  tally->wrong += wrong > 0;
  tally->ties += tie;
  tally->beyond += beyond;
}

static struct tally plant(void (*plant_one)(struct fault *, uint64_t *), size_t count) {
  struct tally tally = {0};
  uint64_t seed = 1976;
  while (tally.faults < count) {
    struct arena *arena = arena_new();
    struct table table = random_table(&seed);
    struct fault fault = {.table = table};
    plant_one(&fault, &seed);
    if (fault.cells) {
      struct observations truth = observations_of(arena, &table);
      struct observations observations = observations_of(arena, &fault.table);
      struct edit_result result = edit_check(arena, the_knowledge()->edit_rules, &observations);
      tally.faults++;
      count_result(&result, &observations, &truth, fault.cells, &tally);
    }
    arena_free(arena);
  }
  return tally;
}

static void planted_faults_are_named_where_the_rules_determine_them(void **state) {
  (void)state;
  static const struct {
    const char *name;
    void (*plant)(struct fault *, uint64_t *);
    size_t faults;
    bool determined; /* by the rules: a single cell */
  } kinds[] = {{"a part", plant_part, 100, true},
               {"a total of a row", plant_column_total, 100, true},
               {"a total of a column", plant_row_total, 100, true},
               {"digits transposed", plant_transposed, 100, true},
               {"a cell and its total swapped", plant_swap_with_total, 40, true},
               {"two cells of a row swapped", plant_swap_in_row, 40, false},
               {"two cells of a column swapped", plant_swap_in_column, 40, false},
               {"cells of a row shifted by one", plant_shifted_cells, 10, false},
               {"rows shifted down by one", plant_shifted_rows, 10, false}};
  printf("%-30s %6s %6s %6s %6s %6s %6s %6s\n", "planted fault", "faults", "told", "named", "right",
         "wrong", "tie", "beyond");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct tally tally = plant(kinds[i].plant, kinds[i].faults);
    printf("%-30s %6zu %6zu %6zu %6zu %6zu %6zu %6zu\n", kinds[i].name, tally.faults, tally.told,
           tally.named, tally.right, tally.wrong, tally.ties, tally.beyond);
    assert_int_equal(tally.wrong, 0);
    if (!kinds[i].determined) continue;
    assert_int_equal(tally.told, tally.faults);
    assert_true(tally.right * 100 >= tally.faults * 95);
  }
}

/* ---- against all sets of one and two cells ---- */

enum { BALANCE = ROWS, OUTCOMES = BALANCE + COLUMNS, RULES = OUTCOMES + COLUMNS };
enum { CELLS = ROWS * COLUMNS, OF_ONE_CELL = 3 };

/* The rules that hold CELL (row * COLUMNS + column): how often each adds it. */
static size_t rules_of(size_t cell, size_t rule[OF_ONE_CELL], int factor[OF_ONE_CELL]) {
  size_t row = cell / COLUMNS, column = cell % COLUMNS, count = 0;
  bool is_sum = row == TOTAL_ROW, is_request = row < FIRST_OUTCOME || row == ROWS - 1;
  rule[count] = row;
  factor[count++] = column == TOTAL_COLUMN ? -1 : 1;
  if (is_request || is_sum) {
    rule[count] = BALANCE + column;
    factor[count++] = row < FIRST_OUTCOME ? 1 : -1;
  }
  if (!is_request) {
    rule[count] = OUTCOMES + column;
    factor[count++] = is_sum ? -1 : 1;
  }
  return count;
}

static long long number_of(const struct table *table, size_t cell) {
  return table->number[cell / COLUMNS][cell % COLUMNS];
}

/* What each rule is off by. */
static void sum_up(const struct table *table, long long off[RULES]) {
  memset(off, 0, RULES * sizeof *off);
  for (size_t cell = 0; cell < CELLS; cell++) {
    size_t rule[OF_ONE_CELL];
    int factor[OF_ONE_CELL];
    for (size_t i = rules_of(cell, rule, factor); i-- > 0;)
      off[rule[i]] += factor[i] * number_of(table, cell);
  }
}

/* The change of CELL that mends the first rule that holds it and not OTHER (CELLS: none). */
static long long change_for(size_t cell, size_t other, const long long off[RULES]) {
  size_t rule[OF_ONE_CELL], others[OF_ONE_CELL];
  int factor[OF_ONE_CELL], ignored[OF_ONE_CELL];
  size_t count = rules_of(cell, rule, factor);
  size_t other_count = other == CELLS ? 0 : rules_of(other, others, ignored);
  for (size_t i = 0; i < count; i++) {
    bool shared = false;
    for (size_t j = 0; j < other_count; j++) shared |= rule[i] == others[j];
    if (!shared) return -off[rule[i]] * factor[i];
  }
  fail_msg("two cells share all their rules");
  return 0;
}

/* Can changes of A and B (or of A alone, B is CELLS) let all rules hold, and are both needed? */
static bool mends(const struct table *table, const long long off[RULES], size_t a, size_t b) {
  long long rest[RULES];
  size_t cell[] = {a, b}, cells = b == CELLS ? 1 : 2;
  memcpy(rest, off, sizeof rest);
  for (size_t i = 0; i < cells; i++) {
    long long change = change_for(cell[i], cell[1 - i], off);
    size_t rule[OF_ONE_CELL];
    int factor[OF_ONE_CELL];
    if (change == 0 || number_of(table, cell[i]) + change < 0) return false;
    for (size_t j = rules_of(cell[i], rule, factor); j-- > 0;) rest[rule[j]] += factor[j] * change;
  }
  for (size_t i = 0; i < RULES; i++)
    if (rest[i]) return false;
  return true;
}

struct brute_force {
  size_t size, sets; /* of the smallest sets; size 0: more than two cells */
  size_t in[CELLS];  /* in how many of them each cell is */
};

static void add_set(struct brute_force *found, size_t a, size_t b) {
  found->sets++;
  found->in[a]++;
  if (b < CELLS) found->in[b]++;
}

static struct brute_force try_all(const struct table *table) {
  struct brute_force found = {0};
  long long off[RULES];
  sum_up(table, off);
  for (size_t a = 0; a < CELLS; a++)
    if (mends(table, off, a, CELLS)) add_set(&found, a, CELLS);
  if (found.sets) found.size = 1;
  for (size_t a = 0; a < CELLS && found.size != 1; a++)
    for (size_t b = a + 1; b < CELLS; b++)
      if (mends(table, off, a, b)) add_set(&found, a, b);
  if (found.sets && !found.size) found.size = 2;
  return found;
}

static void assert_agrees(const struct brute_force *brute, const struct localisation *localisation,
                          const struct observations *observations) {
  if (brute->size == 0) { /* three or more: not decided here */
    assert_true(localisation->state != LOCALISED_UNIQUE || localisation->changes > 2);
    return;
  }
  size_t certain = 0;
  for (size_t i = 0; i < CELLS; i++) {
    if (brute->in[i] < brute->sets) continue;
    const struct observation *cell = cell_at(observations, i / COLUMNS, i % COLUMNS);
    bool named = false;
    for (size_t j = 0; j < localisation->changes; j++)
      named |= localisation->change[j].cell == cell;
    assert_true(named);
    certain++;
  }
  assert_int_equal(localisation->changes, certain);
  assert_int_equal(localisation->state, brute->sets == 1 ? LOCALISED_UNIQUE : LOCALISED_TIE);
}

static void the_smallest_sets_are_those_that_trying_all_of_one_and_two_cells_finds(void **state) {
  (void)state;
  enum { TABLES = 150 };
  const struct edit_rules *rules = the_knowledge()->edit_rules;
  size_t sizes[3] = {0}, unique = 0;
  uint64_t seed = 2011;
  for (size_t i = 0; i < TABLES; i++) {
    struct arena *arena = arena_new();
    struct fault fault = {.table = random_table(&seed)};
    for (size_t j = 1 + random_below(&seed, 3); j > 0; j--) {
      long long *number =
          &fault.table.number[random_below(&seed, ROWS)][random_below(&seed, COLUMNS)];
      *number = *number && random_below(&seed, 2) ? *number - 1 : *number + 1;
    }
    struct brute_force brute = try_all(&fault.table);
    struct observations observations = observations_of(arena, &fault.table);
    struct edit_system system = edit_system_build(arena, rules, &observations);
    const struct localisation **localisation = localise(arena, rules, &system, &observations);
    for (size_t j = 0; j < system.rows.count; j++)
      if (system.rows.item[j].fails) assert_agrees(&brute, localisation[j], &observations);
    sizes[brute.size]++;
    unique += brute.size && brute.sets == 1;
    arena_free(arena);
  }
  printf("%d tables: %zu with one cell, %zu with two, %zu with more; %zu of one and two unique\n",
         TABLES, sizes[1], sizes[2], sizes[0], unique);
  assert_true(sizes[1] > 30 && sizes[2] > 30 && sizes[0] > 30 && unique > 60);
}

/* ---- deduction ---- */

enum { ANY = ROWS };

/* Which cells are blank: those of a row and a column (or ANY), one in so many. */
struct blanks {
  const char *name;
  size_t row, column, one_in;
  size_t percent; /* that are deduced at least */
};

static size_t blank_cells(const struct observations *observations, const struct blanks *blanks,
                          uint64_t *seed) {
  size_t count = 0;
  for (size_t i = 0; i < CELLS; i++) {
    size_t row = i / COLUMNS, column = i % COLUMNS;
    if ((blanks->row != ANY && row != blanks->row) ||
        (blanks->column != ANY && column != blanks->column) || random_below(seed, blanks->one_in))
      continue;
    struct observation *cell = cell_at(observations, row, column);
    cell->status = STATUS_BLANK;
    cell->value = decimal_from(0);
    count++;
  }
  return count;
}

/* How many cells of OBSERVATIONS were deduced, each to the number in TABLE. */
static size_t deduced_cells(const struct observations *observations, const struct table *table) {
  size_t count = 0;
  for (size_t i = 0; i < CELLS; i++) {
    const struct observation *cell = cell_at(observations, i / COLUMNS, i % COLUMNS);
    if (cell->status != STATUS_DEDUCED) continue;
    assert_int_equal(decimal_compare(cell->value, decimal_from(number_of(table, i))), 0);
    count++;
  }
  return count;
}

static void blank_cells_are_given_the_number_that_alone_is_possible(void **state) {
  (void)state;
  static const struct blanks kinds[] = {{"the total column", ANY, TOTAL_COLUMN, 1, 100},
                                        {"the row of totals", TOTAL_ROW, ANY, 1, 100},
                                        {"one cell in twenty", ANY, ANY, 20, 90},
                                        {"every other cell", ANY, ANY, 2, 5}};
  printf("%-30s %8s %8s\n", "blank", "cells", "deduced");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    uint64_t seed = 2019;
    size_t blank = 0, deduced = 0;
    for (size_t j = 0; j < 100; j++) {
      struct arena *arena = arena_new();
      struct table table = random_table(&seed);
      struct observations observations = observations_of(arena, &table);
      blank += blank_cells(&observations, &kinds[i], &seed);
      size_t given = deduce(arena, the_knowledge()->edit_rules, &observations);
      assert_int_equal(deduced_cells(&observations, &table), given);
      deduced += given;
      arena_free(arena);
    }
    printf("%-30s %8zu %8zu\n", kinds[i].name, blank, deduced);
    assert_true(deduced * 100 >= blank * kinds[i].percent);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(planted_faults_are_named_where_the_rules_determine_them),
      cmocka_unit_test(the_smallest_sets_are_those_that_trying_all_of_one_and_two_cells_finds),
      cmocka_unit_test(blank_cells_are_given_the_number_that_alone_is_possible),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
