/* Bounds from sums. Knows no indicators. */
#include "analyze/store/blanks.h"

#include <math.h>
#include <string.h>

enum { PASSES = 64 }; /* each narrows a cell at least; more are not needed in practice */

enum cell_state {
  CELL_ABSENT, /* no part of any sum: its form does not print it */
  CELL_KNOWN,  /* a value, also an approximate one, or known to be none */
  CELL_BLANK,
  CELL_UNREADABLE
};

struct bounds {
  double low, high;
};

struct blanks {
  const struct identities *identities;
  enum cell_state *state; /* by cell of the identities */
  bool *is_printed;       /* it stands in the report, if only blank */
  bool *is_zero;          /* supposed to be */
  struct bounds *decided; /* what follows without that supposition */
  struct bounds *bounds;  /* of a known cell its value, both */
  bool *is_usable;        /* by identity: bounds follow from it */
  bool *is_present;       /* by identity: it can be told from the report whether it holds */
  bool *is_spoken_of;     /* by cell: by an identity that is present */
};

/* ---- what the cells hold ---- */

static enum cell_state state_of(const struct observation *observation) {
  if (observation->status == STATUS_UNREADABLE) return CELL_UNREADABLE;
  return observation->status == STATUS_BLANK ? CELL_BLANK : CELL_KNOWN;
}

static struct bounds open_bounds(const struct variable *variable) {
  return (struct bounds){variable->type == TYPE_CHANGE ? -INFINITY : 0, INFINITY};
}

static struct bounds bounds_of(const struct observation *observation,
                               const struct variable *variable) {
  struct bounds open = open_bounds(variable);
  double value = status_has_value(observation->status) ? decimal_double(observation->value) : 0;
  switch (observation->status) {
    case STATUS_APPROXIMATE_LOW: return (struct bounds){value, INFINITY};
    case STATUS_APPROXIMATE_HIGH: return (struct bounds){open.low, value};
    default: return state_of(observation) == CELL_KNOWN ? (struct bounds){value, value} : open;
  }
}

/* Not told in prose, where it is not told at all. */
static bool is_of_a_form(const struct variable *variable) {
  return strcmp(variable->forms, "any") != 0;
}

static void fill(struct blanks *blanks, const struct observations *observations) {
  const struct identities *identities = blanks->identities;
  for (size_t i = 0; i < identities->cells.count; i++) {
    const struct identity_cell *cell = &identities->cells.item[i];
    const struct observation *found =
        observation_find(observations, cell->variable->id, cell->category);
    blanks->is_printed[i] = found != NULL;
    if (found) {
      blanks->state[i] = state_of(found);
      blanks->bounds[i] = bounds_of(found, cell->variable);
    } else if (is_of_a_form(cell->variable) && expression_expects(observations, cell->variable)) {
      blanks->state[i] = CELL_BLANK;
      blanks->bounds[i] = open_bounds(cell->variable);
    }
  }
}

/* How many cells of TERM, TERMS of them, stand in the report, or with ANY would stand there. */
static size_t cells_of(const struct blanks *blanks, const struct identity_term *term, size_t terms,
                       bool any) {
  size_t count = 0;
  for (size_t i = 0; i < terms; i++)
    count += any ? blanks->state[term[i].cell] != CELL_ABSENT : blanks->is_printed[term[i].cell];
  return count;
}

/* Both sides of IDENTITY stand in the report, and at least half of its cells: a selection of values
 * does not tell whether sums hold. */
static bool is_told(const struct blanks *blanks, const struct sum_identity *identity) {
  size_t left = cells_of(blanks, identity->term, identity->left, false);
  size_t right =
      cells_of(blanks, identity->term + identity->left, identity->terms - identity->left, false);
  bool has_right = right > 0 || identity->left == identity->terms; /* else a number */
  return left > 0 && has_right &&
         2 * (left + right) >= cells_of(blanks, identity->term, identity->terms, true);
}

/* ---- bounds ---- */

static struct bounds times(struct bounds bounds, int factor) {
  if (factor > 0) return (struct bounds){factor * bounds.low, factor * bounds.high};
  return (struct bounds){factor * bounds.high, factor * bounds.low};
}

