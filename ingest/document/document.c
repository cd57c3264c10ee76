/* Building and printing documents. Knows neither file formats nor forms. */
#include "ingest/document/document.h"

struct block *document_add(struct document *document, enum block_kind kind) {
  struct block *block = list_add(document->arena, &document->blocks);
  *block = (struct block){.kind = kind, .number = ++document->numbers[kind], .text = ""};
  return block;
}

size_t document_origin(const struct document *document, const char *text) {
  for (size_t i = 0; i < document->origins.count; i++)
    if (document->origins.item[i].text == text) return document->origins.item[i].paragraph;
  return 0;
}

void document_take_back(struct document *document) {
  struct block *last = &document->blocks.item[--document->blocks.count];
  document->numbers[last->kind]--;
}

struct source_place block_place(const struct block *block, size_t page) {
  static const enum place_kind kinds[BLOCK_KINDS] = {
      [BLOCK_PARAGRAPH] = PLACE_PARAGRAPH, [BLOCK_GRID] = PLACE_TABLE, [BLOCK_CHART] = PLACE_CHART};
  return (struct source_place){.kind = kinds[block->kind], .page = page, .number = block->number};
}

const char *block_locator(struct arena *arena, const struct block *block, size_t page) {
  return place_locator(arena, block_place(block, page));
}

/* `[ ]` stands where the row has no cell, as below one that reaches down; `[]` is a blank cell. */
static void dump_grid(const struct grid *grid, FILE *file) {
  fprintf(file, "%zu rows%s\n", grid->rows, grid->ragged ? ", spans unknown" : "");
  for (size_t i = 0; i < grid->rows; i++) {
    fprintf(file, "  row %zu:", i + 1);
    size_t column = 0;
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      for (; column < cell->column; column++) fputs(" [ ]", file);
      column = cell->column + cell->columns;
      fprintf(file, " [%s]", cell->text);
      if (cell->columns > 1) fprintf(file, "x%zu", cell->columns);
    }
    fputs(grid->row[i].may_be_cut ? " (may be cut)\n" : "\n", file);
  }
}

static void dump_chart(const struct chart *chart, FILE *file) {
  fprintf(file, "%s\n", chart->title);
  for (size_t i = 0; i < chart->points; i++)
    fprintf(file, "  point %zu: %s | %s | %s\n", i + 1, chart->point[i].series,
            chart->point[i].category, chart->point[i].value);
}

void document_dump(const struct document *document, FILE *file) {
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    fprintf(file, "%s: ", block_locator(document->arena, block, block->page));
    switch (block->kind) {
      case BLOCK_PARAGRAPH:
        fprintf(file, "%s%s\n", block->text, block->order_unknown ? " (order unknown)" : "");
        break;
      case BLOCK_GRID: dump_grid(&block->grid, file); break;
      case BLOCK_CHART: dump_chart(&block->chart, file); break;
      case BLOCK_KINDS: break;
    }
  }
}
