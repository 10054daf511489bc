/* The body of an HTTP answer as the server sent it: in chunks, packed. */
#ifndef RAP_INTAKE_HTTP_BODY_H
#define RAP_INTAKE_HTTP_BODY_H

#include "base/buffer.h"
#include "base/error.h"

/* Joins chunks. RAP_UNREADABLE when damaged or cut off (what was there is in `out`). */
rap_status http_unchunk(str body, buffer *out, rap_error *e);
/* gzip, zlib or raw deflate; refuses what is larger than RECORD_LIMIT. */
rap_status http_inflate(str body, buffer *out, rap_error *e);
/* Brotli (RFC 7932), with the same limit. */
rap_status http_unbrotli(str body, buffer *out, rap_error *e);
/* Zstandard (RFC 8878), with the same limit: through libarchive. */
rap_status http_unzstd(str body, buffer *out, rap_error *e);

#endif
