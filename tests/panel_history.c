/* What happens in the made-up districts: requests arrive by a Poisson law whose mean grows, wait or
 * are concluded, and how is drawn with shares that follow a logistic trend. GSL draws. Knows
 * nothing of faults and files. */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "tests/chance.h"
#include "tests/panel.h"

int figure_places(const struct variable *variable) {
  return variable->type == TYPE_AMOUNT ? 4 : variable->type == TYPE_PERCENT ? 2 : 0;
}

struct figure *figure_find(const struct figures *figures, const char *variable,
                           const char *category) {
  for (size_t i = 0; i < figures->count; i++)
    if (strcmp(figures->item[i].variable->id, variable) == 0 &&
        strcmp(figures->item[i].category, category) == 0)
      return &figures->item[i];
  return NULL;
}

struct figure *figure_of(const struct figures *figures, const char *variable,
                         const char *category) {
  struct figure *figure = figure_find(figures, variable, category);
  if (figure) return figure;
  fprintf(stderr, "%s/%s: no such figure\n", variable, category);
  abort();
}

/* What a year is made of: the district, the report that will tell of it, and the panel. */
struct happening {
  struct panel *panel;
  struct district *district;
  struct panel_report *report;
};

static void happen(const struct happening *h, const char *variable, const char *category,
                   long long value) {
  const struct variable *known = codebook_find(h->panel->codebook, variable);
  if (!known) {
    fprintf(stderr, "%s: no such variable\n", variable);
    abort();
  }
  *list_add(h->panel->arena, &h->report->figures) =
      (struct figure){known, category, value, value, SHOWN};
}

static long long poisson(const struct happening *h, double mean) {
  return gsl_ran_poisson(h->panel->random, mean);
}

static long long binomial(const struct happening *h, double p, long long n) {
  return gsl_ran_binomial(h->panel->random, p, (unsigned)n);
}

/* COUNT counts that add up to N, by WEIGHTS. */
static void multinomial(const struct happening *h, size_t count, long long n, const double *weights,
                        unsigned *counts) {
  gsl_ran_multinomial(h->panel->random, count, (unsigned)n, weights, counts);
}

static double logistic(double x) {
  return 1 / (1 + exp(-x));
}

/* The share that INTERCEPT and SLOPE give in the year of the report. */
static double share(const struct happening *h, double intercept, double slope) {
  return logistic(intercept + slope * (h->report->year - 2019));
}

static double mean_of_requests(const struct happening *h) {
  return exp(h->district->requests + h->district->growth * (h->report->year - 2019));
}

/* ---- section 2 ---- */

static void happen_documents(const struct happening *h) {
  long long issued = poisson(h, 4), repealed = binomial(h, 0.1, h->district->in_force);
  bool old_form = strcmp(h->report->form, "2019") == 0;
  h->district->in_force += issued - repealed;
  if (old_form) {
    static const char *const regulations[] = {"made", "published", "public_total"};
    for (size_t i = 0; i < 3; i++)
      happen(h, arena_format(h->panel->arena, "regulations.%s", regulations[i]), "", 0);
    happen(h, "normative_documents.made", "", issued);
    happen(h, "normative_documents.published", "", issued);
    happen(h, "normative_documents.public_total", "", h->district->in_force);
    return;
  }
  static const char *const regulations[] = {"issued", "repealed", "in_force"};
  for (size_t i = 0; i < 3; i++)
    happen(h, arena_format(h->panel->arena, "regulations.%s", regulations[i]), "", 0);
  happen(h, "normative_documents.issued", "", issued);
  happen(h, "normative_documents.repealed", "", repealed);
  happen(h, "normative_documents.in_force", "", h->district->in_force);
}

