/* The reader of text converted from Word. Knows nothing of forms. */
#include "ingest/readers/text.h"

#include <string.h>

#include "datasets/decimal.h"
#include "datasets/label.h"

typedef LIST_OF(const char *) text_list;

struct text_reading {
  struct document *document;
  struct arena *arena;

  LIST_OF(struct row) rows;   /* of the table being read */
  LIST_OF(struct cell) cells; /* of its last row */
  bool in_row;                /* a line without tab goes on with the last cell */

  text_list tokens;   /* of the chart data being read */
  const char *data;   /* the same lines as they stand */
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
      (struct row){reader->cells.item, reader->cells.count, 0};
  memset(&reader->cells, 0, sizeof reader->cells);
}

static void end_table(struct text_reading *reader) {
  end_row(reader);
  if (reader->rows.count == 0) return;
  document_add(reader->document, BLOCK_GRID)->grid =
      (struct grid){.row = reader->rows.item, .rows = reader->rows.count, .ragged = true};
  memset(&reader->rows, 0, sizeof reader->rows);
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

static void add_paragraph(struct text_reading *reader, const char *text) {
  document_add(reader->document, BLOCK_PARAGRAPH)->text = trimmed(reader->arena, text);
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

static void end_data(struct text_reading *reader) {
  if (reader->tokens.count == 0) return;
  struct chart chart;
  struct document *document = reader->document;
  if (read_chart(reader, &chart)) {
    if (reader->title_block == document->blocks.count && reader->title_block > 0)
      document_take_back(document); /* the title belongs to the chart */
    document_add(document, BLOCK_CHART)->chart = chart;
  } else {
    add_paragraph(reader, reader->data);
  }
  memset(&reader->tokens, 0, sizeof reader->tokens);
  reader->data = NULL;
}

static void add_data(struct text_reading *reader, const char *text) {
  reader->data = reader->data ? arena_format(reader->arena, "%s%s", reader->data, text) : text;
  char *copy = arena_text(reader->arena, text);
  for (char *token, *rest = copy; (token = strsep(&rest, "\t"));)
    if (!is_blank(reader->arena, token))
      *list_add(reader->arena, &reader->tokens) = trimmed(reader->arena, token);
}

static void add_cells(struct text_reading *reader, char *text) {
  char *rest = text + 1;
  for (char *token; (token = strsep(&rest, "\t"));) add_cell(reader, token);
}

static void take_line(struct text_reading *reader, char *line) {
  bool has_tab = strchr(line, '\t') != NULL;
  if (*line == '\t') {
    end_data(reader);
    add_cells(reader, line);
  } else if (is_blank(reader->arena, line)) {
    if (reader->rows.count > 0 && reader->cells.count == 0) end_table(reader);
    end_row(reader);
    end_data(reader);
    reader->title = NULL;
    reader->title_block = 0;
  } else if (reader->in_row) {
    continue_cell(reader, line);
  } else if (has_tab || reader->tokens.count > 0) {
    end_table(reader);
    add_data(reader, line);
  } else {
    end_table(reader);
    add_paragraph(reader, line);
    reader->title = trimmed(reader->arena, line);
    reader->title_block = reader->document->blocks.count;
  }
}

void read_text(struct document *document, const char *text) {
  struct text_reading reader = {.document = document, .arena = document->arena};
  while (*text) {
    size_t length = strcspn(text, "\n");
    size_t printed = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
    char *line = without_remnants(reader.arena, text, printed);
    /* a line that held nothing but remnants was no empty line */
    if (*line || printed == 0) take_line(&reader, line);
    text += length + (text[length] == '\n');
  }
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
