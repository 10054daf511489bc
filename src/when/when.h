/* Stage 4: times (TIMEX3) against the publication date; and the time of an event. */
#ifndef RAP_WHEN_H
#define RAP_WHEN_H

#include "base/setup.h"
#include "document.h"

typedef struct when_stage when_stage; /* constant after opening, shared by threads */

rap_status when_open(when_stage **stage, const setup *with, rap_error *e);
void when_close(when_stage *stage);
void when_read(const when_stage *stage, document *doc);

/* When the event whose predicate is token `at` happened: from a time in its clause, or from what governs it, or from the sentences around. */
event_time when_of(const when_stage *stage, document *doc, int32_t at);

#endif
