#include "text/sentences.h"

#include "base/utf8.h"

word_class word_class_of(str s) {
    uint32_t length, c = utf8_at(s, 0, &length);
    if (unicode_upper(c)) return WORD_CAPITAL;
    if (unicode_letter(c)) return WORD_PLAIN;
    if (unicode_digit(c)) return WORD_NUMBER;
    switch (c) {
    case '.': return s.len == 1 ? WORD_STOP : WORD_DOTS;
    case '!': case '?': case 0x203C: case 0x2049: return WORD_CALL;
    case 0x2026: return WORD_DOTS;
    case ')': case ']': case '}': case 0x201D: case 0x2019: case 0xBB: return s.len == length ? WORD_CLOSE : WORD_OTHER;
    case '(': case '[': case '{': case 0x201C: case 0x2018: case 0xAB: return s.len == length ? WORD_OPEN : WORD_OTHER;
    case '"': return WORD_QUOTE;
    case '\'': return s.len == 1 || (s.len == 2 && s.ptr[1] == '\'') ? WORD_QUOTE : WORD_OTHER;
    case ';': case ':': case ',': return WORD_SEMI;
    default: return WORD_OTHER;
    }
}

void end_site_begin(end_site *s, int32_t begin) { s->begin = begin, s->quotes = 0, s->brackets = 0; }

void end_site_step(end_site *s) {
    str w = s->tokens[s->next - 1].form;
    if (str_in(w, "\" \u201C \u201D `` ''")) s->quotes++;
    else if (w.len == 1 && strchr("([{", w.ptr[0])) s->brackets++;
    else if (w.len == 1 && strchr(")]}", w.ptr[0]) && s->brackets > 0) s->brackets--;
}

int32_t sentence_closers(const end_site *s, int32_t i) {
    while (i > s->begin) {
        word_class k = word_class_of(s->tokens[i].form);
        if (!(k == WORD_CLOSE || k == WORD_QUOTE) || s->tokens[i - 1].space_after) break;
        i--;
    }
    return i;
}

static bool opener(const word_lists *lists, str word) {
    char buffer[32];
    if (word.len > 31) return false;
    for (uint32_t i = 0; i < word.len; i++) buffer[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] + 32) : word.ptr[i];
    return table_has(&lists->common, (str){buffer, word.len});
}

static bool all_digits(str s) {
    for (uint32_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0;
}

static bool ends_after_abbreviation(const end_site *s, abbreviation_kind kind) {
    const token *next = &s->tokens[s->next];
    word_class k = word_class_of(next->form);
    if (kind == ABBREVIATION_TITLE || k == WORD_PLAIN || k == WORD_SEMI || k == WORD_NUMBER) return false;
    if (k == WORD_OPEN || k == WORD_QUOTE) return s->next + 1 < s->last && word_class_of(s->tokens[s->next + 1].form) == WORD_CAPITAL && opener(s->lists, s->tokens[s->next + 1].form);
    return k == WORD_CAPITAL && next->form.len > 1 && opener(s->lists, next->form);
}

bool end_by_rule(const end_site *s) {
    int32_t end = s->next - 1, word = sentence_closers(s, end);
    const token *next = &s->tokens[s->next];
    word_class k = word_class_of(s->tokens[word].form), n = word_class_of(next->form);
    bool glued = !s->tokens[end].space_after;
    if (glued && (n == WORD_CLOSE || n == WORD_QUOTE || n == WORD_STOP || n == WORD_CALL || n == WORD_SEMI)) return false;
    if (n == WORD_CLOSE || n == WORD_SEMI || n == WORD_STOP || n == WORD_DOTS) return false;
    abbreviation_kind kind = abbreviation_of(s->lists, s->tokens[word].form);
    if (kind) return ends_after_abbreviation(s, kind);
    if (k == WORD_STOP) {
        if (word == s->begin + 1 && all_digits(s->tokens[s->begin].form)) return false; /* "1." of a list */
        return n != WORD_PLAIN;
    }
    if (k == WORD_CALL) return n != WORD_PLAIN && !(word < end && n == WORD_OTHER);
    if (k == WORD_DOTS) return n == WORD_CAPITAL || n == WORD_OPEN || n == WORD_QUOTE;
    return false;
}
