/* Choosing: each cue's best content, best first, no two contents that are the same or cross. */
#include "said/attribution.h"

#include <math.h>
#include <stdlib.h>

enum { CUE_FLOOR = -4 }; /* logit below which a word is no cue whatever its contents */

typedef struct pair {
    int32_t cue;
    candidate content;
    float score;
} pair;

static int by_score(const void *a, const void *b) {
    const pair *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    if (x->cue != y->cue) return x->cue < y->cue ? -1 : 1;
    return x->content.part[0].first < y->content.part[0].first ? -1 : x->content.part[0].first > y->content.part[0].first;
}

void cue_score_features(float cue_score, feature_list *f, uint64_t type) {
    int level = (int)(cue_score * 2 + 100) - 100;
    level = level < -12 ? -12 : level > 12 ? 12 : level;
    feature(f, 150, (uint64_t)(level + 20), 0);
    feature(f, 151, (uint64_t)(level + 20), type);
}

static bool contains(const candidate *a, const candidate *b) { /* all of b within a */
    for (int k = 0; k < b->parts; k++) {
        bool in = false;
        for (int i = 0; i < a->parts; i++) in |= a->part[i].first <= b->part[k].first && a->part[i].last >= b->part[k].last;
        if (!in) return false;
    }
    return true;
}

static bool collides(const found_attribution *list, size_t n, const pair *p) {
    for (size_t i = n; i-- > 0;) {
        if (list[i].cue == p->cue) return true;
        float o = candidate_overlap(&list[i].content, &p->content);
        if (o > 0.5f) return true;
        if (o > 0 && !contains(&list[i].content, &p->content) && !contains(&p->content, &list[i].content)) return true;
    }
    return false;
}

/* Many proposals differ by a few words. What counts is to be near the right one, so the best is not the likeliest but the one with the most
 * overlap to expect: the sum over all of the chance that it is the right one times their overlap, where that is at least half. */
int best_expected(const candidate *list, int n, const float *chance, float *expected) {
    int best = 0;
    *expected = -1;
    for (int i = 0; i < n; i++) {
        float sum = 0;
        for (int k = 0; k < n; k++) {
            if (chance[k] < 0.005f) continue;
            float o = i == k ? 1 : candidate_overlap(&list[i], &list[k]);
            if (o >= 0.5f) sum += o * chance[k];
        }
        if (sum > *expected) *expected = sum, best = i;
    }
    return best;
}

static void choose_source(const attribution_reading *a, const attribution_model *m, found_attribution *found) {
    candidate list[MOST_CANDIDATES];
    float chance[MOST_CANDIDATES], most = -1e9f, sum = 0, expected;
    feature_list f;
    int n = source_candidates(a, found->cue, &found->content, list);
    for (int i = 0; i < n; i++) {
        source_features(a, found->cue, &found->content, &list[i], &f);
        chance[i] = linear_score(&m->source, &f);
        if (chance[i] > most) most = chance[i];
    }
    for (int i = 0; i < n; i++) chance[i] = expf(chance[i] - most), sum += chance[i];
    for (int i = 0; i < n; i++) chance[i] /= sum;
    found->source = list[best_expected(list, n, chance, &expected)];
}

/* The content that one cue introduces, if it introduces any. */
static bool best_content(const attribution_reading *a, const attribution_model *m, int32_t t, float cue_score, pair *out) {
    candidate list[MOST_CANDIDATES];
    float chance[MOST_CANDIDATES], expected;
    feature_list f;
    int n = content_candidates(a, t, list);
    if (!n) return false;
    for (int i = 0; i < n; i++) {
        content_features(a, t, &list[i], list, n, &f);
        cue_score_features(cue_score, &f, list[i].type);
        chance[i] = 1 / (1 + expf(-linear_score(&m->content, &f)));
    }
    int best = best_expected(list, n, chance, &expected);
    *out = (pair){t, list[best], expected};
    return expected > m->threshold;
}

size_t attributions_find(const attribution_reading *a, const attribution_model *m, found_attribution **out) {
    document *doc = a->r->doc;
    size_t count = 0, capacity = 0, kept = 0;
    pair *pairs = NULL, p;
    feature_list f;
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
        if (!may_be_cue(a, t)) continue;
        cue_features(a, t, &f);
        float cue_score = linear_score(&m->cue, &f);
        if (cue_score >= (float)CUE_FLOOR && best_content(a, m, t, cue_score, &p)) arena_push(&doc->home, pairs, count, capacity, p);
    }
    if (count) qsort(pairs, count, sizeof *pairs, by_score);
    found_attribution *found = arena_array(&doc->home, found_attribution, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (collides(found, kept, &pairs[i])) continue;
        found[kept] = (found_attribution){.cue = pairs[i].cue, .content = pairs[i].content, .score = pairs[i].score};
        choose_source(a, m, &found[kept++]);
    }
    *out = found;
    return kept;
}
