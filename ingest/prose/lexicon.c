/* Loads words and finds them by their first characters. Knows no word by itself. */
#include "ingest/prose/lexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

/* Words are looked for by their first two characters, those of one by that one. */
enum { BUCKETS = 4096, ONE = 3, TWO = 6 };

struct concept {
  enum role role;
  const char *name;
};

struct lexicon {
  struct arena *arena;
  LIST_OF(struct concept) concepts;
  LIST_OF(struct word) words;
  const struct word **bucket[BUCKETS + 1]; /* of words by how they begin, the longest first */
  const struct word **unit;                /* the longest first */
  size_t units;
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
  bool is_thing = strcmp(f[0], "thing") == 0;
  size_t role = 0;
  while (!is_thing && role < ROLES && strcmp(role_names[role], f[0]) != 0) role++;
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
      (enum role)role, concept, is_thing, arena_text(lexicon->arena, f[2]), strlen(f[2])};
  return true;
}

/* By the first LENGTH bytes. */
static size_t bucket_of(const char *text, size_t length) {
  uint32_t hash = (uint32_t)length;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619U;
  return (hash ^ hash >> 16) % BUCKETS;
}

static size_t word_bucket(const struct word *word) {
  return bucket_of(word->text, word->length < TWO ? ONE : TWO);
}

/* By bucket, then the longest first. */
static int compare_words(const void *a, const void *b) {
  const struct word *x = *(const struct word *const *)a, *y = *(const struct word *const *)b;
  size_t p = word_bucket(x), q = word_bucket(y);
  if (p != q) return p < q ? -1 : 1;
  if (x->length != y->length) return x->length > y->length ? -1 : 1;
  int order = strcmp(x->text, y->text);
  return order ? order : (x > y) - (x < y);
}

static int compare_lengths(const void *a, const void *b) {
  const struct word *x = *(const struct word *const *)a, *y = *(const struct word *const *)b;
  if (x->length != y->length) return x->length > y->length ? -1 : 1;
  return strcmp(x->text, y->text);
}

static void arrange(struct lexicon *lexicon) {
  size_t count = lexicon->words.count, words = 0;
  const struct word **sorted = arena_array(lexicon->arena, count + 1, sizeof *sorted);
  lexicon->unit = arena_array(lexicon->arena, count + 1, sizeof(const struct word *));
  for (size_t i = 0; i < count; i++) {
    const struct word *word = &lexicon->words.item[i];
    if (word->role == ROLE_UNIT)
      lexicon->unit[lexicon->units++] = word;
    else
      sorted[words++] = word;
  }
  if (words) qsort(sorted, words, sizeof(const struct word *), compare_words);
  if (lexicon->units)
    qsort(lexicon->unit, lexicon->units, sizeof(const struct word *), compare_lengths);
  for (size_t bucket = 0, i = 0; bucket <= BUCKETS; bucket++) {
    while (i < words && word_bucket(sorted[i]) < bucket) i++;
    lexicon->bucket[bucket] = sorted + i;
  }
}

const struct lexicon *lexicon_load(struct arena *arena, const char *folder,
                                   struct failure *failure) {
  static const char *const columns[] = {"role", "concept", "word", NULL};
  struct lexicon *lexicon = arena_alloc(arena, sizeof *lexicon);
  lexicon->arena = arena;
  if (!csv_read(arena_format(arena, "%s/rules/prose_lexicon.csv", folder), columns, take_word,
                lexicon, failure))
    return NULL;
  arrange(lexicon);
  return lexicon;
}

static bool stands_at(const struct word *word, const char *text, size_t length) {
  return word->length <= length && memcmp(text, word->text, word->length) == 0;
}

/* The longest word at TEXT among those that are looked for by KEY bytes. */
static const struct word *find_in(const struct lexicon *lexicon, const char *text, size_t length,
                                  size_t key) {
  size_t bucket = bucket_of(text, key);
  const struct word **end = lexicon->bucket[bucket + 1];
  for (const struct word **word = lexicon->bucket[bucket]; word < end; word++)
    if (((*word)->length < TWO ? ONE : TWO) == key && stands_at(*word, text, length)) return *word;
  return NULL;
}

const struct word *lexicon_find(const struct lexicon *lexicon, const char *text, size_t length,
                                bool units) {
  for (size_t i = 0; units && i < lexicon->units; i++)
    if (stands_at(lexicon->unit[i], text, length)) return lexicon->unit[i];
  if (units || length == 0) return NULL;
  const struct word *found = length < TWO ? NULL : find_in(lexicon, text, length, TWO);
  return found || length < ONE ? found : find_in(lexicon, text, length, ONE);
}
