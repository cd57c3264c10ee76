/* The reader of text: each line is first told by its kind, then the lines build the document. Knows
 * nothing of forms. */
#include "ingest/readers/text/text.h"

#include <string.h>

#include "core/base/decimal.h"
#include "core/base/label.h"
#include "ingest/readers/text/bars.h"

typedef LIST_OF(const char *) text_list;

struct text_reading {
  struct document *document;
  struct arena *arena;

  LIST_OF(struct row) rows;   /* of the table being read */
  LIST_OF(struct cell) cells; /* of its last row */
  bool in_row;                /* a line without tab goes on with the last cell */
  bool packed;                /* two of its rows stood on lines that follow each other */
  bool after_row;             /* the last line was a row of it */

  text_list tokens;   /* of the data being read */
  text_list data;     /* the same lines as they stand */
  size_t data_rows;   /* how many of them have two cells or more */
  const char *title;  /* the line before them */
  size_t title_block; /* its paragraph, counted from 1 in the document's blocks; 0: none */
};

/* LINE without remnants of the conversion. */
static char *without_remnants(struct arena *arena, const char *line, size_t length) {
  static const char *const remnants[] = {"[image:", "[bookmark:"};
  char *text = arena_bytes(arena, line, length);
  for (size_t i = 0; i < sizeof remnants / sizeof *remnants; i++) {
    for (char *start = text, *end; (start = strstr(start, remnants[i]));) {
      end = strchr(start, ']');
      if (!end) break;
      memmove(start, end + 1, strlen(end + 1) + 1);
    }
  }
  return text;
}

static const char *trimmed(struct arena *arena, const char *text) {
  text += strspn(text, " \t");
  size_t length = strlen(text);
  while (length > 0 && strchr(" \t", text[length - 1])) length--;
  return arena_bytes(arena, text, length);
}

static bool is_blank(struct arena *arena, const char *text) {
  return *text_compact(arena, text) == '\0';
}

static void end_row(struct text_reading *reader) {
  reader->in_row = false;
  if (reader->cells.count == 0) return;
  *list_add(reader->arena, &reader->rows) =
      (struct row){.cell = reader->cells.item, .cells = reader->cells.count};
  memset(&reader->cells, 0, sizeof reader->cells);
}

static void end_table(struct text_reading *reader) {
  end_row(reader);
  if (reader->rows.count == 0) return;
  document_add(reader->document, BLOCK_GRID)->grid =
      (struct grid){.row = reader->rows.item, .rows = reader->rows.count, .ragged = true};
  memset(&reader->rows, 0, sizeof reader->rows);
  reader->packed = reader->after_row = false;
}

static void add_cell(struct text_reading *reader, const char *text) {
  struct cell cell = {trimmed(reader->arena, text), reader->cells.count, 1};
  *list_add(reader->arena, &reader->cells) = cell;
  reader->in_row = true;
}

static void continue_cell(struct text_reading *reader, const char *text) {
  struct cell *cell = &reader->cells.item[reader->cells.count - 1];
  cell->text = arena_format(reader->arena, "%s%s", cell->text, trimmed(reader->arena, text));
}

/* TEXT without the marks of a Markdown heading, `## …`, and of bold text, `**…**`. */
static const char *unmarked(struct arena *arena, const char *text) {
  size_t marks = strspn(text, "#");
  if (marks > 0 && marks <= 6 && text[marks] == ' ') text = trimmed(arena, text + marks);
  size_t length = strlen(text);
  bool is_bold = length > 4 && strncmp(text, "**", 2) == 0 && strcmp(text + length - 2, "**") == 0;
  return is_bold ? arena_bytes(arena, text + 2, length - 4) : text;
}

static void add_paragraph(struct text_reading *reader, const char *text) {
  document_add(reader->document, BLOCK_PARAGRAPH)->text =
      unmarked(reader->arena, trimmed(reader->arena, text));
}

static bool is_number(const char *text) {
  struct decimal value;
  return decimal_parse(text, strlen(text), &value);
}

/* How many tokens from START on are numbers (or, with NUMBERS false, are not). */
static size_t run_length(const text_list *tokens, size_t start, bool numbers) {
  size_t end = start;
  while (end < tokens->count && is_number(tokens->item[end]) == numbers) end++;
  return end - start;
}

