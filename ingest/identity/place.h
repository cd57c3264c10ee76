/* Which division an organ belongs to, by all that a file says of it, in a fixed order. */
#ifndef OGISTAT_INGEST_IDENTITY_PLACE_H
#define OGISTAT_INGEST_IDENTITY_PLACE_H

#include "ingest/document/findings.h"
#include "ingest/identity/evidence.h"

struct place {
  const struct division *division; /* as it was in the year, or NULL */
  /* What decided: title (a division above it stands before its name), name (there is no other of
   * that name), preamble, address, area_code, index_number, website, folder (which of those that
   * have the name); or why there is none: central (a ministry or its bureau), ambiguous, unknown.
   */
  const char *by;
  const char *rest; /* of the organ, behind the division's name; the organ itself without one */
  bool is_zone;     /* the organ's name is that of a development zone in the division */
};

/* Decides by the organ's name, and between divisions of that name by the first of these that points
 * to one alone: places named in the preamble, in an address, area codes of telephones, the index
 * number, the web site, the folder. An organ that names no division is placed by an organ that the
 * preamble names, its index number, its web site, its address or its folder. What
 * contradicts the decision, and what stays ambiguous, is told in FINDINGS. */
struct place place_find(const struct place_evidence *evidence, struct findings *findings);

#endif
