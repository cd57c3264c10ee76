/* The section with the values of a report, as it prints them. */
#include <stdlib.h>
#include <string.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"
#include "core/base/measure.h"

const char *value_text(const struct draft *draft, const char *status, const char *value) {
  const struct filling fillings[] = {{"number", number_grouped(draft->arena, value)}, {NULL, NULL}};
  return words_fill(draft->arena, draft->material->words, "any",
                    arena_format(draft->arena, "value_%s", status), fillings);
}

/* The label as the codebook has it: the short one of charts stands below a heading there. */
static const char *label_of(const struct draft *draft, const struct variable *variable) {
  return draft->material->language == LANGUAGE_ZH ? variable->label_zh : variable->label_en;
}

const char *variable_text(const struct draft *draft, const char *variable, const char *category) {
  const struct variable *known = codebook_find(draft->material->codebook, variable);
  const char *label = known ? label_of(draft, known) : variable;
  if (!*category) return label;
  const char *class = words_class(draft->material->words, category);
  const struct filling fillings[] = {
      {"variable", label}, {"category", class ? class : category}, {NULL, NULL}};
  return brief_fill(draft->arena, draft->material, "variable_category", fillings);
}

const char *place_text(const struct draft *draft, record value) {
  const struct {
    const char *name;
    size_t column;
  } parts[] = {{"page", VALUE_PAGE},
               {value[VALUE_PLACE_KIND], VALUE_PLACE_NUMBER},
               {"row", VALUE_ROW},
               {"column", VALUE_COLUMN},
               {"point", VALUE_POINT}};
  struct arena *arena = draft->arena;
  const char *text = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    const char *number = value[parts[i].column];
    if (!*number) continue;
    const struct filling fillings[] = {{"n", number}, {NULL, NULL}};
    const char *shown = brief_fill(arena, draft->material,
                                   arena_format(arena, "place_%s", parts[i].name), fillings);
    const char *joint = *text ? brief_words(draft->material, "place_joint") : "";
    text = arena_format(arena, "%s%s%s", text, joint, shown);
  }
  return text;
}

const char *place_address(const struct draft *draft, const struct brief_report *report,
                          record value) {
  const struct material *material = draft->material;
  const char *address =
      address_of(draft->arena, material->folders.output, report->row[REPORT_SOURCE]);
  return *address && value && *value[VALUE_PAGE]
             ? arena_format(draft->arena, "%s#page=%s", address, value[VALUE_PAGE])
             : address;
}

record reported_value(const struct draft *draft, const struct brief_report *report,
                      const char *variable, const char *category) {
  const char *key[] = {report->row[REPORT_ID], variable, category};
  return records_first(draft->material->table[TABLE_OBSERVATIONS], key, 3);
}

static bool has_values(const struct draft *draft, const struct brief_report *report,
                       const char *variable) {
  const char *key[] = {report->row[REPORT_ID], variable};
  return records_find(draft->material->table[TABLE_OBSERVATIONS], key, 2).count > 0;
}

static void add_value(struct table_draft *table, record value) {
  if (value)
    cell_number(table, value_text(table->draft, value[VALUE_STATUS], value[VALUE_VALUE]),
                value[VALUE_VALUE]);
  else
    cell_text(table, words_get(table->draft->material->words, "any", "absent"));
}

static void add_applicants(struct draft *draft, const struct brief_report *report) {
  const struct codebook *codebook = draft->material->codebook;
  struct table_draft table = table_begin(draft, "applicants_as_reported");
  table_text_columns(&table, (const char *const[]){"outcome", NULL});
  for (size_t i = 0; i < codebook->applicants; i++)
    table_column(&table, words_class(draft->material->words, codebook->applicant[i].id),
                 COLUMN_NUMBER);
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    if (variable->dimension != DIMENSION_APPLICANT || !has_values(draft, report, variable->id))
      continue;
    cell_head(&table, label_of(draft, variable), "", NULL);
    for (size_t j = 0; j < codebook->applicants; j++)
      add_value(&table, reported_value(draft, report, variable->id, codebook->applicant[j].id));
  }
  table_end(&table);
}

static void add_areas(struct draft *draft, const struct brief_report *report) {
  struct table_draft table = table_begin(draft, "areas");
  table_text_columns(&table, (const char *const[]){"area", NULL});
  table_number_columns(&table, (const char *const[]){"items", NULL});
  const char *key[] = {report->row[REPORT_ID], "key_area.items"};
  struct record_span rows = records_find(draft->material->table[TABLE_OBSERVATIONS], key, 2);
  for (size_t i = 0; i < rows.count; i++) {
    cell_head(&table, rows.row[i][VALUE_CATEGORY], "", NULL);
    add_value(&table, rows.row[i]);
  }
  table_end(&table);
}

static void add_others(struct draft *draft, const struct brief_report *report) {
  const struct codebook *codebook = draft->material->codebook;
  struct table_draft table = table_begin(draft, "values_as_reported");
  table_text_columns(&table, (const char *const[]){"variable", NULL});
  table_number_columns(&table, (const char *const[]){"value", NULL});
  table_text_columns(&table, (const char *const[]){"unit", "place", NULL});
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    record value = reported_value(draft, report, variable->id, "");
    if (!value) continue;
    cell_head(&table, label_of(draft, variable), "", NULL);
    add_value(&table, value);
    cell_text(&table,
              brief_words(draft->material, arena_format(draft->arena, "unit_%s", variable->unit)));
    cell_link(&table, place_text(draft, value), place_address(draft, report, value));
  }
  table_end(&table);
}

void section_values(struct draft *draft, const struct brief_report *report) {
  draft_heading(draft, 2, "values");
  add_applicants(draft, report);
  add_areas(draft, report);
  add_others(draft, report);
}
