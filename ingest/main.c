/* ogi-ingest: published reports in, a dataset out. Only reads options. */
#include <argp.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/option.h"
#include "core/base/pool.h"
#include "core/base/program_end.h"
#include "core/base/sandbox.h"
#include "core/base/version.h"
#include "ingest/dump.h"
#include "ingest/run.h"

enum { OPTION_SANDBOX = 256 };

enum { OPTION_ALLOW_EMPTY = 300, OPTION_KEEP_BELOW, OPTION_RETRY_LIST, OPTION_MEMORY };

enum { KEEP_BELOW_USUAL = 50, MEBIBYTES_MOST = 1 << 24 };

static void add_except(struct ingest_options *options, const char *folder,
                       const struct argp_state *state) {
  if (options->excepts == EXCEPT_MOST)
    argp_error(state, "at most %d files and folders can be passed over", EXCEPT_MOST);
  else
    options->except[options->excepts++] = folder;
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  struct ingest_options *options = state->input;
  switch (key) {
    case 'o': options->output = argument; return 0;
    case 's': options->sqlite = argument; return 0;
    case 'n': options->no_cache = true; return 0;
    case 'q': options->quiet = true; return 0;
    case OPTION_SANDBOX: options->require_sandbox = true; return 0;
    case 'x': add_except(options, argument, state); return 0;
    case 'D': options->datasets = argument; return 0;
    case 'd': options->dump = argument; return 0;
    case 'm': options->manifest = argument; return 0;
    case OPTION_ALLOW_EMPTY: options->allow_empty = true; return 0;
    case OPTION_KEEP_BELOW:
      options->keep_below = option_number(state, argument, 0, 100, "percent");
      return 0;
    case OPTION_RETRY_LIST: options->retry_list = argument; return 0;
    case OPTION_MEMORY:
      options->memory = (size_t)option_number(state, argument, 1, MEBIBYTES_MOST, "mebibytes")
                        << 20;
      return 0;
    case 'j': options->workers = option_number(state, argument, 1, JOBS_MOST, "jobs"); return 0;
    case ARGP_KEY_ARGS: options->paths = state->argv + state->next; return 0;
    case ARGP_KEY_END:
      if (!options->paths && !options->dump) argp_error(state, "no report was given");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static struct ingest_options read_options(int argc, char **argv) {
  static const struct argp_option known[] = {
      {"output", 'o', "DIR", 0, "Write the dataset into DIR (default: out/dataset)", 0},
      {"jobs", 'j', "N", 0,
       "Use up to N workers (default: one a processor); the result never depends on it", 0},
      {"sqlite", 's', "FILE", 0, "Write the same tables into the SQLite file FILE as well", 0},
      {"dump", 'd', "FILE", 0, "Print FILE as the reader understood it, and stop", 0},
      {"datasets", 'D', "DIR", 0,
       "Take codebook, forms and rules from DIR (default: found beside the program)", 0},
      {"no-cache", 'n', NULL, 0,
       "Read every file again, and keep nothing for the next run (else in .NAME.cache beside DIR)",
       0},
      {"manifest", 'm', "FILE", 0,
       "Take what FILE says of single files before what they say: CSV with the columns source, "
       "division, organ, year, url",
       0},
      {"allow-empty", OPTION_ALLOW_EMPTY, NULL, 0,
       "Take a folder in which there is nothing, and a run that finds no report at all, as it is "
       "(else an error: nothing is written)",
       0},
      {"keep-below", OPTION_KEEP_BELOW, "PERCENT", 0,
       "Where fewer reports are found than so many percent of those in DIR (default: 50), keep the "
       "dataset that stands there as DIR.previous, say so, and end with status 3; 0: never",
       0},
      {"retry-list", OPTION_RETRY_LIST, "FILE", 0,
       "Write into FILE, a line each, what the machine lost (rejects.csv: retry is yes) and the "
       "next run reads again; where there is nothing FILE is removed",
       0},
      {"memory", OPTION_MEMORY, "MIB", 0,
       "Use at most so many mebibytes for all workers together (default: three quarters of the "
       "machine's); where that is less than 1024 a worker, there are fewer workers",
       0},
      {"quiet", 'q', NULL, 0, "No progress and no summary", 0},
      {"except", 'x', "PATH", 0,
       "Pass over this file or folder; so are the manifest and what is written here in any case",
       0},
      {"require-sandbox", OPTION_SANDBOX, NULL, 0,
       "Read nothing where the kernel cannot shut in what reads documents (else that is only told)",
       0},
      {0}};
  static const struct argp argp = {
      .options = known,
      .parser = parse_option,
      .args_doc = "PATH…",
      .doc =
          "Reads annual reports on open government information (政府信息公开工作年度报告) from "
          "files and "
          "folders and writes them as one dataset: reports, observations, edit failures, rejects."
          "\vExit status: 0 done; 1 failed, nothing half-written; 2 wrong usage, inputs that are "
          "not there, or no report in any of them, nothing written; 3 done, and some input was "
          "rejected (rejects.csv says which and why), or far fewer reports were found than "
          "before."};
  struct ingest_options options = {.output = "out/dataset",
                                   .keep_below = KEEP_BELOW_USUAL,
                                   .workers = sysconf(_SC_NPROCESSORS_ONLN)};
  if (options.workers < 1) options.workers = 1;
  argp_err_exit_status = STATUS_USAGE;
  argp_program_version = "ogi-ingest " OGISTAT_VERSION;
  argp_parse(&argp, argc, argv, 0, NULL, &options);
  return options;
}

static int ingest(const struct ingest_options *options, const char *datasets,
                  struct failure *failure) {
  switch (ingest_run(options, datasets, failure)) {
    case RUN_DONE: return EXIT_SUCCESS;
    case RUN_SOME_REJECTED: return STATUS_LEFT_OUT;
    case RUN_NO_INPUT: return STATUS_USAGE;
    default: return STATUS_FAILED;
  }
}

/* Memory is taken from the kernel in few large pieces, also by the thread that loads the rules: a
 * call for every few pages stops the other threads of a worker each time. */
static void prepare_memory(void) {
  enum { PIECE = 1 << 23 };
  mallopt(M_TOP_PAD, PIECE);
}

int main(int argc, char **argv) {
  prepare_memory();
  struct ingest_options options = read_options(argc, argv);
  struct failure failure = {""};
  struct arena *arena = arena_new();
  int status = STATUS_FAILED;
  interrupt_listen();
  if (!sandbox_check("ogi-ingest", options.require_sandbox, &failure)) {
    status = STATUS_FAILED;
  } else if (options.dump) {
    status = dump_file(options.dump, stdout, &failure) ? EXIT_SUCCESS : STATUS_FAILED;
  } else {
    const char *datasets = datasets_folder(arena, options.datasets, &failure);
    if (datasets) status = ingest(&options, datasets, &failure);
  }
  arena_free(arena);
  if (status == STATUS_FAILED) return program_failed("ogi-ingest", &failure);
  if (*failure.text) fprintf(stderr, "ogi-ingest: %s\n", failure.text);
  return status;
}
