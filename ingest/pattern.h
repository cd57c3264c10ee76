/* Regular expressions with named groups, on PCRE2: UTF-8, compiled by its JIT where there is one.
 */
#ifndef OGISTAT_PATTERN_H
#define OGISTAT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "datasets/arena.h"
#include "datasets/failure.h"

struct pattern;

/* Compiles TEXT; a group's name may stand more than once. NULL with the reason where it is broken.
 * Free it with pattern_free (NULL is allowed). */
struct pattern *pattern_compile(const char *text, struct failure *failure);
void pattern_free(struct pattern *pattern);

/* Looks for a match in the LENGTH bytes of TEXT (valid UTF-8) from byte FROM on. A match is kept in
 * PATTERN until the next call. */
bool pattern_match(struct pattern *pattern, const char *text, size_t length, size_t from);

/* The bounds in bytes of the group NAME in the last match. False where it took no part. */
bool pattern_group(const struct pattern *pattern, const char *name, size_t *start, size_t *end);

/* The text of the group NAME in the last match on TEXT, in ARENA; "" where it took no part. */
const char *pattern_text(const struct pattern *pattern, struct arena *arena, const char *text,
                         const char *name);

#endif
