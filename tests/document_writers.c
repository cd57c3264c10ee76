/* The tests' writers of documents. */
#include "tests/document_writers.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/markup.h"
#include "tests/docx_writer.h"

/* A file that grows, and then is one text in an arena. */
struct sink {
  FILE *file;
  char *bytes;
  size_t size;
};

static FILE *sink_open(struct sink *sink) {
  sink->file = open_memstream(&sink->bytes, &sink->size);
  if (!sink->file) abort();
  return sink->file;
}

static const char *sink_close(struct sink *sink, struct arena *arena, size_t *size) {
  if (fclose(sink->file) != 0) abort();
  const char *text = arena_bytes(arena, sink->bytes, sink->size);
  *size = sink->size;
  free(sink->bytes);
  return text;
}

/* ---- text ---- */

struct text_style {
  const char *before, *between, *after, *end; /* of the cells of a row, and of the table */
  bool has_rule;                              /* a line under the first row, as Markdown wants it */
  bool is_filled;                             /* covered cells are printed as blank ones */
};

/* The cell of ROW that begins in COLUMN, or NULL. */
static const struct cell *cell_at(const struct row *row, size_t column) {
  for (size_t j = 0; j < row->cells; j++)
    if (row->cell[j].column == column) return &row->cell[j];
  return NULL;
}

static size_t width_of_grid(const struct grid *grid) {
  size_t width = 0;
  for (size_t i = 0; i < grid->rows; i++) {
    const struct row *row = &grid->row[i];
    size_t end =
        row->cells ? row->cell[row->cells - 1].column + row->cell[row->cells - 1].columns : 0;
    if (end > width) width = end;
  }
  return width;
}

static void put_rule(FILE *file, size_t cells) {
  fputs("|", file);
  for (size_t i = 0; i < cells; i++) fputs("---|", file);
  putc('\n', file);
}

static size_t put_row(FILE *file, const struct grid *grid, size_t at,
                      const struct text_style *style) {
  const struct row *row = &grid->row[at];
  size_t cells = style->is_filled ? width_of_grid(grid) : row->cells;
  for (size_t j = 0; j < cells; j++) {
    const struct cell *cell = style->is_filled ? cell_at(row, j) : &row->cell[j];
    fprintf(file, "%s%s", j ? style->between : style->before, cell ? cell->text : "");
  }
  fputs(style->after, file);
  return cells;
}

static const char *write_text(const struct document *document, const struct text_style *style,
                              size_t *size) {
  struct sink sink;
  FILE *file = sink_open(&sink);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH) fprintf(file, "%s\n", block->text);
    if (block->kind != BLOCK_GRID) continue;
    bool is_line = block->grid.rows == 1 && block->grid.row[0].cells == 1; /* nothing to part */
    if (is_line) fprintf(file, "%s\n", block->grid.row[0].cell[0].text);
    for (size_t j = 0; j < block->grid.rows && !is_line; j++) {
      size_t cells = put_row(file, &block->grid, j, style);
      if (j == 0 && style->has_rule) put_rule(file, cells);
    }
    fputs(style->end, file);
  }
  return sink_close(&sink, document->arena, size);
}

static const char *write_bars(const struct document *document, size_t *size) {
  return write_text(document, &(struct text_style){"", " | ", "\n", "", false, false}, size);
}

/* Blank cells fill up every row. */
static const char *write_bars_behind(const struct document *document, size_t *size) {
  return write_text(document, &(struct text_style){"", " | ", " | |\n", "", false, false}, size);
}

static const char *write_lone_bars(const struct document *document, size_t *size) {
  return write_text(document, &(struct text_style){"", "\n|\n", "\n|\n", "", false, false}, size);
}

static const char *write_tabs(const struct document *document, size_t *size) {
  return write_text(document, &(struct text_style){"\t", "\n\t", "\n\n", "\n", false, false}, size);
}

static const char *write_markdown(const struct document *document, size_t *size) {
  return write_text(document, &(struct text_style){"| ", " | ", " |\n", "\n", true, true}, size);
}

