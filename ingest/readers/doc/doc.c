/* Binary Word documents, by other programs. Knows nothing of forms.
 *
 * antiword is fast and gives the cells of tables with the widths of their columns, but drops rows
 * whose description is longer than it expects, without a word. So what it gives is counted against
 * the number of characters that the document says it has; where a part is missing, LibreOffice,
 * which is slower by some seconds, converts the document to .docx. */
#include "ingest/readers/doc/doc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/child.h"
#include "core/base/scratch_folder.h"
#include "ingest/readers/doc/docbook.h"
#include "ingest/readers/docx/docx.h"
#include "ingest/readers/xlsx/xlsx.h"

enum { OUTPUT_LIMIT = 64 * 1024 * 1024 };
static const double ANTIWORD_SECONDS = 20, OFFICE_SECONDS = 60;

/* ---- what the compound file holds ---- */

/* True where the directory of the compound file has an entry NAME (ASCII). Entries take 128 bytes
 * and begin at multiples of that, so they are found even where the chain of sectors is broken. */
static bool has_entry(const struct source *source, const char *name) {
  enum { ENTRY = 128, LENGTH_AT = 64, TYPE_AT = 66 };
  size_t length = strlen(name);
  for (size_t at = 512; at + ENTRY <= source->size; at += ENTRY) {
    const unsigned char *entry = (const unsigned char *)source->bytes + at;
    if (entry[LENGTH_AT] != 2 * length + 2 || entry[LENGTH_AT + 1] != 0) continue;
    if (entry[TYPE_AT] != 1 && entry[TYPE_AT] != 2) continue;
    size_t i = 0;
    while (i < length && entry[2 * i] == (unsigned char)name[i] && entry[2 * i + 1] == 0) i++;
    if (i == length) return true;
  }
  return false;
}

static uint32_t number_at(const unsigned char *bytes, size_t count) {
  uint32_t number = 0;
  while (count-- > 0) number = number << 8 | bytes[count];
  return number;
}

/* The head of the stream WordDocument ([MS-DOC] 2.5.1, the FIB); NULL where it is not found. */
static const unsigned char *find_head(const struct source *source) {
  enum { SECTOR = 512, HEAD = 0x60, OLDEST = 0xC0, NEWEST = 0x200 };
  for (size_t at = SECTOR; at + HEAD <= source->size; at += SECTOR) {
    const unsigned char *head = (const unsigned char *)source->bytes + at;
    uint32_t version = number_at(head + 2, 2);
    if (number_at(head, 2) == 0xA5EC && version >= OLDEST && version < NEWEST) return head;
  }
  return NULL;
}

static bool is_encrypted(const unsigned char *head) {
  return head && (number_at(head + 0x0A, 2) & 0x0100) != 0;
}

/* How many characters the text has, marks of paragraphs, cells and rows among them; 0: not told. */
static size_t characters_of(const unsigned char *head) {
  return head ? number_at(head + 0x4C, 4) : 0;
}

/* Runs PROGRAM, whose arguments are set, shut in: it may read what the system has, and change what
 * is in FOLDER, its home. */
static enum child_end run_converter(struct arena *arena, const char *folder,
                                    struct child *program) {
  const struct sandbox_plan plan = {.kind = SANDBOX_PROGRAM,
                                    .reads = (const char *const[]){getenv("ANTIWORDHOME"), NULL},
                                    .writes = (const char *const[]){folder, NULL}};
  program->folder = folder;
  program->plan = &plan;
  program->output_limit = OUTPUT_LIMIT;
  enum child_end end = child_run(arena, program);
  program->arguments = NULL;
  program->plan = NULL;
  return end;
}

static enum child_end run_antiword(struct arena *arena, const char *folder, const char *path,
                                   struct child *antiword) {
  char *arguments[] = {"antiword", "-x", "db", arena_text(arena, path), NULL};
  *antiword = (struct child){.arguments = arguments, .seconds = ANTIWORD_SECONDS};
  return run_converter(arena, folder, antiword);
}

/* ---- LibreOffice ---- */

static const char *give_up(const struct source *source, enum child_end end,
                           struct failure *failure) {
  const char *what = source_format_name(source->format);
  if (end == CHILD_MISSING) {
    failure_set(failure,
                "this %s file cannot be read without LibreOffice, which is not installed. Install "
                "it, or save the file as .docx or .xlsx in Office or WPS.",
                what);
    return "converter_missing";
  }
  if (end == CHILD_KILLED) {
    failure_set(failure, "LibreOffice was ended from outside while it converted this %s file",
                what);
    return "reader_killed";
  }
  failure_set(failure, "LibreOffice %s this %s file. Save it as .docx or .xlsx in Office or WPS.",
              end == CHILD_TIME ? "took too long over" : "could not convert", what);
  return end == CHILD_TIME ? "time_limit" : "unreadable_document";
}

/* Converts the file PATH in FOLDER to FORMAT (docx, xlsx) with the profile PROFILE, in FOLDER as
 * well. */
