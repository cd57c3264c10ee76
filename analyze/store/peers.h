/* Whom an organ is compared with. Knows divisions and the user's list, no statistics. */
#ifndef OGISTAT_ANALYZE_STORE_PEERS_H
#define OGISTAT_ANALYZE_STORE_PEERS_H

#include <stdint.h>

#include "analyze/store/dataset.h"
#include "core/model/divisions.h"

/* Groups of peers. An organ is in one of them, or in none. */
struct peer_groups {
  const char *const *name;  /* sorted, each once */
  size_t count;             /* of the names */
  const uint32_t *of_organ; /* the number of its group, by number of the organ */
};

enum { NO_PEERS = UINT32_MAX };

/* The groups of WHAT, in ARENA: `kind` (or NULL): organs of the same kind and level, as governments
 * of counties or departments of prefectures; `all`: all organs; `province`, `prefecture`, `level`:
 * the organs of divisions of the same one; else the path of a CSV file with the columns division
 * and peers, which names the group of every division that is compared. An organ without a division,
 * or whose division has no such thing, is in none; of its kind, only those that have none either
 * are its peers. NULL with file, line and reason. */
const struct peer_groups *peer_groups_load(struct arena *arena, const char *what,
                                           const struct dataset *dataset,
                                           const struct divisions *divisions,
                                           struct failure *failure);

#endif
