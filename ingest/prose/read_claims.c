/* Reads tokens into claims, clause by clause. Knows the structure of a sentence, and roles; no word
 * and no variable. */
#include "ingest/prose/read_claims.h"

#include <string.h>

#include "core/base/label.h"
#include "ingest/prose/claim_numbers.h"
#include "ingest/prose/claim_words.h"

/* Adds a claim of none for each thing in the phrase: 无行政复议、行政诉讼情况. */
static void claim_none(struct claim_reader *reader, size_t end) {
  struct phrase *phrase = &reader->phrase;
  if (end > phrase->covered)
    phrase->unknown += reader_characters(reader->paragraph, phrase->covered, end);
  struct concepts what = phrase->slot[ROLE_WHAT];
  for (int i = 0; i < what.count && i < CONCEPTS_MOST; i++) {
    phrase->slot[ROLE_WHAT] = (struct concepts){{what.item[i]}, 1};
    struct claim claim = reader_claim(reader, NULL);
    claim.start = phrase->from;
    claim.end = end;
    *list_add(reader->arena, reader->claims) = claim;
  }
}

/* The clause named things and counted none: what follows may be of them. */
static void keep_mention(struct claim_reader *reader) {
  const struct phrase *phrase = &reader->phrase;
  if (phrase->slot[ROLE_WHAT].count && !phrase->is_passing) {
    reader->told.of = reader_things(reader, phrase);
    reader->is_of_sentence_before = false;
  }
  if (!phrase->slot[ROLE_CHANNEL].count) return;
  bool is_subject = phrase->slot[ROLE_CHANNEL].count == 1 && phrase->is_subject;
  reader->told.channel = is_subject ? phrase->slot[ROLE_CHANNEL] : (struct concepts){0};
}

static void end_sentence(struct claim_reader *reader) {
  struct sentence fresh = {0};
  /* 共收到申请85件。已答复83件 */
  if (!reader->is_of_sentence_before) fresh.of = reader->told.of;
  reader->is_of_sentence_before = true;
  fresh.is_topic = reader->is_topic;
  reader->told = fresh;
  reader->before = (struct phrase){0};
  reader->sentence++;
}

static void end_clause(struct claim_reader *reader, const struct token *mark) {
  const struct phrase nothing = {0};
  size_t end = mark ? mark->start : reader->paragraph->length;
  if (reader->phrase.is_none && !reader->clause_has_number) claim_none(reader, end);
  if (!reader->clause_has_number) {
    if (end > reader->phrase.covered)
      reader->phrase.unknown += reader_characters(reader->paragraph, reader->phrase.covered, end);
    keep_mention(reader);
  }
  reader->before = (reader->clause_has_number || reader->phrase.is_none) ? nothing : reader->phrase;
  reader->clause_has_number = false;
  reader->clause++;
  if (mark) reader_begin_phrase(reader, mark->end);
}

static bool is_after_number(const struct claim_reader *reader, size_t i) {
  return reader->clause_has_number && reader->phrase.covered >= reader->tokens.item[i].start &&
         !reader->phrase.has_words;
}

/* Behind a bracket holds what held before it: 收到218件（2022年为241件），办结221件. */
static void note_bracket(struct claim_reader *reader) {
  reader->outside = reader->told;
  reader->bracket_claim = reader->claims->count;
  reader->is_in_bracket = true;
}

static void leave_bracket(struct claim_reader *reader) {
  bool has_claims = reader->claims->count > reader->bracket_claim; /* not 疫情期间（1月至4月） */
  if (!reader->is_in_bracket || !has_claims) return;
  reader->told.period = reader->outside.period;
  reader->told.year = reader->outside.year;
  reader->told.organ = reader->outside.organ;
  reader->told.is_plan = reader->outside.is_plan;
  reader->is_in_bracket = false;
}

static void take_mark(struct claim_reader *reader, size_t i) {
  const struct token *mark = &reader->tokens.item[i];
  if (mark->mark == '/' && !reader->clause_has_number) {
    reader->phrase.has_link = true;
    reader->phrase.covered = mark->end;
    return;
  }
  if (mark->mark == '(') note_bracket(reader);
  bool is_listed = mark->mark == '/' && is_after_number(reader, i);
  end_clause(reader, mark);
  reader->is_listed = is_listed || mark->mark == '/';
  if (mark->mark == '.') end_sentence(reader);
  if (mark->mark == ':' && reader->told.is_part && reader->told.part_clause + 1 == reader->clause)
    reader->told.is_part_list = true; /* 其中：A3件；B5件 */
  if (mark->mark == ')') leave_bracket(reader);
  if (mark->mark == ';' && reader->told.part_numbers > 1) reader->told.is_part_list = false;
  if (mark->mark == ';') reader->told.part_numbers = 0;
  if (mark->mark == ')' || (mark->mark == ';' && !reader->told.is_part_list))
    reader->told.is_part = reader->told.is_part_list = false;
  if (mark->mark == ';') reader->told.is_plan = reader->told.is_gone = false;
}

