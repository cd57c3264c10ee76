/* Binary Word documents, and what only looks like one. Word's own writer is not at hand, so
 * LibreOffice writes the documents from the tests' .docx. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/child.h"
#include "ingest/readers/doc/docbook.h"
#include "ingest/readers/readers.h"
#include "tests/docx_writer.h"
#include "tests/reports.h"

static bool is_installed(const char *program) {
  char *command = NULL;
  if (asprintf(&command, "command -v %s >/dev/null 2>&1", program) < 0) return false;
  bool found = system(command) == 0; /* NOLINT(cert-env33-c): a name from this file */
  free(command);
  return found;
}

static void need(const char *program) {
  if (is_installed(program)) return;
  printf("%s is not installed\n", program);
  skip();
}

/* A $PATH with antiword and nothing else; the one before. */
static const char *only_antiword(struct scratch *scratch) {
  char *folder = scratch_path(scratch, "bin");
  char *link = arena_format(scratch->arena, "mkdir %s && ln -s \"$(command -v antiword)\" %s",
                            folder, folder);
  assert_int_equal(system(link), 0); /* NOLINT(cert-env33-c): names from this file */
  const char *before = arena_text(scratch->arena, getenv("PATH"));
  setenv("PATH", folder, 1);
  return before;
}

static const char *reason_for(struct scratch *scratch, const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct source source;
  struct document document = {.arena = arena};
  const char *reason = source_from_bytes("x", bytes, size, &source, &scratch->failure);
  if (!reason) reason = read_document(&document, &source, &scratch->failure);
  const char *kept = reason ? arena_text(scratch->arena, reason) : NULL;
  arena_free(arena);
  return kept;
}

/* ---- compound files of nothing but a directory ---- */

enum { COMPOUND_SIZE = 4096 };

static void add_entry(char *bytes, size_t index, const char *name) {
  char *entry = bytes + 1024 + 128 * index;
  for (size_t i = 0; name[i]; i++) entry[2 * i] = name[i];
  entry[64] = (char)(2 * strlen(name) + 2);
  entry[66] = 2;
}

