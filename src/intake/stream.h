/* Bytes in order from a file, a gzip, an archive's entry or memory, with a window that a reader can look ahead in.
 *
 *   consumed        start            end           room
 *   [ given away ][ looked at, kept ][ free ]
 *
 * A stream owns what it reads from. Views into the window live until the next call on the stream. */
#ifndef RAP_INTAKE_STREAM_H
#define RAP_INTAKE_STREAM_H

#include "base/error.h"
#include "base/str.h"

/* No single document, line or record may be larger: one bad input must not take the batch along. */
enum { RECORD_LIMIT = 32 << 20 };

typedef struct stream stream;
struct stream {
    /* Up to `n` bytes into `to`. 0: the end. -1: failed, `error` says why. -2: a damaged stretch was left out here (see stream_pass_gap). */
    long (*pull)(stream *s, char *to, size_t n);
    void (*close)(stream *s); /* ends `own`; may be NULL */
    void *own;
    stream *under;
    char *window;
    size_t start, end, room;
    size_t behind;     /* bytes given away that stay in the window, to be taken back: stream_unskip */
    uint64_t consumed; /* bytes given away since the beginning */
    bool ended, gap, failed;
    bool gap_between; /* the gap begins between two packed members: what came before it was whole, its checksum right */
    rap_error error;
};

rap_status stream_file(stream **out, const char *path, rap_error *e); /* "-": standard input */
rap_status stream_memory(stream **out, str bytes, rap_error *e);      /* bytes are lent */
/* These take `under` over, also when they fail. */
rap_status stream_gzip(stream **out, stream *under, rap_error *e);    /* all members; a damaged one leaves a gap */
rap_status stream_iconv(stream **out, stream *under, const char *charset, rap_error *e);
void stream_close(stream *s);

/* Makes at least n bytes visible if there are as many; returns how many are (fewer: end, gap or failure; see the flags). */
size_t stream_fill(stream *s, size_t n);
static inline str stream_view(const stream *s) { return (str){s->window + s->start, (uint32_t)(s->end - s->start)}; }
void stream_skip(stream *s, size_t n); /* n ≤ what is visible */
size_t stream_unskip(stream *s, size_t n); /* Takes back up to n bytes, as far as they are still there; returns how many. */
/* Behind a gap reading goes on only after this call, which drops what is left before it. Readers that do not call it end there, with an error. */
void stream_pass_gap(stream *s);

/* The next line without its end, consumed. RAP_END at the end; RAP_UNREADABLE for one over RECORD_LIMIT (skipped whole) or a broken stream. */
rap_status stream_line(stream *s, str *line, rap_error *e);
/* Everything up to the end, kept in the window; RAP_UNREADABLE when over RECORD_LIMIT. */
rap_status stream_all(stream *s, str *whole, rap_error *e);
/* RAP_UNREADABLE or RAP_NO_MEMORY with the stream's own message if it failed; else RAP_OK. */
rap_status stream_status(const stream *s, rap_error *e);
/* Compressed bytes behind a stream, as far as known (for the guard against bombs and for progress). */
uint64_t stream_bottom(const stream *s);

#endif
