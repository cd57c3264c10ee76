/* A line is only added where numbers tell it, and where no text crosses it. */
#include "ingest/readers/pdf/infer.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/label.h"
#include "ingest/readers/pdf/segments.h"

/* In ems: how far text may reach over a line; how far baselines of one row may differ; the room at
 * the end of a line that the next piece would have found; the least gap between Latin words. */
static const double OVER = 0.2, SAME_LINE = 0.4, ROOM_LEFT = 0.6, WORD_GAP = 0.2;

/* ---- columns that other rows have ---- */

/* What the text of a cell is to a vertical line at x. */
struct sides {
  bool left, right, crosses, has_number;
};

static struct sides sides_of(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell,
                             double x) {
  struct sides sides = {0};
  const double over = OVER * ruled->size;
  for (size_t i = 0; i < cell->lines.count; i++) {
    pdf_segments segments = pdf_segments_of(ruled->arena, &cell->lines.item[i]);
    for (size_t j = 0; j < segments.count; j++) {
      const struct pdf_segment *segment = &segments.item[j];
      sides.left |= segment->x1 <= x + over;
      sides.right |= segment->x0 >= x - over;
      sides.crosses |= segment->x0 < x - over && segment->x1 > x + over;
      sides.has_number |= segment->is_number;
    }
  }
  return sides;
}

bool pdf_infer_known_columns(const struct pdf_ruled *ruled, pdf_rules *vertical) {
  size_t before = vertical->count;
  for (size_t i = 0; i < ruled->cells; i++) {
    const struct pdf_ruled_cell *cell = &ruled->cell[i];
    if (cell->lines.count == 0) continue;
    for (size_t j = cell->column + 1; j < cell->column + cell->columns; j++) {
      struct sides sides = sides_of(ruled, cell, ruled->x[j]);
      if (!sides.left || !sides.right || sides.crosses || !sides.has_number) continue;
      *list_add(ruled->arena, vertical) = (struct pdf_rule){ruled->x[j], cell->top, cell->bottom};
    }
  }
  return vertical->count > before;
}

/* ---- columns that no line parts ---- */

struct number_column {
  double x0, x1;
  size_t numbers;
};

typedef LIST_OF(struct number_column) number_columns;
typedef LIST_OF(pdf_segments) segment_lines;

/* Nothing but numbers, two and more, perhaps behind a label: the first of them, or the number of
 * segments. */
static size_t first_number(const pdf_segments *segments) {
  size_t first = 0;
  while (first < segments->count && !segments->item[first].is_number) first++;
  for (size_t i = first; i < segments->count; i++)
    if (!segments->item[i].is_number) return segments->count;
  return first <= 1 && segments->count - first >= 2 ? first : segments->count;
}

/* Adds SEGMENT to the column that it stands in, in order from left to right; false where it reaches
 * into two. */
static bool add_number(struct arena *arena, number_columns *columns,
                       const struct pdf_segment *segment) {
  size_t place = 0, hits = 0, hit = 0;
  for (size_t i = 0; i < columns->count; i++) {
    const struct number_column *column = &columns->item[i];
    if (column->x1 < segment->x0) place = i + 1;
    if (column->x1 < segment->x0 || column->x0 > segment->x1) continue;
    hits++, hit = i;
  }
  if (hits > 1) return false;
  if (hits == 1) {
    struct number_column *column = &columns->item[hit];
    column->x0 = fmin(column->x0, segment->x0);
    column->x1 = fmax(column->x1, segment->x1);
    column->numbers++;
    return true;
  }
  list_add(arena, columns);
  for (size_t i = columns->count - 1; i > place; i--) columns->item[i] = columns->item[i - 1];
  columns->item[place] = (struct number_column){segment->x0, segment->x1, 1};
  return true;
}

/* The columns in which the numbers of LINES stand; none where that is not certain. LABELS: where
 * the labels before them end. */
static number_columns find_columns(struct arena *arena, const segment_lines *lines,
                                   double *labels) {
  number_columns columns = {0};
  *labels = -INFINITY;
  for (size_t i = 0; i < lines->count; i++) {
    const pdf_segments *segments = &lines->item[i];
    size_t first = first_number(segments);
    if (first < segments->count && first > 0) *labels = fmax(*labels, segments->item[0].x1);
    for (size_t j = first; j < segments->count; j++)
      if (!add_number(arena, &columns, &segments->item[j])) return (number_columns){0};
  }
  for (size_t i = 0; i < columns.count; i++)
    if (columns.item[i].numbers < 2) return (number_columns){0};
  return columns;
}

