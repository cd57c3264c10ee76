/* Evidence of web sites. Knows no site but by domains.csv and spellings.csv. */
#include "ingest/identity/website.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/label.h"

/* ---- numbers ---- */

/* The number of a web site begins with the code of a division. */
enum { SITE_DIGITS = 10, DIVISION_DIGITS = 6 };

static bool has_digits(const char *text, size_t count) {
  for (const char *at = text; (at = strpbrk(at, "0123456789"));) {
    size_t length = strspn(at, "0123456789");
    if (length >= count) return true;
    at += length;
  }
  return false;
}

const char *website_site_code(const struct place_evidence *evidence, struct arena *arena) {
  const struct document *document = evidence->document;
  const char *told = document->site_code;
  if (told && strlen(told) == SITE_DIGITS && has_digits(told, SITE_DIGITS))
    return arena_bytes(arena, told, DIVISION_DIGITS);
  for (size_t i = document->blocks.count; i-- > 0;) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind != BLOCK_PARAGRAPH || !has_digits(block->text, SITE_DIGITS)) continue;
    const char *text = text_compact(arena, block->text);
    const struct document_rule *rule = document_rule_match(evidence->rules, FIELD_SITE_CODE, text);
    if (rule) return document_rule_group(rule, arena, text, "code");
  }
  return "";
}

/* The code of a known division that a rule for FIELD finds in TEXT, or "". */
static const char *code_in(const struct place_evidence *evidence, enum document_field field,
                           const char *text, struct arena *arena) {
  const struct document_rule *rule = document_rule_match(evidence->rules, field, text);
  const char *code = rule ? document_rule_group(rule, arena, text, "code") : "";
  return divisions_find(evidence->divisions, code) ? code : "";
}

const char *website_index_code(const struct place_evidence *evidence, struct arena *arena) {
  for (size_t i = 0; i < evidence->head->above; i++) {
    const char *code = code_in(evidence, FIELD_INDEX_NUMBER, evidence->head->line[i].text, arena);
    if (*code) return code;
  }
  return evidence->url ? code_in(evidence, FIELD_AREA_IN_URL, evidence->url, arena) : "";
}

/* ---- domains ---- */

/* The host in URL, in ARENA. */
static const char *host_of(const char *url, struct arena *arena) {
  const char *mark = strstr(url, "://"), *host = mark ? mark + 3 : url;
  return arena_bytes(arena, host, strcspn(host, ":/?#"));
}

/* True where HOST is DOMAIN or lies in it. */
static bool is_in_domain(const char *host, const char *domain) {
  size_t length = strlen(host), size = strlen(domain);
  if (length < size || strcasecmp(host + length - size, domain) != 0) return false;
  return length == size || host[length - size - 1] == '.';
}

static bool is_below(const struct division *division, const char *code) {
  for (const struct division *at = division->parent; at; at = at->parent)
    if (strcmp(at->code, code) == 0) return true;
  return false;
}

/* Adds the divisions that HOST is of by domains.csv. */
static void add_listed(const struct divisions *divisions, const char *host, division_list *list,
                       struct arena *arena) {
  const struct division_signs *domains = &divisions->domains;
  for (size_t i = 0; i < domains->count; i++)
    if (is_in_domain(host, domains->item[i].sign))
      *list_add(arena, list) = divisions_find(divisions, domains->item[i].code);
}

static int compare_signs(const void *a, const void *b) {
  const struct division_sign *x = a, *y = b;
  return strcmp(x->sign, y->sign);
}

/* Adds the divisions that have LABEL by spellings.csv. */
static void add_exact(const struct divisions *divisions, const char *label, division_list *list,
                      struct arena *arena) {
  const struct division_signs *signs = &divisions->spellings;
  struct division_sign key = {.sign = label};
  const struct division_sign *end = signs->item + signs->count;
  const struct division_sign *found =
      bsearch(&key, signs->item, signs->count, sizeof key, compare_signs);
  while (found && found > signs->item && strcmp(found[-1].sign, label) == 0) found--;
  for (; found && found < end && strcmp(found->sign, label) == 0; found++)
    *list_add(arena, list) = divisions_find(divisions, found->code);
}

