/* Writes pages as HTML. Knows blocks, and nothing of what they tell. */
#include "brief/formats/html.h"

#include <errno.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "brief/formats/svg.h"
#include "core/base/markup.h"
#include "core/base/whole_file.h"

/* ---- the look ---- */

static const char *read_text(struct arena *arena, const char *path, struct failure *failure) {
  struct whole_file file;
  return whole_file_read(arena, path, &file, failure) ? file.bytes : NULL;
}

static const char *hash_of(struct arena *arena, const char *text) {
  struct sha256_ctx sha256;
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_init(&sha256);
  sha256_update(&sha256, strlen(text), (const uint8_t *)text);
  sha256_digest(&sha256, sizeof digest, digest);
  char *hash = arena_alloc(arena, BASE64_ENCODE_RAW_LENGTH(sizeof digest) + 1);
  base64_encode_raw(hash, sizeof digest, digest);
  return hash;
}

const struct html_look *html_look_load(struct arena *arena, const char *folder,
                                       struct failure *failure) {
  struct html_look *look = arena_alloc(arena, sizeof *look);
  look->style = read_text(arena, arena_format(arena, "%s/look/briefing.css", folder), failure);
  look->script = read_text(arena, arena_format(arena, "%s/look/briefing.js", folder), failure);
  if (!look->style || !look->script) return NULL;
  look->script_hash = hash_of(arena, look->script);
  return look;
}

/* ---- text ---- */

struct writing {
  FILE *file;
  const struct words *words;
  const struct page *page;
  struct page_losses *losses;
};

/* BEFORE and AFTER are markup, TEXT is text. */
static void put(const struct writing *to, const char *before, const char *text, const char *after) {
  fputs(before, to->file);
  markup_put_html(to->file, text);
  fputs(after, to->file);
}

static void put_words(const struct writing *to, const char *before, const char *key,
                      const char *after) {
  put(to, before, words_get(to->words, "any", key), after);
}

static void put_link(const struct writing *to, struct link_text link) {
  if (!*link.target) {
    markup_put_html(to->file, link.text);
    return;
  }
  put(to, "<a href=\"", link.target, "\">");
  put(to, "", link.text, "</a>");
}

static void put_name(const struct writing *to, const char *name) {
  if (name && *name) put(to, " id=\"", name, "\"");
}

/* ---- blocks ---- */

static void write_heading(const struct writing *to, const struct page_block *block) {
  int level = block->level == 3 ? 3 : 2;
  fprintf(to->file, "<h%d", level);
  put_name(to, block->name);
  put(to, ">", block->text, "");
  fprintf(to->file, "</h%d>\n", level);
}

static void write_sentences(const struct writing *to, const struct page_block *block) {
  fputs("<ol class=\"sentences\">\n", to->file);
  for (size_t i = 0; i < block->count; i++) {
    put(to, "<li>", block->sentences[i].text, "");
    if (*block->sentences[i].target) {
      put(to, " <a class=\"basis\" href=\"", block->sentences[i].target, "\">");
      put(to, "", block->text, "</a>");
    }
    fputs("</li>\n", to->file);
  }
  fputs("</ol>\n", to->file);
}

static void write_paragraph(const struct writing *to, const struct page_block *block) {
  put(to, "<p>", block->text, "</p>\n");
}

static void write_alternative(const struct writing *to, const struct page_figure *figure) {
  put(to, "<p>", figure->alternative, "</p>");
}

/* The picture at PATH in a box of the CLASS, which the style shows or hides; one that cannot be
 * read is told in words. */
static void write_svg(const struct writing *to, const struct page_figure *figure, const char *path,
                      const char *class) {
  char prefix[256];
  snprintf(prefix, sizeof prefix, "%s-%s-", figure->name, class);
  fprintf(to->file, "<div class=\"%s\">", class);
  if (!svg_embed(to->file, path, prefix, figure->alternative)) {
    write_alternative(to, figure);
    if (!to->losses->picture) to->losses->picture = path;
  }
  fputs("</div>", to->file);
}

/* Without an SVG the picture is told in words; without one for phones the wide one can be scrolled
 * sideways there. */
static void write_pictures(const struct writing *to, const struct page_figure *figure) {
  if (!*figure->svg) {
    write_alternative(to, figure);
  } else if (!*figure->svg_phone) {
    write_svg(to, figure, figure->svg, "only");
  } else {
    write_svg(to, figure, figure->svg, "wide");
    write_svg(to, figure, figure->svg_phone, "phone");
  }
}

