/* Stages 3 and 6: names, then (after times are known) coreference; and, for later stages, who a token means on a date. */
#ifndef RAP_WHO_H
#define RAP_WHO_H

#include "base/setup.h"
#include "document.h"

typedef struct who_stage who_stage; /* constant after opening, shared by threads */

rap_status who_open(who_stage **stage, const setup *with, rap_error *e);
void who_close(who_stage *stage);

/* Finds mentions (names, nominals that can be actors, pronouns); sets token.mention of their heads. */
void who_names(const who_stage *stage, document *doc);
/* Coreference: chains. Needs times. */
void who_chains(const who_stage *stage, document *doc);

/* Whom the phrase headed by token `at` means on `date` (DAY_NONE: the publication date, if any). Strings live in doc->home or the lexicon.
 * False when the phrase names no actor at all (then *out still holds its words). */
bool who_actor(const who_stage *stage, document *doc, int32_t at, day date, actor *out);

/* How many parties a plural stands for ("the two sides", "they" of Peru and Chile), 0 where it is one. */
int who_parts(const document *doc, int32_t at);
/* One of them, from 0: who it is, told by the words at `at`. */
bool who_part(const who_stage *stage, document *doc, int32_t at, int which, day date, actor *out);

/* The code of a country and sectors: CHNGOVPTY. In doc->home. */
str who_code(document *doc, str country, const str *sector, int count);

/* The command `who`: words without a document around them; context may be empty. */
bool who_words(const who_stage *stage, document *scratch, str words, str context, day date, actor *out);

#endif
