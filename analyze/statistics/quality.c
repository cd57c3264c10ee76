/* Passes over a report's values once. */
#include "analyze/statistics/quality.h"

#include <string.h>

#include "core/base/content_hash.h"

enum { FEWEST_ABOVE_ZERO = 3 };

/* Of smaller numbers of any smooth distribution more end in 0 than in 9: from 100 to 999 by some
 * nine parts in a hundred, which 60,000 of them show; from 1000 on by less than one. */
enum { FEWEST_DIGITS = 4 };

const struct sections *sections_new(struct arena *arena, const struct codebook *codebook,
                                    struct failure *failure) {
  struct sections *sections = arena_alloc(arena, sizeof *sections);
  uint8_t *of_variable = arena_array(arena, codebook->variables, sizeof *of_variable);
  for (size_t i = 0; i < codebook->variables; i++) {
    const char *name = codebook->variable[i].section;
    size_t section = 0;
    while (section < sections->count && strcmp(sections->name[section], name) != 0) section++;
    if (section == MOST_SECTIONS) {
      failure_set(failure, "the codebook has more than %d sections", MOST_SECTIONS);
      return NULL;
    }
    if (section == sections->count) sections->name[sections->count++] = name;
    of_variable[i] = (uint8_t)section;
  }
  sections->codebook = codebook;
  sections->of_variable = of_variable;
  return sections;
}

static void add_cell(struct quality *quality, size_t section, const struct observation *cell,
                     const char *value) {
  uint64_t fingerprint = fingerprint_text(quality->fingerprint[section], cell->variable);
  fingerprint = fingerprint_text(fingerprint, cell->category);
  fingerprint = fingerprint_text(fingerprint, status_name(cell->status));
  quality->fingerprint[section] = fingerprint_text(fingerprint, value);
  if (*value && decimal_compare(cell->value, decimal_from(0)) > 0) quality->above_zero[section]++;
}

/* The last digit of a whole number of FEWEST_DIGITS or more; -1 of others. */
static int last_digit(const char *value) {
  size_t length = strlen(value);
  if (length < FEWEST_DIGITS || strspn(value, "0123456789") != length) return -1;
  return value[length - 1] - '0';
}

/* Fingerprints of the numbers that were met; what no longer fits counts as new. */
enum { NUMBERS = 1024, TRIES = 32 };
struct numbers {
  uint64_t met[NUMBERS]; /* 0 where there is none */
};

static bool is_new(struct numbers *numbers, size_t section, const char *text) {
  /* beyond the bits of a character, with which it would cancel out: section 6, '5' would be as
   * section 1, '2' */
  uint64_t fingerprint = fingerprint_text((uint64_t)(section + 1) << 8, text) | 1;
  for (size_t i = 0; i < TRIES; i++) {
    uint64_t *met = &numbers->met[(fingerprint / 2 + i) % NUMBERS];
    if (*met == fingerprint) return false;
    if (*met) continue;
    *met = fingerprint;
    return true;
  }
  return true;
}

struct quality quality_of(const struct sections *sections,
                          const struct observations *observations) {
  struct quality quality = {0};
  struct numbers numbers = {{0}};
  for (size_t i = 0; i < observations->count; i++) {
    const struct observation *cell = &observations->item[i];
    const struct variable *variable = codebook_find(sections->codebook, cell->variable);
    if (!variable) continue;
    size_t section = sections->of_variable[variable - sections->codebook->variable];
    char text[DECIMAL_TEXT_SIZE] = "";
    const char *value = status_has_value(cell->status) ? decimal_text(cell->value, text) : text;
    quality.values[cell->status]++;
    if (strcmp(variable->forms, "any") != 0) add_cell(&quality, section, cell, value);
    int digit =
        cell->status == STATUS_REPORTED && variable->type == TYPE_COUNT ? last_digit(value) : -1;
    if (digit >= 0 && is_new(&numbers, section, value)) quality.digits[section][digit]++;
  }
  return quality;
}

bool section_repeats(const struct quality *before, const struct quality *now, size_t section) {
  return now->above_zero[section] >= FEWEST_ABOVE_ZERO &&
         before->fingerprint[section] == now->fingerprint[section];
}
