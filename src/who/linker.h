/* Coreference while it is worked out: what chains.c and its sieves share. */
#ifndef RAP_WHO_LINKER_H
#define RAP_WHO_LINKER_H

#include "who/phrase_scan.h"
#include "who/stage.h"

typedef struct linker {
    const who_stage *stage;
    const knowledge *k;
    document *doc;
    int32_t *parent;   /* union-find over mentions */
    str *key;          /* folded name or lemma of the head */
    const entry **entry; /* of the lexicon, where the mention is its name */
    described **about; /* lazily */
    int8_t *number, *gender, *animate; /* 0 unknown; 1 sing 2 plur; 1 m 2 f; 1 yes 2 no */
    bool *quoted;      /* by token: inside quotation marks */
} linker;

/* The mention that stands for the set of this one. */
int32_t link_root(linker *l, int32_t i);
/* Makes one of two sets; what is known of either is known of both. The later mention's antecedent is told if it had none. */
void link_join(linker *l, int32_t later, int32_t earlier, float confidence);
/* What the mention's words say, read once. */
const described *link_about(linker *l, int32_t i);

static inline const token *link_head(const linker *l, int32_t i) { return &l->doc->tokens[l->doc->mentions[i].head]; }
static inline int32_t link_sentence(const linker *l, int32_t i) { return link_head(l, i)->sentence; }
static inline bool link_name(const linker *l, int32_t i) { return l->doc->mentions[i].kind == MENTION_NAME; }
static inline bool link_person_name(const linker *l, int32_t i) { return link_name(l, i) && l->doc->mentions[i].type == ENTITY_PERSON; }
static inline bool link_types_agree(entity_type a, entity_type b) {
    bool person_a = a == ENTITY_PERSON, person_b = b == ENTITY_PERSON;
    return person_a == person_b;
}

/* The sieves, in the order of their running. chains_names.c */
void sieve_same_names(linker *l);
void sieve_acronyms(linker *l);
void sieve_parts_of_names(linker *l);
/* chains_nouns.c */
void sieve_appositions(linker *l);
void sieve_offices(linker *l);
void sieve_commas(linker *l);
void sieve_nouns(linker *l);
void sieve_same_words(linker *l);
/* chains_epithets.c */
void sieve_epithets(linker *l);
/* chains_pronouns.c */
void sieve_pronouns(linker *l);

#endif
