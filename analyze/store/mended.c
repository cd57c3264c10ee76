/* Chooses an alternative for each change set, in all ways. */
#include "analyze/store/mended.h"

#include <string.h>

enum { MOST_CHOICES = 64 };

struct mends mends_of(const struct dataset *dataset, const struct details *report,
                      struct arena *arena) {
  return (struct mends){.failed = dataset_failed_cells(dataset, report, arena),
                        .unmended = dataset_unmended_cells(dataset, report, arena),
                        .changes = dataset_cell_changes(dataset, report, arena)};
}

/* A change set that matters. */
struct relevant {
  int32_t set, alternatives;
};

typedef LIST_OF(struct relevant) relevant_list;

static bool holds(const struct cells *cells, const struct codebook *codebook,
                  const struct cell_change *change, struct arena *arena) {
  struct cells own = cells_new(arena, codebook);
  cells_add(&own, codebook, change->variable, change->category);
  return cells_overlap(&own, cells);
}

/* The sets that hold a cell of CELLS. False where such a cell has no determined value. */
static bool find_relevant(const struct cell_changes *changes, const struct codebook *codebook,
                          const struct cells *cells, struct arena *arena, relevant_list *sets) {
  for (size_t first = 0, end; first < changes->count; first = end) {
    struct relevant set = {changes->item[first].set, 0};
    bool matters = false;
    for (end = first; end < changes->count && changes->item[end].set == set.set; end++) {
      const struct cell_change *change = &changes->item[end];
      bool is_own = holds(cells, codebook, change, arena);
      if (is_own && !change->is_determined) return false;
      matters |= is_own;
      if (change->alternative > set.alternatives) set.alternatives = change->alternative;
    }
    if (matters) *list_add(arena, sets) = set;
  }
  return true;
}

static void put(const struct observations *observations, const struct cell_change *change) {
  const struct observation *found =
      observation_find(observations, change->variable->id, change->category);
  if (!found || !change->is_determined) return;
  struct observation *cell = &observations->item[found - observations->item];
  cell->value = change->value;
  cell->status = STATUS_REPORTED;
}

/* OBSERVATIONS with the alternatives that CHOICE stands for, in mixed radix. */
static struct observations chosen(const struct mends *mends, const relevant_list *sets, int choice,
                                  const struct observations *observations, struct arena *arena) {
  struct observations mended = *observations;
  mended.item = arena_array(arena, observations->count + 1, sizeof *mended.item);
  memcpy(mended.item, observations->item, observations->count * sizeof *mended.item);
  for (size_t i = 0; i < sets->count; i++) {
    int alternative = choice % sets->item[i].alternatives + 1;
    choice /= sets->item[i].alternatives;
    for (size_t j = 0; j < mends->changes.count; j++) {
      const struct cell_change *change = &mends->changes.item[j];
      if (change->set == sets->item[i].set && change->alternative == alternative)
        put(&mended, change);
    }
  }
  return mended;
}

bool mended_each(const struct mends *mends, const struct codebook *codebook,
                 const struct cells *cells, const struct observations *observations,
                 struct arena *arena, mended_handler *handler, void *context) {
  relevant_list sets = {0};
  if (cells_overlap(cells, &mends->unmended) ||
      !find_relevant(&mends->changes, codebook, cells, arena, &sets))
    return false;
  int choices = 1;
  for (size_t i = 0; i < sets.count && choices <= MOST_CHOICES; i++)
    choices *= sets.item[i].alternatives;
  if (choices > MOST_CHOICES) return false;
  for (int choice = 0; choice < choices; choice++) {
    struct observations mended = chosen(mends, &sets, choice, observations, arena);
    handler(context, &mended);
  }
  return true;
}
