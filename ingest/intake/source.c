/* Bytes in, format and text out. Knows how formats begin, not what is in them. */
#include "ingest/intake/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/base/label.h"
#include "ingest/intake/archive.h"

static void hash(struct source *source) {
  unsigned char digest[SHA256_DIGEST_SIZE];
  struct sha256_ctx sha256;
  sha256_init(&sha256);
  sha256_update(&sha256, source->size, (const uint8_t *)source->bytes);
  sha256_digest(&sha256, sizeof digest, digest);
  hexadecimal_put(source->sha256, digest, sizeof digest);
}

static bool begins(const struct source *source, const char *magic, size_t length) {
  return source->size >= length && memcmp(source->bytes, magic, length) == 0;
}

static bool mentions(const struct source *source, const char *text) {
  return memmem(source->bytes, source->size, text, strlen(text)) != NULL;
}

/* True where markup stands among the first bytes. */
static bool looks_like_html(const struct source *source) {
  static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body", "<table",
                                     "<meta",          "<div",  "<p>",   "<p ",   "<span"};
  char start[4097];
  size_t length = sizeof start - 1;
  if (source->size < length) length = source->size;
  memcpy(start, source->bytes, length);
  size_t kept = 0;
  for (size_t i = 0; i < length; i++)
    if (start[i] != '\0') start[kept++] = start[i]; /* UTF-16 */
  start[kept] = '\0';
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (strcasestr(start, tags[i])) return true;
  return false;
}

/* True where the file begins with the headers of a message (RFC 5322), as web archives do. */
static bool looks_like_mhtml(const struct source *source) {
  char start[2049];
  size_t length = sizeof start - 1;
  if (source->size < length) length = source->size;
  memcpy(start, source->bytes, length);
  start[length] = '\0';
  size_t name = strspn(start, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
  return name > 0 && start[name] == ':' && strcasestr(start, "MIME-Version:") &&
         strcasestr(start, "Content-Type:");
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
  if (looks_like_mhtml(source)) return FORMAT_MHTML;
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
  hash(source);
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
  if (fstat(file, &status) != 0) {
    failure_set(failure, "%s", strerror(errno));
    return "unreadable_file";
  }
  if (S_ISDIR(status.st_mode)) {
    failure_set(failure, "a folder in which there is nothing to read");
    return "empty";
  }
  if (!S_ISREG(status.st_mode)) {
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
  static const char *const names[FORMAT_COUNT] = {"text", "html", "mhtml",  "docx",  "doc",
                                                  "rtf",  "pdf",  "zip",    "xlsx",  "pptx",
                                                  "odf",  "ofd",  "packed", "image", "binary"};
  return names[format];
}

/* ---- text ---- */

/* Text that is decoded piece by piece. What cannot be decoded becomes U+FFFD and is counted. */
struct decoding {
  char *text, *end;
  size_t broken; /* sequences that stand for no character; one that the end cut off is none */
  size_t wide;   /* bytes of the result beyond ASCII */
};

static void put(struct decoding *decoding, const char *bytes, size_t length) {
  memcpy(decoding->end, bytes, length);
  decoding->end += length;
}

static void put_replacement(struct decoding *decoding) {
  put(decoding, "\xef\xbf\xbd", 3);
}

/* True where so much is sound that the bytes are surely in this encoding: at most one sequence
 * broken for twenty characters. In a wrong encoding about every second one is. */
static bool is_convincing(const struct decoding *decoding) {
  return decoding->broken * 60 <= decoding->wide;
}

/* True where the bytes are the beginning of a UTF-8 character that the end cut off. */
static bool is_cut_off(const char *at, const char *end) {
  unsigned char first = (unsigned char)*at;
  if (first < 0xC2 || first > 0xF4 || end - at > 3) return false;
  while (++at < end)
    if (((unsigned char)*at & 0xC0) != 0x80) return false;
  return true;
}

static struct decoding decode_utf8(struct arena *arena, const char *bytes, size_t size) {
  struct decoding decoding = {0};
  decoding.text = decoding.end = arena_alloc(arena, size * 3 + 4);
  char *copy = arena_bytes(arena, bytes, size);
  for (const char *at = copy, *end = copy + size; at < end;) {
    const char *from = at;
    int character = text_next(&at);
    if (character == 0 || (character == 0xFFFD && at - from == 1)) {
      if (character == 0) at = from + 1;
      put_replacement(&decoding);
      if (is_cut_off(from, end)) break;
      decoding.broken++;
      continue;
    }
    put(&decoding, from, (size_t)(at - from));
    if (character >= 0x80) decoding.wide += (size_t)(at - from);
  }
  return decoding;
}

/* How many bytes of what the converter cannot read are passed over: a whole character, so that the
 * next ones keep their places. */
static size_t broken_length(bool is_utf16, const char *at, size_t left) {
  size_t length = is_utf16 || (left > 1 && (unsigned char)at[1] >= 0x40) ? 2 : 1;
  return length < left ? length : left;
}

/* Two bytes of these encodings become three at most. False where iconv does not know ENCODING. */
static bool decode_by_iconv(struct arena *arena, const char *encoding, const char *bytes,
                            size_t size, struct decoding *decoding) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == (iconv_t)-1) return false; /* NOLINT(performance-no-int-to-ptr) */
  bool is_utf16 = strncmp(encoding, "UTF-16", 6) == 0;
  size_t room = size * 3 + 4;
  *decoding = (struct decoding){0};
  decoding->text = decoding->end = arena_alloc(arena, room);
  char *in = arena_bytes(arena, bytes, size); /* iconv wants it writable, and leaves it alone */
  while (size > 0 && iconv(converter, &in, &size, &decoding->end, &room) == (size_t)-1) {
    put_replacement(decoding);
    room -= 3;
    if (errno == EINVAL) break; /* the end cut a character off */
    decoding->broken++;
    size_t length = broken_length(is_utf16, in, size);
    in += length;
    size -= length;
    iconv(converter, NULL, NULL, NULL, NULL);
  }
  iconv_close(converter);
  for (const char *at = decoding->text; at < decoding->end; at++)
    decoding->wide += (unsigned char)*at >= 0x80;
  return true;
}

