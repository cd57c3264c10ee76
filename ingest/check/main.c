/* ogi-check: one report, its verdict in words. Only reads options. */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/program_end.h"
#include "core/base/sandbox.h"
#include "core/base/version.h"
#include "ingest/check/check_run.h"

enum { OPTION_PREVIOUS = 256, OPTION_COMMENTS, OPTION_LANGUAGE, OPTION_FORMAT };

struct command_line {
  struct check_options check;
  const char *datasets;
};

static bool is_same_file(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* No file that was given is ever written to. */
static void refuse_given(const struct check_options *options, const char *written,
                         const struct argp_state *state) {
  if (!written) return;
  for (char **path = options->paths; *path; path++)
    if (is_same_file(*path, written)) argp_error(state, "'%s' is a file to be checked", written);
  if (options->previous && is_same_file(options->previous, written))
    argp_error(state, "'%s' is the report of the year before", written);
}

static void check_inputs(const struct check_options *options, const struct argp_state *state) {
  for (char **path = options->paths; *path; path++)
    if (access(*path, F_OK) != 0) argp_error(state, "'%s': %s", *path, strerror(errno));
  if (options->previous && access(options->previous, F_OK) != 0)
    argp_error(state, "'%s': %s", options->previous, strerror(errno));
  if ((options->comments || options->previous) && options->paths[1])
    argp_error(state, "--comments and --previous are for one report");
  refuse_given(options, options->output, state);
  refuse_given(options, options->comments, state);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  struct command_line *line = state->input;
  struct check_options *options = &line->check;
  switch (key) {
    case 'o': options->output = argument; return 0;
    case 'D': line->datasets = argument; return 0;
    case OPTION_PREVIOUS: options->previous = argument; return 0;
    case OPTION_COMMENTS: options->comments = argument; return 0;
    case OPTION_LANGUAGE:
      options->language = language_from(argument);
      if (options->language == LANGUAGES) argp_error(state, "'%s' is neither zh nor en", argument);
      return 0;
    case OPTION_FORMAT:
      options->format = verdict_format_from(argument);
      if (options->format == VERDICT_FORMATS)
        argp_error(state, "'%s' is none of text, html, json, csv", argument);
      return 0;
    case ARGP_KEY_ARGS: options->paths = state->argv + state->next; return 0;
    case ARGP_KEY_END:
      if (options->paths)
        check_inputs(options, state);
      else
        argp_error(state, "no report was given");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* As setlocale would choose for messages, which this program has in Chinese and English only. */
static bool is_chinese_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return strncmp(value, "zh", 2) == 0;
  }
  return false;
}

static struct command_line read_options(int argc, char **argv) {
  static const struct argp_option known[] = {
      {"previous", OPTION_PREVIOUS, "FILE", 0, "Compare with FILE, the report of the year before",
       0},
      {"comments", OPTION_COMMENTS, "FILE", 0,
       "Write a copy of the draft, a .docx, with Word comments at the cells concerned into FILE",
       0},
      {"format", OPTION_FORMAT, "FORMAT", 0, "text (default), html, json or csv", 0},
      {"output", 'o', "FILE", 0, "Write the verdict into FILE (default: standard output)", 0},
      {"lang", OPTION_LANGUAGE, "zh|en", 0,
       "Language of the verdict (default: Chinese where the locale or the document is)", 0},
      {"datasets", 'D', "DIR", 0,
       "Take codebook, forms and rules from DIR (default: found beside the program)", 0},
      {0}};
  static const struct argp argp = {
      .options = known,
      .parser = parse_option,
      .args_doc = "FILE…",
      .doc = "Checks annual reports on open government information (政府信息公开工作年度报告), "
             "drafts or published: what does not add up, which cell is suspect, what is blank, "
             "missing or out of order. No file that is given is changed."
             "\vExit status: 0 all holds; 4 something does not; 1 failed, or no report was found; "
             "2 wrong usage."};
  struct command_line line = {.check = {.language = LANGUAGES}};
  line.check.is_chinese_locale = is_chinese_locale();
  argp_err_exit_status = STATUS_USAGE;
  argp_program_version = "ogi-check " OGISTAT_VERSION;
  argp_parse(&argp, argc, argv, 0, NULL, &line);
  return line;
}

int main(int argc, char **argv) {
  struct command_line line = read_options(argc, argv);
  struct failure failure = {""};
  struct arena *arena = arena_new();
  int status = STATUS_FAILED;
  interrupt_listen();
  if (sandbox_check("ogi-check", false, &failure)) {
    line.check.datasets = datasets_folder(arena, line.datasets, &failure);
    if (line.check.datasets) status = check_run(&line.check, &failure);
  }
  arena_free(arena);
  return status == STATUS_FAILED ? program_failed("ogi-check", &failure) : status;
}
