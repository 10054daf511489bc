#include "intake/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <uchardet.h>

#include "base/utf8.h"

enum { SAMPLE = 1 << 16 };

/* Letters of Western scripts in UTF-16: zeros, and always on the same side. */
static const char *wide_without_mark(str b) {
    uint32_t n = (b.len < 4096 ? b.len : 4096) & ~1u, even = 0, odd = 0;
    for (uint32_t i = 0; i < n; i += 2) even += b.ptr[i] == 0, odd += b.ptr[i + 1] == 0;
    if (n < 16) return NULL;
    return even == 0 && odd * 10 > n * 4 ? "UTF-16LE" : odd == 0 && even * 10 > n * 4 ? "UTF-16BE" : NULL;
}

const char *charset_of_mark(str b, uint32_t *length) {
    const unsigned char *p = (const unsigned char *)b.ptr;
    *length = 4;
    if (b.len >= 4 && p[0] == 0xff && p[1] == 0xfe && p[2] == 0 && p[3] == 0) return "UTF-32LE";
    if (b.len >= 4 && p[0] == 0 && p[1] == 0 && p[2] == 0xfe && p[3] == 0xff) return "UTF-32BE";
    *length = 2;
    if (b.len >= 2 && p[0] == 0xff && p[1] == 0xfe) return "UTF-16LE";
    if (b.len >= 2 && p[0] == 0xfe && p[1] == 0xff) return "UTF-16BE";
    *length = 0;
    return wide_without_mark(b);
}

/* The web's names mean the wider sets of Windows (WHATWG, Encoding Standard). */
static const char *web_name(const char *name) {
    static const char *const wider[][2] = {{"ISO-8859-1", "WINDOWS-1252"}, {"LATIN1", "WINDOWS-1252"},    {"US-ASCII", "WINDOWS-1252"},
                                           {"ASCII", "WINDOWS-1252"},      {"GB2312", "GB18030"},         {"GBK", "GB18030"},
                                           {"EUC-KR", "CP949"},            {"KS_C_5601-1987", "CP949"},   {"SHIFT_JIS", "CP932"},
                                           {"X-SJIS", "CP932"},            {"ISO-8859-9", "WINDOWS-1254"}};
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++)
        if (str_is_nocase(str_of(name), wider[i][0])) return wider[i][1];
    return name;
}

static const char replacement[] = "\xef\xbf\xbd";

/* Whole text through iconv, one U+FFFD for each byte without a reading. False if iconv does not know the name. */
static bool convert(str bytes, const char *name, buffer *room, size_t *broken) {
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1) return false;
    char out[8192], *in = (char *)bytes.ptr;
    size_t left = bytes.len;
    buffer_clear(room);
    *broken = 0;
    while (left > 0 && !room->failed) {
        char *to = out;
        size_t space = sizeof out;
        size_t r = iconv(cd, &in, &left, &to, &space);
        int why = errno;
        buffer_add(room, out, sizeof out - space);
        if (r != (size_t)-1 || why == E2BIG) continue;
        buffer_add(room, replacement, 3);
        ++*broken;
        in++, left--;
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
    return true;
}

/* Runs of bytes that are not UTF-8, and characters of several bytes that are. */
static void count_sequences(str s, size_t *good, size_t *bad) {
    *good = *bad = 0;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t n;
        if ((unsigned char)s.ptr[i] < 0x80) {
            i++;
            continue;
        }
        uint32_t c = utf8_at(s, i, &n);
        i += n;
        if (c != 0xfffd || n != 1) {
            ++*good;
            continue;
        }
        ++*bad;
        while (i < s.len && ((unsigned char)s.ptr[i] & 0xc0) == 0x80) i++;
    }
}

static void repair(str s, buffer *room) {
    buffer_clear(room);
    for (uint32_t i = 0; i < s.len && !room->failed;) {
        uint32_t valid = utf8_valid(str_sub(s, i, s.len));
        buffer_add(room, s.ptr + i, valid);
        i += valid;
        if (i == s.len) break;
        buffer_add(room, replacement, 3);
        /* One mark for the whole of a cut-off character. */
        for (i++; i < s.len && ((unsigned char)s.ptr[i] & 0xc0) == 0x80; i++) {}
    }
}

static bool sniff(str s, char name[64]) {
    uint32_t first = utf8_valid(s), from = first > SAMPLE / 2 ? first - SAMPLE / 2 : 0;
    uint32_t n = s.len - from < SAMPLE ? s.len - from : SAMPLE;
    uchardet_t u = uchardet_new();
    name[0] = 0;
    if (u && uchardet_handle_data(u, s.ptr + from, n) == 0) {
        uchardet_data_end(u);
        snprintf(name, 64, "%s", uchardet_get_charset(u));
    }
    if (u) uchardet_delete(u);
    return name[0] != 0 && !str_is_nocase(str_of(name), "UTF-8");
}

static decoded finish(buffer *room, bool repaired) { return (decoded){buffer_view(room), repaired, room->failed}; }

static str without_mark(str s) { return str_starts(s, "\xef\xbb\xbf") ? str_sub(s, 3, s.len) : s; }

decoded charset_decode(str bytes, str declared, buffer *room) {
    char name[64] = "";
    size_t broken, good, bad;
    uint32_t mark;
    const char *marked = charset_of_mark(bytes, &mark);
    if (marked && convert(str_sub(bytes, mark, bytes.len), marked, room, &broken)) return finish(room, broken > 0);
    str plain = without_mark(bytes);
    if (utf8_valid(plain) == plain.len) return (decoded){plain, false, false};
    count_sequences(plain, &good, &bad);
    if (good >= 2 * bad || (bad == 1 && good == 0 && plain.len - utf8_valid(plain) < 4)) {
        repair(plain, room);
        return finish(room, true);
    }
    if (declared.len && declared.len < sizeof name && !str_is_nocase(declared, "utf-8")) {
        snprintf(name, sizeof name, "%.*s", STR_ARG(declared));
        if (convert(plain, web_name(name), room, &broken)) return finish(room, broken > 0);
    }
    if (!sniff(plain, name)) snprintf(name, sizeof name, "WINDOWS-1252");
    if (convert(plain, web_name(name), room, &broken)) return finish(room, broken > 0);
    repair(plain, room);
    return finish(room, true);
}
