#include "who/name_chain.h"

#include <math.h>

#define BARRED (-1e9f)

static float step(const name_steps *s, int a, int b) { return name_tag_barred(a, b) ? BARRED : s->score[a][b]; }

static float log_sum(const float *x, int n) {
    float most = BARRED * 2, sum = 0;
    for (int i = 0; i < n; i++) most = x[i] > most ? x[i] : most;
    if (most <= BARRED / 2) return BARRED;
    for (int i = 0; i < n; i++) sum += expf(x[i] - most);
    return most + logf(sum);
}

float name_chain_sum(const name_steps *s, name_cell *c, int32_t count) {
    float x[NAME_TAGS];
    for (int32_t i = 0; i < count; i++)
        for (int b = 0; b < NAME_TAGS; b++) {
            for (int a = 0; a < NAME_TAGS; a++) x[a] = (i ? c[i - 1].forward[a] : BARRED) + step(s, a, b);
            c[i].forward[b] = c[i].emission[b] + (i ? log_sum(x, NAME_TAGS) : step(s, NAME_TAGS, b));
        }
    for (int32_t i = count - 1; i >= 0; i--)
        for (int a = 0; a < NAME_TAGS; a++) {
            for (int b = 0; b < NAME_TAGS; b++) x[b] = i + 1 < count ? step(s, a, b) + c[i + 1].emission[b] + c[i + 1].backward[b] : BARRED;
            c[i].backward[a] = i + 1 < count ? log_sum(x, NAME_TAGS) : s->score[a][NAME_TAGS];
        }
    for (int a = 0; a < NAME_TAGS; a++) x[a] = c[0].forward[a] + c[0].backward[a];
    float all = log_sum(x, NAME_TAGS);
    for (int32_t i = 0; i < count; i++)
        for (int a = 0; a < NAME_TAGS; a++) c[i].posterior[a] = expf(c[i].forward[a] + c[i].backward[a] - all);
    return all;
}

void name_chain_best(const name_steps *s, name_cell *c, int32_t count) {
    float best[NAME_TAGS], next[NAME_TAGS];
    for (int32_t i = 0; i < count; i++) {
        for (int b = 0; b < NAME_TAGS; b++) {
            next[b] = i ? 3 * BARRED : step(s, NAME_TAGS, b);
            for (int a = 0; i && a < NAME_TAGS; a++)
                if (best[a] + step(s, a, b) > next[b]) next[b] = best[a] + step(s, a, b), c[i].back[b] = (uint8_t)a;
            next[b] += c[i].emission[b];
        }
        memcpy(best, next, sizeof best);
    }
    int last = 0;
    for (int a = 1; a < NAME_TAGS; a++)
        if (best[a] + s->score[a][NAME_TAGS] > best[last] + s->score[last][NAME_TAGS]) last = a;
    for (int32_t i = count - 1; i >= 0; i--) {
        c[i].tag = (uint8_t)last;
        last = c[i].back[last];
    }
}
