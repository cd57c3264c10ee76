/* The reader of web pages, on libxml2's forgiving HTML parser. The parser's events are taken as
 * they come, no tree is built. Knows which tags part text, and nothing of forms. */
#include "ingest/readers/html/html.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/label.h"
#include "ingest/readers/html/flow.h"

/* Deeper tables are read as if they were not there. */
enum { TABLES_LIMIT = 32 };

/* Pages of people, with all their unclosed tags, are not nested deeper; the parser looks through
 * all open tags at each end tag, so that deeper ones could keep it busy for hours. */
enum { DEPTH_LIMIT = 4096 };

/* A link over more paragraphs than this was never closed, and is none. */
enum { LINK_PARAGRAPHS = 3 };

/* So much text beside a link (in bytes; figures, dates and punctuation not counted) is a mere name
 * for it: 上一篇. */
enum { BESIDE_LINK = 15 };

/* What browsers do at most with a span. */
enum { SPAN_LIMIT = 65534 };

enum tag_kind {
  TAG_INLINE,
  TAG_BLOCK,
  TAG_HEADING,
  TAG_BREAK,
  TAG_HIDDEN, /* nobody sees it, or it is no part of the text */
  TAG_LINK,
  TAG_NOTE_MARK, /* raised: 10<sup>1</sup> is not 101 */
  TAG_PREFORMATTED,
  TAG_INPUT,
  TAG_TABLE,
  TAG_ROW_GROUP,
  TAG_ROW,
  TAG_CELL
};

struct tag {
  const char *name;
  enum tag_kind kind;
};

/* Sorted by name. Tags that are not here are inline. */
static const struct tag tags[] = {
    {"a", TAG_LINK},           {"address", TAG_BLOCK},   {"applet", TAG_HIDDEN},
    {"article", TAG_BLOCK},    {"aside", TAG_HIDDEN},    {"audio", TAG_HIDDEN},
    {"blockquote", TAG_BLOCK}, {"body", TAG_BLOCK},      {"br", TAG_BREAK},
    {"button", TAG_HIDDEN},    {"canvas", TAG_HIDDEN},   {"caption", TAG_BLOCK},
    {"center", TAG_BLOCK},     {"dd", TAG_BLOCK},        {"del", TAG_HIDDEN},
    {"details", TAG_BLOCK},    {"dialog", TAG_BLOCK},    {"dir", TAG_BLOCK},
    {"div", TAG_BLOCK},        {"dl", TAG_BLOCK},        {"dt", TAG_BLOCK},
    {"embed", TAG_HIDDEN},     {"fieldset", TAG_BLOCK},  {"figcaption", TAG_BLOCK},
    {"figure", TAG_BLOCK},     {"footer", TAG_BLOCK},    {"form", TAG_BLOCK},
    {"h1", TAG_HEADING},       {"h2", TAG_HEADING},      {"h3", TAG_HEADING},
    {"h4", TAG_HEADING},       {"h5", TAG_HEADING},      {"h6", TAG_HEADING},
    {"head", TAG_HIDDEN},      {"header", TAG_BLOCK},    {"hr", TAG_BREAK},
    {"iframe", TAG_HIDDEN},    {"input", TAG_INPUT},     {"legend", TAG_BLOCK},
    {"li", TAG_BLOCK},         {"main", TAG_BLOCK},      {"math", TAG_HIDDEN},
    {"menu", TAG_BLOCK},       {"nav", TAG_HIDDEN},      {"noframes", TAG_HIDDEN},
    {"noscript", TAG_HIDDEN},  {"object", TAG_HIDDEN},   {"ol", TAG_BLOCK},
    {"option", TAG_HIDDEN},    {"p", TAG_BLOCK},         {"pre", TAG_PREFORMATTED},
    {"s", TAG_HIDDEN},         {"script", TAG_HIDDEN},   {"section", TAG_BLOCK},
    {"select", TAG_HIDDEN},    {"strike", TAG_HIDDEN},   {"style", TAG_HIDDEN},
    {"summary", TAG_BLOCK},    {"sup", TAG_NOTE_MARK},   {"svg", TAG_HIDDEN},
    {"table", TAG_TABLE},      {"tbody", TAG_ROW_GROUP}, {"td", TAG_CELL},
    {"template", TAG_HIDDEN},  {"textarea", TAG_HIDDEN}, {"tfoot", TAG_ROW_GROUP},
    {"th", TAG_CELL},          {"thead", TAG_ROW_GROUP}, {"title", TAG_HIDDEN},
    {"tr", TAG_ROW},           {"ul", TAG_BLOCK},        {"video", TAG_HIDDEN},
    {"xml", TAG_HIDDEN},
};

