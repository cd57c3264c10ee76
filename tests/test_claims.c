/* Does what ogistat says hold? Made-up organs of known truth go through the whole analysis and the
 * briefing's own conditions, and what is said is counted: a rise or fall where nothing changed,
 * ranks that miss the true one, flags of organs that are like the others, trends that are none; and
 * beside these how often a real change is found. The seed is fixed. CLAIMS_PANELS=40 in the
 * environment draws so many panels of each kind instead of a few (a minute or two). */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "analyze/analysis.h"
#include "brief/facts/sentences.h"
#include "core/base/csv_file.h"
#include "tests/support.h"

enum { ORGANS = 30, YEARS = 6, FIRST_YEAR = 2021, PANELS = 6 };

/* How the counts of a panel come about. */
struct world {
  double dispersion; /* of shares: variance over that of chance */
  bool varies;       /* half of the organs have none, the others twice as much beyond 1 */
  double variation;  /* of counts: coefficient of variation from year to year */
  double base;       /* share; 0: every organ its own, from 0.15 to 0.85 */
  double between;    /* standard deviation of the organs' shares around BASE */
  double requests;   /* a year; 0: every organ its own, from 30 to 500 */
  double step;       /* of the share, from a year in the middle on */
  size_t stepping;   /* of so many organs */
  double slope;      /* of the log odds a year */
  int years;         /* 0: YEARS */
  size_t organs;     /* 0: ORGANS; ORGANS at most */
};

/* What is true of a panel. */
struct panel_truth {
  size_t organs;
  double share[ORGANS], requests[ORGANS];
  int step_year;
};

static size_t panels_wanted(void) {
  const char *text = getenv("CLAIMS_PANELS");
  return text ? strtoul(text, NULL, 10) : PANELS;
}

/* ---- a panel ---- */

static double dispersion_of_organ(const struct world *world, size_t organ) {
  if (!world->varies) return world->dispersion;
  return organ % 2 ? 1 : 2 * world->dispersion - 1;
}

/* Beta-binomial with the design effect EFFECT. */
static unsigned draw_granted(gsl_rng *random, double share, double requests, double effect) {
  if (effect > 1 && requests > 1) {
    double size = (requests - 1) / (effect - 1) - 1;
    share = gsl_ran_beta(random, share * size, (1 - share) * size);
  }
  return gsl_ran_binomial(random, share, (unsigned)requests);
}

static double own_share(gsl_rng *random, const struct world *world) {
  if (world->base == 0) return gsl_ran_flat(random, 0.15, 0.85);
  if (world->between == 0) return world->base;
  double size = world->base * (1 - world->base) / (world->between * world->between) - 1;
  return gsl_ran_beta(random, world->base * size, (1 - world->base) * size);
}

static double share_in(const struct world *world, const struct panel_truth *truth, size_t organ,
                       int year) {
  double share = truth->share[organ];
  if (organ < world->stepping && year >= truth->step_year) share += world->step;
  double odds = log(share / (1 - share)) + world->slope * (year - FIRST_YEAR);
  return 1 / (1 + exp(-odds));
}

static double requests_in(gsl_rng *random, const struct world *world,
                          const struct panel_truth *truth, size_t organ) {
  double spread = sqrt(log1p(world->variation * world->variation)), level = truth->requests[organ];
  if (world->variation > 0)
    return gsl_ran_poisson(random,
                           level * exp(gsl_ran_gaussian(random, spread) - spread * spread / 2));
  if (world->requests > 0) return level;
  return fmax(rint(level * exp(gsl_ran_gaussian(random, 0.2))), 2 * world->dispersion + 2);
}

