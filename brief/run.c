/* Makes pages, has them written, and puts them in their places. Knows no page by what it says. */
#include "brief/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "brief/formats/docx.h"
#include "brief/formats/html.h"
#include "brief/formats/pdf.h"
#include "brief/page/briefing.h"
#include "brief/page/draft.h"
#include "core/base/csv_file.h"
#include "core/base/file_name.h"
#include "core/base/folder.h"
#include "core/base/folder_state.h"
#include "core/base/interrupt.h"
#include "core/base/one_line.h"
#include "core/base/output.h"
#include "core/model/datapackage.h"
#include "core/model/named_row.h"

struct entry { /* a row of pages.csv */
  const char *subject, *language, *format;
  const char *file; /* "" where the page failed */
  const char *title, *state, *reason;
};

static const char STATE_WRITTEN[] = "written", STATE_FAILED[] = "failed";

struct run {
  const struct brief_options *options;
  struct arena *arena;
  const char *datasets;
  const struct schema *schema;
  const struct material *material;
  const struct sentence_rules *rules;
  const struct html_look *look;
  struct output *output;
  struct folders_read read;
  LIST_OF(struct pdf_file) pdfs; /* that are Word files as yet */
  LIST_OF(size_t) entry_of;      /* each of them: its place among the entries */
  LIST_OF(struct entry) entries;
  size_t of_this_run; /* so many of the entries, which come first */
  size_t failed;
  struct failure *failure;
};

/* ---- formats ---- */

/* Writes PAGE to FILE. False with the reason where that cannot be done; what it had to do without
 * is in LOSSES, and other errors stay in FILE's error flag. */
typedef bool page_writer(const struct run *run, const struct page *page, FILE *file,
                         struct page_losses *losses, struct failure *failure);

static bool write_html(const struct run *run, const struct page *page, FILE *file,
                       struct page_losses *losses, struct failure *failure) {
  (void)failure;
  html_write(run->look, run->material->words, page, file, losses);
  return true;
}

static bool write_docx(const struct run *run, const struct page *page, FILE *file,
                       struct page_losses *losses, struct failure *failure) {
  return docx_write(page, run->datasets, "docx", file, losses, failure);
}

/* Writes the Word file that a PDF is made from. */
static bool write_for_pdf(const struct run *run, const struct page *page, FILE *file,
                          struct page_losses *losses, struct failure *failure) {
  return docx_write(page, run->datasets, "pdf", file, losses, failure);
}

static const struct {
  const char *name; /* of the format, and the ending of its files */
  page_writer *write;
  const char *before, *after; /* endings behind that: as what is written, and what is made of it */
} formats[] = {{"html", write_html, "", ""},
               {"docx", write_docx, "", ""},
               {"pdf", write_for_pdf, ".docx", ".pdf"}};
enum { BRIEF_FORMATS = sizeof formats / sizeof *formats };

static unsigned format_from(const char *name, size_t length) {
  for (size_t i = 0; i < BRIEF_FORMATS; i++)
    if (strlen(formats[i].name) == length && memcmp(formats[i].name, name, length) == 0)
      return 1U << i;
  return 0;
}

unsigned brief_formats_parse(const char *list) {
  unsigned sum = 0;
  for (const char *name = list;;) {
    size_t length = strcspn(name, ",");
    unsigned format = format_from(name, length);
    if (!format) return 0;
    sum |= format;
    if (!name[length]) return sum;
    name += length + 1;
  }
}

/* ---- what is missing ---- */

static void tell(const struct run *run, const struct entry *entry, const char *detail) {
  left_out_tell(run->options->left_out, "%s, %s: %s%s%s", entry->subject, entry->format,
                entry->reason, *detail ? ": " : "", detail);
}

/* The page of ENTRY failed for the reason KEY; DETAIL is not for pages.csv, for it may name files
 * of this run. */
static void fail_entry(struct run *run, struct entry *entry, const char *key, const char *detail) {
  output_remove(run->output, entry->file);
  entry->file = "";
  entry->state = STATE_FAILED;
  entry->reason = brief_words(run->material, key);
  run->failed++;
  tell(run, entry, detail);
}

static void tell_losses(const struct run *run, struct entry *entry,
                        const struct page_losses *losses) {
  if (!losses->picture) return;
  const char *name = text_one_line(run->arena, file_name_of(losses->picture));
  entry->reason = brief_fill(run->arena, run->material, "page_picture",
                             (struct filling[]){{"file", name}, {NULL, NULL}});
  tell(run, entry, "");
}

/* ---- pages ---- */

enum writing { WRITTEN, NOT_WRITTEN, NO_ROOM };