static int compare_tags(const void *a, const void *b) {
  const struct tag *x = a, *y = b;
  return strcmp(x->name, y->name);
}

static enum tag_kind tag_kind(const char *name) {
  struct tag key = {.name = name};
  const struct tag *tag =
      bsearch(&key, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_tags);
  return tag ? tag->kind : TAG_INLINE;
}

struct open_tag {
  const char *name; /* the parser's own; the same for the same tag */
  enum tag_kind kind;
};

/* A table that is open, and where in it the reading stands. */
struct open_table {
  struct flow_table *table;
  struct flow_cell *cell; /* NULL: between cells */
  bool in_row;
};

struct paragraph {
  char *text;
  size_t length, room;
  size_t linked, beside; /* letters in links, and outside of them (in bytes) */
  bool space;            /* a blank stands before the next character */
};

struct page_reading {
  struct arena *arena;
  htmlParserCtxtPtr parser;
  flow body;
  LIST_OF(struct open_tag) open;
  struct open_table table[TABLES_LIMIT];
  size_t tables;
  struct paragraph paragraph;
  size_t hidden_at; /* the depth at which a hidden element is open; 0: none */
  size_t links, link_paragraphs;
  size_t headings, preformatted;
  bool too_deep;
  struct document *document; /* of which only url, site_code and about are set on the way */
  bool in_title;             /* the element <title> is open, and the page had none before */
  const char *title;         /* its text so far, or NULL */
};

/* ---- text ---- */

static struct open_table *innermost(struct page_reading *page) {
  return page->tables ? &page->table[page->tables - 1] : NULL;
}

static flow *current_flow(struct page_reading *page) {
  for (size_t i = page->tables; i-- > 0;)
    if (page->table[i].cell) return &page->table[i].cell->content;
  return &page->body;
}

static void append(struct page_reading *page, const char *bytes, size_t length) {
  struct paragraph *paragraph = &page->paragraph;
  if (paragraph->length + length + 2 > paragraph->room) {
    size_t room = (paragraph->length + length + 2) * 2;
    char *larger = arena_alloc(page->arena, room);
    if (paragraph->length) memcpy(larger, paragraph->text, paragraph->length);
    paragraph->text = larger;
    paragraph->room = room;
  }
  if (paragraph->space && paragraph->length > 0) paragraph->text[paragraph->length++] = ' ';
  paragraph->space = false;
  memcpy(paragraph->text + paragraph->length, bytes, length);
  paragraph->length += length;
}

/* TEXT without blanks of any kind at its ends. */
static const char *trimmed(struct arena *arena, const char *text, size_t length) {
  const char *whole = arena_bytes(arena, text, length), *start = NULL, *end = whole;
  for (const char *at = whole; *at;) {
    const char *from = at;
    if (text_is_space(text_next(&at))) continue;
    if (!start) start = from;
    end = at;
  }
  if (!start) return "";
  return arena_bytes(arena, start, (size_t)(end - start));
}

/* Nothing but links, but for dates, numbers and a word or two. */
static bool is_links(const struct page_reading *page) {
  const struct paragraph *paragraph = &page->paragraph;
  return page->headings == 0 && paragraph->linked > paragraph->beside &&
         paragraph->beside <= BESIDE_LINK;
}