/* Reads `series, categories, values` over and over; false where the tokens are not of that form. */
static bool read_chart(struct text_reading *reader, struct chart *chart) {
  const text_list *tokens = &reader->tokens;
  LIST_OF(struct chart_point) points = {0};
  for (size_t at = 0; at < tokens->count;) {
    size_t names = run_length(tokens, at, false);
    size_t values = run_length(tokens, at + names, true);
    if (values == 0 || (names != values && names != values + 1)) return false;
    bool named = names == values + 1;
    const char *const *category = (const char *const *)tokens->item + at + named;
    for (size_t i = 0; i < values; i++)
      *list_add(reader->arena, &points) = (struct chart_point){
          named ? tokens->item[at] : "", category[i], tokens->item[at + names + i]};
    at += names + values;
  }
  *chart = (struct chart){reader->title ? reader->title : "", points.item, points.count};
  return points.count > 0;
}

/* ---- cells parted by tabs or bars ---- */

static bool is_filled(struct arena *arena, const char *text) {
  return !is_blank(arena, text);
}

/* Adds the cells of TEXT, parted by PART, as a row. */
static void add_row(struct text_reading *reader, char *text, const char *part) {
  end_row(reader);
  for (char *token, *rest = text; (token = strsep(&rest, part));) add_cell(reader, token);
  end_row(reader);
  reader->packed |= reader->after_row;
  reader->after_row = true;
}

static void add_data(struct text_reading *reader, const char *text) {
  size_t filled = 0;
  char *copy = arena_text(reader->arena, text);
  for (char *token, *rest = copy; (token = strsep(&rest, "\t"));) {
    if (!is_filled(reader->arena, token)) continue;
    *list_add(reader->arena, &reader->tokens) = trimmed(reader->arena, token);
    filled++;
  }
  *list_add(reader->arena, &reader->data) = text;
  reader->data_rows += filled > 1;
}

static void write_chart(struct text_reading *reader, const struct chart *chart) {
  struct document *document = reader->document;
  end_table(reader);
  if (reader->title_block == document->blocks.count && reader->title_block > 0)
    document_take_back(document); /* the title belongs to the chart */
  document_add(document, BLOCK_CHART)->chart = *chart;
}

/* Several lines of several cells are a table; else a chart's data, or just text. */
static void end_data(struct text_reading *reader) {
  struct chart chart;
  if (reader->data.count == 0) return;
  if (reader->data_rows > 1) {
    for (size_t i = 0; i < reader->data.count; i++)
      add_row(reader, arena_text(reader->arena, reader->data.item[i]), "\t");
  } else if (read_chart(reader, &chart)) {
    write_chart(reader, &chart);
  } else {
    end_table(reader);
    for (size_t i = 0; i < reader->data.count; i++) add_paragraph(reader, reader->data.item[i]);
  }
  memset(&reader->tokens, 0, sizeof reader->tokens);
  memset(&reader->data, 0, sizeof reader->data);
  reader->data_rows = 0;
}

/* ---- the kinds of lines ---- */

/* LINE with every kind of bar as '|'. */
static char *with_plain_bars(struct arena *arena, const char *line) {
  static const char *const bars[] = {"｜", "│", "┃"};
  char *text = arena_text(arena, line);
  for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
    size_t length = strlen(bars[i]);
    for (char *at = text; (at = strstr(at, bars[i]));) {
      *at = '|';
      memmove(at + 1, at + length, strlen(at + length) + 1);
    }
  }
  return text;
}

static size_t count_of(const char *text, char character) {
  size_t count = 0;
  for (; (text = strchr(text, character)); text++) count++;
  return count;
}

/* Page numbers: `- 3 -`, `— 5 —`, `第3页`, `第 3 页 共 9 页`. */
static bool is_page_number(struct arena *arena, const char *line) {
  static const char *const marks[] = {"-", "—", "–", "―", "－", "第", "页", "共", "/", ",", "，"};
  if (strlen(line) > 60) return false;
  const char *at = text_compact(arena, line);
  size_t digits = 0, ends = 0;
  bool is_mark = strspn(at, "0123456789") == 0;
  while (*at) {
    size_t run = strspn(at, "0123456789"), mark = 0;
    for (size_t i = 0; run == 0 && mark == 0 && i < sizeof marks / sizeof *marks; i++)
      if (strncmp(at, marks[i], strlen(marks[i])) == 0) mark = strlen(marks[i]);
    if (run == 0 && mark == 0) return false;
    digits += run > 0;
    ends = run > 0 ? 0 : ends + 1; /* marks behind the last digits */
    at += run + mark;
  }
  return is_mark && digits > 0 && digits <= 2 && ends > 0;
}

