/* Reads what follows the statutory forms. Knows no file format; knows the forms only by forms.csv.
 *
 * For each grid and each template: the rows without values above the values are the heading, which
 * is folded to one label a column; these labels are aligned with the template's columns, the labels
 * of the rows with its rows; the template with the best score reads the grid. */
#include "ingest/tables/form.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/tables/area_table.h"
#include "ingest/tables/caption.h"
#include "ingest/tables/table_reading.h"
#include "ingest/tables/template.h"
#include "ingest/tables/text_table.h"
#include "ingest/tables/told_table.h"
#include "ingest/tables/transpose.h"

/* Below this mean likeness of its rows a table is another table. */
static const double TABLE_THRESHOLD = 0.55;

/* ---- observations ---- */

/* The unit of the value of VARIABLE in CELL under LEAF of a row: named in the heading, in a cell of
 * the row, in the row's label, or over the table where it is one of VARIABLE's. */
static const char *unit_of(const struct table_reader *reader, const struct value_row *values,
                           size_t leaf, const struct grid_cell *cell,
                           const struct variable *variable) {
  struct arena *arena = reader->arena;
  const struct grid_cell *heading = values->heading->leaf[leaf];
  const char *unit = heading ? caption_unit_in(reader, heading->text) : "";
  if (*unit == '\0' && values->unit)
    unit = number_unit(arena, reader->numerals, text_compact(arena, values->unit->text));
  if (*unit == '\0' && values->labelled) unit = caption_unit_in(reader, values->labelled->text);
  if (*unit) return unit;
  unit = caption_unit(reader, values->row, cell);
  return number_knows_unit(reader->numerals, variable, unit) ? unit : "";
}

/* "table 3, row 5", or "paragraph 41" */
static struct source_place row_place(const struct table_reader *reader, size_t row) {
  const struct block *line = reader->text ? reader->text->line[row] : NULL;
  if (line) return block_place(line, line->page);
  struct source_place place = block_place(reader->block, reader->block->grid.row[row].page);
  *(reader->is_transposed ? &place.column : &place.row) = row + 1;
  return place;
}

static const char *row_locator(struct arena *arena, const struct table_reader *reader, size_t row) {
  return place_locator(arena, row_place(reader, row));
}

/* "table 3, row 5, column 2", or "paragraph 42" */
static struct source_place cell_place(const struct table_reader *reader, size_t row,
                                      const struct grid_cell *cell) {
  const struct text_table *text = reader->text;
  if (text) {
    const struct block *line = text->line[row] + (text->is_apart ? cell->column : 0);
    return block_place(line, line->page);
  }
  struct source_place place = row_place(reader, row);
  if (reader->is_transposed) place.page = reader->block->page;
  *(reader->is_transposed ? &place.row : &place.column) = cell->column + 1;
  return place;
}

static void take_value(const struct table_reader *reader, const struct value_row *values,
                       const struct template_line *row, const struct template_line *column,
                       size_t leaf, struct findings *findings) {
  const struct grid_cell *cell = values->value[leaf - values->heading->first];
  const struct variable *variable = template_variable(reader->arena, reader->codebook, row, column);
  if (!cell || (!variable && (cell->is_blank || cell->is_none))) return;
  struct provenance provenance = {.place = cell_place(reader, values->row, cell),
                                  .read_by = reader->text ? READ_BY_TEXT_TABLE : READ_BY_TABLE,
                                  .rule = ""};
  if (!variable) {
    findings_reject(findings, "cell_not_understood", "%s: the form has no such cell; it holds '%s'",
                    place_locator(findings->arena, provenance.place), cell->text);
    return;
  }
  const char *category = variable->dimension == DIMENSION_NONE ? "" : column->category;
  findings_add(findings, variable, category,
               number_read(reader->arena, reader->numerals, variable, cell->text,
                           unit_of(reader, values, leaf, cell, variable)),
               cell->text, provenance);
}

