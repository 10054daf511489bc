/* The learned judgement on word and sentence boundaries (models/text.bin): what the rules say is one feature among others. Without the file, or
 * where the learned margin is silent, the rules decide. Trained by text_train. */
#ifndef RAP_TEXT_MODEL_H
#define RAP_TEXT_MODEL_H

#include "base/model_file.h"
#include "text/hashed.h"
#include "text/sentences.h"

/* Sizes of the weight tables; powers of two. A model file of other sizes is refused. */
enum { CUT_WEIGHTS = 1 << 16, END_WEIGHTS = 1 << 17, KNOWN_BITS = 1 << 19 };

typedef struct text_model {
    hashed cuts, ends;
    const uint8_t *known; /* Bloom filter of words the treebanks have in lower case, KNOWN_BITS bits; NULL: none are */
} text_model;

/* Is this word, lower-cased to `hash`, one that the treebanks have in lower case? */
static inline bool word_known(const uint8_t *known, uint64_t hash) {
    uint32_t a = (uint32_t)hash & (KNOWN_BITS - 1), b = (uint32_t)(hash >> 32) & (KNOWN_BITS - 1);
    return known && (known[a >> 3] >> (a & 7) & 1) && (known[b >> 3] >> (b & 7) & 1);
}
static inline void word_learn(uint8_t *known, uint64_t hash) {
    uint32_t a = (uint32_t)hash & (KNOWN_BITS - 1), b = (uint32_t)(hash >> 32) & (KNOWN_BITS - 1);
    known[a >> 3] = (uint8_t)(known[a >> 3] | 1u << (a & 7));
    known[b >> 3] = (uint8_t)(known[b >> 3] | 1u << (b & 7));
}

void cut_features(const cut_site *site, const uint8_t *known, features *f);
/* False where no sentence can end, by rule: nothing to be asked. */
bool end_features(const end_site *site, const uint8_t *known, features *f);

bool cut_decide(const text_model *model, const cut_site *site);
bool end_decide(const text_model *model, const end_site *site);

#endif
