/* Hashes by nettle. */
#include "core/base/hash.h"

#include <nettle/sha2.h>
#include <stdio.h>

void hexadecimal_put(char *text, const unsigned char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

const char *hexadecimal(struct arena *arena, const unsigned char *bytes, size_t length) {
  char *text = arena_alloc(arena, 2 * length + 1);
  hexadecimal_put(text, bytes, length);
  return text;
}

const char *sha256_of(struct arena *arena, const char *bytes, size_t size) {
  struct sha256_ctx sha256;
  unsigned char digest[SHA256_DIGEST_SIZE];
  sha256_init(&sha256);
  sha256_update(&sha256, size, (const uint8_t *)bytes);
  sha256_digest(&sha256, sizeof digest, digest);
  return hexadecimal(arena, digest, sizeof digest);
}
