/* Which boundaries between atoms are word boundaries: Universal Dependencies words of English, as the English Web Treebank and GUM have them. */
#ifndef RAP_TEXT_WORDS_H
#define RAP_TEXT_WORDS_H

#include "text/atoms.h"

/* A place between two atoms of a chunk where words may part. */
typedef struct cut_site {
    const word_lists *lists;
    str text;
    const atom *atoms;   /* of the chunk */
    int count, right;    /* the boundary is before atoms[right]; 0 < right < count */
    int word;            /* first atom of the word that ends or goes on here */
    bool last_chunk;     /* nothing but a line's end behind the chunk */
    str previous, next;  /* the chunks around, possibly empty */
} cut_site;

bool cut_by_rule(const cut_site *site);

/* Where the treebanks have too few examples for the learned judge and the rule is safe: dotted capitals, Korean given names. `common` tells
 * whether a word is one of the language. */
typedef enum cut_certainty { CUT_ASK, CUT_NEVER } cut_certainty;
cut_certainty cut_for_sure(const cut_site *site, bool (*common)(const void *context, str word), const void *context);

/* Is this word (with its stop) an abbreviation, and of which kind? Single capitals and dotted letters count as ABBREVIATION_OTHER. */
abbreviation_kind abbreviation_of(const word_lists *lists, str word);

#endif
