/* The inside of the stage, for the files of this folder and for training. */
#ifndef RAP_SAID_STAGE_H
#define RAP_SAID_STAGE_H

#include "said/attribution.h"
#include "said/knowledge.h"
#include "said/said.h"

struct said_stage {
    knowledge know;
    attribution_model attribution;
    model_file quotations;
};

/* A reading with nothing in it yet. */
reading said_reading(const said_stage *stage, document *doc);

/* Attributions of the models as quotations of the document (said/quotations.c). */
void quotations_read(const said_stage *stage, reading *r);

#endif
