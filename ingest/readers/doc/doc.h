/* The reader of what Word and WPS saved before .docx: .doc and .wps (OLE compound files), and RTF.
 */
#ifndef OGISTAT_INGEST_READERS_DOC_DOC_H
#define OGISTAT_INGEST_READERS_DOC_DOC_H

#include "ingest/readers/reader.h"

/* Word's own format by antiword; where that cannot read it or loses a part, by LibreOffice, where
 * it is installed. Workbooks, presentations and encrypted documents are told apart. */
reader_function doc_reader;

/* By LibreOffice. */
reader_function rtf_reader;

#endif
