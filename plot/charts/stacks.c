/* Bars of several parts: how reviews and lawsuits over disclosure ended. The bars are drawn from
 * the parts; where the report's own total says otherwise, the chart says so. */
#include <string.h>

#include "plot/charts/chart.h"
#include "plot/drawing/bars.h"

/* A bar: its own row of the plan is the printed total, those behind it the parts. */
struct stack {
  struct bar_row row;
  struct report_sum sum;
  const struct observation *total;
  bool printed, differs;
};

/* The part of the bars that is called KEY; a new one where there is none. BAR_PARTS where there are
 * too many. */
static size_t part_of(const struct chart_input *input, struct bars *bars,
                      const struct chart_row_plan *plan) {
  size_t part = 0;
  while (part < bars->parts && strcmp(bars->part_key[part], plan->key) != 0) part++;
  if (part < bars->parts || part == BAR_PARTS) return part;
  bars->part_key[part] = plan->key;
  bars->part_label[part] = chart_text(input, plan->key);
  bars->part_colour[part] = plan->colour;
  return bars->parts++;
}

static void add_part(const struct chart_input *input, struct bars *bars, struct stack *stack,
                     const struct chart_row_plan *plan) {
  static const struct decimal zero = {0};
  const struct observation *value = chart_row_value(input, plan);
  size_t part = part_of(input, bars, plan);
  report_sum_add(&stack->sum, value);
  stack->row.doubted |= chart_row_is_doubted(input, plan);
  if (part < BAR_PARTS && value && status_has_value(value->status) &&
      decimal_compare(value->value, zero) >= 0)
    stack->row.part[part] = bar_part_of(input->arena, value->value, chart_reading(input));
}

/* The bar that begins at *AT, which moves behind its last part. */
static struct stack read_stack(const struct chart_input *input, struct bars *bars, size_t *at) {
  const struct chart_form *form = input->form;
  const struct chart_row_plan *plan = &form->rows.item[(*at)++];
  struct stack stack = {
      .row = {.label = chart_row_label(input, plan), .key = chart_row_key(plan), .count = ""}};
  while (*at < form->rows.count && form->rows.item[*at].role == CHART_ROLE_PART)
    add_part(input, bars, &stack, &form->rows.item[(*at)++]);
  stack.total = chart_row_value(input, plan);
  stack.printed = stack.total && status_has_value(stack.total->status);
  stack.differs = stack.printed && decimal_compare(stack.total->value, stack.sum.sum) != 0;
  stack.row.status = stack.differs ? "total_differs" : stack.printed ? "" : "total_missing";
  return stack;
}

static void add_stack(const struct chart_input *input, struct picture *picture,
                      struct stack *stack) {
  struct filling fillings[] = {{"block", stack->row.label},
                               {"sum", chart_number(input, stack->sum.sum)},
                               {"total", chart_value(input, stack->total)},
                               {NULL, NULL}};
  stack->row.value = chart_words(input, stack->differs ? "value_differs" : "value_sum", fillings);
  if (stack->printed) {
    char digits[DECIMAL_TEXT_SIZE];
    stack->row.count = arena_text(input->arena, decimal_text(stack->total->value, digits));
  }
  *list_add(input->arena, &picture->bars.rows) = stack->row;
  if (stack->differs) chart_note(input, picture, "note_total_differs", fillings);
  if (!stack->printed) chart_note(input, picture, "note_total_missing", fillings);
}

const char *chart_stacks(const struct chart_input *input, struct picture *picture) {
  static const struct decimal zero = {0};
  struct report_sum all = {0};
  bool reported = false, anything = false;
  if (!input->form) return "missing";
  picture->bars.count_key = "total_printed";
  picture->bars.axis = chart_text(input, "axis");
  for (size_t at = 0; at < input->form->rows.count;) {
    struct stack stack = read_stack(input, &picture->bars, &at);
    if (stack.sum.values == 0 && !stack.total) continue;
    reported = true;
    anything |= stack.differs || decimal_compare(stack.sum.sum, zero) > 0;
    all.approximate |= stack.sum.approximate;
    if (!decimal_add(all.sum, stack.sum.sum, &all.sum)) return "missing";
    add_stack(input, picture, &stack);
  }
  if (!reported) return "missing";
  if (!anything) return "none";
  picture->subtitle = chart_words(
      input, "subtitle", (struct filling[]){{"n", chart_number(input, all.sum)}, {NULL, NULL}});
  if (all.approximate)
    chart_note(input, picture, "note_approximate", (struct filling[]){{NULL, NULL}});
  return NULL;
}
