/* Workbooks: sheets as tables and lines, numbers as they are shown. */
#include <string.h>

#include "ingest/readers/xlsx/xlsx.h"
#include "tests/docx_writer.h"
#include "tests/support.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS                                                                                  \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

/* A workbook of one sheet shown and one hidden; SHEET is what stands in the first. */
static struct document *workbook(struct scratch *scratch, const char *sheet, const char **reason) {
  struct arena *arena = scratch->arena;
  const struct part parts[] = {
      {"_rels/.rels",
       RELATIONS "<Relationship Id=\"r\" Type=\"" OFFICE
                 "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
       0},
      {"xl/workbook.xml",
       "<workbook " MAIN " xmlns:r=\"" OFFICE
       "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s1\"/>"
       "<sheet name=\"b\" sheetId=\"2\" state=\"hidden\" r:id=\"s2\"/></sheets></workbook>",
       0},
      {"xl/_rels/workbook.xml.rels",
       RELATIONS
       "<Relationship Id=\"s1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/a.xml\"/>"
       "<Relationship Id=\"s2\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/b.xml\"/>"
       "<Relationship Id=\"t\" Type=\"" OFFICE "/sharedStrings\" Target=\"strings.xml\"/>"
       "<Relationship Id=\"y\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>",
       0},
      {"xl/strings.xml",
       "<sst " MAIN ">"
       "<si><t>行政许可</t></si>"
       "<si><r><t>行政</t></r><r><t>处罚</t></r><rPh><t>x</t></rPh></si>"
       "</sst>",
       0},
      {"xl/styles.xml",
       "<styleSheet " MAIN
       "><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;\"/></numFmts>"
       "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf "
       "numFmtId=\"170\"/></cellXfs></styleSheet>",
       0},
      {"xl/worksheets/a.xml", arena_format(arena, "<worksheet " MAIN ">%s</worksheet>", sheet), 0},
      {"xl/worksheets/b.xml",
       "<worksheet " MAIN "><sheetData><row r=\"1\">"
       "<c r=\"A1\"><v>7</v></c><c r=\"B1\"><v>8</v></c>"
       "</row></sheetData></worksheet>",
       0},
      {NULL, NULL, 0}};
  struct source source;
  size_t size;
  const char *bytes = zip_of(arena, parts, &size);
  assert_null(source_from_bytes("a.xlsx", bytes, size, &source, &scratch->failure));
  assert_int_equal(source.format, FORMAT_XLSX);
  struct document *document = arena_alloc(arena, sizeof *document);
  document->arena = arena;
  *reason = xlsx_reader(document, &source, &scratch->failure);
  return document;
}

/* The cells of a row, each in brackets. */
static const char *row_text(struct arena *arena, const struct row *row) {
  const char *text = "";
  for (size_t i = 0; i < row->cells; i++) {
    const struct cell *cell = &row->cell[i];
    text = cell->columns > 1 ? arena_format(arena, "%s[%s]x%zu", text, cell->text, cell->columns)
                             : arena_format(arena, "%s[%s]", text, cell->text);
  }
  return text;
}

static void a_table_has_its_spans_and_its_title_is_a_paragraph(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = workbook(
      s,
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>标题</t></is></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>项目</t></is></c><c r=\"B2\" "
      "t=\"inlineStr\"><is><t>数量</t></is></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"C3\"><f>1+2</f><v>3</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>12</v></c><c "
      "r=\"C4\"><v>0.1</v></c></row>"
      "<row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>注</t></is></c></row></sheetData>"
      "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B2:C2\"/></mergeCells>",
      &reason);
  assert_null(reason);
  assert_int_equal(document->blocks.count, 3);
  assert_string_equal(document->blocks.item[0].text, "标题");
  const struct grid *grid = &document->blocks.item[1].grid;
  assert_int_equal(grid->rows, 3);
  assert_string_equal(row_text(s->arena, &grid->row[0]), "[项目][数量]x2");
  assert_string_equal(row_text(s->arena, &grid->row[1]), "[行政许可][][3]");
  assert_string_equal(row_text(s->arena, &grid->row[2]), "[行政处罚][12][0.1]");
  assert_string_equal(document->blocks.item[2].text, "注");
}

static void numbers_are_those_that_are_shown(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = workbook(
      s,
      "<sheetData><row r=\"1\"><c r=\"A1\"><v>1.2E3</v></c><c r=\"B1\" s=\"1\"><v>0.8687</v></c>"
      "<c r=\"C1\" s=\"2\"><v>45292</v></c><c r=\"D1\"><v>104367.118823</v></c>"
      "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"str\"><v>无</v></c></row></sheetData>",
      &reason);
  assert_null(reason);
  assert_string_equal(row_text(s->arena, &document->blocks.item[0].grid.row[0]),
                      "[1200][86.87%][][104367.118823][][无]");
}

static void hidden_rows_columns_and_sheets_are_not_read(void **state) {
  struct scratch *s = *state;
  const char *reason;
  struct document *document = workbook(
      s,
      "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>"
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row>"
      "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>4</v></c><c "
      "r=\"C2\"><v>5</v></c></row></sheetData>",
      &reason);
  assert_null(reason);
  assert_int_equal(document->blocks.count, 1);
  assert_int_equal(document->blocks.item[0].grid.rows, 1);
  assert_string_equal(row_text(s->arena, &document->blocks.item[0].grid.row[0]), "[1][3]");
}

static void a_sheet_larger_than_any_report_is_told(void **state) {
  struct scratch *s = *state;
  const char *reason;
  workbook(s, "<sheetData><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>",
           &reason);
  assert_string_equal(reason, "too_large");
  workbook(s, "<sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>", &reason);
  assert_string_equal(reason, "too_large");
}

static void broken_references_end_nothing(void **state) {
  struct scratch *s = *state;
  const char *reason;
  static const char *const broken[] = {
      "<sheetData><row r=\"0\"><c r=\"A0\"><v>1</v></c></row></sheetData>",
      "<sheetData><row><c r=\"\"><v>1</v></c><c><v>2</v></c></row></sheetData>",
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c><c r=\"B1\" "
      "s=\"99\"><v>2</v></c></row></sheetData>"
      "<mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell ref=\":\"/><mergeCell/></mergeCells>",
      ""};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) workbook(s, broken[i], &reason);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_table_has_its_spans_and_its_title_is_a_paragraph),
      scratch_test(numbers_are_those_that_are_shown),
      scratch_test(hidden_rows_columns_and_sheets_are_not_read),
      scratch_test(a_sheet_larger_than_any_report_is_told),
      scratch_test(broken_references_end_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
