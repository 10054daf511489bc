/* Stage 7: events. Frames over trees, and a learned ranker that chooses among them and answers where none fits. */
#ifndef RAP_WHAT_H
#define RAP_WHAT_H

#include "base/setup.h"
#include "document.h"
#include "who/who.h"

typedef struct what_stage what_stage; /* constant after opening, shared by threads */

rap_status what_open(what_stage **stage, const setup *with, rap_error *e);
void what_close(what_stage *stage);
void what_read(const what_stage *stage, const who_stage *who, document *doc);

/* The command `relate`: the event between the two given sides (byte spans in the body of a document that has been parsed and has its
 * names, times and said layers). Always answers. */
typedef struct what_answer {
    plover root;
    str mode;
    factuality factuality;
    float confidence;
} what_answer;
what_answer what_relate(const what_stage *stage, const who_stage *who, document *doc, const content *source, int sources, const content *target,
                        int targets);

/* Why the ranker gave an event its root rather than the next best: features with their signed shares of the log odds, the weightiest first. */
enum { MOST_REASONS = 1024 };
typedef struct what_reason {
    str name;
    float adds;
} what_reason;
typedef struct what_reasons {
    str against; /* the root it was weighed against */
    int count;   /* 0: the ranker was not asked */
    what_reason reason[MOST_REASONS];
} what_reasons;
void what_reasons_of(const what_stage *stage, const who_stage *who, document *doc, int32_t event, what_reasons *out);

#endif
