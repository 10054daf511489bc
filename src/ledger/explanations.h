/* Claims of why: sentences with a phrase of lexicon/explanations.tsv, tied to the happening that they are about, one row a speaker; never
 * merged into one cause. */
#ifndef RAP_LEDGER_EXPLANATIONS_H
#define RAP_LEDGER_EXPLANATIONS_H

#include "ledger/happenings.h"

/* Does the sentence say why? The longest phrase that it holds. Lent by the ledger. */
bool claim_of(ledger *l, str sentence, str *kind, str *cue);
/* Keeps a sentence's claim, if it makes one; first: key of the first sentence of its block. */
void claim_keep(ledger *l, int64_t sentence, int64_t first, str text);
void explanations_store(facts *f, const happenings *h);

#endif
