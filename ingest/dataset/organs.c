/* Looks over all reports of a run, by site and by organ. */
#include "ingest/dataset/organs.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/divisions.h"
#include "core/model/report_id.h"
#include "ingest/knowledge.h"

/* ---- sites ---- */

/* Only these are of one division: an encyclopedia or a mirror has reports of many. */
static const char government[] = ".gov.cn";

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), size = strlen(end);
  return length >= size && strcmp(text + length - size, end) == 0;
}

static int compare_sites(const void *a, const void *b) {
  const struct entry *const *x = a, *const *y = b;
  int order = strcmp((*x)->site, (*y)->site);
  return order ? order : strcmp((*x)->source, (*y)->source);
}

/* The division on which COUNT reports of a site agree, of those that fit LEVEL where it is told;
 * NULL where they do not, or where LEVEL is not told and one report alone would decide. */
static const struct division *agreed(const struct divisions *divisions, struct entry *const *entry,
                                     size_t count, const char *level) {
  const struct division *found = NULL;
  size_t votes = 0;
  for (size_t i = 0; i < count; i++) {
    const struct division *division = divisions_find(divisions, entry[i]->division);
    if (!division || !ends_with(division->name, level)) continue;
    if (found && found != division) return NULL;
    found = division;
    votes++;
  }
  return *level || votes > 1 ? found : NULL;
}

/* Gives ENTRY the id that it has where the report itself names its division. */
static bool rename_report(struct collection *collection, struct entry *entry,
                          struct failure *failure) {
  const char *id =
      report_id_make(collection->arena, entry->division, entry->year_number, entry->mark);
  struct extent *const extents[] = {&entry->values, &entry->failures, &entry->change_sets,
                                    &entry->quantities, &entry->key_areas};
  for (size_t i = 0; i < sizeof extents / sizeof *extents; i++)
    if (!spool_rename(collection, extents[i], entry->report_id, id, failure)) return false;
  entry->report_id = id;
  return true;
}

static bool learn_site(struct collection *collection, const struct divisions *divisions,
                       struct entry **entry, size_t count, struct failure *failure) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(entry[i]->division_by, "unknown") != 0) continue;
    const struct division *division = agreed(divisions, entry, count, entry[i]->level);
    if (!division) continue;
    entry[i]->learnt = division->code;
  }
  for (size_t i = 0; i < count; i++) {
    if (!entry[i]->learnt) continue;
    entry[i]->division = entry[i]->learnt;
    entry[i]->division_by = "site";
    if (!rename_report(collection, entry[i], failure)) return false;
  }
  return true;
}

bool learn_sites(struct collection *collection, struct failure *failure) {
  size_t count = 0;
  struct entry **entry =
      arena_array(collection->arena, collection->entries.count + 1, sizeof *entry);
  for (size_t i = 0; i < collection->entries.count; i++)
    if (ends_with(collection->entries.item[i].site, government))
      entry[count++] = &collection->entries.item[i];
  bool is_wanted = false;
  for (size_t i = 0; i < count; i++) is_wanted |= strcmp(entry[i]->division_by, "unknown") == 0;
  if (!is_wanted) return true;
  const struct knowledge *knowledge = collection_knowledge(collection, failure);
  if (!knowledge) return false;
  qsort(entry, count, sizeof(struct entry *), compare_sites);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && strcmp(entry[i]->site, entry[next]->site) == 0;) next++;
    if (!learn_site(collection, knowledge->divisions, entry + i, next - i, failure)) return false;
  }
  return true;
}

/* ---- names ---- */

/* A report and the series of its organ, whose ids differ in the year only. */
struct member {
  const char *series;
  struct entry *entry;
};

static int compare_members(const void *a, const void *b) {
  const struct member *x = a, *y = b;
  int order = strcmp(x->series, y->series);
  return order ? order : x->entry->year_number - y->entry->year_number;
}

void name_organs(struct writing *writing) {
  struct arena *arena = writing->collection->arena;
  struct member *member = arena_array(arena, writing->count + 1, sizeof *member);
  for (size_t i = 0; i < writing->count; i++) {
    struct entry *entry = writing->kept[i];
    member[i] = (struct member){report_series(arena, entry->report_id, entry->year), entry};
  }
  if (writing->count) qsort(member, writing->count, sizeof *member, compare_members);
  for (size_t i = 0, next; i < writing->count; i = next) {
    const char *name = member[i].entry->organ;
    for (next = i + 1; next < writing->count && strcmp(member[i].series, member[next].series) == 0;
         next++)
      if (strlen(member[next].entry->organ) >= strlen(name)) name = member[next].entry->organ;
    for (size_t j = i; j < next; j++) member[j].entry->organ = name;
  }
}