/* `|---|:--:|` under a Markdown heading, or a line drawn with dashes. */
static bool is_rule(const char *bars) {
  return strspn(bars, "|:-+= \t") == strlen(bars) && strstr(bars, "---") && strchr(bars, '|');
}

/* How many bars fill up the row BARS: `行政许可 | 0 | ||` has two. They follow each other without a
 * blank between, which the bars around an empty cell do not. */
static size_t filling(const char *bars) {
  size_t length = strlen(bars), run = 0, blanks = 0;
  while (run < length && bars[length - 1 - run] == '|') run++;
  while (run + blanks < length && bars[length - 1 - run - blanks] == ' ') blanks++;
  bool closes_cell = run + blanks < length && bars[length - 1 - run - blanks] == '|';
  return blanks > 0 && closes_cell ? run : 0;
}

static struct line line_with_bars(struct arena *arena, char *line) {
  if (!strpbrk(line, "|\xEF\xE2")) return (struct line){LINE_PLAIN, .text = line};
  char *bars = arena_text(arena, trimmed(arena, with_plain_bars(arena, line)));
  size_t count = count_of(bars, '|');
  struct line told = {LINE_PLAIN, line, count > 0 ? bars : NULL, false};
  if (is_rule(bars)) {
    told.kind = LINE_PASSED;
  } else if (*bars == '|' && count == 1) {
    told.kind = LINE_CELL;
    told.text = bars + 1;
  } else if (count > 1) {
    told = (struct line){LINE_ROW, arena_text(arena, bars), bars, .is_filled = filling(bars) > 1};
  }
  return told;
}

static struct line line_of(struct arena *arena, char *line) {
  struct line told = {LINE_EMPTY, .text = line};
  if (is_blank(arena, line) && *line != '\t') return told;
  told.kind = LINE_PASSED;
  if (is_page_number(arena, line) && !strchr(line, '\t')) return told;
  if (*line == '\t' && count_of(line, '\t') == 1) return (struct line){LINE_CELL, .text = line + 1};
  told.kind = *line == '\t' ? LINE_ROW : LINE_DATA;
  if (strchr(line, '\t')) return told;
  return line_with_bars(arena, line);
}

static bool is_row_or_rule(const struct line *line) {
  return line && (line->kind == LINE_ROW || line->kind == LINE_PASSED);
}

/* One bar, between two cells or behind one. */
static bool has_single_bar(const struct line *line) {
  return line && line->kind == LINE_PLAIN && line->bars;
}

/* A single bar parts two cells, or closes one, only next to a row of bars; two such lines are rows
 * of two cells as well. Prose may have a bar too. */
static void find_rows_of_one_bar(struct arena *arena, line_list *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    struct line *line = &lines->item[i];
    if (!has_single_bar(line)) continue;
    const struct line *above = i > 0 ? line - 1 : NULL;
    const struct line *below = i + 1 < lines->count ? line + 1 : NULL;
    bool parts = line->bars[strlen(line->bars) - 1] != '|';
    if (is_row_or_rule(above) || is_row_or_rule(below) || (parts && has_single_bar(below)))
      *line = (struct line){LINE_ROW, arena_text(arena, line->bars), line->bars, false};
  }
}

/* Where short rows were filled up, so was any that ends like one: a single bar might stand for an
 * empty cell, but then the row lacks a cell, and is told. */
static void drop_filling(line_list *lines, size_t start, size_t end) {
  bool any = false;
  for (size_t i = start; i < end; i++) any |= lines->item[i].is_filled;
  for (size_t i = start; i < end && any; i++) {
    struct line *line = &lines->item[i];
    if (line->kind != LINE_ROW) continue;
    char *behind = line->text + strlen(line->text) - filling(line->text);
    while (behind > line->text && behind[-1] == ' ') behind--;
    *behind = '\0';
  }
}

/* Bars at the ends of all rows stand around the table; where some row lacks them, they part off an
 * empty cell. */
static void drop_outer_bars(line_list *lines, size_t start, size_t end) {
  bool leading = true, trailing = true;
  for (size_t i = start; i < end; i++) {
    const char *text = lines->item[i].text;
    if (lines->item[i].kind != LINE_ROW) continue;
    leading &= *text == '|';
    trailing &= text[strlen(text) - 1] == '|';
  }
  for (size_t i = start; i < end; i++) {
    struct line *line = &lines->item[i];
    if (line->kind != LINE_ROW) continue;
    if (trailing) line->text[strlen(line->text) - 1] = '\0';
    if (leading) line->text++;
  }
}

