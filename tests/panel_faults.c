/* Makes reports wrong on purpose: which kinds of faults there are, how often, and how each changes
 * what is printed. Knows nothing of files. */
#include <string.h>

#include "tests/chance.h"
#include "tests/panel.h"

/* ---- picking ---- */

static size_t below(struct panel *panel, size_t bound) {
  return random_below(&panel->seed, bound);
}

static bool is_in_section(const struct figure *figure, const char *section) {
  return strcmp(figure->variable->section, section) == 0;
}

/* A figure of SECTION, any with the same chance. */
static struct figure *pick(struct panel *panel, const struct panel_report *report,
                           const char *section) {
  size_t count = 0;
  for (size_t i = 0; i < report->figures.count; i++)
    count += is_in_section(&report->figures.item[i], section);
  size_t left = below(panel, count ? count : 1);
  for (size_t i = 0; i < report->figures.count; i++)
    if (is_in_section(&report->figures.item[i], section) && left-- == 0)
      return &report->figures.item[i];
  return NULL;
}

/* The figures of the row of VARIABLE, by class. */
static void find_row(const struct panel *panel, const struct panel_report *report,
                     const char *variable, struct figure *row[CLASSES + 1]) {
  for (size_t c = 0; c <= CLASSES; c++)
    row[c] = figure_of(&report->figures, variable, panel->codebook->applicant[c].id);
}

static bool is_total(const struct figure *figure) {
  return strcmp(figure->category, "total") == 0;
}

/* Notes that FIGURE is not printed as it is. */
static void note(struct panel *panel, struct panel_report *report, const struct figure *figure) {
  *list_add(panel->arena, &report->faults) = (struct fault){.variable = figure->variable->id,
                                                            .category = figure->category,
                                                            .printed = figure->printed,
                                                            .actual = figure->actual};
}

static void misprint(struct panel *panel, struct panel_report *report, struct figure *figure,
                     long long printed) {
  figure->printed = printed;
  if (printed != figure->actual) note(panel, report, figure);
}

static void hide(struct panel *panel, struct panel_report *report, struct figure *figure,
                 enum shown shown) {
  figure->shown = shown;
  note(panel, report, figure);
}

/* ---- one cell ---- */

static long long another(struct panel *panel, long long value) {
  long long change = 1 + (long long)below(panel, 9);
  return below(panel, 2) && value >= change ? value - change : value + change;
}

static bool unbalance(struct panel *panel, struct panel_report *report, const char *section) {
  struct figure *figure = pick(panel, report, section);
  if (!figure) return false;
  misprint(panel, report, figure, another(panel, figure->actual));
  return true;
}

static bool unbalance_requests(struct panel *panel, struct panel_report *report) {
  return unbalance(panel, report, "requests");
}

static bool unbalance_disputes(struct panel *panel, struct panel_report *report) {
  return unbalance(panel, report, "disputes");
}

/* Two neighbouring digits change places. */
static bool transpose(struct panel *panel, struct panel_report *report) {
  struct figure *figure = pick(panel, report, "requests");
  if (!figure) return false;
  for (long long place = 1; figure->actual >= 10 * place; place *= 10) {
    long long low = figure->actual / place % 10, high = figure->actual / (10 * place) % 10;
    bool leads = figure->actual < 100 * place;
    if (low == high || (leads && low == 0)) continue;
    misprint(panel, report, figure, figure->actual + (low - high) * 9 * place);
    return true;
  }
  return false;
}

/* A count that prose repeats is not that of the table. */
static bool disagree(struct panel *panel, struct panel_report *report) {
  static const char *const restated[] = {
      "narrative.requests_received", "narrative.requests_carried_in", "narrative.requests_granted",
      "narrative.requests_partial",  "narrative.requests_denied",     "narrative.requests_unable",
      "narrative.requests_declined"};
  struct figure *figure = figure_of(&report->figures, restated[below(panel, 7)], "");
  misprint(panel, report, figure, another(panel, figure->actual));
  return true;
}

/* In the sum of all replies and in that of the grounds of denial: no other cell is in both. */
static bool unbalance_denials(struct panel *panel, struct panel_report *report) {
  struct figure *figure = figure_of(&report->figures, "form2014.replies.denied", "");
  misprint(panel, report, figure, another(panel, figure->actual));
  return true;
}

