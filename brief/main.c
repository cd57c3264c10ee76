/* ogi-brief: the command line. */
#include <argp.h>

#include "brief/run.h"
#include "core/base/interrupt.h"
#include "core/base/option.h"
#include "core/base/program_end.h"
#include "core/base/sandbox.h"
#include "core/base/version.h"

enum { OPTION_LANGUAGE = 256, OPTION_FORMAT, OPTION_DATASETS, OPTION_SANDBOX };

static error_t take_folder(const char *argument, struct argp_state *state) {
  struct brief_options *options = state->input;
  const char **folders[] = {&options->charts, &options->analysis, &options->dataset};
  if (state->arg_num >= sizeof folders / sizeof *folders)
    argp_error(state, "only three folders can be given");
  else
    *folders[state->arg_num] = argument;
  return 0;
}

static error_t take_option(int key, char *argument, struct argp_state *state) {
  struct brief_options *options = state->input;
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
      options->formats = brief_formats_parse(argument);
      if (options->formats == 0)
        argp_error(state, "--format is a list of html, docx and pdf, not '%s'", argument);
      return 0;
    case ARGP_KEY_ARG: return take_folder(argument, state);
    case ARGP_KEY_END:
      if (state->arg_num < 3)
        argp_error(state, "three folders are needed: CHARTS, ANALYSIS and DATASET");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* Only PDFs are made by another program. */
static bool is_shut_in(const struct brief_options *options, struct failure *failure) {
  return !(options->formats & brief_formats_parse("pdf")) ||
         sandbox_check("ogi-brief", options->require_sandbox, failure);
}

int main(int argc, char **argv) {
  static const struct argp_option known[] = {
      {"output", 'o', "DIR", 0, "Folder for the pages (default: out/briefing)", 0},
      {"lang", OPTION_LANGUAGE, "zh|en", 0, "Language of the pages (default: zh)", 0},
      {"format", OPTION_FORMAT, "LIST", 0, "Formats to write: html, docx, pdf (default: html)", 0},
      {"datasets", OPTION_DATASETS, "DIR", 0,
       "Folder with codebook.csv and briefing.csv (default: found beside the program)", 0},
      {"jobs", 'j', "N", 0, "Make N batches of PDFs at a time (default: 2)", 0},
      {"quiet", 'q', NULL, 0, "Say nothing where all goes well", 0},
      {"require-sandbox", OPTION_SANDBOX, NULL, 0,
       "Make no PDF where the kernel cannot shut in LibreOffice (else that is only told)", 0},
      {0},
  };
  static const struct argp parser = {
      .options = known,
      .parser = take_option,
      .args_doc = "CHARTS ANALYSIS DATASET",
      .doc = "Writes a page for each report in the folder DATASET, with the indicators in the "
             "folder ANALYSIS and the charts in the folder CHARTS; one for all; and an "
             "index.\vEvery page is a file that needs nothing else; pages.csv lists them all. "
             "PDFs are made by LibreOffice. "
             "Sentences at the top are rows of briefing.csv.\n\nExit status: 0 done; 1 failed, "
             "nothing changed; 2 wrong usage; 3 done, and rows of the dataset that cannot be "
             "used were left out, or pages or their pictures are missing, each of them told.",
  };
  struct left_out left_out = {.program = "ogi-brief", .notes = stderr};
  struct brief_options options = {.left_out = &left_out,
                                  .output = "out/briefing",
                                  .language = LANGUAGE_ZH,
                                  .formats = brief_formats_parse("html"),
                                  .jobs = 2};
  argp_program_version = "ogi-brief " OGISTAT_VERSION;
  argp_err_exit_status = STATUS_USAGE;
  argp_parse(&parser, argc, argv, 0, NULL, &options);

  struct failure failure = {""};
  interrupt_listen();
  if (is_shut_in(&options, &failure) && brief_run(&options, &failure))
    return program_done(&left_out);
  return program_failed("ogi-brief", &failure);
}
