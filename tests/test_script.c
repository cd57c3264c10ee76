/* Text that stands in a report never becomes code, and never leaves its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/file_name.h"
#include "core/base/measure.h"
#include "core/base/one_line.h"
#include "plot/gnuplot/script.h"

static int new_arena(void **state) {
  *state = arena_new();
  return 0;
}

static int free_arena(void **state) {
  arena_free(*state);
  return 0;
}

static void an_apostrophe_is_a_string_of_its_own_and_nothing_else_is_touched(void **state) {
  assert_string_equal(script_quote(*state, "it's"), "'it'.\"\\047\".'s'");
  assert_string_equal(script_quote(*state, "''"), "\"\\047\".\"\\047\"");
  assert_string_equal(script_quote(*state, ""), "''");
  assert_string_equal(script_quote(*state, "\"`@x{}$%\\^_~&|#<"), "'\"`@x{}$%\\^_~&|#<'");
  assert_string_equal(script_quote(*state, "'; system(\"x\") #"), "\"\\047\".'; system(\"x\") #'");
  assert_string_equal(script_quote(*state, "😀𠀀"), "'😀𠀀'");
}

static void control_characters_become_blanks(void **state) {
  assert_string_equal(text_one_line(*state, "a\nb\tc\rd\x7f"), "a b c d ");
  /* NOLINTNEXTLINE(misc-misleading-bidirectional): that is what is tested */
  assert_string_equal(text_one_line(*state, "a\xC2\x85"
                                            "b\xE2\x80\xA8"
                                            "c\xE2\x80\xAE"
                                            "d"),
                      "a b c d"); /* NEL, line separator, right-to-left override */
}

static void what_is_no_text_becomes_the_replacement_character(void **state) {
  assert_string_equal(text_one_line(*state, "a\xFF"
                                            "b"),
                      "a\xEF\xBF\xBD"
                      "b");
  assert_string_equal(text_one_line(*state, "\xEF\xBF\xBE"), "\xEF\xBF\xBD"); /* U+FFFE */
}

