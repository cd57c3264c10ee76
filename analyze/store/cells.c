/* Sets of cells as bits. Knows neither rules nor indicators. */
#include "analyze/store/cells.h"

struct cells cells_new(struct arena *arena, const struct codebook *codebook) {
  size_t bits = codebook->variables * (codebook->applicants + 1);
  struct cells cells = {.words = (bits + 63) / 64};
  cells.word = arena_array(arena, cells.words, sizeof *cells.word);
  return cells;
}

void cells_add(struct cells *cells, const struct codebook *codebook,
               const struct variable *variable, const char *category) {
  size_t bit = (size_t)(variable - codebook->variable) * (codebook->applicants + 1);
  if (variable->dimension == DIMENSION_APPLICANT)
    bit += (size_t)(codebook_applicant(codebook, category) + 1);
  cells->word[bit / 64] |= UINT64_C(1) << (bit % 64);
}

void cells_add_expression(struct cells *cells, const struct codebook *codebook,
                          const struct expression *expression, const char *category) {
  for (size_t i = 0; i < expression->terms; i++) {
    const struct expression_term *term = &expression->term[i];
    if (term->previous) continue; /* cells of another report */
    for (size_t j = 0; j < term->count; j++)
      cells_add(cells, codebook, term->members[j], term->category ? term->category : category);
  }
}

void cells_unite(struct cells *cells, const struct cells *other) {
  for (size_t i = 0; i < cells->words && i < other->words; i++) cells->word[i] |= other->word[i];
}

bool cells_overlap(const struct cells *a, const struct cells *b) {
  for (size_t i = 0; i < a->words && i < b->words; i++)
    if (a->word[i] & b->word[i]) return true;
  return false;
}
