/* Made-up reports from a seed number: `generate_reports SEED COUNT FOLDER` writes COUNT reports as
 * text in the layout of Word conversions (FOLDER/N.txt), and what a correct reading finds
 * (FOLDER/N.csv: variable, category, value, unit, status). The organs do not exist, and every
 * report says that it is made up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/arena.h"
#include "datasets/codebook.h"
#include "datasets/csv_file.h"
#include "datasets/decimal.h"
#include "tests/support.h"

/* A row of the table of 2014, with the label of forms.csv; no variable: a title of rows. */
struct statistics_row {
  const char *label;
  const struct variable *variable;
};

struct generator {
  struct arena *arena;
  const struct codebook *codebook;
  uint64_t seed;
  FILE *text, *truth;
  int year;
  const char *disclosure, *requests; /* the forms of these sections: offices mix them */

  /* the table of 2014 */
  LIST_OF(struct statistics_row) statistics;
  enum { UNIT_COLUMN, UNIT_IN_LABEL, NO_UNIT, UNIT_PLACES } unit_place;
  const char *title_cells; /* beside a title of rows; NULL: none */
};

/* True once in N times. */
static bool once_in(struct generator *g, size_t n) {
  return random_below(&g->seed, n) == 0;
}

static void tell(const struct generator *g, const struct variable *variable, const char *category,
                 const char *value, const char *status) {
  const char *fields[] = {variable->id, category, value, variable->unit, status};
  csv_write_row(g->truth, fields, sizeof fields / sizeof *fields);
}

/* NUMBER as reports print it: plain, with separators, full-width, or with spaces. */
static const char *printed(struct generator *g, long long number) {
  const char *plain = arena_format(g->arena, "%lld", number);
  char *text = arena_alloc(g->arena, strlen(plain) * 4 + 1), *end = text;
  size_t style = random_below(&g->seed, 12), length = strlen(plain);
  for (size_t i = 0; i < length; i++) {
    if (style == 0 && number > 0 && i > 0 && (length - i) % 3 == 0) *end++ = ',';
    if (style == 1 && plain[i] >= '0')
      end += sprintf(end, "\xef\xbc%c", 0x90 + (plain[i] - '0'));
    else
      *end++ = plain[i];
  }
  return text;
}

/* A cell of VARIABLE: mostly a number, sometimes blank or a dash; tells the truth of it. */
static const char *cell(struct generator *g, const struct variable *variable,
                        const char *category) {
  if (once_in(g, 40)) {
    tell(g, variable, category, "", "blank");
    return "";
  }
  if (once_in(g, 40)) {
    static const char *const none[] = {"/", "—", "-", "无"};
    tell(g, variable, category, "", "not_applicable");
    return none[random_below(&g->seed, 4)];
  }
  long long number =
      once_in(g, 2) ? 0 : (long long)random_below(&g->seed, once_in(g, 5) ? 100000 : 300);
  if (variable->type == TYPE_CHANGE && once_in(g, 2)) number = -number;
  if (variable->type == TYPE_AMOUNT) {
    char text[DECIMAL_TEXT_SIZE];
    struct decimal amount = {number * 10000 + (long long)random_below(&g->seed, 10000), 4};
    if (!decimal_add(amount, decimal_from(0), &amount)) abort(); /* in lowest places */
    tell(g, variable, category, decimal_text(amount, text), "reported");
    return arena_format(g->arena, "%s万元", text);
  }
  tell(g, variable, category, arena_format(g->arena, "%lld", number), "reported");
  if (number > 0 && variable->type == TYPE_CHANGE && once_in(g, 2))
    return arena_format(g->arena, "+%lld", number);
  return printed(g, number);
}

static void put(const struct generator *g, const char *text) {
  fprintf(g->text, "\t%s\n", text);
}

static void end_row(const struct generator *g) {
  putc('\n', g->text);
}

