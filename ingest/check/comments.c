/* Comments are put into the parsed main part; the part of comments, its relationship and content
 * type are added where the draft has none. Other entries are copied as they are packed. */
#include "ingest/check/comments.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/intake/archive.h"
#include "ingest/readers/ooxml.h"

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define OFFICE_STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define STRICT_BEGINS "http://purl.oclc.org/"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

/* A part that is written anew. */
struct changed_part {
  const char *name;
  xmlDoc *xml;
};

enum { MAIN, RELATIONS, TYPES, COMMENTS, CHANGED };

struct commenting {
  const char *author;
  struct arena *arena;
  struct archive *archive;
  struct changed_part part[CHANGED];
  LIST_OF(xmlNode *) paragraphs; /* of the main part */
  size_t next_id;
  bool is_new; /* the draft has no comments */
  struct failure *failure;
};

/* ---- the parts ---- */

static bool parse_part(struct commenting *commenting, int which, const char *name) {
  const char *bytes;
  size_t size;
  long index = archive_find(commenting->archive, name);
  if (index < 0) return failure_set(commenting->failure, "the draft has no part '%s'", name);
  if (archive_unpack(commenting->archive, (size_t)index, commenting->arena, &bytes, &size,
                     commenting->failure))
    return false;
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc *xml = size <= INT_MAX ? xmlReadMemory(bytes, (int)size, NULL, NULL, options) : NULL;
  const char *stored = archive_entry(commenting->archive, (size_t)index).name;
  commenting->part[which] = (struct changed_part){arena_text(commenting->arena, stored), xml};
  return (xml && xmlDocGetRootElement(xml)) ||
         failure_set(commenting->failure, "the part '%s' is no XML", name);
}

/* The path of the main part's relationships: word/document.xml has word/_rels/document.xml.rels. */
static const char *relations_name(struct arena *arena, const char *main) {
  const char *slash = strrchr(main, '/');
  int folder = slash ? (int)(slash - main + 1) : 0;
  return arena_format(arena, "%.*s_rels/%s.rels", folder, main, main + folder);
}

static const char *main_name(struct commenting *commenting, const struct source *source,
                             const char **comments) {
  struct package package = {0};
  relation_list relations = {0}, own = {0};
  const char *reason =
      package_open(&package, commenting->arena, source->bytes, source->size, commenting->failure);
  if (!reason) reason = package_relations(&package, "", &relations, commenting->failure);
  const struct relation *main = reason ? NULL : relation_of_type(&relations, "officeDocument");
  const char *name = main ? main->target : "word/document.xml";
  if (!reason) reason = package_relations(&package, name, &own, commenting->failure);
  const struct relation *found = reason ? NULL : relation_of_type(&own, "comments");
  *comments = found ? arena_text(commenting->arena, found->target) : NULL;
  name = arena_text(commenting->arena, name);
  package_close(&package);
  return reason ? NULL : name;
}

static void list_paragraphs(struct commenting *commenting, xmlNode *parent) {
  for (xmlNode *node = parent->children; node; node = node->next) {
    if (is_element(node, "p")) *list_add(commenting->arena, &commenting->paragraphs) = node;
    if (node->type == XML_ELEMENT_NODE) list_paragraphs(commenting, node);
  }
}

static xmlNode *root_of(const struct commenting *commenting, int which) {
  return xmlDocGetRootElement(commenting->part[which].xml);
}

static xmlNode *add_child(xmlNode *parent, xmlNs *space, const char *name) {
  return xmlNewChild(parent, space, (const xmlChar *)name, NULL);
}

static void set(xmlNode *node, xmlNs *space, const char *name, const char *value) {
  xmlNewNsProp(node, space, (const xmlChar *)name, (const xmlChar *)value);
}

