/* What a process may do that reads documents. */
#ifndef OGISTAT_INGEST_SHUT_IN_H
#define OGISTAT_INGEST_SHUT_IN_H

/* Shuts this process in, for good: it may read the files and folders in the lists READS (ended by
 * NULL, as is each of them), change what is below FOLDER, which becomes its $TMPDIR, and start the
 * programs that convert documents. Ends the process, with a word on stderr, where a kernel that
 * should be able to cannot do that. */
void shut_in(const char *const *const *reads, const char *folder);

#endif
