/* Promises of core/base/label.h. */
#include "tests/support.h"

#include <utf8proc.h>

#include "core/base/label.h"

#define assert_normal(label, expected)                                                             \
  assert_string_equal(label_normal(((struct scratch *)*state)->arena, label), expected)

/* Of two normal labels. */
static double normal_likeness(struct scratch *scratch, const char *a, const char *b) {
  struct label x = label_prepare(scratch->arena, a), y = label_prepare(scratch->arena, b);
  return label_likeness(&x, &y, 0);
}

static double likeness(struct scratch *scratch, const char *a, const char *b) {
  return normal_likeness(scratch, label_normal(scratch->arena, a), label_normal(scratch->arena, b));
}

static void numbering_is_no_part_of_a_label(void **state) {
  assert_normal("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量");
  assert_normal("（一）予以公开", "予以公开");
  assert_normal("(十二) 其他", "其他");
  assert_normal("1.属于国家秘密", "属于国家秘密");
  assert_normal("２．重复申请", "重复申请");
  assert_normal("3、要求提供公开出版物", "要求提供公开出版物");
  assert_normal("4）当面申请数", "当面申请数");
  assert_normal("（三）1.属于国家秘密", "属于国家秘密");
  assert_normal("三、（一）予以公开", "予以公开");
  assert_normal("⒈属于国家秘密", "属于国家秘密");
  assert_normal(" ①属于国家秘密", "属于国家秘密");
  assert_normal("⑴属于国家秘密", "属于国家秘密");
}

static void numbers_that_number_nothing_stay(void **state) {
  assert_normal("第二十条第（一）项", "第二十条第项");
  assert_normal("三安全一稳定", "三安全一稳定");
  assert_normal("12345热线", "12345热线");
  assert_normal("2020年", "2020年");
}

static void width_spaces_and_punctuation_do_not_matter(void **state) {
  assert_normal("总 计", "总计");
  assert_normal("总\xe3\x80\x80计\n", "总计");
  assert_normal("总\xc2\xa0\xe2\x80\x8b计\xef\xbb\xbf", "总计");
  assert_normal("总\xc2\xad计\xe2\x81\xa0", "总计");
  assert_normal("ＡＢＣ１２", "ABC12");
  assert_normal("3.危及“三安全一稳定”", "危及三安全一稳定");
  assert_normal("行政许可·本年增/减", "行政许可本年增减");
}

static void notes_in_brackets_go(void **state) {
  assert_normal("采购总金额（单位：万元）", "采购总金额");
  assert_normal("办件（其中（含网办））量", "办件量");
  assert_normal("总计①", "总计");
  assert_normal("其他[2]", "其他");
}

static void a_bracket_that_is_never_closed_hides_nothing(void **state) {
  assert_normal("（一予以公开", "一予以公开");
  assert_normal("重复申请)数量", "重复申请数量");
}

static void a_label_of_numbering_alone_is_empty(void **state) {
  assert_normal("", "");
  assert_normal(" （一） ", "");
  assert_normal("1.", "");
}

static void a_normal_label_stays_as_it_is(void **state) {
  struct scratch *scratch = *state;
  static const char *const labels[] = {"（三）不予公开·1.属于国家秘密", "四、结转下年度继续办理",
                                       "微博微信回应事件数", "1"};
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    const char *normal = label_normal(scratch->arena, labels[i]);
    assert_string_equal(label_normal(scratch->arena, normal), normal);
  }
}

static void tidy_text_keeps_blanks_between_ascii_words_only(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(text_tidy(scratch->arena, " 总 \t 计\r\n"), "总计");
  assert_string_equal(text_tidy(scratch->arena, "annual \n report 2020"), "annual report 2020");
  assert_string_equal(text_tidy(scratch->arena, "共 12 件"), "共12件");
  assert_string_equal(text_tidy(scratch->arena, "\xe3\x80\x80"), "");
}

static void compact_text_is_nfkc_without_spaces(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(text_compact(scratch->arena, "１，０３２ 件（Ａ）"), "1,032件(A)");
  assert_string_equal(text_nfkc(scratch->arena, "－３ ％"), "-3 %");
  assert_string_equal(text_compact(scratch->arena, "１２③ ４²"), "12[3]4[2]");
}

