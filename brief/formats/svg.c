/* Reads an SVG by libxml2, keeps what is harmless, and writes it again. Knows no page. */
#include "brief/formats/svg.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

static const char *const elements[] = {
    "svg",    "g",        "defs",    "circle", "ellipse",     "rect",          "line",
    "path",   "polyline", "polygon", "text",   "tspan",       "use",           "clipPath",
    "filter", "feFlood",  "pattern", "stop",   "feComposite", "linearGradient"};

static const char *const attributes[] = {"id",
                                         "class",
                                         "x",
                                         "y",
                                         "x1",
                                         "y1",
                                         "x2",
                                         "y2",
                                         "cx",
                                         "cy",
                                         "r",
                                         "rx",
                                         "ry",
                                         "dx",
                                         "dy",
                                         "d",
                                         "points",
                                         "width",
                                         "height",
                                         "viewBox",
                                         "transform",
                                         "fill",
                                         "fill-opacity",
                                         "fill-rule",
                                         "stroke",
                                         "stroke-width",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-dasharray",
                                         "stroke-opacity",
                                         "stroke-miterlimit",
                                         "opacity",
                                         "color",
                                         "clip-path",
                                         "filter",
                                         "in",
                                         "in2",
                                         "operator",
                                         "result",
                                         "filterUnits",
                                         "flood-color",
                                         "flood-opacity",
                                         "font-family",
                                         "font-size",
                                         "font-weight",
                                         "font-style",
                                         "text-anchor",
                                         "dominant-baseline",
                                         "baseline-shift",
                                         "shape-rendering",
                                         "space",
                                         "href",
                                         "offset",
                                         "stop-color",
                                         "patternUnits",
                                         "preserveAspectRatio"};

static bool is_among(const xmlChar *name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp((const char *)name, list[i]) == 0) return true;
  return false;
}

static void set(xmlNode *node, xmlAttr *attribute, const char *before, const char *prefix,
                const char *rest) {
  xmlChar *text = xmlStrdup((const xmlChar *)before);
  text = xmlStrcat(text, (const xmlChar *)prefix);
  text = xmlStrcat(text, (const xmlChar *)rest);
  xmlSetNsProp(node, attribute->ns, attribute->name, text);
  xmlFree(text);
}

/* Gives ids, and what leads to them, the prefix. False where the attribute must go. */
static bool mend_value(xmlNode *node, xmlAttr *attribute, const char *value, const char *prefix) {
  static const char url[] = "url(";
  if (strcmp((const char *)attribute->name, "id") == 0) {
    set(node, attribute, "", prefix, value);
  } else if (strcmp((const char *)attribute->name, "href") == 0) {
    if (*value != '#') return false;
    set(node, attribute, "#", prefix, value + 1);
  } else if (strncmp(value, url, sizeof url - 1) == 0) {
    if (value[sizeof url - 1] != '#') return false;
    set(node, attribute, "url(#", prefix, value + sizeof url);
  }
  return true;
}

static void mend_attributes(xmlNode *node, const char *prefix) {
  for (xmlAttr *attribute = node->properties, *next; attribute; attribute = next) {
    next = attribute->next;
    xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);
    bool stays = is_among(attribute->name, attributes, sizeof attributes / sizeof *attributes) &&
                 mend_value(node, attribute, value ? (const char *)value : "", prefix);
    xmlFree(value);
    if (!stays) xmlRemoveProp(attribute);
  }
}

static void mend(xmlNode *node, const char *prefix) {
  mend_attributes(node, prefix);
  for (xmlNode *child = node->children, *next; child; child = next) {
    next = child->next;
    bool is_element = child->type == XML_ELEMENT_NODE;
    bool stays =
        child->type == XML_TEXT_NODE ||
        (is_element && is_among(child->name, elements, sizeof elements / sizeof *elements));
    if (stays && is_element) mend(child, prefix);
    if (stays) continue;
    xmlUnlinkNode(child);
    xmlFreeNode(child);
  }
}

/* The size becomes the frame of the drawing, and the page decides how large it is shown. */
static void mend_root(xmlNode *root, const char *alternative) {
  xmlUnsetProp(root, (const xmlChar *)"width");
  xmlUnsetProp(root, (const xmlChar *)"height");
  xmlSetProp(root, (const xmlChar *)"role", (const xmlChar *)"img");
  xmlSetProp(root, (const xmlChar *)"aria-label", (const xmlChar *)alternative);
}

static bool write_node(FILE *file, xmlDoc *document, xmlNode *root) {
  xmlBuffer *buffer = xmlBufferCreate();
  bool done = buffer && xmlNodeDump(buffer, document, root, 0, 0) >= 0;
  if (done) fwrite(xmlBufferContent(buffer), 1, (size_t)xmlBufferLength(buffer), file);
  xmlBufferFree(buffer);
  return done;
}

bool svg_embed(FILE *file, const char *path, const char *prefix, const char *alternative) {
  const int options =
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS;
  xmlDoc *document = xmlReadFile(path, NULL, options);
  xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
  bool done = root && strcmp((const char *)root->name, "svg") == 0;
  if (done) {
    mend(root, prefix);
    mend_root(root, alternative);
    done = write_node(file, document, root);
  }
  xmlFreeDoc(document);
  return done;
}
