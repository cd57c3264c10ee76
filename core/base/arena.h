/* Memory that is freed at once: one arena a document, one for what is known beforehand.
 * Built on glibc's obstack. A program that runs out of memory ends with a message (status 1). */
#ifndef OGISTAT_CORE_BASE_ARENA_H
#define OGISTAT_CORE_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Frees what is in ARENA, which can be filled again: for scratch in a loop. */
void arena_clear(struct arena *arena);

/* SIZE bytes, all zero, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);

/* COUNT objects of SIZE bytes, all zero; a product that overflows ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies of text; LENGTH is in bytes, the copy ends in NUL. */
char *arena_text(struct arena *arena, const char *text);
char *arena_bytes(struct arena *arena, const char *bytes, size_t length);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A list that grows in an arena: `LIST_OF(struct cell) cells;` then `*list_add(arena, &cells)`.
 * Old storage of less than a megabyte stays in the arena until that is freed; larger lists grow in
 * their place. */
#define LIST_OF(type)                                                                              \
  struct {                                                                                         \
    type *item;                                                                                    \
    size_t count, room;                                                                            \
  }
#define list_add(arena, list)                                                                      \
  ((list)->item =                                                                                  \
       arena_grow((arena), (list)->item, (list)->count, &(list)->room, sizeof *(list)->item),      \
   &(list)->item[(list)->count++])

/* For list_add: room for one more item of SIZE bytes after COUNT items. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);

/* Says so and ends the program with status 1; for memory that lives in no arena. */
_Noreturn void out_of_memory(void);

#endif
