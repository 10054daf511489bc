/* The sides that frames left open. */
#ifndef RAP_WHAT_SIDES_H
#define RAP_WHAT_SIDES_H

#include "what/reading.h"

/* Fills missing sources and targets of the events from `from` on out of the rest of their clauses, and pairs the two sides of agreements. Not where
 * the sides are given. */
void complete_sides(reading *in, size_t from);

#endif
