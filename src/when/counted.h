/* Inside when/: times counted from what stands behind them. */
#ifndef RAP_WHEN_COUNTED_H
#define RAP_WHEN_COUNTED_H

#include "document.h"

typedef struct counted {
    bool is;   /* a length and "after", "before" or "the eve of" stand before the time */
    day date;  /* DAY_NONE where it cannot be told ("days after the vote of May 7") */
    char unit; /* how fine it is: D or Y */
} counted;
counted counted_from(const document *doc, int32_t timex);

#endif
