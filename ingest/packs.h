/* The members of archives as tasks of a run. Every member is a task of its own; those of an archive
 * in an archive wait until the outer one is done, so that which of too many are left out does not
 * depend on who was faster. */
#ifndef OGISTAT_INGEST_PACKS_H
#define OGISTAT_INGEST_PACKS_H

#include "core/base/arena.h"
#include "core/base/pool.h"
#include "ingest/intake/inputs.h"
#include "ingest/intake/members.h"

struct packs;

/* For the first tasks of POOL, which are the INPUTS; both must stay. Lives in ARENA. */
struct packs *packs_new(struct arena *arena, const struct inputs *inputs, struct pool *pool);

/* The path of the file or member that TASK reads. */
const char *packs_path(const struct packs *packs, size_t task);

/* TASK is an archive: adds its members, or lets them wait. LIST and SHA256 are copied. */
void packs_add(struct packs *packs, size_t task, const struct member_list *list,
               const char *sha256);

/* An archive in an archive, of which so many members were left since there are too many. */
typedef bool packs_unread(void *context, const char *path, size_t unread, struct failure *failure);

/* TASK is done or lost, and what it lists was added. Where the archive that it stands in is done by
 * that, the members of archives in it are added, in their order, as far as its limit goes. False
 * where UNREAD fails. */
bool packs_done(struct packs *packs, size_t task, packs_unread *unread, void *context,
                struct failure *failure);

#endif
