#include "base/str.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool str_eq_nocase(str a, str b) {
    if (a.len != b.len) return false;
    for (uint32_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    return true;
}

bool str_is_nocase(str a, const char *b) { return str_eq_nocase(a, str_of(b)); }

bool str_starts(str s, const char *prefix) {
    size_t n = strlen(prefix);
    return s.len >= n && memcmp(s.ptr, prefix, n) == 0;
}

bool str_ends(str s, const char *suffix) {
    size_t n = strlen(suffix);
    return s.len >= n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

int str_compare(str a, str b) {
    uint32_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_in(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_split(&rest, ' ', &word))
        if (str_eq(s, word)) return true;
    return false;
}

int32_t str_find(str s, str needle) {
    if (needle.len == 0) return 0;
    if (needle.len > s.len) return -1;
    const char *hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return hit ? (int32_t)(hit - s.ptr) : -1;
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

str str_trim(str s) {
    while (s.len && blank(s.ptr[0])) s.ptr++, s.len--;
    while (s.len && blank(s.ptr[s.len - 1])) s.len--;
    return s;
}

bool str_split(str *rest, char separator, str *field) {
    if (!rest->ptr) return false;
    const char *cut = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (cut) {
        *field = (str){rest->ptr, (uint32_t)(cut - rest->ptr)};
        *rest = (str){cut + 1, rest->len - field->len - 1};
    } else {
        *field = *rest;
        *rest = (str){NULL, 0};
    }
    return true;
}

uint64_t str_hash(str s, uint64_t seed) { return XXH3_64bits_withSeed(s.ptr, s.len, seed); }

bool str_to_long(str s, long *out) {
    char copy[24], *end;
    if (s.len == 0 || s.len >= sizeof copy) return false;
    memcpy(copy, s.ptr, s.len);
    copy[s.len] = 0;
    *out = strtol(copy, &end, 10);
    return *end == 0;
}

bool str_to_double(str s, double *out) {
    char copy[48], *end;
    if (s.len == 0 || s.len >= sizeof copy) return false;
    memcpy(copy, s.ptr, s.len);
    copy[s.len] = 0;
    *out = strtod(copy, &end);
    return *end == 0;
}
