/* Made-up documents, each of a kind that offices publish, in every format of document_writers.h:
 * `generate_documents SEED FOLDER` writes FOLDER/documents/KIND-FORMAT.ENDING, and what a correct
 * reading finds: FOLDER/reports.csv (file, organ, year, scope), FOLDER/values.csv (file, scope,
 * variable, category, value, status) and FOLDER/refused.csv (file, reason). The organs do not
 * exist.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/arena.h"
#include "core/base/csv_file.h"
#include "core/model/codebook.h"
#include "tests/chance.h"
#include "tests/document_writers.h"

/* ---- what a document is made with ---- */

struct form_row {
  const char *table, *axis, *id, *label, *also;
};

struct truth {
  const char *scope, *variable, *category, *value, *status;
};

struct made {
  struct arena *arena;
  const struct codebook *codebook;
  LIST_OF(struct form_row) form;
  uint64_t seed;
  struct document document;
  const char *organ;
  int year;
  const char *scope;     /* of the values to come; "" where nothing tells it */
  bool is_told_in_prose; /* the scope */
  bool has_both_scopes;  /* the document holds a report of each */
  const char *refused;   /* why it is no report; NULL where it is one */
  LIST_OF(struct truth) truth;
  LIST_OF(struct row) rows;   /* of the grid that is being made */
  LIST_OF(struct cell) cells; /* of its last row */
  size_t column;              /* behind the last cell */
  bool is_untold;             /* the values to come are none of the report's */
};

#define format(m, ...) arena_format((m)->arena, __VA_ARGS__)

static void line(struct made *m, const char *text) {
  document_add(&m->document, BLOCK_PARAGRAPH)->text = text;
}

static void cell(struct made *m, size_t columns, const char *text) {
  *list_add(m->arena, &m->cells) = (struct cell){text, m->column, columns};
  m->column += columns;
}

/* The cells above reach down. */
static void covered(struct made *m, size_t columns) {
  m->column += columns;
}

static void end_row(struct made *m) {
  *list_add(m->arena, &m->rows) = (struct row){.cell = m->cells.item, .cells = m->cells.count};
  memset(&m->cells, 0, sizeof m->cells);
  m->column = 0;
}

static void end_grid(struct made *m) {
  struct block *block = document_add(&m->document, BLOCK_GRID);
  block->grid = (struct grid){.row = m->rows.item, .rows = m->rows.count};
  memset(&m->rows, 0, sizeof m->rows);
}

/* A row of cells of one column each, ended by NULL. */
static void row_of(struct made *m, const char *const *texts) {
  for (; *texts; texts++) cell(m, 1, *texts);
  end_row(m);
}

static void tell(struct made *m, const char *variable, const char *category, const char *value) {
  if (m->is_untold) return;
  *list_add(m->arena, &m->truth) =
      (struct truth){m->scope, variable, category, value, *value ? "reported" : "blank"};
}

static const char *number(struct made *m, const char *variable, const char *category) {
  const char *text = format(m, "%zu", random_below(&m->seed, 400));
  tell(m, variable, category, text);
  return text;
}

static const char *title(struct made *m) {
  return format(m, "%s%d年政府信息公开工作年度报告", m->organ, m->year);
}

static void begin(struct made *m) {
  line(m, title(m));
  line(m, format(m, "本报告所列数据的统计期限自%d年1月1日起至%d年12月31日止。", m->year, m->year));
  line(m, "一、总体情况");
  line(m, "本报告的数字均为随机生成的示例数据，不对应任何机关。");
}

static void end(struct made *m) {
  line(m, "五、存在的主要问题及改进情况");
  line(m, "示例。");
  line(m, "六、其他需要报告的事项");
  line(m, "示例。");
}

/* The parts of a label of the codebook before and behind its last `·`. */
static const char *tail_of(const char *label) {
  for (const char *at; (at = strstr(label, "·"));) label = at + strlen("·");
  return label;
}

static const char *head_of(struct made *m, const char *label) {
  const char *tail = tail_of(label);
  if (tail == label) return "";
  return arena_bytes(m->arena, label, (size_t)(tail - label) - strlen("·"));
}

/* ---- section 3 ---- */

struct requests_style {
  const char *form;
  size_t blank_at_end;   /* every row ends in so many blank value cells */
  size_t blank_row;      /* only this row does, counted from 1; 0: all */
  size_t surplus;        /* blank cells behind every row of values */
  size_t break_behind;   /* so many rows stand before a page break; 0: there is none */
  const char *at_break;  /* a line that stands there; NULL: none */
  bool repeats_heading;  /* behind the break */
  bool heads_apart;      /* the heading is a table of its own */
  bool is_short;         /* labels as offices shorten them */
  bool is_vertical;      /* group labels with a blank behind each character */
  size_t unknown_behind; /* a row that the form does not have stands behind so many; 0: none */
  size_t sentence_behind;
  const char *applicant_left_out; /* a column that is not printed */
};

