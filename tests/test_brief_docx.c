/* Pages of the briefing as Word files: what Word needs to open them, and that ingest reads back
 * what was written. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <time.h>

#include "brief/formats/docx.h"
#include "brief/page/columns.h"
#include "ingest/intake/archive.h"
#include "tests/read_back.h"
#include "tests/support.h"

/* ---- pages and files ---- */

static const unsigned char png_head[44] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,
                                           0,    0,   13,  'I', 'H',  'D',  'R',  0,    0,
                                           4,    'k', 0,   0,   3,    0}; /* 1131 × 768 */

static struct page_block heading(int level, const char *name, const char *text) {
  return (struct page_block){.kind = PAGE_HEADING, .level = level, .name = name, .text = text};
}

static struct page page_with(struct arena *arena, const struct page_block *block, size_t count) {
  struct page page = {.language = LANGUAGE_ZH, .name = "page", .title = "题", .subtitle = ""};
  for (size_t i = 0; i < count; i++) *list_add(arena, &page.block) = block[i];
  return page;
}

/* A table of text, whose cells are CELLS, parted by bars; titles first. */
static struct page_block table_of(struct arena *arena, size_t columns, const char *cells) {
  LIST_OF(struct page_cell) list = {0};
  struct page_column *column = arena_array(arena, columns, sizeof *column);
  char *rest, *text = arena_text(arena, cells);
  for (size_t i = 0; (rest = strsep(&text, "|")); i++)
    if (i < columns)
      column[i].title = rest;
    else
      *list_add(arena, &list) = (struct page_cell){.show = {rest, ""}, .sort = ""};
  return (struct page_block){.kind = PAGE_TABLE,
                             .table = {.name = "",
                                       .caption = "表",
                                       .column = column,
                                       .cell = list.item,
                                       .columns = columns,
                                       .rows = list.count / columns}};
}

static struct page_losses losses;

struct written {
  const char *bytes;
  size_t size;
};

static struct written write_page(struct scratch *scratch, const struct page *page) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  assert_non_null(file);
  if (!docx_write(page, "datasets", "docx", file, &losses, &scratch->failure))
    fail_msg("%s", scratch->failure.text);
  assert_int_equal(fclose(file), 0);
  struct written written = {arena_bytes(scratch->arena, bytes, size), size};
  free(bytes);
  return written;
}

/* The bytes of the part NAME. */
static struct written part_of(struct scratch *scratch, struct written file, const char *name) {
  struct archive *archive = archive_open(file.bytes, file.size, &scratch->failure);
  assert_non_null(archive);
  long index = archive_find(archive, name);
  if (index < 0) fail_msg("there is no part %s", name);
  struct written part;
  assert_null(archive_unpack(archive, (size_t)index, scratch->arena, &part.bytes, &part.size,
                             &scratch->failure));
  archive_close(archive);
  return part;
}

/* What XPATH gives as a string in the part NAME, with the prefixes that the part declares. */
static const char *value_in(struct scratch *scratch, struct written file, const char *name,
                            const char *xpath) {
  struct written part = part_of(scratch, file, name);
  xmlDoc *document = xmlReadMemory(part.bytes, (int)part.size, NULL, NULL, 0);
  assert_non_null(document);
  xmlXPathContext *context = xmlXPathNewContext(document);
  for (const xmlNs *space = xmlDocGetRootElement(document)->nsDef; space; space = space->next)
    xmlXPathRegisterNs(context, space->prefix ? space->prefix : BAD_CAST "x", space->href);
  xmlXPathObject *found =
      xmlXPathEvalExpression(BAD_CAST arena_format(scratch->arena, "string(%s)", xpath), context);
  assert_non_null(found);
  const char *value = arena_text(scratch->arena, (const char *)found->stringval);
  xmlXPathFreeObject(found);
  xmlXPathFreeContext(context);
  xmlFreeDoc(document);
  return value;
}

static const char *in_document(struct scratch *scratch, struct written file, const char *xpath) {
  return value_in(scratch, file, "word/document.xml", xpath);
}

#define RELATIONS "word/_rels/document.xml.rels"

/* ---- what is written is read back ---- */

