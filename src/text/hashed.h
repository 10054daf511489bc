/* A yes-or-no decision from hashed features: logistic regression with its weights in one table. Features are 64-bit keys; the table's size is a
 * power of two and keys that collide share a weight (K. Weinberger et al. 2009, "Feature hashing for large scale multitask learning").
 * How keys are made is frozen: the weights in models/text.bin depend on it. */
#ifndef RAP_TEXT_HASHED_H
#define RAP_TEXT_HASHED_H

#include "base/str.h"

enum { MOST_FEATURES = 48 };
typedef struct features {
    uint32_t count;
    uint64_t key[MOST_FEATURES];
} features;

typedef struct hashed {
    const int16_t *weights; /* [mask + 1], each times `scale` */
    uint32_t mask;
    float scale;
} hashed;

static inline uint64_t feature_mix(uint64_t a, uint64_t b) {
    uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9u;
    return x ^ x >> 29;
}
/* A feature is a template's number and up to three values. */
static inline void feature_add(features *f, unsigned template, uint64_t a, uint64_t b, uint64_t c) {
    if (f->count < MOST_FEATURES) f->key[f->count++] = feature_mix(feature_mix(feature_mix(template * 0x94D049BB133111EBu, a), b), c);
}
static inline uint32_t feature_slot(uint64_t key, uint32_t mask) { return (uint32_t)(key ^ key >> 32) & mask; }

/* Log odds of "yes". */
static inline float hashed_score(const hashed *model, const features *f) {
    int32_t sum = 0;
    for (uint32_t i = 0; i < f->count; i++) sum += model->weights[feature_slot(f->key[i], model->mask)];
    return (float)sum * model->scale;
}

/* The bytes lower-cased (ASCII), at most 40 of them, as a number. */
uint64_t lower_hash(str s);

#endif
