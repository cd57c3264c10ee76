/* Loads the templates and compares labels with them. Knows the forms only by forms.csv. */
#include "ingest/tables/template.h"

#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/tables/area_table.h"

struct loading {
  struct forms *forms;
  const struct codebook *codebook;
};

static struct table_template *template_named(struct forms *forms, const char *name) {
  for (size_t i = 0; i < forms->tables.count; i++)
    if (strcmp(forms->tables.item[i].name, name) == 0) return &forms->tables.item[i];
  struct table_template *table = list_add(forms->arena, &forms->tables);
  *table = (struct table_template){.name = arena_text(forms->arena, name)};
  return table;
}

/* Gives LINE its LABEL and the labels in ALSO, parted by '|'. */
static void take_labels(struct arena *arena, const char *label, const char *also,
                        struct template_line *line) {
  LIST_OF(struct label) labels = {0};
  char *rest = arena_text(arena, also);
  *list_add(arena, &labels) = label_prepare(arena, label_normal(arena, label));
  for (const char *other; *also && (other = strsep(&rest, "|"));)
    *list_add(arena, &labels) = label_prepare(arena, label_normal(arena, other));
  line->label = labels.item;
  line->labels = labels.count;
}

static template_lines *lines_of(struct table_template *table, const char *axis) {
  bool is_row = strcmp(axis, "row") == 0 || strcmp(axis, "title") == 0;
  return is_row                        ? &table->rows
         : strcmp(axis, "column") == 0 ? &table->columns
         : strcmp(axis, "group") == 0  ? &table->groups
         : strcmp(axis, "unit") == 0   ? &table->units
                                       : NULL;
}

static template_lines *words_of(struct heading_words *words, const char *axis) {
  return strcmp(axis, "note") == 0      ? &words->notes
         : strcmp(axis, "count") == 0   ? &words->counts
         : strcmp(axis, "earlier") == 0 ? &words->earlier
         : strcmp(axis, "generic") == 0 ? &words->generic
         : strcmp(axis, "edition") == 0 ? &words->editions
                                        : NULL;
}

static bool take_line(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  struct forms *forms = loading->forms;
  bool is_any = strcmp(f[0], "any") == 0;
  template_lines *lines =
      is_any ? words_of(&forms->words, f[1]) : lines_of(template_named(forms, f[0]), f[1]);
  if (!lines)
    return failure_set(failure, "'%s' is no axis (%s)", f[1],
                       is_any ? "note, count, earlier, generic, edition"
                              : "row, title, column, group, unit");
  if (*f[3] && codebook_applicant(loading->codebook, f[3]) < 0)
    return failure_set(failure, "'%s' is no applicant class", f[3]);
  struct template_line *template = list_add(forms->arena, lines);
  *template = (struct template_line){.id = arena_text(forms->arena, f[2]),
                                     .category = arena_text(forms->arena, f[3]),
                                     .is_title = strcmp(f[1], "title") == 0};
  take_labels(forms->arena, f[4], f[5], template);
  return true;
}

static bool take_chart(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  const struct variable *variable = codebook_find(loading->codebook, f[1]);
  if (!variable || variable->dimension != DIMENSION_AREA)
    return failure_set(failure, "'%s' is no variable by area", f[1]);
  struct arena *arena = loading->forms->arena;
  *list_add(arena, &loading->forms->charts) =
      (struct chart_template){text_compact(arena, f[0]), variable};
  return true;
}

const struct variable *template_variable(struct arena *arena, const struct codebook *codebook,
                                         const struct template_line *row,
                                         const struct template_line *column) {
  const char *dot = *row->id && *column->id ? "." : "";
  return codebook_find(codebook, arena_format(arena, "%s%s%s", row->id, dot, column->id));
}

static void note_beginnings(struct table_template *table) {
  for (size_t i = 0; i < table->rows.count; i++)
    for (size_t k = 0; k < table->rows.item[i].labels; k++) {
      const struct label *label = &table->rows.item[i].label[k];
      if (label->length) table->beginnings |= (uint64_t)1 << label->character[0] % 64;
    }
}

static void find_common_rows(struct forms *forms) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    struct table_template *table = &forms->tables.item[t];
    note_beginnings(table);
    for (size_t i = 0; i < table->rows.count; i++)
      table->rows.item[i].is_common = template_has(&table->columns, table->rows.item[i].label, 1);
  }
}

