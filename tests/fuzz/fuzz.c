/* The harnesses of libFuzzer, all in one program: the name under which it is called
 * (build/fuzz/html) says which runs. Each takes any bytes; what it must not do is crash, loop, read
 * beside its memory, leak, or do what C leaves undefined. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "analyze/analysis.h"
#include "core/base/csv_file.h"
#include "core/base/scratch_folder.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"
#include "ingest/dataset/record.h"
#include "ingest/document/number.h"
#include "ingest/intake/manifest.h"
#include "ingest/knowledge.h"
#include "ingest/readers/doc/docbook.h"
#include "ingest/readers/readers.h"
#include "ingest/report.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char DATASETS[] = "datasets", DATASET[] = "build/fuzz/dataset";

/* What was made before the first input. */
static struct {
  struct arena *arena;
  struct knowledge *knowledge;
  const char *folder; /* for files */
  FILE *nowhere;
  void (*run)(const char *bytes, size_t size);
} fuzz;

static void expect(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "not so: %s\n", what);
  abort();
}

/* ---- documents ---- */

/* What each reader makes of the bytes, printed. A broken file is told with a reason. */
static void read_as(enum source_format format, const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct source source;
  struct failure failure = {""};
  struct document document = {.arena = arena};
  const char *reason =
      source_from_bytes("file", arena_bytes(arena, bytes, size), size, &source, &failure);
  if (format != FORMAT_COUNT) source.format = format;
  if (!reason || format != FORMAT_COUNT) reason = read_document(&document, &source, &failure);
  expect(!reason || *failure.text, "a reason has its words");
  if (!reason) document_dump(&document, fuzz.nowhere);
  arena_free(arena);
}

static void html(const char *bytes, size_t size) {
  read_as(FORMAT_HTML, bytes, size);
}
static void mhtml(const char *bytes, size_t size) {
  read_as(FORMAT_MHTML, bytes, size);
}
static void pdf(const char *bytes, size_t size) {
  read_as(FORMAT_PDF, bytes, size);
}
static void doc(const char *bytes, size_t size) {
  read_as(FORMAT_DOC, bytes, size);
}
static void docx(const char *bytes, size_t size) {
  read_as(FORMAT_DOCX, bytes, size);
}

static void docbook(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct document document = {.arena = arena};
  docbook_read(&document, bytes, size, 1);
  document_dump(&document, fuzz.nowhere);
  arena_free(arena);
}

/* ---- parts of Word and Excel, in a zip that is whole ---- */

struct zip {
  char *bytes;
  size_t size;
  FILE *file;
  unsigned char directory[4096];
  size_t directory_size;
  unsigned entries;
};

static size_t put_number(unsigned char *at, unsigned long value, size_t count) {
  for (size_t i = 0; i < count; i++) at[i] = (unsigned char)(value >> 8 * i);
  return count;
}

/* An entry that is stored (PKWARE's APPNOTE, 4.3.7 and 4.3.12). */
static void zip_add(struct zip *zip, const char *name, const char *bytes, size_t size) {
  unsigned char head[30] = "PK\3\4\24";
  long offset = ftell(zip->file);
  size_t length = strlen(name);
  put_number(head + 14, crc32(0, (const Bytef *)bytes, (uInt)size), 4);
  put_number(head + 18, size, 4);
  put_number(head + 22, size, 4);
  put_number(head + 26, length, 2);
  fwrite(head, 1, sizeof head, zip->file);
  fwrite(name, 1, length, zip->file);
  fwrite(bytes, 1, size, zip->file);
  unsigned char *entry = zip->directory + zip->directory_size;
  memcpy(entry, "PK\1\2\24\0\24", 8);
  memcpy(entry + 8, head + 6, 24);
  put_number(entry + 42, (unsigned long)offset, 4);
  mempcpy(entry + 46, name, length);
  zip->directory_size += 46 + length;
  zip->entries++;
}

static void zip_end(struct zip *zip) {
  unsigned char tail[22] = "PK\5\6";
  put_number(tail + 8, zip->entries, 2);
  put_number(tail + 10, zip->entries, 2);
  put_number(tail + 12, zip->directory_size, 4);
  put_number(tail + 16, (unsigned long)ftell(zip->file), 4);
  fwrite(zip->directory, 1, zip->directory_size, zip->file);
  fwrite(tail, 1, sizeof tail, zip->file);
  fclose(zip->file);
}

