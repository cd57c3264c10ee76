/* Where a division stands: its level, prefecture and province. */
#ifndef OGISTAT_CORE_MODEL_STANDING_H
#define OGISTAT_CORE_MODEL_STANDING_H

#include "core/model/divisions.h"

struct standing {
  const char *level;               /* province, prefecture or county; NULL where it has no code */
  char prefecture[7], province[7]; /* their codes, "" where there is none */
  const char *prefecture_name, *province_name; /* "" where not known */
};

/* The level of a code of GB/T 2260 (two digits each for province, prefecture and county); NULL
 * where it is none. */
const char *standing_level(const char *code);

/* By the list of DIVISIONS; a CODE that it lacks by its digits. */
struct standing standing_of(const struct divisions *divisions, const char *code);

#endif
