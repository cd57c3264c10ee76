/* Adds up what a result depends on. Knows nothing of documents. */
#include "ingest/intake/fingerprint.h"

#include <elf.h>
#include <errno.h>
#include <glob.h>
#include <link.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/file_name.h"
#include "core/base/hash.h"

/* Programs that readers run on documents. */
static const char *const converters[] = {"antiword", "soffice"};

struct sum {
  struct sha256_ctx sha256;
  bool lacks_build_id;
};

static void add_text(struct sum *sum, const char *text) {
  sha256_update(&sum->sha256, strlen(text) + 1, (const uint8_t *)text);
}

/* ---- program and libraries ---- */

static size_t padded(size_t size) {
  return (size + 3) & ~(size_t)3;
}

/* Adds the build id among the notes from AT to END. */
static bool add_build_id(struct sum *sum, const char *at, const char *end) {
  ElfW(Nhdr) note;
  while ((size_t)(end - at) >= sizeof note) {
    memcpy(&note, at, sizeof note);
    const char *name = at + sizeof note, *id = name + padded(note.n_namesz);
    if (id > end || note.n_descsz > (size_t)(end - id)) return false;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
      sha256_update(&sum->sha256, note.n_descsz, (const uint8_t *)id);
      return true;
    }
    at = id + padded(note.n_descsz);
  }
  return false;
}

static int add_object(struct dl_phdr_info *object, size_t size, void *context) {
  (void)size;
  struct sum *sum = context;
  if (strncmp(object->dlpi_name, "linux-vdso", 10) == 0) return 0; /* the kernel's */
  bool found = false;
  for (int i = 0; i < object->dlpi_phnum && !found; i++) {
    const ElfW(Phdr) *header = &object->dlpi_phdr[i];
    if (header->p_type != PT_NOTE) continue;
    const char *notes =
        (const char *)(object->dlpi_addr + header->p_vaddr); /* NOLINT: as the loader tells it */
    found = add_build_id(sum, notes, notes + header->p_memsz);
  }
  sum->lacks_build_id |= !found;
  return 0;
}

/* ---- programs that readers run ---- */

/* The file that $PATH gives for NAME, or one that is not there. */
static void add_converter(struct sum *sum, struct arena *arena, const char *name) {
  const char *path = getenv("PATH");
  char *rest = arena_text(arena, path ? path : "");
  struct stat found;
  for (char *folder; (folder = strsep(&rest, ":"));) {
    const char *file = arena_format(arena, "%s/%s", folder, name);
    if (stat(file, &found) != 0) continue;
    add_text(sum, arena_format(arena, "%s %lld %lld %ld", file, (long long)found.st_size,
                               (long long)found.st_mtim.tv_sec, found.st_mtim.tv_nsec));
    return;
  }
  add_text(sum, name);
}

/* ---- what is known beforehand ---- */

static bool add_file(struct sum *sum, const char *path, struct failure *failure) {
  uint8_t bytes[1 << 14];
  size_t got;
  FILE *file = fopen(path, "r");
  if (!file) return failure_set(failure, "cannot read '%s': %s", path, strerror(errno));
  add_text(sum, file_name_of(path));
  while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) sha256_update(&sum->sha256, got, bytes);
  bool read = !ferror(file);
  add_text(sum, "");
  fclose(file);
  return read || failure_set(failure, "cannot read '%s'", path);
}

/* The folders of datasets/ that the reading of a document depends on. */
static const char *const rooms[] = {"forms", "places", "rules", "schema"};

static bool add_room(struct sum *sum, struct arena *arena, const char *folder, const char *room,
                     struct failure *failure) {
  glob_t found;
  if (glob(arena_format(arena, "%s/%s/*.csv", folder, room), 0, NULL, &found) != 0)
    return failure_set(failure, "no CSV file can be found in '%s/%s'", folder, room);
  bool added = true;
  for (size_t i = 0; i < found.gl_pathc && added; i++)
    added = add_file(sum, found.gl_pathv[i], failure);
  globfree(&found);
  return added;
}

static bool add_knowledge(struct sum *sum, struct arena *arena, const char *folder,
                          struct failure *failure) {
  bool added = true;
  for (size_t i = 0; i < sizeof rooms / sizeof *rooms && added; i++)
    added = add_room(sum, arena, folder, rooms[i], failure);
  return added;
}

const char *fingerprint(struct arena *arena, const char *folder, struct failure *failure) {
  unsigned char digest[SHA256_DIGEST_SIZE];
  struct sum sum = {0};
  sha256_init(&sum.sha256);
  dl_iterate_phdr(add_object, &sum);
  for (size_t i = 0; i < sizeof converters / sizeof *converters; i++)
    add_converter(&sum, arena, converters[i]);
  bool added = add_knowledge(&sum, arena, folder, failure);
  sha256_digest(&sum.sha256, sizeof digest, digest);
  if (added && !sum.lacks_build_id) return hexadecimal(arena, digest, sizeof digest);
  if (added)
    failure_set(failure, "the program or a library has no build id, so a new one would look alike");
  return NULL;
}