static void happen_items(const struct happening *h) {
  static const struct {
    const char *id;
    double decisions; /* a year; 0: the form asks for none */
    bool always;      /* in the form of 2021 as well */
  } services[] = {{"licensing", 40000, true},
                  {"other_services", 9000, false},
                  {"penalties", 1500, true},
                  {"coercion", 60, true},
                  {"fees", 0, false}};
  struct arena *arena = h->panel->arena;
  bool old_form = strcmp(h->report->form, "2019") == 0;
  for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
    long long change = poisson(h, 5) - binomial(h, 0.03, h->district->items[i]);
    if (old_form) {
      happen(h, arena_format(arena, "%s.items_previous_year", services[i].id), "",
             h->district->items[i]);
      happen(h, arena_format(arena, "%s.items_change", services[i].id), "", change);
    }
    h->district->items[i] += change;
    if (services[i].decisions > 0 && (old_form || services[i].always))
      happen(h, arena_format(arena, "%s.decisions", services[i].id), "",
             poisson(h, services[i].decisions));
  }
  if (old_form) {
    happen(h, "procurement.projects", "", poisson(h, 300));
    happen(h, "procurement.amount", "", poisson(h, 90000000) * 11 + poisson(h, 5000));
  } else {
    happen(h, "fees.amount", "", poisson(h, 40000000) + poisson(h, 5000));
  }
}

/* ---- section 3 ---- */

/* Shares of the outcomes among requests that are disclosed, and among those that are not. */
static const struct {
  const char *id;
  double weight;
  bool disclosed;
} outcomes[] = {{"outcome.granted", 0.72, true},
                {"outcome.partial", 0.28, true},
                {"outcome.denied.state_secret", 0.01, false},
                {"outcome.denied.other_law", 0.02, false},
                {"outcome.denied.security_stability", 0.01, false},
                {"outcome.denied.third_party", 0.05, false},
                {"outcome.denied.internal_affairs", 0.04, false},
                {"outcome.denied.process_information", 0.05, false},
                {"outcome.denied.enforcement_file", 0.05, false},
                {"outcome.denied.administrative_inquiry", 0.02, false},
                {"outcome.unable.not_held", 0.4, false},
                {"outcome.unable.needs_creation", 0.08, false},
                {"outcome.unable.still_unclear", 0.05, false},
                {"outcome.declined.petition", 0.07, false},
                {"outcome.declined.repeat", 0.05, false},
                {"outcome.declined.publication", 0.01, false},
                {"outcome.declined.excessive", 0.01, false},
                {"outcome.declined.confirm_or_reissue", 0.01, false},
                {"outcome.other.not_corrected", 0.03, false},
                {"outcome.other.fee_unpaid", 0.01, false},
                {"outcome.other.other", 0.03, false}};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes, LAST_IN_2019 = OUTCOMES - 3 };

/* Requests by applicant class; the last class is the total. */
struct requests {
  long long received[CLASSES + 1], carried_in[CLASSES + 1], carried_out[CLASSES + 1];
  long long concluded[CLASSES + 1], outcome[OUTCOMES][CLASSES + 1];
};

static void add_to_total(long long *row) {
  for (size_t c = 0; c < CLASSES; c++) row[CLASSES] += row[c];
}

static struct requests draw_requests(const struct happening *h) {
  static const double classes[CLASSES] = {0.8, 0.11, 0.01, 0.01, 0.05, 0.02};
  double weights[OUTCOMES],
      disclosed = share(h, h->district->disclosed, h->district->disclosed_slope);
  double carried = share(h, h->district->carried, h->district->carried_slope);
  struct requests r = {0};
  for (size_t o = 0; o < OUTCOMES; o++)
    weights[o] = outcomes[o].weight * (outcomes[o].disclosed ? disclosed : 1 - disclosed);
  for (size_t c = 0; c < CLASSES; c++) {
    unsigned counts[OUTCOMES];
    r.received[c] = poisson(h, classes[c] * mean_of_requests(h));
    r.carried_in[c] = h->district->waiting[c];
    r.carried_out[c] = binomial(h, carried, r.received[c] + r.carried_in[c]);
    r.concluded[c] = r.received[c] + r.carried_in[c] - r.carried_out[c];
    h->district->waiting[c] = r.carried_out[c];
    multinomial(h, OUTCOMES, r.concluded[c], weights, counts);
    for (size_t o = 0; o < OUTCOMES; o++) r.outcome[o][c] = counts[o];
  }
  add_to_total(r.received);
  add_to_total(r.carried_in);
  add_to_total(r.carried_out);
  add_to_total(r.concluded);
  for (size_t o = 0; o < OUTCOMES; o++) add_to_total(r.outcome[o]);
  return r;
}

static void happen_row(const struct happening *h, const char *variable, const long long *row) {
  for (size_t c = 0; c <= CLASSES; c++)
    happen(h, variable, h->panel->codebook->applicant[c].id, row[c]);
}

