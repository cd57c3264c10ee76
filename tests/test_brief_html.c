/* Pages as HTML: nothing that stands in a document becomes markup. */
#include "brief/formats/html.h"
#include "core/base/markup.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "brief/formats/svg.h"
#include "brief/page/address.h"
#include "tests/support.h"

static const char hostile[] =
    "\"><script>alert(1)</script> ' ` &amp; ]]> %s {x} \n\t 😀𠮷 \x01\x7f \xff\xfe </title><!-- --";

static const char *escaped(struct scratch *s, const char *text) {
  char *bytes = NULL;
  size_t length;
  FILE *file = open_memstream(&bytes, &length);
  markup_put_html(file, text);
  assert_int_equal(fclose(file), 0);
  const char *copy = arena_bytes(s->arena, bytes, length);
  free(bytes);
  return copy;
}

static void text_is_escaped(void **state) {
  struct scratch *s = *state;
  assert_string_equal(escaped(s, "<a href=\"x\">'&`%s</a>"),
                      "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#96;%s&lt;/a&gt;");
  assert_string_equal(escaped(s, "a\nb\x01"
                                 "c"),
                      "a b c");
  assert_string_equal(escaped(s, "天桥区😀𠮷"), "天桥区😀𠮷");
  assert_string_equal(escaped(s, "a\xff"
                                 "b\xe5\xa4"),
                      "a\xef\xbf\xbd"
                      "b\xef\xbf\xbd\xef\xbf\xbd");
}

/* A page that holds TEXT wherever text can stand. */
static struct page hostile_page(struct arena *arena, const char *text) {
  struct page_column *column = arena_array(arena, 2, sizeof *column);
  column[0] = (struct page_column){text, COLUMN_TEXT};
  column[1] = (struct page_column){text, COLUMN_NUMBER};
  struct page_cell *cell = arena_array(arena, 2, sizeof *cell);
  cell[0] = (struct page_cell){.show = {text, text}, .sort = "", .heads_row = true, .name = text};
  cell[1] = (struct page_cell){.show = {text, ""}, .sort = text};
  struct link_text *link = arena_alloc(arena, sizeof *link);
  *link = (struct link_text){text, text};
  struct page page = {.name = "p", .title = text, .subtitle = text, .paths = link, .path_count = 1};
  *list_add(arena, &page.block) =
      (struct page_block){.kind = PAGE_HEADING, .text = text, .name = text, .level = 3};
  *list_add(arena, &page.block) = (struct page_block){.kind = PAGE_PARAGRAPH, .text = text};
  *list_add(arena, &page.block) =
      (struct page_block){.kind = PAGE_SENTENCES, .text = "据", .sentences = link, .count = 1};
  *list_add(arena, &page.block) = (struct page_block){
      .kind = PAGE_FIGURE,
      .figure = {text, text, text, .svg = "", .svg_phone = "", .png = "", .emf = ""}};
  *list_add(arena, &page.block) = (struct page_block){
      .kind = PAGE_TABLE,
      .table = {text, text, .column = column, .cell = cell, .columns = 2, .rows = 1}};
  return page;
}

static struct page_losses losses;

static const char *written(struct scratch *s, const struct page *page) {
  const struct codebook *codebook = codebook_load(s->arena, "datasets", &s->failure);
  const struct words *words =
      words_load(s->arena, "datasets", WORDS_OF_PAGES, codebook, page->language, &s->failure);
  const struct html_look *look = html_look_load(s->arena, "datasets", &s->failure);
  if (!words || !look) fail_msg("%s", s->failure.text);
  char *bytes = NULL;
  size_t length;
  FILE *file = open_memstream(&bytes, &length);
  losses = (struct page_losses){NULL};
  html_write(look, words, page, file, &losses);
  assert_int_equal(fclose(file), 0);
  const char *copy = arena_bytes(s->arena, bytes, length);
  free(bytes);
  return copy;
}

static size_t count_nodes(xmlDoc *document, const char *path) {
  xmlXPathContext *context = xmlXPathNewContext(document);
  xmlXPathRegisterNs(context, (const xmlChar *)"h",
                     (const xmlChar *)"http://www.w3.org/1999/xhtml");
  xmlXPathRegisterNs(context, (const xmlChar *)"s", (const xmlChar *)"http://www.w3.org/2000/svg");
  xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path, context);
  assert_non_null(found);
  size_t count = found->nodesetval ? (size_t)found->nodesetval->nodeNr : 0;
  xmlXPathFreeObject(found);
  xmlXPathFreeContext(context);
  return count;
}

static void a_page_of_hostile_texts_is_well_formed_and_has_one_script(void **state) {
  struct scratch *s = *state;
  struct page page = hostile_page(s->arena, hostile);
  const char *html = written(s, &page);
  assert_non_null(html);
  xmlDoc *document = xmlReadMemory(html, (int)strlen(html), NULL, NULL, XML_PARSE_NONET);
  assert_non_null(document);
  assert_int_equal(count_nodes(document, "//h:script"), 1);
  assert_int_equal(count_nodes(document, "//h:table[h:caption]//h:th[@scope='col']"), 2);
  assert_int_equal(count_nodes(document, "//h:table//h:th[@scope='row']"), 1);
  assert_int_equal(count_nodes(document, "//h:figure/h:figcaption"), 1);
  assert_int_equal(count_nodes(document, "//h:h1 | //h:h3"), 2);
  assert_int_equal(count_nodes(document, "//@*[starts-with(name(), 'on')]"), 0);
  xmlFreeDoc(document);
}

