/* ogi-plot: the command line. */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>

#include "plot/plot.h"
#include "plot/script.h"

enum { OPTION_LANGUAGE = 256, OPTION_FORMAT, OPTION_DATASETS };

static bool parse_jobs(const char *text, size_t *jobs) {
  char *end;
  errno = 0;
  long number = strtol(text, &end, 10);
  if (errno || end == text || *end || number < 1 || number > 1024) return false;
  *jobs = (size_t)number;
  return true;
}

static error_t take_option(int key, char *argument, struct argp_state *state) {
  struct plot_options *options = state->input;
  switch (key) {
    case 'o': options->output = argument; return 0;
    case 'q': options->quiet = true; return 0;
    case 'j':
      if (!parse_jobs(argument, &options->jobs))
        argp_error(state, "-j needs a number from 1 to 1024, not '%s'", argument);
      return 0;
    case OPTION_DATASETS: options->datasets = argument; return 0;
    case OPTION_LANGUAGE:
      options->language = language_from(argument);
      if (options->language == LANGUAGES)
        argp_error(state, "--lang is zh or en, not '%s'", argument);
      return 0;
    case OPTION_FORMAT:
      options->formats = picture_formats_parse(argument);
      if (options->formats == 0)
        argp_error(state, "--format is a list of png, svg and pdf, not '%s'", argument);
      return 0;
    case ARGP_KEY_ARG:
      if (state->arg_num >= 2) argp_error(state, "only two folders can be given");
      *(state->arg_num == 0 ? &options->analysis : &options->dataset) = argument;
      return 0;
    case ARGP_KEY_END:
      if (state->arg_num < 2) argp_error(state, "two folders are needed: ANALYSIS and DATASET");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

int main(int argc, char **argv) {
  static const struct argp_option known[] = {
      {"output", 'o', "DIR", 0, "Folder for the charts (default out/charts)", 0},
      {"lang", OPTION_LANGUAGE, "zh|en", 0, "Language of the charts (default zh)", 0},
      {"format", OPTION_FORMAT, "LIST", 0, "Pictures to draw (default png,svg,pdf)", 0},
      {"datasets", OPTION_DATASETS, "DIR", 0, "Folder with codebook.csv and charts.csv", 0},
      {"jobs", 'j', "N", 0, "Draw N charts at a time (default 2)", 0},
      {"quiet", 'q', NULL, 0, "Say nothing where all goes well", 0},
      {0},
  };
  static const struct argp parser = {
      .options = known,
      .parser = take_option,
      .args_doc = "ANALYSIS DATASET",
      .doc = "Draws charts of the reports in the folder DATASET, with the indicators in the folder "
             "ANALYSIS.\vEvery chart leaves a gnuplot script NAME.gp that runs by itself in its "
             "folder, its data NAME.tsv, and its pictures; charts.csv lists them all.\n\nExit "
             "status: 0 done; 1 failed, nothing half-written; 2 wrong usage.",
  };
  struct plot_options options = {
      .output = "out/charts", .language = LANGUAGE_ZH, .formats = FORMAT_ALL, .jobs = 2};
  argp_program_version = "ogi-plot 0.1";
  argp_err_exit_status = 2;
  argp_parse(&parser, argc, argv, 0, NULL, &options);

  struct failure failure = {0};
  if (plot_run(&options, &failure)) return EXIT_SUCCESS;
  fprintf(stderr, "ogi-plot: %s\n", failure.text);
  return EXIT_FAILURE;
}
