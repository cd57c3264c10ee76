/* What was missing, what did not add up, and what gave nothing. */
#include <stdlib.h>
#include <string.h>

#include "brief/page/address.h"
#include "brief/page/sections.h"
#include "core/base/file_name.h"
#include "core/base/measure.h"
#include "core/base/uri.h"

static const char *keyed(const struct draft *draft, const char *prefix, const char *word) {
  return *word ? brief_words(draft->material, arena_format(draft->arena, "%s_%s", prefix, word))
               : "";
}

static void add_failures(struct draft *draft, const struct brief_report *report) {
  const struct material *material = draft->material;
  struct table_draft table = table_begin(draft, "failures");
  table_text_columns(&table, (const char *const[]){"rule", NULL});
  table_number_columns(&table, (const char *const[]){"gap", NULL});
  table_text_columns(&table, (const char *const[]){"severity", "suspect", NULL});
  table_number_columns(&table, (const char *const[]){"suggested", NULL});
  table_text_columns(&table, (const char *const[]){"place", NULL});
  struct record_span rows =
      records_find(material->table[TABLE_FAILURES], &report->row[REPORT_ID], 1);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    record suspect =
        reported_value(draft, report, row[FAILURE_SUSPECT], row[FAILURE_SUSPECT_CATEGORY]);
    cell_head(&table, row[FAILURE_MESSAGE + (int)material->language], "", NULL);
    cell_number(&table, number_grouped(draft->arena, row[FAILURE_DIFFERENCE]),
                row[FAILURE_DIFFERENCE]);
    cell_text(&table, keyed(draft, "severity", row[FAILURE_SEVERITY]));
    cell_text(&table, suspect
                          ? variable_text(draft, suspect[VALUE_VARIABLE], suspect[VALUE_CATEGORY])
                          : brief_words(material, "no_suspect"));
    cell_number(&table, number_grouped(draft->arena, row[FAILURE_SUGGESTED]),
                row[FAILURE_SUGGESTED]);
    cell_link(&table, suspect ? place_text(draft, suspect) : brief_words(material, "source_itself"),
              place_address(draft, report, suspect));
  }
  table_end(&table);
}

static void add_missing(struct draft *draft, const struct brief_report *report) {
  struct table_draft table = table_begin(draft, "missing");
  table_text_columns(&table, (const char *const[]){"variable", "status", "place", NULL});
  struct record_span rows =
      records_find(draft->material->table[TABLE_OBSERVATIONS], &report->row[REPORT_ID], 1);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    const char *status = row[VALUE_STATUS];
    if (strcmp(status, "blank") != 0 && strcmp(status, "unreadable") != 0) continue;
    cell_head(&table, variable_text(draft, row[VALUE_VARIABLE], row[VALUE_CATEGORY]), "", NULL);
    cell_text(&table, value_text(draft, status, ""));
    cell_link(&table, place_text(draft, row), place_address(draft, report, row));
  }
  table_end(&table);
}

/* What the code REASON means and what can be done; the code itself where it is not known. */
static const char *reason_text(const struct material *material, const char *reason) {
  record row = records_first(material->reasons, &reason, 1);
  return row ? row[REASON_MEANING] : reason;
}

static void add_reject(struct table_draft *table, record row) {
  const struct draft *draft = table->draft;
  cell_head(table, file_name_of(row[REJECT_SOURCE]),
            address_of(draft->arena, draft->material->folders.output, row[REJECT_SOURCE]), NULL);
  cell_text(table, reason_text(draft->material, row[REJECT_REASON]));
  cell_text(table, row[REJECT_DETAIL]);
}

static void add_rejects(struct draft *draft, struct record_span rows, const char *source) {
  struct table_draft table = table_begin(draft, "rejects");
  table_text_columns(&table, (const char *const[]){"file", "reason", "detail", NULL});
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    bool is_placed = *row[REJECT_DIVISION] != '\0';
    if (!source || is_placed || strcmp(row[REJECT_SOURCE], source) == 0) add_reject(&table, row);
  }
  table_end(&table);
}

