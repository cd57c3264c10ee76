/* Word documents by WordprocessingML (ECMA-376 part 1, 17). Knows nothing of forms.
 *
 * Content is walked by the names of its elements: what is known is read, what never prints is left
 * out, and whatever else is just a wrapper is walked through, so that content controls, hyperlinks,
 * inserted text and wrappers of the future need no words of their own. */
#include "ingest/readers/docx/docx.h"

#include <ctype.h>
#include <libxml/parserInternals.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ingest/readers/docx/chart.h"
#include "ingest/readers/docx/numbering.h"
#include "ingest/readers/docx/table.h"
#include "ingest/readers/ooxml.h"

struct style {
  const char *id, *name, *based_on;
  const char *list, *level;  /* of its numbering; NULL: not said */
  const xmlNode *properties; /* of its runs */
};

struct note {
  const char *kind, *id; /* the element that refers to it */
  const xmlNode *node;
  bool was_read;
};

/* What stands in a paragraph or a cell and is read after it. */
struct anchored {
  const xmlNode *node; /* a text box, a note, a table in a cell, or a chart's reference */
};

/* The text of a paragraph or a cell as it grows. A line break is '\n' until it is known which. */
struct gathered {
  LIST_OF(char) text;
  LIST_OF(struct anchored) anchored;
  size_t origin; /* the paragraph of the main part in which it begins; 0: of another part */
};

struct docx {
  struct document *document;
  struct arena *arena;
  struct package package;
  struct failure *failure;
  const char *reason; /* the first one: set where a chart's part cannot be read */
  relation_list relations;
  LIST_OF(struct style) styles;
  const char *default_style; /* of paragraphs */
  struct numbering *numbering;
  LIST_OF(struct note) notes;
  LIST_OF(const char *) charts; /* the parts that were read */
  LIST_OF(bool) fields;         /* that are open; true: the result has begun */
  struct gathered carried;      /* a paragraph whose end was deleted goes on in the next one */
};

static bool is_one_of(const xmlNode *node, const char *const *names) {
  for (; *names; names++)
    if (is_element(node, *names)) return true;
  return false;
}

/* ---- styles ---- */

static const struct style *find_style(const struct docx *docx, const char *id) {
  for (size_t i = 0; id && i < docx->styles.count; i++)
    if (strcmp(docx->styles.item[i].id, id) == 0) return &docx->styles.item[i];
  return NULL;
}

static void take_style(struct docx *docx, const xmlNode *node) {
  const char *id = attribute(node, "styleId"), *type = attribute(node, "type"),
             *is_default = attribute(node, "default");
  const xmlNode *list = descend(node, "pPr numPr");
  if (!id) return;
  *list_add(docx->arena, &docx->styles) = (struct style){.id = id,
                                                         .name = child_value(node, "name"),
                                                         .based_on = child_value(node, "basedOn"),
                                                         .list = child_value(list, "numId"),
                                                         .level = child_value(list, "ilvl"),
                                                         .properties = child(node, "rPr")};
  bool of_paragraphs = type && strcmp(type, "paragraph") == 0;
  if (of_paragraphs && is_default && strcmp(is_default, "0") != 0) docx->default_style = id;
  if (type && strcmp(type, "numbering") == 0 && child_value(list, "numId"))
    numbering_link_style(docx->numbering, id, child_value(list, "numId"));
}

enum { STYLE_DEPTH = 16 }; /* styles may be based on each other in a circle */

/* True where STYLE, or the first style below it that says so, hides its text. */
static bool style_hides(const struct docx *docx, const char *id) {
  const struct style *style = find_style(docx, id);
  for (int depth = 0; style && depth < STYLE_DEPTH; depth++) {
    if (child(style->properties, "vanish")) return is_on(style->properties, "vanish");
    style = find_style(docx, style->based_on);
  }
  return false;
}

/* A table of contents repeats the headings, so they would be found twice. */
static bool is_contents_style(const struct docx *docx, const char *id) {
  const struct style *style = find_style(docx, id);
  return style && style->name && strncasecmp(style->name, "toc ", 4) == 0 &&
         style->name[4] >= '1' && style->name[4] <= '9';
}

/* ---- text ---- */

