/* One LibreOffice for many files: it takes a second to start and half of one for a file. Run
 * side by side, each needs a profile of its own. It counts the fonts that it writes through all its
 * files, so which files it gets must not depend on how many run. */
#include "brief/formats/pdf.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "core/base/child.h"
#include "core/base/hash.h"
#include "core/base/interrupt.h"
#include "core/base/output.h"
#include "core/base/pipeline.h"
#include "core/base/scratch_folder.h"
#include "core/base/source_date.h"
#include "core/base/whole_file.h"

enum { BATCH = 16, OUTPUT_LIMIT = 1 << 20 };
static const double SECONDS_TO_START = 60, SECONDS_A_FILE = 10;

static const char filter[] =
    "pdf:writer_pdf_Export:{"
    "\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"},"
    "\"ExportLinksRelativeFsys\":{\"type\":\"boolean\",\"value\":\"true\"},"
    "\"UseLosslessCompression\":{\"type\":\"boolean\",\"value\":\"true\"}}";

/* The files of one LibreOffice. */
struct batch {
  const char *const *names;
  size_t count;
};

struct making {
  const struct pdf_task *task;
  const char *scratch; /* a folder for what LibreOffice keeps for itself */
  size_t taken;        /* how many files are in a batch already */
};

static const char *path_of(struct arena *arena, const struct making *making, const char *name,
                           const char *ending) {
  return arena_format(arena, "%s/%s.%s", making->task->folder, name, ending);
}

/* ---- what LibreOffice does ---- */

static const char *make_profile(struct arena *arena, const struct making *making, size_t number,
                                struct failure *failure) {
  const char *profile = arena_format(arena, "%s/profile%zu", making->scratch, number);
  const char *user = arena_format(arena, "%s/user", profile);
  const char *given = arena_format(arena, "%s/look/word/libreoffice.xcu", making->task->datasets);
  struct whole_file settings;
  bool made = output_make_folder(user, failure) &&
              whole_file_read(arena, given, &settings, failure) &&
              scratch_folder_add(arena, user, "registrymodifications.xcu", settings.bytes,
                                 settings.size, failure);
  return made ? profile : NULL;
}

static bool tell(const struct child *office, enum child_end end, struct failure *failure) {
  if (end == CHILD_DONE) return true;
  if (end == CHILD_MISSING)
    return failure_set(failure, "a PDF is made by LibreOffice, which is not installed (Debian: "
                                "libreoffice-writer-nogui, fonts-crosextra-carlito)");
  return failure_set(failure, "LibreOffice %s the PDFs: %s",
                     end == CHILD_TIME ? "took too long over" : "could not make", office->messages);
}

static bool run_office(struct arena *arena, const struct making *making, const struct batch *batch,
                       const char *profile, struct failure *failure) {
  const char *fixed[] = {"soffice",
                         "--headless",
                         "--norestore",
                         "--nolockcheck",
                         arena_format(arena, "-env:UserInstallation=file://%s", profile),
                         "--convert-to",
                         filter,
                         "--outdir",
                         making->task->folder};
  enum { FIXED = sizeof fixed / sizeof *fixed };
  char **arguments = arena_array(arena, FIXED + batch->count + 1, sizeof *arguments);
  for (size_t i = 0; i < FIXED; i++) arguments[i] = arena_text(arena, fixed[i]);
  for (size_t i = 0; i < batch->count; i++)
    arguments[FIXED + i] = arena_text(arena, path_of(arena, making, batch->names[i], "docx"));
  const struct sandbox_plan plan = {
      .kind = SANDBOX_PROGRAM,
      .writes = (const char *const[]){making->scratch, making->task->folder, NULL}};
  struct child office = {.arguments = arguments,
                         .folder = making->scratch,
                         .plan = &plan,
                         .seconds = SECONDS_TO_START + SECONDS_A_FILE * (double)batch->count,
                         .output_limit = OUTPUT_LIMIT};
  return tell(&office, child_run(arena, &office), failure);
}

