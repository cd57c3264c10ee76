/* What ingest reads out of a file, for tests of what writes one: the rooms on both sides have
 * blocks of their own, so that no file can know both. */
#ifndef OGISTAT_TESTS_READ_BACK_H
#define OGISTAT_TESTS_READ_BACK_H

#include <stddef.h>

#include "core/base/arena.h"

/* The document in SIZE bytes (.docx, PDF) as document_dump prints it; the test fails where it
 * cannot be read. */
const char *read_back(struct arena *arena, const char *bytes, size_t size);

#endif