/* ---- web pages ---- */

/* How many rows the cell in COLUMN of row AT reaches down. */
static size_t rows_of_cell(const struct grid *grid, size_t at, size_t column) {
  size_t rows = 1;
  for (; at + rows < grid->rows; rows++) {
    const struct row *below = &grid->row[at + rows];
    for (size_t j = 0; j < below->cells; j++)
      if (below->cell[j].column <= column &&
          below->cell[j].column + below->cell[j].columns > column)
        return rows;
  }
  return rows;
}

struct page_style {
  bool has_spans;
  const char *cell_begins, *cell_ends;
};

static void put_grid(FILE *file, const struct grid *grid, const struct page_style *style) {
  fputs("<table border=\"1\">\n", file);
  for (size_t i = 0; i < grid->rows; i++) {
    fputs("<tr>", file);
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      size_t rows = rows_of_cell(grid, i, cell->column);
      fputs("<td", file);
      if (style->has_spans && cell->columns > 1) fprintf(file, " colspan=\"%zu\"", cell->columns);
      if (style->has_spans && rows > 1) fprintf(file, " rowspan=\"%zu\"", rows);
      fprintf(file, ">%s", style->cell_begins);
      markup_put_html(file, cell->text);
      fprintf(file, "%s</td>", style->cell_ends);
    }
    fputs("</tr>\n", file);
  }
  fputs("</table>\n", file);
}

static const char *write_page(const struct document *document, const struct page_style *style,
                              size_t *size) {
  struct sink sink;
  FILE *file = sink_open(&sink);
  fputs("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>table { border-collapse: "
        "collapse } td { border: 1px solid black }</style></head><body>\n<p>&nbsp;</p>\n",
        file);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_GRID) put_grid(file, &block->grid, style);
    if (block->kind != BLOCK_PARAGRAPH) continue;
    fputs("<p>", file);
    markup_put_html(file, block->text);
    fputs("</p>\n", file);
  }
  fputs("</body></html>\n", file);
  return sink_close(&sink, document->arena, size);
}

static const char *write_html(const struct document *document, size_t *size) {
  return write_page(document, &(struct page_style){true, "", ""}, size);
}

static const char *write_html_without_spans(const struct document *document, size_t *size) {
  return write_page(document, &(struct page_style){false, "<p>", "</p>"}, size);
}

/* PAGE in quoted-printable. */
static void put_quoted(FILE *file, const char *page) {
  int width = 0;
  for (const unsigned char *at = (const unsigned char *)page; *at; at++) {
    bool is_plain = (*at >= ' ' && *at < 127 && *at != '=') || *at == '\n';
    width = *at == '\n' ? 0 : width + (is_plain ? 1 : 3);
    if (width > 72) {
      fputs("=\r\n", file);
      width = is_plain ? 1 : 3;
    }
    if (*at == '\n')
      fputs("\r\n", file);
    else
      fprintf(file, is_plain ? "%c" : "=%02X", *at);
  }
}

static const char *write_mhtml(const struct document *document, size_t *size) {
  struct sink sink;
  const char *page = write_html(document, size);
  FILE *file = sink_open(&sink);
  fputs("From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        "\ttype=\"text/html\";\r\n\tboundary=\"----part\"\r\n\r\n------part\r\n"
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        file);
  put_quoted(file, page);
  fputs("\r\n------part--\r\n", file);
  return sink_close(&sink, document->arena, size);
}

/* ---- office files ---- */

static void put_word_paragraph(FILE *file, const char *text) {
  fputs("<w:p><w:r><w:t xml:space=\"preserve\">", file);
  markup_put_html(file, text);
  fputs("</w:t></w:r></w:p>", file);
}

/* The cell of GRID above row AT that reaches down into COLUMN of it, or NULL. */
static const struct cell *cell_above(const struct grid *grid, size_t at, size_t column) {
  while (at-- > 0) {
    const struct cell *cell = cell_at(&grid->row[at], column);
    if (cell) return cell;
  }
  return NULL;
}

