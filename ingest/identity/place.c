/* Names first, then what tells between them. Knows no organ, and no division but by its name, code
 * and signs. */
#include "ingest/identity/place.h"

#include <string.h>
#include <strings.h>

#include "core/base/label.h"
#include "ingest/identity/place_name.h"

struct search {
  const struct place_evidence *evidence;
  struct arena *arena;
  const char *preamble, *addresses; /* texts to look into; NFKC, without blanks */
  const char *path;                 /* likewise, with a slash before it */
  const char *site;                 /* the six digits of its code that name a division, or "" */
  LIST_OF(const char *) area_codes;
};

/* ---- evidence ---- */

static bool is_named(const struct divisions *divisions, const struct division *division,
                     const char *text) {
  for (; division; division = division_earlier_name(divisions, division))
    if (strstr(text, division->name)) return true;
  return false;
}

static size_t named_above(const struct search *search, const struct division *division,
                          const char *text) {
  size_t count = 0;
  for (const struct division *above = division->parent; above; above = above->parent)
    count += is_named(search->evidence->divisions, above, text);
  return count;
}

static size_t in_preamble(const struct search *search, const struct division *division) {
  return named_above(search, division, search->preamble);
}

static size_t in_address(const struct search *search, const struct division *division) {
  return named_above(search, division, search->addresses);
}

static bool has_area_code(const struct search *search, const struct division *division) {
  const struct division_signs *signs = &search->evidence->divisions->area_codes;
  for (size_t i = 0; i < signs->count; i++)
    for (size_t j = 0; j < search->area_codes.count; j++)
      if (strcmp(signs->item[i].code, division->code) == 0 &&
          strcmp(signs->item[i].sign, search->area_codes.item[j]) == 0)
        return true;
  return false;
}

static size_t by_area_code(const struct search *search, const struct division *division) {
  for (const struct division *at = division; at; at = at->parent)
    if (has_area_code(search, at)) return 1;
  return 0;
}

/* True where URL is of a site in DOMAIN. */
static bool is_in_domain(const char *url, const char *domain) {
  const char *mark = strstr(url, "://"), *host = mark ? mark + 3 : url;
  size_t length = strcspn(host, ":/?#"), size = strlen(domain);
  if (length < size || strncasecmp(host + length - size, domain, size) != 0) return false;
  return length == size || host[length - size - 1] == '.';
}

static bool has_site(const struct search *search, const struct division *division) {
  const struct division_signs *domains = &search->evidence->divisions->domains;
  if (strcmp(search->site, division->code) == 0) return true;
  for (size_t i = 0; i < domains->count && search->evidence->url; i++)
    if (strcmp(domains->item[i].code, division->code) == 0 &&
        is_in_domain(search->evidence->url, domains->item[i].sign))
      return true;
  return false;
}

static size_t by_website(const struct search *search, const struct division *division) {
  size_t count = 0;
  for (const struct division *at = division; at; at = at->parent) count += has_site(search, at);
  return count;
}

/* The code that a folder or the beginning of the file's name is, the last one, or "". */
static const char *code_in_path(const struct search *search) {
  const struct document_rule *rule =
      document_rule_match(search->evidence->rules, FIELD_CODE_IN_PATH, search->path);
  return rule ? document_rule_group(rule, search->arena, search->path, "code") : "";
}

/* True where a part of the path is the name, in full or short, or it is a part of one in full. */
static bool is_in_path(const struct search *search, const struct division *division) {
  if (strcmp(code_in_path(search), division->code) == 0) return true;
  if (is_named(search->evidence->divisions, division, search->path)) return true;
  const char *name = division_short_name(search->evidence, search->arena, division->name);
  const char *folder = arena_format(search->arena, "/%s/", name);
  return strstr(search->path, folder) != NULL;
}

static size_t by_folder(const struct search *search, const struct division *division) {
  size_t count = strcmp(code_in_path(search), division->code) == 0;
  for (const struct division *above = division->parent; above; above = above->parent)
    count += is_in_path(search, above);
  return count;
}

/* In the order in which they decide. Each says how much of what it knows fits a division. */
static const struct {
  const char *name;
  size_t (*support)(const struct search *search, const struct division *division);
} kinds[] = {{"preamble", in_preamble},
             {"address", in_address},
             {"area_code", by_area_code},
             {"website", by_website},
             {"folder", by_folder}};

/* The division of LIST that KIND fits better than all others, or NULL. */
static const struct division *vote(const struct search *search, size_t kind,
                                   const division_list *list) {
  const struct division *best = NULL;
  size_t most = 0;
  for (size_t i = 0; i < list->count; i++) {
    size_t support = kinds[kind].support(search, list->item[i]);
    if (support == most) best = NULL;
    if (support <= most) continue;
    most = support;
    best = list->item[i];
  }
  return best;
}

