/* Commas, indents and quotes. Knows nothing of what is described. */
#include "datasets/json.h"

static void write_string(FILE *file, const char *text) {
  putc('"', file);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') putc('\\', file);
    if ((unsigned char)*text < ' ')
      fprintf(file, "\\u%04x", (unsigned)*text);
    else
      putc(*text, file);
  }
  putc('"', file);
}

static void begin_line(const struct json *json) {
  fprintf(json->file, "\n%*s", (int)(2 * json->depth), "");
}

static void begin_item(struct json *json, const char *key) {
  if (json->has_items) putc(',', json->file);
  if (json->depth > 0) begin_line(json);
  json->has_items = true;
  if (!key) return;
  write_string(json->file, key);
  fputs(": ", json->file);
}

void json_open(struct json *json, const char *key, char bracket) {
  begin_item(json, key);
  putc(bracket, json->file);
  json->depth++;
  json->has_items = false;
}

void json_close(struct json *json, char bracket) {
  json->depth--;
  if (json->has_items) begin_line(json);
  putc(bracket, json->file);
  if (json->depth == 0) putc('\n', json->file);
  json->has_items = true;
}

void json_text(struct json *json, const char *key, const char *text) {
  begin_item(json, key);
  write_string(json->file, text);
}
