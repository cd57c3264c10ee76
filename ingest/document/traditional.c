/* Replaces traditional characters by the rows of traditional.csv. Knows no label. */
#include "ingest/document/traditional.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"

struct pair {
  const char *traditional, *simplified; /* as many bytes */
  size_t length;
};

struct traditional {
  struct arena *arena;
  LIST_OF(struct pair) words, characters; /* the characters in order */
};

static bool take_pair(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct traditional *t = context;
  const struct pair pair = {arena_text(t->arena, f[0]), arena_text(t->arena, f[1]), strlen(f[0])};
  if (pair.length == 0 || pair.length != strlen(f[1]))
    return failure_set(failure, "'%s' and '%s' have not as many bytes", f[0], f[1]);
  if (text_length(f[0]) > 1)
    *list_add(t->arena, &t->words) = pair;
  else
    *list_add(t->arena, &t->characters) = pair;
  return true;
}

/* No character is the beginning of another, so this puts texts in order by their first one. */
static int compare_pairs(const void *text, const void *pair) {
  const struct pair *b = pair;
  return strncmp(((const struct pair *)text)->traditional, b->traditional, b->length);
}

const struct traditional *traditional_load(struct arena *arena, const char *folder,
                                           struct failure *failure) {
  static const char *const columns[] = {"traditional", "simplified", NULL};
  struct traditional *t = arena_alloc(arena, sizeof *t);
  t->arena = arena;
  if (!csv_read(arena_format(arena, "%s/forms/traditional.csv", folder), columns, take_pair, t,
                failure))
    return NULL;
  if (t->characters.count > 0)
    qsort(t->characters.item, t->characters.count, sizeof *t->characters.item, compare_pairs);
  return t;
}

bool document_is_traditional(const struct document *document) {
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH && strstr(block->text, "公開")) return true;
  }
  return false;
}

static const struct pair *pair_at(const struct traditional *t, const char *text) {
  for (size_t i = 0; i < t->words.count; i++)
    if (text_begins(text, t->words.item[i].traditional)) return &t->words.item[i];
  const struct pair key = {.traditional = text};
  if (t->characters.count == 0) return NULL;
  return bsearch(&key, t->characters.item, t->characters.count, sizeof key, compare_pairs);
}

static const char *simplified(const struct traditional *t, struct arena *arena, const char *text) {
  char *copy = arena_text(arena, text), *put = copy;
  for (const char *at = text; *at;) {
    const char *from = at;
    const struct pair *pair = pair_at(t, at);
    if (pair)
      at += pair->length;
    else
      text_next(&at);
    memcpy(put, pair ? pair->simplified : from, (size_t)(at - from));
    put += at - from;
  }
  return copy;
}

static void simplify_grid(const struct traditional *t, struct arena *arena, struct grid *grid) {
  struct row *rows = arena_array(arena, grid->rows + 1, sizeof *rows);
  for (size_t i = 0; i < grid->rows; i++) {
    rows[i] = grid->row[i];
    struct cell *cells = arena_array(arena, rows[i].cells + 1, sizeof *cells);
    for (size_t j = 0; j < rows[i].cells; j++) {
      cells[j] = rows[i].cell[j];
      cells[j].text = simplified(t, arena, cells[j].text);
    }
    rows[i].cell = cells;
  }
  grid->row = rows;
}

static void simplify_chart(const struct traditional *t, struct arena *arena, struct chart *chart) {
  struct chart_point *points = arena_array(arena, chart->points + 1, sizeof *points);
  for (size_t i = 0; i < chart->points; i++)
    points[i] = (struct chart_point){simplified(t, arena, chart->point[i].series),
                                     simplified(t, arena, chart->point[i].category),
                                     simplified(t, arena, chart->point[i].value)};
  chart->title = simplified(t, arena, chart->title);
  chart->point = points;
}

void document_simplify(const struct traditional *traditional, struct document *document) {
  struct arena *arena = document->arena;
  for (size_t i = 0; i < document->blocks.count; i++) {
    struct block *block = &document->blocks.item[i];
    switch (block->kind) {
      case BLOCK_PARAGRAPH: block->text = simplified(traditional, arena, block->text); break;
      case BLOCK_GRID: simplify_grid(traditional, arena, &block->grid); break;
      case BLOCK_CHART: simplify_chart(traditional, arena, &block->chart); break;
      case BLOCK_KINDS: break;
    }
  }
}
