/* Which blocks of a page are its article: features of each block, weighed by gradient-boosted trees (models/extract.bin, made by train/extract.py). */
#ifndef RAP_INTAKE_JUDGE_H
#define RAP_INTAKE_JUDGE_H

#include "intake/page.h"

/* Features from JUDGE_CONTEXT on are of the second look: they hold what the first made of the blocks around. */
enum { JUDGE_CONTEXT = 110, JUDGE_FEATURES = 126 };
enum { JUDGE_BARRED = -20 }; /* the score of what is never article: comments, newsletter forms */

typedef struct judge_model judge_model;
/* The model beside the program, opened once and kept like intake_words. NULL with *e when it is not there or does not fit this program. */
const judge_model *judge_get(rap_error *e);
/* The same, opened anew and closed by the caller. */
judge_model *judge_open(rap_error *e);
void judge_close(judge_model *m);

typedef struct judged {
    float features[JUDGE_FEATURES];
    float score; /* log odds of being part of the article */
} judged;

/* Fills out[page_block_count(p)]. title: the page's headline; known: the article's text where the page states it (JSON-LD), else "". scratch:
 * memory for one page. model NULL, for training: scores are taken as they are in `out`, only features are filled. */
void judge_blocks(const judge_model *model, const page *p, str title, str known, arena *scratch, judged *out);
/* Blocks with a score above this are the article: 0, or less where nothing on the page is sure. */
float judge_cut(const judged *blocks, int32_t count);

#endif
