/* Names first, then what tells between them. Knows no organ, and no division but by its name, code
 * and signs. */
#include "ingest/identity/place.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/identity/place_name.h"
#include "ingest/identity/website.h"

struct search {
  const struct place_evidence *evidence;
  struct arena *arena;
  const char *preamble, *addresses; /* texts to look into; NFKC, without blanks */
  const char *path;                 /* likewise, with a slash before it */
  const char *index, *site;         /* codes of divisions, or "": see website.h */
  division_list domain;             /* those that the domain may be of */
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

static bool is_among(const division_list *list, const struct division *division) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->item[i]->code, division->code) == 0) return true;
  return false;
}

static bool has_site(const struct search *search, const struct division *division) {
  return strcmp(search->site, division->code) == 0 || is_among(&search->domain, division);
}

static size_t by_index_number(const struct search *search, const struct division *division) {
  return strcmp(search->index, division->code) == 0;
}

static size_t by_website(const struct search *search, const struct division *division) {
  for (const struct division *at = division; at; at = at->parent)
    if (has_site(search, at)) return 1;
  return 0;
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
} kinds[] = {{"preamble", in_preamble},   {"address", in_address},
             {"area_code", by_area_code}, {"index_number", by_index_number},
             {"website", by_website},     {"folder", by_folder}};

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
  const struct division *division = divisions_find(search->evidence->divisions, search->site);
  division_list list = {0};
  if (!division) return search->domain;
  *list_add(search->arena, &list) = division;
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

static bool has_counties(const struct divisions *divisions, const struct division *division) {
  for (size_t i = 0; i < divisions->count; i++)
    if (divisions->item[i].parent == division) return true;
  return false;
}

/* The word by which the organ (市教育局) or, where it has none, the head of the report (我县,
 * 县委、县政府) says of what level it is, or "". */
static const char *level_word(const struct search *search) {
  const struct place_evidence *evidence = search->evidence;
  const struct document_rule *rule =
      document_rule_match(evidence->rules, FIELD_LEVEL_WORD, evidence->organ);
  if (rule) return document_rule_group(rule, search->arena, evidence->organ, "word");
  rule = NULL;
  while ((rule = document_rule_next_of(evidence->rules, FIELD_LEVEL_HINT, rule)))
    for (size_t i = 0; i < evidence->head->count; i++)
      if (document_rule_is_match(rule, evidence->head->line[i].text)) return rule->value;
  return "";
}

/* True where the level that the report tells fits DIVISION, or it tells none and DIVISION is a
 * county, or a city without: whose site may be that of a city above it. */
static bool fits_level_word(const struct search *search, const struct division *division) {
  const char *word = level_word(search);
  if (*word == '\0') return !has_counties(search->evidence->divisions, division);
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
  const struct document_rule *zone =
      named.divisions.count ? NULL
                            : document_rule_match(search->evidence->rules, FIELD_ZONE, mentioned);
  if (zone)
    named = divisions_of_zone(search->evidence, search->arena, mentioned,
                              document_rule_group(zone, search->arena, mentioned, "place"));
  if (named.divisions.count != 1 || is_of_unknown_place(search, mentioned + named.end)) return NULL;
  const struct division *division = named.divisions.item[0];
  return *search->evidence->organ == '\0' || fits_level_word(search, division) ? division : NULL;
}

static bool is_settled(const struct place *place) {
  return place->division || strcmp(place->by, "central") == 0;
}

static void settle_by_mention(const struct search *search, const char *organ, struct place *place) {
  bool is_central = *search->evidence->organ == '\0' &&
                    document_rule_match(search->evidence->rules, FIELD_CENTRAL, organ);
  place->division = is_central ? NULL : division_of_mention(search, organ);
  if (place->division) place->by = "preamble";
  if (is_central) place->by = "central";
}

/* The preamble may name whom to ask, or who compiled the report: an organ of the same division. */
static void decide_by_mention(struct search *search, struct place *place) {
  const struct place_evidence *evidence = search->evidence;
  static const enum document_field fields[] = {FIELD_ORGAN_MENTION, FIELD_SUBJECT};
  for (size_t i = 0; i < evidence->head->count; i++)
    for (size_t j = 0; j < sizeof fields / sizeof *fields; j++) {
      const char *text = evidence->head->line[i].text;
      const struct document_rule *rule = NULL;
      while (!is_settled(place) &&
             (rule = document_rule_next(evidence->rules, fields[j], text, rule)))
        settle_by_mention(search, document_rule_group(rule, search->arena, text, "organ"), place);
    }
}

/* The only one of LIST that fits the level that the report tells; NULL where none or several do, or
 * where it tells none and a county shares its sign with a city that has counties. */
