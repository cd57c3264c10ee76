/* Loads words and finds them by their first characters. Knows no word by itself. */
#include "ingest/prose/lexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

/* Words are looked for by their first four characters, those of fewer by two or by one: in bytes.
 */
enum { BUCKETS = 8192, LETTER = 1, ONE = 3, TWO = 6, FOUR = 12 };

struct concept {
  enum role role;
  const char *name;
};

/* A word in a chain of those that begin alike. */
struct entry {
  const struct word *word;
  struct entry *next;
};

struct lexicon {
  struct arena *arena;
  LIST_OF(struct concept) concepts;
  LIST_OF(struct word) words;
  struct known_concepts known;
  struct entry *words_by[BUCKETS], *units_by[BUCKETS]; /* how they begin; the longest first */
};

static const char *const role_names[ROLES] = {
    [ROLE_WHAT] = "what",       [ROLE_ACTION] = "action", [ROLE_CHANNEL] = "channel",
    [ROLE_WHOM] = "whom",       [ROLE_DETAIL] = "detail", [ROLE_TOPIC] = "topic",
    [ROLE_CAUSE] = "cause",     [ROLE_PERIOD] = "period", [ROLE_ORGAN] = "organ",
    [ROLE_PLAN] = "plan",       [ROLE_GONE] = "gone",     [ROLE_EACH] = "each",
    [ROLE_PART] = "part",       [ROLE_TO] = "to",         [ROLE_FROM] = "from",
    [ROLE_AGAINST] = "against", [ROLE_JOINT] = "joint",   [ROLE_NONE] = "none",
    [ROLE_LINK] = "link",       [ROLE_FILLER] = "filler", [ROLE_AREA] = "area",
    [ROLE_UNIT] = "unit",       [ROLE_SHARE] = "share"};

static bool is_concept(const struct concept *concept, enum role role, const char *name) {
  return concept->role == role && strcmp(concept->name, name) == 0;
}

int lexicon_concept(const struct lexicon *lexicon, enum role role, const char *name) {
  size_t count = lexicon->concepts.count; /* the last first: words of a concept stand together */
  if (count && is_concept(&lexicon->concepts.item[count - 1], role, name)) return (int)count;
  for (size_t i = 0; i < lexicon->concepts.count; i++)
    if (is_concept(&lexicon->concepts.item[i], role, name)) return (int)i + 1;
  return 0;
}

const char *lexicon_name(const struct lexicon *lexicon, int concept) {
  return lexicon->concepts.item[concept - 1].name;
}

static bool take_word(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct lexicon *lexicon = context;
  bool is_place = strcmp(f[0], "place") == 0, is_thing = strcmp(f[0], "thing") == 0;
  size_t role = 0;
  while (!is_thing && !is_place && role < ROLES && strcmp(role_names[role], f[0]) != 0) role++;
  if (role == ROLES) return failure_set(failure, "'%s' is no role", f[0]);
  if (!*f[1] || strlen(f[2]) < (role == ROLE_UNIT ? 1 : ONE))
    return failure_set(failure, "a word needs a concept and a text of three bytes at least");
  int concept = lexicon_concept(lexicon, (enum role)role, f[1]);
  if (!concept) {
    *list_add(lexicon->arena, &lexicon->concepts) =
        (struct concept){(enum role)role, arena_text(lexicon->arena, f[1])};
    concept = (int)lexicon->concepts.count;
  }
  *list_add(lexicon->arena, &lexicon->words) = (struct word){
      (enum role)role, concept, is_thing, is_place, arena_text(lexicon->arena, f[2]), strlen(f[2])};
  return true;
}

/* By the first LENGTH bytes. */
static size_t bucket_of(const char *text, size_t length) {
  uint32_t hash = (uint32_t)length;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619U;
  return (hash ^ hash >> 16) % BUCKETS;
}

/* By how many bytes a word of LENGTH is looked for. */
static size_t key_of(size_t length) {
  if (length < ONE) return LETTER; /* a unit, such as % */
  return length < TWO ? ONE : length < FOUR ? TWO : FOUR;
}