static void take_row(const struct table_reader *reader, const struct table_reading *reading,
                     size_t index, struct findings *findings) {
  const struct value_row *values = &reading->rows.item[index];
  const struct heading *heading = values->heading;
  if (values->is_title || values->is_note) return;
  if (values->may_be_cut || reading->match[index] == ALIGN_NONE) {
    const char *why = !heading             ? "no heading stands above it"
                      : values->may_be_cut ? "a page break may have cut it in two"
                      : values->is_several ? "several rows of the form stand in it"
                      : values->is_unsure
                          ? "other rows of the form or of the table are like it as well"
                      : values->fits ? "no row of the form is like it"
                                     : "its cells do not fit under the heading";
    findings_reject(findings, "row_not_understood", "%s: %s; it begins with '%s'",
                    row_locator(findings->arena, reader, values->row), why,
                    values->labelled ? values->labelled->text
                                     : reader->row[values->row].cell->text);
    return;
  }
  const struct template_line *row = &reading->table->rows.item[reading->match[index]];
  for (size_t leaf = heading->first; leaf < heading->leaves; leaf++) {
    const struct grid_cell *cell = values->value[leaf - heading->first];
    if (heading->match[leaf] != ALIGN_NONE)
      take_value(reader, values, row, &reading->table->columns.item[heading->match[leaf]], leaf,
                 findings);
    else if (cell && !cell->is_blank && !cell->is_unit && !cell->is_none &&
             heading->beside[leaf] != BESIDE_NOTE)
      findings_reject(findings, "cell_not_understood",
                      "%s: no column of the form is like '%s'; the cell holds '%s'",
                      place_locator(findings->arena, cell_place(reader, values->row, cell)),
                      heading->leaf[leaf] ? heading->leaf[leaf]->text : "", cell->text);
  }
}

/* Reads the table by the template that is most like it; *SCORE tells how much. False where none is
 * enough. PROGRESS: of each template so far. */
static bool read_table(const struct forms *forms, struct table_reader *reader,
                       struct table_progress *progress, struct findings *findings, double *score) {
  table_prepare(reader);
  struct table_reading best = {0};
  size_t best_table = 0;
  for (size_t i = 0; i < forms->tables.count; i++) {
    struct table_reading reading = table_read_on(reader, &forms->tables.item[i], &progress[i]);
    if (reading.score <= best.score) continue;
    best = reading;
    best_table = i;
  }
  *score = best.score;
  if (!best.table || best.score < TABLE_THRESHOLD) return false;
  const char *other = caption_of_other_year(reader);
  if (other) {
    findings_reject(findings, "table_not_understood",
                    "%s: '%s' stands over it: it is of another year",
                    row_locator(findings->arena, reader, 0), text_tidy(findings->arena, other));
    return true;
  }
  progress[best_table] = (struct table_progress){best.heading, best.next};
  findings->round += best_table < findings->last_table;
  findings->last_table = best_table;
  table_find_unsure_rows(reader, &best);
  for (size_t i = 0; i < best.rows.count; i++) take_row(reader, &best, i, findings);
  return true;
}

static bool has_wide_values(const struct table_reader *reader) {
  for (size_t i = 0; i < reader->rows; i++)
    for (size_t j = 0; j < reader->row[i].cells; j++)
      if (reader->row[i].cell[j].is_value && reader->row[i].cell[j].columns > 1) return true;
  return false;
}

/* Reads the table with its columns as rows. A page break parts no such table, and a value over
 * several columns would be of several rows. */
static bool read_transposed(const struct forms *forms, const struct table_reader *reader,
                            struct table_progress *progress, struct findings *findings) {
  struct block turned = *reader->block;
  struct table_reader own = *reader;
  double score;
  if (reader->from > 0 || reader->to < SIZE_MAX || has_wide_values(reader) ||
      !grid_transpose(reader->arena, &reader->block->grid, &turned.grid))
    return false;
  struct table_progress *so_far =
      arena_array(reader->arena, forms->tables.count + 1, sizeof *so_far);
  for (size_t i = 0; i < forms->tables.count; i++) so_far[i].next = progress[i].next;
  own.block = &turned;
  own.is_transposed = true;
  own.width = 0;
  if (!read_table(forms, &own, so_far, findings, &score)) return false;
  for (size_t i = 0; i < forms->tables.count; i++)
    if (so_far[i].next != progress[i].next)
      progress[i] = (struct table_progress){.next = so_far[i].next};
  return true;
}

static void tell_table(const struct table_reader *reader, const char *locator, double score,
                       struct findings *findings) {
  findings_reject(findings, "table_not_understood",
                  "%s (%zu rows) is like no table of the forms: the best score is %.2f of the %.2f "
                  "that are needed",
                  locator, reader->rows, score, TABLE_THRESHOLD);
}

/* A grid without values may be the heading of the one behind it, on the page before: it is kept for
 * the tables of which it names all columns. */
static void keep_heading(const struct forms *forms, const struct table_reader *reader,
                         struct table_progress *progress) {
  for (size_t i = 0; i < forms->tables.count; i++) {
    const struct table_template *table = &forms->tables.item[i];
    struct heading *heading = arena_alloc(reader->arena, sizeof *heading);
    if (heading_read(reader, table, 0, reader->rows, heading) && heading_names_all(table, heading))
      progress[i].heading = heading;
  }
}

