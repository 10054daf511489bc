#include "ledger/terms.h"

#include <stdlib.h>

static bool word_byte(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

/* General punctuation (curly quotes, dashes, the ellipsis) is E2 80 xx. */
static bool punctuation3(str t, uint32_t i) { return i + 2 < t.len && (unsigned char)t.ptr[i] == 0xe2 && (unsigned char)t.ptr[i + 1] == 0x80; }

static bool apostrophe(str t, uint32_t i, uint32_t *length) {
    if (t.ptr[i] == '\'') return *length = 1, true;
    if (punctuation3(t, i) && (unsigned char)t.ptr[i + 2] == 0x99) return *length = 3, true;
    return false;
}

bool words_next(words *w, char *lower, uint32_t room, uint32_t *length) {
    str t = w->text;
    uint32_t i = w->at, n = 0, skip;
    while (i < t.len && (!word_byte((unsigned char)t.ptr[i]) || punctuation3(t, i))) {
        if (t.ptr[i] == '.' || t.ptr[i] == '\n' || t.ptr[i] == '!' || t.ptr[i] == '?' || t.ptr[i] == ':') w->opening = true;
        i += punctuation3(t, i) ? 3 : 1;
    }
    if (i >= t.len) return false;
    w->capital = (t.ptr[i] >= 'A' && t.ptr[i] <= 'Z') || (t.ptr[i] >= '0' && t.ptr[i] <= '9');
    w->opens = w->opening;
    w->opening = false;
    for (; i < t.len && word_byte((unsigned char)t.ptr[i]) && !punctuation3(t, i); i++) {
        char c = t.ptr[i];
        if (n < room) lower[n++] = (c >= 'A' && c <= 'Z') ? (char)(c + 32) : c;
    }
    if (i < t.len && apostrophe(t, i, &skip) && i + skip < t.len && word_byte((unsigned char)t.ptr[i + skip]))
        for (i += skip; i < t.len && word_byte((unsigned char)t.ptr[i]) && !punctuation3(t, i);) i++;
    w->at = i;
    *length = n;
    return true;
}

/* Plurals and the commonest endings fall together: "schoolgirls" and "schoolgirl", "removed" and "removes". */
static uint32_t stem(const char *w, uint32_t n) {
    if (n > 4 && memcmp(w + n - 3, "ies", 3) == 0) return n - 2; /* parties, party: parti, part… y is cut below */
    if (n > 4 && memcmp(w + n - 2, "es", 2) == 0) return n - 2;
    if (n > 3 && w[n - 1] == 's' && w[n - 2] != 's') return n - 1;
    if (n > 5 && memcmp(w + n - 3, "ing", 3) == 0) return n - 3;
    if (n > 4 && memcmp(w + n - 2, "ed", 2) == 0) return n - 2;
    if (n > 4 && (w[n - 1] == 'e' || w[n - 1] == 'y')) return n - 1;
    return n;
}

typedef struct gathering {
    term *list;
    size_t count, capacity;
    arena *home;
} gathering;

static void gather(gathering *g, str text, bool title) {
    char lower[64];
    uint32_t n, number = 0;
    words w = {.text = text, .opening = true};
    while (words_next(&w, lower, sizeof lower, &n)) {
        number++;
        if (n < 2 && !(lower[0] >= '0' && lower[0] <= '9')) continue;
        uint8_t flags = (uint8_t)((title ? TERM_TITLE : 0) | (w.capital && !w.opens && !title ? TERM_NAME : 0) | (number <= 60 || title ? TERM_LEAD : 0));
        term t = {(uint32_t)str_hash((str){lower, stem(lower, n)}, 0x7e12), 1, flags, 0};
        arena_push(g->home, g->list, g->count, g->capacity, t);
    }
}

static int by_hash(const void *a, const void *b) {
    uint32_t x = ((const term *)a)->hash, y = ((const term *)b)->hash;
    return x < y ? -1 : x > y;
}

str terms_pack(arena *a, str title, str body) {
    gathering g = {.home = a};
    size_t n = 0;
    gather(&g, title, true);
    gather(&g, body, false);
    if (!g.count) return STR("");
    qsort(g.list, g.count, sizeof *g.list, by_hash);
    for (size_t i = 0; i < g.count; i++)
        if (n && g.list[n - 1].hash == g.list[i].hash) {
            g.list[n - 1].flags |= g.list[i].flags;
            if (g.list[n - 1].count < 255) g.list[n - 1].count++;
        } else g.list[n++] = g.list[i];
    return (str){(char *)g.list, (uint32_t)(n * sizeof *g.list)};
}