static void a_page_is_read_back_in_its_order(void **state) {
  struct scratch *scratch = *state;
  const struct link_text sentences[] = {{"一", ""}, {"二", "#t"}, {"三", "a.csv"}},
                         paths[] = {{"全部", "index.html"}, {"English", "page.en.html"}};
  struct page_block blocks[] = {
      heading(2, "t", "句"),
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = sentences, .count = 3},
      {.kind = PAGE_PARAGRAPH, .text = "“话”"},
      table_of(scratch->arena, 2, "甲|乙|丙|丁"),
  };
  struct page page = page_with(scratch->arena, blocks, 4);
  page.subtitle = "来源";
  page.paths = paths;
  page.path_count = 2;
  struct written file = write_page(scratch, &page);
  assert_string_equal(
      read_back(scratch->arena, file.bytes, file.size),
      "paragraph 1: 题\nparagraph 2: 来源\nparagraph 3: 全部 · English\n"
      "paragraph 4: 句\nparagraph 5: 1.一\nparagraph 6: 2.二 据\nparagraph 7: 3.三 据\n"
      "paragraph 8: “话”\nparagraph 9: 表\n"
      "table 1: 2 rows\n  row 1: [甲] [乙]\n  row 2: [丙] [丁]\n");
}

/* Names that mean something elsewhere, or nothing at all; and what is left of them. */
static const struct {
  const char *text, *read;
} hostile[] = {{"示例市", "示例市"},
               {"\"'&<>", "\"'&<>"},
               {"<script>alert(1)</script>", "<script>alert(1)</script>"},
               {"</w:t></w:r>]]>", "</w:t></w:r>]]>"},
               {"`id` $(id) %s %n", "`id` $(id) %s %n"},
               {"&amp;&#0;", "&amp;&#0;"},
               {"a\nb\tc\rd", "a b c d"},
               {"😀𠮷", "😀𠮷"},
               {"\x01\x1b[2J", "\xef\xbf\xbd\xef\xbf\xbd[2J"},
               {"\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd"},
               {"\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd"},
               {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static void every_cell_of_a_table_is_read_back(void **state) {
  struct scratch *scratch = *state;
  struct arena *arena = scratch->arena;
  uint64_t seed = 6;
  for (int round = 0; round < 40; round++) {
    size_t columns = 2 + random_below(&seed, 9), rows = 1 + random_below(&seed, 12);
    const char *cells = "", *expected = arena_format(arena, "%zu rows\n", rows + 1);
    for (size_t i = 0; i < (rows + 1) * columns; i++) {
      size_t pick = random_below(&seed, HOSTILE), again = random_below(&seed, HOSTILE);
      if (i % columns == 0)
        expected = arena_format(arena, "%s  row %zu:", expected, i / columns + 1);
      cells = arena_format(arena, "%s%s%s%s", cells, i ? "|" : "", hostile[pick].text,
                           hostile[again].text);
      expected = arena_format(arena, "%s [%s%s]%s", expected, hostile[pick].read,
                              hostile[again].read, (i + 1) % columns ? "" : "\n");
    }
    struct page_block table = table_of(arena, columns, cells);
    struct page page = page_with(arena, &table, 1);
    struct written file = write_page(scratch, &page);
    const char *text = read_back(arena, file.bytes, file.size);
    assert_non_null(strstr(text, "table 1: "));
    assert_string_equal(strstr(text, "table 1: ") + strlen("table 1: "), expected);
  }
}

/* ---- what Word needs ---- */

static bool is_xml(const char *name) {
  size_t length = strlen(name);
  return length > 4 &&
         (strcmp(name + length - 4, ".xml") == 0 || strcmp(name + length - 5, ".rels") == 0);
}

static void assert_well_formed(struct scratch *scratch, struct written file) {
  struct archive *archive = archive_open(file.bytes, file.size, &scratch->failure);
  assert_non_null(archive);
  for (size_t i = 0; i < archive_count(archive); i++) {
    struct written part;
    if (!is_xml(archive_entry(archive, i).name)) continue;
    assert_null(
        archive_unpack(archive, i, scratch->arena, &part.bytes, &part.size, &scratch->failure));
    xmlDoc *document = xmlReadMemory(part.bytes, (int)part.size, NULL, NULL, XML_PARSE_NOERROR);
    if (!document) fail_msg("%s is not well-formed", archive_entry(archive, i).name);
    xmlFreeDoc(document);
  }
  archive_close(archive);
}

static void hostile_names_are_harmless_wherever_they_stand(void **state) {
  struct scratch *scratch = *state;
  const char *png = scratch_bytes(scratch, "f.png", (const char *)png_head, sizeof png_head);
  for (size_t i = 0; i < HOSTILE; i++) {
    const char *name = hostile[i].text;
    const struct link_text link = {name, arena_format(scratch->arena, "%s.html", name)},
                           inside = {name, arena_format(scratch->arena, "#%s", name)},
                           sentences[] = {link, inside};
    struct page_block blocks[] = {
        heading(3, name, name),
        {.kind = PAGE_PARAGRAPH, .text = name},
        {.kind = PAGE_SENTENCES, .text = "据", .sentences = sentences, .count = 2},
        {.kind = PAGE_FIGURE, .figure = {name, name, name, "", "", png, ""}},
        {.kind = PAGE_TABLE, .table = {.name = name, .caption = name}}};
    struct page page = page_with(scratch->arena, blocks, 5);
    page.title = page.subtitle = page.name = name;
    page.paths = sentences;
    page.path_count = 2;
    struct written file = write_page(scratch, &page);
    assert_well_formed(scratch, file);
    const char *text = read_back(scratch->arena, file.bytes, file.size);
    const char *told = arena_format(scratch->arena, "paragraph 4: %s\n", hostile[i].read);
    if (!strstr(text, told)) fail_msg("'%s' is not in %s", told, text);
    assert_string_equal(in_document(scratch, file, "//wp:docPr/@descr"), hostile[i].read);
    assert_string_equal(value_in(scratch, file, "docProps/core.xml", "//dc:title"),
                        hostile[i].read);
  }
}

static void the_same_page_gives_the_same_bytes_at_any_place(void **state) {
  struct scratch *scratch = *state;
  struct page_block blocks[] = {heading(2, "", "句"), table_of(scratch->arena, 2, "甲|乙|丙|丁")};
  struct page page = page_with(scratch->arena, blocks, 2);
  struct written first = write_page(scratch, &page);
  setenv("TZ", "Asia/Shanghai", 1);
  tzset();
  struct written second = write_page(scratch, &page);
  unsetenv("TZ");
  tzset();
  assert_int_equal(first.size, second.size);
  assert_memory_equal(first.bytes, second.bytes, first.size);
}

static void headings_have_the_styles_of_the_outline(void **state) {
  struct scratch *scratch = *state;
  struct page_block blocks[] = {heading(2, "", "二"), heading(3, "", "三")};
  struct page page = page_with(scratch->arena, blocks, 2);
  struct written file = write_page(scratch, &page);
  static const char *const texts[] = {"题", "二", "三"};
  for (int level = 1; level <= 3; level++) {
    const char *style = in_document(
        scratch, file,
        arena_format(scratch->arena, "//w:p[.='%s']/w:pPr/w:pStyle/@w:val", texts[level - 1]));
    assert_string_equal(style, arena_format(scratch->arena, "Heading%d", level));
    const char *outline = value_in(
        scratch, file, "word/styles.xml",
        arena_format(scratch->arena, "//w:style[@w:styleId='%s']//w:outlineLvl/@w:val", style));
    assert_string_equal(outline, arena_format(scratch->arena, "%d", level - 1));
  }
}

static void every_style_that_is_used_is_there(void **state) {
  struct scratch *scratch = *state;
  const struct link_text sentences[] = {{"一", "a.html"}};
  struct page_column wide[30] = {{"栏", COLUMN_NUMBER}};
  for (size_t i = 0; i < 30; i++) wide[i] = (struct page_column){"一个长栏名", COLUMN_TEXT};
  struct page_block blocks[] = {
      heading(2, "", "二"),
      heading(3, "", "三"),
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = sentences, .count = 1},
      {.kind = PAGE_FIGURE, .figure = {"", "题", "话", "", "", "", ""}},
      table_of(scratch->arena, 2, "甲|乙|丙|丁"),
      {.kind = PAGE_TABLE, .table = {.name = "", .caption = "表", .column = wide, .columns = 30}}};
  struct page page = page_with(scratch->arena, blocks, 6);
  page.subtitle = "来源";
  struct written file = write_page(scratch, &page);
  const char *document = part_of(scratch, file, "word/document.xml").bytes;
  size_t found = 0;
  for (const char *at = document; (at = strstr(at, "Style w:val=\"")); found++) {
    at += strlen("Style w:val=\"");
    const char *style = arena_bytes(scratch->arena, at, strcspn(at, "\""));
    const char *path = arena_format(scratch->arena, "count(//w:style[@w:styleId='%s'])", style);
    if (strcmp(value_in(scratch, file, "word/styles.xml", path), "1") != 0)
      fail_msg("the style %s is not in styles.xml", style);
  }
  assert_true(found > 40);
  assert_non_null(strstr(document, "\"SmallTableText\""));
}

static void every_list_counts_from_one(void **state) {
  struct scratch *scratch = *state;
  const struct link_text first[] = {{"一", ""}, {"二", ""}}, second[] = {{"三", ""}};
  struct page_block blocks[] = {
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = first, .count = 2},
      heading(2, "", "又"),
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = second, .count = 1}};
  struct page page = page_with(scratch->arena, blocks, 3);
  struct written file = write_page(scratch, &page);
  assert_string_equal(read_back(scratch->arena, file.bytes, file.size),
                      "paragraph 1: 题\nparagraph 2: 1.一\nparagraph 3: 2.二\nparagraph 4: 又\n"
                      "paragraph 5: 1.三\n");
}

