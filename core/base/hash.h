/* SHA-256 in hexadecimal. */
#ifndef OGISTAT_CORE_BASE_HASH_H
#define OGISTAT_CORE_BASE_HASH_H

#include <stddef.h>

#include "core/base/arena.h"

/* LENGTH bytes as lower-case hexadecimal digits, in ARENA. */
const char *hexadecimal(struct arena *arena, const unsigned char *bytes, size_t length);

/* The SHA-256 of SIZE bytes in hexadecimal, in ARENA. */
const char *sha256_of(struct arena *arena, const char *bytes, size_t size);

#endif