static const char *short_label(const char *label) {
  static const char *const pairs[][2] = {
      {"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正"},
      {"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴费"},
      {"一、本年新收政府信息公开申请数量", "一、本年新收"},
      {"二、上年结转政府信息公开申请数量", "二、上年结转"},
      {"2.其他法律行政法规禁止公开", "2.其他法律禁止公开"},
      {"1.本机关不掌握相关政府信息", "1.本机关不掌握"},
      {"2.没有现成信息需要另行制作", "2.需要另行制作"},
      {"3.补正后申请内容仍不明确", "3.补正后仍不明确"},
      {"1.信访举报投诉类申请", "1.信访举报投诉"},
      {"5.要求行政机关确认或重新出具已获取信息", "5.要求确认或重新出具"},
      {"四、结转下年度继续办理", "四、结转下年度"},
      {"5.属于三类内部事务信息", "5.内部事务信息"},
      {"6.属于四类过程性信息", "6.过程性信息"},
      {"7.属于行政执法案卷", "7.行政执法案卷"},
      {"8.属于行政查询事项", "8.行政查询事项"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (strcmp(pairs[i][0], label) == 0) return pairs[i][1];
  return label;
}

static const char *spaced(struct made *m, const char *text) {
  const char *result = "";
  for (const char *at = text; *at;) {
    size_t length = 1;
    while ((at[length] & 0xC0) == 0x80) length++;
    result = arena_format(m->arena, "%s%s%.*s", result, *result ? " " : "", (int)length, at);
    at += length;
  }
  return result;
}

static bool is_printed(const struct requests_style *style, const struct category *applicant) {
  return !style->applicant_left_out || strcmp(style->applicant_left_out, applicant->id) != 0;
}

static void requests_heading(struct made *m, const struct requests_style *style) {
  size_t inner = 0;
  for (size_t i = 1; i + 1 < m->codebook->applicants; i++)
    inner += is_printed(style, &m->codebook->applicant[i]);
  cell(m, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）");
  cell(m, inner + 2, "申请人情况");
  end_row(m);
  covered(m, 3);
  cell(m, 1, "自然人");
  cell(m, inner, "法人或其他组织");
  cell(m, 1, "总计");
  end_row(m);
  covered(m, 4);
  for (size_t i = 1; i + 1 < m->codebook->applicants; i++)
    if (is_printed(style, &m->codebook->applicant[i]))
      cell(m, 1, m->codebook->applicant[i].label_zh);
  end_row(m);
  if (style->heads_apart) end_grid(m);
}

static void request_values(struct made *m, const struct requests_style *style,
                           const struct variable *variable, size_t at) {
  bool ends_blank = style->blank_row == 0 || style->blank_row == at;
  size_t filled = m->codebook->applicants - (ends_blank ? style->blank_at_end : 0);
  for (size_t i = 0; i < m->codebook->applicants; i++) {
    const char *id = m->codebook->applicant[i].id;
    if (!is_printed(style, &m->codebook->applicant[i])) continue;
    if (i < filled) {
      cell(m, 1, number(m, variable->id, id));
      continue;
    }
    tell(m, variable->id, id, "");
    cell(m, 1, "");
  }
  for (size_t i = 0; i < style->surplus; i++) cell(m, 1, "");
  end_row(m);
}

/* The labels of the row of VARIABLE; ABOVE is the group of the row above, NULL at the top of a
 * grid, and behind a break the groups go on in blank cells. */
static const char *request_labels(struct made *m, const struct requests_style *style,
                                  const struct variable *variable, const char *above,
                                  bool goes_on) {
  const char *group = head_of(m, variable->label_zh), *label = tail_of(variable->label_zh);
  if (style->is_short) label = short_label(label);
  if (strncmp(variable->id, "outcome.", strlen("outcome.")) != 0) {
    cell(m, 3, label);
    return NULL;
  }
  if (!above)
    cell(m, 1,
         goes_on              ? ""
         : style->is_vertical ? spaced(m, "三、本年度办理结果")
                              : "三、本年度办理结果");
  else
    covered(m, 1);
  if (*group == '\0') {
    cell(m, 2, label);
    return "";
  }
  if (!above || strcmp(above, group) != 0)
    cell(m, 1, style->is_vertical ? spaced(m, group) : group);
  else
    covered(m, 1);
  cell(m, 1, label);
  return group;
}

static void page_break(struct made *m, const struct requests_style *style) {
  end_grid(m);
  if (style->at_break) line(m, style->at_break);
  if (style->repeats_heading) requests_heading(m, style);
}

static void unknown_row(struct made *m) {
  cell(m, 3, "其中：通过邮政快递收到的示例件");
  for (size_t i = 0; i < m->codebook->applicants; i++) cell(m, 1, "3");
  end_row(m);
}

static void requests(struct made *m, const struct requests_style *style) {
  const char *above = NULL;
  size_t at = 0;
  line(m, "三、收到和处理政府信息公开申请情况");
  requests_heading(m, style);
  for (size_t i = 0; i < m->codebook->variables; i++) {
    const struct variable *variable = &m->codebook->variable[i];
    if (strcmp(variable->section, "requests") != 0 || !forms_overlap(variable->forms, style->form))
      continue;
    bool goes_on = above != NULL && at == style->break_behind && at > 0;
    if (at > 0 && at == style->break_behind) {
      page_break(m, style);
      above = NULL;
    }
    above = request_labels(m, style, variable, above, goes_on);
    request_values(m, style, variable, ++at);
    if (at == style->unknown_behind) unknown_row(m);
  }
  end_grid(m);
}

static void requests_2021(struct made *m) {
  requests(m, &(struct requests_style){.form = "2021"});
}

/* A table for each row, under a heading that names every column or only numbers them. */
static void requests_apart(struct made *m, bool is_numbered) {
  line(m, "三、收到和处理政府信息公开申请情况");
  for (size_t i = 0; i < m->codebook->variables; i++) {
    const struct variable *variable = &m->codebook->variable[i];
    if (strcmp(variable->section, "requests") != 0 || !forms_overlap(variable->forms, "2021"))
      continue;
    const char *label = tail_of(variable->label_zh);
    line(m, label);
    cell(m, 1, "类别");
    for (size_t j = 0; j < m->codebook->applicants; j++)
      cell(m, 1,
           is_numbered && j + 1 < m->codebook->applicants ? format(m, "数据%zu", j + 1)
                                                          : m->codebook->applicant[j].label_zh);
    end_row(m);
    cell(m, 1, label);
    request_values(m, &(struct requests_style){.form = "2021", .blank_row = 1000}, variable, 1);
    end_grid(m);
  }
}

/* ---- section 2 ---- */

struct disclosure_style {
  const char *form;
  bool is_one_table;     /* all parts in one */
  bool loses_characters; /* 本年发件数 */
  bool has_notes;        /* behind the name of a column, with years */
  bool has_sentences;    /* between the parts */
  bool has_captions;     /* 第二十条第（一）项 in a row of its own */
};

static const char *disclosure_heading(struct made *m, const struct disclosure_style *style,
                                      const char *label) {
  static const char *const lost[][2] = {{"本年制发件数", "本年发件数"},
                                        {"本年废止件数", "本年废件数"},
                                        {"现行有效件数", "现行有效件"},
                                        {"本年新制作数量", "本年新制数量"},
                                        {"对外公开总数量", "对外公开数量"}};
  for (size_t i = 0; style->loses_characters && i < sizeof lost / sizeof *lost; i++)
    if (strcmp(label, lost[i][0]) == 0) return lost[i][1];
  if (!style->has_notes) return label;
  if (strcmp(label, "上一年项目数量") == 0)
    return format(m, "%s（指%d年事项数）", label, m->year - 1);
  return format(m, "%s（指%d年）", label, m->year);
}

/* Puts the variables of ITEM that the form has into VARIABLES; returns how many. */
static size_t variables_of(struct made *m, const char *item, const char *form,
                           const struct variable **variables) {
  size_t count = 0, length = strlen(item);
  for (size_t i = 0; i < m->codebook->variables; i++) {
    const struct variable *variable = &m->codebook->variable[i];
    if (strncmp(variable->id, item, length) == 0 && variable->id[length] == '.' &&
        forms_overlap(variable->forms, form))
      variables[count++] = variable;
  }
  return count;
}

enum { MOST_COLUMNS = 8, DISCLOSURE_WIDTH = 6 };

static void end_disclosure_part(struct made *m, const struct disclosure_style *style) {
  if (style->is_one_table || m->rows.count == 0) return;
  end_grid(m);
  if (style->has_sentences) line(m, "本年度公开的上述信息均通过政府网站发布，共涉及12个科室。");
}

static void disclosure(struct made *m, const struct disclosure_style *style) {
  static const char *const items[] = {"regulations",    "normative_documents", "licensing",
                                      "other_services", "penalties",           "coercion",
                                      "fees",           "procurement"};
  const char *above = "";
  line(m, "二、主动公开政府信息情况");
  for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
    const struct variable *variables[MOST_COLUMNS];
    size_t count = variables_of(m, items[i], style->form, variables);
    const char *heading = "";
    for (size_t j = 0; j < count; j++)
      heading = format(m, "%s|%s", heading, tail_of(variables[j]->label_zh));
    if (count == 0) continue;
    size_t wide = DISCLOSURE_WIDTH / count;
    if (strcmp(heading, above) != 0) {
      end_disclosure_part(m, style);
      if (style->has_captions) {
        cell(m, 1 + DISCLOSURE_WIDTH, "第二十条第（一）项");
        end_row(m);
      }
      cell(m, 1, "信息内容");
      for (size_t j = 0; j < count; j++)
        cell(m, wide, disclosure_heading(m, style, tail_of(variables[j]->label_zh)));
      end_row(m);
    }
    above = heading;
    cell(m, 1, head_of(m, variables[0]->label_zh));
    for (size_t j = 0; j < count; j++) cell(m, wide, number(m, variables[j]->id, ""));
    end_row(m);
  }
  end_grid(m);
}

static void disclosure_2021(struct made *m) {
  disclosure(
      m, &(struct disclosure_style){.form = "2021", .is_one_table = true, .has_captions = true});
}

/* Section 2 as sentences: a paragraph for each row, or one for all. */
static void disclosure_told(struct made *m, bool is_one_paragraph) {
  static const struct {
    const char *row, *column[3], *variable[3], *unit;
  } told[] = {
      {"规章",
       {"本年制发", "废止", "现行有效"},
       {"regulations.issued", "regulations.repealed", "regulations.in_force"},
       "件"},
      {"行政规范性文件",
       {"本年制发", "废止", "现行有效"},
       {"normative_documents.issued", "normative_documents.repealed",
        "normative_documents.in_force"},
       "件"},
      {"行政许可", {"处理决定数量"}, {"licensing.decisions"}, "件"},
      {"行政处罚", {"本年处理决定"}, {"penalties.decisions"}, "件"},
      {"行政强制", {"处理决定"}, {"coercion.decisions"}, "件"},
      {"行政事业性收费", {"本年收费金额"}, {"fees.amount"}, "万元"},
  };
  const char *all = "";
  line(m, "二、主动公开政府信息情况");
  for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
    const char *text = told[i].row;
    for (size_t j = 0; j < 3 && told[i].column[j]; j++)
      text = format(m, "%s%s%s%s%s", text, j ? "，" : "：", told[i].column[j],
                    number(m, told[i].variable[j], ""), told[i].unit);
    all = format(m, "%s%s。", all, text);
    if (!is_one_paragraph) line(m, format(m, "%zu.%s。", i + 1, text));
  }
  if (is_one_paragraph) line(m, all);
}

/* ---- section 4 ---- */

static const char *const results[] = {"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"};
static const char *const result_ids[] = {"upheld", "corrected", "other", "pending", "total"};
static const char *const dispute_ids[] = {"review", "litigation_direct", "litigation_after_review"};
enum { RESULTS = 5, DISPUTES = 3 };

static void dispute_values(struct made *m, size_t kind) {
  for (size_t i = 0; i < RESULTS; i++)
    cell(m, 1, number(m, format(m, "%s.%s", dispute_ids[kind], result_ids[i]), ""));
}

static void disputes(struct made *m) {
  line(m, "四、政府信息公开行政复议、行政诉讼情况");
  cell(m, 5, "行政复议");
  cell(m, 10, "行政诉讼");
  end_row(m);
  for (size_t i = 0; i < RESULTS; i++) cell(m, 1, results[i]);
  cell(m, 5, "未经复议直接起诉");
  cell(m, 5, "复议后起诉");
  end_row(m);
  covered(m, RESULTS);
  for (size_t i = 0; i < (size_t)2 * RESULTS; i++) cell(m, 1, results[i % RESULTS]);
  end_row(m);
  for (size_t kind = 0; kind < DISPUTES; kind++) dispute_values(m, kind);
  end_row(m);
  end_grid(m);
}

/* A row for each kind of dispute, as offices turn the table for a narrow page. */
static void disputes_by_kind(struct made *m) {
  static const char *const names[] = {"行政复议", "未经复议直接起诉", "复议后起诉"};
  line(m, "四、政府信息公开行政复议、行政诉讼情况");
  cell(m, 1, "类型");
  for (size_t i = 0; i < RESULTS; i++) cell(m, 1, results[i]);
  end_row(m);
  for (size_t kind = 0; kind < DISPUTES; kind++) {
    cell(m, 1, names[kind]);
    dispute_values(m, kind);
    end_row(m);
  }
  end_grid(m);
}

/* A table for each kind of dispute, under a line that names it. */
static void disputes_apart(struct made *m) {
  static const char *const names[] = {"（一）行政复议情况", "（二）行政诉讼·未经复议直接起诉",
                                      "（三）行政诉讼·复议后起诉"};
  line(m, "四、政府信息公开行政复议、行政诉讼情况");
  for (size_t kind = 0; kind < DISPUTES; kind++) {
    line(m, names[kind]);
    for (size_t i = 0; i < RESULTS; i++) cell(m, 1, results[i]);
    end_row(m);
    dispute_values(m, kind);
    end_row(m);
    end_grid(m);
  }
}

/* ---- kinds: the national forms ---- */

static void of_2021(struct made *m, const struct disclosure_style *disclosure_style,
                    const struct requests_style *requests_style) {
  begin(m);
  if (disclosure_style)
    disclosure(m, disclosure_style);
  else
    disclosure_2021(m);
  if (requests_style)
    requests(m, requests_style);
  else
    requests_2021(m);
  disputes(m);
  end(m);
}

static void form_2021(struct made *m) {
  of_2021(m, NULL, NULL);
}

static void form_2019(struct made *m) {
  m->year = 2019;
  of_2021(m, &(struct disclosure_style){.form = "2019"}, &(struct requests_style){.form = "2019"});
}

static void old_row_in_new_form(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2019"});
}

static void blank_at_end_of_one_row(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .blank_at_end = 2, .blank_row = 5});
}

