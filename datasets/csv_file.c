/* The reader and writer of every CSV file. Knows columns by name, not what they mean. */
#include "datasets/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/arena.h"

enum { ABSENT = -1 };

struct reading {
  const char *path;
  const char *const *columns;
  size_t wanted;
  csv_row_handler *handler;
  void *context;
  struct failure *failure;

  char *text; /* the fields of the row so far, each ended by NUL */
  size_t text_length, text_room;
  size_t *start; /* where in TEXT each field begins */
  size_t fields, fields_room;

  int *position; /* of each wanted column in the file, or ABSENT */
  const char **row;
  size_t header_fields;
  size_t line, row_line;
  bool strict; /* no other columns may stand in the file */
  bool in_header, in_row, stopped;
};

static void *grown(void *memory, size_t size) {
  void *larger = realloc(memory, size);
  if (!larger) out_of_memory();
  return larger;
}

/* Makes room for LENGTH more bytes of text and one more field. */
static void make_room(struct reading *reading, size_t length) {
  if (reading->text_length + length > reading->text_room) {
    reading->text_room = (reading->text_length + length) * 2;
    reading->text = grown(reading->text, reading->text_room);
  }
  if (reading->fields == reading->fields_room) {
    reading->fields_room = reading->fields_room ? reading->fields_room * 2 : 32;
    reading->start = grown(reading->start, reading->fields_room * sizeof *reading->start);
  }
}

static void take_field(const char *bytes, size_t length, struct reading *reading) {
  make_room(reading, length + 1);
  reading->start[reading->fields++] = reading->text_length;
  if (length) memcpy(reading->text + reading->text_length, bytes, length);
  reading->text[reading->text_length + length] = '\0';
  reading->text_length += length + 1;
}

/* REASON is never the text of the failure that it is written to. */
static void stop(struct reading *reading, const char *reason) {
  failure_set(reading->failure, "%s:%zu: %s", reading->path, reading->row_line, reason);
  reading->stopped = true;
}

static const char *parse_error(struct csv_parser *parser) {
  if (csv_error(parser) == CSV_EPARSE)
    return "a quotation mark inside a field without quotes, or text behind a closing one";
  return csv_strerror(csv_error(parser));
}

static bool is_wanted(const struct reading *reading, const char *name) {
  for (size_t i = 0; i < reading->wanted; i++)
    if (strcmp(reading->columns[i] + (*reading->columns[i] == '?'), name) == 0) return true;
  return false;
}

static void refuse_other_columns(struct reading *reading) {
  for (size_t i = 0; i < reading->fields && !reading->stopped; i++) {
    const char *name = reading->text + reading->start[i];
    char reason[256];
    if (is_wanted(reading, name)) continue;
    snprintf(reason, sizeof reason, "the column '%.200s' is not known", name);
    stop(reading, reason);
  }
}

static void take_header(struct reading *reading) {
  reading->header_fields = reading->fields;
  if (reading->strict) refuse_other_columns(reading);
  for (size_t i = 0; i < reading->wanted; i++) {
    const char *name = reading->columns[i];
    bool optional = *name == '?';
    if (optional) name++;
    reading->position[i] = ABSENT;
    for (size_t j = 0; j < reading->fields; j++)
      if (strcmp(name, reading->text + reading->start[j]) == 0) reading->position[i] = (int)j;
    if (reading->position[i] == ABSENT && !optional) {
      char reason[256];
      snprintf(reason, sizeof reason, "the column '%.200s' is missing", name);
      stop(reading, reason);
      return;
    }
  }
}

static void take_row(struct reading *reading) {
  if (reading->stopped) return;
  if (reading->in_header) {
    take_header(reading);
    reading->in_header = false;
  } else if (reading->fields != reading->header_fields) {
    char reason[128];
    snprintf(reason, sizeof reason, "the row has %zu fields, the header has %zu", reading->fields,
             reading->header_fields);
    stop(reading, reason);
  } else {
    for (size_t i = 0; i < reading->wanted; i++)
      reading->row[i] = reading->position[i] == ABSENT
                            ? ""
                            : reading->text + reading->start[reading->position[i]];
    struct failure refusal = {""};
    if (!reading->handler(reading->context, reading->row_line, reading->row, &refusal))
      stop(reading, refusal.text);
  }
  reading->fields = 0;
  reading->text_length = 0;
  reading->in_row = false;
}

/* What libcsv calls. */

static void parsed_field(void *bytes, size_t length, void *context) {
  take_field(bytes, length, context);
}

static void parsed_row(int terminator, void *context) {
  (void)terminator;
  take_row(context);
}

