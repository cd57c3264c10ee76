/* Reads 分别: several numbers in the order of several names, or of the numbers before them. */
#include "ingest/prose/claim_joint.h"

#include <string.h>

#include "ingest/prose/claim_period.h"

/* 、, 和, 与 */
static bool is_between(const struct token *token) {
  bool is_comma = token->kind == TOKEN_MARK && token->mark == '/';
  return is_comma || token_has_role(token, ROLE_LINK);
}

/* How many numbers stand in a row from token I on, with nothing but 、 and 和 between them; 0 where
 * the last is followed by a word, which may name what it counts. */
static int count_row(const struct claim_reader *reader, size_t i) {
  const struct token *token = reader->tokens.item;
  int numbers = 1;
  size_t j = i + 1;
  for (; j < reader->tokens.count && token[j].start == token[j - 1].end; j++) {
    if (token[j].kind == TOKEN_NUMBER)
      numbers++;
    else if (!is_between(&token[j]))
      break;
  }
  bool is_end = j == reader->tokens.count
                    ? reader->paragraph->length == token[j - 1].end
                    : token[j].kind == TOKEN_MARK && token[j].start == token[j - 1].end;
  return is_end ? numbers : 0;
}

static void add_word(const struct claim_reader *reader, size_t i, struct joint_name *name) {
  const struct word *word = reader->tokens.item[i].word;
  if (!word || word->role >= ROLE_SLOTS) return;
  int concept = word->role == ROLE_ACTION ? reader_action(reader, i) : word->concept;
  concepts_add(&name->slot[word->role], concept);
}

/* Where the separator at AT of LENGTH bytes ends; 0 where there is none. */
static size_t separator_end(const char *text, size_t at, size_t length) {
  static const char *const separators[] = {"、", "和", "及", "与"};
  for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
    size_t size = strlen(separators[i]);
    if (at + size <= length && memcmp(text + at, separators[i], size) == 0) return at + size;
  }
  return 0;
}

/* Adds the names within a word that holds several (专职、兼职) to the COUNT there are. Returns how
 * many there are then. */
static int split_word(const struct claim_reader *reader, const struct word *word,
                      struct joint_name *name, int count) {
  for (size_t at = 0; at < word->length;) {
    size_t next = separator_end(word->text, at, word->length);
    const struct word *part =
        next ? NULL : lexicon_find(reader->lexicon, word->text + at, word->length - at, false);
    if (next && count < JOINT_MOST) name[count++] = (struct joint_name){0};
    if (!next && (!part || part == word || part->role >= ROLE_SLOTS)) return JOINT_MOST + 1;
    if (part) concepts_add(&name[count - 1].slot[part->role], part->concept);
    at = next ? next : at + part->length;
  }
  return count;
}

static bool holds_several(const struct word *word) {
  if (!word || word->role >= ROLE_SLOTS) return false;
  for (size_t at = 0; at < word->length; at++)
    if (separator_end(word->text, at, word->length)) return true;
  return false;
}

/* Fills NAME with the concepts of each of the names between the bytes FROM and END, which 、 and 和
 * part. Returns how many there are; more than JOINT_MOST where they cannot be told apart. */
static int find_names(const struct claim_reader *reader, size_t from, size_t end,
                      struct joint_name *name) {
  int count = 1;
  name[0] = (struct joint_name){0};
  for (size_t i = 0; i < reader->tokens.count && reader->tokens.item[i].start < end; i++) {
    const struct token *token = &reader->tokens.item[i];
    if (token->start < from) continue;
    if (is_between(token)) {
      if (count == JOINT_MOST) return JOINT_MOST + 1;
      name[count++] = (struct joint_name){0};
    } else if (token->kind == TOKEN_WORD && holds_several(token->word)) {
      count = split_word(reader, token->word, name, count);
      if (count > JOINT_MOST) return count;
    } else if (token->kind == TOKEN_WORD) {
      add_word(reader, i, &name[count - 1]);
    }
  }
  return count;
}

static bool is_told_by_all(const struct joint *joint, int role) {
  for (int i = 0; i < joint->count; i++)
    if (!joint->name[i].slot[role].count) return false;
  return true;
}

