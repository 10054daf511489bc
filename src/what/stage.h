/* The inside of the stage, for the files of this folder and for training. */
#ifndef RAP_WHAT_STAGE_H
#define RAP_WHAT_STAGE_H

#include "what/ranker.h"
#include "what/what.h"

struct what_stage {
    frame_set set;
    const struct syntax_stage *syntax;
    const ranker *ranker; /* NULL where no model is installed */
};

void what_begin(reading *in, const what_stage *stage, const who_stage *who, document *doc);
/* Matches all frames of a sentence into doc->events (events.c). */
void read_events(reading *in, const sentence *s);
/* Which tokens are the given sides: an array of token_count, 1 source, 2 target (relate.c). Heads go to *between. */
void sides_of(document *doc, const content *source, int sources, const content *target, int targets, sides *between);
/* The sentence of the sides is matched and its evidence gathered; returns the number of its first event. */
size_t relate_evidence(reading *in, const sides *between, evidence *out);

#endif
