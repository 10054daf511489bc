/* Who mentioned a story, who did not, and who cannot be judged; what each outlet holds.
 *
 * S1 Held: a document that is dated, in a language the program reads, neither truncated nor (for a fifth or more) skipped.
 * S2 An outlet can be judged for a story when it is held on at least one day from two days before the story's first to two days after its last.
 * S3 Mentioned: one of its documents is in the story. Silent: judged and not mentioned. Unknown: not to be judged; never silent.
 * S4 The rate: of the other stories with the same chief event that two or more other outlets tell, and for which this outlet can be judged, the
 *    share that it mentions (Jeffreys). A silence says something only where the rate is high.
 * S5 A reported omission ("… did not mention") is somebody's statement and is listed apart. */
#ifndef RAP_LEDGER_SILENCES_H
#define RAP_LEDGER_SILENCES_H

#include "ledger/facts.h"

void silences_store(facts *f);
void coverage_store(facts *f);

#endif
