/* A zip of parts by minizip, each of them XML or a picture. */
#include "brief/formats/docx_package.h"

#include <errno.h>
#include <limits.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PACKAGE_TYPE "application/vnd.openxmlformats-package."

/* The bytes of a part, or the file that has them. */
struct part {
  const char *name, *bytes;
  size_t size;
  const char *path;
};

struct container {
  struct arena *arena;
  zipFile zip;
  bool failed;
  struct failure *failure; /* the first */
};

/* PNG is packed already. */
static bool is_packed(const char *name) {
  size_t length = strlen(name);
  return length > 4 && strcmp(name + length - 4, ".png") == 0;
}

static bool add_bytes(struct container *container, const void *bytes, size_t size) {
  return size <= UINT_MAX && zipWriteInFileInZip(container->zip, bytes, (unsigned)size) == ZIP_OK;
}

static bool add_file(struct container *container, const char *path) {
  enum { PIECE = 1 << 16 };
  char *piece = arena_alloc(container->arena, PIECE);
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  bool added = true;
  for (size_t size; added && (size = fread(piece, 1, PIECE, file)) > 0;)
    added = add_bytes(container, piece, size);
  added = added && !ferror(file);
  fclose(file);
  return added;
}

/* All parts are of the first day that a zip can name, 1 January 1980. */
static void add_part(struct container *container, const struct part *part) {
  errno = 0;
  zip_fileinfo about = {.dosDate = (1U << 5 | 1U) << 16};
  int method = is_packed(part->name) ? 0 : Z_DEFLATED;
  bool added = zipOpenNewFileInZip(container->zip, part->name, &about, NULL, 0, NULL, 0, NULL,
                                   method, Z_DEFAULT_COMPRESSION) == ZIP_OK &&
               (part->path ? add_file(container, part->path)
                           : add_bytes(container, part->bytes, part->size)) &&
               zipCloseFileInZip(container->zip) == ZIP_OK;
  if (added || container->failed) return;
  container->failed = true;
  failure_set(container->failure, "cannot put '%s' into a .docx: %s",
              part->path ? part->path : part->name, errno ? strerror(errno) : "it is too large");
}

static void add_markup(struct container *container, const char *name, const struct markup *markup) {
  add_part(container, &(struct part){name, markup->text.item, markup->text.count, NULL});
}

static void add_fixed(struct container *container, const char *name, const char *text) {
  add_part(container, &(struct part){name, text, strlen(text), NULL});
}

/* ---- what is in the container ---- */

