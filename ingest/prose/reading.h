/* What the parts of the prose reader share: each claim of a report with what became of it. No other
 * room includes it. */
#ifndef OGISTAT_INGEST_PROSE_READING_H
#define OGISTAT_INGEST_PROSE_READING_H

#include "ingest/document/findings.h"
#include "ingest/prose/claim.h"
#include "ingest/prose/prose_rules.h"

/* A claim with what became of it. */
struct reading_of_claim {
  struct claim *claim;
  const struct prose_rule *rule; /* NULL where none fits */
  const char *reason;            /* why it is taken for nothing, NULL where it may be taken */
  const struct variable *growth; /* that it tells of the number before it, NULL where of none */
  const char *area;              /* of a list of areas, NULL where it is no item of one */
  struct number number;          /* in the variable's unit */
  size_t quantity;               /* its number among the quantities, 0 where it is none */
  bool is_taken;
};

struct prose_reader {
  const struct prose_rules *rules;
  struct findings *findings;
  const struct variable plain; /* any number, without a unit */
  struct reading_of_claim *reading;
  size_t count;
  int carried_in, received, changed, increased, decreased, added, led; /* concepts */
};

/* The number of CLAIM with its unit, as printed. */
const char *reading_printed(const struct prose_reader *reader, const struct claim *claim);

/* The unit of CLAIM's number, "" where it has none; and true where that is %. */
const char *claim_unit(const struct claim *claim);
bool claim_is_percent(const struct claim *claim);

/* True where CLAIM says by how much something grew or fell; and by how many percent. */
bool claim_is_change(const struct prose_reader *reader, const struct claim *claim);
bool claim_is_growth(const struct prose_reader *reader, const struct claim *claim);

/* Where the value of CLAIM comes from, read by RULE. */
struct provenance claim_provenance(const struct claim *claim, const char *rule);

#endif
