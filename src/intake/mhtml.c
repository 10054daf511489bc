/* A page that a browser saved as a single file (MHTML, RFC 2557): its first part in HTML, the pictures and styles left. */
#include <ctype.h>

#include "intake/charset.h"
#include "intake/heads.h"
#include "intake/html.h"
#include "intake/reader.h"

/* `boundary="…"`, which stands on a line of its own behind the folded Content-Type. */
static str boundary_of(str heads) {
    static const char name[] = "boundary=";
    for (uint32_t i = 0; i + sizeof name - 1 < heads.len; i++) {
        if (!str_eq_nocase(str_sub(heads, i, i + (uint32_t)sizeof name - 1), STR("boundary="))) continue;
        uint32_t from = i + (uint32_t)sizeof name - 1, to;
        bool quoted = heads.ptr[from] == '"';
        for (to = from += quoted; to < heads.len && (quoted ? heads.ptr[to] != '"' : !strchr("; \t\r\n", heads.ptr[to]));) to++;
        return str_sub(heads, from, to);
    }
    return STR("");
}

/* The next part behind a line of "--" and the boundary; false behind the last. */
static bool next_part(str *rest, str boundary, str *part) {
    const char *from = NULL, *end;
    for (const char *at = rest->ptr; at && (at = memmem(at, (size_t)(rest->ptr + rest->len - at), boundary.ptr, boundary.len)); at += boundary.len) {
        if (at - rest->ptr < 2 || at[-1] != '-' || at[-2] != '-') continue;
        from = at + boundary.len;
        break;
    }
    size_t left = from ? (size_t)(rest->ptr + rest->len - from) : 0;
    if (!from || left < 4 || (from[0] == '-' && from[1] == '-') || !(from = memchr(from, '\n', left))) return false;
    *rest = str_sub(*rest, (uint32_t)(from + 1 - rest->ptr), rest->len);
    end = rest->len ? memmem(rest->ptr, rest->len, boundary.ptr, boundary.len) : NULL;
    *part = end && end - rest->ptr >= 2 ? str_sub(*rest, 0, (uint32_t)(end - rest->ptr) - 2) : *rest;
    return true;
}

static int hexadecimal(char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

static str unquoted(document *doc, str s) { /* quoted-printable */
    char *to = arena_alloc(&doc->home, s.len + 1u);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '=' && i + 1 < s.len && s.ptr[i + 1] == '\n') i++;
        else if (s.ptr[i] == '=' && i + 2 < s.len && s.ptr[i + 1] == '\r' && s.ptr[i + 2] == '\n') i += 2;
        else if (s.ptr[i] == '=' && i + 2 < s.len && hexadecimal(s.ptr[i + 1]) >= 0 && hexadecimal(s.ptr[i + 2]) >= 0)
            to[n++] = (char)(hexadecimal(s.ptr[i + 1]) * 16 + hexadecimal(s.ptr[i + 2])), i += 2;
        else to[n++] = s.ptr[i];
    }
    return (str){to, n};
}

static str unbased(document *doc, str s) { /* base64 */
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *to = arena_alloc(&doc->home, s.len + 1u);
    uint32_t n = 0, bits = 0, held = 0;
    for (uint32_t i = 0; i < s.len && s.ptr[i] != '='; i++) {
        const char *at = s.ptr[i] ? strchr(digits, s.ptr[i]) : NULL;
        if (!at) continue;
        bits = (bits << 6 | (uint32_t)(at - digits)) & 0xffffff, held += 6;
        if (held >= 8) held -= 8, to[n++] = (char)(bits >> held & 0xff);
    }
    return (str){to, n};
}

static rap_status make_mhtml(reader *me, const record *r, document *doc, rap_error *e) {
    uint32_t n = heads_length(r->bytes);
    str heads = str_sub(r->bytes, 0, n), rest = str_sub(r->bytes, n, r->bytes.len), boundary = boundary_of(heads), part;
    while (boundary.len && next_part(&rest, boundary, &part)) {
        uint32_t length = heads_length(part);
        str own = str_sub(part, 0, length), coding = heads_value(own, "Content-Transfer-Encoding"), type = heads_value(own, "Content-Type");
        if (length == 0 || !heads_say(type, "text/html")) continue;
        str body = str_sub(part, length, part.len), url = heads_value(heads, "Snapshot-Content-Location");
        if (heads_say(coding, "quoted-printable")) body = unquoted(doc, body);
        else if (heads_say(coding, "base64")) body = unbased(doc, body);
        if (url.len == 0) url = heads_value(own, "Content-Location");
        if (str_starts(url, "http")) doc->url = arena_copy(&doc->home, url);
        str charset = html_charset(own);
        decoded d = charset_decode(body, charset.len ? charset : html_charset(body), me->room);
        if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
        return html_document(doc, me->words, d.text, r->bytes, d.repaired, e);
    }
    return error_set(e, RAP_UNREADABLE, "a page saved as a single file, but without a part in HTML");
}

rap_status reader_mhtml(reader *me, rap_error *e) {
    (void)e;
    me->take = take_whole, me->make = make_mhtml, me->unit = "";
    return RAP_OK;
}
