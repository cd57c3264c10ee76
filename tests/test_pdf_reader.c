/* PDF files as the neutral shape: small ones drawn by the test, and the real one where it is here.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/pdf/pdf.h"
#include "tests/reports.h"

/* ---- a writer of small PDF files: points from the upper left corner ---- */

enum { PAGES_AT_MOST = 8, PAGE_WIDTH = 400, PAGE_HEIGHT = 400 };

struct drawing {
  struct arena *arena;
  char *page[PAGES_AT_MOST];
  size_t pages;
  size_t claimed_pages;     /* by the file, where that is another number */
  const char *page_entries; /* added to each page's dictionary */
  const char *trailer;      /* added to the trailer */
  const char *objects;      /* objects 4 and up to 9, numbered by hand */
};

static struct drawing *new_drawing(struct arena *arena) {
  struct drawing *drawing = arena_alloc(arena, sizeof *drawing);
  *drawing = (struct drawing){
      .arena = arena, .page = {""}, .pages = 1, .page_entries = "", .trailer = "", .objects = ""};
  return drawing;
}

static void draw(struct drawing *drawing, const char *operators) {
  char **page = &drawing->page[drawing->pages - 1];
  *page = arena_format(drawing->arena, "%s%s\n", *page, operators);
}

static void next_page(struct drawing *drawing) {
  assert_true(drawing->pages < PAGES_AT_MOST);
  drawing->page[drawing->pages++] = arena_text(drawing->arena, "");
}

/* TEXT in ten points, its baseline at Y. */
static void write_at(struct drawing *drawing, double x, double y, const char *text) {
  draw(drawing,
       arena_format(drawing->arena, "BT /F 10 Tf %g %g Td (%s) Tj ET", x, PAGE_HEIGHT - y, text));
}

static void line(struct drawing *drawing, double x0, double y0, double x1, double y1) {
  draw(drawing, arena_format(drawing->arena, "%g %g m %g %g l S", x0, PAGE_HEIGHT - y0, x1,
                             PAGE_HEIGHT - y1));
}

static void box(struct drawing *drawing, double x0, double y0, double x1, double y1) {
  draw(drawing,
       arena_format(drawing->arena, "%g %g %g %g re f", x0, PAGE_HEIGHT - y1, x1 - x0, y1 - y0));
}

/* The lines of a grid: COLUMNS of 60 points from x = 50 on, ROWS of 20 points from Y on. */
static void lines_of_grid(struct drawing *drawing, size_t columns, size_t rows, double y) {
  double right = 50 + 60 * (double)columns, bottom = y + 20 * (double)rows;
  for (size_t i = 0; i <= rows; i++)
    line(drawing, 50, y + 20 * (double)i, right, y + 20 * (double)i);
  for (size_t i = 0; i <= columns; i++)
    line(drawing, 50 + 60 * (double)i, y, 50 + 60 * (double)i, bottom);
}

/* TEXT in slot (ROW, COLUMN) of such a grid. */
static void fill(struct drawing *drawing, double y, size_t row, size_t column, const char *text) {
  write_at(drawing, 55 + 60 * (double)column, y + 14 + 20 * (double)row, text);
}

/* The file, without a table of objects: MuPDF finds them itself. */
static struct source file_of(const struct drawing *drawing) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  fputs("%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        "3 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Courier>> endobj\n",
        file);
  fputs(drawing->objects, file);
  fprintf(file, "2 0 obj <</Type /Pages /Count %zu /Kids [",
          drawing->claimed_pages ? drawing->claimed_pages : drawing->pages);
  for (size_t i = 0; i < drawing->pages; i++) fprintf(file, "%zu 0 R ", 10 + 2 * i);
  fputs("]>> endobj\n", file);
  for (size_t i = 0; i < drawing->pages; i++)
    fprintf(file,
            "%zu 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %zu 0 R "
            "/Resources <</Font <</F 3 0 R /G 4 0 R>> /XObject <</I 5 0 R>>>> %s>> endobj\n"
            "%zu 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n",
            10 + 2 * i, PAGE_WIDTH, PAGE_HEIGHT, 11 + 2 * i, drawing->page_entries, 11 + 2 * i,
            strlen(drawing->page[i]) + 1, drawing->page[i]);
  fprintf(file, "trailer <</Root 1 0 R %s>>\n%%%%EOF\n", drawing->trailer);
  fclose(file);
  struct source source = {.path = "test.pdf", .format = FORMAT_PDF};
  source.bytes = arena_bytes(drawing->arena, bytes, size);
  source.size = size;
  free(bytes);
  return source;
}

/* The dump of the document that the file gives, or its reason. */
static const char *dump_of(struct arena *arena, const struct source *source) {
  struct document document = {.arena = arena};
  struct failure failure = {""};
  const char *reason = pdf_reader(&document, source, &failure);
  if (reason) {
    assert_true(*failure.text);
    return reason;
  }
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  document_dump(&document, file);
  fclose(file);
  char *copy = arena_text(arena, bytes);
  free(bytes);
  return copy;
}

static void check(const struct drawing *drawing, const char *expected) {
  struct source source = file_of(drawing);
  assert_string_equal(dump_of(drawing->arena, &source), expected);
}

static struct drawing *drawing_in(void **state) {
  struct scratch *scratch = *state;
  return new_drawing(scratch->arena);
}

/* ---- grids ---- */

