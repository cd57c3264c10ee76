/* The exact search for the smallest sets of wrong cells against GLPK, on random problems. With a
 * number as its argument the test tries as many of each kind. */
#include <stdlib.h>

#include "ingest/edits/change_programme.h"
#include "ingest/edits/change_search.h"
#include "tests/support.h"

static size_t problems_of_a_kind = 200;

/* ---- random problems ---- */

struct kind {
  const char *name;
  size_t rows, cells, terms; /* at most */
  size_t percent_open;       /* cells that are blank or approximate */
  size_t percent_at_least;   /* rules that want zero or more */
  whole_number largest_factor;
  size_t faults; /* cells changed in a problem that holds */
};

static const struct kind kinds[] = {
    {"sums of exact cells", 8, 16, 6, 0, 0, 1, 2},
    {"some cells open", 8, 16, 6, 20, 0, 1, 2},
    {"some rules one-sided", 8, 16, 6, 10, 30, 1, 2},
    {"factors", 6, 12, 4, 10, 10, 3, 2},
    {"steps of a tenth and whole ones", 6, 12, 4, 10, 10, 10, 2},
    {"few cells, many rules", 10, 8, 4, 10, 20, 1, 2},
    {"many faults", 10, 20, 5, 5, 5, 1, 5},
};

static bool one_in_hundred(uint64_t *seed, size_t percent) {
  return random_below(seed, 100) < percent;
}

static whole_number random_whole(uint64_t *seed, whole_number least, whole_number most) {
  return least + (whole_number)random_below(seed, (size_t)(most - least + 1));
}

/* A cell whose true value is VALUE above its lowest. */
static struct change_cell random_cell(const struct kind *kind, uint64_t *seed, whole_number value) {
  enum { REACH = 60 };
  struct change_cell cell = {.least = -value, .most = REACH};
  cell.weight = (int)random_whole(seed, 1, 4);
  if (!one_in_hundred(seed, kind->percent_open)) return cell;
  if (one_in_hundred(seed, 50)) cell.weight = 0; /* blank */
  if (one_in_hundred(seed, 50)) cell.low = -value;
  if (one_in_hundred(seed, 50)) cell.high = REACH;
  return cell;
}

/* A rule that holds with all deltas zero, or where it is one-sided may be above. */
static struct change_row random_row(struct arena *arena, const struct kind *kind, uint64_t *seed,
                                    size_t cells) {
  struct change_row row = {.at_least = one_in_hundred(seed, kind->percent_at_least)};
  struct change_term *term = arena_array(arena, kind->terms, sizeof *term);
  size_t wanted = 1 + random_below(seed, kind->terms);
  bool *used = arena_array(arena, cells, sizeof *used);
  for (size_t i = 0; i < wanted; i++) {
    size_t cell = random_below(seed, cells);
    if (used[cell]) continue;
    used[cell] = true;
    whole_number factor = random_whole(seed, 1, kind->largest_factor);
    term[row.terms++] = (struct change_term){cell, one_in_hundred(seed, 50) ? factor : -factor};
  }
  row.term = term;
  if (row.at_least) row.off = random_whole(seed, 0, 3);
  return row;
}

static bool row_fails(const struct change_problem *problem, const struct change_row *row) {
  whole_number low = row->off, high = row->off;
  for (size_t i = 0; i < row->terms; i++) {
    const struct change_cell *cell = &problem->cell[row->term[i].cell];
    whole_number factor = row->term[i].factor;
    low += factor * (factor > 0 ? cell->low : cell->high);
    high += factor * (factor > 0 ? cell->high : cell->low);
  }
  return high < 0 || (low > 0 && !row->at_least);
}

/* CELL is changed by DELTA, so that it now is off in the rules. */
static void plant(struct change_row *row, size_t rows, size_t cell, whole_number delta) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < row[i].terms; j++)
      if (row[i].term[j].cell == cell) row[i].off += row[i].term[j].factor * delta;
}

