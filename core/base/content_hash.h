/* Fingerprints of texts, to tell whether two things are the same without keeping both. */
#ifndef OGISTAT_CORE_BASE_CONTENT_HASH_H
#define OGISTAT_CORE_BASE_CONTENT_HASH_H

#include <stdint.h>

/* FINGERPRINT (0 at first) with TEXT, its end too, added: FNV-1a (Fowler, Noll & Vo). */
uint64_t fingerprint_text(uint64_t fingerprint, const char *text);

#endif
