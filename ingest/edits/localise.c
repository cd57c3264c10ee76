/* The mixed-integer programme of error localisation. Knows neither documents nor results.
 *
 * For every cell there is a column `delta`, what its number changes by, and for every cell that may
 * be wrong a binary column `wrong` that costs the cell's weight:
 *
 *   minimise  sum of weight * wrong
 *   where     what a rule is off by + sum of factor * delta  = 0 (or >= 0)      for every rule
 *             low + (least - low) * wrong <= delta <= high + (most - high) * wrong   for every cell
 *             sum of wrong >= 1              over the cells of each rule that fails
 *
 * LOW to HIGH is as far as the number is open anyhow (blank, approximate); LEAST to MOST is as far
 * as its type allows. In deltas the numbers are as small as the faults, which keeps the programme
 * sound in floating point; what it finds is confirmed with exact decimals. */
#include "ingest/edits/localise.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

/* A search that needs more steps (nodes of the search tree, of all searches in a report together)
 * or weight ends as LOCALISED_BEYOND. The limits count, they do not time: the result is the same on
 * every machine. */
enum { NODES = 2000, LARGEST_WEIGHT = 20, LARGEST_REACH = 100000000 };

/* Of more smallest sets none is told, and none where finding them needs more steps. */
enum { MOST_SETS = 12, NODES_FOR_SETS = 1000 };

enum solution { SOLUTION_FOUND, SOLUTION_NONE, SOLUTION_BEYOND };

struct programme {
  struct arena *arena;
  const struct edit_rules *rules;
  const struct edit_system *system;
  struct observations *observations;
  const bool *row, *cell; /* of the system: which belong here */
  int *delta, *wrong;     /* columns by cell; 0: there is none */
  glp_prob *problem;
  int weight_row; /* the sum of weights, to be bounded */
  int places;     /* deltas count in 10^-places */
  double reach;   /* no delta is larger */
  int *nodes;     /* that may still be searched */
  int *set_nodes; /* the same, for the sets beside the first */
};

/* ---- connected rules ---- */

static bool touches(const struct edit_row *row, const bool *cell) {
  for (size_t i = 0; i < row->terms; i++)
    if (cell[row->term[i].cell]) return true;
  return false;
}

/* Marks all rows that FIRST is connected with by cells, and these cells. */
static void connect(const struct edit_system *system, size_t first, bool *row, bool *cell) {
  bool grows = true;
  for (size_t i = first; grows; i = 0) {
    grows = false;
    for (; i < system->rows.count; i++) {
      const struct edit_row *candidate = &system->rows.item[i];
      if (row[i] || (i != first && !touches(candidate, cell))) continue;
      row[i] = grows = true;
      for (size_t j = 0; j < candidate->terms; j++) cell[candidate->term[j].cell] = true;
    }
  }
}

/* ---- building ---- */

static double scaled(const struct programme *programme, struct decimal number) {
  return decimal_double(number) * pow(10, programme->places);
}

/* Finds the scale and the reach: more than twice what all rules are off by together, so that a
 * value which is open is seen to be. */
static bool measure(struct programme *programme) {
  double reach = 0;
  struct decimal sum;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < programme->system->rows.count; i++) {
      const struct edit_row *row = &programme->system->rows.item[i];
      if (!programme->row[i]) continue;
      if (!edit_row_sum(programme->system, row, &sum)) return false;
      if (pass == 0 && sum.places > programme->places) programme->places = sum.places;
      bool counts = row->fails || row->edit->relation == RELATION_EQUAL;
      if (pass == 1 && counts) reach += fabs(scaled(programme, sum));
    }
  programme->reach = ceil(2 * reach + 1);
  return reach <= LARGEST_REACH;
}

/* In what steps the delta of a cell counts: whole numbers stay whole. */
static double step_of(const struct programme *programme, const struct edit_cell *cell) {
  bool is_whole = cell->variable->type == TYPE_COUNT || cell->variable->type == TYPE_CHANGE;
  return is_whole ? scaled(programme, decimal_from(1)) : 1;
}

static bool may_be_wrong(const struct edit_cell *cell) {
  enum status status = cell->observation ? cell->observation->status : STATUS_BLANK;
  return status_has_value(status) || status == STATUS_NOT_APPLICABLE;
}

static int add_row(struct programme *programme, int kind, double low, double high) {
  int row = glp_add_rows(programme->problem, 1);
  glp_set_row_bnds(programme->problem, row, kind, low, high);
  return row;
}

