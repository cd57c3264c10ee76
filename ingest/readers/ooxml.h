/* The parts of an Office Open XML package (ECMA-376, ISO/IEC 29500), and short words for walking
 * their elements. Elements and attributes are told by their local names alone, so that the
 * transitional and the strict namespaces are read alike. Knows nothing of documents. */
#ifndef OGISTAT_INGEST_READERS_OOXML_H
#define OGISTAT_INGEST_READERS_OOXML_H

#include <libxml/tree.h>

#include "ingest/intake/archive.h"

struct package {
  struct archive *archive;
  struct arena *arena;
  LIST_OF(xmlDoc *) parts;
};

struct relation {
  const char *id, *type; /* of the type only what stands behind the last slash */
  const char *target;    /* the path of the part */
};

typedef LIST_OF(struct relation) relation_list;

/* Opens the container. Returns NULL or the reject reason. Close it in any case. */
const char *package_open(struct package *package, struct arena *arena, const char *bytes,
                         size_t size, struct failure *failure);
void package_close(struct package *package);

/* The part PATH, parsed, in *ROOT; NULL there where the package has no such part. Returns NULL or
 * the reject reason where the part is there and cannot be read. It lives until package_close. */
const char *package_part(struct package *package, const char *path, const xmlNode **root,
                         struct failure *failure);

/* The relations of the part PATH ("" for the package's own) to other parts of the package. */
const char *package_relations(struct package *package, const char *path, relation_list *relations,
                              struct failure *failure);

/* The first relation of TYPE, or with ID; NULL: none. */
const struct relation *relation_of_type(const relation_list *relations, const char *type);
const struct relation *relation_with_id(const relation_list *relations, const char *id);

/* ---- elements ---- */

bool is_element(const xmlNode *node, const char *name);

/* Next elements of a list of siblings, NODE included: `for (n = element(p->children); n; n =
 * element(n->next))`. */
const xmlNode *element(const xmlNode *node);

/* The first child element NAME of NODE; NULL where there is none or NODE is NULL. */
const xmlNode *child(const xmlNode *node, const char *name);

/* The child of the child, and so on: NAMES are parted by blanks. */
const xmlNode *descend(const xmlNode *node, const char *names);

/* The attribute's value; NULL where NODE has none or is NULL. */
const char *attribute(const xmlNode *node, const char *name);

/* The value of the attribute `val` of the child NAME of NODE; NULL where either is missing. */
const char *child_value(const xmlNode *node, const char *name);

/* VALUE as a whole number from 0 to LIMIT; OTHERWISE where it is none. */
size_t whole_number(const char *value, size_t limit, size_t otherwise);

/* A property that is on where its element NAME stands in NODE and does not say otherwise. */
bool is_on(const xmlNode *node, const char *name);

/* All text in NODE and below. */
const char *text_below(struct arena *arena, const xmlNode *node);

#endif
