/* The words that a sentence is read by, each with its role and its concept: rows of
 * prose_lexicon.csv. */
#ifndef OGISTAT_INGEST_PROSE_LEXICON_H
#define OGISTAT_INGEST_PROSE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

/* What a word does in its clause. */
enum role {
  /* what a number is read into: the slots of a rule */
  ROLE_WHAT,    /* what is counted */
  ROLE_ACTION,  /* what was done with it */
  ROLE_CHANNEL, /* through which channel, on which platform */
  ROLE_WHOM,    /* of whom, for whom */
  ROLE_DETAIL,  /* of which sort, with which result or ground */
  ROLE_SLOTS,
  /* what says which number it is */
  ROLE_TOPIC = ROLE_SLOTS, /* that the sentence is about disclosure */
  ROLE_CAUSE,              /* what stands before it only caused what is counted */
  ROLE_PERIOD,             /* this, other, part, since, next */
  ROLE_ORGAN,              /* own, all, upper, below, office */
  ROLE_PLAN,               /* it has not happened */
  ROLE_GONE,               /* it is no more */
  ROLE_EACH,               /* of one of them */
  ROLE_PART,               /* a part of what was counted before */
  ROLE_TO,                 /* from one level to another */
  ROLE_FROM,               /* the level before */
  ROLE_AGAINST,            /* compared with what follows */
  ROLE_JOINT,              /* several numbers in the order of several names */
  ROLE_NONE,               /* nothing of it */
  ROLE_LINK,               /* and, or */
  ROLE_FILLER,             /* says nothing of the number */
  ROLE_AREA,               /* ends the name of an area: 方面信息 */
  ROLE_UNIT,               /* behind a number */
  ROLE_SHARE,              /* the number is a share */
  ROLES
};

struct word {
  enum role role;
  int concept;     /* see lexicon_concept */
  bool is_passing; /* a thing that is counted, and not what the sentence goes on about */
  bool is_place; /* where something stands, once a verb follows it: 通过专栏公开信息16条 */
  const char *text;
  size_t length;
};

struct lexicon;

/* Reads FOLDER/rules/prose_lexicon.csv into ARENA. NULL with file, line and reason. */
const struct lexicon *lexicon_load(struct arena *arena, const char *folder,
                                   struct failure *failure);

/* The concepts that the structure of sentences knows by name; 0 where no word has them. */
struct known_concepts {
  int carry, carried_in, carried_out, in_force, increased, decreased; /* actions */
  int request, application, review, lawsuit, info, gov_info;          /* things */
  int field;      /* a detail: the name of a field, such as 教育 */
  int plain;      /* a filler that says nothing at all */
  int lead, noun; /* fillers that say nothing where they stand among words */
};

const struct known_concepts *lexicon_known(const struct lexicon *lexicon);

/* The number of the concept NAME of ROLE, from 1; 0 where no word has it. */
int lexicon_concept(const struct lexicon *lexicon, enum role role, const char *name);

/* The name of a concept. */
const char *lexicon_name(const struct lexicon *lexicon, int concept);

/* The longest word at TEXT of which LENGTH bytes are left, or NULL; units are looked for only where
 * UNITS says so, and then nothing else. */
const struct word *lexicon_find(const struct lexicon *lexicon, const char *text, size_t length,
                                bool units);

#endif