static void happen_requests(const struct happening *h, const struct requests *r) {
  bool old_form = strcmp(h->report->form, "2019") == 0;
  happen_row(h, "requests.received", r->received);
  happen_row(h, "requests.carried_in", r->carried_in);
  for (size_t o = 0; o < (old_form ? LAST_IN_2019 : OUTCOMES); o++)
    happen_row(h, outcomes[o].id, r->outcome[o]);
  if (old_form) {
    long long other[CLASSES + 1] = {0};
    for (size_t o = LAST_IN_2019; o < OUTCOMES; o++)
      for (size_t c = 0; c <= CLASSES; c++) other[c] += r->outcome[o][c];
    happen_row(h, "outcome.other", other);
  }
  happen_row(h, "outcome.total", r->concluded);
  happen_row(h, "requests.carried_out", r->carried_out);
}

/* ---- section 4 ---- */

static void happen_disputes(const struct happening *h, long long concluded) {
  static const char *const results[] = {"upheld", "corrected", "other", "pending"};
  static const double weights[] = {0.6, 0.12, 0.15, 0.13};
  static const struct {
    const char *id;
    double rate;
  } disputes[] = {{"review", 0.1}, {"litigation_direct", 0.03}, {"litigation_after_review", 0.04}};
  for (size_t i = 0; i < sizeof disputes / sizeof *disputes; i++) {
    unsigned counts[4];
    long long total = binomial(h, disputes[i].rate, concluded);
    multinomial(h, 4, total, weights, counts);
    for (size_t j = 0; j < 4; j++)
      happen(h, arena_format(h->panel->arena, "%s.%s", disputes[i].id, results[j]), "", counts[j]);
    happen(h, arena_format(h->panel->arena, "%s.total", disputes[i].id), "", total);
  }
}

/* ---- the statistics of 2014 ---- */

/* PREFIX and each of NAMES (ended by NULL) happen COUNTS times. */
static void happen_parts(const struct happening *h, const char *prefix, const char *const *names,
                         const unsigned *counts) {
  for (; *names; names++, counts++)
    happen(h, arena_format(h->panel->arena, "form2014.%s.%s", prefix, *names), "", *counts);
}

/* N are parted by WEIGHTS into NAMES (eight at most, ended by NULL), and the total tells of them.
 */
static void part(const struct happening *h, const char *prefix, const char *const *names,
                 const double *weights, long long n) {
  unsigned counts[8];
  size_t count = 0;
  while (names[count]) count++;
  multinomial(h, count, n, weights, counts);
  happen_parts(h, prefix, names, counts);
}

static void happen_replies(const struct happening *h, const struct requests *r) {
  enum { ALREADY_PUBLIC, GRANTED, PARTIAL, DENIED, KINDS = 8 };
  static const char *const names[] = {"already_public",
                                      "granted",
                                      "partial",
                                      "denied",
                                      "not_this_organ",
                                      "does_not_exist",
                                      "amend_or_supplement",
                                      "other_channel",
                                      NULL};
  static const char *const grounds[] = {"state_secret",
                                        "trade_secret",
                                        "privacy",
                                        "security_stability",
                                        "not_government_information",
                                        "other_law",
                                        NULL};
  static const double of_grounds[] = {0.05, 0.15, 0.25, 0.1, 0.3, 0.15};
  double disclosed = share(h, h->district->disclosed, h->district->disclosed_slope);
  double weights[KINDS] = {0.3, 0.5, 0.2, 0.25, 0.35, 0.25, 0.1, 0.05};
  unsigned counts[KINDS];
  for (size_t i = 0; i < KINDS; i++) weights[i] *= i < DENIED ? disclosed : 1 - disclosed;
  multinomial(h, KINDS, r->concluded[CLASSES], weights, counts);
  happen(h, "form2014.replies.total", "", r->concluded[CLASSES]);
  happen_parts(h, "replies", names, counts);
  part(h, "replies.denied", grounds, of_grounds, counts[DENIED]);
}

