/* The reader and writer of every CSV file. Knows columns by name, not what they mean.
 *
 * A file is cut into blocks of whole rows. Simple rows, nearly all, are parted where they stand;
 * what has quotes or line breaks within a field is libcsv's. */
#include "core/base/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ABSENT = -1, BLOCK_SIZE = 1 << 20 };

#define DIGITS "0123456789"

struct csv_file {
  struct arena *arena;
  FILE *file;
  const char *path;
  const char *const *columns;
  size_t wanted;
  int *position;             /* of each wanted column in the file, or ABSENT */
  size_t header_fields;      /* 0 until the header is read */
  bool keeps_together;       /* rows that agree in the first wanted column */
  bool is_strict;            /* no other columns may stand in the file */
  struct left_out *left_out; /* for rows that cannot be used; NULL: they end the reading */

  size_t block; /* how much is read at once: all of a small file */
  char *bytes;  /* read and not yet handed out, with room for a NUL */
  size_t length, room;
  size_t line; /* of the first of them */
  bool is_read;
};

struct reading {
  struct csv_file *file;
  csv_row_handler *handler;
  void *context;
  struct failure *failure;

  char *text; /* the fields of a row with quotes so far, each ended by NUL */
  size_t text_length, text_room;
  const char **field;
  size_t *start; /* where in TEXT each field begins, or in a simple row ends */
  size_t fields, fields_room;

  const char **row; /* the wanted fields */
  size_t line, row_line;
  bool in_row, stopped;
};

static void *grown(void *memory, size_t size) {
  void *larger = realloc(memory, size);
  if (!larger) out_of_memory();
  return larger;
}

/* Room for one more field. */
static void grow_fields(struct reading *reading) {
  if (reading->fields < reading->fields_room) return;
  reading->fields_room = reading->fields_room ? reading->fields_room * 2 : 32;
  reading->start = grown(reading->start, reading->fields_room * sizeof *reading->start);
  reading->field = grown(reading->field, reading->fields_room * sizeof *reading->field);
}

static void take_field(void *bytes, size_t length, void *context) {
  struct reading *reading = context;
  if (reading->text_length + length + 1 > reading->text_room) {
    reading->text_room = (reading->text_length + length + 1) * 2;
    reading->text = grown(reading->text, reading->text_room);
  }
  grow_fields(reading);
  reading->start[reading->fields++] = reading->text_length;
  if (length) memcpy(reading->text + reading->text_length, bytes, length);
  reading->text[reading->text_length + length] = '\0';
  reading->text_length += length + 1;
}

/* REASON is never the text of the failure that it is written to. */
static void stop(struct reading *reading, const char *reason) {
  failure_set(reading->failure, "%s:%zu: %s", reading->file->path, reading->row_line, reason);
  reading->stopped = true;
}

static const char *parse_error(struct csv_parser *parser) {
  if (csv_error(parser) == CSV_EPARSE)
    return "a quotation mark inside a field without quotes, or text behind a closing one";
  return csv_strerror(csv_error(parser));
}

static bool is_wanted(const struct csv_file *file, const char *name) {
  for (size_t i = 0; i < file->wanted; i++)
    if (strcmp(file->columns[i] + (*file->columns[i] == '?'), name) == 0) return true;
  return false;
}

static void refuse_other_columns(struct reading *reading) {
  for (size_t i = 0; i < reading->fields && !reading->stopped; i++) {
    char reason[256];
    if (is_wanted(reading->file, reading->field[i])) continue;
    snprintf(reason, sizeof reason, "the column '%.200s' is not known", reading->field[i]);
    stop(reading, reason);
  }
}

static void take_header(struct reading *reading) {
  struct csv_file *file = reading->file;
  if (file->is_strict) refuse_other_columns(reading);
  for (size_t i = 0; i < file->wanted; i++) {
    const char *name = file->columns[i];
    bool optional = *name == '?';
    if (optional) name++;
    file->position[i] = ABSENT;
    for (size_t j = 0; j < reading->fields; j++)
      if (strcmp(name, reading->field[j]) == 0) file->position[i] = (int)j;
    if (file->position[i] == ABSENT && !optional) {
      char reason[256];
      snprintf(reason, sizeof reason, "the column '%.200s' is missing", name);
      stop(reading, reason);
      return;
    }
  }
  file->header_fields = reading->fields;
}

/* ---- what spreadsheets take for formulas ---- */

