/* The wish that a program ends: by a key, a scheduler, or a terminal that is closed. It is noted,
 * so that work stops where it can be left, and tidies up as after any failure. */
#ifndef OGISTAT_CORE_BASE_INTERRUPT_H
#define OGISTAT_CORE_BASE_INTERRUPT_H

#include <stdbool.h>

#include "core/base/failure.h"

/* From now on SIGINT, SIGTERM and SIGHUP are noted; what is ignored already (nohup) stays so. The
 * second of a kind ends the program at once. */
void interrupt_listen(void);

/* Whether one was noted; FAILURE then tells. */
bool interrupt_heard(struct failure *failure);

/* Ends the program by the signal that was noted, as those who wait for it expect; nothing where
 * there was none. The last call of a program. */
void interrupt_obey(void);

#endif
