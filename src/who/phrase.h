/* What the words of one noun phrase say about an actor: country, sectors, role, name. Reads matches; knows nothing of chains.
 *
 * A phrase is read as a core ("the Russian foreign ministry spokesman John Doe") and what hangs on it by prepositions and commas. Nearest
 * words count most; the rules are numbered and cited by tests/cases/who.tsv:
 *   W1 a person of the lexicon brings country, sector and role of the date; the words' own role stands where they give one
 *   W2 the first country named in the core is the actor's: a demonym, a possessive, a seat, or an institution's
 *   W3 "-backed", "-based", "-born" and the like take a country away; "-led" does not
 *   W4 a plain role takes its sector from the words before it, then from "of …", then its own
 *   W5 rebel and militia words outrank the soldier behind them; opposition is added
 *   W6 "former" makes a holder of office ELI
 *   W7 an office with a country and no name is its holder's on the date
 *   W8 "ambassador to X", "envoy for X" are not of X */
#ifndef RAP_WHO_PHRASE_H
#define RAP_WHO_PHRASE_H

#include "who/match.h"

typedef struct described {
    str country;
    float sure;               /* of the country */
    sectors sectors;
    const entry *person, *organization, *role, *place;
    const fact *term;         /* of the person on the date */
    bool term_past;
    str name;                 /* resolved, or as written */
    str role_text;            /* the role's words */
    str organization_text;
    bool past, office_only;   /* "former"; an office without a name */
    bool by_surname;          /* the person is told by the family name alone */
    bool by_holder;           /* the person follows from the office and the date */
    bool plural, ethnic, envoy;
    bool named;               /* the words hold a name of a person */
    bool domestic;            /* of the kind that acts at home: where nothing says, the place's country is its own */
} described;

/* Tokens [first, last) of one sentence; head: token or -1 where no tree is at hand. */
void phrase_describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out);
/* Adds what another description of the same actor says where this one is silent. */
void described_merge(described *d, const described *more);
/* CHNGOVPTY; IGOUNO for the United Nations. */
str described_code(arena *home, str country, const sectors *s);

#endif