static void read_grid(const struct forms *forms, struct table_reader *reader,
                      struct table_progress *progress, struct findings *findings) {
  double score;
  bool has_values = false;
  if (read_table(forms, reader, progress, findings, &score)) return;
  if (read_transposed(forms, reader, progress, findings)) return;
  for (size_t i = 0; i < reader->rows; i++) has_values |= reader->row[i].has_values;
  if (!has_values) keep_heading(forms, reader, progress);
  if (has_values)
    tell_table(reader, block_locator(findings->arena, reader->block, reader->block->page), score,
               findings);
}

enum { MOST_SIDE_BY_SIDE = 8 };

/* How many cells of ROW make the heading of the first of tables that stand side by side: the fewest
 * that the whole row repeats, at least two, the first not being a column of values. 0: none. */
static size_t cells_repeated(const struct forms *forms, const struct table_reader *reader,
                             const struct row *row) {
  size_t n = row->cells;
  if (n < 4) return 0;
  const char **label = arena_array(reader->arena, n, sizeof *label);
  for (size_t j = 0; j < n; j++) {
    const char *text = row->cell[j].text;
    if (number_is_value(reader->numerals, text_compact(reader->arena, text))) return 0;
    label[j] = label_normal(reader->arena, text);
  }
  const struct label first = label_prepare(reader->arena, label[0]);
  for (size_t i = 0; i < forms->tables.count; i++)
    if (template_has(&forms->tables.item[i].columns, &first, LABEL_THRESHOLD)) return 0;
  for (size_t period = 2; first.length && period <= n / 2; period++) {
    size_t same = period;
    while (same < n && strcmp(label[same], label[same - period]) == 0) same++;
    if (same == n && n % period == 0) return n / period <= MOST_SIDE_BY_SIDE ? period : 0;
  }
  return 0;
}

/* Tables side by side are read one after the other. */
static void read_grids(const struct forms *forms, struct table_reader *reader,
                       struct table_progress *progress, struct findings *findings) {
  const struct grid *grid = &reader->block->grid;
  const struct row *heading = NULL;
  size_t period = 0;
  for (size_t i = 0; i < grid->rows && !period; i++) {
    heading = &grid->row[i];
    period = cells_repeated(forms, reader, heading);
  }
  for (size_t end = period; period && end < heading->cells; end += period) {
    reader->to = heading->cell[end].column;
    read_grid(forms, reader, progress, findings);
    reader->from = reader->to;
  }
  reader->to = SIZE_MAX;
  read_grid(forms, reader, progress, findings);
}

/* ---- tables printed as text ---- */

enum { FEWEST_LINES = 3 }; /* rows on lines; one or two may be a sentence */

/* Reads TEXT as a table; where it is understood, its paragraphs tell nothing besides. */
static void read_text_table(const struct forms *forms, const struct document *document, size_t from,
                            const struct text_table *text, const struct table_reader *reader,
                            struct table_progress *progress, struct findings *findings) {
  struct block table = document->blocks.item[from];
  struct table_reader own = *reader;
  double score;
  table.grid = text->grid;
  own.block = &table;
  own.text = text;
  if (text->is_apart) own.caption = ""; /* the line above is a cell of the heading as well */
  if (!read_table(forms, &own, progress, findings, &score)) {
    if (text->is_apart) tell_table(&own, row_locator(findings->arena, &own, 0), score, findings);
    return;
  }
  for (size_t i = from; i < text->end; i++)
    *list_add(findings->arena, &findings->table_lines) = &document->blocks.item[i];
}

/* Reads the paragraphs from block FROM on that make a table; returns the block behind them. */
static size_t read_text(const struct forms *forms, const struct document *document, size_t from,
                        const struct table_reader *reader, struct table_progress *progress,
                        struct findings *findings) {
  struct text_table table =
      text_table_of_lines(forms, reader->numerals, reader->arena, document, from);
  bool is_table = table.values >= FEWEST_LINES;
  if (table.grid.rows == 0) {
    table = text_table_of_words(forms, reader->numerals, reader->arena, document, from);
    is_table = table.values > 0;
  }
  if (table.grid.rows == 0) {
    table = text_table_of_cells(forms, reader->numerals, reader->arena, document, from);
    is_table = table.values > 0;
  }
  if (is_table) read_text_table(forms, document, from, &table, reader, progress, findings);
  return table.end;
}

