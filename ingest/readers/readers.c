/* The table of readers. */
#include "ingest/readers/readers.h"

#include "ingest/readers/html.h"
#include "ingest/readers/pdf.h"
#include "ingest/readers/text.h"

const char *read_document(struct document *document, const struct source *source,
                          struct failure *failure) {
  static reader_function *const readers[FORMAT_COUNT] = {
      [FORMAT_TEXT] = text_reader,
      [FORMAT_PDF] = pdf_reader,
      [FORMAT_HTML] = html_reader,
  };
  if (readers[source->format]) return readers[source->format](document, source, failure);
  failure_set(failure, "the file is %s; save it as text and give that",
              source_format_name(source->format));
  return "unsupported_format";
}
