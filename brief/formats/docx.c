/* WordprocessingML. The order of the elements within another one is the schema's (part 1, annex A):
 * Word takes a file that has another one for broken. */
#include "brief/formats/docx.h"

#include <endian.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "brief/formats/docx_package.h"
#include "brief/page/columns.h"
#include "core/base/uri.h"

/* A4 with margins of 2.5 cm, in twentieths of a point. */
enum { TEXT_WIDTH = 11906 - 2 * 1418, PICTURE_HEIGHT = 12500, EMU = 635 };

/* A place that links to `#name` lead to. */
struct place {
  const char *name;
  bool is_marked; /* where it is */
};

struct docx {
  struct arena *arena;
  const struct page *page;
  const char *ending; /* of the files that other pages are in */
  struct docx_package package;
  size_t link_count;
  LIST_OF(struct place) places;
  struct page_losses *losses;
  struct failure *failure;
};

/* ---- text ---- */

/* Chinese and English share quotation marks and dashes; the hint makes Word take them from the
 * Chinese font. */
static void add_run(struct docx *docx, const char *style, const char *text) {
  struct markup *body = &docx->package.body;
  if (*text == '\0') return;
  markup_add(body, "<w:r><w:rPr>");
  if (*style) markup_add(body, "<w:rStyle w:val=\"%s\"/>", style);
  if (docx->page->language == LANGUAGE_ZH) markup_add(body, "<w:rFonts w:hint=\"eastAsia\"/>");
  markup_add(body, "</w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r>", text);
}

static void take_place(struct docx *docx, const char *name) {
  if (name && *name) *list_add(docx->arena, &docx->places) = (struct place){name, false};
}

static void take_places(struct docx *docx, const struct page_block *block) {
  const struct page_table *table = &block->table;
  if (block->kind == PAGE_HEADING) take_place(docx, block->name);
  if (block->kind == PAGE_FIGURE) take_place(docx, block->figure.name);
  if (block->kind != PAGE_TABLE) return;
  take_place(docx, table->name);
  for (size_t i = 0; i < table->rows * table->columns; i++) take_place(docx, table->cell[i].name);
}

/* The number of the place that `#NAME` leads to, from 1 on; 0: none. */
static size_t place_named(const struct docx *docx, const char *name) {
  for (size_t i = 0; name && i < docx->places.count; i++)
    if (strcmp(docx->places.item[i].name, name) == 0) return i + 1;
  return 0;
}

/* True for an address that a reader may follow: on the web, or relative. Others run programs. */
static bool is_address(const char *target) {
  enum { LONGEST = 2000 }; /* of a link in Word, with some room */
  size_t scheme = strcspn(target, ":/?#");
  if (*target == '\0' || strlen(target) > LONGEST) return false;
  return target[scheme] != ':' || (scheme == 4 && strncasecmp(target, "http", 4) == 0) ||
         (scheme == 5 && strncasecmp(target, "https", 5) == 0);
}

/* Where TARGET is the address of another page, that of the page in the format it is wanted in. */
static const char *address(const struct docx *docx, const char *target) {
  static const char page[] = ".html";
  size_t length = strlen(target), name = length - (sizeof page - 1);
  bool is_page = length >= sizeof page && !strchr(target, '/') && strcmp(target + name, page) == 0;
  const char *found =
      is_page ? arena_format(docx->arena, "%.*s.%s", (int)name, target, docx->ending) : target;
  return uri_mend(docx->arena, found); /* Word opens no file with an address that is none */
}

static void add_link(struct docx *docx, const struct link_text *link) {
  struct markup *body = &docx->package.body;
  size_t place = *link->target == '#' ? place_named(docx, link->target + 1) : 0;
  bool leads_out = *link->target != '#' && is_address(link->target);
  if (place)
    markup_add(body, "<w:hyperlink w:anchor=\"place%zu\">", place);
  else if (leads_out)
    markup_add(body, "<w:hyperlink r:id=\"link%zu\">", docx->link_count);
  add_run(docx, place || leads_out ? "Hyperlink" : "", link->text);
  if (place || leads_out) markup_add(body, "</w:hyperlink>");
  if (leads_out)
    markup_add(&docx->package.links,
               "<Relationship Id=\"link%zu\" Type=\"http://schemas.openxmlformats.org/"
               "officeDocument/2006/relationships/hyperlink\" Target=\"%s\" "
               "TargetMode=\"External\"/>",
               docx->link_count++, address(docx, link->target));
}