static void blank_totals(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .blank_at_end = 1});
}

static void surplus_cells(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .surplus = 1});
}

static void table_a_row_numbered(struct made *m) {
  begin(m);
  requests_apart(m, true);
  end(m);
}

static void table_a_row_named(struct made *m) {
  begin(m);
  requests_apart(m, false);
  end(m);
}

static void page_break_with_number(struct made *m) {
  of_2021(m, NULL,
          &(struct requests_style){.form = "2021", .break_behind = 9, .at_break = "— 3 —"});
}

static void page_break_with_heading(struct made *m) {
  of_2021(m, NULL,
          &(struct requests_style){
              .form = "2021", .break_behind = 4, .at_break = "- 5 -", .repeats_heading = true});
}

static void heading_before_the_page(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .heads_apart = true});
}

static void sentence_between_rows(struct made *m) {
  of_2021(m, NULL,
          &(struct requests_style){.form = "2021",
                                   .break_behind = 2,
                                   .at_break = "说明：本年收到的申请中有27件为当面提出。"});
}

static void short_labels(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .is_short = true});
}

static void spaced_labels(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .is_vertical = true});
}

static void unknown_row_in_table(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .unknown_behind = 2});
}

static void column_left_out(struct made *m) {
  of_2021(m, NULL, &(struct requests_style){.form = "2021", .applicant_left_out = "research"});
}