static bool has_bars(const struct line *line) {
  return line->kind == LINE_ROW && strchr(line->text, '|');
}

/* A table's rows may have page numbers, rules and empty lines between them. */
static void find_outer_bars(line_list *lines) {
  for (size_t start = 0; start < lines->count; start++) {
    size_t end = start;
    while (end < lines->count &&
           (has_bars(&lines->item[end]) || (end > start && (lines->item[end].kind == LINE_PASSED ||
                                                            lines->item[end].kind == LINE_EMPTY))))
      end++;
    if (end == start) continue;
    drop_filling(lines, start, end);
    drop_outer_bars(lines, start, end);
    start = end;
  }
}

/* ---- each cell on its own line, empty cells as bare bars ---- */

/* No row has so many cells, and no cell such a text. */
enum { ROW_LINES = 40, CELL_BYTES = 300 };

struct line_group {
  size_t start, end;           /* lines without an empty one between them */
  size_t plain, bare, figures; /* a figure on the first line is no cell of a row */
};

static bool begins_with_figure(const char *text) {
  text += strspn(text, " ");
  text += *text == '+' || *text == '-';
  return *text >= '0' && *text <= '9';
}

static struct line_group group_at(const line_list *lines, size_t start) {
  struct line_group group = {.start = start, .end = start};
  bool fits = true;
  for (; group.end < lines->count && lines->item[group.end].kind != LINE_EMPTY; group.end++) {
    const struct line *line = &lines->item[group.end];
    bool bare = line->kind == LINE_CELL && line->text[strspn(line->text, " \t")] == '\0';
    group.bare += bare;
    group.plain += line->kind == LINE_PLAIN;
    group.figures +=
        group.end > start && line->kind == LINE_PLAIN && begins_with_figure(line->text);
    fits &= (bare || line->kind == LINE_PLAIN) && strlen(line->text) <= CELL_BYTES;
  }
  if (!fits || group.end - group.start > ROW_LINES || group.end - group.start < 2)
    group.plain = group.bare = group.figures = 0;
  return group;
}

static void make_cells(line_list *lines, const struct line_group *group) {
  for (size_t i = group->start; i < group->end; i++)
    if (lines->item[i].kind == LINE_PLAIN) lines->item[i].kind = LINE_CELL;
}

/* Where bare bars stand for empty cells, plain lines next to them, and names with figures, are
 * cells. So are those of the group above, a heading without empty cells. */
static void find_cells_on_lines(struct arena *arena, line_list *lines) {
  LIST_OF(struct line_group) groups = {0};
  bool has_bare_bars = false;
  for (size_t at = 0; at < lines->count;) {
    struct line_group group = group_at(lines, at);
    *list_add(arena, &groups) = group;
    has_bare_bars |= group.bare > 0;
    at = group.end + 1;
  }
  for (size_t i = 0; i < groups.count && has_bare_bars; i++) {
    bool is_row = groups.item[i].plain > 0 && groups.item[i].bare + groups.item[i].figures > 0;
    if (!is_row) continue;
    make_cells(lines, &groups.item[i]);
    if (i > 0 && groups.item[i - 1].plain > 1) make_cells(lines, &groups.item[i - 1]);
  }
}

/* ---- each cell on its own line, and a bar on a line of its own behind it ---- */

enum {
  FEWEST_LONE_BARS = 20,
  FEWEST_LONE_CELLS = 4,
  LONE_TURNS = 8,
  WRAPPED_LINES = 3,
  WRAPPED_BYTES = 24
};

static bool is_bare_bar(const struct line *line) {
  return line->kind == LINE_CELL && line->bars && line->text[strspn(line->text, " \t")] == '\0';
}

/* True for an empty line that is a blank cell: a bare bar follows it, or one more empty line. */
static bool is_blank_cell(const line_list *lines, size_t at) {
  if (lines->item[at].kind != LINE_EMPTY) return false;
  at++;
  if (at < lines->count && lines->item[at].kind == LINE_EMPTY) at++;
  return at < lines->count && is_bare_bar(&lines->item[at]);
}

/* The end of the cells from line START on: one or, where a label is wrapped, a few lines, and a
 * bare bar behind each. *BARS counts the bars, *PLAIN the other lines. */
