/* Hashing. Knows no files. */
#include "core/base/content_hash.h"

uint64_t fingerprint_text(uint64_t fingerprint, const char *text) {
  do fingerprint = (fingerprint ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
  while (*text++);
  return fingerprint;
}
