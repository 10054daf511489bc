/* Stage 1: sentences and words with their bytes. Reads blocks; writes sentences and tokens (start, end, form, space_after). */
#ifndef RAP_TEXT_H
#define RAP_TEXT_H

#include "base/setup.h"
#include "document.h"

typedef struct text_stage text_stage; /* constant after opening, shared by threads */

/* Tables live in with->home; text_close gives back what does not (mapped models). */
rap_status text_open(text_stage **stage, const setup *with, rap_error *e);
void text_close(text_stage *stage);
void text_read(const text_stage *stage, document *doc);

#endif