/* The part of a label before or behind its last `·`. */
static const char *head_of(struct generator *g, const char *label) {
  const char *last = NULL;
  for (const char *at = label; (at = strstr(at, "·")); at += strlen("·")) last = at;
  return last ? arena_bytes(g->arena, label, (size_t)(last - label)) : "";
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

static struct disclosure_row disclosure_row(struct generator *g, const char *item) {
  struct disclosure_row row = {.heading = ""};
  size_t length = strlen(item);
  for (size_t i = 0; i < g->codebook->variables; i++) {
    const struct variable *variable = &g->codebook->variable[i];
    bool is_of_item = strncmp(variable->id, item, length) == 0 && variable->id[length] == '.';
    if (!is_of_item || !forms_overlap(variable->forms, g->disclosure)) continue;
    *list_add(g->arena, &row.variables) = variable;
    row.heading = arena_format(g->arena, "%s|%s", row.heading, tail_of(variable->label_zh));
  }
  return row;
}

static void write_disclosure(struct generator *g) {
  static const char *const items[] = {"regulations",    "normative_documents", "licensing",
                                      "other_services", "penalties",           "coercion",
                                      "fees",           "procurement"};
  const char *heading = "";
  fputs("二、主动公开政府信息情况\n", g->text);
  for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
    struct disclosure_row row = disclosure_row(g, items[i]);
    if (row.variables.count == 0) continue;
    if (strcmp(row.heading, heading) != 0) {
      put(g, "信息内容");
      for (size_t j = 0; j < row.variables.count; j++)
        put(g, tail_of(row.variables.item[j]->label_zh));
      end_row(g);
      heading = row.heading;
    }
    put(g, head_of(g, row.variables.item[0]->label_zh));
    for (size_t j = 0; j < row.variables.count; j++) put(g, cell(g, row.variables.item[j], ""));
    end_row(g);
  }
  end_row(g);
}

/* ---- section 3 ---- */

static void write_applicants(const struct generator *g) {
  fputs("三、收到和处理政府信息公开申请情况\n"
        "\t（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n\t申请人情况\n\n"
        "\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t\n",
        g->text);
  for (size_t i = 1; i + 2 < g->codebook->applicants; i++)
    put(g, g->codebook->applicant[i].label_zh);
  fputs("\t其他\n\t\n\n", g->text);
}

static void write_request_row(struct generator *g, const struct variable *variable,
                              const char **group, bool *first_outcome) {
  const char *head = head_of(g, variable->label_zh), *tail = tail_of(variable->label_zh);
  bool is_outcome = strncmp(variable->id, "outcome.", strlen("outcome.")) == 0;
  if (is_outcome) {
    put(g, *first_outcome ? "三、本年度办理结果" : "");
    *first_outcome = false;
    if (*head) put(g, strcmp(head, *group) == 0 ? "" : head);
  }
  *group = head;
  put(g, tail);
  for (size_t i = 0; i < g->codebook->applicants; i++)
    put(g, cell(g, variable, g->codebook->applicant[i].id));
  end_row(g);
}

static void write_requests(struct generator *g) {
  const char *group = "";
  bool first_outcome = true;
  write_applicants(g);
  for (size_t i = 0; i < g->codebook->variables; i++) {
    const struct variable *variable = &g->codebook->variable[i];
    if (strcmp(variable->section, "requests") == 0 && forms_overlap(variable->forms, g->requests))
      write_request_row(g, variable, &group, &first_outcome);
  }
  end_row(g);
}

/* ---- section 4 ---- */

static void write_disputes(struct generator *g) {
  static const char *const results[] = {"结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结",
                                        "总计"};
  fputs("四、政府信息公开行政复议、行政诉讼情况\n\t行政复议\n\t行政诉讼\n\n", g->text);
  for (size_t i = 0; i < 5; i++) put(g, results[i]);
  fputs("\t未经复议直接起诉\n\t复议后起诉\n\n", g->text);
  for (size_t i = 0; i < 5; i++) put(g, "");
  for (size_t i = 0; i < 10; i++) put(g, results[i % 5]);
  end_row(g);
  for (size_t i = 0; i < g->codebook->variables; i++)
    if (strcmp(g->codebook->variable[i].section, "disputes") == 0)
      put(g, cell(g, &g->codebook->variable[i], ""));
  fputs("\n\n", g->text);
}

