/* The sentences at the top of a page: rows of datasets/words/briefing.csv, chosen by what is known.
 */
#ifndef OGISTAT_BRIEF_FACTS_SENTENCES_H
#define OGISTAT_BRIEF_FACTS_SENTENCES_H

#include "brief/facts/facts.h"
#include "brief/page/page.h"
#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/words.h"

struct sentence_rules;

/* Reads FOLDER/briefing.csv into ARENA. NULL with file, line and reason where a row is broken, or
 * where nothing might be said: the last row of every part must hold always. */
const struct sentence_rules *sentences_load(struct arena *arena, const char *folder,
                                            enum language language, struct failure *failure);

/* The sentences of PAGE ("report", "all") in file order, each with the `#name` that it rests on;
 * *COUNT is how many. Of each part the first row is taken whose condition holds and whose every
 * {fact} is known. */
const struct link_text *sentences_choose(struct arena *arena, const struct sentence_rules *rules,
                                         const char *page, const struct facts *facts,
                                         size_t *count);

#endif
