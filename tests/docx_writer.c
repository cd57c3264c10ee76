/* The tests' writer of .docx, by minizip. Knows the layout of the statutory tables: text converted
 * from Word has lost its spans, and they are put back here. */
#include "tests/docx_writer.h"

#include <limits.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/whole_file.h"
#include "tests/chance.h"

enum { SHORTEST_PACKED = 16 };

/* What a test needs must be had. */
static void require(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "docx_writer: %s\n", what);
  exit(EXIT_FAILURE);
}

/* Every part has the same date, so that every run gives the same bytes. */
static void add_part(zipFile zip, const struct part *part) {
  const zip_fileinfo about = {.tmz_date = {.tm_year = 2020, .tm_mon = 8, .tm_mday = 13}};
  size_t length = part->size ? part->size : strlen(part->text);
  int method = length < SHORTEST_PACKED ? 0 : Z_DEFLATED; /* packing would make them longer */
  require(length <= UINT_MAX, "a part is too long");
  require(zipOpenNewFileInZip64(zip, part->name, &about, NULL, 0, NULL, 0, NULL, method,
                                Z_DEFAULT_COMPRESSION, 0) == ZIP_OK &&
              zipWriteInFileInZip(zip, part->text, (unsigned)length) == ZIP_OK &&
              zipCloseFileInZip(zip) == ZIP_OK,
          "a part cannot be written");
}

const char *zip_of(struct arena *arena, const struct part *parts, size_t *size) {
  char path[] = "/tmp/ogistat-docx-XXXXXX";
  struct failure failure = {""};
  struct whole_file file = {0};
  int place = mkstemp(path);
  require(place >= 0, "no temporary file can be made");
  close(place);
  zipFile zip = zipOpen(path, APPEND_STATUS_CREATE);
  require(zip != NULL, "no zip can be made");
  for (; parts->name; parts++) add_part(zip, parts);
  require(zipClose(zip, NULL) == ZIP_OK, "the zip cannot be closed");
  require(whole_file_read(arena, path, &file, &failure), failure.text);
  unlink(path);
  *size = file.size;
  return file.bytes;
}

#define RELATIONSHIP "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONSHIPS                                                                              \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define MAIN_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const struct {
  const char *part, *type, *content_type;
} kinds[] = {
    {"numbering", "numbering", MAIN_TYPE "numbering+xml"},
    {"styles", "styles", MAIN_TYPE "styles+xml"},
    {"footnotes", "footnotes", MAIN_TYPE "footnotes+xml"},
    {"endnotes", "endnotes", MAIN_TYPE "endnotes+xml"},
    {"chart", "chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"}};

static size_t kind_of(const char *name) {
  size_t i = 0;
  while (i < sizeof kinds / sizeof *kinds - 1 && !strstr(name, kinds[i].part)) i++;
  return i;
}

/* charts/chart1.xml is rChart1; the others need no name that a document uses. */
static const char *relation_id(struct arena *arena, const char *name) {
  const char *number = strpbrk(name, "0123456789");
  return number ? arena_format(arena, "rChart%.*s", (int)strspn(number, "0123456789"), number)
                : arena_format(arena, "r%zu", kind_of(name));
}

const char *docx_of(struct arena *arena, const char *body, const struct part *more, size_t *size) {
  static const struct part none[] = {{0}};
  LIST_OF(struct part) parts = {0};
  const char *types = "", *relations = "";
  for (const struct part *part = more ? more : none; part->name; part++) {
    size_t kind = kind_of(part->name);
    types = arena_format(arena, "%s<Override PartName=\"/%s\" ContentType=\"%s\"/>", types,
                         part->name, kinds[kind].content_type);
    relations = arena_format(
        arena, "%s<Relationship Id=\"%s\" Type=\"" RELATIONSHIP "/%s\" Target=\"%s\"/>", relations,
        relation_id(arena, part->name), kinds[kind].type, part->name + strlen("word/"));
    *list_add(arena, &parts) = *part;
  }
  struct part own[] = {
      {"[Content_Types].xml",
       arena_format(arena,
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    "<Default Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    "<Override PartName=\"/word/document.xml\" ContentType=\"" MAIN_TYPE
                    "document.main+xml\"/>%s</Types>",
                    types),
       0},
      {"_rels/.rels",
       RELATIONSHIPS "<Relationship Id=\"rId1\" Type=\"" RELATIONSHIP
                     "/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
       0},
      {"word/_rels/document.xml.rels",
       arena_format(arena, RELATIONSHIPS "%s</Relationships>", relations), 0},
      {"word/document.xml",
       arena_format(
           arena,
           "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document "
           "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
           "xmlns:r=\"" RELATIONSHIP "\" "
           "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
           "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
           "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
           "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
           "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
           "xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>%s<w:sectPr/></w:body></w:document>",
           body),
       0}};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) *list_add(arena, &parts) = own[i];
  *list_add(arena, &parts) = (struct part){0};
  return zip_of(arena, parts.item, size);
}