static size_t lone_bars_end(const line_list *lines, size_t start, size_t *bars, size_t *plain) {
  size_t end = start, at = start, run = 0;
  *bars = *plain = 0;
  for (; at < lines->count && run <= WRAPPED_LINES; at++) {
    const struct line *line = &lines->item[at];
    bool is_wrapped = at > start && run > 0 && strlen(line[-1].text) <= WRAPPED_BYTES;
    if (is_bare_bar(line)) {
      *bars += 1;
      *plain += run;
      run = 0;
      end = at + 1;
    } else if (line->kind == LINE_PLAIN && !line->bars && (run == 0 || is_wrapped)) {
      run++;
    } else if (at == start || run > 0 || !is_blank_cell(lines, at)) {
      break;
    }
  }
  bool has_last = run > 0 && end > start; /* the last cell needs no bar */
  return end + has_last;
}

/* A cell of such lines, and the line where it begins. */
struct lone_cell {
  const char *text;
  size_t line;
};

typedef LIST_OF(struct lone_cell) lone_cells;

/* The cells of the lines from START to END. *IS_OPEN: the last one has no bar. */
static lone_cells lone_cells_of(struct arena *arena, const line_list *lines, size_t start,
                                size_t end, bool *is_open) {
  lone_cells cells = {0};
  *is_open = false;
  for (size_t i = start; i < end; i++) {
    const struct line *line = &lines->item[i];
    bool is_bar = is_bare_bar(line);
    if (line->kind == LINE_EMPTY || (is_bar && i == start)) continue;
    struct lone_cell *last = *is_open ? &cells.item[cells.count - 1] : NULL;
    if (!*is_open)
      *list_add(arena, &cells) = (struct lone_cell){is_bar ? "" : line->text, i};
    else if (!is_bar)
      last->text = arena_format(arena, "%s%s", last->text, line->text);
    *is_open = !is_bar;
  }
  return cells;
}

enum { WIDEST_REGULAR = 9, FEWEST_REGULAR = 2 };

/* A number with a short unit or none: 1,032, -3, 12件; not 1.政府公报, nor a year. */
static bool is_figure(const char *text) {
  enum { UNIT_BYTES = 9 };
  return !strstr(text, "年") && begins_with_figure(text) &&
         strlen(text + strspn(text, " +-0123456789,.%")) <= UNIT_BYTES;
}

/* How many of the WIDTH cells of a row are figures. */
static size_t figures_in(const struct lone_cell *row, size_t width) {
  size_t figures = 0;
  for (size_t j = 0; j < width; j++) figures += is_figure(row[j].text);
  return figures;
}

/* True where COUNT cells are rows of WIDTH: each begins with a text, unless it is the only one
 * below a heading, the first has no figure, and in all rows with figures the same columns hold
 * them, or blank cells. */
static bool is_regular(const struct lone_cell *cell, size_t count, size_t width) {
  size_t valued = 0, most = 0;
  if (count % width != 0 || count / width < FEWEST_REGULAR || figures_in(cell, width)) return false;
  for (size_t i = 0; i < count; i += width) valued += figures_in(cell + i, width) > 0;
  for (size_t j = 0; j < width; j++) {
    size_t figures = 0, texts = 0; /* in the rows with figures */
    for (size_t i = 0; i < count; i += width) {
      const char *text = cell[i + j].text;
      if (j == 0 && *text == '\0') return false;
      if (figures_in(cell + i, width) == 0) continue;
      bool is_value = is_figure(text);
      figures += is_value;
      texts += !is_value && *text != '\0';
    }
    if (figures > 0 && (texts > 0 || (j == 0 && count > 2 * width))) return false;
    if (figures > most) most = figures;
  }
  return valued > 0 && most * 2 >= valued;
}

/* The width of the rows of COUNT cells, where they are rows of equally many; 0: they are not. */
static size_t regular_width(const struct lone_cell *cell, size_t count) {
  for (size_t width = 2; width <= WIDEST_REGULAR; width++)
    if (is_regular(cell, count, width)) return width;
  return 0;
}

/* The COUNT first of CELLS as rows of WIDTH, or of one cell each, which are paragraphs. */
static void put_lone_cells(struct arena *arena, line_list *lines, const struct lone_cell *cell,
                           size_t count, size_t width) {
  for (size_t i = 0; i < count; i += width) {
    char *text = arena_text(arena, cell[i].text);
    for (size_t j = 1; j < width; j++) text = arena_format(arena, "%s|%s", text, cell[i + j].text);
    lines->item[cell[i].line] = (struct line){width > 1 ? LINE_ROW : LINE_PLAIN, .text = text};
  }
}

