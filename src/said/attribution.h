/* Attributions as PolNeAR marks them (Newell et al. 2018): a cue, the content it introduces, the source that holds it.
 *
 * Every verb, reporting noun, adjective, "according", colon may be a cue; trees and quotation marks propose its possible contents and sources;
 * linear models, trained on PolNeAR, choose. A pair of cue and content is accepted when its score is above a threshold, best first. */
#ifndef RAP_SAID_ATTRIBUTION_H
#define RAP_SAID_ATTRIBUTION_H

#include "said/linear.h"
#include "said/reading.h"
#include "said/tagger.h"

enum { MOST_PARTS = 4, MOST_CANDIDATES = 96 };

typedef struct tokens_span { int32_t first, last; } tokens_span; /* both inclusive */

typedef struct candidate {
    tokens_span part[MOST_PARTS];
    int parts;
    uint64_t type;  /* hash of how it was found: "ccomp", "obl:of", "quote before" … */
    int32_t head;   /* token that heads it, or -1 (quotation marks alone) */
    float score;
} candidate;

typedef struct attribution_model {
    tagger words;
    linear cue, content, source;
    float threshold; /* overlap to expect from what is accepted */
} attribution_model;

/* What is looked up once a token. */
typedef struct attribution_reading {
    reading *r;
    uint64_t *lemma; /* hash by token, with its particle */
    const float *views; /* [token][TAG_LABELS], NULL: none */
    uint8_t *sorts;  /* by token: 0 not asked yet, 1 no vector, 2 known; then its SORTS kinds */
} attribution_reading;

attribution_reading attribution_open(reading *r);
bool may_be_cue(const attribution_reading *a, int32_t t);
bool is_bracket(const reading *r, int32_t t); /* "[Star.]" at the end of a paragraph */
void cue_features(const attribution_reading *a, int32_t t, feature_list *f);
int content_candidates(const attribution_reading *a, int32_t t, candidate *out);
void content_features(const attribution_reading *a, int32_t t, const candidate *c, const candidate *all, int count, feature_list *f);
int source_candidates(const attribution_reading *a, int32_t t, const candidate *held, candidate *out); /* the first is "none" */
void source_features(const attribution_reading *a, int32_t t, const candidate *content, const candidate *s, feature_list *f);

/* ---- attributions.c ---- */

typedef struct found_attribution {
    int32_t cue;
    candidate content, source;
    float score;
    int32_t relayed_by; /* cue of the report that passes this one on ("Yonhap said, citing an official"), plus one; 0: none */
} found_attribution;

/* Chosen attributions in the document's arena, best first. */
size_t attributions_find(const attribution_reading *a, const attribution_model *m, found_attribution **out);

/* Of n proposals with their chances of being the right one, the one nearest to right; its expected overlap. */
int best_expected(const candidate *list, int n, const float *chance, float *expected);
void cue_score_features(float cue_score, feature_list *f, uint64_t type);

/* Bytes of a part, with the sentence's block. */
void part_bytes(const reading *r, tokens_span s, uint32_t *start, uint32_t *end);
bool candidate_holds(const candidate *c, int32_t t);                /* is the token in one of its parts? */
float candidate_overlap(const candidate *a, const candidate *b); /* intersection over union, in tokens */

#endif
