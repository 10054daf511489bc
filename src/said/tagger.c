#include "said/tagger.h"

#include <string.h>

typedef float lanes __attribute__((vector_size(32)));
enum { LANES = 8, BLOCKS = TAG_HIDDEN / LANES };

void tagger_read(const tagger *t, const float *state, float out[TAG_LABELS]) {
    lanes hidden[BLOCKS], row, sum;
    memcpy(hidden, t->in + TAG_STATE * TAG_HIDDEN, sizeof hidden);
    for (int i = 0; i < TAG_STATE; i++) {
        const float *w = t->in + i * TAG_HIDDEN;
        for (int b = 0; b < BLOCKS; b++) {
            memcpy(&row, w + b * LANES, sizeof row);
            hidden[b] += state[i] * row;
        }
    }
    memcpy(&sum, t->out + TAG_HIDDEN * TAG_LABELS, sizeof sum);
    for (int h = 0; h < TAG_HIDDEN; h++) {
        float x = hidden[h / LANES][h % LANES];
        if (x <= 0) continue;
        memcpy(&row, t->out + h * TAG_LABELS, sizeof row);
        sum += x * row;
    }
    memcpy(out, &sum, sizeof sum);
}
