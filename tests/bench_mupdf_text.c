/* The yardstick of scripts/bench-pdf: MuPDF's own text extraction of every page of the files given,
 * and nothing else. */
#include <mupdf/fitz.h>
#include <stdio.h>

static size_t characters_on(const fz_stext_page *page) {
  size_t count = 0;
  for (const fz_stext_block *block = page->first_block; block; block = block->next) {
    if (block->type != FZ_STEXT_BLOCK_TEXT) continue;
    for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next)
      for (const fz_stext_char *c = line->first_char; c; c = c->next) count++;
  }
  return count;
}

static size_t characters_in(fz_context *context, const char *path) {
  size_t count = 0;
  fz_document *document = fz_open_document(context, path);
  int pages = fz_count_pages(context, document);
  for (int i = 0; i < pages; i++) {
    fz_stext_page *page = fz_new_stext_page_from_page_number(context, document, i, NULL);
    count += characters_on(page);
    fz_drop_stext_page(context, page);
  }
  fz_drop_document(context, document);
  return count;
}

int main(int argc, char **argv) {
  fz_context *context = fz_new_context(NULL, NULL, FZ_STORE_DEFAULT);
  if (!context) return 1;
  int status = 0;
  size_t count = 0;
  fz_var(count);
  fz_try(context) {
    fz_register_document_handlers(context);
    for (int i = 1; i < argc; i++) count += characters_in(context, argv[i]);
    printf("%zu characters\n", count);
  }
  fz_catch(context) {
    fprintf(stderr, "%s\n", fz_caught_message(context));
    status = 1;
  }
  fz_drop_context(context);
  return status;
}