static char *compound(struct arena *arena, const char *entry, const char *other) {
  char *bytes = arena_alloc(arena, COMPOUND_SIZE + 1);
  memcpy(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", sizeof "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
  add_entry(bytes, 1, entry);
  if (other) add_entry(bytes, 2, other);
  return bytes;
}

static void workbooks_and_presentations_are_told_apart(void **state) {
  struct scratch *scratch = *state;
  const struct {
    const char *entry, *reason, *words;
  } cases[] = {{"PowerPoint Document", "unsupported_format", "PowerPoint"},
               {"EncryptedPackage", "encrypted", "password"},
               {"SomethingElse", "unreadable_document", "no Word document"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *bytes = compound(scratch->arena, cases[i].entry, NULL);
    assert_string_equal(reason_for(scratch, bytes, COMPOUND_SIZE), cases[i].reason);
    assert_told(scratch, cases[i].words);
  }
}

static void an_encrypted_document_is_told(void **state) {
  struct scratch *scratch = *state;
  char *bytes = compound(scratch->arena, "WordDocument", "Workbook");
  memcpy(bytes + 512, "\xec\xa5\xc1", sizeof "\xec\xa5\xc1");
  bytes[512 + 0x0B] = 1;
  assert_string_equal(reason_for(scratch, bytes, COMPOUND_SIZE), "encrypted");
}

static void a_document_that_nothing_can_read_is_told(void **state) {
  struct scratch *scratch = *state;
  char *bytes = compound(scratch->arena, "WordDocument", NULL);
  const char *reason = reason_for(scratch, bytes, COMPOUND_SIZE);
  assert_non_null(reason);
  assert_told(scratch, ".docx");
}

/* Widths that no page has count for nothing: the cells are still in their order. */
static void widths_that_no_page_has_are_passed_over(void **state) {
  static const char *const widths[] = {"inf", "-inf", "nan", "1e300", "-5", "9223372036854775807"};
  struct scratch *scratch = *state;
  for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
    struct document document = {.arena = scratch->arena};
    const char *table = arena_format(
        scratch->arena,
        "<book><informaltable><tgroup><colspec colwidth='%s'/><colspec colwidth='90pt'/>"
        "<colspec colwidth='%s'/><tbody><row><entry>a</entry><entry>b</entry></row></tbody>"
        "</tgroup></informaltable></book>",
        widths[i], widths[i]);
    assert_int_equal(docbook_read(&document, table, strlen(table), 4), DOCBOOK_WHOLE);
    assert_int_equal(document.blocks.count, 1);
    const struct row *row = &document.blocks.item[0].grid.row[0];
    assert_int_equal(row->cells, 2);
    assert_string_equal(row->cell[1].text, "b");
    assert_true(row->cell[0].column <= row->cell[1].column);
  }
}

/* ---- programs ---- */

static enum child_end run(struct scratch *scratch, const char *script, struct child *child) {
  char *arguments[] = {"sh", "-c", arena_text(scratch->arena, script), NULL};
  *child = (struct child){
      .arguments = arguments, .folder = scratch->folder, .seconds = 0.5, .output_limit = 1000};
  enum child_end end = child_run(scratch->arena, child);
  child->arguments = NULL;
  return end;
}

static void a_program_gives_its_output_and_its_messages(void **state) {
  struct child child;
  assert_int_equal(run(*state, "printf out; printf err >&2", &child), CHILD_DONE);
  assert_string_equal(child.output, "out");
  assert_string_equal(child.messages, "err");
  assert_int_equal(run(*state, "exit 3", &child), CHILD_FAILED);
}

static void a_program_has_no_input_and_none_of_the_session(void **state) {
  struct scratch *scratch = *state;
  struct child child;
  setenv("OGISTAT_SECRET", "x", 1);
  assert_int_equal(run(scratch, "cat; printf %s \"$OGISTAT_SECRET$HOME\"", &child), CHILD_DONE);
  assert_string_equal(child.output, scratch->folder);
  unsetenv("OGISTAT_SECRET");
}

/* Fails unless the process whose number TEXT is has ended, or does within two seconds. */
static void assert_ends(const char *text) {
  char path[64], status[256] = "";
  snprintf(path, sizeof path, "/proc/%ld/stat", strtol(text, NULL, 10));
  for (int i = 0; i < 100; i++) {
    FILE *file = fopen(path, "r");
    const char *state = file && fgets(status, sizeof status, file) ? strrchr(status, ')') : NULL;
    if (file) fclose(file);
    if (!state || state[2] == 'Z') return; /* nobody may have asked for its status yet */
    usleep(20000);
  }
  fail_msg("still there: %s", status);
}

static void a_program_that_takes_too_long_is_killed_with_its_children(void **state) {
  struct child child;
  assert_int_equal(run(*state, "sleep 60 & echo $!; sleep 60", &child), CHILD_TIME);
  assert_ends(child.output);
  assert_int_equal(run(*state, "echo $$; exec >/dev/null 2>&1; sleep 60", &child), CHILD_TIME);
  assert_ends(child.output);
}

static void what_a_program_leaves_behind_ends_with_it(void **state) {
  struct child child;
  assert_int_equal(run(*state, "sleep 60 >/dev/null 2>&1 & echo $!", &child), CHILD_DONE);
  assert_ends(child.output);
}

/* As where a worker is killed for its time. */
static void a_program_ends_with_the_process_that_runs_it(void **state) {
  struct scratch *scratch = *state;
  const char *number = scratch_path(scratch, "number");
  pid_t runner = fork();
  if (runner == 0) {
    struct child child;
    run(scratch, "sleep 60 & echo $! >~/part && mv ~/part ~/number; sleep 60", &child);
    _exit(0);
  }
  for (int i = 0; i < 100 && access(number, F_OK) != 0; i++) usleep(4000);
  kill(runner, SIGKILL);
  waitpid(runner, NULL, 0);
  const char *text = file_text(scratch, number);
  assert_non_null(text);
  assert_ends(text);
}

static void a_program_that_writes_too_much_is_killed(void **state) {
  struct child child;
  assert_int_equal(run(*state, "while :; do echo xxxxxxxxxxxxxxxx; done", &child), CHILD_OUTPUT);
  assert_int_equal(child.output_size, 1000);
}

static void a_program_that_is_not_there_is_missing(void **state) {
  struct scratch *scratch = *state;
  char *arguments[] = {"ogistat-no-such-program", NULL};
  struct child child = {
      .arguments = arguments, .folder = scratch->folder, .seconds = 1, .output_limit = 10};
  assert_int_equal(child_run(scratch->arena, &child), CHILD_MISSING);
}

/* ---- documents by LibreOffice ---- */

/* BYTES of a .docx as KIND (doc, rtf), by LibreOffice; the path. */
static char *converted(struct scratch *scratch, const char *bytes, size_t size, const char *kind) {
  scratch_bytes(scratch, "report.docx", bytes, size);
  char *arguments[] = {
      "soffice",
      "--headless",
      arena_format(scratch->arena, "-env:UserInstallation=file://%s/profile", scratch->folder),
      "--convert-to",
      arena_text(scratch->arena, kind),
      "--outdir",
      scratch->folder,
      scratch_path(scratch, "report.docx"),
      NULL};
  struct child child = {
      .arguments = arguments, .folder = scratch->folder, .seconds = 120, .output_limit = 1 << 20};
  assert_int_equal(child_run(scratch->arena, &child), CHILD_DONE);
  return scratch_path(scratch, arena_format(scratch->arena, "report.%s", kind));
}

static char *report_as(struct scratch *scratch, const char *path, const char *kind) {
  static const struct docx_style plain = {.tracked = false, .charts = false};
  size_t size;
  const struct document *document = document_from(scratch->arena, whole_file(scratch->arena, path));
  const char *bytes = docx_from(scratch->arena, document, &plain, &size);
  return converted(scratch, bytes, size, kind);
}

/* Without the rows of charts, which LibreOffice does not bring through. */
static const char *rows_without_charts(struct arena *arena, const struct report *report) {
  const char *rows = "";
  char *rest = arena_text(arena, rows_of(arena, report));
  for (char *row; (row = strsep(&rest, "\n"));)
    if (strncmp(row, "key_area.items,", strlen("key_area.items,")) != 0)
      rows = arena_format(arena, "%s%s\n", rows, row);
  return rows;
}

static void check_report(struct scratch *scratch, const char *path, const char *kind,
                         const char *format) {
  need("soffice");
  struct report text = report_at(scratch->arena, path);
  struct report word = report_at(scratch->arena, report_as(scratch, path, kind));
  assert_string_equal(source_format_name(word.source.format), format);
  assert_string_equal(rows_without_charts(scratch->arena, &word),
                      rows_without_charts(scratch->arena, &text));
  assert_string_equal(word.id, text.id);
}

static void a_sample_of_2020_as_doc_gives_the_same_rows(void **state) {
  check_report(*state, "datasets/samples/370105-2020.txt", "doc", "doc");
}

static void a_sample_of_2023_as_doc_gives_the_same_rows(void **state) {
  check_report(*state, "datasets/samples/320813-2023.txt", "doc", "doc");
}

static void a_sample_as_rtf_gives_the_same_rows(void **state) {
  check_report(*state, "datasets/samples/320813-2023.txt", "rtf", "rtf");
}

static void the_seed_as_doc_gives_the_same_rows(void **state) {
  const char *seed = "../shared/seeds/000_85e060c1b45bce65.txt";
  if (access(seed, R_OK) != 0) {
    puts("../shared is not here");
    skip();
  }
  check_report(*state, seed, "doc", "doc");
}

#define CELL(width, text)                                                                          \
  "<w:tc><w:tcPr><w:tcW w:w=\"" #width "\" w:type=\"dxa\"/>" width_of_##width                      \
      "</w:tcPr><w:p><w:r><w:t>" text "</w:t></w:r></w:p></w:tc>"
#define width_of_2000 ""
#define width_of_4000 "<w:gridSpan w:val=\"2\"/>"

static const char small_table[] =
    "<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol "
    "w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr>" CELL(4000, "a")
        CELL(2000, "b") "</w:tr><w:tr>" CELL(2000, "c") CELL(2000, "")
            CELL(2000, "1") "</w:tr></w:tbl><w:p/>";

static void antiword_gives_the_columns_of_a_table(void **state) {
  struct scratch *scratch = *state;
  need("antiword");
  need("soffice");
  size_t size;
  const char *bytes = docx_of(scratch->arena, small_table, NULL, &size);
  char *path = converted(scratch, bytes, size, "doc");
  const char *before = only_antiword(scratch);
  struct document *document = report_document(scratch->arena, path, &scratch->failure);
  setenv("PATH", before, 1);
  if (!document) fail_msg("%s", scratch->failure.text);
  assert_int_equal(document->blocks.count, 2);
  assert_string_equal(document->blocks.item[0].text, "甲");
  const struct grid *grid = &document->blocks.item[1].grid;
  assert_false(grid->ragged);
  assert_int_equal(grid->rows, 2);
  assert_int_equal(grid->row[0].cell[0].columns, 2);
  assert_int_equal(grid->row[0].cell[1].column, 2);
  assert_int_equal(grid->row[1].cells, 3);
  assert_string_equal(grid->row[1].cell[1].text, "");
}

/* What antiword may not lose: with nothing else in the path, a document that it reads in part is
 * no document. */
static void a_document_that_antiword_reads_in_part_is_not_taken(void **state) {
  struct scratch *scratch = *state;
  need("antiword");
  need("soffice");
  char *path = report_as(scratch, "datasets/samples/320813-2023.txt", "doc");
  const char *before = only_antiword(scratch);
  struct report report = report_at(scratch->arena, path);
  setenv("PATH", before, 1);
  assert_null(report.id);
  assert_true(was_rejected(&report, "converter_missing"));
  assert_non_null(strstr(report.reject[0].detail, "LibreOffice"));
}

static void a_doc_cut_off_or_damaged_gives_a_document_or_a_reason(void **state) {
  struct scratch *scratch = *state;
  need("antiword");
  need("soffice");
  size_t size;
  const char *docx = docx_of(scratch->arena, small_table, NULL, &size);
  struct source source;
  assert_null(source_read(scratch->arena, converted(scratch, docx, size, "doc"), &source,
                          &scratch->failure));
  const char *before =
      only_antiword(scratch); /* without LibreOffice, which takes seconds for each */
  uint64_t seed = 11;
  for (size_t i = 1; i < 60; i++) {
    char *copy = arena_bytes(scratch->arena, source.bytes, source.size);
    size_t length = i % 2 ? source.size * i / 60 : source.size;
    for (int flips = 0; i % 2 == 0 && flips < 40; flips++) flip_bit(copy, source.size, &seed);
    reason_for(scratch, arena_bytes(scratch->arena, copy, length), length);
  }
  setenv("PATH", before, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(workbooks_and_presentations_are_told_apart),
      scratch_test(an_encrypted_document_is_told),
      scratch_test(a_document_that_nothing_can_read_is_told),
      scratch_test(widths_that_no_page_has_are_passed_over),
      scratch_test(a_program_gives_its_output_and_its_messages),
      scratch_test(a_program_has_no_input_and_none_of_the_session),
      scratch_test(a_program_that_takes_too_long_is_killed_with_its_children),
      scratch_test(what_a_program_leaves_behind_ends_with_it),
      scratch_test(a_program_ends_with_the_process_that_runs_it),
      scratch_test(a_program_that_writes_too_much_is_killed),
      scratch_test(a_program_that_is_not_there_is_missing),
      scratch_test(a_sample_of_2020_as_doc_gives_the_same_rows),
      scratch_test(a_sample_of_2023_as_doc_gives_the_same_rows),
      scratch_test(a_sample_as_rtf_gives_the_same_rows),
      scratch_test(the_seed_as_doc_gives_the_same_rows),
      scratch_test(antiword_gives_the_columns_of_a_table),
      scratch_test(a_document_that_antiword_reads_in_part_is_not_taken),
      scratch_test(a_doc_cut_off_or_damaged_gives_a_document_or_a_reason),
  };
  int failures = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failures;
}
