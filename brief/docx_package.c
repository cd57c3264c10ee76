/* A zip of parts by libzip, each of them XML or a picture. */
#include "brief/docx_package.h"

#include <errno.h>
#include <string.h>
#include <zip.h>

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
  zip_t *zip;
  bool failed;
};

/* PNG is packed already. */
static bool is_packed(const char *name) {
  size_t length = strlen(name);
  return length > 4 && strcmp(name + length - 4, ".png") == 0;
}

/* All parts are of the first day that a zip can name, 1 January 1980. */
static void add_part(struct container *container, const struct part *part) {
  enum { FIRST_DAY = 1 << 5 | 1 };
  zip_t *zip = container->zip;
  zip_source_t *source = part->path ? zip_source_file(zip, part->path, 0, -1)
                                    : zip_source_buffer(zip, part->bytes, part->size, 0);
  zip_int64_t added = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
  if (added < 0) {
    zip_source_free(source);
    container->failed = true;
    return;
  }
  zip_uint64_t index = (zip_uint64_t)added;
  container->failed |= zip_file_set_dostime(zip, index, 0, FIRST_DAY, 0) != 0;
  if (is_packed(part->name))
    container->failed |= zip_set_file_compression(zip, index, ZIP_CM_STORE, 0) != 0;
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

/* The parts that stand in datasets/word, and what the document calls them. */
static void add_settings(struct container *container, const char *datasets,
                         struct markup *relations) {
  static const char *const names[] = {"styles", "settings", "footer"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    markup_add(relations, "<Relationship Id=\"%s\" Type=\"" OFFICE "/%s\" Target=\"%s.xml\"/>",
               names[i], names[i], names[i]);
    add_part(container,
             &(struct part){arena_format(container->arena, "word/%s.xml", names[i]), NULL, 0,
                            arena_format(container->arena, "%s/word/%s.xml", datasets, names[i])});
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

static bool copy_bytes(struct arena *arena, zip_source_t *bytes, FILE *file) {
  enum { PIECE = 1 << 16 };
  char *piece = arena_alloc(arena, PIECE);
  zip_int64_t length = zip_source_open(bytes) == 0 ? 0 : -1;
  while (length >= 0 && (length = zip_source_read(bytes, piece, PIECE)) > 0)
    if (fwrite(piece, 1, (size_t)length, file) != (size_t)length) length = -1;
  zip_source_close(bytes);
  return length == 0;
}

/* Makes the container in BYTES, which it leaves to the caller. */
static bool pack(struct arena *arena, const struct docx_package *package, const char *datasets,
                 zip_source_t *bytes, struct failure *failure) {
  zip_error_t error;
  zip_error_init(&error);
  struct container container = {.arena = arena};
  container.zip = zip_open_from_source(bytes, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (!container.zip)
    return failure_set(failure, "cannot make a .docx: %s", zip_error_strerror(&error));
  zip_source_keep(bytes);
  add_content_types(&container);
  add_properties(&container, package);
  add_document(&container, package, datasets);
  if (!container.failed && zip_close(container.zip) == 0) return true;
  failure_set(failure, "cannot make a .docx: %s", zip_strerror(container.zip));
  zip_discard(container.zip);
  return false;
}

bool docx_package_write(struct arena *arena, const struct docx_package *package,
                        const char *datasets, FILE *file, struct failure *failure) {
  zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, NULL);
  if (!bytes) out_of_memory();
  bool done = pack(arena, package, datasets, bytes, failure);
  if (done && !copy_bytes(arena, bytes, file))
    done = failure_set(failure, "cannot write a .docx: %s", strerror(errno));
  zip_source_free(bytes);
  return done;
}
