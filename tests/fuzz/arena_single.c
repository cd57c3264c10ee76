/* The arenas of core/base/arena.h with an allocation for each piece, in the place of
 * core/base/arena.c: so AddressSanitizer sees every byte that is read or written beside one. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

/* Stands apart from the memory itself, which has nothing before or behind it. */
struct piece {
  struct piece *next;
  void *memory;
};

struct arena {
  struct piece *pieces;
};

_Noreturn void out_of_memory(void) {
  fputs("ogistat: out of memory\n", stderr);
  exit(EXIT_FAILURE);
}

static void *checked(void *memory) {
  if (!memory) out_of_memory();
  return memory;
}

struct arena *arena_new(void) {
  return checked(calloc(1, sizeof(struct arena)));
}

void arena_clear(struct arena *arena) {
  for (struct piece *piece = arena->pieces, *next; piece; piece = next) {
    next = piece->next;
    free(piece->memory);
    free(piece);
  }
  arena->pieces = NULL;
}

void arena_free(struct arena *arena) {
  if (arena) arena_clear(arena);
  free(arena);
}

static void *keep(struct arena *arena, void *memory) {
  struct piece *piece = checked(malloc(sizeof *piece));
  *piece = (struct piece){arena->pieces, checked(memory)};
  arena->pieces = piece;
  return memory;
}

void *arena_alloc(struct arena *arena, size_t size) {
  return keep(arena, calloc(1, size ? size : 1));
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) out_of_memory();
  return arena_alloc(arena, count * size);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length) {
  if (length == SIZE_MAX) out_of_memory();
  char *copy = keep(arena, malloc(length + 1));
  if (length) memcpy(copy, bytes, length);
  copy[length] = '\0';
  return copy;
}

char *arena_text(struct arena *arena, const char *text) {
  return arena_bytes(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...) {
  char *text = NULL;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&text, format, arguments);
  va_end(arguments);
  if (length < 0) abort(); /* a broken format string is a programming error */
  return keep(arena, text);
}

/* What it was before stays as it is, so that a pointer kept from then is no error, as in the real
 * arena. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size) {
  if (count < *room) return items;
  size_t larger = *room ? *room * 2 : 8;
  if (*room > 0 && larger > SIZE_MAX / size) out_of_memory();
  void *copy = arena_array(arena, larger, size);
  if (count) memcpy(copy, items, count * size);
  *room = larger;
  return copy;
}
