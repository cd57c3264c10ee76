/* How administrative reviews and lawsuits over disclosure ended. The bars are drawn from the
 * results; where the report's own total says otherwise, the chart says so. */
#include "plot/charts/chart.h"

static const char *const blocks[] = {"review", "litigation_direct", "litigation_after_review"};
static const char *const results[] = {"upheld", "corrected", "other", "pending"};
enum { BLOCKS = sizeof blocks / sizeof *blocks, RESULTS = sizeof results / sizeof *results };

struct block {
  struct bar_row row;
  struct report_sum sum;
  const struct observation *total;
  bool printed, differs;
};

static struct block read_block(const struct chart_input *input, const char *name) {
  static const struct decimal zero = {0};
  struct arena *arena = input->arena;
  struct block block = {
      .row = {.label = words_get(input->words, input->chart, name), .key = name, .count = ""}};
  for (size_t i = 0; i < RESULTS; i++) {
    const struct observation *value =
        report_value(input->report, arena_format(arena, "%s.%s", name, results[i]));
    report_sum_add(&block.sum, value);
    if (value && status_has_value(value->status) && decimal_compare(value->value, zero) >= 0)
      block.row.part[i] = bar_part_of(arena, value->value, chart_reading(input));
  }
  block.total = report_value(input->report, arena_format(arena, "%s.total", name));
  block.printed = block.total && status_has_value(block.total->status);
  block.differs = block.printed && decimal_compare(block.total->value, block.sum.sum) != 0;
  block.row.status = block.differs ? "total_differs" : block.printed ? "" : "total_missing";
  return block;
}

static void add_block(const struct chart_input *input, struct picture *picture,
                      struct block *block) {
  struct filling fillings[] = {{"block", block->row.label},
                               {"sum", chart_number(input, block->sum.sum)},
                               {"total", chart_value(input, block->total)},
                               {NULL, NULL}};
  block->row.value = chart_words(input, block->differs ? "value_differs" : "value_sum", fillings);
  block->row.count = "";
  if (block->printed) {
    char digits[DECIMAL_TEXT_SIZE];
    block->row.count = arena_text(input->arena, decimal_text(block->total->value, digits));
  }
  *list_add(input->arena, &picture->bars.rows) = block->row;
  if (block->differs) chart_note(input, picture, "note_total_differs", fillings);
  if (!block->printed) chart_note(input, picture, "note_total_missing", fillings);
}

static void set_legend(const struct chart_input *input, struct bars *bars) {
  bars->parts = RESULTS;
  for (size_t i = 0; i < RESULTS; i++) {
    bars->part_key[i] = results[i];
    bars->part_label[i] = words_get(input->words, input->chart, results[i]);
  }
  bars->count_key = "total_printed";
  bars->axis = words_get(input->words, input->chart, "axis");
}

const char *chart_disputes(const struct chart_input *input, struct picture *picture) {
  static const struct decimal zero = {0};
  struct report_sum all = {0};
  bool reported = false, anything = false;
  set_legend(input, &picture->bars);
  for (size_t i = 0; i < BLOCKS; i++) {
    struct block block = read_block(input, blocks[i]);
    if (block.sum.values == 0 && !block.total) continue;
    reported = true;
    anything |= block.differs || decimal_compare(block.sum.sum, zero) > 0;
    all.approximate |= block.sum.approximate;
    if (!decimal_add(all.sum, block.sum.sum, &all.sum)) return "missing";
    add_block(input, picture, &block);
  }
  if (!reported) return "missing";
  if (!anything) return "none";
  picture->subtitle = chart_words(
      input, "subtitle", (struct filling[]){{"n", chart_number(input, all.sum)}, {NULL, NULL}});
  if (all.approximate)
    chart_note(input, picture, "note_approximate", (struct filling[]){{NULL, NULL}});
  return NULL;
}
