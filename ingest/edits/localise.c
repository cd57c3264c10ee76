/* From the rules of a report to the problem of error localisation, and back. Knows neither how it
 * is solved nor documents. */
#include "ingest/edits/localise.h"

#include <stdlib.h>

#include "ingest/edits/change_programme.h"
#include "ingest/edits/change_search.h"

enum { NOT_HERE = 0 }; /* in NUMBER_OF, which counts from one */

/* Rules that are connected by their cells. */
struct component {
  struct arena *arena;
  const struct edit_rules *rules;
  const struct edit_system *system;
  struct observations *observations;
  const bool *row;   /* of the system: which belong here */
  const bool *cell;  /* likewise */
  size_t *cell_of;   /* by the problem's cells: those of the system, in the order of observations */
  size_t *number_of; /* by the system's cells: those of the problem */
  size_t cells, rows;
  int places; /* of the smallest step of any number here */
  whole_number reach;
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

/* ---- the problem ---- */

/* NUMBER in steps of 10^-PLACES, rounded down; what does not fit ends at LARGEST_WHOLE. */
static whole_number steps_below(struct decimal number, int places) {
  whole_number steps = number.coefficient;
  int shift = places - number.places;
  for (; shift > 0; shift--) {
    if (steps > LARGEST_WHOLE / 10) return LARGEST_WHOLE;
    if (steps < -LARGEST_WHOLE / 10) return -LARGEST_WHOLE;
    steps *= 10;
  }
  for (; shift < 0; shift++) steps = steps / 10 - (steps % 10 < 0);
  return steps;
}

static whole_number limited(whole_number number, whole_number reach) {
  if (number > reach) return reach;
  return number < -reach ? -reach : number;
}

/* Finds the smallest step and the reach: more than twice what all rules are off by together, so
 * that a value which is open is seen to be. False where the numbers are too large. */
static bool measure(struct component *component) {
  whole_number reach = 0;
  struct decimal sum;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < component->system->rows.count; i++) {
      const struct edit_row *row = &component->system->rows.item[i];
      if (!component->row[i]) continue;
      if (!edit_row_sum(component->system, row, &sum)) return false;
      if (pass == 0 && sum.places > component->places) component->places = sum.places;
      if (pass == 0 || (!row->fails && row->edit->relation != RELATION_EQUAL)) continue;
      whole_number off = steps_below(sum, component->places);
      if (off >= LARGEST_WHOLE || off <= -LARGEST_WHOLE) return false;
      reach += off < 0 ? -off : off;
    }
  component->reach = 2 * reach + 1;
  return component->reach < LARGEST_WHOLE;
}

/* The places of the steps in which the delta of a cell counts: whole numbers stay whole. */
static int places_of(const struct component *component, const struct edit_cell *cell) {
  bool is_whole = cell->variable->type == TYPE_COUNT || cell->variable->type == TYPE_CHANGE;
  return is_whole ? 0 : component->places;
}

static whole_number power_of_ten(int exponent) {
  return steps_below(decimal_from(1), exponent);
}

static bool may_be_wrong(const struct edit_cell *cell) {
  enum status status = cell->observation ? cell->observation->status : STATUS_BLANK;
  return status_has_value(status) || status == STATUS_NOT_APPLICABLE;
}

/* From how far below, or how far above, A is to B: B - A in steps, REACH at most. */
static whole_number up_to(struct decimal a, struct decimal b, int places, whole_number reach) {
  struct decimal delta;
  bool fits = decimal_subtract(b, a, &delta);
  return fits ? limited(steps_below(delta, places), reach) : reach;
}

static whole_number down_to(struct decimal a, struct decimal b, int places, whole_number reach) {
  return -up_to(b, a, places, reach);
}

/* How far the number of a cell may move: as it is read, and as its type allows. */
static struct change_cell leeway_of(const struct component *component,
                                    const struct edit_cell *cell) {
  struct edit_range range = edit_cell_range(cell);
  struct decimal zero = decimal_from(0), hundred = decimal_from(100), point = zero;
  int places = places_of(component, cell);
  whole_number reach = component->reach / power_of_ten(component->places - places);
  struct change_cell leeway = {.low = -reach, .high = reach, .least = -reach, .most = reach};
  if (cell->observation && status_has_value(cell->observation->status))
    point = cell->observation->value;
  if (range.has_low) leeway.low = down_to(point, range.low, places, reach);
  if (range.has_high) leeway.high = up_to(point, range.high, places, reach);
  if (cell->variable->type != TYPE_CHANGE) leeway.least = down_to(point, zero, places, reach);
  if (cell->variable->type == TYPE_PERCENT) leeway.most = up_to(point, hundred, places, reach);
  if (leeway.least > 0) leeway.least = 0;
  if (leeway.most < 0) leeway.most = 0;
  return leeway;
}

