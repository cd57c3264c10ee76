/* What decides, beside a file itself, what reading it gives: this program, the libraries it runs
 * on, the programs that readers run, and what is known beforehand. */
#ifndef OGISTAT_INGEST_INTAKE_FINGERPRINT_H
#define OGISTAT_INGEST_INTAKE_FINGERPRINT_H

#include "core/base/arena.h"
#include "core/base/failure.h"

/* SHA-256 over all of these as 64 hexadecimal digits in ARENA: the build ids that the linker gave
 * the program and its libraries, size and time of the programs that readers run, and the names and
 * bytes of all CSV files in FOLDER. NULL with the reason where one of them cannot be told. */
const char *fingerprint(struct arena *arena, const char *folder, struct failure *failure);

#endif
