/* Indicators with their intervals, their changes and their place among others. */
#include <string.h>

#include "brief/page/sections.h"
#include "core/base/measure.h"
#include "core/base/word_list.h"

/* Where indicators stand: those of a report, or aggregates. Rows of both, and of both files of
 * changes, have the same columns from the indicator's name on. */
struct estimates {
  const struct records *table, *changes;
  const char *const *key, *const *change_key; /* all but indicator and category */
  size_t keys, change_keys;
  bool of_governments; /* sums over governments */
  const char *note;    /* the word for what stands under the table */
};

enum { KEYS_MOST = 5 };

static const char *interval_text(const struct draft *draft, const char *lower, const char *upper) {
  if (!*lower || !*upper) return "";
  const struct filling fillings[] = {{"lower", lower}, {"upper", upper}, {NULL, NULL}};
  return brief_fill(draft->arena, draft->material, "interval", fillings);
}

static record change_of(const struct estimates *from, const char *name, const char *category) {
  const char *key[KEYS_MOST];
  memcpy(key, from->change_key, from->change_keys * sizeof *key);
  key[from->change_keys] = name;
  key[from->change_keys + 1] = category;
  record row = records_first(from->changes, key, from->change_keys + 2);
  return row ? row + from->change_keys : NULL;
}

/* OWN flags, and those of the CHANGE that are not among them. */
static const char *both_flags(const struct draft *draft, const char *own, record change) {
  const char *flags = change ? change[BY_FLAGS] : "";
  for (struct listed_word flag; word_list_next(&flags, &flag);) {
    const char *name = arena_bytes(draft->arena, flag.text, flag.length);
    if (!word_list_has(own, name)) own = arena_format(draft->arena, "%s %s", own, name);
  }
  return own;
}

static const char *of_text(const struct draft *draft, record row) {
  if (!*row[OF_DENOMINATOR]) return "";
  return arena_format(draft->arena, "%s\u00a0/\u00a0%s",
                      number_grouped(draft->arena, row[OF_NUMERATOR]),
                      number_grouped(draft->arena, row[OF_DENOMINATOR]));
}

/* The cells of a change; all empty where there is none to tell. */
static void add_change(struct table_draft *table, const struct indicator_words *indicator,
                       record change) {
  const struct draft *draft = table->draft;
  struct arena *arena = draft->arena;
  const char *difference = change ? change[BY_DIFFERENCE] : "";
  const char *lower = change ? change[BY_LOWER] : "", *upper = change ? change[BY_UPPER] : "";
  cell_number(table, fact_difference(arena, indicator, difference), difference);
  cell_text(table, interval_text(draft, fact_difference(arena, indicator, lower),
                                 fact_difference(arena, indicator, upper)));
}

static void add_estimate(struct table_draft *table, const struct estimates *from, record row,
                         const struct indicator_words *indicator) {
  const struct draft *draft = table->draft;
  struct arena *arena = draft->arena;
  const char *category = row[OF_CATEGORY];
  record change = change_of(from, row[OF_NAME], category);
  if (from->of_governments) row = fact_of_clusters(arena, row);
  bool compares = change && !word_list_has(change[BY_FLAGS], "form_break");
  cell_head(table, indicator->label, "",
            *category ? NULL : arena_format(arena, "row-%s", indicator->name));
  cell_text(table, *category ? fact_category(draft->material, row[OF_NAME], category) : "");
  cell_number(table, fact_estimate(arena, indicator, row[OF_ESTIMATE]), row[OF_ESTIMATE]);
  cell_text(table, interval_text(draft, fact_estimate(arena, indicator, row[OF_LOWER]),
                                 fact_estimate(arena, indicator, row[OF_UPPER])));
  cell_number(table, of_text(draft, row), row[OF_DENOMINATOR]);
  add_change(table, indicator, compares ? change : NULL);
  cell_text(table, brief_join(draft->arena, draft->material, "flag",
                              both_flags(draft, row[OF_FLAGS], change)));
}

static void add_columns(struct table_draft *table) {
  table_text_columns(table, (const char *const[]){"indicator", "category", NULL});
  table_number_columns(table, (const char *const[]){"estimate", NULL});
  table_text_columns(table, (const char *const[]){"interval", NULL});
  table_number_columns(table, (const char *const[]){"of", "difference", NULL});
  table_text_columns(table, (const char *const[]){"difference_interval", "mind", NULL});
}

