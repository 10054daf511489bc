/* The learned half: which root lies between two sides, from features of the tree, the words and the frames that fired. Ridge regression onto the
 * classes (ridge.h) over hashed features and averaged word vectors; trained by `rapporteur train relate` (train_relate.c), weights in models/relate.bin.
 *
 * Classes are PLOVER's roots with CONCEDE and RETREAT as one (the training set knows them as YIELD). */
#ifndef RAP_WHAT_RANKER_H
#define RAP_WHAT_RANKER_H

#include "base/setup.h"
#include "what/reading.h"

enum { RANK_CLASSES = 15, MOST_FEATURES = 768, DENSE_PARTS = 3, MOST_VECTOR = 128, MOST_DENSE = DENSE_PARTS * MOST_VECTOR };

int rank_class(plover root);  /* 0 … RANK_CLASSES - 1; -1 for EVENT_NONE */
plover rank_root(int class);  /* RETREAT for the joint class */

/* The two sides of a question: every token's side (0 none, 1 source, 2 target) and the sides' heads, -1 for an empty side. */
typedef struct sides {
    const int32_t *side;
    int32_t source, target;
} sides;

typedef struct evidence {
    uint32_t feature[MOST_FEATURES]; /* hashes */
    float value[MOST_FEATURES];
    int count;
    float dense[MOST_DENSE];
    int dense_count;
    str *names;       /* for explain: what each feature says; NULL: not wanted */
    arena *home;
} evidence;

/* Features of the events between two sides, in one sentence whose frames have been matched into doc->events from `first_event` on. */
void evidence_gather(reading *in, const sides *between, size_t first_event, evidence *out);

typedef struct ranker ranker; /* constant after opening */
/* *out is NULL, without an error, where no model is installed. */
rap_status ranker_open(const ranker **out, const setup *with, rap_error *e);
void ranker_close(const ranker *r);
/* Probabilities [RANK_CLASSES], calibrated by the model's temperature. */
void ranker_score(const ranker *r, const evidence *ev, float *probability);
/* What a feature, or a number of the vectors, of value 1 adds to a class's log odds: for explain. */
float ranker_weight(const ranker *r, uint32_t feature, int class);
float ranker_dense(const ranker *r, int number, int class);

#endif
