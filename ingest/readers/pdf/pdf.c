/* Opens a PDF, takes the marks of its pages and has them put together. Knows MuPDF, no forms. */
#include "ingest/readers/pdf/pdf.h"

#include <malloc.h>
#include <mupdf/fitz.h>
#include <mupdf/pdf.h>
#include <string.h>

#include "ingest/readers/pdf/layout.h"

enum { PAGES_LIMIT = 2000 };

/* What MuPDF may hold at once, and what it keeps of it for later. */
static const size_t MEMORY_LIMIT = (size_t)1 << 30, STORE_LIMIT = (size_t)32 << 20;

/* Fewer characters on a page than this, under a picture, are a stamp on a scan. */
static const size_t FEW_CHARACTERS = 50;

/* ---- MuPDF with a limit ---- */

struct memory {
  size_t used;
};

/* Blocks are a little larger than asked for, so USED may pass the limit by a little. */
static bool has_room(const struct memory *memory, size_t size) {
  return memory->used <= MEMORY_LIMIT && size <= MEMORY_LIMIT - memory->used;
}

static void *limited_malloc(void *user, size_t size) {
  struct memory *memory = user;
  if (!has_room(memory, size)) return NULL;
  void *block = malloc(size);
  memory->used += malloc_usable_size(block);
  return block;
}

static void limited_free(void *user, void *block) {
  struct memory *memory = user;
  memory->used -= malloc_usable_size(block);
  free(block);
}

static void *limited_realloc(void *user, void *block, size_t size) {
  struct memory *memory = user;
  size_t before = malloc_usable_size(block);
  if (size > before && !has_room(memory, size - before)) return NULL;
  void *moved = realloc(block, size);
  if (moved) memory->used = memory->used - before + malloc_usable_size(moved);
  return moved;
}

/* What MuPDF says on its own is of no use to the user; its exceptions are. */
static void say_nothing(void *user, const char *message) {
  (void)user, (void)message;
}

/* ---- a file ---- */

struct pdf_file {
  fz_context *context;
  const struct source *source;
  struct failure *failure;
  struct arena *arena; /* for what lives as long as the document */

  pdf_document *pdf;
  struct pdf_layout *page;
  size_t pages;
  size_t columns;                            /* of the last table without ruling lines */
  size_t visible, unknown, hidden, pictured; /* characters; pages that are mostly a picture */
};

static const char *open_pdf(struct pdf_file *file) {
  fz_context *context = file->context;
  fz_stream *stream = NULL;
  fz_var(stream);
  fz_try(context) {
    stream =
        fz_open_memory(context, (const unsigned char *)file->source->bytes, file->source->size);
    file->pdf = pdf_open_document_with_stream(context, stream);
  }
  fz_always(context) {
    fz_drop_stream(context, stream);
  }
  fz_catch(context) {
    fz_rethrow(context);
  }
  if (pdf_needs_password(context, file->pdf) &&
      !pdf_authenticate_password(context, file->pdf, "")) {
    failure_set(file->failure, "the PDF opens only with a password; save it without one");
    return "encrypted";
  }
  return NULL;
}

static const char *count_pages(struct pdf_file *file) {
  int count = pdf_count_pages(file->context, file->pdf);
  if (count <= 0) {
    failure_set(file->failure, "the PDF has no pages. Fetch it again.");
    return "unreadable_document";
  }
  if (count > PAGES_LIMIT) {
    failure_set(file->failure, "%d pages; at most %d are read. Split the file.", count,
                PAGES_LIMIT);
    return "too_large";
  }
  file->pages = (size_t)count;
  file->page = arena_array(file->arena, file->pages, sizeof *file->page);
  return NULL;
}

static void read_marks(struct pdf_file *file, size_t number, struct pdf_marks *marks) {
  fz_context *context = file->context;
  pdf_page *page = pdf_load_page(context, file->pdf, (int)number - 1);
  fz_try(context) {
    pdf_marks_read(context, page, file->arena, marks);
  }
  fz_always(context) {
    fz_drop_page(context, &page->super);
  }
  fz_catch(context) {
    fz_rethrow(context);
  }
}

static const char *read_page(struct pdf_file *file, size_t number) {
  struct pdf_marks marks = {0};
  read_marks(file, number, &marks);
  if (marks.overflow) {
    failure_set(file->failure, "page %zu has more characters or lines than any report", number);
    return "too_large";
  }
  file->visible += marks.visible;
  file->unknown += marks.unknown;
  file->hidden += marks.hidden;
  file->pictured += marks.pictured > 0.4;

  file->page[number - 1] = pdf_layout_of(file->arena, &marks, &file->columns);
  return NULL;
}

/* Why the text of the pages is of no use; NULL where it is. */
static const char *judge_text(const struct pdf_file *file) {
  bool few = file->visible < FEW_CHARACTERS * file->pages && 2 * file->pictured >= file->pages;
  if (few || file->visible == 0) {
    failure_set(file->failure,
                file->hidden > 0
                    ? "the pages are pictures under text that a machine guessed, which is not "
                      "taken; give the original file, or text that somebody has checked"
                    : "the pages are pictures without text; run OCR over them, check the figures, "
                      "and give the text");
    return "scanned";
  }
  if (file->unknown * 4 > file->visible) {
    failure_set(file->failure,
                "%zu of %zu characters have no known meaning (a font without its table); run OCR "
                "over the file, check the figures, and give the text",
                file->unknown, file->visible);
    return "unreadable_text";
  }
  return NULL;
}

/* Throws what MuPDF throws. */
static const char *read_pages(struct pdf_file *file) {
  const char *reason = open_pdf(file);
  if (!reason) reason = count_pages(file);
  for (size_t i = 0; i < file->pages && !reason; i++) reason = read_page(file, i + 1);
  return reason ? reason : judge_text(file);
}

static const char *read_file(struct pdf_file *file) {
  fz_context *context = file->context;
  const char *volatile reason = NULL;
  fz_try(context) {
    reason = read_pages(file);
  }
  fz_always(context) {
    pdf_drop_document(context, file->pdf);
  }
  fz_catch(context) {
    failure_set(file->failure, "the PDF is damaged (%s). Fetch it again.",
                fz_caught_message(context));
    reason = "unreadable_document";
  }
  return reason;
}

const char *pdf_reader(struct document *document, const struct source *source,
                       struct failure *failure) {
  struct memory memory = {0};
  const fz_alloc_context limited = {&memory, limited_malloc, limited_realloc, limited_free};
  struct pdf_file file = {.source = source, .failure = failure, .arena = document->arena};
  file.context = fz_new_context(&limited, NULL, STORE_LIMIT);
  if (!file.context) {
    failure_set(failure, "MuPDF does not start: its headers and its library differ");
    return "unreadable_document";
  }
  fz_set_warning_callback(file.context, say_nothing, NULL);
  fz_set_error_callback(file.context, say_nothing, NULL);
  const char *reason = read_file(&file);
  fz_drop_context(file.context);
  if (!reason) pdf_flow(document, file.page, file.pages);
  return reason;
}