static const char two_by_two[] = "page 1, table 1: 2 rows\n  row 1: [a] [b]\n  row 2: [c] [4]\n";

static void fill_two_by_two(struct drawing *drawing) {
  fill(drawing, 50, 0, 0, "a");
  fill(drawing, 50, 0, 1, "b");
  fill(drawing, 50, 1, 0, "c");
  fill(drawing, 50, 1, 1, "4");
}

static void ruling_lines_make_a_grid(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  check(drawing, two_by_two);
}

static void lines_may_be_thin_boxes_double_dashed_or_in_pieces(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i <= 2; i++) { /* boxes from cell to cell; double and dashed ones across */
    box(drawing, 50, 50 + 20 * i, 110, 50.5 + 20 * i);
    box(drawing, 110.3, 50.2 + 20 * i, 170, 50.7 + 20 * i);
    line(drawing, 50 + 60 * i, 50, 50 + 60 * i, 90);
    line(drawing, 51.5 + 60 * i, 50, 51.5 + 60 * i, 90);
    for (int y = 50; y < 90; y += 4) line(drawing, 50 + 60 * i, y, 50 + 60 * i, y + 2);
  }
  fill_two_by_two(drawing);
  check(drawing, two_by_two);
}

static void backgrounds_and_underlines_are_no_lines(void **state) {
  struct drawing *drawing = drawing_in(state);
  draw(drawing, "0.8 g");
  box(drawing, 50, 50, 170, 60);
  draw(drawing, "0 g");
  lines_of_grid(drawing, 2, 2, 50);
  line(drawing, 56, 66, 62, 66);
  fill_two_by_two(drawing);
  check(drawing, two_by_two);
}

static void a_missing_piece_of_a_line_merges_two_cells(void **state) {
  struct drawing *drawing = drawing_in(state);
  line(drawing, 50, 50, 230, 50);
  line(drawing, 110, 70, 230, 70); /* not under the first column */
  line(drawing, 50, 90, 230, 90);
  line(drawing, 50, 50, 50, 90);
  line(drawing, 110, 50, 110, 90);
  line(drawing, 170, 70, 170, 90); /* only in the second row */
  line(drawing, 230, 50, 230, 90);
  fill(drawing, 50, 0, 0, "a");
  fill(drawing, 50, 0, 1, "b");
  fill(drawing, 50, 1, 1, "1");
  fill(drawing, 50, 1, 2, "2");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [a] [b]x2\n  row 2: [ ] [1] [2]\n");
  struct source source = file_of(drawing);
  struct document document = {.arena = drawing->arena};
  struct failure failure;
  assert_null(pdf_reader(&document, &source, &failure));
  const struct grid *grid = &document.blocks.item[0].grid;
  assert_int_equal(grid->row[1].cell[0].column, 1);
  assert_int_equal(grid->row[1].cell[1].column, 2);
  assert_int_equal(grid->row[1].page, 1);
}

static void blank_cells_stay_blank_in_their_own_column(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 3, 2, 50);
  fill(drawing, 50, 0, 1, "x");
  fill(drawing, 50, 1, 2, "7");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [] [x] []\n  row 2: [] [] [7]\n");
}

static void wrapped_labels_and_numbers_are_joined_without_blank(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 1, 50);
  line(drawing, 50, 90, 170, 90);
  line(drawing, 50, 70, 50, 90);
  line(drawing, 110, 70, 110, 90);
  line(drawing, 170, 70, 170, 90);
  write_at(drawing, 55, 79, "ab-");
  write_at(drawing, 55, 88, "cd");
  write_at(drawing, 113, 79, "123456789");
  write_at(drawing, 113, 88, "01");
  fill(drawing, 50, 0, 0, "x");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [x] []\n  row 2: [ab-cd] [12345678901]\n");
}

static void two_numbers_in_one_cell_do_not_become_one(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 1, 50);
  fill(drawing, 50, 0, 0, "x");
  write_at(drawing, 112, 64, "10");
  write_at(drawing, 150, 64, "1");
  check(drawing, "page 1, table 1: 1 rows\n  row 1: [x] [10 | 1]\n");
}

static void a_number_printed_over_another_does_not_join_it(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill(drawing, 50, 0, 0, "x");
  write_at(drawing, 112, 64, "8");
  write_at(drawing, 118, 61, "2022");
  fill(drawing, 50, 1, 0, "y");
  write_at(drawing, 112, 84, "16");
  write_at(drawing, 121, 84, "2022"); /* begins inside of the 6 */
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [x] [8 | 2022]\n  row 2: [y] [16 | 2022]\n");
}

static void a_number_wider_than_its_cell_stays_whole(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 3, 1, 50);
  fill(drawing, 50, 0, 0, "x");
  write_at(drawing, 105, 64, "104367.11882"); /* 72 points in a cell of 60 */
  fill(drawing, 50, 0, 2, " 5");
  check(drawing, "page 1, table 1: 1 rows\n  row 1: [x] [104367.11882] [5]\n");
}

static void outer_lines_may_be_missing(void **state) {
  struct drawing *drawing = drawing_in(state);
  line(drawing, 110, 50, 110, 90);
  line(drawing, 50, 70, 170, 70);
  line(drawing, 50, 50, 170, 50);
  line(drawing, 50, 90, 170, 90);
  fill_two_by_two(drawing);
  check(drawing, two_by_two);
}