static enum child_end run_office(struct arena *arena, const char *folder, const char *path,
                                 const char *profile, const char *format) {
  char *arguments[] = {"soffice",
                       "--headless",
                       "--norestore",
                       "--nolockcheck",
                       arena_format(arena, "-env:UserInstallation=file://%s", profile),
                       "--convert-to",
                       arena_text(arena, format),
                       "--outdir",
                       arena_format(arena, "%s/converted", folder),
                       arena_text(arena, path),
                       NULL};
  struct child office = {.arguments = arguments, .seconds = OFFICE_SECONDS};
  return run_converter(arena, folder, &office);
}

/* What LibreOffice makes of the old formats, and who reads that. */
static const struct conversion {
  const char *format;
  enum source_format is;
  reader_function *read;
} to_docx = {"docx", FORMAT_DOCX, docx_reader}, to_xlsx = {"xlsx", FORMAT_XLSX, xlsx_reader};

static const char *read_by_office(struct document *document, const struct source *source,
                                  const char *folder, const char *path, const struct conversion *to,
                                  struct failure *failure) {
  struct arena *arena = document->arena;
  const char *result = arena_format(arena, "%s/converted/input.%s", folder, to->format);
  enum child_end end =
      run_office(arena, folder, path, arena_format(arena, "%s/profile", folder), to->format);
  struct source converted;
  struct failure ignored;
  if (end == CHILD_DONE &&
      (source_read(arena, result, &converted, &ignored) || converted.format != to->is))
    end = CHILD_FAILED;
  return end == CHILD_DONE ? to->read(document, &converted, failure)
                           : give_up(source, end, failure);
}

/* ---- the readers ---- */

typedef const char *folder_reader(struct document *document, const struct source *source,
                                  const char *folder, struct failure *failure);

/* Gives SOURCE to READ with a private folder. */
static const char *in_folder(folder_reader *read, struct document *document,
                             const struct source *source, struct failure *failure) {
  char *folder = scratch_folder_make(document->arena, failure);
  if (!folder) return "unreadable_file";
  const char *reason = read(document, source, folder, failure);
  scratch_folder_remove(folder);
  return reason;
}

/* Where LibreOffice is needed and fails, a document of which only numbers are missing will do. */
static const char *read_doc(struct document *document, const struct source *source,
                            const char *folder, struct failure *failure) {
  struct arena *arena = document->arena;
  char *path = scratch_folder_add(arena, folder, "input.doc", source->bytes, source->size, failure);
  if (!path) return "unreadable_file";
  struct child antiword;
  struct document by_antiword = {.arena = arena}, by_office = {.arena = arena};
  enum docbook_extent extent = DOCBOOK_NOTHING;
  if (run_antiword(arena, folder, path, &antiword) == CHILD_DONE)
    extent = docbook_read(&by_antiword, antiword.output, antiword.output_size,
                          characters_of(find_head(source)));
  const char *reason = extent == DOCBOOK_WHOLE
                           ? NULL
                           : read_by_office(&by_office, source, folder, path, &to_docx, failure);
  if (reason && extent == DOCBOOK_NOTHING) return reason;
  *document = extent == DOCBOOK_WHOLE || reason ? by_antiword : by_office;
  return NULL;
}

static const char *read_rtf(struct document *document, const struct source *source,
                            const char *folder, struct failure *failure) {
  char *path = scratch_folder_add(document->arena, folder, "input.rtf", source->bytes, source->size,
                                  failure);
  return path ? read_by_office(document, source, folder, path, &to_docx, failure)
              : "unreadable_file";
}

static const char *read_workbook(struct document *document, const struct source *source,
                                 const char *folder, struct failure *failure) {
  char *path = scratch_folder_add(document->arena, folder, "input.xls", source->bytes, source->size,
                                  failure);
  return path ? read_by_office(document, source, folder, path, &to_xlsx, failure)
              : "unreadable_file";
}

const char *doc_reader(struct document *document, const struct source *source,
                       struct failure *failure) {
  static const struct {
    const char *entry, *what;
  } others[] = {{"PowerPoint Document", "a PowerPoint presentation"},
                {"__properties_version1.0", "an Outlook message"}};
  if (has_entry(source, "EncryptedPackage") || is_encrypted(find_head(source))) {
    failure_set(failure, "the document is protected by a password. Take that off in Word or WPS.");
    return "encrypted";
  }
  /* first, because a document may hold a workbook */
  if (has_entry(source, "WordDocument")) return in_folder(read_doc, document, source, failure);
  if (has_entry(source, "Workbook") || has_entry(source, "Book"))
    return in_folder(read_workbook, document, source, failure);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    if (!has_entry(source, others[i].entry)) continue;
    failure_set(failure, "the file is %s; give the report itself as .docx, .pdf or a web page",
                others[i].what);
    return "unsupported_format";
  }
  failure_set(failure, "no Word document is in the file, or it is damaged. Fetch it again, or open "
                       "and save it as .docx in Word or WPS.");
  return "unreadable_document";
}

const char *rtf_reader(struct document *document, const struct source *source,
                       struct failure *failure) {
  return in_folder(read_rtf, document, source, failure);
}