/* ---- a report ---- */

static const char *escaped(struct arena *arena, const char *text) {
  char *copy = arena_alloc(arena, 6 * strlen(text) + 1), *out = copy;
  for (; *text; text++) {
    const char *entity = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : NULL;
    if (entity)
      out = stpcpy(out, entity);
    else
      *out++ = *text;
  }
  return copy;
}

static const char *run(struct arena *arena, const char *text) {
  return arena_format(arena, "<w:r><w:t xml:space=\"preserve\">%s</w:t></w:r>",
                      escaped(arena, text));
}

static const char *deleted(struct arena *arena, const struct docx_style *style, const char *text) {
  if (!style->tracked) return "";
  return arena_format(arena,
                      "<w:del w:id=\"9\" w:author=\"a\" w:date=\"2021-01-01T00:00:00Z\">"
                      "<w:r><w:delText>%s</w:delText></w:r></w:del>",
                      text);
}

/* A paragraph that was deleted: it must neither show nor be counted. */
static const char *gone(struct arena *arena, const struct docx_style *style, const char *list) {
  if (!style->tracked) return "";
  return arena_format(arena,
                      "<w:p><w:pPr>%s<w:rPr><w:del w:id=\"8\" w:author=\"a\" "
                      "w:date=\"2021-01-01T00:00:00Z\"/></w:rPr></w:pPr>%s</w:p>",
                      list, deleted(arena, style, "2019"));
}

/* Where TEXT begins with a number that Word counts by itself, the number is taken off. */
static const char *paragraph(struct arena *arena, const struct docx_style *style,
                             const char *text) {
  static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
  for (size_t i = 0; i < 2 * sizeof digits / sizeof *digits; i++) {
    int level = (int)(i % 2);
    const char *number = arena_format(arena, level ? "（%s）" : "%s、", digits[i / 2]);
    if (strncmp(text, number, strlen(number)) != 0) continue;
    const char *list = arena_format(
        arena, "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"1\"/></w:numPr>", level);
    return arena_format(arena, "%s<w:p><w:pPr>%s</w:pPr>%s</w:p>", gone(arena, style, list), list,
                        run(arena, text + strlen(number)));
  }
  return arena_format(arena, "<w:p>%s%s</w:p>", deleted(arena, style, "999件"), run(arena, text));
}

enum { MOST_CELLS = 16 };

/* How the cells of ROW spread over the columns of the table, and which go on with the cell above:
 * by the layout of the statutory tables. */
struct spread {
  size_t columns[MOST_CELLS];
  bool goes_on[MOST_CELLS];
};

enum { HEADING_ROWS = 3, VALUE_COLUMNS = 7 };

static struct spread spread_of(const struct grid *grid, size_t at) {
  const struct row *row = &grid->row[at];
  struct spread spread = {0};
  size_t n = row->cells, most = 0;
  for (size_t i = 0; i < grid->rows; i++)
    if (grid->row[i].cells > most) most = grid->row[i].cells;
  require(n <= MOST_CELLS, "a row has too many cells");
  for (size_t j = 0; j < n; j++) {
    spread.columns[j] = most <= 4 ? 12 / n : 1;
    /* values may be blank as well; only headings and labels go on with what is above */
    bool is_label = most == 3 + VALUE_COLUMNS && j + VALUE_COLUMNS + 1 < n;
    bool may_go_on = most > 4 && at > 0 && (at < HEADING_ROWS || is_label);
    spread.goes_on[j] = may_go_on && *row->cell[j].text == '\0';
  }
  if (most == 3 + VALUE_COLUMNS) { /* requests: three columns of labels */
    if (at >= HEADING_ROWS)
      spread.columns[n - 8] = 3 - (n - 8);
    else
      spread.columns[0] = 3;
    if (n == 2) spread.columns[1] = 7;
    if (n == 4) spread.columns[2] = 5;
  }
  if (most == 15 && n == 2) spread.columns[0] = 5, spread.columns[1] = 10;
  if (most == 15 && n == 7) spread.columns[5] = spread.columns[6] = 5;
  return spread;
}