/* In one sum only. */
static bool unbalance_statistic(struct panel *panel, struct panel_report *report) {
  static const char *const summed[] = {
      "form2014.requests.received", "form2014.requests.online",        "form2014.requests.extended",
      "form2014.replies.granted",   "form2014.replies.denied.privacy", "form2014.review.upheld",
      "form2014.review.total",      "form2014.litigation.other"};
  struct figure *figure = figure_of(&report->figures, summed[below(panel, 8)], "");
  misprint(panel, report, figure, another(panel, figure->actual));
  return true;
}

static bool leave_cell_blank(struct panel *panel, struct panel_report *report) {
  struct figure *figure = pick(panel, report, "requests");
  if (!figure || figure->actual == 0 || is_total(figure)) return false;
  hide(panel, report, figure, SHOWN_BLANK);
  return true;
}

/* ---- several cells ---- */

static bool swap(struct panel *panel, struct panel_report *report) {
  struct figure *one = pick(panel, report, "requests"), *other = pick(panel, report, "requests");
  if (!one || !other) return false;
  bool same_row = one->variable == other->variable;
  bool same_column = strcmp(one->category, other->category) == 0;
  if (same_row == same_column || one->actual == other->actual) return false;
  misprint(panel, report, one, other->actual);
  misprint(panel, report, other, one->actual);
  return true;
}

/* Every value of a row stands one column to the right; the last is lost. */
static bool shift(struct panel *panel, struct panel_report *report) {
  struct figure *figure = pick(panel, report, "requests"), *row[CLASSES + 1];
  if (!figure) return false;
  find_row(panel, report, figure->variable->id, row);
  if (row[0]->actual == 0) return false;
  for (size_t c = CLASSES; c > 0; c--) misprint(panel, report, row[c], row[c - 1]->actual);
  misprint(panel, report, row[0], 0);
  return true;
}

static bool leave_totals_blank(struct panel *panel, struct panel_report *report) {
  for (size_t i = 0; i < report->figures.count; i++) {
    struct figure *figure = &report->figures.item[i];
    if (is_in_section(figure, "requests") && is_total(figure))
      hide(panel, report, figure, SHOWN_BLANK);
  }
  return report->faults.count > 0;
}

static bool leave_total_row_blank(struct panel *panel, struct panel_report *report) {
  struct figure *row[CLASSES + 1];
  find_row(panel, report, "outcome.total", row);
  for (size_t c = 0; c <= CLASSES; c++) hide(panel, report, row[c], SHOWN_BLANK);
  return true;
}

static void hide_row(struct panel *panel, struct panel_report *report, const char *variable,
                     enum shown shown) {
  struct figure *row[CLASSES + 1];
  find_row(panel, report, variable, row);
  for (size_t c = 0; c <= CLASSES; c++) hide(panel, report, row[c], shown);
}

/* A row of a ground is not printed: EMPTY ones as nothing was to be told, or others. */
static bool leave_row_out(struct panel *panel, struct panel_report *report, bool empty) {
  const struct figure *figure = pick(panel, report, "requests");
  if (!figure || !is_total(figure) || strncmp(figure->variable->id, "outcome.", 8) != 0 ||
      !strchr(figure->variable->id + 8, '.') || (figure->actual == 0) != empty)
    return false;
  hide_row(panel, report, figure->variable->id, SHOWN_NOT_AT_ALL);
  return true;
}

static bool leave_empty_row_out(struct panel *panel, struct panel_report *report) {
  return leave_row_out(panel, report, true);
}

static bool lose_row(struct panel *panel, struct panel_report *report) {
  return leave_row_out(panel, report, false);
}

/* Two neighbouring rows of a group of grounds in one. */
static bool run_rows_together(struct panel *panel, struct panel_report *report) {
  static const char *const pairs[][2] = {
      {"outcome.denied.third_party", "outcome.denied.internal_affairs"},
      {"outcome.unable.not_held", "outcome.unable.needs_creation"},
      {"outcome.declined.petition", "outcome.declined.repeat"}};
  size_t pair = below(panel, 3);
  hide_row(panel, report, pairs[pair][0], SHOWN_GARBLED);
  hide_row(panel, report, pairs[pair][1], SHOWN_GARBLED);
  return true;
}

/* Natural persons' requests that were carried over are told as new ones: all sums of the year hold,
 * and what the year before carried over is not what came. */