static struct change_cell problem_cell(const struct component *component, size_t index) {
  const struct edit_cell *cell = &component->system->cells.item[index];
  struct change_cell result = leeway_of(component, cell);
  if (!may_be_wrong(cell)) return result;
  result.weight = edit_rules_weight(component->rules, cell->observation);
  if (result.low < result.least) result.low = result.least;
  if (result.high > result.most) result.high = result.most;
  return result;
}

static struct change_row problem_row(const struct component *component,
                                     const struct edit_row *row) {
  struct change_term *term = arena_array(component->arena, row->terms + 1, sizeof *term);
  struct change_row result = {.term = term,
                              .terms = row->terms,
                              .at_least = row->edit->relation != RELATION_EQUAL,
                              .fails = row->fails};
  struct decimal sum;
  if (edit_row_sum(component->system, row, &sum)) /* measure saw that it fits */
    result.off = steps_below(sum, component->places);
  for (size_t i = 0; i < row->terms; i++) {
    const struct edit_cell *cell = &component->system->cells.item[row->term[i].cell];
    term[i].cell = component->number_of[row->term[i].cell] - 1;
    term[i].factor =
        row->term[i].factor * power_of_ten(component->places - places_of(component, cell));
  }
  return result;
}

/* In the order of the observations; cells that the report lacks come last. */
static int compare_cells(const void *a, const void *b, void *context) {
  const struct edit_system *system = context;
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  const struct observation *of_x = system->cells.item[x].observation;
  const struct observation *of_y = system->cells.item[y].observation;
  if (!of_x || !of_y) return of_x || of_y ? (of_x ? -1 : 1) : (x > y) - (x < y);
  return (of_x > of_y) - (of_x < of_y);
}

static void number_cells(struct component *component) {
  const struct edit_system *system = component->system;
  component->cell_of = arena_array(component->arena, system->cells.count + 1, sizeof(size_t));
  component->number_of = arena_array(component->arena, system->cells.count + 1, sizeof(size_t));
  for (size_t i = 0; i < system->cells.count; i++)
    if (component->cell[i]) component->cell_of[component->cells++] = i;
  qsort_r(component->cell_of, component->cells, sizeof(size_t), compare_cells,
          (struct edit_system *)system);
  for (size_t i = 0; i < component->cells; i++) component->number_of[component->cell_of[i]] = i + 1;
}

static struct change_problem problem_of(struct component *component) {
  struct change_cell *cell = arena_array(component->arena, component->cells + 1, sizeof *cell);
  LIST_OF(struct change_row) rows = {0};
  for (size_t i = 0; i < component->cells; i++)
    cell[i] = problem_cell(component, component->cell_of[i]);
  for (size_t i = 0; i < component->system->rows.count; i++)
    if (component->row[i])
      *list_add(component->arena, &rows) = problem_row(component, &component->system->rows.item[i]);
  return (struct change_problem){.cell = cell,
                                 .cells = component->cells,
                                 .row = rows.item,
                                 .rows = rows.count,
                                 .reach = component->reach};
}

/* ---- the answer ---- */

/* DELTA steps of 10^-PLACES. False where it does not fit. */
static bool decimal_of_steps(whole_number delta, int places, struct decimal *result) {
  struct decimal tenth = {1, 1};
  if (delta >= power_of_ten(DECIMAL_DIGITS) || -delta >= power_of_ten(DECIMAL_DIGITS)) return false;
  *result = (struct decimal){delta, 0};
  for (int i = 0; i < places; i++)
    if (!decimal_multiply(*result, tenth, result)) return false;
  return true;
}