/* What all terms of IDENTITY but LEFT_OUT can add up to. */
static struct bounds sum_of_others(const struct blanks *blanks, const struct sum_identity *identity,
                                   size_t left_out) {
  struct bounds sum = {identity->constant, identity->constant};
  for (size_t i = 0; i < identity->terms; i++) {
    const struct identity_term *term = &identity->term[i];
    if (i == left_out || blanks->state[term->cell] == CELL_ABSENT) continue;
    struct bounds added = times(blanks->bounds[term->cell], term->factor);
    sum.low += added.low;
    sum.high += added.high;
  }
  return sum;
}

static bool can_hold(const struct blanks *blanks, const struct sum_identity *identity) {
  struct bounds sum = sum_of_others(blanks, identity, identity->terms);
  return sum.high >= 0 && (identity->at_least || sum.low <= 0);
}

static bool is_fixed(struct bounds bounds) {
  return bounds.low == bounds.high;
}

/* Narrows the cells of IDENTITY, an equation; true where one moves. */
static bool narrow(struct blanks *blanks, const struct sum_identity *identity) {
  bool moves = false;
  for (size_t i = 0; i < identity->terms; i++) {
    const struct identity_term *term = &identity->term[i];
    struct bounds *bounds = &blanks->bounds[term->cell];
    if (blanks->state[term->cell] == CELL_ABSENT || is_fixed(*bounds)) continue;
    struct bounds bound = times(sum_of_others(blanks, identity, i), -term->factor);
    moves |= bound.low > bounds->low || bound.high < bounds->high;
    bounds->low = fmax(bounds->low, bound.low);
    bounds->high = fmin(bounds->high, bound.high);
  }
  return moves;
}

static void narrow_all(struct blanks *blanks) {
  const struct identities *identities = blanks->identities;
  bool moves = true;
  for (int pass = 0; pass < PASSES && moves; pass++) {
    moves = false;
    for (size_t i = 0; i < identities->list.count; i++)
      if (blanks->is_usable[i]) moves |= narrow(blanks, &identities->list.item[i]);
  }
}

/* Bounds follow from equations that can hold and share no cell with one that cannot. */
static void find_usable(struct blanks *blanks, struct arena *arena) {
  const struct identities *identities = blanks->identities;
  bool *is_doubted = arena_array(arena, identities->cells.count + 1, sizeof *is_doubted);
  for (size_t i = 0; i < identities->list.count; i++) {
    const struct sum_identity *identity = &identities->list.item[i];
    blanks->is_present[i] = is_told(blanks, identity);
    for (size_t j = 0; j < identity->terms && blanks->is_present[i]; j++)
      blanks->is_spoken_of[identity->term[j].cell] = true;
    if (!blanks->is_present[i] || identity->is_prose || can_hold(blanks, identity)) continue;
    for (size_t j = 0; j < identity->terms; j++) is_doubted[identity->term[j].cell] = true;
  }
  for (size_t i = 0; i < identities->list.count; i++) {
    const struct sum_identity *identity = &identities->list.item[i];
    bool in_doubt = identity->at_least || identity->is_prose || !blanks->is_present[i];
    for (size_t j = 0; j < identity->terms; j++) in_doubt |= is_doubted[identity->term[j].cell];
    blanks->is_usable[i] = !in_doubt;
  }
}

/* ---- zeros ---- */

/* No longer supposes that the blank cells of IDENTITY are zero; true where one was. */
static bool open_again(struct blanks *blanks, const struct sum_identity *identity) {
  bool any = false;
  for (size_t i = 0; i < identity->terms; i++) {
    bool *is_zero = &blanks->is_zero[identity->term[i].cell];
    any |= *is_zero;
    *is_zero = false;
  }
  return any;
}

static bool is_supposed(const struct blanks *blanks, size_t cell) {
  return is_fixed(blanks->bounds[cell]) && !is_fixed(blanks->decided[cell]);
}

static bool speaks_of(const struct sum_identity *identity, size_t cell) {
  for (size_t i = 0; i < identity->terms; i++)
    if (identity->term[i].cell == cell) return true;
  return false;
}

/* Opens what IDENTITY rests on, which does not hold: its own cells, and where one of these follows
 * from others that were supposed to be zero, those. */