/* Tells of paragraphs that come out of a table, but were not read: a conversion lost its cells. */
static void tell_lost_rows(const struct forms *forms, const struct numerals *numerals,
                           const struct document *document, struct findings *findings) {
  const struct block *first = NULL;
  size_t lost = 0;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || findings_is_table_line(findings, block)) continue;
    if (!text_table_has_rows(forms, numerals, findings->arena, block->text)) continue;
    if (lost++ == 0) first = block;
  }
  if (lost > 0)
    findings_reject(findings, "table_not_understood",
                    "%s: it and %zu more paragraphs come out of tables whose cells were lost; save "
                    "the report as a web page or as a Word file",
                    block_locator(findings->arena, first, first->page), lost - 1);
}

/* ---- charts ---- */

static bool same_points(const struct chart *a, const struct chart *b) {
  if (a->points != b->points) return false;
  for (size_t i = 0; i < a->points; i++)
    if (strcmp(a->point[i].category, b->point[i].category) != 0 ||
        strcmp(a->point[i].value, b->point[i].value) != 0 ||
        strcmp(a->point[i].series, b->point[i].series) != 0)
      return false;
  return true;
}

/* A drawing and its fallback both carry the data; so may a copy further down. */
static bool was_read(const struct document *document, const struct block *block) {
  for (const struct block *other = document->blocks.item; other < block; other++)
    if (other->kind == BLOCK_CHART && same_points(&other->chart, &block->chart)) return true;
  return false;
}

static void read_chart(const struct forms *forms, const struct numerals *numerals,
                       const struct block *block, struct findings *findings) {
  const char *title = text_compact(findings->arena, block->chart.title);
  const struct variable *variable = NULL;
  for (size_t i = 0; i < forms->charts.count && !variable; i++)
    if (strstr(title, forms->charts.item[i].title)) variable = forms->charts.item[i].variable;
  if (!variable) {
    findings_reject(findings, "chart_not_understood", "%s: the title '%s' is not known",
                    block_locator(findings->arena, block, block->page), block->chart.title);
    return;
  }
  for (size_t i = 0; i < block->chart.points; i++) {
    const struct chart_point *point = &block->chart.point[i];
    struct provenance provenance = {block_place(block, block->page), READ_BY_CHART, ""};
    provenance.place.point = i + 1;
    findings_add(findings, variable, text_tidy(findings->arena, point->category),
                 number_read(findings->arena, numerals, variable, point->value, ""), point->value,
                 provenance);
  }
}

/* ---- which forms ---- */

/* Adds the words of FORMS that LIST lacks. */
static const char *united(struct arena *arena, const char *list, const char *forms) {
  return *list && forms_overlap(list, forms) ? list
         : *list                             ? arena_format(arena, "%s %s", list, forms)
                                             : forms;
}

/* A section follows the forms that alone print some variable found in it; where there is none, any
 * form that prints them. */
static void find_section_forms(const struct forms *forms, const struct codebook *codebook,
                               struct findings *findings) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const char *section = forms->tables.item[t].name, *only = "", *any = "";
    for (size_t i = 0; i < findings->observations.count; i++) {
      const struct variable *variable =
          codebook_find(codebook, findings->observations.item[i].variable);
      if (strcmp(variable->section, section) != 0) continue;
      if (strchr(variable->forms, ' '))
        any = variable->forms;
      else
        only = united(findings->arena, only, variable->forms);
    }
    if (*only || *any)
      *list_add(findings->arena, &findings->sections) =
          (struct section_forms){section, *only ? only : any};
  }
}

/* ---- tables told as prose ---- */

enum { FEWEST_TOLD = 4 }; /* rows: fewer are told besides the table */

/* True where a number stands at TEXT, with no end of a clause and no list of names before it. */
static bool has_number_soon(const char *text) {
  enum { CHARACTERS = 12 };
  for (int i = 0; i < CHARACTERS && *text; i++) {
    if (text_begins(text, "。") || text_begins(text, ";") || text_begins(text, "、")) return false;
    int character = text_next(&text);
    if (character >= '0' && character <= '9') return true;
  }
  return false;
}

/* Marks the rows of TABLE that TEXT (compact) names with a number behind the name. */
static void mark_told_rows(const struct table_template *table, const char *text, bool *told) {
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct template_line *row = &table->rows.item[i];
    for (size_t k = 0; k < row->labels && !row->is_title && !told[i]; k++) {
      const char *found = strstr(text, row->label[k].text);
      told[i] = found && has_number_soon(found + strlen(row->label[k].text));
    }
  }
}

