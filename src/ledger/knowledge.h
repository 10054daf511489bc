/* The knowledge behind each coding, kept in the ledger, and what a change of it touches.
 *
 * A document is touched when one of its sentences holds all words of something that a changed line names: a trigger in any of its forms, a name,
 * a phrase; a line that names a state touches whoever speaks of that state. Wider than need be rather than narrower; still a document may turn
 * on a change that none of its words shows, which `recode --all` finds. */
#ifndef RAP_LEDGER_KNOWLEDGE_H
#define RAP_LEDGER_KNOWLEDGE_H

#include "ledger/ledger.h"
#include "rapporteur.h"

/* Keeps the engine's lexicon under its version, unless it is there. Its own transaction. */
void knowledge_keep(ledger *l, const rap_engine *engine);
/* Fills the temporary table `touched` (document) with those of this coding that the change to the engine's knowledge touches. False: cannot be
 * told (the old knowledge is not held, weights or program differ, too much has changed): take them all. */
bool knowledge_touched(ledger *l, const rap_engine *engine, int64_t coding, str version);

#endif