static void add_byte(struct docx *docx, struct gathered *gathered, char byte) {
  *list_add(docx->arena, &gathered->text) = byte;
}

static void add_bytes(struct docx *docx, struct gathered *gathered, const char *bytes) {
  for (; *bytes; bytes++) add_byte(docx, gathered, *bytes);
}

static void add_text(struct docx *docx, struct gathered *gathered, const xmlNode *node) {
  for (const char *text = text_below(docx->arena, node); *text; text++)
    if (*text == '\n' || *text == '\r')
      add_byte(docx, gathered, ' ');
    else
      add_byte(docx, gathered, *text);
}

/* A character of a font of signs. In most of them it has a private code that means nothing outside
 * the font: of these only ticks and boxes are known (Wingdings, Wingdings 2). */
static void add_sign(struct docx *docx, struct gathered *gathered, const xmlNode *node) {
  static const struct {
    unsigned long code;
    const char *text;
  } known[] = {{0xF0FC, "√"}, {0xF0FE, "☑"}, {0xF052, "☑"}, {0xF050, "√"},
               {0xF0A8, "□"}, {0xF06F, "□"}, {0xF0A3, "□"}};
  const char *code_text = attribute(node, "char");
  char *end = NULL;
  unsigned long code = code_text ? strtoul(code_text, &end, 16) : 0;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].code == code) add_bytes(docx, gathered, known[i].text);
  bool is_private = code >= 0xE000 && code <= 0xF8FF,
       is_surrogate = code >= 0xD800 && code < 0xE000;
  if (!end || *end || code < ' ' || code > 0xFFFF || is_private || is_surrogate) return;
  xmlChar bytes[8] = {0};
  xmlCopyCharMultiByte(bytes, (int)code);
  add_bytes(docx, gathered, (const char *)bytes);
}

/* A field is its instruction, then its result: only the result prints. */
static void mark_field(struct docx *docx, const xmlNode *node) {
  const char *type = attribute(node, "fldCharType");
  if (!type) return;
  if (strcmp(type, "begin") == 0) *list_add(docx->arena, &docx->fields) = false;
  if (docx->fields.count == 0) return;
  if (strcmp(type, "separate") == 0) docx->fields.item[docx->fields.count - 1] = true;
  if (strcmp(type, "end") == 0) docx->fields.count--;
}

static bool is_in_instruction(const struct docx *docx) {
  for (size_t i = 0; i < docx->fields.count; i++)
    if (!docx->fields.item[i]) return true;
  return false;
}

/* No instruction goes beyond its paragraph; where its end is missing, the text after it stays. */
static void end_instructions(struct docx *docx) {
  for (size_t i = 0; i < docx->fields.count; i++) docx->fields.item[i] = true;
}

/* Of a drawing and its fallback for older programs: one. */
static const xmlNode *chosen(const xmlNode *alternates) {
  const xmlNode *choice = child(alternates, "Choice");
  return choice ? choice : child(alternates, "Fallback");
}

static void anchor(struct docx *docx, struct gathered *gathered, const xmlNode *node) {
  *list_add(docx->arena, &gathered->anchored) = (struct anchored){node};
}

/* Anchors the text boxes and charts of a drawing; its own text is pictures' and shapes'. */
static void gather_drawing(struct docx *docx, struct gathered *gathered, const xmlNode *drawing) {
  for (const xmlNode *node = element(drawing->children); node; node = element(node->next)) {
    const char *hidden = is_element(node, "docPr") ? attribute(node, "hidden") : NULL;
    if (hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0)) return;
    if (is_element(node, "txbxContent") || is_element(node, "chart"))
      anchor(docx, gathered, node);
    else if (is_element(node, "AlternateContent") && chosen(node))
      gather_drawing(docx, gathered, chosen(node));
    else
      gather_drawing(docx, gathered, node);
  }
}

static void anchor_note(struct docx *docx, struct gathered *gathered, const xmlNode *reference) {
  const char *id = attribute(reference, "id");
  for (size_t i = 0; id && i < docx->notes.count; i++) {
    struct note *note = &docx->notes.item[i];
    if (note->was_read || strcmp(note->id, id) != 0 || !is_element(reference, note->kind)) continue;
    note->was_read = true; /* once: a note may refer to itself */
    anchor(docx, gathered, note->node);
  }
}