static int never_space(unsigned char byte) {
  (void)byte;
  return 0; /* spaces belong to the field (RFC 4180) */
}

/* The length of a line that is a row by itself, with its fields between its commas: one without
 * quotation marks and without an end of line but its own. 0: it is another one. */
static size_t plain_length(const char *bytes, size_t size) {
  size_t length = size;
  if (length > 0 && bytes[length - 1] == '\n') length--;
  if (length > 0 && bytes[length - 1] == '\r') length--;
  return memchr(bytes, '"', length) || memchr(bytes, '\r', length) ? 0 : length;
}

static void take_plain_row(struct reading *reading, const char *bytes, size_t length) {
  const char *end = bytes + length;
  for (const char *comma; (comma = memchr(bytes, ',', (size_t)(end - bytes))); bytes = comma + 1)
    take_field(bytes, (size_t)(comma - bytes), reading);
  take_field(bytes, (size_t)(end - bytes), reading);
  take_row(reading);
}

/* Takes a physical line at a time, so that a row's first line is known. Most rows are plain; libcsv
 * looks at each byte by itself, and that only the others need. */
static void take_line(struct reading *reading, struct csv_parser *parser, const char *bytes,
                      size_t size) {
  reading->line++;
  if (reading->line == 1 && size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
    bytes += 3;
    size -= 3;
  }
  if (memchr(bytes, '\0', size)) {
    reading->row_line = reading->line;
    stop(reading, "a NUL byte; the file is no text in UTF-8");
    return;
  }
  if (!reading->in_row) {
    reading->row_line = reading->line;
    size_t length = plain_length(bytes, size);
    if (length > 0) {
      take_plain_row(reading, bytes, length);
      return;
    }
    reading->in_row =
        size > 0 && *bytes != '\n' && *bytes != '\r'; /* libcsv passes over empty lines */
  }
  if (csv_parse(parser, bytes, size, parsed_field, parsed_row, reading) != size) {
    reading->row_line = reading->line;
    stop(reading, parse_error(parser));
  }
}

static void take_file(struct reading *reading, struct csv_parser *parser, FILE *file) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length = 0;
  while (!reading->stopped && (length = getline(&line, &room, file)) >= 0)
    take_line(reading, parser, line, (size_t)length);
  free(line);
  if (reading->stopped) return;
  if (!feof(file)) { /* an error of reading, or a line longer than the memory */
    failure_set(reading->failure, "%s: %s", reading->path, strerror(errno));
    reading->stopped = true;
  } else if (csv_fini(parser, parsed_field, parsed_row, reading) != 0) {
    stop(reading, "a quoted field of the row that begins here is not closed");
  } else if (!reading->stopped && reading->in_header) {
    failure_set(reading->failure, "%s: the file is empty", reading->path);
    reading->stopped = true;
  }
}

static bool read_file(const char *path, const char *const *columns, bool strict,
                      csv_row_handler *handler, void *context, struct failure *failure) {
  FILE *file = fopen(path, "r");
  if (!file) return failure_set(failure, "%s: %s", path, strerror(errno));
  struct reading reading = {.path = path,
                            .columns = columns,
                            .handler = handler,
                            .context = context,
                            .failure = failure,
                            .strict = strict,
                            .in_header = true};
  while (columns[reading.wanted]) reading.wanted++;
  reading.position = grown(NULL, (reading.wanted + 1) * sizeof *reading.position);
  reading.row = grown(NULL, (reading.wanted + 1) * sizeof *reading.row);

  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) abort();
  csv_set_space_func(&parser, never_space);
  take_file(&reading, &parser, file);

  csv_free(&parser);
  free(reading.text);
  free(reading.start);
  free(reading.position);
  free(reading.row);
  fclose(file);
  return !reading.stopped;
}

bool csv_read(const char *path, const char *const *columns, csv_row_handler *handler, void *context,
              struct failure *failure) {
  return read_file(path, columns, false, handler, context, failure);
}

bool csv_read_strictly(const char *path, const char *const *columns, csv_row_handler *handler,
                       void *context, struct failure *failure) {
  return read_file(path, columns, true, handler, context, failure);
}

static bool needs_quotes(const char *field) {
  return strpbrk(field, ",\"\r\n") != NULL || *field == ' ' ||
         (*field && field[strlen(field) - 1] == ' ');
}

void csv_write_row(FILE *file, const char *const *fields, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *field = fields[i] ? fields[i] : "";
    if (i > 0) putc(',', file);
    if (count == 1 || needs_quotes(field)) /* a lone empty field would be an empty line */
      csv_fwrite(file, field, strlen(field));
    else
      fputs(field, file);
  }
  putc('\n', file);
}