/* Adds a paragraph; what stands in a table before its rows (a caption) comes before the table. */
static void add_paragraph(struct page_reading *page, const char *text) {
  const struct open_table *open = innermost(page);
  flow *content = current_flow(page);
  *list_add(page->arena, content) = (struct flow_item){.text = text, .is_links = is_links(page)};
  struct flow_item *last = &content->item[content->count - 1];
  bool is_caption =
      open && open->table->rows.count == 0 && content->count > 1 && last[-1].table == open->table;
  if (!is_caption) return;
  struct flow_item table = last[-1];
  last[-1] = last[0];
  last[0] = table;
}

static void end_paragraph(struct page_reading *page) {
  struct paragraph *paragraph = &page->paragraph;
  const char *text =
      paragraph->length ? trimmed(page->arena, paragraph->text, paragraph->length) : "";
  if (*text) add_paragraph(page, text);
  if (*text && page->links > 0) page->link_paragraphs++;
  paragraph->length = paragraph->linked = paragraph->beside = 0;
  paragraph->space = false;
}

static bool is_html_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* Bytes of letters: neither figures nor punctuation nor the characters of a date. */
static size_t letters_in(const char *bytes, size_t length) {
  size_t letters = 0;
  for (size_t i = 0; i < length; i++)
    letters += isalpha((unsigned char)bytes[i]) || (unsigned char)bytes[i] >= 0x80;
  static const char *const dates[] = {"年", "月", "日", "\u00a0", "·"};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    size_t size = strlen(dates[i]);
    for (const char *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), dates[i], size));
         at += size)
      letters -= size;
  }
  return letters;
}

static void take_text(struct page_reading *page, const char *bytes, size_t length) {
  bool linked = page->links > 0 && page->link_paragraphs <= LINK_PARAGRAPHS;
  for (size_t at = 0; at < length;) {
    if (is_html_space(bytes[at])) {
      if (page->preformatted && bytes[at] == '\n') end_paragraph(page);
      page->paragraph.space = true;
      at++;
      continue;
    }
    size_t start = at;
    while (at < length && !is_html_space(bytes[at])) at++;
    append(page, bytes + start, at - start);
    size_t *letters = linked ? &page->paragraph.linked : &page->paragraph.beside;
    *letters += letters_in(bytes + start, at - start);
  }
}

/* ---- tables ---- */

static void end_cell(struct page_reading *page) {
  struct open_table *open = innermost(page);
  if (!open) return;
  end_paragraph(page);
  open->cell = NULL;
}

static void begin_table(struct page_reading *page) {
  end_paragraph(page);
  struct flow_table *table = arena_alloc(page->arena, sizeof *table);
  *list_add(page->arena, current_flow(page)) = (struct flow_item){.text = "", .table = table};
  page->table[page->tables++] = (struct open_table){.table = table};
  page->links = 0; /* a link around a table was never closed */
}

static void begin_row(struct page_reading *page) {
  struct open_table *open = innermost(page);
  if (!open) return;
  end_cell(page);
  *list_add(page->arena, &open->table->rows) = (struct flow_row){.group = open->table->groups};
  open->in_row = true;
}

static size_t span_of(const char *text, size_t zero) {
  char *end;
  long span = text ? strtol(text, &end, 10) : 1;
  if (text && end == text) span = 1;
  if (span == 0) return zero;
  return span < 1 ? 1 : span > SPAN_LIMIT ? SPAN_LIMIT : (size_t)span;
}

static const char *attribute(const xmlChar **attributes, const char *name) {
  for (size_t i = 0; attributes && attributes[i]; i += 2)
    if (strcmp((const char *)attributes[i], name) == 0)
      return attributes[i + 1] ? (const char *)attributes[i + 1] : "";
  return NULL;
}

static void begin_cell(struct page_reading *page, const xmlChar **attributes) {
  struct open_table *open = innermost(page);
  if (!open) {
    end_paragraph(page);
    return;
  }
  if (!open->in_row) begin_row(page);
  end_cell(page);
  struct flow_cell *cell = arena_alloc(page->arena, sizeof *cell);
  cell->columns = span_of(attribute(attributes, "colspan"), 1);
  cell->rows = span_of(attribute(attributes, "rowspan"), SPAN_LIMIT); /* 0: to the group's end */
  struct flow_table *table = open->table;
  *list_add(page->arena, &table->rows.item[table->rows.count - 1].cells) = cell;
  open->cell = cell;
}