/* ---- the statistics table of 2014 ---- */

static bool take_statistics_row(void *context, size_t line, const char *const *f,
                                struct failure *failure) {
  (void)line;
  (void)failure;
  struct generator *g = context;
  bool is_title = strcmp(f[1], "title") == 0;
  if (strcmp(f[0], "statistics_2014") != 0 || (!is_title && strcmp(f[1], "row") != 0)) return true;
  *list_add(g->arena, &g->statistics) = (struct statistics_row){
      arena_text(g->arena, f[3]), is_title ? NULL : codebook_find(g->codebook, f[2])};
  return true;
}

/* An amount of whole yuan, in *UNIT: 万元, or 元 where the row can say so. */
static const char *amount(struct generator *g, const struct variable *variable, const char **unit) {
  char text[DECIMAL_TEXT_SIZE];
  long long yuan = (long long)random_below(&g->seed, once_in(g, 2) ? 5000 : 5000000);
  struct decimal value = {yuan, 4};
  if (!decimal_add(value, decimal_from(0), &value)) abort(); /* in lowest places */
  tell(g, variable, "", decimal_text(value, text), "reported");
  if (g->unit_place == NO_UNIT || once_in(g, 2)) return arena_text(g->arena, text);
  *unit = "元";
  return arena_format(g->arena, "%lld", yuan);
}

static void write_title(struct generator *g, const char *label) {
  put(g, label);
  for (size_t i = 0; g->title_cells && i < (g->unit_place == UNIT_COLUMN ? 2 : 1); i++)
    put(g, g->title_cells);
}

static void write_statistics_row(struct generator *g, const struct statistics_row *row) {
  const char *unit = row->variable->unit;
  const char *value = row->variable->type == TYPE_AMOUNT ? amount(g, row->variable, &unit)
                                                         : cell(g, row->variable, "");
  if (g->unit_place == UNIT_IN_LABEL)
    put(g, arena_format(g->arena, "%s（%s）", row->label, unit));
  else
    put(g, row->label);
  if (g->unit_place == UNIT_COLUMN) put(g, unit);
  put(g, value);
}

static void write_statistics(struct generator *g) {
  static const char *const beside_titles[] = {NULL, "", "——"};
  g->unit_place = random_below(&g->seed, UNIT_PLACES);
  g->title_cells = beside_titles[random_below(&g->seed, 3)];
  fprintf(g->text, "政府信息公开情况统计表\n（%d年度）\n填报单位（盖章）：示例\n", g->year);
  put(g, "统 计 指 标");
  if (g->unit_place == UNIT_COLUMN) put(g, "单位");
  put(g, "统计数");
  end_row(g);
  for (size_t i = 0; i < g->statistics.count; i++) {
    const struct statistics_row *row = &g->statistics.item[i];
    if (row->variable)
      write_statistics_row(g, row);
    else
      write_title(g, row->label);
    end_row(g);
  }
  end_row(g);
  fputs("单位负责人：甲　审核人：乙　填报人：丙\n", g->text);
}

/* ---- prose and chart ---- */

struct sentence {
  const char *variable;
  const char *before, *after; /* the number stands between */
};

static void write_sentence(struct generator *g, const struct sentence *sentence) {
  const struct variable *variable = codebook_find(g->codebook, sentence->variable);
  long long number = (long long)random_below(&g->seed, variable->type == TYPE_PERCENT ? 101 : 5000);
  tell(g, variable, "", arena_format(g->arena, "%lld", number), "reported");
  fprintf(g->text, "%s%s%s", sentence->before, printed(g, number), sentence->after);
}

