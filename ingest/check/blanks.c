/* Lists what the edit rules do not look at. */
#include "ingest/check/blanks.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

static bool is_blank_cell(const struct observation *o) {
  bool is_blank = o->status == STATUS_BLANK || o->status == STATUS_DEDUCED;
  return is_blank && o->provenance.place.kind == PLACE_TABLE;
}

static int compare_places(const void *a, const void *b) {
  const struct source_place *x = &(*(const struct observation *const *)a)->provenance.place,
                            *y = &(*(const struct observation *const *)b)->provenance.place;
  if (x->number != y->number) return x->number < y->number ? -1 : 1;
  if (x->row != y->row) return x->row < y->row ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static void tell_row(struct checking *checking, const struct observation *cell, size_t count) {
  struct remark *remark = remark_add(checking, REMARK_WARNING, "blank_cells");
  remark->cell = remark_cell(checking, cell->variable, cell->category);
  remark_locate(checking, remark, cell->provenance.place);
  const struct filling fillings[] = {{"cell", remark->cell},
                                     {"place", remark->where},
                                     {"count", arena_format(checking->arena, "%zu", count)},
                                     {NULL, NULL}};
  remark->message = remark_words(checking, "blank_cells", fillings);
}

void blanks_check(struct checking *checking) {
  const struct observations *all = &checking->report->observations;
  LIST_OF(const struct observation *) blanks = {0};
  for (size_t i = 0; i < all->count; i++)
    if (is_blank_cell(&all->item[i])) *list_add(checking->arena, &blanks) = &all->item[i];
  if (blanks.count == 0) return;
  qsort(blanks.item, blanks.count, sizeof *blanks.item, compare_places);
  for (size_t i = 0, next; i < blanks.count; i = next) {
    const struct source_place *place = &blanks.item[i]->provenance.place;
    for (next = i + 1; next < blanks.count; next++) {
      const struct source_place *other = &blanks.item[next]->provenance.place;
      if (other->number != place->number || other->row != place->row) break;
    }
    tell_row(checking, blanks.item[i], next - i);
  }
}

/* ---- not understood ---- */

struct looking {
  struct arena *arena;
  enum language language;
  const char *reason, *meaning;
};

#define MEANING_ROW(COLUMN, OPTIONAL) COLUMN(reason) COLUMN(meaning) COLUMN(meaning_zh)
CSV_ROW(meaning_row, MEANING_ROW);

static bool take_meaning(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line, (void)failure;
  struct looking *looking = context;
  const struct meaning_row *row = (const void *)f;
  if (strcmp(row->reason, looking->reason) == 0)
    looking->meaning = arena_text(looking->arena, looking->language == LANGUAGE_ZH ? row->meaning_zh
                                                                                   : row->meaning);
  return true;
}

const char *reject_meaning(struct arena *arena, const char *folder, enum language language,
                           const char *reason, struct failure *failure) {
  struct looking looking = {arena, language, reason, reason};
  const char *path = arena_format(arena, "%s/rules/reject_reasons.csv", folder);
  return csv_read(path, meaning_row_columns, take_meaning, &looking, failure) ? looking.meaning
                                                                              : NULL;
}

bool rejects_check(struct checking *checking, const char *folder, struct failure *failure) {
  for (size_t i = 0; i < checking->report->rejects; i++) {
    const struct reject *reject = &checking->report->reject[i];
    const char *meaning = reject_meaning(checking->arena, folder, words_language(checking->words),
                                         reject->reason, failure);
    if (!meaning) return false;
    const struct filling fillings[] = {
        {"reason", meaning}, {"detail", reject->detail}, {NULL, NULL}};
    remark_add(checking, REMARK_WARNING, reject->reason)->message =
        remark_words(checking, "not_understood", fillings);
  }
  return true;
}