/* Not determined where the type of the cell does not allow the value. */
static struct value_change value_change_of(const struct component *component,
                                           const struct changed_cell *changed) {
  const struct edit_cell *cell = &component->system->cells.item[component->cell_of[changed->cell]];
  struct value_change change = {.cell = cell->observation};
  bool has_value = status_has_value(cell->observation->status); /* else it says that it is none */
  struct decimal delta, before = has_value ? cell->observation->value : decimal_from(0);
  change.determined =
      changed->determined && decimal_of_steps(changed->delta, places_of(component, cell), &delta) &&
      decimal_add(before, delta, &change.value) && variable_allows(cell->variable, change.value);
  return change;
}

static struct change_set change_set_of(const struct component *component,
                                       const struct changed_cells *cells) {
  struct value_change *change = arena_array(component->arena, cells->count + 1, sizeof *change);
  for (size_t i = 0; i < cells->count; i++) change[i] = value_change_of(component, &cells->item[i]);
  return (struct change_set){change, cells->count};
}

/* Do all rules hold, in exact numbers, once the cells are changed? What is not determined is open.
 */
static bool is_confirmed(const struct component *component, const struct change_set *set) {
  struct observation *item = component->observations->item;
  struct observation *before = arena_array(component->arena, set->changes + 1, sizeof *before);
  bool hold = true;
  for (size_t i = 0; i < set->changes; i++) {
    const struct value_change *change = &set->change[i];
    struct observation *cell = &item[change->cell - item];
    before[i] = *cell;
    cell->value = change->value;
    cell->status = change->determined ? STATUS_REPORTED : STATUS_BLANK;
  }
  for (size_t i = 0; i < component->system->rows.count && hold; i++) {
    struct expression_value left, right;
    const struct edit *edit = component->system->rows.item[i].edit;
    hold = !component->row[i] ||
           edit_judge(edit, component->observations, &left, &right) != VERDICT_FAILS;
  }
  for (size_t i = 0; i < set->changes; i++) item[set->change[i].cell - item] = before[i];
  return hold;
}

static void tell_sets(const struct component *component, const struct change_answer *answer,
                      struct localisation *localisation) {
  struct change_set *set = arena_array(component->arena, answer->sets + 1, sizeof *set);
  for (size_t i = 0; i < answer->sets; i++) set[i] = change_set_of(component, &answer->set[i]);
  localisation->set = set;
  localisation->sets = answer->sets;
}

static void tell_only_set(const struct component *component, struct change_set only,
                          struct localisation *localisation) {
  struct change_set *set = arena_alloc(component->arena, sizeof *set);
  *set = only;
  localisation->set = set;
  localisation->sets = 1;
}

static struct localisation localise_rows(struct component *component,
                                         struct programme_steps *steps) {
  struct localisation beyond = {.state = LOCALISED_BEYOND};
  struct change_answer answer;
  if (!measure(component)) return beyond;
  number_cells(component);
  struct change_problem problem = problem_of(component);
  if (!change_search(component->arena, &problem, &answer))
    answer = change_programme(component->arena, &problem, steps);
  struct change_set certain = change_set_of(component, &answer.certain);
  if (answer.state == LOCALISED_UNIQUE && !is_confirmed(component, &certain)) return beyond;
  struct localisation localisation = {
      .state = answer.state, .change = certain.change, .changes = certain.changes};
  if (answer.state == LOCALISED_UNIQUE) tell_only_set(component, certain, &localisation);
  if (answer.state == LOCALISED_TIE) tell_sets(component, &answer, &localisation);
  return localisation;
}

const struct localisation **localise(struct arena *arena, const struct edit_rules *rules,
                                     const struct edit_system *system,
                                     struct observations *observations) {
  struct programme_steps steps = programme_steps();
  size_t rows = system->rows.count;
  const struct localisation **localisations = arena_array(arena, rows + 1, sizeof *localisations);
  for (size_t i = 0; i < rows; i++) {
    if (!system->rows.item[i].fails || localisations[i]) continue;
    bool *row = arena_array(arena, rows + 1, sizeof *row);
    bool *cell = arena_array(arena, system->cells.count + 1, sizeof *cell);
    connect(system, i, row, cell);
    struct component component = {.arena = arena,
                                  .rules = rules,
                                  .system = system,
                                  .observations = observations,
                                  .row = row,
                                  .cell = cell};
    struct localisation *localisation = arena_alloc(arena, sizeof *localisation);
    *localisation = localise_rows(&component, &steps);
    for (size_t j = 0; j < rows; j++)
      if (row[j]) localisations[j] = localisation;
  }
  return localisations;
}