/* Does TEXT begin as a spreadsheet's formula may: with =, +, -, @ (also full-width, as input
 * methods for Chinese type them), a tab or a line break? */
static bool begins_formula(const char *text) {
  static const char *const wide[] = {"＝", "＋", "－", "＠"};
  if (*text && strchr("=+-@\t\r\n", *text)) return true;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (strncmp(text, wide[i], strlen(wide[i])) == 0) return true;
  return false;
}

/* A number as our files have it: a sign, digits, a decimal point and digits, an exponent. */
static bool is_number(const char *text) {
  if (*text == '-' || *text == '+') text++;
  size_t whole = strspn(text, DIGITS);
  text += whole;
  if (whole && *text == '.') {
    size_t fraction = strspn(text + 1, DIGITS);
    if (fraction == 0) return false;
    text += 1 + fraction;
  }
  if (whole && (*text == 'e' || *text == 'E')) {
    text += 1 + (text[1] == '-' || text[1] == '+');
    size_t exponent = strspn(text, DIGITS);
    if (exponent == 0) return false;
    text += exponent;
  }
  return whole && *text == '\0';
}

/* A text that looks guarded already gets one more apostrophe, so that reading undoes exactly one.
 */
static bool needs_guard(const char *text) {
  if (*text == '\'') return begins_formula(text + strspn(text, "'"));
  return begins_formula(text) && !is_number(text);
}

const char *csv_unguarded(const char *field) {
  bool is_guarded = *field == '\'' && begins_formula(field + strspn(field, "'"));
  return field + is_guarded;
}

/* The row that was read cannot be used. */
static void refuse_row(struct reading *reading, const char *reason) {
  struct left_out *left_out = reading->file->left_out;
  if (left_out)
    left_out_tell(left_out, "%s:%zu: %s; the row is left out", reading->file->path,
                  reading->row_line, reason);
  else
    stop(reading, reason);
}

/* Hands over the row whose fields are complete. */
static void finish_row(struct reading *reading) {
  const struct csv_file *file = reading->file;
  if (file->header_fields == 0) {
    take_header(reading);
  } else if (reading->fields != file->header_fields) {
    char reason[128];
    snprintf(reason, sizeof reason, "the row has %zu fields, the header has %zu", reading->fields,
             file->header_fields);
    refuse_row(reading, reason);
  } else if (!reading->handler) {
    stop(reading, "the lines end in CR alone; LF or CRLF is needed");
  } else {
    for (size_t i = 0; i < file->wanted; i++)
      reading->row[i] =
          file->position[i] == ABSENT ? "" : csv_unguarded(reading->field[file->position[i]]);
    struct failure refusal;
    refusal.text[0] = '\0'; /* and no more: there are many rows */
    if (!reading->handler(reading->context, reading->row_line, reading->row, &refusal))
      refuse_row(reading, refusal.text);
  }
}

static void take_row(int terminator, void *context) {
  (void)terminator;
  struct reading *reading = context;
  if (reading->stopped) return;
  for (size_t i = 0; i < reading->fields; i++)
    reading->field[i] = reading->text + reading->start[i];
  finish_row(reading);
  reading->fields = 0;
  reading->text_length = 0;
  reading->in_row = false;
}

static int never_space(unsigned char byte) {
  (void)byte;
  return 0; /* spaces belong to the field (RFC 4180) */
}

/* Feeds libcsv a physical line at a time, so that a row's first line is known. */
static void parse_line(struct reading *reading, struct csv_parser *parser, const char *bytes,
                       size_t size) {
  if (!reading->in_row) {
    reading->row_line = reading->line;
    reading->in_row =
        size > 0 && *bytes != '\n' && *bytes != '\r'; /* libcsv passes over empty lines */
  }
  if (memchr(bytes, '\0', size)) {
    reading->row_line = reading->line;
    stop(reading, "a NUL byte; the file is no text in UTF-8");
  } else if (csv_parse(parser, bytes, size, take_field, take_row, reading) != size) {
    reading->row_line = reading->line;
    stop(reading, parse_error(parser));
  }
}

static char *comma_or_end(char *at, char *end) {
  char *comma = memchr(at, ',', (size_t)(end - at));
  return comma ? comma : end;
}

/* The end of the field at AT in a line that ends at END: a comma or END. NULL where the field is
 * more than text with or without quotes around it. */
