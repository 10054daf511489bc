/* Who led a state on a day: lexicon/leaders.tsv (name, country, first day, last month). */
#ifndef RAP_LEDGER_LEADERS_H
#define RAP_LEDGER_LEADERS_H

#include "ledger/ranks.h"

typedef struct leaders {
    struct term_of_office { str name, country; day first, last; } *terms; /* by country */
    size_t count, capacity;
    ranks ranks;
    table countries; /* first term of each */
} leaders;

void leaders_load(ledger *l, arena *home, leaders *who);
/* By folded name and day; after the list's end, or for a state it lacks, by the rank of the role. */
bool is_leader(const leaders *who, str fold, str country, str rank, day on);

#endif
