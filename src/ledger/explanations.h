/* Claims of why: sentences with a word of lexicon/explanations.tsv, or a link `because` between statements, tied to the happening that they
 * are about, one row a speaker; never merged into one cause. */
#ifndef RAP_LEDGER_EXPLANATIONS_H
#define RAP_LEDGER_EXPLANATIONS_H

#include "ledger/facts.h"

void explanations_store(facts *f);

#endif