static bool run_is_hidden(const struct docx *docx, const xmlNode *run, const char *style) {
  const xmlNode *properties = child(run, "rPr");
  if (is_on(properties, "strike") || is_on(properties, "dstrike")) return true;
  if (child(properties, "vanish")) return is_on(properties, "vanish");
  const char *own = child_value(properties, "rStyle");
  return style_hides(docx, own ? own : style);
}

/* A raised run is the mark of a note: 10 with a raised 1 is not 101. A whole number may be shifted
 * by its position. */
static bool is_note_mark(const struct gathered *gathered, const xmlNode *node) {
  if (!is_element(node, "r") || !child(node, "t")) return false;
  const xmlNode *properties = child(node, "rPr");
  const char *raised = child_value(properties, "vertAlign"),
             *shift = child_value(properties, "position");
  size_t length = gathered->text.count;
  bool is_behind_digit = length > 0 && isdigit((unsigned char)gathered->text.item[length - 1]);
  return (raised && strcmp(raised, "superscript") == 0) ||
         (is_behind_digit && shift && strtol(shift, NULL, 10) > 0);
}

/* An empty control shows a prompt, which is no text of the report. */
static bool shows_prompt(const xmlNode *control) {
  return is_on(child(control, "sdtPr"), "showingPlcHdr");
}

static void add_mark(struct docx *docx, struct gathered *gathered, const xmlNode *node) {
  static const struct {
    const char *name, *text;
  } marks[] = {{"tab", "\t"}, {"ptab", "\t"}, {"cr", "\n"}, {"noBreakHyphen", "-"}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (is_element(node, marks[i].name)) add_bytes(docx, gathered, marks[i].text);
  const char *type = attribute(node, "type"); /* of a break: a page's and a column's part nothing */
  if (is_element(node, "br") && (!type || strcmp(type, "textWrapping") == 0))
    add_bytes(docx, gathered, "\n");
}

static void gather(struct docx *docx, struct gathered *gathered, const xmlNode *parent,
                   const char *style);

/* The same as gather, with brackets around the mark of a note. */
static void gather_marked(struct docx *docx, struct gathered *gathered, const xmlNode *node,
                          const char *style) {
  bool is_mark = is_note_mark(gathered, node);
  if (is_mark) add_byte(docx, gathered, '[');
  gather(docx, gathered, node, style);
  if (is_mark) add_byte(docx, gathered, ']');
}

/* Gathers what stands in NODE. STYLE is the paragraph's. */
static void gather(struct docx *docx, struct gathered *gathered, const xmlNode *parent,
                   const char *style) {
  static const char *const silent[] = {"pPr",      "rPr",          "sdtPr",     "del",
                                       "moveFrom", "rt",           "instrText", "delText",
                                       "sdtEndPr", "delInstrText", "ffData",    NULL};
  static const char *const marks[] = {"tab", "ptab", "br", "cr", "noBreakHyphen", NULL};
  static const char *const drawings[] = {"drawing", "pict", "object", NULL};
  static const char *const notes[] = {"footnoteReference", "endnoteReference", NULL};
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    if (is_one_of(node, silent) || (is_element(node, "r") && run_is_hidden(docx, node, style)) ||
        (is_element(node, "sdt") && shows_prompt(node)))
      continue;
    if (is_element(node, "fldChar"))
      mark_field(docx, node);
    else if (is_element(node, "AlternateContent"))
      chosen(node) ? gather(docx, gathered, chosen(node), style) : (void)0;
    else if (is_one_of(node, drawings))
      gather_drawing(docx, gathered, node);
    else if (is_one_of(node, notes))
      anchor_note(docx, gathered, node);
    else if (!is_element(node, "t") && !is_element(node, "sym") && !is_one_of(node, marks))
      gather_marked(docx, gathered, node, style);
    else if (is_in_instruction(docx))
      continue;
    else if (is_element(node, "t"))
      add_text(docx, gathered, node);
    else if (is_element(node, "sym"))
      add_sign(docx, gathered, node);
    else
      add_mark(docx, gathered, node);
  }
}

/* ---- paragraphs ---- */

static bool is_blank(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\n", text[i])) return false;
  return true;
}