/* Puts WORD into the chain of those that begin like it, behind the longer ones. */
static void place(struct lexicon *lexicon, const struct word *word) {
  struct entry **chain = word->role == ROLE_UNIT ? lexicon->units_by : lexicon->words_by;
  struct entry **at = &chain[bucket_of(word->text, key_of(word->length))];
  while (*at && (*at)->word->length >= word->length) at = &(*at)->next;
  struct entry *entry = arena_alloc(lexicon->arena, sizeof *entry);
  *entry = (struct entry){word, *at};
  *at = entry;
}

static void find_known(struct lexicon *lexicon) {
  lexicon->known =
      (struct known_concepts){.carry = lexicon_concept(lexicon, ROLE_ACTION, "carry"),
                              .carried_in = lexicon_concept(lexicon, ROLE_ACTION, "carried_in"),
                              .carried_out = lexicon_concept(lexicon, ROLE_ACTION, "carried_out"),
                              .in_force = lexicon_concept(lexicon, ROLE_ACTION, "in_force"),
                              .increased = lexicon_concept(lexicon, ROLE_ACTION, "increased"),
                              .decreased = lexicon_concept(lexicon, ROLE_ACTION, "decreased"),
                              .request = lexicon_concept(lexicon, ROLE_WHAT, "request"),
                              .application = lexicon_concept(lexicon, ROLE_WHAT, "application"),
                              .review = lexicon_concept(lexicon, ROLE_WHAT, "review"),
                              .lawsuit = lexicon_concept(lexicon, ROLE_WHAT, "lawsuit"),
                              .info = lexicon_concept(lexicon, ROLE_WHAT, "info"),
                              .gov_info = lexicon_concept(lexicon, ROLE_WHAT, "gov_info"),
                              .field = lexicon_concept(lexicon, ROLE_DETAIL, "area"),
                              .plain = lexicon_concept(lexicon, ROLE_FILLER, "plain"),
                              .lead = lexicon_concept(lexicon, ROLE_FILLER, "lead"),
                              .noun = lexicon_concept(lexicon, ROLE_FILLER, "noun")};
}

const struct known_concepts *lexicon_known(const struct lexicon *lexicon) {
  return &lexicon->known;
}

const struct lexicon *lexicon_load(struct arena *arena, const char *folder,
                                   struct failure *failure) {
  static const char *const columns[] = {"role", "concept", "word", NULL};
  struct lexicon *lexicon = arena_alloc(arena, sizeof *lexicon);
  lexicon->arena = arena;
  if (!csv_read(arena_format(arena, "%s/rules/prose_lexicon.csv", folder), columns, take_word,
                lexicon, failure))
    return NULL;
  for (size_t i = 0; i < lexicon->words.count; i++) place(lexicon, &lexicon->words.item[i]);
  find_known(lexicon);
  return lexicon;
}

static bool stands_at(const struct word *word, const char *text, size_t length) {
  size_t last = word->length - 1; /* differs most often among words that begin alike */
  return last < length && text[last] == word->text[last] &&
         memcmp(text, word->text, word->length) == 0;
}

/* The longest word at TEXT in CHAINS among those that are looked for by KEY bytes. */
static const struct word *find_in(struct entry *const *chains, const char *text, size_t length,
                                  size_t key) {
  const struct entry *entry = chains[bucket_of(text, key)];
  while (entry && (key_of(entry->word->length) != key || !stands_at(entry->word, text, length)))
    entry = entry->next;
  return entry ? entry->word : NULL;
}

const struct word *lexicon_find(const struct lexicon *lexicon, const char *text, size_t length,
                                bool units) {
  static const size_t keys[] = {FOUR, TWO, ONE, LETTER};
  struct entry *const *chains = units ? lexicon->units_by : lexicon->words_by;
  size_t count = sizeof keys / sizeof *keys - !units;
  for (size_t i = 0; i < count; i++) {
    const struct word *found = length < keys[i] ? NULL : find_in(chains, text, length, keys[i]);
    if (found) return found;
  }
  return NULL;
}
