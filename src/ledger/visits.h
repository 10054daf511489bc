/* Visits of officials abroad, what became of them, and how unusual that was. */
#ifndef RAP_LEDGER_VISITS_H
#define RAP_LEDGER_VISITS_H

#include "ledger/happenings.h"
#include "ledger/leaders.h"

typedef enum outcome { OUTCOME_UNREPORTED, OUTCOME_RECEIVED, OUTCOME_NOT, OUTCOME_REFUSED, OUTCOME_DISPUTED, OUTCOME_PLANNED } outcome;

typedef struct visit {
    int32_t traveller;
    str home, host, rank, office;
    day from, to;
    bool wide;               /* its time is only roughly known: told in retrospect */
    bool doubtful;           /* wide, and perhaps another visit of the same traveller under another date */
    outcome outcome;
    bool contested;          /* some hold the contrary, but at least twice as many this */
    int32_t leader;          /* of the host on that day, if named; -1 */
    int32_t *happenings;     /* that make it up */
    size_t count, capacity;
    int32_t *with_leader;    /* of these, those with the leader */
    size_t leader_count, leader_capacity;
} visit;

typedef struct visits { visit *list; size_t count, capacity; } visits;

void visits_find(facts *f, const happenings *h, const leaders *who, visits *v);
void precedents_store(facts *f, const happenings *h, const visits *v);
const char *outcome_name(outcome o);

#endif