static const char *style_of(const struct docx *docx, const xmlNode *paragraph) {
  const char *style = child_value(child(paragraph, "pPr"), "pStyle");
  return style ? style : docx->default_style;
}

/* The number that Word puts before PARAGRAPH: of its own list, else of its style's. */
static const char *number_of(struct docx *docx, const xmlNode *paragraph, const char *style) {
  const xmlNode *own = descend(paragraph, "pPr numPr");
  const char *list = child_value(own, "numId"), *level = child_value(own, "ilvl");
  size_t otherwise = 0; /* the level where none is named */
  const struct style *from = find_style(docx, style);
  for (int depth = 0; !list && from && depth < STYLE_DEPTH; depth++) {
    list = from->list;
    if (!level) level = from->level;
    if (list) otherwise = numbering_level_of_style(docx->numbering, list, from->id);
    from = find_style(docx, from->based_on);
  }
  if (!list || strcmp(list, "0") == 0) return "";
  return numbering_next(docx->numbering, docx->arena, list,
                        whole_number(level, NUMBERING_LEVELS - 1, otherwise));
}

static void read_anchored(struct docx *docx, const struct gathered *gathered);
static void read_blocks(struct docx *docx, const xmlNode *parent);

/* Paragraphs of the main part have their number, from 1, as _private; those of other parts 0. */
static void number_paragraphs(const xmlNode *parent, size_t *number) {
  for (xmlNode *node = parent->children; node; node = node->next) {
    if (is_element(node, "p"))
      node->_private =
          (void *)(uintptr_t)(*number += 1); /* NOLINT: a number in the tree's own place */
    if (node->type == XML_ELEMENT_NODE) number_paragraphs(node, number);
  }
}

static size_t origin_of(const xmlNode *paragraph) {
  return paragraph ? (size_t)(uintptr_t)paragraph->_private : 0;
}

static void note_origin(struct docx *docx, const char *text, size_t origin) {
  if (origin) *list_add(docx->arena, &docx->document->origins) = (struct text_origin){text, origin};
}

/* One paragraph a line: text that came from elsewhere often has line breaks for paragraphs. */
static void add_lines(struct docx *docx, const char *number, const char *text, size_t origin) {
  while (*text || *number) {
    size_t line = strcspn(text, "\n"), length = line;
    const char *start = text;
    while (length > 0 && strchr(" \t", *start)) start++, length--;
    while (length > 0 && strchr(" \t", start[length - 1])) length--;
    if (length > 0) {
      const char *line_text = arena_format(docx->arena, "%s%.*s", number, (int)length, start);
      document_add(docx->document, BLOCK_PARAGRAPH)->text = line_text;
      note_origin(docx, line_text, origin);
      number = "";
    }
    text += line;
    if (*text == '\0') return;
    text++;
  }
}

/* Ends the paragraph that was gathered, and starts anew. */
static void end_paragraph(struct docx *docx, const char *number) {
  struct gathered gathered = docx->carried;
  memset(&docx->carried, 0, sizeof docx->carried);
  add_lines(docx, number, arena_bytes(docx->arena, gathered.text.item, gathered.text.count),
            gathered.origin);
  read_anchored(docx, &gathered);
}

static bool end_was_deleted(const xmlNode *paragraph) {
  const xmlNode *mark = descend(paragraph, "pPr rPr");
  return child(mark, "del") || child(mark, "moveFrom");
}

/* Blank and its end hidden: Word shows nothing of it, and does not count it in a list. */
static bool is_hidden(const xmlNode *paragraph, const struct gathered *gathered) {
  return is_on(descend(paragraph, "pPr rPr"), "vanish") &&
         is_blank(gathered->text.item, gathered->text.count);
}

static void read_paragraph(struct docx *docx, const xmlNode *paragraph) {
  const char *style = style_of(docx, paragraph);
  if (is_contents_style(docx, style)) return;
  if (!docx->carried.origin) docx->carried.origin = origin_of(paragraph);
  gather(docx, &docx->carried, paragraph, style);
  end_instructions(docx);
  if (end_was_deleted(paragraph)) return;
  bool hidden = is_hidden(paragraph, &docx->carried);
  end_paragraph(docx, hidden ? "" : number_of(docx, paragraph, style));
}

