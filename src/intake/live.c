#include "intake/live.h"

#include <stdlib.h>

#include "intake/furniture.h"

enum { GROUP_DATE = 18, LEVELS = 5, MOST_MARKS = 2000, LEAST_ENTRIES = 4, LEAST_WORDS = 4 };

/* An element around a time, and what makes its kind: where it stands, what it is called. */
typedef struct entry { int32_t parent, node; uint32_t kind; bool taken; } entry;

static int by_kind(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->parent != y->parent) return x->parent < y->parent ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static bool is_time(const html_node *n) { return n->tag == TAG_TIME || (n->tag != TAG_TEXT && n->groups >> GROUP_DATE & 1); }

/* All elements up to some levels above each time, each once, alike ones together. */
static size_t around_times(const page *p, arena *scratch, entry **out) {
    const html_node *n = page_nodes(p);
    entry *list = NULL;
    size_t count = 0, capacity = 0, kept = 0;
    int marks = 0;
    for (int32_t i = 0; i < page_count(p) && marks < MOST_MARKS; i++) {
        if (!is_time(&n[i])) continue;
        marks++;
        for (int32_t at = n[i].parent, k = 0; at >= 0 && n[at].parent >= 0 && k < LEVELS; at = n[at].parent, k++)
            arena_push(scratch, list, count, capacity, ((entry){n[at].parent, at, n[at].groups * 2654435761u ^ n[at].tag, false}));
    }
    if (count) qsort(list, count, sizeof *list, by_kind);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || list[i].node != list[kept - 1].node) list[kept++] = list[i];
    *out = list;
    return kept;
}

/* The entry that a block stands in, NULL. They are sorted, and none lies in another. */
static entry *entry_of(const page *p, entry *list, size_t n, int32_t node) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (page_nodes(p)[list[middle].node].end <= node) low = middle + 1;
        else high = middle;
    }
    return low < n && list[low].node <= node ? &list[low] : NULL;
}

static bool is_text(const page *p, const html_block *b) {
    str line = page_prose(p, b);
    return b->words >= LEAST_WORDS && b->link_words * 3 < b->words && line_closed(line) && !line_is_furniture(p->words, line) && !line_is_credit(line);
}

static bool is_heading(const page *p, const html_block *b) {
    uint8_t t = page_nodes(p)[b->node].tag;
    return t >= TAG_H2 && t <= TAG_H4 && b->link_words == 0;
}

/* "10:05", "10h05", "3:20 pm": an entry's mark, no text of it. */
static bool is_clock(const page *p, const html_block *b) {
    str line = page_prose(p, b);
    return b->words <= 3 && line.len <= 12 && line.ptr[0] >= '0' && line.ptr[0] <= '9' && (str_find(line, STR(":")) > 0 || str_find(line, STR("h")) > 0 || str_find(line, STR(".")) > 0);
}

static void take(const page *p, judged *marks, float cut, entry *list, size_t n) {
    const html_block *b = page_block(p);
    size_t taken = 0;
    for (int32_t i = 0; i < page_block_count(p); i++) {
        entry *e = marks[i].score > cut && b[i].node >= 0 && is_text(p, &b[i]) ? entry_of(p, list, n, b[i].node) : NULL;
        if (e && !e->taken) e->taken = true, taken++;
    }
    if (taken < LEAST_ENTRIES - 1 || taken * 4 < n) return;
    for (int32_t i = 0; i < page_block_count(p); i++) {
        if (marks[i].score <= JUDGE_BARRED || b[i].node < 0 || b[i].hidden || !entry_of(p, list, n, b[i].node)) continue;
        if (is_clock(p, &b[i])) marks[i].score = cut;
        else if (marks[i].score <= cut && (is_text(p, &b[i]) || is_heading(p, &b[i]))) marks[i].score = cut + 1e-3f;
    }
}

void live_take_entries(const page *p, judged *marks, float cut, arena *scratch) {
    entry *list;
    size_t n = around_times(p, scratch, &list);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && list[j].parent == list[i].parent && list[j].kind == list[i].kind;) j++;
        if (j - i >= LEAST_ENTRIES) take(p, marks, cut, list + i, j - i);
    }
}