static char *field_end(char *at, char *end) {
  if (at == end || *at != '"') {
    char *stop_at = comma_or_end(at, end);
    return memchr(at, '"', (size_t)(stop_at - at)) ? NULL : stop_at;
  }
  char *close = memchr(at + 1, '"', (size_t)(end - at - 1));
  return close && (close + 1 == end || close[1] == ',') ? close + 1 : NULL;
}

/* Parts a line where it stands. False, and nothing done, where libcsv has to. */
static bool part_line(struct reading *reading, char *line, char *end) {
  if (end > line && end[-1] == '\n') end--;
  if (end == line) return true;
  bool has_quotes = memchr(line, '"', (size_t)(end - line));
  reading->fields = 0;
  for (char *at = line, *stop_at;; at = stop_at + 1) {
    stop_at = has_quotes ? field_end(at, end) : comma_or_end(at, end);
    if (!stop_at) {
      reading->fields = 0;
      return false;
    }
    bool is_quoted = at < end && *at == '"';
    grow_fields(reading);
    reading->start[reading->fields] = (size_t)(stop_at - line) - is_quoted;
    reading->field[reading->fields++] = at + is_quoted;
    if (stop_at == end) break;
  }
  for (size_t i = 0; i < reading->fields; i++) line[reading->start[i]] = '\0';
  reading->row_line = reading->line;
  finish_row(reading);
  reading->fields = 0;
  return true;
}

/* CR and NUL are left to libcsv: part_line handles neither. */
static bool needs_parser(const char *bytes, size_t size) {
  return memchr(bytes, '\r', size) || memchr(bytes, '\0', size);
}

static void take_lines(struct reading *reading, struct csv_parser *parser, char *bytes,
                       size_t size) {
  bool parses = needs_parser(bytes, size);
  for (char *line = bytes, *end = bytes + size, *next; line < end && !reading->stopped;
       line = next, reading->line++) {
    char *newline = memchr(line, '\n', (size_t)(end - line));
    next = newline ? newline + 1 : end;
    bool by_parser = reading->in_row || (parses && needs_parser(line, (size_t)(next - line)));
    if (by_parser || !part_line(reading, line, next))
      parse_line(reading, parser, line, (size_t)(next - line));
  }
  if (!reading->stopped && csv_fini(parser, take_field, take_row, reading) != 0)
    stop(reading, "a quoted field of the row that begins here is not closed");
}

bool csv_block_read(struct csv_file *file, struct csv_block block, csv_row_handler *handler,
                    void *context, struct failure *failure) {
  struct reading reading = {
      .file = file, .handler = handler, .context = context, .failure = failure, .line = block.line};
  reading.row = grown(NULL, (file->wanted + 1) * sizeof *reading.row);
  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) abort();
  csv_set_space_func(&parser, never_space);
  take_lines(&reading, &parser, block.bytes, block.length);
  csv_free(&parser);
  free(reading.text);
  free(reading.start);
  free(reading.field);
  free(reading.row);
  return !reading.stopped;
}

/* Reads until SIZE bytes wait to be handed out, or all of the file. */
static bool fill(struct csv_file *file, size_t size, struct failure *failure) {
  if (file->room < size + 1) {
    file->room = size + 1;
    file->bytes = grown(file->bytes, file->room);
  }
  while (!file->is_read && file->length < size) {
    size_t count = fread(file->bytes + file->length, 1, size - file->length, file->file);
    file->length += count;
    if (count > 0) continue;
    if (ferror(file->file)) return failure_set(failure, "%s: %s", file->path, strerror(errno));
    file->is_read = true;
  }
  return true;
}

/* The field INDEX of the row at LINE as it stands there, quotes and all, up to END. */
static const char *raw_field(const char *line, const char *end, int index, size_t *length) {
  bool quoted = false;
  const char *start = line, *at = line;
  for (; at < end && (quoted || *at != '\n'); at++) {
    if (*at == '"') quoted = !quoted;
    if (*at != ',' || quoted) continue;
    if (index-- == 0) break;
    start = at + 1;
  }
  *length = (size_t)(at - start);
  return start;
}

/* A cursor over the rows that are read and not yet handed out. */
struct rows {
  const char *at, *end;
  size_t lines; /* before AT */
  const char *key;
  size_t key_length;
};

/* Moves on to the next row that is complete; false where there is none. */
static bool next_row(struct rows *rows) {
  bool quoted = false;
  size_t lines = 0;
  for (const char *line = rows->at; line < rows->end;) {
    const char *newline = memchr(line, '\n', (size_t)(rows->end - line));
    if (!newline) return false;
    lines++;
    for (const char *at = line; (at = memchr(at, '"', (size_t)(newline - at))); at++)
      quoted = !quoted;
    line = newline + 1;
    if (quoted) continue;
    rows->at = line;
    rows->lines += lines;
    return true;
  }
  return false;
}

