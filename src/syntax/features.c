#include "syntax/features.h"

#include "base/utf8.h"

static const uint32_t affix_buckets[AFFIX_LONGEST] = {256, 1024, 4096, 4096, 4096};

/* FNV-1a, 32 bits, the kind of feature as first byte. */
static uint32_t fnv(const char *bytes, uint32_t length, uint32_t kind) {
    uint32_t h = (2166136261u ^ kind) * 16777619u;
    for (uint32_t i = 0; i < length; i++) h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    return h;
}

static bool is_capital(uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7); }

static uint32_t normal_char(uint32_t c) {
    switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x60: case 0xB4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: return '"';
    case 0x2010: case 0x2011: case 0x2212: return '-';
    case 0x2012: case 0x2013: case 0x2014: case 0x2015: return 0x2013;
    default: return is_capital(c) ? c + 32 : c;
    }
}

static uint32_t class_of(uint32_t c) {
    if (is_capital(c)) return 'X';
    if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c < 0x2000)) return 'x';
    if (c >= '0' && c <= '9') return 'd';
    if (c < 0x2000) return c;
    uint32_t n = normal_char(c);
    return n < 128 ? n : 'u';
}

static uint32_t put(char *out, uint32_t at, uint32_t c) {
    if (c < 0x80) return out[at] = (char)c, at + 1;
    if (c < 0x800) {
        out[at] = (char)(0xC0 | c >> 6), out[at + 1] = (char)(0x80 | (c & 63));
        return at + 2;
    }
    if (c < 0x10000) {
        out[at] = (char)(0xE0 | c >> 12), out[at + 1] = (char)(0x80 | (c >> 6 & 63)), out[at + 2] = (char)(0x80 | (c & 63));
        return at + 3;
    }
    out[at] = (char)(0xF0 | c >> 18), out[at + 1] = (char)(0x80 | (c >> 12 & 63));
    out[at + 2] = (char)(0x80 | (c >> 6 & 63)), out[at + 3] = (char)(0x80 | (c & 63));
    return at + 4;
}

static uint32_t unify(char *s, uint32_t length, bool dash) {
    if (length == 2 && s[0] == s[1] && s[0] == '\'') return s[0] = '"', 1;
    if (dash && (length == 2 || length == 3) && memcmp(s, "---", length) == 0) return put(s, 0, 0x2013);
    if (!dash && length == 3 && memcmp(s, "---", 3) == 0) return 2;
    return length;
}

void spelling_of(str form, spelling *out) {
    out->normal_length = out->vector_length = out->shape_length = 0;
    uint32_t last = 0, before = 0;
    for (uint32_t i = 0, n; i < form.len && i < LONGEST_FORM; i += n) {
        uint32_t c = utf8_at(form, i, &n), normal = normal_char(c), class = class_of(c);
        bool digit = c >= '0' && c <= '9';
        out->normal_length = put(out->normal, out->normal_length, digit ? '0' : normal);
        out->vector_length = put(out->vector, out->vector_length, normal);
        if (class != last || class != before) out->shape_length = put(out->shape, out->shape_length, class), before = last, last = class;
    }
    out->normal_length = unify(out->normal, out->normal_length, true);
    out->vector_length = unify(out->vector, out->vector_length, false);
}

int spelling_rows(const spelling *s, uint32_t rows[MOST_FORM_ROWS]) {
    int count = 0;
    uint32_t base = 0, at = 0;
    for (uint32_t k = 0; k < AFFIX_LONGEST && at < s->normal_length; k++) { /* prefixes, a character longer each time */
        do at++; while (at < s->normal_length && ((unsigned char)s->normal[at] & 0xC0) == 0x80);
        rows[count++] = base + fnv(s->normal, at, 1 + k + 1) % affix_buckets[k];
        base += affix_buckets[k];
    }
    base = AFFIX_ROWS, at = s->normal_length;
    for (uint32_t k = 0; k < AFFIX_LONGEST && at > 0; k++) {
        do at--; while (at > 0 && ((unsigned char)s->normal[at] & 0xC0) == 0x80);
        rows[count++] = base + fnv(s->normal + at, s->normal_length - at, 1 + 8 + k + 1) % affix_buckets[k];
        base += affix_buckets[k];
    }
    rows[count++] = 2 * AFFIX_ROWS + fnv(s->shape, s->shape_length, 32) % SHAPE_ROWS;
    return count;
}
