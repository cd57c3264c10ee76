/* Commas, indents and quotes. Knows nothing of what is described. */
#include "datasets/json.h"

static void write_string(FILE *file, const char *text) {
  putc('"', file);
  for (const char *end = text;; text = end) {
    while ((unsigned char)*end >= ' ' && *end != '"' && *end != '\\') end++;
    fwrite(text, 1, (size_t)(end - text), file);
    if (*end == '\0') break;
    if (*end == '\n')
      fputs("\\n", file);
    else
      fprintf(file, *end < ' ' ? "\\u%04x" : "\\%c", (unsigned)*end);
    end++;
  }
  putc('"', file);
}

static void begin_line(const struct json *json) {
  putc('\n', json->file);
  for (size_t i = 0; i < json->depth; i++) fputs("  ", json->file);
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

void json_literal(struct json *json, const char *key, const char *literal) {
  begin_item(json, key);
  fputs(literal, json->file);
}