static void lost_characters(struct made *m) {
  of_2021(m, &(struct disclosure_style){.form = "2021", .loses_characters = true}, NULL);
}

static void lost_characters_2019(struct made *m) {
  m->year = 2020;
  of_2021(m, &(struct disclosure_style){.form = "2019", .loses_characters = true},
          &(struct requests_style){.form = "2019"});
}

static void years_in_notes(struct made *m) {
  m->year = 2020;
  of_2021(m, &(struct disclosure_style){.form = "2019", .has_notes = true},
          &(struct requests_style){.form = "2019"});
}

static void years_in_notes_2021(struct made *m) {
  of_2021(m, &(struct disclosure_style){.form = "2021", .has_notes = true, .has_captions = true},
          NULL);
}

static void sentences_between_tables(struct made *m) {
  of_2021(m, &(struct disclosure_style){.form = "2021", .has_sentences = true}, NULL);
}

static void disclosure_as_list(struct made *m) {
  begin(m);
  disclosure_told(m, false);
  requests_2021(m);
  end(m);
}

static void disclosure_as_sentences(struct made *m) {
  begin(m);
  disclosure_told(m, true);
  requests_2021(m);
  end(m);
}

static void disputes_as_rows(struct made *m) {
  begin(m);
  disclosure_2021(m);
  requests_2021(m);
  disputes_by_kind(m);
  end(m);
}

