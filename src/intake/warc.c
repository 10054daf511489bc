/* WARC (ISO 28500): response records of web pages. Everything else in the file is passed over; what is damaged costs its own record only. */
#include <ctype.h>
#include <stdlib.h>

#include "base/memory.h"
#include "intake/charset.h"
#include "intake/fields.h"
#include "intake/heads.h"
#include "intake/html.h"
#include "intake/http_body.h"
#include "intake/plain.h"
#include "intake/reader.h"

enum { HEADER_LIMIT = 1 << 16 };

typedef struct warc {
    size_t number;    /* of records seen */
    buffer url, body, plain;
    char charset[64];
    bool html;
} warc;

/* Moves to the next "WARC/" at the start of a line. False at the end. *lost: bytes were passed over that are no blank lines. */
static bool find_record(stream *in, bool *lost) {
    for (;;) {
        size_t have = stream_fill(in, 5);
        str s = stream_view(in);
        if (have < 5) {
            if (have) *lost |= str_trim(s).len > 0;
            if (!in->gap) return false;
            *lost = true;
            stream_pass_gap(in);
            continue;
        }
        if (str_starts(s, "WARC/")) return true;
        const char *nl = memchr(s.ptr, '\n', s.len);
        size_t step = nl ? (size_t)(nl - s.ptr) + 1 : s.len;
        *lost |= str_trim((str){s.ptr, (uint32_t)step}).len > 0;
        stream_skip(in, step);
    }
}

static bool to_length(str s, uint64_t *out) {
    uint64_t v = 0;
    if (s.len == 0 || s.len > 18) return false;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        v = v * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    return *out = v, true;
}

/* ---- the HTTP answer inside ---- */

static void keep_charset(warc *w, str content_type) {
    w->charset[0] = 0;
    str c = html_charset(content_type);
    if (c.len && c.len < sizeof w->charset) memcpy(w->charset, c.ptr, c.len), w->charset[c.len] = 0;
}

/* Opens like a page, blanks and a byte order mark aside: what a header calls packed was unpacked already. */
static bool is_markup(str body) {
    if (str_starts(body, "\xef\xbb\xbf")) body = str_sub(body, 3, body.len);
    body = str_trim(body);
    return body.len > 1 && body.ptr[0] == '<' && (isalpha((unsigned char)body.ptr[1]) || strchr("!?", body.ptr[1]));
}

