/* Writes JSON (RFC 8259) as it comes, a member a line. By hand: a tree of objects for a library to
 * walk took longer than reading the report that it describes. */
#ifndef OGISTAT_CORE_BASE_JSON_H
#define OGISTAT_CORE_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A text that is being written to FILE; errors stay in its error flag. */
struct json {
  FILE *file;
  size_t depth;
  bool has_items; /* in what was opened last */
};

/* Opens an object ('{') or an array ('['), and closes what was opened last with '}' or ']'. KEY is
 * its name in the object around it, NULL in an array and at the top. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);

/* A string; TEXT is valid UTF-8. */
void json_text(struct json *json, const char *key, const char *text);

/* A number, or `true` and the like: as LITERAL has it. */
void json_literal(struct json *json, const char *key, const char *literal);

#endif
