/* What the files of this folder share while one document is read: the document, the knowledge, and what has been found out about tokens. */
#ifndef RAP_WHAT_READING_H
#define RAP_WHAT_READING_H

#include "what/frames.h"
#include "who/who.h"

/* Is a token's phrase somebody who can act? Asked of who_actor once a token. */
enum { ACTOR_UNASKED = 0, ACTOR_NO = 1, ACTOR_YES = 2, ACTOR_STATE = 4, ACTOR_PERSON = 8, ACTOR_ORG = 16, ACTOR_ARMED = 32, ACTOR_GROUP = 64, ACTOR_COUNTRY = 128 };

typedef struct reading {
    document *doc;
    const frame_set *set;
    const who_stage *who;
    const struct syntax_stage *syntax; /* for word vectors; NULL: none */
    uint8_t *actors;   /* a token: ACTOR_… */
    const struct ranker *ranker;  /* NULL: none, or not wanted */
    struct evidence *evidence;    /* room for one question to it */
    int32_t *side;                /* room for its sides, all 0 between questions */
    int32_t sport_class, play_class, harm_class, private_class, people_class, contest_class;
    bool sport;        /* the sentence speaks of sport, and of no harm done */
    bool vote;         /* … of polls and delegates, and of no harm done */
    int32_t armed_class, instrument_class, quantity_class, site_class, carry_class, object_control_class, subject_control_class, depiction_class;
    int32_t source_chain;    /* of the event whose target is being looked for: what is its own is no target; -1 */
    int nested;        /* how deep a frame asks what root the words in its places have */
    const frame *hidden; /* training: as if the lexicon lacked it */
    const int32_t *given; /* relate: the tokens of the given sides count as actors; NULL otherwise. 1 source, 2 target */
} reading;

enum { MANY_SOURCES = -2 }; /* source_chain of several: "their" is their own */

/* What stands in a place: head tokens. */
enum { MOST_FILLERS = 8 };
typedef struct fillers {
    int32_t at[MOST_FILLERS];
    int count;
} fillers;

/* ---- actors.c ---- */
uint8_t actor_flags(reading *in, int32_t t);
static inline bool is_actor(reading *in, int32_t t) { return (actor_flags(in, t) & ACTOR_YES) != 0; }
/* The actor that a phrase is or leads to ("Georgia's capital", "a hospital in Hajjah"), -1. A source does not lead to a mere place. */
int32_t actor_in(reading *in, int32_t t, bool as_source);
/* Somebody of public life (a state, an office, a party, armed men, an organisation between states), or nobody can say; firms, the press, private people are not. */
bool of_public_life(reading *in, int32_t t);
bool is_firm(reading *in, int32_t t);
/* The doer of a deed that a noun names, -1; its victims are not. */
int32_t doer_of(reading *in, int32_t t);
/* Has this noun a frame of that root? */
bool names_deed(const reading *in, int32_t t, plover root);
bool actors_share_country(reading *in, int32_t a, int32_t b);
/* Is it the source itself or something of its own ("its troops")? By source_chain. */
bool own_to_source(const reading *in, int32_t t);
bool filler_fits(reading *in, int32_t t, const frame_value *values, int count);

/* ---- clause.c: arguments as in the active sentence ---- */
bool is_passive(const document *doc, int32_t verb);
/* The subject as it stands (through coordination, control, relative and participial clauses), -1. */
int32_t surface_subject(reading *in, int32_t verb);
int32_t logical_subject(reading *in, int32_t verb); /* the agent of a passive */
int32_t logical_object(reading *in, int32_t verb);
int32_t relative_head(const document *doc, int32_t pronoun); /* the noun that "who" stands for; the token itself if it is none */
/* "out of": the words of a phrase's preposition or subordinator, joined by a space; the span lives in doc->home. */
bool opened_by(const document *doc, int32_t t, str prep);
bool is_infinitive(const document *doc, int32_t t);

/* ---- noun.c: arguments of event nouns ---- */
/* The light verb that carries a noun ("hold talks"), -1; *kind says how its subject takes part. */
int32_t light_verb_of(reading *in, int32_t noun, light_kind *kind);

/* ---- weigh.c ---- */
/* Asks the ranker about every event from `first` on: blends its view into the confidence, notes its best alternatives for explain. */
void weigh_events(reading *in, size_t first);

/* ---- fillers.c ---- */
void fill(reading *in, int32_t trigger, char pos, const frame_place *where, fillers *out);
/* Adds t and all that are coordinated with it. */
void fillers_add(const document *doc, fillers *f, int32_t t);

#endif
