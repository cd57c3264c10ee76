/* Parts, relations and elements of Office Open XML packages, by libzip and libxml2. */
#include "ingest/readers/ooxml.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file_name.h"

/* A parsed part takes some ten times its size; the text of a long report has a few megabytes. */
enum { PART_SIZE_LIMIT = 48 * 1024 * 1024 };

const char *package_open(struct package *package, struct arena *arena, const char *bytes,
                         size_t size, struct failure *failure) {
  *package = (struct package){.arena = arena, .archive = archive_open(bytes, size, failure)};
  return package->archive ? NULL : "unreadable_document";
}

void package_close(struct package *package) {
  for (size_t i = 0; i < package->parts.count; i++) xmlFreeDoc(package->parts.item[i]);
  archive_close(package->archive);
}

/* Without the options for entities and huge documents: nothing is fetched, an entity stays a mere
 * reference, and libxml2 itself ends elements nested deeper than 256 and entities that multiply. */
static xmlDoc *parse(const char *bytes, size_t size) {
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  return xmlReadMemory(bytes, (int)size, NULL, NULL, options);
}

const char *package_part(struct package *package, const char *path, const xmlNode **root,
                         struct failure *failure) {
  *root = NULL;
  long index = archive_find(package->archive, path);
  if (index < 0) return NULL;
  size_t size = archive_entry(package->archive, (size_t)index).size;
  if (size > PART_SIZE_LIMIT) {
    failure_set(failure, "the part '%s' would unpack to %zu bytes; at most %d are read", path, size,
                PART_SIZE_LIMIT);
    return "too_large";
  }
  const char *bytes;
  const char *reason =
      archive_unpack(package->archive, (size_t)index, package->arena, &bytes, &size, failure);
  if (reason) return reason;
  xmlDoc *part = parse(bytes, size);
  if (!part) {
    failure_set(failure,
                "the part '%s' is no well-formed XML; open the file in the program that made it, "
                "and save it anew",
                path);
    return "unreadable_document";
  }
  *list_add(package->arena, &package->parts) = part;
  *root = xmlDocGetRootElement(part);
  return NULL;
}

/* TARGET as it stands in the relations of a part in FOLDER ("word/" or ""), as a path without `.`
 * and `..`. */
static const char *resolved(struct arena *arena, const char *folder, const char *target) {
  const char *from = *target == '/' ? target : arena_format(arena, "%s%s", folder, target);
  char *path = arena_alloc(arena, strlen(from) + 1);
  size_t end = 0;
  while (*from) {
    size_t length = strcspn(from, "/"), step = length + (from[length] == '/');
    if (length == 2 && strncmp(from, "..", 2) == 0) {
      if (end > 0) end--;
      while (end > 0 && path[end - 1] != '/') end--;
    } else if (length > 0 && !(length == 1 && *from == '.')) {
      memcpy(path + end, from, step);
      end += step;
    }
    from += step;
  }
  path[end] = '\0';
  return path;
}

const char *package_relations(struct package *package, const char *path, relation_list *relations,
                              struct failure *failure) {
  const char *name = file_name_of(path);
  const char *folder = arena_bytes(package->arena, path, (size_t)(name - path));
  const xmlNode *root;
  const char *reason = package_part(
      package, arena_format(package->arena, "%s_rels/%s.rels", folder, name), &root, failure);
  if (reason || !root) return reason;
  for (const xmlNode *node = element(root->children); node; node = element(node->next)) {
    const char *id = attribute(node, "Id"), *type = attribute(node, "Type"),
               *target = attribute(node, "Target"), *mode = attribute(node, "TargetMode");
    bool is_outside = mode && strcmp(mode, "External") == 0;
    if (!id || !type || !target || is_outside) continue;
    *list_add(package->arena, relations) =
        (struct relation){id, file_name_of(type), resolved(package->arena, folder, target)};
  }
  return NULL;
}

const struct relation *relation_of_type(const relation_list *relations, const char *type) {
  for (size_t i = 0; i < relations->count; i++)
    if (strcmp(relations->item[i].type, type) == 0) return &relations->item[i];
  return NULL;
}

const struct relation *relation_with_id(const relation_list *relations, const char *id) {
  for (size_t i = 0; i < relations->count; i++)
    if (strcmp(relations->item[i].id, id) == 0) return &relations->item[i];
  return NULL;
}

bool is_element(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *element(const xmlNode *node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

const xmlNode *child(const xmlNode *node, const char *name) {
  for (node = node ? node->children : NULL; node; node = node->next)
    if (is_element(node, name)) return node;
  return NULL;
}

const xmlNode *descend(const xmlNode *node, const char *names) {
  char name[32];
  while (node && *names) {
    size_t length = strcspn(names, " ");
    if (length >= sizeof name) return NULL;
    memcpy(name, names, length);
    name[length] = '\0';
    node = child(node, name);
    names += length + (names[length] == ' ');
  }
  return node;
}

const char *attribute(const xmlNode *node, const char *name) {
  for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next)
    if (strcmp((const char *)a->name, name) == 0)
      return a->children && a->children->content ? (const char *)a->children->content : "";
  return NULL;
}

const char *child_value(const xmlNode *node, const char *name) {
  return attribute(child(node, name), "val");
}

size_t whole_number(const char *value, size_t limit, size_t otherwise) {
  if (!value || !*value || strspn(value, "0123456789") != strlen(value)) return otherwise;
  errno = 0;
  unsigned long number = strtoul(value, NULL, 10);
  return errno == 0 && number <= limit ? number : otherwise;
}

bool is_on(const xmlNode *node, const char *name) {
  static const char *const off[] = {"0", "false", "off", "none"};
  const xmlNode *property = child(node, name);
  if (!property) return false;
  const char *value = attribute(property, "val");
  for (size_t i = 0; value && i < sizeof off / sizeof *off; i++)
    if (strcmp(value, off[i]) == 0) return false;
  return true;
}

const char *text_below(struct arena *arena, const xmlNode *node) {
  const char *text = "";
  for (node = node ? node->children : NULL; node; node = node->next) {
    const char *more = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE
                           ? arena_text(arena, (const char *)node->content)
                       : node->type == XML_ELEMENT_NODE ? text_below(arena, node)
                                                        : "";
    if (*more) text = *text ? arena_format(arena, "%s%s", text, more) : more;
  }
  return text;
}
