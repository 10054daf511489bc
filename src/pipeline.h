/* The engine: every stage, opened. Only pipeline.c and the stage that joins all (statement/) look inside. */
#ifndef RAP_PIPELINE_H
#define RAP_PIPELINE_H

#include "document.h"
#include "said/said.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "what/what.h"
#include "when/when.h"
#include "where/where.h"
#include "who/who.h"

struct rap_engine {
    arena home;
    lexicon *lexicon;
    text_stage *text;
    syntax_stage *syntax;
    who_stage *who;
    when_stage *when;
    where_stage *where;
    what_stage *what;
    said_stage *said;
    const struct trust_model *trust; /* NULL where no model is installed */
    float least;                     /* statements of less confidence are not made; 0: the model's own limit, below 0: none */
    char version[64];
};

/* All layers but the events: what `relate` and the training of the ranker start from. */
rap_status pipeline_layers(const rap_engine *engine, document *doc, rap_error *e);

#endif