/* An empty part of comments, with its relationship and its content type. */
static void make_comments(struct commenting *commenting) {
  xmlNode *main = root_of(commenting, MAIN), *relations = root_of(commenting, RELATIONS);
  xmlDoc *xml = xmlNewDoc((const xmlChar *)"1.0");
  xmlNode *root = xmlNewNode(NULL, (const xmlChar *)"comments");
  xmlSetNs(root, xmlNewNs(root, main->ns ? main->ns->href : NULL, (const xmlChar *)"w"));
  xmlDocSetRootElement(xml, root);
  const char *slash = strrchr(commenting->part[MAIN].name, '/');
  int folder = slash ? (int)(slash - commenting->part[MAIN].name + 1) : 0;
  const char *name = arena_format(commenting->arena, "%.*sogi-check-comments.xml", folder,
                                  commenting->part[MAIN].name);
  commenting->part[COMMENTS] = (struct changed_part){name, xml};
  bool is_strict = main->ns && strncmp((const char *)main->ns->href, STRICT_BEGINS,
                                       sizeof STRICT_BEGINS - 1) == 0;
  xmlNode *relation = add_child(relations, relations->ns, "Relationship");
  set(relation, NULL, "Id", "ogiCheckComments");
  set(relation, NULL, "Type", is_strict ? OFFICE_STRICT "/comments" : OFFICE "/comments");
  set(relation, NULL, "Target", "ogi-check-comments.xml");
  xmlNode *types = root_of(commenting, TYPES), *type = add_child(types, types->ns, "Override");
  set(type, NULL, "PartName", arena_format(commenting->arena, "/%s", name));
  set(type, NULL, "ContentType", COMMENTS_TYPE);
}

static void find_next_id(struct commenting *commenting) {
  for (xmlNode *node = root_of(commenting, COMMENTS)->children; node; node = node->next) {
    const char *id = node->type == XML_ELEMENT_NODE ? attribute(node, "id") : NULL;
    size_t number = id ? whole_number(id, INT_MAX - 1, 0) : 0;
    if (number >= commenting->next_id) commenting->next_id = number + 1;
  }
}

static bool read_parts(struct commenting *commenting, const struct source *source) {
  const char *comments = NULL, *main = main_name(commenting, source, &comments);
  if (!main || !parse_part(commenting, MAIN, main)) return false;
  list_paragraphs(commenting, root_of(commenting, MAIN));
  if (!commenting->paragraphs.count || !commenting->paragraphs.item[0]->ns)
    return failure_set(commenting->failure, "the draft has no paragraph that can be commented on");
  commenting->is_new = !comments;
  if (comments && !parse_part(commenting, COMMENTS, comments)) return false;
  if (commenting->is_new) {
    if (!parse_part(commenting, RELATIONS, relations_name(commenting->arena, main)) ||
        !parse_part(commenting, TYPES, "[Content_Types].xml"))
      return false;
    make_comments(commenting);
  }
  find_next_id(commenting);
  return true;
}

/* ---- comments ---- */

/* A paragraph of a comment. */
static void add_line(xmlNode *comment, xmlNs *space, const char *text) {
  xmlNode *run = add_child(add_child(comment, space, "p"), space, "r");
  xmlNewTextChild(run, space, (const xmlChar *)"t", (const xmlChar *)text);
}

static void mark_paragraph(xmlNode *paragraph, const char *id) {
  xmlNs *space = paragraph->ns;
  xmlNode *start = xmlNewNode(space, (const xmlChar *)"commentRangeStart");
  set(start, space, "id", id);
  xmlNode *first = paragraph->children;
  while (first && first->type != XML_ELEMENT_NODE) first = first->next;
  if (first && is_element(first, "pPr"))
    xmlAddNextSibling(first, start);
  else if (first)
    xmlAddPrevSibling(first, start);
  else
    xmlAddChild(paragraph, start);
  set(add_child(paragraph, space, "commentRangeEnd"), space, "id", id);
  set(add_child(add_child(paragraph, space, "r"), space, "commentReference"), space, "id", id);
}

static void add_comment(struct commenting *commenting, const struct comment *told) {
  if (commenting->paragraphs.count == 0) return;
  bool is_known = told->paragraph > 0 && told->paragraph <= commenting->paragraphs.count;
  xmlNode *paragraph = commenting->paragraphs.item[is_known ? told->paragraph - 1 : 0];
  xmlNode *root = root_of(commenting, COMMENTS), *comment = add_child(root, root->ns, "comment");
  const char *id = arena_format(commenting->arena, "%zu", commenting->next_id++);
  set(comment, root->ns, "id", id);
  set(comment, root->ns, "author", commenting->author);
  set(comment, root->ns, "initials", "OGI");
  add_line(comment, root->ns, told->text);
  if (*told->hint) add_line(comment, root->ns, told->hint);
  mark_paragraph(paragraph, id);
}

/* ---- the container ---- */

static void *take_stream(void *stream, const void *name, int mode) {
  (void)name, (void)mode;
  return stream;
}

static int leave_stream(void *context, void *stream) {
  (void)context, (void)stream;
  return 0;
}

static zlib_filefunc64_def functions_on(FILE *stream) {
  zlib_filefunc64_def functions;
  fill_fopen64_filefunc(&functions);
  functions.zopen64_file = take_stream;
  functions.zclose_file = leave_stream;
  functions.opaque = stream;
  return functions;
}

