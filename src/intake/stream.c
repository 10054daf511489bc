#include "intake/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"

enum { CHUNK = 1 << 16 };

static rap_status fail(stream *s, rap_status status, const char *text) {
    s->failed = s->ended = true;
    return error_set(&s->error, status, "%s", text);
}

static stream *new_stream(long (*pull)(stream *, char *, size_t), void (*close)(stream *)) {
    stream *s = memory_new(sizeof *s);
    if (s) *s = (stream){.pull = pull, .close = close};
    return s;
}

static rap_status no_memory(rap_error *e) { return error_set(e, RAP_NO_MEMORY, "out of memory while reading input"); }

void stream_close(stream *s) {
    while (s) {
        stream *under = s->under;
        if (s->close) s->close(s);
        memory_free(s->window);
        memory_free(s);
        s = under;
    }
}

/* ---- window ---- */

static bool make_room(stream *s, size_t n) {
    size_t behind = s->behind < s->start ? s->behind : s->start, gone = s->start - behind;
    if (gone > 0 && (s->start == s->end || s->room - s->start < n)) {
        memmove(s->window, s->window + gone, s->end - gone);
        s->end -= gone;
        s->start = behind;
    }
    if (s->room - s->start >= n && s->room > s->end) return true;
    size_t room = s->room ? s->room : CHUNK;
    while (room < s->start + n || room <= s->end) room *= 2;
    char *bigger = memory_grow(s->window, room);
    if (!bigger) {
        fail(s, RAP_NO_MEMORY, "out of memory while reading input");
        return false;
    }
    s->window = bigger;
    s->room = room;
    return true;
}

size_t stream_fill(stream *s, size_t n) {
    while (s->end - s->start < n && !s->ended && !s->gap) {
        if (!make_room(s, n)) break;
        long got = s->pull(s, s->window + s->end, s->room - s->end);
        if (got > 0) s->end += (size_t)got;
        else if (got == 0) s->ended = true;
        else if (got == -2) s->gap = true;
        else s->failed = s->ended = true;
    }
    return s->end - s->start;
}

void stream_skip(stream *s, size_t n) {
    if (n > s->end - s->start) n = s->end - s->start;
    s->start += n;
    s->consumed += n;
}

size_t stream_unskip(stream *s, size_t n) {
    if (n > s->start) n = s->start;
    if (n > s->consumed) n = (size_t)s->consumed;
    s->start -= n;
    s->consumed -= n;
    return n;
}

void stream_pass_gap(stream *s) {
    stream_skip(s, s->end - s->start);
    s->gap = s->gap_between = false;
}

rap_status stream_status(const stream *s, rap_error *e) {
    return s->failed || s->gap ? error_set(e, s->error.status ? s->error.status : RAP_UNREADABLE, "%s", s->error.message) : RAP_OK;
}

static rap_status too_long(size_t size, rap_error *e) {
    return error_set(e, RAP_UNREADABLE, "a line of %zu MB; one document may have %d MB at most", size >> 20, RECORD_LIMIT >> 20);
}

static rap_status skip_long_line(stream *s, rap_error *e) {
    size_t size = 0;
    for (;;) {
        size_t have = stream_fill(s, 1);
        if (have == 0) break;
        char *nl = memchr(s->window + s->start, '\n', have);
        size += nl ? (size_t)(nl - (s->window + s->start)) : have;
        stream_skip(s, nl ? (size_t)(nl + 1 - (s->window + s->start)) : have);
        if (nl) break;
    }
    return too_long(size, e);
}

rap_status stream_line(stream *s, str *line, rap_error *e) {
    size_t seen = 0;
    for (;;) {
        size_t have = stream_fill(s, seen + 1);
        char *from = s->window + s->start;
        char *nl = have > seen ? memchr(from + seen, '\n', have - seen) : NULL;
        size_t length = nl ? (size_t)(nl - from) : have;
        if (nl || have <= seen) {
            if (!nl && (s->failed || s->gap)) return stream_status(s, e);
            if (!nl && have == 0) return RAP_END;
            stream_skip(s, nl ? length + 1 : length);
            if (length > RECORD_LIMIT) return too_long(length, e);
            *line = (str){from, (uint32_t)length};
            if (length && from[length - 1] == '\r') line->len--;
            return RAP_OK;
        }
        seen = have;
        if (seen > RECORD_LIMIT) return skip_long_line(s, e);
    }
}

