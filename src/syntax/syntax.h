/* Stage 2: tags, lemmas, features, Universal Dependencies trees. Reads tokens; writes their syntax members, sentence roots and tree links. */
#ifndef RAP_SYNTAX_H
#define RAP_SYNTAX_H

#include "base/setup.h"
#include "document.h"

typedef struct syntax_stage syntax_stage; /* constant after opening, shared by threads */

rap_status syntax_open(syntax_stage **stage, const setup *with, rap_error *e);
void syntax_close(syntax_stage *stage);
void syntax_read(const syntax_stage *stage, document *doc);

#endif
