/* What the parts of the claim reader share: the phrase that is being read, what its sentence said
 * so far, and steps that several of them take. No other room includes it. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_READER_H
#define OGISTAT_INGEST_PROSE_CLAIM_READER_H

#include "ingest/prose/claim.h"

/* What the words of a phrase say, until a number comes that they belong to. */
struct phrase {
  struct concepts slot[ROLE_SLOTS];
  bool is_each, is_gone, is_share, is_compared, is_to, is_joint, is_none, has_area;
  bool is_yearly;        /* compared with the year before */
  size_t from, covered;  /* bytes of the text */
  size_t name;           /* where the name of an area may begin */
  size_t area, area_end; /* the word that ends the name of an area */
  size_t unknown;
  size_t turn; /* of a share or change: how many numbers before it stands what it is of */
  bool has_words, has_link;
  bool is_place;      /* its only thing is a place */
  bool is_left;       /* a verb follows the place: a thing behind it is what counts */
  bool is_passing;    /* its things are not what the sentence goes on about */
  bool has_start;     /* 自 */
  bool is_because;    /* 因 */
  bool is_about;      /* 围绕 */
  bool is_each_thing; /* 各: of each of several things */
  bool is_named_info; /* see claim.h */
  bool has_from;      /* 由, 从 */
  bool is_modified;   /* see claim.h */
  bool is_reached;    /* 达到: the number is a level */
  bool is_of_all;     /* 均: of each thing before */
  bool is_subject;    /* the clause begins with its channel */
};

/* The names that the numbers behind 分别 are of, in their order. */
enum { JOINT_MOST = 6 };
struct joint_name {
  struct concepts slot[ROLE_SLOTS];
};
struct joint {
  struct joint_name name[JOINT_MOST];
  int count, next; /* how many numbers there are, and how many were read */
  size_t unknown;
  bool is_known; /* each number has its name */
  bool is_share, is_compared, is_yearly;
  bool is_behind; /* they are of the numbers before them */
};

/* What holds on behind the clause that says it. */
struct sentence {
  struct concepts of, channel, platform, action;
  enum period period;
  int year;
  enum organ organ;
  size_t plan_clause; /* that says 计划 */
  size_t part_clause; /* that says 其中 */
  bool is_topic, is_part, is_plan, is_gone;
  bool is_sorted;      /* what was looked through was counted: 清理文件120件 */
  size_t part_numbers; /* since 其中 or ； */
  bool is_part_list;   /* 其中： what ； parts are parts as well */
  bool is_among;       /* the last claim was of a result or ground */
  bool is_until;       /* 截至2020年底: what is 累计 began before */
};

struct claim_reader {
  struct arena *arena;
  const struct lexicon *lexicon;
  const struct setting *setting;
  const struct paragraph *paragraph;
  token_list tokens;
  claim_list *claims;
  size_t first; /* of the claims, the first of this paragraph */
  struct sentence told;
  struct joint joint;
  struct sentence outside;      /* of the bracket that is open */
  size_t bracket_claim;         /* the first in the bracket */
  bool is_in_bracket, is_topic; /* the section is about disclosure */
  struct phrase phrase, before; /* of this clause, and of the clause before it without a number */
  bool was_plan;                /* before this phrase */
  enum period was_period;       /* before 由, where the phrase says so */
  int was_year;
  bool clause_has_number, is_listed, is_of_sentence_before;
  size_t clause, sentence;
  const struct known_concepts *known;
};

/* True where WORD is of the concept NAME. */
bool reader_names(const struct claim_reader *reader, const struct word *word, const char *name);

/* The number of characters from byte FROM to TO of PARAGRAPH, punctuation left out. */
size_t reader_characters(const struct paragraph *paragraph, size_t from, size_t to);

/* Begins a phrase at byte FROM; nothing is said in it yet. */
void reader_begin_phrase(struct claim_reader *reader, size_t from);

/* The token STEP (1 or -1) beside token I, with at most MOST bytes between; NULL where there is
 * none, or a mark. */
const struct token *reader_neighbour(const struct claim_reader *reader, size_t i, int step,
                                     size_t most);

/* The things of PHRASE that what follows may be of: none where it is another sort of application
 * (行政许可申请). */
struct concepts reader_things(const struct claim_reader *reader, const struct phrase *phrase);

/* True where TOKEN (may be NULL) is a word of ROLE. */
bool token_has_role(const struct token *token, enum role role);

#endif
