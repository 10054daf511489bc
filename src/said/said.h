/* Stage 8: who says so and how sure. Quotations and attributions, negation, hedges, factuality of every predicate. */
#ifndef RAP_SAID_H
#define RAP_SAID_H

#include "base/setup.h"
#include "document.h"
#include "who/who.h"

typedef struct said_stage said_stage; /* constant after opening, shared by threads */

rap_status said_open(said_stage **stage, const setup *with, rap_error *e);
void said_close(said_stage *stage);
void said_read(const said_stage *stage, const who_stage *who, document *doc);

/* Lets the parser's encoder tell the stage what each word is likely to be in an attribution (said/tagger.h). After opening, before any reading. */
void said_attach(const said_stage *stage, struct syntax_stage *syntax);

/* The kind of a voice ("official", "state media", …) from its speaker; the coarse table is lexicon/voices.tsv. */
str said_voice(const said_stage *stage, const document *doc, const actor *speaker);

#endif
