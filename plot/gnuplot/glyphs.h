/* Which characters the installed fonts can draw. Pango draws one that no font has as a box over the
 * whole picture. */
#ifndef OGISTAT_PLOT_GNUPLOT_GLYPHS_H
#define OGISTAT_PLOT_GNUPLOT_GLYPHS_H

#include <stdbool.h>

#include "core/base/arena.h"

struct glyphs;

/* The session's own folders of fonts, and of what fontconfig knows of them, ended by NULL. */
const char *const *fontconfig_places(struct arena *arena);

/* What fontconfig needs to know of the session, as child_run takes it. */
extern const char *const fontconfig_variables[];

enum glyphs_end {
  GLYPHS_FOUND,
  GLYPHS_NONE,   /* there is no such font */
  GLYPHS_UNKNOWN /* fontconfig does not answer */
};

/* Those of the fonts of FAMILY, ":" for all, into *GLYPHS (NULL where none are found). Asks
 * fontconfig (its program fc-list, which comes with gnuplot). */
enum glyphs_end glyphs_load(struct arena *arena, const char *family, const struct glyphs **glyphs);

/* The first character of TEXT that GLYPHS lack, into ARENA; NULL where they have all. */
const char *glyphs_first_missing(const struct glyphs *glyphs, struct arena *arena,
                                 const char *text);

/* From ranges as fc-list prints them: hexadecimal numbers, `20-7e a0`, parted by white space. */
const struct glyphs *glyphs_parse(struct arena *arena, const char *ranges);

/* TEXT with 〓, the printers' sign for a missing type, in place of each character that no font has;
 * TEXT itself where there is none. GLYPHS may be NULL: then all are taken to be there. */
const char *glyphs_available(const struct glyphs *glyphs, struct arena *arena, const char *text);

#endif
