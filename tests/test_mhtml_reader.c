/* Web archives: the page in them, whatever its transfer encoding. */
#include <string.h>

#include "ingest/intake/source.h"
#include "ingest/readers/html/mhtml.h"
#include "tests/support.h"

static const char *const head = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
                                "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n"
                                "\tboundary=\"--b--\"\r\n\r\n";

/* The reason for which ARCHIVE is not read, or NULL; what is read goes to DOCUMENT. */
static const char *read_archive(struct document *document, const char *archive) {
  struct source source;
  struct failure failure = {""};
  assert_null(source_from_bytes("a.mht", archive, strlen(archive), &source, &failure));
  assert_string_equal(source_format_name(source.format), "mhtml");
  return mhtml_reader(document, &source, &failure);
}

static void check_part(const char *part) {
  struct document document = {.arena = arena_new()};
  const char *archive =
      arena_format(document.arena,
                   "%s----b--\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
                   "----b--\r\nContent-Type: text/html\r\n%s\r\n----b----\r\n",
                   head, part);
  assert_null(read_archive(&document, archive));
  assert_int_equal(document.blocks.count, 1);
  const struct grid *grid = &document.blocks.item[0].grid;
  assert_int_equal(grid->rows, 2);
  assert_int_equal(grid->row[0].cells, 2);
  assert_int_equal(grid->row[0].cell[0].columns, 2);
  assert_string_equal(grid->row[0].cell[0].text, "规章");
  assert_string_equal(grid->row[0].cell[1].text, "12345");
  assert_string_equal(document.url, "http://example.gov.cn/1.html");
  arena_free(document.arena);
}

static void the_page_is_read_by_its_transfer_encoding(void **state) {
  (void)state;
  check_part(
      "Content-Location: http://example.gov.cn/1.html\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
      "<table><tr><td colspan=3D2>=E8=A7=84=E7=AB=A0<td>123=\r\n45<tr><td>a<td>b<td>c</table>");
  check_part("Content-Transfer-Encoding: base64\r\n"
             "Content-Location: http://example.gov.cn/1.html\r\n\r\n"
             "PHRhYmxlPjx0cj48dGQgY29sc3Bhbj0yPui\r\nnhOeroDx0ZD4xMjM0NTx0cj48dGQ+"
             "YTx0ZD5iPHRkPmM8L3RhYmxlPg==");
  check_part("Content-Location:\r\n http://example.gov.cn/1.html\r\n\r\n"
             "<table><tr><td colspan=2>规章<td>12345<tr><td>a<td>b<td>c</table>");
}

static void an_archive_without_a_page_is_told(void **state) {
  (void)state;
  static const char *const parts[] = {
      "", "----b--", "----b--\r\nContent-Type: text/css\r\n\r\na\r\n----b----\r\n",
      "----b--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n"};
  struct document document = {.arena = arena_new()};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    assert_string_equal(
        read_archive(&document, arena_format(document.arena, "%s%s", head, parts[i])),
        "unreadable_document");
  arena_free(document.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_page_is_read_by_its_transfer_encoding),
      cmocka_unit_test(an_archive_without_a_page_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
