/* Loads what is known, in the order in which one file builds on another. */
#include "ingest/knowledge.h"

struct knowledge *knowledge_load(const char *folder, struct failure *failure) {
  struct arena *arena = arena_new();
  struct knowledge *k = arena_alloc(arena, sizeof *k);
  const struct restatement *restatements = NULL;
  k->arena = arena;
  k->folder = arena_text(arena, folder);
  bool loaded =
      (k->codebook = codebook_load(arena, folder, failure)) &&
      (k->divisions = divisions_load(arena, folder, failure)) &&
      (k->schema = schema_load(arena, folder, failure)) &&
      (k->numerals = numerals_load(arena, folder, failure)) &&
      (k->forms = forms_load(arena, folder, k->codebook, failure)) &&
      (k->prose_rules = prose_rules_load(arena, folder, k->codebook, k->numerals, failure)) &&
      (k->document_rules = document_rules_load(arena, folder, failure));
  size_t count = loaded ? prose_restatements(k->prose_rules, &restatements) : 0;
  loaded = loaded && (k->edit_rules = edit_rules_load(arena, folder, k->codebook, restatements,
                                                      count, failure));
  if (loaded) return k;
  knowledge_free(k);
  return NULL;
}

void knowledge_free(struct knowledge *knowledge) {
  if (!knowledge) return;
  prose_rules_free(knowledge->prose_rules);
  document_rules_free(knowledge->document_rules);
  arena_free(knowledge->arena);
}
