/* Writes verdicts for people and programs. All words come from check.csv. */
#include "ingest/check/verdict.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/markup.h"

enum verdict_format verdict_format_from(const char *name) {
  static const char *const names[VERDICT_FORMATS] = {"text", "html", "json", "csv"};
  enum verdict_format format = VERDICT_TEXT;
  while (format < VERDICT_FORMATS && strcmp(names[format], name) != 0) format++;
  return format;
}

size_t verdict_count(const struct checking *checking, enum remark_level level) {
  size_t count = 0;
  for (size_t i = 0; i < checking->remarks.count; i++)
    count += checking->remarks.item[i].level == level;
  return count;
}

static const char *const columns[] = {
    "source", "report_id", "organ", "year",   "level",   "rule",      "left",    "right", "cell",
    "place",  "table",     "row",   "column", "printed", "suggested", "message", "hint"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const level_names[] = {"error", "warning"};

void verdict_begin(FILE *file, enum verdict_format format, enum language language) {
  if (format == VERDICT_CSV) csv_write_row(file, columns, COLUMNS);
  if (format == VERDICT_JSON) fputs("[\n", file);
  if (format == VERDICT_HTML)
    fprintf(file,
            "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>ogi-check"
            "</title><style>body{font-family:sans-serif;max-width:60em;margin:2em auto}"
            "li{margin:.5em 0}.hint{color:#555}</style></head><body>\n",
            language_name(language));
}

void verdict_part(FILE *file, enum verdict_format format) {
  if (format == VERDICT_JSON) fputs(",\n", file);
  if (format == VERDICT_TEXT) fputs("\n", file);
}

void verdict_end(FILE *file, enum verdict_format format) {
  if (format == VERDICT_JSON) fputs("\n]\n", file);
  if (format == VERDICT_HTML) fputs("</body></html>\n", file);
}

/* ---- the heading and the summary ---- */

static const char *heading(const struct checking *checking) {
  const struct identity *identity = &checking->report->identity;
  const struct filling fillings[] = {{"source", checking->report->source.path},
                                     {"organ", identity->organ},
                                     {"year", arena_format(checking->arena, "%d", identity->year)},
                                     {NULL, NULL}};
  return remark_words(checking, "heading", fillings);
}

static const char *summary(const struct checking *checking, size_t checked) {
  struct arena *arena = checking->arena;
  size_t errors = verdict_count(checking, REMARK_ERROR);
  const struct filling fillings[] = {
      {"values", arena_format(arena, "%zu", checking->report->observations.count)},
      {"checked", arena_format(arena, "%zu", checked)},
      {"errors", arena_format(arena, "%zu", errors)},
      {"warnings", arena_format(arena, "%zu", verdict_count(checking, REMARK_WARNING))},
      {NULL, NULL}};
  return remark_words(checking, errors ? "summary_fails" : "summary_holds", fillings);
}

/* ---- text and pages ---- */

/* Documents are strangers: nothing of theirs may command a terminal. */
static void put_text(FILE *file, const char *text) {
  for (; *text; text++) {
    bool is_control = (unsigned char)*text < ' ' || *text == 0x7F ||
                      ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] >= 0x80 &&
                       (unsigned char)text[1] < 0xA0);
    putc(is_control ? ' ' : *text, file);
  }
}

static void put_line(FILE *file, const char *before, const char *text) {
  fputs(before, file);
  put_text(file, text);
  putc('\n', file);
}

static void write_text_level(FILE *file, const struct checking *checking, enum remark_level level) {
  size_t number = 0;
  for (size_t i = 0; i < checking->remarks.count; i++) {
    const struct remark *remark = &checking->remarks.item[i];
    if (remark->level != level) continue;
    if (number == 0)
      put_line(file, "\n",
               words_get(checking->words, "any", level == REMARK_ERROR ? "errors" : "warnings"));
    fprintf(file, "%zu. ", ++number);
    put_line(file, "", remark->message);
    if (*remark->hint) put_line(file, "   ", remark->hint);
    if (*remark->where && *remark->hint == '\0' && !strstr(remark->message, remark->where))
      put_line(file, "   ", remark->where);
  }
}

static void write_text(FILE *file, const struct checking *checking, size_t checked) {
  put_line(file, "", heading(checking));
  put_line(file, "", summary(checking, checked));
  write_text_level(file, checking, REMARK_ERROR);
  write_text_level(file, checking, REMARK_WARNING);
}

static void put_element(FILE *file, const char *open, const char *text, const char *close) {
  fputs(open, file);
  markup_put_html(file, text);
  fputs(close, file);
}