static void add_table(struct draft *draft, const struct estimates *from) {
  struct table_draft table = table_begin(draft, "indicators");
  add_columns(&table);
  const struct indicator_words *indicator;
  for (size_t i = 0; (indicator = indicator_words_at(draft->material->indicators, i)); i++) {
    const char *key[KEYS_MOST];
    memcpy(key, from->key, from->keys * sizeof *key);
    key[from->keys] = indicator->name;
    struct record_span rows = records_find(from->table, key, from->keys + 1);
    for (size_t j = 0; j < rows.count; j++)
      add_estimate(&table, from, rows.row[j] + from->keys, indicator);
  }
  table_end(&table);
  draft_paragraph(draft, brief_words(draft->material, from->note));
}

void section_indicators(struct draft *draft, const struct brief_report *report) {
  const struct records *const *table = draft->material->table;
  record row = report->row;
  record newest = brief_newest(report)->row;
  const char *change_key[] = {newest[REPORT_DIVISION], newest[REPORT_ORGAN], row[REPORT_YEAR]};
  draft_heading(draft, 2, "indicators");
  add_table(draft,
            &(struct estimates){table[TABLE_INDICATORS], table[TABLE_CHANGES], &row[REPORT_ID],
                                change_key, 1, 3, false, "note_indicators"});
}

void section_aggregates(struct draft *draft, struct whole whole) {
  const struct records *const *table = draft->material->table;
  const char *key[] = {"all", whole.governments, whole.year};
  draft_heading(draft, 2, "aggregates");
  add_table(draft, &(struct estimates){table[TABLE_AGGREGATES], table[TABLE_AGGREGATE_CHANGES], key,
                                       key, 3, 3, true, "note_aggregates"});
}

static const char *funnel_text(const struct draft *draft, const char *lower, const char *own) {
  const char *flag = fact_funnel(lower, own);
  return *flag ? words_get(draft->material->words, "any", flag) : "";
}

static void add_comparison(struct table_draft *table, record row,
                           const struct indicator_words *indicator, const char *id) {
  const struct draft *draft = table->draft;
  const char *key[] = {id, indicator->name, ""};
  record own = records_first(draft->material->table[TABLE_INDICATORS], key, 3);
  cell_head(table, indicator->label, "", arena_format(draft->arena, "peer-%s", indicator->name));
  cell_number(table, own ? fact_estimate(draft->arena, indicator, own[INDICATOR_ESTIMATE]) : "",
              own ? own[INDICATOR_ESTIMATE] : "");
  cell_number(table, row[COMPARISON_RANK], row[COMPARISON_RANK]);
  cell_text(table, interval_text(draft, row[COMPARISON_RANK_LOWER], row[COMPARISON_RANK_UPPER]));
  cell_number(table, row[COMPARISON_OF], row[COMPARISON_OF]);
  cell_text(table, funnel_text(draft, row[COMPARISON_LOWER], row[COMPARISON_FLAG]));
  cell_text(table,
            funnel_text(draft, row[COMPARISON_ADJUSTED_LOWER], row[COMPARISON_ADJUSTED_FLAG]));
}

void section_comparisons(struct draft *draft, const struct brief_report *report) {
  const struct material *material = draft->material;
  struct table_draft table = table_begin(draft, "comparisons");
  table_text_columns(&table, (const char *const[]){"indicator", NULL});
  table_number_columns(&table, (const char *const[]){"estimate", "rank", NULL});
  table_text_columns(&table, (const char *const[]){"rank_interval", NULL});
  table_number_columns(&table, (const char *const[]){"organs", NULL});
  table_text_columns(&table, (const char *const[]){"funnel", "adjusted_funnel", NULL});
  const struct indicator_words *indicator;
  for (size_t i = 0; (indicator = indicator_words_at(material->indicators, i)); i++) {
    const char *key[] = {report->row[REPORT_YEAR], report->row[REPORT_DIVISION],
                         report->row[REPORT_ORGAN], indicator->name, ""};
    record row = records_first(material->table[TABLE_COMPARISONS], key, 5);
    if (row) add_comparison(&table, row, indicator, report->row[REPORT_ID]);
  }
  draft_heading(draft, 2, "comparisons");
  table_end(&table);
}