static void happen_by_channel(const struct happening *h, const struct requests *r) {
  static const char *const channels[] = {"in_person", "fax", "online", "letter", NULL};
  static const char *const times[] = {"on_time", "extended", NULL};
  static const double of_times[] = {0.9, 0.1};
  double online = share(h, h->district->online, h->district->online_slope);
  double of_channels[] = {0.5 * (1 - online), 0.1 * (1 - online), online, 0.4 * (1 - online)};
  happen(h, "form2014.requests.received", "", r->received[CLASSES]);
  part(h, "requests", channels, of_channels, r->received[CLASSES]);
  happen(h, "form2014.requests.concluded", "", r->concluded[CLASSES]);
  part(h, "requests", times, of_times, r->concluded[CLASSES]);
}

static void happen_statistics(const struct happening *h, const struct requests *r) {
  static const char *const channels[] = {"gazette", "website", "weibo", "wechat", "other", NULL};
  static const double of_channels[] = {0.01, 0.7, 0.15, 0.1, 0.04};
  static const char *const responses[] = {"press_conferences", "interviews", "interpretations",
                                          "social_media",      "other",      NULL};
  static const double of_responses[] = {0.1, 0.1, 0.5, 0.2, 0.1};
  static const char *const results[] = {"upheld", "corrected", "other", NULL};
  static const double of_results[] = {0.7, 0.15, 0.15};
  static const char *const disputes[] = {"review", "litigation"};
  static const struct {
    const char *id;
    double mean;
  } others[] = {{"form2014.complaints", 2},  {"form2014.fees_collected", 500},
                {"form2014.offices", 12},    {"form2014.reading_points", 30},
                {"form2014.budget", 300000}, {"form2014.meetings", 8},
                {"form2014.trainings", 5}};
  long long items = poisson(h, 9000), topics = poisson(h, 60), documents = poisson(h, 6);
  long long concluded = r->concluded[CLASSES];
  happen(h, "form2014.disclosure_items", "", items);
  part(h, "channel", channels, of_channels, items);
  happen(h, "form2014.normative_published", "", documents);
  happen(h, "form2014.normative_made", "", documents + poisson(h, 3));
  happen(h, "form2014.response.hot_topics", "", topics);
  part(h, "response", responses, of_responses, topics);
  happen(h, "form2014.response.press_conferences_by_head", "", 0);
  happen(h, "form2014.response.interviews_by_head", "", 0);
  happen_by_channel(h, r);
  happen_replies(h, r);
  for (size_t i = 0; i < 2; i++) {
    long long total = binomial(h, 0.08, concluded);
    happen(h, arena_format(h->panel->arena, "form2014.%s.total", disputes[i]), "", total);
    part(h, disputes[i], results, of_results, total);
  }
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    happen(h, others[i].id, "", poisson(h, others[i].mean));
}

/* ---- prose and key areas ---- */

/* The outcomes that begin with PREFIX, in all. */
static long long outcomes_of(const struct requests *r, const char *prefix) {
  long long sum = 0;
  for (size_t o = 0; o < OUTCOMES; o++)
    if (strncmp(outcomes[o].id, prefix, strlen(prefix)) == 0) sum += r->outcome[o][CLASSES];
  return sum;
}

static void restate_requests(const struct happening *h, const struct requests *r) {
  happen(h, "narrative.requests_received", "", r->received[CLASSES]);
  happen(h, "narrative.requests_carried_in", "", r->carried_in[CLASSES]);
  happen(h, "narrative.requests_granted", "", outcomes_of(r, "outcome.granted"));
  happen(h, "narrative.requests_partial", "", outcomes_of(r, "outcome.partial"));
  happen(h, "narrative.requests_denied", "", outcomes_of(r, "outcome.denied."));
  happen(h, "narrative.requests_unable", "", outcomes_of(r, "outcome.unable."));
  happen(h, "narrative.requests_declined", "", outcomes_of(r, "outcome.declined."));
}

/* PREFIX and total, full_time and part_time are variables. */
static void happen_staff(const struct happening *h, const char *prefix, long long full_time,
                         long long part_time) {
  struct arena *arena = h->panel->arena;
  happen(h, arena_format(arena, "%stotal", prefix), "", full_time + part_time);
  happen(h, arena_format(arena, "%sfull_time", prefix), "", full_time);
  happen(h, arena_format(arena, "%spart_time", prefix), "", part_time);
}