/* ---- what it does not: the same bytes ---- */

/* The last MARK in the LENGTH bytes; NULL: none. */
static char *last(char *bytes, size_t length, const char *mark) {
  char *found = NULL;
  for (char *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), mark, strlen(mark))); at++)
    found = at;
  return found;
}

/* The time in the D:YYYYMMDDHHMMSS behind the mark of the date. */
static void set_date(char *bytes, size_t length) {
  static const char mark[] = "/CreationDate(D:";
  char *found = last(bytes, length, mark), date[SOURCE_DATE_DIGITS + 1];
  source_date(date);
  if (found) memcpy(found + strlen(mark), date, SOURCE_DATE_DIGITS);
}

/* The identifiers in the trailer (ISO 32000-1, 14.4) are random: what the file was made from, by
 * its HASH, tells it as well. They are what stands there in 32 upper-case hexadecimal digits. */
static void set_identifiers(char *bytes, size_t length, const char *hash) {
  enum { DIGITS = 32 };
  char *at = last(bytes, length, "trailer");
  for (; at && *at; at++) {
    size_t digits = strspn(at, "0123456789ABCDEF");
    for (size_t i = 0; digits == DIGITS && i < DIGITS; i++)
      at[i] = (char)toupper((unsigned char)hash[i]);
    at += digits;
    if (*at == '\0') return;
  }
}

static bool write_file(const char *path, const char *bytes, size_t size, struct failure *failure) {
  FILE *file = fopen(path, "we");
  bool written = file && fwrite(bytes, 1, size, file) == size;
  if (file && fclose(file) != 0) written = false;
  return written || failure_set(failure, "cannot write '%s': %s", path, strerror(errno));
}

static bool settle(struct arena *arena, const struct making *making, const char *name,
                   struct failure *failure) {
  const char *path = path_of(arena, making, name, "pdf");
  struct whole_file word, pdf;
  if (!whole_file_read(arena, path_of(arena, making, name, "docx"), &word, failure)) return false;
  if (!whole_file_read(arena, path, &pdf, failure) || strncmp(pdf.bytes, "%PDF-", 5) != 0)
    return failure_set(failure, "LibreOffice made no PDF of '%s.docx'", name);
  char *bytes = arena_bytes(arena, pdf.bytes, pdf.size);
  set_date(bytes, pdf.size);
  set_identifiers(bytes, pdf.size, sha256_of(arena, word.bytes, word.size));
  return write_file(path, bytes, pdf.size, failure);
}

/* ---- all of them ---- */

static bool take_batch(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct making *making = context;
  struct batch *batch = arena_alloc(piece->arena, sizeof *batch);
  size_t left = making->task->count - making->taken;
  batch->names = making->task->names + making->taken;
  batch->count = left < BATCH ? left : BATCH;
  making->taken += batch->count;
  piece->work = batch;
  piece->is_end = batch->count == 0;
  return true;
}

static bool make_batch(void *context, struct piece *piece, struct failure *failure) {
  const struct making *making = context;
  const struct batch *batch = piece->work;
  const char *profile = make_profile(piece->arena, making, piece->number, failure);
  bool made = profile && run_office(piece->arena, making, batch, profile, failure);
  for (size_t i = 0; i < batch->count && made; i++)
    made = settle(piece->arena, making, batch->names[i], failure);
  return made;
}

static bool end_batch(void *context, struct piece *piece, struct failure *failure) {
  (void)context;
  (void)piece;
  (void)failure;
  return true;
}

bool pdf_make(const struct pdf_task *task, struct failure *failure) {
  static const struct pipeline_plan plan = {
      .steps = {{true, take_batch}, {false, make_batch}, {true, end_batch}}};
  struct arena *arena = arena_new();
  struct making making = {.task = task, .scratch = scratch_folder_make(arena, failure)};
  bool made = making.scratch && pipeline_run(&plan, &making, task->threads, failure) &&
              !interrupt_heard(failure);
  scratch_folder_remove(making.scratch);
  arena_free(arena);
  return made;
}