/* How far the number of a cell may move, in its steps: as it is read, and as its type allows. */
struct leeway {
  double low, high, least, most;
};

static struct leeway leeway_of(const struct programme *programme, const struct edit_cell *cell) {
  double step = step_of(programme, cell), reach = programme->reach;
  struct edit_range range = edit_cell_range(cell);
  bool has_value = cell->observation && status_has_value(cell->observation->status);
  double point = has_value ? scaled(programme, cell->observation->value) : 0;
  double hundred = scaled(programme, decimal_from(100));
  struct leeway leeway = {.low = -reach, .high = reach, .least = -reach, .most = reach};
  if (range.has_low) leeway.low = fmax(scaled(programme, range.low) - point, -reach);
  if (range.has_high) leeway.high = fmin(scaled(programme, range.high) - point, reach);
  if (cell->variable->type != TYPE_CHANGE) leeway.least = fmin(fmax(-point, -reach), 0);
  if (cell->variable->type == TYPE_PERCENT) leeway.most = fmax(fmin(hundred - point, reach), 0);
  return (struct leeway){ceil(leeway.low / step), floor(leeway.high / step),
                         ceil(leeway.least / step), floor(leeway.most / step)};
}

/* Says that DELTA may pass BOUND, on one side, by WIDTH where the cell is wrong. */
static void add_bound(struct programme *programme, size_t cell, int kind, double bound,
                      double width) {
  int row = add_row(programme, kind, bound, bound);
  int columns[] = {0, programme->delta[cell], programme->wrong[cell]};
  double factors[] = {0, 1, -width};
  glp_set_mat_row(programme->problem, row, 2, columns, factors);
}

static void add_wrong(struct programme *programme, size_t cell, struct leeway leeway) {
  glp_prob *problem = programme->problem;
  int column = programme->wrong[cell] = glp_add_cols(problem, 1);
  const struct observation *observation = programme->system->cells.item[cell].observation;
  glp_set_col_kind(problem, column, GLP_BV);
  glp_set_obj_coef(problem, column, edit_rules_weight(programme->rules, observation));
  if (leeway.most > leeway.high)
    add_bound(programme, cell, GLP_UP, leeway.high, leeway.most - leeway.high);
  if (leeway.least < leeway.low)
    add_bound(programme, cell, GLP_LO, leeway.low, leeway.least - leeway.low);
}

static void add_cell(struct programme *programme, size_t index) {
  const struct edit_cell *cell = &programme->system->cells.item[index];
  bool changes = may_be_wrong(cell);
  struct leeway leeway = leeway_of(programme, cell);
  double least = changes ? leeway.least : leeway.low, most = changes ? leeway.most : leeway.high;
  int column = programme->delta[index] = glp_add_cols(programme->problem, 1);
  glp_set_col_kind(programme->problem, column, GLP_IV);
  glp_set_col_bnds(programme->problem, column, least < most ? GLP_DB : GLP_FX, least, most);
  if (changes) add_wrong(programme, index, leeway);
}

static void add_rule(struct programme *programme, const struct edit_row *row) {
  int *column = arena_array(programme->arena, row->terms + 1, sizeof *column);
  double *factor = arena_array(programme->arena, row->terms + 1, sizeof *factor);
  const struct edit_cell *cells = programme->system->cells.item;
  struct decimal sum;
  int count = 0;
  if (!edit_row_sum(programme->system, row, &sum)) return; /* measure saw that it fits */
  for (size_t i = 0; i < row->terms; i++) {
    column[i + 1] = programme->delta[row->term[i].cell];
    factor[i + 1] = row->term[i].factor * step_of(programme, &cells[row->term[i].cell]);
  }
  double off = -scaled(programme, sum);
  int kind = row->edit->relation == RELATION_EQUAL ? GLP_FX : GLP_LO;
  glp_set_mat_row(programme->problem, add_row(programme, kind, off, off), (int)row->terms, column,
                  factor);
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
  size_t cells = programme->system->cells.count;
  int *column = arena_array(programme->arena, cells + 1, sizeof *column), count = 0;
  double *factor = arena_array(programme->arena, cells + 1, sizeof *factor);
  for (size_t i = 0; i < cells; i++) {
    if (!programme->wrong[i]) continue;
    column[++count] = programme->wrong[i];
    factor[count] = glp_get_obj_coef(programme->problem, programme->wrong[i]);
  }
  programme->weight_row = add_row(programme, GLP_UP, LARGEST_WEIGHT, LARGEST_WEIGHT);
  glp_set_mat_row(programme->problem, programme->weight_row, count, column, factor);
}

