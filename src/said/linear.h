/* A linear model over hashed features: a score is the sum of the weights of the features that are there. Weights are bytes with one scale,
 * 2^k of them; a feature is a number of its template mixed with hashes of words. The mixing is frozen: model files depend on it. */
#ifndef RAP_SAID_LINEAR_H
#define RAP_SAID_LINEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_FEATURES = 160 };

typedef struct feature_list {
    uint32_t hash[MOST_FEATURES];
    int count;
} feature_list;

typedef struct linear {
    const int8_t *weights; /* NULL: no model; every score is 0 */
    uint32_t mask;
    float scale, bias;
} linear;

static inline uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t h = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdu;
    return h ^ (h >> 32);
}

static inline void feature(feature_list *f, unsigned template_number, uint64_t a, uint64_t b) {
    if (f->count < MOST_FEATURES) f->hash[f->count++] = (uint32_t)mix(mix(template_number * 0x2545f4914f6cdd1du + 1, a), b);
}

static inline float linear_score(const linear *m, const feature_list *f) {
    if (!m->weights) return 0;
    int32_t sum = 0;
    for (int i = 0; i < f->count; i++) sum += m->weights[f->hash[i] & m->mask];
    return m->bias + m->scale * (float)sum;
}

/* ---- training: logistic regression or least squares by AdaGrad, weights averaged ---- */

typedef struct linear_trainer {
    float *w, *g, *sum;  /* 2^k each: weights, squared gradients, sums for the average */
    uint32_t mask;
    float bias, bias_g, rate, l2;
    double bias_sum, steps;
    bool squares; /* least squares instead of logistic */
} linear_trainer;

bool linear_trainer_open(linear_trainer *t, unsigned bits, bool squares, float rate, float l2); /* false: out of memory */
void linear_trainer_close(linear_trainer *t);
float linear_trainer_score(const linear_trainer *t, const feature_list *f);
/* One step; target 0 or 1 (logistic) or any number (squares). Returns the score before it. */
float linear_trainer_step(linear_trainer *t, const feature_list *f, float target, float weight);
/* One step down a gradient of the loss by the score: for losses over several examples. */
void linear_trainer_move(linear_trainer *t, const feature_list *f, float gradient);
/* Replaces the weights by their average over the steps. */
void linear_trainer_average(linear_trainer *t);
/* Bytes and scale; out has 2^k bytes of the caller. */
void linear_trainer_pack(const linear_trainer *t, int8_t *out, float *scale);

#endif
