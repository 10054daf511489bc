#include "text/paragraphs.h"

#include "base/utf8.h"

bool blank_at(str text, uint32_t i, uint32_t *length) {
    unsigned char c = (unsigned char)text.ptr[i];
    *length = 1;
    if (c <= ' ' || c == 0x7F) return true;
    if (c < 0x80) return false;
    uint32_t code = utf8_at(text, i, length);
    return unicode_space(code) || (code >= 0x80 && code < 0xA0) || code == 0x200B || code == 0x2060 || code == 0xFEFF || code == 0x200E || code == 0x200F;
}

/* The line that begins at i: [i, *end), with *next behind its break (\n, \r\n, \r, U+2028, U+2029). */
static void line_at(str text, uint32_t i, uint32_t *end, uint32_t *next) {
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n' || c == '\r') {
            *end = i, *next = i + 1 + (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n');
            return;
        }
        if ((unsigned char)c == 0xE2 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80 && ((unsigned char)text.ptr[i + 2] & 0xFE) == 0xA8) {
            *end = i, *next = i + 3;
            return;
        }
    }
    *end = *next = text.len;
}

static bool blank_line(str text, uint32_t start, uint32_t end) {
    uint32_t length;
    for (uint32_t i = start; i < end; i += length)
        if (!blank_at(text, i, &length)) return false;
    return true;
}

bool lines_are_wrapped(str text) {
    uint32_t joints = 0, inside = 0, longest = 0;
    uint32_t at = 0, end, next, sample = 0;
    for (; at < text.len && sample < 500; at = next, sample++) {
        line_at(text, at, &end, &next);
        if (end - at > longest) longest = end - at;
        if (next >= text.len || end == at) continue;
        uint32_t after_end, after_next;
        line_at(text, next, &after_end, &after_next);
        if (blank_line(text, next, after_end)) continue;
        joints++;
        char last = text.ptr[end - 1], first = text.ptr[next];
        inside += (first >= 'a' && first <= 'z') && !strchr(".!?:", last);
    }
    return joints >= 2 && longest <= 160 && inside * 3 > joints;
}

bool paragraph_next(str text, bool wrapped, uint32_t *at, uint32_t *start, uint32_t *end) {
    uint32_t line_end, next;
    while (*at < text.len) {
        line_at(text, *at, &line_end, &next);
        if (!blank_line(text, *at, line_end)) break;
        *at = next;
    }
    if (*at >= text.len) return false;
    *start = *at, *end = line_end, *at = next;
    while (wrapped && *at < text.len) {
        uint32_t previous = line_end;
        line_at(text, *at, &line_end, &next);
        if (blank_line(text, *at, line_end)) break;
        (void)previous;
        *end = line_end, *at = next;
    }
    uint32_t length;
    while (blank_at(text, *start, &length)) *start += length;
    return true;
}
