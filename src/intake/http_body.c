#include "intake/http_body.h"

#include <archive.h>
#include <archive_entry.h>
#include <brotli/decode.h>
#include <ctype.h>
#include <errno.h>
#include <zlib.h>

#include "base/memory.h"
#include "intake/stream.h"

rap_status http_unchunk(str s, buffer *out, rap_error *e) {
    uint32_t i = 0;
    buffer_clear(out);
    while (i < s.len) {
        unsigned long n = 0;
        uint32_t digits = 0;
        while (i < s.len && isxdigit((unsigned char)s.ptr[i]) && digits < 8) {
            char c = s.ptr[i++];
            n = n * 16 + (unsigned long)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
            digits++;
        }
        while (i < s.len && s.ptr[i] != '\n') i++;
        i++;
        if (digits == 0) return error_set(e, RAP_UNREADABLE, "the page's chunked body is damaged");
        if (n == 0) return RAP_OK;
        if (i + n > s.len) {
            buffer_add(out, s.ptr + (i < s.len ? i : s.len), i < s.len ? s.len - i : 0);
            return error_set(e, RAP_UNREADABLE, "the page's chunked body ends in the middle");
        }
        buffer_add(out, s.ptr + i, n);
        i += (uint32_t)n;
        while (i < s.len && (s.ptr[i] == '\r' || s.ptr[i] == '\n')) i++;
    }
    return RAP_OK;
}

static rap_status too_large(const buffer *out, rap_error *e) {
    if (out->len <= RECORD_LIMIT && out->len + (1 << 14) < out->ceiling) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    return error_set(e, RAP_UNREADABLE, "the page is larger than %d MB unpacked: refused", RECORD_LIMIT >> 20);
}

/* gzip, zlib or raw deflate. */
rap_status http_inflate(str s, buffer *out, rap_error *e) {
    static const int windows[] = {15 + 32, -15};
    for (int k = 0; k < 2; k++) {
        z_stream z = {.next_in = (unsigned char *)(uintptr_t)s.ptr, .avail_in = s.len, MEMORY_ZLIB};
        unsigned char piece[1 << 14];
        int r;
        buffer_clear(out);
        if (inflateInit2(&z, windows[k]) != Z_OK) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
        do {
            z.next_out = piece, z.avail_out = sizeof piece;
            r = inflate(&z, Z_NO_FLUSH);
            buffer_add(out, piece, sizeof piece - z.avail_out);
        } while (r == Z_OK && !out->failed && out->len <= RECORD_LIMIT);
        inflateEnd(&z);
        if (out->len > RECORD_LIMIT || out->failed) return too_large(out, e);
        if (r == Z_STREAM_END) return RAP_OK;
        if (k == 1 || out->len) break;
    }
    return error_set(e, RAP_UNREADABLE, "the page's compressed body is damaged");
}

static void *brotli_new(void *opaque, size_t size) {
    (void)opaque;
    return memory_new(size);
}
static void brotli_free(void *opaque, void *p) {
    (void)opaque;
    memory_free(p);
}

rap_status http_unbrotli(str s, buffer *out, rap_error *e) {
    BrotliDecoderState *d = BrotliDecoderCreateInstance(brotli_new, brotli_free, NULL);
    const uint8_t *in = (const uint8_t *)s.ptr;
    size_t left = s.len;
    uint8_t piece[1 << 14];
    BrotliDecoderResult r;
    buffer_clear(out);
    if (!d) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    do {
        uint8_t *to = piece;
        size_t space = sizeof piece;
        r = BrotliDecoderDecompressStream(d, &left, &in, &space, &to, NULL);
        buffer_add(out, piece, sizeof piece - space);
    } while (r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && !out->failed && out->len <= RECORD_LIMIT);
    BrotliDecoderErrorCode why = BrotliDecoderGetErrorCode(d);
    BrotliDecoderDestroyInstance(d);
    if (out->failed || out->len > RECORD_LIMIT) return too_large(out, e);
    if (r == BROTLI_DECODER_RESULT_SUCCESS) return RAP_OK;
    if (why <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES && why >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES)
        return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    return error_set(e, RAP_UNREADABLE, "the page's body, packed with Brotli, is damaged");
}

static rap_status unpack_raw(struct archive *a, str s, buffer *out, rap_error *e) {
    struct archive_entry *head;
    char piece[1 << 14];
    la_ssize_t n = 0;
    if (archive_read_support_filter_zstd(a) != ARCHIVE_OK || archive_read_support_format_raw(a) != ARCHIVE_OK) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    if (archive_read_open_memory(a, s.ptr, s.len) != ARCHIVE_OK || archive_read_next_header(a, &head) != ARCHIVE_OK) n = -1;
    while (n >= 0 && !out->failed && out->len <= RECORD_LIMIT && (n = archive_read_data(a, piece, sizeof piece)) > 0) buffer_add(out, piece, (size_t)n);
    if (out->failed || out->len > RECORD_LIMIT) return too_large(out, e);
    if (archive_errno(a) == ENOMEM) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    return n < 0 ? error_set(e, RAP_UNREADABLE, "the page's body, packed with Zstandard, is damaged") : RAP_OK;
}

rap_status http_unzstd(str s, buffer *out, rap_error *e) {
    static const char magic[] = "\x28\xb5\x2f\xfd";
    buffer_clear(out);
    if (!str_starts(s, magic)) return error_set(e, RAP_UNREADABLE, "the page's body, packed with Zstandard, is damaged");
    struct archive *a = archive_read_new();
    if (!a) return error_set(e, RAP_NO_MEMORY, "out of memory while unpacking");
    rap_status status = unpack_raw(a, s, out, e);
    archive_read_free(a);
    return status;
}
