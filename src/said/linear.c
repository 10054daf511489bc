#include "said/linear.h"

#include <math.h>

#include "base/memory.h"

bool linear_trainer_open(linear_trainer *t, unsigned bits, bool squares, float rate, float l2) {
    size_t n = (size_t)1 << bits;
    *t = (linear_trainer){.mask = (uint32_t)(n - 1), .rate = rate, .l2 = l2, .squares = squares};
    t->w = memory_new(n * sizeof(float)), t->g = memory_new(n * sizeof(float)), t->sum = memory_new(n * sizeof(float));
    if (!t->w || !t->g || !t->sum) {
        linear_trainer_close(t);
        return false;
    }
    for (size_t i = 0; i < n; i++) t->w[i] = t->g[i] = t->sum[i] = 0;
    return true;
}

void linear_trainer_close(linear_trainer *t) {
    memory_free(t->w), memory_free(t->g), memory_free(t->sum);
    *t = (linear_trainer){0};
}

float linear_trainer_score(const linear_trainer *t, const feature_list *f) {
    float s = t->bias;
    for (int i = 0; i < f->count; i++) s += t->w[f->hash[i] & t->mask];
    return s;
}

/* The average is kept lazily: sum holds Σ (change × step at which it came), so that average = w - sum / steps. */
void linear_trainer_move(linear_trainer *t, const feature_list *f, float d) {
    t->steps += 1;
    for (int i = 0; i < f->count; i++) {
        uint32_t k = f->hash[i] & t->mask;
        float g = d + t->l2 * t->w[k];
        t->g[k] += g * g;
        float change = -t->rate * g / (sqrtf(t->g[k]) + 1e-3f);
        t->w[k] += change;
        t->sum[k] += change * (float)(t->steps * 1e-6);
    }
    t->bias_g += d * d;
    float change = -t->rate * d / (sqrtf(t->bias_g) + 1e-3f);
    t->bias += change;
    t->bias_sum += (double)change * t->steps * 1e-6;
}

float linear_trainer_step(linear_trainer *t, const feature_list *f, float target, float weight) {
    float s = linear_trainer_score(t, f);
    float p = t->squares ? s : 1 / (1 + expf(-s));
    linear_trainer_move(t, f, (p - target) * weight);
    return s;
}

void linear_trainer_average(linear_trainer *t) {
    float steps = (float)(t->steps * 1e-6);
    if (steps <= 0) return;
    for (size_t i = 0; i <= t->mask; i++) t->w[i] -= t->sum[i] / steps;
    t->bias -= (float)(t->bias_sum / (double)steps);
}

void linear_trainer_pack(const linear_trainer *t, int8_t *out, float *scale) {
    float most = 1e-9f;
    for (size_t i = 0; i <= t->mask; i++) most = fmaxf(most, fabsf(t->w[i]));
    most = fminf(most, 4.0f);
    *scale = most / 127;
    for (size_t i = 0; i <= t->mask; i++) out[i] = (int8_t)lrintf(fmaxf(-127, fminf(127, t->w[i] / *scale)));
}
