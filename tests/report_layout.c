/* The tables of the forms, a cell a line with a tab before it, rows parted by an empty line. The
 * rows and labels come from the codebook. */
#include "tests/report_layout.h"

#include <string.h>

#include "core/base/csv_file.h"

#include "tests/chance.h"

const char *print_number(struct arena *arena, uint64_t *seed, long long number) {
  const char *plain = arena_format(arena, "%lld", number);
  char *text = arena_alloc(arena, strlen(plain) * 4 + 1), *end = text;
  size_t style = random_below(seed, 12), length = strlen(plain);
  for (size_t i = 0; i < length; i++) {
    if (style == 0 && number > 0 && i > 0 && (length - i) % 3 == 0) *end++ = ',';
    if (style == 1 && plain[i] >= '0')
      end += sprintf(end, "\xef\xbc%c", 0x90 + (plain[i] - '0'));
    else
      *end++ = plain[i];
  }
  return text;
}

static void put(const struct report_layout *layout, const char *text) {
  fprintf(layout->text, "\t%s\n", text);
}

static void end_row(const struct report_layout *layout) {
  putc('\n', layout->text);
}

/* The part of a label before or behind its last `·`. */
static const char *head_of(struct arena *arena, const char *label) {
  const char *last = NULL;
  for (const char *at = label; (at = strstr(at, "·")); at += strlen("·")) last = at;
  return last ? arena_bytes(arena, label, (size_t)(last - label)) : "";
}

static const char *tail_of(const char *label) {
  for (const char *at; (at = strstr(label, "·"));) label = at + strlen("·");
  return label;
}

/* ---- section 2: row by row, a heading where the columns change ---- */

/* The variables that the form prints in the row of ITEM, and their headings in one text. */
struct disclosure_row {
  LIST_OF(const struct variable *) variables;
  const char *heading;
};

static struct disclosure_row disclosure_row(const struct report_layout *layout, const char *item) {
  struct disclosure_row row = {.heading = ""};
  size_t length = strlen(item);
  for (size_t i = 0; i < layout->codebook->variables; i++) {
    const struct variable *variable = &layout->codebook->variable[i];
    bool is_of_item = strncmp(variable->id, item, length) == 0 && variable->id[length] == '.';
    if (!is_of_item || !forms_overlap(variable->forms, layout->disclosure)) continue;
    *list_add(layout->arena, &row.variables) = variable;
    row.heading = arena_format(layout->arena, "%s|%s", row.heading, tail_of(variable->label_zh));
  }
  return row;
}

void layout_disclosure(const struct report_layout *layout) {
  static const char *const items[] = {"regulations",    "normative_documents", "licensing",
                                      "other_services", "penalties",           "coercion",
                                      "fees",           "procurement"};
  const char *heading = "";
  fputs("二、主动公开政府信息情况\n", layout->text);
  for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
    struct disclosure_row row = disclosure_row(layout, items[i]);
    if (row.variables.count == 0) continue;
    if (strcmp(row.heading, heading) != 0) {
      put(layout, "信息内容");
      for (size_t j = 0; j < row.variables.count; j++)
        put(layout, tail_of(row.variables.item[j]->label_zh));
      end_row(layout);
      heading = row.heading;
    }
    put(layout, head_of(layout->arena, row.variables.item[0]->label_zh));
    for (size_t j = 0; j < row.variables.count; j++)
      put(layout, layout->cell(layout->context, row.variables.item[j], ""));
    end_row(layout);
  }
  end_row(layout);
}

/* ---- section 3 ---- */

static void write_applicants(const struct report_layout *layout) {
  fputs("三、收到和处理政府信息公开申请情况\n"
        "\t（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n\t申请人情况\n\n"
        "\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t\n",
        layout->text);
  for (size_t i = 1; i + 2 < layout->codebook->applicants; i++)
    put(layout, layout->codebook->applicant[i].label_zh);
  fputs("\t其他\n\t\n\n", layout->text);
}

enum { MOST_CELLS = 16 };

struct request_row {
  const char *cell[MOST_CELLS];
  size_t cells;
};

/* What goes on from row to row: the group of the last one, and whether an outcome was printed. */
struct request_labels {
  const char *group;
  bool any_outcome;
};

static struct request_row request_row(const struct report_layout *layout,
                                      const struct variable *variable,
                                      struct request_labels *labels) {
  struct request_row row = {0};
  const char *head = head_of(layout->arena, variable->label_zh);
  if (strncmp(variable->id, "outcome.", strlen("outcome.")) == 0) {
    row.cell[row.cells++] = labels->any_outcome ? "" : "三、本年度办理结果";
    labels->any_outcome = true;
    if (*head) row.cell[row.cells++] = strcmp(head, labels->group) == 0 ? "" : head;
  }
  labels->group = head;
  row.cell[row.cells++] = tail_of(variable->label_zh);
  for (size_t i = 0; i < layout->codebook->applicants; i++)
    row.cell[row.cells++] =
        layout->cell(layout->context, variable, layout->codebook->applicant[i].id);
  return row;
}

/* ABOVE and BELOW in one row, each cell on two lines where both have text. */
static struct request_row run_together(struct arena *arena, const struct request_row *above,
                                       const struct request_row *below) {
  struct request_row row = *below;
  for (size_t i = 0; i < row.cells; i++) {
    const char *upper = above->cell[i], *lower = below->cell[i];
    row.cell[i] = *upper && *lower ? arena_format(arena, "%s\n%s", upper, lower)
                  : *upper         ? upper
                                   : lower;
  }
  return row;
}

