/* Several numbers in the order of several names: 分别. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_JOINT_H
#define OGISTAT_INGEST_PROSE_CLAIM_JOINT_H

#include "ingest/prose/claim_reader.h"

/* The phrase before number I says 分别: finds what the numbers in a row from I on are of. */
void reader_begin_joint(struct claim_reader *reader, size_t i);

/* True where the next number is one of such a row. */
bool reader_goes_on_jointly(const struct claim_reader *reader);

/* Lets the phrase say what the next number of the row is of. */
void reader_take_joint(struct claim_reader *reader);

#endif
