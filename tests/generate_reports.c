/* Made-up reports from a seed number: `generate_reports SEED COUNT FOLDER` writes COUNT reports as
 * text in the layout of Word conversions (FOLDER/N.txt), and what a correct reading finds
 * (FOLDER/N.csv: variable, category, value, unit, status). The organs do not exist, and every
 * report says that it is made up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/csv_file.h"
#include "core/base/decimal.h"
#include "core/model/codebook.h"
#include "tests/report_layout.h"
#include "tests/support.h"

struct generator {
  struct arena *arena;
  const struct codebook *codebook;
  uint64_t seed;
  FILE *truth;
  struct report_layout layout;
  int year;
  struct statistics_rows statistics; /* of the table of 2014 */
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

/* A cell of VARIABLE: mostly a number, sometimes blank or a dash; tells the truth of it. */
static const char *cell(void *context, const struct variable *variable, const char *category) {
  struct generator *g = context;
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
  return print_number(g->arena, &g->seed, number);
}

/* An amount of whole yuan, in *UNIT: 万元, or 元 where the table can say so. */
static const char *yuan_cell(void *context, const struct variable *variable, const char **unit) {
  struct generator *g = context;
  char text[DECIMAL_TEXT_SIZE];
  long long yuan = (long long)random_below(&g->seed, once_in(g, 2) ? 5000 : 5000000);
  struct decimal value = {yuan, 4};
  if (!decimal_add(value, decimal_from(0), &value)) abort(); /* in lowest places */
  tell(g, variable, "", decimal_text(value, text), "reported");
  if (!unit || once_in(g, 2)) return arena_text(g->arena, text);
  *unit = "元";
  return arena_format(g->arena, "%lld", yuan);
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
  fprintf(g->layout.text, "%s%s%s", sentence->before, print_number(g->arena, &g->seed, number),
          sentence->after);
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
  fputs("一、总体情况\n本报告的数字均为随机生成的示例数据，不对应任何机关。", g->layout.text);
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    if (!once_in(g, 3)) write_sentence(g, &sentences[i]);
  putc('\n', g->layout.text);
}

static void write_chart(struct generator *g) {
  static const char *const areas[] = {"示例领域甲", "“乙、丙”监管", "丁与戊", "己类信息", "庚方面"};
  const struct variable *variable = codebook_find(g->codebook, "key_area.items");
  size_t count = 2 + random_below(&g->seed, 4);
  const char *values[5];
  for (size_t i = 0; i < count; i++) {
    values[i] = arena_format(g->arena, "%zu", random_below(&g->seed, 500));
    tell(g, variable, areas[i], values[i], "reported");
  }
  layout_chart(g->layout.text, areas, values, count);
}

static void write_statistics(struct generator *g) {
  static const char *const beside_titles[] = {NULL, "", "——"};
  struct statistics_style style = {.unit_place = random_below(&g->seed, UNIT_PLACES)};
  style.title_cells = beside_titles[random_below(&g->seed, 3)];
  layout_statistics(&g->layout, &g->statistics, &style, g->year);
}

static void write_report(struct generator *g, size_t number) {
  static const char *const organs[] = {"区人民政府", "县人民政府", "区教育局", "区示例街道办事处"};
  g->year = 2014 + (int)random_below(&g->seed, 12);
  g->layout.disclosure = g->year >= 2021 ? "2021" : "2019";
  g->layout.requests = once_in(g, 4) ? "2019" : g->layout.disclosure;
  fprintf(g->layout.text, "示例市第%03zu%s\n%d年政府信息公开工作年度报告\n", number,
          organs[random_below(&g->seed, 4)], g->year);
  fprintf(g->layout.text, "本报告数据统计期限自%d年1月1日起至%d年12月31日止。\n", g->year, g->year);
  write_overview(g);
  if (g->year >= 2019) {
    layout_disclosure(&g->layout);
    layout_requests(&g->layout);
    layout_disputes(&g->layout);
    fputs("五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n", g->layout.text);
  }
  if (g->year < 2019 || (g->year == 2019 && once_in(g, 2))) write_statistics(g);
  fprintf(g->layout.text, "%d年1月%zu日\n", g->year + 1, 1 + random_below(&g->seed, 31));
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
  struct failure failure = {""};
  struct generator g = {.arena = arena_new(), .seed = strtoull(argv[1], NULL, 10)};
  g.codebook = codebook_load(g.arena, "datasets", &failure);
  if (!g.codebook || !statistics_rows_load(g.arena, g.codebook, &g.statistics, &failure)) {
    fprintf(stderr, "%s\n", failure.text);
    return EXIT_FAILURE;
  }
  g.layout = (struct report_layout){
      .arena = g.arena, .codebook = g.codebook, .cell = cell, .amount = yuan_cell, .context = &g};
  size_t count = strtoull(argv[2], NULL, 10);
  for (size_t i = 1; i <= count; i++) {
    g.layout.text = open_file(&g, argv[3], i, "txt");
    g.truth = open_file(&g, argv[3], i, "csv");
    write_report(&g, i);
    fclose(g.layout.text);
    fclose(g.truth);
  }
  arena_free(g.arena);
  return EXIT_SUCCESS;
}