static bool forget_carried(struct panel *panel, struct panel_report *report) {
  static const char *const classes[] = {"natural_person", "total"};
  long long number = 1 + (long long)below(panel, 4);
  if (figure_of(&report->figures, "requests.carried_in", classes[0])->actual < number) return false;
  for (size_t i = 0; i < 2; i++) {
    struct figure *in = figure_of(&report->figures, "requests.carried_in", classes[i]);
    struct figure *received = figure_of(&report->figures, "requests.received", classes[i]);
    misprint(panel, report, in, in->actual - number);
    misprint(panel, report, received, received->actual + number);
  }
  struct figure *in = figure_of(&report->figures, "narrative.requests_carried_in", "");
  struct figure *received = figure_of(&report->figures, "narrative.requests_received", "");
  misprint(panel, report, in, in->actual - number);
  misprint(panel, report, received, received->actual + number);
  return true;
}

/* ---- title and file ---- */

static bool mistake_year(struct panel *panel, struct panel_report *report) {
  report->title_year += below(panel, 2) ? 1 : -1;
  *list_add(panel->arena, &report->faults) = (struct fault){
      .variable = "", .category = "", .printed = report->title_year, .actual = report->year};
  return true;
}

static bool mistake_file(struct panel *panel, struct panel_report *report) {
  *list_add(panel->arena, &report->faults) = (struct fault){.variable = "", .category = ""};
  return true;
}

/* ---- all ---- */

#define TABLES "2019 2021" /* the forms with tables by applicant */

static const struct fault_kind kinds[] = {
    {"unbalanced_cell", TABLES, 12, IN_FIGURES, true, unbalance_requests},
    {"transposed_digits", TABLES, 8, IN_FIGURES, true, transpose},
    {"prose_disagrees", TABLES, 4, IN_FIGURES, true, disagree},
    {"unbalanced_dispute", TABLES, 3, IN_FIGURES, false, unbalance_disputes},
    {"swapped_cells", TABLES, 4, IN_FIGURES, false, swap},
    {"shifted_row", TABLES, 3, IN_FIGURES, false, shift},
    {"blank_totals", TABLES, 2, IN_FIGURES, true, leave_totals_blank},
    {"blank_total_row", TABLES, 2, IN_FIGURES, true, leave_total_row_blank},
    {"blank_cell", TABLES, 2, IN_FIGURES, true, leave_cell_blank},
    {"empty_row_left_out", TABLES, 2, IN_FIGURES, false, leave_empty_row_out},
    {"row_lost", TABLES, 2, IN_FIGURES, false, lose_row},
    {"rows_run_together", TABLES, 2, IN_FIGURES, false, run_rows_together},
    {"carried_forgotten", TABLES, 2, IN_FIGURES, false, forget_carried},
    {"unbalanced_denials", "2014", 3, IN_FIGURES, true, unbalance_denials},
    {"unbalanced_statistic", "2014", 6, IN_FIGURES, false, unbalance_statistic},
    {"issued_again", TABLES, 2, FILE_ISSUED_AGAIN, false, unbalance_requests},
    {"issued_again", "2014", 1, FILE_ISSUED_AGAIN, false, unbalance_denials},
    {"wrong_year_in_title", "any", 3, IN_TITLE, true, mistake_year},
    {"missing_year", "any", 4, FILE_MISSING, false, mistake_file},
    {"duplicate_same_bytes", "any", 3, FILE_TWICE_SAME_BYTES, false, mistake_file},
    {"duplicate_other_format", "any", 3, FILE_TWICE_OTHER_FORMAT, false, mistake_file},
    {"explanation_page", "any", 3, FILE_EXPLAINED, false, mistake_file},
    {"two_reports_in_file", "any", 3, FILE_WITH_OFFICE, false, mistake_file},
    {"scanned", "any", 2, FILE_SCANNED, false, mistake_file},
    {"empty_file", "any", 1, FILE_EMPTY, false, mistake_file},
    {"cut_off_file", "any", 2, FILE_CUT_OFF, false, mistake_file}};

bool report_can_be_read(const struct panel_report *report) {
  if (!report->fault) return true;
  enum fault_place place = report->fault->place;
  return place != FILE_MISSING && place != FILE_SCANNED && place != FILE_EMPTY &&
         place != FILE_CUT_OFF;
}

static void plant(struct panel *panel, const struct fault_kind *kind) {
  for (;;) {
    struct panel_report *report = &panel->report[below(panel, DISTRICTS)][below(panel, YEARS)];
    if (report->fault || !forms_overlap(kind->forms, report->form) || !kind->plant(panel, report))
      continue;
    report->fault = kind;
    for (size_t i = 0; i < report->faults.count; i++) report->faults.item[i].kind = kind;
    return;
  }
}

void panel_faults(struct panel *panel) {
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (size_t i = 0; i < kinds[k].times; i++) plant(panel, &kinds[k]);
}