static void put_report(FILE *reports, FILE *observations, size_t organ, int year, double requests,
                       unsigned granted) {
  fprintf(reports, "%06zu-%d,%06zu,O%02zu,%d,2021,government\n", 990101 + organ, year,
          990101 + organ, organ, year);
  fprintf(observations,
          "%06zu-%d,outcome.granted,total,%u,,reported,,\n%06zu-%d,outcome.partial,total,0,,"
          "reported,,\n%06zu-%d,outcome.total,total,%.0f,,reported,,\n%06zu-%d,requests.received,"
          "total,%.0f,,reported,,\n",
          990101 + organ, year, granted, 990101 + organ, year, 990101 + organ, year, requests,
          990101 + organ, year, requests);
}

static FILE *open_in(struct scratch *scratch, const char *name, const char *header) {
  FILE *file = fopen(scratch_path(scratch, name), "w");
  assert_non_null(file);
  fputs(header, file);
  return file;
}

/* Writes a panel into the test's folder and analyzes it. */
static struct panel_truth make_panel(struct scratch *scratch, gsl_rng *random,
                                     const struct world *world, unsigned draws) {
  struct panel_truth truth;
  int years = world->years ? world->years : YEARS;
  FILE *reports =
      open_in(scratch, "reports.csv", "report_id,division,organ,year,forms,organ_kind\n");
  FILE *observations = open_in(scratch, "observations.csv",
                               "report_id,variable,category,value,unit,status,locator,raw\n");
  fclose(open_in(scratch, "edit_failures.csv",
                 "report_id,rule,category,left,right,difference,suspect,suggested\n"));
  truth.step_year = FIRST_YEAR + years / 2;
  truth.organs = world->organs ? world->organs : ORGANS;
  for (size_t organ = 0; organ < truth.organs; organ++) {
    truth.share[organ] = own_share(random, world);
    truth.requests[organ] =
        world->requests > 0 ? world->requests : rint(exp(gsl_ran_flat(random, log(30), log(500))));
    for (int year = FIRST_YEAR; year < FIRST_YEAR + years; year++) {
      double requests = requests_in(random, world, &truth, organ);
      double share = share_in(world, &truth, organ, year);
      put_report(reports, observations, organ, year, requests,
                 draw_granted(random, share, requests, dispersion_of_organ(world, organ)));
    }
  }
  fclose(reports);
  fclose(observations);
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .threads = 1,
                                     .peers = "all",
                                     .draws = draws};
  if (analysis_run(&options, &scratch->failure) == ANALYSIS_FAILED)
    fail_msg("%s", scratch->failure.text);
  return truth;
}

/* ---- what is said ---- */

/* A change as changes.csv tells it, by the names that the sentences know. */
enum { INDICATOR, DIVISION, YEAR, PREVIOUS, ESTIMATE, DIFFERENCE, LOWER, UPPER, FLAGS, Q, P };

struct count {
  double said, right; /* a rise or fall; and rightly a rise */
  double few;         /* p-values below 0.05 where nothing changed */
  double unchanged, changed;
};

struct hearing {
  struct scratch *scratch;
  const struct sentence_rules *rules;
  const struct world *world;
  const struct panel_truth *truth;
  const char *indicator;
  struct count *count;
};

/* What the page of a report says of the change in the row: 1 a rise, -1 a fall, 0 neither. */
static int said_of(const struct hearing *hearing, const char *const *f) {
  static const struct {
    const char *name;
    int column;
  } known[] = {{"estimate", ESTIMATE},
               {"previous", PREVIOUS},
               {"difference", DIFFERENCE},
               {"difference_lower", LOWER},
               {"difference_upper", UPPER},
               {"change_flags", FLAGS},
               {"change_q", Q}};
  struct arena *arena = arena_new();
  struct facts facts = {{0}};
  facts_add(arena, &facts, "year", f[YEAR], f[YEAR]);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    facts_add(arena, &facts, arena_format(arena, "%s.%s", f[INDICATOR], known[i].name),
              f[known[i].column], f[known[i].column]);
  size_t count;
  const struct link_text *sentences =
      sentences_choose(arena, hearing->rules, "report", &facts, &count);
  int said = 0;
  for (size_t i = 0; i < count; i++) {
    if (strstr(sentences[i].text, "this rose from")) said = 1;
    if (strstr(sentences[i].text, "this fell from")) said = -1;
  }
  arena_free(arena);
  return said;
}