/* The page inside a response: headers off, chunks joined, unpacked. RAP_UNREADABLE with a reason for what is no page. */
static rap_status open_answer(warc *w, str payload, str *page, rap_error *e) {
    uint32_t n = heads_length(payload);
    str heads = str_sub(payload, 0, n), body = str_sub(payload, n, payload.len);
    if (!str_starts(payload, "HTTP/") || n == 0) return error_set(e, RAP_UNREADABLE, "no HTTP answer in the record");
    int32_t blank = str_find(heads, STR(" "));
    str code = blank > 0 && (uint32_t)blank + 4 <= heads.len ? str_sub(heads, (uint32_t)blank + 1, (uint32_t)blank + 4) : STR("");
    if (!str_starts(code, "2")) return error_set(e, RAP_UNREADABLE, "the server answered with status %.*s", STR_ARG(code));
    str type = heads_value(heads, "Content-Type"), encoding = heads_value(heads, "Content-Encoding");
    rap_status s = RAP_OK;
    if (type.len && !heads_say(type, "html") && !heads_say(type, "text/plain")) return error_set(e, RAP_UNREADABLE, "no page but %.*s", (int)(type.len > 60 ? 60 : type.len), type.ptr);
    w->html = type.len == 0 || heads_say(type, "html");
    keep_charset(w, type);
    /* Crawlers often store the body as it was after decoding and keep the header: look before believing it. */
    if (heads_say(heads_value(heads, "Transfer-Encoding"), "chunked") && body.len && isxdigit((unsigned char)body.ptr[0])) {
        if ((s = http_unchunk(body, &w->plain, e)) != RAP_OK) return s;
        body = buffer_view(&w->plain);
    }
    bool gzip = body.len > 2 && (unsigned char)body.ptr[0] == 0x1f && (unsigned char)body.ptr[1] == 0x8b;
    bool packed = gzip || (encoding.len && !is_markup(body));
    rap_status (*unpack)(str, buffer *, rap_error *) = gzip ? http_inflate : heads_say(encoding, "zstd") ? http_unzstd : heads_say(encoding, "br") ? http_unbrotli
                                                       : heads_say(encoding, "deflate") ? http_inflate : NULL;
    if (packed && unpack) {
        if ((s = unpack(body, &w->body, e)) != RAP_OK) return s;
        body = buffer_view(&w->body);
    }
    if (w->plain.failed || w->body.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *page = body;
    return RAP_OK;
}

/* ---- records ---- */

/* Where the head of a record begins in s, at the start of a line; -1 if none does. */
static int64_t head_inside(str s) {
    static const char mark[] = "\nWARC/1.";
    const char *at = s.len ? memmem(s.ptr, s.len, mark, sizeof mark - 1) : NULL;
    return at ? at + 1 - s.ptr : -1;
}

/* Passes over the n bytes of a body, but not over the head of another record: then n was wrong. False when the stream ends or breaks before. */
static bool pass_body(stream *in, uint64_t n) {
    while (n > 0) {
        size_t have = stream_fill(in, 16), step = have < n ? have : (size_t)n;
        if (have == 0) return false;
        int64_t head = head_inside(str_sub(stream_view(in), 0, (uint32_t)step));
        if (head >= 0) return stream_skip(in, (size_t)head), true;
        if (step < n && step > 8) step -= 8; /* a head may lie across */
        stream_skip(in, step);
        n -= step;
    }
    return true;
}

/* Behind a body come blank lines, and then a record or nothing. */
static bool ends_well(str behind) {
    while (behind.len && (behind.ptr[0] == '\r' || behind.ptr[0] == '\n')) behind = str_sub(behind, 1, behind.len);
    return behind.len <= 5 && memcmp(behind.ptr, "WARC/", behind.len) == 0;
}

/* The body of a response record whose head has been consumed, into the window. Five bytes more are looked at: whether the length was right, and, as they make
 * zlib read the packed member to its end, whether its checksum is. */
static rap_status take_body(reader *me, uint64_t length, str *payload, rap_error *e) {
    if (length > RECORD_LIMIT) {
        pass_body(me->in, length);
        return error_set(e, RAP_UNREADABLE, "a record of %llu MB; at most %d MB are read", (unsigned long long)length >> 20, RECORD_LIMIT >> 20);
    }
    size_t have = stream_fill(me->in, (size_t)length + 5);
    if (have < length || (have < length + 5 && me->in->gap && !me->in->gap_between)) {
        if (me->in->gap) stream_pass_gap(me->in);
        else pass_body(me->in, length);
        return me->in->failed ? stream_status(me->in, e) : error_set(e, RAP_UNREADABLE, "the record is cut off or damaged");
    }
    if (have > length + 5) have = (size_t)length + 5;
    if (!ends_well(str_sub(stream_view(me->in), (uint32_t)length, (uint32_t)have))) {
        pass_body(me->in, length);
        return error_set(e, RAP_UNREADABLE, "the record is damaged: it does not end where its head says");
    }
    *payload = str_sub(stream_view(me->in), 0, (uint32_t)length);
    return RAP_OK;
}

static rap_status take_warc(reader *me, record *r, rap_error *e) {
    warc *w = me->own;
    bool lost = false;
    for (;;) {
        r->number = w->number + 1;
        if (!find_record(me->in, &lost)) {
            if (!lost) return RAP_END;
            return error_set(e, RAP_UNREADABLE, "bytes behind the last record are damaged and were passed over");
        }
        uint32_t n = 0;
        for (size_t want = 1024; want <= HEADER_LIMIT && n == 0; want *= 2) {
            size_t have = stream_fill(me->in, want);
            n = heads_length((str){me->in->window + me->in->start, (uint32_t)(have < HEADER_LIMIT ? have : HEADER_LIMIT)});
            if (have < want) break;
        }
        str heads = str_sub(stream_view(me->in), 0, n);
        uint64_t length;
        w->number++;
        if (n == 0 || !to_length(heads_value(heads, "Content-Length"), &length)) {
            stream_skip(me->in, 5); /* what looked like a head is none: search on */
            return error_set(e, RAP_UNREADABLE, "the head of a record is damaged");
        }
        bool response = str_is(heads_value(heads, "WARC-Type"), "response");
        str url = heads_value(heads, "WARC-Target-URI");
        if (url.len > 2 && url.ptr[0] == '<') url = str_sub(url, 1, url.len - 1);
        buffer_clear(&w->url);
        buffer_str(&w->url, url);
        stream_skip(me->in, n);
        if (response) {
            rap_status s = take_body(me, length, &r->bytes, e);
            if (s == RAP_OK) stream_skip(me->in, r->bytes.len);
            r->url = buffer_view(&w->url);
            return s;
        }
        if (!pass_body(me->in, length) && me->in->failed) return stream_status(me->in, e);
    }
}

static rap_status make_warc(reader *me, const record *r, document *doc, rap_error *e) {
    warc *w = me->own;
    str page;
    rap_status s = open_answer(w, r->bytes, &page, e);
    if (s == RAP_OK && page.len == 0) s = error_set(e, RAP_UNREADABLE, "an empty page");
    if (s == RAP_OK) {
        decoded d = charset_decode(page, w->charset[0] ? str_of(w->charset) : html_charset(page), me->room);
        if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
        doc->url = arena_copy(&doc->home, r->url);
        if (w->html) s = html_document(doc, me->words, d.text, page, d.repaired, e);
        else plain_read(doc, me->words, arena_copy(&doc->home, d.text), page, d.repaired);
    }
    if (s == RAP_UNREADABLE && r->url.len) {
        char why[sizeof e->message];
        memcpy(why, e->message, sizeof why);
        error_set(e, s, "%.*s: %.400s", (int)(r->url.len > 300 ? 300 : r->url.len), r->url.ptr, why);
    }
    return s;
}

static void close_warc(reader *me) {
    warc *w = me->own;
    if (!w) return;
    buffer_free(&w->url);
    buffer_free(&w->body);
    buffer_free(&w->plain);
    memory_free(w);
}

rap_status reader_warc(reader *me, rap_error *e) {
    warc *w = memory_new(sizeof *w);
    if (!w) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *w = (warc){.url = {.ceiling = 1 << 20}, .body = {.ceiling = RECORD_LIMIT + (1 << 16)}, .plain = {.ceiling = RECORD_LIMIT + (1 << 16)}};
    me->own = w;
    me->take = take_warc, me->make = make_warc, me->close = close_warc, me->unit = "record";
    me->passes_gaps = true;
    return RAP_OK;
}