/* NO_ROOM: the file cannot be written, which is not the page's fault. */
static enum writing write_file(const struct run *run, const struct page *page, size_t format,
                               const char *path, struct page_losses *losses,
                               struct failure *reason) {
  FILE *file = fopen(path, "w");
  bool done = file && formats[format].write(run, page, file, losses, reason);
  bool is_broken = !file || ferror(file);
  if (file) is_broken |= fclose(file) != 0;
  if (!is_broken) return done ? WRITTEN : NOT_WRITTEN;
  failure_set(run->failure, "cannot write '%s': %s", path, strerror(errno));
  return NO_ROOM;
}

static struct entry *add_entry(struct run *run, const char *subject, const struct page *page,
                               size_t format) {
  struct entry *entry = list_add(run->arena, &run->entries);
  *entry = (struct entry){.subject = subject,
                          .language = language_name(run->material->language),
                          .format = formats[format].name,
                          .file = "",
                          .title = text_one_line(run->arena, page->title),
                          .state = STATE_WRITTEN,
                          .reason = ""};
  return entry;
}

static bool write_page(struct run *run, const char *subject, const struct page *page,
                       size_t format) {
  struct arena *arena = run->arena;
  struct page_losses losses = {NULL};
  struct failure reason = {""};
  struct entry *entry = add_entry(run, subject, page, format);
  entry->file = arena_format(arena, "%s.%s", page->name, formats[format].name);
  const char *path = arena_format(arena, "%s/%s", output_scratch(run->output), entry->file);
  const char *first = arena_format(arena, "%s%s", path, formats[format].before);
  enum writing end = write_file(run, page, format, first, &losses, &reason);
  if (end == NO_ROOM) return false;
  if (end == NOT_WRITTEN) {
    fail_entry(run, entry, "page_failed", reason.text);
    return true;
  }
  tell_losses(run, entry, &losses);
  if (!*formats[format].after) {
    output_adopt(run->output, entry->file, path);
    return true;
  }
  *list_add(arena, &run->pdfs) = (struct pdf_file){.name = entry->file};
  *list_add(arena, &run->entry_of) = run->entries.count - 1;
  return true;
}

static bool write_formats(struct run *run, const char *subject, const struct page *page) {
  for (size_t i = 0; i < BRIEF_FORMATS; i++)
    if (run->options->formats & 1U << i && !write_page(run, subject, page, i)) return false;
  return true;
}

static bool write_pages(struct run *run) {
  const struct material *material = run->material;
  bool done = true;
  for (size_t i = 0; i < material->reports && done; i++) {
    const struct brief_report *report = &material->report[i];
    struct arena *arena = arena_new(); /* what a page says is forgotten when it is written */
    done = !interrupt_heard(run->failure) &&
           write_formats(run, report->row[REPORT_ID],
                         briefing_report(arena, material, run->rules, report));
    arena_free(arena);
  }
  if (!done) return false;
  struct arena *arena = arena_new();
  done = write_formats(run, "all", briefing_all(arena, material, run->rules)) &&
         write_formats(run, "index", briefing_index(arena, material));
  arena_free(arena);
  return done;
}

static void take_pdf(struct run *run, const struct pdf_file *pdf, struct entry *entry) {
  if (pdf->end == PDF_MADE) {
    const char *path =
        arena_format(run->arena, "%s/%s.pdf", output_scratch(run->output), pdf->name);
    output_adopt(run->output, entry->file, path);
  } else {
    fail_entry(run, entry, pdf->end == PDF_SLOW ? "page_slow" : "page_no_pdf", pdf->complaint);
  }
}

static bool make_pdfs(struct run *run) {
  const struct pdf_task task = {.folder = output_scratch(run->output),
                                .files = run->pdfs.item,
                                .count = run->pdfs.count,
                                .datasets = run->datasets,
                                .threads = run->options->jobs};
  if (task.count > 0 && !pdf_make(run->arena, &task, run->failure)) return false;
  for (size_t i = 0; i < task.count; i++)
    take_pdf(run, &task.files[i], &run->entries.item[run->entry_of.item[i]]);
  return true;
}

/* Where not one page could be written, something is wrong with the machine, not with a page. */
static bool anything_is_written(const struct run *run) {
  if (run->failed < run->entries.count) return true;
  return failure_set(run->failure, "no page could be written");
}

/* ---- the list of pages ---- */

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  int order = strcmp(x->subject, y->subject);
  if (!order) order = strcmp(x->language, y->language);
  return order ? order : strcmp(x->format, y->format);
}