static void add_content_types(struct container *container) {
  add_fixed(container, "[Content_Types].xml",
            HEAD "<Types xmlns=\"" PACKAGE "content-types\">"
                 "<Default Extension=\"rels\" ContentType=\"" PACKAGE_TYPE "relationships+xml\"/>"
                 "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                 "<Default Extension=\"png\" ContentType=\"image/png\"/>"
                 "<Default Extension=\"emf\" ContentType=\"image/x-emf\"/>"
                 "<Override PartName=\"/docProps/core.xml\" ContentType=\"" PACKAGE_TYPE
                 "core-properties+xml\"/>"
                 "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD_TYPE
                 "document.main+xml\"/>"
                 "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD_TYPE "styles+xml\"/>"
                 "<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD_TYPE
                 "settings+xml\"/>"
                 "<Override PartName=\"/word/footer.xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
                 "<Override PartName=\"/word/numbering.xml\" ContentType=\"" WORD_TYPE
                 "numbering+xml\"/></Types>");
  add_fixed(container, "_rels/.rels",
            HEAD "<Relationships xmlns=\"" PACKAGE "relationships\">"
                 "<Relationship Id=\"document\" Type=\"" OFFICE
                 "/officeDocument\" Target=\"word/document.xml\"/>"
                 "<Relationship Id=\"properties\" Type=\"" PACKAGE
                 "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                 "</Relationships>");
}

static void add_properties(struct container *container, const struct docx_package *package) {
  struct markup xml = {.arena = container->arena};
  markup_add(&xml,
             HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>%s</dc:title>"
                  "<dc:description>%s</dc:description><dc:language>%s</dc:language>"
                  "</cp:coreProperties>",
             package->title, package->description, package->language);
  add_markup(container, "docProps/core.xml", &xml);
}

/* Every list counts from 1. */
static void add_lists(struct container *container, size_t lists) {
  struct markup xml = {.arena = container->arena};
  markup_add(&xml, HEAD "<w:numbering " WORD "><w:abstractNum w:abstractNumId=\"0\">"
                        "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start "
                        "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%%1.\"/>"
                        "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"420\" w:hanging=\"420\"/>"
                        "</w:pPr></w:lvl></w:abstractNum>");
  for (size_t i = 1; i <= lists; i++)
    markup_add(&xml,
               "<w:num w:numId=\"%zu\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">"
               "<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
               i);
  markup_add(&xml, "</w:numbering>");
  add_markup(container, "word/numbering.xml", &xml);
}

static void add_pictures(struct container *container, const struct docx_package *package,
                         struct markup *relations) {
  for (size_t i = 1; i <= package->picture.count; i++) {
    const char *path = package->picture.item[i - 1];
    const char *name =
        arena_format(container->arena, "media/image%zu%s", i, strrchr(path, '.')); /* .png, .emf */
    markup_add(relations, "<Relationship Id=\"image%zu\" Type=\"" OFFICE "/image\" Target=\"%s\"/>",
               i, name);
    add_part(container,
             &(struct part){arena_format(container->arena, "word/%s", name), NULL, 0, path});
  }
}

/* The parts that stand in datasets/look/word, and what the document calls them. */
static void add_settings(struct container *container, const char *datasets,
                         struct markup *relations) {
  static const char *const names[] = {"styles", "settings", "footer"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    markup_add(relations, "<Relationship Id=\"%s\" Type=\"" OFFICE "/%s\" Target=\"%s.xml\"/>",
               names[i], names[i], names[i]);
    add_part(
        container,
        &(struct part){arena_format(container->arena, "word/%s.xml", names[i]), NULL, 0,
                       arena_format(container->arena, "%s/look/word/%s.xml", datasets, names[i])});
  }
}

static void add_document(struct container *container, const struct docx_package *package,
                         const char *datasets) {
  struct arena *arena = container->arena;
  struct markup document = {.arena = arena}, relations = {.arena = arena};
  markup_add(&document,
             HEAD "<w:document " WORD " xmlns:r=\"" OFFICE "\" "
                  "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/"
                  "wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/"
                  "2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/"
                  "picture\"><w:body>");
  markup_append(&document, &package->body);
  markup_add(&document, "</w:body></w:document>");
  markup_add(&relations,
             HEAD "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship "
                  "Id=\"numbering\" Type=\"" OFFICE "/numbering\" Target=\"numbering.xml\"/>");
  add_markup(container, "word/document.xml", &document);
  add_settings(container, datasets, &relations);
  add_pictures(container, package, &relations);
  markup_append(&relations, &package->links);
  markup_add(&relations, "</Relationships>");
  add_markup(container, "word/_rels/document.xml.rels", &relations);
  add_lists(container, package->lists);
}

/* ---- to the file ---- */

/* minizip opens what it is given, and closes it; the bytes are ours to close. */
static void *take_stream(void *stream, const void *name, int mode) {
  (void)name, (void)mode;
  return stream;
}

static int leave_stream(void *context, void *stream) {
  (void)context, (void)stream;
  return 0;
}

/* Makes the container in BYTES, which can be written anywhere. */
static bool pack(struct arena *arena, const struct docx_package *package, const char *datasets,
                 FILE *bytes, struct failure *failure) {
  zlib_filefunc64_def functions;
  fill_fopen64_filefunc(&functions);
  functions.zopen64_file = take_stream;
  functions.zclose_file = leave_stream;
  functions.opaque = bytes;
  struct container container = {.arena = arena, .failure = failure};
  container.zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
  if (!container.zip) return failure_set(failure, "cannot make a .docx");
  add_content_types(&container);
  add_properties(&container, package);
  add_document(&container, package, datasets);
  bool closed = zipClose(container.zip, NULL) == ZIP_OK;
  if (container.failed) return false;
  return closed || failure_set(failure, "cannot make a .docx");
}

bool docx_package_write(struct arena *arena, const struct docx_package *package,
                        const char *datasets, FILE *file, struct failure *failure) {
  char *packed = NULL;
  size_t size = 0;
  FILE *bytes = open_memstream(&packed, &size);
  bool done = bytes && pack(arena, package, datasets, bytes, failure);
  if (!bytes || fclose(bytes) != 0) out_of_memory();
  if (done) fwrite(packed, 1, size, file); /* whether it could be written, FILE tells */
  free(packed);
  return done;
}
