/* A document's words as hashes and counts: what stories are compared by, small enough to hold all in memory. */
#ifndef RAP_LEDGER_TERMS_H
#define RAP_LEDGER_TERMS_H

#include "ledger/ledger.h"

enum { TERM_TITLE = 1, TERM_NAME = 2, TERM_LEAD = 4 }; /* in the title; with a capital inside a sentence, or a number; in the first 60 words */
typedef struct term {
    uint32_t hash;
    uint8_t count, flags;
    uint16_t spare;
} term;

str terms_pack(arena *a, str title, str body); /* term[], by rising hash */

/* Words of a text, lower case, in turn: letters and digits, inner apostrophes cut with what follows ("Kim's": "kim"). */
typedef struct words {
    str text;
    uint32_t at;
    bool capital, opens; /* of the last word: written with a capital; first of a sentence */
    bool opening;
} words;
bool words_next(words *w, char *lower, uint32_t room, uint32_t *length);

#endif
