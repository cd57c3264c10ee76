/* A place to make files in before they replace anything: a scratch folder within the folder of
 * results, which is held for one run at a time. */
#ifndef OGISTAT_WORKSHOP_H
#define OGISTAT_WORKSHOP_H

#include "datasets/arena.h"
#include "datasets/failure.h"

struct workshop;

/* Waits until no other run holds FOLDER, holds it, removes what a run of PROGRAM that was killed
 * left behind, and makes a new scratch folder. NULL with the reason. */
struct workshop *workshop_open(struct arena *arena, const char *folder, const char *program,
                               struct failure *failure);

/* The scratch folder. */
const char *workshop_folder(const struct workshop *workshop);

/* Removes the scratch folder and lets go of the other. NULL is allowed. */
void workshop_close(struct workshop *workshop);

#endif
