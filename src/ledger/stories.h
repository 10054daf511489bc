/* Stories: documents about the same happening, by words, names and time.
 *
 * Every document (of a group of copies only the original) is a vector of its words, tf-idf weighted within this ledger, more for names, the
 * title and the lead; likeness is the cosine, falling with the days between. Average-linkage clustering down to STORY_LIKENESS, ties by id:
 * a function of the set. Tuned on 119 dispatches of 49 outlets (B-cubed; see docs/ledger.md). */
#ifndef RAP_LEDGER_STORIES_H
#define RAP_LEDGER_STORIES_H

#include "ledger/ledger.h"

#define STORY_LIKENESS 0.10
#define STORY_FADES 60.0 /* days after which likeness has fallen to 1/e */
enum { STORY_WINDOW = 45 }; /* days that may lie between two documents compared directly */
#define WEIGHT_NAME 1.5
#define WEIGHT_TITLE 2.0
#define WEIGHT_LEAD 1.5
#define COMMON_SHARE 0.3 /* words in more of the documents than that tell nothing */

void stories_derive(ledger *l);
str story_id(arena *a, int64_t key); /* "s" and the key; "" for 0 */

#endif
