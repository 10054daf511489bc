/* The reading of one noun phrase while it lasts: what phrase.c, phrase_core.c and phrase_sectors.c share. */
#ifndef RAP_WHO_PHRASE_SCAN_H
#define RAP_WHO_PHRASE_SCAN_H

#include "who/phrase.h"

typedef struct scan {
    const knowledge *k;
    document *doc;
    const notes *n;
    day date;
    described *d;
    int32_t head, first, last; /* of the core */
    const match *head_role;    /* match of d->role */
    sectors mods;              /* of words before the head role, nearest first */
    bool place_only;
    bool of_body;              /* an office of a body that is no government */
} scan;

/* Is the token's form, in small letters, one of these words? */
bool token_says(const document *doc, int32_t t, const char *words);
/* The country, where none was told before. */
void described_country(described *d, str country, float sure);
/* A state, and no body or region that stands in a country's column. */
bool country_is_state(str country);

/* phrase_core.c: the end of a nickname in quotation marks that stands inside a name, where t opens it; else t. */
int32_t nickname_end(const document *doc, int32_t t, int32_t last);
/* "Supporters of X", "X's widow": told by somebody who is not the actor. */
bool role_tied(const entry *role);

/* Reads the words [first, last) in front of all prepositions and commas into s->d. phrase_core.c */
void scan_core(scan *s, int32_t first, int32_t last);

/* The sectors that the words of the core add up to, with those behind "of"; of: NULL where nothing hangs on it. phrase_sectors.c */
void scan_sectors(scan *s, const described *of);
/* W1: the named person's office on the date. */
void scan_term(scan *s);
/* Peoples of many states. */
void described_region(described *d);
/* W6 */
void described_past(described *d);
/* W7 */
void scan_holder(scan *s);

#endif