static void write_html_level(FILE *file, const struct checking *checking, enum remark_level level) {
  if (verdict_count(checking, level) == 0) return;
  put_element(file, "<h2>",
              words_get(checking->words, "any", level == REMARK_ERROR ? "errors" : "warnings"),
              "</h2>\n<ol>\n");
  for (size_t i = 0; i < checking->remarks.count; i++) {
    const struct remark *remark = &checking->remarks.item[i];
    if (remark->level != level) continue;
    put_element(file, "<li>", remark->message, "");
    const char *hint = *remark->hint ? remark->hint : remark->where;
    if (*hint) put_element(file, "<div class=\"hint\">", hint, "</div>");
    fputs("</li>\n", file);
  }
  fputs("</ol>\n", file);
}

static void write_html(FILE *file, const struct checking *checking, size_t checked) {
  put_element(file, "<h1>", heading(checking), "</h1>\n");
  put_element(file, "<p>", summary(checking, checked), "</p>\n");
  write_html_level(file, checking, REMARK_ERROR);
  write_html_level(file, checking, REMARK_WARNING);
}

/* ---- rows ---- */

static const char *number_or_blank(struct arena *arena, size_t number) {
  return number ? arena_format(arena, "%zu", number) : "";
}

static void fill_row(const struct checking *checking, const struct remark *remark,
                     const char *row[COLUMNS]) {
  struct arena *arena = checking->arena;
  const struct report *report = checking->report;
  bool in_table = remark->place.kind == PLACE_TABLE;
  const char *cells[COLUMNS] = {report->source.path,
                                report->id,
                                report->identity.organ,
                                arena_format(arena, "%d", report->identity.year),
                                level_names[remark->level],
                                remark->rule,
                                remark->left,
                                remark->right,
                                remark->cell,
                                remark->where,
                                number_or_blank(arena, in_table ? remark->place.number : 0),
                                number_or_blank(arena, in_table ? remark->place.row : 0),
                                number_or_blank(arena, in_table ? remark->place.column : 0),
                                remark->printed,
                                remark->suggested,
                                remark->message,
                                remark->hint};
  memcpy(row, cells, sizeof cells);
}

static void write_csv(FILE *file, const struct checking *checking) {
  for (size_t i = 0; i < checking->remarks.count; i++) {
    const char *row[COLUMNS];
    fill_row(checking, &checking->remarks.item[i], row);
    csv_write_row(file, row, COLUMNS);
  }
}

static void set_text(json_t *object, const char *name, const char *text) {
  json_t *value = json_string(text);
  json_object_set_new(object, name, value ? value : json_string("")); /* where it is no UTF-8 */
}

static void put_json(FILE *file, json_t *object) {
  char *text = json_dumps(object, JSON_INDENT(1));
  if (!text) out_of_memory();
  fputs(text, file);
  free(text);
  json_decref(object);
}

static void write_json(FILE *file, const struct checking *checking, size_t checked) {
  enum { FIRST_OF_REMARK = 4 }; /* columns before it are the report's */
  json_t *object = json_object(), *list = json_array();
  set_text(object, "source", checking->report->source.path);
  set_text(object, "report_id", checking->report->id);
  set_text(object, "organ", checking->report->identity.organ);
  json_object_set_new(object, "year", json_integer(checking->report->identity.year));
  json_object_set_new(object, "checked", json_integer((json_int_t)checked));
  for (size_t i = 0; i < checking->remarks.count; i++) {
    const char *row[COLUMNS];
    json_t *remark = json_object();
    fill_row(checking, &checking->remarks.item[i], row);
    for (size_t c = FIRST_OF_REMARK; c < COLUMNS; c++)
      if (*row[c]) set_text(remark, columns[c], row[c]);
    json_array_append_new(list, remark);
  }
  json_object_set_new(object, "remarks", list);
  put_json(file, object);
}

void verdict_write(FILE *file, enum verdict_format format, const struct checking *checking,
                   size_t checked) {
  switch (format) {
    case VERDICT_HTML: write_html(file, checking, checked); break;
    case VERDICT_JSON: write_json(file, checking, checked); break;
    case VERDICT_CSV: write_csv(file, checking); break;
    default: write_text(file, checking, checked);
  }
}

void verdict_write_reject(FILE *file, enum verdict_format format, struct arena *arena,
                          const struct words *words, const char *source, const char *meaning,
                          const char *detail) {
  const struct filling fillings[] = {
      {"source", source}, {"reason", meaning}, {"detail", detail}, {NULL, NULL}};
  const char *message = words_fill(arena, words, "any", "no_report", fillings);
  const char *row[COLUMNS] = {source, "", "", "", "no_report"};
  row[COLUMNS - 2] = message;
  if (format == VERDICT_TEXT) put_line(file, "", message);
  if (format == VERDICT_HTML) put_element(file, "<p>", message, "</p>\n");
  if (format == VERDICT_CSV) csv_write_row(file, row, COLUMNS);
  if (format != VERDICT_JSON) return;
  json_t *object = json_object();
  set_text(object, "source", source);
  set_text(object, "no_report", message);
  put_json(file, object);
}
