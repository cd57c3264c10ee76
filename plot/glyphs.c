/* The characters of the installed fonts. Knows fontconfig's notation, and nothing of charts. */
#include "plot/glyphs.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utf8proc.h>

#include "datasets/label.h"

enum { CHARACTERS = 0x110000 };

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

static pid_t spawn_list(char *pattern, int output) {
  char program[] = "fc-list", option[] = "-f", format[] = "%{charset}\n";
  char *const arguments[] = {program, pattern, option, format, NULL};
  posix_spawn_file_actions_t actions;
  pid_t process = -1;
  if (posix_spawn_file_actions_init(&actions) != 0) return -1;
  if (posix_spawn_file_actions_adddup2(&actions, output, 1) != 0 ||
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) != 0 ||
      posix_spawnp(&process, program, &actions, NULL, arguments, environ) != 0)
    process = -1;
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

const struct glyphs *glyphs_load(struct arena *arena, const char *family) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return NULL;
  pid_t process = spawn_list(fontconfig_pattern(arena, family), ends[1]);
  close(ends[1]);
  LIST_OF(char) answer = {0};
  FILE *file = fdopen(ends[0], "r");
  for (int c; process > 0 && file && (c = getc(file)) != EOF;) *list_add(arena, &answer) = (char)c;
  *list_add(arena, &answer) = '\0';
  if (file)
    fclose(file);
  else
    close(ends[0]);
  int status = 0;
  if (process <= 0 || waitpid(process, &status, 0) != process || status != 0) return NULL;
  return answer.count > 1 ? glyphs_parse(arena, answer.item) : NULL;
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