static void write_overview(struct generator *g) {
  static const struct sentence sentences[] = {
      {"narrative.requests_received", "本年共收到政府信息公开申请", "件。"},
      {"narrative.training_attendance", "全年培训", "人次。"},
      {"narrative.staff_total", "现有政务公开工作人员", "人。"},
      {"narrative.gazette_issues", "编印政府公报", "期。"},
      {"narrative.new_media_accounts", "开设政务新媒体", "个。"},
      {"narrative.interpretations_text", "发布文字解读", "篇。"},
      {"narrative.npc_suggestions", "承办人大代表建议", "件。"},
      {"narrative.service_satisfaction_rate", "政务服务满意度为", "%。"},
  };
  fputs("一、总体情况\n本报告的数字均为随机生成的示例数据，不对应任何机关。", g->text);
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    if (!once_in(g, 3)) write_sentence(g, &sentences[i]);
  putc('\n', g->text);
}

static void write_chart(struct generator *g) {
  static const char *const areas[] = {"示例领域甲", "“乙、丙”监管", "丁与戊", "己类信息", "庚方面"};
  const struct variable *variable = codebook_find(g->codebook, "key_area.items");
  size_t count = 2 + random_below(&g->seed, 4);
  const char *values = "";
  fputs("\n重点领域信息统计\n信息数", g->text);
  for (size_t i = 0; i < count; i++) {
    const char *value = arena_format(g->arena, "%zu", random_below(&g->seed, 500));
    fprintf(g->text, "\t%s", areas[i]);
    values = arena_format(g->arena, "%s\t%s", values, value);
    tell(g, variable, areas[i], value, "reported");
  }
  fprintf(g->text, "%s\n", values);
}

static void write_report(struct generator *g, size_t number) {
  static const char *const organs[] = {"区人民政府", "县人民政府", "区教育局", "区示例街道办事处"};
  g->year = 2014 + (int)random_below(&g->seed, 12);
  g->disclosure = g->year >= 2021 ? "2021" : "2019";
  g->requests = once_in(g, 4) ? "2019" : g->disclosure;
  fprintf(g->text, "示例市第%03zu%s\n%d年政府信息公开工作年度报告\n", number,
          organs[random_below(&g->seed, 4)], g->year);
  fprintf(g->text, "本报告数据统计期限自%d年1月1日起至%d年12月31日止。\n", g->year, g->year);
  write_overview(g);
  if (g->year >= 2019) {
    write_disclosure(g);
    write_requests(g);
    write_disputes(g);
    fputs("五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n", g->text);
  }
  if (g->year < 2019 || (g->year == 2019 && once_in(g, 2))) write_statistics(g);
  fprintf(g->text, "%d年1月%zu日\n", g->year + 1, 1 + random_below(&g->seed, 31));
  if (once_in(g, 2)) write_chart(g);
}

static FILE *open_file(struct generator *g, const char *folder, size_t number, const char *kind) {
  const char *path = arena_format(g->arena, "%s/%03zu.%s", folder, number, kind);
  FILE *file = fopen(path, "w");
  if (file) return file;
  perror(path);
  exit(EXIT_FAILURE);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fputs("usage: generate_reports SEED COUNT FOLDER\n", stderr);
    return 2;
  }
  static const char *const columns[] = {"table", "axis", "id", "label", NULL};
  struct failure failure = {""};
  struct generator g = {.arena = arena_new(), .seed = strtoull(argv[1], NULL, 10)};
  g.codebook = codebook_load(g.arena, "datasets", &failure);
  if (!g.codebook || !csv_read("datasets/forms.csv", columns, take_statistics_row, &g, &failure)) {
    fprintf(stderr, "%s\n", failure.text);
    return EXIT_FAILURE;
  }
  size_t count = strtoull(argv[2], NULL, 10);
  for (size_t i = 1; i <= count; i++) {
    g.text = open_file(&g, argv[3], i, "txt");
    g.truth = open_file(&g, argv[3], i, "csv");
    write_report(&g, i);
    fclose(g.text);
    fclose(g.truth);
  }
  arena_free(g.arena);
  return EXIT_SUCCESS;
}