static bool write_part(zipFile zip, const struct changed_part *part) {
  xmlChar *bytes = NULL;
  int size = 0;
  zip_fileinfo about = {.dosDate = (1U << 5 | 1U) << 16};
  xmlDocDumpMemoryEnc(part->xml, &bytes, &size, "UTF-8");
  bool done = bytes &&
              zipOpenNewFileInZip(zip, part->name, &about, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                                  Z_DEFAULT_COMPRESSION) == ZIP_OK &&
              zipWriteInFileInZip(zip, bytes, (unsigned)size) == ZIP_OK &&
              zipCloseFileInZip(zip) == ZIP_OK;
  xmlFree(bytes);
  return done;
}

/* Copies the entry that is open in FROM, as it is packed. */
static bool copy_bytes(unzFile from, zipFile zip) {
  enum { PIECE = 1 << 16 };
  char piece[PIECE];
  int got;
  while ((got = unzReadCurrentFile(from, piece, PIECE)) > 0)
    if (zipWriteInFileInZip(zip, piece, (unsigned)got) != ZIP_OK) return false;
  return got == 0;
}

static bool copy_entry(unzFile from, zipFile zip, const char *name, const unz_file_info64 *entry) {
  int method, level;
  zip_fileinfo about = {.dosDate = entry->dosDate,
                        .internal_fa = entry->internal_fa,
                        .external_fa = entry->external_fa};
  if (unzOpenCurrentFile2(from, &method, &level, 1) != UNZ_OK) return false;
  bool done = zipOpenNewFileInZip2_64(zip, name, &about, NULL, 0, NULL, 0, NULL, method, level, 1,
                                      entry->uncompressed_size > UINT_MAX) == ZIP_OK &&
              copy_bytes(from, zip) &&
              zipCloseFileInZipRaw64(zip, entry->uncompressed_size, entry->crc) == ZIP_OK;
  unzCloseCurrentFile(from);
  return done;
}

/* The entry at hand: as it was, or changed. */
static bool put_entry(struct commenting *commenting, unzFile from, zipFile zip) {
  enum { NAME = 1024 };
  char name[NAME];
  unz_file_info64 entry;
  if (unzGetCurrentFileInfo64(from, &entry, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK ||
      entry.size_filename >= NAME)
    return false;
  for (int i = 0; i < CHANGED; i++)
    if (commenting->part[i].name && strcmp(commenting->part[i].name, name) == 0)
      return write_part(zip, &commenting->part[i]);
  return copy_entry(from, zip, name, &entry);
}

static bool put_entries(struct commenting *commenting, unzFile from, zipFile zip) {
  int state = unzGoToFirstFile(from);
  for (; state == UNZ_OK; state = unzGoToNextFile(from))
    if (!put_entry(commenting, from, zip)) return false;
  return state == UNZ_END_OF_LIST_OF_FILE &&
         (!commenting->is_new || write_part(zip, &commenting->part[COMMENTS]));
}

static bool write_package(struct commenting *commenting, const struct source *source, FILE *file) {
  char *bytes = arena_bytes(commenting->arena, source->bytes, source->size);
  char *packed = NULL;
  size_t size = 0;
  FILE *in = fmemopen(bytes, source->size, "rb"), *out = open_memstream(&packed, &size);
  if (!in || !out) out_of_memory();
  zlib_filefunc64_def reading = functions_on(in), writing = functions_on(out);
  unzFile from = unzOpen2_64("", &reading);
  zipFile zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &writing);
  bool done = from && zip && put_entries(commenting, from, zip);
  if (from) unzClose(from);
  done = (!zip || zipClose(zip, NULL) == ZIP_OK) && done;
  fclose(in);
  if (fclose(out) != 0) out_of_memory();
  if (done) fwrite(packed, 1, size, file);
  free(packed);
  return done || failure_set(commenting->failure, "the draft cannot be copied");
}

bool comments_write(struct arena *arena, const struct source *source,
                    const struct comment_list *comments, FILE *file, struct failure *failure) {
  struct commenting commenting = {.author = comments->author, .arena = arena, .failure = failure};
  commenting.archive = archive_open(source->bytes, source->size, failure);
  bool done = commenting.archive && read_parts(&commenting, source);
  for (size_t i = 0; done && i < comments->count; i++) add_comment(&commenting, &comments->item[i]);
  done = done && write_package(&commenting, source, file);
  for (int i = 0; i < CHANGED; i++) xmlFreeDoc(commenting.part[i].xml);
  archive_close(commenting.archive);
  return done;
}
