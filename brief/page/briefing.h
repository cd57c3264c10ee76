/* The pages of the briefing: what is on them, in which order. */
#ifndef OGISTAT_BRIEF_PAGE_BRIEFING_H
#define OGISTAT_BRIEF_PAGE_BRIEFING_H

#include "brief/facts/material.h"
#include "brief/facts/sentences.h"
#include "brief/page/page.h"
#include "core/base/arena.h"

/* The page of a report; of all reports together; of all organs and their years. All live in ARENA,
 * and point into MATERIAL. */
const struct page *briefing_report(struct arena *arena, const struct material *material,
                                   const struct sentence_rules *rules,
                                   const struct brief_report *report);
const struct page *briefing_all(struct arena *arena, const struct material *material,
                                const struct sentence_rules *rules);
const struct page *briefing_index(struct arena *arena, const struct material *material);

#endif
