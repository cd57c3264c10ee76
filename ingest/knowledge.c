/* Loads what is known, in the order in which one file builds on another. */
#include "ingest/knowledge.h"

#include <pthread.h>
#include <semaphore.h>

struct knowledge_loading {
  struct knowledge *knowledge;
  pthread_t thread;
  sem_t has_forms; /* posted when they are there, or broken */
  bool has_begun, is_running, forms_loaded, is_done;
  struct failure failure;
};

/* What reading titles and tables takes. */
static bool load_forms(struct knowledge *k, struct failure *failure) {
  struct arena *arena = k->arena;
  const char *folder = k->folder;
  return (k->codebook = codebook_load(arena, folder, failure)) &&
         (k->schema = schema_load(arena, folder, failure)) &&
         (k->divisions = divisions_load(arena, folder, failure)) &&
         (k->numerals = numerals_load(arena, folder, failure)) &&
         (k->document_rules = document_rules_load(arena, folder, failure)) &&
         (k->forms = forms_load(arena, folder, k->codebook, failure));
}

/* What reading prose takes, and checking: its patterns take as long to compile as all the rest. */
static bool load_rules(struct knowledge *k, struct failure *failure) {
  const struct restatement *restatements;
  k->prose_rules = prose_rules_load(k->arena, k->folder, k->codebook, k->numerals, failure);
  if (!k->prose_rules) return false;
  k->traditional = traditional_load(k->arena, k->folder, failure);
  if (!k->traditional) return false;
  size_t count = prose_restatements(k->prose_rules, &restatements);
  k->edit_rules = edit_rules_load(k->arena, k->folder, k->codebook, restatements, count, failure);
  if (!k->edit_rules) return false;
  k->told_rules = told_rules_load(k->arena, k->folder, failure);
  return k->told_rules;
}

static void *run_loading(void *context) {
  struct knowledge_loading *loading = context;
  loading->forms_loaded = load_forms(loading->knowledge, &loading->failure);
  sem_post(&loading->has_forms);
  loading->is_done = loading->forms_loaded && load_rules(loading->knowledge, &loading->failure);
  return NULL;
}

struct knowledge *knowledge_new(const char *folder) {
  struct arena *arena = arena_new();
  struct knowledge *knowledge = arena_alloc(arena, sizeof *knowledge);
  struct knowledge_loading *loading = arena_alloc(arena, sizeof *loading);
  knowledge->arena = arena;
  knowledge->folder = arena_text(arena, folder);
  knowledge->loading = loading;
  loading->knowledge = knowledge;
  return knowledge;
}

void knowledge_begin(const struct knowledge *knowledge) {
  struct knowledge_loading *loading = knowledge->loading;
  if (loading->has_begun) return;
  loading->has_begun = true;
  sem_init(&loading->has_forms, 0, 0);
  loading->is_running = pthread_create(&loading->thread, NULL, run_loading, loading) == 0;
  if (!loading->is_running) run_loading(loading); /* no more threads: then one after the other */
}

bool knowledge_wait_for_forms(const struct knowledge *knowledge) {
  struct knowledge_loading *loading = knowledge->loading;
  if (!loading->is_running) return loading->is_done;
  int waited;
  do waited = sem_wait(&loading->has_forms);
  while (waited != 0);           /* a signal came */
  sem_post(&loading->has_forms); /* for the next who asks */
  return loading->forms_loaded;
}

bool knowledge_wait(const struct knowledge *knowledge, struct failure *failure) {
  struct knowledge_loading *loading = knowledge->loading;
  if (loading->is_running) pthread_join(loading->thread, NULL);
  loading->is_running = false;
  return loading->is_done || failure_set(failure, "%s", loading->failure.text);
}

struct knowledge *knowledge_load(const char *folder, struct failure *failure) {
  struct knowledge *knowledge = knowledge_new(folder);
  knowledge_begin(knowledge);
  if (knowledge_wait(knowledge, failure)) return knowledge;
  knowledge_free(knowledge);
  return NULL;
}

void knowledge_free(struct knowledge *knowledge) {
  if (!knowledge) return;
  document_rules_free(knowledge->document_rules);
  arena_free(knowledge->arena);
}
