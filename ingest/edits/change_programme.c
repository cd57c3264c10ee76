/* The mixed-integer programme of error localisation. Knows neither documents nor rules.
 *
 * For every cell there is a column `delta`, and for every cell that may be wrong a binary column
 * `wrong` that costs the cell's weight:
 *
 *   minimise  sum of weight * wrong
 *   where     what a rule is off by + sum of factor * delta  = 0 (or >= 0)      for every rule
 *             low + (least - low) * wrong <= delta <= high + (most - high) * wrong   for every cell
 *             sum of wrong >= 1              over the cells of each rule that fails
 *
 * In deltas the numbers are as small as the faults, which keeps the programme sound in floating
 * point. */
#include "ingest/edits/change_programme.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

enum { NODES = 2000, NODES_FOR_SETS = 1000, LARGEST_REACH = 100000000 };

enum solution { SOLUTION_FOUND, SOLUTION_NONE, SOLUTION_BEYOND };

struct programme {
  struct arena *arena;
  const struct change_problem *of;
  int *delta, *wrong; /* columns by cell; 0: there is none */
  glp_prob *problem;
  int weight_row; /* the sum of weights, to be bounded */
  int *nodes;     /* that may still be searched */
};

struct programme_steps programme_steps(void) {
  return (struct programme_steps){.first = NODES, .sets = NODES_FOR_SETS};
}

/* ---- building ---- */

static int add_row(struct programme *programme, int kind, double low, double high) {
  int row = glp_add_rows(programme->problem, 1);
  glp_set_row_bnds(programme->problem, row, kind, low, high);
  return row;
}

/* Says that DELTA may pass BOUND, on one side, by WIDTH where the cell is wrong. */
static void add_bound(struct programme *programme, size_t cell, int kind, double bound,
                      double width) {
  int row = add_row(programme, kind, bound, bound);
  int columns[] = {0, programme->delta[cell], programme->wrong[cell]};
  double factors[] = {0, 1, -width};
  glp_set_mat_row(programme->problem, row, 2, columns, factors);
}

static void add_wrong(struct programme *programme, size_t index) {
  const struct change_cell *cell = &programme->of->cell[index];
  int column = programme->wrong[index] = glp_add_cols(programme->problem, 1);
  glp_set_col_kind(programme->problem, column, GLP_BV);
  glp_set_obj_coef(programme->problem, column, cell->weight);
  if (cell->most > cell->high)
    add_bound(programme, index, GLP_UP, (double)cell->high, (double)(cell->most - cell->high));
  if (cell->least < cell->low)
    add_bound(programme, index, GLP_LO, (double)cell->low, (double)(cell->least - cell->low));
}

static void add_cell(struct programme *programme, size_t index) {
  const struct change_cell *cell = &programme->of->cell[index];
  double least = (double)(cell->weight ? cell->least : cell->low);
  double most = (double)(cell->weight ? cell->most : cell->high);
  int column = programme->delta[index] = glp_add_cols(programme->problem, 1);
  glp_set_col_kind(programme->problem, column, GLP_IV);
  glp_set_col_bnds(programme->problem, column, least < most ? GLP_DB : GLP_FX, least, most);
  if (cell->weight) add_wrong(programme, index);
}

static void add_rule(struct programme *programme, const struct change_row *row) {
  int *column = arena_array(programme->arena, row->terms + 1, sizeof *column);
  double *factor = arena_array(programme->arena, row->terms + 1, sizeof *factor);
  double off = -(double)row->off;
  int count = 0;
  for (size_t i = 0; i < row->terms; i++) {
    column[i + 1] = programme->delta[row->term[i].cell];
    factor[i + 1] = (double)row->term[i].factor;
  }
  glp_set_mat_row(programme->problem, add_row(programme, row->at_least ? GLP_LO : GLP_FX, off, off),
                  (int)row->terms, column, factor);
  if (!row->fails) return;
  for (size_t i = 0; i < row->terms; i++) {
    int wrong = programme->wrong[row->term[i].cell];
    if (!wrong) continue;
    column[++count] = wrong;
    factor[count] = 1;
  }
  glp_set_mat_row(programme->problem, add_row(programme, GLP_LO, 1, 1), count, column, factor);
}

static void add_weight_row(struct programme *programme) {
  size_t cells = programme->of->cells;
  int *column = arena_array(programme->arena, cells + 1, sizeof *column), count = 0;
  double *factor = arena_array(programme->arena, cells + 1, sizeof *factor);
  for (size_t i = 0; i < cells; i++) {
    if (!programme->wrong[i]) continue;
    column[++count] = programme->wrong[i];
    factor[count] = programme->of->cell[i].weight;
  }
  programme->weight_row = add_row(programme, GLP_UP, LARGEST_WEIGHT, LARGEST_WEIGHT);
  glp_set_mat_row(programme->problem, programme->weight_row, count, column, factor);
}

