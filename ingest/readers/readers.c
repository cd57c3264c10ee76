/* The table of readers. */
#include "ingest/readers/readers.h"

#include <libxml/xmlerror.h>

#include "ingest/readers/doc/doc.h"
#include "ingest/readers/docx/docx.h"
#include "ingest/readers/html/html.h"
#include "ingest/readers/html/mhtml.h"
#include "ingest/readers/ofd/ofd.h"
#include "ingest/readers/pdf/pdf.h"
#include "ingest/readers/text/text.h"
#include "ingest/readers/xlsx/xlsx.h"

/* What the user can do about a format that has no reader. */
static const char *advice(enum source_format format) {
  static const char *const known[FORMAT_COUNT] = {
      [FORMAT_PPTX] = "a PowerPoint file; give the report itself as .docx, .pdf or a web page",
      [FORMAT_ODF] = "an OpenDocument file; save it as .docx in LibreOffice or Word",
      [FORMAT_PACKED] = "an archive other than zip; unpack it and give what was in it",
      [FORMAT_ZIP] = "an archive; unpack it and give what was in it",
  };
  return known[format];
}

/* What libraries have to say of a document is told by the reader, once, where it matters. */
static void say_nothing(void *context, const char *format, ...) {
  (void)context;
  (void)format;
}

const char *read_document(struct document *document, const struct source *source,
                          struct failure *failure) {
  static reader_function *const readers[FORMAT_COUNT] = {
      [FORMAT_TEXT] = text_reader, [FORMAT_HTML] = html_reader, [FORMAT_DOCX] = docx_reader,
      [FORMAT_DOC] = doc_reader,   [FORMAT_RTF] = rtf_reader,   [FORMAT_MHTML] = mhtml_reader,
      [FORMAT_PDF] = pdf_reader,   [FORMAT_XLSX] = xlsx_reader, [FORMAT_OFD] = ofd_reader,
  };
  xmlSetGenericErrorFunc(NULL, say_nothing);
  if (readers[source->format]) return readers[source->format](document, source, failure);
  if (advice(source->format))
    failure_set(failure, "the file is %s", advice(source->format));
  else
    failure_set(failure, "the file is %s; save it as text and give that",
                source_format_name(source->format));
  return "unsupported_format";
}