static void add_duplicates(struct draft *draft, const struct brief_report *report) {
  struct table_draft table = table_begin(draft, "duplicates");
  table_text_columns(&table, (const char *const[]){"variable", NULL});
  table_number_columns(&table, (const char *const[]){"kept", "other", NULL});
  table_text_columns(&table, (const char *const[]){"file", NULL});
  struct record_span rows =
      records_find(draft->material->table[TABLE_DUPLICATES], &report->row[REPORT_ID], 1);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    cell_head(&table, variable_text(draft, row[DUPLICATE_VARIABLE], row[DUPLICATE_CATEGORY]), "",
              NULL);
    cell_number(&table, number_grouped(draft->arena, row[DUPLICATE_KEPT]), row[DUPLICATE_KEPT]);
    cell_number(&table, number_grouped(draft->arena, row[DUPLICATE_OTHER]), row[DUPLICATE_OTHER]);
    cell_link(
        &table, file_name_of(row[DUPLICATE_OTHER_SOURCE]),
        address_of(draft->arena, draft->material->folders.output, row[DUPLICATE_OTHER_SOURCE]));
  }
  table_end(&table);
}

void section_quality(struct draft *draft, const struct brief_report *report) {
  const char *key[] = {report->row[REPORT_DIVISION], report->row[REPORT_YEAR]};
  draft_heading(draft, 2, "quality");
  add_failures(draft, report);
  add_missing(draft, report);
  add_rejects(draft, records_find(draft->material->table[TABLE_REJECTS], key, 2),
              report->row[REPORT_SOURCE]);
  add_duplicates(draft, report);
}

/* ---- of all reports ---- */

static const char *sum_text(const struct draft *draft, const char *a, const char *b) {
  return arena_format(draft->arena, "%llu", strtoull(a, NULL, 10) + strtoull(b, NULL, 10));
}

void section_quality_of_all(struct draft *draft) {
  const struct material *material = draft->material;
  struct table_draft table = table_begin(draft, "quality_of_reports");
  table_text_columns(&table, (const char *const[]){"report", NULL});
  table_number_columns(&table,
                       (const char *const[]){"checked", "failed", "cells", "missing", NULL});
  for (size_t i = 0; i < material->reports; i++) {
    record report = material->report[i].row;
    record row = records_first(material->table[TABLE_QUALITY], &report[REPORT_ID], 1);
    if (!row) continue;
    const char *missing = sum_text(draft, row[QUALITY_BLANK], row[QUALITY_UNREADABLE]);
    if (strtoul(row[QUALITY_FAILED], NULL, 10) == 0 && strcmp(missing, "0") == 0) continue;
    const char *page = page_name(draft->arena, report[REPORT_ID], material->language);
    cell_head(&table,
              arena_format(draft->arena, "%s %s", report[REPORT_ORGAN], report[REPORT_YEAR]),
              arena_format(draft->arena, "%s.html", uri_escape(draft->arena, page)), NULL);
    cell_number(&table, row[QUALITY_CHECKED], row[QUALITY_CHECKED]);
    cell_number(&table, row[QUALITY_FAILED], row[QUALITY_FAILED]);
    cell_number(&table, row[QUALITY_CELLS], row[QUALITY_CELLS]);
    cell_number(&table, missing, missing);
  }
  draft_heading(draft, 2, "quality");
  table_end(&table);
  add_rejects(draft, records_all(material->table[TABLE_REJECTS]), NULL);
}

void section_coverage(struct draft *draft) {
  struct table_draft table = table_begin(draft, "gaps");
  table_text_columns(&table, (const char *const[]){"division", NULL});
  table_number_columns(&table, (const char *const[]){"year", NULL});
  table_text_columns(&table, (const char *const[]){"state", NULL});
  struct record_span rows = records_all(draft->material->table[TABLE_COVERAGE]);
  for (size_t i = 0; i < rows.count; i++) {
    record row = rows.row[i];
    bool is_gap =
        strcmp(row[COVERAGE_STATE], "missing") == 0 || strcmp(row[COVERAGE_STATE], "rejected") == 0;
    if (!is_gap || strcmp(row[COVERAGE_WITHIN], "no") == 0) continue;
    cell_head(&table, row[COVERAGE_DIVISION], "", NULL);
    cell_number(&table, row[COVERAGE_YEAR], row[COVERAGE_YEAR]);
    cell_text(&table, keyed(draft, "state", row[COVERAGE_STATE]));
  }
  draft_heading(draft, 2, "coverage");
  table_end(&table);
}