/* Several numbers of a clause, joined by 和, share its verb. */
static void note_link(struct claim_reader *reader, size_t i) {
  if (token_has_role(&reader->tokens.item[i], ROLE_LINK) && reader->clause_has_number)
    reader->is_listed = true;
}

/* True where CLAIM goes on about the review or lawsuit that OTHER, a claim about disclosure in the
 * sentence before, is of. */
static bool goes_on(const struct claim_reader *reader, const struct claim *claim,
                    const struct claim *other) {
  bool is_case = concepts_has(&claim->slot[ROLE_WHAT], reader->known->review) ||
                 concepts_has(&claim->slot[ROLE_WHAT], reader->known->lawsuit);
  bool was_case = concepts_has(&other->slot[ROLE_WHAT], reader->known->review) ||
                  concepts_has(&other->slot[ROLE_WHAT], reader->known->lawsuit);
  return is_case && was_case && other->is_topic && claim->sentence - other->sentence <= 1;
}

/* Requests are about disclosure, and so is a sentence that says of nothing that there was none. */
static void find_topics(struct claim_reader *reader, size_t first) {
  for (size_t i = first; i < reader->claims->count; i++) {
    struct claim *claim = &reader->claims->item[i];
    claim->is_topic |= concepts_has(&claim->of, reader->known->request) ||
                       concepts_has(&claim->slot[ROLE_WHAT], reader->known->request);
    claim->is_topic |= i > first && goes_on(reader, claim, &reader->claims->item[i - 1]);
    for (size_t j = first; !claim->number && j < reader->claims->count; j++) {
      const struct claim *other = &reader->claims->item[j];
      bool is_beside = other->sentence == claim->sentence;
      claim->is_topic |= is_beside && (other->is_topic || concepts_has(&other->slot[ROLE_WHAT],
                                                                       reader->known->request));
    }
  }
}

/* The bytes of the numbering that TEXT begins with, 四、 or （二）; 0 where there is none. */
static size_t numbering_at(const char *text, bool *is_part) {
  static const char numerals[] = "一二三四五六七八九十";
  enum { BYTES = 3, MOST = 2 };
  *is_part = text_begins(text, "（");
  size_t at = *is_part ? BYTES : 0, count = 0;
  for (; count <= MOST && text[at] && text[at + 1] && text[at + 2]; count++, at += BYTES) {
    const char numeral[] = {text[at], text[at + 1], text[at + 2], '\0'};
    if (!strstr(numerals, numeral)) break;
  }
  const char *end = *is_part ? "）" : "、";
  return count && text_begins(text + at, end) ? at + BYTES : 0;
}

static bool names_topic(const struct known_concepts *known, const token_list *tokens) {
  for (size_t i = 0; i < tokens->count; i++) {
    const struct token *token = &tokens->item[i];
    int concept = token->kind == TOKEN_WORD && token->word ? token->word->concept : 0;
    if (token_has_role(token, ROLE_TOPIC) ||
        (concept && (concept == known->request || concept == known->review ||
                     concept == known->lawsuit || concept == known->gov_info)))
      return true;
  }
  return false;
}

/* A short paragraph with a numbering is a heading: what stands below it is about what it names. */
static void note_heading(const struct lexicon *lexicon, const struct paragraph *paragraph,
                         const token_list *tokens, struct section *section) {
  enum { LONGEST = 150 };
  bool is_part, is_short = paragraph->length <= LONGEST;
  if (!numbering_at(paragraph->text, &is_part) || (!is_short && !is_part)) return;
  bool is_topic = is_short && names_topic(lexicon_known(lexicon), tokens);
  if (is_part) {
    section->is_part_topic = is_topic;
    return;
  }
  *section = (struct section){.is_topic = is_topic};
}

void claims_read(struct arena *arena, const struct lexicon *lexicon, const struct setting *setting,
                 struct section *section, const struct paragraph *paragraph, token_list *tokens,
                 claim_list *claims) {
  tokens_make(arena, lexicon, paragraph, tokens);
  note_heading(lexicon, paragraph, tokens, section);
  struct claim_reader reader = {.arena = arena,
                                .tokens = *tokens,
                                .lexicon = lexicon,
                                .setting = setting,
                                .paragraph = paragraph,
                                .claims = claims,
                                .first = claims->count,
                                .known = lexicon_known(lexicon),
                                .is_topic = section->is_topic || section->is_part_topic};
  reader.told.is_topic = reader.is_topic;
  size_t first = claims->count;
  for (size_t i = 0; i < reader.tokens.count;) {
    note_link(&reader, i);
    if (reader.tokens.item[i].kind == TOKEN_NUMBER) {
      i = reader_take_number(&reader, i);
      continue;
    }
    if (reader.tokens.item[i].kind == TOKEN_MARK)
      take_mark(&reader, i);
    else
      reader_take_word(&reader, i);
    i++;
  }
  end_clause(&reader, NULL);
  find_topics(&reader, first);
}