static void open_paragraph(struct docx *docx, const char *style) {
  markup_add(&docx->package.body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

static void close_paragraph(struct docx *docx) {
  markup_add(&docx->package.body, "</w:p>");
}

static void add_paragraph(struct docx *docx, const char *style, const char *text) {
  open_paragraph(docx, style);
  add_run(docx, "", text);
  close_paragraph(docx);
}

/* What links to `#NAME` lead to; of two places with one name the first. */
static void add_bookmark(struct docx *docx, const char *name) {
  size_t number = place_named(docx, name);
  if (number == 0 || docx->places.item[number - 1].is_marked) return;
  docx->places.item[number - 1].is_marked = true;
  markup_add(&docx->package.body,
             "<w:bookmarkStart w:id=\"%zu\" w:name=\"place%zu\"/><w:bookmarkEnd w:id=\"%zu\"/>",
             number, number, number);
}

static void add_heading(struct docx *docx, const struct page_block *block) {
  open_paragraph(docx, block->level == 2 ? "Heading2" : "Heading3");
  add_bookmark(docx, block->name);
  add_run(docx, "", block->text);
  close_paragraph(docx);
}

static void add_sentences(struct docx *docx, const struct page_block *block) {
  struct docx_package *package = &docx->package;
  package->lists++;
  for (size_t i = 0; i < block->count; i++) {
    markup_add(&package->body,
               "<w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/>"
               "<w:numId w:val=\"%zu\"/></w:numPr></w:pPr>",
               package->lists);
    add_run(docx, "", block->sentences[i].text);
    if (*block->sentences[i].target) {
      add_run(docx, "", " ");
      add_link(docx, &(struct link_text){block->text, block->sentences[i].target});
    }
    close_paragraph(docx);
  }
}

static void add_paths(struct docx *docx) {
  if (docx->page->path_count == 0) return;
  open_paragraph(docx, "Normal");
  for (size_t i = 0; i < docx->page->path_count; i++) {
    if (i > 0) add_run(docx, "", " · ");
    add_link(docx, &docx->page->paths[i]);
  }
  close_paragraph(docx);
}

/* ---- figures ---- */

struct size {
  double width, height;
};

/* The size of a PNG (in pixels) or an EMF (in its own units), by its head; 0 × 0: none of them. */
static struct size size_in(const unsigned char *head, size_t length) {
  uint32_t word[11];
  if (length < sizeof word) return (struct size){0, 0};
  memcpy(word, head, sizeof word);
  if (memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0)
    return (struct size){be32toh(word[4]), be32toh(word[5])};
  if (memcmp(head + 40, " EMF", 4) != 0) return (struct size){0, 0};
  int32_t left = (int32_t)le32toh(word[2]), top = (int32_t)le32toh(word[3]),
          right = (int32_t)le32toh(word[4]), bottom = (int32_t)le32toh(word[5]);
  return (struct size){(double)right - left, (double)bottom - top};
}

/* The size on paper, in EMU: as wide as the text, unless that is too high for a page. False where
 * PATH is no picture that Word knows. */
static bool size_on_page(const char *path, struct size *size) {
  unsigned char head[44];
  FILE *file = fopen(path, "re");
  if (!file) return false;
  struct size drawn = size_in(head, fread(head, 1, sizeof head, file));
  fclose(file);
  if (drawn.width < 1 || drawn.height < 1) return false;
  double scale = fmin(TEXT_WIDTH / drawn.width, PICTURE_HEIGHT / drawn.height) * EMU;
  *size = (struct size){round(drawn.width * scale), round(drawn.height * scale)};
  return true;
}

static void add_drawing(struct docx *docx, const struct page_figure *figure, const char *picture,
                        struct size size) {
  struct markup *body = &docx->package.body;
  size_t width = (size_t)size.width, height = (size_t)size.height,
         number = docx->package.picture.count + 1;
  *list_add(docx->arena, &docx->package.picture) = picture;
  markup_add(body,
             "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
             "<wp:extent cx=\"%zu\" cy=\"%zu\"/><wp:docPr id=\"%zu\" name=\"%s\" descr=\"%s\"/>"
             "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
             "</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas."
             "openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr "
             "id=\"%zu\" name=\"%s\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
             "r:embed=\"image%zu\"/>"
             "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
             "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%zu\" cy=\"%zu\"/></a:xfrm><a:prstGeom "
             "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
             "</a:graphic></wp:inline></w:drawing></w:r>",
             width, height, number, figure->name, figure->alternative, number, figure->name, number,
             width, height);
}

/* An EMF is drawn only where it was asked for: it can be edited and is small, but looks for the
 * fonts of the chart where it is opened; a PNG is the same everywhere. Where there is neither, the
 * figure is told in words. */
static void add_figure(struct docx *docx, const struct page_figure *figure) {
  const char *picture = *figure->emf ? figure->emf : figure->png;
  struct size size = {0, 0};
  bool usable = *picture && size_on_page(picture, &size);
  if (*picture && !usable && !docx->losses->picture) docx->losses->picture = picture;
  open_paragraph(docx, usable ? "Picture" : "Normal");
  add_bookmark(docx, figure->name);
  if (usable)
    add_drawing(docx, figure, picture, size);
  else
    add_run(docx, "", figure->alternative);
  close_paragraph(docx);
  if (*figure->caption) add_paragraph(docx, "Caption", figure->caption);
}

/* ---- tables ---- */

enum { MOST_COLUMNS = 63 /* Word's limit */, CELL_MARGIN = 80 };

struct table_layout {
  const struct page_table *table;
  struct columns columns;
  const char *style; /* of the text in cells */
};

/* The sizes of the letters are those in datasets/look/word/styles.xml. */
static struct table_layout lay_out(struct arena *arena, const struct page_table *table) {
  struct columns columns = columns_fit(arena, table, TEXT_WIDTH, 180, CELL_MARGIN);
  if (!columns.is_tight) return (struct table_layout){table, columns, "TableText"};
  columns = columns_fit(arena, table, TEXT_WIDTH, 150, CELL_MARGIN);
  return (struct table_layout){table, columns, "SmallTableText"};
}

static void add_cell(struct docx *docx, const struct table_layout *layout, size_t column,
                     bool is_title, const struct page_cell *cell) {
  struct markup *body = &docx->package.body;
  bool is_number = layout->table->column[column].kind == COLUMN_NUMBER;
  markup_add(body,
             "<w:tc><w:tcPr><w:tcW w:w=\"%zu\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle "
             "w:val=\"%s\"/>",
             layout->columns.width[column], layout->style);
  if (is_title) markup_add(body, "<w:keepNext/>");
  if (is_number) markup_add(body, "<w:jc w:val=\"right\"/>");
  markup_add(body, "</w:pPr>");
  add_bookmark(docx, cell->name);
  add_link(docx, &cell->show);
  markup_add(body, "</w:p></w:tc>");
}

static void add_title_row(struct docx *docx, const struct table_layout *layout) {
  markup_add(&docx->package.body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
  for (size_t i = 0; i < layout->table->columns; i++) {
    struct page_cell title = {.show = {layout->table->column[i].title, ""}};
    add_cell(docx, layout, i, true, &title);
  }
  markup_add(&docx->package.body, "</w:tr>");
}

static void add_row(struct docx *docx, const struct table_layout *layout, size_t row) {
  const struct page_cell *cell = layout->table->cell + row * layout->table->columns;
  markup_add(&docx->package.body, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
  for (size_t i = 0; i < layout->table->columns; i++) add_cell(docx, layout, i, false, &cell[i]);
  markup_add(&docx->package.body, "</w:tr>");
}

static bool first_column_heads(const struct page_table *table) {
  for (size_t row = 0; row < table->rows; row++)
    if (!table->cell[row * table->columns].heads_row) return false;
  return true;
}

static void add_table_properties(struct docx *docx, const struct table_layout *layout) {
  const struct page_table *table = layout->table;
  struct markup *body = &docx->package.body;
  markup_add(body,
             "<w:tblPr><w:tblStyle w:val=\"BriefingTable\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
             "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"%d\" w:type=\"dxa\"/>"
             "<w:right w:w=\"%d\" w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0%s\" "
             "w:firstRow=\"1\" "
             "w:lastRow=\"0\" w:firstColumn=\"%d\" w:lastColumn=\"0\" w:noHBand=\"1\" "
             "w:noVBand=\"1\"/><w:tblCaption w:val=\"%s\"/></w:tblPr><w:tblGrid>",
             TEXT_WIDTH, CELL_MARGIN, CELL_MARGIN, first_column_heads(table) ? "6A0" : "620",
             first_column_heads(table), table->caption);
  for (size_t i = 0; i < table->columns; i++)
    markup_add(body, "<w:gridCol w:w=\"%zu\"/>", layout->columns.width[i]);
  markup_add(body, "</w:tblGrid>");
}

/* Two tables in a row would be one for Word, so a paragraph ends each. */
static bool add_table(struct docx *docx, const struct page_table *table) {
  if (table->columns == 0) return true;
  if (table->columns > MOST_COLUMNS)
    return failure_set(docx->failure, "'%s' has %zu columns, and Word knows at most %d",
                       table->caption, table->columns, MOST_COLUMNS);
  struct table_layout layout = lay_out(docx->arena, table);
  open_paragraph(docx, "TableCaption");
  add_bookmark(docx, table->name);
  add_run(docx, "", table->caption);
  close_paragraph(docx);
  markup_add(&docx->package.body, "<w:tbl>");
  add_table_properties(docx, &layout);
  add_title_row(docx, &layout);
  for (size_t row = 0; row < table->rows; row++) add_row(docx, &layout, row);
  markup_add(&docx->package.body, "</w:tbl>");
  add_paragraph(docx, "TableEnd", "");
  return true;
}

/* ---- the page ---- */

static bool add_block(struct docx *docx, const struct page_block *block) {
  switch (block->kind) {
    case PAGE_HEADING: add_heading(docx, block); return true;
    case PAGE_SENTENCES: add_sentences(docx, block); return true;
    case PAGE_PARAGRAPH: add_paragraph(docx, "Normal", block->text); return true;
    case PAGE_FIGURE: add_figure(docx, &block->figure); return true;
    case PAGE_TABLE: return add_table(docx, &block->table);
  }
  return true;
}

static bool add_page(struct docx *docx) {
  const struct page *page = docx->page;
  for (size_t i = 0; i < page->block.count; i++) take_places(docx, &page->block.item[i]);
  add_paragraph(docx, "Heading1", page->title);
  if (*page->subtitle) add_paragraph(docx, "Subtitle", page->subtitle);
  add_paths(docx);
  for (size_t i = 0; i < page->block.count; i++)
    if (!add_block(docx, &page->block.item[i])) return false;
  markup_add(&docx->package.body,
             "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz "
             "w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" "
             "w:bottom=\"1418\" w:left=\"1418\" w:header=\"851\" w:footer=\"851\" "
             "w:gutter=\"0\"/></w:sectPr>");
  return true;
}

bool docx_write(const struct page *page, const char *datasets, const char *ending, FILE *file,
                struct page_losses *losses, struct failure *failure) {
  struct arena *arena = arena_new();
  struct docx docx = {.arena = arena,
                      .page = page,
                      .ending = ending,
                      .package = {.title = page->title,
                                  .description = page->subtitle,
                                  .language = language_name(page->language),
                                  .body = {.arena = arena},
                                  .links = {.arena = arena}},
                      .losses = losses,
                      .failure = failure};
  bool done = add_page(&docx) && docx_package_write(arena, &docx.package, datasets, file, failure);
  arena_free(arena);
  return done;
}