static void happen_in_prose(const struct happening *h, long long trained) {
  happen(h, "narrative.training_attendance", "", trained);
  happen(h, "narrative.online_processing_rate", "", 7000 + poisson(h, 1000));
  happen(h, "narrative.gazette_issues", "", 1 + poisson(h, 4));
  happen(h, "narrative.npc_suggestions", "", poisson(h, 80));
}

static void happen_in_key_areas(const struct happening *h) {
  static const struct {
    const char *label;
    double items;
  } areas[] = {{"示例领域甲", 300}, {"示例领域乙", 120}, {"示例领域丙", 60}, {"示例领域丁", 20}};
  for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
    happen(h, "key_area.items", areas[i].label, poisson(h, areas[i].items));
}

/* ---- years ---- */

static void happen_in_year(const struct happening *h) {
  struct requests requests = draw_requests(h);
  long long full_time = poisson(h, 25), part_time = poisson(h, 60), trained = poisson(h, 150);
  if (strcmp(h->report->form, "2014") == 0) {
    happen_statistics(h, &requests);
    happen_staff(h, "form2014.staff.", full_time, part_time);
    happen(h, "form2014.trainees", "", trained);
    happen(h, "narrative.requests_received", "", requests.received[CLASSES]);
  } else {
    happen_documents(h);
    happen_items(h);
    happen_requests(h, &requests);
    happen_disputes(h, requests.concluded[CLASSES]);
    happen_in_key_areas(h);
    restate_requests(h, &requests);
  }
  happen_staff(h, "narrative.staff_", full_time, part_time);
  happen_in_prose(h, trained);
}

static const char *form_of(int year) {
  return year < 2019 ? "2014" : year < 2021 ? "2019" : "2021";
}

static void settle_districts(struct panel *panel) {
  static const struct {
    const char *code, *name;
  } names[DISTRICTS] = {{"990101", "示例省示例市甲区"}, {"990102", "示例省示例市乙区"},
                        {"990103", "示例省示例市丙区"}, {"990121", "示例省示例市丁县"},
                        {"990122", "示例省示例市戊县"}, {"990201", "示例省样本市甲区"},
                        {"990202", "示例省样本市乙区"}, {"990203", "示例省样本市己区"},
                        {"990221", "示例省样本市丁县"}, {"990301", "示例省虚构市甲区"},
                        {"990302", "示例省虚构市庚区"}, {"990321", "示例省虚构市辛县"}};
  static const double disclosed[] = {0, 0.12, -0.12}, carried[] = {0, 0, 0, 0.15},
                      online[] = {0.2, 0};
  for (size_t i = 0; i < DISTRICTS; i++) {
    gsl_rng *random = panel->random;
    panel->district[i] = (struct district){.code = names[i].code,
                                           .name = names[i].name,
                                           .requests = 5.3 + gsl_ran_gaussian(random, 0.5),
                                           .growth = gsl_ran_gaussian(random, 0.06),
                                           .disclosed = gsl_ran_gaussian(random, 0.5),
                                           .disclosed_slope = disclosed[i % 3],
                                           .carried = -2.7 + gsl_ran_gaussian(random, 0.3),
                                           .carried_slope = carried[i % 4],
                                           .online = gsl_ran_gaussian(random, 0.5),
                                           .online_slope = online[i % 2],
                                           .in_force = 30,
                                           .items = {260, 190, 1800, 70, 20}};
  }
}

static void begin_report(struct panel *panel, const struct district *district, int year,
                         struct panel_report *report) {
  *report = (struct panel_report){.district = district,
                                  .id = arena_format(panel->arena, "%s-%d", district->code, year),
                                  .form = form_of(year),
                                  .year = year,
                                  .title_year = year};
}

void panel_history(struct panel *panel) {
  settle_districts(panel);
  for (size_t d = 0; d < DISTRICTS; d++)
    for (int y = 0; y < YEARS; y++) {
      struct happening h = {panel, &panel->district[d], &panel->report[d][y]};
      begin_report(panel, h.district, FIRST_YEAR + y, h.report);
      happen_in_year(&h);
    }
}

void panel_office(struct panel *panel, const struct panel_report *report,
                  struct panel_report *office) {
  struct district place = *report->district; /* what happens in the office changes nothing there */
  place.requests = 3;
  memset(place.waiting, 0, sizeof place.waiting);
  begin_report(panel, report->district, report->year, office);
  happen_in_year(&(struct happening){panel, &place, office});
}