static void disputes_as_tables(struct made *m) {
  begin(m);
  disclosure_2021(m);
  requests_2021(m);
  disputes_apart(m);
  end(m);
}

/* ---- kinds: statistics tables before 2019 ---- */

/* The columns of a statistics table behind the label of a row. */
struct statistics_style {
  const char *table;
  const char *heading[5]; /* ended by NULL */
  const char *kind;       /* of each column: c code, u unit, v value, o of no use, b blank */
  const char *level;      /* in the caption: 本级, 汇总; NULL: none */
  bool has_other_labels;
  size_t unknown_behind;
};

static const char *statistics_cell(struct made *m, char kind, const struct variable *variable,
                                   size_t at) {
  switch (kind) {
    case 'c': return format(m, "%02zu", at);
    case 'u': return variable ? variable->unit : "";
    case 'v': return variable ? number(m, variable->id, "") : "";
    case 'o': return variable ? format(m, "%zu", 5000 + random_below(&m->seed, 900)) : "";
    default: return "";
  }
}

static const char *statistics_label(struct made *m, const struct statistics_style *style,
                                    const struct form_row *row) {
  if (!style->has_other_labels || *row->also == '\0') return row->label;
  return arena_bytes(m->arena, row->also, strcspn(row->also, "|"));
}

static void statistics(struct made *m, const struct statistics_style *style) {
  size_t at = 0;
  line(m, format(m, "%s政府信息公开情况统计表%s", style->level ? m->organ : "",
                 style->level ? format(m, "（%s）", style->level) : ""));
  line(m, format(m, "（%d年度）", m->year));
  cell(m, 1, "统计指标");
  for (size_t j = 0; style->heading[j]; j++)
    cell(m, 1,
         strchr(style->heading[j], '%')
             ? format(m, "%d年", style->kind[j] == 'v' ? m->year : m->year - 1)
             : style->heading[j]);
  end_row(m);
  for (size_t i = 0; i < m->form.count; i++) {
    const struct form_row *row = &m->form.item[i];
    bool is_title = strcmp(row->axis, "title") == 0;
    if (strcmp(row->table, style->table) != 0 || (!is_title && strcmp(row->axis, "row") != 0))
      continue;
    const struct variable *variable = is_title ? NULL : codebook_find(m->codebook, row->id);
    cell(m, 1, statistics_label(m, style, row));
    at++;
    for (size_t j = 0; style->heading[j]; j++)
      cell(m, 1, statistics_cell(m, style->kind[j], variable, at));
    end_row(m);
    if (at != style->unknown_behind) continue;
    cell(m, 1, "本单位另行统计的示例项目");
    for (size_t j = 0; style->heading[j]; j++) cell(m, 1, style->kind[j] == 'u' ? "条" : "17");
    end_row(m);
  }
  end_grid(m);
}

static void begin_before_2019(struct made *m, int year) {
  m->year = year;
  begin(m);
}

static void statistics_2014(struct made *m) {
  begin_before_2019(m, 2016);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "统计数", NULL}, "uv", NULL, false, 0});
}

/* A report from before these forms says such things as well, and means no row of them. */
static void disclosure_told_before(struct made *m) {
  m->year = 2015;
  begin(m);
  m->is_untold = true;
  disclosure_told(m, true);
  m->is_untold = false;
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "统计数", NULL}, "uv", NULL, false, 0});
}

static void statistics_2014_coded(struct made *m) {
  begin_before_2019(m, 2015);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"代码", "计量单位", "数量", NULL}, "cuv", NULL, false, 0});
}

static void statistics_2014_noted(struct made *m) {
  begin_before_2019(m, 2015);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "统计数", "备注", NULL}, "uvb", NULL, true, 3});
}

static void statistics_two_years(struct made *m) {
  begin_before_2019(m, 2017);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "%d年", "%d年", NULL}, "uov", NULL, false, 0});
}

static void statistics_two_years_turned(struct made *m) {
  begin_before_2019(m, 2018);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "%d年", "%d年", NULL}, "uvo", NULL, false, 0});
}

static void statistics_this_and_last(struct made *m) {
  begin_before_2019(m, 2018);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "本年度", "上年度", NULL}, "uvo", NULL, false, 0});
}

static void statistics_own_level(struct made *m) {
  m->scope = "own";
  begin_before_2019(m, 2016);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "统计数", NULL}, "uv", "本级", false, 0});
}

