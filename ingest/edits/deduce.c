/* Deduction by bounds: every sum bounds each of its cells by what the others can be, again and
 * again until nothing moves. With counts, which are never negative, this finds a blank part of a
 * known total, a blank total of known parts, and the zeros below a total of zero. Prose has no say:
 * where it tells another number than the cells decide, its rule fails. Knows neither suspects nor
 * documents. */
#include "ingest/edits/deduce.h"

#include "ingest/edits/edit_system.h"

enum { PASSES = 64 }; /* each fixes a cell at least, or nothing more can be fixed in practice */

struct deduction {
  const struct edit_system *system;
  struct edit_range *range; /* by cell */
  bool *usable;             /* by row */
  bool *contradicted;       /* by cell: what follows about it is impossible */
  bool overflow;
};

static bool is_fixed(struct edit_range range) {
  return range.has_low && range.has_high && decimal_compare(range.low, range.high) == 0;
}

static bool is_blank(const struct edit_cell *cell) {
  return cell->observation && cell->observation->status == STATUS_BLANK;
}

static bool has_value(const struct edit_cell *cell) {
  return cell->observation && status_has_value(cell->observation->status);
}

/* Sums of the form in which no cell stands in another sum that fails, and something is known. */
static void find_usable_rows(struct arena *arena, struct deduction *deduction) {
  const struct edit_system *system = deduction->system;
  bool *doubted = arena_array(arena, system->cells.count + 1, sizeof *doubted);
  for (size_t i = 0; i < system->rows.count; i++)
    for (size_t j = 0; j < system->rows.item[i].terms; j++)
      doubted[system->rows.item[i].term[j].cell] |=
          system->rows.item[i].fails && !system->rows.item[i].edit->restates;
  deduction->usable = arena_array(arena, system->rows.count + 1, sizeof *deduction->usable);
  for (size_t i = 0; i < system->rows.count; i++) {
    const struct edit_row *row = &system->rows.item[i];
    bool in_doubt = false, known = false;
    for (size_t j = 0; j < row->terms; j++) {
      in_doubt |= doubted[row->term[j].cell];
      known |= has_value(&system->cells.item[row->term[j].cell]);
    }
    deduction->usable[i] =
        row->edit->relation == RELATION_EQUAL && !row->edit->restates && known && !in_doubt;
  }
}

/* RANGE times the factor 1 or -1. */
static struct edit_range turned(struct edit_range range, int factor) {
  struct edit_range result = range;
  if (factor > 0) return result;
  result = (struct edit_range){.has_low = range.has_high, .has_high = range.has_low};
  result.low = (struct decimal){-range.high.coefficient, range.high.places};
  result.high = (struct decimal){-range.low.coefficient, range.low.places};
  return result;
}

/* What all terms of ROW but LEFT_OUT can add up to. */
static struct edit_range sum_of_others(struct deduction *deduction, const struct edit_row *row,
                                       size_t left_out) {
  struct edit_range sum = {true, true, row->constant, row->constant};
  for (size_t i = 0; i < row->terms; i++) {
    if (i == left_out) continue;
    struct edit_range range = turned(deduction->range[row->term[i].cell], row->term[i].factor);
    sum.has_low &= range.has_low;
    sum.has_high &= range.has_high;
    if ((sum.has_low && !decimal_add(sum.low, range.low, &sum.low)) ||
        (sum.has_high && !decimal_add(sum.high, range.high, &sum.high)))
      deduction->overflow = true;
  }
  return sum;
}

/* Narrows RANGE to what it shares with BOUND; true where it moves. */
static bool narrow(struct edit_range *range, struct edit_range bound) {
  bool raises = bound.has_low && (!range->has_low || decimal_compare(bound.low, range->low) > 0);
  bool lowers =
      bound.has_high && (!range->has_high || decimal_compare(bound.high, range->high) < 0);
  if (raises) range->low = bound.low;
  if (lowers) range->high = bound.high;
  range->has_low |= raises;
  range->has_high |= lowers;
  return raises || lowers;
}

