/* `generate_panel SEED FOLDER` writes a made-up panel: FOLDER/reports/ (text in the layout of Word
 * conversions, and what else stands there), FOLDER/manifest.csv that says whose they are, and what
 * is known of them:
 *
 * truth_files.csv    source, report_id, reason: what each file gives, and why it gives nothing
 * truth_values.csv   report_id, variable, category, value, status: as it should be read
 * truth_failures.csv report_id, rule, category: the rules that what is printed breaks
 * truth_faults.csv   report_id, kind, variable, category, printed, actual, determined: what was
 * made wrong, and whether the rules leave one cell or value only truth_coverage.csv division, year,
 * state truth_trends.csv   indicator, division, slope: a year, on the logit scale, or none
 *
 * The organs do not exist, their codes are not in GB/T 2260, and every report says that it is made
 * up. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/csv_file.h"
#include "core/base/decimal.h"
#include "ingest/readers/text/text.h"
#include "tests/chance.h"
#include "tests/docx_writer.h"
#include "tests/panel.h"

struct generator {
  struct panel panel;
  const char *folder;
  struct statistics_rows statistics;
  FILE *manifest, *files, *values, *failures, *faults, *coverage, *trends;
};

static _Noreturn void give_up(const char *path) {
  perror(path);
  exit(EXIT_FAILURE);
}

static const char *path_of(const struct generator *g, const char *name) {
  return arena_format(g->panel.arena, "%s/%s", g->folder, name);
}

static FILE *open_file(const struct generator *g, const char *name) {
  const char *path = path_of(g, name);
  FILE *file = fopen(path, "w");
  if (!file) give_up(path);
  return file;
}

static void write_bytes(const struct generator *g, const char *name, const char *bytes,
                        size_t size) {
  FILE *file = open_file(g, name);
  if (fwrite(bytes, 1, size, file) != size || fclose(file) != 0) give_up(name);
}

#define TELL(file, ...)                                                                            \
  csv_write_row(file, (const char *const[]){__VA_ARGS__},                                          \
                sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

/* ---- a report as text ---- */

struct text {
  struct arena *arena;
  uint64_t *seed;
  const struct panel_report *report;
};

static const char *exact(struct arena *arena, const struct figure *figure, long long value) {
  char text[DECIMAL_TEXT_SIZE];
  struct decimal number = {value, figure_places(figure->variable)};
  if (!decimal_add(number, decimal_from(0), &number)) abort(); /* in lowest places */
  return arena_text(arena, decimal_text(number, text));
}

/* FIGURE as it stands in the report: amounts in 元 or 万元. */
static const char *print_figure(const struct text *text, const struct figure *figure) {
  struct arena *arena = text->arena;
  long long value = figure->printed;
  if (figure->shown == SHOWN_BLANK) return "";
  switch (figure->variable->type) {
    case TYPE_AMOUNT:
      if (random_below(text->seed, 2)) return arena_format(arena, "%lld元", value);
      return arena_format(arena, "%s万元", exact(arena, figure, value));
    case TYPE_PERCENT: return exact(arena, figure, value);
    case TYPE_CHANGE: return arena_format(arena, value > 0 ? "+%lld" : "%lld", value);
    default: return print_number(arena, text->seed, value);
  }
}

static const char *print_amount(void *context, const struct variable *variable, const char **unit) {
  const struct text *text = context;
  const struct figure *figure = figure_of(&text->report->figures, variable->id, "");
  if (!unit || random_below(text->seed, 2)) return exact(text->arena, figure, figure->printed);
  *unit = "元";
  return arena_format(text->arena, "%lld", figure->printed);
}

static const char *print_cell(void *context, const struct variable *variable,
                              const char *category) {
  const struct text *text = context;
  return print_figure(text, figure_of(&text->report->figures, variable->id, category));
}

/* Of two rows that are run together the first is followed by the second. */
static enum row_fate fate_of_row(void *context, const struct variable *variable) {
  const struct text *text = context;
  const struct figure *total = figure_of(&text->report->figures, variable->id, "total");
  if (total->shown == SHOWN_NOT_AT_ALL) return ROW_LEFT_OUT;
  bool last = (total + 1)->shown != SHOWN_GARBLED;
  return total->shown == SHOWN_GARBLED && !last ? ROW_RUN_TOGETHER : ROW_PRINTED;
}