static void write_figure(const struct writing *to, const struct page_block *block) {
  const struct page_figure *figure = &block->figure;
  fputs("<figure", to->file);
  put_name(to, figure->name);
  put(to, ">\n<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"", figure->caption,
      "\">");
  write_pictures(to, figure);
  put(to, "</div>\n<figcaption>", figure->caption, "</figcaption>\n</figure>\n");
}

static void write_header(const struct writing *to, const struct page_table *table) {
  fputs("<thead><tr>", to->file);
  for (size_t i = 0; i < table->columns; i++) {
    bool is_number = table->column[i].kind == COLUMN_NUMBER;
    put(to, is_number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">",
        table->column[i].title, "</th>");
  }
  fputs("</tr></thead>\n", to->file);
}

static void write_cell(const struct writing *to, const struct page_cell *cell,
                       enum column_kind kind) {
  fputs(cell->heads_row ? "<th scope=\"row\"" : "<td", to->file);
  if (kind == COLUMN_NUMBER) fputs(" class=\"number\"", to->file);
  if (*cell->sort) put(to, " data-sort=\"", cell->sort, "\"");
  fputc('>', to->file);
  put_link(to, cell->show);
  fputs(cell->heads_row ? "</th>" : "</td>", to->file);
}

static void write_table(const struct writing *to, const struct page_block *block) {
  const struct page_table *table = &block->table;
  put(to, "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"", table->caption,
      "\">\n<table");
  put_name(to, table->name);
  put(to, ">\n<caption>", table->caption, "</caption>\n");
  write_header(to, table);
  fputs("<tbody>\n", to->file);
  for (size_t i = 0; i < table->rows; i++) {
    const struct page_cell *cell = &table->cell[i * table->columns];
    fputs("<tr", to->file);
    put_name(to, cell->name);
    fputc('>', to->file);
    for (size_t j = 0; j < table->columns; j++) write_cell(to, &cell[j], table->column[j].kind);
    fputs("</tr>\n", to->file);
  }
  fputs("</tbody>\n</table>\n</div>\n", to->file);
}

typedef void block_writer(const struct writing *to, const struct page_block *block);

static void write_blocks(const struct writing *to) {
  static block_writer *const writers[] = {
      [PAGE_HEADING] = write_heading,     [PAGE_SENTENCES] = write_sentences,
      [PAGE_PARAGRAPH] = write_paragraph, [PAGE_FIGURE] = write_figure,
      [PAGE_TABLE] = write_table,
  };
  bool in_figures = false;
  for (size_t i = 0; i < to->page->block.count; i++) {
    const struct page_block *block = &to->page->block.item[i];
    bool is_figure = block->kind == PAGE_FIGURE;
    if (is_figure != in_figures)
      fputs(is_figure ? "<div class=\"figures\">\n" : "</div>\n", to->file);
    in_figures = is_figure;
    writers[block->kind](to, block);
  }
  if (in_figures) fputs("</div>\n", to->file);
}

/* ---- the page ---- */

static void write_head(const struct writing *to, const struct html_look *look) {
  bool is_chinese = to->page->language == LANGUAGE_ZH;
  fprintf(to->file,
          "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\">\n<head>\n"
          "<meta charset=\"utf-8\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri 'none'; "
          "form-action 'none'\"/>\n",
          is_chinese ? "zh-CN" : "en", look->script_hash);
  put(to, "<title>", to->page->title, "</title>\n");
  fprintf(to->file, "<style>%s</style>\n</head>\n", look->style);
}

/* The texts of the page's script come from the catalogue of words as well. */
static void write_body_start(const struct writing *to) {
  put_words(to, "<body data-filter=\"", "filter", "\"");
  put_words(to, " data-shown=\"", "shown", "\"");
  put_words(to, " data-sort-hint=\"", "sort_hint", "\">\n");
  put_words(to, "<a class=\"skip\" href=\"#content\">", "skip", "</a>\n<header>\n");
  put_words(to, "<nav aria-label=\"", "pages", "\"><ul>\n");
  for (size_t i = 0; i < to->page->path_count; i++) {
    fputs("<li>", to->file);
    put_link(to, to->page->paths[i]);
    fputs("</li>\n", to->file);
  }
  fputs("</ul></nav>\n</header>\n<main id=\"content\">\n", to->file);
  put(to, "<h1>", to->page->title, "</h1>\n");
  if (*to->page->subtitle) put(to, "<p class=\"subtitle\">", to->page->subtitle, "</p>\n");
}

void html_write(const struct html_look *look, const struct words *words, const struct page *page,
                FILE *file, struct page_losses *losses) {
  const struct writing to = {file, words, page, losses};
  write_head(&to, look);
  write_body_start(&to);
  write_blocks(&to);
  fprintf(file, "</main>\n<script>%s</script>\n</body>\n</html>\n", look->script);
}
