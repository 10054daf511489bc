/* Inside when/: what the stage holds. */
#ifndef RAP_WHEN_STAGE_H
#define RAP_WHEN_STAGE_H

#include "when/grammar.h"
#include "when/when.h"

struct when_stage {
    grammar grammar;
};

#endif