static void text_drawn_twice_to_look_bold_stands_once(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  draw(drawing, "2 Tr");
  fill(drawing, 50, 1, 1, "4");
  write_at(drawing, 115.3, 84, "4");
  check(drawing, two_by_two);
}

static void a_frame_around_text_is_no_grid(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 1, 1, 50);
  fill(drawing, 50, 0, 0, "a");
  check(drawing, "page 1, paragraph 1: a\n");
}

static void turned_pages_are_read_upright(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  drawing->page_entries = "/Rotate 90";
  check(drawing, two_by_two);
  /* the same, but drawn on its side */
  drawing->page_entries = "";
  drawing->page[0] =
      arena_format(drawing->arena, "0 1 -1 0 %d 0 cm %s", PAGE_HEIGHT, drawing->page[0]);
  check(drawing, two_by_two);
}

static void what_is_cropped_or_clipped_away_is_not_there(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  write_at(drawing, 350, 390, "outside");
  draw(drawing, "q 0 0 10 10 re W n");
  write_at(drawing, 200, 200, "clipped");
  draw(drawing, "Q");
  drawing->page_entries = "/CropBox [20 200 300 380]";
  check(drawing, two_by_two);
}

static void what_runs_off_the_page_is_unknown(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i <= 2; i++) line(drawing, 290, 50 + 20 * i, 450, 50 + 20 * i);
  for (int i = 0; i <= 2; i++) line(drawing, 290 + 80 * i, 50, 290 + 80 * i, 90);
  write_at(drawing, 300, 64, "a");
  write_at(drawing, 380, 64, "12345");
  write_at(drawing, 300, 84, "b");
  write_at(drawing, 410, 84, "6");
  write_at(drawing, 370, 110, "and 1234567");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [a] [123\xEF\xBF\xBD]\n"
                 "  row 2: [b] [\xEF\xBF\xBD]\npage 1, paragraph 1: and 1\xEF\xBF\xBD\n");
}

static void text_drawn_in_strips_is_whole(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 2; i++) {
    draw(drawing, i == 0 ? "q 0 0 64 400 re W n" : "q 64 0 336 400 re W n");
    write_at(drawing, 50, 64, "12345");
    draw(drawing, "Q");
  }
  check(drawing, "page 1, paragraph 1: 12345\n");
}

/* ---- lines that a ruled table does without ---- */

static void columns_that_only_the_heading_has_part_the_rows_below(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 3, 1, 50);
  for (int i = 1; i <= 3; i++) line(drawing, 50, 50 + 20 * i, 230, 50 + 20 * i);
  line(drawing, 50, 50, 50, 110);
  line(drawing, 230, 50, 230, 110);
  for (size_t i = 0; i < 3; i++) fill(drawing, 50, 0, i, "head");
  for (size_t i = 0; i < 3; i++) fill(drawing, 50, 1, i, i == 0 ? "name" : "12");
  fill(drawing, 50, 2, 0, "over two columns");
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head] [head]\n"
                 "  row 2: [name] [12] [12]\n  row 3: [over two columns]x3\n");
}

/* A grid of three columns whose one row is 80 points high, with COUNT lines in each cell. */
static void fill_tall_row(struct drawing *drawing, const char *const *text, size_t count) {
  for (int i = 0; i <= 3; i++) line(drawing, 50 + 60 * i, 50, 50 + 60 * i, 130);
  line(drawing, 50, 50, 230, 50);
  line(drawing, 50, 130, 230, 130);
  for (size_t i = 0; i < 3 * count; i++)
    write_at(drawing, 55 + 60 * (double)(i % 3), 65 + 15 * floor((double)i / 3), text[i]);
}

static void numbers_on_the_baselines_of_their_labels_are_rows(void **state) {
  static const char *const text[] = {"ab", "1", "10", "cd", "2", "20", "ef", "", "30"};
  struct drawing *drawing = drawing_in(state);
  fill_tall_row(drawing, text, 3);
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [ab] [1] [10]\n  row 2: [cd] [2] [20]\n"
                 "  row 3: [ef] [] [30]\n");
}

static void lines_that_may_go_on_in_the_next_one_are_no_rows(void **state) {
  static const char *const label[] = {"abcdefgh", "1", "10", "cdef", "2", "20"};
  static const char *const number[] = {"ab", "123456789", "234567890", "cd", "3", "4"};
  struct drawing *drawing = drawing_in(state);
  fill_tall_row(drawing, label, 2);
  check(drawing, "page 1, table 1: 1 rows\n  row 1: [abcdefghcdef] [1 | 2] [10 | 20]\n");
  drawing = drawing_in(state);
  fill_tall_row(drawing, number, 2);
  check(drawing, "page 1, table 1: 1 rows\n  row 1: [abcd] [1234567893] [2345678904]\n");
}

static void a_number_in_each_row_that_a_cell_spans_is_a_cell_of_its_own(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 1, 2, 50);
  line(drawing, 110, 50, 170, 50);
  line(drawing, 110, 90, 170, 90);
  line(drawing, 170, 50, 170, 90);
  fill(drawing, 50, 0, 0, "a");
  fill(drawing, 50, 1, 0, "b");
  fill(drawing, 50, 0, 1, "1");
  fill(drawing, 50, 1, 1, "2");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [a] [1]\n  row 2: [b] [2]\n");
}

