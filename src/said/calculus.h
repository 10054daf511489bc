/* The calculus of factuality: what the sentence commits its innermost voice to, for every predicate, composed from the predicate's own
 * modification and everything that governs it. Rules F1 … F25 are numbered as in docs/factuality.md.
 *
 * After Sauri and Pustejovsky (2009, 2012: FactBank, De Facto), Nairn, Condoravdi and Karttunen (2006), MacCartney and Manning (2009). */
#ifndef RAP_SAID_CALCULUS_H
#define RAP_SAID_CALCULUS_H

#include "said/reading.h"

enum { MOST_MOVERS = 8 };

/* What the rules say of one predicate, and what moved it. */
typedef struct verdict {
    factuality value;
    bool sure;           /* an explicit rule decided; false where only a default did: the model may settle it */
    uint8_t rule;        /* number of the last rule that changed or set the value, 0 plain assertion */
    uint8_t mover_count;
    int32_t mover[MOST_MOVERS]; /* cues */
    uint8_t state;       /* 0 not yet, 1 being computed, 2 done */
} verdict;

typedef struct calculus {
    reading *r;
    verdict *by_token; /* one a token of the document */
} calculus;

/* Of a gerund that the tagger took for a noun behind a preposition of the verb g; NULL where the lexicon has none. */
const signature *signature_of_gerund(const calculus *c, int32_t t, int32_t g);
verdict calculus_value(calculus *c, int32_t t); /* whole: governor and own modification */

/* ---- between calculus.c (governors), nouns.c, signature.c, modification.c (what stands on the predicate itself) ---- */

void mover_add(verdict *v, int32_t mover);
void verdict_set(verdict *v, factuality value, bool sure, int rule);
void modify(calculus *c, int32_t t, verdict *v);        /* rules on the predicate itself */
bool is_event_noun(const calculus *c, int32_t t);
bool says_itself(const reading *r, int32_t t);          /* active for all that the tree says */
bool in_passive(const calculus *c, int32_t t);
int32_t modal_of(const calculus *c, int32_t t, bool *with_have, bool *shared); /* auxiliary token, -1 */
int negated(const calculus *c, int32_t t, int32_t *mover); /* 0 not, 1 negated, 2 nearly ("hardly") */
int32_t sharing_head(const calculus *c, int32_t t);      /* t, or the conjunct whose auxiliaries it shares */


/* ---- signature.c ---- */

bool opens_voice(str kind); /* does a signature of this kind give a speaker's or believer's value? */
bool embedded_question(const reading *r, int32_t t);
int32_t infinitive_mark(const reading *r, int32_t t); /* the "to" of an infinitive, also where it was read as a preposition; -1 */
bool out_of(const reading *r, int32_t of);
str complement_of(const calculus *c, int32_t t);      /* "that", "to", "ing", "from+ing" … or "" where the tree shows none */
const signature *signature_for(const calculus *c, int32_t g, str complement);
factuality by_signature(const signature *s, factuality governor); /* F10 */
str cue_kind(str kind);
void inherit(verdict *v, const verdict *from);
void set_by_signature(calculus *c, int32_t g, const signature *s, verdict *v);

/* ---- calculus.c for nouns.c, and back ---- */

void of_complement(calculus *c, int32_t t, int32_t g, verdict *v);
bool called_false(calculus *c, int32_t t, int32_t g, verdict *v);
bool ranked(reading *r, int32_t noun, int32_t t); /* "the first minister to resign" */
void of_noun(calculus *c, int32_t t, int32_t noun, verdict *v);
void event_object(calculus *c, int32_t t, int32_t g, verdict *v);
void event_subject(calculus *c, int32_t t, int32_t g, verdict *v);
void event_oblique(calculus *c, int32_t t, int32_t g, verdict *v);
void event_at_noun(calculus *c, int32_t t, int32_t noun, verdict *v);

#endif
