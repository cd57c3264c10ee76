/* How the numbers of a page were computed, and where their files are. */
#include <string.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"

void section_methods(struct draft *draft, unsigned used) {
  const struct material *material = draft->material;
  draft_heading(draft, 2, "methods");
  draft_paragraph(draft, brief_words(material, "assumptions"));
  draft_paragraph(draft, brief_words(material, "assumptions_counts"));
  struct table_draft table = table_begin(draft, "methods_used");
  table_text_columns(&table, (const char *const[]){"column", "method", "after", NULL});
  struct record_span rows = records_all(material->table[TABLE_METHODS]);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    if (!material_shows(row, used)) continue;
    cell_head(&table, arena_format(draft->arena, "%s, %s", row[METHOD_FILE], row[METHOD_COLUMN]),
              "", NULL);
    cell_text(&table, row[METHOD_METHOD + (int)material->language]);
    cell_text(&table, row[METHOD_SOURCE]);
  }
  table_end(&table);
}

void section_files(struct draft *draft, const struct brief_report *report) {
  const struct material *material = draft->material;
  struct table_draft table = table_begin(draft, "files_of_data");
  table_text_columns(&table, (const char *const[]){"file", "holds", NULL});
  if (report) {
    cell_head(&table, report->source, place_address(draft, report, NULL), NULL);
    cell_text(&table, brief_words(material, "file_source"));
  }
  for (enum material_table i = 0; i < TABLES; i++) {
    const char *name = material_name(draft->arena, i);
    cell_head(&table, name, material->address[i], NULL);
    cell_text(&table, brief_words(material, arena_format(draft->arena, "file_%s", name)));
  }
  draft_heading(draft, 2, "files");
  table_end(&table);
}
