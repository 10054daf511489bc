/* ZIP, tar and what is packed with bzip2, xz or zstd, through libarchive, with a guard against bombs. */
#ifndef RAP_INTAKE_ARCHIVE_H
#define RAP_INTAKE_ARCHIVE_H

#include "intake/stream.h"

typedef struct archive_reader archive_reader;

/* Takes `in` over, also when it fails. */
rap_status archive_reader_open(archive_reader **out, stream *in, rap_error *e);
/* The next regular file: its name (NUL-terminated, valid until the next call; empty in a file that is only compressed) and its bytes, a stream
 * of the caller's that must be closed before the next call. RAP_END behind the last. */
rap_status archive_reader_next(archive_reader *a, str *name, stream **entry, rap_error *e);
bool archive_reader_broken(const archive_reader *a); /* after an error: nothing more can be read */
uint64_t archive_reader_bytes(const archive_reader *a); /* packed bytes read so far */
void archive_reader_close(archive_reader *a);

#endif
