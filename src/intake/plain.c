#include "intake/plain.h"

#include "base/buffer.h"
#include "intake/fields.h"
#include "intake/furniture.h"

/* "Key: value" with a key of letters, blanks and dashes; false for anything else. */
static bool key_line(str line, str *key, str *value) {
    uint32_t i = 0;
    while (i < line.len && i < 24 && (((line.ptr[i] | 32) >= 'a' && (line.ptr[i] | 32) <= 'z') || line.ptr[i] == '-' || line.ptr[i] == '_' || line.ptr[i] == ' ')) i++;
    if (i == 0 || i >= line.len || line.ptr[i] != ':' || line.ptr[0] == ' ') return false;
    *key = str_trim(str_sub(line, 0, i));
    *value = str_trim(str_sub(line, i + 1, line.len));
    return true;
}

static str next_line(str text, uint32_t *at) {
    str rest = str_sub(text, *at, text.len), line;
    str_split(&rest, '\n', &line);
    *at += line.len + 1;
    if (*at > text.len) *at = text.len;
    return str_trim(line);
}

/* Bytes of the head with the blank line behind it; 0 when the text does not open with one. The first key must be a field's name. */
static uint32_t head_length(str text) {
    uint32_t at = 0;
    str key, value;
    for (int n = 0; at < text.len; n++) {
        str line = next_line(text, &at);
        if (line.len == 0 && n > 0) return at;
        if (!key_line(line, &key, &value)) return 0;
        field f = field_common(key);
        if (n == 0 && (f == FIELD_NONE || f == FIELD_TEXT)) return 0;
    }
    return at;
}

static void read_head(document *doc, const intake_words *words, str head) {
    uint32_t at = 0;
    str key, value;
    while (at < head.len)
        if (key_line(next_line(head, &at), &key, &value)) field_set(doc, words, field_common(key), value, false);
}

static str without_returns(document *doc, str text) {
    if (!memchr(text.ptr, '\r', text.len)) return text;
    char *to = arena_alloc(&doc->home, (size_t)text.len + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r') to[n++] = text.ptr[i];
        else if (i + 1 == text.len || text.ptr[i + 1] != '\n') to[n++] = '\n';
    }
    return (str){to, n};
}

/* A short unclosed first line with a blank line behind it and text below is a title. */
static str take_title(document *doc, str text) {
    uint32_t at = 0;
    str first = next_line(text, &at);
    if (doc->title.len || first.len == 0 || first.len > 250 || line_words(first) > 30 || line_closed(first)) return text;
    uint32_t behind = at;
    if (at >= text.len || next_line(text, &behind).len != 0) return text;
    str rest = str_trim(str_sub(text, behind, text.len));
    if (line_words(rest) < 20) return text;
    doc->title = first;
    return rest;
}

void plain_read(document *doc, const intake_words *words, str text, str raw, bool repaired) {
    text = str_trim(without_returns(doc, text));
    str body = text;
    uint32_t head = head_length(text);
    if (head) {
        read_head(doc, words, str_sub(text, 0, head));
        body = str_trim(str_sub(text, head, text.len));
    } else if (!saved_page_read(doc, words, text, &body)) body = take_title(doc, text);
    document_date_from_elsewhere(doc, words, body);
    document_finish(doc, words, body, raw, repaired);
}