static bool hear(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  const struct hearing *hearing = context;
  if (strcmp(f[INDICATOR], hearing->indicator) != 0) return true;
  struct count *count = hearing->count;
  size_t organ = strtoul(f[DIVISION], NULL, 10) - 990101;
  bool changed = hearing->world->step != 0 && organ < hearing->world->stepping &&
                 strtol(f[YEAR], NULL, 10) == hearing->truth->step_year;
  int said = said_of(hearing, f);
  count->said += said != 0;
  count->right += said == 1 && changed;
  count->changed += changed;
  count->unchanged += !changed;
  count->few += !changed && *f[P] && strtod(f[P], NULL) < 0.05;
  return true;
}

/* Adds to COUNT what is said of INDICATOR in a few panels of WORLD. */
static struct count listen(struct scratch *scratch, const struct world *world,
                           const char *indicator) {
  static const char *const columns[] = {"indicator", "division",   "year",    "previous",
                                        "estimate",  "difference", "lower",   "upper",
                                        "flags",     "q_value",    "p_value", NULL};
  struct count count = {0};
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  const struct sentence_rules *rules =
      sentences_load(scratch->arena, "datasets", LANGUAGE_EN, &scratch->failure);
  assert_non_null(rules);
  for (size_t panel = 0; panel < panels_wanted(); panel++) {
    struct panel_truth truth = make_panel(scratch, random, world, 0);
    struct hearing hearing = {scratch, rules, world, &truth, indicator, &count};
    if (!csv_read(scratch_path(scratch, "out/changes.csv"), columns, hear, &hearing,
                  &scratch->failure))
      fail_msg("%s", scratch->failure.text);
  }
  gsl_rng_free(random);
  return count;
}

static void assert_at_most(const char *what, double rate, double most) {
  printf("%-72s %6.2f %%\n", what, 100 * rate);
  if (!(rate <= most)) fail_msg("%s: %.4f is more than %.4f", what, rate, most);
}

static void assert_at_least(const char *what, double rate, double least) {
  printf("%-72s %6.2f %%\n", what, 100 * rate);
  if (!(rate >= least)) fail_msg("%s: %.4f is less than %.4f", what, rate, least);
}

/* ---- the promises ---- */

static void a_share_that_does_not_change_is_hardly_ever_said_to(void **state) {
  struct scratch *scratch = *state;
  static const double dispersions[] = {1, 2, 3, 5};
  for (int varies = 0; varies < 2; varies++)
    for (size_t i = 0; i < 4; i++) {
      struct world world = {.dispersion = dispersions[i], .varies = varies};
      struct count count = listen(scratch, &world, "disclosure_rate");
      const char *how = varies ? "varying" : "constant";
      assert_at_most(arena_format(scratch->arena, "rose or fell, dispersion %g, %s: said falsely",
                                  dispersions[i], how),
                     count.said / count.unchanged, 0.06);
      assert_at_most(arena_format(scratch->arena, "  and p-values below 0.05"),
                     count.few / count.unchanged, 0.075);
    }
}

static void a_count_that_does_not_change_is_hardly_ever_said_to(void **state) {
  struct scratch *scratch = *state;
  static const double variations[] = {0.1, 0.2, 0.3, 0.5};
  for (size_t i = 0; i < 4; i++) {
    struct world world = {.dispersion = 1, .variation = variations[i]};
    struct count count = listen(scratch, &world, "requests_received");
    assert_at_most(arena_format(scratch->arena,
                                "requests, coefficient of variation %g: said falsely",
                                variations[i]),
                   count.said / count.unchanged, 0.06);
    assert_at_most(arena_format(scratch->arena, "  and p-values below 0.05"),
                   count.few / count.unchanged, 0.075);
  }
}

