/* The reader of OFD documents, China's layout format (GB/T 33190-2016): a zip of XML parts whose
 * pages hold positioned text and paths. */
#ifndef OGISTAT_INGEST_READERS_OFD_OFD_H
#define OGISTAT_INGEST_READERS_OFD_OFD_H

#include "ingest/readers/reader.h"

reader_function ofd_reader;

#endif