/* ---- gathering ---- */

static void gather_contacts(struct search *search, const char *text) {
  const struct document_rules *rules = search->evidence->rules;
  const struct document_rule *rule = document_rule_match(rules, FIELD_ADDRESS, text);
  if (rule)
    search->addresses = arena_format(search->arena, "%s\n%s", search->addresses,
                                     document_rule_group(rule, search->arena, text, "address"));
  rule = document_rule_match(rules, FIELD_AREA_CODE, text);
  if (rule)
    *list_add(search->arena, &search->area_codes) =
        document_rule_group(rule, search->arena, text, "area_code");
}

/* Only where the organ's name leaves a choice. */
static void gather_texts(struct search *search) {
  const struct document *document = search->evidence->document;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const char *text = document_rule_text(search->arena, &document->blocks.item[i]);
    if (*text == '\0') continue;
    if (i < search->evidence->body)
      search->preamble = arena_format(search->arena, "%s\n%s", search->preamble, text);
    gather_contacts(search, text);
  }
}

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

/* The code of the web site, from the page's head or printed at its foot. */
static const char *find_site(const struct place_evidence *evidence, struct arena *arena) {
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

/* 济南市公安局天桥区分局 is the branch in 济南市天桥区. */
static const char *place_of_branch(const struct place_evidence *evidence, struct arena *arena) {
  const char *organ = evidence->organ;
  const struct document_rule *rule = document_rule_match(evidence->rules, FIELD_BRANCH, organ);
  if (!rule) return organ;
  return arena_format(arena, "%s%s", document_rule_group(rule, arena, organ, "above"),
                      document_rule_group(rule, arena, organ, "name"));
}

/* ---- deciding ---- */

/* True where one of them is the other, or lies in it. */
static bool is_on_line(const struct division *division, const struct division *other) {
  if (!division || !other) return false;
  for (const struct division *at = division; at; at = at->parent)
    if (strcmp(at->code, other->code) == 0) return true;
  for (const struct division *at = other; at; at = at->parent)
    if (strcmp(at->code, division->code) == 0) return true;
  return false;
}

/* The divisions that the web site points to by itself. */
static division_list by_site_alone(const struct search *search) {
  const struct divisions *divisions = search->evidence->divisions;
  const struct division *division = divisions_find(divisions, search->site);
  const char *url = search->evidence->url;
  division_list list = {0};
  if (division) *list_add(search->arena, &list) = division;
  for (size_t i = 0; i < divisions->domains.count && url && !division; i++)
    if (is_in_domain(url, divisions->domains.item[i].sign))
      *list_add(search->arena, &list) = divisions_find(divisions, divisions->domains.item[i].code);
  return list;
}

/* The divisions that the path points to by itself: by a code, else by names. */
static division_list by_path_alone(const struct search *search) {
  const struct division *division =
      divisions_find(search->evidence->divisions, code_in_path(search));
  division_list list = {0};
  if (!division) return divisions_named_in(search->evidence, search->arena, search->path).divisions;
  *list_add(search->arena, &list) = division;
  return list;
}

static void tell_conflict(struct findings *findings, const struct place *place, const char *kind,
                          const struct division *other) {
  findings_reject(findings, "division_conflict",
                  "%s %s by the %s, %s %s by the %s; the first was taken", place->division->code,
                  place->division->name, place->by, other->code, other->name, kind);
}

/* Tells where none of LIST, to which KIND points, lies on the line of the decision, as it is named
 * or as it was in the year. */
static void tell_if_elsewhere(const struct search *search, const struct place *place,
                              const char *kind, const division_list *list,
                              struct findings *findings) {
  const struct place_evidence *evidence = search->evidence;
  for (size_t i = 0; i < list->count; i++) {
    const struct division *in_year =
        division_in_year(evidence->divisions, list->item[i], evidence->year);
    if (is_on_line(list->item[i], place->division) || is_on_line(in_year, place->division)) return;
  }
  if (list->count > 0) tell_conflict(findings, place, kind, list->item[0]);
}

static void tell_conflicts(const struct search *search, const struct place *place,
                           struct findings *findings) {
  division_list site = by_site_alone(search), path = by_path_alone(search);
  tell_if_elsewhere(search, place, "website", &site, findings);
  tell_if_elsewhere(search, place, "folder", &path, findings);
}

static void tell_ambiguity(struct arena *arena, const division_list *list,
                           struct findings *findings) {
  const char *all = "";
  for (size_t i = 0; i < list->count; i++) {
    const struct division *division = list->item[i], *above = division->parent;
    all = arena_format(arena, "%s%s%s %s%s", all, *all ? ", " : "", division->code,
                       above ? above->name : "", division->name);
  }
  findings_reject(findings, "division_ambiguous",
                  "it may be %s, and nothing tells which; a manifest can say it", all);
}

static void decide_between(struct search *search, const division_list *list, struct place *place,
                           struct findings *findings) {
  gather_texts(search);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const struct division *voted = vote(search, i, list);
    if (voted && !place->division) {
      place->division = voted;
      place->by = kinds[i].name;
    } else if (voted && voted != place->division) {
      tell_conflict(findings, place, kinds[i].name, voted);
    }
  }
  if (!place->division) {
    place->by = "ambiguous";
    tell_ambiguity(search->arena, list, findings);
  }
}