/* Does the row at ROW begin something new after the row before? It becomes the row before. */
static bool is_parted(const struct csv_file *file, struct rows *rows, const char *row) {
  if (!file->keeps_together) return true;
  size_t length;
  const char *key = raw_field(row, rows->end, file->position[0], &length);
  bool same = rows->key && length == rows->key_length && memcmp(key, rows->key, length) == 0;
  rows->key = key;
  rows->key_length = length;
  return !same;
}

/* The last place where the bytes read so far can be cut between rows: returns how many bytes are
 * before it, and in LINES how many lines. */
static size_t last_cut(const struct csv_file *file, size_t *lines) {
  struct rows rows = {.at = file->bytes, .end = file->bytes + file->length};
  size_t cut = 0;
  for (;;) {
    const char *row = rows.at;
    size_t before = rows.lines;
    if (!next_row(&rows)) return cut;
    if (!is_parted(file, &rows, row)) continue;
    cut = (size_t)(row - file->bytes);
    *lines = before;
  }
}

/* Hands out LENGTH bytes, in ARENA. */
static struct csv_block hand_out(struct csv_file *file, size_t length, size_t lines,
                                 struct arena *arena) {
  struct csv_block block = {arena_bytes(arena, file->bytes, length), length, file->line};
  file->length -= length;
  file->line += lines;
  memmove(file->bytes, file->bytes + length, file->length);
  return block;
}

bool csv_next_block(struct csv_file *file, struct arena *arena, struct csv_block *block,
                    struct failure *failure) {
  for (size_t size = file->block;; size = file->length * 2) {
    if (!fill(file, size, failure)) return false;
    size_t lines = 0, cut = file->is_read ? file->length : last_cut(file, &lines);
    if (cut == 0 && !file->is_read) continue;
    *block = hand_out(file, cut, lines, arena);
    return true;
  }
}

/* The bytes up to the first row, and that row; all there is where it has no end. */
static bool header_length(struct csv_file *file, size_t *length, size_t *lines,
                          struct failure *failure) {
  for (size_t size = file->block;; size = file->length * 2) {
    if (!fill(file, size, failure)) return false;
    struct rows rows = {.at = file->bytes, .end = file->bytes + file->length};
    const char *row = rows.at;
    bool is_found = next_row(&rows);
    while (is_found && (*row == '\n' || (row[0] == '\r' && row[1] == '\n'))) {
      row = rows.at;
      is_found = next_row(&rows);
    }
    if (!is_found && !file->is_read) continue;
    *length = is_found ? (size_t)(rows.at - file->bytes) : file->length;
    *lines = rows.lines;
    return true;
  }
}

static bool read_header(struct csv_file *file, struct failure *failure) {
  size_t length, lines;
  if (!header_length(file, &length, &lines, failure)) return false;
  struct csv_block header = hand_out(file, length, lines, file->arena);
  if (header.length >= 3 && memcmp(header.bytes, "\xef\xbb\xbf", 3) == 0) {
    header.bytes += 3;
    header.length -= 3;
  }
  if (!csv_block_read(file, header, NULL, NULL, failure)) return false;
  return file->header_fields || failure_set(failure, "%s: the file is empty", file->path);
}

/* Of a small file a byte more than it has, so that its end is met. */
static size_t block_for(FILE *stream) {
  struct stat found;
  bool is_small =
      fstat(fileno(stream), &found) == 0 && S_ISREG(found.st_mode) && found.st_size < BLOCK_SIZE;
  return is_small ? (size_t)found.st_size + 1 : BLOCK_SIZE;
}

static struct csv_file *open_file(const char *path, struct csv_file settings,
                                  struct failure *failure) {
  FILE *stream = fopen(path, "r");
  if (!stream) {
    failure_set(failure, "%s: %s", path, strerror(errno));
    return NULL;
  }
  struct arena *arena = arena_new();
  struct csv_file *file = arena_alloc(arena, sizeof *file);
  *file = settings;
  file->arena = arena;
  file->file = stream;
  file->path = arena_text(arena, path);
  file->line = 1;
  file->block = block_for(stream);
  while (file->columns[file->wanted]) file->wanted++;
  file->position = arena_array(arena, file->wanted, sizeof *file->position);
  if (read_header(file, failure)) return file;
  csv_close(file);
  return NULL;
}

