#include "base/utf8.h"

#include <utf8proc.h>

static uint32_t sequence(const unsigned char *p, uint32_t left, uint32_t *code) {
    unsigned char c = p[0];
    if (c < 0x80) return *code = c, 1;
    uint32_t n = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (n == 0 || n > left) return 0;
    if (c == 0xE0 && p[1] < 0xA0) return 0;
    if (c == 0xED && p[1] > 0x9F) return 0;
    if (c == 0xF0 && p[1] < 0x90) return 0;
    if (c == 0xF4 && p[1] > 0x8F) return 0;
    uint32_t v = c & (0x7Fu >> n);
    for (uint32_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        v = v << 6 | (p[i] & 0x3F);
    }
    return *code = v, n;
}

uint32_t utf8_valid(str s) {
    const unsigned char *p = (const unsigned char *)s.ptr;
    uint32_t i = 0, code;
    while (i < s.len) {
        uint64_t eight;
        for (; i + 8 <= s.len && (memcpy(&eight, p + i, 8), (eight & 0x8080808080808080u) == 0);) i += 8; /* ASCII */
        if (i == s.len) break;
        uint32_t n = sequence(p + i, s.len - i, &code);
        if (n == 0) return i;
        i += n;
    }
    return i;
}

uint32_t utf8_at(str s, uint32_t i, uint32_t *length) {
    uint32_t code = 0xFFFD, n = sequence((const unsigned char *)s.ptr + i, s.len - i, &code);
    *length = n ? n : 1;
    return n ? code : 0xFFFD;
}

static utf8proc_category_t category(uint32_t c) { return utf8proc_category((utf8proc_int32_t)c); }

bool utf8_capital(str word) {
    if (!word.len) return false;
    if ((unsigned char)word.ptr[0] < 0x80) return word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
    uint32_t n;
    return unicode_upper(utf8_at(word, 0, &n));
}

bool unicode_letter(uint32_t c) {
    if (c < 128) return (c | 32) >= 'a' && (c | 32) <= 'z';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}
bool unicode_upper(uint32_t c) { return c < 128 ? c >= 'A' && c <= 'Z' : category(c) == UTF8PROC_CATEGORY_LU; }
bool unicode_lower(uint32_t c) { return c < 128 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL; }
bool unicode_digit(uint32_t c) { return c < 128 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND; }
bool unicode_space(uint32_t c) {
    if (c < 128) return c == ' ' || (c >= 9 && c <= 13);
    utf8proc_category_t k = category(c);
    return c == 0x85 || (k >= UTF8PROC_CATEGORY_ZS && k <= UTF8PROC_CATEGORY_ZP);
}

static bool ascii(str s) {
    for (uint32_t i = 0; i < s.len; i++)
        if (s.ptr[i] & 0x80) return false;
    return true;
}

static str lower_ascii(arena *a, str s) {
    char *p = arena_alloc(a, (size_t)s.len + 1);
    for (uint32_t i = 0; i < s.len; i++) p[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return (str){p, s.len};
}

str utf8_lower(arena *a, str s) {
    if (ascii(s)) return lower_ascii(a, s);
    char *p = arena_alloc(a, (size_t)s.len * 3 + 4);
    uint32_t n = 0, length;
    for (uint32_t i = 0; i < s.len; i += length) {
        uint32_t c = utf8_at(s, i, &length);
        n += (uint32_t)utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c), (utf8proc_uint8_t *)p + n);
    }
    return (str){p, n};
}

/* Letters that Unicode does not decompose but readers of names do. */
static const char *plain_letter(uint32_t c) {
    switch (c) {
    case 0xDF: return "ss";
    case 0xE6: return "ae";
    case 0xF8: return "o";
    case 0x153: return "oe";
    case 0x111: case 0xF0: return "d";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0xFE: return "th";
    case 0x2018: case 0x2019: case 0x2BC: case 0x2BB: return "'";
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: return "-";
    default: return NULL;
    }
}

str utf8_fold(arena *a, str s) {
    if (ascii(s)) return lower_ascii(a, s);
    char *p = arena_alloc(a, (size_t)s.len * 4 + 8);
    uint32_t n = 0, length;
    for (uint32_t i = 0; i < s.len; i += length) {
        utf8proc_int32_t c = utf8proc_tolower((utf8proc_int32_t)utf8_at(s, i, &length)), parts[8];
        int boundary = 0;
        utf8proc_ssize_t k = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);
        for (utf8proc_ssize_t j = 0; j < k && j < 8; j++) {
            const char *plain = plain_letter((uint32_t)parts[j]);
            if (plain)
                while (*plain) p[n++] = *plain++;
            else n += (uint32_t)utf8proc_encode_char(parts[j], (utf8proc_uint8_t *)p + n);
        }
    }
    return (str){p, n};
}