static void statistics_summed_up(struct made *m) {
  m->scope = "all";
  begin_before_2019(m, 2016);
  statistics(m, &(struct statistics_style){
                    "statistics_2014", {"单位", "统计数", NULL}, "uv", "汇总", false, 0});
}

static void statistics_of_both_levels(struct made *m) {
  static const struct statistics_style style = {
      "statistics_2014", {"单位", "统计数", NULL}, "uv", NULL, false, 0};
  struct statistics_style own = style, all = style;
  m->has_both_scopes = true;
  begin_before_2019(m, 2017);
  own.level = "本级";
  all.level = "汇总";
  m->scope = "own";
  statistics(m, &own);
  m->scope = "all";
  statistics(m, &all);
}

static void statistics_under_sheet_names(struct made *m) {
  static const struct statistics_style style = {
      "statistics_2014", {"单位", "统计数", NULL}, "uv", NULL, false, 0};
  m->has_both_scopes = true;
  begin_before_2019(m, 2015);
  m->scope = "all";
  line(m, "全市政府信息公开情况统计表");
  statistics(m, &style);
  m->scope = "own";
  line(m, "本级");
  statistics(m, &style);
}

static void scope_in_prose(struct made *m) {
  m->is_told_in_prose = true;
  m->scope = "all";
  begin(m);
  line(m, "本报告数据包括本局及所属各单位。");
  requests_2021(m);
  end(m);
}

static void own_scope_in_prose(struct made *m) {
  m->is_told_in_prose = true;
  m->scope = "own";
  begin(m);
  line(m, "本报告统计数据不含所属单位。");
  requests_2021(m);
  end(m);
}

static void provincial(struct made *m) {
  begin_before_2019(m, 2013);
  statistics(
      m,
      &(struct statistics_style){
          "statistics_provincial", {"计量单位", "%d年", "历年累计", NULL}, "uvo", NULL, false, 0});
}

static void provincial_otherwise(struct made *m) {
  begin_before_2019(m, 2012);
  statistics(
      m, &(struct statistics_style){
             "statistics_provincial", {"计量单位", "本年度", "累计", NULL}, "uvo", NULL, true, 5});
}

static void coded_2008(struct made *m) {
  begin_before_2019(m, 2008);
  statistics(
      m, &(struct statistics_style){
             "statistics_2008", {"代码", "单位", "本期实际", "本年累计"}, "cuov", NULL, false, 0});
}

/* ---- kinds: identity ---- */

static void with_requests(struct made *m) {
  line(m, "一、总体情况");
  line(m, "本报告的数字均为随机生成的示例数据，不对应任何机关。");
  requests_2021(m);
  end(m);
}

static void title_in_cell(struct made *m) {
  cell(m, 1, title(m));
  end_row(m);
  end_grid(m);
  with_requests(m);
}

static void title_in_frame(struct made *m) {
  row_of(m, (const char *const[]){"索引号", "990100/2024-00001", "信息分类", "年度报告", NULL});
  row_of(m, (const char *const[]){"发布机构", m->organ, "成文日期", "2024-01-20", NULL});
  row_of(m, (const char *const[]){"名称", title(m), "文号", "", NULL});
  end_grid(m);
  with_requests(m);
}

static void title_on_lines(struct made *m) {
  line(m, m->organ);
  line(m, format(m, "%d年政府信息公开工作年度报告", m->year));
  with_requests(m);
}

static void title_on_three_lines(struct made *m) {
  line(m, m->organ);
  line(m, format(m, "%d年政府信息公开", m->year));
  line(m, "工作年度报告");
  with_requests(m);
}

static void title_broken_in_word(struct made *m) {
  line(m, format(m, "%s%d年政府信息公开工作年度报", m->organ, m->year));
  line(m, "告");
  with_requests(m);
}

static void title_above_organ(struct made *m) {
  line(m, format(m, "%d年政府信息公开工作年度报告", m->year));
  line(m, m->organ);
  with_requests(m);
}

static void title_presented(struct made *m) {
  line(m, format(m, "现将%s%d年度政府信息公开工作报告如下。", m->organ, m->year));
  with_requests(m);
}

static void title_published(struct made *m) {
  line(
      m,
      format(m,
             "根据《中华人民共和国政府信息公开条例》规定，现公布%s%d年度政府信息公开工作年度报告。",
             m->organ, m->year));
  with_requests(m);
}

static void preamble_behind_heading(struct made *m) {
  line(m, format(m, "%s政府信息公开工作年度报告", m->organ));
  line(m, "一、总体情况");
  line(m, format(m,
                 "根据《中华人民共和国政府信息公开条例》编制本报告。本报告所列数据的统计期限自%"
                 "d年1月1日起至%d年12月31日止。",
                 m->year, m->year));
  requests_2021(m);
  end(m);
}

static void year_in_brackets(struct made *m) {
  line(m, format(m, "%s政府信息公开工作年度报告（%d年度）", m->organ, m->year));
  with_requests(m);
}

static void year_in_characters(struct made *m) {
  m->year = 2022;
  line(m, format(m, "%s二〇二二年政府信息公开工作年度报告", m->organ));
  with_requests(m);
}

static void year_of_the_first_sentence(struct made *m) {
  line(m, format(m, "%s政府信息公开工作年度报告", m->organ));
  line(m, "一、总体情况");
  line(m, format(m, "%d年，我局认真做好政府信息公开工作。", m->year));
  requests_2021(m);
  end(m);
}

/* ---- kinds: no reports ---- */