/* ---- cells ---- */

static void gather_cell_paragraph(struct docx *docx, struct gathered *cell,
                                  const xmlNode *paragraph) {
  const char *style = style_of(docx, paragraph);
  struct gathered text = {0};
  gather(docx, &text, paragraph, style);
  end_instructions(docx);
  bool counts = !end_was_deleted(paragraph) && !is_hidden(paragraph, &text);
  if (counts) add_bytes(docx, cell, number_of(docx, paragraph, style));
  for (size_t i = 0; i < text.text.count; i++) {
    char c = text.text.item[i];
    if (c == '\t')
      add_byte(docx, cell, ' ');
    else if (c != '\n')
      add_byte(docx, cell, c);
  }
  for (size_t i = 0; i < text.anchored.count; i++) anchor(docx, cell, text.anchored.item[i].node);
}

static void gather_cell(struct docx *docx, struct gathered *cell, const xmlNode *parent) {
  static const char *const silent[] = {"tcPr", "sdtPr", "sdtEndPr", "del", "moveFrom", NULL};
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    if (is_one_of(node, silent) || (is_element(node, "sdt") && shows_prompt(node))) continue;
    if (is_element(node, "p"))
      gather_cell_paragraph(docx, cell, node);
    else if (is_element(node, "tbl"))
      anchor(docx, cell, node);
    else if (is_element(node, "AlternateContent"))
      chosen(node) ? gather_cell(docx, cell, chosen(node)) : (void)0;
    else
      gather_cell(docx, cell, node);
  }
}

struct table_reading {
  struct docx *docx;
  struct gathered anchored; /* in all cells of the table */
};

static const char *cell_text(void *context, const xmlNode *node) {
  struct table_reading *reading = context;
  struct docx *docx = reading->docx;
  struct gathered cell = {0};
  gather_cell(docx, &cell, node);
  for (size_t i = 0; i < cell.anchored.count; i++)
    anchor(docx, &reading->anchored, cell.anchored.item[i].node);
  size_t start = 0, end = cell.text.count;
  while (start < end && cell.text.item[start] == ' ') start++;
  while (end > start && cell.text.item[end - 1] == ' ') end--;
  const char *text =
      arena_bytes(docx->arena, end > start ? cell.text.item + start : "", end - start);
  note_origin(docx, text, origin_of(child(node, "p")));
  return text;
}

static void read_table(struct docx *docx, const xmlNode *table) {
  end_paragraph(docx, "");
  if (docx_table_is_layout(table)) {
    read_blocks(docx, table);
    return;
  }
  struct table_reading reading = {.docx = docx};
  struct grid grid = docx_table_grid(docx->arena, table, cell_text, &reading);
  if (grid.rows) document_add(docx->document, BLOCK_GRID)->grid = grid;
  read_anchored(docx, &reading.anchored);
}

/* ---- charts and blocks ---- */

static bool was_charted(struct docx *docx, const char *part) {
  for (size_t i = 0; i < docx->charts.count; i++)
    if (strcmp(docx->charts.item[i], part) == 0) return true;
  *list_add(docx->arena, &docx->charts) = part;
  return false;
}

static const char *text_of_last_block(const struct document *document) {
  if (document->blocks.count == 0) return "";
  return document->blocks.item[document->blocks.count - 1].text; /* "" where no paragraph */
}

static void read_chart(struct docx *docx, const xmlNode *reference) {
  const char *id = attribute(reference, "id");
  const struct relation *relation = id ? relation_with_id(&docx->relations, id) : NULL;
  if (!relation || was_charted(docx, relation->target)) return;
  const xmlNode *root;
  const char *reason = package_part(&docx->package, relation->target, &root, docx->failure);
  if (reason && !docx->reason) docx->reason = reason;
  if (reason || !root) return;
  struct chart chart = docx_chart(docx->arena, root, text_of_last_block(docx->document));
  if (chart.points) document_add(docx->document, BLOCK_CHART)->chart = chart;
}

static void read_anchored(struct docx *docx, const struct gathered *gathered) {
  for (size_t i = 0; i < gathered->anchored.count; i++) {
    const xmlNode *node = gathered->anchored.item[i].node;
    if (is_element(node, "chart")) {
      read_chart(docx, node);
    } else if (is_element(node, "tbl")) {
      read_table(docx, node);
    } else {
      read_blocks(docx, node);
      end_paragraph(docx, "");
    }
  }
}

