/* A growing run of bytes on the heap, with a ceiling. Owned by whoever declared it; buffer_free ends it. */
#ifndef RAP_BASE_BUFFER_H
#define RAP_BASE_BUFFER_H

#include "base/str.h"

typedef struct buffer {
    char *ptr;
    size_t len, capacity, ceiling; /* ceiling 0 means 1 GiB */
    bool failed;                   /* out of memory or over the ceiling: what came after was not taken */
} buffer;

void buffer_add(buffer *b, const void *bytes, size_t n);
void buffer_str(buffer *b, str s);
void buffer_text(buffer *b, const char *text);
void buffer_byte(buffer *b, char c);
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_free(buffer *b);
static inline void buffer_clear(buffer *b) { b->len = 0, b->failed = false; }
static inline str buffer_view(const buffer *b) { return (str){b->ptr ? b->ptr : "", (uint32_t)b->len}; }

#endif