/* Nearly all text goes past utf8proc for speed. */
static void every_character_becomes_what_utf8proc_makes_of_it(void **state) {
  (void)state;
  for (int character = 1; character <= 0x10FFFF; character += character < 0x10000 ? 1 : 61) {
    if (character >= 0xD800 && character <= 0xDFFF) continue;
    struct arena *arena = arena_new();
    utf8proc_uint8_t text[16] = "A";
    utf8proc_ssize_t size = utf8proc_encode_char(character, text + 1);
    memcpy(text + 1 + size, "（一", sizeof "（一");
    const char *at = (const char *)text + 1;
    assert_int_equal(text_next(&at), character);
    assert_ptr_equal(at, text + 1 + size);
    utf8proc_uint8_t *expected = utf8proc_NFKC(text);
    assert_string_equal(text_nfkc(arena, (const char *)text), (const char *)expected);
    free(expected);
    arena_free(arena);
  }
}

static void text_that_is_not_utf8_is_kept_and_ends_nothing(void **state) {
  struct scratch *scratch = *state;
  const char *gbk = "\xd5\xfe\xb8\xae"; /* 政府 in GBK */
  assert_string_equal(text_nfkc(scratch->arena, gbk), gbk);
  assert_string_equal(label_normal(scratch->arena, gbk), gbk);
  assert_int_equal(text_length("\xe6\xb5"), 2); /* a character cut off */
  assert_int_equal(text_length("a\xff天"), 3);
  const char *at = "\xff";
  assert_int_equal(text_next(&at), 0xFFFD);
  assert_int_equal(text_next(&at), 0);
  assert_int_equal(text_next(&at), 0);
  assert_true(normal_likeness(scratch, gbk, "政府") < 0.5);
}

static void characters_are_counted_and_not_bytes(void **state) {
  (void)state;
  assert_int_equal(text_length("天桥区2020𠮷"), 8);
  const char *at = "𠮷a";
  assert_int_equal(text_next(&at), 0x20BB7);
  assert_int_equal(text_next(&at), 'a');
}