static bool open_grounds(struct blanks *blanks, const struct sum_identity *identity) {
  const struct identities *identities = blanks->identities;
  bool opened = open_again(blanks, identity);
  for (size_t i = 0; i < identity->terms; i++) {
    if (!is_supposed(blanks, identity->term[i].cell)) continue;
    for (size_t j = 0; j < identities->list.count; j++)
      if (speaks_of(&identities->list.item[j], identity->term[i].cell))
        opened |= open_again(blanks, &identities->list.item[j]);
  }
  return opened;
}

/* Opens what stands in identities that do not hold; true where something did. */
static bool open_contradicted(struct blanks *blanks) {
  const struct identities *identities = blanks->identities;
  bool opened = false;
  for (size_t i = 0; i < identities->list.count; i++)
    if (blanks->is_present[i] && !can_hold(blanks, &identities->list.item[i]))
      opened |= open_grounds(blanks, &identities->list.item[i]);
  return opened;
}

/* A part that is blank and not decided; a row that the report lacks also where no identity speaks
 * of it. */
static bool may_be_zero(const struct blanks *blanks, size_t cell) {
  bool is_sum = blanks->identities->cells.item[cell].is_sum;
  if (blanks->state[cell] != CELL_BLANK || is_fixed(blanks->decided[cell]) ||
      blanks->decided[cell].low > 0)
    return false;
  return blanks->is_spoken_of[cell] ? !is_sum : !blanks->is_printed[cell];
}

static void suppose_zeros(struct blanks *blanks) {
  size_t count = blanks->identities->cells.count;
  struct bounds *decided = blanks->decided;
  memcpy(decided, blanks->bounds, count * sizeof *decided);
  for (size_t i = 0; i < count; i++) blanks->is_zero[i] = may_be_zero(blanks, i);
  do {
    memcpy(blanks->bounds, decided, count * sizeof *decided);
    for (size_t i = 0; i < count; i++)
      if (blanks->is_zero[i]) blanks->bounds[i] = (struct bounds){0, 0};
    narrow_all(blanks);
  } while (open_contradicted(blanks));
}

static bool has_contradiction(const struct blanks *blanks) {
  for (size_t i = 0; i < blanks->identities->cells.count; i++)
    if (blanks->bounds[i].low > blanks->bounds[i].high) return true;
  return false;
}

static bool has_blanks(const struct blanks *blanks) {
  for (size_t i = 0; i < blanks->identities->cells.count; i++)
    if (blanks->state[i] == CELL_BLANK || blanks->state[i] == CELL_UNREADABLE) return true;
  return false;
}

const struct blanks *blanks_settle(const struct identities *identities,
                                   const struct observations *observations, struct arena *arena) {
  size_t cells = identities->cells.count + 1, sums = identities->list.count + 1;
  struct blanks *blanks = arena_alloc(arena, sizeof *blanks);
  *blanks =
      (struct blanks){.identities = identities,
                      .state = arena_array(arena, cells, sizeof *blanks->state),
                      .is_printed = arena_array(arena, cells, sizeof *blanks->is_printed),
                      .is_zero = arena_array(arena, cells, sizeof *blanks->is_zero),
                      .decided = arena_array(arena, cells, sizeof *blanks->decided),
                      .bounds = arena_array(arena, cells, sizeof *blanks->bounds),
                      .is_usable = arena_array(arena, sums, sizeof *blanks->is_usable),
                      .is_present = arena_array(arena, sums, sizeof *blanks->is_present),
                      .is_spoken_of = arena_array(arena, cells, sizeof *blanks->is_spoken_of)};
  fill(blanks, observations);
  if (!has_blanks(blanks)) return blanks;
  find_usable(blanks, arena);
  narrow_all(blanks);
  if (has_contradiction(blanks)) {
    /* What follows from a contradiction is worth nothing: all is as open as it was read. */
    fill(blanks, observations);
    memset(blanks->is_usable, 0, sums * sizeof *blanks->is_usable);
  }
  suppose_zeros(blanks);
  return blanks;
}

/* ---- expressions ---- */

struct adding {
  const struct blanks *blanks;
  const struct observations *observations;
  struct expression_range range;
  LIST_OF(uint32_t) open; /* cells that are added and open */
  struct bounds of_open;
  bool is_apart; /* another open cell is there, which is bounded by itself alone */
  struct arena *arena;
};

