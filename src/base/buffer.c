#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

void buffer_add(buffer *b, const void *bytes, size_t n) {
    size_t ceiling = b->ceiling ? b->ceiling : (size_t)1 << 30;
    if (b->failed || n == 0) return;
    if (n > ceiling - b->len) {
        b->failed = true;
        return;
    }
    if (b->len + n > b->capacity) {
        size_t room = b->capacity ? b->capacity : 256;
        while (room < b->len + n) room *= 2;
        char *bigger = memory_grow(b->ptr, room);
        if (!bigger) {
            b->failed = true;
            return;
        }
        b->ptr = bigger;
        b->capacity = room;
    }
    memcpy(b->ptr + b->len, bytes, n);
    b->len += n;
}

void buffer_str(buffer *b, str s) { buffer_add(b, s.ptr, s.len); }
void buffer_text(buffer *b, const char *text) { buffer_add(b, text, strlen(text)); }
void buffer_byte(buffer *b, char c) { buffer_add(b, &c, 1); }

void buffer_format(buffer *b, const char *format, ...) {
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof small) {
        buffer_add(b, small, (size_t)n);
    } else if (n >= 0) {
        char *large = memory_new((size_t)n + 1);
        if (large) {
            vsnprintf(large, (size_t)n + 1, format, again);
            buffer_add(b, large, (size_t)n);
        } else b->failed = true;
        memory_free(large);
    }
    va_end(again);
}

void buffer_free(buffer *b) {
    memory_free(b->ptr);
    *b = (buffer){.ceiling = b->ceiling};
}
