/* Adds to the result of the edit rules what is checked besides them. */
#ifndef OGISTAT_INGEST_EDITS_ADDED_H
#define OGISTAT_INGEST_EDITS_ADDED_H

#include "ingest/edits/edit.h"

/* A check beside the edit rules: a row of prose_checks.csv. */
struct told_rule {
  const char *rule, *message_zh, *message_en;
};

struct told_rules {
  struct told_rule share;        /* a share that prose tells, and the counts it is of */
  struct told_rule area_sources; /* what prose tells of an area, and its table or chart */
};

/* Reads FOLDER/rules/prose_checks.csv into ARENA; each of the rules must be there. NULL with file,
 * line and reason. */
const struct told_rules *told_rules_load(struct arena *arena, const char *folder,
                                         struct failure *failure);

/* Adds COUNT FAILURES of RULE, which was CHECKED so often, to RESULT in its order. In ARENA. */
void edit_result_add(struct arena *arena, const char *rule, size_t checked,
                     const struct edit_failure *failure, size_t count, struct edit_result *result);

#endif