static void refuse(struct made *m, const char *reason) {
  m->refused = reason;
}

static void blank_tables(struct made *m) {
  static const char *const heading[] = {"信息内容", "本年制发件数", "本年废止件数", "现行有效件数",
                                        NULL};
  static const char *const items[] = {"规章", "行政规范性文件"};
  row_of(m, heading);
  for (size_t i = 0; i < 2; i++) row_of(m, (const char *const[]){items[i], "", "", "", NULL});
  end_grid(m);
}

static void blank_form(struct made *m) {
  refuse(m, "blank_form");
  line(m, "政府信息公开工作年度报告格式");
  line(m, "二、主动公开政府信息情况");
  line(m, "第二十条第（一）项");
  blank_tables(m);
}

static void blank_form_of_organ(struct made *m) {
  refuse(m, "blank_form");
  line(m, format(m, "%s（模板）", title(m)));
  line(m, "第二十条第（一）项");
  blank_tables(m);
}

static void values_of_nobody(struct made *m) {
  refuse(m, "unidentified");
  line(m, "二、主动公开政府信息情况");
  m->is_untold = true;
  disclosure_2021(m);
}

static void list_of_reports(struct made *m) {
  refuse(m, "list_page");
  for (int year = 2019; year <= 2023; year++)
    line(m, format(m, "%s%d年政府信息公开工作年度报告", m->organ, year));
}

static void title_and_attachment(struct made *m) {
  refuse(m, "title_only");
  line(m, title(m));
  line(m, "发布时间：2024-01-22 09:15");
  line(m, format(m, "附件：%s.pdf", title(m)));
  line(m, "版权所有：示例市人民政府，未经许可不得转载。");
}

static void frame_and_attachment(struct made *m) {
  refuse(m, "title_only");
  row_of(m, (const char *const[]){"索引号", "990100/2024-00001", "信息分类", "年度报告", NULL});
  row_of(m, (const char *const[]){"名称", title(m), "发布日期", "2024-01-22", NULL});
  end_grid(m);
  line(m, "点击下载");
}

static void comparison_of_years(struct made *m) {
  refuse(m, "comparison");
  line(m, format(m, "%s2022年与2023年政府信息公开工作年度报告对比分析", m->organ));
  m->is_untold = true;
  for (int year = 2022; year <= 2023; year++) {
    line(m, format(m, "%d年", year));
    disclosure_2021(m);
  }
}

static void explanation(struct made *m) {
  refuse(m, "explanation");
  line(m, format(m, "一图读懂%s", title(m)));
  line(m, "全年主动公开政府信息120条，收到申请8件。");
}

static void notice(struct made *m) {
  refuse(m, "notice");
  line(m, format(m, "%s关于编制%d年政府信息公开年报的通知", m->organ, m->year));
  line(m, "一、编制内容");
  line(m, "请各单位于1月31日前发布年度报告。");
}

static void guide(struct made *m) {
  refuse(m, "not_a_report");
  line(m, format(m, "%s政府信息公开指南", m->organ));
  line(m, "一、主动公开");
  line(m, "申请人可以通过信函、传真方式提出申请。");
}

static void budget(struct made *m) {
  refuse(m, "not_a_report");
  line(m, format(m, "%s%d年部门预算公开", m->organ, m->year));
  row_of(m, (const char *const[]){"项目", "金额（万元）", NULL});
  row_of(m, (const char *const[]){"一般公共预算拨款收入", "230", NULL});
  row_of(m, (const char *const[]){"本年支出合计", "230", NULL});
  end_grid(m);
}

/* ---- writing ---- */

struct kind {
  const char *name;
  void (*make)(struct made *m);
};

static const struct kind kinds[] = {
    {"form-2021", form_2021},
    {"form-2019", form_2019},
    {"old-row-in-new-form", old_row_in_new_form},
    {"blank-at-end-of-one-row", blank_at_end_of_one_row},
    {"blank-totals", blank_totals},
    {"surplus-cells", surplus_cells},
    {"table-a-row-numbered", table_a_row_numbered},
    {"table-a-row-named", table_a_row_named},
    {"page-break-with-number", page_break_with_number},
    {"page-break-with-heading", page_break_with_heading},
    {"heading-before-the-page", heading_before_the_page},
    {"sentence-between-rows", sentence_between_rows},
    {"short-labels", short_labels},
    {"spaced-labels", spaced_labels},
    {"unknown-row", unknown_row_in_table},
    {"column-left-out", column_left_out},
    {"lost-characters", lost_characters},
    {"lost-characters-2019", lost_characters_2019},
    {"years-in-notes", years_in_notes},
    {"years-in-notes-2021", years_in_notes_2021},
    {"sentences-between-tables", sentences_between_tables},
    {"disclosure-as-list", disclosure_as_list},
    {"disclosure-as-sentences", disclosure_as_sentences},
    {"disclosure-told-before", disclosure_told_before},
    {"disputes-as-rows", disputes_as_rows},
    {"disputes-as-tables", disputes_as_tables},
    {"statistics-2014", statistics_2014},
    {"statistics-2014-coded", statistics_2014_coded},
    {"statistics-2014-noted", statistics_2014_noted},
    {"statistics-two-years", statistics_two_years},
    {"statistics-two-years-turned", statistics_two_years_turned},
    {"statistics-this-and-last", statistics_this_and_last},
    {"statistics-own-level", statistics_own_level},
    {"statistics-summed-up", statistics_summed_up},
    {"statistics-of-both-levels", statistics_of_both_levels},
    {"statistics-under-sheet-names", statistics_under_sheet_names},
    {"scope-in-prose", scope_in_prose},
    {"own-scope-in-prose", own_scope_in_prose},
    {"provincial", provincial},
    {"provincial-otherwise", provincial_otherwise},
    {"coded-2008", coded_2008},
    {"title-in-cell", title_in_cell},
    {"title-in-frame", title_in_frame},
    {"title-on-lines", title_on_lines},
    {"title-on-three-lines", title_on_three_lines},
    {"title-broken-in-word", title_broken_in_word},
    {"title-above-organ", title_above_organ},
    {"title-presented", title_presented},
    {"title-published", title_published},
    {"preamble-behind-heading", preamble_behind_heading},
    {"year-in-brackets", year_in_brackets},
    {"year-in-characters", year_in_characters},
    {"year-of-the-first-sentence", year_of_the_first_sentence},
    {"no-blank-form", blank_form},
    {"no-blank-form-of-organ", blank_form_of_organ},
    {"no-values-of-nobody", values_of_nobody},
    {"no-list", list_of_reports},
    {"no-title-only", title_and_attachment},
    {"no-frame-only", frame_and_attachment},
    {"no-comparison", comparison_of_years},
    {"no-explanation", explanation},
    {"no-notice", notice},
    {"no-guide", guide},
    {"no-budget", budget},
};