static struct change_problem random_problem(struct arena *arena, const struct kind *kind,
                                            uint64_t *seed) {
  size_t cells = 3 + random_below(seed, kind->cells - 2), rows = 1 + random_below(seed, kind->rows);
  struct change_cell *cell = arena_array(arena, cells, sizeof *cell);
  struct change_row *row = arena_array(arena, rows, sizeof *row);
  struct change_problem problem = {cell, cells, row, rows, .reach = 1000};
  for (size_t i = 0; i < cells; i++) cell[i] = random_cell(kind, seed, random_whole(seed, 0, 12));
  for (size_t i = 0; i < rows; i++) row[i] = random_row(arena, kind, seed, cells);
  for (size_t i = 1 + random_below(seed, kind->faults); i > 0; i--)
    plant(row, rows, random_below(seed, cells), random_whole(seed, -9, 9));
  for (size_t i = 0; i < rows; i++) row[i].fails = row_fails(&problem, &row[i]);
  return problem;
}

static bool some_row_fails(const struct change_problem *problem) {
  bool fails = false;
  for (size_t i = 0; i < problem->rows; i++) fails |= problem->row[i].fails;
  return fails;
}

/* ---- the answers ---- */

static void assert_same_cells(struct changed_cells a, struct changed_cells b) {
  assert_int_equal(a.count, b.count);
  for (size_t i = 0; i < a.count; i++) {
    assert_int_equal(a.item[i].cell, b.item[i].cell);
    assert_int_equal(a.item[i].determined, b.item[i].determined);
    if (a.item[i].determined) assert_true(a.item[i].delta == b.item[i].delta);
  }
}

static int compare_sets(const void *a, const void *b) {
  const struct changed_cells *x = a, *y = b;
  for (size_t i = 0; i < x->count && i < y->count; i++)
    if (x->item[i].cell != y->item[i].cell) return x->item[i].cell < y->item[i].cell ? -1 : 1;
  return (x->count > y->count) - (x->count < y->count);
}

static void assert_same_answer(const struct change_answer *found, struct change_answer *programme,
                               struct programme_steps left) {
  assert_int_equal(found->state, programme->state);
  assert_same_cells(found->certain, programme->certain);
  if (programme->sets == 0 && left.sets <= 0) return; /* it did not come to their end */
  assert_int_equal(found->sets, programme->sets);
  if (found->sets) qsort(programme->set, programme->sets, sizeof *programme->set, compare_sets);
  for (size_t i = 0; i < found->sets; i++) assert_same_cells(found->set[i], programme->set[i]);
}

struct tally {
  size_t unique, tie, beyond, left; /* LEFT: to the programme, or by it */
};

static void try_problem(struct arena *arena, const struct change_problem *problem,
                        struct tally *tally) {
  struct change_answer found;
  if (!change_search(arena, problem, &found)) {
    tally->left++;
    return;
  }
  struct programme_steps steps = programme_steps();
  struct change_answer programme = change_programme(arena, problem, &steps);
  if (steps.first <= 0) { /* what it did not come to the end of, it leaves open */
    tally->left++;
    return;
  }
  assert_same_answer(&found, &programme, steps);
  tally->unique += found.state == LOCALISED_UNIQUE;
  tally->tie += found.state == LOCALISED_TIE;
  tally->beyond += found.state == LOCALISED_BEYOND;
}

static void the_search_and_glpk_find_the_same_sets_and_values(void **state) {
  (void)state;
  printf("%-34s %6s %6s %6s %6s\n", "problems", "unique", "tie", "beyond", "left");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct tally tally = {0};
    uint64_t seed = 1976 + i;
    for (size_t tried = 0; tried < problems_of_a_kind;) {
      struct arena *arena = arena_new();
      struct change_problem problem = random_problem(arena, &kinds[i], &seed);
      if (some_row_fails(&problem)) {
        try_problem(arena, &problem, &tally);
        tried++;
      }
      arena_free(arena);
    }
    printf("%-34s %6zu %6zu %6zu %6zu\n", kinds[i].name, tally.unique, tally.tie, tally.beyond,
           tally.left);
    assert_true(tally.unique > problems_of_a_kind / 2 && tally.tie > problems_of_a_kind / 40);
    assert_true(tally.left <= problems_of_a_kind / 20);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_search_and_glpk_find_the_same_sets_and_values),
  };
  if (argc > 1) problems_of_a_kind = strtoul(argv[1], NULL, 10);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
