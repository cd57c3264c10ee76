/* From one published file to one report: read, align, check. */
#ifndef OGISTAT_INGEST_REPORT_H
#define OGISTAT_INGEST_REPORT_H

#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/edits/edit.h"
#include "ingest/identity/identity.h"
#include "ingest/intake/source.h"
#include "ingest/knowledge.h"

struct report {
  const struct document *document; /* in which it stands; NULL where the file gave no report */
  const struct document *file;     /* all that the file holds */
  struct source source;
  const char *id;   /* NULL: the file gave no report, and REJECTS says why */
  const char *mark; /* of its id, were the division known */
  struct identity identity;
  bool is_corrected; /* it says that it is a corrected re-issue */
  const char *forms; /* that its sections follow, parted by blanks */
  struct observations observations;
  struct edit_result edits;
  const struct reject *reject;
  size_t rejects;
  const char *const *area; /* of each observation by area, the name in key_areas.csv, else "" */
  const struct quantity *quantity; /* what prose tells, in the order in which it stands */
  size_t quantities;
};

typedef void report_taker(void *context, const struct report *report);

/* Reads the file PATH and gives TAKE what was found in it or why nothing was: once, or once for
 * each report that stands in it. Returns how many of these are reports. What was found lives in
 * ARENA. (An archive is no report; intake/members.h has the files in it.) KNOWLEDGE may still be
 * loading; where that fails there are no reports, and knowledge_wait tells the caller why. */
size_t report_read(const struct knowledge *knowledge, struct arena *arena, const char *path,
                   report_taker *take, void *context);

/* The same for a file whose bytes are at hand; or that has none, where REASON (a code of
 * reject_reasons.csv, else NULL) and FAILURE say why. */
size_t report_read_source(const struct knowledge *knowledge, struct arena *arena,
                          const struct source *source, const char *reason,
                          const struct failure *failure, report_taker *take, void *context);

/* Reads PATH only into the neutral shape, for --dump. NULL with the reason. */
struct document *report_document(struct arena *arena, const char *path, struct failure *failure);

#endif
