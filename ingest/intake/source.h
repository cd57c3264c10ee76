/* A published file as bytes: its hash, its format by content, and its text in UTF-8. */
#ifndef OGISTAT_INGEST_INTAKE_SOURCE_H
#define OGISTAT_INGEST_INTAKE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

enum source_format {
  FORMAT_TEXT,
  FORMAT_HTML,
  FORMAT_MHTML, /* a page and what belongs to it in one file */
  FORMAT_DOCX,
  FORMAT_DOC, /* any OLE compound file: Word, WPS, Excel, PowerPoint */
  FORMAT_RTF,
  FORMAT_PDF,
  FORMAT_ZIP,
  FORMAT_XLSX,
  FORMAT_PPTX,
  FORMAT_ODF,    /* of whatever kind */
  FORMAT_OFD,    /* GB/T 33190 */
  FORMAT_PACKED, /* an archive other than zip */
  FORMAT_IMAGE,
  FORMAT_BINARY, /* none of these */
  FORMAT_COUNT
};

struct source {
  const char *path;
  const char *bytes; /* NUL-terminated behind SIZE bytes */
  size_t size;
  char sha256[65]; /* hexadecimal; empty where the file could not be read */
  enum source_format format;
};

enum { SOURCE_SIZE_LIMIT = 256 * 1024 * 1024 };

/* Reads PATH whole into ARENA, hashes it and finds its format by content. On failure returns the
 * reject reason (a code of reject_reasons.csv) and puts the detail into FAILURE; else NULL. */
const char *source_read(struct arena *arena, const char *path, struct source *source,
                        struct failure *failure);

/* The same for a file that stood in another one: SIZE bytes with a NUL behind them, which must
 * outlive SOURCE. */
const char *source_from_bytes(const char *path, const char *bytes, size_t size,
                              struct source *source, struct failure *failure);

/* The word in reports.csv. */
const char *source_format_name(enum source_format format);

/* The bytes as UTF-8 text in ARENA: by byte-order mark, else UTF-8, else GB18030 (which holds GBK
 * and GB2312). A few broken bytes, as where a file was cut off, become U+FFFD. NULL where the bytes
 * are none of these. */
char *source_text(struct arena *arena, const struct source *source);

/* The same for a file that names its encoding: DECLARED counts only where the bytes leave a choice,
 * since such declarations are often wrong; "" where there is none. */
char *source_text_declared(struct arena *arena, const struct source *source, const char *declared);

/* A path in UTF-8: names from Chinese Windows are in GBK. What is neither becomes U+FFFD. */
char *source_path_text(struct arena *arena, const char *path);

#endif
