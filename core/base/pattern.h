/* Regular expressions with named groups, on PCRE2: UTF-8, compiled by its JIT where there is one.
 */
#ifndef OGISTAT_CORE_BASE_PATTERN_H
#define OGISTAT_CORE_BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct pattern;

/* Where patterns keep their last match. PCRE2 wants twenty kilobytes for it, so patterns that are
 * tried one after the other do well to share one. Free it after them (NULL is allowed). */
struct last_match;
struct last_match *last_match_new(void);
void last_match_free(struct last_match *last);

/* Compiles TEXT; a group's name may stand more than once. Matches are kept in LAST; where it is
 * NULL, in a place of the pattern's own. NULL with the reason where TEXT is broken. Free it with
 * pattern_free (NULL is allowed). */
struct pattern *pattern_compile(const char *text, struct last_match *last, struct failure *failure);
void pattern_free(struct pattern *pattern);

/* Looks for a match in the LENGTH bytes of TEXT (valid UTF-8) from byte FROM on. It is kept until
 * the next call on any pattern that keeps its matches in the same place. */
bool pattern_match(struct pattern *pattern, const char *text, size_t length, size_t from);

/* The bounds in bytes of the group NAME in the last match. False where it took no part. */
bool pattern_group(const struct pattern *pattern, const char *name, size_t *start, size_t *end);

/* The text of the group NAME in the last match on TEXT, in ARENA; "" where it took no part. */
const char *pattern_text(const struct pattern *pattern, struct arena *arena, const char *text,
                         const char *name);

#endif
