/* The characters of the installed fonts. Knows fontconfig's notation, and nothing of charts. */
#include "plot/gnuplot/glyphs.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/child.h"
#include "core/base/label.h"

enum { CHARACTERS = 0x110000, SECONDS_ALLOWED = 60, OUTPUT_LIMIT = 64 << 20 };

const char *const fontconfig_variables[] = {"FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME",
                                            "XDG_CONFIG_HOME", "XDG_DATA_HOME",   NULL};

const char *const *fontconfig_places(struct arena *arena) {
  static const struct {
    const char *variable, *below;
  } places[] = {{"FONTCONFIG_FILE", ""},           {"FONTCONFIG_PATH", ""},
                {"XDG_CACHE_HOME", "/fontconfig"}, {"XDG_CONFIG_HOME", "/fontconfig"},
                {"XDG_DATA_HOME", "/fonts"},       {"HOME", "/.fonts"},
                {"HOME", "/.cache/fontconfig"},    {"HOME", "/.config/fontconfig"},
                {"HOME", "/.local/share/fonts"}};
  LIST_OF(const char *) list = {0};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const char *value = getenv(places[i].variable);
    if (value && *value)
      *list_add(arena, &list) = arena_format(arena, "%s%s", value, places[i].below);
  }
  *list_add(arena, &list) = NULL;
  return list.item;
}

struct glyphs {
  unsigned char has[CHARACTERS / 8];
};

static void add_range(struct glyphs *glyphs, long first, long last) {
  for (long c = first; c >= 0 && c <= last && c < CHARACTERS; c++)
    glyphs->has[c / 8] |= (unsigned char)(1 << c % 8);
}

const struct glyphs *glyphs_parse(struct arena *arena, const char *ranges) {
  struct glyphs *glyphs = arena_alloc(arena, sizeof *glyphs);
  while (*ranges) {
    char *end;
    long first = strtol(ranges, &end, 16), last = first;
    if (end == ranges) {
      ranges++;
      continue;
    }
    if (*end == '-') last = strtol(end + 1, &end, 16);
    add_range(glyphs, first, last);
    ranges = end;
  }
  return glyphs;
}

/* `-` begins a size in fontconfig's notation. */
static char *fontconfig_pattern(struct arena *arena, const char *family) {
  char *pattern = arena_alloc(arena, 2 * strlen(family) + 1), *end = pattern;
  for (; *family; family++) {
    if (*family == '-') *end++ = '\\';
    *end++ = *family;
  }
  return pattern;
}

enum glyphs_end glyphs_load(struct arena *arena, const char *family, const struct glyphs **glyphs) {
  char *const arguments[] = {"fc-list", fontconfig_pattern(arena, family), "-f", "%{charset}\n",
                             NULL};
  struct child list = {.arguments = arguments,
                       .variables = fontconfig_variables,
                       .seconds = SECONDS_ALLOWED,
                       .output_limit = OUTPUT_LIMIT};
  enum child_end end = child_run(arena, &list);
  *glyphs = NULL;
  if (end != CHILD_DONE) return GLYPHS_UNKNOWN;
  if (list.output_size == 0) return GLYPHS_NONE;
  *glyphs = glyphs_parse(arena, list.output);
  return GLYPHS_FOUND;
}

/* Characters without width of their own are not drawn, or drawn with the one before them. */
static bool is_there(const struct glyphs *glyphs, int character) {
  return glyphs->has[character / 8] >> character % 8 & 1 || utf8proc_charwidth(character) == 0;
}

const char *glyphs_first_missing(const struct glyphs *glyphs, struct arena *arena,
                                 const char *text) {
  while (*text) {
    const char *from = text;
    if (!is_there(glyphs, text_next(&text))) return arena_bytes(arena, from, (size_t)(text - from));
  }
  return NULL;
}

const char *glyphs_available(const struct glyphs *glyphs, struct arena *arena, const char *text) {
  static const char missing_type[] = "〓";
  if (!glyphs) return text;
  bool all = true;
  char *available = arena_alloc(arena, 3 * strlen(text) + 1), *end = available;
  for (const char *at = text; *at;) {
    const char *from = at;
    bool there = is_there(glyphs, text_next(&at));
    end = there ? mempcpy(end, from, (size_t)(at - from)) : stpcpy(end, missing_type);
    all &= there;
  }
  return all ? text : available;
}
