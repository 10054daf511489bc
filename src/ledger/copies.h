/* Near-duplicates: MinHash over five-word shingles (Broder 1997), 128 permutations in 16 bands of 8 rows, candidates confirmed by the exact
 * Jaccard index and containment of their shingle sets. */
#ifndef RAP_LEDGER_COPIES_H
#define RAP_LEDGER_COPIES_H

#include "ledger/ledger.h"

enum { SHINGLE_WORDS = 5, PERMUTATIONS = 128, BANDS = 16, BAND_ROWS = 8 };
#define COPY_JACCARD 0.6     /* as alike as that: a copy */
#define COPY_CONTAINMENT 0.8 /* or so much of the shorter inside the longer */

/* PERMUTATIONS 32-bit minima as bytes; "" for a text of fewer than SHINGLE_WORDS + 3 words. */
str signature_pack(arena *a, str body);
/* Fills tables `copy` and `origin`. */
void copies_derive(ledger *l);

#endif
