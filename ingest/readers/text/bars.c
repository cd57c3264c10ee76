/* Tables whose cells are closed by bars and broken over lines. Where a row ends is not written: it
 * is found as the division into rows of equally many bars that breaks fewest habits of tables.
 * Knows nothing of forms. */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/text/bars.h"

enum {
  WIDEST = 40,         /* bars in a row */
  MOST_BARS = 20000,   /* in one stretch of lines; what is longer is no report */
  LONGEST_CELL = 300,  /* bytes */
  LONGEST_BREAK = 24,  /* bytes of a first line of a wrapped label; what is longer is a paragraph */
  FEWEST_CLOSED = 4,   /* lines of one closed cell that make a stretch a table */
  STRETCH_OF_PLAIN = 4 /* lines without a bar that may follow each other inside one */
};

/* What a division into rows costs; besides, each table costs its width, so that of equally good
 * divisions that into more rows wins. */
enum {
  COST_TABLE = 1000,  /* a new width */
  COST_JOINED = 2000, /* two whole lines in a row, where rows have a line each */
  COST_ROW = 300,     /* a row that begins with a figure, or blank though it has no opening bar */
  COST_MIXED = 50,    /* a text behind a figure: labels stand before the values */
  COST_WRAPPED = 100, /* text without a bar inside a row */
  COST_LONG = 2000    /* so much of it that it may be a heading between two tables */
};

/* What stands before a bar, back to the bar before it. */
struct piece {
  const char *text;
  size_t line;  /* of its bar */
  size_t first; /* the first line of its text */
  bool starts;  /* nothing but it stands on its line before the bar */
  bool ends;    /* its line ends with the bar */
  bool pads;    /* the bar follows the one before at once */
  bool is_bare; /* nothing stands on its line but the bar */
  bool is_blank, is_figure, is_wrapped;
  bool is_long; /* more is wrapped than the first line of a label */
};

struct stretch {
  struct arena *arena;
  line_list *lines;
  size_t start, end; /* lines */
  bool a_row_a_line; /* most lines have several cells: only some rows go on with a further line */
  LIST_OF(struct piece) pieces;
};

static bool ends_with_bar(const struct line *line) {
  return line->bars && line->kind != LINE_PASSED && line->bars[strlen(line->bars) - 1] == '|';
}

static bool may_be_wrapped(const struct line *line) {
  return (line->kind == LINE_PLAIN || line->kind == LINE_ROW) && !strchr(line->text, '\t') &&
         strlen(line->text) <= LONGEST_CELL;
}

/* One cell and its bar: `行政处罚 |`, `0 | ||`; not `|`. */
static bool is_one_closed_cell(const struct line *line) {
  const char *bar = line->bars ? strchr(line->bars, '|') : NULL;
  return bar && bar > line->bars && strspn(bar, "| ") == strlen(bar);
}

/* The stretch of lines from START on that end with a bar or may be wrapped; its end is behind the
 * last one that ends with a bar. False where no row goes over several lines. */
static bool stretch_at(struct stretch *stretch, size_t start) {
  const line_list *lines = stretch->lines;
  size_t closed = 0, parted = 0, ended = 0, open = 0, plain = 0;
  stretch->start = stretch->end = start;
  for (size_t i = start; i < lines->count && plain <= STRETCH_OF_PLAIN; i++) {
    const struct line *line = &lines->item[i];
    if (line->kind == LINE_EMPTY || line->kind == LINE_PASSED) continue;
    bool is_closed = is_one_closed_cell(line), ends = ends_with_bar(line);
    if (!ends && !may_be_wrapped(line)) break;
    plain = line->bars ? 0 : plain + 1;
    closed += is_closed;
    parted += ends && !is_closed && line->bars[strspn(line->bars, "| ")] != '\0';
    ended += ends;
    open += line->bars && !ends;
    if (ends) stretch->end = i + 1;
  }
  stretch->a_row_a_line = parted * 4 > closed;
  return stretch->a_row_a_line ? open > 0 && open < ended : closed >= FEWEST_CLOSED;
}

static bool is_figure(const char *text) {
  text += *text == '+' || *text == '-';
  return *text >= '0' && *text <= '9' && text[strspn(text, "0123456789,.%")] == '\0';
}

static void add_piece(struct stretch *stretch, const char *text, size_t first, size_t line,
                      bool starts) {
  const char *compact = text_compact(stretch->arena, text);
  *list_add(stretch->arena, &stretch->pieces) = (struct piece){
      .text = text,
      .line = line,
      .first = first,
      .starts = starts,
      .is_blank = *compact == '\0',
      .is_figure = is_figure(compact),
      .is_wrapped = first < line,
  };
}

