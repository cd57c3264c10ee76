/* What the command lines of all programs have in common. */
#ifndef OGISTAT_CORE_BASE_OPTION_H
#define OGISTAT_CORE_BASE_OPTION_H

#include <argp.h>

/* TEXT as a whole number from LEAST to MOST, of WHAT (threads, draws); ends the program with status
 * 2 and a message where it is none. */
unsigned option_number(const struct argp_state *state, const char *text, unsigned least,
                       unsigned most, const char *what);

/* A machine has fewer processors; what is more than that is a slip. */
enum { JOBS_MOST = 1024 };

#endif
