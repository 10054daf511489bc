/* What each word is likely to be in an attribution, as the parser's encoder sees it in its sentence: part of a cue, of a content, of a source,
 * the first or last word of one. One hidden layer over the encoder's state (syntax.h), trained with the models of quotations.bin, whose features
 * its answers are. */
#ifndef RAP_SAID_TAGGER_H
#define RAP_SAID_TAGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAG_STATE = 256, TAG_HIDDEN = 64, TAG_LABELS = 8 };
enum tag_label { TAG_CUE, TAG_CONTENT, TAG_CONTENT_FIRST, TAG_CONTENT_LAST, TAG_SOURCE, TAG_SOURCE_FIRST, TAG_SOURCE_LAST, TAG_UNSOURCED };

typedef struct tagger {
    const float *in;  /* [TAG_STATE + 1][TAG_HIDDEN], the bias last; NULL: no tagger */
    const float *out; /* [TAG_HIDDEN + 1][TAG_LABELS], the bias last */
} tagger;

/* Logits of the labels. */
void tagger_read(const tagger *t, const float *state, float out[TAG_LABELS]);

/* ---- training ---- */

typedef struct tagger_rows { /* words of all documents */
    int8_t *state; /* [count][TAG_STATE], times scale */
    float *scale;
    uint8_t *labels; /* bits by tag_label */
    uint8_t *fold;  /* of its document */
    size_t count, capacity;
} tagger_rows;

bool tagger_rows_add(tagger_rows *rows, const float *state, uint8_t labels, uint8_t fold); /* false: out of memory */
void tagger_rows_free(tagger_rows *rows);

typedef struct tagger_weights {
    float in[(TAG_STATE + 1) * TAG_HIDDEN], out[(TAG_HIDDEN + 1) * TAG_LABELS];
} tagger_weights;

/* From the rows whose fold is not `without` (-1: all); Adam over batches. false: out of memory. */
bool tagger_train(const tagger_rows *rows, int without, tagger_weights *w);

#endif
