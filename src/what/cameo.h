/* lexicon/cameo.tsv: event, mode and context to CAMEO code, quad class and intensity. For exports; nothing else in the program speaks CAMEO. */
#ifndef RAP_WHAT_CAMEO_H
#define RAP_WHAT_CAMEO_H

#include "base/lexicon.h"
#include "document.h"

typedef struct cameo {
    str code;        /* "0841", leading zeros kept; "" for EVENT_NONE */
    int quad;        /* 1 … 4; 0 for EVENT_NONE */
    float intensity; /* -10 … 10 */
} cameo;

typedef struct cameo_table cameo_table;
/* The table lives in `home`. An error names the line. */
rap_status cameo_open(const cameo_table **out, const lexicon *lex, arena *home, rap_error *e);
cameo cameo_of(const cameo_table *table, plover root, str mode, const str *context, int context_count);

#endif