rap_status stream_all(stream *s, str *whole, rap_error *e) {
    size_t have = stream_fill(s, 1);
    while (!s->ended && !s->gap && have <= RECORD_LIMIT) have = stream_fill(s, have + 1);
    if (s->failed || s->gap) return stream_status(s, e);
    if (have > RECORD_LIMIT) return error_set(e, RAP_UNREADABLE, "larger than %d MB, the most that one document may have", RECORD_LIMIT >> 20);
    *whole = stream_view(s);
    return RAP_OK;
}

uint64_t stream_bottom(const stream *s) {
    while (s->under) s = s->under;
    return s->consumed + (s->end - s->start);
}

/* ---- files and memory ---- */

typedef struct descriptor { int fd; } descriptor;

static long pull_file(stream *s, char *to, size_t n) {
    long got;
    do got = read(((descriptor *)s->own)->fd, to, n);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        fail(s, RAP_UNREADABLE, strerror(errno));
        return -1;
    }
    return got;
}

static void close_file(stream *s) {
    descriptor *d = s->own;
    if (d && d->fd > 0) close(d->fd);
    memory_free(d);
}

rap_status stream_file(stream **out, const char *path, rap_error *e) {
    int fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return error_set(e, RAP_UNREADABLE, "%s", strerror(errno));
    stream *s = new_stream(pull_file, close_file);
    descriptor *d = s ? memory_new(sizeof *d) : NULL;
    if (!d) {
        if (fd > 0) close(fd);
        if (s) memory_free(s);
        return no_memory(e);
    }
    *d = (descriptor){fd};
    s->own = d;
    *out = s;
    return RAP_OK;
}

static long pull_nothing(stream *s, char *to, size_t n) {
    (void)s, (void)to, (void)n;
    return 0;
}

rap_status stream_memory(stream **out, str bytes, rap_error *e) {
    stream *s = new_stream(pull_nothing, NULL);
    char *copy = s ? memory_new(bytes.len + 1u) : NULL;
    if (!copy) {
        if (s) memory_free(s);
        return no_memory(e);
    }
    if (bytes.len) memcpy(copy, bytes.ptr, bytes.len);
    s->window = copy;
    s->end = bytes.len;
    s->room = bytes.len + 1u;
    *out = s;
    return RAP_OK;
}

/* ---- gzip ---- */

/* More than this many times its size is a bomb, once it is large: text shrinks tenfold, logs thirtyfold. */
enum { BOMB_FROM = 64 << 20, BOMB_RATIO = 250 };
/* Inflating goes on for a while behind the damage, into members that are whole: so far it is taken back, and so much in one file. */
enum { TAKE_BACK = 1 << 16, MOST_TAKEN_BACK = 64 << 20 };

typedef struct gzip {
    z_stream z;
    bool inside, gap_next;
    uint64_t in, out;                     /* bytes read, unpacked */
    uint64_t member_in, member, taken_back; /* read and unpacked of this member; read again behind damages */
} gzip;

/* What was unpacked of the member so far stands; the next one is looked for behind a gap. */
static long damaged(stream *s, const char *why) {
    error_set(&s->error, RAP_UNREADABLE, "%s", why);
    gzip *g = s->own;
    s->gap_between = g->member == 0;
    g->inside = false;
    if (g->member_in > 1 && g->taken_back < MOST_TAKEN_BACK) {
        size_t back = stream_unskip(s->under, g->member_in - 1 < TAKE_BACK ? (size_t)g->member_in - 1 : TAKE_BACK);
        g->in -= back, g->taken_back += back;
    }
    return -2;
}

/* Finds the next member's magic number in the stream below. False at its end. */
static bool find_member(stream *under) {
    for (;;) {
        size_t have = stream_fill(under, 4);
        if (have < 4) return false;
        const unsigned char *p = (const unsigned char *)under->window + under->start;
        size_t i = 0;
        while (i + 3 < have && !(p[i] == 0x1f && p[i + 1] == 0x8b && p[i + 2] == 8 && p[i + 3] < 32)) i++;
        if (i + 3 < have) {
            stream_skip(under, i);
            return true;
        }
        stream_skip(under, i);
    }
}

static bool next_member(stream *s) {
    gzip *g = s->own;
    if (!find_member(s->under)) return false;
    if (inflateReset(&g->z) != Z_OK) return false;
    g->member = g->member_in = 0;
    return g->inside = true;
}

