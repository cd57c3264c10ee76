/* Which task is which member. Knows nothing of how they are read. */
#include "ingest/packs.h"

#include <stdlib.h>
#include <string.h>

/* A task that was added. */
struct packed {
  size_t input; /* the outermost archive, by its number */
  struct member_place place;
};

/* An archive in an archive. */
struct inner {
  struct member_place place;
  struct member_list list;
};

/* An outermost archive. */
struct pack {
  const char *sha256;
  size_t outstanding; /* members of it that are not done yet */
  size_t members;     /* all that were added, those of inner archives among them */
  LIST_OF(struct inner) inner;
};

struct packs {
  struct arena *arena;
  const struct inputs *inputs;
  struct pool *pool;
  struct pack **pack; /* by input; NULL for what is none */
  LIST_OF(struct packed) added;
};

struct packs *packs_new(struct arena *arena, const struct inputs *inputs, struct pool *pool) {
  struct packs *packs = arena_alloc(arena, sizeof *packs);
  *packs = (struct packs){.arena = arena, .inputs = inputs, .pool = pool};
  packs->pack = arena_array(arena, inputs->count, sizeof(struct pack *));
  return packs;
}

static const struct packed *packed_of(const struct packs *packs, size_t task) {
  return task < packs->inputs->count ? NULL : &packs->added.item[task - packs->inputs->count];
}

const char *packs_path(const struct packs *packs, size_t task) {
  const struct packed *packed = packed_of(packs, task);
  return packed ? packed->place.path : packs->inputs->path[task];
}

/* Adds the first COUNT of LIST, which stand in the archive at OUTER. */
static void add_members(struct packs *packs, size_t input, const struct member_place *outer,
                        const struct member_list *list, size_t count) {
  struct pack *pack = packs->pack[input];
  for (size_t i = 0; i < count; i++) {
    const struct member *member = &list->item.item[i];
    struct packed packed = {.input = input, .place = *outer};
    packed.place.path = arena_format(packs->arena, "%s/%s", outer->path, member->name);
    packed.place.index[packed.place.depth++] = member->index;
    *list_add(packs->arena, &packs->added) = packed;
    struct arena *scratch = arena_new();
    pool_add(packs->pool, member_place_text(scratch, &packed.place));
    arena_free(scratch);
  }
  pack->members += count;
}

static struct member_list copy_of(struct arena *arena, const struct member_list *list) {
  struct member_list copy = {.unread = list->unread};
  for (size_t i = 0; i < list->item.count; i++)
    *list_add(arena, &copy.item) =
        (struct member){list->item.item[i].index, arena_text(arena, list->item.item[i].name)};
  return copy;
}

void packs_add(struct packs *packs, size_t task, const struct member_list *list,
               const char *sha256) {
  struct arena *arena = packs->arena;
  const struct packed *packed = packed_of(packs, task);
  if (packed) {
    struct inner inner = {packed->place, copy_of(arena, list)};
    *list_add(arena, &packs->pack[packed->input]->inner) = inner;
    return;
  }
  struct pack *pack = packs->pack[task] = arena_alloc(arena, sizeof *pack);
  *pack = (struct pack){.sha256 = arena_text(arena, sha256), .outstanding = list->item.count};
  const char *path = packs->inputs->path[task];
  const struct member_place place = {.archive = path, .sha256 = pack->sha256, .path = path};
  add_members(packs, task, &place, list, list->item.count);
}

static int compare_inner(const void *a, const void *b) {
  const struct inner *x = a, *y = b;
  return (x->place.index[0] > y->place.index[0]) - (x->place.index[0] < y->place.index[0]);
}

/* All members of PACK are done: those of the archives in it follow. */
static bool add_inner(struct packs *packs, size_t input, packs_unread *unread, void *context,
                      struct failure *failure) {
  struct pack *pack = packs->pack[input];
  bool done = true;
  if (pack->inner.count)
    qsort(pack->inner.item, pack->inner.count, sizeof *pack->inner.item, compare_inner);
  for (size_t i = 0; i < pack->inner.count && done; i++) {
    const struct inner *inner = &pack->inner.item[i];
    size_t count = inner->list.item.count, left = MEMBER_LIMIT - pack->members;
    size_t fitting = count < left ? count : left;
    add_members(packs, input, &inner->place, &inner->list, fitting);
    if (fitting < count) done = unread(context, inner->place.path, count - fitting, failure);
  }
  return done;
}

bool packs_done(struct packs *packs, size_t task, packs_unread *unread, void *context,
                struct failure *failure) {
  const struct packed *packed = packed_of(packs, task);
  if (!packed || packed->place.depth > 1) return true;
  size_t input = packed->input;
  return --packs->pack[input]->outstanding > 0 || add_inner(packs, input, unread, context, failure);
}