static void columns_of_numbers_need_no_lines_between_them(void **state) {
  static const char *const text[] = {"", "low", "high", "a", "12", "345", "b", "6", "78"};
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 4; i++) line(drawing, 50, 50 + 20 * i, 300, 50 + 20 * i);
  line(drawing, 110, 50, 110, 110);
  for (int i = 0; i < 9; i++)
    write_at(drawing, 55.0 + 80 * (i % 3), 64 + 20 * floor(i / 3.0), text[i]);
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [] [low] [high]\n  row 2: [a] [12] [345]\n"
                 "  row 3: [b] [6] [78]\n");
}

static void bars_and_axes_are_no_table(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 4, 5, 50);
  fill(drawing, 50, 2, 1, "30.5");
  fill(drawing, 50, 4, 1, "20.5");
  check(drawing, "page 1, paragraph 1: 30.5\npage 1, paragraph 2: 20.5\n");
}

/* ---- tables without lines ---- */

/* A row of a label and three numbers; BLANK is the one that is left out, from 0. */
static void write_row(struct drawing *drawing, double y, const char *label, int blank) {
  static const char *const numbers[] = {"1", "22", "333"};
  write_at(drawing, 50, y, label);
  for (int i = 0; i < 3; i++)
    if (i != blank) write_at(drawing, 150 + 60 * i, y, numbers[i]);
}

static void numbers_under_headings_make_a_grid_without_lines(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 3; i++) {
    write_at(drawing, 145 + 60 * i, 50, "top-");
    write_at(drawing, 145 + 60 * i, 62, "low");
  }
  write_row(drawing, 80, "a", 3);
  write_row(drawing, 95, "b", 1);
  write_at(drawing, 50, 150, "text");
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [] [top-low] [top-low] [top-low]\n"
                 "  row 2: [a] [1] [22] [333]\n  row 3: [b] [1] [] [333]\n"
                 "page 1, paragraph 1: text\n");
}

/* HEADINGS at 150, 200 and 250 over two rows of short numbers that begin there. */
static void write_flush(struct drawing *drawing, const char *const *headings) {
  for (int i = 0; i < 3; i++) write_at(drawing, 150 + 50 * i, 50, headings[i]);
  for (int row = 0; row < 2; row++) {
    write_at(drawing, 50, 70 + 15 * row, row == 0 ? "first" : "other");
    for (int i = 0; i < 3; i++)
      write_at(drawing, 150 + 50 * i, 70 + 15 * row,
               arena_format(drawing->arena, "%d", 1 + 3 * row + i));
  }
}

static void a_heading_that_begins_with_its_numbers_may_be_wider(void **state) {
  static const char *const headings[] = {"abcdef", "ghi", "jkl"}; /* 36 points over 6 */
  struct drawing *drawing = drawing_in(state);
  write_flush(drawing, headings);
  check(drawing, "page 1, table 1: 3 rows\n"
                 "  row 1: [] [abcdef] [ghi] [jkl]\n"
                 "  row 2: [first] [1] [2] [3]\n"
                 "  row 3: [other] [4] [5] [6]\n");
}

static void a_heading_over_the_numbers_of_two_columns_is_of_neither(void **state) {
  static const char *const headings[] = {"abcdefghi", "", "jkl"}; /* 54 points */
  struct drawing *drawing = drawing_in(state);
  write_flush(drawing, headings);
  check(drawing, "page 1, paragraph 1: abcdefghi jkl\n"
                 "page 1, paragraph 2: first 1 2 3\n"
                 "page 1, paragraph 3: other 4 5 6\n");
}

static void numbers_without_headings_stay_text(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_row(drawing, 80, "a", 3);
  write_row(drawing, 95, "b", 3);
  check(drawing, "page 1, paragraph 1: a 1 22 333\npage 1, paragraph 2: b 1 22 333\n");
}

static void numbers_between_columns_end_the_grid(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 3; i++) write_at(drawing, 145 + 60 * i, 62, "low");
  write_row(drawing, 80, "a", 3);
  write_at(drawing, 50, 95, "b");
  for (int i = 0; i < 3; i++) write_at(drawing, 180 + 60 * i, 95, "7");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [] [low] [low] [low]\n"
                 "  row 2: [a] [1] [22] [333]\npage 1, paragraph 1: b 7 7 7\n");
}

/* ---- tables over pages ---- */

static void a_table_goes_on_on_the_next_page(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_at(drawing, 50, 30, "head 1");
  lines_of_grid(drawing, 3, 2, 300);
  fill(drawing, 300, 0, 1, "x");
  fill(drawing, 300, 1, 0, "a");
  fill(drawing, 300, 1, 1, "1");
  write_at(drawing, 190, 390, "- 1 -");
  next_page(drawing);
  write_at(drawing, 50, 30, "head 2");
  line(drawing, 50, 50, 230, 50); /* without the line of the third column */
  line(drawing, 50, 70, 230, 70);
  line(drawing, 50, 50, 50, 70);
  line(drawing, 110, 50, 110, 70);
  line(drawing, 230, 50, 230, 70);
  fill(drawing, 50, 0, 0, "b");
  fill(drawing, 50, 0, 1, "2");
  write_at(drawing, 190, 390, "- 2 -");
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [] [x] []\n  row 2: [a] [1] []\n"
                 "  row 3: [b] [2]x2\n");
  struct source source = file_of(drawing);
  struct document document = {.arena = drawing->arena};
  struct failure failure;
  assert_null(pdf_reader(&document, &source, &failure));
  assert_int_equal(document.blocks.item[0].grid.row[1].page, 1);
  assert_int_equal(document.blocks.item[0].grid.row[2].page, 2);
}

