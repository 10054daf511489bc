/* What said knows from lexicon/: signatures, reporting words, negation, modals, hedges, voices, event nouns. Read once when the engine
 * opens; constant after that. */
#ifndef RAP_SAID_KNOWLEDGE_H
#define RAP_SAID_KNOWLEDGE_H

#include "base/setup.h"
#include "base/table.h"
#include "document.h"

/* What a governor tells about its complement (lexicon/signatures.tsv). */
typedef struct signature {
    factuality positive, negative; /* value of the complement where the governor happened, and where it did not */
    str kind;
} signature;

/* A reporting word (lexicon/reporting.tsv). */
enum { PATTERN_CLAUSE = 1, PATTERN_QUOTE = 2, PATTERN_INFINITIVE = 4, PATTERN_GERUND = 8, PATTERN_OBJECT = 16, PATTERN_AS = 32,
       PATTERN_PREPOSITION = 64, PATTERN_HEDGE = 128 };
typedef struct reporting {
    stance stance;
    factuality value; /* that the speaker gives to the content */
    unsigned patterns;
    str kind;
} reporting;

typedef struct modal {
    factuality positive, negative;
    str kind;
} modal;

typedef struct hedge {
    factuality value;
    str kind;
} hedge;

typedef struct negative_word {
    str kind;    /* word, phrase, prefix, suffix, near, never */
    uint8_t cut; /* bytes of the affix; 0 for whole words */
} negative_word;

/* A construction of silence: lexicon/silences.tsv. */
enum { SILENCE_AS_IT_STANDS, SILENCE_NOT, SILENCE_NONE, SILENCE_PASSIVE, SILENCE_TOLD };
enum { SILENT_BY_SPEAKER = 100, SILENT_MEDIUM }; /* stances: a medium omits, others decline; a medium omits */
typedef struct silence_line {
    uint8_t stance, when;
    str companion, objects, behind;
    int32_t next; /* of the same word, -1 */
} silence_line;

/* Words sorted by their vectors: SORTS ways to sort them into 2^SORT_BITS kinds each (locality-sensitive hashing, Charikar 2002; sparse directions, Li et al. 2006). Words that
 * are used alike fall together in most of them. */
enum { SORTS = 12, SORT_BITS = 6, VECTOR = 100, HALF = 8 };

typedef struct knowledge {
    table signature_keys, reporting_keys, modal_keys, hedge_keys, negation_keys, voice_keys, event_keys, silence_keys;
    signature *signatures;
    reporting *reports;
    modal *modals;
    hedge *hedges;
    negative_word *negatives;
    str *negative_phrases; /* of kinds phrase and never, by number of negatives */
    str *voices;
    silence_line *silences;
    const struct syntax_stage *syntax;              /* for word vectors; NULL: none */
    uint8_t direction[SORTS * SORT_BITS][2 * HALF]; /* coordinates at random, the sum of one half against the other: on which side a vector lies sorts the words */
    uint32_t signature_count, report_count, modal_count, hedge_count, negative_count, voice_count;
    size_t silence_count, silence_capacity;
} knowledge;

void knowledge_directions(knowledge *k);
rap_status knowledge_read(knowledge *k, const setup *with, rap_error *e);

/* Look-ups; NULL where the lexicon has no such line. Lemmas in lower case. */
const signature *knowledge_signature(const knowledge *k, const char *pos, str lemma, str complement);
const reporting *knowledge_reporting(const knowledge *k, const char *pos, str lemma);
const modal *knowledge_modal(const knowledge *k, str lemma, bool with_have);
const hedge *knowledge_hedge(const knowledge *k, const char *pos, str word);
const negative_word *knowledge_negative(const knowledge *k, str lower);
bool knowledge_event_noun(const knowledge *k, str lemma);
bool knowledge_sorts(const knowledge *k, str form, str lemma, uint8_t sort[SORTS]); /* false: no vector for it */
str knowledge_voice(const knowledge *k, str word); /* "" if none */

/* Values. */
static inline int fact_sign(factuality f) { return f == FACT_UU ? 0 : f <= FACT_PS_PLUS ? 1 : -1; }
static inline int fact_degree(factuality f) { return f == FACT_UU ? 0 : f <= FACT_PS_PLUS ? 4 - (int)f : 7 - (int)f; } /* 3 certain … 1 */
factuality fact_make(int sign, int degree);
bool fact_of(str name, factuality *out);
/* b said under a: signs multiply, the weaker degree holds, open stays open. */
factuality fact_under(factuality a, factuality b);

#endif
