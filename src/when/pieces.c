/* Cuts a sentence into pieces: runs of letters, runs of digits, single marks. Tokenisers differ over "mid-2011", "10am" and "p.m."; pieces do not. */
#include "base/utf8.h"
#include "when/grammar.h"

enum { LONGEST_WORD = 16 }; /* of the grammar */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

/* Dashes and apostrophes of Unicode's General Punctuation as ASCII; 0 for any other character. */
static char plain_mark(const char *p, size_t left) {
    if (left < 3 || (unsigned char)p[0] != 0xE2 || (unsigned char)p[1] != 0x80) return 0;
    unsigned char c = (unsigned char)p[2];
    if (c >= 0x90 && c <= 0x95) return '-';
    if (c == 0x98 || c == 0x99) return '\'';
    return c >= 0x80 && c <= 0xBF ? '"' : 0;
}

/* One piece of `text` (a token's bytes) from `i` on; returns its length. */
static uint32_t piece_next(const grammar *g, str text, uint32_t i, piece *out) {
    const char *p = text.ptr + i;
    uint32_t n = 0, left = text.len - i;
    char lower[LONGEST_WORD];
    *out = (piece){.number = -1, .kind = PIECE_MARK};
    if (is_digit(*p)) {
        long value = 0;
        for (; n < left && is_digit(p[n]); n++)
            if (n < 8) value = value * 10 + (p[n] - '0');
        out->kind = PIECE_DIGITS;
        out->digits = n > 200 ? 200 : (uint8_t)n;
        out->number = n <= 8 ? (int32_t)value : -1;
        return n;
    }
    char mark = plain_mark(p, left);
    if (!mark && is_letter((unsigned char)*p)) {
        for (; n < left && is_letter((unsigned char)p[n]) && !plain_mark(p + n, left - n); n++)
            if (n < LONGEST_WORD) lower[n] = p[n] >= 'A' && p[n] <= 'Z' ? (char)(p[n] + 32) : p[n];
        out->kind = PIECE_WORD;
        out->capital = *p >= 'A' && *p <= 'Z';
        if (n <= LONGEST_WORD) table_get(&g->index, (str){lower, n}, &out->word);
        return n;
    }
    lower[0] = mark ? mark : *p;
    table_get(&g->index, (str){lower, 1}, &out->word);
    return mark ? 3 : 1;
}

size_t pieces_of(const grammar *g, document *doc, const sentence *s, piece **out) {
    size_t count = 0, bytes = s->end > s->start ? s->end - s->start : 0;
    piece *list = arena_array(&doc->home, piece, bytes + 1);
    uint32_t end = UINT32_MAX;
    for (int32_t t = s->first; t < s->last; t++) {
        const struct token *word = &doc->tokens[t];
        str text = document_span(doc, s->block, word->start, word->end);
        for (uint32_t i = 0; i < text.len && count < bytes;) {
            piece *next = &list[count];
            uint32_t n = piece_next(g, text, i, next);
            next->token = t;
            next->start = word->start + i;
            next->end = next->start + n;
            next->glued = next->start == end;
            end = next->end;
            i += n;
            if (i > 0) count++;
        }
    }
    *out = list;
    return count;
}