static void a_rise_of_fifteen_points_is_found(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    double base;
    size_t stepping;
    double least;
  } cases[] = {{0.2, ORGANS, 0.55}, {0.1, ORGANS, 0.55}, {0.1, ORGANS / 2, 0.55}};
  for (size_t i = 0; i < 3; i++) {
    struct world world = {.dispersion = 1,
                          .base = cases[i].base,
                          .requests = 100,
                          .step = 0.15,
                          .stepping = cases[i].stepping};
    struct count count = listen(scratch, &world, "disclosure_rate");
    assert_at_least(arena_format(scratch->arena,
                                 "from %g by 0.15 in %zu of %d organs, n = 100: found",
                                 cases[i].base, cases[i].stepping, ORGANS),
                    count.right / count.changed, cases[i].least);
    assert_at_most(arena_format(scratch->arena, "  and of what is said false"),
                   count.said > 0 ? 1 - count.right / count.said : 0, 0.06);
  }
}

/* ---- ranks and funnels ---- */

enum { OF_INDICATOR, OF_DIVISION, RANK_LOWER, RANK_UPPER, FLAG, SIZE };

struct judging {
  const struct panel_truth *truth;
  double ranks, covered;
  double organs[4], flags[4], far_flags; /* by quarter of size */
};

static size_t true_rank(const struct panel_truth *truth, size_t organ) {
  size_t rank = 1;
  for (size_t i = 0; i < truth->organs; i++) rank += truth->share[i] > truth->share[organ];
  return rank;
}

/* In which quarter of the organs' sizes ORGAN is. */
static size_t quarter_of(const struct panel_truth *truth, size_t organ) {
  size_t smaller = 0;
  assert_true(truth->organs > 0);
  for (size_t i = 0; i < truth->organs; i++) smaller += truth->requests[i] < truth->requests[organ];
  return smaller * 4 / truth->organs;
}

static bool judge(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct judging *judging = context;
  if (strcmp(f[OF_INDICATOR], "disclosure_rate") != 0) return true;
  size_t organ = strtoul(f[OF_DIVISION], NULL, 10) - 990101;
  size_t rank = true_rank(judging->truth, organ), quarter = quarter_of(judging->truth, organ);
  judging->ranks++;
  judging->covered +=
      rank >= strtoul(f[RANK_LOWER], NULL, 10) && rank <= strtoul(f[RANK_UPPER], NULL, 10);
  judging->organs[quarter]++;
  judging->flags[quarter] += *f[FLAG] != '\0';
  judging->far_flags += strstr(f[FLAG], "998") != NULL;
  return true;
}

static struct judging judge_world(struct scratch *scratch, const struct world *world) {
  static const char *const columns[] = {"indicator",     "division",    "rank_lower", "rank_upper",
                                        "adjusted_flag", "denominator", NULL};
  struct judging judging = {.truth = NULL};
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  for (size_t panel = 0; panel < panels_wanted(); panel++) {
    struct panel_truth truth = make_panel(scratch, random, world, 400);
    judging.truth = &truth;
    if (!csv_read(scratch_path(scratch, "out/comparisons.csv"), columns, judge, &judging,
                  &scratch->failure))
      fail_msg("%s", scratch->failure.text);
  }
  gsl_rng_free(random);
  return judging;
}

static void ranks_hold_the_true_one_and_flags_are_as_rare_as_promised(void **state) {
  struct scratch *scratch = *state;
  static const struct world worlds[] = {{.dispersion = 1, .base = 0.5, .between = 0.12},
                                        {.dispersion = 3, .base = 0.5, .between = 0.12},
                                        {.dispersion = 2, .base = 0.15, .between = 0.06}};
  for (size_t i = 0; i < 3; i++) {
    const char *where = arena_format(scratch->arena, "organs around %g, dispersion %g",
                                     worlds[i].base, worlds[i].dispersion);
    struct judging judging = judge_world(scratch, &worlds[i]);
    double covered = judging.covered / judging.ranks, flags = 0;
    assert_at_least(arena_format(scratch->arena, "%s: rank intervals hold the true rank", where),
                    covered, 0.94);
    assert_at_most(arena_format(scratch->arena, "  and not more than they promise"), covered,
                   0.975);
    for (size_t j = 0; j < 4; j++) {
      flags += judging.flags[j];
      assert_at_most(arena_format(scratch->arena, "  flagged at 95 %%, quarter %zu of size", j + 1),
                     judging.flags[j] / judging.organs[j], 0.1);
    }
    assert_at_most("  flagged at 95 %", flags / judging.ranks, 0.1);
    assert_at_most("  flagged at 99.8 %", judging.far_flags / judging.ranks, 0.006);
  }
}