static void write_prose(const struct text *text, FILE *file) {
  static const struct {
    const char *before, *variable, *after;
  } sentences[] = {
      {"（一）组织与培训。全年培训", "narrative.training_attendance", "人次。"},
      {"全区现有政府信息公开工作人员", "narrative.staff_total", "人，"},
      {"专职", "narrative.staff_full_time", "人，"},
      {"兼职", "narrative.staff_part_time", "人。\n"},
      {"（二）主动公开。全程网办率为", "narrative.online_processing_rate", "%；"},
      {"编印政府公报", "narrative.gazette_issues", "期；"},
      {"承办人大代表建议", "narrative.npc_suggestions", "件。\n"},
      {"（三）依申请公开。本年收到政府信息公开申请", "narrative.requests_received", "件"},
      {"，上年结转", "narrative.requests_carried_in", "件"},
      {"；予以公开", "narrative.requests_granted", "件"},
      {"，部分公开", "narrative.requests_partial", "件"},
      {"，不予公开", "narrative.requests_denied", "件"},
      {"，无法提供", "narrative.requests_unable", "件"},
      {"，不予处理", "narrative.requests_declined", "件"},
  };
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
    const struct figure *figure = figure_find(&text->report->figures, sentences[i].variable, "");
    if (figure)
      fprintf(file, "%s%s%s", sentences[i].before, print_figure(text, figure), sentences[i].after);
  }
  fputs("。\n", file);
}

static void write_key_areas(const struct text *text, FILE *file) {
  const char *areas[8], *values[8];
  size_t count = 0;
  for (size_t i = 0; i < text->report->figures.count; i++) {
    const struct figure *figure = &text->report->figures.item[i];
    if (figure->variable->dimension != DIMENSION_AREA) continue;
    areas[count] = figure->category;
    values[count++] = exact(text->arena, figure, figure->printed); /* charts hold plain numbers */
  }
  if (count) layout_chart(file, areas, values, count);
}

static void write_body(const struct generator *g, const struct text *text,
                       const struct report_layout *layout) {
  if (strcmp(text->report->form, "2014") == 0) {
    const struct statistics_style style = {random_below(text->seed, UNIT_PLACES), "——"};
    layout_statistics(layout, &g->statistics, &style, text->report->year);
    return;
  }
  layout_disclosure(layout);
  layout_requests(layout);
  layout_disputes(layout);
  fputs("五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n", layout->text);
}

/* ORGAN's report, published in MONTH of the year after. */
static void write_text(struct generator *g, FILE *file, const struct panel_report *report,
                       const char *organ, int month) {
  struct text text = {g->panel.arena, &g->panel.seed, report};
  struct report_layout layout = {.arena = text.arena,
                                 .codebook = g->panel.codebook,
                                 .text = file,
                                 .disclosure = report->form,
                                 .requests = report->form,
                                 .cell = print_cell,
                                 .amount = print_amount,
                                 .row = fate_of_row,
                                 .context = &text};
  fprintf(file, "%s%s%d年政府信息公开工作年度报告\n", organ, random_below(text.seed, 2) ? "\n" : "",
          report->title_year);
  fprintf(file, "本报告数据统计期限自%d年1月1日起至%d年12月31日止。\n", report->year, report->year);
  fputs("一、总体情况\n本报告为随机生成的示例，所述机关并不存在。\n", file);
  write_prose(&text, file);
  write_body(g, &text, &layout);
  fprintf(file, "%d年%d月%zu日\n", report->year + 1, month, 1 + random_below(text.seed, 28));
  write_key_areas(&text, file);
}

static const char *government_of(const struct generator *g, const struct panel_report *report) {
  return arena_format(g->panel.arena, "%s人民政府", report->district->name);
}

/* The text of the district's report in memory. */
static char *text_of(struct generator *g, const struct panel_report *report, int month) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  if (!file) give_up("memory");
  write_text(g, file, report, government_of(g, report), month);
  fclose(file);
  char *text = arena_bytes(g->panel.arena, bytes, size);
  free(bytes);
  return text;
}

/* ---- what is known ---- */

/* One file: whose it is goes into the manifest, what it gives into the truth. */
static void tell_file(const struct generator *g, const struct panel_report *report,
                      const char *name, const char *reason) {
  struct arena *arena = g->panel.arena;
  const char *year = arena_format(arena, "%d", report->year);
  bool two = report->fault && report->fault->place == FILE_WITH_OFFICE;
  const char *organ = two ? "" : government_of(g, report); /* each report in it names its own */
  const char *url = arena_format(arena, "https://%s.example/%s", report->district->code, name);
  TELL(g->manifest, name, report->district->code, organ, year, url);
  TELL(g->files, name, report->id, reason);
}

