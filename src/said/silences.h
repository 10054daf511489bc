/* Who left what unsaid, and who would not say: by the constructions of lexicon/silences.tsv over trees (Q5, Q6 of docs/factuality.md). */
#ifndef RAP_SAID_SILENCES_H
#define RAP_SAID_SILENCES_H

#include "said/stage.h"

/* Adds silences to the n attributions found, in the place of what was found on the same words, and marks their cues in r->silence; returns how many there are then. */
size_t silences_find(const attribution_reading *a, calculus *c, found_attribution *found, size_t n, found_attribution **out);

#endif
