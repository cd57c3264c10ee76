/* The sums of the forms, by hand: which of them what a report prints breaks. Knows nothing of
 * edit_rules.csv but the names, so that the two can be held against each other. */
#include <string.h>

#include "tests/panel.h"

/* A sum of printed figures; unknown where one of them cannot be seen, nor follows from others. */
struct sum {
  long long value;
  size_t terms;
  bool unknown;
};

/* Adds VARIABLE, or all variables below it where it ends in a dot. */
static void add(struct sum *sum, const struct figures *figures, const char *variable,
                const char *category, int sign) {
  size_t length = strlen(variable);
  bool below = variable[length - 1] == '.';
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->item[i];
    if (strncmp(figure->variable->id, variable, length) != 0) continue;
    if ((!below && figure->variable->id[length]) || strcmp(figure->category, category) != 0)
      continue;
    sum->value += sign * figure->printed;
    sum->terms++;
    sum->unknown |= figure->shown == SHOWN_GARBLED || figure->shown == SHOWN_NOT_AT_ALL;
  }
}

enum { MOST_TERMS = 9 };

/* What adds up to TOTAL. A variable that ends in a dot is all below it. */
struct rule {
  const char *name, *total, *part[MOST_TERMS];
};

/* True where the parts, in CATEGORY, and the total, in its own, are seen and differ. */
static bool breaks(const struct figures *figures, const struct rule *rule, const char *category,
                   const char *category_of_total) {
  struct sum total = {0}, parts = {0};
  add(&total, figures, rule->total, category_of_total, 1);
  for (size_t i = 0; i < MOST_TERMS && rule->part[i]; i++)
    add(&parts, figures, rule->part[i], category, 1);
  return total.terms && parts.terms && !total.unknown && !parts.unknown &&
         total.value != parts.value;
}

/* ---- of one report ---- */

/* By applicant class. The form of 2019 has outcome.other whole, that of 2021 in parts. */
static const struct rule outcome_sum = {"outcome_sum",
                                        "outcome.total",
                                        {"outcome.granted", "outcome.partial", "outcome.denied.",
                                         "outcome.unable.", "outcome.declined.", "outcome.other",
                                         "outcome.other."}};

static const struct rule sums[] = {
    {"review_total",
     "review.total",
     {"review.upheld", "review.corrected", "review.other", "review.pending"}},
    {"litigation_direct_total",
     "litigation_direct.total",
     {"litigation_direct.upheld", "litigation_direct.corrected", "litigation_direct.other",
      "litigation_direct.pending"}},
    {"litigation_after_review_total",
     "litigation_after_review.total",
     {"litigation_after_review.upheld", "litigation_after_review.corrected",
      "litigation_after_review.other", "litigation_after_review.pending"}},
    {"staff_parts",
     "narrative.staff_total",
     {"narrative.staff_full_time", "narrative.staff_part_time"}},
    {"form2014_request_channels",
     "form2014.requests.received",
     {"form2014.requests.in_person", "form2014.requests.fax", "form2014.requests.online",
      "form2014.requests.letter"}},
    {"prose_agrees_2014_received", "form2014.requests.received", {"narrative.requests_received"}},
    {"form2014_concluded",
     "form2014.requests.concluded",
     {"form2014.requests.on_time", "form2014.requests.extended"}},
    {"form2014_replies",
     "form2014.replies.total",
     {"form2014.replies.already_public", "form2014.replies.granted", "form2014.replies.partial",
      "form2014.replies.denied", "form2014.replies.not_this_organ",
      "form2014.replies.does_not_exist", "form2014.replies.amend_or_supplement",
      "form2014.replies.other_channel"}},
    {"form2014_denial_grounds", "form2014.replies.denied", {"form2014.replies.denied."}},
    {"form2014_review",
     "form2014.review.total",
     {"form2014.review.upheld", "form2014.review.corrected", "form2014.review.other"}},
    {"form2014_litigation",
     "form2014.litigation.total",
     {"form2014.litigation.upheld", "form2014.litigation.corrected", "form2014.litigation.other"}},
    {"form2014_staff",
     "form2014.staff.total",
     {"form2014.staff.full_time", "form2014.staff.part_time"}}};

/* A count told in prose, and the total column that it repeats. */
static const struct rule restated[] = {
    {"prose_agrees:narrative.requests_received",
     "narrative.requests_received",
     {"requests.received"}},
    {"prose_agrees:narrative.requests_carried_in",
     "narrative.requests_carried_in",
     {"requests.carried_in"}},
    {"prose_agrees:narrative.requests_granted", "narrative.requests_granted", {"outcome.granted"}},
    {"prose_agrees:narrative.requests_partial", "narrative.requests_partial", {"outcome.partial"}},
    {"prose_agrees:narrative.requests_denied", "narrative.requests_denied", {"outcome.denied."}},
    {"prose_agrees:narrative.requests_unable", "narrative.requests_unable", {"outcome.unable."}},
    {"prose_agrees:narrative.requests_declined",
     "narrative.requests_declined",
     {"outcome.declined."}}};