/* Adds the parts NAMES (ended by NULL) to PACKAGE: what stands before the first NUL of the input is
 * the first of them, and so on. Then reads it as FORMAT. */
static void read_parts(struct zip *package, const char *const *names, enum source_format format,
                       const char *bytes, size_t size) {
  for (; *names; names++) {
    const char *end = size ? memchr(bytes, '\0', size) : NULL;
    size_t length = end ? (size_t)(end - bytes) : size;
    zip_add(package, *names, bytes, length);
    bytes += length + (end != NULL);
    size -= length + (end != NULL);
  }
  zip_end(package);
  read_as(format, package->bytes, package->size);
  free(package->bytes);
}

static void zip_add_text(struct zip *package, const char *name, const char *text) {
  zip_add(package, name, text, strlen(text));
}

static struct zip zip_begin(void) {
  struct zip package = {0};
  package.file = open_memstream(&package.bytes, &package.size);
  zip_add_text(&package, "[Content_Types].xml",
               "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
  return package;
}

#define LINKS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define LINK(id, kind, target)                                                                     \
  "<Relationship Id='" id "' Target='" target                                                      \
  "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" kind "'/>"

static void ooxml(const char *bytes, size_t size) {
  static const char *const names[] = {"word/document.xml", "word/numbering.xml", "word/styles.xml",
                                      "word/charts/chart1.xml", NULL};
  struct zip package = zip_begin();
  zip_add_text(&package, "word/_rels/document.xml.rels",
               LINKS LINK("rId1", "chart", "charts/chart1.xml")
                   LINK("rId2", "numbering", "numbering.xml")
                       LINK("rId3", "styles", "styles.xml") "</Relationships>");
  read_parts(&package, names, FORMAT_DOCX, bytes, size);
}

static void sheet(const char *bytes, size_t size) {
  static const char *const names[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                      "xl/styles.xml", NULL};
  struct zip package = zip_begin();
  zip_add_text(&package, "xl/workbook.xml",
               "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
               "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
               "<sheets><sheet name='a' sheetId='1' r:id='rId1'/></sheets></workbook>");
  zip_add_text(&package, "xl/_rels/workbook.xml.rels",
               LINKS LINK("rId1", "worksheet", "worksheets/sheet1.xml")
                   LINK("rId2", "sharedStrings", "sharedStrings.xml")
                       LINK("rId3", "styles", "styles.xml") "</Relationships>");
  read_parts(&package, names, FORMAT_XLSX, bytes, size);
}

/* The content of a page and of its template. */
static void ofd(const char *bytes, size_t size) {
  static const char *const names[] = {"Doc_0/Page.xml", "Doc_0/Template.xml", NULL};
  struct zip package = zip_begin();
  zip_add_text(&package, "OFD.xml",
               "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>");
  zip_add_text(&package, "Doc_0/Document.xml",
               "<Document><CommonData><TemplatePage ID='7' BaseLoc='Template.xml'/></CommonData>"
               "<Pages><Page ID='1' BaseLoc='Page.xml'/></Pages></Document>");
  read_parts(&package, names, FORMAT_OFD, bytes, size);
}

/* ---- reports ---- */

static void take_report(void *context, const struct report *report) {
  char *bytes = NULL;
  size_t size = 0;
  struct record record;
  FILE *file = open_memstream(&bytes, &size);
  record_write(report, fuzz.knowledge->schema, file);
  fclose(file);
  const char *at = bytes;
  expect(record_read(&at, bytes + size, &record), "a record that was written can be read");
  expect(at == bytes + size, "and whole");
  free(bytes);
  (void)context;
}

static void read_report(enum source_format format, const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct source source;
  struct failure failure = {""};
  const char *reason =
      source_from_bytes("370105-2020", arena_bytes(arena, bytes, size), size, &source, &failure);
  if (format != FORMAT_COUNT) source.format = format, reason = NULL;
  report_read_source(fuzz.knowledge, arena, &source, reason, &failure, take_report, NULL);
  arena_free(arena);
}

static void text(const char *bytes, size_t size) {
  read_report(FORMAT_TEXT, bytes, size);
}
static void zip(const char *bytes, size_t size) {
  read_report(FORMAT_ZIP, bytes, size);
}
static void any(const char *bytes, size_t size) {
  read_report(FORMAT_COUNT, bytes, size);
}

/* ---- what is smaller ---- */

static void number(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  const struct codebook *codebook = fuzz.knowledge->codebook;
  const char *printed = arena_bytes(arena, bytes, size);
  const char *unit = printed + strlen(printed) + (strlen(printed) < size);
  for (size_t i = 0; i < codebook->variables; i += 7) {
    struct number read =
        number_read(arena, fuzz.knowledge->numerals, &codebook->variable[i], printed, unit);
    char digits[DECIMAL_TEXT_SIZE];
    struct decimal again;
    decimal_text(read.value, digits);
    expect(decimal_parse(digits, strlen(digits), &again) && decimal_compare(again, read.value) == 0,
           "a number that was printed reads the same");
  }
  number_is_value(fuzz.knowledge->numerals, printed);
  number_is_none(fuzz.knowledge->numerals, printed);
  number_unit(arena, fuzz.knowledge->numerals, printed);
  arena_free(arena);
}

static void expression(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  const struct observations none = {0};
  const struct expression *parsed =
      expression_parse(arena, fuzz.knowledge->codebook, arena_bytes(arena, bytes, size), &failure);
  expect(parsed || *failure.text, "what is no expression is told");
  if (parsed) expression_sum(parsed, &none, "");
  arena_free(arena);
}

/* The bytes as a file, which lives until it is closed. */
static int as_file(const char *bytes, size_t size, char path[static 40]) {
  int file = memfd_create("input", MFD_CLOEXEC);
  expect(file >= 0 && write(file, bytes, size) == (ssize_t)size, "there is room for a file");
  snprintf(path, 40, "/proc/self/fd/%d", file);
  return file;
}

static bool write_row(void *context, size_t line, const char *const *fields,
                      struct failure *failure) {
  (void)context;
  (void)line;
  (void)failure;
  csv_write_row(fuzz.nowhere, fields, 2);
  return true;
}

static void csv(const char *bytes, size_t size) {
  static const char *const columns[] = {"source", "?url", NULL};
  struct failure failure = {""};
  char path[40];
  int file = as_file(bytes, size, path);
  expect(csv_read(path, columns, write_row, NULL, &failure) || *failure.text,
         "what is no CSV is told");
  close(file);
}

static void manifest(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct failure failure = {""};
  char path[40];
  int file = as_file(bytes, size, path);
  struct manifest *loaded = manifest_load(arena, path, &failure);
  expect(loaded || *failure.text, "what is no manifest is told");
  manifest_find(loaded, "a.txt");
  manifest_text(loaded, arena, "a.zip");
  close(file);
  arena_free(arena);
}

/* ---- folders with one damaged file ---- */

/* The first line of the input is a file's path below the folder WHOLE, what follows stands in that.
 * Makes fuzz.folder that folder, but for the file; false where there is none. */
static bool damage(const char *whole, const char *bytes, size_t size) {
  const char *end = size ? memchr(bytes, '\n', size) : NULL;
  char name[64], path[256];
  if (!end || end - bytes >= (long)sizeof name) return false;
  snprintf(name, sizeof name, "%.*s", (int)(end - bytes), bytes);
  snprintf(path, sizeof path, "%s/%s", whole, name);
  if (!strstr(name, ".csv") || strstr(name, "..") || access(path, R_OK) != 0) return false;
  snprintf(path, sizeof path, "%s/%s", fuzz.folder, name);
  unlink(path);
  FILE *file = fopen(path, "w");
  if (!file) return false;
  fwrite(end + 1, 1, size - (size_t)(end + 1 - bytes), file);
  return fclose(file) == 0;
}

static const char *mirrored; /* the folder whose files are linked in fuzz.folder */

static int mirror_entry(const char *path, const struct stat *status, int type) {
  char place[512], whole[512];
  (void)status;
  snprintf(place, sizeof place, "%s%s", fuzz.folder, path + strlen(mirrored));
  if (type == FTW_D) mkdir(place, 0700);
  if (type == FTW_F && strstr(path, ".csv") && access(place, F_OK) != 0 && realpath(path, whole))
    if (symlink(whole, place) != 0 && errno != EEXIST) return 1;
  return 0;
}

/* Puts a link again where damage put a file. */
static void mend(const char *whole, const char *bytes, size_t size) {
  const int length = (int)((const char *)memchr(bytes, '\n', size) - bytes);
  char path[512], from[512];
  snprintf(path, sizeof path, "%s/%.*s", fuzz.folder, length, bytes);
  snprintf(from, sizeof from, "%s/%.*s", whole, length, bytes);
  char *place = realpath(from, NULL);
  unlink(path);
  expect(place && symlink(place, path) == 0, "the folder can be mended");
  free(place);
}

static void datasets(const char *bytes, size_t size) {
  struct failure failure = {""};
  if (!damage(DATASETS, bytes, size)) return;
  struct knowledge *knowledge = knowledge_load(fuzz.folder, &failure);
  expect(knowledge || *failure.text, "knowledge that is broken is told");
  knowledge_free(knowledge);
  mend(DATASETS, bytes, size);
}

static void analysis(const char *bytes, size_t size) {
  struct failure failure = {""};
  if (!damage(DATASET, bytes, size)) return;
  char out[256];
  snprintf(out, sizeof out, "%s/analysis", fuzz.folder);
  const struct analysis_options options = {.dataset = fuzz.folder,
                                           .out = out,
                                           .datasets = DATASETS,
                                           .interval = interval_method_find("wilson"),
                                           .threads = 1,
                                           .peers = "level",
                                           .draws = 2};
  enum analysis_end end = analysis_run(&options, &failure);
  expect(end != ANALYSIS_FAILED || *failure.text, "an analysis that fails says why");
  scratch_folder_remove(out);
  mend(DATASET, bytes, size);
}

/* ---- which ---- */

static const struct {
  const char *name;
  void (*run)(const char *bytes, size_t size);
  const char *mirrors; /* a folder */
} harnesses[] = {{"html", html, NULL},
                 {"text", text, NULL},
                 {"docx", docx, NULL},
                 {"ooxml", ooxml, NULL},
                 {"sheet", sheet, NULL},
                 {"ofd", ofd, NULL},
                 {"doc", doc, NULL},
                 {"docbook", docbook, NULL},
                 {"mhtml", mhtml, NULL},
                 {"zip", zip, NULL},
                 {"pdf", pdf, NULL},
                 {"any", any, NULL},
                 {"number", number, NULL},
                 {"csv", csv, NULL},
                 {"manifest", manifest, NULL},
                 {"expression", expression, NULL},
                 {"datasets", datasets, DATASETS},
                 {"analysis", analysis, DATASET}};

static void remove_folder(void) {
  scratch_folder_remove(fuzz.folder);
}

static void prepare(const char *mirrors) {
  struct failure failure = {""};
  fuzz.arena = arena_new();
  fuzz.nowhere = fopen("/dev/null", "w");
  fuzz.knowledge = knowledge_load(DATASETS, &failure);
  fuzz.folder = scratch_folder_make(fuzz.arena, &failure);
  expect(fuzz.nowhere && fuzz.knowledge && fuzz.folder, failure.text);
  atexit(remove_folder);
  setenv("PATH", "/nonexistent", 1); /* converters are not what is tried here */
  setenv("TMPDIR", fuzz.folder, 1);
  mirrored = mirrors;
  if (mirrors) expect(ftw(mirrors, mirror_entry, 16) == 0, "the folder can be mirrored");
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the signature is libFuzzer's */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
  const char *name = basename(**arguments);
  (void)count;
  for (size_t i = 0; i < sizeof harnesses / sizeof *harnesses; i++) {
    if (strcmp(harnesses[i].name, name) != 0) continue;
    fuzz.run = harnesses[i].run;
    prepare(harnesses[i].mirrors);
    return 0;
  }
  fprintf(stderr, "call this by the name of a harness:");
  for (size_t i = 0; i < sizeof harnesses / sizeof *harnesses; i++)
    fprintf(stderr, " %s", harnesses[i].name);
  fputc('\n', stderr);
  exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz.run((const char *)bytes, size);
  return 0;
}
