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
#include "core/base/one_line.h"
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
  struct pdf_file *files;
  size_t count;
};

struct making {
  struct arena *arena; /* for complaints */
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

static enum child_end run_office(struct arena *arena, const struct making *making,
                                 const struct batch *batch, const char *profile,
                                 const char **messages) {
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
    arguments[FIXED + i] = arena_text(arena, path_of(arena, making, batch->files[i].name, "docx"));
  const struct sandbox_plan plan = {
      .kind = SANDBOX_PROGRAM,
      .writes = (const char *const[]){making->scratch, making->task->folder, NULL}};
  struct child office = {.arguments = arguments,
                         .folder = making->scratch,
                         .plan = &plan,
                         .seconds = SECONDS_TO_START + SECONDS_A_FILE * (double)batch->count,
                         .output_limit = OUTPUT_LIMIT};
  enum child_end end = child_run(arena, &office);
  *messages = office.messages;
  return end;
}

/* ---- what it does not: the same bytes ---- */

/* The last MARK in the LENGTH bytes; NULL: none. */
static char *last(char *bytes, size_t length, const char *mark) {
  char *found = NULL;
  for (char *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), mark, strlen(mark))); at++)
    found = at;
  return found;
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

/* True where NAME's PDF is there and could be given its date and identifiers. */
static bool settle(struct arena *arena, const struct making *making, const char *name) {
  const char *path = path_of(arena, making, name, "pdf");
  struct whole_file word, pdf;
  struct failure unread;
  if (!whole_file_read(arena, path_of(arena, making, name, "docx"), &word, &unread) ||
      !whole_file_read(arena, path, &pdf, &unread) || strncmp(pdf.bytes, "%PDF-", 5) != 0)
    return false;
  char *bytes = arena_bytes(arena, pdf.bytes, pdf.size);
  source_date_in_pdf(bytes, pdf.size);
  set_identifiers(bytes, pdf.size, sha256_of(arena, word.bytes, word.size));
  return write_file(path, bytes, pdf.size, &unread);
}

/* Has LibreOffice make the files of BATCH; true where all are there. */
static bool make_together(struct arena *arena, const struct making *making,
                          const struct batch *batch, const char *profile, enum child_end *end,
                          const char **messages) {
  *end = run_office(arena, making, batch, profile, messages);
  bool made = *end == CHILD_DONE;
  for (size_t i = 0; i < batch->count && made; i++)
    made = settle(arena, making, batch->files[i].name);
  return made;
}

/* One by one, so that a file that cannot be made takes no other with it. */
static void make_alone(struct arena *arena, const struct making *making, const struct batch *batch,
                       const char *profile) {
  for (size_t i = 0; i < batch->count; i++) {
    const struct batch alone = {&batch->files[i], 1};
    enum child_end end;
    bool made = make_together(arena, making, &alone, profile, &end, &batch->files[i].complaint);
    batch->files[i].end = made ? PDF_MADE : end == CHILD_TIME ? PDF_SLOW : PDF_FAILED;
  }
}

/* ---- all of them ---- */

static bool take_batch(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct making *making = context;
  struct batch *batch = arena_alloc(piece->arena, sizeof *batch);
  size_t left = making->task->count - making->taken;
  batch->files = making->task->files + making->taken;
  batch->count = left < BATCH ? left : BATCH;
  making->taken += batch->count;
  piece->work = batch;
  piece->is_end = batch->count == 0;
  return true;
}

static bool make_batch(void *context, struct piece *piece, struct failure *failure) {
  const struct making *making = context;
  const struct batch *batch = piece->work;
  const char *profile = make_profile(piece->arena, making, piece->number, failure), *messages;
  enum child_end end;
  if (!profile) return false;
  if (make_together(piece->arena, making, batch, profile, &end, &messages)) return true;
  if (end == CHILD_MISSING)
    return failure_set(failure, "a PDF is made by LibreOffice, which is not installed (Debian: "
                                "libreoffice-writer-nogui, fonts-crosextra-carlito)");
  make_alone(piece->arena, making, batch, profile);
  return true;
}

static bool end_batch(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct making *making = context;
  const struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->count; i++) {
    struct pdf_file *file = &batch->files[i];
    bool told = file->end != PDF_MADE && file->complaint;
    file->complaint = told ? text_one_line(making->arena, file->complaint) : "";
  }
  return true;
}

bool pdf_make(struct arena *arena, const struct pdf_task *task, struct failure *failure) {
  static const struct pipeline_plan plan = {
      .steps = {{true, take_batch}, {false, make_batch}, {true, end_batch}}};
  struct arena *own = arena_new();
  struct making making = {
      .arena = arena, .task = task, .scratch = scratch_folder_hold(own, failure)};
  bool made = making.scratch && pipeline_run(&plan, &making, task->threads, failure) &&
              !interrupt_heard(failure);
  scratch_folder_remove(making.scratch);
  arena_free(own);
  return made;
}