static void a_file_name_cannot_be_a_command_a_path_or_an_option(void **state) {
  (void)state;
  assert_true(file_name_is_safe("370105-2020"));
  assert_true(file_name_is_safe("370105-2020.天桥区"));
  static const char *const bad[] = {"",    ".",   "..",   ".x",  "a/b", "<ls", "|ls",
                                    "a b", "a'b", "a\"b", "a`b", "a\n", "$x",  "\xFF"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(file_name_is_safe(bad[i]));
  char longest[200];
  memset(longest, 'a', sizeof longest);
  longest[199] = '\0';
  assert_false(file_name_is_safe(longest));
}

static void a_font_is_named_by_letters_digits_and_a_few_signs(void **state) {
  (void)state;
  assert_true(script_is_safe_font("Noto Sans CJK SC"));
  assert_true(script_is_safe_font("微软雅黑"));
  static const char *const bad[] = {"",    "a,9", "a:b", "a'b",  "a\"b",
                                    "a`b", "a\\", "a\n", "a{b}", "@a"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(script_is_safe_font(bad[i]));
}

static void a_list_of_formats_is_taken_or_refused_as_a_whole(void **state) {
  (void)state;
  assert_int_equal(picture_formats_parse("png"), PICTURE_PNG);
  assert_int_equal(picture_formats_parse("emf,png@2x"), PICTURE_EMF | PICTURE_PNG_TWICE);
  assert_int_equal(picture_formats_parse("svg,png,pdf"), PICTURES_USUAL);
  assert_int_equal(picture_formats_parse("svg@phone,svg"), PICTURE_SVG | PICTURE_SVG_PHONE);
  assert_int_equal(picture_formats_parse("svg@phones"), 0);
  assert_int_equal(picture_formats_parse("png,"), 0);
  assert_int_equal(picture_formats_parse(""), 0);
  assert_int_equal(picture_formats_parse("png,jpg"), 0);
}

static void a_script_holds_text_only_in_quotes_and_no_line_of_it_is_text(void **state) {
  struct theme theme = theme_for(&theme_sizes[0], NULL);
  struct script *script = script_new(*state, &theme, NULL);
  script_add_text(script, &(struct script_text){.text = "x'\nsystem(\"touch pwned\")", .size = 9});
  script_add_plot(script, "using %d with points", 1);
  char *bytes = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&bytes, &length);
  script_write(script, file, "name", "chart", PICTURE_SVG, 100);
  fclose(file);
  assert_non_null(strstr(bytes, "'x'.\"\\047\".' system(\"touch pwned\")'"));
  assert_null(strstr(bytes, "\nsystem"));
  assert_non_null(strstr(bytes, "set output 'name.svg'"));
  assert_null(strstr(bytes, "pngcairo"));
  free(bytes);
}

/* Strings of what gnuplot's scanner minds, drawn at random, are printed by gnuplot as they are. */
static void gnuplot_reads_back_every_string_as_it_was(void **state) {
  static const char *const pieces[] = {
      "'", "\"", "`", "\\", "{", "}",   "#", ";", "@x", "@GPVAL_TERM", "\\047", "$1", "%d",
      ".", "(",  ")", ",",  " ", "\\n", "!", "|", "<",  "天",          "😀",     "a",  "0"};
  enum { STRINGS = 3000, PIECES = sizeof pieces / sizeof *pieces };
  char path[] = "/tmp/ogistat-test-XXXXXX";
  int handle = mkstemp(path);
  assert_true(handle >= 0);
  FILE *file = fdopen(handle, "w");
  static char text[STRINGS][128];
  unsigned random = 20201231;
  for (size_t i = 0; i < STRINGS; i++) {
    char *end = stpcpy(text[i], "");
    for (size_t length = i % 9; length-- > 0;) {
      random =
          random * 1664525 + 1013904223; /* Numerical Recipes' generator, the same every time */
      end = stpcpy(end, pieces[(random >> 16) % PIECES]);
    }
    fprintf(file, "print %s\n", script_quote(*state, text[i]));
  }
  fclose(file);
  /* NOLINTNEXTLINE(cert-env33-c): a constant command */
  FILE *answer = popen(arena_format(*state, "gnuplot -d %s 2>&1 || true", path), "r");
  assert_non_null(answer);
  char line[256];
  size_t read = 0;
  while (fgets(line, sizeof line, answer)) {
    line[strcspn(line, "\n")] = '\0';
    if (read == 0 && strstr(line, "not found")) break;
    assert_true(read < STRINGS);
    assert_string_equal(line, text[read++]);
  }
  pclose(answer);
  unlink(path);
  if (read == 0) skip();
  assert_int_equal(read, STRINGS);
}

static void a_character_that_no_font_has_is_marked(void **state) {
  const struct glyphs *glyphs = glyphs_parse(*state, "20-7e 5929\n1f600");
  assert_string_equal(glyphs_available(glyphs, *state, "a天😀"), "a天😀");
  assert_string_equal(glyphs_available(glyphs, *state, "a𠀀b地"), "a〓b〓");
  assert_string_equal(glyphs_first_missing(glyphs, *state, "a天地"), "地");
  assert_null(glyphs_first_missing(glyphs, *state, "a天"));
  assert_string_equal(glyphs_available(NULL, *state, "𠀀"), "𠀀");
  const char *joined = "a\xE2\x80\x8D"; /* a joiner has no shape of its own */
  assert_string_equal(glyphs_available(glyphs, *state, joined), joined);
}

static void long_numbers_are_read_in_myriads_in_chinese(void **state) {
  static const char *const cases[][3] = {{"9999", "9999", "9999"},
                                         {"10000", "1万", "10,000"},
                                         {"12345", "1.23万", "12,345"},
                                         {"123456", "12.3万", "123,456"},
                                         {"-123456", "-12.3万", "-123,456"},
                                         {"99996", "10.0万", "99,996"},
                                         {"12345678", "1235万", "12,345,678"},
                                         {"99999999", "1.00亿", "99,999,999"},
                                         {"25000", "2.5万", "25,000"},
                                         {"25001", "2.50万", "25,001"},
                                         {"1234567890", "12.3亿", "1,234,567,890"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_string_equal(number_short(*state, cases[i][0], READ_MYRIADS), cases[i][1]);
    assert_string_equal(number_short(*state, cases[i][0], READ_DIGITS), cases[i][2]);
  }
  assert_string_equal(number_exact(*state, 5000, READ_MYRIADS), "5000");
  assert_string_equal(number_exact(*state, 15000, READ_MYRIADS), "1.5万");
  assert_string_equal(number_exact(*state, 12345, READ_MYRIADS), "1.2345万");
  assert_string_equal(number_exact(*state, 200000000, READ_MYRIADS), "2亿");
  assert_string_equal(number_exact(*state, 15000, READ_DIGITS), "15,000");
}

static void chinese_is_one_em_wide_and_latin_about_half(void **state) {
  (void)state;
  assert_true(text_width("天桥区") == 3);
  assert_true(text_width("2020") > 2 && text_width("2020") < 2.4);
  assert_true(text_width("") == 0);
}

static void lines_are_no_wider_than_allowed_and_lose_nothing(void **state) {
  const char *text = "区政府年度重点任务信息公开（含“双随机、一公开”监管），以及其他事项";
  for (int width = 3; width < 40; width++) {
    struct text_lines lines = text_wrap_evenly(*state, text, width);
    char joined[256] = "", *end = joined;
    for (size_t i = 0; i < lines.count; i++) {
      assert_true(text_width(lines.line[i]) <= width);
      end = stpcpy(end, lines.line[i]);
    }
    assert_string_equal(joined, text);
  }
}

static void lines_break_between_words_and_not_before_closing_marks(void **state) {
  struct text_lines lines = text_wrap(*state, "Forbidden by another law", 9);
  assert_int_equal(lines.count, 2);
  assert_string_equal(lines.line[0], "Forbidden by");
  assert_string_equal(lines.line[1], "another law");
  lines = text_wrap(*state, "公开的，信息", 3);
  assert_string_equal(lines.line[0], "公开");
  assert_string_equal(lines.line[1], "的，信");
}

static void a_word_too_wide_for_a_line_is_broken_and_an_empty_text_is_one_line(void **state) {
  struct text_lines lines = text_wrap(*state, "aaaaaaaaaaaaaaaaaaaa", 3);
  assert_true(lines.count >= 4);
  assert_int_equal(text_wrap(*state, "", 3).count, 1);
}

static void a_text_too_wide_is_cut_so_that_the_sign_for_more_fits(void **state) {
  assert_string_equal(text_cut(*state, "公开的信息", 5), "公开的信息");
  assert_string_equal(text_cut(*state, "公开的信息", 4.9), "公开的信…");
  assert_string_equal(text_cut(*state, "", 1), "");
  assert_string_equal(text_cut(*state, "很长", 0.1), "…");
  for (int tenths = 10; tenths < 120; tenths += 7) {
    double width = tenths / 10.0;
    const char *cut = text_cut(*state, "天桥区 government 2020年", width);
    assert_true(text_width(cut) <= width);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, new_arena, free_arena)
  const struct CMUnitTest tests[] = {
      TEST(an_apostrophe_is_a_string_of_its_own_and_nothing_else_is_touched),
      TEST(control_characters_become_blanks),
      TEST(what_is_no_text_becomes_the_replacement_character),
      TEST(a_file_name_cannot_be_a_command_a_path_or_an_option),
      TEST(a_font_is_named_by_letters_digits_and_a_few_signs),
      TEST(a_list_of_formats_is_taken_or_refused_as_a_whole),
      TEST(a_script_holds_text_only_in_quotes_and_no_line_of_it_is_text),
      TEST(gnuplot_reads_back_every_string_as_it_was),
      TEST(a_character_that_no_font_has_is_marked),
      TEST(long_numbers_are_read_in_myriads_in_chinese),
      TEST(chinese_is_one_em_wide_and_latin_about_half),
      TEST(lines_are_no_wider_than_allowed_and_lose_nothing),
      TEST(lines_break_between_words_and_not_before_closing_marks),
      TEST(a_text_too_wide_is_cut_so_that_the_sign_for_more_fits),
      TEST(a_word_too_wide_for_a_line_is_broken_and_an_empty_text_is_one_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