static void build(struct programme *programme) {
  size_t cells = programme->of->cells;
  programme->delta = arena_array(programme->arena, cells + 1, sizeof *programme->delta);
  programme->wrong = arena_array(programme->arena, cells + 1, sizeof *programme->wrong);
  for (size_t i = 0; i < cells; i++) add_cell(programme, i);
  for (size_t i = 0; i < programme->of->rows; i++) add_rule(programme, &programme->of->row[i]);
  add_weight_row(programme);
}

/* ---- solving ---- */

/* Called for every node and more often; GLP_ISELECT is once a node. */
static void count_node(glp_tree *tree, void *context) {
  int *nodes = context;
  if (glp_ios_reason(tree) == GLP_ISELECT && --*nodes < 0) glp_ios_terminate(tree);
}

/* The programme without its whole numbers, from where the search begins. The simplex may go round
 * in circles; its pivots are limited. */
static enum solution relax(const struct programme *programme) {
  enum { PIVOTS = 5000 };
  glp_smcp options;
  glp_init_smcp(&options);
  options.msg_lev = GLP_MSG_OFF;
  options.meth = GLP_DUALP;
  options.it_lim = PIVOTS;
  glp_std_basis(programme->problem);
  if (glp_simplex(programme->problem, &options) != 0) return SOLUTION_BEYOND;
  switch (glp_get_status(programme->problem)) {
    case GLP_OPT: return SOLUTION_FOUND;
    case GLP_NOFEAS: return SOLUTION_NONE;
    default: return SOLUTION_BEYOND;
  }
}

static enum solution solve(const struct programme *programme) {
  glp_iocp options;
  if (*programme->nodes <= 0) return SOLUTION_BEYOND;
  enum solution relaxed = relax(programme);
  if (relaxed != SOLUTION_FOUND) return relaxed;
  glp_init_iocp(&options);
  options.msg_lev = GLP_MSG_OFF;
  options.cb_func = count_node;
  options.cb_info = programme->nodes;
  /* so that no rounding of `wrong` to zero hides a delta of one */
  options.tol_int = fmin(options.tol_int, 0.1 / fmax((double)programme->of->reach, 1));
  switch (glp_intopt(programme->problem, &options)) {
    case 0: break;
    case GLP_ENOPFS: return SOLUTION_NONE;
    default: return SOLUTION_BEYOND;
  }
  return glp_mip_status(programme->problem) == GLP_OPT ? SOLUTION_FOUND : SOLUTION_NONE;
}

/* Is there a set of the smallest weight without CELL? */
static enum solution solve_without(const struct programme *programme, size_t cell) {
  int column = programme->wrong[cell];
  glp_set_col_bnds(programme->problem, column, GLP_FX, 0, 0);
  enum solution solution = solve(programme);
  glp_set_col_bnds(programme->problem, column, GLP_DB, 0, 1);
  return solution;
}

/* The least (or, DIRECTION GLP_MAX, the largest) delta of CELL in all sets of the smallest weight.
 */
static bool extreme_of(const struct programme *programme, size_t cell, int direction,
                       double *delta) {
  int column = programme->delta[cell];
  glp_set_obj_dir(programme->problem, direction);
  glp_set_obj_coef(programme->problem, column, 1);
  bool found = solve(programme) == SOLUTION_FOUND;
  *delta = found ? round(glp_mip_col_val(programme->problem, column)) : 0;
  glp_set_obj_coef(programme->problem, column, 0);
  return found;
}

static struct changed_cell change_of(const struct programme *programme, size_t cell) {
  double least, most;
  if (!extreme_of(programme, cell, GLP_MIN, &least) ||
      !extreme_of(programme, cell, GLP_MAX, &most) || least != most)
    return (struct changed_cell){.cell = cell};
  return (struct changed_cell){cell, true, (whole_number)least};
}

static bool is_wrong(const struct programme *programme, size_t cell) {
  return programme->wrong[cell] &&
         glp_mip_col_val(programme->problem, programme->wrong[cell]) > 0.5;
}

typedef LIST_OF(struct changed_cell) change_list;

/* Of the cells that the first solution calls wrong, those that every smallest set holds. */
static void keep_what_is_certain(const struct programme *programme, bool *wrong,
                                 struct change_answer *answer) {
  size_t cells = programme->of->cells;
  change_list changes = {0};
  answer->state = LOCALISED_UNIQUE;
  for (size_t i = 0; i < cells; i++) {
    if (!wrong[i]) continue;
    enum solution solution = solve_without(programme, i);
    wrong[i] = solution == SOLUTION_NONE;
    if (solution == SOLUTION_FOUND && answer->state == LOCALISED_UNIQUE)
      answer->state = LOCALISED_TIE;
    if (solution == SOLUTION_BEYOND) answer->state = LOCALISED_BEYOND;
  }
  for (size_t i = 0; i < cells; i++)
    if (programme->wrong[i]) glp_set_obj_coef(programme->problem, programme->wrong[i], 0);
  for (size_t i = 0; i < cells; i++)
    if (wrong[i]) *list_add(programme->arena, &changes) = change_of(programme, i);
  answer->certain = (struct changed_cells){changes.item, changes.count};
}