/* True where so many bars of the lines from START on stand alone, or the first of them part cells
 * so strictly, that they close cells, and are no blank ones. */
static bool are_lone_bars(const line_list *lines, size_t start, size_t bars, size_t plain) {
  size_t turns = 0; /* a cell, a bar, a cell, a bar */
  while (start + turns + 1 < lines->count && turns < LONE_TURNS &&
         is_bare_bar(&lines->item[start + turns]) == (turns % 2 == 1))
    turns++;
  if (turns == LONE_TURNS && bars > FEWEST_LONE_CELLS) return true;
  return bars >= FEWEST_LONE_BARS && plain * 2 >= bars && plain * 2 <= bars * 3;
}

/* Such bars do not tell where a row ends. Where all rows have equally many cells, that shows; else
 * each cell becomes a paragraph, and the form tells the rows apart. What stands between two bars is
 * a blank cell. */
static void find_lone_bars(struct arena *arena, line_list *lines) {
  for (size_t start = 0; start < lines->count; start++) {
    size_t bars, plain, end = lone_bars_end(lines, start, &bars, &plain);
    if (bars < FEWEST_LONE_CELLS) continue;
    bool is_open, is_long = are_lone_bars(lines, start, bars, plain);
    lone_cells cells = lone_cells_of(arena, lines, start, end, &is_open);
    size_t closed = cells.count - is_open, width = regular_width(cells.item, closed);
    if (!width && !is_long) {
      start = end - 1;
      continue;
    }
    for (size_t i = start; i < end; i++) lines->item[i].kind = LINE_PASSED;
    put_lone_cells(arena, lines, cells.item, closed, width ? width : 1);
    put_lone_cells(arena, lines, cells.item + closed, is_open, 1);
    start = end - 1;
  }
}

/* ---- lines ---- */

static void take_empty_line(struct text_reading *reader) {
  end_data(reader);
  bool ends_table = reader->packed || (reader->cells.count == 0 && !reader->after_row);
  if (reader->rows.count > 0 && ends_table) end_table(reader);
  end_row(reader);
  reader->after_row = false;
  reader->title = NULL;
  reader->title_block = 0;
}

static void take_plain_line(struct text_reading *reader, const char *text) {
  if (reader->in_row) {
    continue_cell(reader, text);
  } else if (reader->tokens.count > 0) {
    add_data(reader, text);
  } else {
    end_table(reader);
    add_paragraph(reader, text);
    reader->title = trimmed(reader->arena, text);
    reader->title_block = reader->document->blocks.count;
  }
}

static void take_line(struct text_reading *reader, const struct line *line) {
  switch (line->kind) {
    case LINE_PASSED: return;
    case LINE_EMPTY: take_empty_line(reader); return;
    case LINE_PLAIN: take_plain_line(reader, line->text); return;
    case LINE_CELL:
      end_data(reader);
      add_cell(reader, line->text);
      return;
    case LINE_DATA:
      if (reader->in_row) end_row(reader);
      add_data(reader, line->text);
      return;
    case LINE_ROW:
      if (*line->text == '\t' && reader->data.count > 0) {
        add_data(reader, line->text);
        return;
      }
      end_data(reader);
      add_row(reader, line->text, strchr(line->text, '|') ? "|" : "\t");
      return;
  }
}

void read_text(struct document *document, const char *text) {
  struct text_reading reader = {.document = document, .arena = document->arena};
  line_list lines = {0};
  while (*text) {
    size_t length = strcspn(text, "\n");
    size_t printed = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
    char *line = without_remnants(reader.arena, text, printed);
    /* a line that held nothing but remnants was no empty line */
    if (*line || printed == 0) *list_add(reader.arena, &lines) = line_of(reader.arena, line);
    text += length + (text[length] == '\n');
  }
  find_closed_cells(reader.arena, &lines);
  find_rows_of_one_bar(reader.arena, &lines);
  find_outer_bars(&lines);
  find_lone_bars(reader.arena, &lines);
  find_cells_on_lines(reader.arena, &lines);
  for (size_t i = 0; i < lines.count; i++) take_line(&reader, &lines.item[i]);
  end_data(&reader);
  end_table(&reader);
}

const char *text_reader(struct document *document, const struct source *source,
                        struct failure *failure) {
  const char *text = source_text(document->arena, source);
  if (!text) {
    failure_set(failure, "the text is neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8 text");
    return "undecodable_text";
  }
  read_text(document, text);
  return NULL;
}
