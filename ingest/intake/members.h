/* Files in zip archives, and in zip archives in these, one at a time: each is read for itself, with
 * limits of its own. */
#ifndef OGISTAT_INGEST_INTAKE_MEMBERS_H
#define OGISTAT_INGEST_INTAKE_MEMBERS_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "ingest/intake/source.h"

/* How deep archives may stand in archives, and how many files an archive may hold, those in
 * archives within it among them. */
enum { ARCHIVE_DEPTH = 2, MEMBER_LIMIT = 20000 };

/* Where a member stands. */
struct member_place {
  const char *archive; /* path of the outermost archive */
  const char *sha256;  /* of that */
  const char *path;    /* of the member: `archive.zip/name`, or `archive.zip/inner.zip/name` */
  size_t depth;        /* 1: in that archive; 2: in an archive within it */
  size_t index[ARCHIVE_DEPTH]; /* of the entry in each */
};

/* A place as one text, for another process, in ARENA; and back, into TEXT, which is written on. */
const char *member_place_text(struct arena *arena, const struct member_place *place);
struct member_place member_place_from(char *text);

/* The archives that were opened last, which are kept for their next members. Free with
 * members_free. */
struct members;
struct members *members_new(void);
void members_free(struct members *members);

/* Reads the member at PLACE as SOURCE into ARENA. NULL, or a code of reject_reasons.csv with the
 * detail. */
const char *members_read(struct members *members, const struct member_place *place,
                         struct arena *arena, struct source *source, struct failure *failure);

struct member {
  size_t index;
  const char *name; /* in UTF-8, with slashes */
};

struct member_list {
  LIST_OF(struct member) item; /* files only; what macOS adds to archives is none of them */
  size_t unread;               /* files behind the limits, of which the reason below tells */
};

/* Lists what is packed in ARCHIVE, in ARENA, as far as the limits go. NULL, or a code of
 * reject_reasons.csv with the detail, for the archive itself: it is damaged, holds no files, or
 * more than the limits let pass. */
const char *members_list(struct arena *arena, const struct source *archive,
                         struct member_list *list, struct failure *failure);

/* What is told of an archive of which so many files were left. */
void members_tell_unread(size_t unread, struct failure *failure);

#endif
