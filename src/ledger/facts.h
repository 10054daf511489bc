/* All statements in memory, as the derivations need them: corrections applied, people under one number each, origins known. */
#ifndef RAP_LEDGER_FACTS_H
#define RAP_LEDGER_FACTS_H

#include "ledger/ledger.h"

typedef struct person { /* anyone or anything that acts: one `who` key */
    str who, name, country, role, sector;
    uint32_t uses;
    bool named; /* a name of its own, rather than "CHN GOV" or a whole state */
    bool state; /* a whole state */
    str rank;   /* of the role, by lexicon/ranks.tsv: filled when first asked for (visits.c); ptr NULL before */
} person;

typedef enum leaning { LEANS_OPEN, LEANS_YES, LEANS_NO, LEANS_MAYBE } leaning;

typedef struct fact { /* a statement */
    int64_t key;
    str id, doc, event, mode, factuality, basis, stance;
    int32_t document;      /* into documents */
    int32_t source, target; /* into persons, -1 */
    leaning leans;
    day from, to, published;
    bool background, planned, dropped; /* dropped: a person said that it is no event */
    int16_t kind;          /* number of the event in the order of names: compares as the names do */
    int32_t origin;        /* number of the independent source */
    int32_t place;         /* into places, -1 */
    int32_t speaker;       /* innermost, into persons, -1 */
    int32_t group;         /* happening */
    int reason;            /* of its being there: see happenings.h */
    int64_t sentence;
} fact;

typedef struct fact_document {
    int64_t key;
    str id, outlet, origin, published;
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
    str *origins;
    size_t origin_count, origin_capacity;
    struct fact_place { str name, country; } *places;
    size_t place_count, place_capacity;
    table person_of, origin_of, words; /* words: events, modes and the like, each kept once */
    str *word_list;
    size_t word_count, word_capacity;
} facts;

void facts_load(ledger *l, arena *home, facts *f);
bool symmetric_event(str event); /* CONSULT, AGREE, COOPERATE */
str day_text(arena *a, day d);   /* "" for DAY_NONE */
/* "2017-11-20", "2017-11-17/2017-11-20", "2012-11", "2012": as short as the interval allows */
str interval_text(arena *a, day from, day to);

#endif
