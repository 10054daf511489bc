/* Inside where/: what the stage holds. */
#ifndef RAP_WHERE_STAGE_H
#define RAP_WHERE_STAGE_H

#include "where/gazetteer.h"
#include "where/where.h"

struct where_stage {
    gazetteer gazetteer;
};

#endif
