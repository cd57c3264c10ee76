/* Addresses as RFC 3986 has them. */
#ifndef OGISTAT_CORE_BASE_URI_H
#define OGISTAT_CORE_BASE_URI_H

#include "core/base/arena.h"

/* TEXT, the path of a file, as a part of an address: every byte but letters, digits, `-`, `.`, `_`,
 * `~` and `/` as %XX; in ARENA. */
const char *uri_escape(struct arena *arena, const char *text);

/* ADDRESS with whatever may not stand in one as %XX; what is escaped already stays; in ARENA. */
const char *uri_mend(struct arena *arena, const char *address);

#endif
