/* OFD documents: positioned text and paths become paragraphs and tables. */
#include "ingest/readers/ofd/ofd.h"

#include <string.h>

#include "tests/docx_writer.h"
#include "tests/support.h"

#define OFD "xmlns:ofd=\"http://www.ofdspec.org/2016\""

static const char root[] =
    "<ofd:OFD " OFD "><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    "</ofd:OFD>";
static const char document_part[] =
    "<ofd:Document " OFD "><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
    "</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID=\"7\" BaseLoc=\"Tpl.xml\"/>"
    "</ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"/Doc_0/P.xml\"/></ofd:Pages>"
    "</ofd:Document>";

/* A document of one page with CONTENT, and a template with LINES. */
static const char *ofd_of(struct scratch *s, const char *content, const char *lines, size_t *size) {
  static const char page[] =
      "<ofd:Page " OFD "><ofd:Template TemplateID=\"7\"/><ofd:Content><ofd:Layer>%s</ofd:Layer>"
      "</ofd:Content></ofd:Page>";
  const struct part parts[] = {{"OFD.xml", root, 0},
                               {"Doc_0/Document.xml", document_part, 0},
                               {"Doc_0/P.xml", arena_format(s->arena, page, content), 0},
                               {"Doc_0/Tpl.xml", arena_format(s->arena, page, lines), 0},
                               {NULL, NULL, 0}};
  return zip_of(s->arena, parts, size);
}

static struct document *read_bytes(struct scratch *s, const char *bytes, size_t size,
                                   const char **reason) {
  struct source source;
  struct document *document = arena_alloc(s->arena, sizeof *document);
  document->arena = s->arena;
  *reason = source_from_bytes("a.ofd", bytes, size, &source, &s->failure);
  if (!*reason) *reason = ofd_reader(document, &source, &s->failure);
  return document;
}

static struct document *read_page(struct scratch *s, const char *content, const char *lines,
                                  const char **reason) {
  size_t size;
  const char *bytes = ofd_of(s, content, lines, &size);
  return read_bytes(s, bytes, size, reason);
}

#define TEXT(x, y, deltas, text)                                                                   \
  "<ofd:TextObject Boundary=\"" x " " y " 50 6\" Size=\"4\"><ofd:TextCode X=\"0\" Y=\"4\" "        \
  "DeltaX=\"" deltas "\">" text "</ofd:TextCode></ofd:TextObject>"
#define PATH(x, y, path)                                                                           \
  "<ofd:PathObject Boundary=\"" x " " y " 90 20\"><ofd:AbbreviatedData>" path                      \
  "</ofd:AbbreviatedData></ofd:PathObject>"

static void text_and_the_lines_of_its_template_are_a_table(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = read_page(
      s,
      TEXT("20", "20", "g 3 4", "一般行文") TEXT("22", "42", "4 4 4", "行政许可")
          TEXT("70", "42", "g 1 2", "12") "<ofd:PageBlock>" TEXT("22", "52", "4 4 4", "行政处罚")
              TEXT("70", "52", "", "7") "</ofd:PageBlock>",
      PATH("20", "40", "M 0 0 L 80 0 L 80 20 L 0 20 C") PATH("20", "50", "M 0 0 L 80 0")
          PATH("60", "40", "S 0 0 L 0 20"),
      &reason);
  assert_null(reason);
  assert_int_equal(document->blocks.count, 2);
  assert_string_equal(document->blocks.item[0].text, "一般行文");
  const struct grid *grid = &document->blocks.item[1].grid;
  assert_int_equal(grid->rows, 2);
  assert_string_equal(grid->row[0].cell[0].text, "行政许可");
  assert_string_equal(grid->row[0].cell[1].text, "12");
  assert_string_equal(grid->row[1].cell[1].text, "7");
}

static void what_is_not_seen_is_not_read(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = read_page(
      s,
      "<ofd:TextObject Visible=\"false\" Boundary=\"20 20 50 6\" Size=\"4\"><ofd:TextCode X=\"0\" "
      "Y=\"4\">不见</ofd:TextCode></ofd:TextObject>" TEXT("20", "30", "4", "看见")
          TEXT("500", "30", "4", "页外"),
      "", &reason);
  assert_null(reason);
  assert_int_equal(document->blocks.count, 1);
  assert_string_equal(document->blocks.item[0].text, "看见");
}

static void characters_one_below_the_other_are_a_label(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = read_page(
      s,
      "<ofd:TextObject Boundary=\"22 42 5 30\" Size=\"4\"><ofd:TextCode X=\"0\" Y=\"4\" "
      "DeltaY=\"g 2 5\">办结数</ofd:TextCode></ofd:TextObject>" TEXT("50", "50", "2", "12"),
      PATH("20", "40", "M 0 0 L 60 0 L 60 20 L 0 20 C") PATH("40", "40", "M 0 0 L 0 20"), &reason);
  assert_null(reason);
  const struct grid *grid = &document->blocks.item[0].grid;
  assert_string_equal(grid->row[0].cell[0].text, "办结数");
  assert_string_equal(grid->row[0].cell[1].text, "12");
}

static void what_has_no_text_is_told(void **state) {
  struct scratch *s = *state;
  const char *reason;
  read_page(s, "<ofd:ImageObject Boundary=\"0 0 210 297\"/>", "", &reason);
  assert_string_equal(reason, "scanned");
  read_page(s, "", "", &reason);
  assert_string_equal(reason, "unreadable_document");
  size_t size;
  const char *bytes = zip_of(s->arena, (const struct part[]){{"OFD.xml", root, 0}, {0}}, &size);
  read_bytes(s, bytes, size, &reason);
  assert_string_equal(reason, "unreadable_document");
  assert_non_null(strstr(s->failure.text, "Doc_0/Document.xml"));
}

static void numbers_that_are_none_draw_nothing(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = read_page(
      s,
      TEXT("nan", "x", "g -1 2", "甲") TEXT("20", "30", "g 99999999999 0", "乙")
          PATH("1e308", "1e308", "M 1e308 0 L -1e308 inf") PATH("0", "0", "Q 1 2 L C C A B 3 M g"),
      "<ofd:TextObject/><ofd:PathObject/>", &reason);
  if (!reason) assert_true(document->blocks.count >= 1);
}

static void a_file_cut_off_or_damaged_gives_a_document_or_a_reason(void **state) {
  struct scratch *s = *state;
  size_t size;
  const char *reason, *bytes = ofd_of(s, TEXT("20", "20", "4", "年报"), "", &size);
  uint64_t seed = 11;
  for (size_t i = 0; i < 200; i++) {
    char *copy = arena_bytes(s->arena, bytes, size);
    for (int flips = 0; flips < 4; flips++)
      ((unsigned char *)copy)[random_below(&seed, size)] ^= 1U << random_below(&seed, 8);
    read_bytes(s, copy, i % 2 ? size * i / 200 : size, &reason);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(text_and_the_lines_of_its_template_are_a_table),
      scratch_test(what_is_not_seen_is_not_read),
      scratch_test(characters_one_below_the_other_are_a_label),
      scratch_test(what_has_no_text_is_told),
      scratch_test(numbers_that_are_none_draw_nothing),
      scratch_test(a_file_cut_off_or_damaged_gives_a_document_or_a_reason),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