/* Leaves those of LIST that lie below one of ABOVE, where there are any of these. */
static void keep_below(division_list *list, const division_list *above) {
  if (above->count == 0) return;
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    bool below = false;
    for (size_t j = 0; j < above->count; j++)
      below |= is_below(list->item[i], above->item[j]->code);
    if (below) list->item[kept++] = list->item[i];
  }
  list->count = kept;
}

/* Letters by which a province is called: xj, hlj. */
enum { INITIALS_LEAST = 2, INITIALS_MOST = 3 };

/* Adds the divisions whose names LABEL spells, or spells behind the initials of their province. */
static void add_spelled(const struct divisions *divisions, const char *label, division_list *list,
                        struct arena *arena) {
  add_exact(divisions, label, list, arena);
  for (size_t i = INITIALS_LEAST; i <= INITIALS_MOST && i < strlen(label) && !list->count; i++) {
    division_list provinces = {0};
    add_exact(divisions, arena_bytes(arena, label, i), &provinces, arena);
    if (provinces.count == 0) continue;
    add_exact(divisions, label + i, list, arena);
    keep_below(list, &provinces);
  }
}

/* Names of government sites end so. */
static const char government[] = ".gov.cn";

division_list website_divisions(const struct place_evidence *evidence, struct arena *arena) {
  division_list nearest = {0};
  if (!evidence->url) return nearest;
  const char *host = host_of(evidence->url, arena), *end = host + strlen(host);
  add_listed(evidence->divisions, host, &nearest, arena);
  if (!is_in_domain(host, government + 1)) return nearest;
  for (const char *label = end - strlen(government); label > host;) {
    const char *stop = label;
    while (label > host && label[-1] != '.') label--;
    division_list spelled = {0};
    add_spelled(evidence->divisions, arena_bytes(arena, label, (size_t)(stop - label)), &spelled,
                arena);
    division_list listed = {0};
    add_listed(evidence->divisions, label, &listed, arena);
    bool is_listed_here = listed.count && strchr(label, '.') + strlen(government) == end;
    keep_below(&spelled, &nearest);
    if (spelled.count && !is_listed_here) nearest = spelled;
    if (label > host) label--;
  }
  divisions_keep_nearest(&nearest, evidence->year);
  return nearest;
}

/* ---- names ---- */

static void add_named(const struct place_evidence *evidence, const char *text, division_list *list,
                      struct arena *arena) {
  division_list found = divisions_named_in(evidence, arena, text).divisions;
  const struct document_rule *zone =
      found.count ? NULL : document_rule_match(evidence->rules, FIELD_ZONE, text);
  if (zone)
    found =
        divisions_of_zone(evidence, arena, text, document_rule_group(zone, arena, text, "place"))
            .divisions;
  for (size_t i = 0; i < found.count; i++) {
    size_t at = 0;
    while (at < list->count && list->item[at] != found.item[i]) at++;
    if (at == list->count) *list_add(arena, list) = found.item[i];
  }
}

division_list website_names(const struct place_evidence *evidence, struct arena *arena) {
  division_list list = {0};
  for (size_t i = 0; i < evidence->document->about.count; i++)
    if (evidence->document->about.item[i].kind == ABOUT_SITE)
      add_named(evidence, text_compact(arena, evidence->document->about.item[i].text), &list,
                arena);
  for (size_t i = 0; i < evidence->head->count && list.count == 0; i++) {
    const char *text = evidence->head->line[i].text;
    const struct document_rule *rule = NULL;
    while (list.count == 0 &&
           (rule = document_rule_next(evidence->rules, FIELD_SITE_MENTION, text, rule)))
      add_named(evidence, document_rule_group(rule, arena, text, "place"), &list, arena);
  }
  return list;
}
