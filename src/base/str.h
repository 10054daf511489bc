/* str: a span of bytes somebody else owns. Nothing in the program assumes a NUL behind it. */
#ifndef RAP_BASE_STR_H
#define RAP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *ptr;
    uint32_t len;
} str;

#define STR(literal) ((str){"" literal, (uint32_t)(sizeof(literal) - 1)})
#define STR_ARG(s) (int)(s).len, (s).ptr /* for "%.*s" */

static inline str str_of(const char *c) { return (str){c, c ? (uint32_t)strlen(c) : 0}; }
static inline str str_sub(str s, uint32_t start, uint32_t end) { return (str){start ? s.ptr + start : s.ptr, end - start}; } /* of an empty one with NULL, too */
static inline bool str_eq(str a, str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }
static inline bool str_is(str a, const char *b) { return str_eq(a, str_of(b)); }
static inline bool str_empty(str s) { return s.len == 0; }

bool str_eq_nocase(str a, str b); /* ASCII case folded, other bytes as they are */
bool str_is_nocase(str a, const char *b);
bool str_starts(str s, const char *prefix);
bool str_ends(str s, const char *suffix);
int str_compare(str a, str b);                  /* bytewise order: <0, 0, >0 */
bool str_in(str s, const char *space_separated); /* is s one of the words? */
int32_t str_find(str s, str needle);            /* byte offset of the first occurrence, -1 if none */
str str_trim(str s);                            /* without ASCII white space at both ends */

/* Cuts the next field off *rest at the separator; false when *rest is used up (ptr NULL). "a\t\tb" has three fields. */
bool str_split(str *rest, char separator, str *field);

/* 64-bit hash of the bytes (XXH3 with seed). Frozen: model files depend on it; tests hold fixed values. */
uint64_t str_hash(str s, uint64_t seed);

/* Decimal integers and numbers as a whole field; false when anything else is there. */
bool str_to_long(str s, long *out);
bool str_to_double(str s, double *out);

#endif
