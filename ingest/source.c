/* Bytes in, format and text out. Knows how formats begin, not what is in them. */
#include "ingest/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "datasets/label.h"
#include "ingest/archive.h"

static bool hash(struct source *source) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_Digest(source->bytes, source->size, digest, &length, EVP_sha256(), NULL) != 1)
    return false;
  for (unsigned i = 0; i < length; i++)
    snprintf(source->sha256 + 2 * (size_t)i, 3, "%02x", digest[i]);
  return true;
}

static bool begins(const struct source *source, const char *magic, size_t length) {
  return source->size >= length && memcmp(source->bytes, magic, length) == 0;
}

static bool mentions(const struct source *source, const char *text) {
  return memmem(source->bytes, source->size, text, strlen(text)) != NULL;
}

/* True where markup stands among the first bytes. */
static bool looks_like_html(const struct source *source) {
  static const char *const tags[] = {"<!doctype html", "<html",  "<head",
                                     "<body",          "<table", "<meta"};
  char start[4097];
  size_t length = sizeof start - 1;
  if (source->size < length) length = source->size;
  memcpy(start, source->bytes, length);
  for (size_t i = 0; i < length; i++)
    if (start[i] == '\0') start[i] = ' '; /* UTF-16 */
  start[length] = '\0';
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (strcasestr(start, tags[i])) return true;
  return false;
}

/* What a zip container is, by a part that each kind must have. What cannot be opened is told from
 * the names that still stand in it, so that the right reader says that it is damaged. */
static enum source_format find_zip_format(const struct source *source) {
  static const struct {
    const char *part;
    enum source_format format;
  } kinds[] = {{"word/document.xml", FORMAT_DOCX},
               {"word/document2.xml", FORMAT_DOCX},
               {"word/styles.xml", FORMAT_DOCX},
               {"xl/workbook.xml", FORMAT_XLSX},
               {"xl/workbook.bin", FORMAT_XLSX},
               {"ppt/presentation.xml", FORMAT_PPTX},
               {"OFD.xml", FORMAT_OFD},
               {"META-INF/manifest.xml", FORMAT_ODF}};
  struct failure ignored;
  struct archive *archive = archive_open(source->bytes, source->size, &ignored);
  enum source_format format = FORMAT_ZIP;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds && format == FORMAT_ZIP; i++)
    if (archive ? archive_find(archive, kinds[i].part) >= 0 : mentions(source, kinds[i].part))
      format = kinds[i].format;
  archive_close(archive);
  return format;
}

static bool has_byte_order_mark(const struct source *source) {
  return begins(source, "\xff\xfe", 2) || begins(source, "\xfe\xff", 2) ||
         begins(source, "\xef\xbb\xbf", 3);
}

static enum source_format find_format(const struct source *source) {
  static const struct {
    const char *magic;
    size_t length;
    enum source_format format;
  } magics[] = {
      {"%PDF-", 5, FORMAT_PDF},         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, FORMAT_DOC},
      {"{\\rtf", 5, FORMAT_RTF},        {"Rar!", 4, FORMAT_PACKED},
      {"7z\xbc\xaf", 4, FORMAT_PACKED}, {"\x1f\x8b", 2, FORMAT_PACKED},
      {"\x89PNG\r\n", 6, FORMAT_IMAGE}, {"\xff\xd8\xff", 3, FORMAT_IMAGE},
      {"GIF8", 4, FORMAT_IMAGE},        {"II*\0", 4, FORMAT_IMAGE},
      {"MM\0*", 4, FORMAT_IMAGE}};
  for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
    if (begins(source, magics[i].magic, magics[i].length)) return magics[i].format;
  if (begins(source, "PK\x03\x04", 4) || begins(source, "PK\x05\x06", 4))
    return find_zip_format(source);
  if (looks_like_html(source)) return FORMAT_HTML;
  if (!has_byte_order_mark(source) && memchr(source->bytes, '\0', source->size))
    return FORMAT_BINARY;
  return FORMAT_TEXT;
}

static bool read_bytes(struct arena *arena, int file, struct source *source) {
  char *bytes = arena_alloc(arena, source->size + 1);
  size_t done = 0;
  while (done < source->size) {
    ssize_t got = read(file, bytes + done, source->size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break; /* the file shrank */
    done += (size_t)got;
  }
  source->bytes = bytes;
  source->size = done;
  return true;
}

const char *source_from_bytes(const char *path, const char *bytes, size_t size,
                              struct source *source, struct failure *failure) {
  *source = (struct source){.path = path, .bytes = bytes, .size = size, .format = FORMAT_BINARY};
  if (!hash(source)) {
    failure_set(failure, "no SHA-256 could be computed");
    return "unreadable_file";
  }
  if (size == 0) {
    failure_set(failure, "the file has no bytes. Fetch it again.");
    return "empty";
  }
  source->format = find_format(source);
  return NULL;
}

static const char *read_open_file(struct arena *arena, int file, struct source *source,
                                  struct failure *failure) {
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    failure_set(failure, "not a regular file");
    return "unreadable_file";
  }
  if (status.st_size > SOURCE_SIZE_LIMIT) {
    failure_set(failure, "%lld bytes; at most %d are read. Split the file.",
                (long long)status.st_size, SOURCE_SIZE_LIMIT);
    return "too_large";
  }
  source->size = (size_t)status.st_size;
  if (!read_bytes(arena, file, source)) {
    failure_set(failure, "%s", strerror(errno));
    return "unreadable_file";
  }
  return source_from_bytes(source->path, source->bytes, source->size, source, failure);
}

const char *source_read(struct arena *arena, const char *path, struct source *source,
                        struct failure *failure) {
  *source = (struct source){.path = path, .bytes = "", .format = FORMAT_BINARY};
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not block the batch */
  if (file < 0) {
    failure_set(failure, "%s", strerror(errno));
    return "unreadable_file";
  }
  const char *reason = read_open_file(arena, file, source, failure);
  close(file);
  return reason;
}

const char *source_format_name(enum source_format format) {
  static const char *const names[FORMAT_COUNT] = {"text", "html",   "docx",  "doc",   "rtf",
                                                  "pdf",  "zip",    "xlsx",  "pptx",  "odf",
                                                  "ofd",  "packed", "image", "binary"};
  return names[format];
}

static char *converted(struct arena *arena, const char *encoding, const char *bytes, size_t size) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == (iconv_t)-1) return NULL; /* NOLINT(performance-no-int-to-ptr): POSIX says so */
  size_t room = size * 3 + 1;                /* two bytes of these encodings become three at most */
  char *text = arena_alloc(arena, room), *out = text, *in = arena_bytes(arena, bytes, size);
  size_t result = iconv(converter, &in, &size, &out, &room);
  iconv_close(converter);
  if (result == (size_t)-1) return NULL;
  *out = '\0';
  return text;
}

char *source_text(struct arena *arena, const struct source *source) {
  const char *bytes = source->bytes;
  size_t size = source->size;
  if (begins(source, "\xef\xbb\xbf", 3)) {
    bytes += 3;
    size -= 3;
  }
  if (begins(source, "\xff\xfe", 2)) return converted(arena, "UTF-16LE", bytes + 2, size - 2);
  if (begins(source, "\xfe\xff", 2)) return converted(arena, "UTF-16BE", bytes + 2, size - 2);
  if (memchr(bytes, '\0', size)) return NULL;
  if (text_is_utf8(bytes, size)) return arena_bytes(arena, bytes, size);
  return converted(arena, "GB18030", bytes, size);
}
