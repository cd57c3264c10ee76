/* Word files of the briefing as PDF. Skipped where LibreOffice is not installed. */
#include "brief/formats/docx.h"
#include "brief/formats/pdf.h"
#include "tests/read_back.h"
#include "tests/support.h"

static bool has_office(void) {
  return system("command -v soffice >/dev/null") == 0; /* NOLINT(cert-env33-c): fixed words */
}

static void write_page(struct scratch *scratch, const char *name, const char *title) {
  struct page_column columns[] = {{"年份", COLUMN_NUMBER}, {"件数", COLUMN_NUMBER}};
  struct page_cell cells[] = {{.show = {"2019", ""}},
                              {.show = {"1,234", ""}},
                              {.show = {"2020", ""}},
                              {.show = {"567", ""}}};
  const struct link_text paths[] = {{"上一年", "2019 a.html"}, {"数据", "../data/指标.csv"}};
  struct page page = {.language = LANGUAGE_ZH,
                      .name = name,
                      .title = title,
                      .subtitle = "“话”——虚构",
                      .paths = paths,
                      .path_count = 2};
  *list_add(scratch->arena, &page.block) = (struct page_block){
      .kind = PAGE_TABLE,
      .table = {
          .name = "", .caption = "表1", .column = columns, .cell = cells, .columns = 2, .rows = 2}};
  FILE *file = fopen(scratch_path(scratch, arena_format(scratch->arena, "%s.docx", name)), "w");
  assert_non_null(file);
  if (!docx_write(&page, "datasets", "pdf", file, &(struct page_losses){NULL}, &scratch->failure))
    fail_msg("%s", scratch->failure.text);
  assert_int_equal(fclose(file), 0);
}

static const char *bytes_of(struct scratch *scratch, const char *name, size_t *size) {
  FILE *file = fopen(scratch_path(scratch, name), "r");
  if (!file) fail_msg("there is no %s", name);
  char *bytes = arena_alloc(scratch->arena, 1 << 20);
  *size = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

static struct pdf_file made_files[2]; /* by the last call of make */

static bool make(struct scratch *scratch, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) made_files[i] = (struct pdf_file){.name = names[i]};
  return pdf_make(scratch->arena,
                  &(struct pdf_task){scratch->folder, made_files, count, "datasets", 2},
                  &scratch->failure);
}

static void a_pdf_says_what_the_word_file_says_in_the_same_bytes_each_time(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"示例 1", "b'%s"};
  if (!has_office()) {
    print_message("LibreOffice is not installed\n");
    skip();
  }
  write_page(scratch, names[0], "示例市");
  write_page(scratch, names[1], "示例市乙");
  if (!make(scratch, names, 2)) fail_msg("%s", scratch->failure.text);
  size_t size, other_size, again;
  const char *first = bytes_of(scratch, "示例 1.pdf", &size),
             *other = bytes_of(scratch, "b'%s.pdf", &other_size);
  assert_non_null(memmem(first, size, "/CreationDate(D:19700101000000", 30));
  assert_non_null(memmem(first, size, "2019%20a.pdf)", 13));
  assert_non_null(memmem(first, size, "(../data/%E6%8C%87%E6%A0%87.csv)", 32));
  assert_null(memmem(first, size, "file:", 5)); /* where this machine has it */
  const char *text = read_back(scratch->arena, first, size);
  static const char *const told[] = {"示例市\n",   "“话”——虚构\n", "表1\n",
                                     "年份件数\n", "2019 1,234\n", "2020 567\n"};
  for (size_t i = 0; i < sizeof told / sizeof *told; i++)
    if (!strstr(text, told[i])) fail_msg("'%s' is not in %s", told[i], text);
  assert_non_null(strstr(read_back(scratch->arena, other, other_size), "示例市乙\n"));
  if (!make(scratch, names, 2)) fail_msg("%s", scratch->failure.text);
  const char *second = bytes_of(scratch, "b'%s.pdf", &again);
  assert_int_equal(again, other_size);
  assert_memory_equal(second, other, other_size);
}

static void a_missing_libreoffice_is_told(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"a"};
  const char *path = arena_text(scratch->arena, getenv("PATH"));
  write_page(scratch, "a", "示例市");
  setenv("PATH", scratch->folder, 1);
  bool made = make(scratch, names, 1);
  setenv("PATH", path, 1);
  assert_false(made);
  assert_told(scratch, "LibreOffice, which is not installed");
}

/* A LibreOffice that acts as the shell script TEXT. */
static bool make_by(struct scratch *scratch, const char *text, const char *const *names,
                    size_t count) {
  const char *path = arena_text(scratch->arena, getenv("PATH"));
  chmod(scratch_file(scratch, "soffice", text), 0700);
  setenv("PATH", arena_format(scratch->arena, "%s:%s", scratch->folder, path), 1);
  bool made = make(scratch, names, count);
  setenv("PATH", path, 1);
  return made;
}

static void a_program_that_makes_nothing_is_told(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"a"};
  write_page(scratch, "a", "示例市");
  assert_true(make_by(scratch, "#!/bin/sh\nexit 0\n", names, 1));
  assert_int_equal(made_files[0].end, PDF_FAILED);
  assert_true(make_by(scratch, "#!/bin/sh\necho out of ideas >&2; exit 1\n", names, 1));
  assert_int_equal(made_files[0].end, PDF_FAILED);
  assert_non_null(strstr(made_files[0].complaint, "out of ideas"));
}

static void a_file_that_cannot_be_made_takes_no_other_with_it(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"good", "bad"};
  static const char crashes_on_bad[] =
      "#!/bin/sh\n"
      "while [ \"$1\" != --outdir ]; do shift; done; out=$2; shift 2\n"
      "for file; do case $file in */bad.docx) echo crashed >&2; exit 77;; esac; done\n"
      "for file; do name=${file##*/}; echo '%PDF-1.7' >\"$out/${name%.docx}.pdf\"; done\n";
  write_page(scratch, "good", "示例市");
  write_page(scratch, "bad", "示例市");
  assert_true(make_by(scratch, crashes_on_bad, names, 2));
  assert_int_equal(made_files[0].end, PDF_MADE);
  assert_string_equal(made_files[0].complaint, "");
  assert_int_equal(made_files[1].end, PDF_FAILED);
  assert_non_null(strstr(made_files[1].complaint, "crashed"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_pdf_says_what_the_word_file_says_in_the_same_bytes_each_time),
      scratch_test(a_missing_libreoffice_is_told),
      scratch_test(a_program_that_makes_nothing_is_told),
      scratch_test(a_file_that_cannot_be_made_takes_no_other_with_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
