/* Branch and bound over conflicts, with bounds for the question whether a set mends. Knows neither
 * documents nor rules. */
#include "ingest/edits/change_search.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A step is a node, or a rule looked at for its bounds. With more sets than TOO_MANY the search
 * gives up. */
enum { STEPS = 200000, TOO_MANY_SETS = 1000, NO_WEIGHT = LARGEST_WEIGHT + 1 };

struct bounds {
  whole_number low, high;
};

enum choice { UNDECIDED, CALLED_WRONG, CALLED_RIGHT };

/* A row that holds a cell. */
struct place {
  size_t row;
  whole_number factor;
};

struct search {
  struct arena *arena;
  const struct change_problem *problem;
  /* by cell */
  enum choice *choice;
  struct bounds *base; /* of its delta, as the set at hand has it */
  struct bounds *now;  /* the same, narrowed by the rules */
  uint64_t *reason;    /* the rules that narrowed it: MASK words each */
  bool *touched;       /* NOW or REASON are others than at first */
  size_t *touch;       /* the cells that are */
  size_t touches;
  struct place *place; /* those of cell I from FIRST_PLACE[I] */
  size_t *first_place;
  unsigned *stamp; /* last time a bound counted it */
  unsigned stamps;
  /* by row */
  struct bounds *sum; /* what it can add up to with BASE */
  int *open;          /* cells in it whose BASE is open */
  int *wrong;         /* cells in it that are called wrong */
  bool *queued;
  size_t *queue; /* a ring of the rows that are to be looked at */
  size_t queue_first, queue_count;
  size_t mask;
  size_t *candidate; /* by the size of the set: room for CELLS, those that may come to it */
  uint64_t *core;    /* likewise: room for MASK words, the rules of a conflict */
  /* the set at hand */
  size_t chosen[LARGEST_WEIGHT];
  size_t choices;
  int weight, limit, next_limit;
  long steps; /* that may still be taken; below zero: given up */
  LIST_OF(struct changed_cells) sets;
};

enum finding { MENDS, CONFLICT, GIVEN_UP };

/* ---- sums ---- */

static bool is_open(struct bounds bounds) {
  return bounds.low < bounds.high;
}

static struct bounds times(struct bounds bounds, whole_number factor) {
  if (factor >= 0) return (struct bounds){bounds.low * factor, bounds.high * factor};
  return (struct bounds){bounds.high * factor, bounds.low * factor};
}

/* What ROW can add up to with BOUNDS of the cells. */
static struct bounds sum_of(const struct change_row *row, const struct bounds *bounds) {
  struct bounds sum = {row->off, row->off};
  for (size_t i = 0; i < row->terms; i++) {
    struct bounds term = times(bounds[row->term[i].cell], row->term[i].factor);
    sum.low += term.low;
    sum.high += term.high;
  }
  return sum;
}

static bool can_hold(const struct change_row *row, struct bounds sum) {
  return sum.high >= 0 && (row->at_least || sum.low <= 0);
}

static bool is_violated(const struct search *search, size_t row) {
  const struct change_row *of = &search->problem->row[row];
  return !can_hold(of, search->sum[row]) || (of->fails && search->wrong[row] == 0);
}

/* ---- the set at hand ---- */

static struct bounds when_right(const struct change_cell *cell) {
  return (struct bounds){cell->low, cell->high};
}

static struct bounds when_wrong(const struct change_cell *cell) {
  return (struct bounds){cell->least, cell->most};
}

static void set_base(struct search *search, size_t cell, struct bounds bounds, int wrong) {
  int opens = is_open(bounds) - is_open(search->base[cell]);
  for (size_t i = search->first_place[cell]; i < search->first_place[cell + 1]; i++) {
    const struct place *place = &search->place[i];
    struct bounds before = times(search->base[cell], place->factor);
    struct bounds after = times(bounds, place->factor);
    search->sum[place->row].low += after.low - before.low;
    search->sum[place->row].high += after.high - before.high;
    search->open[place->row] += opens;
    search->wrong[place->row] += wrong;
  }
  search->base[cell] = search->now[cell] = bounds;
}

static void call_wrong(struct search *search, size_t cell) {
  const struct change_cell *of = &search->problem->cell[cell];
  search->choice[cell] = CALLED_WRONG;
  search->weight += of->weight;
  search->chosen[search->choices++] = cell;
  set_base(search, cell, when_wrong(of), 1);
}