/* As many as the districts of a city. */
static void ranks_among_twelve_peers_hold_the_true_one(void **state) {
  struct scratch *scratch = *state;
  static const double dispersions[] = {1, 3};
  for (size_t i = 0; i < 2; i++) {
    struct world world = {.dispersion = dispersions[i], .base = 0.5, .between = 0.12, .organs = 12};
    struct judging judging = judge_world(scratch, &world);
    double covered = judging.covered / judging.ranks;
    assert_at_least(arena_format(scratch->arena,
                                 "12 organs, dispersion %g: rank intervals hold the true rank",
                                 dispersions[i]),
                    covered, 0.93);
    assert_at_most("  and not more than they promise", covered, 0.99);
  }
}

/* ---- trends ---- */

struct following {
  double trends, own, pooled;
};

static bool follow(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct following *following = context;
  if (strcmp(f[0], "disclosure_rate") != 0) return true;
  following->trends++;
  following->own += *f[1] && strtod(f[1], NULL) < 0.05;
  following->pooled += *f[2] && strtod(f[2], NULL) < 0.05;
  return true;
}

/* Sums over panels, and in *FAMILIES the part of the panels in which any trend is told. */
static struct following follow_world(struct scratch *scratch, const struct world *world,
                                     double *families) {
  static const char *const columns[] = {"indicator", "model_q_value", "pooled_q_value", NULL};
  struct following all = {0};
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  *families = 0;
  for (size_t panel = 0; panel < panels_wanted(); panel++) {
    make_panel(scratch, random, world, 0);
    double before = all.pooled;
    if (!csv_read(scratch_path(scratch, "out/trends.csv"), columns, follow, &all,
                  &scratch->failure))
      fail_msg("%s", scratch->failure.text);
    *families += (all.pooled > before) / (double)panels_wanted();
  }
  gsl_rng_free(random);
  return all;
}

static void trends_that_are_none_are_rare_and_short_ones_are_found(void **state) {
  struct scratch *scratch = *state;
  double families;
  static const double dispersions[] = {1, 3};
  for (size_t i = 0; i < 2; i++) {
    struct world flat = {.dispersion = dispersions[i], .varies = i > 0};
    struct following none = follow_world(scratch, &flat, &families);
    assert_at_most(
        arena_format(scratch->arena, "dispersion %g: trends said falsely", dispersions[i]),
        none.pooled / none.trends, 0.01);
    assert_at_most("  panels with any", families, 0.25);
  }
  struct world rising = {.dispersion = 1, .base = 0.4, .requests = 250, .slope = 0.2, .years = 4};
  struct following found = follow_world(scratch, &rising, &families);
  printf("%-72s %6.2f %%\n", "log odds rise by 0.2 in four years, by the series alone: found",
         100 * found.own / found.trends);
  assert_at_least("  with the dispersion of the peers: found", found.pooled / found.trends, 0.7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_share_that_does_not_change_is_hardly_ever_said_to),
      scratch_test(a_count_that_does_not_change_is_hardly_ever_said_to),
      scratch_test(a_rise_of_fifteen_points_is_found),
      scratch_test(ranks_hold_the_true_one_and_flags_are_as_rare_as_promised),
      scratch_test(ranks_among_twelve_peers_hold_the_true_one),
      scratch_test(trends_that_are_none_are_rare_and_short_ones_are_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
