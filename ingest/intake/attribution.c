/* Reads a file's name as the title of a report that comes from there. */
#include "ingest/intake/attribution.h"

#include <string.h>

#include "core/base/file_name.h"
#include "ingest/document/findings.h"
#include "ingest/identity/identity.h"
#include "ingest/intake/source.h"

/* The file's name without its ending, as a paragraph. */
static void add_name(struct document *document, const char *path) {
  const char *name = file_name_of(path), *dot = strrchr(name, '.');
  size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
  document_add(document, BLOCK_PARAGRAPH)->text = arena_bytes(document->arena, name, length);
}

struct attribution attribution_of(const struct knowledge *knowledge, struct arena *arena,
                                  const char *path) {
  const char *text = source_path_text(arena, path);
  struct document document = {.arena = arena};
  struct findings findings = {.arena = arena};
  struct origin origin = {.path = text, .told = manifest_find(knowledge->manifest, text)};
  add_name(&document, text);
  struct identity identity =
      identity_read(knowledge->document_rules, knowledge->divisions, &document, &origin, &findings);
  return (struct attribution){identity.division, identity.year};
}