static void a_table_repeats_its_titles_and_keeps_its_rows_whole(void **state) {
  struct scratch *scratch = *state;
  struct page_block table = table_of(scratch->arena, 2, "甲|乙|丙|丁|戊|己");
  struct page_column columns[] = {{"甲", COLUMN_TEXT}, {"乙", COLUMN_NUMBER}};
  table.table.column = columns;
  struct page page = page_with(scratch->arena, &table, 1);
  struct written file = write_page(scratch, &page);
  assert_string_equal(in_document(scratch, file, "count(//w:tr[1]/w:trPr/w:tblHeader)"), "1");
  assert_string_equal(in_document(scratch, file, "count(//w:tblHeader)"), "1");
  assert_string_equal(in_document(scratch, file, "count(//w:tr/w:trPr/w:cantSplit)"), "3");
  assert_string_equal(in_document(scratch, file, "count(//w:tc[2]//w:jc[@w:val='right'])"), "3");
  assert_string_equal(in_document(scratch, file, "count(//w:tc[1]//w:jc)"), "0");
  assert_string_equal(in_document(scratch, file, "//w:tblCaption/@w:val"), "表");
}

static void a_table_has_no_more_columns_than_word_knows(void **state) {
  struct scratch *scratch = *state;
  struct page_column columns[64] = {{"", COLUMN_TEXT}};
  for (size_t i = 0; i < 64; i++) columns[i].title = "栏";
  struct page_block table = {
      .kind = PAGE_TABLE,
      .table = {.name = "", .caption = "宽表", .column = columns, .columns = 64}};
  struct page page = page_with(scratch->arena, &table, 1);
  FILE *file = fopen("/dev/null", "w");
  assert_non_null(file);
  assert_false(docx_write(&page, "datasets", "docx", file, &losses, &scratch->failure));
  assert_told(scratch, "'宽表' has 64 columns");
  fclose(file);
}