static void a_table_of_other_columns_is_another_table(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  next_page(drawing);
  lines_of_grid(drawing, 3, 1, 50);
  fill(drawing, 50, 0, 0, "x");
  fill(drawing, 50, 0, 1, "1");
  check(drawing, arena_format(drawing->arena, "%spage 2, table 2: 1 rows\n  row 1: [x] [1] []\n",
                              two_by_two));
}

static void text_between_parts_two_tables(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  next_page(drawing);
  write_at(drawing, 50, 100, "text");
  lines_of_grid(drawing, 2, 1, 150);
  fill(drawing, 150, 0, 0, "x");
  fill(drawing, 150, 0, 1, "1");
  check(drawing, arena_format(drawing->arena,
                              "%spage 2, paragraph 1: text\npage 2, table 2: 1 rows\n"
                              "  row 1: [x] [1]\n",
                              two_by_two));
}

/* A last row without the line below it, a first one without the line above it. */
static void draw_cut_row(struct drawing *drawing, const char *label, const char *number) {
  line(drawing, 50, 340, 170, 340);
  for (int i = 0; i <= 2; i++) line(drawing, 50 + 60 * i, 340, 50 + 60 * i, 360);
  fill(drawing, 340, 0, 0, "label-");
  fill(drawing, 340, 0, 1, "12");
  next_page(drawing);
  line(drawing, 50, 80, 170, 80);
  for (int i = 0; i <= 2; i++) line(drawing, 50 + 60 * i, 60, 50 + 60 * i, 80);
  fill(drawing, 60, 0, 0, label);
  fill(drawing, 60, 0, 1, number);
}

static void a_row_cut_by_a_page_break_is_joined_where_that_is_certain(void **state) {
  struct drawing *drawing = drawing_in(state);
  draw_cut_row(drawing, "end", "");
  check(drawing, "page 1, table 1: 1 rows\n  row 1: [label-end] [12]\n");
}

static void rows_that_a_page_break_parts_stay_two(void **state) {
  struct drawing *drawing = drawing_in(state);
  draw_cut_row(drawing, "next", "5");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [label-] [12]\n  row 2: [next] [5]\n");
  drawing = drawing_in(state);
  draw_cut_row(drawing, "2.next", "");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [label-] [12]\n  row 2: [2.next] []\n");
}

/* ROWS of COLUMNS cells in a closed grid at Y; a cell has room for ten characters, less two that
 * are padding. */
static void closed_rows(struct drawing *drawing, double y, size_t rows, size_t columns,
                        const char *const *text) {
  lines_of_grid(drawing, columns, rows, y);
  for (size_t i = 0; i < rows * columns; i++)
    if (*text[i]) fill(drawing, y, i / columns, i % columns, text[i]);
}

/* A closed row at the end of a page, under another, and one at the top of the next. */
static void break_between(struct drawing *drawing, size_t columns, const char *const *above,
                          const char *const *below) {
  static const char *const head[] = {"head", "head", "head", "head"};
  closed_rows(drawing, 320, 1, columns, head);
  closed_rows(drawing, 340, 1, columns, above);
  write_at(drawing, 190, 390, "- 1 -");
  next_page(drawing);
  closed_rows(drawing, 30, 1, columns, below);
  write_at(drawing, 190, 390, "- 2 -");
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__})

static void a_value_cut_by_a_page_break_is_whole(void **state) {
  struct drawing *drawing = drawing_in(state);
  break_between(drawing, 3, CELLS("second", "12345678", "7"), CELLS("", "90", ""));
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [head] [head] [head]\n"
                 "  row 2: [second] [1234567890] [7]\n");
  drawing = drawing_in(state);
  break_between(drawing, 3, CELLS("the labe", "12345678", "7"), CELLS("l goes", "90", ""));
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [head] [head] [head]\n"
                 "  row 2: [the label goes] [1234567890] [7]\n");
}

static void a_value_cut_by_two_page_breaks_is_whole(void **state) {
  struct drawing *drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("second", "12345678"), CELLS("", "98765432"));
  next_page(drawing);
  closed_rows(drawing, 30, 2, 2, CELLS("", "10", "third", "3"));
  write_at(drawing, 190, 390, "- 3 -");
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n"
                 "  row 2: [second] [123456789876543210]\n  row 3: [third] [3]\n");
}

static void a_row_is_whole_where_the_heading_is_printed_anew_above_its_rest(void **state) {
  struct drawing *drawing = drawing_in(state);
  closed_rows(drawing, 320, 2, 2, CELLS("head", "top", "second", "12345678"));
  next_page(drawing);
  closed_rows(drawing, 30, 3, 2, CELLS("head", "top", "", "90", "third", "3"));
  check(drawing, "page 1, table 1: 4 rows\n  row 1: [head] [top]\n"
                 "  row 2: [second] [1234567890]\n  row 3: [head] [top]\n  row 4: [third] [3]\n");
}

static void a_row_is_whole_beside_a_label_that_spans_it(void **state) {
  struct drawing *drawing = drawing_in(state);
  closed_rows(drawing, 320, 1, 3, CELLS("span of", "first", "12345678"));
  next_page(drawing);
  for (int i = 0; i <= 3; i++) line(drawing, 50 + 60 * i, 30, 50 + 60 * i, 70);
  line(drawing, 50, 30, 230, 30);
  line(drawing, 110, 50, 230, 50); /* not under the first column */
  line(drawing, 50, 70, 230, 70);
  fill(drawing, 30, 0, 0, "rows");
  fill(drawing, 30, 0, 2, "90");
  fill(drawing, 30, 1, 1, "second");
  fill(drawing, 30, 1, 2, "2");
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [span ofrows] [first] [1234567890]\n"
                 "  row 2: [ ] [second] [2]\n");
}

