/* Checks told shares. Knows no variable. */
#include "ingest/edits/told_shares.h"

#include "ingest/edits/percent.h"

static struct edit_failure failure_of(struct arena *arena, const struct told_rule *rule,
                                      const struct told_share *share, struct decimal right,
                                      struct decimal difference) {
  char part[DECIMAL_TEXT_SIZE], whole[DECIMAL_TEXT_SIZE], told[DECIMAL_TEXT_SIZE],
      quotient_text[DECIMAL_TEXT_SIZE];
  struct edit *edit = arena_alloc(arena, sizeof *edit);
  *edit = (struct edit){.rule = rule->rule,
                        .variable = "",
                        .category = arena_format(arena, "%zu", share->quantity),
                        .message_zh = rule->message_zh,
                        .message_en = rule->message_en};
  decimal_text(share->part, part);
  decimal_text(share->whole, whole);
  decimal_text(share->share, told);
  decimal_text(right, quotient_text);
  return (struct edit_failure){
      .edit = edit,
      .left = share->share,
      .right = right,
      .difference = difference,
      .localisation = "",
      .cells_zh = arena_format(arena, "%s：%s%%，%s／%s＝%s%%", rule->message_zh, told, part, whole,
                               quotient_text),
      .cells_en = arena_format(arena, "%s: %s%%, %s / %s = %s%%", rule->message_en, told, part,
                               whole, quotient_text)};
}

void told_shares_check(struct arena *arena, const struct told_rule *rule,
                       const struct told_share *share, size_t count, struct edit_result *result) {
  struct edit_failure *failure = arena_array(arena, count + 1, sizeof *failure);
  size_t checked = 0, failures = 0;
  for (size_t i = 0; i < count; i++) {
    struct decimal right, difference;
    if (!percent_of(share[i].part, share[i].whole, share[i].share, &right) ||
        !decimal_subtract(share[i].share, right, &difference))
      continue;
    checked++;
    if (!percent_is_near(share[i].share, difference))
      failure[failures++] = failure_of(arena, rule, &share[i], right, difference);
  }
  edit_result_add(arena, rule->rule, checked, failure, failures, result);
}
