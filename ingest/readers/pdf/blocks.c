/* A gutter is a gap that no line of a stretch of lines crosses. Knows positions only. */
#include "ingest/readers/pdf/blocks.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/label.h"

/* In ems: the least gap between two columns; the narrowest column; how far apart lines of one
 * stretch are at most; the distance behind which a line is no more of its column; and how far
 * baselines of two lines beside each other may differ. */
static const double GUTTER = 1.2, NARROWEST = 6, FAR = 6, NEXT_BLOCK = 2.2, BESIDE = 0.9;
/* The part of its column that a full line covers, and how many of a column's lines are full. */
static const double FULL = 0.85, MOSTLY = 0.55;
/* Lines of prose in a column; lines with text on both sides that make a stretch one of columns. */
enum { COLUMN_LINES = 3, PAIRED_LINES = 2, DEEPEST = 3 };

struct span {
  double from, to;
};

struct stretch {
  size_t first, end; /* of the lines */
  struct span gutter;
};

/* One column of a stretch. */
struct side {
  pdf_lines lines;
  double left, right;
};

struct page_lines {
  struct arena *arena;
  const pdf_lines *lines;
  const pdf_grids *grids;
  int depth;
};

static double width_of(struct span span) {
  return span.to - span.from;
}

static struct span wider(struct span a, struct span b) {
  return width_of(b) > width_of(a) ? b : a;
}

static struct span shared(struct span a, double from, double to) {
  return (struct span){fmax(a.from, from), fmin(a.to, to)};
}

/* The widest part of SPAN that LINE has no text in. */
static struct span free_part(const struct pdf_line *line, struct span span) {
  struct span best = wider(shared(span, -INFINITY, line->x0), shared(span, line->x1, INFINITY));
  double end = NAN;
  for (size_t i = 0; i < line->marks; i++) {
    const struct pdf_char *mark = &line->mark[i];
    if (text_is_space(mark->character)) continue;
    if (!isnan(end)) best = wider(best, shared(span, end, mark->x0));
    end = isnan(end) ? mark->x1 : fmax(end, mark->x1);
  }
  return best;
}

/* True where a grid stands between two lines, or beside one of them. */
static bool grid_between(const pdf_grids *grids, const struct pdf_line *above,
                         const struct pdf_line *below) {
  for (size_t i = 0; i < grids->count; i++)
    if (grids->item[i].bottom > above->baseline - above->size &&
        grids->item[i].top < below->baseline)
      return true;
  return false;
}

/* True where two neighbours may be of one stretch. */
static bool may_follow(const struct page_lines *page, size_t above, size_t below) {
  const struct pdf_line *a = &page->lines->item[above], *b = &page->lines->item[below];
  double size = fmax(a->size, b->size);
  return b->baseline - a->baseline < FAR * size && !grid_between(page->grids, a, b);
}

/* The lines before and behind FIRST that GUTTER parts as well. FROM: those above are done. */
static struct stretch extend(const struct page_lines *page, size_t from, size_t first,
                             struct span gutter) {
  const struct pdf_line *line = page->lines->item;
  struct stretch stretch = {first, first + 1, gutter};
  while (stretch.end < page->lines->count && may_follow(page, stretch.end - 1, stretch.end)) {
    struct span part = free_part(&line[stretch.end], stretch.gutter);
    if (width_of(part) < GUTTER * line[stretch.end].size) break;
    stretch.gutter = part;
    stretch.end++;
  }
  while (stretch.first > from && may_follow(page, stretch.first - 1, stretch.first)) {
    struct span part = free_part(&line[stretch.first - 1], stretch.gutter);
    if (width_of(part) < GUTTER * line[stretch.first].size) break;
    stretch.gutter = part;
    stretch.first--;
  }
  return stretch;
}

/* ---- the sides of a gutter ---- */

static struct pdf_line part_of(const struct pdf_line *line, size_t from, size_t to) {
  struct pdf_line part = {.mark = line->mark + from, .marks = to - from};
  bool is_blank = true;
  for (size_t i = from; i < to; i++) {
    const struct pdf_char *mark = &line->mark[i];
    if (text_is_space(mark->character)) continue;
    if (is_blank) part.x0 = mark->x0;
    part.x1 = is_blank ? mark->x1 : fmax(part.x1, mark->x1);
    part.size = fmax(part.size, mark->size);
    part.baseline = mark->baseline;
    is_blank = false;
  }
  if (is_blank) part.marks = 0;
  return part;
}

static void add_to_side(struct arena *arena, struct side *side, struct pdf_line line) {
  if (line.marks == 0) return;
  bool is_first = side->lines.count == 0;
  side->left = is_first ? line.x0 : fmin(side->left, line.x0);
  side->right = is_first ? line.x1 : fmax(side->right, line.x1);
  *list_add(arena, &side->lines) = line;
}

/* How many lines have text on both sides. */
static size_t part_lines(const struct page_lines *page, const struct stretch *stretch,
                         struct side *left, struct side *right) {
  double middle = (stretch->gutter.from + stretch->gutter.to) / 2;
  size_t paired = 0;
  for (size_t i = stretch->first; i < stretch->end; i++) {
    const struct pdf_line *line = &page->lines->item[i];
    size_t cut = 0;
    while (cut < line->marks && line->mark[cut].x0 < middle) cut++;
    struct pdf_line before = part_of(line, 0, cut), behind = part_of(line, cut, line->marks);
    add_to_side(page->arena, left, before);
    add_to_side(page->arena, right, behind);
    paired += before.marks > 0 && behind.marks > 0;
  }
  return paired;
}

static bool is_full(const struct side *side, const struct pdf_line *line) {
  return line->x1 > side->right - (1 - FULL) * (side->right - side->left);
}