static void utf8_is_told_from_what_is_not(void **state) {
  (void)state;
  static const char valid[] = "天桥区 abc 𠮷";
  assert_true(text_is_utf8(valid, sizeof valid - 1));
  assert_true(text_is_utf8("a\0b", 3));
  assert_true(text_is_utf8("", 0));
  static const char *const broken[] = {"\x80",         "\xe6\xb5",         "\xc0\xaf",
                                       "\xed\xa0\x80", "\xf4\x90\x80\x80", "ab\xff"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
    assert_false(text_is_utf8(broken[i], strlen(broken[i])));
  assert_false(text_is_utf8("天", 2));
}

/* A label as some report prints it, the row it is, and the rows beside it. */
static void bytes_that_are_no_utf8_become_replacement_characters(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(text_utf8(scratch->arena, "a\xccz\xe5\xb9\xb4\xe5\xb9"),
                      "a\ufffdz年\ufffd\ufffd");
  assert_string_equal(text_utf8(scratch->arena, "年"), "年");
}

static void misprinted_labels_are_most_like_their_own_row(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    const char *printed, *right, *beside[2];
  } cases[] = {
      {"2.其他法律行政止公开",
       "2.其他法律行政法规禁止公开",
       {"1.属于国家秘密", "3.危及“三安全一稳定”"}},
      {"4.无正当理由大量反复 申请",
       "4.无正当理由大量反复申请",
       {"3.要求提供公开出版物", "5.要求行政机关确认或重新出具已获取信息"}},
      {"5.要求行政机关确认或重新出具已",
       "5.要求行政机关确认或重新出具已获取信息",
       {"4.无正当理由大量反复申请", "（六）其他处理"}},
      {"1.申请人无正当理由逾期不补正、行政机关不再处理",
       "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
       {"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "5.要求行政机关确认或重新出具已获取信息"}},
      {"一、本年新收政府信息公开申请数",
       "一、本年新收政府信息公开申请数量",
       {"二、上年结转政府信息公开申请数量", "三、本年度办理结果"}},
      {"2.没有现成信息需另行制作",
       "2.没有现成信息需要另行制作",
       {"1.本机关不掌握相关政府信息", "3.补正后申请内容仍不明确"}},
      {"3.危及\"三安全一稳定\"",
       "3.危及“三安全一稳定”",
       {"2.其他法律行政法规禁止公开", "4.保护第三方合法权益"}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double right = likeness(scratch, cases[i].printed, cases[i].right);
    if (right <= 0.6) fail_msg("%s: %g", cases[i].printed, right);
    for (size_t j = 0; j < 2; j++) {
      double beside = likeness(scratch, cases[i].printed, cases[i].beside[j]);
      if (beside >= right - 0.2)
        fail_msg("%s: %g, and %g like %s", cases[i].printed, right, beside, cases[i].beside[j]);
    }
  }
}

static void likeness_is_one_minus_the_share_of_edits(void **state) {
  assert_true(normal_likeness(*state, "予以公开", "予以公开") == 1);
  assert_true(normal_likeness(*state, "予以公开", "不予公开") == 0.5);
  assert_true(normal_likeness(*state, "维持", "纠正") == 0);
  assert_true(normal_likeness(*state, "", "维持") == 0);
  assert_true(normal_likeness(*state, "其他", "其他处理") ==
              0.5); /* too short to be a label cut off */
  assert_true(normal_likeness(*state, "结转下", "结转下年度继续办理") > 0.7);
}

static const char *any_label(struct scratch *scratch, uint64_t *seed) {
  static const char *const pieces[] = {"公", "开", "申", "请", "a", "\xff", "𠮷"};
  const char *text = "";
  for (size_t left = random_below(seed, 12); left > 0; left--)
    text = arena_format(scratch->arena, "%s%s", text, pieces[random_below(seed, 7)]);
  return text;
}

static void likeness_is_symmetric_and_between_0_and_1(void **state) {
  struct scratch *scratch = *state;
  uint64_t seed = 1966;
  for (int i = 0; i < 5000; i++) {
    const char *a = any_label(scratch, &seed), *b = any_label(scratch, &seed);
    double value = normal_likeness(scratch, a, b);
    assert_true(value >= 0 && value <= 1);
    assert_true(value == normal_likeness(scratch, b, a));
    assert_true((value == 1) == (strcmp(a, b) == 0));
  }
}

static void only_what_is_below_the_least_is_not_measured(void **state) {
  struct scratch *scratch = *state;
  uint64_t seed = 1970;
  for (int i = 0; i < 5000; i++) {
    struct label a = label_prepare(scratch->arena, any_label(scratch, &seed));
    struct label b = label_prepare(scratch->arena, any_label(scratch, &seed));
    double value = label_likeness(&a, &b, 0), least = (double)random_below(&seed, 11) / 10;
    double found = label_likeness(&a, &b, least);
    assert_true(value < least ? found < least : found == value);
  }
}

static void texts_longer_than_any_label_are_compared_by_their_beginning(void **state) {
  struct scratch *scratch = *state;
  char *a = arena_alloc(scratch->arena, 5001), *b = arena_alloc(scratch->arena, 9001);
  memset(a, 'x', 5000);
  memset(b, 'x', 9000);
  assert_true(normal_likeness(scratch, a, b) == 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(numbering_is_no_part_of_a_label),
      scratch_test(numbers_that_number_nothing_stay),
      scratch_test(width_spaces_and_punctuation_do_not_matter),
      scratch_test(notes_in_brackets_go),
      scratch_test(a_bracket_that_is_never_closed_hides_nothing),
      scratch_test(a_label_of_numbering_alone_is_empty),
      scratch_test(a_normal_label_stays_as_it_is),
      scratch_test(tidy_text_keeps_blanks_between_ascii_words_only),
      scratch_test(compact_text_is_nfkc_without_spaces),
      cmocka_unit_test(every_character_becomes_what_utf8proc_makes_of_it),
      scratch_test(text_that_is_not_utf8_is_kept_and_ends_nothing),
      scratch_test(characters_are_counted_and_not_bytes),
      scratch_test(utf8_is_told_from_what_is_not),
      scratch_test(bytes_that_are_no_utf8_become_replacement_characters),
      scratch_test(misprinted_labels_are_most_like_their_own_row),
      scratch_test(likeness_is_one_minus_the_share_of_edits),
      scratch_test(likeness_is_symmetric_and_between_0_and_1),
      scratch_test(only_what_is_below_the_least_is_not_measured),
      scratch_test(texts_longer_than_any_label_are_compared_by_their_beginning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