/* The widest place between FROM and TO that the fewest segments cross: its middle. */
static double best_place(const segment_lines *lines, double from, double to) {
  double best = (from + to) / 2;
  size_t least = SIZE_MAX;
  for (int step = 1; step < 16; step++) {
    double x = from + (to - from) * (step % 2 ? 16 - step : 16 + step) / 32;
    size_t crossed = 0;
    for (size_t i = 0; i < lines->count; i++)
      for (size_t j = 0; j < lines->item[i].count; j++)
        crossed += lines->item[i].item[j].x0 < x && lines->item[i].item[j].x1 > x;
    if (crossed >= least) continue;
    best = x;
    least = crossed;
  }
  return best;
}

static bool is_alike(const struct pdf_ruled_cell *a, const struct pdf_ruled_cell *b) {
  return a->column == b->column && a->columns == b->columns;
}

/* The lines of all cells that are as wide as CELL. */
static segment_lines lines_alike(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell) {
  segment_lines lines = {0};
  for (size_t i = 0; i < ruled->cells; i++) {
    if (!is_alike(&ruled->cell[i], cell)) continue;
    for (size_t j = 0; j < ruled->cell[i].lines.count; j++)
      *list_add(ruled->arena, &lines) =
          pdf_segments_of(ruled->arena, &ruled->cell[i].lines.item[j]);
  }
  return lines;
}

/* A line at X through all cells as wide as CELL whose text does not cross it. */
static void part_alike(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell, double x,
                       pdf_rules *vertical) {
  for (size_t i = 0; i < ruled->cells; i++) {
    const struct pdf_ruled_cell *other = &ruled->cell[i];
    if (!is_alike(other, cell) || sides_of(ruled, other, x).crosses) continue;
    *list_add(ruled->arena, vertical) = (struct pdf_rule){x, other->top, other->bottom};
  }
}

static void infer_columns_of(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell,
                             pdf_rules *vertical) {
  double labels;
  segment_lines lines = lines_alike(ruled, cell);
  number_columns columns = find_columns(ruled->arena, &lines, &labels);
  if (columns.count < 2 || labels > columns.item[0].x0) return;
  for (size_t i = isfinite(labels) ? 0U : 1U; i < columns.count; i++) {
    double from = i > 0 ? columns.item[i - 1].x1 : labels;
    part_alike(ruled, cell, best_place(&lines, from, columns.item[i].x0), vertical);
  }
}

static bool has_gaps(const struct pdf_ruled_cell *cell) {
  for (size_t i = 0; i < cell->lines.count; i++)
    if (pdf_has_segments(&cell->lines.item[i])) return true;
  return false;
}

bool pdf_infer_columns(const struct pdf_ruled *ruled, pdf_rules *vertical) {
  size_t before = vertical->count;
  for (size_t i = 0; i < ruled->cells; i++) {
    bool is_first = has_gaps(&ruled->cell[i]);
    for (size_t j = 0; j < i && is_first; j++)
      is_first = !is_alike(&ruled->cell[i], &ruled->cell[j]) || !has_gaps(&ruled->cell[j]);
    if (is_first) infer_columns_of(ruled, &ruled->cell[i], vertical);
  }
  return vertical->count > before;
}

/* ---- rows ---- */

/* Nothing but numbers: one a line. */
static bool holds_numbers(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell) {
  for (size_t i = 0; i < cell->lines.count; i++)
    if (!pdf_looks_like_number(pdf_line_text(ruled->arena, &cell->lines.item[i]))) return false;
  return cell->lines.count >= 2;
}

static bool has_line_between(const struct pdf_ruled_cell *cell, double top, double bottom) {
  for (size_t i = 0; i < cell->lines.count; i++)
    if (cell->lines.item[i].baseline > top && cell->lines.item[i].baseline < bottom) return true;
  return false;
}

