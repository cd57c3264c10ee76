/* Arenas on glibc's obstack; what is large has a mapping of its own, which can grow without being
 * copied. Knows nothing of what is kept in them. */
#include "core/base/arena.h"

#include <obstack.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE = 1 << 20 };

/* A mapping, in front of what is kept in it. Its pages are zero, and take memory only once they are
 * written on. */
struct mapping {
  struct mapping *before, *behind;
  size_t size;
  max_align_t item[];
};

struct arena {
  struct obstack stack;
  struct mapping *mappings;
  void *first; /* of what is in the stack */
};

_Noreturn void out_of_memory(void) {
  fputs("ogistat: out of memory\n", stderr);
  exit(EXIT_FAILURE);
}

/* Takes the whole pages of CHUNK from the kernel at once, which is cheaper than one by one as they
 * are written on: a run had 1,600 page faults, two in three for arenas. A kernel before Linux 5.14
 * does not know how, and then they come one by one. */
static void take_pages(void *chunk, size_t size) {
  static const uintptr_t page = 4096;
  uintptr_t start = ((uintptr_t)chunk + page - 1) & ~(page - 1);
  uintptr_t end = ((uintptr_t)chunk + size) & ~(page - 1);
  if (end > start)
    madvise((char *)chunk + (start - (uintptr_t)chunk), end - start, MADV_POPULATE_WRITE);
}

static void *allocate_chunk(size_t size) {
  void *chunk = malloc(size);
  if (!chunk) out_of_memory();
  take_pages(chunk, size);
  return chunk;
}

#define obstack_chunk_alloc allocate_chunk
#define obstack_chunk_free free

struct arena *arena_new(void) {
  struct arena *arena = allocate_chunk(sizeof *arena);
  obstack_begin(&arena->stack, 16 * 1024);
  obstack_chunk_size(&arena->stack) = 64L * 1024;
  arena->mappings = NULL;
  arena->first = obstack_alloc(&arena->stack, 0);
  return arena;
}

static void unmap_all(struct arena *arena) {
  for (struct mapping *mapping = arena->mappings, *next; mapping; mapping = next) {
    next = mapping->behind;
    munmap(mapping, mapping->size);
  }
  arena->mappings = NULL;
}

void arena_clear(struct arena *arena) {
  obstack_free(&arena->stack, arena->first);
  unmap_all(arena);
}

void arena_free(struct arena *arena) {
  if (!arena) return;
  obstack_free(&arena->stack, NULL);
  unmap_all(arena);
  free(arena);
}

static size_t mapped_size(size_t size) {
  if (size > SIZE_MAX / 2) out_of_memory();
  return size + sizeof(struct mapping);
}

/* Puts MAPPING, which is new or has moved, in front of the others. */
static void *link_mapping(struct arena *arena, struct mapping *mapping) {
  mapping->before = NULL;
  mapping->behind = arena->mappings;
  if (mapping->behind) mapping->behind->before = mapping;
  arena->mappings = mapping;
  return mapping->item;
}

static void unlink_mapping(struct arena *arena, const struct mapping *mapping) {
  if (mapping->behind) mapping->behind->before = mapping->before;
  if (mapping->before)
    mapping->before->behind = mapping->behind;
  else
    arena->mappings = mapping->behind;
}

static void *map(struct arena *arena, size_t size) {
  size_t whole = mapped_size(size);
  struct mapping *mapping =
      mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) out_of_memory();
  mapping->size = whole;
  return link_mapping(arena, mapping);
}

/* The mapping of ITEMS with room for SIZE bytes of them. */
static void *remap(struct arena *arena, void *items, size_t size) {
  struct mapping *mapping = (struct mapping *)((char *)items - offsetof(struct mapping, item));
  size_t whole = mapped_size(size);
  unlink_mapping(arena, mapping);
  mapping = mremap(mapping, mapping->size, whole, MREMAP_MAYMOVE);
  if (mapping == MAP_FAILED) out_of_memory();
  mapping->size = whole;
  return link_mapping(arena, mapping);
}

void *arena_alloc(struct arena *arena, size_t size) {
  if (size >= LARGE) return map(arena, size);
  void *memory = obstack_alloc(&arena->stack, (int)size);
  return memset(memory, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) out_of_memory();
  return arena_alloc(arena, count * size);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length) {
  if (length == SIZE_MAX) out_of_memory();
  bool is_large = length + 1 >= LARGE;
  char *copy = is_large ? map(arena, length + 1) : obstack_alloc(&arena->stack, (int)length + 1);
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
  if (*room > 0 && larger > SIZE_MAX / size) out_of_memory();
  if (*room * size >= LARGE) {
    *room = larger;
    return remap(arena, items, larger * size);
  }
  void *copy = arena_array(arena, larger, size);
  if (count) memcpy(copy, items, count * size);
  *room = larger;
  return copy;
}
