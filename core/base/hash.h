/* SHA-256 in hexadecimal. */
#ifndef OGISTAT_CORE_BASE_HASH_H
#define OGISTAT_CORE_BASE_HASH_H

#include <stddef.h>

#include "core/base/arena.h"

/* Puts LENGTH bytes as lower-case hexadecimal digits into TEXT, ended by NUL: 2 * LENGTH + 1 bytes.
 */
void hexadecimal_put(char *text, const unsigned char *bytes, size_t length);

/* The same, in ARENA. */
const char *hexadecimal(struct arena *arena, const unsigned char *bytes, size_t length);

/* The SHA-256 of SIZE bytes in hexadecimal, in ARENA. */
const char *sha256_of(struct arena *arena, const char *bytes, size_t size);

#endif
