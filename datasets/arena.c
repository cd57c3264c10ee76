/* Arenas on glibc's obstack. Knows nothing of what is kept in them. */
#include "datasets/arena.h"

#include <limits.h>
#include <obstack.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena {
  struct obstack stack;
};

_Noreturn void out_of_memory(void) {
  fputs("ogistat: out of memory\n", stderr);
  exit(EXIT_FAILURE);
}

static void *allocate_chunk(size_t size) {
  void *chunk = malloc(size);
  if (!chunk) out_of_memory();
  return chunk;
}

#define obstack_chunk_alloc allocate_chunk
#define obstack_chunk_free free

struct arena *arena_new(void) {
  struct arena *arena = allocate_chunk(sizeof *arena);
  obstack_begin(&arena->stack, 64 * 1024);
  return arena;
}

void arena_free(struct arena *arena) {
  if (!arena) return;
  obstack_free(&arena->stack, NULL);
  free(arena);
}

/* obstack counts in int. */
static int counted(size_t size) {
  if (size > INT_MAX - 64) out_of_memory();
  return (int)size;
}

void *arena_alloc(struct arena *arena, size_t size) {
  void *memory = obstack_alloc(&arena->stack, counted(size));
  return memset(memory, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) out_of_memory();
  return arena_alloc(arena, count * size);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length) {
  if (length == SIZE_MAX) out_of_memory();
  char *copy = obstack_alloc(&arena->stack, counted(length + 1));
  if (length) memcpy(copy, bytes, length);
  copy[length] = '\0';
  return copy;
}

char *arena_text(struct arena *arena, const char *text) {
  return arena_bytes(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = obstack_vprintf(&arena->stack, format, arguments);
  va_end(arguments);
  if (length < 0) abort(); /* a broken format string is a programming error */
  obstack_1grow(&arena->stack, '\0');
  return obstack_finish(&arena->stack);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size) {
  if (count < *room) return items;
  size_t larger = *room ? *room * 2 : 8;
  void *copy = arena_array(arena, larger, size);
  if (count) memcpy(copy, items, count * size);
  *room = larger;
  return copy;
}