static void text_beside_a_table_does_not_end_it(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_at(drawing, 200, 354, "beside");
  break_between(drawing, 2, CELLS("second", "12345678"), CELLS("", "90"));
  check(drawing, "page 1, paragraph 1: beside\npage 1, table 1: 2 rows\n"
                 "  row 1: [head] [head]\n  row 2: [second] [1234567890]\n");
}

static void a_heading_cut_by_a_page_break_is_whole(void **state) {
  struct drawing *drawing = drawing_in(state);
  break_between(drawing, 4, CELLS("label", "business", "research", "all"),
                CELLS("", "-firms", "-places", ""));
  check(drawing, "page 1, table 1: 2 rows\n  row 1: [head] [head] [head] [head]\n"
                 "  row 2: [label] [business-firms] [research-places] [all]\n");
}

static void where_it_is_not_certain_that_a_row_goes_on_both_are_in_doubt(void **state) {
  struct drawing *drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("second", "12"), CELLS("", "34"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n"
                 "  row 2: [second] [12] (may be cut)\n  row 3: [] [34] (may be cut)\n");
  drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("the labe", "12345678"), CELLS("other", "90"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n  row 2: [the labe] [12345678] "
                 "(may be cut)\n  row 3: [other] [90] (may be cut)\n");
  drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("", "12"), CELLS("label", ""));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n"
                 "  row 2: [] [12] (may be cut)\n  row 3: [label] [] (may be cut)\n");
}

static void the_next_row_is_in_no_doubt(void **state) {
  struct drawing *drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("second", "12"), CELLS("third", "34"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n  row 2: [second] [12]\n"
                 "  row 3: [third] [34]\n");
  drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("1.a labe", "12345678"), CELLS("2.other", "90"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n  row 2: [1.a labe] "
                 "[12345678]\n  row 3: [2.other] [90]\n");
  drawing = drawing_in(state);
  break_between(drawing, 2, CELLS("uphold..", "correct."), CELLS("5", "6"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n  row 2: [uphold..] "
                 "[correct.]\n  row 3: [5] [6]\n");
}

static void a_row_without_label_in_the_middle_of_a_page_is_no_rest(void **state) {
  struct drawing *drawing = drawing_in(state);
  closed_rows(drawing, 50, 3, 2, CELLS("head", "head", "second", "12345678", "", "90"));
  check(drawing, "page 1, table 1: 3 rows\n  row 1: [head] [head]\n  row 2: [second] [12345678]\n"
                 "  row 3: [] [90]\n");
}

/* ---- running text ---- */

static void indented_and_short_lines_part_paragraphs(void **state) {
  struct drawing *drawing = drawing_in(state);
  const char *full = "abc efgh jklm opqr tuvw yzab defg ijk lmn."; /* 252 points */
  write_at(drawing, 150, 30, "Title");
  write_at(drawing, 70, 60, "first in the year 20201234567890abcdefgh");
  write_at(drawing, 50, 75, full);
  write_at(drawing, 50, 90, "end.");
  write_at(drawing, 50, 105, full);
  next_page(drawing);
  write_at(drawing, 50, 60, full);
  write_at(drawing, 70, 75, "last");
  check(drawing,
        arena_format(drawing->arena,
                     "page 1, paragraph 1: Title\n"
                     "page 1, paragraph 2: first in the year 20201234567890abcdefgh%send.\n"
                     "page 1, paragraph 3: %s%s\npage 2, paragraph 4: last\n",
                     full, full, full));
}

static void page_numbers_and_running_heads_are_left_out(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 1; i <= 3; i++) {
    if (i > 1) next_page(drawing);
    write_at(drawing, 50, 20, "Running head");
    write_at(drawing, 50, 200, arena_format(drawing->arena, "text %d.", i));
    write_at(drawing, 190, 380, arena_format(drawing->arena, i == 2 ? "%d / 3" : "- %d -", i));
  }
  check(drawing, "page 1, paragraph 1: text 1.\npage 2, paragraph 2: text 2.\n"
                 "page 3, paragraph 3: text 3.\n");
}

static void slanting_text_is_a_watermark(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_at(drawing, 50, 100, "text");
  draw(drawing, "BT /F 40 Tf 0.7 0.7 -0.7 0.7 50 50 Tm (DRAFT) Tj ET");
  check(drawing, "page 1, paragraph 1: text\n");
}

/* ---- pages in columns ---- */

/* COUNT lines from Y on, 15 points apart, that begin at X. */
static void write_column(struct drawing *drawing, double x, double y, const char *const *text,
                         size_t count) {
  for (size_t i = 0; i < count; i++) write_at(drawing, x, y + 15 * (double)i, text[i]);
}