static void build(struct programme *programme) {
  size_t cells = programme->system->cells.count;
  programme->delta = arena_array(programme->arena, cells + 1, sizeof *programme->delta);
  programme->wrong = arena_array(programme->arena, cells + 1, sizeof *programme->wrong);
  for (size_t i = 0; i < cells; i++)
    if (programme->cell[i]) add_cell(programme, i);
  for (size_t i = 0; i < programme->system->rows.count; i++)
    if (programme->row[i]) add_rule(programme, &programme->system->rows.item[i]);
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
  options.tol_int = fmin(options.tol_int, 0.1 / fmax(programme->reach, 1));
  switch (glp_intopt(programme->problem, &options)) {
    case 0: break;
    case GLP_ENOPFS: return SOLUTION_NONE;
    default: return SOLUTION_BEYOND;
  }
  return glp_mip_status(programme->problem) == GLP_OPT ? SOLUTION_FOUND : SOLUTION_NONE;
}

/* Is CELL in every set of the smallest weight? */
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

/* CELL changed by DELTA; not determined where its type does not allow that. */
static struct value_change changed_by(const struct edit_cell *cell, struct decimal delta) {
  struct value_change change = {.cell = cell->observation};
  bool has_value = status_has_value(cell->observation->status); /* else it says that it is none */
  change.determined =
      decimal_add(has_value ? cell->observation->value : decimal_from(0), delta, &change.value) &&
      variable_allows(cell->variable, change.value);
  return change;
}

static struct value_change change_of(const struct programme *programme, size_t cell) {
  const struct edit_cell *changed = &programme->system->cells.item[cell];
  struct value_change open = {.cell = changed->observation};
  double least, most;
  if (!extreme_of(programme, cell, GLP_MIN, &least) ||
      !extreme_of(programme, cell, GLP_MAX, &most) || least != most)
    return open;
  least *= step_of(programme, changed);
  struct decimal delta = decimal_from((long long)least);
  for (int i = 0; i < programme->places; i++)
    if (!decimal_multiply(delta, (struct decimal){1, 1}, &delta)) return open;
  return changed_by(changed, delta);
}

/* Do all rules hold, in exact numbers, once the cells are changed? What is not determined is open.
 */
static bool is_confirmed(const struct programme *programme,
                         const struct localisation *localisation) {
  struct observation *item = programme->observations->item;
  struct observation *before =
      arena_array(programme->arena, localisation->changes + 1, sizeof *before);
  bool hold = true;
  for (size_t i = 0; i < localisation->changes; i++) {
    const struct value_change *change = &localisation->change[i];
    struct observation *cell = &item[change->cell - item];
    before[i] = *cell;
    cell->value = change->value;
    cell->status = change->determined ? STATUS_REPORTED : STATUS_BLANK;
  }
  for (size_t i = 0; i < programme->system->rows.count && hold; i++) {
    struct expression_value left, right;
    const struct edit *edit = programme->system->rows.item[i].edit;
    hold = !programme->row[i] ||
           edit_judge(edit, programme->observations, &left, &right) != VERDICT_FAILS;
  }
  for (size_t i = 0; i < localisation->changes; i++)
    item[localisation->change[i].cell - item] = before[i];
  return hold;
}