static bool is_prose(const struct side *side) {
  size_t full = 0;
  for (size_t i = 0; i < side->lines.count; i++) full += is_full(side, &side->lines.item[i]);
  return side->lines.count >= COLUMN_LINES && (double)full > MOSTLY * (double)side->lines.count;
}

/* True where both columns begin on one line with a heading of their own: they are compared, and
 * the right one does not go on with the left one. */
static bool are_compared(const struct side *left, const struct side *right) {
  const struct pdf_line *a = &left->lines.item[0], *b = &right->lines.item[0];
  return fabs(a->baseline - b->baseline) < BESIDE * fmax(a->size, b->size) && !is_full(left, a) &&
         !is_full(right, b);
}

static bool is_wide(const struct side *side, double size) {
  return side->right - side->left >= NARROWEST * size;
}

/* ---- stretches ---- */

/* What is far below the others in the left column only is not beside anything. */
static void trim(const struct page_lines *page, struct stretch *stretch) {
  const struct pdf_line *line = page->lines->item;
  size_t end = stretch->end;
  while (end > stretch->first && line[end - 1].x1 < stretch->gutter.to) {
    double distance =
        end - 1 > stretch->first ? line[end - 1].baseline - line[end - 2].baseline : 0;
    end--;
    if (distance > NEXT_BLOCK * line[end].size) stretch->end = end;
  }
}

/* The gap at line AT whose stretch is the longest; one without lines where there is no gap. */
static struct stretch stretch_at(const struct page_lines *page, size_t from, size_t at) {
  const struct pdf_line *line = &page->lines->item[at];
  struct stretch best = {at, at, {0, 0}};
  double end = NAN;
  for (size_t i = 0; i < line->marks; i++) {
    const struct pdf_char *mark = &line->mark[i];
    if (text_is_space(mark->character)) continue;
    if (!isnan(end) && mark->x0 - end >= GUTTER * line->size) {
      struct stretch found = extend(page, from, at, (struct span){end, mark->x0});
      if (found.end - found.first > best.end - best.first) best = found;
    }
    end = isnan(end) ? mark->x1 : fmax(end, mark->x1);
  }
  if (best.end > best.first || at + 1 == page->lines->count) return best;
  const struct pdf_line *next = line + 1;
  bool beside =
      next->baseline - line->baseline < BESIDE * line->size && may_follow(page, at, at + 1);
  struct span between = wider((struct span){line->x1, next->x0}, (struct span){next->x1, line->x0});
  if (beside && width_of(between) >= GUTTER * line->size) best = extend(page, from, at, between);
  return best;
}

static pdf_lines order(const struct page_lines *page);

static pdf_lines order_side(const struct page_lines *page, const struct side *side) {
  const struct page_lines inner = {page->arena, &side->lines, page->grids, page->depth + 1};
  return order(&inner);
}

static void add_column(const struct page_lines *page, pdf_lines *ordered, const struct side *side,
                       const pdf_lines *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    struct pdf_line line = lines->item[i];
    if (!line.in_column) {
      line.in_column = true;
      line.column_left = side->left;
      line.column_right = side->right;
    }
    *list_add(page->arena, ordered) = line;
  }
}

static void add_lines(const struct page_lines *page, pdf_lines *ordered, size_t from, size_t to,
                      bool uncertain) {
  for (size_t i = from; i < to; i++) {
    struct pdf_line line = page->lines->item[i];
    line.uncertain |= uncertain;
    *list_add(page->arena, ordered) = line;
  }
}

/* Columns inside a column whose order is not certain make that of all uncertain. */
static bool begins_uncertain(const pdf_lines *lines) {
  return lines->count > 0 && lines->item[0].uncertain;
}

/* Adds the lines of STRETCH, and those from DONE on before it; false where there are no columns. */
static bool add_stretch(const struct page_lines *page, struct stretch *stretch, size_t done,
                        pdf_lines *ordered) {
  struct side left = {0}, right = {0};
  trim(page, stretch);
  size_t paired = part_lines(page, stretch, &left, &right);
  double size = page->lines->item[stretch->first].size;
  if (left.lines.count == 0 || right.lines.count == 0) return false;
  if (!is_wide(&left, size) || !is_wide(&right, size)) return false;
  bool prose = is_prose(&left) && is_prose(&right);
  if (!prose && paired < PAIRED_LINES) return false;
  add_lines(page, ordered, done, stretch->first, false);
  pdf_lines first = order_side(page, &left), second = order_side(page, &right);
  if (prose && !are_compared(&left, &right) && !begins_uncertain(&first) &&
      !begins_uncertain(&second)) {
    add_column(page, ordered, &left, &first);
    add_column(page, ordered, &right, &second);
  } else {
    add_lines(page, ordered, stretch->first, stretch->end, true);
  }
  return true;
}

static pdf_lines order(const struct page_lines *page) {
  pdf_lines ordered = {0};
  size_t done = 0;
  for (size_t i = 0; i < page->lines->count && page->depth < DEEPEST;) {
    struct stretch stretch = stretch_at(page, done, i);
    bool found = stretch.end > stretch.first && add_stretch(page, &stretch, done, &ordered);
    i = found ? stretch.end : i + 1;
    done = found ? stretch.end : done;
  }
  add_lines(page, &ordered, done, page->lines->count, false);
  return ordered;
}

pdf_lines pdf_blocks_order(struct arena *arena, const pdf_lines *lines, const pdf_grids *grids) {
  pdf_lines kept = {0};
  for (size_t i = 0; i < lines->count; i++)
    if (lines->item[i].marks > 0) *list_add(arena, &kept) = lines->item[i];
  const struct page_lines page = {arena, &kept, grids, 0};
  return order(&page);
}