/* ---- every smallest set ---- */

typedef LIST_OF(struct changed_cells) set_list;

/* Forbids the set of the COUNT columns WRONG, and what holds it. */
static void forbid(const struct programme *programme, const int *wrong, int count) {
  int row = glp_add_rows(programme->problem, 1);
  double *factor = arena_array(programme->arena, (size_t)count + 1, sizeof *factor);
  for (int i = 1; i <= count; i++) factor[i] = 1;
  glp_set_row_bnds(programme->problem, row, GLP_UP, 0, count - 1);
  glp_set_mat_row(programme->problem, row, count, wrong, factor);
}

/* Adds the cells that the last solution calls wrong, without values, as a set. */
static void add_set(const struct programme *programme, set_list *sets) {
  change_list changes = {0};
  size_t cells = programme->of->cells;
  int *wrong = arena_array(programme->arena, cells + 1, sizeof *wrong), count = 0;
  for (size_t i = 0; i < cells; i++) {
    if (!is_wrong(programme, i)) continue;
    wrong[++count] = programme->wrong[i];
    *list_add(programme->arena, &changes) = (struct changed_cell){.cell = i};
  }
  forbid(programme, wrong, count);
  *list_add(programme->arena, sets) = (struct changed_cells){changes.item, changes.count};
}

static bool is_in(const struct changed_cells *set, size_t cell) {
  for (size_t i = 0; i < set->count; i++)
    if (set->item[i].cell == cell) return true;
  return false;
}

/* The values of SET, where nothing but its cells may change. */
static void find_values(const struct programme *programme, struct changed_cells *set) {
  for (size_t i = 0; i < programme->of->cells; i++)
    if (programme->wrong[i] && !is_in(set, i))
      glp_set_col_bnds(programme->problem, programme->wrong[i], GLP_FX, 0, 0);
  for (size_t i = 0; i < set->count; i++) set->item[i] = change_of(programme, set->item[i].cell);
  for (size_t i = 0; i < programme->of->cells; i++)
    if (programme->wrong[i])
      glp_set_col_bnds(programme->problem, programme->wrong[i], GLP_DB, 0, 1);
}

/* Forgets the sets that are forbidden: the last COUNT rows. */
static void allow_again(const struct programme *programme, size_t count) {
  int *row = arena_array(programme->arena, count + 1, sizeof *row);
  int last = glp_get_num_rows(programme->problem);
  for (size_t i = 1; i <= count; i++) row[i] = last - (int)i + 1;
  if (count) glp_del_rows(programme->problem, (int)count, row);
}

/* Tells every smallest set, with the values that each needs, where they are few. */
static void list_sets(const struct programme *programme, int *nodes, struct change_answer *answer) {
  struct programme own = *programme;
  own.nodes = nodes;
  set_list sets = {0};
  enum solution solution = SOLUTION_FOUND;
  while (sets.count <= MOST_SETS && (solution = solve(&own)) == SOLUTION_FOUND)
    add_set(&own, &sets);
  allow_again(&own, sets.count);
  if (solution != SOLUTION_NONE) return;
  for (size_t i = 0; i < sets.count; i++) find_values(&own, &sets.item[i]);
  answer->set = sets.item;
  answer->sets = sets.count;
}

static struct change_answer search(const struct programme *programme, int *nodes_for_sets) {
  struct change_answer answer = {.state = LOCALISED_BEYOND};
  size_t cells = programme->of->cells;
  bool *wrong = arena_array(programme->arena, cells + 1, sizeof *wrong);
  if (solve(programme) != SOLUTION_FOUND) return answer;
  for (size_t i = 0; i < cells; i++) wrong[i] = is_wrong(programme, i);
  double weight = round(glp_mip_obj_val(programme->problem));
  glp_set_row_bnds(programme->problem, programme->weight_row, GLP_UP, weight, weight);
  keep_what_is_certain(programme, wrong, &answer);
  if (answer.state == LOCALISED_TIE) list_sets(programme, nodes_for_sets, &answer);
  return answer;
}

struct change_answer change_programme(struct arena *arena, const struct change_problem *problem,
                                      struct programme_steps *steps) {
  if (problem->reach > LARGEST_REACH) return (struct change_answer){.state = LOCALISED_BEYOND};
  glp_term_out(GLP_OFF);
  struct programme programme = {
      .arena = arena, .of = problem, .problem = glp_create_prob(), .nodes = &steps->first};
  build(&programme);
  struct change_answer answer = search(&programme, &steps->sets);
  glp_delete_prob(programme.problem);
  glp_free_env();
  return answer;
}
