/* Stage 5: places by gazetteer; and the place of an event. */
#ifndef RAP_WHERE_H
#define RAP_WHERE_H

#include "base/setup.h"
#include "document.h"

typedef struct where_stage where_stage; /* constant after opening, shared by threads */

rap_status where_open(where_stage **stage, const setup *with, rap_error *e);
void where_close(where_stage *stage);
void where_read(const where_stage *stage, document *doc);

/* The place (index into doc->places, -1) of the event whose predicate is token `at`, between actors of these countries. */
int32_t where_of(const where_stage *stage, const document *doc, int32_t at, const str *countries, int count);

#endif
