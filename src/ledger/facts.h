/* All statements in memory, as the derivations need them: corrections applied, people under one number each, origins known. */
#ifndef RAP_LEDGER_FACTS_H
#define RAP_LEDGER_FACTS_H

#include "ledger/ledger.h"

typedef struct person { /* anyone or anything that acts: one `who` key */
    str who, name, country, role, sector;
    uint32_t uses;
    bool named; /* a name of its own, rather than "CHN GOV" or a whole state */
    bool state; /* a whole state */
    str rank;   /* of the role, by lexicon/ranks.tsv: visits.c's own, filled when it first asks; ptr NULL before */
} person;

typedef enum leaning { LEANS_OPEN, LEANS_YES, LEANS_NO, LEANS_MAYBE } leaning;

typedef struct fact { /* a statement: there may be millions, so every byte counts */
    int64_t key;
    str id;
    int64_t sentence;
    int32_t event, mode, factuality; /* into words */
    int32_t document;      /* into documents */
    int32_t source, target; /* into persons, -1 */
    int32_t speaker;       /* innermost, into persons, -1 */
    int32_t origin;        /* number of the independent source */
    int32_t place;         /* into places, -1 */
    int32_t group;         /* happening */
    day from, to, published;
    uint8_t leans;         /* a leaning */
    uint8_t reason;        /* of its being there: see happenings.h */
    bool background, planned, dropped; /* dropped: a person said that it is no event */
} fact;

typedef struct fact_document {
    int64_t key;
    str id, outlet;
    int32_t original; /* document whose copy this is, itself else */
    day day;
    bool readable, imported;
    int32_t origin_number;
    int64_t story;         /* 0 none */
    int64_t coding;
} fact_document;

typedef struct facts {
    ledger *l;
    arena *home;
    fact *list;             /* by day, then id: the same in any order of adding */
    size_t count, capacity;
    person *persons;
    size_t person_count, person_capacity;
    fact_document *documents; /* by id */
    size_t document_count, document_capacity;
    size_t origin_count;
    struct fact_place { str name, country; } *places;
    size_t place_count, place_capacity;
    table person_of, origin_of;
    str *words;             /* events, modes and factualities, each once, in the order of the alphabet: numbers compare as they do */
    size_t word_count, word_capacity;
} facts;

static inline str event_of(const facts *f, const fact *t) { return f->words[t->event]; }
static inline str mode_of(const facts *f, const fact *t) { return f->words[t->mode]; }
static inline str factuality_of(const facts *f, const fact *t) { return f->words[t->factuality]; }

void facts_load(ledger *l, arena *home, facts *f);
bool symmetric_event(str event); /* CONSULT, AGREE, COOPERATE */
str day_text(arena *a, day d);   /* "" for DAY_NONE */
/* "2017-11-20", "2017-11-17/2017-11-20", "2012-11", "2012": as short as the interval allows */
str interval_text(arena *a, day from, day to);

#endif
