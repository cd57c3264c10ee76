/* Pages as HTML: one file each that needs nothing else, and well-formed XML at that. */
#ifndef OGISTAT_BRIEF_FORMATS_HTML_H
#define OGISTAT_BRIEF_FORMATS_HTML_H

#include <stdbool.h>
#include <stdio.h>

#include "brief/page/page.h"
#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/words.h"

/* What every page carries: datasets/look/briefing.css and briefing.js. */
struct html_look {
  const char *style, *script;
  const char *script_hash; /* SHA-256 in base64: the one script that a page may run */
};

/* Reads the look from FOLDER into ARENA. NULL with the reason. */
const struct html_look *html_look_load(struct arena *arena, const char *folder,
                                       struct failure *failure);

/* Writes PAGE. A picture that cannot be read is told in words, and in LOSSES; errors of writing
 * stay in FILE's error flag. */
void html_write(const struct html_look *look, const struct words *words, const struct page *page,
                FILE *file, struct page_losses *losses);

#endif
