/* The edit rules, as applied to the rows, columns and statements of a report, and the judgement on
 * one of them. They are rows of edit_rules.csv. */
#ifndef OGISTAT_INGEST_EDITS_EDIT_RULES_H
#define OGISTAT_INGEST_EDITS_EDIT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"
#include "core/model/observation.h"
#include "ingest/prose/prose_rules.h"

/* What says how likely a value is wrong, the rows of cell_weights.csv: the way it was read (enum
 * read_by), or one of these. */
enum weight_class { WEIGHT_CONVERTED = READ_BY_COUNT, WEIGHT_APPROXIMATE, WEIGHT_CLASSES };

/* RELATION_GROWTH: LEFT, in percent, is the growth of RIGHT against the report of the year before.
 */
enum relation { RELATION_EQUAL, RELATION_AT_LEAST, RELATION_GROWTH };

/* A rule as applied to one row, column or statement. */
struct edit {
  const char *rule;     /* its name */
  const char *variable; /* that it is applied to, where it is to each of several; else "" */
  const char *category; /* likewise */
  const struct expression *left, *right;
  const struct expression *before; /* of RELATION_GROWTH: RIGHT in the report of the year before */
  enum relation relation;
  bool is_hard;     /* demanded by the form; else usual, and may be broken lawfully */
  bool restates;    /* compares prose with cells */
  bool spans_years; /* compares a report with that of the year before */
  const char *message_zh, *message_en;
};

struct edit_rules {
  struct arena *arena;
  const struct codebook *codebook;
  const struct restatement *restatement;
  size_t restatements;
  int weight[WEIGHT_CLASSES];
  LIST_OF(struct edit) edits;     /* every instance that any report can have, sorted */
  LIST_OF(const char *) spanning; /* ids of the variables in rules that span years, sorted */
};

/* Reads FOLDER/edit_rules.csv and FOLDER/cell_weights.csv into ARENA; RESTATEMENTS (COUNT of them)
 * are what prose must agree with. NULL with file, line and reason. */
const struct edit_rules *edit_rules_load(struct arena *arena, const char *folder,
                                         const struct codebook *codebook,
                                         const struct restatement *restatements, size_t count,
                                         struct failure *failure);

/* What it costs error localisation to call a value wrong: the more, the better it was read. */
int edit_rules_weight(const struct edit_rules *rules, const struct observation *observation);

enum verdict { VERDICT_UNCHECKED, VERDICT_HOLDS, VERDICT_FAILS };

/* Judges EDIT on OBSERVATIONS, and says what its sides add up to (the growth in percent, where the
 * relation is one). A rule is checked where both
 * sides have a value; it fails only where no admissible value of what is blank or approximate could
 * make it hold. Rules that span years are checked where OBSERVATIONS have a previous year and both
 * reports have all of its variables; the other rules where they have none. A growth is checked
 * where all its values are exact, and fails where it is further off than one in the last printed
 * place. */
enum verdict edit_judge(const struct edit *edit, const struct observations *observations,
                        struct expression_value *left, struct expression_value *right);

#endif
