/* Puts a page together. */
#include "brief/page/draft.h"

#include <string.h>

struct draft draft_begin(struct arena *arena, const struct material *material, const char *name) {
  struct page *page = arena_alloc(arena, sizeof *page);
  page->language = material->language;
  page->name = name;
  page->title = page->subtitle = "";
  return (struct draft){arena, material, page};
}

const char *page_name(struct arena *arena, const char *subject, enum language language) {
  return language == LANGUAGE_ZH ? subject
                                 : arena_format(arena, "%s.%s", subject, language_name(language));
}

static struct page_block *add_block(struct draft *draft, enum page_block_kind kind) {
  struct page_block *block = list_add(draft->arena, &draft->page->block);
  *block = (struct page_block){.kind = kind, .text = "", .name = ""};
  return block;
}

void draft_heading(struct draft *draft, int level, const char *key) {
  struct page_block *block = add_block(draft, PAGE_HEADING);
  block->text = brief_words(draft->material, arena_format(draft->arena, "heading_%s", key));
  block->name = key;
  block->level = level;
}

void draft_paragraph(struct draft *draft, const char *text) {
  if (*text) add_block(draft, PAGE_PARAGRAPH)->text = text;
}

void draft_sentences(struct draft *draft, const struct link_text *sentences, size_t count) {
  struct page_block *block = add_block(draft, PAGE_SENTENCES);
  block->text = brief_words(draft->material, "basis");
  block->sentences = sentences;
  block->count = count;
}

void draft_figure(struct draft *draft, const struct page_figure *figure) {
  add_block(draft, PAGE_FIGURE)->figure = *figure;
}

struct table_draft table_begin(struct draft *draft, const char *key) {
  struct arena *arena = draft->arena;
  return (struct table_draft){
      .draft = draft,
      .key = key,
      .table = {.name = arena_format(arena, "table-%s", key),
                .caption = brief_words(draft->material, arena_format(arena, "caption_%s", key))}};
}

void table_column(struct table_draft *table, const char *title, enum column_kind kind) {
  *list_add(table->draft->arena, &table->column) = (struct page_column){title, kind};
}

static void add_columns(struct table_draft *table, const char *const *keys, enum column_kind kind) {
  const struct draft *draft = table->draft;
  for (; *keys; keys++)
    table_column(
        table, brief_words(draft->material, arena_format(draft->arena, "column_%s", *keys)), kind);
}

void table_text_columns(struct table_draft *table, const char *const *keys) {
  add_columns(table, keys, COLUMN_TEXT);
}

void table_number_columns(struct table_draft *table, const char *const *keys) {
  add_columns(table, keys, COLUMN_NUMBER);
}

static struct page_cell *add_cell(struct table_draft *table, const char *text, const char *target) {
  struct page_cell *cell = list_add(table->draft->arena, &table->cell);
  *cell = (struct page_cell){.show = {text, target}, .sort = ""};
  return cell;
}

void cell_head(struct table_draft *table, const char *text, const char *target,
               const char *anchor) {
  struct page_cell *cell = add_cell(table, text, target);
  cell->heads_row = true;
  cell->name = anchor;
}

void cell_text(struct table_draft *table, const char *text) {
  add_cell(table, text, "");
}

void cell_link(struct table_draft *table, const char *text, const char *target) {
  add_cell(table, text, target);
}

void cell_number(struct table_draft *table, const char *shown, const char *sort) {
  add_cell(table, shown, "")->sort = sort;
}

void table_end(struct table_draft *table) {
  struct draft *draft = table->draft;
  struct page_table *done = &table->table;
  if (table->cell.count == 0) {
    const char *key = arena_format(draft->arena, "none_%s", table->key);
    draft_paragraph(draft, brief_words(draft->material, key));
    return;
  }
  done->column = table->column.item;
  done->columns = table->column.count;
  done->cell = table->cell.item;
  done->rows = table->cell.count / done->columns;
  add_block(draft, PAGE_TABLE)->table = *done;
}

static bool table_has_name(const struct page_table *table, const char *name) {
  if (strcmp(table->name, name) == 0) return true;
  for (size_t i = 0; i < table->rows; i++) {
    const char *anchor = table->cell[i * table->columns].name;
    if (anchor && strcmp(anchor, name) == 0) return true;
  }
  return false;
}

static bool has_name(const struct page *page, const char *name) {
  for (size_t i = 0; i < page->block.count; i++) {
    const struct page_block *block = &page->block.item[i];
    bool found = false;
    if (block->kind == PAGE_HEADING) found = strcmp(block->name, name) == 0;
    if (block->kind == PAGE_FIGURE) found = strcmp(block->figure.name, name) == 0;
    if (block->kind == PAGE_TABLE) found = table_has_name(&block->table, name);
    if (found) return true;
  }
  return false;
}

void draft_end(struct draft *draft) {
  struct arena *arena = draft->arena;
  for (size_t i = 0; i < draft->page->block.count; i++) {
    struct page_block *block = &draft->page->block.item[i];
    if (block->kind != PAGE_SENTENCES) continue;
    struct link_text *led = arena_array(arena, block->count, sizeof *led);
    for (size_t j = 0; j < block->count; j++) {
      const char *name = block->sentences[j].target;
      bool leads = *name && has_name(draft->page, name);
      led[j] = (struct link_text){block->sentences[j].text,
                                  leads ? arena_format(arena, "#%s", name) : ""};
    }
    block->sentences = led;
  }
}
