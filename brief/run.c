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
#include "core/base/interrupt.h"
#include "core/base/one_line.h"
#include "core/base/output.h"
#include "core/model/datapackage.h"

struct entry { /* a row of pages.csv */
  const char *subject, *language, *format, *file, *title;
};

struct press {
  const struct press_options *options;
  struct arena *arena;
  const char *datasets;
  const struct schema *schema;
  const struct material *material;
  const struct sentence_rules *rules;
  const struct html_look *look;
  struct output *output;
  LIST_OF(const char *) pdfs; /* their names; of those that are Word files as yet */
  LIST_OF(struct entry) entries;
  size_t written; /* the first of the entries are of this run */
  struct failure *failure;
};

/* ---- formats ---- */

/* Writes PAGE to FILE. False with the reason; other errors stay in FILE's error flag. */
typedef bool page_writer(const struct press *press, const struct page *page, FILE *file);

static bool write_html(const struct press *press, const struct page *page, FILE *file) {
  return html_write(press->look, press->material->words, page, file, press->failure);
}

static bool write_docx(const struct press *press, const struct page *page, FILE *file) {
  return docx_write(page, press->datasets, "docx", file, press->failure);
}

/* What a PDF is made from. */
static bool write_for_pdf(const struct press *press, const struct page *page, FILE *file) {
  return docx_write(page, press->datasets, "pdf", file, press->failure);
}

static const struct {
  const char *name; /* of the format, and the ending of its files */
  page_writer *write;
  const char *before, *after; /* endings behind that: as what is written, and what is made of it */
} formats[] = {{"html", write_html, "", ""},
               {"docx", write_docx, "", ""},
               {"pdf", write_for_pdf, ".docx", ".pdf"}};
enum { PRESS_FORMATS = sizeof formats / sizeof *formats };

static unsigned format_from(const char *name, size_t length) {
  for (size_t i = 0; i < PRESS_FORMATS; i++)
    if (strlen(formats[i].name) == length && memcmp(formats[i].name, name, length) == 0)
      return 1U << i;
  return 0;
}

unsigned press_formats_parse(const char *list) {
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

/* ---- pages ---- */

static bool write_file(const struct press *press, const struct page *page, size_t format,
                       const char *path) {
  FILE *file = fopen(path, "w");
  if (!file) return failure_set(press->failure, "cannot write '%s': %s", path, strerror(errno));
  bool done = formats[format].write(press, page, file), is_broken = ferror(file);
  is_broken |= fclose(file) != 0;
  if (!done) return false;
  return !is_broken || failure_set(press->failure, "cannot write '%s': %s", path, strerror(errno));
}

static bool write_page(struct press *press, const char *subject, const struct page *page,
                       size_t format) {
  struct arena *arena = press->arena;
  const char *name = formats[format].name, *before = formats[format].before,
             *after = formats[format].after;
  const char *file_name = arena_format(arena, "%s.%s", page->name, name);
  const char *path = arena_format(arena, "%s/%s", output_scratch(press->output), file_name);
  if (!write_file(press, page, format, arena_format(arena, "%s%s", path, before))) return false;
  if (*after) *list_add(arena, &press->pdfs) = file_name;
  output_adopt(press->output, file_name, arena_format(arena, "%s%s", path, after));
  *list_add(arena, &press->entries) = (struct entry){subject, language_name(page->language), name,
                                                     file_name, text_one_line(arena, page->title)};
  return true;
}

static bool write_formats(struct press *press, const char *subject, const struct page *page) {
  for (size_t i = 0; i < PRESS_FORMATS; i++)
    if (press->options->formats & 1U << i && !write_page(press, subject, page, i)) return false;
  return true;
}

static bool write_pages(struct press *press) {
  const struct material *material = press->material;
  bool done = true;
  for (size_t i = 0; i < material->reports && done; i++) {
    const struct brief_report *report = &material->report[i];
    struct arena *arena = arena_new(); /* what a page says is forgotten when it is written */
    done = !interrupt_heard(press->failure) &&
           write_formats(press, report->row[REPORT_ID],
                         briefing_report(arena, material, press->rules, report));
    arena_free(arena);
  }
  if (!done) return false;
  struct arena *arena = arena_new();
  done = write_formats(press, "all", briefing_all(arena, material, press->rules)) &&
         write_formats(press, "index", briefing_index(arena, material));
  arena_free(arena);
  press->written = press->entries.count;
  return done;
}

static bool make_pdfs(const struct press *press) {
  const struct pdf_task task = {.folder = output_scratch(press->output),
                                .names = press->pdfs.item,
                                .count = press->pdfs.count,
                                .datasets = press->datasets,
                                .threads = press->options->jobs};
  return task.count == 0 || pdf_make(&task, press->failure);
}

/* ---- the list of pages ---- */

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  int order = strcmp(x->subject, y->subject);
  if (!order) order = strcmp(x->language, y->language);
  return order ? order : strcmp(x->format, y->format);
}

