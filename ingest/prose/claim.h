/* What a paragraph claims: each of its numbers, and each thing that it says there was none of, with
 * the roles of the words around it. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_H
#define OGISTAT_INGEST_PROSE_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/prose/lexicon.h"
#include "ingest/prose/paragraph.h"
#include "ingest/prose/token.h"

/* The concepts that fill a slot, each once, in ascending order; 0 behind the last. */
enum { CONCEPTS_MOST = 4 };
struct concepts {
  int item[CONCEPTS_MOST];
  int count; /* may be larger than CONCEPTS_MOST: then they are too many to tell */
};

/* Here, since every rule asks it of every claim. */
static inline bool concepts_equal(const struct concepts *a, const struct concepts *b) {
  if (a->count != b->count || a->count > CONCEPTS_MOST) return false;
  for (int i = 0; i < a->count; i++)
    if (a->item[i] != b->item[i]) return false;
  return true;
}

void concepts_add(struct concepts *concepts, int concept);
/* True where CONCEPT is among them. */
bool concepts_has(const struct concepts *concepts, int concept);

/* Of which period, seen from the report's year. */
enum period { PERIOD_UNTOLD, PERIOD_THIS, PERIOD_OTHER, PERIOD_PART, PERIOD_SINCE, PERIOD_NEXT };

/* Of whom, seen from the organ that reports. */
enum organ {
  ORGAN_UNTOLD,
  ORGAN_OWN,
  ORGAN_ALL,
  ORGAN_UPPER,
  ORGAN_BELOW,
  ORGAN_OFFICE,
  ORGAN_NAMED,
  ORGAN_AREA /* all organs of the area that a department works in */
};

struct claim {
  const struct paragraph *paragraph;
  size_t start, end;          /* bytes of the number with its unit; of what there is none of */
  size_t from;                /* where the words begin that it was read with */
  size_t name, name_end;      /* the name of an area, where has_area */
  const struct token *number; /* NULL where there is none of it */
  struct concepts slot[ROLE_SLOTS]; /* what its own phrase says */
  struct concepts of;               /* what was counted or named before it in the paragraph */
  struct concepts channel;          /* named by a clause before, where its own phrase names none */
  struct concepts platform;         /* that the last number of the sentence was of */
  struct concepts action;           /* of the list that it stands in, likewise */
  enum period period;
  int year; /* that the period names, 0 where it names none */
  enum organ organ;
  bool is_of_before; /* OF is of the sentence before */
  bool is_topic;     /* the sentence is about disclosure */
  bool is_among;     /* the claim before it in the sentence is of a result or ground */
  bool is_part, is_plan, is_gone, is_each, is_joint, is_before, is_compared, is_to, is_share;
  bool is_yearly; /* compared with the year before */
  bool has_area;
  bool is_named_info; /* 财政信息: what NAME and NAME_END hold is an area only in a longer list */
  bool
      is_copy; /* of the number of the claim before it, which is told of several things: 均为100% */
  size_t turn; /* how many claims before it the one stands that it is a share of: 1, or more behind
                  分别 */
  bool is_modified; /* an unknown word stands right before its thing: 城建信息 */
  size_t unknown;   /* characters of its phrase that no word covers */
  size_t sentence;  /* of the paragraph, from 0 */
  size_t clause;
};

/* Who reports, and of which year. */
struct setting {
  int year;          /* 0 where not known */
  const char *organ; /* its name as the title gives it */
  bool is_office;    /* it reports as the office of a government */
};

typedef LIST_OF(struct claim) claim_list;

#endif
