/* A thin wall around PCRE2. Knows no pattern. */
#include "core/base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

/* PCRE2's JIT takes longer to compile a pattern than to match it on a whole report without. So it
 * compiles those that have met this much text (in bytes), as in a batch of reports. */
static const size_t worth_compiling = 100000;

struct last_match {
  pcre2_match_data *data;
  uint32_t groups; /* that it has room for, the whole match among them */
};

struct pattern {
  pcre2_code *code;
  struct last_match *last, *own; /* OWN is NULL where others share it */
  size_t met;                    /* bytes of text so far */
  bool compiled;
};

static void *known(void *memory) {
  if (!memory) out_of_memory();
  return memory;
}

struct last_match *last_match_new(void) {
  return known(calloc(1, sizeof(struct last_match)));
}

void last_match_free(struct last_match *last) {
  if (!last) return;
  pcre2_match_data_free(last->data);
  free(last);
}

/* Lets LAST have room for the groups of CODE. */
static void make_room(struct last_match *last, const pcre2_code *code) {
  uint32_t groups = 0;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
  if (groups < last->groups) return;
  pcre2_match_data_free(last->data);
  last->groups = groups + 1;
  last->data = known(pcre2_match_data_create(last->groups, NULL));
}

struct pattern *pattern_compile(const char *text, struct last_match *last,
                                struct failure *failure) {
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                                   PCRE2_UTF | PCRE2_DUPNAMES, &error, &offset, NULL);
  if (!code) {
    PCRE2_UCHAR reason[256];
    pcre2_get_error_message(error, reason, sizeof reason);
    failure_set(failure, "the pattern is broken at byte %zu: %s", (size_t)offset,
                (const char *)reason);
    return NULL;
  }
  struct pattern *pattern = known(malloc(sizeof *pattern));
  struct last_match *own = last ? NULL : last_match_new();
  *pattern = (struct pattern){.code = code, .last = last ? last : own, .own = own};
  make_room(pattern->last, code);
  return pattern;
}

void pattern_free(struct pattern *pattern) {
  if (!pattern) return;
  last_match_free(pattern->own);
  pcre2_code_free(pattern->code);
  free(pattern);
}

bool pattern_match(struct pattern *pattern, const char *text, size_t length, size_t from) {
  pattern->met += length - from;
  if (!pattern->compiled && pattern->met > worth_compiling) {
    pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE); /* without JIT it is only slower */
    pattern->compiled = true;
  }
  return pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK,
                     pattern->last->data, NULL) > 0;
}

bool pattern_group(const struct pattern *pattern, const char *name, size_t *start, size_t *end) {
  PCRE2_SPTR first, last;
  int size = pcre2_substring_nametable_scan(pattern->code, (PCRE2_SPTR)name, &first, &last);
  const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(pattern->last->data);
  if (size <= 0) return false;
  for (PCRE2_SPTR entry = first; entry <= last; entry += size) {
    size_t group = (size_t)entry[0] << 8 | entry[1];
    if (bounds[2 * group] == PCRE2_UNSET) continue;
    *start = bounds[2 * group];
    *end = bounds[2 * group + 1];
    return true;
  }
  return false;
}

const char *pattern_text(const struct pattern *pattern, struct arena *arena, const char *text,
                         const char *name) {
  size_t start, end;
  if (!pattern_group(pattern, name, &start, &end)) return "";
  return arena_bytes(arena, text + start, end - start);
}