static void tell_values(const struct generator *g, const struct panel_report *report) {
  static const char *const statuses[] = {"reported", "deduced", "unreadable", "absent"};
  for (size_t i = 0; i < report->figures.count; i++) {
    const struct figure *figure = &report->figures.item[i];
    TELL(g->values, report->id, figure->variable->id, figure->category,
         exact(g->panel.arena, figure, figure->printed), statuses[figure->shown]);
  }
}

static void tell_failure(void *context, const struct panel_report *report, const char *rule,
                         const char *category) {
  const struct generator *g = context;
  TELL(g->failures, report->id, rule, category);
}

static void tell_faults(const struct generator *g, const struct panel_report *report) {
  struct arena *arena = g->panel.arena;
  for (size_t i = 0; i < report->faults.count; i++) {
    const struct fault *fault = &report->faults.item[i];
    TELL(g->faults, report->id, fault->kind->name, fault->variable, fault->category,
         arena_format(arena, "%lld", fault->printed), arena_format(arena, "%lld", fault->actual),
         fault->kind->determined ? "yes" : "no");
  }
}

static void tell_truth(struct generator *g, const struct panel_report *report) {
  tell_values(g, report);
  panel_rules(&g->panel, report, tell_failure, g);
}

/* ---- files ---- */

/* A page without text, one grey image on it. */
static const char scan[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    "4 0 obj<</Length 74>>stream\n"
    "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q\n      \nendstream "
    "endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

static void write_docx(const struct generator *g, const char *name, const char *text, bool cut) {
  static const struct docx_style style = {.charts = true};
  struct document document = {.arena = g->panel.arena};
  size_t size;
  read_text(&document, text);
  const char *bytes = docx_from(g->panel.arena, &document, &style, &size);
  write_bytes(g, name, bytes, cut ? size / 2 : size);
}

static const char *name_of(const struct generator *g, const struct panel_report *report,
                           const char *ending) {
  return arena_format(g->panel.arena, "reports/%s%s", report->id, ending);
}

static void write_text_file(const struct generator *g, const char *name, const char *text) {
  write_bytes(g, name, text, strlen(text));
}

static void write_explanation(const struct generator *g, const struct panel_report *report) {
  const char *name = name_of(g, report, "-explained.txt");
  const char *organ = government_of(g, report);
  long long received = figure_of(&report->figures, "narrative.requests_received", "")->actual;
  write_text_file(g, name,
                  arena_format(g->panel.arena,
                               "《%s%d年政府信息公开工作年度报告》解读\n"
                               "本文为随机生成的示例，所述机关并不存在。\n"
                               "一、编制背景\n按照有关规定，%s编制了年度报告。\n"
                               "二、主要内容\n报告共六个部分。全年收到政府信息公开申请%lld件。\n",
                               organ, report->year, organ, received));
  tell_file(g, report, name, "explanation");
}

static void write_with_office(struct generator *g, struct panel_report *report, const char *text) {
  const char *name = name_of(g, report, ".txt");
  struct panel_report office;
  panel_office(&g->panel, report, &office);
  FILE *file = open_file(g, name);
  fputs(text, file);
  putc('\n', file);
  write_text(g, file, &office, arena_format(g->panel.arena, "%s办公室", government_of(g, report)),
             2);
  fclose(file);
  office.id = arena_format(g->panel.arena, "%s-office", report->id);
  tell_file(g, report, name, "");
  TELL(g->files, name, office.id, "");
  tell_truth(g, &office);
}

/* The first issue is wrong, the second, of May, prints what is so. */
static void issue_again(struct generator *g, struct panel_report *report) {
  const char *first = name_of(g, report, ".txt"), *second = name_of(g, report, "-corrected.txt");
  for (size_t i = 0; i < report->figures.count; i++)
    report->figures.item[i].printed = report->figures.item[i].actual;
  write_text_file(g, second, text_of(g, report, 5));
  tell_file(g, report, first, "duplicate");
  tell_file(g, report, second, "");
}

static void write_files(struct generator *g, struct panel_report *report) {
  enum fault_place place = report->fault ? report->fault->place : IN_FIGURES;
  const char *name = name_of(g, report, ".txt"), *text = text_of(g, report, 3), *other;
  bool plain = place != FILE_MISSING && place != FILE_WITH_OFFICE && report_can_be_read(report);
  if (plain) write_text_file(g, name, text);
  if (plain && place != FILE_ISSUED_AGAIN) tell_file(g, report, name, "");
  switch (place) {
    case FILE_TWICE_SAME_BYTES:
      other = name_of(g, report, "-again.txt");
      write_text_file(g, other, text);
      tell_file(g, report, other, "duplicate");
      break;
    case FILE_TWICE_OTHER_FORMAT:
      other = name_of(g, report, "-attachment.docx");
      write_docx(g, other, text, false);
      tell_file(g, report, other, "duplicate");
      break;
    case FILE_ISSUED_AGAIN: issue_again(g, report); break;
    case FILE_EXPLAINED: write_explanation(g, report); break;
    case FILE_WITH_OFFICE: write_with_office(g, report, text); break;
    case FILE_SCANNED:
      other = name_of(g, report, ".pdf");
      write_text_file(g, other, scan);
      tell_file(g, report, other, "scanned");
      break;
    case FILE_EMPTY:
      write_text_file(g, name, "");
      tell_file(g, report, name, "empty");
      break;
    case FILE_CUT_OFF:
      other = name_of(g, report, ".docx");
      write_docx(g, other, text, true);
      tell_file(g, report, other, "unreadable_document");
      break;
    default: break;
  }
}

static const char *state_of(const struct panel_report *report) {
  enum fault_place place = report->fault ? report->fault->place : IN_FIGURES;
  bool twice = place == FILE_TWICE_SAME_BYTES || place == FILE_TWICE_OTHER_FORMAT ||
               place == FILE_ISSUED_AGAIN;
  if (place == FILE_MISSING) return "missing";
  return !report_can_be_read(report) ? "rejected" : twice ? "duplicate" : "present";
}

static void write_report(struct generator *g, struct panel_report *report) {
  write_files(g, report);
  tell_faults(g, report);
  TELL(g->coverage, report->district->code, arena_format(g->panel.arena, "%d", report->year),
       state_of(report));
  if (report_can_be_read(report)) tell_truth(g, report);
}

static void tell_trend(const struct generator *g, const struct district *district,
                       const char *indicator, double slope) {
  TELL(g->trends, indicator, district->code,
       slope != 0 ? arena_format(g->panel.arena, "%g", slope) : "none");
}

static void write_panel(struct generator *g) {
  for (size_t d = 0; d < DISTRICTS; d++) {
    const struct district *district = &g->panel.district[d];
    for (size_t y = 0; y < YEARS; y++) write_report(g, &g->panel.report[d][y]);
    tell_trend(g, district, "carry_out_share", district->carried_slope);
    tell_trend(g, district, "disclosure_rate", district->disclosed_slope);
    tell_trend(g, district, "online_request_share", district->online_slope);
  }
}

/* Opens what is written beside the reports, each with its heading. */
static void open_files(struct generator *g) {
  const char *reports = path_of(g, "reports");
  if ((mkdir(g->folder, 0777) != 0 && errno != EEXIST) ||
      (mkdir(reports, 0777) != 0 && errno != EEXIST))
    give_up(reports);
  TELL(g->manifest = open_file(g, "manifest.csv"), "source", "division", "organ", "year", "url");
  TELL(g->files = open_file(g, "truth_files.csv"), "source", "report_id", "reason");
  TELL(g->values = open_file(g, "truth_values.csv"), "report_id", "variable", "category", "value",
       "status");
  TELL(g->failures = open_file(g, "truth_failures.csv"), "report_id", "rule", "category");
  TELL(g->faults = open_file(g, "truth_faults.csv"), "report_id", "kind", "variable", "category",
       "printed", "actual", "determined");
  TELL(g->coverage = open_file(g, "truth_coverage.csv"), "division", "year", "state");
  TELL(g->trends = open_file(g, "truth_trends.csv"), "indicator", "division", "slope");
}

static void close_files(const struct generator *g) {
  FILE *const files[] = {g->manifest, g->files,    g->values, g->failures,
                         g->faults,   g->coverage, g->trends};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (fclose(files[i]) != 0) give_up(g->folder);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("usage: generate_panel SEED FOLDER\n", stderr);
    return 2;
  }
  struct failure failure = {""};
  unsigned long seed = strtoul(argv[1], NULL, 10);
  struct generator g = {.folder = argv[2]};
  g.panel.arena = arena_new();
  g.panel.seed = seed;
  g.panel.random = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(g.panel.random, seed);
  g.panel.codebook = codebook_load(g.panel.arena, "datasets", &failure);
  if (!g.panel.codebook ||
      !statistics_rows_load(g.panel.arena, g.panel.codebook, &g.statistics, &failure)) {
    fprintf(stderr, "%s\n", failure.text);
    return EXIT_FAILURE;
  }
  open_files(&g);
  panel_history(&g.panel);
  panel_faults(&g.panel);
  write_panel(&g);
  close_files(&g);
  gsl_rng_free(g.panel.random);
  arena_free(g.panel.arena);
  return EXIT_SUCCESS;
}