/* ---- links ---- */

static const char *target_of(struct scratch *scratch, const char *target) {
  const struct link_text link = {"去", target};
  struct page_block blocks[] = {
      heading(2, "part", "头"),
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = &link, .count = 1}};
  struct page page = page_with(scratch->arena, blocks, 2);
  struct written file = write_page(scratch, &page);
  assert_non_null(strstr(read_back(scratch->arena, file.bytes, file.size), "1.去"));
  const char *anchor = in_document(scratch, file, "//w:hyperlink/@w:anchor");
  if (*anchor) return arena_format(scratch->arena, "#%s", anchor);
  return value_in(scratch, file, RELATIONS, "//x:Relationship[@TargetMode='External']/@Target");
}

static void links_lead_to_the_web_and_to_files_and_nowhere_else(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    const char *target, *written;
  } cases[] = {{"index.html", "index.docx"},
               {"370105-2019.en.html", "370105-2019.en.docx"},
               {"../reports/a.html", "../reports/a.html"},
               {".html", ".html"},
               {"a.html#b", "a.html#b"},
               {"../analysis/a.csv#row", "../analysis/a.csv#row"},
               {"https://www.example.gov.cn/a?b=1&c=2", "https://www.example.gov.cn/a?b=1&c=2"},
               {"HTTP://example.cn", "HTTP://example.cn"},
               {"报告 (1).html", "%E6%8A%A5%E5%91%8A%20(1).docx"},
               {"100%.csv", "100%25.csv"},
               {"100%25.csv", "100%25.csv"},
               {"a\"<b>\\^`{|}[1]\n", "a%22%3Cb%3E%5C%5E%60%7B%7C%7D%5B1%5D%0A"},
               {"javascript:alert(1)", ""},
               {"file:///etc/passwd", ""},
               {"C:\\x.exe", ""},
               {"mailto:a@example.cn", ""},
               {"", ""},
               {"#nowhere", ""},
               {"#part", "#place1"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(target_of(scratch, cases[i].target), cases[i].written);
}

static void a_link_leads_to_a_heading_a_figure_a_table_and_a_cell(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"h", "f", "t", "c"};
  struct link_text links[4];
  for (size_t i = 0; i < 4; i++)
    links[i] = (struct link_text){names[i], arena_format(scratch->arena, "#%s", names[i])};
  const struct page_cell cells[] = {{.show = {"丙", ""}, .name = "c"},
                                    {.show = {"丁", ""}},
                                    {.show = {"戊", ""}, .name = "c"},
                                    {.show = {"己", ""}}};
  struct page_block table = table_of(scratch->arena, 2, "甲|乙|丙|丁|戊|己");
  table.table.cell = cells;
  table.table.name = "t";
  struct page_block blocks[] = {
      {.kind = PAGE_SENTENCES, .text = "据", .sentences = links, .count = 4},
      heading(2, "h", "头"),
      {.kind = PAGE_FIGURE, .figure = {"f", "", "话", "", "", "", ""}},
      table};
  struct page page = page_with(scratch->arena, blocks, 4);
  struct written file = write_page(scratch, &page);
  static const char *const texts[] = {"头", "话", "表", "丙"};
  for (size_t i = 0; i < 4; i++) {
    const char *place =
        in_document(scratch, file,
                    arena_format(scratch->arena,
                                 "//w:p[contains(., '%s 据')]/w:hyperlink/@w:anchor", names[i]));
    assert_string_not_equal(place, "");
    assert_string_equal(
        in_document(scratch, file,
                    arena_format(scratch->arena, "//w:p[w:bookmarkStart/@w:name='%s']", place)),
        texts[i]);
  }
  assert_string_equal(in_document(scratch, file, "count(//w:bookmarkStart)"), "4");
}

