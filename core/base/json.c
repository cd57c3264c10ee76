/* Commas, indents and quotes. Knows nothing of what is described. */
#include "core/base/json.h"

static void write_string(FILE *file, const char *text) {
  putc_unlocked('"', file);
  for (const char *end = text;; text = end) {
    while ((unsigned char)*end >= ' ' && *end != '"' && *end != '\\') end++;
    fwrite_unlocked(text, 1, (size_t)(end - text), file);
    if (*end == '\0') break;
    if (*end == '\n')
      fputs_unlocked("\\n", file);
    else
      fprintf(file, *end < ' ' ? "\\u%04x" : "\\%c", (unsigned)*end);
    end++;
  }
  putc_unlocked('"', file);
}

static void begin_line(const struct json *json) {
  static const char blanks[] = "                ";
  putc_unlocked('\n', json->file);
  for (size_t left = 2 * json->depth, n; left > 0; left -= n) {
    n = left < sizeof blanks - 1 ? left : sizeof blanks - 1;
    fwrite_unlocked(blanks, 1, n, json->file);
  }
}

static void begin_item(struct json *json, const char *key) {
  if (json->has_items) putc_unlocked(',', json->file);
  if (json->depth > 0) begin_line(json);
  json->has_items = true;
  if (!key) return;
  write_string(json->file, key);
  fputs_unlocked(": ", json->file);
}

void json_open(struct json *json, const char *key, char bracket) {
  begin_item(json, key);
  putc_unlocked(bracket, json->file);
  json->depth++;
  json->has_items = false;
}

void json_close(struct json *json, char bracket) {
  json->depth--;
  if (json->has_items) begin_line(json);
  putc_unlocked(bracket, json->file);
  if (json->depth == 0) putc_unlocked('\n', json->file);
  json->has_items = true;
}

void json_text(struct json *json, const char *key, const char *text) {
  begin_item(json, key);
  write_string(json->file, text);
}

void json_literal(struct json *json, const char *key, const char *literal) {
  begin_item(json, key);
  fputs_unlocked(literal, json->file);
}