static void put_word_cell(FILE *file, size_t columns, const char *merge, const char *text) {
  fprintf(file, "<w:tc><w:tcPr><w:gridSpan w:val=\"%zu\"/>%s</w:tcPr>", columns, merge);
  put_word_paragraph(file, text);
  fputs("</w:tc>", file);
}

static void put_word_grid(FILE *file, const struct grid *grid) {
  size_t width = width_of_grid(grid);
  fputs("<w:tbl><w:tblPr/><w:tblGrid>", file);
  for (size_t i = 0; i < width; i++) fputs("<w:gridCol w:w=\"600\"/>", file);
  fputs("</w:tblGrid>", file);
  for (size_t i = 0; i < grid->rows; i++) {
    fputs("<w:tr>", file);
    for (size_t column = 0; column < width;) {
      const struct cell *own = cell_at(&grid->row[i], column);
      const struct cell *above = own ? NULL : cell_above(grid, i, column);
      bool reaches_down = own && rows_of_cell(grid, i, column) > 1;
      const struct cell *shown = own ? own : above;
      if (!shown) break;
      put_word_cell(file, shown->columns,
                    above          ? "<w:vMerge/>"
                    : reaches_down ? "<w:vMerge w:val=\"restart\"/>"
                                   : "",
                    own ? own->text : "");
      column += shown->columns;
    }
    fputs("</w:tr>", file);
  }
  fputs("</w:tbl>", file);
}

static const char *write_docx(const struct document *document, size_t *size) {
  struct sink sink;
  FILE *file = sink_open(&sink);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH) put_word_paragraph(file, block->text);
    if (block->kind == BLOCK_GRID) put_word_grid(file, &block->grid);
  }
  const char *body = sink_close(&sink, document->arena, size);
  return docx_of(document->arena, body, NULL, size);
}

/* A1 for the first cell of the first row. */
static void put_reference(FILE *file, size_t row, size_t column) {
  fprintf(file, "%c%zu", (int)('A' + column), row);
}

static void put_sheet_cell(FILE *file, size_t row, size_t column, const char *text) {
  bool is_number = *text && text[strspn(text, "0123456789")] == '\0';
  fputs("<c r=\"", file);
  put_reference(file, row, column);
  fputs(is_number ? "\"><v>" : "\" t=\"inlineStr\"><is><t>", file);
  markup_put_html(file, text);
  fputs(is_number ? "</v></c>" : "</t></is></c>", file);
}

/* Rows of GRID from row FIRST of the sheet on; its joined cells go to MERGED. */
static void put_sheet_grid(FILE *file, FILE *merged, const struct grid *grid, size_t first) {
  for (size_t i = 0; i < grid->rows; i++) {
    fprintf(file, "<row r=\"%zu\">", first + i);
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      size_t rows = rows_of_cell(grid, i, cell->column);
      put_sheet_cell(file, first + i, cell->column, cell->text);
      if (rows * cell->columns == 1) continue;
      fputs("<mergeCell ref=\"", merged);
      put_reference(merged, first + i, cell->column);
      putc(':', merged);
      put_reference(merged, first + i + rows - 1, cell->column + cell->columns - 1);
      fputs("\"/>", merged);
    }
    fputs("</row>", file);
  }
}

#define SHEET "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS                                                                                  \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const char *workbook_of(struct arena *arena, const char *sheet, size_t *size) {
  const struct part parts[] = {
      {"_rels/.rels",
       RELATIONS "<Relationship Id=\"r\" Type=\"" OFFICE
                 "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
       0},
      {"xl/workbook.xml",
       "<workbook " SHEET " xmlns:r=\"" OFFICE
       "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>",
       0},
      {"xl/_rels/workbook.xml.rels",
       RELATIONS "<Relationship Id=\"s1\" Type=\"" OFFICE
                 "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
       0},
      {"xl/worksheets/sheet1.xml", sheet, 0},
      {NULL, NULL, 0}};
  return zip_of(arena, parts, size);
}