static bool is_of_this_run(const struct press *press, const char *const *f) {
  struct entry wanted = {.subject = f[0], .language = f[1], .format = f[2]};
  return press->written &&
         bsearch(&wanted, press->entries.item, press->written, sizeof wanted, compare_entries);
}

/* The row of an earlier run: in another language or format it stays; else its page is of this run,
 * or is no more. */
static bool take_entry(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct press *press = context;
  struct arena *arena = press->arena;
  bool is_other = strcmp(f[1], language_name(press->options->language)) != 0 ||
                  !(press->options->formats & format_from(f[2], strlen(f[2])));
  if (is_other)
    *list_add(arena, &press->entries) =
        (struct entry){arena_text(arena, f[0]), arena_text(arena, f[1]), arena_text(arena, f[2]),
                       arena_text(arena, f[3]), arena_text(arena, f[4])};
  else if (!is_of_this_run(press, f) && file_name_is_safe(f[3]))
    output_remove(press->output, f[3]);
  return true;
}

static void sort_entries(struct press *press) {
  if (press->entries.count)
    qsort(press->entries.item, press->entries.count, sizeof *press->entries.item, compare_entries);
}

static bool write_list(struct press *press) {
  static const char *const columns[] = {"report_id", "lang", "format", "file", "title", NULL};
  const char *path = arena_format(press->arena, "%s/pages.csv", press->options->output);
  sort_entries(press);
  if (access(path, F_OK) == 0 && !csv_read(path, columns, take_entry, press, press->failure))
    return false;
  sort_entries(press);
  FILE *file = schema_open(press->schema, press->output, "pages.csv", press->failure);
  if (!file) return false;
  for (size_t i = 0; i < press->entries.count; i++) {
    const struct entry *entry = &press->entries.item[i];
    const char *fields[] = {entry->subject, entry->language, entry->format, entry->file,
                            entry->title};
    csv_write_row(file, fields, sizeof fields / sizeof *fields);
  }
  return datapackage_write(press->schema, press->output, "ogistat-briefing",
                           "Briefing on government information disclosure reports", NULL, NULL, 0,
                           press->failure);
}

/* ---- the run ---- */

static bool load(struct press *press) {
  struct arena *arena = press->arena;
  const struct press_options *options = press->options;
  struct failure *failure = press->failure;
  press->datasets = datasets_folder(arena, options->datasets, failure);
  if (!press->datasets || !(press->output = output_open(options->output, failure))) return false;
  const struct material_folders folders = {options->charts, options->analysis, options->dataset,
                                           options->output, press->datasets};
  return (press->schema = schema_load(arena, press->datasets, failure)) &&
         (press->rules = sentences_load(arena, press->datasets, options->language, failure)) &&
         (press->look = html_look_load(arena, press->datasets, failure)) &&
         (press->material =
              material_load(arena, &folders, options->language, options->left_out, failure));
}

static bool print(struct press *press) {
  if (!write_pages(press) || !make_pdfs(press) || !write_list(press)) return false;
  struct output *output = press->output;
  press->output = NULL; /* committing frees it */
  return output_commit(output, press->failure);
}

bool press_run(const struct press_options *options, struct failure *failure) {
  struct press press = {.options = options, .arena = arena_new(), .failure = failure};
  bool done = load(&press) && print(&press);
  if (done && !options->quiet)
    fprintf(stderr, "ogi-brief: %zu pages written to %s\n", press.written, options->output);
  output_abandon(press.output);
  arena_free(press.arena);
  return done;
}
