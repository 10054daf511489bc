/* What intake knows of words: months and zones, languages' small words, furniture of pages (lexicon/intake-*.tsv, as built in).
 * Parsed once for the whole program at the first need, constant from then on, shared by all threads. */
#ifndef RAP_INTAKE_WORDS_H
#define RAP_INTAKE_WORDS_H

#include "base/lexicon.h"
#include "base/table.h"

enum { MOST_LANGUAGES = 32, MOST_PHRASES = 256 };

typedef struct zone_word {
    int16_t minutes; /* east of UTC, in winter */
    char summer;     /* 'u': one hour more in the summer of the United States, 'e': in Europe's, 0: as it stands */
} zone_word;

typedef struct intake_words {
    arena home;
    table months;    /* word -> 1 … 12 */
    table zones;     /* word -> index into zone */
    zone_word zone[128];
    str roles[MOST_PHRASES];         /* label before a date ("last updated") … */
    bool role_modified[MOST_PHRASES]; /* … of a change, not of publication */
    int role_count;
    table languages; /* small word -> bit set of languages */
    str language[MOST_LANGUAGES];
    int language_count;
    str ends[MOST_PHRASES], lines[MOST_PHRASES];
    int end_count, line_count;
    table menus;
    table classes;   /* a word of a class -> bit set of groups, in the order of intake-page-classes.tsv */
} intake_words;

/* NULL when memory ran out. */
const intake_words *intake_words_get(void);

#endif
