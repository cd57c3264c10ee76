/* The clock for limits and speeds: it is never set. */
#ifndef OGISTAT_CORE_BASE_CLOCK_H
#define OGISTAT_CORE_BASE_CLOCK_H

#include <time.h>

/* Seconds since some time before. */
static inline double clock_now(void) {
  struct timespec time = {0};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

#endif
