/* ogi-plot: the command line. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/interrupt.h"
#include "core/base/option.h"
#include "core/base/program_end.h"
#include "core/base/sandbox.h"
#include "core/base/version.h"
#include "plot/charts/chart.h"
#include "plot/gnuplot/script.h"
#include "plot/plot.h"

enum {
  OPTION_LANGUAGE = 256,
  OPTION_FORMAT,
  OPTION_DATASETS,
  OPTION_SANDBOX,
  OPTION_CHARTS,
  OPTION_INDICATORS,
  OPTION_SIZE,
  OPTION_FONT
};

enum { NAMES_MOST = 64 };

struct command {
  struct plot_options options;
  const char *chart[NAMES_MOST + 1], *indicator[NAMES_MOST + 1];
};

/* Parts LIST at its commas into NAMES, which has room for NAMES_MOST and the end. */
static void part_names(char *list, const char **names, const struct argp_state *state) {
  size_t count = 0;
  for (char *rest, *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
    if (count == NAMES_MOST) argp_error(state, "at most %d names can be given", NAMES_MOST);
    names[count++] = name;
  }
  names[count] = NULL;
  if (count == 0) argp_error(state, "a list of names is empty");
}

static void take_charts(char *list, struct argp_state *state) {
  struct command *command = state->input;
  part_names(list, command->chart, state);
  command->options.chart = command->chart;
}

static void take_size(const char *name, struct argp_state *state) {
  struct command *command = state->input;
  command->options.size = theme_size_find(name);
  if (!command->options.size)
    argp_error(state, "--size is column, slide, screen or phone, not '%s'", name);
}

static error_t take_option(int key, char *argument, struct argp_state *state) {
  struct command *command = state->input;
  struct plot_options *options = &command->options;
  switch (key) {
    case 'o': options->output = argument; return 0;
    case 'q': options->quiet = true; return 0;
    case OPTION_SANDBOX: options->require_sandbox = true; return 0;
    case 'j': options->jobs = option_number(state, argument, 1, JOBS_MOST, "jobs"); return 0;
    case OPTION_DATASETS: options->datasets = argument; return 0;
    case OPTION_LANGUAGE:
      options->language = language_from(argument);
      if (options->language == LANGUAGES)
        argp_error(state, "--lang is zh or en, not '%s'", argument);
      return 0;
    case OPTION_FORMAT:
      options->formats = picture_formats_parse(argument);
      if (options->formats == 0)
        argp_error(state,
                   "--format is a list of png, png@2x, svg, svg@phone, pdf and emf, not '%s'",
                   argument);
      return 0;
    case OPTION_SIZE: take_size(argument, state); return 0;
    case OPTION_FONT: options->font = argument; return 0;
    case OPTION_CHARTS: take_charts(argument, state); return 0;
    case OPTION_INDICATORS:
      part_names(argument, command->indicator, state);
      options->indicator = command->indicator;
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

static const struct argp_option known[] = {
    {"output", 'o', "DIR", 0, "Folder for the charts (default: out/charts)", 0},
    {"lang", OPTION_LANGUAGE, "zh|en", 0, "Language of the charts (default: zh)", 0},
    {"format", OPTION_FORMAT, "LIST", 0,
     "Pictures to draw: png, png@2x, svg, svg@phone, pdf, emf (default: png,svg,pdf)", 0},
    {"size", OPTION_SIZE, "column|slide|screen|phone", 0,
     "What the charts are for: a Word column of 15.5 cm, a 16:9 slide, a screen, a phone "
     "(default: "
     "column)",
     0},
    {"font", OPTION_FONT, "NAME", 0, "Font family for all texts (default: Noto Sans CJK SC)", 0},
    {"charts", OPTION_CHARTS, "LIST", 0, "Charts to draw, by name (default: all)", 0},
    {"indicators", OPTION_INDICATORS, "LIST", 0,
     "Indicators of charts of an indicator (default: disclosure_rate,requests_received)", 0},
    {"datasets", OPTION_DATASETS, "DIR", 0,
     "Folder with codebook.csv and charts.csv (default: found beside the program)", 0},
    {"jobs", 'j', "N", 0, "Draw N charts at a time (default: 2)", 0},
    {"quiet", 'q', NULL, 0, "Say nothing where all goes well", 0},
    {"require-sandbox", OPTION_SANDBOX, NULL, 0,
     "Draw nothing where the kernel cannot shut in gnuplot (else that is only told)", 0},
    {0},
};

int main(int argc, char **argv) {
  static const struct argp parser = {
      .options = known,
      .parser = take_option,
      .args_doc = "ANALYSIS DATASET",
      .doc = "Draws charts of the reports in the folder DATASET, with the indicators in the folder "
             "ANALYSIS.\vEvery chart leaves a gnuplot script NAME.gp that runs by itself in its "
             "folder, its data NAME.tsv, and its pictures; charts.csv lists them all.\n\nExit "
             "status: 0 done; 1 failed, nothing changed; 2 wrong usage; 3 done, and rows of "
             "the dataset that cannot be used were left out, or charts could not be drawn, each of "
             "them told.",
  };
  static const char *const indicators[] = {"disclosure_rate", "requests_received", NULL};
  struct left_out left_out = {.program = "ogi-plot", .notes = stderr};
  struct command command = {.options = {.left_out = &left_out,
                                        .output = "out/charts",
                                        .language = LANGUAGE_ZH,
                                        .formats = PICTURES_USUAL,
                                        .size = &theme_sizes[0],
                                        .indicator = indicators,
                                        .jobs = 2}};
  argp_program_version = "ogi-plot " OGISTAT_VERSION;
  argp_err_exit_status = STATUS_USAGE;
  argp_parse(&parser, argc, argv, 0, NULL, &command);

  struct failure failure = {""};
  if (!plot_knows_charts(&command.options, &failure)) {
    fprintf(stderr, "ogi-plot: %s\n", failure.text);
    return STATUS_USAGE;
  }
  interrupt_listen();
  if (sandbox_check("ogi-plot", command.options.require_sandbox, &failure) &&
      plot_run(&command.options, &failure))
    return program_done(&left_out);
  return program_failed("ogi-plot", &failure);
}