static void change_group(struct page_reading *page) {
  struct open_table *open = innermost(page);
  if (!open) return;
  end_cell(page);
  open->table->groups++;
  open->in_row = false;
}

static void end_table(struct page_reading *page) {
  end_cell(page);
  end_paragraph(page);
  if (page->tables) page->tables--;
}

/* ---- tags ---- */

/* True where the STYLE without blanks has the DECLARATION (in small letters). */
static bool has_style(const char *style, const char *declaration) {
  for (; *style; style++) {
    const char *at = style, *wanted = declaration;
    for (; *wanted; at++) {
      if (is_html_space(*at)) continue;
      if (tolower((unsigned char)*at) != *wanted) break;
      wanted++;
    }
    if (*wanted == '\0') return true;
  }
  return false;
}

/* Not `visibility: hidden` of a page's part: WeChat hides an article so until its script runs. Of a
 * row, a cell or what is in one it hides what it says. */
static bool is_hidden(const struct page_reading *page, const xmlChar **attributes) {
  static const char *const styles[] = {"display:none", "line-through", "mso-hide:all",
                                       "visibility:collapse"};
  static const char *const chrome[] = {"navigation", "complementary", "search", "menu", "menubar"};
  if (!attributes) return false;
  const char *style = attribute(attributes, "style"), *role = attribute(attributes, "role");
  if (attribute(attributes, "hidden")) return true;
  for (size_t i = 0; style && i < sizeof styles / sizeof *styles; i++)
    if (has_style(style, styles[i])) return true;
  if (style && page->tables > 0 && has_style(style, "visibility:hidden")) return true;
  for (size_t i = 0; role && i < sizeof chrome / sizeof *chrome; i++)
    if (strcasecmp(role, chrome[i]) == 0) return true;
  return false;
}

/* What <sup> says, said by a style. */
static bool is_raised(const xmlChar **attributes) {
  const char *style = attribute(attributes, "style");
  return style && has_style(style, "vertical-align:super");
}

/* What somebody filled into a field of a form. */
static void take_input(struct page_reading *page, const xmlChar **attributes) {
  const char *type = attribute(attributes, "type"), *value = attribute(attributes, "value");
  bool is_text = !type || strcasecmp(type, "text") == 0 || strcasecmp(type, "number") == 0;
  if (is_text && value && page->tables > 0) take_text(page, value, strlen(value));
}

static void open_tag(struct page_reading *page, enum tag_kind kind, const xmlChar **attributes) {
  switch (kind) {
    case TAG_INLINE: return;
    case TAG_BLOCK: end_paragraph(page); return;
    case TAG_HEADING:
      end_paragraph(page);
      page->headings++;
      return;
    case TAG_BREAK: /* a title may be broken anywhere */
      if (page->headings == 0) end_paragraph(page);
      return;
    case TAG_LINK:
      if (!attribute(attributes, "href")) return;
      page->links = 1; /* links do not nest */
      page->link_paragraphs = 0;
      return;
    case TAG_NOTE_MARK: take_text(page, "[", 1); return;
    case TAG_PREFORMATTED:
      end_paragraph(page);
      page->preformatted++;
      return;
    case TAG_INPUT: take_input(page, attributes); return;
    case TAG_TABLE:
      if (page->tables < TABLES_LIMIT) begin_table(page);
      return;
    case TAG_ROW_GROUP: change_group(page); return;
    case TAG_ROW: begin_row(page); return;
    case TAG_CELL: begin_cell(page, attributes); return;
    case TAG_HIDDEN: return;
  }
}

static void close_tag(struct page_reading *page, enum tag_kind kind) {
  switch (kind) {
    case TAG_BLOCK: end_paragraph(page); return;
    case TAG_HEADING:
      end_paragraph(page);
      page->headings--;
      return;
    case TAG_LINK: page->links = 0; return;
    case TAG_NOTE_MARK: take_text(page, "]", 1); return;
    case TAG_PREFORMATTED:
      end_paragraph(page);
      page->preformatted--;
      return;
    case TAG_TABLE: end_table(page); return;
    case TAG_ROW_GROUP: change_group(page); return;
    case TAG_ROW:
    case TAG_CELL: end_cell(page); return;
    default: return;
  }
}