/* The decoded text, where it convinces; NUL characters, which would end it early, are broken. */
static char *convincing(struct arena *arena, struct decoding *decoding) {
  size_t length = (size_t)(decoding->end - decoding->text);
  if (memchr(decoding->text, '\0', length)) {
    size_t broken = decoding->broken;
    *decoding = decode_utf8(arena, decoding->text, length);
    decoding->broken += broken;
  }
  return is_convincing(decoding) ? decoding->text : NULL;
}

/* UTF-16 without a mark: every second byte of its markup is NUL; of the others few are, as in 一.
 */
static const char *unmarked_utf16(const char *bytes, size_t size) {
  size_t looked_at = size < 512 ? size : 512, nuls[2] = {0, 0};
  for (size_t i = 0; i < looked_at; i++) nuls[i % 2] += bytes[i] == '\0';
  if (nuls[1] > looked_at / 8 && nuls[0] < nuls[1] / 8) return "UTF-16LE";
  if (nuls[0] > looked_at / 8 && nuls[1] < nuls[0] / 8) return "UTF-16BE";
  return NULL;
}

/* Encodings that a declaration is needed for; all others are found by the bytes alone, whatever a
 * file says of itself. */
static const char *encoding_declared(const char *declared) {
  return strncasecmp(declared, "big5", 4) == 0 ? "BIG5-HKSCS" : NULL;
}

char *source_text_declared(struct arena *arena, const struct source *source, const char *declared) {
  const char *bytes = source->bytes, *utf16 = NULL;
  size_t size = source->size, mark = 0;
  if (begins(source, "\xef\xbb\xbf", 3)) mark = 3;
  if (begins(source, "\xff\xfe", 2)) utf16 = "UTF-16LE";
  if (begins(source, "\xfe\xff", 2)) utf16 = "UTF-16BE";
  if (utf16) mark = 2;
  bytes += mark;
  size -= mark;

  struct decoding decoding;
  if (!utf16) utf16 = unmarked_utf16(bytes, size);
  if (utf16) {
    if (!decode_by_iconv(arena, utf16, bytes, size, &decoding)) return NULL;
    return convincing(arena, &decoding);
  }
  if (!memchr(bytes, '\0', size) && text_is_utf8(bytes, size))
    return arena_bytes(arena, bytes, size);
  decoding = decode_utf8(arena, bytes, size);
  if (is_convincing(&decoding)) return decoding.text;
  const char *encoding = encoding_declared(declared);
  if (encoding && decode_by_iconv(arena, encoding, bytes, size, &decoding) && decoding.broken == 0)
    return convincing(arena, &decoding);
  if (!decode_by_iconv(arena, "GB18030", bytes, size, &decoding)) return NULL;
  return convincing(arena, &decoding);
}

char *source_text(struct arena *arena, const struct source *source) {
  return source_text_declared(arena, source, "");
}

char *source_path_text(struct arena *arena, const char *path) {
  char *text = arena_text(arena, "");
  while (*path) {
    size_t length = strcspn(path + 1, "/") + 1; /* a name with the slash before it */
    struct source name = {.bytes = arena_bytes(arena, path, length), .size = length};
    char *decoded = source_text(arena, &name);
    text = arena_format(arena, "%s%s", text, decoded ? decoded : text_utf8(arena, name.bytes));
    path += length;
  }
  return text;
}