static void take_back(struct search *search, size_t cell) {
  const struct change_cell *of = &search->problem->cell[cell];
  search->choice[cell] = UNDECIDED;
  search->weight -= of->weight;
  search->choices--;
  set_base(search, cell, when_right(of), -1);
}

/* ---- bounds ---- */

static uint64_t *reason_of(const struct search *search, size_t cell) {
  return &search->reason[cell * search->mask];
}

static void enqueue(struct search *search, size_t row) {
  if (search->queued[row]) return;
  search->queued[row] = true;
  size_t end = search->queue_first + search->queue_count++, rows = search->problem->rows;
  search->queue[end < rows ? end : end - rows] = row;
}

static size_t dequeue(struct search *search) {
  size_t row = search->queue[search->queue_first];
  if (++search->queue_first == search->problem->rows) search->queue_first = 0;
  search->queue_count--;
  search->queued[row] = false;
  return row;
}

static void enqueue_rows_of(struct search *search, size_t cell) {
  for (size_t i = search->first_place[cell]; i < search->first_place[cell + 1]; i++)
    enqueue(search, search->place[i].row);
}

static void touch(struct search *search, size_t cell) {
  if (search->touched[cell]) return;
  search->touched[cell] = true;
  search->touch[search->touches++] = cell;
}

/* Back to the bounds that the set at hand has without the rules. */
static void forget_bounds(struct search *search) {
  while (search->touches > 0) {
    size_t cell = search->touch[--search->touches];
    search->now[cell] = search->base[cell];
    memset(reason_of(search, cell), 0, search->mask * sizeof *search->reason);
    search->touched[cell] = false;
  }
  while (search->queue_count > 0) dequeue(search);
}

/* The rules that the bounds of ROW's cells follow from, and itself, into CORE. */
static void gather_reasons(const struct search *search, size_t row, uint64_t *core) {
  const struct change_row *of = &search->problem->row[row];
  memset(core, 0, search->mask * sizeof *core);
  core[row / 64] |= (uint64_t)1 << row % 64;
  for (size_t i = 0; i < of->terms; i++) {
    if (!search->touched[of->term[i].cell]) continue;
    const uint64_t *reason = reason_of(search, of->term[i].cell);
    for (size_t j = 0; j < search->mask; j++) core[j] |= reason[j];
  }
}

