/* Lines that touch are one grid; a piece that is missing between two of its slots merges them.
 * Knows lines, boxes and characters only. */
#include "ingest/readers/pdf/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/pdf/infer.h"
#include "ingest/readers/pdf/lines.h"

/* More lines than any report's tables have: a drawing. */
enum { RULES_AT_MOST = 4000 };

typedef LIST_OF(double) positions;

/* ---- lines from their pieces ---- */

static int by_place(const void *a, const void *b) {
  const struct pdf_rule *x = a, *y = b;
  return (x->at > y->at) - (x->at < y->at);
}

static int by_start(const void *a, const void *b) {
  const struct pdf_rule *x = a, *y = b;
  return (x->from > y->from) - (x->from < y->from);
}

/* Pieces of one line, at nearly the same place: joined where no more than GAP parts them. */
static void join_pieces(struct arena *arena, struct pdf_rule *piece, size_t count, double gap,
                        double shortest, pdf_rules *joined) {
  double at = 0, weight = 0;
  for (size_t i = 0; i < count; i++) {
    double length = piece[i].to - piece[i].from + 0.01;
    at += piece[i].at * length;
    weight += length;
  }
  qsort(piece, count, sizeof *piece, by_start);
  for (size_t i = 0, end; i < count; i = end) {
    struct pdf_rule rule = {at / weight, piece[i].from, piece[i].to};
    for (end = i + 1; end < count && piece[end].from <= rule.to + gap; end++)
      rule.to = fmax(rule.to, piece[end].to);
    if (rule.to - rule.from >= shortest) *list_add(arena, joined) = rule;
  }
}

/* Double lines become one, dashes and pieces become whole lines, ticks go. */
static pdf_rules joined_rules(struct arena *arena, const pdf_rules *pieces, double size) {
  pdf_rules joined = {0};
  const double same = 0.25 * size, gap = 0.35 * size, shortest = 0.6 * size;
  qsort(pieces->item, pieces->count, sizeof *pieces->item, by_place);
  for (size_t i = 0, end; i < pieces->count; i = end) {
    for (end = i + 1; end < pieces->count; end++)
      if (pieces->item[end].at - pieces->item[i].at > same) break;
    join_pieces(arena, pieces->item + i, end - i, gap, shortest, &joined);
  }
  return joined;
}

/* ---- lines that touch ---- */

struct rule_groups {
  pdf_rules horizontal, vertical;
  size_t *parent; /* of each line, the horizontal ones first */
};

static size_t root_of(size_t *parent, size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static bool touch(const struct pdf_rule *a, const struct pdf_rule *b, double reach) {
  return b->at >= a->from - reach && b->at <= a->to + reach && a->at >= b->from - reach &&
         a->at <= b->to + reach;
}

static void group_rules(struct arena *arena, struct rule_groups *groups, double reach) {
  size_t n = groups->horizontal.count, m = groups->vertical.count;
  groups->parent = arena_array(arena, n + m + 1, sizeof *groups->parent);
  for (size_t i = 0; i < n + m; i++) groups->parent[i] = i;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < m; j++)
      if (touch(&groups->horizontal.item[i], &groups->vertical.item[j], reach))
        groups->parent[root_of(groups->parent, i)] = root_of(groups->parent, n + j);
}

/* ---- the slots of a grid ---- */

struct frame {
  struct arena *arena;
  pdf_rules horizontal, vertical;
  positions x, y; /* of the lines: slots lie between two neighbours */
  bool open_top, open_bottom;
  bool runs_off_left, runs_off_right; /* the page ends before the table does */
};

