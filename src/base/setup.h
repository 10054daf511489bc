/* What a stage is given when the engine opens: where knowledge and weights come from. */
#ifndef RAP_BASE_SETUP_H
#define RAP_BASE_SETUP_H

#include "base/lexicon.h"
#include "base/model_file.h"

typedef struct setup {
    const lexicon *lexicon;
    arena *home;           /* lives as long as the engine: for the stages' tables */
    const char *models;    /* folder, may be NULL: pass it to model_open */
    bool states;           /* keep encoder states */
    const struct syntax_stage *syntax; /* once opened: for its word vectors */
    uint64_t *stamp;       /* fold each model's version into it: setup_stamp */
} setup;

static inline void setup_stamp(const setup *s, const model_file *m) {
    *s->stamp = str_hash(str_of(m->version), *s->stamp);
}

#endif