static whole_number divide_down(whole_number a, whole_number b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static whole_number divide_up(whole_number a, whole_number b) {
  return a / b + (a % b != 0 && (a < 0) == (b < 0));
}

/* The bounds of X where OTHERS + FACTOR * X is to be zero, or zero at least. */
static struct bounds bounds_by(struct bounds others, const struct change_row *row,
                               whole_number factor, struct bounds now) {
  struct bounds result = now;
  if (factor > 0) {
    result.low = factor == 1 ? -others.high : divide_up(-others.high, factor);
    if (!row->at_least) result.high = factor == 1 ? -others.low : divide_down(-others.low, factor);
  } else {
    result.high = factor == -1 ? others.high : divide_down(-others.high, factor);
    if (!row->at_least) result.low = factor == -1 ? others.low : divide_up(-others.low, factor);
  }
  if (result.low < now.low) result.low = now.low;
  if (result.high > now.high) result.high = now.high;
  return result;
}

/* Narrows the cells of ROW by each other. CORE is room for the reasons; where there is a conflict,
 * they are its rules. */
static bool narrow_cells(struct search *search, size_t row, uint64_t *core) {
  const struct change_row *of = &search->problem->row[row];
  struct bounds sum = sum_of(of, search->now);
  gather_reasons(search, row, core);
  if (!can_hold(of, sum)) return false;
  for (size_t i = 0; i < of->terms; i++) {
    size_t cell = of->term[i].cell;
    struct bounds now = search->now[cell], term = times(now, of->term[i].factor);
    if (!is_open(now) || of->term[i].factor == 0) continue;
    struct bounds others = {sum.low - term.low, sum.high - term.high};
    struct bounds narrowed = bounds_by(others, of, of->term[i].factor, now);
    if (narrowed.low == now.low && narrowed.high == now.high) continue;
    if (narrowed.low > narrowed.high) return false;
    touch(search, cell);
    search->now[cell] = narrowed;
    memcpy(reason_of(search, cell), core, search->mask * sizeof *core);
    enqueue_rows_of(search, cell);
    term = times(narrowed, of->term[i].factor);
    sum = (struct bounds){others.low + term.low, others.high + term.high};
  }
  return true;
}

/* Narrows until nothing moves, by the rules that are not violated anyhow. CORE as in narrow_cells.
 */
static enum finding narrow_all(struct search *search, uint64_t *core) {
  while (search->queue_count > 0) {
    size_t row = dequeue(search);
    if (--search->steps < 0) return GIVEN_UP;
    if (!is_violated(search, row) && !narrow_cells(search, row, core)) return CONFLICT;
  }
  return MENDS;
}

/* ---- values for what bounds leave open ---- */

/* The cell whose bounds are narrowest, of those that are open; CELLS where none is. */
static size_t narrowest(const struct search *search) {
  size_t cells = search->problem->cells, best = cells;
  whole_number width = 0;
  for (size_t i = 0; i < cells; i++) {
    whole_number own = search->now[i].high - search->now[i].low;
    if (own == 0 || (best < cells && own >= width)) continue;
    best = i;
    width = own;
  }
  return best;
}

static whole_number nearest_to_zero(struct bounds bounds) {
  if (bounds.low > 0) return bounds.low;
  return bounds.high < 0 ? bounds.high : 0;
}

static enum finding find_values(struct search *search, uint64_t *core);

/* Are there values with CELL in BOUNDS? NOW holds them where there are; else it stays. */
static enum finding find_values_with(struct search *search, size_t cell, struct bounds bounds,
                                     uint64_t *core) {
  size_t cells = search->problem->cells;
  if (bounds.low > bounds.high) return CONFLICT;
  struct bounds *before = malloc((cells + 1) * sizeof *before);
  if (!before) out_of_memory();
  memcpy(before, search->now, cells * sizeof *before);
  touch(search, cell);
  search->now[cell] = bounds;
  enqueue_rows_of(search, cell);
  enum finding finding = narrow_all(search, core);
  if (finding == MENDS) finding = find_values(search, core);
  if (finding != MENDS) memcpy(search->now, before, cells * sizeof *before);
  while (search->queue_count > 0) dequeue(search);
  free(before);
  return finding;
}

/* Are there values for all cells in NOW? NOW holds them where there are; else it stays. */
static enum finding find_values(struct search *search, uint64_t *core) {
  size_t cell = narrowest(search);
  if (cell == search->problem->cells) return MENDS;
  struct bounds now = search->now[cell];
  whole_number value = nearest_to_zero(now);
  const struct bounds part[] = {{value, value}, {now.low, value - 1}, {value + 1, now.high}};
  enum finding finding = CONFLICT;
  for (size_t i = 0; i < 3 && finding == CONFLICT; i++)
    finding = find_values_with(search, cell, part[i], core);
  return finding;
}

/* Has CELL, which can be VALUE, a value in PART as well? */
static enum finding has_another(struct search *search, size_t cell, const struct bounds *all,
                                struct bounds part, uint64_t *core) {
  memcpy(search->now, all, search->problem->cells * sizeof *all);
  return find_values_with(search, cell, part, core);
}

/* ---- sets that mend ---- */

static int compare_cells(const void *a, const void *b) {
  const struct changed_cell *x = a, *y = b;
  return (x->cell > y->cell) - (x->cell < y->cell);
}

/* The delta of CELL, which may be ALL and can be that in VALUES. False: given up. */
static bool determine(struct search *search, const struct bounds *all, const struct bounds *values,
                      struct changed_cell *changed, uint64_t *core) {
  struct bounds bounds = all[changed->cell];
  changed->delta = values[changed->cell].low;
  struct bounds below = {bounds.low, changed->delta - 1}, above = {changed->delta + 1, bounds.high};
  enum finding another = has_another(search, changed->cell, all, below, core);
  if (another == CONFLICT) another = has_another(search, changed->cell, all, above, core);
  changed->determined = another == CONFLICT;
  if (!changed->determined) changed->delta = 0;
  return another != GIVEN_UP;
}

/* Fills SET with the deltas of its cells, which bounds leave open. */
static enum finding determine_all(struct search *search, struct changed_cells *set,
                                  uint64_t *core) {
  size_t cells = search->problem->cells;
  struct bounds *all = arena_array(search->arena, cells + 1, sizeof *all);
  struct bounds *values = arena_array(search->arena, cells + 1, sizeof *values);
  memcpy(all, search->now, cells * sizeof *all);
  enum finding finding = find_values(search, core);
  if (finding != MENDS) return finding;
  memcpy(values, search->now, cells * sizeof *values);
  for (size_t i = 0; i < set->count; i++)
    if (!determine(search, all, values, &set->item[i], core)) return GIVEN_UP;
  return MENDS;
}

/* Adds the set at hand, which bounds do not refute. */
static enum finding take_set(struct search *search, uint64_t *core) {
  struct changed_cells set = {.count = search->choices};
  set.item = arena_array(search->arena, set.count + 1, sizeof *set.item);
  for (size_t i = 0; i < set.count; i++) {
    size_t cell = search->chosen[i];
    set.item[i] = (struct changed_cell){cell, true, search->now[cell].low};
  }
  qsort(set.item, set.count, sizeof *set.item, compare_cells);
  bool is_fixed = narrowest(search) == search->problem->cells;
  enum finding finding = is_fixed ? MENDS : determine_all(search, &set, core);
  if (finding == CONFLICT) memset(core, 0xff, search->mask * sizeof *core);
  if (finding == MENDS) *list_add(search->arena, &search->sets) = set;
  return search->sets.count > TOO_MANY_SETS ? GIVEN_UP : finding;
}

/* ---- branch and bound ---- */

/* Could TERM's cell, called wrong, bring ROW nearer to what it is to be? */
static bool could_help(const struct search *search, size_t row, const struct change_term *term) {
  const struct change_cell *cell = &search->problem->cell[term->cell];
  if (search->choice[term->cell] != UNDECIDED || cell->weight == 0) return false;
  bool rises = term->factor > 0 ? cell->most > cell->high : cell->least < cell->low;
  bool falls = term->factor > 0 ? cell->least < cell->low : cell->most > cell->high;
  if (search->sum[row].high < 0) return rises;
  return search->sum[row].low > 0 && !search->problem->row[row].at_least ? falls : rises || falls;
}

/* How many cells could help ROW, and the weight of the lightest. */
struct helpers {
  size_t count;
  int lightest;
  bool counted; /* one of them by an earlier call with the same stamp */
};

static struct helpers helpers_of(struct search *search, size_t row) {
  struct helpers helpers = {.lightest = NO_WEIGHT};
  const struct change_row *of = &search->problem->row[row];
  for (size_t i = 0; i < of->terms; i++) {
    size_t cell = of->term[i].cell;
    if (!could_help(search, row, &of->term[i])) continue;
    helpers.count++;
    helpers.counted |= search->stamp[cell] == search->stamps;
    if (search->problem->cell[cell].weight < helpers.lightest)
      helpers.lightest = search->problem->cell[cell].weight;
  }
  return helpers;
}

static void count_helpers(struct search *search, size_t row) {
  const struct change_row *of = &search->problem->row[row];
  for (size_t i = 0; i < of->terms; i++)
    if (could_help(search, row, &of->term[i])) search->stamp[of->term[i].cell] = search->stamps;
}

/* The rule that is violated and that the fewest cells could help: ROWS where none is violated. In
 * LEAST what all that are violated cost at least: rules that share no helper each need one. The
 * helpers of these have the last stamp. */
static size_t hardest_row(struct search *search, int *least) {
  size_t rows = search->problem->rows, hardest = rows, fewest = 0;
  *least = 0;
  search->stamps++;
  for (size_t i = 0; i < rows; i++) {
    if (!is_violated(search, i)) continue;
    struct helpers helpers = helpers_of(search, i);
    if (!helpers.counted) {
      *least += helpers.lightest;
      count_helpers(search, i);
    }
    if (hardest < rows && helpers.count >= fewest) continue;
    hardest = i;
    fewest = helpers.count;
  }
  return hardest;
}

static void leave(struct search *search, int weight) {
  if (weight < search->next_limit) search->next_limit = weight;
}

/* The cells that the set at hand may be widened by. */
struct candidates {
  size_t *cell;
  size_t count;
  int least; /* weight of the sets that the violated rules allow */
};

/* Adds CELL, unless the weight is needed for helpers of violated rules and it is none of these. */
static void add_candidate(struct search *search, struct candidates *candidates, size_t cell) {
  int weight = search->problem->cell[cell].weight;
  bool is_helper = search->stamp[cell] == search->stamps;
  if (!is_helper && candidates->least + weight > search->limit)
    leave(search, candidates->least + weight);
  else if (search->weight + weight > search->limit)
    leave(search, search->weight + weight);
  else
    candidates->cell[candidates->count++] = cell;
}

static bool may_be_called_wrong(const struct search *search, size_t cell) {
  const struct change_cell *of = &search->problem->cell[cell];
  return search->choice[cell] == UNDECIDED && of->weight &&
         (of->least < of->low || of->most > of->high);
}

static void add_helpers(struct search *search, size_t row, struct candidates *candidates) {
  const struct change_row *of = &search->problem->row[row];
  candidates->count = 0;
  for (size_t i = 0; i < of->terms; i++)
    if (could_help(search, row, &of->term[i])) add_candidate(search, candidates, of->term[i].cell);
}

/* Adds the cells of the rules in CORE. */
static void add_cells_of(struct search *search, const uint64_t *core,
                         struct candidates *candidates) {
  for (size_t row = 0; row < search->problem->rows; row++) {
    const struct change_row *of = &search->problem->row[row];
    if (!(core[row / 64] >> row % 64 & 1)) continue;
    for (size_t i = 0; i < of->terms; i++) {
      size_t cell = of->term[i].cell;
      if (search->touched[cell] || !may_be_called_wrong(search, cell)) continue;
      touch(search, cell); /* once is enough */
      add_candidate(search, candidates, cell);
    }
  }
}

/* Tries the set at hand, which is added where it mends: by all rules that are not violated. Where
 * there is a conflict, CANDIDATES are the cells that may resolve it. */
static enum finding try_set(struct search *search, bool is_violated,
                            struct candidates *candidates) {
  uint64_t *core = &search->core[search->choices * search->mask];
  for (size_t i = 0; i < search->problem->rows; i++)
    if (search->open[i]) enqueue(search, i);
  enum finding finding = narrow_all(search, core);
  if (finding == MENDS && !is_violated) finding = take_set(search, core);
  forget_bounds(search);
  if (finding == CONFLICT) add_cells_of(search, core, candidates);
  forget_bounds(search);
  return finding;
}

static void visit(struct search *search);

/* Visits the sets with each of CANDIDATES besides the cells at hand, and without those before it.
 */
static void branch(struct search *search, const struct candidates *candidates) {
  for (size_t i = 0; i < candidates->count && search->steps >= 0; i++) {
    call_wrong(search, candidates->cell[i]);
    visit(search);
    take_back(search, candidates->cell[i]);
    search->choice[candidates->cell[i]] = CALLED_RIGHT;
  }
  for (size_t i = 0; i < candidates->count; i++) search->choice[candidates->cell[i]] = UNDECIDED;
}

/* Visits the set at hand, and those that hold it and no cell that is called right. */
static void visit(struct search *search) {
  int least;
  size_t rows = search->problem->rows, violated = hardest_row(search, &least);
  struct candidates candidates = {.cell =
                                      &search->candidate[search->choices * search->problem->cells],
                                  .least = search->weight + least};
  if (--search->steps < 0) return;
  if (candidates.least > search->limit) {
    leave(search, candidates.least);
    return;
  }
  enum finding finding = try_set(search, violated < rows, &candidates);
  if (finding == GIVEN_UP) search->steps = -1;
  if (finding == MENDS && violated < rows) add_helpers(search, violated, &candidates);
  branch(search, &candidates);
}

/* ---- the answer ---- */

static const struct changed_cell *in_set(const struct changed_cells *set, size_t cell) {
  for (size_t i = 0; i < set->count; i++)
    if (set->item[i].cell == cell) return &set->item[i];
  return NULL;
}

/* What all sets share; determined where all have the same delta. */
static struct changed_cells shared_by_all(const struct search *search) {
  LIST_OF(struct changed_cell) shared = {0};
  const struct changed_cells *first = search->sets.item;
  for (size_t i = 0; i < first->count; i++) {
    struct changed_cell cell = first->item[i];
    size_t held = 1;
    for (; held < search->sets.count; held++) {
      const struct changed_cell *other = in_set(&search->sets.item[held], cell.cell);
      if (!other) break;
      cell.determined &= other->determined && other->delta == cell.delta;
    }
    if (!cell.determined) cell.delta = 0;
    if (held == search->sets.count) *list_add(search->arena, &shared) = cell;
  }
  return (struct changed_cells){shared.item, shared.count};
}

static int compare_sets(const void *a, const void *b) {
  const struct changed_cells *x = a, *y = b;
  for (size_t i = 0; i < x->count && i < y->count; i++) {
    int order = compare_cells(&x->item[i], &y->item[i]);
    if (order) return order;
  }
  return (x->count > y->count) - (x->count < y->count);
}

static struct change_answer answer_of(struct search *search) {
  struct change_answer answer = {.state = LOCALISED_BEYOND};
  if (search->sets.count == 0) return answer;
  answer.state = search->sets.count == 1 ? LOCALISED_UNIQUE : LOCALISED_TIE;
  qsort(search->sets.item, search->sets.count, sizeof *search->sets.item, compare_sets);
  answer.certain = shared_by_all(search);
  if (answer.state == LOCALISED_UNIQUE || search->sets.count > MOST_SETS) return answer;
  answer.set = search->sets.item;
  answer.sets = search->sets.count;
  return answer;
}

/* ---- beginning ---- */

static void list_places(struct search *search) {
  const struct change_problem *problem = search->problem;
  size_t *first = search->first_place =
      arena_array(search->arena, problem->cells + 2, sizeof *first);
  for (size_t i = 0; i < problem->rows; i++)
    for (size_t j = 0; j < problem->row[i].terms; j++) first[problem->row[i].term[j].cell + 2]++;
  for (size_t i = 0; i < problem->cells; i++) first[i + 2] += first[i + 1];
  search->place = arena_array(search->arena, first[problem->cells + 1] + 1, sizeof *search->place);
  for (size_t i = 0; i < problem->rows; i++)
    for (size_t j = 0; j < problem->row[i].terms; j++) {
      const struct change_term *term = &problem->row[i].term[j];
      search->place[first[term->cell + 1]++] = (struct place){i, term->factor};
    }
}

static void begin_cells(struct search *search) {
  struct arena *arena = search->arena;
  size_t cells = search->problem->cells;
  search->choice = arena_array(arena, cells + 1, sizeof *search->choice);
  search->base = arena_array(arena, cells + 1, sizeof *search->base);
  search->now = arena_array(arena, cells + 1, sizeof *search->now);
  search->reason = arena_array(arena, cells * search->mask + 1, sizeof *search->reason);
  search->touched = arena_array(arena, cells + 1, sizeof *search->touched);
  search->touch = arena_array(arena, cells + 1, sizeof *search->touch);
  search->stamp = arena_array(arena, cells + 1, sizeof *search->stamp);
  search->candidate = arena_array(arena, cells * NO_WEIGHT + 1, sizeof *search->candidate);
  search->core = arena_array(arena, search->mask * NO_WEIGHT + 1, sizeof *search->core);
  for (size_t i = 0; i < cells; i++)
    search->base[i] = search->now[i] = when_right(&search->problem->cell[i]);
}

static void begin_rows(struct search *search) {
  struct arena *arena = search->arena;
  size_t rows = search->problem->rows;
  search->sum = arena_array(arena, rows + 1, sizeof *search->sum);
  search->open = arena_array(arena, rows + 1, sizeof *search->open);
  search->wrong = arena_array(arena, rows + 1, sizeof *search->wrong);
  search->queued = arena_array(arena, rows + 1, sizeof *search->queued);
  search->queue = arena_array(arena, rows + 1, sizeof *search->queue);
  for (size_t i = 0; i < rows; i++) {
    const struct change_row *row = &search->problem->row[i];
    search->sum[i] = sum_of(row, search->base);
    for (size_t j = 0; j < row->terms; j++)
      search->open[i] += is_open(search->base[row->term[j].cell]);
  }
}

bool change_search(struct arena *arena, const struct change_problem *problem,
                   struct change_answer *answer) {
  struct search search = {
      .arena = arena, .problem = problem, .mask = (problem->rows + 63) / 64, .steps = STEPS};
  list_places(&search);
  begin_cells(&search);
  begin_rows(&search);
  while (search.sets.count == 0 && search.steps >= 0 && search.limit <= LARGEST_WEIGHT) {
    search.next_limit = NO_WEIGHT;
    visit(&search);
    search.limit = search.next_limit;
  }
  *answer = answer_of(&search);
  return search.steps >= 0;
}
