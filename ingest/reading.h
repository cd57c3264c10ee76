/* Reading one file, or one member of an archive, in a worker, or taking what an earlier run found
 * in it; and the result on its way from the worker to the process that writes the dataset. */
#ifndef OGISTAT_INGEST_READING_H
#define OGISTAT_INGEST_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "ingest/intake/cache.h"
#include "ingest/intake/members.h"
#include "ingest/knowledge.h"

enum reading_kind {
  READING_NEW,    /* read, to be kept */
  READING_KNOWN,  /* taken from the cache */
  READING_UNKEPT, /* read, and there is nothing to be kept */
  READING_LISTING /* an archive, whose members are to be read */
};

struct file_reading {
  enum reading_kind kind;
  char key[CACHE_KEY_SIZE]; /* counts only where the reading is new or known */
  struct cached entry;      /* for the cache, where it is new; of an archive the list */
  struct cached records;    /* for record_read */
};

/* What a worker reads with. */
struct reader {
  const struct knowledge *knowledge;
  const struct cache *cache; /* NULL: there is none */
  struct members *members;
};

/* Reads the file PATH, or takes it from the cache, and writes the reading to FILE. */
void reading_write(const struct reader *reader, const char *path, FILE *file);

/* The same for the member of an archive at PLACE. */
void reading_write_member(const struct reader *reader, const struct member_place *place,
                          FILE *file);

/* The SHA-256 of the archive and its members, in ARENA, of a reading that is a listing. */
struct member_list reading_listing(const struct file_reading *reading, struct arena *arena,
                                   const char **sha256);

/* Reads back what reading_write wrote: LENGTH bytes, into which READING points. False where they
 * are no reading. */
bool reading_read(const char *bytes, size_t length, struct file_reading *reading);

#endif
