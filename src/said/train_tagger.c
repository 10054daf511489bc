/* Training of said/tagger.h: sums of logistic losses over the labels, Adam (Kingma and Ba 2015) over batches, step length falling to nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "said/tagger.h"
#include "said/training.h"

enum { EPOCHS = 4, BATCH = 64 };

static bool widen(void **list, size_t capacity, size_t item) {
    void *more = memory_grow(*list, capacity * item);
    if (more) *list = more;
    return more != NULL;
}

bool tagger_rows_add(tagger_rows *rows, const float *state, uint8_t labels, uint8_t fold) {
    if (rows->count == rows->capacity) {
        size_t wider = rows->capacity ? rows->capacity * 2 : 65536;
        void *s = rows->state, *c = rows->scale, *l = rows->labels, *f = rows->fold;
        bool ok = widen(&s, wider, TAG_STATE) && widen(&c, wider, sizeof(float)) && widen(&l, wider, 1) && widen(&f, wider, 1);
        rows->state = s, rows->scale = c, rows->labels = l, rows->fold = f;
        if (!ok) return false;
        rows->capacity = wider;
    }
    float most = 1e-9f;
    for (int i = 0; i < TAG_STATE; i++) most = fmaxf(most, fabsf(state[i]));
    int8_t *to = rows->state + rows->count * TAG_STATE;
    for (int i = 0; i < TAG_STATE; i++) to[i] = (int8_t)lrintf(state[i] / most * 127);
    rows->scale[rows->count] = most / 127, rows->labels[rows->count] = labels, rows->fold[rows->count] = fold;
    rows->count++;
    return true;
}

void tagger_rows_free(tagger_rows *rows) {
    memory_free(rows->state), memory_free(rows->scale), memory_free(rows->labels), memory_free(rows->fold);
    *rows = (tagger_rows){0};
}

typedef struct adam { tagger_weights gradient, mean, square; } adam;

enum { WEIGHTS = sizeof(tagger_weights) / sizeof(float) };

static void step(tagger_weights *w, adam *a, int number, float rate) {
    float *weight = (float *)w, *g = (float *)&a->gradient, *m = (float *)&a->mean, *v = (float *)&a->square;
    float unbias = sqrtf(1 - powf(0.999f, (float)number)) / (1 - powf(0.9f, (float)number));
    for (int i = 0; i < WEIGHTS; i++) {
        float d = g[i] / BATCH + 1e-6f * weight[i];
        m[i] = 0.9f * m[i] + 0.1f * d;
        v[i] = 0.999f * v[i] + 0.001f * d * d;
        weight[i] -= rate * unbias * m[i] / (sqrtf(v[i]) + 1e-8f);
        g[i] = 0;
    }
}

typedef float lanes __attribute__((vector_size(32)));

/* to += x * from, TAG_HIDDEN of them. */
static void add_times(float *to, float x, const float *from) {
    lanes a, b;
    for (int h = 0; h < TAG_HIDDEN; h += 8) {
        memcpy(&a, to + h, sizeof a), memcpy(&b, from + h, sizeof b);
        a += x * b;
        memcpy(to + h, &a, sizeof a);
    }
}

static void learn_word(const tagger_weights *w, tagger_weights *g, const float *x, unsigned labels) {
    float hidden[TAG_HIDDEN], back[TAG_HIDDEN], logit[TAG_LABELS], miss[TAG_LABELS];
    memcpy(hidden, w->in + TAG_STATE * TAG_HIDDEN, sizeof hidden);
    for (int i = 0; i < TAG_STATE; i++) add_times(hidden, x[i], w->in + i * TAG_HIDDEN);
    memcpy(logit, w->out + TAG_HIDDEN * TAG_LABELS, sizeof logit);
    for (int h = 0; h < TAG_HIDDEN; h++)
        for (int l = 0; l < TAG_LABELS && hidden[h] > 0; l++) logit[l] += hidden[h] * w->out[h * TAG_LABELS + l];
    for (int l = 0; l < TAG_LABELS; l++) miss[l] = 1 / (1 + expf(-logit[l])) - (float)(labels >> l & 1);
    for (int h = 0; h < TAG_HIDDEN; h++) {
        back[h] = 0;
        if (hidden[h] <= 0) continue;
        for (int l = 0; l < TAG_LABELS; l++) {
            back[h] += miss[l] * w->out[h * TAG_LABELS + l];
            g->out[h * TAG_LABELS + l] += miss[l] * hidden[h];
        }
    }
    for (int l = 0; l < TAG_LABELS; l++) g->out[TAG_HIDDEN * TAG_LABELS + l] += miss[l];
    for (int i = 0; i < TAG_STATE; i++) add_times(g->in + i * TAG_HIDDEN, x[i], back);
    add_times(g->in + TAG_STATE * TAG_HIDDEN, 1, back);
}

static void start(tagger_weights *w) {
    uint64_t state = 88172645463325252u;
    memset(w, 0, sizeof *w);
    for (int i = 0; i < WEIGHTS; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        ((float *)w)[i] = ((float)(state >> 40) / 16777216.0f - 0.5f) * 0.12f;
    }
}

bool tagger_train(const tagger_rows *rows, int without, tagger_weights *w) {
    adam *a = memory_new(sizeof *a);
    size_t *order = memory_new((rows->count + 1) * sizeof *order), n = 0;
    bool ok = a && order;
    if (ok) memset(a, 0, sizeof *a), start(w);
    for (size_t i = 0; ok && i < rows->count; i++)
        if (rows->fold[i] != without) order[n++] = i;
    float x[TAG_STATE];
    int number = 0;
    const double steps = (double)EPOCHS * (double)(n / BATCH + 1);
    for (int epoch = 0; ok && epoch < EPOCHS; epoch++) {
        shuffle(order, n, (uint64_t)epoch + 1);
        for (size_t k = 0; k < n; k++) {
            const int8_t *s = rows->state + order[k] * TAG_STATE;
            for (int i = 0; i < TAG_STATE; i++) x[i] = (float)s[i] * rows->scale[order[k]];
            learn_word(w, &a->gradient, x, rows->labels[order[k]]);
            if ((k + 1) % BATCH == 0 || k + 1 == n) number++, step(w, a, number, 2e-3f * (float)(1 - number / (steps + 1)));
        }
    }
    memory_free(a), memory_free(order);
    return ok;
}