static const char chart[] =
    "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='60' "
    "height='40' viewBox='0 0 60 40' onload='alert(1)'><title>gnuplot</title><script>x()</script>"
    "<defs><circle id='dot' r='1'/><clipPath id='c'><rect width='9' height='9'/></clipPath></defs>"
    "<foreignObject><p>x</p></foreignObject><image xlink:href='http://example.com/a.png'/>"
    "<g clip-path='url(#c)' style='fill:url(http://example.com/)' fill='url(http://a.b)'>"
    "<use xlink:href='#dot' onclick='x()'/><use xlink:href='other.svg#dot'/>"
    "<a xlink:href='javascript:x()'><text>in</text></a><text>天桥 &amp; &lt;b&gt; "
    "&e;</text></g></svg>";

static void a_chart_is_taken_over_without_what_could_act_or_load(void **state) {
  struct scratch *s = *state;
  struct page page = hostile_page(s->arena, "x");
  page.block.item[3].figure.name = "chart-1";
  page.block.item[3].figure.alternative = "a \"chart\"";
  page.block.item[3].figure.svg = scratch_file(s, "a.svg", chart);
  const char *html = written(s, &page);
  assert_null(losses.picture);
  xmlDoc *document = xmlReadMemory(html, (int)strlen(html), NULL, NULL, XML_PARSE_NONET);
  assert_non_null(document);
  assert_int_equal(count_nodes(document, "//s:svg[@role='img'][@aria-label='a \"chart\"']"), 1);
  assert_int_equal(count_nodes(document, "//s:svg[@width]"), 0);
  assert_int_equal(count_nodes(document, "//s:use"), 2);
  assert_int_equal(count_nodes(document, "//s:use[@*='#chart-1-only-dot']"), 1);
  assert_int_equal(count_nodes(document, "//s:g[@clip-path='url(#chart-1-only-c)'][not(@fill)]"),
                   1);
  assert_int_equal(count_nodes(document, "//s:circle[@id='chart-1-only-dot']"), 1);
  assert_int_equal(count_nodes(document, "//s:text"), 1);
  xmlFreeDoc(document);
  static const char *const never[] = {"example.com", "javascript:",   "onload",
                                      "onclick",     "foreignObject", "x()",
                                      "other.svg",   "root:",         "gnuplot"};
  const char *body = strstr(html, "<svg");
  for (size_t i = 0; i < sizeof never / sizeof *never; i++)
    if (strstr(body, never[i])) fail_msg("the page has '%s'", never[i]);
}

static void a_chart_laid_out_for_phones_stands_beside_the_wide_one(void **state) {
  struct scratch *s = *state;
  struct page page = hostile_page(s->arena, "x");
  page.block.item[3].figure.name = "chart-1";
  page.block.item[3].figure.svg = scratch_file(s, "a.svg", chart);
  page.block.item[3].figure.svg_phone = scratch_file(s, "a@phone.svg", chart);
  const char *html = written(s, &page);
  assert_null(losses.picture);
  xmlDoc *document = xmlReadMemory(html, (int)strlen(html), NULL, NULL, XML_PARSE_NONET);
  assert_non_null(document);
  assert_int_equal(count_nodes(document, "//h:div[@class='wide']/s:svg[@role='img']"), 1);
  assert_int_equal(count_nodes(document, "//h:div[@class='phone']/s:svg[@role='img']"), 1);
  assert_int_equal(count_nodes(document, "//s:circle[@id='chart-1-wide-dot']"), 1);
  assert_int_equal(count_nodes(document, "//s:circle[@id='chart-1-phone-dot']"), 1);
  xmlFreeDoc(document);
}

static void what_is_no_svg_is_told_in_words_and_as_a_loss(void **state) {
  struct scratch *s = *state;
  struct page page = hostile_page(s->arena, "x");
  static const char *const broken[] = {"", "<svg", "<html/>", "PNG", "<svg xmlns:x='y'><g></svg>"};
  page.block.item[3].figure.alternative = "三根条";
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    page.block.item[3].figure.svg = scratch_file(s, "a.svg", broken[i]);
    assert_non_null(strstr(written(s, &page), "<p>三根条</p>"));
    assert_string_equal(losses.picture, page.block.item[3].figure.svg);
  }
}

static void addresses_lead_from_folder_to_file_and_are_never_another_site(void **state) {
  struct scratch *s = *state;
  const char *file = scratch_file(s, "a b#:%?.txt", "x");
  assert_string_equal(address_of(s->arena, s->folder, file), "a%20b%23%3A%25%3F.txt");
  const char *below = scratch_path(s, "one");
  assert_int_equal(mkdir(below, 0700), 0);
  assert_string_equal(address_of(s->arena, below, file), "../a%20b%23%3A%25%3F.txt");
  const char *beside = scratch_path(s, "on");
  assert_int_equal(mkdir(beside, 0700), 0);
  scratch_file(s, "one/b", "x");
  assert_string_equal(address_of(s->arena, beside, scratch_path(s, "one/b")), "../one/b");
  assert_string_equal(address_of(s->arena, below, scratch_path(s, "one/b")), "b");
  assert_string_equal(address_of(s->arena, below, scratch_path(s, "no such file")), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(text_is_escaped),
      scratch_test(a_page_of_hostile_texts_is_well_formed_and_has_one_script),
      scratch_test(a_chart_is_taken_over_without_what_could_act_or_load),
      scratch_test(a_chart_laid_out_for_phones_stands_beside_the_wide_one),
      scratch_test(what_is_no_svg_is_told_in_words_and_as_a_loss),
      scratch_test(addresses_lead_from_folder_to_file_and_are_never_another_site),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