/* Tells where prose lists the values of TABLE: which of its columns each one is of is not read. */
static void tell_told_rows(const struct table_template *table, const struct document *document,
                           struct findings *findings) {
  struct arena *arena = findings->arena;
  bool *told = arena_array(arena, table->rows.count + 1, sizeof *told);
  const struct block *first = NULL;
  size_t count = 0;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || findings_is_table_line(findings, block)) continue;
    size_t before = count;
    mark_told_rows(table, text_compact(arena, block->text), told);
    for (size_t j = count = 0; j < table->rows.count; j++) count += told[j];
    if (before == 0 && count > 0) first = block;
  }
  if (count >= FEWEST_TOLD)
    findings_reject(findings, "table_not_understood",
                    "%s: prose tells %zu rows of a table that was not found (%s); only what a "
                    "rule for prose knows was taken",
                    block_locator(arena, first, first->page), count, table->name);
}

/* Of tables with several rows and columns that gave no value. */
static void tell_tables_told(const struct forms *forms, const struct document *document,
                             struct findings *findings) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const struct table_template *table = &forms->tables.item[t];
    bool is_told = table->columns.count > 1 && table->rows.count >= FEWEST_TOLD;
    for (size_t i = 0; i < findings->sections.count; i++)
      is_told &= strcmp(findings->sections.item[i].section, table->name) != 0;
    if (is_told) tell_told_rows(table, document, findings);
  }
}

enum { FEWEST_TOLD_VALUES = 3 }; /* fewer may be told besides something else */

static bool has_section(const struct findings *findings, const struct codebook *codebook,
                        const char *section) {
  for (size_t i = 0; i < findings->observations.count; i++)
    if (strcmp(codebook_find(codebook, findings->observations.item[i].variable)->section,
               section) == 0)
      return true;
  return false;
}

/* The year of the first form that prints TABLE. */
static long first_year(const struct codebook *codebook, const struct table_template *table) {
  long first = 9999;
  for (size_t i = 0; i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    long year = strtol(variable->forms, NULL, 10);
    if (strcmp(variable->section, table->name) == 0 && year > 0 && year < first) first = year;
  }
  return first;
}

/* Reads tables of which no grid gave a value, where sentences name their rows and columns. Prose is
 * read besides. */
static void read_told_tables(const struct forms *forms, struct table_reader *reader,
                             const struct document *document, struct findings *findings) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const struct table_template *table = &forms->tables.item[t];
    bool is_wanted = table->columns.count > 1 && table->rows.count > 1 && table->groups.count == 0;
    if (!is_wanted || has_section(findings, reader->codebook, table->name) ||
        reader->year < first_year(reader->codebook, table))
      continue;
    struct text_table *told = arena_alloc(reader->arena, sizeof *told);
    *told = told_table(table, reader->numerals, reader->arena, document);
    if (told->values < FEWEST_TOLD_VALUES) continue;
    struct block *block = arena_alloc(reader->arena, sizeof *block);
    *block = *told->line[0];
    struct table_progress *progress =
        arena_array(reader->arena, forms->tables.count + 1, sizeof *progress);
    double score;
    block->grid = told->grid;
    reader->block = block;
    reader->text = told;
    read_table(forms, reader, progress, findings, &score);
  }
}

void forms_read(const struct forms *forms, const struct codebook *codebook,
                const struct numerals *numerals, const struct document *document, int year,
                struct findings *findings) {
  struct table_progress *progress =
      arena_array(findings->arena, forms->tables.count + 1, sizeof *progress);
  for (size_t i = 0; i < document->blocks.count;) {
    const struct block *block = &document->blocks.item[i];
    struct table_reader reader = {.arena = findings->arena,
                                  .codebook = codebook,
                                  .numerals = numerals,
                                  .words = &forms->words,
                                  .year = year,
                                  .caption = i > 0 ? caption_of(block - 1) : "",
                                  .block = block,
                                  .to = SIZE_MAX};
    if (block->kind == BLOCK_PARAGRAPH) {
      i = read_text(forms, document, i, &reader, progress, findings);
      continue;
    }
    if (block->kind == BLOCK_GRID &&
        !area_table_read(forms->area_tables, numerals, block, findings))
      read_grids(forms, &reader, progress, findings);
    if (block->kind == BLOCK_CHART && !was_read(document, block))
      read_chart(forms, numerals, block, findings);
    i++;
  }
  struct table_reader told = {.arena = findings->arena,
                              .codebook = codebook,
                              .numerals = numerals,
                              .words = &forms->words,
                              .year = year,
                              .caption = "",
                              .to = SIZE_MAX};
  read_told_tables(forms, &told, document, findings);
  tell_lost_rows(forms, numerals, document, findings);
  find_section_forms(forms, codebook, findings);
  tell_tables_told(forms, document, findings);
}