static bool narrow_cells(struct deduction *deduction, const struct edit_row *row) {
  bool moved = false;
  for (size_t i = 0; i < row->terms; i++) {
    int factor = row->term[i].factor;
    struct edit_range *range = &deduction->range[row->term[i].cell];
    if (factor * factor != 1 || is_fixed(*range)) continue;
    struct edit_range others = sum_of_others(deduction, row, i);
    moved |= narrow(range, turned(others, -factor));
    if (range->has_low && range->has_high && decimal_compare(range->low, range->high) > 0)
      deduction->contradicted[row->term[i].cell] = true;
  }
  return moved;
}

static void narrow_all(struct deduction *deduction) {
  bool moves = true;
  for (int pass = 0; pass < PASSES && moves; pass++) {
    moves = false;
    for (size_t i = 0; i < deduction->system->rows.count; i++)
      if (deduction->usable[i]) moves |= narrow_cells(deduction, &deduction->system->rows.item[i]);
  }
}

/* Could ROW hold with what is known of its cells now? */
static bool can_hold(struct deduction *deduction, const struct edit_row *row) {
  struct edit_range sum = sum_of_others(deduction, row, row->terms);
  struct decimal zero = decimal_from(0);
  bool above = sum.has_low && decimal_compare(sum.low, zero) > 0;
  bool below = sum.has_high && decimal_compare(sum.high, zero) < 0;
  return !below && (!above || row->edit->relation == RELATION_AT_LEAST);
}

static bool touches_contradiction(const struct deduction *deduction, const struct edit_row *row) {
  for (size_t i = 0; i < row->terms; i++)
    if (deduction->contradicted[row->term[i].cell]) return true;
  return false;
}

/* Marks all cells of ROW; true where one was not marked before. */
static bool mark(const struct deduction *deduction, const struct edit_row *row) {
  bool marks = false;
  for (size_t i = 0; i < row->terms; i++) {
    bool *contradicted = &deduction->contradicted[row->term[i].cell];
    marks |= !*contradicted;
    *contradicted = true;
  }
  return marks;
}

/* Marks the cells of sums that cannot hold, and all that sums connect with them: what follows from
 * a contradiction is worth nothing. */
static void find_contradictions(struct deduction *deduction) {
  const struct edit_system *system = deduction->system;
  bool moves = true;
  for (size_t i = 0; i < system->rows.count; i++) {
    const struct edit_row *row = &system->rows.item[i];
    if (!row->fails && !row->edit->restates && !can_hold(deduction, row)) mark(deduction, row);
  }
  while (moves) {
    moves = false;
    for (size_t i = 0; i < system->rows.count; i++)
      if (deduction->usable[i] && touches_contradiction(deduction, &system->rows.item[i]))
        moves |= mark(deduction, &system->rows.item[i]);
  }
}

static size_t take_values(const struct deduction *deduction) {
  size_t count = 0;
  for (size_t i = 0; i < deduction->system->cells.count; i++) {
    const struct edit_cell *cell = &deduction->system->cells.item[i];
    struct edit_range range = deduction->range[i];
    if (!is_blank(cell) || !is_fixed(range) || deduction->contradicted[i] ||
        !variable_allows(cell->variable, range.low))
      continue;
    cell->observation->value = range.low;
    cell->observation->status = STATUS_DEDUCED;
    cell->observation->provenance.read_by = READ_BY_DEDUCTION;
    count++;
  }
  return count;
}

static bool has_blanks(const struct observations *observations) {
  for (size_t i = 0; i < observations->count; i++)
    if (observations->item[i].status == STATUS_BLANK) return true;
  return false;
}

size_t deduce(struct arena *arena, const struct edit_rules *rules,
              struct observations *observations) {
  if (!has_blanks(observations)) return 0;
  struct edit_system system = edit_system_build(arena, rules, observations);
  struct deduction deduction = {
      .system = &system,
      .range = arena_array(arena, system.cells.count + 1, sizeof *deduction.range),
      .contradicted = arena_array(arena, system.cells.count + 1, sizeof *deduction.contradicted)};
  for (size_t i = 0; i < system.cells.count; i++)
    deduction.range[i] = edit_cell_range(&system.cells.item[i]);
  find_usable_rows(arena, &deduction);
  narrow_all(&deduction);
  find_contradictions(&deduction);
  return deduction.overflow ? 0 : take_values(&deduction);
}