/* ---- figures ---- */

static char *emf_file(struct scratch *scratch, int32_t right, int32_t bottom) {
  int32_t head[11] = {1, 100, 0, 0, right, bottom};
  memcpy(&head[10], " EMF", 4);
  return scratch_bytes(scratch, "f.emf", (const char *)head, sizeof head);
}

static struct written page_of_figure(struct scratch *scratch, const char *png, const char *emf) {
  struct page_block block = {.kind = PAGE_FIGURE,
                             .figure = {"f", "图1", "三根条", "no.svg", "", png, emf}};
  struct page page = page_with(scratch->arena, &block, 1);
  return write_page(scratch, &page);
}

static void a_picture_is_as_wide_as_the_text_and_tells_what_it_shows(void **state) {
  struct scratch *scratch = *state;
  const char *png = scratch_bytes(scratch, "f.png", (const char *)png_head, sizeof png_head);
  struct written file = page_of_figure(scratch, png, "");
  assert_string_equal(in_document(scratch, file, "//wp:docPr/@descr"), "三根条");
  double width = strtod(in_document(scratch, file, "//wp:extent/@cx"), NULL),
         height = strtod(in_document(scratch, file, "//wp:extent/@cy"), NULL);
  assert_true(fabs(width / 360000 - 16) < 0.01); /* cm */
  assert_true(fabs(height / width - 768.0 / 1131) < 1e-6);
  assert_string_equal(in_document(scratch, file, "//w:p[.='图1']/w:pPr/w:pStyle/@w:val"),
                      "Caption");
  const char *id = in_document(scratch, file, "//a:blip/@r:embed");
  const char *target =
      value_in(scratch, file, RELATIONS,
               arena_format(scratch->arena, "//x:Relationship[@Id='%s']/@Target", id));
  struct written picture = part_of(scratch, file, arena_format(scratch->arena, "word/%s", target));
  assert_int_equal(picture.size, sizeof png_head);
  assert_memory_equal(picture.bytes, png_head, sizeof png_head);
}

static void an_emf_comes_before_a_png_and_a_high_one_is_narrower(void **state) {
  struct scratch *scratch = *state;
  const char *png = scratch_bytes(scratch, "f.png", (const char *)png_head, sizeof png_head);
  struct written file = page_of_figure(scratch, png, emf_file(scratch, 1000, 4000));
  part_of(scratch, file, "word/media/image1.emf");
  double width = strtod(in_document(scratch, file, "//wp:extent/@cx"), NULL),
         height = strtod(in_document(scratch, file, "//wp:extent/@cy"), NULL);
  assert_true(fabs(height / width - 4) < 1e-4);
  assert_true(height / 360000 < 24.7);
}

