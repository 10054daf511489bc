/* Stage 9: statements. Joins events, actors, voices, factuality, time and place; numbered rules in docs/coding.md. */
#ifndef RAP_STATEMENT_H
#define RAP_STATEMENT_H

#include "pipeline.h"

void statement_read(const rap_engine *engine, document *doc);

#endif
