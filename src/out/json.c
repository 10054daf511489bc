#include "out/json.h"

#include <math.h>

void json_text(buffer *b, str s) {
    buffer_byte(b, '"');
    uint32_t from = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        buffer_add(b, s.ptr + from, i - from);
        from = i + 1;
        switch (c) {
        case '"': buffer_text(b, "\\\""); break;
        case '\\': buffer_text(b, "\\\\"); break;
        case '\n': buffer_text(b, "\\n"); break;
        case '\t': buffer_text(b, "\\t"); break;
        case '\r': buffer_text(b, "\\r"); break;
        default: buffer_format(b, "\\u%04x", c);
        }
    }
    if (from < s.len) buffer_add(b, s.ptr + from, s.len - from);
    buffer_byte(b, '"');
}

void json_key(buffer *b, const char *name) {
    if (b->len && b->ptr[b->len - 1] != '{') buffer_byte(b, ',');
    buffer_format(b, "\"%s\":", name);
}

void json_member(buffer *b, const char *name, str value) {
    json_key(b, name);
    json_text(b, value);
}

void json_number(buffer *b, const char *name, long value) {
    json_key(b, name);
    buffer_format(b, "%ld", value);
}

void json_decimal(buffer *b, const char *name, double value, int decimals) {
    json_key(b, name);
    if (isfinite(value)) buffer_format(b, "%.*f", decimals, value);
    else buffer_text(b, "null");
}

void json_flag(buffer *b, const char *name, bool value) {
    json_key(b, name);
    buffer_text(b, value ? "true" : "false");
}

void json_absent(buffer *b, const char *name) {
    json_key(b, name);
    buffer_text(b, "null");
}
