/* Steps that several parts of the claim reader take. */
#include "ingest/prose/claim_reader.h"

#include <ctype.h>
#include <string.h>

#include "core/base/label.h"

bool reader_names(const struct claim_reader *reader, const struct word *word, const char *name) {
  return strcmp(lexicon_name(reader->lexicon, word->concept), name) == 0;
}

size_t reader_characters(const struct paragraph *paragraph, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to; i++) {
    unsigned char c = (unsigned char)paragraph->text[i];
    count += !text_goes_on(c) && !ispunct(c);
  }
  return count;
}

void reader_begin_phrase(struct claim_reader *reader, size_t from) {
  reader->was_plan = reader->told.is_plan;
  reader->phrase = (struct phrase){.from = from, .covered = from, .name = from, .turn = 1};
}

/* The word before token I, directly or with few characters between; NULL where there is none. */
const struct token *reader_neighbour(const struct claim_reader *reader, size_t i, int step,
                                     size_t most) {
  size_t at = i + (size_t)step;
  if (at >= reader->tokens.count) return NULL;
  const struct token *token = &reader->tokens.item[i], *other = &reader->tokens.item[at];
  size_t gap = step < 0 ? token->start - other->end : other->start - token->end;
  bool apart = step < 0 ? token->start < other->end : other->start < token->end;
  return apart || gap > most || other->kind == TOKEN_MARK ? NULL : other;
}

struct concepts reader_things(const struct claim_reader *reader, const struct phrase *phrase) {
  const struct concepts *what = &phrase->slot[ROLE_WHAT];
  bool is_plain =
      concepts_has(what, reader->known->application) && !concepts_has(what, reader->known->request);
  bool is_other = is_plain && concepts_has(&phrase->slot[ROLE_DETAIL], reader->known->field);
  if (is_other) return (struct concepts){0};
  return *what;
}

bool token_has_role(const struct token *token, enum role role) {
  return token && token->kind == TOKEN_WORD && token->word && token->word->role == role;
}