static const char *write_xlsx(const struct document *document, size_t *size) {
  struct sink sheet, joined;
  FILE *file = sink_open(&sheet), *merged = sink_open(&joined);
  size_t row = 1;
  fputs("<worksheet " SHEET "><sheetData>", file);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH) {
      fprintf(file, "<row r=\"%zu\">", row);
      put_sheet_cell(file, row++, 0, block->text);
      fputs("</row>", file);
    } else if (block->kind == BLOCK_GRID) {
      put_sheet_grid(file, merged, &block->grid, row);
      row += block->grid.rows + 1;
    }
  }
  const char *merges = sink_close(&joined, document->arena, size);
  fprintf(file, "</sheetData>%s%s%s</worksheet>", *merges ? "<mergeCells>" : "", merges,
          *merges ? "</mergeCells>" : "");
  return workbook_of(document->arena, sink_close(&sheet, document->arena, size), size);
}

/* ---- OFD: positioned text and lines ---- */

/* In millimetres. */
static const double SIZE = 3.6, LINE = 5, WIDTH = 170, MARGIN = 20, PAGE_END = 230;

struct ofd_page {
  FILE *file;
  double y;
};

static double width_of(const char *text) {
  return (unsigned char)*text < 0x80 ? SIZE / 2 : SIZE;
}

static size_t bytes_of(const char *text) {
  size_t length = 1;
  while (((unsigned char)text[length] & 0xC0) == 0x80) length++;
  return length;
}

/* How many bytes of TEXT stand on a line that is WIDE. A number is not parted. */
static size_t bytes_on_line(const char *text, double wide) {
  double used = 0;
  size_t end = 0, last = 0; /* behind what is no number */
  while (text[end] && used + width_of(text + end) <= wide) {
    used += width_of(text + end);
    bool is_digit = text[end] >= '0' && text[end] <= '9';
    end += bytes_of(text + end);
    if (!is_digit || text[end] < '0' || text[end] > '9') last = end;
  }
  return text[end] && last ? last : end;
}

static size_t lines_of(const char *text, double wide) {
  size_t lines = 0;
  for (; *text; lines++) text += bytes_on_line(text, wide);
  return lines ? lines : 1;
}

static void put_ofd_line(FILE *file, const char *text, size_t length, double x, double y) {
  fprintf(file,
          "<ofd:TextObject ID=\"9\" Boundary=\"%.2f %.2f %.2f %.2f\" Font=\"1\" Size=\"%.2f\">"
          "<ofd:TextCode X=\"0\" Y=\"%.2f\" DeltaX=\"",
          x, y, WIDTH, LINE, SIZE, SIZE * 0.85);
  for (size_t i = 0; i < length; i += bytes_of(text + i))
    fprintf(file, "%.2f ", width_of(text + i));
  fputs("\">", file);
  for (size_t i = 0; i < length; i += bytes_of(text + i)) {
    char character[8] = "";
    memcpy(character, text + i, bytes_of(text + i));
    markup_put_html(file, character);
  }
  fputs("</ofd:TextCode></ofd:TextObject>", file);
}

/* TEXT from (X, Y) on in lines that are WIDE. */
static void put_ofd_text(FILE *file, const char *text, double x, double y, double wide) {
  while (*text) {
    size_t length = bytes_on_line(text, wide);
    put_ofd_line(file, text, length, x, y);
    text += length;
    y += LINE;
  }
}

static double row_height(const struct grid *grid, size_t at, double column) {
  size_t lines = 1;
  for (size_t j = 0; j < grid->row[at].cells; j++) {
    const struct cell *cell = &grid->row[at].cell[j];
    size_t rows = rows_of_cell(grid, at, cell->column);
    size_t own = lines_of(cell->text, column * (double)cell->columns - 1) / rows + (rows > 1);
    if (own > lines) lines = own;
  }
  return (double)lines * LINE + 1;
}