/* Cuts a line with bars; returns what stands behind its last one. */
static const char *cut_line(struct stretch *stretch, size_t number, size_t first,
                            const char *before) {
  const char *text = stretch->lines->item[number].bars;
  bool starts = true;
  for (const char *bar; (bar = strchr(text, '|')); text = bar + 1) {
    const char *cell = arena_bytes(stretch->arena, text, (size_t)(bar - text));
    if (starts) cell = arena_format(stretch->arena, "%s%s", before, cell);
    add_piece(stretch, cell, starts ? first : number, number, starts);
    struct piece *piece = &stretch->pieces.item[stretch->pieces.count - 1];
    piece->pads = !starts && bar == text;
    piece->is_long = starts && strlen(before) > LONGEST_BREAK;
    piece->is_bare = starts && bar == text && bar[1] == '\0';
    starts = false;
  }
  stretch->pieces.item[stretch->pieces.count - 1].ends = *text == '\0';
  return text;
}

static void cut_into_pieces(struct stretch *stretch) {
  size_t first = SIZE_MAX;
  const char *before = "";
  memset(&stretch->pieces, 0, sizeof stretch->pieces);
  for (size_t i = stretch->start; i < stretch->end; i++) {
    const struct line *line = &stretch->lines->item[i];
    if (line->kind == LINE_EMPTY || line->kind == LINE_PASSED) continue;
    if (first == SIZE_MAX) first = i;
    if (!line->bars) {
      before = arena_format(stretch->arena, "%s%s", before, line->text);
      continue;
    }
    before = cut_line(stretch, i, first, before);
    first = *before ? i : SIZE_MAX;
  }
}

/* ---- the division into rows ---- */

/* The cheapest way to divide all pieces before one into rows of which the last has WIDTH bars, and
 * opens with a bare one or does not. */
struct way {
  int cost;
  int16_t from_width; /* of the row before; 0: the first row */
  bool from_opened;
};

enum { DEAR = INT_MAX / 2 };

struct division {
  const struct stretch *stretch;
  struct way *way;   /* [piece][width][opened] */
  struct way *least; /* [piece]: of all; from_width and from_opened are those of its last row */
};

static struct way *way_at(const struct division *division, size_t piece, size_t width,
                          bool opened) {
  return &division->way[(piece * (WIDEST + 1) + width) * 2 + opened];
}

/* A bar that fills up is the last of its row, or others like it follow. */
static bool is_row(const struct stretch *stretch, size_t from, size_t width, bool opened) {
  const struct piece *piece = stretch->pieces.item + from, *last = piece + width - 1;
  if (from + width > stretch->pieces.count || !piece->starts || !last->ends) return false;
  if (opened && (!piece->is_bare || width < 2)) return false;
  for (; piece < last; piece++)
    if (piece->pads && !piece[1].pads) return false;
  return true;
}

static int row_cost(const struct stretch *stretch, size_t from, size_t width, bool opened) {
  const struct piece *piece = stretch->pieces.item + from, *first = piece + opened;
  int cost = first->is_figure || (first->is_blank && !opened) ? COST_ROW : 0;
  bool has_figure = piece->is_figure;
  for (size_t i = 1; i < width; i++) {
    bool is_joined = stretch->a_row_a_line && piece[i].starts && piece[i].first == piece[i].line;
    bool is_text = !piece[i].is_figure && !piece[i].is_blank;
    cost += piece[i].is_long ? COST_LONG : piece[i].is_wrapped ? COST_WRAPPED : 0;
    cost += is_joined && !piece[i].is_blank ? COST_JOINED : 0;
    cost += is_text && has_figure ? COST_MIXED : 0;
    has_figure |= piece[i].is_figure;
  }
  return cost;
}

static void take_way(struct division *division, size_t to, size_t width, bool opened,
                     struct way way) {
  struct way *known = way_at(division, to, width, opened), *least = &division->least[to];
  if (way.cost >= known->cost) return;
  *known = way;
  if (way.cost < least->cost) *least = (struct way){way.cost, (int16_t)width, opened};
}

static void extend(struct division *division, size_t from, size_t width, bool opened) {
  if (!is_row(division->stretch, from, width, opened)) return;
  int cost = row_cost(division->stretch, from, width, opened);
  const struct way *same = way_at(division, from, width, opened), *least = &division->least[from];
  struct way way = {same->cost + cost, (int16_t)width, opened};
  int anew = least->cost + COST_TABLE + (int)width;
  if (from == 0 || anew < same->cost)
    way = (struct way){anew + cost, least->from_width, least->from_opened};
  take_way(division, from + width, width, opened, way);
}

static bool divide(struct division *division) {
  size_t count = division->stretch->pieces.count, ways = (count + 1) * (WIDEST + 1) * 2;
  struct arena *arena = division->stretch->arena;
  division->way = arena_array(arena, ways, sizeof *division->way);
  division->least = arena_array(arena, count + 1, sizeof *division->least);
  for (size_t i = 0; i < ways; i++) division->way[i].cost = DEAR;
  for (size_t i = 1; i <= count; i++) division->least[i].cost = DEAR;
  for (size_t from = 0; from < count; from++) {
    if (division->least[from].cost >= DEAR) continue;
    for (size_t width = 1; width <= WIDEST; width++) {
      extend(division, from, width, false);
      extend(division, from, width, true);
    }
  }
  return division->least[count].cost < DEAR;
}

