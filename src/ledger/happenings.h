/* Happenings: statements about the same event, merged across documents with the reason for each merge, and their verdicts.
 *
 * Merging (docs/ledger.md cites the numbers):
 *   M1  same event, same two parties, dates that touch: the same day for states and the unnamed, at most one day apart where a person is named;
 *   M2  an open or wide date ("in November", or only the report's own date) goes to the nearest happening of M1 that it covers;
 *   M3  what is left of one event and two parties goes together by equal dates, or by reports at most six days apart;
 *   M4  an unnamed party ("the envoy", "China") is the named one of its state when the same document or story has exactly one for that event,
 *       other party and time; but a visit to a state is not one to its leader;
 *   M5  a person said so (correct merge, correct split).
 * Verdicts, by independent sources that hold (CT, PR) that it did or did not happen:
 *   V1 only did: happened · V2 only did not: did not happen · V3 both: disputed · V4 none, but planned or expected: planned · V5 else: unclear */
#ifndef RAP_LEDGER_HAPPENINGS_H
#define RAP_LEDGER_HAPPENINGS_H

#include "ledger/facts.h"

/* Why a statement is where it is (happening_member.reason): frozen, they lie in ledgers. */
enum { REASON_FIRST = 1, REASON_M1, REASON_M2, REASON_M3, REASON_M4, REASON_M5, REASONS };
const char *reason_text(int reason);

typedef struct happening {
    str event, mode;
    int64_t key;           /* hash of its members' first id */
    int32_t a, b;          /* persons, -1 */
    day from, to;          /* DAY_NONE: undated */
    int32_t *member;       /* facts, rising; a piece of one list of all of them */
    uint32_t members;
    int32_t into;          /* merged into that one, -1 */
    int yes, no, maybe, open, planned; /* independent sources */
    int sources;
    const char *verdict;
    bool precise;
} happening;

typedef struct happenings {
    happening *list;       /* those with `into` >= 0 are empty */
    size_t count, capacity;
    int32_t *members;      /* all happenings' members, one happening's behind another's */
} happenings;

void happenings_find(facts *f, happenings *h);
void happenings_store(facts *f, const happenings *h);
void contradictions_store(facts *f, const happenings *h);
str happening_date(arena *a, const happening *h);
str happening_id(arena *a, int64_t key); /* "h" and the key; "" for 0 */

#endif