static long pull_gzip(stream *s, char *to, size_t n) {
    gzip *g = s->own;
    if (g->gap_next) return g->gap_next = false, -2;
    for (;;) {
        if (!g->inside && !next_member(s)) {
            if (s->under->failed) return fail(s, RAP_UNREADABLE, s->under->error.message), -1;
            return 0;
        }
        size_t have = stream_fill(s->under, 1);
        if (have == 0) return damaged(s, "the gzip data ends in the middle");
        g->z.next_in = (unsigned char *)s->under->window + s->under->start;
        g->z.avail_in = (unsigned)have;
        g->z.next_out = (unsigned char *)to;
        g->z.avail_out = (unsigned)(n > CHUNK * 4 ? CHUNK * 4 : n);
        unsigned asked = g->z.avail_out;
        int r = inflate(&g->z, Z_NO_FLUSH);
        size_t used = have - g->z.avail_in, made = asked - g->z.avail_out;
        stream_skip(s->under, used);
        g->in += used, g->out += made, g->member += made, g->member_in += used;
        if (g->out > BOMB_FROM && g->out / BOMB_RATIO > g->in) {
            fail(s, RAP_UNREADABLE, "grows more than 250-fold when unpacked: refused as a decompression bomb");
            return -1;
        }
        if (r == Z_STREAM_END) g->inside = false;
        else if (r == Z_MEM_ERROR) return fail(s, RAP_NO_MEMORY, "out of memory while unpacking"), -1;
        else if (r != Z_OK && r != Z_BUF_ERROR) {
            if (used == 0) stream_skip(s->under, 1);
            long gap = damaged(s, "the gzip data is damaged");
            if (made == 0) return gap;
            g->gap_next = true;
        }
        if (made) return (long)made;
    }
}

static void close_gzip(stream *s) {
    gzip *g = s->own;
    if (g) inflateEnd(&g->z);
    memory_free(g);
}

rap_status stream_gzip(stream **out, stream *under, rap_error *e) {
    stream *s = new_stream(pull_gzip, close_gzip);
    gzip *g = s ? memory_new(sizeof *g) : NULL;
    if (g) *g = (gzip){.z = {MEMORY_ZLIB}};
    if (!g || inflateInit2(&g->z, 15 + 16) != Z_OK) {
        memory_free(g);
        memory_free(s);
        stream_close(under);
        return no_memory(e);
    }
    under->behind = TAKE_BACK;
    s->own = g;
    s->under = under;
    *out = s;
    return RAP_OK;
}

/* ---- UTF-16 and UTF-32 ---- */

static long pull_iconv(stream *s, char *to, size_t n) {
    for (;;) {
        size_t have = stream_fill(s->under, 4096);
        if (have == 0) return s->under->failed ? (fail(s, RAP_UNREADABLE, s->under->error.message), -1L) : 0;
        char *in = s->under->window + s->under->start, *out = to;
        size_t left = have, space = n;
        size_t r = iconv((iconv_t)s->own, &in, &left, &out, &space);
        int why = errno;
        stream_skip(s->under, have - left);
        if (r == (size_t)-1 && why == EILSEQ && space >= 3) {
            memcpy(out, "\xef\xbf\xbd", 3);
            space -= 3;
            stream_skip(s->under, left < 2 ? left : 2);
        } else if (r == (size_t)-1 && why == EINVAL && left == have) {
            stream_skip(s->under, left); /* half a character at the end */
            return 0;
        }
        if (space < n) return (long)(n - space);
        if (n < 8) return fail(s, RAP_UNREADABLE, "cannot be converted to UTF-8"), -1;
    }
}

static void close_iconv(stream *s) { iconv_close((iconv_t)s->own); }

rap_status stream_iconv(stream **out, stream *under, const char *charset, rap_error *e) {
    iconv_t cd = iconv_open("UTF-8", charset);
    stream *s = cd == (iconv_t)-1 ? NULL : new_stream(pull_iconv, close_iconv);
    if (!s) {
        if (cd != (iconv_t)-1) iconv_close(cd);
        stream_close(under);
        return cd == (iconv_t)-1 ? error_set(e, RAP_UNREADABLE, "the charset %s is not known here", charset) : no_memory(e);
    }
    s->own = (void *)cd;
    s->under = under;
    *out = s;
    return RAP_OK;
}