void layout_requests(const struct report_layout *layout) {
  struct request_labels labels = {.group = ""};
  struct request_row above = {0};
  write_applicants(layout);
  for (size_t i = 0; i < layout->codebook->variables; i++) {
    const struct variable *variable = &layout->codebook->variable[i];
    if (strcmp(variable->section, "requests") != 0 ||
        !forms_overlap(variable->forms, layout->requests))
      continue;
    enum row_fate fate = layout->row ? layout->row(layout->context, variable) : ROW_PRINTED;
    if (fate == ROW_LEFT_OUT) continue;
    struct request_row row = request_row(layout, variable, &labels);
    if (above.cells == row.cells) row = run_together(layout->arena, &above, &row);
    above = fate == ROW_RUN_TOGETHER ? row : (struct request_row){0};
    if (fate == ROW_RUN_TOGETHER) continue;
    for (size_t j = 0; j < row.cells; j++) put(layout, row.cell[j]);
    end_row(layout);
  }
  end_row(layout);
}

/* ---- section 4 ---- */

void layout_disputes(const struct report_layout *layout) {
  static const char *const results[] = {"结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结",
                                        "总计"};
  fputs("四、政府信息公开行政复议、行政诉讼情况\n\t行政复议\n\t行政诉讼\n\n", layout->text);
  for (size_t i = 0; i < 5; i++) put(layout, results[i]);
  fputs("\t未经复议直接起诉\n\t复议后起诉\n\n", layout->text);
  for (size_t i = 0; i < 5; i++) put(layout, "");
  for (size_t i = 0; i < 10; i++) put(layout, results[i % 5]);
  end_row(layout);
  for (size_t i = 0; i < layout->codebook->variables; i++)
    if (strcmp(layout->codebook->variable[i].section, "disputes") == 0)
      put(layout, layout->cell(layout->context, &layout->codebook->variable[i], ""));
  fputs("\n\n", layout->text);
}

/* ---- the statistics table of 2014 ---- */

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  struct statistics_rows *rows;
};

static bool take_statistics_row(void *context, size_t line, const char *const *f,
                                struct failure *failure) {
  (void)line;
  (void)failure;
  struct loading *loading = context;
  bool is_title = strcmp(f[1], "title") == 0;
  if (strcmp(f[0], "statistics_2014") != 0 || (!is_title && strcmp(f[1], "row") != 0)) return true;
  *list_add(loading->arena, loading->rows) = (struct statistics_row){
      arena_text(loading->arena, f[3]), is_title ? NULL : codebook_find(loading->codebook, f[2])};
  return true;
}

bool statistics_rows_load(struct arena *arena, const struct codebook *codebook,
                          struct statistics_rows *rows, struct failure *failure) {
  static const char *const columns[] = {"table", "axis", "id", "label", NULL};
  struct loading loading = {arena, codebook, rows};
  return csv_read("datasets/forms/forms.csv", columns, take_statistics_row, &loading, failure);
}

static void write_statistics_title(const struct report_layout *layout,
                                   const struct statistics_style *style, const char *label) {
  put(layout, label);
  for (size_t i = 0; style->title_cells && i < (style->unit_place == UNIT_COLUMN ? 2 : 1); i++)
    put(layout, style->title_cells);
}

static void write_statistics_row(const struct report_layout *layout,
                                 const struct statistics_style *style,
                                 const struct statistics_row *row) {
  const char *unit = row->variable->unit;
  bool is_amount = row->variable->type == TYPE_AMOUNT;
  const char *value = is_amount ? layout->amount(layout->context, row->variable,
                                                 style->unit_place == NO_UNIT ? NULL : &unit)
                                : layout->cell(layout->context, row->variable, "");
  if (style->unit_place == UNIT_IN_LABEL)
    put(layout, arena_format(layout->arena, "%s（%s）", row->label, unit));
  else
    put(layout, row->label);
  if (style->unit_place == UNIT_COLUMN) put(layout, unit);
  put(layout, value);
}

void layout_statistics(const struct report_layout *layout, const struct statistics_rows *rows,
                       const struct statistics_style *style, int year) {
  fprintf(layout->text, "政府信息公开情况统计表\n（%d年度）\n填报单位（盖章）：示例\n", year);
  put(layout, "统 计 指 标");
  if (style->unit_place == UNIT_COLUMN) put(layout, "单位");
  put(layout, "统计数");
  end_row(layout);
  for (size_t i = 0; i < rows->count; i++) {
    const struct statistics_row *row = &rows->item[i];
    if (row->variable)
      write_statistics_row(layout, style, row);
    else
      write_statistics_title(layout, style, row->label);
    end_row(layout);
  }
  end_row(layout);
  fputs("单位负责人：甲　审核人：乙　填报人：丙\n", layout->text);
}

/* ---- chart ---- */

void layout_chart(FILE *text, const char *const *areas, const char *const *values, size_t count) {
  fputs("\n重点领域信息统计\n信息数", text);
  for (size_t i = 0; i < count; i++) fprintf(text, "\t%s", areas[i]);
  for (size_t i = 0; i < count; i++) fprintf(text, "\t%s", values[i]);
  putc('\n', text);
}
