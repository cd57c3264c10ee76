/* Reading one file in a worker, or taking what an earlier run found in it; and the result on its
 * way from the worker to the process that writes the dataset. */
#ifndef OGISTAT_INGEST_READING_H
#define OGISTAT_INGEST_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "ingest/intake/cache.h"
#include "ingest/knowledge.h"

enum reading_kind {
  READING_NEW,      /* read, to be kept */
  READING_KNOWN,    /* taken from the cache */
  READING_UNCERTAIN /* read, not to be kept: another time it may be read otherwise */
};

struct file_reading {
  enum reading_kind kind;
  char key[CACHE_KEY_SIZE]; /* counts only where the reading is new or known */
  struct cached entry;      /* for the cache, where it is new */
  struct cached records;    /* for record_read */
};

/* Reads PATH, or takes it from CACHE (NULL: there is none), and writes the reading to FILE. */
void reading_write(const struct knowledge *knowledge, const struct cache *cache, const char *path,
                   FILE *file);

/* Reads back what reading_write wrote: LENGTH bytes, into which READING points. False where they
 * are no reading. */
bool reading_read(const char *bytes, size_t length, struct file_reading *reading);

#endif
