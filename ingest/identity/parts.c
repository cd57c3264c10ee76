/* Parts a document into reports. Knows titles and beginnings only by document_rules.csv, and tables
 * only by what the forms read in them. */
#include "ingest/identity/parts.h"

#include <string.h>

#include "ingest/document/findings.h"

enum { NOWHERE = -1 };

/* Longer paragraphs are no titles. */
enum { TITLE_BYTES = 300 };

struct boundaries {
  LIST_OF(size_t) starts; /* blocks with which a report may begin, the first one not among them */
};

static bool is_title(const struct document_rules *rules, const struct block *block,
                     struct arena *arena) {
  return block->kind == BLOCK_PARAGRAPH && strlen(block->text) <= TITLE_BYTES &&
         document_rule_match(rules, FIELD_TITLE, document_rule_title(rules, arena, block));
}

static bool is_start(const struct document_rules *rules, const struct block *block,
                     struct arena *arena) {
  return document_rule_match(rules, FIELD_REPORT_START, document_rule_text(arena, block));
}

/* The organ's name may stand on the line above the title. */
static size_t with_organ_line(const struct document_rules *rules, const struct document *document,
                              size_t title, struct arena *arena) {
  const struct block *above = title > 0 ? &document->blocks.item[title - 1] : NULL;
  bool is_organ = above && above->kind == BLOCK_PARAGRAPH && strlen(above->text) <= TITLE_BYTES &&
                  document_rule_match(rules, FIELD_ORGAN_LINE, document_rule_text(arena, above));
  return is_organ ? title - 1 : title;
}

/* How often the numbered sections begin: in nearly every document once. */
static size_t count_starts(const struct document_rules *rules, const struct document *document,
                           struct arena *arena) {
  size_t count = 0;
  for (size_t i = 0; i < document->blocks.count; i++)
    count += is_start(rules, &document->blocks.item[i], arena);
  return count;
}

/* Every place where the sections begin again, with the title above it and behind the last table. */
static void find_boundaries(const struct document_rules *rules, const struct document *document,
                            struct arena *arena, struct boundaries *boundaries) {
  bool in_body = false, behind_table = false;
  long title = NOWHERE;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_GRID) {
      behind_table = in_body;
      title = NOWHERE;
    } else if (is_start(rules, block, arena)) {
      if (in_body && (behind_table || title != NOWHERE))
        *list_add(arena, &boundaries->starts) =
            title == NOWHERE ? i : with_organ_line(rules, document, (size_t)title, arena);
      in_body = true;
      behind_table = false;
      title = NOWHERE;
    } else if (in_body && title == NOWHERE && is_title(rules, block, arena)) {
      title = (long)i;
    }
  }
}

static struct part part_of(const struct document *document, size_t from, size_t to) {
  struct part part = {.document = *document};
  if (from > 0) part.document.blocks.item += from; /* a document without blocks has no list */
  part.document.blocks.count = part.document.blocks.room = to - from;
  return part;
}

static bool has_values(const struct knowledge *knowledge, const struct part *part) {
  struct arena *arena = arena_new();
  struct findings findings = {.arena = arena};
  forms_read(knowledge->forms, knowledge->codebook, knowledge->numerals, &part->document, 0,
             &findings);
  bool found = findings.observations.count > 0;
  arena_free(arena);
  return found;
}

/* True where both name organ and year, and not the same. */
static bool are_of_others(const struct knowledge *knowledge, const struct part *a,
                          const struct part *b) {
  struct arena *arena = arena_new();
  struct findings findings = {.arena = arena};
  const struct origin nowhere = {.path = ""};
  struct identity x = identity_read(knowledge->document_rules, knowledge->divisions, &a->document,
                                    &nowhere, &findings);
  struct identity y = identity_read(knowledge->document_rules, knowledge->divisions, &b->document,
                                    &nowhere, &findings);
  bool named = *x.organ && x.year && *y.organ && y.year;
  bool differ = named && (x.year != y.year || strcmp(x.organ, y.organ) != 0);
  arena_free(arena);
  return differ;
}

struct parts document_parts(const struct knowledge *knowledge, const struct document *document,
                            struct arena *arena) {
  const struct document_rules *rules = knowledge->document_rules;
  struct boundaries boundaries = {0};
  size_t from = 0, count = 0, end = document->blocks.count;
  if (count_starts(rules, document, arena) > 1)
    find_boundaries(rules, document, arena, &boundaries);
  struct part *parts = arena_array(arena, boundaries.starts.count + 1, sizeof *parts);
  for (size_t i = 0; i < boundaries.starts.count; i++) {
    size_t start = boundaries.starts.item[i];
    size_t next = i + 1 < boundaries.starts.count ? boundaries.starts.item[i + 1] : end;
    struct part before = part_of(document, from, start), behind = part_of(document, start, next);
    if (!are_of_others(knowledge, &before, &behind) &&
        !(has_values(knowledge, &before) && has_values(knowledge, &behind)))
      continue;
    parts[count++] = before;
    from = start;
  }
  parts[count++] = part_of(document, from, end);
  for (size_t i = 0; i < count; i++) {
    const struct block *first = parts[i].document.blocks.item;
    parts[i].has_title = i == 0 || !is_start(rules, first, arena);
  }
  return (struct parts){parts, count};
}
