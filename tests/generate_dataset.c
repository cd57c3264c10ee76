/* A made-up dataset of any size, without documents: `generate_dataset REPORTS FOLDER` writes
 * reports.csv, observations.csv and edit_failures.csv with the 44 values of each report that the
 * indicators need. Ten organs a division, ten years; the divisions (99xxxx) do not exist. */
#include "tests/support.h"

enum { ORGANS = 10, YEARS = 10, FIRST_YEAR = 2014, OUTCOMES = 19 };

static const char *const outcomes[OUTCOMES] = {"declined.confirm_or_reissue",
                                               "declined.excessive",
                                               "declined.petition",
                                               "declined.publication",
                                               "declined.repeat",
                                               "denied.administrative_inquiry",
                                               "denied.enforcement_file",
                                               "denied.internal_affairs",
                                               "denied.other_law",
                                               "denied.process_information",
                                               "denied.security_stability",
                                               "denied.state_secret",
                                               "denied.third_party",
                                               "granted",
                                               "other",
                                               "partial",
                                               "unable.needs_creation",
                                               "unable.not_held",
                                               "unable.still_unclear"};

struct generator {
  FILE *reports, *observations;
  uint64_t seed;
  char id[32];
};

static void put(struct generator *g, const char *variable, const char *category, size_t value) {
  fprintf(g->observations, "%s,%s,%s,%zu,件,reported,\"table 2, row 3, column 9\",\n", g->id,
          variable, category, value);
}

/* A part of *REST that is mostly small. */
static size_t part_of(struct generator *g, size_t *rest) {
  size_t part = random_below(&g->seed, *rest + 1);
  part = random_below(&g->seed, part + 1);
  *rest -= part;
  return part;
}

static void put_block(struct generator *g, const char *block, size_t total) {
  static const char *const results[] = {"corrected", "other", "pending"};
  char variable[64];
  size_t rest = total;
  for (size_t i = 0; i < 3; i++) {
    snprintf(variable, sizeof variable, "%s.%s", block, results[i]);
    put(g, variable, "", part_of(g, &rest));
  }
  snprintf(variable, sizeof variable, "%s.total", block);
  put(g, variable, "", total);
  snprintf(variable, sizeof variable, "%s.upheld", block);
  put(g, variable, "", rest);
}

static void put_outcomes(struct generator *g, size_t total) {
  size_t count[OUTCOMES], rest = total;
  for (size_t i = 0; i < OUTCOMES; i++) count[i] = part_of(g, &rest);
  count[13] += rest; /* granted */
  for (size_t i = 0; i < 16; i++) {
    char variable[64];
    snprintf(variable, sizeof variable, "outcome.%s", outcomes[i]);
    put(g, variable, "total", count[i]);
  }
  put(g, "outcome.total", "total", total);
  for (size_t i = 16; i < OUTCOMES; i++) {
    char variable[64];
    snprintf(variable, sizeof variable, "outcome.%s", outcomes[i]);
    put(g, variable, "total", count[i]);
  }
}

static void put_requests(struct generator *g, size_t total) {
  static const char *const classes[] = {"business",           "legal_service",   "natural_person",
                                        "other_organization", "public_interest", "research"};
  put(g, "requests.carried_in", "total", 2);
  put(g, "requests.carried_out", "total", 2);
  size_t count[6], rest = total;
  for (size_t i = 0; i < 6; i++) count[i] = part_of(g, &rest);
  count[2] += rest; /* natural persons */
  for (size_t i = 0; i < 6; i++) put(g, "requests.received", classes[i], count[i]);
  put(g, "requests.received", "total", total);
}

static void put_report(struct generator *g, unsigned division, int year, int organ) {
  if (organ == 0)
    snprintf(g->id, sizeof g->id, "%06u-%d", division, year);
  else
    snprintf(g->id, sizeof g->id, "%06u-%d-%d", division, year, organ);
  fprintf(g->reports, "%s,%06u,示例市第%u区%s%d,%d,2019,%s\n", g->id, division, division,
          organ ? "第" : "", organ, year, organ ? "department" : "government");
  size_t most = organ ? 60 : 600, total = random_below(&g->seed, most);
  put_block(g, "litigation_after_review", random_below(&g->seed, 4));
  put_block(g, "litigation_direct", random_below(&g->seed, 8));
  put_outcomes(g, total);
  put_requests(g, total);
  put_block(g, "review", random_below(&g->seed, 12));
}

static FILE *open_in(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (!file) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  return file;
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: generate_dataset REPORTS FOLDER\n");
    return 2;
  }
  long reports = strtol(arguments[1], NULL, 10), written = 0;
  struct generator g = {open_in(arguments[2], "reports.csv"),
                        open_in(arguments[2], "observations.csv"), 20240131, ""};
  FILE *failures = open_in(arguments[2], "edit_failures.csv");
  fputs("report_id,rule,category,left,right,difference,suspect,suggested\n", failures);
  fputs("report_id,division,organ,year,forms,organ_kind\n", g.reports);
  fputs("report_id,variable,category,value,unit,status,locator,raw\n", g.observations);
  for (unsigned division = 990000; written < reports; division++)
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++)
      for (int organ = 0; organ < ORGANS && written < reports; organ++, written++)
        put_report(&g, division, year, organ);
  int status = fclose(failures) | fclose(g.reports) | fclose(g.observations);
  return status == 0 ? 0 : EXIT_FAILURE;
}
