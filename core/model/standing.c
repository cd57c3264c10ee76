/* Codes of divisions. Knows no reports. */
#include "core/model/standing.h"

#include <stdio.h>
#include <string.h>

const char *standing_level(const char *code) {
  if (strlen(code) != 6 || strspn(code, "0123456789") != 6) return NULL;
  if (strcmp(code + 2, "0000") == 0) return "province";
  return strcmp(code + 4, "00") == 0 ? "prefecture" : "county";
}

static void note_division(struct standing *standing, const struct division *division) {
  bool is_province = strcmp(standing_level(division->code), "province") == 0;
  snprintf(is_province ? standing->province : standing->prefecture, 7, "%s", division->code);
  *(is_province ? &standing->province_name : &standing->prefecture_name) = division->name;
}

struct standing standing_of(const struct divisions *divisions, const char *code) {
  struct standing standing = {.prefecture_name = "", .province_name = ""};
  standing.level = standing_level(code);
  if (!standing.level) return standing;
  const struct division *division = divisions_find(divisions, code);
  if (!division) {
    snprintf(standing.province, 7, "%.2s0000", code);
    if (strcmp(standing.level, "province") != 0) snprintf(standing.prefecture, 7, "%.4s00", code);
    division = divisions_find(divisions, standing.prefecture);
    if (!division) division = divisions_find(divisions, standing.province);
  }
  for (; division; division = division->parent)
    if (strcmp(standing_level(division->code), "county") != 0) note_division(&standing, division);
  return standing;
}