static FILE *open_file(const char *path) {
  FILE *file = fopen(path, "w");
  if (file) return file;
  perror(path);
  exit(EXIT_FAILURE);
}

struct truths {
  FILE *reports, *values, *refused;
};

/* Reports of bureaus are of their own level: one that sums up says so in its name. */
static void write_report_truth(struct made *m, const struct truths *truths, const char *file) {
  bool is_aside = strcmp(m->scope, "all") == 0 && !m->is_told_in_prose;
  const char *organ = is_aside ? format(m, "%s（汇总）", m->organ) : m->organ;
  csv_write_row(truths->reports, (const char *[]){file, organ, format(m, "%d", m->year), m->scope},
                4);
}

static void write_truth(struct made *m, const struct truths *truths, const char *file, bool loses) {
  if (m->refused) {
    csv_write_row(truths->refused, (const char *[]){file, m->refused}, 2);
    return;
  }
  if (m->has_both_scopes) m->scope = "own";
  write_report_truth(m, truths, file);
  if (m->has_both_scopes) m->scope = "all";
  if (m->has_both_scopes) write_report_truth(m, truths, file);
  for (size_t i = 0; i < m->truth.count; i++) {
    const struct truth *t = &m->truth.item[i];
    if (loses && *t->value == '\0') continue;
    csv_write_row(truths->values,
                  (const char *[]){file, t->scope, t->variable, t->category, t->value, t->status},
                  6);
  }
}

static void write_document(const struct made *base, const struct truths *truths, const char *folder,
                           size_t kind, size_t format_number) {
  const struct document_writer *writer = &document_writers[format_number];
  struct made m = *base;
  m.arena = arena_new();
  m.document = (struct document){.arena = m.arena};
  m.seed += kind * 100 + format_number;
  m.organ = format(&m, "示例市第%03zu局", 100 + kind * 12 + format_number);
  m.year = 2021 + (int)random_below(&m.seed, 4);
  m.scope = "";
  kinds[kind].make(&m);
  const char *file = format(&m, "%s-%s.%s", kinds[kind].name, writer->name, writer->ending);
  size_t size;
  const char *bytes = writer->write(&m.document, &size);
  FILE *out = open_file(format(&m, "%s/documents/%s", folder, file));
  fwrite(bytes, 1, size, out);
  fclose(out);
  write_truth(&m, truths, file, writer->loses_blank_cells);
  arena_free(m.arena);
}

static bool take_form_row(void *context, size_t number, const char *const *f,
                          struct failure *failure) {
  (void)number;
  (void)failure;
  struct made *m = context;
  *list_add(m->arena, &m->form) = (struct form_row){
      arena_text(m->arena, f[0]), arena_text(m->arena, f[1]), arena_text(m->arena, f[2]),
      arena_text(m->arena, f[3]), arena_text(m->arena, f[4])};
  return true;
}

int main(int argc, char **argv) {
  static const char *const columns[] = {"table", "axis", "id", "label", "also", NULL};
  if (argc != 3) {
    fputs("usage: generate_documents SEED FOLDER\n", stderr);
    return 2;
  }
  struct failure failure = {""};
  struct made base = {.arena = arena_new(), .seed = strtoull(argv[1], NULL, 10)};
  base.codebook = codebook_load(base.arena, "datasets", &failure);
  if (!base.codebook ||
      !csv_read("datasets/forms/forms.csv", columns, take_form_row, &base, &failure)) {
    fprintf(stderr, "%s\n", failure.text);
    return EXIT_FAILURE;
  }
  mkdir(format(&base, "%s/documents", argv[2]), 0777);
  struct truths truths = {open_file(format(&base, "%s/reports.csv", argv[2])),
                          open_file(format(&base, "%s/values.csv", argv[2])),
                          open_file(format(&base, "%s/refused.csv", argv[2]))};
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
    for (size_t i = 0; document_writers[i].name; i++)
      write_document(&base, &truths, argv[2], kind, i);
  fclose(truths.reports);
  fclose(truths.values);
  fclose(truths.refused);
  arena_free(base.arena);
  return EXIT_SUCCESS;
}
