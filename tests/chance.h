/* Random numbers that are the same in every run. */
#ifndef OGISTAT_TESTS_CHANCE_H
#define OGISTAT_TESTS_CHANCE_H

#include <stddef.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea and Flood 2014). */
static inline uint64_t random_next(uint64_t *seed) {
  uint64_t z = (*seed += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

/* From 0 to BOUND - 1. */
static inline size_t random_below(uint64_t *seed, size_t bound) {
  return (size_t)(random_next(seed) % bound);
}

#endif