static const char *table(struct arena *arena, const struct docx_style *style,
                         const struct grid *grid) {
  const char *xml = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>";
  size_t width = 0;
  struct spread first = spread_of(grid, 0);
  for (size_t j = 0; j < grid->row[0].cells; j++) width += first.columns[j];
  for (size_t c = 0; c < width; c++) xml = arena_format(arena, "%s<w:gridCol w:w=\"600\"/>", xml);
  xml = arena_format(arena, "%s</w:tblGrid>", xml);
  bool begins[64] = {false};
  for (size_t i = 0; i < grid->rows; i++) {
    struct spread spread = spread_of(grid, i);
    xml = arena_format(arena, "%s<w:tr>", xml);
    size_t column = 0;
    for (size_t j = 0; j < grid->row[i].cells; column += spread.columns[j++]) {
      const char *text = grid->row[i].cell[j].text;
      /* a cell begins to reach down where the one below goes on with it: all may begin */
      bool goes_on = spread.goes_on[j] && begins[column];
      begins[column] = true;
      xml = arena_format(
          arena,
          "%s<w:tc><w:tcPr><w:tcW w:w=\"%zu\" w:type=\"dxa\"/><w:gridSpan "
          "w:val=\"%zu\"/><w:vMerge%s/></w:tcPr><w:p>%s%s</w:p></w:tc>",
          xml, 600 * spread.columns[j], spread.columns[j], goes_on ? "" : " w:val=\"restart\"",
          goes_on ? "" : deleted(arena, style, "7"), goes_on ? "" : run(arena, text));
    }
    xml = arena_format(arena, "%s</w:tr>", xml);
  }
  return arena_format(arena, "%s</w:tbl>", xml);
}

static const char *chart_part(struct arena *arena, const struct chart *chart) {
  const char *categories = "", *values = "";
  for (size_t i = 0; i < chart->points; i++) {
    categories = arena_format(arena, "%s<c:pt idx=\"%zu\"><c:v>%s</c:v></c:pt>", categories, i,
                              escaped(arena, chart->point[i].category));
    values = arena_format(arena, "%s<c:pt idx=\"%zu\"><c:v>%s</c:v></c:pt>", values, i,
                          chart->point[i].value);
  }
  return arena_format(
      arena,
      "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:title>"
      "<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>%s</a:t></a:r></a:p></c:rich></c:tx></c:title>"
      "<c:plotArea><c:layout/><c:pieChart><c:ser><c:idx val=\"0\"/><c:order "
      "val=\"0\"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt "
      "idx=\"0\"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef>"
      "<c:f>Sheet1!$A$2</c:f><c:strCache>%s</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
      "<c:f>Sheet1!$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode>%s</c:numCache>"
      "</c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>",
      escaped(arena, chart->title), escaped(arena, chart->points ? chart->point[0].series : ""),
      categories, values);
}

static const char *chart_drawing(struct arena *arena, size_t number) {
  const char *drawing = arena_format(
      arena,
      "<w:drawing><wp:inline><wp:extent cx=\"5000000\" cy=\"3000000\"/><wp:docPr id=\"%zu\" "
      "name=\"Chart\"/><a:graphic><a:graphicData "
      "uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart "
      "r:id=\"rChart%zu\"/></a:graphicData></a:graphic></wp:inline></w:drawing>",
      number, number);
  return arena_format(arena,
                      "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">%s</mc:Choice>"
                      "<mc:Fallback>%s</mc:Fallback></mc:AlternateContent></w:r></w:p>",
                      drawing, drawing);
}

static const char numbering[] =
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
    "<w:abstractNum w:abstractNumId=\"3\"><w:multiLevelType w:val=\"multilevel\"/>"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>"
    "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl>"
    "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>"
    "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>";

const char *docx_from(struct arena *arena, const struct document *document,
                      const struct docx_style *style, size_t *size) {
  LIST_OF(struct part) parts = {0};
  const char *body = "";
  *list_add(arena, &parts) = (struct part){"word/numbering.xml", numbering, 0};
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    const char *xml = "";
    switch (block->kind) {
      case BLOCK_PARAGRAPH: xml = paragraph(arena, style, block->text); break;
      case BLOCK_GRID: xml = table(arena, style, &block->grid); break;
      case BLOCK_CHART:
        if (!style->charts) break;
        xml = chart_drawing(arena, block->number);
        *list_add(arena, &parts) =
            (struct part){arena_format(arena, "word/charts/chart%zu.xml", block->number),
                          chart_part(arena, &block->chart), 0};
        break;
      case BLOCK_KINDS: break;
    }
    body = arena_format(arena, "%s%s", body, xml);
  }
  *list_add(arena, &parts) = (struct part){0};
  return docx_of(arena, body, parts.item, size);
}