static const struct division *only_fitting(const struct search *search, const division_list *list) {
  for (size_t i = 0; i < list->count && *level_word(search) == '\0' && list->count > 1; i++)
    if (has_counties(search->evidence->divisions, list->item[i])) return NULL;
  const struct division *only = NULL;
  for (size_t i = 0; i < list->count; i++) {
    if (!fits_level_word(search, list->item[i])) continue;
    if (only && only != list->item[i]) return NULL;
    only = list->item[i];
  }
  return only;
}

static void settle_on(struct place *place, const struct division *division, const char *by) {
  if (is_settled(place) || !division) return;
  place->division = division;
  place->by = by;
}

/* The divisions that an address in the report names, below one another only the lowest. */
static division_list by_address_alone(struct search *search) {
  gather_texts(search);
  division_list list = {0};
  for (const char *at = search->addresses; *at; at += strcspn(at, "\n")) {
    at += *at == '\n';
    const char *address = arena_bytes(search->arena, at, strcspn(at, "\n"));
    const struct document_rule *rule =
        document_rule_match(search->evidence->rules, FIELD_PLACE_IN_ADDRESS, address);
    if (!rule) continue;
    const char *name = document_rule_group(rule, search->arena, address, "place");
    division_list found = divisions_named_in(search->evidence, search->arena, name).divisions;
    for (size_t i = 0; i < found.count; i++)
      if (!is_among(&list, found.item[i])) *list_add(search->arena, &list) = found.item[i];
  }
  return list;
}

/* An organ that names no division: the preamble, its numbers, its site, an address or a folder may
 * name it. Where these leave a choice, what tells between divisions of one name tells here too. */
static void decide_without_name(struct search *search, struct place *place,
                                struct findings *findings) {
  division_list site = by_site_alone(search), path = by_path_alone(search);
  division_list name = website_names(search->evidence, search->arena);
  division_list address = by_address_alone(search);
  divisions_keep_nearest(&path, search->evidence->year);
  decide_by_mention(search, place);
  settle_on(place, divisions_find(search->evidence->divisions, search->index), "index_number");
  settle_on(place, only_fitting(search, &site), "website");
  settle_on(place, only_fitting(search, &name), "website");
  settle_on(place, only_fitting(search, &address), "address");
  if (path.count == 1) settle_on(place, path.item[0], "folder");
  const division_list *rest = path.count > 1 ? &path : site.count > 1 ? &site : &name;
  if (!is_settled(place) && rest->count > 1) decide_between(search, rest, place, findings);
  if (place->division) tell_conflicts(search, place, findings);
}

/* The one of LIST in which all others lie, or NULL. */
static const struct division *topmost(const division_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    bool is_above_all = true;
    for (size_t j = 0; j < list->count; j++)
      is_above_all &= i == j || list->item[j]->parent == list->item[i];
    if (is_above_all) return list->item[i];
  }
  return NULL;
}

/* A development zone that is no division of its own lies in the one whose name it has: 鞍山高新区.
 * False where the organ is none. */
static bool decide_by_zone(struct search *search, struct place *place, struct findings *findings) {
  const struct place_evidence *evidence = search->evidence;
  const struct document_rule *rule =
      document_rule_match(evidence->rules, FIELD_ZONE, evidence->organ);
  if (!rule) return false;
  const char *stem = document_rule_group(rule, search->arena, evidence->organ, "place");
  struct named named = divisions_of_zone(evidence, search->arena, evidence->organ, stem);
  if (named.divisions.count == 0) return false;
  place->rest = evidence->organ + strlen(stem);
  const struct division *top = topmost(&named.divisions); /* 本溪高新区 is the city's */
  if (!top) {
    decide_between(search, &named.divisions, place, findings);
    return true;
  }
  settle_on(place, top, named.above ? "title" : "name");
  tell_conflicts(search, place, findings);
  return true;
}

struct place place_find(const struct place_evidence *evidence, struct findings *findings) {
  struct arena *arena = findings->arena;
  struct search search = {.evidence = evidence,
                          .arena = arena,
                          .preamble = "",
                          .addresses = "",
                          .path = arena_format(arena, "/%s", text_compact(arena, evidence->path)),
                          .index = website_index_code(evidence, arena),
                          .site = website_site_code(evidence, arena),
                          .domain = website_divisions(evidence, arena)};
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
  } else if (document_rule_match(evidence->rules, FIELD_CENTRAL, evidence->organ)) {
    place.by = "central";
  } else if (!decide_by_zone(&search, &place, findings)) {
    decide_without_name(&search, &place, findings);
  }
  place.is_zone = document_rule_match(evidence->rules, FIELD_ZONE_REST, place.rest) != NULL;
  if (place.division && division_distance(place.division, evidence->year) > 1)
    place.division = division_in_year(evidence->divisions, place.division, evidence->year);
  return place;
}
