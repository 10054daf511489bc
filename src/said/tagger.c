#include "said/tagger.h"

#include <string.h>

typedef float lanes __attribute__((vector_size(32)));
enum { LANES = 8, BLOCKS = TAG_HIDDEN / LANES };

typedef float quad __attribute__((vector_size(16))); /* what every machine of ours holds in one register */
enum { AT_ONCE = 4 };                                 /* blocks whose sums stay in registers: eight quads; divides BLOCKS */

static void add_inputs(float *hidden, const float *rows, const float *state) {
    quad s[2 * AT_ONCE], w;
    memcpy(s, hidden, sizeof s);
    quad s0 = s[0], s1 = s[1], s2 = s[2], s3 = s[3], s4 = s[4], s5 = s[5], s6 = s[6], s7 = s[7];
    for (int i = 0; i < TAG_STATE; i++, rows += TAG_HIDDEN) {
        quad x = {state[i], state[i], state[i], state[i]};
#define ADD(n) memcpy(&w, rows + 4 * n, sizeof w), s##n += x * w
        ADD(0), ADD(1), ADD(2), ADD(3), ADD(4), ADD(5), ADD(6), ADD(7);
#undef ADD
    }
    s[0] = s0, s[1] = s1, s[2] = s2, s[3] = s3, s[4] = s4, s[5] = s5, s[6] = s6, s[7] = s7;
    memcpy(hidden, s, sizeof s);
}

void tagger_read(const tagger *t, const float *state, float out[TAG_LABELS]) {
    float hidden[TAG_HIDDEN];
    lanes row, sum;
    memcpy(hidden, t->in + TAG_STATE * TAG_HIDDEN, sizeof hidden);
    for (int b = 0; b < BLOCKS; b += AT_ONCE) add_inputs(hidden + b * LANES, t->in + b * LANES, state);
    memcpy(&sum, t->out + TAG_HIDDEN * TAG_LABELS, sizeof sum);
    for (int h = 0; h < TAG_HIDDEN; h++) {
        float x = hidden[h];
        if (x <= 0) continue;
        memcpy(&row, t->out + h * TAG_LABELS, sizeof row);
        sum += x * row;
    }
    memcpy(out, &sum, sizeof sum);
}
