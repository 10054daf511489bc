/* The chain of tags: scores, best path and posteriors of a run of words. */
#ifndef RAP_WHO_NAME_CHAIN_H
#define RAP_WHO_NAME_CHAIN_H

#include "who/name_model.h"

/* step[a][b]: score of tag b behind tag a; NAME_TAGS stands for the edges on both sides. */
typedef struct name_steps {
    float score[NAME_TAGS + 1][NAME_LANES];
} name_steps;

typedef struct name_cell { /* one word of the run */
    float emission[NAME_LANES];
    float forward[NAME_LANES], backward[NAME_LANES]; /* logarithms */
    float posterior[NAME_LANES];
    uint8_t back[NAME_LANES]; /* best path: the tag before */
    uint8_t tag;              /* on the best path */
} name_cell;

/* Fills forward, backward and posterior from emissions; returns the logarithm of the sum over all paths. */
float name_chain_sum(const name_steps *steps, name_cell *cells, int32_t count);
/* Fills tag with the best path. */
void name_chain_best(const name_steps *steps, name_cell *cells, int32_t count);

#endif
