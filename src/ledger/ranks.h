/* Ranks of offices, by lexicon/ranks.tsv. */
#ifndef RAP_LEDGER_RANKS_H
#define RAP_LEDGER_RANKS_H

#include "ledger/ledger.h"

typedef struct ranks {
    struct rank_line { str rank, word; } *lines;
    size_t count, capacity;
} ranks;

void ranks_load(ledger *l, arena *home, ranks *r);
str rank_of(const ranks *r, arena *a, str role); /* "" when no word fits */

#endif