static void a_figure_without_a_picture_for_word_is_told_in_words(void **state) {
  struct scratch *scratch = *state;
  struct written file = page_of_figure(scratch, "", "");
  assert_string_equal(read_back(scratch->arena, file.bytes, file.size),
                      "paragraph 1: 题\nparagraph 2: 三根条\nparagraph 3: 图1\n");
}

static void a_picture_that_is_missing_or_none_is_told_in_words_and_as_a_loss(void **state) {
  struct scratch *scratch = *state;
  const char *paths[] = {scratch_path(scratch, "missing.png"),
                         scratch_file(scratch, "text.png", "no picture at all, but long enough …"),
                         scratch_file(scratch, "empty.png", "")};
  for (size_t i = 0; i < 3; i++) {
    losses = (struct page_losses){NULL};
    struct written file = page_of_figure(scratch, paths[i], "");
    assert_string_equal(read_back(scratch->arena, file.bytes, file.size),
                        "paragraph 1: 题\nparagraph 2: 三根条\nparagraph 3: 图1\n");
    assert_string_equal(losses.picture, paths[i]);
  }
}

static void a_full_disk_is_for_the_file_to_tell(void **state) {
  struct scratch *scratch = *state;
  struct page page = page_with(scratch->arena, NULL, 0);
  FILE *file = fopen("/dev/full", "w");
  assert_non_null(file);
  setbuf(file, NULL);
  assert_true(docx_write(&page, "datasets", "docx", file, &losses, &scratch->failure));
  assert_true(ferror(file));
  fclose(file);
}

static void a_missing_style_sheet_is_told(void **state) {
  struct scratch *scratch = *state;
  struct page page = page_with(scratch->arena, NULL, 0);
  FILE *file = fopen("/dev/null", "w");
  assert_non_null(file);
  assert_false(docx_write(&page, scratch->folder, "docx", file, &losses, &scratch->failure));
  assert_told(scratch, "No such file");
  fclose(file);
}

/* ---- columns ---- */

static void columns_fill_the_width_and_keep_numbers_whole(void **state) {
  struct scratch *scratch = *state;
  struct page_block block =
      table_of(scratch->arena, 3,
               "Indicator|Requests|What to mind|Requests granted in full or in part, of those that "
               "were concluded|1,234,567|few requests, and the category was printed blank, so that "
               "it was taken as zero");
  struct page_column columns[] = {block.table.column[0], block.table.column[1],
                                  block.table.column[2]};
  columns[1].kind = COLUMN_NUMBER;
  block.table.column = columns;
  struct columns fit = columns_fit(scratch->arena, &block.table, 9070, 180, 60);
  assert_int_equal(fit.width[0] + fit.width[1] + fit.width[2], 9070);
  assert_true(fit.width[1] >= 180 * 22 / 5 + 120); /* 4.4 em and the margins */
  assert_true(fit.width[0] > 2 * fit.width[1] && fit.width[2] > 2 * fit.width[1]);
  assert_false(fit.is_tight);
  assert_true(columns_fit(scratch->arena, &block.table, 1500, 180, 60).is_tight);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_page_is_read_back_in_its_order),
      scratch_test(every_cell_of_a_table_is_read_back),
      scratch_test(hostile_names_are_harmless_wherever_they_stand),
      scratch_test(the_same_page_gives_the_same_bytes_at_any_place),
      scratch_test(headings_have_the_styles_of_the_outline),
      scratch_test(every_style_that_is_used_is_there),
      scratch_test(every_list_counts_from_one),
      scratch_test(a_table_repeats_its_titles_and_keeps_its_rows_whole),
      scratch_test(a_table_has_no_more_columns_than_word_knows),
      scratch_test(links_lead_to_the_web_and_to_files_and_nowhere_else),
      scratch_test(a_link_leads_to_a_heading_a_figure_a_table_and_a_cell),
      scratch_test(a_picture_is_as_wide_as_the_text_and_tells_what_it_shows),
      scratch_test(an_emf_comes_before_a_png_and_a_high_one_is_narrower),
      scratch_test(a_figure_without_a_picture_for_word_is_told_in_words),
      scratch_test(a_picture_that_is_missing_or_none_is_told_in_words_and_as_a_loss),
      scratch_test(a_full_disk_is_for_the_file_to_tell),
      scratch_test(a_missing_style_sheet_is_told),
      scratch_test(columns_fill_the_width_and_keep_numbers_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
