/* ogi-analyze: reads the options and runs the analysis. */
#include <argp.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "analyze/analysis.h"
#include "core/base/interrupt.h"
#include "core/base/option.h"
#include "core/base/program_end.h"
#include "core/base/version.h"

const char *argp_program_version = "ogi-analyze " OGISTAT_VERSION;

enum { OPTION_INTERVAL = 256, OPTION_DATASETS, OPTION_PEERS, OPTION_DRAWS, OPTION_COVARIATES };

static const struct argp_option option_list[] = {
    {"output", 'o', "DIR", 0, "Folder for the results (default: out/analysis)", 0},
    {"interval", OPTION_INTERVAL, "METHOD", 0,
     "95 % interval of shares: wilson (default), clopper-pearson or jeffreys", 0},
    {"peers", OPTION_PEERS, "WHO", 0,
     "Whom organs are compared with: those of the same kind and level (kind, the default), all, "
     "those "
     "of the same province, prefecture or level, or a CSV file with the columns division and "
     "peers, which names every division's group",
     0},
    {"covariates", OPTION_COVARIATES, "FILE", 0,
     "CSV file with the columns division, year, name and value, to correlate with the indicators; "
     "the name population also gives requests per 100,000",
     0},
    {"draws", OPTION_DRAWS, "N", 0,
     "Draws of every simulation: intervals of ranks and concentrations, permutation tests "
     "(default: 200; "
     "0: none)",
     0},
    {"jobs", 'j', "N", 0, "Number of threads (default: as many as there are processors)", 0},
    {"datasets", OPTION_DATASETS, "DIR", 0,
     "Folder of the codebook and the indicator definitions (default: found beside the program)", 0},
    {"quiet", 'q', NULL, 0, "Say nothing but errors", 0},
    {0},
};

static unsigned processors(void) {
  long number = sysconf(_SC_NPROCESSORS_ONLN);
  return number > 1 ? (unsigned)number : 1;
}

static error_t take_option(int key, char *argument, struct argp_state *state) {
  struct analysis_options *options = state->input;
  switch (key) {
    case 'o': options->out = argument; return 0;
    case 'q': options->notes = NULL; return 0;
    case 'j': options->threads = option_number(state, argument, 1, JOBS_MOST, "threads"); return 0;
    case OPTION_COVARIATES: options->covariates = argument; return 0;
    case OPTION_PEERS: options->peers = argument; return 0;
    case OPTION_DRAWS:
      options->draws = option_number(state, argument, 0, 100000, "draws");
      return 0;
    case OPTION_DATASETS: options->datasets = argument; return 0;
    case OPTION_INTERVAL:
      options->interval = interval_method_find(argument);
      if (!options->interval)
        argp_error(state, "'%s' is no interval (wilson, clopper-pearson, jeffreys)", argument);
      return 0;
    case ARGP_KEY_ARG:
      if (options->dataset) argp_error(state, "there is more than one DATASET");
      options->dataset = argument;
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "the DATASET is missing"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

int main(int count, char **arguments) {
  static const struct argp argp = {
      option_list,
      take_option,
      "DATASET",
      "Computes indicators with intervals, aggregates, trends, comparisons and concentration from "
      "a "
      "DATASET folder that ogi-ingest wrote.\v"
      "Exit status: 0 done; 1 failed, nothing half-written; 2 wrong usage; 3 done, and rows of the "
      "dataset that cannot be used were left out, each of them told.",
      NULL,
      NULL,
      NULL};
  struct analysis_options options = {.out = "out/analysis",
                                     .interval = interval_method_find("wilson"),
                                     .threads = processors(),
                                     .draws = 200,
                                     .notes = stderr};
  argp_err_exit_status = STATUS_USAGE;
  gsl_set_error_handler_off(); /* what GSL cannot compute is an empty field, not the end */
  argp_parse(&argp, count, arguments, 0, NULL, &options);

  struct failure failure = {""};
  interrupt_listen();
  enum analysis_end end = analysis_run(&options, &failure);
  if (end != ANALYSIS_FAILED) return end == ANALYSIS_LEFT_OUT ? STATUS_LEFT_OUT : EXIT_SUCCESS;
  return program_failed("ogi-analyze", &failure);
}
