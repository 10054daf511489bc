/* Clauses as when/ and where/ see them: what an event shares its time and place with. */
#ifndef RAP_WHEN_CLAUSE_H
#define RAP_WHEN_CLAUSE_H

#include "document.h"

/* Lemmas of verbs that report; the time and place of a saying are not those of what is said. */
extern const char clause_reports[];

/* A verb, or a predicate with a copula. */
bool clause_verb(const document *doc, int32_t t);
/* Does the relation open a clause of its own? */
bool clause_opens(deprel d);
/* The token whose clause the event at `t` shares its time and place with ("refused" for "meet", "held" for "talks"), -1 none. */
int32_t clause_above(const document *doc, int32_t t);

#endif