/* ---- where the page comes from ---- */

static void keep(struct page_reading *page, const char **place, const char *text) {
  if (text && !*place) *place = arena_text(page->arena, text);
}

/* Elements <meta> that say what the page is. Of the government's own (ArticleTitle, PubDate,
 * ContentSource, SiteName) the State Council asks (国办发〔2017〕47号). */
static const struct {
  const char *name;
  enum about_kind kind;
} meta_names[] = {{"ArticleTitle", ABOUT_TITLE},
                  {"title", ABOUT_TITLE},
                  {"og:title", ABOUT_TITLE},
                  {"twitter:title", ABOUT_TITLE},
                  {"PubDate", ABOUT_PUBLISHED},
                  {"publishdate", ABOUT_PUBLISHED},
                  {"article:published_time", ABOUT_PUBLISHED},
                  {"ContentSource", ABOUT_PUBLISHER},
                  {"SiteName", ABOUT_SITE},
                  {"og:site_name", ABOUT_SITE}};

static void note_about(struct page_reading *page, enum about_kind kind, const char *text) {
  if (!text) return;
  text = trimmed(page->arena, text, strlen(text));
  if (*text) *list_add(page->arena, &page->document->about) = (struct about){kind, text};
}

static void take_meta(struct page_reading *page, const char *meta, const char *content) {
  struct document *document = page->document;
  if (strcasecmp(meta, "Url") == 0 || strcasecmp(meta, "SiteDomain") == 0)
    keep(page, &document->url, content);
  if (strcasecmp(meta, "SiteIDCode") == 0) keep(page, &document->site_code, content);
  for (size_t i = 0; i < sizeof meta_names / sizeof *meta_names; i++)
    if (strcasecmp(meta, meta_names[i].name) == 0) note_about(page, meta_names[i].kind, content);
}

/* What the page says of itself: its address, what its head says, and the time that is marked as
 * one. */
static void take_origin(struct page_reading *page, const char *name, const xmlChar **attributes) {
  struct document *document = page->document;
  if (strcmp(name, "base") == 0) keep(page, &document->url, attribute(attributes, "href"));
  if (strcmp(name, "link") == 0) {
    const char *relation = attribute(attributes, "rel");
    if (relation && strcasecmp(relation, "canonical") == 0)
      keep(page, &document->url, attribute(attributes, "href"));
  }
  if (strcmp(name, "time") == 0)
    note_about(page, ABOUT_PUBLISHED, attribute(attributes, "datetime"));
  if (strcmp(name, "title") == 0 && !page->title) page->in_title = true;
  if (strcmp(name, "meta") != 0) return;
  const char *meta = attribute(attributes, "name");
  if (!meta) meta = attribute(attributes, "property");
  if (meta) take_meta(page, meta, attribute(attributes, "content"));
}

/* Browsers that save a page write its address into a comment: `saved from url=(0023)http://…`. */
static void take_saved_address(struct page_reading *page, const char *text) {
  const char *mark = strstr(text, "saved from url=(");
  const char *address = mark ? strchr(mark, ')') : NULL;
  if (address)
    page->document->url = arena_bytes(page->arena, address + 1, strcspn(address + 1, " \r\n>"));
}

/* ---- the parser's events ---- */

static void take_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  struct page_reading *page = context;
  enum tag_kind kind = tag_kind((const char *)name);
  take_origin(page, (const char *)name, attributes);
  if (page->open.count >= DEPTH_LIMIT) {
    page->too_deep = true;
    xmlStopParser(page->parser);
    return;
  }
  if (kind == TAG_TABLE && page->tables == TABLES_LIMIT) kind = TAG_BLOCK;
  if (kind == TAG_INLINE && is_raised(attributes)) kind = TAG_NOTE_MARK;
  *list_add(page->arena, &page->open) = (struct open_tag){(const char *)name, kind};
  if (page->hidden_at) return;
  if (kind == TAG_HIDDEN || is_hidden(page, attributes))
    page->hidden_at = page->open.count;
  else
    open_tag(page, kind, attributes);
}