static bool row_breaks(const struct panel *panel, const struct figures *figures, const char *id) {
  const struct category *applicant = panel->codebook->applicant;
  struct sum row = {0};
  for (size_t c = 0; c <= CLASSES; c++)
    add(&row, figures, id, applicant[c].id, c < CLASSES ? 1 : -1);
  return row.terms == CLASSES + 1 && !row.unknown && row.value != 0;
}

static bool balance_breaks(const struct figures *figures, const char *category) {
  struct sum balance = {0};
  add(&balance, figures, "requests.received", category, 1);
  add(&balance, figures, "requests.carried_in", category, 1);
  add(&balance, figures, "outcome.total", category, -1);
  add(&balance, figures, "requests.carried_out", category, -1);
  return !balance.unknown && balance.value != 0;
}

/* ---- across years ---- */

/* THEN and NOW are what two reports print of the same; CHANGE is what one of them adds to THEN. */
struct link {
  const char *name, *then, *change_then, *now, *issued_now, *repealed_now;
};

static const struct link links[] = {
    {"licensing_items_previous_year", "licensing.items_previous_year", "licensing.items_change",
     "licensing.items_previous_year", NULL, NULL},
    {"other_services_items_previous_year", "other_services.items_previous_year",
     "other_services.items_change", "other_services.items_previous_year", NULL, NULL},
    {"penalties_items_previous_year", "penalties.items_previous_year", "penalties.items_change",
     "penalties.items_previous_year", NULL, NULL},
    {"coercion_items_previous_year", "coercion.items_previous_year", "coercion.items_change",
     "coercion.items_previous_year", NULL, NULL},
    {"fees_items_previous_year", "fees.items_previous_year", "fees.items_change",
     "fees.items_previous_year", NULL, NULL},
    {"normative_documents_in_force", "normative_documents.in_force", NULL,
     "normative_documents.in_force", "normative_documents.issued", "normative_documents.repealed"}};

static const struct link carried_over = {
    "carried_over", "requests.carried_out", NULL, "requests.carried_in", NULL, NULL};

static bool link_breaks(const struct figures *then, const struct figures *now,
                        const struct link *link, const char *category) {
  struct sum before = {0}, after = {0};
  add(&before, then, link->then, category, 1);
  if (link->change_then) add(&before, then, link->change_then, category, 1);
  if (link->issued_now) add(&before, now, link->issued_now, category, 1);
  if (link->repealed_now) add(&before, now, link->repealed_now, category, -1);
  add(&after, now, link->now, category, 1);
  bool both = figure_find(then, link->then, category) && after.terms;
  return both && !before.unknown && !after.unknown && before.value != after.value;
}

/* The report of the year before, where there is one that can be read. */
static const struct panel_report *report_before(const struct panel *panel,
                                                const struct panel_report *report) {
  for (size_t d = 0; d < DISTRICTS; d++)
    for (size_t y = 1; y < YEARS; y++)
      if (report == &panel->report[d][y] && report_can_be_read(&panel->report[d][y - 1]))
        return &panel->report[d][y - 1];
  return NULL;
}

/* ---- all ---- */

static void check_report(const struct panel *panel, const struct panel_report *report,
                         rule_taker *tell, void *context) {
  const struct category *applicant = panel->codebook->applicant;
  const struct figures *figures = &report->figures;
  for (size_t c = 0; c <= CLASSES; c++) {
    if (balance_breaks(figures, applicant[c].id)) tell(context, report, "balance", applicant[c].id);
    if (breaks(figures, &outcome_sum, applicant[c].id, applicant[c].id))
      tell(context, report, outcome_sum.name, applicant[c].id);
  }
  for (size_t i = 0; i < panel->codebook->variables; i++) {
    const struct variable *variable = &panel->codebook->variable[i];
    if (variable->dimension == DIMENSION_APPLICANT && row_breaks(panel, figures, variable->id))
      tell(context, report, arena_format(panel->arena, "row_total:%s", variable->id), "");
  }
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
    if (breaks(figures, &sums[i], "", "")) tell(context, report, sums[i].name, "");
  for (size_t i = 0; i < sizeof restated / sizeof *restated; i++)
    if (breaks(figures, &restated[i], "total", "")) tell(context, report, restated[i].name, "");
}

static void check_years(const struct panel *panel, const struct panel_report *before,
                        const struct panel_report *report, rule_taker *tell, void *context) {
  const struct category *applicant = panel->codebook->applicant;
  for (size_t c = 0; c <= CLASSES; c++)
    if (link_breaks(&before->figures, &report->figures, &carried_over, applicant[c].id))
      tell(context, report, carried_over.name, applicant[c].id);
  for (size_t i = 0; i < sizeof links / sizeof *links; i++)
    if (link_breaks(&before->figures, &report->figures, &links[i], ""))
      tell(context, report, links[i].name, "");
}

void panel_rules(const struct panel *panel, const struct panel_report *report, rule_taker *tell,
                 void *context) {
  const struct panel_report *before = report_before(panel, report);
  check_report(panel, report, tell, context);
  if (before) check_years(panel, before, report, tell, context);
}