static void put_ofd_grid(struct ofd_page *page, const struct grid *grid) {
  double column = WIDTH / (double)width_of_grid(grid);
  for (size_t i = 0; i < grid->rows; i++) {
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      const struct cell *cell = &grid->row[i].cell[j];
      double x = MARGIN + column * (double)cell->column, wide = column * (double)cell->columns;
      double high = 0;
      for (size_t k = 0; k < rows_of_cell(grid, i, cell->column); k++)
        high += row_height(grid, i + k, column);
      fprintf(page->file,
              "<ofd:PathObject ID=\"8\" Boundary=\"%.2f %.2f %.2f %.2f\" LineWidth=\"0.25\">"
              "<ofd:AbbreviatedData>M 0 0 L %.2f 0 L %.2f %.2f L 0 %.2f C</ofd:AbbreviatedData>"
              "</ofd:PathObject>",
              x, page->y, wide, high, wide, wide, high, high);
      put_ofd_text(page->file, cell->text, x + 0.5, page->y + 0.7, wide - 1);
    }
    page->y += row_height(grid, i, column);
  }
  page->y += LINE;
}

#define OFD "xmlns:ofd=\"http://www.ofdspec.org/2016\""

/* A page is as long as its last table wants it. */
static const char *ofd_page_of(struct arena *arena, const char *content, double height) {
  return arena_format(arena,
                      "<ofd:Page " OFD "><ofd:Area><ofd:PhysicalBox>0 0 210 %.0f"
                      "</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID=\"2\">%s</ofd:Layer>"
                      "</ofd:Content></ofd:Page>",
                      height, content);
}

static const char *write_ofd(const struct document *document, size_t *size) {
  struct arena *arena = document->arena;
  LIST_OF(struct part) parts = {0};
  const char *pages = "";
  for (size_t i = 0, number = 0; i < document->blocks.count; number++) {
    struct sink sink;
    struct ofd_page page = {sink_open(&sink), MARGIN};
    for (; i < document->blocks.count && page.y < PAGE_END; i++) {
      const struct block *block = &document->blocks.item[i];
      if (block->kind == BLOCK_GRID) put_ofd_grid(&page, &block->grid);
      if (block->kind != BLOCK_PARAGRAPH) continue;
      put_ofd_text(page.file, block->text, MARGIN, page.y, WIDTH);
      page.y += (double)lines_of(block->text, WIDTH) * LINE + LINE / 2;
    }
    size_t length;
    const char *content = sink_close(&sink, arena, &length);
    const char *place = arena_format(arena, "Pages/Page_%zu/Content.xml", number);
    pages =
        arena_format(arena, "%s<ofd:Page ID=\"%zu\" BaseLoc=\"%s\"/>", pages, number + 1, place);
    *list_add(arena, &parts) = (struct part){arena_format(arena, "Doc_0/%s", place),
                                             ofd_page_of(arena, content, page.y + MARGIN), 0};
  }
  *list_add(arena, &parts) =
      (struct part){"OFD.xml",
                    "<ofd:OFD " OFD " Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo/>"
                    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
                    0};
  *list_add(arena, &parts) = (struct part){
      "Doc_0/Document.xml",
      arena_format(arena,
                   "<ofd:Document " OFD "><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 "
                   "297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>%s</ofd:Pages>"
                   "</ofd:Document>",
                   pages),
      0};
  *list_add(arena, &parts) = (struct part){0};
  return zip_of(arena, parts.item, size);
}

const struct document_writer document_writers[] = {
    {"bars", "txt", write_bars, false},
    {"bars-behind", "txt", write_bars_behind, true},
    {"lone-bars", "txt", write_lone_bars, true},
    {"tabs", "txt", write_tabs, false},
    {"markdown", "md", write_markdown, false},
    {"page", "html", write_html, false},
    {"plain", "html", write_html_without_spans, false},
    {"saved", "mhtml", write_mhtml, false},
    {"word", "docx", write_docx, false},
    {"sheet", "xlsx", write_xlsx, false},
    {"layout", "ofd", write_ofd, false},
    {NULL, NULL, NULL, false},
};
