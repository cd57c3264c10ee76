/* Of which period, and of which organ a clause tells. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_PERIOD_H
#define OGISTAT_INGEST_PROSE_CLAIM_PERIOD_H

#include "ingest/prose/claim_reader.h"

void reader_take_organ(struct claim_reader *reader, const struct word *word);
void reader_set_period(struct claim_reader *reader, enum period period, int year);
void reader_take_date(struct claim_reader *reader, size_t i);
void reader_take_period(struct claim_reader *reader, size_t i);

/* The concept of the action that token I is. 上年结转, 2019年度结转: carried in; 结转下年度:
 * carried out. */
int reader_action(const struct claim_reader *reader, size_t i);

#endif