static int compare_changes(const void *a, const void *b) {
  const struct value_change *x = a, *y = b;
  return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Of the cells that the first solution calls wrong, those that every smallest set holds. */
static void keep_what_is_certain(const struct programme *programme, bool *wrong,
                                 struct localisation *localisation) {
  size_t cells = programme->system->cells.count;
  LIST_OF(struct value_change) changes = {0};
  localisation->state = LOCALISED_UNIQUE;
  for (size_t i = 0; i < cells; i++) {
    if (!wrong[i]) continue;
    enum solution solution = solve_without(programme, i);
    wrong[i] = solution == SOLUTION_NONE;
    if (solution == SOLUTION_FOUND && localisation->state == LOCALISED_UNIQUE)
      localisation->state = LOCALISED_TIE;
    if (solution == SOLUTION_BEYOND) localisation->state = LOCALISED_BEYOND;
  }
  for (size_t i = 0; i < cells; i++)
    if (programme->wrong[i]) glp_set_obj_coef(programme->problem, programme->wrong[i], 0);
  for (size_t i = 0; i < cells; i++)
    if (wrong[i]) *list_add(programme->arena, &changes) = change_of(programme, i);
  if (changes.count) qsort(changes.item, changes.count, sizeof *changes.item, compare_changes);
  localisation->change = changes.item;
  localisation->changes = changes.count;
}

/* ---- every smallest set ---- */

typedef LIST_OF(struct change_set) set_list;

/* Forbids SET, whose cells are the COUNT columns WRONG, and what holds it. */
static void forbid(const struct programme *programme, const int *wrong, int count) {
  int row = glp_add_rows(programme->problem, 1);
  double *factor = arena_array(programme->arena, (size_t)count + 1, sizeof *factor);
  for (int i = 1; i <= count; i++) factor[i] = 1;
  glp_set_row_bnds(programme->problem, row, GLP_UP, 0, count - 1);
  glp_set_mat_row(programme->problem, row, count, wrong, factor);
}

/* Adds the cells that the last solution calls wrong, without values, as a set. */
static void add_set(const struct programme *programme, set_list *sets) {
  LIST_OF(struct value_change) changes = {0};
  size_t cells = programme->system->cells.count;
  int *wrong = arena_array(programme->arena, cells + 1, sizeof *wrong), count = 0;
  for (size_t i = 0; i < cells; i++) {
    int column = programme->wrong[i];
    if (!column || glp_mip_col_val(programme->problem, column) < 0.5) continue;
    wrong[++count] = column;
    *list_add(programme->arena, &changes) =
        (struct value_change){.cell = programme->system->cells.item[i].observation};
  }
  forbid(programme, wrong, count);
  *list_add(programme->arena, sets) = (struct change_set){changes.item, changes.count};
}

static bool is_in(const struct change_set *set, const struct observation *cell) {
  for (size_t i = 0; i < set->changes; i++)
    if (set->change[i].cell == cell) return true;
  return false;
}

/* The values of SET, where nothing but its cells may change. */
static void find_values(const struct programme *programme, struct change_set *set) {
  const struct edit_cell *cells = programme->system->cells.item;
  LIST_OF(struct value_change) changes = {0};
  for (size_t i = 0; i < programme->system->cells.count; i++)
    if (programme->wrong[i] && !is_in(set, cells[i].observation))
      glp_set_col_bnds(programme->problem, programme->wrong[i], GLP_FX, 0, 0);
  for (size_t i = 0; i < programme->system->cells.count; i++)
    if (programme->wrong[i] && is_in(set, cells[i].observation))
      *list_add(programme->arena, &changes) = change_of(programme, i);
  for (size_t i = 0; i < programme->system->cells.count; i++)
    if (programme->wrong[i])
      glp_set_col_bnds(programme->problem, programme->wrong[i], GLP_DB, 0, 1);
  if (changes.count) qsort(changes.item, changes.count, sizeof *changes.item, compare_changes);
  *set = (struct change_set){changes.item, changes.count};
}

/* Forgets the sets that are forbidden: the last COUNT rows. */
static void allow_again(const struct programme *programme, size_t count) {
  int *row = arena_array(programme->arena, count + 1, sizeof *row);
  int last = glp_get_num_rows(programme->problem);
  for (size_t i = 1; i <= count; i++) row[i] = last - (int)i + 1;
  if (count) glp_del_rows(programme->problem, (int)count, row);
}

/* Tells every smallest set, with the values that each needs, where they are few. */
static void list_sets(const struct programme *programme, struct localisation *localisation) {
  struct programme own = *programme;
  own.nodes = programme->set_nodes;
  set_list sets = {0};
  enum solution solution = SOLUTION_FOUND;
  while (sets.count <= MOST_SETS && (solution = solve(&own)) == SOLUTION_FOUND)
    add_set(&own, &sets);
  allow_again(&own, sets.count);
  if (solution != SOLUTION_NONE) return;
  for (size_t i = 0; i < sets.count; i++) find_values(&own, &sets.item[i]);
  localisation->set = sets.item;
  localisation->sets = sets.count;
}

static const struct localisation beyond = {.state = LOCALISED_BEYOND};

static struct localisation search(const struct programme *programme) {
  struct localisation localisation = beyond;
  size_t cells = programme->system->cells.count;
  bool *wrong = arena_array(programme->arena, cells + 1, sizeof *wrong);
  if (solve(programme) != SOLUTION_FOUND) return beyond;
  for (size_t i = 0; i < cells; i++)
    wrong[i] =
        programme->wrong[i] && glp_mip_col_val(programme->problem, programme->wrong[i]) > 0.5;
  double weight = round(glp_mip_obj_val(programme->problem));
  glp_set_row_bnds(programme->problem, programme->weight_row, GLP_UP, weight, weight);
  keep_what_is_certain(programme, wrong, &localisation);
  if (localisation.state == LOCALISED_UNIQUE && !is_confirmed(programme, &localisation))
    return beyond;
  if (localisation.state == LOCALISED_TIE) list_sets(programme, &localisation);
  return localisation;
}

/* ---- numbers too large for floating point ---- */

static bool mends(const struct programme *programme, struct value_change change) {
  struct localisation alone = {.change = &change, .changes = 1};
  return is_confirmed(programme, &alone);
}

/* Is VALUE open: would the next numbers do as well? */
static bool is_open(const struct programme *programme, struct value_change change) {
  struct value_change less = change, more = change;
  struct decimal one = decimal_from(1);
  return (decimal_subtract(change.value, one, &less.value) && mends(programme, less)) ||
         (decimal_add(change.value, one, &more.value) && mends(programme, more));
}

/* Tries every cell of ROW, which fails, alone and in exact numbers. */
static struct localisation try_single_cells(const struct programme *programme,
                                            const struct edit_row *row) {
  struct localisation localisation = {.state = LOCALISED_TIE};
  struct value_change *found = arena_alloc(programme->arena, sizeof *found);
  struct decimal off, delta;
  size_t count = 0;
  if (!edit_row_sum(programme->system, row, &off)) return beyond;
  for (size_t i = 0; i < row->terms; i++) {
    const struct edit_cell *cell = &programme->system->cells.item[row->term[i].cell];
    if (!may_be_wrong(cell) || !decimal_multiply(off, decimal_from(-row->term[i].factor), &delta))
      continue;
    struct value_change change = changed_by(cell, delta);
    if (!change.determined || !mends(programme, change)) continue;
    *found = change;
    count++;
  }
  if (count == 0) return beyond;
  if (count > 1) return localisation;
  found->determined = !is_open(programme, *found);
  return (struct localisation){.state = LOCALISED_UNIQUE, .change = found, .changes = 1};
}

static struct localisation localise_rows(struct programme *programme, const struct edit_row *row) {
  if (!measure(programme)) return try_single_cells(programme, row);
  programme->problem = glp_create_prob();
  build(programme);
  struct localisation localisation = search(programme);
  glp_delete_prob(programme->problem);
  return localisation;
}

static void tell_only_set(struct arena *arena, struct localisation *localisation) {
  struct change_set *only = arena_alloc(arena, sizeof *only);
  *only = (struct change_set){localisation->change, localisation->changes};
  localisation->set = only;
  localisation->sets = 1;
}

const struct localisation **localise(struct arena *arena, const struct edit_rules *rules,
                                     const struct edit_system *system,
                                     struct observations *observations) {
  int nodes = NODES, set_nodes = NODES_FOR_SETS;
  size_t rows = system->rows.count;
  const struct localisation **localisations = arena_array(arena, rows + 1, sizeof *localisations);
  glp_term_out(GLP_OFF);
  for (size_t i = 0; i < rows; i++) {
    if (!system->rows.item[i].fails || localisations[i]) continue;
    bool *row = arena_array(arena, rows + 1, sizeof *row);
    bool *cell = arena_array(arena, system->cells.count + 1, sizeof *cell);
    connect(system, i, row, cell);
    struct programme programme = {.arena = arena,
                                  .rules = rules,
                                  .system = system,
                                  .observations = observations,
                                  .row = row,
                                  .cell = cell,
                                  .nodes = &nodes,
                                  .set_nodes = &set_nodes};
    struct localisation *localisation = arena_alloc(arena, sizeof *localisation);
    *localisation = localise_rows(&programme, &system->rows.item[i]);
    if (localisation->state == LOCALISED_UNIQUE) tell_only_set(arena, localisation);
    for (size_t j = 0; j < rows; j++)
      if (row[j]) localisations[j] = localisation;
  }
  glp_free_env();
  return localisations;
}
