/* A paragraph as a sequence of words, numbers and marks. */
#ifndef OGISTAT_INGEST_PROSE_TOKEN_H
#define OGISTAT_INGEST_PROSE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/prose/lexicon.h"
#include "ingest/prose/paragraph.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_DATE, TOKEN_MARK };

struct token {
  const struct word *word;     /* of a word; the unit of a number, NULL where it has none */
  size_t start, end;           /* bytes of the paragraph's text; of a number with its unit */
  size_t unit;                 /* of a number: where its unit begins */
  int year;                    /* of a date, 0 where it names none */
  int first_month, last_month; /* of a date, 0 where it names none */
  enum token_kind kind;
  char mark; /* , ; : ( ) and . for the end of a sentence, / for a comma between listed things */
  bool is_range, is_ordinal, is_vague; /* of a number */
  bool is_span;                        /* of a date: of several years */
};

/* Used again and again for one paragraph after the other. */
typedef LIST_OF(struct token) token_list;

/* Cuts PARAGRAPH into TOKENS, which grow in ARENA and lose what they held. What no word covers lies
 * between tokens. What stands in titles 《…》 and in names “…” is left out but for a word of the
 * lexicon at its end; what stands in quotation marks and consists of words alone is kept. Before
 * these stands a token without a word that covers the quotes. Such a token also stands for brackets
 * without a number. */
void tokens_make(struct arena *arena, const struct lexicon *lexicon,
                 const struct paragraph *paragraph, token_list *tokens);

#endif
