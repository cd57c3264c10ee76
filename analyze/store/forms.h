/* Which form each section of a report follows. The report names its forms as a whole; where it
 * mixes several, the rows that stand in a section decide, not the year. */
#ifndef OGISTAT_ANALYZE_STORE_FORMS_H
#define OGISTAT_ANALYZE_STORE_FORMS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/codebook.h"
#include "core/model/observation.h"

struct forms;

/* A set of forms, a bit each. */
typedef uint32_t form_set;

/* Learns the forms and sections of CODEBOOK. NULL where it has more than 8 forms. */
struct forms *forms_new(struct arena *arena, const struct codebook *codebook,
                        struct failure *failure);

/* The set for words parted by blanks; forms that the codebook does not know are passed over. */
form_set forms_from(const struct forms *forms, const char *text);

/* The words of SET in the order of the codebook, parted by blanks; of no form "any". */
const char *forms_words(const struct forms *forms, form_set set);

/* Begins a report that says it follows NAMED (empty: does not say). */
void forms_begin(struct forms *forms, form_set named);

/* A value of VARIABLE (of the codebook) stands in the report. */
void forms_see(struct forms *forms, const struct variable *variable);

/* Tells OBSERVATIONS the forms of the sections seen since forms_begin; valid until the next
 * forms_begin. Sections of which nothing was seen, or no form is known, are left out. */
void forms_tell(struct forms *forms, struct observations *observations);

#endif