bool pdf_infer_known_rows(const struct pdf_ruled *ruled, pdf_rules *horizontal) {
  size_t before = horizontal->count;
  for (size_t i = 0; i < ruled->cells; i++) {
    const struct pdf_ruled_cell *cell = &ruled->cell[i];
    size_t end = cell->row + cell->rows;
    if (cell->rows != cell->lines.count || !holds_numbers(ruled, cell)) continue;
    bool all = true;
    for (size_t row = cell->row; row < end && all; row++)
      all = has_line_between(cell, ruled->y[row], ruled->y[row + 1]);
    for (size_t row = cell->row + 1; row < end && all; row++)
      *list_add(ruled->arena, horizontal) =
          (struct pdf_rule){ruled->y[row], cell->left, cell->right};
  }
  return horizontal->count > before;
}

static double first_piece(const struct pdf_line *line) {
  size_t i = 0;
  while (text_is_space(line->mark[i].character)) i++;
  size_t end = i + 1;
  while (end < line->marks && line->mark[end].character < 128 &&
         line->mark[end - 1].character < 128 && !text_is_space(line->mark[end].character) &&
         line->mark[end].x0 - line->mark[end - 1].x1 < WORD_GAP * line->size)
    end++;
  return line->mark[end - 1].x1 - line->mark[i].x0;
}

/* True where a line of CELL is so full that the next one may be its rest. */
static bool may_be_broken(const struct pdf_ruled_cell *cell) {
  for (size_t i = 0; i + 1 < cell->lines.count; i++) {
    const struct pdf_line *line = &cell->lines.item[i];
    double room = cell->right - cell->left - (line->x1 - line->x0);
    if (room < first_piece(line + 1) + ROOM_LEFT * line->size) return true;
  }
  return false;
}

/* The line of CELL that stands on BASELINE, or NULL. */
static const struct pdf_line *line_on(const struct pdf_ruled_cell *cell, double baseline) {
  for (size_t i = 0; i < cell->lines.count; i++) {
    const struct pdf_line *line = &cell->lines.item[i];
    if (fabs(line->baseline - baseline) < SAME_LINE * line->size) return line;
  }
  return NULL;
}

static bool stands_on_lines_of(const struct pdf_ruled_cell *cell,
                               const struct pdf_ruled_cell *other) {
  for (size_t i = 0; i < cell->lines.count; i++)
    if (!line_on(other, cell->lines.item[i].baseline)) return false;
  return true;
}

/* The cell of COUNT whose lines are the rows of all of them, or NULL. */
static const struct pdf_ruled_cell *find_rows(const struct pdf_ruled *ruled,
                                              const struct pdf_ruled_cell *cell, size_t count) {
  const struct pdf_ruled_cell *most = NULL;
  size_t of_numbers = 0;
  for (size_t i = 0; i < count; i++) {
    if (!holds_numbers(ruled, &cell[i])) continue;
    of_numbers++;
    if (!most || cell[i].lines.count > most->lines.count) most = &cell[i];
  }
  if (!most || (of_numbers < 2 && most->lines.count < 3)) return NULL;
  /* the labels tell whether all rows are there: a number may be missing */
  if (cell[0].lines.count > most->lines.count && !may_be_broken(&cell[0])) most = &cell[0];
  for (size_t i = 0; i < count; i++)
    if (may_be_broken(&cell[i]) || !stands_on_lines_of(&cell[i], most)) return NULL;
  return cell[0].lines.count == most->lines.count ? most : NULL;
}

static void part_rows(const struct pdf_ruled *ruled, const struct pdf_ruled_cell *cell,
                      size_t count, pdf_rules *horizontal) {
  const struct pdf_ruled_cell *rows = find_rows(ruled, cell, count);
  if (!rows) return;
  for (size_t i = 1; i < rows->lines.count; i++) {
    const struct pdf_line *above = &rows->lines.item[i - 1], *below = &rows->lines.item[i];
    double y = (above->baseline + below->baseline - 0.6 * below->size) / 2;
    *list_add(ruled->arena, horizontal) = (struct pdf_rule){y, cell[0].left, cell[count - 1].right};
  }
}

bool pdf_infer_rows(const struct pdf_ruled *ruled, pdf_rules *horizontal) {
  size_t before = horizontal->count;
  for (size_t i = 0, end; i < ruled->cells; i = end) {
    bool one_row = true;
    for (end = i; end < ruled->cells && ruled->cell[end].row == ruled->cell[i].row; end++)
      one_row &= ruled->cell[end].rows == 1;
    if (one_row && end - i >= 2) part_rows(ruled, &ruled->cell[i], end - i, horizontal);
  }
  return horizontal->count > before;
}
