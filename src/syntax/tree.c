#include "syntax/tree.h"

static int best_word(const float *row, int n, int self) {
    int best = -1;
    for (int h = 1; h <= n; h++)
        if (h != self + 1 && (best < 0 || row[h] > row[best])) best = h;
    return best;
}

/* The word whose being the root gains most over its best other head. */
static int choose_root(const float *scores, int stride, int n, const int *heads) {
    int root = 0;
    float most = 0;
    for (int d = 0; d < n; d++) {
        const float *row = scores + d * stride;
        float gain = heads[d] > 0 ? row[0] - row[heads[d]] : row[0];
        if (d == 0 || gain > most) root = d, most = gain;
    }
    return root;
}

/* colour[d] of a word is the number of the walk that first met it; a walk that meets itself has found a cycle. Returns a word on it, -1. */
static int find_cycle(const int *heads, int n, int *colour) {
    for (int d = 0; d < n; d++) colour[d] = 0;
    for (int start = 0; start < n; start++) {
        int d = start;
        while (d >= 0 && !colour[d]) colour[d] = start + 1, d = heads[d] - 1;
        if (d >= 0 && colour[d] == start + 1) return d;
    }
    return -1;
}

/* Marks the words that lead into the cycle through `on`: none of them may take over one of its words. */
static void mark_component(const int *heads, int n, int on, int *mark) {
    for (int d = 0; d < n; d++) mark[d] = 0;
    int d = on;
    do mark[d] = 2, d = heads[d] - 1; while (d != on);
    for (int again = 1; again;) {
        again = 0;
        for (d = 0; d < n; d++)
            if (!mark[d] && heads[d] && mark[heads[d] - 1]) mark[d] = again = 1;
    }
}

static void open_cycle(const float *scores, int stride, int n, int on, int *heads, int *mark) {
    mark_component(heads, n, on, mark);
    int word = -1, head = 0;
    float least = 0;
    for (int d = 0; d < n; d++) {
        if (mark[d] != 2) continue;
        const float *row = scores + d * stride;
        for (int h = 1; h <= n; h++) {
            float cost = row[heads[d]] - row[h];
            if (!mark[h - 1] && (word < 0 || cost < least)) word = d, head = h, least = cost;
        }
    }
    heads[word] = head; /* the root is never in a cycle's component, so there is one */
}

void tree_decode(const float *scores, int stride, int n, int *heads, int *room) {
    for (int d = 0; d < n; d++) heads[d] = n > 1 ? best_word(scores + d * stride, n, d) : 0;
    heads[choose_root(scores, stride, n, heads)] = 0;
    for (int on; (on = find_cycle(heads, n, room)) >= 0;) open_cycle(scores, stride, n, on, heads, room + n);
}
