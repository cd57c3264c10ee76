/* Which variable a claim is of: the rows of prose_rules.csv. */
#ifndef OGISTAT_INGEST_PROSE_PROSE_RULES_H
#define OGISTAT_INGEST_PROSE_PROSE_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"
#include "ingest/document/number.h"
#include "ingest/prose/area_names.h"
#include "ingest/prose/claim.h"
#include "ingest/prose/lexicon.h"

/* Which variables restate cells of the tables: VARIABLE must equal CELLS. */
struct restatement {
  const struct variable *variable;
  const struct expression *cells;
};

/* The sets of concepts that a slot may hold; any where COUNT is 0 and IS_ANY. */
struct allowed {
  struct concepts *set;
  size_t count;
  bool is_any;
  bool is_not;  /* all but these */
  bool is_told; /* the cell is not empty: the rule is the more specific for it */
};

struct prose_rule {
  const char *name;
  const struct variable *variable;
  struct allowed slot[ROLE_SLOTS], of;
  const char **unit; /* ended by NULL; "" is none at all */
  bool no_channel;   /* not even one that a clause before names */
  bool needs_topic, allows_part, allows_since, allows_of, allows_office, allows_unknown;
  bool is_none;     /* of what there was none of */
  bool is_among;    /* in a list of results or grounds */
  bool on_platform; /* of the account or site that was counted before it in the sentence */
  bool is_change;   /* against the year before */
  bool is_strict;   /* no word of the phrase may be unknown */
  bool is_plain;    /* no unknown word may stand right before its thing */
  bool is_last;     /* gives way to every other rule of its variable */
  int weight;       /* the more cells it fills, the more specific it is */
};

struct prose_rules {
  struct arena *arena;
  const struct codebook *codebook;
  const struct numerals *numerals;
  const struct lexicon *lexicon;
  const struct area_names *area_names;
  const struct variable *area;      /* what lists of areas are of */
  LIST_OF(struct prose_rule) rules; /* the most specific first */
  LIST_OF(struct restatement) restatements;
};

/* Reads FOLDER/rules/prose_lexicon.csv and prose_rules.csv, and the names of areas, into ARENA.
 * NULL with file, line and reason. */
struct prose_rules *prose_rules_load(struct arena *arena, const char *folder,
                                     const struct codebook *codebook,
                                     const struct numerals *numerals, struct failure *failure);

size_t prose_restatements(const struct prose_rules *rules, const struct restatement **first);

/* The most specific rule whose roles CLAIM fills, or NULL; of two as specific the first. */
const struct prose_rule *prose_rules_find(const struct prose_rules *rules,
                                          const struct claim *claim);

#endif
