/* The reader of web archives: finds the page among the parts (RFC 2046), undoes its transfer
 * encoding (RFC 2045) and hands it to the reader of pages. Knows nothing of pages. */
#include "ingest/readers/html/mhtml.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ingest/readers/html/html.h"

enum { DEPTH_LIMIT = 4 }; /* of parts in parts */

/* A part: its headers, unfolded, and the bytes behind them. */
struct part {
  struct arena *arena;
  const char *headers;
  const char *body;
  size_t size;
};

/* The byte behind the line that AT stands in, or END. */
static const char *next_line(const char *at, const char *end) {
  const char *feed = memchr(at, '\n', (size_t)(end - at));
  return feed ? feed + 1 : end;
}

static bool is_empty_line(const char *at, const char *next) {
  return next - at <= 2 && (*at == '\r' || *at == '\n');
}

/* The headers up to the first empty line; a line that begins with a blank goes on with the one
 * before (RFC 5322, 2.2.3). */
static struct part part_from(struct arena *arena, const char *bytes, const char *end) {
  const char *at = bytes, *next = bytes;
  for (; at < end; at = next) {
    next = next_line(at, end);
    if (is_empty_line(at, next)) break;
  }
  char *headers = arena_bytes(arena, bytes, (size_t)(at - bytes));
  for (char *feed = headers; (feed = strchr(feed, '\n')); feed++)
    if (feed[1] == ' ' || feed[1] == '\t') {
      *feed = ' ';
      if (feed > headers && feed[-1] == '\r') feed[-1] = ' ';
    }
  return (struct part){arena, headers, next, (size_t)(end - next)};
}

/* The value of the header NAME (with its colon), or "". */
static const char *header(const struct part *part, const char *name) {
  for (const char *line = part->headers; line && *line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncasecmp(line, name, strlen(name)) != 0) continue;
    line += strlen(name);
    line += strspn(line, " \t");
    return arena_bytes(part->arena, line, strcspn(line, "\r\n"));
  }
  return "";
}

/* The boundary between the parts of a part, or "". */
static const char *boundary(const struct part *part) {
  const char *found = strcasestr(header(part, "Content-Type:"), "boundary=");
  if (!found) return "";
  found += strlen("boundary=");
  found += *found == '"';
  return arena_bytes(part->arena, found, strcspn(found, "\"; \t"));
}

/* ---- transfer encodings ---- */

static int digit_value(char digit) {
  if (!isxdigit((unsigned char)digit)) return -1;
  return isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10;
}

/* `=E4` is a byte, `=` at the end of a line goes on with the next one. */
static size_t decode_quoted(const struct part *part, char *bytes) {
  size_t size = 0;
  for (const char *at = part->body, *end = at + part->size; at < end;) {
    const char *behind = at + 1;
    while (behind < end && (*behind == ' ' || *behind == '\t' || *behind == '\r')) behind++;
    if (*at == '=' && behind < end && *behind == '\n') {
      at = behind + 1;
    } else if (*at == '=' && end - at > 2 && digit_value(at[1]) >= 0 && digit_value(at[2]) >= 0) {
      bytes[size++] = (char)(digit_value(at[1]) * 16 + digit_value(at[2]));
      at += 3;
    } else {
      bytes[size++] = *at++;
    }
  }
  return size;
}

/* The six bits that DIGIT stands for, or -1. */
static int base64_digit(char digit) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = digit ? strchr(digits, digit) : NULL;
  return found ? (int)(found - digits) : -1;
}

/* Up to `=` or the end; what is no digit is passed over, as RFC 2045 asks. */
static size_t decode_base64(const struct part *part, char *bytes) {
  size_t size = 0;
  unsigned bits = 0, known = 0;
  for (const char *at = part->body, *end = at + part->size; at < end && *at != '='; at++) {
    int digit = base64_digit(*at);
    if (digit < 0) continue;
    bits = bits << 6 | (unsigned)digit;
    known += 6;
    if (known < 8) continue;
    known -= 8;
    bytes[size++] = (char)(unsigned char)(bits >> known);
    bits &= (1U << known) - 1;
  }
  return size;
}

/* The page without its transfer encoding, NUL-terminated. False where nothing is left. */
static bool decode(const struct part *part, struct source *page) {
  const char *encoding = header(part, "Content-Transfer-Encoding:");
  char *bytes = arena_bytes(part->arena, part->body, part->size);
  page->size = part->size;
  page->bytes = bytes;
  if (strncasecmp(encoding, "base64", 6) == 0) page->size = decode_base64(part, bytes);
  if (strncasecmp(encoding, "quoted-printable", 16) == 0) page->size = decode_quoted(part, bytes);
  bytes[page->size] = '\0';
  return page->size > 0;
}

/* ---- parts ---- */

/* The first line from AT on that begins with `--BOUNDARY`, or END. */
static const char *boundary_line(const char *at, const char *end, const char *boundary) {
  size_t length = strlen(boundary);
  for (; at < end; at = next_line(at, end))
    if ((size_t)(end - at) >= length + 2 && memcmp(at, "--", 2) == 0 &&
        memcmp(at + 2, boundary, length) == 0)
      return at;
  return end;
}

/* Finds the first page in PART, itself or a part of it. */
static bool find_page(struct part *part, int depth) {
  if (strncasecmp(header(part, "Content-Type:"), "text/html", 9) == 0) return true;
  const char *mark = boundary(part), *end = part->body + part->size;
  if (*mark == '\0' || depth == DEPTH_LIMIT) return false;
  for (const char *at = boundary_line(part->body, end, mark); at < end;) {
    const char *start = next_line(at, end);
    at = boundary_line(start, end, mark);
    struct part inner = part_from(part->arena, start, at);
    if (!find_page(&inner, depth + 1)) continue;
    *part = inner;
    return true;
  }
  return false;
}

const char *mhtml_reader(struct document *document, const struct source *source,
                         struct failure *failure) {
  struct part part = part_from(document->arena, source->bytes, source->bytes + source->size);
  struct source page = *source;
  if (!find_page(&part, 0) || !decode(&part, &page)) {
    failure_set(failure, "no page was found in the web archive; save the page as HTML");
    return "unreadable_document";
  }
  const char *address = header(&part, "Content-Location:");
  if (*address) document->url = address;
  return html_reader(document, &page, failure);
}