/* ---- the rows as lines ---- */

/* Lines without a bar before a row are paragraphs, but for the first line of a wrapped label. */
static void leave_paragraphs(const struct stretch *stretch, struct piece *piece, bool opened) {
  const struct line *lines = stretch->lines->item;
  size_t longest = opened ? 0 : LONGEST_BREAK, first = piece->first;
  for (size_t i = first; i < piece->line; i++)
    if (lines[i].kind == LINE_PLAIN && strlen(lines[i].text) > longest) piece->first = i + 1;
  if (piece->first == first) return;
  const char *text = "", *own = lines[piece->line].bars;
  for (size_t i = piece->first; i < piece->line; i++)
    text = arena_format(stretch->arena, "%s%s", text, lines[i].text);
  piece->text = arena_format(stretch->arena, "%s%.*s", text, (int)strcspn(own, "|"), own);
}

/* How many of the pieces of a row are cells: bars at its end that follow each other fill it up. One
 * on a line of its own is an empty cell only where bars open the rows, and so do not close them. */
static size_t cells_of(const struct piece *piece, size_t width, bool opened) {
  size_t last = width - 1;
  while (last > 0 && piece[last].pads) last--;
  bool is_cell = !piece[last].is_blank || (opened && piece[last].starts);
  return last + is_cell;
}

static void write_row(const struct stretch *stretch, size_t from, size_t width, bool opened) {
  struct piece *piece = stretch->pieces.item + from;
  size_t cells = cells_of(piece, width, opened);
  leave_paragraphs(stretch, piece, opened);
  char *text = arena_text(stretch->arena, "|");
  for (size_t i = opened; i < cells; i++)
    text = arena_format(stretch->arena, "%s%s|", text, piece[i].text);
  for (size_t i = piece->first; i <= piece[width - 1].line; i++)
    stretch->lines->item[i].kind = LINE_PASSED;
  stretch->lines->item[piece->first] = (struct line){LINE_ROW, .text = text};
}

static void write_rows(const struct division *division) {
  const struct stretch *stretch = division->stretch;
  size_t to = stretch->pieces.count;
  size_t width = (size_t)division->least[to].from_width;
  bool opened = division->least[to].from_opened;
  while (to > 0) {
    const struct way way = *way_at(division, to, width, opened);
    write_row(stretch, to - width, width, opened);
    to -= width;
    width = (size_t)way.from_width;
    opened = way.from_opened;
  }
}

/* True where some line tells where a row ends or has an empty cell: more than one bar, or no text.
 */
static bool has_rows(const struct stretch *stretch) {
  for (size_t i = stretch->start; i < stretch->end; i++) {
    const char *bars = stretch->lines->item[i].bars;
    if (bars && (*bars == '|' || strchr(bars, '|') != strrchr(bars, '|'))) return true;
  }
  return false;
}

/* Each cell becomes a paragraph: the form, not the bars, tells the rows apart. */
static void part_cells(const struct stretch *stretch) {
  for (size_t i = stretch->start; i < stretch->end; i++) {
    struct line *line = &stretch->lines->item[i];
    if (!line->bars || line->kind == LINE_PASSED) continue;
    const char *text = arena_bytes(stretch->arena, line->bars, strcspn(line->bars, "|"));
    *line = (struct line){LINE_PLAIN, .text = arena_text(stretch->arena, text)};
  }
}

/* A row over several lines is no wider than the widest that stands on one: else lines that end with
 * a bar have a blank cell there, those without a filled one, and every line is a row. */
static bool joins_too_much(const struct division *division) {
  const struct stretch *stretch = division->stretch;
  size_t to = stretch->pieces.count, widest = 0, joined = 0;
  size_t width = (size_t)division->least[to].from_width;
  bool opened = division->least[to].from_opened;
  while (to > 0) {
    const struct way way = *way_at(division, to, width, opened);
    const struct piece *piece = stretch->pieces.item + to - width;
    size_t *most = piece->first < piece[width - 1].line ? &joined : &widest;
    if (width > *most) *most = width;
    to -= width;
    width = (size_t)way.from_width;
    opened = way.from_opened;
  }
  return stretch->a_row_a_line && joined > widest;
}

void find_closed_cells(struct arena *arena, line_list *lines) {
  struct stretch stretch = {.arena = arena, .lines = lines};
  for (size_t i = 0; i < lines->count; i++) {
    if (!lines->item[i].bars || lines->item[i].kind == LINE_PASSED) continue;
    bool is_table = stretch_at(&stretch, i);
    if (is_table && !has_rows(&stretch)) {
      part_cells(&stretch);
      is_table = false;
    }
    if (is_table) cut_into_pieces(&stretch);
    struct division division = {.stretch = &stretch};
    if (is_table && stretch.pieces.count <= MOST_BARS && divide(&division) &&
        !joins_too_much(&division))
      write_rows(&division);
    if (stretch.end > i) i = stretch.end - 1;
  }
}
