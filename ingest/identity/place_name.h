/* Divisions by their names in a text: an organ's name, a path. */
#ifndef OGISTAT_INGEST_IDENTITY_PLACE_NAME_H
#define OGISTAT_INGEST_IDENTITY_PLACE_NAME_H

#include "ingest/identity/evidence.h"

typedef LIST_OF(const struct division *) division_list;

/* Divisions that have the name which stands in a text. */
struct named {
  division_list divisions;
  bool above;         /* divisions above them stand before it */
  size_t end, length; /* of the name in the text, in bytes */
};

/* NAME without the word for what it is: 天桥 of 天桥区; all of it where little else would be left.
 */
const char *division_short_name(const struct place_evidence *evidence, struct arena *arena,
                                const char *name);

/* Leaves those of LIST that were there in YEAR; where none was, those that were nearest. */
void divisions_keep_nearest(division_list *list, int year);

/* The divisions that a development ZONE may lie in whose name begins with STEM: the one that
 * zones.csv says, else those whose short name STEM is, by itself or behind the names of divisions
 * above it: 鞍山, 安徽舒城. */
struct named divisions_of_zone(const struct place_evidence *evidence, struct arena *arena,
                               const char *zone, const char *stem);

/* The divisions named in TEXT (NFKC, without blanks), in full, as they are spoken of, or, at the
 * end and behind a division above, in short. A name counts at the beginning, behind a slash, behind
 * a division above it (济南市天桥区) or behind what document_rules.csv lets stand before it. */
struct named divisions_named_in(const struct place_evidence *evidence, struct arena *arena,
                                const char *text);

#endif
