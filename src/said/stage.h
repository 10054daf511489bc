/* The inside of the stage, for the files of this folder and for training. */
#ifndef RAP_SAID_STAGE_H
#define RAP_SAID_STAGE_H

#include "said/attribution.h"
#include "said/calculus.h"
#include "said/knowledge.h"
#include "said/said.h"

struct said_stage {
    knowledge know;
    attribution_model attribution;
    linear readers;
    model_file quotations, factuality;
};

/* A reading with nothing in it yet. */
reading said_reading(const said_stage *stage, document *doc);

/* The kind of voice of the words for a source. */
str voice_of(const knowledge *k, const document *doc, int32_t head, str words);

/* ---- stances.c ---- */

const reporting *reporting_of(reading *r, int32_t t); /* NULL where the lexicon does not know it */
int32_t telling_verb(reading *r, int32_t t);
int32_t content_head(const reading *r, const quotation *q);
bool talks_with(const reading *r, int32_t t);
int32_t calls_false(const reading *r, int32_t t);
bool says_false(reading *r, calculus *c, int32_t head);
void stance_read(reading *r, calculus *c, quotation *q); /* stance and link */

/* ---- reports.c ---- */

/* What the lexicon knows for a report and the models passed over: adds to the n found; returns how many there are then. */
size_t reports_by_rule(const attribution_reading *a, calculus *c, const attribution_model *m, const found_attribution *found, size_t n, found_attribution **out);

/* Attributions of the models as quotations of the document (said/quotations.c). */
void quotations_read(const said_stage *stage, reading *r, calculus *c);

#endif
