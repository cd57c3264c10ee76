/* Finds the pages of an OFD document, and has what they draw put together as that of a PDF's pages.
 * Knows no forms. */
#include "ingest/readers/ofd/ofd.h"

#include <string.h>

#include "ingest/readers/ofd/drawing.h"
#include "ingest/readers/ooxml.h"
#include "ingest/readers/pdf/layout.h"

enum { PAGES_LIMIT = 2000 };

/* A4, in millimetres: of a page that does not say. */
static const double PAGE_WIDTH = 210, PAGE_HEIGHT = 297;

struct ofd {
  struct package package;
  struct arena *arena;
  struct failure *failure;
  const char *folder;  /* of the document's part, with the slash */
  const xmlNode *root; /* of that part */
  double box[4];       /* the area of its pages */
  LIST_OF(struct pdf_layout) pages;
  size_t columns, visible, hidden;
  bool has_pictures;
};

/* PLACE as it stands in the document's part: from the root of the container, or from its folder. */
static const char *path_of(const struct ofd *ofd, const char *place) {
  return *place == '/' ? place + 1 : arena_format(ofd->arena, "%s%s", ofd->folder, place);
}

static const char *is_missing(const struct ofd *ofd, const char *path) {
  failure_set(ofd->failure, "the container has no part '%s'. Fetch the file again.", path);
  return "unreadable_document";
}

/* The part of the first document in the container. */
static const char *find_document(struct ofd *ofd) {
  const xmlNode *root;
  const char *reason = package_part(&ofd->package, "OFD.xml", &root, ofd->failure);
  if (reason) return reason;
  const xmlNode *place = descend(root, "DocBody DocRoot");
  const char *path = place ? text_below(ofd->arena, place) : "";
  if (*path == '/') path++;
  reason = package_part(&ofd->package, path, &ofd->root, ofd->failure);
  if (reason) return reason;
  if (!ofd->root) return is_missing(ofd, path);
  const char *slash = strrchr(path, '/');
  ofd->folder = slash ? arena_bytes(ofd->arena, path, (size_t)(slash - path) + 1) : "";
  return NULL;
}

/* Sets BOX to the area that NODE (PageArea or Area) tells; leaves it where it tells none. */
static void take_box(const xmlNode *node, struct arena *arena, double *box) {
  double own[4];
  const xmlNode *area = child(node, "PhysicalBox");
  if (area && ofd_numbers(text_below(arena, area), own, 4) && own[2] > 0 && own[3] > 0)
    memcpy(box, own, sizeof own);
}

/* Draws the template with ID, which pages share. */
static const char *draw_template(struct ofd *ofd, const char *id, struct pdf_marks *marks) {
  const xmlNode *common = child(ofd->root, "CommonData");
  for (const xmlNode *node = common ? element(common->children) : NULL; node;
       node = element(node->next)) {
    const char *own = attribute(node, "ID"), *place = attribute(node, "BaseLoc");
    if (!is_element(node, "TemplatePage") || !own || !place || strcmp(own, id) != 0) continue;
    const xmlNode *root;
    const char *reason = package_part(&ofd->package, path_of(ofd, place), &root, ofd->failure);
    if (root) ofd_draw(root, ofd->arena, marks);
    return reason;
  }
  return NULL;
}

static const char *draw_page(struct ofd *ofd, const xmlNode *root, struct pdf_marks *marks) {
  double box[4];
  memcpy(box, ofd->box, sizeof box);
  take_box(child(root, "Area"), ofd->arena, box);
  marks->width = box[2] * ofd_points;
  marks->height = box[3] * ofd_points;
  for (const xmlNode *node = element(root->children); node; node = element(node->next)) {
    const char *id = is_element(node, "Template") ? attribute(node, "TemplateID") : NULL;
    const char *reason = id ? draw_template(ofd, id, marks) : NULL;
    if (reason) return reason;
  }
  ofd_draw(root, ofd->arena, marks);
  return NULL;
}

static const char *read_page(struct ofd *ofd, const char *path) {
  const xmlNode *root;
  struct pdf_marks marks = {0};
  const char *reason = package_part(&ofd->package, path, &root, ofd->failure);
  if (!reason && !root) return is_missing(ofd, path);
  if (!reason) reason = draw_page(ofd, root, &marks);
  if (reason) return reason;
  if (marks.overflow) {
    failure_set(ofd->failure, "page %zu has more characters or lines than any report",
                ofd->pages.count + 1);
    return "too_large";
  }
  ofd->visible += marks.visible;
  ofd->hidden += marks.hidden;
  ofd->has_pictures |= marks.pictured > 0;
  pdf_marks_anchor_numbers(&marks.chars);
  *list_add(ofd->arena, &ofd->pages) = pdf_layout_of(ofd->arena, &marks, &ofd->columns);
  return NULL;
}

static const char *read_pages(struct ofd *ofd) {
  const xmlNode *pages = child(ofd->root, "Pages");
  take_box(descend(ofd->root, "CommonData PageArea"), ofd->arena, ofd->box);
  for (const xmlNode *node = pages ? element(pages->children) : NULL; node;
       node = element(node->next)) {
    const char *place = is_element(node, "Page") ? attribute(node, "BaseLoc") : NULL;
    if (!place) continue;
    if (ofd->pages.count == PAGES_LIMIT) {
      failure_set(ofd->failure, "more than %d pages; split the file", PAGES_LIMIT);
      return "too_large";
    }
    const char *reason = read_page(ofd, path_of(ofd, place));
    if (reason) return reason;
  }
  return NULL;
}

/* Why the text of the pages is of no use; NULL where it is. */
static const char *judge_text(const struct ofd *ofd) {
  if (ofd->visible > 0) return NULL;
  failure_set(ofd->failure, ofd->has_pictures ? "the pages are pictures without text; run OCR over "
                                                "them, check the figures, and give the text"
                                              : "the document has no text");
  return ofd->has_pictures ? "scanned" : "unreadable_document";
}

const char *ofd_reader(struct document *document, const struct source *source,
                       struct failure *failure) {
  struct ofd ofd = {
      .arena = document->arena, .failure = failure, .box = {0, 0, PAGE_WIDTH, PAGE_HEIGHT}};
  const char *reason =
      package_open(&ofd.package, document->arena, source->bytes, source->size, failure);
  if (!reason) reason = find_document(&ofd);
  if (!reason) reason = read_pages(&ofd);
  if (!reason) reason = judge_text(&ofd);
  if (!reason) pdf_flow(document, ofd.pages.item, ofd.pages.count);
  package_close(&ofd.package);
  return reason;
}