static void add_bounds(struct adding *adding, struct bounds bounds, bool minus) {
  struct bounds added = times(bounds, minus ? -1 : 1);
  adding->range.low += added.low;
  adding->range.high += added.high;
}

static void add_open(struct adding *adding, long cell, struct bounds bounds, bool minus) {
  adding->range.has_open = true;
  if (cell < 0 || minus) {
    adding->is_apart = true;
    add_bounds(adding, bounds, minus);
    return;
  }
  *list_add(adding->arena, &adding->open) = (uint32_t)cell;
  adding->of_open.low += bounds.low;
  adding->of_open.high += bounds.high;
}

static void add_blank(struct adding *adding, const struct variable *variable, const char *category,
                      bool minus) {
  const struct blanks *blanks = adding->blanks;
  long cell = identities_cell(blanks->identities, variable, category);
  struct bounds bounds = cell < 0 ? open_bounds(variable) : blanks->bounds[cell];
  if (!is_fixed(bounds)) {
    add_open(adding, cell, bounds, minus);
    return;
  }
  add_bounds(adding, bounds, minus);
  adding->range.has_zero |= is_supposed(blanks, (size_t)cell);
  adding->range.deduced += minus ? -bounds.low : bounds.low;
}

static void add_cell(void *context, const struct variable *variable, const char *category,
                     const struct observation *observation, bool minus) {
  struct adding *adding = context;
  if (!observation && !expression_expects(adding->observations, variable)) return;
  if (!observation || state_of(observation) != CELL_KNOWN) {
    add_blank(adding, variable, category, minus);
    return;
  }
  if (!status_has_value(observation->status)) return; /* known to be none */
  double value = decimal_double(observation->value);
  add_bounds(adding, (struct bounds){value, value}, minus);
}

static bool is_open_part(const struct adding *adding, uint32_t cell) {
  for (size_t i = 0; i < adding->open.count; i++)
    if (adding->open.item[i] == cell) return true;
  return false;
}

/* Bounds the sum of the open cells by IDENTITY, where it adds up all of them on one side. */
static void bound_together(struct adding *adding, const struct sum_identity *identity) {
  const struct blanks *blanks = adding->blanks;
  struct bounds others = {identity->constant, identity->constant};
  size_t found = 0;
  int factor = 0;
  for (size_t i = 0; i < identity->terms; i++) {
    const struct identity_term *term = &identity->term[i];
    if (blanks->state[term->cell] == CELL_ABSENT) continue;
    if (!is_open_part(adding, term->cell)) {
      struct bounds added = times(blanks->bounds[term->cell], term->factor);
      others.low += added.low;
      others.high += added.high;
      continue;
    }
    if (factor && factor != term->factor) return;
    factor = term->factor;
    found++;
  }
  if (found != adding->open.count) return;
  struct bounds bound = times(others, -factor);
  adding->of_open.low = fmax(adding->of_open.low, bound.low);
  adding->of_open.high = fmin(adding->of_open.high, bound.high);
}

struct expression_range blanks_range(const struct blanks *blanks,
                                     const struct expression *expression,
                                     const struct observations *observations,
                                     const char *category) {
  struct adding adding = {.blanks = blanks, .observations = observations, .arena = arena_new()};
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    double number = term->constant ? decimal_double(term->number) : 0;
    add_bounds(&adding, (struct bounds){number, number}, term->minus);
  }
  expression_visit(expression, observations, category, add_cell, &adding);
  const struct identities *identities = blanks->identities;
  for (size_t i = 0; i < identities->list.count && adding.open.count > 1; i++)
    if (blanks->is_usable[i]) bound_together(&adding, &identities->list.item[i]);
  add_bounds(&adding, adding.of_open, false);
  if (adding.open.count > 1 && !adding.is_apart && is_fixed(adding.of_open)) {
    adding.range.has_open = false; /* one sum decides what they add up to, if not each of them */
    adding.range.deduced += adding.of_open.low;
  }
  adding.range.is_decided = !adding.range.has_open;
  arena_free(adding.arena);
  return adding.range;
}
