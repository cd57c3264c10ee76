/* A folder of results that appears whole or not at all: every file is written in a scratch folder
 * beside it; committing flushes all of them and puts them in their places with one rename of the
 * folder, so that no reader finds files of two runs in it (where the file system or what else lies
 * in the folder does not let that be, they are renamed one by one; folder_state.h tells a reader).
 * A file whose bytes did not change keeps its old time stamp, and where none changed the folder
 * stays as it is. A folder is held for one run at a time; the next one waits, and sweeps out what a
 * run that was killed left behind. */
#ifndef OGISTAT_CORE_BASE_OUTPUT_H
#define OGISTAT_CORE_BASE_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct output;

/* Makes the folder PATH and its parents, where they are not there. False with the reason. */
bool output_make_folder(const char *path, struct failure *failure);

/* Makes DIR (and its parents) where needed, and holds it. NULL with the reason where that fails. */
struct output *output_open(const char *dir, struct failure *failure);

/* Whether NAME is that of a scratch folder: none of a run that is killed is anybody's input. */
bool output_is_scratch(const char *name);

/* The scratch folder, for files that are to be adopted and what is needed on the way to them. It is
 * gone when OUTPUT is. */
const char *output_scratch(const struct output *output);

/* Opens the file NAME (no slash) of the folder for writing; the output owns it. NULL with the
 * reason where that fails. */
FILE *output_file(struct output *output, const char *name, struct failure *failure);

/* Takes the finished file PATH (on the same file system) as the file NAME of the folder: it is
 * flushed and renamed with the others, or removed. A folder may have more such files than a process
 * may hold open. */
void output_adopt(struct output *output, const char *name, const char *path);

/* Removes the file NAME from the folder when the output is committed, if it is there. */
void output_remove(struct output *output, const char *name);

/* Keeps all files that stand in the folder in a new one beside it: DIR.previous, or DIR.previous-2
 * and so on where that is there. Returns its path in ARENA, NULL with the reason. */
const char *output_keep(struct output *output, struct arena *arena, struct failure *failure);

/* The path, in ARENA, of the folder NUMBER (from 1 on) where output_keep keeps what stood in DIR.
 */
const char *output_kept_name(struct arena *arena, const char *dir, size_t number);

/* How many files were opened or adopted, and their names in the order of opening. */
size_t output_count(const struct output *output);
const char *output_name(const struct output *output, size_t index);

/* Where a file's bytes are to be read before it is committed: hands what was written to the kernel.
 * NULL with the reason. */
const char *output_written(struct output *output, size_t index, struct failure *failure);

/* Puts all files in their places and frees OUTPUT. False with the reason where any write failed, or
 * where the program was asked to end; then no file was replaced. */
bool output_commit(struct output *output, struct failure *failure);

/* Removes the temporary files, and the folder where output_open made it, and frees OUTPUT. NULL is
 * allowed. */
void output_abandon(struct output *output);

#endif