struct csv_file *csv_open(const char *path, const char *const *columns, bool keeps_together,
                          struct left_out *left_out, struct failure *failure) {
  struct csv_file settings = {
      .columns = columns, .keeps_together = keeps_together, .left_out = left_out};
  return open_file(path, settings, failure);
}

void csv_close(struct csv_file *file) {
  fclose(file->file);
  free(file->bytes);
  arena_free(file->arena);
}

static bool read_file(struct csv_file *file, csv_row_handler *handler, void *context,
                      struct failure *failure) {
  if (!file) return false;
  bool done = true;
  for (bool is_end = false; done && !is_end;) {
    struct arena *arena = arena_new();
    struct csv_block block;
    done = csv_next_block(file, arena, &block, failure);
    is_end = done && block.length == 0;
    if (done && !is_end) done = csv_block_read(file, block, handler, context, failure);
    arena_free(arena);
  }
  csv_close(file);
  return done;
}

bool csv_read(const char *path, const char *const *columns, csv_row_handler *handler, void *context,
              struct failure *failure) {
  return read_file(csv_open(path, columns, false, NULL, failure), handler, context, failure);
}

bool csv_read_usable(const char *path, const char *const *columns, csv_row_handler *handler,
                     void *context, struct left_out *left_out, struct failure *failure) {
  return read_file(csv_open(path, columns, false, left_out, failure), handler, context, failure);
}

bool csv_read_strictly(const char *path, const char *const *columns, csv_row_handler *handler,
                       void *context, struct failure *failure) {
  struct csv_file settings = {.columns = columns, .is_strict = true};
  return read_file(open_file(path, settings, failure), handler, context, failure);
}

static bool needs_quotes(const char *field, size_t length) {
  static const bool is_special[256] = {[','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};
  for (size_t i = 0; i < length; i++)
    if (is_special[(unsigned char)field[i]]) return true;
  return length > 0 && (*field == ' ' || field[length - 1] == ' ');
}

/* Rows are put together here: a stream takes one long piece faster than many short ones. */
struct row_buffer {
  FILE *file;
  char bytes[2048];
  size_t length;
};

static void flush_row(struct row_buffer *buffer) {
  fwrite_unlocked(buffer->bytes, 1, buffer->length, buffer->file);
  buffer->length = 0;
}

static void add_bytes(struct row_buffer *buffer, const char *bytes, size_t length) {
  if (length > sizeof buffer->bytes - buffer->length) flush_row(buffer);
  if (length > sizeof buffer->bytes) {
    fwrite_unlocked(bytes, 1, length, buffer->file);
    return;
  }
  memcpy(buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
}

/* The field in quotes, its quotation marks doubled, behind GUARD. */
static void add_quoted(struct row_buffer *buffer, const char *guard, const char *field) {
  add_bytes(buffer, "\"", 1);
  add_bytes(buffer, guard, strlen(guard));
  for (const char *mark; (mark = strchr(field, '"')); field = mark + 1) {
    add_bytes(buffer, field, (size_t)(mark - field) + 1);
    add_bytes(buffer, "\"", 1);
  }
  add_bytes(buffer, field, strlen(field));
  add_bytes(buffer, "\"", 1);
}

/* A lone empty field would be an empty line. */
static void add_field(struct row_buffer *buffer, const char *field, bool is_lone) {
  const char *text = field ? field : "", *guard = needs_guard(text) ? "'" : "";
  size_t length = strlen(text);
  if (is_lone || needs_quotes(text, length)) {
    add_quoted(buffer, guard, text);
  } else {
    add_bytes(buffer, guard, strlen(guard));
    add_bytes(buffer, text, length);
  }
}

void csv_write_fields(FILE *file, const char *const *fields, const unsigned char *lengths,
                      size_t count) {
  struct row_buffer buffer;
  buffer.file = file;
  buffer.length = 0;
  for (size_t i = 0; i < count; i++) {
    if (i > 0) add_bytes(&buffer, ",", 1);
    if (lengths && lengths[i])
      add_bytes(&buffer, fields[i], lengths[i]);
    else
      add_field(&buffer, fields[i], count == 1);
  }
  add_bytes(&buffer, "\n", 1);
  flush_row(&buffer);
}

void csv_write_row(FILE *file, const char *const *fields, size_t count) {
  csv_write_fields(file, fields, NULL, count);
}