static int by_value(const void *a, const void *b) {
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Where RULES stand; those nearer to each other than SAME are one. */
static positions places_of(struct arena *arena, const pdf_rules *rules, double same) {
  positions all = {0}, places = {0};
  for (size_t i = 0; i < rules->count; i++) *list_add(arena, &all) = rules->item[i].at;
  if (all.count > 0) qsort(all.item, all.count, sizeof *all.item, by_value);
  for (size_t i = 0, end; i < all.count; i = end) {
    double sum = 0;
    for (end = i; end < all.count && all.item[end] - all.item[i] <= same; end++)
      sum += all.item[end];
    *list_add(arena, &places) = sum / (double)(end - i);
  }
  return places;
}

static void extent_of(const pdf_rules *rules, double *from, double *to) {
  *from = INFINITY;
  *to = -INFINITY;
  for (size_t i = 0; i < rules->count; i++) {
    *from = fmin(*from, rules->item[i].from);
    *to = fmax(*to, rules->item[i].to);
  }
}

/* A table may lack its outer lines, and one that a page break cuts does: where lines ACROSS stand
 * out over the outermost of ALONG, the edge is where they end. */
static void close_edges(struct arena *arena, pdf_rules *along, const pdf_rules *across, double size,
                        bool *first, bool *last) {
  double from, to, low = INFINITY, high = -INFINITY, start, end;
  extent_of(across, &from, &to);
  extent_of(along, &start, &end);
  for (size_t i = 0; i < along->count; i++) {
    low = fmin(low, along->item[i].at);
    high = fmax(high, along->item[i].at);
  }
  *first = from < low - 0.8 * size;
  *last = to > high + 0.8 * size;
  if (*first) *list_add(arena, along) = (struct pdf_rule){from, start, end};
  if (*last) *list_add(arena, along) = (struct pdf_rule){to, start, end};
}

/* True where one of RULES stands at AT and covers more than half of what is between FROM and TO. */
static bool is_ruled(const pdf_rules *rules, double at, double from, double to, double same) {
  double covered = 0;
  for (size_t i = 0; i < rules->count; i++) {
    const struct pdf_rule *rule = &rules->item[i];
    if (fabs(rule->at - at) > same) continue;
    covered += fmax(0, fmin(rule->to, to) - fmax(rule->from, from));
  }
  return covered > 0.5 * (to - from);
}

struct slots {
  size_t rows, columns;
  bool *right, *below; /* of each slot: a line closes it there */
  size_t *cell;        /* of each slot: the number of its cell, from 1 */
};

static void find_separators(const struct frame *frame, struct slots *slots, double same) {
  const double *x = frame->x.item, *y = frame->y.item;
  for (size_t i = 0; i < slots->rows; i++)
    for (size_t j = 0; j < slots->columns; j++) {
      size_t slot = i * slots->columns + j;
      slots->right[slot] =
          j + 1 == slots->columns || is_ruled(&frame->vertical, x[j + 1], y[i], y[i + 1], same);
      slots->below[slot] =
          i + 1 == slots->rows || is_ruled(&frame->horizontal, y[i + 1], x[j], x[j + 1], same);
    }
}

/* True where row ROW from column FROM to column TO belongs to the cell above it. */
static bool goes_on_below(const struct slots *slots, size_t row, size_t from, size_t to) {
  for (size_t j = from; j <= to; j++) {
    size_t slot = row * slots->columns + j;
    if (slots->below[slot - slots->columns] || slots->cell[slot]) return false;
    if (j < to && slots->right[slot]) return false;
  }
  return slots->right[row * slots->columns + to];
}

static struct pdf_cell cell_from(const struct slots *slots, size_t row, size_t column) {
  size_t end = column, last = row;
  while (!slots->right[row * slots->columns + end] && end + 1 < slots->columns &&
         !slots->cell[row * slots->columns + end + 1])
    end++;
  while (last + 1 < slots->rows && goes_on_below(slots, last + 1, column, end)) last++;
  return (struct pdf_cell){row, column, last - row + 1, end - column + 1, {.text = ""}};
}

typedef LIST_OF(struct pdf_cell) pdf_cells;

/* Every slot belongs to one cell, and a cell is always a box. */
static pdf_cells find_cells(struct arena *arena, struct slots *slots) {
  pdf_cells cells = {0};
  for (size_t i = 0; i < slots->rows; i++)
    for (size_t j = 0; j < slots->columns; j++) {
      if (slots->cell[i * slots->columns + j]) continue;
      struct pdf_cell cell = cell_from(slots, i, j);
      *list_add(arena, &cells) = cell;
      for (size_t r = i; r < i + cell.rows; r++)
        for (size_t c = j; c < j + cell.columns; c++)
          slots->cell[r * slots->columns + c] = cells.count;
    }
  return cells;
}

/* ---- text in cells ---- */

/* The slot that VALUE falls into; the number of slots where it falls into none. */
static size_t slot_of(const positions *lines, double value) {
  size_t slots = lines->count - 1;
  if (value < lines->item[0]) return slots;
  for (size_t i = 0; i < slots; i++)
    if (value < lines->item[i + 1]) return i;
  return slots;
}

/* The cell that a character stands in, from 1; 0 where it stands in none. */
static size_t cell_of(const struct frame *frame, const struct slots *slots,
                      const struct pdf_char *mark) {
  size_t row = slot_of(&frame->y, (mark->y0 + mark->y1) / 2);
  size_t column = slot_of(&frame->x, mark->anchor);
  if (row == slots->rows || column == slots->columns) return 0;
  return slots->cell[row * slots->columns + column];
}

static bool is_off_page(const struct frame *frame, const struct pdf_cell *cell) {
  return (frame->runs_off_left && cell->column == 0) ||
         (frame->runs_off_right && cell->column + cell->columns == frame->x.count - 1);
}

/* What else the cell holds, if anything, nobody sees: U+FFFD says so. */
static const char *with_unknown(struct arena *arena, const char *text) {
  return strstr(text, "\xEF\xBF\xBD") ? text : arena_format(arena, "%s\xEF\xBF\xBD", text);
}

/* True where nothing stands above, but for a running head. */
static bool is_at_top(const struct frame *frame, const struct pdf_marks *marks) {
  const double margin = 0.12 * marks->height;
  for (size_t i = 0; i < marks->chars.count; i++) {
    const struct pdf_char *mark = &marks->chars.item[i];
    if (!text_is_space(mark->character) && mark->baseline > margin &&
        mark->baseline < frame->y.item[0])
      return false;
  }
  return true;
}

/* The characters of each of CELLS; those of no cell are KEPT. */
static pdf_chars *chars_of(const struct frame *frame, const struct slots *slots,
                           const pdf_cells *cells, const struct pdf_marks *marks, pdf_chars *kept) {
  pdf_chars *of = arena_array(frame->arena, cells->count + 1, sizeof *of);
  for (size_t i = 0; i < marks->chars.count; i++) {
    size_t cell = cell_of(frame, slots, &marks->chars.item[i]);
    pdf_chars *into = cell ? &of[cell - 1] : kept;
    *list_add(frame->arena, into) = marks->chars.item[i];
  }
  return of;
}

/* True where most rows are blank and no row above them names columns: bars and axes. */
static bool is_drawing(const struct slots *slots, const pdf_cells *cells) {
  size_t filled_rows = 0, most = 0;
  for (size_t i = 0, end; i < cells->count; i = end) {
    size_t filled = 0;
    for (end = i; end < cells->count && cells->item[end].row == cells->item[i].row; end++)
      filled += *cells->item[end].text.text != '\0';
    filled_rows += filled > 0;
    most = filled > most ? filled : most;
  }
  return slots->rows >= 4 && 2 * filled_rows < slots->rows && 2 * most < slots->columns;
}

/* Gives each cell its text, and takes the characters out of MARKS. False where there are too few
 * cells with text for a table. */
static bool fill_cells(const struct frame *frame, const struct slots *slots, pdf_cells *cells,
                       struct pdf_marks *marks) {
  pdf_chars kept = {0}, *of = chars_of(frame, slots, cells, marks, &kept);
  size_t filled = 0;
  for (size_t i = 0; i < cells->count; i++) {
    struct pdf_cell *cell = &cells->item[i];
    double width = frame->x.item[cell->column + cell->columns] - frame->x.item[cell->column];
    cell->text = pdf_cell_text(frame->arena, of[i].item, of[i].count, width);
    if (*cell->text.text) filled++;
    if (is_off_page(frame, cell)) cell->text.text = with_unknown(frame->arena, cell->text.text);
  }
  /* the rest of a row that a page break cut has but one */
  size_t least = frame->open_top || is_at_top(frame, marks) ? 1 : 2;
  if (filled < least || is_drawing(slots, cells)) return false;
  marks->chars = kept;
  return true;
}

/* ---- lines that are not drawn ---- */

static struct pdf_ruled ruled_of(const struct frame *frame, const struct slots *slots,
                                 const pdf_cells *cells, const struct pdf_marks *marks,
                                 double size) {
  pdf_chars kept = {0}, *of = chars_of(frame, slots, cells, marks, &kept);
  const double *x = frame->x.item, *y = frame->y.item;
  struct pdf_ruled_cell *ruled = arena_array(frame->arena, cells->count + 1, sizeof *ruled);
  for (size_t i = 0; i < cells->count; i++) {
    const struct pdf_cell *cell = &cells->item[i];
    ruled[i] = (struct pdf_ruled_cell){cell->row,
                                       cell->column,
                                       cell->rows,
                                       cell->columns,
                                       x[cell->column],
                                       x[cell->column + cell->columns],
                                       y[cell->row],
                                       y[cell->row + cell->rows],
                                       pdf_lines_of(frame->arena, of[i].item, of[i].count)};
  }
  return (struct pdf_ruled){frame->arena, size, x, y, ruled, cells->count};
}

static pdf_cells divide(struct frame *frame, double size, struct slots *slots) {
  /* the borders of two neighbours may be double each: nothing narrower than half a character is a
   * column or a row */
  const double same = 0.3 * size, narrowest = 0.5 * size;
  frame->x = places_of(frame->arena, &frame->vertical, narrowest);
  frame->y = places_of(frame->arena, &frame->horizontal, narrowest);
  if (frame->x.count < 3 || frame->y.count < 2) return (pdf_cells){0};
  *slots = (struct slots){.rows = frame->y.count - 1, .columns = frame->x.count - 1};
  size_t count = slots->rows * slots->columns;
  slots->right = arena_array(frame->arena, count, sizeof *slots->right);
  slots->below = arena_array(frame->arena, count, sizeof *slots->below);
  slots->cell = arena_array(frame->arena, count, sizeof *slots->cell);
  find_separators(frame, slots, same);
  return find_cells(frame->arena, slots);
}

/* The cells between the lines that are drawn and those that the text tells. */
static pdf_cells divide_all(struct frame *frame, const struct pdf_marks *marks, double size,
                            struct slots *slots) {
  pdf_cells cells = divide(frame, size, slots);
  struct pdf_ruled ruled = {0};
  for (int step = 0; step < 4 && cells.count >= 2; step++) {
    if (!ruled.cell) ruled = ruled_of(frame, slots, &cells, marks, size);
    bool more = step == 0   ? pdf_infer_known_columns(&ruled, &frame->vertical)
                : step == 1 ? pdf_infer_columns(&ruled, &frame->vertical)
                : step == 2 ? pdf_infer_known_rows(&ruled, &frame->horizontal)
                            : pdf_infer_rows(&ruled, &frame->horizontal);
    if (!more) continue;
    cells = divide(frame, size, slots);
    ruled.cell = NULL;
  }
  return cells;
}

/* ---- a grid ---- */

static bool read_frame(struct frame *frame, double size, struct pdf_marks *marks,
                       struct pdf_grid *grid) {
  bool open_left, open_right;
  if (frame->horizontal.count == 0 || frame->vertical.count == 0) return false;
  close_edges(frame->arena, &frame->horizontal, &frame->vertical, size, &frame->open_top,
              &frame->open_bottom);
  close_edges(frame->arena, &frame->vertical, &frame->horizontal, size, &open_left, &open_right);
  struct slots slots;
  pdf_cells cells = divide_all(frame, marks, size, &slots);
  if (cells.count < 2) return false;
  frame->runs_off_left = frame->x.item[0] < 1;
  frame->runs_off_right = frame->x.item[frame->x.count - 1] > marks->width - 1;
  if (!fill_cells(frame, &slots, &cells, marks)) return false;
  *grid = (struct pdf_grid){.x = frame->x.item,
                            .columns = slots.columns,
                            .rows = slots.rows,
                            .top = frame->y.item[0],
                            .bottom = frame->y.item[slots.rows],
                            .open_top = frame->open_top,
                            .open_bottom = frame->open_bottom,
                            .cell = cells.item,
                            .cells = cells.count};
  return true;
}

static double frame_area(const struct frame *frame) {
  double left, right, top, bottom;
  extent_of(&frame->horizontal, &left, &right);
  extent_of(&frame->vertical, &top, &bottom);
  return (right - left) * (bottom - top);
}

static int by_area(const void *a, const void *b) {
  double x = frame_area(a), y = frame_area(b);
  return (x > y) - (x < y);
}

static int by_top(const void *a, const void *b) {
  const struct pdf_grid *x = a, *y = b;
  return (x->top > y->top) - (x->top < y->top);
}

struct frames {
  struct frame *item;
  size_t count;
};

static struct frames find_frames(struct arena *arena, struct rule_groups *groups) {
  size_t n = groups->horizontal.count, all = n + groups->vertical.count;
  struct frames found = {.item = arena_array(arena, all + 1, sizeof *found.item)};
  size_t *frame_of = arena_array(arena, all + 1, sizeof *frame_of);
  for (size_t i = 0; i < all; i++) {
    size_t root = root_of(groups->parent, i);
    if (!frame_of[root]) {
      found.item[found.count].arena = arena;
      frame_of[root] = ++found.count;
    }
    struct frame *frame = found.item + frame_of[root] - 1;
    if (i < n)
      *list_add(arena, &frame->horizontal) = groups->horizontal.item[i];
    else
      *list_add(arena, &frame->vertical) = groups->vertical.item[i - n];
  }
  return found;
}

pdf_grids pdf_grids_take(struct arena *arena, struct pdf_marks *marks, double size) {
  pdf_grids grids = {0};
  if (marks->horizontal.count == 0 || marks->vertical.count == 0 || !(size > 0)) return grids;
  struct rule_groups groups = {.horizontal = joined_rules(arena, &marks->horizontal, size),
                               .vertical = joined_rules(arena, &marks->vertical, size)};
  if (groups.horizontal.count + groups.vertical.count > RULES_AT_MOST) return grids;
  group_rules(arena, &groups, 0.35 * size);
  struct frames found = find_frames(arena, &groups);
  if (found.count == 0) return grids;
  qsort(found.item, found.count, sizeof *found.item, by_area); /* a nested one first */
  for (size_t i = 0; i < found.count; i++) {
    struct pdf_grid grid;
    if (read_frame(&found.item[i], size, marks, &grid)) *list_add(arena, &grids) = grid;
  }
  if (grids.count > 0) qsort(grids.item, grids.count, sizeof *grids.item, by_top);
  return grids;
}