static void columns_of_prose_are_read_one_after_the_other(void **state) {
  static const char *const left[] = {"  We had seven requests,", "and all of them were met",
                                     "within the time that the", "law gives, which is less"};
  static const char *const right[] = {"than twenty days in each", "case. No request waited,",
                                      "and none was refused for", "want of its form."};
  static const char *const all =
      "page 1, paragraph 1: Title of the report over the whole page\n"
      "page 1, paragraph 2: We had seven requests,and all of them were metwithin the time that "
      "thelaw gives, which is lessthan twenty days in eachcase. No request waited,and none was "
      "refused forwant of its form.\n"
      "page 1, paragraph 3: A line below both columns that runs over all of it.\n";
  for (int offset = 0; offset < 12; offset += 7) { /* their lines need not be at one height */
    struct drawing *drawing = drawing_in(state);
    write_at(drawing, 80, 30, "Title of the report over the whole page");
    write_column(drawing, 40, 60, left, 4);
    write_column(drawing, 210, 60 + offset, right, 4);
    write_at(drawing, 40, 150, "A line below both columns that runs over all of it.");
    check(drawing, all);
  }
}

static void three_columns_are_read_one_after_the_other(void **state) {
  static const char *const column[][3] = {{"aaaa aaaa aaaa", "bbbb bbbb bbbb", "cccc cccc cccc"},
                                          {"dddd dddd dddd", "eeee eeee eeee", "ffff ffff ffff"},
                                          {"gggg gggg gggg", "hhhh hhhh hhhh", "iiii iiii iiii"}};
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 3; i++) write_column(drawing, 30 + 115 * i, 60, column[i], 3);
  check(drawing, "page 1, paragraph 1: aaaa aaaa aaaabbbb bbbb bbbbcccc cccc ccccdddd dddd dddd"
                 "eeee eeee eeeeffff ffff ffffgggg gggg gggghhhh hhhh hhhhiiii iiii iiii\n");
}

static void columns_with_headings_of_their_own_are_in_no_certain_order(void **state) {
  static const char *const left[] = {"    2023", "We had seven requests,",
                                     "and all of them were met", "within the time."};
  static const char *const right[] = {"    2024", "There were nine requests,",
                                      "two of which still wait", "for what others have."};
  struct drawing *drawing = drawing_in(state);
  write_column(drawing, 40, 60, left, 4);
  write_column(drawing, 210, 60, right, 4);
  check(drawing,
        "page 1, paragraph 1: 2023 2024 (order unknown)\n"
        "page 1, paragraph 2: We had seven requests,There were nine requests,and all of them were "
        "met two of which still waitwithin the time.for what others have. (order unknown)\n");
}

static void items_with_hanging_marks_are_no_columns(void **state) {
  struct drawing *drawing = drawing_in(state);
  for (int i = 0; i < 4; i++) {
    write_at(drawing, 40, 60 + 15 * i, arena_format(drawing->arena, "%d.", i + 1));
    write_at(drawing, 70, 60 + 15 * i, "an item of a list that stands behind its number");
  }
  static const char *const item = "an item of a list that stands behind its number";
  check(drawing, arena_format(drawing->arena, "page 1, paragraph 1: 1.%s2.%s3.%s4.%s\n", item, item,
                              item, item));
}

/* ---- files that give no text ---- */

static void a_file_without_text_is_a_scan(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  check(drawing, "scanned");
}

static void a_layer_of_invisible_text_is_not_taken(void **state) {
  struct drawing *drawing = drawing_in(state);
  lines_of_grid(drawing, 2, 2, 50);
  draw(drawing, "3 Tr");
  fill_two_by_two(drawing);
  check(drawing, "scanned");
}

static void a_stamp_on_a_picture_is_still_a_scan(void **state) {
  struct drawing *drawing = drawing_in(state);
  drawing->objects = "5 0 obj <</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace "
                     "/DeviceGray /BitsPerComponent 8 /Length 1>> stream\n0\nendstream endobj\n";
  draw(drawing, "q 400 0 0 400 0 0 cm /I Do Q");
  write_at(drawing, 50, 100, "Scanned by a telephone");
  check(drawing, "scanned");
}

static void a_font_without_meanings_is_told(void **state) {
  struct drawing *drawing = drawing_in(state);
  drawing->objects =
      "4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R>> endobj\n"
      "6 0 obj <</Length 118>> stream\n/CMapName /x def 1 begincodespacerange <00> <ff> "
      "endcodespacerange\n1 beginbfrange <20> <7f> <E020> endbfrange endcmap          \nendstream "
      "endobj\n";
  draw(drawing, "BT /G 10 Tf 50 200 Td (abcdefgh) Tj ET");
  check(drawing, "unreadable_text");
}

static void a_password_is_asked_for(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_at(drawing, 50, 100, "text");
  drawing->trailer = "/ID [<00> <00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 "
                     "/O <0000000000000000000000000000000000000000000000000000000000000000> "
                     "/U <0000000000000000000000000000000000000000000000000000000000000000>>>";
  check(drawing, "encrypted");
}

static void too_many_pages_are_told(void **state) {
  struct drawing *drawing = drawing_in(state);
  drawing->claimed_pages = 99999;
  check(drawing, "too_large");
}

static void nothing_but_a_beginning_is_told(void **state) {
  struct scratch *scratch = *state;
  struct source source = {.bytes = "%PDF-1.7\n", .size = 9, .format = FORMAT_PDF};
  assert_string_equal(dump_of(scratch->arena, &source), "unreadable_document");
}

/* ---- damage ---- */

/* A report or a reason, never a crash. */
static void read_damaged(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct source source = {.path = "damaged.pdf", .format = FORMAT_PDF, .size = size};
  source.bytes = arena_bytes(arena, bytes, size);
  assert_non_null(dump_of(arena, &source));
  arena_free(arena);
}

