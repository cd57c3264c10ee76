/* Reads paths as document_rules.csv says. */
#include "ingest/attribution.h"

#include <stdlib.h>
#include <string.h>

#include "datasets/label.h"
#include "ingest/findings.h"
#include "ingest/identity.h"

/* Folders further up are those of the user's machine: reports/370105/2020.pdf. */
enum { COMPONENTS = 3 };

static const char *last_components(const char *path) {
  const char *from = path + strlen(path);
  for (size_t slashes = 0; from > path; from--)
    if (from[-1] == '/' && ++slashes == COMPONENTS) break;
  return from;
}

/* The identity that the file's name without its ending gives, read as a title. */
static struct identity read_name(const struct knowledge *knowledge, struct arena *arena,
                                 const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  const char *dot = strrchr(name, '.');
  size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
  struct document document = {.arena = arena};
  struct findings findings = {.arena = arena};
  document_add(&document, BLOCK_PARAGRAPH)->text =
      text_utf8(arena, arena_bytes(arena, name, length));
  return identity_read(knowledge->document_rules, knowledge->divisions, &document, &findings);
}

struct attribution attribution_of(const struct knowledge *knowledge, struct arena *arena,
                                  const char *path) {
  const struct document_rules *rules = knowledge->document_rules;
  const char *text = text_compact(arena, text_utf8(arena, last_components(path)));
  struct identity identity = read_name(knowledge, arena, path);
  struct attribution attribution = {identity.division, identity.year};
  const char *code = document_rules_group(rules, FIELD_PATH_DIVISION, text, "division", arena);
  if (*attribution.division == '\0' && *code && divisions_find(knowledge->divisions, code))
    attribution.division = code;
  const char *year = document_rules_group(rules, FIELD_PATH_YEAR, text, "year", arena);
  if (attribution.year == 0) attribution.year = atoi(year); /* NOLINT: four digits or "" */
  return attribution;
}