/* A row or column that gives no variable at all is a slip of the pen. */
static bool check_templates(const struct forms *forms, const struct codebook *codebook,
                            struct failure *failure) {
  for (size_t t = 0; t < forms->tables.count; t++) {
    const struct table_template *table = &forms->tables.item[t];
    for (size_t i = 0; i < table->rows.count; i++) {
      bool used = table->rows.item[i].is_title;
      for (size_t j = 0; j < table->columns.count && !used; j++)
        used = template_variable(forms->arena, codebook, &table->rows.item[i],
                                 &table->columns.item[j]);
      if (!used)
        return failure_set(failure, "forms.csv: row '%s' of table '%s' gives no variable",
                           table->rows.item[i].id, table->name);
    }
  }
  return true;
}

const struct forms *forms_load(struct arena *arena, const char *folder,
                               const struct codebook *codebook, struct failure *failure) {
  static const char *const line_columns[] = {"table", "axis", "id", "category",
                                             "label", "also", NULL};
  static const char *const chart_columns[] = {"title", "variable", NULL};
  struct forms *forms = arena_alloc(arena, sizeof *forms);
  forms->arena = arena;
  struct loading loading = {forms, codebook};
  if (!csv_read(arena_format(arena, "%s/forms/forms.csv", folder), line_columns, take_line,
                &loading, failure) ||
      !csv_read(arena_format(arena, "%s/forms/chart_series.csv", folder), chart_columns, take_chart,
                &loading, failure) ||
      !check_templates(forms, codebook, failure))
    return NULL;
  forms->area_tables = area_tables_load(arena, folder, codebook, failure);
  if (!forms->area_tables) return NULL;
  find_common_rows(forms);
  return forms;
}

double template_likeness(const struct template_line *line, const struct label *label,
                         double least) {
  double most = 0;
  for (size_t i = 0; i < line->labels; i++) {
    double likeness = label_likeness(label, &line->label[i], least);
    if (likeness >= least && likeness > most) most = likeness;
  }
  return most;
}

bool template_is_in_group(const struct template_line *column, const struct template_line *group) {
  return text_begins(column->id, group->id) > 0;
}

void template_decide(double *likeness, size_t count) {
  double most = 0;
  for (size_t j = 0; j < count; j++) most = likeness[j] > most ? likeness[j] : most;
  for (size_t j = 0; j < count && most >= SURELY; j++)
    if (likeness[j] < SURELY) likeness[j] = 0;
}

bool template_has(const template_lines *lines, const struct label *label, double least) {
  for (size_t i = 0; i < lines->count; i++)
    if (template_likeness(&lines->item[i], label, least) >= least) return true;
  return false;
}

bool template_begins(const template_lines *lines, const char *text) {
  for (size_t i = 0; i < lines->count; i++)
    for (size_t k = 0; k < lines->item[i].labels; k++)
      if (text_begins(text, lines->item[i].label[k].text)) return true;
  return false;
}

/* The length in bytes of the longest label of a row with which TEXT begins. */
static size_t longest_row_at(const struct table_template *table, const char *text) {
  size_t longest = 0;
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct template_line *row = &table->rows.item[i];
    for (size_t k = 0; k < row->labels && !row->is_title; k++) {
      size_t length = text_begins(text, row->label[k].text);
      if (length > longest) longest = length;
    }
  }
  return longest;
}

/* Most texts have none. */
static bool has_rows(const struct table_template *table, const struct text_index *text) {
  for (size_t i = 0; i < table->rows.count; i++) {
    const struct template_line *row = &table->rows.item[i];
    for (size_t k = 0; k < row->labels && !row->is_title; k++)
      if (text_index_has(text, row->label[k].text, strlen(row->label[k].text))) return true;
  }
  return false;
}

size_t template_rows_in(const struct table_template *table, const struct text_index *text) {
  size_t count = 0;
  if (!has_rows(table, text)) return 0;
  for (const char *at = text->text; *at;) {
    const char *next = at;
    bool may_begin = table->beginnings >> text_next(&next) % 64 & 1;
    size_t longest = may_begin ? longest_row_at(table, at) : 0;
    count += longest > 0;
    at = longest > 0 ? at + longest : next;
  }
  return count;
}

size_t template_label_rows(const struct table_template *table, const struct label *label) {
  const struct text_index text = text_index_make(label->text, strlen(label->text));
  return template_rows_in(table, &text);
}
