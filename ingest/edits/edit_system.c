/* Builds the linear relations. Knows no suspects. */
#include "ingest/edits/edit_system.h"

#include <string.h>

enum { NO_CELL = 0 }; /* in CELL_OF, which counts from one */

struct building {
  struct arena *arena;
  struct observations *observations;
  struct edit_system *system;
  size_t *cell_of; /* by the index of the observation */
  LIST_OF(struct edit_term) terms;
  size_t read; /* of one side */
  bool right_side;
};

static size_t add_cell(struct building *building, struct edit_cell cell) {
  *list_add(building->arena, &building->system->cells) = cell;
  return building->system->cells.count;
}

/* The number of the cell, from one. */
static size_t cell_number(struct building *building, const struct variable *variable,
                          const char *category, const struct observation *observation) {
  struct edit_system *system = building->system;
  if (observation) {
    size_t index = (size_t)(observation - building->observations->item);
    struct edit_cell cell = {variable, category, &building->observations->item[index]};
    if (building->cell_of[index] == NO_CELL) building->cell_of[index] = add_cell(building, cell);
    return building->cell_of[index];
  }
  for (size_t i = 0; i < system->cells.count; i++) {
    const struct edit_cell *cell = &system->cells.item[i];
    if (!cell->observation && cell->variable == variable && strcmp(cell->category, category) == 0)
      return i + 1;
  }
  return add_cell(building, (struct edit_cell){variable, category, NULL});
}

static void add_term(void *context, const struct variable *variable, const char *category,
                     const struct observation *observation, bool minus) {
  struct building *building = context;
  if (!observation && !expression_expects(building->observations, variable)) return;
  building->read++;
  size_t cell = cell_number(building, variable, category, observation) - 1;
  int factor = minus == building->right_side ? 1 : -1;
  for (size_t i = 0; i < building->terms.count; i++)
    if (building->terms.item[i].cell == cell) {
      building->terms.item[i].factor += factor;
      return;
    }
  *list_add(building->arena, &building->terms) = (struct edit_term){cell, factor};
}

/* Adds a side to the row. False where the side has nothing in this report, or does not fit. */
static bool add_side(struct building *building, const struct edit *edit, bool right_side,
                     struct decimal *constant) {
  const struct expression *side = right_side ? edit->right : edit->left;
  building->right_side = right_side;
  building->read = 0;
  expression_visit(side, building->observations, edit->category, add_term, building);
  for (size_t i = 0; i < side->terms; i++) {
    const struct expression_term *term = &side->term[i];
    bool plus = term->minus == right_side;
    if (!term->constant) continue;
    building->read++;
    if (!(plus ? decimal_add : decimal_subtract)(*constant, term->number, constant)) return false;
  }
  return building->read > 0;
}

static void add_row(struct building *building, const struct edit *edit) {
  struct edit_row row = {.edit = edit, .constant = decimal_from(0)};
  struct expression_value left = {0}, right = {0};
  row.fails = edit_judge(edit, building->observations, &left, &right) == VERDICT_FAILS;
  building->terms.item = NULL;
  building->terms.count = building->terms.room = 0;
  if (left.overflow || right.overflow || !add_side(building, edit, false, &row.constant) ||
      !add_side(building, edit, true, &row.constant))
    return;
  row.term = building->terms.item;
  row.terms = building->terms.count;
  *list_add(building->arena, &building->system->rows) = row;
}

struct edit_system edit_system_build(struct arena *arena, const struct edit_rules *rules,
                                     struct observations *observations) {
  struct edit_system system = {0};
  struct building building = {
      .arena = arena,
      .observations = observations,
      .system = &system,
      .cell_of = arena_array(arena, observations->count + 1, sizeof *building.cell_of)};
  for (size_t i = 0; i < rules->edits.count; i++) {
    const struct edit *edit = &rules->edits.item[i];
    if (edit->is_hard && !edit->spans_years) add_row(&building, edit);
  }
  return system;
}

struct edit_range edit_cell_range(const struct edit_cell *cell) {
  struct edit_range range = {.has_low = true, .has_high = true};
  bool is_change = cell->variable->type == TYPE_CHANGE;
  switch (cell->observation ? cell->observation->status : STATUS_BLANK) {
    case STATUS_REPORTED:
    case STATUS_DEDUCED: range.low = range.high = cell->observation->value; break;
    case STATUS_APPROXIMATE_LOW:
      range.low = cell->observation->value;
      range.has_high = false;
      break;
    case STATUS_APPROXIMATE_HIGH:
      range.high = cell->observation->value;
      range.has_low = !is_change;
      break;
    case STATUS_NOT_APPLICABLE: break; /* known to be none */
    case STATUS_BLANK:
    case STATUS_UNREADABLE:
    case STATUS_COUNT:
      range.has_low = !is_change;
      range.has_high = false;
      break;
  }
  return range;
}

bool edit_row_sum(const struct edit_system *system, const struct edit_row *row,
                  struct decimal *sum) {
  *sum = row->constant;
  for (size_t i = 0; i < row->terms; i++) {
    const struct observation *observation = system->cells.item[row->term[i].cell].observation;
    struct decimal times = decimal_from(row->term[i].factor), value;
    if (!observation || !status_has_value(observation->status)) continue;
    if (!decimal_multiply(observation->value, times, &value) || !decimal_add(*sum, value, sum))
      return false;
  }
  return true;
}