static void end_title(struct page_reading *page, const char *name) {
  if (!page->in_title || strcmp(name, "title") != 0) return;
  page->in_title = false;
  note_about(page, ABOUT_TITLE, page->title);
}

static void take_end(void *context, const xmlChar *name) {
  struct page_reading *page = context;
  end_title(page, (const char *)name);
  size_t depth = page->open.count;
  while (depth > 0 && strcmp(page->open.item[depth - 1].name, (const char *)name) != 0) depth--;
  if (depth == 0) return;
  while (page->open.count >= depth) {
    struct open_tag *last = &page->open.item[page->open.count - 1];
    if (!page->hidden_at) close_tag(page, last->kind);
    if (page->hidden_at == page->open.count) page->hidden_at = 0;
    page->open.count--;
  }
}

static void take_characters(void *context, const xmlChar *text, int length) {
  struct page_reading *page = context;
  if (page->in_title)
    page->title = arena_format(page->arena, "%s%.*s", page->title ? page->title : "", length,
                               (const char *)text);
  if (!page->hidden_at && length > 0) take_text(page, (const char *)text, (size_t)length);
}

/* TEXT with the marks `<![if …]>` and `<![endif]>` of Word, which the parser would take for text,
 * made blank; `<![endif]-->` ends a comment and stays. */
static const char *without_marks(struct arena *arena, const char *text) {
  if (!strstr(text, "<![")) return text;
  char *copy = arena_text(arena, text);
  for (char *mark = copy; (mark = strstr(mark, "<![")); mark++) {
    size_t length = strcspn(mark, ">");
    if (strncmp(mark, "<![CDATA[", 9) == 0) length = 8;
    bool ends_comment = length > 2 && memcmp(mark + length - 2, "--", 2) == 0;
    if (!ends_comment) memset(mark, ' ', length + (mark[length] != '\0'));
  }
  return copy;
}

bool read_html(struct document *document, const char *text) {
  struct page_reading page = {.arena = document->arena, .document = document};
  page.parser = htmlNewParserCtxt();
  if (!page.parser) out_of_memory();
  htmlParserCtxtPtr parser = page.parser;
  *parser->sax = (htmlSAXHandler){.startElement = take_start,
                                  .endElement = take_end,
                                  .characters = take_characters,
                                  .ignorableWhitespace = take_characters};
  parser->userData = &page;
  take_saved_address(&page, text);
  text = without_marks(page.arena, text);
  htmlDocPtr tree =
      htmlCtxtReadMemory(parser, text, (int)strlen(text), NULL, "UTF-8",
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlFreeDoc(tree);
  htmlFreeParserCtxt(parser);
  while (page.tables) end_table(&page);
  end_paragraph(&page);
  flow_write(document, &page.body);
  return !page.too_deep;
}

/* The encoding that the page says it is in: `charset=…` in a meta tag, `encoding=…` in an XML
 * declaration; "" where there is none among the first bytes. */
static const char *declared_encoding(struct arena *arena, const struct source *source) {
  static const char *const marks[] = {"charset=", "encoding="};
  size_t length = source->size < 4096 ? source->size : 4096;
  const char *start = arena_bytes(arena, source->bytes, length);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const char *found = strcasestr(start, marks[i]);
    if (!found) continue;
    found += strlen(marks[i]);
    found += strspn(found, "\"' ");
    return arena_bytes(arena, found, strcspn(found, "\"' />;?"));
  }
  return "";
}

const char *html_reader(struct document *document, const struct source *source,
                        struct failure *failure) {
  const char *text =
      source_text_declared(document->arena, source, declared_encoding(document->arena, source));
  if (!text) {
    failure_set(failure, "the page is neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8");
    return "undecodable_text";
  }
  if (read_html(document, text)) return NULL;
  failure_set(failure,
              "the page's tags are nested more than %d deep; save it as text and give that",
              DEPTH_LIMIT);
  return "unsupported_format";
}
