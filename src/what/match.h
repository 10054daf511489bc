/* Trying frames on a trigger. */
#ifndef RAP_WHAT_MATCH_H
#define RAP_WHAT_MATCH_H

#include "what/reading.h"

/* A frame that fits a trigger, with its actors (head tokens). */
typedef struct match {
    const frame *frame;
    int32_t trigger;
    char pos;                       /* 'v', 'n', 'a' */
    fillers source, target, other;  /* actors */
    int score;                      /* specificity first, then how much of it is filled */
    const frame *runner_up;         /* the next best that fitted, may be NULL */
    const frame *failed;            /* the most specific that did not fit, and why */
    const char *why_not;
} match;

/* 'v', 'n', 'a', or 0 for a word that triggers nothing. */
char trigger_pos(const document *doc, int32_t t);
/* The best frame of a trigger; false if none fits. A NONE frame that wins is returned as a match. */
bool match_trigger(reading *in, int32_t trigger, match *out);

#endif