static bool is_contents(const xmlNode *control) {
  const char *gallery = child_value(descend(control, "sdtPr docPartObj"), "docPartGallery");
  return gallery && strcmp(gallery, "Table of Contents") == 0;
}

static void read_blocks(struct docx *docx, const xmlNode *parent) {
  static const char *const silent[] = {"sectPr", "sdtPr", "sdtEndPr", "tblPr",    "tblGrid",
                                       "trPr",   "tcPr",  "del",      "moveFrom", NULL};
  for (const xmlNode *node = element(parent->children); node; node = element(node->next)) {
    if (is_one_of(node, silent)) continue;
    if (is_element(node, "sdt") && (shows_prompt(node) || is_contents(node))) continue;
    if (is_element(node, "p"))
      read_paragraph(docx, node);
    else if (is_element(node, "tbl"))
      read_table(docx, node);
    else if (is_element(node, "AlternateContent"))
      chosen(node) ? read_blocks(docx, chosen(node)) : (void)0;
    else
      read_blocks(docx, node);
  }
}

/* ---- parts ---- */

/* The part that the main part at PATH relates to by TYPE, in *ROOT; NULL where there is none. */
static const char *related_part(struct docx *docx, const char *type, const xmlNode **root) {
  *root = NULL;
  const struct relation *relation = relation_of_type(&docx->relations, type);
  return relation ? package_part(&docx->package, relation->target, root, docx->failure) : NULL;
}

static const char *load_notes(struct docx *docx, const char *type, const char *kind) {
  const xmlNode *root;
  const char *reason = related_part(docx, type, &root);
  if (reason || !root) return reason;
  for (const xmlNode *node = element(root->children); node; node = element(node->next)) {
    const char *id = attribute(node, "id");
    if (id) *list_add(docx->arena, &docx->notes) = (struct note){kind, id, node, false};
  }
  return NULL;
}

static const char *load_lists_and_styles(struct docx *docx) {
  const xmlNode *lists, *styles;
  const char *reason = related_part(docx, "numbering", &lists);
  if (!reason) reason = related_part(docx, "styles", &styles);
  if (reason) return reason;
  docx->numbering = numbering_load(docx->arena, lists);
  for (const xmlNode *node = styles ? element(styles->children) : NULL; node;
       node = element(node->next))
    if (is_element(node, "style")) take_style(docx, node);
  return NULL;
}

/* The main part's name and its root. */
static const char *open_main_part(struct docx *docx, const char **path, const xmlNode **root) {
  relation_list relations = {0};
  const char *reason = package_relations(&docx->package, "", &relations, docx->failure);
  if (reason) return reason;
  const struct relation *main = relation_of_type(&relations, "officeDocument");
  *path = main ? main->target : "word/document.xml";
  reason = package_part(&docx->package, *path, root, docx->failure);
  if (reason || *root) return reason;
  failure_set(docx->failure, "the container has no main part '%s'. Open and save the file in Word.",
              *path);
  return "unreadable_document";
}

static const char *read_package(struct docx *docx) {
  const char *path;
  const xmlNode *root;
  const char *reason = open_main_part(docx, &path, &root);
  if (!reason) reason = package_relations(&docx->package, path, &docx->relations, docx->failure);
  if (!reason) reason = load_lists_and_styles(docx);
  if (!reason) reason = load_notes(docx, "footnotes", "footnoteReference");
  if (!reason) reason = load_notes(docx, "endnotes", "endnoteReference");
  if (reason) return reason;
  size_t paragraphs = 0;
  number_paragraphs(root, &paragraphs);
  read_blocks(docx, root);
  end_paragraph(docx, "");
  return docx->reason;
}

const char *docx_reader(struct document *document, const struct source *source,
                        struct failure *failure) {
  struct docx docx = {.document = document, .arena = document->arena, .failure = failure};
  const char *reason =
      package_open(&docx.package, document->arena, source->bytes, source->size, failure);
  if (!reason) reason = read_package(&docx);
  package_close(&docx.package);
  return reason;
}