static void damage(const struct source *source, size_t cuts, size_t flips) {
  struct arena *arena = arena_new();
  uint64_t seed = 20;
  for (size_t i = 0; i < cuts; i++) read_damaged(source->bytes, source->size * i / cuts);
  for (size_t i = 0; i < flips; i++) {
    char *bytes = arena_bytes(arena, source->bytes, source->size);
    for (size_t k = 0; k <= i % 8; k++)
      bytes[random_below(&seed, source->size)] = (char)random_below(&seed, 128);
    read_damaged(bytes, source->size);
  }
  arena_free(arena);
}

static void damaged_drawings_give_a_document_or_a_reason(void **state) {
  struct drawing *drawing = drawing_in(state);
  write_at(drawing, 50, 30, "text");
  lines_of_grid(drawing, 2, 2, 50);
  fill_two_by_two(drawing);
  struct source source = file_of(drawing);
  damage(&source, 200, 400);
}

static void the_real_file_damaged_gives_a_document_or_a_reason(void **state) {
  struct scratch *scratch = *state;
  struct source source;
  if (source_read(scratch->arena, "../shared/reports/320813-2023.pdf", &source,
                  &scratch->failure)) {
    print_message("the real PDF is not here\n");
    skip();
  }
  damage(&source, 40, 60);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(ruling_lines_make_a_grid),
      scratch_test(lines_may_be_thin_boxes_double_dashed_or_in_pieces),
      scratch_test(backgrounds_and_underlines_are_no_lines),
      scratch_test(a_missing_piece_of_a_line_merges_two_cells),
      scratch_test(blank_cells_stay_blank_in_their_own_column),
      scratch_test(wrapped_labels_and_numbers_are_joined_without_blank),
      scratch_test(two_numbers_in_one_cell_do_not_become_one),
      scratch_test(a_number_printed_over_another_does_not_join_it),
      scratch_test(a_number_wider_than_its_cell_stays_whole),
      scratch_test(outer_lines_may_be_missing),
      scratch_test(text_drawn_twice_to_look_bold_stands_once),
      scratch_test(a_frame_around_text_is_no_grid),
      scratch_test(turned_pages_are_read_upright),
      scratch_test(what_is_cropped_or_clipped_away_is_not_there),
      scratch_test(what_runs_off_the_page_is_unknown),
      scratch_test(text_drawn_in_strips_is_whole),
      scratch_test(columns_that_only_the_heading_has_part_the_rows_below),
      scratch_test(numbers_on_the_baselines_of_their_labels_are_rows),
      scratch_test(lines_that_may_go_on_in_the_next_one_are_no_rows),
      scratch_test(a_number_in_each_row_that_a_cell_spans_is_a_cell_of_its_own),
      scratch_test(columns_of_numbers_need_no_lines_between_them),
      scratch_test(bars_and_axes_are_no_table),
      scratch_test(numbers_under_headings_make_a_grid_without_lines),
      scratch_test(a_heading_that_begins_with_its_numbers_may_be_wider),
      scratch_test(a_heading_over_the_numbers_of_two_columns_is_of_neither),
      scratch_test(numbers_without_headings_stay_text),
      scratch_test(numbers_between_columns_end_the_grid),
      scratch_test(a_table_goes_on_on_the_next_page),
      scratch_test(a_table_of_other_columns_is_another_table),
      scratch_test(text_between_parts_two_tables),
      scratch_test(a_row_cut_by_a_page_break_is_joined_where_that_is_certain),
      scratch_test(rows_that_a_page_break_parts_stay_two),
      scratch_test(a_value_cut_by_a_page_break_is_whole),
      scratch_test(a_value_cut_by_two_page_breaks_is_whole),
      scratch_test(a_row_is_whole_where_the_heading_is_printed_anew_above_its_rest),
      scratch_test(a_row_is_whole_beside_a_label_that_spans_it),
      scratch_test(text_beside_a_table_does_not_end_it),
      scratch_test(a_heading_cut_by_a_page_break_is_whole),
      scratch_test(where_it_is_not_certain_that_a_row_goes_on_both_are_in_doubt),
      scratch_test(the_next_row_is_in_no_doubt),
      scratch_test(a_row_without_label_in_the_middle_of_a_page_is_no_rest),
      scratch_test(indented_and_short_lines_part_paragraphs),
      scratch_test(page_numbers_and_running_heads_are_left_out),
      scratch_test(columns_of_prose_are_read_one_after_the_other),
      scratch_test(three_columns_are_read_one_after_the_other),
      scratch_test(columns_with_headings_of_their_own_are_in_no_certain_order),
      scratch_test(items_with_hanging_marks_are_no_columns),
      scratch_test(slanting_text_is_a_watermark),
      scratch_test(a_file_without_text_is_a_scan),
      scratch_test(a_layer_of_invisible_text_is_not_taken),
      scratch_test(a_stamp_on_a_picture_is_still_a_scan),
      scratch_test(a_font_without_meanings_is_told),
      scratch_test(a_password_is_asked_for),
      scratch_test(too_many_pages_are_told),
      scratch_test(nothing_but_a_beginning_is_told),
      scratch_test(damaged_drawings_give_a_document_or_a_reason),
      scratch_test(the_real_file_damaged_gives_a_document_or_a_reason),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