#define PAGES_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(report_id)                                                                                \
  COLUMN(lang) COLUMN(format) COLUMN(file) COLUMN(title) OPTIONAL(state) OPTIONAL(reason)
CSV_ROW(pages_row, PAGES_ROW);

static bool is_of_this_run(const struct run *run, const struct pages_row *row) {
  struct entry wanted = {.subject = row->report_id, .language = row->lang, .format = row->format};
  return run->of_this_run &&
         bsearch(&wanted, run->entries.item, run->of_this_run, sizeof wanted, compare_entries);
}

/* The row of an earlier run: in another language or format it stays; else its page is of this run,
 * or is no more. */
static bool take_entry(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct run *run = context;
  const struct pages_row *row = (const void *)f;
  struct arena *arena = run->arena;
  bool is_other = strcmp(row->lang, language_name(run->options->language)) != 0 ||
                  !(run->options->formats & format_from(row->format, strlen(row->format)));
  if (is_other)
    *list_add(arena, &run->entries) =
        (struct entry){arena_text(arena, row->report_id),
                       arena_text(arena, row->lang),
                       arena_text(arena, row->format),
                       arena_text(arena, row->file),
                       arena_text(arena, row->title),
                       *row->state ? arena_text(arena, row->state) : STATE_WRITTEN,
                       arena_text(arena, row->reason)};
  else if (!is_of_this_run(run, row) && file_name_is_safe(row->file))
    output_remove(run->output, row->file);
  return true;
}

static void sort_entries(struct run *run) {
  if (run->entries.count)
    qsort(run->entries.item, run->entries.count, sizeof *run->entries.item, compare_entries);
}

static void write_entry(const struct entry *entry, struct named_row *row, FILE *file) {
  named_row_text(row, "report_id", entry->subject);
  named_row_text(row, "lang", entry->language);
  named_row_text(row, "format", entry->format);
  named_row_text(row, "file", entry->file);
  named_row_text(row, "title", entry->title);
  named_row_text(row, "state", entry->state);
  named_row_text(row, "reason", entry->reason);
  named_row_write(row, file);
}

static bool write_list(struct run *run) {
  const char *path = arena_format(run->arena, "%s/pages.csv", run->options->output);
  run->of_this_run = run->entries.count;
  sort_entries(run);
  if (access(path, F_OK) == 0 && !csv_read(path, pages_row_columns, take_entry, run, run->failure))
    return false;
  sort_entries(run);
  FILE *file = schema_open(run->schema, run->output, "pages.csv", run->failure);
  if (!file) return false;
  struct named_row *row = named_row_new(run->arena, run->schema, "pages.csv");
  for (size_t i = 0; i < run->entries.count; i++) write_entry(&run->entries.item[i], row, file);
  return datapackage_write(run->schema, run->output, "ogistat-briefing",
                           "Briefing on government information disclosure reports", NULL, NULL, 0,
                           run->failure);
}

/* ---- the run ---- */

static bool load(struct run *run) {
  struct arena *arena = run->arena;
  const struct brief_options *options = run->options;
  struct failure *failure = run->failure;
  run->datasets = datasets_folder(arena, options->datasets, failure);
  if (!run->datasets || !(run->output = output_open(options->output, failure))) return false;
  run->read = folders_read_begin(
      (const char *const[]){options->charts, options->analysis, options->dataset, NULL});
  const struct material_folders folders = {options->charts, options->analysis, options->dataset,
                                           options->output, run->datasets};
  return (run->schema = schema_load(arena, run->datasets, failure)) &&
         (run->rules = sentences_load(arena, run->datasets, options->language, failure)) &&
         (run->look = html_look_load(arena, run->datasets, failure)) &&
         (run->material =
              material_load(arena, &folders, options->language, options->left_out, failure));
}

static bool write_all(struct run *run) {
  if (!write_pages(run) || !make_pdfs(run) || !anything_is_written(run) || !write_list(run) ||
      !folders_read_whole(&run->read, run->failure))
    return false;
  struct output *output = run->output;
  run->output = NULL; /* committing frees it */
  return output_commit(output, run->failure);
}

static void tell_counts(const struct run *run) {
  fprintf(stderr, "ogi-brief: %zu pages written to %s", run->of_this_run - run->failed,
          run->options->output);
  if (run->failed) fprintf(stderr, ", %zu failed", run->failed);
  putc('\n', stderr);
}

bool brief_run(const struct brief_options *options, struct failure *failure) {
  struct run run = {.options = options, .arena = arena_new(), .failure = failure};
  bool done = load(&run) && write_all(&run);
  if (done && !options->quiet) tell_counts(&run);
  output_abandon(run.output);
  arena_free(run.arena);
  return done;
}