/* What only some names say holds for all: 收到人大建议和政协提案, 制发、废止规范性文件. */
static void share_roles(struct joint *joint) {
  for (int role = 0; role < ROLE_SLOTS; role++) {
    struct concepts all = {0};
    if (is_told_by_all(joint, role)) continue;
    for (int i = 0; i < joint->count; i++)
      for (int j = 0; j < joint->name[i].slot[role].count && j < CONCEPTS_MOST; j++)
        concepts_add(&all, joint->name[i].slot[role].item[j]);
    for (int i = 0; i < joint->count; i++) joint->name[i].slot[role] = all;
  }
}

static bool are_alike(const struct joint_name *a, const struct joint_name *b) {
  for (int role = 0; role < ROLE_SLOTS; role++)
    if (!concepts_equal(&a->slot[role], &b->slot[role])) return false;
  return true;
}

static bool are_distinct(const struct joint *joint) {
  for (int i = 0; i < joint->count; i++)
    for (int j = 0; j < i; j++)
      if (are_alike(&joint->name[i], &joint->name[j])) return false;
  return true;
}

/* True where the phrase, or the clause before it where the phrase names nothing, has as many names
 * as there are numbers, and each is another: 人大建议和政协提案分别为3件和5件. */
static bool has_names(struct claim_reader *reader, size_t end) {
  struct joint *joint = &reader->joint;
  const struct phrase *phrase = &reader->phrase;
  size_t from = phrase->has_words || !reader->before.has_words ? phrase->from : reader->before.from;
  if (find_names(reader, from, end, joint->name) != joint->count) return false;
  share_roles(joint);
  return are_distinct(joint);
}

/* True where the phrase says of its numbers that they are shares or changes. */
static bool is_relative(const struct claim_reader *reader) {
  const struct phrase *phrase = &reader->phrase;
  const struct concepts *action = &phrase->slot[ROLE_ACTION];
  return phrase->is_share || phrase->is_compared ||
         concepts_has(action, reader->known->increased) ||
         concepts_has(action, reader->known->decreased);
}

/* True where the numbers are shares or changes of as many numbers before:
 * 公开文件3件、信息9条，分别 占25%、75%. */
static bool has_numbers_before(struct claim_reader *reader) {
  struct joint *joint = &reader->joint;
  const struct phrase *phrase = &reader->phrase;
  size_t count = reader->claims->count, row = (size_t)joint->count;
  if (!is_relative(reader) || phrase->slot[ROLE_WHAT].count || count < row) return false;
  const struct claim *first = &reader->claims->item[count - row];
  bool is_whole_before = count > row && first->is_part && !first[-1].is_part;
  bool is_more = count > row && first[-1].sentence == reader->sentence && !is_whole_before;
  if (is_more || first->sentence != reader->sentence || first->paragraph != reader->paragraph)
    return false;
  for (int i = 0; i < joint->count; i++) {
    memcpy(joint->name[i].slot, first[i].slot, sizeof first[i].slot);
    joint->name[i].slot[ROLE_ACTION] = phrase->slot[ROLE_ACTION];
  }
  joint->is_behind = true;
  return true;
}

void reader_begin_joint(struct claim_reader *reader, size_t i) {
  struct phrase *phrase = &reader->phrase;
  struct joint *joint = &reader->joint;
  *joint = (struct joint){.count = count_row(reader, i),
                          .unknown = phrase->unknown,
                          .is_share = phrase->is_share,
                          .is_compared = phrase->is_compared,
                          .is_yearly = phrase->is_yearly};
  if (joint->count < 2 || joint->count > JOINT_MOST) {
    /* each number has its own words: 分别办理12件人大建议和31件政协提案 */
    phrase->is_joint = joint->count != 0 || !phrase->has_words;
    joint->count = 0;
    return;
  }
  joint->is_known = has_numbers_before(reader) || has_names(reader, reader->tokens.item[i].start);
}

bool reader_goes_on_jointly(const struct claim_reader *reader) {
  return reader->joint.next < reader->joint.count;
}

void reader_take_joint(struct claim_reader *reader) {
  struct phrase *phrase = &reader->phrase;
  struct joint *joint = &reader->joint;
  const struct joint_name *name = &joint->name[joint->next++];
  phrase->is_joint = !joint->is_known;
  if (!joint->is_known) return;
  memcpy(phrase->slot, name->slot, sizeof phrase->slot);
  phrase->has_words = true;
  phrase->unknown = joint->unknown;
  phrase->is_share = joint->is_share;
  phrase->is_compared = joint->is_compared;
  phrase->is_yearly = joint->is_yearly;
  if (joint->is_behind) phrase->turn = (size_t)joint->count;
}
