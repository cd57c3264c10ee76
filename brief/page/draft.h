/* Puts a page together, block by block. Knows what blocks are, and not what they tell. */
#ifndef OGISTAT_BRIEF_PAGE_DRAFT_H
#define OGISTAT_BRIEF_PAGE_DRAFT_H

#include "brief/facts/material.h"
#include "brief/page/page.h"
#include "core/base/arena.h"

struct draft {
  struct arena *arena; /* of the page */
  const struct material *material;
  struct page *page;
};

/* An empty page NAME of the material's language. */
struct draft draft_begin(struct arena *arena, const struct material *material, const char *name);

/* The page NAME of SUBJECT (a report's id, `all`, `index`) in LANGUAGE: 370105-2020.en */
const char *page_name(struct arena *arena, const char *subject, enum language language);

/* A heading whose text and name are those of KEY in the words of the briefing. */
void draft_heading(struct draft *draft, int level, const char *key);

void draft_paragraph(struct draft *draft, const char *text);
void draft_sentences(struct draft *draft, const struct link_text *sentences, size_t count);
void draft_figure(struct draft *draft, const struct page_figure *figure);

/* A table, column by column and then cell by cell. */
struct table_draft {
  struct draft *draft;
  const char *key;
  struct page_table table;
  LIST_OF(struct page_column) column;
  LIST_OF(struct page_cell) cell;
};

/* The table `table-KEY`; its caption is the words for caption_KEY. */
struct table_draft table_begin(struct draft *draft, const char *key);
void table_column(struct table_draft *table, const char *title, enum column_kind kind);
void table_text_columns(struct table_draft *table, const char *const *keys);
void table_number_columns(struct table_draft *table, const char *const *keys);

/* The cell that names its row; ANCHOR is what leads there, NULL for none. */
void cell_head(struct table_draft *table, const char *text, const char *target, const char *anchor);
void cell_text(struct table_draft *table, const char *text);
void cell_link(struct table_draft *table, const char *text, const char *target);
/* SORT is the plain number behind SHOWN. */
void cell_number(struct table_draft *table, const char *shown, const char *sort);

/* Adds the table to the page; where it has no rows, the words for none_KEY as a paragraph. */
void table_end(struct table_draft *table);

/* Forgets links to names that the page does not have. */
void draft_end(struct draft *draft);

#endif
