/* Finds the headings of the sections in the paragraphs of a report. */
#include "ingest/check/sections.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"
#include "core/base/pattern.h"

enum { HEADING_MOST = 40, SOMETHING = 8 }; /* characters */

struct section {
  const char *number, *label;
  long from_year;
  bool is_prose; /* what stands in it is text */
  struct pattern *pattern;
  size_t at; /* index of its heading among the blocks; SIZE_MAX: not found */
  const char *printed;
};

struct section_list {
  struct checking *checking;
  LIST_OF(struct section) list;
};

#define SECTION_ROW(COLUMN, OPTIONAL)                                                              \
  COLUMN(number) COLUMN(label_zh) COLUMN(label_en) COLUMN(from_year) COLUMN(prose) COLUMN(pattern)
CSV_ROW(section_row, SECTION_ROW);

static bool take_section(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  struct section_list *sections = context;
  struct arena *arena = sections->checking->arena;
  const struct section_row *row = (const void *)f;
  bool chinese = words_language(sections->checking->words) == LANGUAGE_ZH;
  struct pattern *pattern = pattern_compile(row->pattern, NULL, failure);
  if (!pattern) return false;
  *list_add(arena, &sections->list) =
      (struct section){arena_text(arena, row->number),
                       arena_text(arena, chinese ? row->label_zh : row->label_en),
                       strtol(row->from_year, NULL, 10),
                       strcmp(row->prose, "yes") == 0,
                       pattern,
                       SIZE_MAX,
                       ""};
  return true;
}

/* Whether BLOCK is the heading of SECTION; notes the number that it prints. */
static bool is_heading(struct checking *checking, struct section *section,
                       const struct block *block) {
  if (block->kind != BLOCK_PARAGRAPH) return false;
  char *text = text_compact(checking->arena, text_utf8(checking->arena, block->text));
  if (text_length(text) > HEADING_MOST) return false;
  if (!pattern_match(section->pattern, text, strlen(text), 0)) return false;
  section->printed = pattern_text(section->pattern, checking->arena, text, "number");
  return true;
}

/* The first heading of SECTION behind FROM, else the first at all. */
static void find_section(struct checking *checking, struct section *section, size_t from) {
  const struct document *document = checking->report->document;
  size_t count = document->blocks.count;
  for (size_t i = from; i < count && section->at == SIZE_MAX; i++)
    if (is_heading(checking, section, &document->blocks.item[i])) section->at = i;
  for (size_t i = 0; i < from && section->at == SIZE_MAX; i++)
    if (is_heading(checking, section, &document->blocks.item[i])) section->at = i;
}

static void tell(struct checking *checking, const char *rule, const struct section *section) {
  struct remark *remark = remark_add(checking, REMARK_WARNING, rule);
  const struct filling fillings[] = {{"label", section->label},
                                     {"number", section->number},
                                     {"printed", section->printed},
                                     {NULL, NULL}};
  remark->message = remark_words(checking, rule, fillings);
  remark->printed = section->printed;
  if (section->at == SIZE_MAX) return;
  const struct block *block = &checking->report->document->blocks.item[section->at];
  remark_locate(checking, remark, block_place(block, block->page));
}

/* Whether next to nothing stands between the heading and the block at END. */
static bool is_empty(const struct checking *checking, const struct section *section, size_t end) {
  const struct document *document = checking->report->document;
  size_t length = 0;
  for (size_t i = section->at + 1; i < end; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH) return false;
    length += text_length(text_compact(checking->arena, text_utf8(checking->arena, block->text)));
  }
  return length < SOMETHING;
}

/* Where the section behind the one at AT begins. */
static size_t end_of(const struct section_list *sections, size_t at, size_t end) {
  for (size_t i = 0; i < sections->list.count; i++) {
    size_t other = sections->list.item[i].at;
    if (other != SIZE_MAX && other > at && other < end) end = other;
  }
  return end;
}

static void judge(struct checking *checking, const struct section_list *sections) {
  size_t last = 0, blocks = checking->report->document->blocks.count;
  for (size_t i = 0; i < sections->list.count; i++) {
    const struct section *section = &sections->list.item[i];
    if (section->at == SIZE_MAX) {
      tell(checking, "section_missing", section);
      continue;
    }
    if (section->at < last) tell(checking, "section_order", section);
    if (section->at > last) last = section->at;
    if (*section->printed && strcmp(section->printed, section->number) != 0)
      tell(checking, "section_number", section);
    if (section->is_prose && is_empty(checking, section, end_of(sections, section->at, blocks)))
      tell(checking, "section_empty", section);
  }
}

bool sections_check(struct checking *checking, const char *folder, struct failure *failure) {
  struct section_list sections = {.checking = checking};
  const char *path = arena_format(checking->arena, "%s/rules/check_sections.csv", folder);
  bool done = csv_read(path, section_row_columns, take_section, &sections, failure);
  size_t from = 0;
  bool applies = done && sections.list.count > 0 &&
                 checking->report->identity.year >= sections.list.item[0].from_year;
  for (size_t i = 0; applies && i < sections.list.count; i++) {
    struct section *section = &sections.list.item[i];
    find_section(checking, section, from);
    if (section->at != SIZE_MAX && section->at >= from) from = section->at + 1;
  }
  if (applies) judge(checking, &sections);
  for (size_t i = 0; i < sections.list.count; i++) pattern_free(sections.list.item[i].pattern);
  return done;
}
