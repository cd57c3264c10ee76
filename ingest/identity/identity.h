/* Whose report a document is, of which year, and when it was published: from its title, preamble
 * and last lines, from where it comes from, and from the user's manifest. */
#ifndef OGISTAT_INGEST_IDENTITY_IDENTITY_H
#define OGISTAT_INGEST_IDENTITY_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/divisions.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/identity/document_rules.h"
#include "ingest/intake/manifest.h"

/* What is known of a file beside its document. */
struct origin {
  const char *path;                  /* as the run names it, in UTF-8 */
  const struct manifest_entry *told; /* what the user says of it, or NULL */
  /* Not the first report in the file: what is told of the file is only its division, and only where
   * nothing else decides. */
  bool is_further;
};

/* All texts live in the findings' arena and are "" where the document does not tell. */
struct identity {
  const char *title;
  const char *organ; /* as the title gives it */
  const char *key;   /* of its name what tells it from other organs of its division */
  const char *site;  /* host of the web site that published it */
  /* of what level it says to be (市, 县), where its name does not say of which division */
  const char *level;
  bool is_told; /* the manifest names organ and year */
  /* government, office, department, township, zone (administers a zone without a code of its own),
   * party, institution (school, hospital, utility) or unknown */
  const char *organ_kind;
  const char *division;     /* code */
  bool is_plain_government; /* it is called 人民政府 or 区政府, and no name stands before that */
  bool organ_is_one; /* the organ's name alone tells it from all others: 示例市教育局, not 教育局 */
  const char *scope; /* own, all, or "" where nothing tells (see scope.h) */
  bool is_aside;     /* of another scope than reports of such organs are where nothing tells it */
  const char *division_by; /* manifest, or as in struct place */
  bool is_mentioned;       /* the title stands only in a sentence */
  bool has_preamble;       /* the head says that it is a report */
  int year;                /* 0 where not told */
  int first_year;          /* of a title over several years (2019-2020年), 0 where it names one */
  const char *period_start, *period_end, *published; /* YYYY-MM-DD */
  size_t body; /* index of the block where the report itself begins, behind title and preamble */
};

/* Nothing is known: what a report has that was not read. */
extern const struct identity identity_unknown;

/* Reads the identity of DOCUMENT; contradictions, and what was taken from ORIGIN for want of
 * better, go to FINDINGS. */
struct identity identity_read(const struct document_rules *rules, const struct divisions *divisions,
                              const struct document *document, const struct origin *origin,
                              struct findings *findings);

/* What tells the report's organ from the others of its division in its id, where the division is
 * known, or were it known; "" for the government. SHA256 as for identity_report_id. */
const char *identity_mark(const struct identity *identity, struct arena *arena, const char *sha256);

/* A name for the report that is unique, stable, and safe as a file name: division and year for a
 * government, with eight digits of a hash of the organ's key for others, and "central" for the
 * division of a ministry or its bureau; of SHA256, the file's, where the
 * organ is not known, or has neither a division nor a name that is only its own. */
const char *identity_report_id(const struct identity *identity, struct arena *arena,
                               const char *sha256);

#endif
