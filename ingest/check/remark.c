/* Words for remarks. Decides nothing. */
#include "ingest/check/remark.h"

#include <string.h>

struct remark *remark_add(struct checking *checking, enum remark_level level, const char *rule) {
  struct remark *remark = list_add(checking->arena, &checking->remarks);
  *remark = (struct remark){.level = level,
                            .rule = rule,
                            .message = "",
                            .hint = "",
                            .left = "",
                            .right = "",
                            .cell = "",
                            .printed = "",
                            .suggested = "",
                            .where = ""};
  return remark;
}

const char *remark_words(const struct checking *checking, const char *key,
                         const struct filling *fillings) {
  return words_fill(checking->arena, checking->words, "any", key, fillings);
}

static const char *number(const struct checking *checking, size_t value) {
  return arena_format(checking->arena, "%zu", value);
}

const char *remark_place(const struct checking *checking, struct source_place place) {
  static const char *const keys[PLACE_KINDS] = {NULL, "place_table", "place_paragraph",
                                                "place_chart"};
  const struct filling fillings[] = {
      {"page", number(checking, place.page)},   {"number", number(checking, place.number)},
      {"row", number(checking, place.row)},     {"column", number(checking, place.column)},
      {"point", number(checking, place.point)}, {NULL, NULL}};
  if (!keys[place.kind]) return "";
  const char *page = place.page ? remark_words(checking, "place_page", fillings) : "";
  return arena_format(checking->arena, "%s%s", page,
                      remark_words(checking, keys[place.kind], fillings));
}

static const char *text_at(const struct document *document, struct source_place place) {
  enum block_kind kind = place.kind == PLACE_TABLE ? BLOCK_GRID : BLOCK_PARAGRAPH;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != kind || block->number != place.number) continue;
    if (kind == BLOCK_PARAGRAPH) return block->text;
    if (place.row == 0 || place.row > block->grid.rows) return NULL;
    const struct row *row = &block->grid.row[place.row - 1];
    for (size_t c = 0; c < row->cells; c++)
      if (row->cell[c].column < place.column &&
          place.column <= row->cell[c].column + row->cell[c].columns)
        return row->cell[c].text;
  }
  return NULL;
}

void remark_locate(struct checking *checking, struct remark *remark, struct source_place place) {
  const struct document *file = checking->report->file;
  remark->place = place;
  remark->where = remark_place(checking, place);
  if (place.kind != PLACE_TABLE && place.kind != PLACE_PARAGRAPH) return;
  const char *text = text_at(file, place);
  remark->paragraph = text ? document_origin(file, text) : 0;
}

const char *remark_cell(const struct checking *checking, const char *variable,
                        const char *category) {
  const struct variable *known = codebook_find(checking->knowledge->codebook, variable);
  bool chinese = words_language(checking->words) == LANGUAGE_ZH;
  const char *label = known ? (chinese ? known->label_zh : known->label_en) : variable;
  const char *class = *category ? words_class(checking->words, category) : NULL;
  if (!class) class = category;
  if (*class == '\0') return label;
  return arena_format(checking->arena, chinese ? "%s（%s）" : "%s (%s)", label, class);
}

const char *remark_decimal(const struct checking *checking, struct decimal value) {
  char text[DECIMAL_TEXT_SIZE];
  return arena_text(checking->arena, decimal_text(value, text));
}

const char *remark_printed(const struct checking *checking, const struct observation *cell) {
  if (*cell->raw) return cell->raw;
  return status_has_value(cell->status) && cell->status != STATUS_DEDUCED
             ? remark_decimal(checking, cell->value)
             : "—";
}