/* True where the organ's own word for where it belongs (市教育局, 县人民政府) fits DIVISION, or it
 * has none and DIVISION is a county: whose site may be that of a city above it. */
static bool fits_level_word(const struct search *search, const struct division *division) {
  const struct place_evidence *evidence = search->evidence;
  const struct document_rule *rule =
      document_rule_match(evidence->rules, FIELD_LEVEL_WORD, evidence->organ);
  if (!rule) return strcmp(division->code + strlen("3701"), "00") != 0;
  const char *word = document_rule_group(rule, search->arena, evidence->organ, "word");
  size_t length = strlen(division->name), size = strlen(word);
  return length >= size && strcmp(division->name + length - size, word) == 0;
}

/* A government of a place that is not known is none of the place above it: 济南市示例区人民政府. */
static bool is_of_unknown_place(const struct search *search, const char *rest) {
  const struct document_rule *rule =
      document_rule_match(search->evidence->rules, FIELD_BEHIND_DIVISION, rest);
  return rule && strcmp(rule->value, "unknown_place") == 0;
}

/* The only division that the organ MENTIONED in the preamble names, where the reporting organ may
 * be of it too; else NULL. */
static const struct division *division_of_mention(const struct search *search,
                                                  const char *mentioned) {
  struct named named = divisions_named_in(search->evidence, search->arena, mentioned);
  if (named.divisions.count != 1 || is_of_unknown_place(search, mentioned + named.end)) return NULL;
  const struct division *division = named.divisions.item[0];
  return *search->evidence->organ == '\0' || fits_level_word(search, division) ? division : NULL;
}

/* The preamble may name whom to ask, or who compiled the report: an organ of the same division. */
static void decide_by_mention(struct search *search, struct place *place) {
  const struct place_evidence *evidence = search->evidence;
  for (size_t i = 0; i < evidence->body && !place->division; i++) {
    const char *text = document_rule_text(search->arena, &evidence->document->blocks.item[i]);
    const struct document_rule *rule = NULL;
    while (!place->division &&
           (rule = document_rule_next(evidence->rules, FIELD_ORGAN_MENTION, text, rule)))
      place->division =
          division_of_mention(search, document_rule_group(rule, search->arena, text, "organ"));
  }
  if (place->division) place->by = "preamble";
}

/* An organ that names no division: the preamble, a site or a folder may name it. */
static void decide_without_name(struct search *search, struct place *place,
                                struct findings *findings) {
  division_list site = by_site_alone(search), path = by_path_alone(search);
  divisions_keep_nearest(&path, search->evidence->year);
  decide_by_mention(search, place);
  if (!place->division && site.count == 1 && fits_level_word(search, site.item[0]))
    *place = (struct place){site.item[0], "website", place->rest};
  if (!place->division && path.count == 1)
    *place = (struct place){path.item[0], "folder", place->rest};
  else if (!place->division && path.count > 1)
    decide_between(search, &path, place, findings);
  if (place->division) tell_conflicts(search, place, findings);
}

struct place place_find(const struct place_evidence *evidence, struct findings *findings) {
  struct arena *arena = findings->arena;
  struct search search = {.evidence = evidence,
                          .arena = arena,
                          .preamble = "",
                          .addresses = "",
                          .path = arena_format(arena, "/%s", text_compact(arena, evidence->path)),
                          .site = find_site(evidence, arena)};
  struct place place = {.by = "unknown", .rest = evidence->organ};
  const char *text = place_of_branch(evidence, arena);
  struct named named = divisions_named_in(evidence, arena, text);
  if (named.divisions.count > 0 && text == evidence->organ) place.rest = text + named.end;
  if (named.divisions.count > 0 && is_of_unknown_place(&search, place.rest)) return place;
  if (named.divisions.count == 1) {
    place.division = named.divisions.item[0];
    place.by = named.above ? "title" : "name";
    tell_conflicts(&search, &place, findings);
  } else if (named.divisions.count > 1) {
    decide_between(&search, &named.divisions, &place, findings);
  } else {
    decide_without_name(&search, &place, findings);
  }
  if (place.division && division_distance(place.division, evidence->year) > 1)
    place.division = division_in_year(evidence->divisions, place.division, evidence->year);
  return place;
}
