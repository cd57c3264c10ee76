/* A copy of a draft in .docx, with Word comments at the cells and paragraphs that remarks are about
 * (ECMA-376 part 1, 17.13.4). */
#ifndef OGISTAT_INGEST_CHECK_COMMENTS_H
#define OGISTAT_INGEST_CHECK_COMMENTS_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "ingest/intake/source.h"

struct comment {
  size_t paragraph;        /* of the main part, from 1; 0: not known, so it stands at the first */
  const char *text, *hint; /* "" where there is none */
};

struct comment_list {
  const struct comment *item;
  size_t count;
  const char *author;
};

/* Writes to FILE a copy of SOURCE, a .docx, with COMMENTS. All parts that hold no comment are the
 * bytes of the original. ARENA is for scratch. False with the reason. */
bool comments_write(struct arena *arena, const struct source *source,
                    const struct comment_list *comments, FILE *file, struct failure *failure);

#endif
